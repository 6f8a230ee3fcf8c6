"""Exercises between sessions, read from the records: what was tried, and what came back (R83)."""

from __future__ import annotations

from trajplan.actions.worksheet_notes import filled_since
from trajplan.planning.plan import HandOutReturn
from trajplan.planning.request import Exercise
from trajplan.records import answers
from trajplan.records.model import Commitment, HandedOut, Session
from trajplan.records.store import Store

TRIED = ("done", "partly")


def exercises_of(
    store: Store, engagement_id: int, session: Session, last: Session
) -> tuple[Exercise, ...]:
    """What the next session debriefs: experiments of last time that took place, then worksheets.

    A worksheet counts when it went home with the last sheet, or when it was filled in since and
    brings a question of its own.
    """
    tried = [
        Exercise(what=one.what, case=one.status)
        for one in store.select(Commitment, session_id=last.id)
        if one.kind == "experiential" and one.status in TRIED
    ]
    back = {one.worksheet: one for one in filled_since(store, engagement_id, session, last)}
    home = {one.worksheet: one.title for one in store.select(HandedOut, session_id=last.id)}
    filled = [
        Exercise(what=one.title, case="filled", text=str(one.form.get("debrief", "")))
        for name, one in back.items()
        if name in home or one.form.get("debrief")
    ]
    waiting = [
        Exercise(what=title, case="waiting") for name, title in home.items() if name not in back
    ]
    return (*tried, *filled, *waiting)


def taken_home(store: Store, engagement_id: int, last: Session) -> tuple[HandOutReturn, ...]:
    """The worksheets that went home with the last sheet, and when they came back."""
    home = store.select(HandedOut, session_id=last.id)
    if not home:
        return ()
    since = last.held_on or last.date
    back = {
        one.worksheet: one.date.isoformat()
        for one in answers.of_engagement(store, engagement_id)
        if one.date >= since
    }
    return tuple(
        HandOutReturn(worksheet=one.worksheet, title=one.title, filled=back.get(one.worksheet, ""))
        for one in home
    )
