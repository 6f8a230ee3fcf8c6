"""The brief: what a coach reads before a session, above all before the first (R24-R39).

Plain values. The names of the fields are the names of `prep brief --format json`.
"""

from __future__ import annotations

from typing import ClassVar, Literal

from msgspec import Struct

from trajplan.planning.from_records import PlannedGoal
from trajplan.planning.readiness import ReadinessState
from trajplan.worksheets.fillings import WorksheetNote

OutlineState = Literal["prepared", "outdated", "not prepared"]
DocumentState = Literal["there", "in part", "missing"]


class BriefNeed(Struct, frozen=True, kw_only=True):
    """One thing a part is made of, and the command that gets it while it is missing."""

    id: str
    title: str
    held: bool
    get: str


class BriefPart(Struct, frozen=True, kw_only=True):
    """One of the three parts with its state; `minutes` only on the first brief (R24, R25)."""

    id: str
    title: str
    state: ReadinessState
    held: int
    of: int
    needs: tuple[BriefNeed, ...]
    minutes: int | None


class BriefDocument(Struct, frozen=True, kw_only=True):
    """One line of the checklist: what is there since when, or the command that gets it (R31)."""

    id: str
    title: str
    state: DocumentState
    since: str
    note: str
    get: str


class Quotation(Struct, frozen=True, kw_only=True):
    """The client's own words, with where and when they were written."""

    text: str
    source: str
    date: str


class CareerEntry(Struct, frozen=True, kw_only=True):
    """One role or stretch of the career (R26)."""

    of_step: ClassVar = ("role", "organisation", "themes", "successes", "challenges")

    role: str
    organisation: str
    when: str
    themes: tuple[str, ...]
    successes: tuple[str, ...]
    challenges: tuple[str, ...]
    moved_on: str


class ThemeCount(Struct, frozen=True, kw_only=True):
    """A theme with the number of roles that name it."""

    theme: str
    count: int


class AuditEntry(Struct, frozen=True, kw_only=True):
    """An accomplishment: `counted` when it has a number, `old` when it lies too far back (R32)."""

    what: str
    counted: bool
    old: bool


class Exclusion(Struct, frozen=True, kw_only=True):
    """A fear and the line drawn from it; `line` is empty while none is drawn (R39)."""

    fear: str
    line: str
    firm: str


class AttachedResult(Struct, frozen=True, kw_only=True):
    """A result the client brought along, such as a test or a reference (R38)."""

    what: str
    date: str
    place: str
    says: str


class BriefBackground(Struct, frozen=True, kw_only=True):
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


class BriefGoals(Struct, frozen=True, kw_only=True):
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


class OutlineSegment(Struct, frozen=True, kw_only=True):
    """One segment of the session in short."""

    title: str
    minutes: int
    questions: int


class Outline(Struct, frozen=True, kw_only=True):
    """The next session in short, as its plan stands or would be made now."""

    of_plan: ClassVar = ("session", "date", "minutes", "blueprint", "blueprint_title", "step")

    session: int
    date: str
    start: str
    """Empty while no time is agreed."""
    own_clock: str
    """What the coach's clock says, where that is something else."""
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


class Brief(Struct, frozen=True, kw_only=True):
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
