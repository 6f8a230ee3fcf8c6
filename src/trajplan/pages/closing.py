"""The end of a journey: what it still needs, what `close` says, what a client goes on with alone.

The Career OS (R113), the follow-up sheet, the weekly review and the quarterly retreat (R111, R114)
are client pages, made from types that have no coach-only field (R119): values and strengths stand
in the client's own words, and what is asked is the fields of the worksheet of the same name, so a
coach may word them anew and the sheet can be filled in.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import to_builtins

from trajplan.actions.client_records import Detail
from trajplan.actions.closing import ClientAgenda
from trajplan.content.labels import Words
from trajplan.dates import long_date
from trajplan.pages.document import Document, client_data, client_document, record_data
from trajplan.pages.page import (
    Blank,
    Block,
    Bullets,
    Heading,
    Line,
    Page,
    Scale,
    Table,
    bold,
    code,
    italic,
    labelled,
    quiet,
    sentence,
)
from trajplan.pages.words import DISCLAIMER, first_words_table
from trajplan.planning.career_os import NEEDED, SECTIONS, CareerOs
from trajplan.planning.ending import EndingChecklist, EndingNeed
from trajplan.records.dossier import Dossier
from trajplan.records.model.journeys import Client, Ending

PAGES = ("career-os", "follow-up", "weekly-review", "retreat")
"""What a client goes on with, by the names `--print` takes."""
NOTHING = "nothing yet"
AGENDA_DRAFT = "A draft; the dates are counted from the last session."
DRAFT_SO_FAR = "A draft; the dates are as they stand today."


def checklist_page(checklist: EndingChecklist) -> Document:
    """What there is and what is missing, one row each."""
    return Document(
        page=lambda: _checklist(checklist),
        data=lambda: {
            **client_data(checklist.client),
            "closed": checklist.closed,
            "needs": [_need_data(need) for need in checklist.needs],
            "wishes": [_need_data(need) for need in checklist.wishes],
            "missing": checklist.missing,
        },
    )


def _need_data(need: EndingNeed) -> dict[str, Any]:
    """A need in JSON; the backticks that set commands apart on a page are for people."""
    return {**to_builtins(need), "how": need.how.replace("`", "")}


def _checklist(checklist: EndingChecklist) -> Page:
    closed = checklist.closed
    rows = tuple(
        (
            need.name,
            need.state or "–",
            need.missing or "there",
            sentence(need.how) if need.missing else "",
        )
        for need in (*checklist.needs, *checklist.wishes)
    )
    return Page.of(
        f"The ending with {checklist.client.name}",
        *([Line((quiet(f"Closed on {long_date(closed)}."),))] if closed else []),
        Table(("what", "so far", "still needed", "by"), rows),
    )


def closed_page(detail: Detail[Ending]) -> Document:
    """What `close` saved, and which pages there are now."""
    dossier, ending = detail.dossier, detail.record
    return Document(
        page=lambda: _closed(dossier, ending),
        data=lambda: {
            **client_data(dossier.client),
            "engagement": dossier.engagement.ordinal,
            "held": dossier.held,
            "sessions": dossier.engagement.sessions,
            **record_data(ending),
        },
    )


def _closed(dossier: Dossier, ending: Ending) -> Page:
    slug, held = dossier.client.slug, dossier.held
    # An earlier engagement is named by its number.
    newest = dossier.engagement.id == dossier.engagements[-1].id
    whose = slug if newest else dossier.name
    return Page.of(
        f"{dossier.client.name} ({slug}) · closed on {long_date(ending.closed)}",
        labelled(
            ("Sessions", f"{held} of {dossier.engagement.sessions} held"),
            *(("Outcome", outcome) for outcome in ending.outcomes),
            *(("Asks for help when", trigger) for trigger in ending.triggers),
            ("Follow-up", long_date(ending.follow_up) if ending.follow_up else "none"),
            ("Missing", "; ".join(ending.missing)),
            ("Closed all the same", ending.forced),
            *(
                ("To print", (code(f"trajplan close --print {page} --client {whose}"),))
                for page in PAGES
                if _is_there(page, ending)
            ),
        ),
    )


def _is_there(page: str, ending: Ending) -> bool:
    """Whether a page has something to say: for somebody who stopped no day was agreed on, and the
    Career OS may be empty."""
    if page == "follow-up":
        return ending.follow_up is not None
    empty = any(missing.startswith("Career OS") for missing in ending.missing)
    return not ending.stopped or (page == "career-os" and not empty)


def reopened_page(client: Client) -> Document:
    """What `close --reopen` says."""
    command = code(f"trajplan show --client {client.slug}")
    return Document(
        page=lambda: Page.of(
            f"{client.name} ({client.slug}) · open again",
            labelled(("Next", (command,))),
        ),
        data=lambda: {**client_data(client), "closed": None},
    )


def career_os_page(career_os: CareerOs, words: Words) -> Document:
    """What the client goes on with after the journey (R113)."""
    return client_document("career-os", career_os, words, _career_os_page)


def _career_os_page(career_os: CareerOs, words: Words) -> Page:
    """Where the client is going, what they can build on, and when they look at it again."""
    draft = f" · {words('draft')}" if career_os.draft else ""
    return Page.of(
        f"{words('Career OS')} · {career_os.client_name}",
        Line((bold(f"{words.long_date(career_os.date)}{draft}"),)),
        *_destination(career_os.destination, words),
        *_sections(career_os, words),
        *first_words_table(career_os.first_words, words),
        *_dates(career_os, words),
        Line((italic(words(DISCLAIMER)),)),
    )


def _dates(career_os: CareerOs, words: Words) -> Iterator[Block]:
    """The days after the journey, as far as there are any."""
    review, retreat, follow_up = career_os.weekly_review, career_os.retreat, career_os.follow_up
    if review or retreat or follow_up:
        yield Heading(words("Dates"))
        yield labelled(
            (
                words("Weekly review"),
                words("from {day}", day=words.long_date(review)) if review else "",
            ),
            (
                words("Half a day for yourself"),
                words("first on {day}", day=words.long_date(retreat)) if retreat else "",
            ),
            (words("We speak again"), words.long_date(follow_up) if follow_up else ""),
        )


def _destination(destination: str, words: Words) -> Iterator[Block]:
    if destination:
        label = words("Where I'm going")
        yield Line((bold(f"{label}:"), f" {destination}"))


def _sections(career_os: CareerOs, words: Words) -> Iterator[Block]:
    """Headings with their lines. A part that is empty is left out; on a draft one that is needed
    says so."""
    for name, title in SECTIONS.items():
        lines = getattr(career_os, name)
        if lines or (career_os.draft and name in NEEDED):
            yield Heading(words(title))
            yield Bullets(lines or (words(NOTHING),))


def _draft(agenda: ClientAgenda, words: Words) -> Iterator[Block]:
    """What the dates of a page are worth as long as the journey is not closed."""
    if agenda.draft:
        yield Line((italic(words(DRAFT_SO_FAR if agenda.begun else AGENDA_DRAFT)),))


def afterwards_page(agenda: ClientAgenda, name: str, words: Words) -> Document:
    """What the client goes on with alone: follow-up, review, retreat (R111, R114). `name`: which
    of `PAGES`."""
    return client_document(name, agenda, words, _agenda_page)


def _agenda_page(agenda: ClientAgenda, words: Words) -> Page:
    """When it is done, what to read first, what to look at."""
    every = [words(agenda.every)] if agenda.every else []
    days = [*map(words.long_date, agenda.dates)]
    return Page.of(
        f"{words(agenda.title)} · {agenda.client_name}",
        *_draft(agenda, words),
        Line(words(agenda.purpose)),
        *((Heading(words("When")), Bullets((*days, *every))) if days else ()),
        *_reminders(agenda, words),
        Heading(words("What to look at")),
        *_points(agenda, words),
        Line((italic(words(DISCLAIMER)),)),
    )


def _reminders(agenda: ClientAgenda, words: Words) -> Iterator[Block]:
    if agenda.reminders:
        yield Heading(words("To read first"))
        yield labelled(*((words(label), text) for label, text in agenda.reminders))


def _points(agenda: ClientAgenda, words: Words) -> Iterator[Block]:
    for number, point in enumerate(agenda.points, 1):
        meant = f" – {words(point.help)}" if point.help else ""
        yield Line((bold(f"{number} · {words(point.text)}"), quiet(meant)))
        if point.scale:
            yield Scale(*point.scale, (words(point.low), words(point.high)))
        elif agenda.room:
            yield Blank()
