"""`check-in`: how the client arrives (R42-R44)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Literal, get_args

from msgspec import Struct
from msgspec.structs import replace

from trajplan.actions.client_records import (
    ClientRecords,
    agreed_priority,
    refuse_closed,
    session_of,
)
from trajplan.actions.context import Context
from trajplan.actions.scaled import answers_of, save_answers, scales_of
from trajplan.actions.standing import pin_safety_words
from trajplan.errors import CannotDo, NotFound, UsageFault
from trajplan.planning.topics_today import speaks_of_danger
from trajplan.records.forms import Energy
from trajplan.records.model import CheckIn, Client, Note, ScaledAnswer, Session

Cleared = Literal["energy", "mood", "matters", "about", "serves", "progress"]
CLEARED: tuple[Cleared, ...] = get_args(Cleared)
"""What `--no-…` takes out; `--no-holding` says something of its own."""


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


class ExpectedArrival(Struct, frozen=True):
    """Who is about to be asked for, and what an earlier check-in of the session says."""

    title: str
    earlier: CheckIn | None


def expected_arrival(
    context: Context, *, client: str | None, number: str | None
) -> ExpectedArrival:
    """Read what somebody should know who is asked. Raises as `save_check_in` would."""
    with context.read(client, acting=True) as records:
        session = _arriving(records, number)
        title = f"{records.client.name} · session {session.number}"
        return ExpectedArrival(title, records.last(CheckIn, session_id=session.id))


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
    cleared: frozenset[Cleared] = frozenset()
    """What was said before and is taken out again."""

    @property
    def only_numbers(self) -> bool:
        """Whether nothing is said but answers to scaled questions, if even these."""
        return self == Arrival(scaled=self.scaled)


def save_check_in(
    context: Context, said: Arrival, *, client: str | None, number: str | None
) -> SavedCheckIn:
    """Save a check-in for the next session, or the one named.

    What is left out stays as an earlier check-in of the session said it: a word on the mood takes
    nothing back, and only what is named as `cleared` goes (R137, F1). Raises UsageFault, CannotDo,
    NotFound for a topic that is unknown.
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
            from trajplan.actions.kept_plans import saved_plan

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
            " --scaled or --holding; --no-mood and the like take out what an earlier one said"
        )
    for field in CLEARED:
        if field in said.cleared and getattr(said, field):
            raise UsageFault(f"--{field} and --no-{field} do not go together")
    for option, numbers in (("--progress", said.progress), ("--scaled", said.scaled)):
        for name, value in numbers.items():
            if not 1 <= value <= 10:
                raise UsageFault(f"{option} {name}={value} is outside the scale of 1 to 10")


def _added(records: ClientRecords, before: CheckIn, said: Arrival, today: dt.date) -> CheckIn:
    """A check-in as it stands with what is said now; what it does not name stays (R137)."""
    # What is on the client's mind now asks anew what was answered for something else.
    new_matter = bool(said.matters) and said.matters != before.matters
    named: dict[str, Any] = {
        "energy": said.energy,
        "mood": said.mood,
        "matters": said.matters,
        "progress": {**before.progress, **said.progress} if said.progress else {},
        "holding": said.holding,
        "serves": agreed_priority(records.engagement, said.serves),
        "about": tuple(dict.fromkeys((*before.about, *said.about))) if said.about else (),
    }
    blank = CheckIn(session_id=before.session_id, date=today)
    return replace(
        before,
        id=0,
        date=today,
        **{name: value for name, value in named.items() if value or value is False},
        **{name: getattr(blank, name) for name in said.cleared},
        answered=said.holding is not None or (before.answered and not new_matter),
    )
