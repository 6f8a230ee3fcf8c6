"""What comes up in the work with a client: commitments and contacts about them, beliefs, and
topics left for later.
"""

import datetime as dt
from typing import Annotated, ClassVar, Literal

from trajplan.records.fields import KEY, Count, Id, Number, Positive, Rating, Record, Text, ref
from trajplan.records.forms import CommitmentKind, CommitmentStatus, Proposer
from trajplan.vocabulary import BeliefKind

WAITING = ("open", "partly", "not_yet")
"""Statuses of a commitment that nobody has closed."""
MISSED = ("partly", "not_yet")
"""Statuses with which a review counts as a miss."""
TRIED = ("done", "partly")
"""Statuses of a commitment of which something was done."""
AssumptionStatus = Literal["open", "tested", "let_go"]
Wording = Literal["exact", "gist"]
"""Only words marked `exact` are quoted."""
ContactKind = Literal["message", "call", "celebration"]


class Commitment(Record, frozen=True, kw_only=True):
    """An action the client took on (R94-R100)."""

    noun = "commitment"
    searched = (
        ("what", "commitment"),
        ("how_will_i_know", "commitment"),
        ("obstacle", "commitment"),
        ("if_then", "commitment"),
    )
    as_made: ClassVar = (
        *("what", "how_will_i_know", "obstacle", "if_then", "kind", "proposed_by", "goal"),
        *("estimate_minutes", "label", "deadline", "keep_asking"),
    )
    """As they are put in a `NewCommitment`, and given back to the form of the wrap."""
    as_reviewed: ClassVar = ("status", "misses", "minutes", "value", "learned")
    """What its reviews make of it, and nothing else does."""

    id: Id = 0
    number: Number = 0
    engagement_id: Annotated[int, ref("engagements")]
    session_id: Annotated[int, ref("sessions")] | None = None
    """The session it was made in; None: between two."""
    what: Text
    due: dt.date
    how_will_i_know: Text
    obstacle: str = ""
    if_then: str = ""
    kind: CommitmentKind | None = None
    proposed_by: Proposer = "client"
    goal: str = ""
    """The goal it serves, in words; those of the goal itself where it is linked to one."""
    # A goal is let go, never deleted, so the link needs no answer for that but the client's end.
    goal_id: Annotated[int, ref("goals", "SET NULL")] | None = None
    """The goal it is linked to (R86)."""
    estimate_minutes: Positive | None = None
    status: CommitmentStatus = "open"
    misses: Count = 0
    """How many reviews found it partly done or not yet."""
    minutes: Positive | None = None
    value: Rating | None = None
    learned: str = ""
    label: str = ""
    """Up to five words by which it is spoken of; empty: none is true (R123)."""
    deadline: dt.date | None = None
    """A day set from outside; before it, the promise is brought back (R125)."""
    keep_asking: bool = False
    """The client wants to be asked, however long it waits (R125)."""

    @property
    def promise(self) -> str:
        """What they took on, and how they will know that it is done, as one text."""
        return f"{self.what} {self.how_will_i_know}"


class CommitmentReview(Record, frozen=True, kw_only=True):
    """One look at a commitment, as it was given; append-only. One that a wrap gave goes, or is
    corrected, with that wrap."""

    noun = "review"
    searched = (("learned", "learning"),)

    id: Id = 0
    commitment_id: Annotated[int, ref("commitments")]
    session_id: Annotated[int, ref("sessions")] | None = None
    """The session whose wrap gave it; None: it was given by itself."""
    date: dt.date
    status: CommitmentStatus
    minutes: Positive | None = None
    value: Rating | None = None
    learned: str = ""


class ParkedTopic(Record, frozen=True, kw_only=True):
    """What came up and had no place; it stands until the coach closes it (R128)."""

    noun = "parked topic"
    searched = (("text", "parked"), ("outcome", "parked"))
    rules = ("CHECK (closed IS NOT NULL OR outcome = '')",)

    id: Id = 0
    number: Number = 0
    engagement_id: Annotated[int, ref("engagements")]
    session_id: Annotated[int, ref("sessions")] | None = None
    """The session it was parked in; None: between two."""
    text: Text
    parked: dt.date
    due: dt.date | None = None
    """The day by which it matters, where its words or the coach name one."""
    taken_in: Annotated[int, ref("sessions", "SET NULL")] | None = None
    """The session it was taken up for last; that alone does not close it."""
    closed: dt.date | None = None
    outcome: str = ""
    """What came of it, where the coach said so."""


class Assumption(Record, frozen=True, kw_only=True):
    """A limiting belief in the client's own words, with evidence for and against (R27, R65)."""

    noun = "assumption"
    searched = (
        ("text", "assumption"),
        ("evidence_for", "assumption"),
        ("evidence_against", "assumption"),
    )

    id: Id = 0
    number: Number = 0
    engagement_id: Annotated[int, ref("engagements")]
    text: Text
    status: AssumptionStatus = "open"
    kind: BeliefKind | None = None
    """What it is about, as the coach confirmed it; None: its words decide (R124)."""
    wording: Wording = "exact"
    """Whether the text is what the client said, or the coach's gist of it (R123)."""
    evidence_for: tuple[str, ...] = ()
    evidence_against: tuple[str, ...] = ()
    session_id: Annotated[int, ref("sessions")] | None = None
    """The session it was last heard or worked on; None: from the intake."""


class AssumptionChallenge(Record, frozen=True, kw_only=True):
    """A session whose plan challenged an assumption; it counts once the session is held (R27)."""

    assumption_id: Annotated[int, KEY, ref("assumptions")]
    session_id: Annotated[int, KEY, ref("sessions")]


class Contact(Record, frozen=True, kw_only=True):
    """A message, a call or a celebration between sessions (R101); append-only."""

    noun = "contact"
    searched = (("note", "contact"),)
    order = "date, id"

    id: Id = 0
    commitment_id: Annotated[int, ref("commitments")]
    date: dt.date
    kind: ContactKind
    note: str = ""
