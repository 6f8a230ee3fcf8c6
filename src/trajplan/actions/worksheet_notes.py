"""Filled worksheets for those who only need their lines: the plan, the brief, the client page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from trajplan.codec import from_plain
from trajplan.planning.plan import WorksheetNote
from trajplan.records import answers
from trajplan.records.model import Session, WorksheetAnswers
from trajplan.records.store import Store

if TYPE_CHECKING:
    from trajplan.content.worksheet_model import Worksheet
    from trajplan.worksheets.answers import Answers

Feed = Literal["brief", "plan", "client", "any"]
"""Where the lines go; `any`: a page of the coach's own that shows every worksheet."""


def as_filled(one: WorksheetAnswers) -> tuple[Worksheet, Answers]:
    """The worksheet as it was when it was filled in, and what was written."""
    # Most commands meet no filled worksheet and need none of its classes.
    from trajplan.content.worksheet_model import Worksheet

    answered = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in one.answers.items()
    }
    return from_plain(Worksheet, dict(one.form)), answered


def before(one: WorksheetAnswers, of_it: Sequence[WorksheetAnswers]) -> WorksheetAnswers | None:
    """The filling of the same worksheet before this one."""
    earlier = [other for other in of_it if (other.date, other.id) < (one.date, one.id)]
    return earlier[-1] if earlier else None


NOT_APART: Mapping[str, Collection[str]] = {}


def worksheet_notes(
    store: Store,
    engagement_id: int,
    feed: Feed,
    *,
    among: Sequence[int] | None = None,
    apart: Mapping[str, Collection[str]] = NOT_APART,
) -> tuple[WorksheetNote, ...]:
    """The newest filling of each worksheet that feeds a place, the latest filled first.

    `among` leaves only these fillings, by id. `apart` names, by worksheet, fields that the place
    shows in another way; of these worksheets it also tells elsewhere what is missing.
    """
    found = answers.of_engagement(store, engagement_id)
    newest = {one.worksheet: one for one in found}
    result = []
    for one in sorted(newest.values(), key=lambda one: (one.date, one.id), reverse=True):
        if among is not None and one.id not in among:
            continue
        earlier = before(one, [x for x in found if x.worksheet == one.worksheet])
        note = _note(one, earlier, feed, apart.get(one.worksheet))
        if note is not None:
            result.append(note)
    return tuple(result)


def filled_since(
    store: Store, engagement_id: int, session: Session, last: Session | None
) -> tuple[WorksheetAnswers, ...]:
    """What was filled in for this session, or since the one held last, oldest first."""
    since = (last.held_on or last.date) if last else dt.date.min
    own = (None, session.id, last.id if last else None)
    return tuple(
        one
        for one in answers.of_engagement(store, engagement_id)
        if one.session_id == session.id or (one.date >= since and one.session_id in own)
    )


def notes_for_plan(
    store: Store, engagement_id: int, session: Session, last: Session | None
) -> tuple[WorksheetNote, ...]:
    """What was filled in for this session, or since the one held last.

    Older answers have had their session; they stay on the client's page.
    """
    among = [one.id for one in filled_since(store, engagement_id, session, last)]
    return worksheet_notes(store, engagement_id, "plan", among=among) if among else ()


def is_for(one: WorksheetAnswers, session: Session, last: Session | None) -> bool:
    """Whether a form was filled in for this session, or since the one held last."""
    since = (last.held_on or last.date) if last else dt.date.min
    own = (None, session.id, last.id if last else None)
    return one.session_id == session.id or (one.date >= since and one.session_id in own)


def _note(
    one: WorksheetAnswers,
    earlier: WorksheetAnswers | None,
    feed: Feed,
    apart: Collection[str] | None,
) -> WorksheetNote | None:
    from trajplan.worksheets.notes import note_lines

    sheet, answered = as_filled(one)
    if apart is not None:
        rest = (field for field in sheet.fields if field.id not in apart)
        sheet = replace(
            sheet, fields=tuple(replace(field, required=False, expected=False) for field in rest)
        )
    lines = note_lines(sheet, answered, as_filled(earlier) if earlier else None)
    # A worksheet with nothing to say, such as a complete agreement, takes no room on a plan.
    if feed != "any" and (feed not in sheet.feeds or not lines):
        return None
    return WorksheetNote(
        worksheet=one.worksheet,
        title=one.title,
        date=one.date.isoformat(),
        lines=lines,
        for_client="client" in sheet.feeds,
    )
