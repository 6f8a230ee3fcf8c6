"""What a coach hands in: intake, wrap, a worksheet's answers, closing.

Shapes are fixed by SPEC ("Interfaces others build on"). The border validates a YAML file against
these classes; the store keeps them as plain data. They are forms, not records: no ids, no history.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar, Literal

from annotated_types import Ge, Le

STRICT: dict[str, Any] = {"extra": "forbid"}

Need = Literal["job_search", "skill_building", "values", "early_ideas", "transition", "leadership"]
Change = Literal["incremental", "directional"]
CommitmentKind = Literal["experiential", "information_gathering", "reflective", "preparing"]
Proposer = Literal["client", "both", "coach"]
Energy = Literal["low", "normal", "high"]
NoteKind = Literal["record", "working"]
Rating = Annotated[int, Ge(1), Le(10)]


@dataclass(frozen=True, slots=True, kw_only=True)
class CareerStep:
    """One role in the client's history (R26)."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    role: str
    organisation: str = ""
    since: str = ""
    """`from` in the file: a year or a date, as the client writes it."""
    until: str = ""
    """`to` in the file."""
    themes: tuple[str, ...] = ()
    successes: tuple[str, ...] = ()
    challenges: tuple[str, ...] = ()
    left_because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """The pre-coaching audit (R32)."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    accomplishments: tuple[str | Mapping[str, Any], ...] = ()
    pain_points: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What is known before the first session. Everything but the name may be missing."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    kind: Literal["intake"]
    name: str = ""
    slug: str = ""
    destination: str = ""
    stuck_point: str = ""
    need: Need | None = None
    goal_clarity: Rating | None = None
    paths: tuple[str, ...] | Annotated[int, Ge(0), Le(99)] = ()
    """Different directions the client is weighing, named or counted."""
    change: Change | None = None
    drive: str = ""
    likes: tuple[str, ...] = ()
    dislikes: tuple[str, ...] = ()
    own_questions: tuple[str, ...] = ()
    fears: tuple[str, ...] = ()
    must_haves: tuple[str, ...] = ()
    priorities: tuple[str, ...] = ()
    scenario: str = ""
    assumptions: tuple[str | Mapping[str, Any], ...] = ()
    start: dt.date | None = None
    start_time: str = ""
    time_zone: str = ""
    minutes: Annotated[int, Ge(15), Le(480)] | None = None
    every_days: Annotated[int, Ge(1), Le(365)] | None = None
    career: tuple[CareerStep, ...] = ()
    audit: Audit | None = None
    goals: tuple[str | Mapping[str, Any], ...] = ()
    indicators: tuple[str | Mapping[str, Any], ...] = ()
    agreement: Mapping[str, Any] = field(default_factory=dict)
    accountability: str = ""
    """How the client wants to be held to what they take on (R101)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersForm:
    """A filled worksheet as data. What each answer may be, its worksheet says."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    kind: Literal["answers"]
    answers: Mapping[str, Any]
    """By field id or label."""
    worksheet: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    """The client's own names for fields that may be renamed."""
    unmatched: str = ""
    """Text that belongs to no field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCommitment:
    """One action the client takes on (R94–R99), in a session or between two.

    What, when and how will I know are required.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    what: str
    when: str
    how_will_i_know: str
    obstacle: str = ""
    if_then: str = ""
    kind: CommitmentKind | None = None
    proposed_by: Proposer = "client"
    goal: str = ""
    """The goal it serves: its number, or its words."""
    estimate_minutes: Annotated[int, Ge(1), Le(10_000)] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WrapNote:
    """One of several notes of a session (R58)."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    text: str
    kind: NoteKind = "record"
    purge_on: dt.date | None = None
    """When a working note goes; without it, 90 days after the session."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrapEcho:
    """What the client says today beside their first words; what was not asked is left out."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    stuck_point: str = ""
    destination: str = ""
    takeaways: str | tuple[str, ...] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """What an engagement ends with (R12, R111, R112, R115)."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    kind: Literal["closing"]
    outcomes: tuple[str, ...] = ()
    """What is there now that others can see, in the client's words."""
    triggers: tuple[str, ...] = ()
    """The client's own signs that it is time to ask for help again."""
    follow_up: str = ""
    """A day; `+6m` counts six months from the closing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrap:
    """What a held session leaves behind. `commitments` is a list, or says that none was chosen."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    kind: Literal["wrap"]
    commitments: tuple[NewCommitment, ...] | Literal["none", "none chosen"]
    minutes: Annotated[int, Ge(1), Le(480)] | None = None
    actual: Mapping[str, Annotated[int, Ge(0), Le(480)]] = field(default_factory=dict)
    """Minutes by segment id, as they really were."""
    focus: str = ""
    takeaways: tuple[str, ...] = ()
    asked: tuple[str, ...] | None = None
    not_asked: tuple[str, ...] | None = None
    parked: tuple[str, ...] = ()
    notes: tuple[WrapNote, ...] | str = ""
    """Text is part of the record; a list says of each note whether it is."""
    scaled: Mapping[str, Rating] = field(default_factory=dict)
    """Answers to scaled questions, by question id or number in the plan (R67)."""
    handed_out: tuple[str, ...] = ()
    """Ids of worksheets the client takes home (R83)."""
    energy: Energy | None = None
    frame_change: str = ""
    inquiry: str = ""
    serves: Annotated[int, Ge(1), Le(50)] | None = None
    """Number of the agreed priority the session served, as the plan prints it."""
    accountability: str = ""
    """How the client wants to be held to it from now on; empty: as before."""
    echo: WrapEcho | None = None
