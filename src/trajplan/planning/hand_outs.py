"""What went home or was tried between sessions, and whether it has come back (R6, R30, R83)."""

from __future__ import annotations

from collections.abc import Mapping

from trajplan.planning.plan import HandOutReturn, OutstandingHandOut
from trajplan.planning.request import Exercise
from trajplan.records.dossier import Dossier
from trajplan.records.model import Session
from trajplan.worksheets.fillings import filled_since

DONE = ("done", "partly")


def exercises_to_debrief(dossier: Dossier, session: Session, last: Session) -> tuple[Exercise, ...]:
    """What a session debriefs: experiments of last time that took place, then worksheets.

    A worksheet counts when it went home with the last sheet, or when it was filled in since and
    brings a question of its own.
    """
    tried = [
        Exercise(what=commitment.what, case=commitment.status)
        for commitment in dossier.commitments_of(last.id)
        if commitment.kind == "experiential" and commitment.status in DONE
    ]
    returned = {filling.worksheet: filling for filling in filled_since(dossier, session, last)}
    home = {hand_out.worksheet: hand_out.title for hand_out in dossier.handed_out_in(last.id)}
    filled = [
        Exercise(what=filling.title, case="filled", text=str(filling.form.get("debrief", "")))
        for name, filling in returned.items()
        if name in home or filling.form.get("debrief")
    ]
    waiting = [
        Exercise(what=title, case="waiting") for name, title in home.items() if name not in returned
    ]
    return (*tried, *filled, *waiting)


def returned_hand_outs(dossier: Dossier, last: Session) -> tuple[HandOutReturn, ...]:
    """The worksheets that went home with the last sheet, and when they came back."""
    since = last.held_on or last.date
    returned = {
        filling.worksheet: filling.date.isoformat()
        for filling in dossier.worksheet_answers
        if filling.date >= since
    }
    return tuple(
        HandOutReturn(
            worksheet=hand_out.worksheet,
            title=hand_out.title,
            filled=returned.get(hand_out.worksheet, ""),
        )
        for hand_out in dossier.handed_out_in(last.id)
    )


def outstanding_hand_outs(dossier: Dossier, number: int) -> tuple[OutstandingHandOut, ...]:
    """What held sessions before `number` handed out and nobody has filled in, the latest first.

    Each worksheet is named once, with the session it went home from last.
    """
    returned = {filling.worksheet for filling in dossier.worksheet_answers}
    outstanding: dict[str, OutstandingHandOut] = {}
    for session in reversed(dossier.numbered):
        place = session.number or 0
        if session.state != "held" or place >= number:
            continue
        for name, title in _went_home(dossier, session).items():
            if name not in returned and name not in outstanding:
                outstanding[name] = OutstandingHandOut(worksheet=name, title=title, session=place)
    return tuple(outstanding.values())


def _went_home(dossier: Dossier, session: Session) -> Mapping[str, str]:
    """Titles by id of what the wrap says went home; where it says nothing, of what the plan meant
    to hand out."""
    hand_outs = dossier.handed_out_in(session.id)
    if hand_outs:
        return {hand_out.worksheet: hand_out.title for hand_out in hand_outs}
    plan = dossier.plan_of(session.id)
    return plan.hands_out if plan else {}
