"""The records of a practice, as frozen values. They know nothing of the store that keeps them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from trajplan.records.forms import CommitmentKind, Energy, Intake, NoteKind, Proposer

SessionState = Literal["planned", "held", "missed", "cancelled", "skipped"]
SessionKind = Literal["numbered", "chemistry", "three_way", "check_in", "follow_up"]
MeetingKind = Literal["chemistry", "three_way", "check_in", "follow_up"]
CommitmentStatus = Literal["open", "done", "partly", "not_yet", "dropped"]
WAITING = ("open", "partly", "not_yet")
"""Statuses of a commitment that nobody has closed."""
MISSED = ("partly", "not_yet")
"""Statuses with which a review counts as a miss."""
AssumptionStatus = Literal["open", "tested", "let_go"]
Method = Literal["directive", "exploratory", "integrative"]
ReferralKind = Literal["therapy", "medical", "legal", "financial", "other"]
ContactKind = Literal["message", "call", "celebration"]
EchoQuestion = Literal["stuck_point", "destination", "takeaways"]
SessionAct = Literal["moved", "missed", "cancelled", "skipped", "taken_back"]
Canceller = Literal["client", "coach"]

SCALE = "tci-1"
"""Version of the TCI scale: five factors, whole numbers 1–10, asked as "where do I stand now"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """A person coached."""

    id: int
    slug: str
    name: str
    initials: str
    revision: int
    """Counts every change to this client's records; a kept plan remembers the one it read."""
    created: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Engagement:
    """One journey with a client."""

    id: int
    client_id: int
    ordinal: int
    journey: str
    method: str
    sessions: int
    start: dt.date
    start_time: str
    """`HH:MM`, or empty when no time has been agreed."""
    time_zone: str
    minutes: int
    every_days: int
    destination: str
    intake: Intake
    created: dt.date
    closed: dt.date | None = None
    accountability: str = ""
    """How the client wants to be held to what they take on (R101)."""
    phase_sizes: Mapping[str, int] = field(default_factory=dict)
    """Sessions by phase id where the coach extended one; empty: the journey's, scaled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A place in the journey; unnumbered meetings have `number` None."""

    id: int
    engagement_id: int
    number: int | None
    kind: SessionKind
    state: SessionState
    date: dt.date
    start_time: str
    phase: str
    """Empty until the coach prepares or holds the session; the number proposes it."""
    method: str
    options: Mapping[str, Any] = field(default_factory=dict)
    """What the coach asked of `prep`, kept until `--reset`."""
    held_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionDay:
    """One thing that became of a session's day: moved, missed, cancelled, skipped; append-only."""

    id: int
    session_id: int
    date: dt.date
    """The day it was kept on."""
    act: SessionAct
    was_on: dt.date
    now_on: dt.date
    """The same day, unless it was moved."""
    cancelled_by: Canceller | None
    notice_hours: int | None
    """Hours between the cancellation and the session; None: not said."""
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """A stretch in which an engagement rests."""

    id: int
    engagement_id: int
    since: dt.date
    until: dt.date | None
    """The day it goes on; None: not said yet."""
    reason: str

    def stands(self, day: dt.date) -> bool:
        """Whether the engagement rests on that day."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysOff:
    """Days on which the coach meets nobody, both ends included."""

    id: int
    first: dt.date
    last: dt.date
    name: str

    def __contains__(self, day: dt.date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseExit:
    """One look at a phase's milestone, as it was given; append-only (R10)."""

    id: int
    engagement_id: int
    phase: str
    date: dt.date
    met: tuple[str, ...]
    """Criteria the coach ticked, in the words they had that day."""
    unmet: tuple[str, ...]
    reason: str
    """Why the journey goes on although some are unmet; empty: it does not yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrapRecord:
    """What was kept of a held session."""

    session_id: int
    wrapped_on: dt.date
    minutes: int | None
    actual: Mapping[str, int]
    focus: str
    takeaways: tuple[str, ...]
    parked: tuple[str, ...]
    energy: Energy | None
    frame_change: str
    inquiry: str
    asked: tuple[str, ...]
    """Ids of the questions that count as asked."""
    none_chosen: bool
    serves: str = ""
    """The agreed priority the session served, in its own words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Echo:
    """One of the client's first words asked again in a later session."""

    session_id: int
    session_number: int
    question: EchoQuestion
    words: str
    """As they were put then; empty when there were none."""
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How an engagement was closed (R12)."""

    engagement_id: int
    closed: dt.date
    follow_up: dt.date | None
    outcomes: tuple[str, ...]
    """What is there now that others can see, in the client's words (R112)."""
    triggers: tuple[str, ...]
    """The client's own signs that it is time to ask for help again (R115)."""
    missing: tuple[str, ...]
    """What was missing when it was closed all the same."""
    forced: str
    """The coach's reason for that, or empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """An action the client took on."""

    id: int
    number: int
    """Counts from 1 for each client; what a coach sees and types."""
    engagement_id: int
    session_id: int | None
    what: str
    due: dt.date
    how_will_i_know: str
    obstacle: str
    if_then: str
    kind: CommitmentKind | None
    proposed_by: Proposer
    goal: str
    """The goal it serves, in words; those of the goal itself where it is linked to one."""
    goal_id: int | None
    """The goal it is linked to (R86)."""
    estimate_minutes: int | None
    status: CommitmentStatus
    misses: int
    """How many reviews found it partly done or not yet."""
    minutes: int | None
    value: int | None
    learned: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentReview:
    """One look at a commitment, as it was given; append-only."""

    id: int
    commitment_id: int
    date: dt.date
    status: CommitmentStatus
    minutes: int | None
    value: int | None
    learned: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A message, a call or a celebration between sessions (R101); append-only."""

    id: int
    commitment_id: int
    date: dt.date
    kind: ContactKind
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TciEntry:
    """One set of ratings as it was given; append-only. A factor not rated is None."""

    id: int
    session_id: int
    session_number: int
    date: dt.date
    clarity: int | None
    options: int | None
    decision: int | None
    momentum: int | None
    confidence: int | None
    satisfaction: int | None
    note: str
    scale: str
    corrects: int | None
    """Id of the entry this one corrects; factors it leaves out stay as they were."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaledAnswer:
    """One answer to a scaled question as it was given; append-only (R67)."""

    id: int
    session_id: int
    session_number: int
    question_id: str
    text: str
    """The question as it was asked."""
    low: str
    """What 1 meant."""
    high: str
    """What 10 meant."""
    value: int
    date: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOut:
    """A worksheet that went home with a session's sheet."""

    session_id: int
    worksheet: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn:
    """How the client arrives (R42, R44)."""

    id: int
    session_id: int
    date: dt.date
    energy: Energy | None
    mood: str
    matters: str
    """What matters most today."""
    progress: Mapping[str, int]
    """Movement since last time by factor, 1 (stood still) to 10 (moved a great deal)."""
    holding: bool = False
    """Something hard has happened: the session holds, and works toward no goal (R22)."""
    serves: str = ""
    """The agreed priority today's topic serves, in its own words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumption:
    """A limiting belief in the client's own words, with evidence for and against (R27, R65)."""

    id: int
    number: int
    """Counts from 1 for each client; what a coach sees and types."""
    engagement_id: int
    text: str
    status: AssumptionStatus
    evidence_for: tuple[str, ...]
    evidence_against: tuple[str, ...]
    session_number: int | None
    """The session it was last heard or worked on; None: from the intake."""
    challenged: tuple[int, ...]
    """Numbers of the held sessions whose plan challenged it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodChange:
    """One change of method, as it was made; append-only (R20)."""

    id: int
    engagement_id: int
    session_id: int
    session_number: int | None
    onward: bool
    """True: the engagement works so from this session on. False: this session alone."""
    date: dt.date
    before: Method
    after: Method
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """Help that coaching is not, and that the coach advised the client to find (R22)."""

    id: int
    client_id: int
    kind: ReferralKind
    date: dt.date
    note: str
    ended: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A coach's note: part of the record, or working paper with a purge date (R58)."""

    id: int
    session_id: int
    kind: NoteKind
    text: str
    written: dt.date
    purge_on: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorksheetAnswers:
    """A worksheet filled in once; filling it again makes another record."""

    id: int
    engagement_id: int
    session_id: int | None
    session_number: int | None
    """The session it was filled in for or after; None: between sessions."""
    worksheet: str
    title: str
    form: Mapping[str, Any]
    """The worksheet as it was when filled in, the client's own names in it, as plain data."""
    answers: Mapping[str, Any]
    unmatched: str
    """Text that belonged to no field."""
    date: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionUse:
    """A question that was planned or asked, with the session it belongs to."""

    question_id: str
    session_id: int
    client_id: int
    engagement_id: int
    date: dt.date
    asked: bool
    """True: asked in a held session. False: only planned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPlan:
    """A stored plan with what it was made from."""

    session_id: int
    made_on: dt.date
    client_revision: int
    library_digest: str
    options: Mapping[str, Any]
    body: Mapping[str, Any]
    """The plan in full, as plain data."""
    frozen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RetiredQuestion:
    """A question that plans leave out."""

    question_id: str
    client: str | None
    """The client's slug; None: for every client, for good."""
    client_name: str | None
    since: dt.date
