"""The brief: what a coach reads before a session, above all before the first (R24-R39).

Plain values. The names of the fields are the names of `prep brief --format json`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from trajplan.planning.plan import PlannedGoal, WorksheetNote
from trajplan.planning.readiness import ReadinessState

OutlineState = Literal["prepared", "outdated", "not prepared"]
DocumentState = Literal["there", "in part", "missing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefNeed:
    """One thing a part is made of, and the command that gets it while it is missing."""

    id: str
    title: str
    held: bool
    get: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefPart:
    """One of the three parts with its state; `minutes` only on the first brief (R24, R25)."""

    id: str
    title: str
    state: ReadinessState
    held: int
    of: int
    needs: tuple[BriefNeed, ...]
    minutes: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefDocument:
    """One line of the checklist: what is there since when, or the command that gets it (R31)."""

    id: str
    title: str
    state: DocumentState
    since: str
    note: str
    get: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """The client's own words, with where and when they were written."""

    text: str
    source: str
    date: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CareerEntry:
    """One role or stretch of the career (R26)."""

    role: str
    organisation: str
    when: str
    themes: tuple[str, ...]
    successes: tuple[str, ...]
    challenges: tuple[str, ...]
    moved_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeCount:
    """A theme with the number of roles that name it."""

    theme: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """An accomplishment: `counted` when it has a number, `old` when it lies too far back (R32)."""

    what: str
    counted: bool
    old: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """A fear and the line drawn from it; `line` is empty while none is drawn (R39)."""

    fear: str
    line: str
    firm: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachedResult:
    """A result the client brought along, such as a test or a reference (R38)."""

    what: str
    date: str
    place: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefBackground:
    """Where the client comes from."""

    career: tuple[CareerEntry, ...]
    themes: tuple[ThemeCount, ...]
    moves: tuple[ThemeCount, ...]
    architecture: tuple[str, ...]
    accomplishments: tuple[AuditEntry, ...]
    pain_points: tuple[str, ...]
    evidence: tuple[str, ...]
    assumptions: tuple[str, ...]
    attached: tuple[AttachedResult, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefGoals:
    """Where the client wants to go, in words of their own; the latest first."""

    destination: str
    stuck_point: tuple[Quotation, ...]
    drive: tuple[Quotation, ...]
    priorities: tuple[str, ...]
    likes: tuple[str, ...]
    dislikes: tuple[str, ...]
    own_questions: tuple[str, ...]
    must_haves: tuple[str, ...]
    must_not_haves: tuple[Exclusion, ...]
    kept: tuple[PlannedGoal, ...]
    """Open goals of the tree, the theme first in each path (R86)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineSegment:
    """One segment of the session in short."""

    title: str
    minutes: int
    questions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """The next session in short, as its plan stands or would be made now."""

    session: int
    date: str
    start: str
    """Empty while no time is agreed."""
    minutes: int
    blueprint: str
    blueprint_title: str
    reason: str
    step: str
    segments: tuple[OutlineSegment, ...]
    opening: str
    """The first question; empty when there is none."""
    state: OutlineState
    """`outdated`: a plan is kept, and the records have changed since."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """The whole brief. Dates are ISO text."""

    client: str
    client_name: str
    date: str
    session: int | None
    """The next session; None when every one is held or skipped."""
    of: int
    first: bool
    """No session of the engagement has been held yet."""
    budget: int | None
    parts: tuple[BriefPart, ...]
    documents: tuple[BriefDocument, ...]
    background: BriefBackground
    goals: BriefGoals
    outline: Outline | None
    no_outline: str
    """Why there is no outline; empty where there is one."""
    worksheets: tuple[WorksheetNote, ...]
    """Lines of all other worksheets that feed the brief."""
    hints: tuple[str, ...]
