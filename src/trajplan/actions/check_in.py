"""`check-in`: how the client arrives (R42-R44)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from trajplan.actions.client_records import (
    ClientRecords,
    agreed_priority,
    refuse_closed,
    session_of,
)
from trajplan.actions.context import Context
from trajplan.actions.ratings import answers_of, save_answers, scales_of
from trajplan.actions.safety import pin_danger
from trajplan.errors import CannotDo, NotFound, UsageFault
from trajplan.measures.tci import FACTORS
from trajplan.records.command_forms import Arrival
from trajplan.records.fields import require_rating
from trajplan.records.model.journeys import Client
from trajplan.records.model.ratings import ScaledAnswer
from trajplan.records.model.sessions import CheckIn, Note, Session

CLEARED = ("energy", "mood", "matters", "about", "serves", "progress")
"""What `--no-…` takes out; `--no-holding` says something of its own."""


class SavedCheckIn(Struct, frozen=True, kw_only=True):
    """One saved check-in."""

    client: Client
    session: Session
    check_in: CheckIn | None
    """How the client arrives; None where only numbers were given."""
    pinned: tuple[Note, ...] = ()
    """The notes that keep words about danger in sight until they are unpinned (R128)."""
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


def save_check_in(
    context: Context, said: Arrival, *, client: str | None, number: str | None
) -> SavedCheckIn:
    """Save a check-in for the next session, or the one named.

    What is left out stays as an earlier check-in of the session said it: a word on the mood takes
    nothing back, and only what `--no-…` names goes (R137, F1). Raises UsageFault, CannotDo,
    NotFound for a topic that is unknown.
    """
    progress = _numbers(said.progress, _NO_PROGRESS, FACTORS)
    scaled = _numbers(said.scaled, _NO_ANSWER)
    _refuse(context, said, progress, scaled)
    with context.write(client) as records:
        session = _arriving(records, number)
        check_in = records.last(CheckIn, session_id=session.id)
        # Numbers alone say nothing of how the client arrives: what was said of that stays.
        if said != Arrival(scaled=said.scaled):
            before = check_in or CheckIn(session_id=session.id, date=context.today)
            check_in = records.insert(_check_in_now(records, before, said, progress, context.today))
        # The library is read where there are words to hear.
        texts = tuple(filter(None, (said.matters, said.mood)))
        pinned = (
            pin_danger(records, context.library, session, texts, context.today) if texts else ()
        )
        if scaled:
            from trajplan.actions.kept_plans import plan_in

            scales = scales_of(context.library, plan_in(records.dossier, session))
            answers = [(scales.find(name), value) for name, value in scaled.items()]
            save_answers(records, session.id, answers, context.today)
        return SavedCheckIn(
            client=records.client,
            session=session,
            check_in=check_in,
            pinned=pinned,
            scaled=answers_of(records, session.id),
        )


_NO_PROGRESS = f"is not progress; write FACTOR=1..10 with {', '.join(FACTORS)}"
_NO_ANSWER = "does not answer a scaled question; write ID=1..10, such as sc-water=7"


def _numbers(pairs: Iterable[str], fault: str, names: Collection[str] = ()) -> dict[str, int]:
    """Read `clarity=7`; without `names` of any. Raises UsageFault, whose end is `fault`."""
    numbers: dict[str, int] = {}
    for pair in pairs:
        name, _, value = pair.rpartition("=")
        is_known = name in names if names else bool(name)
        if not (is_known and value.isascii() and value.isdigit()):
            raise UsageFault(f"`{pair}` {fault}")
        numbers[name] = int(value)
    return numbers


def _parts_to_clear(said: Arrival) -> list[str]:
    """What was said before and is taken out again."""
    return [name for name in CLEARED if getattr(said, f"no_{name}")]


def _refuse(
    context: Context, said: Arrival, progress: Mapping[str, int], scaled: Mapping[str, int]
) -> None:
    """Stop at what no check-in may say, before anything is saved."""
    if said.about:
        from trajplan.planning.heard_topics import spoken_topics

        topics = spoken_topics(context.library.topics)
        for topic in said.about:
            if topic not in topics:
                raise NotFound.among("topic", topic, topics)
    if said == Arrival():
        raise UsageFault(
            "nothing to record; give --energy, --mood, --matters, --about, --serves, --progress,"
            " --scaled or --holding; --no-mood and the like take out what an earlier one said"
        )
    for field in _parts_to_clear(said):
        if getattr(said, field):
            raise UsageFault(f"--{field} and --no-{field} do not go together")
    for option, numbers in (("--progress", progress), ("--scaled", scaled)):
        for name, value in numbers.items():
            require_rating(value, f"{option} {name}={value}")


def _check_in_now(
    records: ClientRecords,
    before: CheckIn,
    said: Arrival,
    progress: Mapping[str, int],
    today: dt.date,
) -> CheckIn:
    """A check-in as it stands with what is said now; what it does not name stays (R137)."""
    # What is on the client's mind now asks anew what was answered for something else.
    new_matter = bool(said.matters) and said.matters != before.matters
    named: dict[str, Any] = {
        "energy": said.energy,
        "mood": said.mood,
        "matters": said.matters,
        "progress": {**before.progress, **progress} if progress else {},
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
        **{name: getattr(blank, name) for name in _parts_to_clear(said)},
        answered=said.holding is not None or (before.answered and not new_matter),
    )
