"""Worksheets that went home from a session, and whether they have come back (R6, R30)."""

from __future__ import annotations

from collections.abc import Iterable

from trajplan.planning.plan import AtHome
from trajplan.practice import answers, plans
from trajplan.practice.records import Session
from trajplan.practice.store import Store


def at_home(
    store: Store, engagement_id: int, sessions: Iterable[Session], number: int
) -> tuple[AtHome, ...]:
    """What held sessions before `number` handed out and nobody has filled in, the latest first.

    Each worksheet is named once, with the session it went home from last.
    """
    back = {one.worksheet for one in answers.of_engagement(store, engagement_id)}
    found: dict[str, AtHome] = {}
    held = [one for one in sessions if one.number and one.state == "held" and one.number < number]
    for session in sorted(held, key=lambda one: one.number or 0, reverse=True):
        kept = plans.of_session(store, session.id)
        for one in (kept.body.get("hands_out") or ()) if kept else ():
            name = str(one["worksheet"])
            if name not in back and name not in found:
                found[name] = AtHome(
                    worksheet=name, title=str(one["title"]), session=session.number or 0
                )
    return tuple(found.values())
