"""What commands are told, as it is typed; None or empty: not said.

Each field says how it is asked for, and that is its option: `cli/form_options.py` makes it. Actions
read what was typed. Nothing of this is saved.
"""

from typing import Annotated

from msgspec import Meta, Struct

from trajplan.records.columns import Rating
from trajplan.records.fields import Asks
from trajplan.records.forms import (
    CommitmentKind,
    CommitmentStatus,
    Estimate,
    HowWillIKnow,
    IfThen,
    Minutes,
    Obstacle,
    Proposer,
    What,
    When,
)
from trajplan.records.model import ContactKind, GoalStatus, IndicatorKind


class GoalForm(Struct, frozen=True, kw_only=True):
    """A theme, or an objective under one."""

    text: Annotated[str, Asks("New words")] = ""
    under: Annotated[str, Asks("Another theme; `none` makes it a theme itself", line=True)] = ""
    """The theme, by number or words."""
    measure: Annotated[str, Asks("How the client will notice it")] = ""
    when: Annotated[str, Asks("By when", "DAY")] = ""
    attainable: Annotated[Rating | None, Asks("How attainable, as the client rates it")] = None
    matters: Annotated[str, Asks("Why it matters, in the client's words")] = ""
    status: Annotated[GoalStatus | None, Asks("Where it stands")] = None
    because: Annotated[str, Asks("Why it changes; saved in its history")] = ""


class IndicatorForm(Struct, frozen=True, kw_only=True):
    """Something that can be counted on the way to a goal."""

    name: Annotated[str, Asks("Another name")] = ""
    value: Annotated[str, Asks("What it reads now; every reading stays", "NUMBER")] = ""
    date: Annotated[str, Asks("Day of the reading. Default: today", "DAY")] = ""
    kind: Annotated[
        IndicatorKind | None, Asks("`leading` shows early, `lagging` only at the end")
    ] = None
    goal: Annotated[str, Asks("The goal it belongs to, by number or words", line=True)] = ""
    unit: Annotated[str, Asks("What is counted, e.g. talks", line=True)] = ""
    start: Annotated[str, Asks("Where it begins", "NUMBER")] = ""
    target: Annotated[str, Asks("Where it should get to", "NUMBER")] = ""
    when: Annotated[str, Asks("By when", "DAY")] = ""


class CommitmentChange(Struct, frozen=True, kw_only=True):
    """What came of a commitment, and what changes in it; a contact about it."""

    status: CommitmentStatus | None = None
    minutes: Annotated[Minutes | None, Asks("How long it took")] = None
    value: Annotated[int | None, Asks("What it was worth to the client", "1..10")] = None
    learned: Annotated[str, Asks("What the client learnt")] = ""
    what: What = ""
    when: When = ""
    how_will_i_know: HowWillIKnow = ""
    obstacle: Obstacle = ""
    if_then: IfThen = ""
    proposed_by: Annotated[Proposer | None, Asks("Whose idea it was")] = None
    estimate_minutes: Estimate = None
    goal: Annotated[str, Asks("The goal it serves, by number or words", line=True)] = ""
    kind: Annotated[
        CommitmentKind | None,
        Asks("What kind of step it is; `preparing` is asked about in one line"),
    ] = None
    label: Annotated[
        str, Asks("Up to five words for it, said aloud: “call to the works council”", line=True)
    ] = ""
    deadline: Annotated[
        str, Asks("A deadline set by somebody else; plans ask about it again before then", "DAY")
    ] = ""
    keep_asking: Annotated[
        bool | None, Asks("The client wants to be asked about it, however long it takes")
    ] = None
    contact: Annotated[
        ContactKind | None,
        Asks("A contact about it between sessions; every contact is saved"),
    ] = None
    """A message, a call or a celebration (R101)."""
    note: Annotated[str, Asks("What was said in the contact")] = ""
    date: Annotated[str, Asks("Day of the contact. Default: today", "DAY")] = ""

    @property
    def reviews(self) -> bool:
        """Whether anything is said of what came of it."""
        return bool(self.status or self.learned or self.minutes is not None) or (
            self.value is not None
        )


class NewClient(Struct, frozen=True, kw_only=True):
    """Whose journey begins, and how; what is left out is taken from the intake, then from
    defaults."""

    name: Annotated[str, Asks("The client's name", line=True)] = ""
    source: str | None = None
    """The file that holds the intake."""
    slug: Annotated[str, Asks("Short name for the command line", "SLUG")] = ""
    start: Annotated[str, Asks("Day of the first session, e.g. 12 January", "DAY")] = ""
    start_time: Annotated[str, Asks("Usual time, e.g. 14:00", "TIME")] = ""
    time_zone: Annotated[str, Asks("E.g. Europe/Berlin", "ZONE")] = ""
    journey: Annotated[str, Asks("Which journey. Default: integrative-12", "ID")] = ""
    sessions: Annotated[
        Annotated[int, Meta(ge=1, le=60)] | None,
        Asks("How many sessions. Default: as the journey says"),
    ] = None
    minutes: Annotated[Annotated[int, Meta(ge=15, le=480)] | None, Asks("Length of a session")] = (
        None
    )
    every_days: Annotated[
        Annotated[int, Meta(ge=1, le=365)] | None, Asks("Days from one session to the next")
    ] = None


class ClosingInput(Struct, frozen=True, kw_only=True):
    """How an engagement ends: a file, and what was typed beside it."""

    outcomes: tuple[str, ...] = ()
    triggers: tuple[str, ...] = ()
    follow_up: Annotated[str, Asks("The day of the follow-up; `+6m` is usual", "DAY")] = ""
    source: str | None = None
    force: str | None = None
    """Why it is closed although something is missing."""
