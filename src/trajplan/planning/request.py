"""What a plan is made from: the coach's options and the facts read from the records.

Everything the planner may use is in these two values, so a plan can be made again from them and
nothing else: no clock, no file, no database.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from trajplan.library.model import Activity, Journey, Prompt, QuestionBank, SessionBlueprint
from trajplan.planning.plan import EarlierJourney, FromLastTime, WorksheetNote
from trajplan.practice.records import PhaseExit


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanOptions:
    """What the coach asked of `prep session`; empty values mean "not asked"."""

    start: str = ""
    minutes: int | None = None
    energy: str = ""
    late: int = 0
    decision: bool | None = None
    """None: not said, so the blueprint decides."""
    override: str = ""
    include: tuple[str, ...] = ()
    """`--with`: questions to ask."""
    exclude: tuple[str, ...] = ()
    """`--without`: questions to leave out."""
    blueprint: str = ""
    method: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAssumption:
    """An open limiting belief, and how many held sessions have challenged it so far."""

    id: int
    text: str
    heard_in: int
    """The session it was last heard in; 0 for the intake."""
    challenged: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionHistory:
    """What is known about earlier use of questions, by question id."""

    asked: frozenset[str] = frozenset()
    """Asked in a held session of this engagement."""
    offered: frozenset[str] = frozenset()
    """Planned or asked for this client before, in whichever engagement."""
    last_used: Mapping[str, dt.date] = field(default_factory=dict)
    """Last date asked, over the whole caseload."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """The part of the library a plan may draw on."""

    journey: Journey
    blueprints: tuple[SessionBlueprint, ...]
    """In order of preference between equals: the coach's own first."""
    banks: tuple[QuestionBank, ...]
    activities: Mapping[str, Activity]
    prompts: Mapping[str, Prompt]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the records say when the plan is made."""

    client: str
    client_name: str
    number: int
    total: int
    date: dt.date
    next_date: dt.date | None
    start_time: str
    time_zone: str
    minutes: int
    method: str
    phase: str
    """The phase the coach kept for this session; empty: the number decides."""
    destination: str
    scenario: str
    priorities: tuple[str, ...]
    energy: str
    """From the check-in; empty: none made."""
    matters_most: str
    mood: str = ""
    progress: Mapping[str, int] = field(default_factory=dict)
    stuck_point: str = ""
    last: FromLastTime | None
    unheld_before: tuple[int, ...]
    """Numbers of earlier sessions neither held nor skipped."""
    assumptions: tuple[OpenAssumption, ...]
    history: QuestionHistory
    worksheets: tuple[WorksheetNote, ...] = ()
    next_number: int | None = None
    """The next session that was not skipped; None: the number after this one, if there is one."""
    phase_exits: tuple[PhaseExit, ...] = ()
    """Looks at the milestones so far (R10)."""
    earlier_journey: EarlierJourney | None = None
    """What an earlier engagement left, for the first session of another."""
