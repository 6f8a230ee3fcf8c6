"""The page for whoever pays, made from a type that holds only what a client can release (R116).

Ratings, notes, assumptions, questions and answers cannot reach it: `SponsorPage` has no place for
them. A part that is None was not released.
"""

from __future__ import annotations

from collections.abc import Iterator

from trajplan.actions.sponsor import Attendance, SessionDates, SponsorPage
from trajplan.dates import short_date
from trajplan.pages.document import Document
from trajplan.pages.page import Block, Bullets, Heading, Line, Page, italic, labelled
from trajplan.pages.words import DISCLAIMER
from trajplan.records.forms import STATUSES
from trajplan.text import plural

NOTHING = "Nothing has been released to a sponsor."
REST = (
    "This page shows what the client has released. Everything else stays between client and coach."
)


def sponsor_page(sponsor: SponsorPage) -> Document:
    """The page as a document."""
    return Document(page=lambda: _page(sponsor), data=lambda: sponsor)


def _page(sponsor: SponsorPage) -> Page:
    title = f"Coaching of {sponsor.client_name}" if sponsor.client_name else "For the sponsor"
    if sponsor.missing:
        missing = labelled(*(("Missing", part) for part in sponsor.missing))
        return Page.of(title, Line(NOTHING), missing)
    coach = f", from {sponsor.coach}" if sponsor.coach else ""
    blocks: list[Block] = [Line(f"For {sponsor.sponsor}{coach}, {short_date(sponsor.date)}")]
    for heading, lines in _parts(sponsor):
        blocks += [Heading(heading), Bullets(lines)]
    return Page.of(title, *blocks, Line(REST), Line((italic(DISCLAIMER),)))


def _parts(sponsor: SponsorPage) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Headings with their lines, of what was released."""
    if sponsor.attendance:
        yield "How often we met", _attendance(sponsor.attendance)
    if sponsor.dates:
        yield "The dates", _dates(sponsor.dates)
    if sponsor.goals is not None:
        yield "The goals agreed with the sponsor", sponsor.goals or ("none written down yet",)
    if sponsor.phases is not None:
        phases = tuple(
            f"{phase.name} ({plural(phase.sessions, 'session')})" for phase in sponsor.phases
        )
        yield "Phases completed", phases or ("none so far",)
    if sponsor.commitments is not None:
        commitments = tuple(
            f"{commitment.what}, by {short_date(commitment.due)} ({STATUSES[commitment.status]})"
            for commitment in sponsor.commitments
        )
        yield "Commitments", commitments or ("none so far",)


def _attendance(attendance: Attendance) -> tuple[str, ...]:
    missed, cancelled = attendance.missed, attendance.cancelled
    return (
        f"{attendance.held} of {plural(attendance.of, 'session')} held",
        *([f"{missed} missed"] if missed else []),
        *([f"{cancelled} cancelled"] if cancelled else []),
    )


def _dates(dates: SessionDates) -> tuple[str, ...]:
    held = tuple(short_date(day) for day in dates.held) or ("none so far",)
    return (*held, f"next: {short_date(dates.next)}") if dates.next else held
