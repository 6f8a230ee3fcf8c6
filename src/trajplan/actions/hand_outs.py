"""Worksheets that went home from a session, and whether they have come back (R6, R30)."""

from __future__ import annotations

from collections.abc import Iterable

from trajplan.planning.plan import OutstandingHandOut
from trajplan.records import answers
from trajplan.records.model import HandedOut, KeptPlan, Session
from trajplan.records.store import Store


def at_home(
    store: Store, engagement_id: int, sessions: Iterable[Session], number: int
) -> tuple[OutstandingHandOut, ...]:
    """What held sessions before `number` handed out and nobody has filled in, the latest first.

    Each worksheet is named once, with the session it went home from last.
    """
    back = {one.worksheet for one in answers.of_engagement(store, engagement_id)}
    found: dict[str, OutstandingHandOut] = {}
    held = [one for one in sessions if one.number and one.state == "held" and one.number < number]
    for session in sorted(held, key=lambda one: one.number or 0, reverse=True):
        for name, title in _went_home(store, session):
            if name not in back and name not in found:
                found[name] = OutstandingHandOut(
                    worksheet=name, title=title, session=session.number or 0
                )
    return tuple(found.values())


def _went_home(store: Store, session: Session) -> list[tuple[str, str]]:
    """What the wrap says went home; where it says nothing, what the plan meant to hand out."""
    said = store.select(HandedOut, session_id=session.id)
    if said:
        return [(one.worksheet, one.title) for one in said]
    kept = store.find(KeptPlan, session_id=session.id)
    planned = (kept.body.get("hands_out") or ()) if kept else ()
    return [(str(one["worksheet"]), str(one["title"])) for one in planned]
