"""Filled worksheets among the records, for places that only need their lines: plan, brief, pages.

Most commands meet no filled worksheet; its classes are loaded when one is looked at.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from msgspec import Struct, convert
from msgspec.structs import replace

from trajplan.records.dossier import Dossier
from trajplan.records.model.sessions import Session, WorksheetAnswers

if TYPE_CHECKING:
    from trajplan.content.worksheet_model import Worksheet
    from trajplan.worksheets.answers import Answers

Feed = Literal["brief", "plan", "client", "any"]
"""Where the lines go; `any`: a page of the coach's own that shows every worksheet."""
NOT_APART: Mapping[str, Collection[str]] = {}


class WorksheetNote(Struct, frozen=True, kw_only=True):
    """What a filled worksheet leaves in mind: a few lines, the whole of it is elsewhere."""

    worksheet: str
    title: str
    date: str
    lines: tuple[str, ...]
    for_client: bool
    """Whether it may also stand on pages for the client."""


def as_filled(filling: WorksheetAnswers) -> tuple[Worksheet, Answers]:
    """The worksheet as it was when it was filled in, and what was written."""
    from trajplan.content.worksheet_model import Worksheet

    answers = {
        name: tuple(answer) if isinstance(answer, list) else answer
        for name, answer in filling.answers.items()
    }
    return convert(filling.form, Worksheet, str_keys=True), answers


def newest(fillings: Iterable[WorksheetAnswers]) -> dict[str, WorksheetAnswers]:
    """The newest filling of each worksheet, by the worksheet's id; `fillings` come by date."""
    return {filling.worksheet: filling for filling in fillings}


def filling_before(
    filling: WorksheetAnswers, fillings: Sequence[WorksheetAnswers]
) -> WorksheetAnswers | None:
    """The filling of the same worksheet before this one, of all there are of it."""
    earlier = [other for other in fillings if (other.date, other.id) < (filling.date, filling.id)]
    return earlier[-1] if earlier else None


def is_for(filling: WorksheetAnswers, session: Session, last: Session | None) -> bool:
    """Whether a form was filled in for this session, or since the one held last."""
    since = last.day if last else dt.date.min
    between = (None, session.id, last.id if last else None)
    return filling.session_id == session.id or (
        filling.date >= since and filling.session_id in between
    )


def filled_since(
    dossier: Dossier, session: Session, last: Session | None
) -> tuple[WorksheetAnswers, ...]:
    """What was filled in for this session, or since the one held last, oldest first."""
    return tuple(filling for filling in dossier.worksheet_answers if is_for(filling, session, last))


def notes_for_plan(
    dossier: Dossier, session: Session, last: Session | None
) -> tuple[WorksheetNote, ...]:
    """What was filled in for this session, or since the one held last.

    Older answers have had their session; they stay on the client's page.
    """
    ids = [filling.id for filling in filled_since(dossier, session, last)]
    return worksheet_notes(dossier, "plan", among=ids) if ids else ()


def worksheet_notes(
    dossier: Dossier,
    feed: Feed,
    *,
    among: Sequence[int] | None = None,
    apart: Mapping[str, Collection[str]] = NOT_APART,
) -> tuple[WorksheetNote, ...]:
    """The newest filling of each worksheet that feeds a place, the latest filled first.

    `among` leaves only these fillings, by id. `apart` names, by worksheet, fields that the place
    shows in another way; of these worksheets it also says elsewhere what is missing.
    """
    notes = []
    fillings = newest(dossier.worksheet_answers).values()
    for filling in sorted(fillings, key=lambda filling: (filling.date, filling.id), reverse=True):
        if among is not None and filling.id not in among:
            continue
        earlier = filling_before(filling, dossier.fillings_of(filling.worksheet))
        note = _note(filling, earlier, feed, apart.get(filling.worksheet))
        if note is not None:
            notes.append(note)
    return tuple(notes)


def _note(
    filling: WorksheetAnswers,
    earlier: WorksheetAnswers | None,
    feed: Feed,
    apart: Collection[str] | None,
) -> WorksheetNote | None:
    from trajplan.worksheets.summaries import note_lines

    sheet, answers = as_filled(filling)
    if apart is not None:
        rest = (field for field in sheet.fields if field.id not in apart)
        sheet = replace(
            sheet, fields=tuple(replace(field, required=False, expected=False) for field in rest)
        )
    lines = note_lines(sheet, answers, as_filled(earlier) if earlier else None)
    # A worksheet with nothing to say, such as a complete agreement, takes no room on a plan.
    if feed != "any" and (feed not in sheet.feeds or not lines):
        return None
    return WorksheetNote(
        worksheet=filling.worksheet,
        title=filling.title,
        date=filling.date.isoformat(),
        lines=lines,
        for_client="client" in sheet.feeds,
    )
