"""What may become of a session in each of its states: one table, complete (SPEC, "session").

A missed or cancelled session keeps its number and waits for a day. `skip` uses the number up; only
taking the skip back returns it. What was held stays held.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from trajplan.errors import CannotDo
from trajplan.records.model import SessionState

Act = Literal["move", "miss", "cancel", "skip", "take_back", "hold"]
ACTS: tuple[Act, ...] = ("move", "miss", "cancel", "skip", "take_back", "hold")
STATES: tuple[SessionState, ...] = ("planned", "held", "missed", "cancelled", "skipped")


class Refusal(Struct, frozen=True):
    """Why an act is not possible in a state, and what is. `{name}`, `{ref}`, `{day}` are filled."""

    because: str


_HELD = "{name} was held on {day}"
_STAYS = Refusal(_HELD + "; its day and state stay as they were")
_SKIPPED = Refusal(
    "{name} was skipped, and its number is used up; `trajplan sessions skip {ref} --back` takes "
    "that back, `trajplan sessions extend 1` adds a session at the end"
)
_NOT_SKIPPED = Refusal("{name} was not skipped, so there is nothing to take back")

TABLE: Mapping[tuple[SessionState, Act], SessionState | Refusal] = {
    ("planned", "move"): "planned",
    ("planned", "miss"): "missed",
    ("planned", "cancel"): "cancelled",
    ("planned", "skip"): "skipped",
    ("planned", "take_back"): _NOT_SKIPPED,
    ("planned", "hold"): "held",
    ("held", "move"): _STAYS,
    ("held", "miss"): _STAYS,
    ("held", "cancel"): _STAYS,
    ("held", "skip"): _STAYS,
    ("held", "take_back"): _NOT_SKIPPED,
    ("held", "hold"): Refusal(_HELD + " already"),
    ("missed", "move"): "planned",
    ("missed", "miss"): Refusal(
        "{name} is kept as missed already; `trajplan sessions move {ref} DAY` gives it a new day"
    ),
    ("missed", "cancel"): "cancelled",
    ("missed", "skip"): "skipped",
    ("missed", "take_back"): _NOT_SKIPPED,
    ("missed", "hold"): "held",
    ("cancelled", "move"): "planned",
    ("cancelled", "miss"): "missed",
    ("cancelled", "cancel"): Refusal(
        "{name} is cancelled already; `trajplan sessions move {ref} DAY` gives it a new day"
    ),
    ("cancelled", "skip"): "skipped",
    ("cancelled", "take_back"): _NOT_SKIPPED,
    ("cancelled", "hold"): "held",
    ("skipped", "move"): _SKIPPED,
    ("skipped", "miss"): _SKIPPED,
    ("skipped", "cancel"): _SKIPPED,
    ("skipped", "skip"): Refusal(
        "{name} is skipped already; `trajplan sessions skip {ref} --back` takes that back"
    ),
    ("skipped", "take_back"): "planned",
    ("skipped", "hold"): _SKIPPED,
}


def becomes(state: SessionState, act: Act, *, name: str, ref: str, day: str) -> SessionState:
    """Return the state an act leads to. Raises CannotDo saying what is possible instead."""
    outcome = TABLE[state, act]
    if isinstance(outcome, Refusal):
        raise CannotDo(outcome.because.format(name=name, ref=ref, day=day))
    return outcome
