"""`check-in`: how the client arrives (R42-R44)."""

from __future__ import annotations

from collections.abc import Mapping

from trajplan.actions.context import Context
from trajplan.actions.kept_plans import kept_plan
from trajplan.actions.priorities import priority
from trajplan.actions.resolve import ClientEngagement, case_of, refuse_closed, session_of
from trajplan.actions.scaled import answers_of, keep_answers, scales_of
from trajplan.errors import CannotDo, UsageFault
from trajplan.pages.kept import Arrived
from trajplan.records import checkins, clients
from trajplan.records.forms import Energy
from trajplan.records.records import Session
from trajplan.records.store import Store, reading, writing


def to_arrive(context: Context, *, client: str | None, number: str | None) -> str:
    """Name client and session for somebody about to be asked. Raises what `keep_check_in` would."""
    with reading(context.practice) as store:
        case = case_of(store, client, context.today)
        return f"{case.client.name} · session {_meant(store, case, number).number}"


def _meant(store: Store, case: ClientEngagement, number: str | None) -> Session:
    session = session_of(store, case.engagement, number)
    refuse_closed(case, session)
    if session.state in ("held", "skipped"):
        raise CannotDo(f"session {session.number} is {session.state}; nobody arrives there now")
    return session


def keep_check_in(
    context: Context,
    *,
    client: str | None,
    number: str | None,
    energy: Energy | None,
    mood: str,
    matters: str,
    progress: Mapping[str, int],
    scaled: Mapping[str, int],
    holding: bool | None = None,
    serves: int | None = None,
) -> Arrived:
    """Keep a check-in for the next session, or the one named. Raises UsageFault, CannotDo.

    `holding`: whether the session shall hold and work toward no goal (R22); None leaves that as an
    earlier check-in of the session said it, so that a word on the mood does not take it back.
    """
    arrives = bool(energy or mood or matters or progress) or not (
        holding is None and serves is None
    )
    if not arrives and not scaled:
        raise UsageFault(
            "nothing to keep; give --energy, --mood, --matters, --serves, --progress, --scaled"
            " or --holding"
        )
    for factor, value in progress.items():
        if not 1 <= value <= 10:
            raise UsageFault(f"--progress {factor}={value} is outside the scale; 1 to 10")
    for name, value in scaled.items():
        if not 1 <= value <= 10:
            raise UsageFault(f"--scaled {name}={value} is outside the scale; 1 to 10")
    with writing(context.practice, create=False) as store:
        case = case_of(store, client, context.today)
        session = _meant(store, case, number)
        # Numbers alone say nothing of how the client arrives: what was said of that stays.
        if arrives:
            before = checkins.of_session(store, session.id)
            if holding is None:
                holding = before.holding if before else False
            checkins.add(
                store,
                session_id=session.id,
                date=context.today,
                energy=energy,
                mood=mood,
                matters=matters,
                progress=progress,
                holding=holding,
                serves=priority(case.engagement, serves),
            )
        scales = scales_of(context.library, kept_plan(store, session)) if scaled else None
        given = [(scales.find(name), value) for name, value in scaled.items()] if scales else []
        keep_answers(store, case.engagement.id, session.id, given, context.today)
        clients.touch(store, case.client.id)
        return Arrived(
            client=case.client,
            session=session,
            check_in=checkins.of_session(store, session.id),
            scaled=answers_of(store, case.engagement.id, session.id),
        )
