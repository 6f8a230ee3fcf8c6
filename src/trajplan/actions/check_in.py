"""`check-in`: how the client arrives (R42-R44)."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from trajplan.actions.client_records import (
    ClientRecords,
    agreed_priority,
    refuse_closed,
    session_of,
)
from trajplan.actions.context import Context
from trajplan.actions.kept_plans import saved_plan
from trajplan.actions.scaled import answers_of, save_answers, scales_of
from trajplan.actions.standing import pin_safety_words
from trajplan.errors import CannotDo, NotFound, UsageFault
from trajplan.planning.session_agreement import speaks_of_danger
from trajplan.records.forms import Energy
from trajplan.records.model import CheckIn, Client, Note, ScaledAnswer, Session


class SavedCheckIn(Struct, frozen=True, kw_only=True):
    """One saved check-in."""

    client: Client
    session: Session
    check_in: CheckIn | None
    """How the client arrives; None where only numbers were given."""
    pinned: Note | None = None
    """The note that keeps words about danger in sight until it is unpinned (R128)."""
    scaled: tuple[ScaledAnswer, ...] = ()
    """Answers to scaled questions that stand for this session."""


def check_in_title(context: Context, *, client: str | None, number: str | None) -> str:
    """Name client and session for somebody about to be asked. Raises as `save_check_in` would."""
    with context.read(client, acting=True) as records:
        return f"{records.client.name} · session {_arriving(records, number).number}"


def _arriving(records: ClientRecords, number: str | None) -> Session:
    session = session_of(records, number)
    refuse_closed(records.case, session)
    if session.state in ("held", "skipped"):
        raise CannotDo(
            f"session {session.number} is {session.state}; there is nothing to check in for"
        )
    return session


def save_check_in(
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
    about: tuple[str, ...] = (),
) -> SavedCheckIn:
    """Save a check-in for the next session, or the one named. Raises UsageFault, CannotDo.

    What is left out stays as an earlier check-in of the session said it: a word on the mood takes
    nothing back. `holding`: whether the session shall hold and work toward no goal (R22). `about`:
    topics of today, by id; raises NotFound for one that is unknown.
    """
    for topic in about:
        if topic not in context.library.topics:
            raise NotFound.among("topic", topic, context.library.topics)
    arrives = bool(energy or mood or matters or about or progress) or not (
        holding is None and serves is None
    )
    if not arrives and not scaled:
        raise UsageFault(
            "nothing to record; give --energy, --mood, --matters, --about, --serves, --progress,"
            " --scaled or --holding"
        )
    for factor, value in progress.items():
        if not 1 <= value <= 10:
            raise UsageFault(f"--progress {factor}={value} is outside the scale of 1 to 10")
    for name, value in scaled.items():
        if not 1 <= value <= 10:
            raise UsageFault(f"--scaled {name}={value} is outside the scale of 1 to 10")
    with context.write(client) as records:
        session = _arriving(records, number)
        before = records.last(CheckIn, session_id=session.id)
        check_in = before
        # Numbers alone say nothing of how the client arrives: what was said of that stays.
        if arrives:
            said = before or CheckIn(session_id=session.id, date=context.today)
            # What is on the client's mind now asks anew what was answered for something else.
            answered = said.answered and (not matters or matters == said.matters)
            priority = agreed_priority(records.engagement, serves)
            check_in = records.insert(
                CheckIn(
                    session_id=session.id,
                    date=context.today,
                    energy=energy or said.energy,
                    mood=mood or said.mood,
                    matters=matters or said.matters,
                    progress={**said.progress, **progress},
                    holding=said.holding if holding is None else holding,
                    serves=priority or said.serves,
                    about=tuple(dict.fromkeys((*(() if matters else said.about), *about))),
                    answered=answered or holding is not None,
                )
            )
        pinned = None
        if matters and speaks_of_danger(context.library.topics, matters):
            pinned = pin_safety_words(records, session, matters, context.today)
        scales = scales_of(context.library, saved_plan(records, session)) if scaled else None
        answers = [(scales.find(name), value) for name, value in scaled.items()] if scales else []
        save_answers(records, session.id, answers, context.today)
        return SavedCheckIn(
            client=records.client,
            session=session,
            check_in=check_in,
            pinned=pinned,
            scaled=answers_of(records, session.id),
        )
