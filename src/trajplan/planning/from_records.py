"""What a plan passes on of the records: the last session, what is still open, the first words.

Plain values, as in `plan.py`, whose `Plan` adds the session to them.
"""

from collections.abc import Mapping
from typing import ClassVar

from msgspec import Struct, field

from trajplan.measures.goals import IndicatorState
from trajplan.planning.kept_in_mind import NewerWords
from trajplan.worksheets.fillings import WorksheetNote


class PlannedContact(Struct, frozen=True, kw_only=True):
    """A message, a call or a celebration since the commitment was made (R101)."""

    date: str
    kind: str
    note: str


class PlannedGoal(Struct, frozen=True, kw_only=True):
    """An open objective, or a theme without one. `path` ends with its own words."""

    number: int = field(name="id")
    """Which of this client's it is; no key of the records."""
    level: str
    path: tuple[str, ...]
    when: str
    """Empty: no date."""


class PlannedCommitment(Struct, frozen=True, kw_only=True):
    """A commitment from last time as the plan met it."""

    of_commitment: ClassVar = (
        *("number", "what", "how_will_i_know", "status", "misses", "learned", "label"),
        *("keep_asking", "obstacle"),
    )

    number: int = field(name="id")
    """Which of this client's it is; no key of the records."""
    what: str
    when: str
    how_will_i_know: str
    status: str
    misses: int
    learned: str = ""
    """What the client has said of it since."""
    path: tuple[str, ...] = ()
    """The goals it serves, the theme first (R86)."""
    contacts: tuple[PlannedContact, ...] = ()
    kind: str = ""
    asked: int = 0
    """Held sessions since it was made that could ask after it; no holding session counts (R125)."""
    label: str = ""
    """Up to five words for what is said aloud; empty: none is short enough and true (R123)."""
    place: int = 0
    """Which of those of last time it is, from 1; 0: from an earlier session."""
    told_how: str = field(default="told me", name="told")
    """How `learned` came to the coach: `wrote`, `said`, or one that is true of both."""
    keep_asking: bool = False
    """The client wants to be asked, however long it waits (R125)."""
    deadline: str = ""
    """ISO date set from outside, or empty."""
    deadline_near: bool = False
    """This is the last session before it."""
    learned_on: str = ""
    """ISO date on which `learned` was said, where what became of it since is newer."""
    obstacle: str = ""
    """What may get in the way."""
    done_since: bool = False
    """It is done, and no session has spoken of that: it was taken on before the last session, and
    was done after it or before one that was too hard to ask."""
    again: str = ""
    """When the same was taken on before in the same words, and what was learnt then; empty: this is
    the first time."""


class HandOutReturn(Struct, frozen=True, kw_only=True):
    """A worksheet that went home with the last sheet; `filled`: the day it came back, or empty."""

    worksheet: str
    title: str
    filled: str


class FactorChange(Struct, frozen=True, kw_only=True):
    """Where a TCI factor stands and how it moved; `change` is None at a first rating."""

    factor: str
    value: int
    change: int | None


class FromLastTime(Struct, frozen=True, kw_only=True):
    """What the last held session left for this one (R2)."""

    of_wrap: ClassVar = ("focus", "takeaways", "parked", "frame_change", "agreement")

    session: int
    date: str
    wrapped: bool
    focus: str
    takeaways: tuple[str, ...]
    commitments: tuple[PlannedCommitment, ...]
    earlier: tuple[PlannedCommitment, ...] = ()
    """Still waiting from sessions before that one, the latest first."""
    over: tuple[PlannedCommitment, ...] = ()
    """Taken on before that session, and done or dropped in it or since, the latest first."""
    inquiry: str
    """The question that went home, of this session or of one before it; empty: none did."""
    parked: tuple[str, ...]
    ratings: tuple[FactorChange, ...]
    satisfaction: int | None
    flags: tuple[str, ...]
    notes: tuple[str, ...] = ()
    """The coach's notes of that session that are part of the record; working notes never. One in
    quotation marks holds the client's words."""
    frame_change: str = ""
    agreement: str = ""
    """What was agreed anew at the checkpoint (R120)."""
    holding: bool = False
    """It held what had happened; nothing had to be chosen there (R22)."""
    handed_out: tuple[HandOutReturn, ...] = ()
    danger: bool = False
    """Somebody may have been in danger then, so today begins with how they have been (R131)."""
    danger_before: bool = False
    """Somebody may have been in danger then or in any other session held so far."""

    @property
    def promises(self) -> tuple[PlannedCommitment, ...]:
        """What was taken on then, and what still waits from before."""
        return (*self.commitments, *self.earlier)

    @property
    def notes_and_takeaways(self) -> tuple[str, ...]:
        """What it left in somebody's own words."""
        return (*self.notes, *self.takeaways)


