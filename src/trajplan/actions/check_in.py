"""`check-in`: how the client arrives (R42-R44)."""

from __future__ import annotations

import datetime as dt
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


class Arrival(Struct, frozen=True, kw_only=True):
    """What was said of how the client arrives; empty or None: not said."""

    energy: Energy | None = None
    mood: str = ""
    matters: str = ""
    about: tuple[str, ...] = ()
    """Topics of today, by id."""
    serves: int | None = None
    """The number of the agreed priority this serves."""
    progress: Mapping[str, int] = {}
    """Movement since last time, by factor."""
    holding: bool | None = None
    """Whether the session shall hold and work toward no goal (R22)."""
    scaled: Mapping[str, int] = {}
    """Answers to scaled questions, by id or number in the plan."""

    @property
    def only_numbers(self) -> bool:
        """Whether nothing is said but answers to scaled questions, if even these."""
        return self == Arrival(scaled=self.scaled)


def save_check_in(
    context: Context, said: Arrival, *, client: str | None, number: str | None
) -> SavedCheckIn:
    """Save a check-in for the next session, or the one named.

    What is left out stays as an earlier check-in of the session said it: a word on the mood takes
    nothing back. Raises UsageFault, CannotDo, NotFound for a topic that is unknown.
    """
    _refuse(context, said)
    with context.write(client) as records:
        session = _arriving(records, number)
        check_in = records.last(CheckIn, session_id=session.id)
        # Numbers alone say nothing of how the client arrives: what was said of that stays.
        if not said.only_numbers:
            before = check_in or CheckIn(session_id=session.id, date=context.today)
            check_in = records.insert(_added(records, before, said, context.today))
        pinned = None
        if said.matters and speaks_of_danger(context.library.topics, said.matters):
            pinned = pin_safety_words(records, session, said.matters, context.today)
        if said.scaled:
            scales = scales_of(context.library, saved_plan(records, session))
            answers = [(scales.find(name), value) for name, value in said.scaled.items()]
            save_answers(records, session.id, answers, context.today)
        return SavedCheckIn(
            client=records.client,
            session=session,
            check_in=check_in,
            pinned=pinned,
            scaled=answers_of(records, session.id),
        )


def _refuse(context: Context, said: Arrival) -> None:
    """Stop at what no check-in may say, before anything is saved."""
    for topic in said.about:
        if topic not in context.library.topics:
            raise NotFound.among("topic", topic, context.library.topics)
    if said == Arrival():
        raise UsageFault(
            "nothing to record; give --energy, --mood, --matters, --about, --serves, --progress,"
            " --scaled or --holding"
        )
    for option, numbers in (("--progress", said.progress), ("--scaled", said.scaled)):
        for name, value in numbers.items():
            if not 1 <= value <= 10:
                raise UsageFault(f"{option} {name}={value} is outside the scale of 1 to 10")


def _added(records: ClientRecords, before: CheckIn, said: Arrival, today: dt.date) -> CheckIn:
    """A check-in as it stands with what is said now."""
    # What is on the client's mind now asks anew what was answered for something else.
    new_matter = bool(said.matters) and said.matters != before.matters
    topics = (*(() if said.matters else before.about), *said.about)
    return CheckIn(
        session_id=before.session_id,
        date=today,
        energy=said.energy or before.energy,
        mood=said.mood or before.mood,
        matters=said.matters or before.matters,
        progress={**before.progress, **said.progress},
        holding=before.holding if said.holding is None else said.holding,
        serves=agreed_priority(records.engagement, said.serves) or before.serves,
        about=tuple(dict.fromkeys(topics)),
        answered=said.holding is not None or (before.answered and not new_matter),
    )
