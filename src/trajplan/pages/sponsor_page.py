"""The page for whoever pays, made from a type that holds only what a client can release (R116).

Ratings, notes, assumptions, questions and answers cannot reach it: `SponsorPage` has no place for
them. A part that is None was not released.
"""

from __future__ import annotations

from collections.abc import Iterator

from trajplan.actions.sponsor import Attendance, SessionDates, SponsorPage
from trajplan.content.labels import ENGLISH, Words
from trajplan.pages.document import Document
from trajplan.pages.page import Block, Bullets, Heading, Line, Page, italic, labelled
from trajplan.records.forms import STATUSES

NOTHING = "Nothing has been released to a sponsor."
REST = (
    "This page shows what the client has released. Everything else stays between client and coach."
)
ABOUT = (
    "Coaching supports a client's own decisions. It is no therapy, and no legal, financial or "
    "medical advice."
)
NONE_YET = "none so far"
"""Where a part was released that holds nothing yet."""


def sponsor_page(sponsor: SponsorPage, words: Words) -> Document:
    """What the client released, in their language; English while nothing was, for then the page
    is the coach's alone (R158)."""
    words = ENGLISH if sponsor.missing else words
    return Document(words=words, page=lambda: _page(sponsor, words), data=lambda: sponsor)


def _page(sponsor: SponsorPage, words: Words) -> Page:
    if sponsor.missing:
        missing = labelled(*(("Missing", part) for part in sponsor.missing))
        return Page.of("For the sponsor", Line(NOTHING), missing)
    names = {"sponsor": sponsor.sponsor, "coach": sponsor.coach}
    for_whom = "For {sponsor}, from {coach}, {day}" if sponsor.coach else "For {sponsor}, {day}"
    blocks: list[Block] = [Line(words(for_whom, **names, day=words.short_date(sponsor.date)))]
    for heading, lines in _parts(sponsor, words):
        blocks += [Heading(words(heading)), Bullets(lines)]
    title = words("Coaching of {client}", client=sponsor.client_name)
    return Page.of(title, *blocks, Line(words(REST)), Line((italic(words(ABOUT)),)))


def _parts(sponsor: SponsorPage, words: Words) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Headings with their lines, of what was released."""
    if sponsor.attendance:
        yield "How often we met", _attendance(sponsor.attendance, words)
    if sponsor.dates:
        yield "The dates", _dates(sponsor.dates, words)
    if sponsor.goals is not None:
        goals = sponsor.goals or (words("none written down yet"),)
        yield "The goals agreed with the sponsor", goals
    if sponsor.phases is not None:
        phases = tuple(
            words(
                "{phase} (1 session)" if phase.sessions == 1 else "{phase} ({count} sessions)",
                phase=words(phase.name),
                count=phase.sessions,
            )
            for phase in sponsor.phases
        )
        yield "Phases completed", phases or (words(NONE_YET),)
    if sponsor.commitments is not None:
        commitments = tuple(
            words(
                "{what}, by {day} ({status})",
                what=commitment.what,
                day=words.short_date(commitment.due),
                status=words(STATUSES[commitment.status]),
            )
            for commitment in sponsor.commitments
        )
        yield "Commitments", commitments or (words(NONE_YET),)


def _attendance(attendance: Attendance, words: Words) -> tuple[str, ...]:
    of = "{held} of 1 session held" if attendance.of == 1 else "{held} of {of} sessions held"
    beside = {"{count} missed": attendance.missed, "{count} cancelled": attendance.cancelled}
    return (
        words(of, held=attendance.held, of=attendance.of),
        *(words(text, count=count) for text, count in beside.items() if count),
    )


def _dates(dates: SessionDates, words: Words) -> tuple[str, ...]:
    held = tuple(words.short_date(day) for day in dates.held) or (words(NONE_YET),)
    return (*held, words("next: {day}", day=words.short_date(dates.next))) if dates.next else held