class PlannedParked(Struct, frozen=True, kw_only=True):
    """A topic that came up and had no place, while nobody has closed it (R128)."""

    number: int = field(name="id")
    """Which of this client's it is; no key of the records."""
    text: str
    session: int | None
    """The session it was parked in; None: between two, or in an earlier journey."""
    since: str
    """ISO date."""
    due: str = ""
    """ISO date by which it matters, or empty."""
    taken: bool = False
    """It is taken up in this session."""
    taken_in: int | None = None
    """An earlier session took it up, and it is still open."""


class PinnedNote(Struct, frozen=True, kw_only=True):
    """A note that stands until the coach unpins it (R128)."""

    number: int = field(name="id")
    text: str
    session: int | None
    """None: of an earlier journey, or of a meeting without a number."""
    written: str
    """ISO date."""


class UrgentDay(Struct, frozen=True, kw_only=True):
    """Something the client has said that has a day soon."""

    text: str
    day: str
    """ISO date."""
    alone: bool = False
    """No session comes between this one and that day."""
    promise: bool = False
    """It binds something they took on, or a goal."""
    newer: NewerWords | None = None
    """The words that surely move it to this day."""


class EarlierJourney(Struct, frozen=True, kw_only=True):
    """What the engagement before this one left; a returning client starts from it."""

    began: str
    ended: str
    """Day of its last held session, or empty."""
    held: int
    of: int
    destination: str
    takeaways: tuple[str, ...]
    inquiry: str
    """Both of its last wrapped session; one that held and left none leaves those before it."""
    commitments: tuple[str, ...]
    """Still open then."""
    assumptions: tuple[str, ...]
    """Still open then."""


class StandingReferral(Struct, frozen=True, kw_only=True):
    """A referral that stands while the plan is made (R22)."""

    kind: str
    since: str


class OutstandingHandOut(Struct, frozen=True, kw_only=True):
    """A worksheet handed out in a held session that has not come back."""

    worksheet: str
    title: str
    session: int


class EchoAnswer(Struct, frozen=True, kw_only=True):
    """What the client said of their first words in a later session."""

    session: int
    text: str


class FirstWords(Struct, frozen=True, kw_only=True):
    """The client's words of the beginning, and what they have said of them since."""

    question: str
    """`stuck_point`, `destination` or `takeaways`."""
    then: str
    lines: tuple[str, ...] = ()
    """What was taken away, line by line; without any, `then` is one."""
    answers: tuple[EchoAnswer, ...] = ()


class FromRecords(Struct, frozen=True, kw_only=True):
    """What the records say and a plan passes on as it is: the planner reads it in its `Facts`."""

    client: str
    """The client's slug."""
    client_name: str
    time_zone: str
    destination: str
    priorities: tuple[str, ...]
    matters_most: str
    """What the client said matters most today, from the check-in."""
    mood: str = ""
    progress: Mapping[str, int] = {}
    """Movement since last time by factor, 1-10, from the check-in."""
    serves: str = ""
    """The agreed priority that the check-in names for today's topic, in its own words."""
    change: str = ""
    """The kind of change the client is after, from the intake: incremental or directional; empty:
    not said (R3)."""
    accountability: str = ""
    """How the client wants to be held to what they take on (R101)."""
    satisfaction_home: bool = False
    """The card that goes home asks how the session was (R166)."""
    earlier_journey: EarlierJourney | None = None
    """In the first session of a returning client: what the engagement before it left."""
    worksheets: tuple[WorksheetNote, ...] = ()
    """What was filled in for this session, or since the last one."""
    goals: tuple[PlannedGoal, ...] = ()
    indicators: tuple[IndicatorState, ...] = ()
    referrals: tuple[StandingReferral, ...] = ()
    parked: tuple[PlannedParked, ...] = ()
    """Every parked topic that is open, whichever session it comes from; those taken up for this
    session first (R128)."""
    pinned: tuple[PinnedNote, ...] = ()
    urgent: tuple[UrgentDay, ...] = ()
    """What has a day soon, the next one first, in every session until it has passed (R126)."""
