"""What a plan is made from: the coach's options and the facts read from the records.

Everything the planner may use is in these two values, so a plan can be made again from them and
nothing else: no clock, no file, no database.
"""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Literal, Protocol

from msgspec import Struct, field

from trajplan.content.model import (
    Activity,
    BeliefCues,
    Journey,
    Prompt,
    QuestionBank,
    SessionBlueprint,
    Topic,
)
from trajplan.planning.calendar import USUAL_RHYTHM
from trajplan.planning.from_records import (
    FirstWords,
    FromLastTime,
    FromRecords,
    OutstandingHandOut,
    PlannedCommitment,
)
from trajplan.planning.kept_in_mind import FromIntake, Remembered
from trajplan.planning.plan import CareerOption, LastAnswer, SynthesisLine
from trajplan.records.model.journeys import PhaseExit
from trajplan.text import pattern
from trajplan.vocabulary import Sign

_WORN = pattern(
    r"(?<!not )(?<!n't )(?<!less )(?<!never )(?<!no longer )(?<!sick and )"
    r"(?<!the )(?<!my )(?<!new )"
    r"\b(?:tired(?! of)|knack?er(?:e)?d|exhausted|drained|shattered|wiped(?: out)?|worn out|weary|"
    r"flat(?! out| share| hunt)|sluggish|sleepy|half asleep|listless|meh|no energy|no oomph|"
    r"running on (?:empty|fumes)|dead on my feet|zonked|bushed|done in|m[uü]de|ersch[oö]pft|platt|"
    r"schlapp|cansad[oa]|agotad[oa]|sin energ[ií]a|zm[eę]czon[ya]|wedi blino)\b",
    re.IGNORECASE,
)
"""A mood that says there is little energy, as far as a word can."""


class PlanOptions(Struct, frozen=True, kw_only=True):
    """What the coach asked of `prep session`; empty values mean "not asked"."""

    start: str = ""
    minutes: int | None = None
    energy: str = ""
    late: int = 0
    decision: bool | None = None
    """None: not said, so the blueprint decides."""
    override: str = ""
    shift: bool | None = None
    """False: what felt good and moved little moves no mix (R104, R166)."""
    include: tuple[str, ...] = ()
    """`--with`: questions to ask."""
    exclude: tuple[str, ...] = ()
    """`--without`: questions to leave out."""
    blueprint: str = ""
    method: str = ""
    open: bool = False
    """`--open`: the client brings everything, and the journey's step waits (R120)."""


class OpenAssumption(Struct, frozen=True, kw_only=True):
    """An open limiting belief, and how many held sessions have challenged it so far."""

    number: int = field(name="id")
    """Which of this client's it is; no key of the records."""
    text: str
    heard_in: int
    """The session it was last heard in; 0 for the intake."""
    challenged: int
    kind: str = ""
    """What it is about, as the coach confirmed it; empty: its words decide (R124)."""
    wording: str = "exact"
    """`exact`: the client's own words; a `gist` is not quoted (R123)."""
    found: bool = False
    """Something is on record of what was found when it was tested."""
    untested: bool = False
    """A step that may test it still waits."""


ToldKind = Literal["said", "noted", "mood", "held", "intake"]


WHY_LEFT = "why they left"
"""When what the intake says of a job they left was told: it is no news of today."""


class ToldBefore(Struct, frozen=True, kw_only=True):
    """Something that was said or noted before this session, and when."""

    text: str
    when: str
    """`session 3`, or a day between two."""
    kind: ToldKind = "said"
    """Said by the client, the coach's note, how they arrived, what a session held (text may be
    empty), or in the intake's working life."""
    last: bool = False
    """It is of the session held last, or later."""
    day: dt.date | None = None
    """The day it was said; None: before the journey."""
    session: int = 0
    """The session it was said or noted in, on its day; 0: between two, or before the journey."""
    unwritten: bool = False
    """A session held, and nothing is written of what."""
    overtaken: bool = False
    """A newer review of the same promise says what became of it."""
    of: str = ""
    """The promise that it was said of."""


class CameLately(Struct, frozen=True, kw_only=True):
    """How they came to a session held before this one, and what they brought."""

    matters: str = ""
    mood: str = ""
    energy: str = ""
    first: bool = False
    """It was the first session, to which many come low."""


class QuestionHistory(Struct, frozen=True, kw_only=True):
    """What is known about earlier use of questions, by question id."""

    asked: frozenset[str] = frozenset()
    """Asked in a held session of this engagement."""
    asked_lately: frozenset[str] = frozenset()
    """Asked in one of the two sessions held last."""
    inquiries: frozenset[str] = frozenset()
    """The words of questions that went home in this engagement, ticked as asked or not."""
    offered: frozenset[str] = frozenset()
    """Planned or asked for this client before, in whichever engagement."""
    last_used: Mapping[str, dt.date] = {}
    """Last date asked, over the whole caseload."""
    answered: Mapping[str, LastAnswer] = {}
    """The newest answer to a scaled question before this session, in this engagement."""
    retired: frozenset[str] = frozenset()
    """What the coach wants planned no more, for this client or for good."""


class Exercise(Struct, frozen=True, kw_only=True):
    """Something tried or filled in between sessions, which this one debriefs (R83)."""

    what: str
    case: str
    """A case of the prompt `debrief-exercise`."""
    learned: str = ""
    """What the client has told of it already: the review reads that back, and it is not asked for
    again (R125)."""
    commitment: int = 0
    """The number of the commitment it is; 0: a worksheet, which is called by its title."""
    label: str = ""
    place: int = 0
    told_how: str = "told me"
    """As in `PlannedCommitment`."""
    text: str = ""
    """The worksheet's own question about it; empty: the prompt's words are used."""

    @property
    def is_tried(self) -> bool:
        """Whether it was done somewhere else than on paper: a step, or a worksheet that brings a
        question for when it has been tried."""
        return self.case != "waiting" and bool(self.commitment or self.text)


class HasTitle(Protocol):
    """What a plan needs of a worksheet it hands out."""

    @property
    def title(self) -> str:
        """What the form is called."""


class BlueprintTrigger(Struct, frozen=True, kw_only=True):
    """A sign with what gives it and the day from which it stands. What it calls for is held once;
    only a sign given anew after that day calls again."""

    sign: Sign
    because: str
    since: dt.date


class HeldSession(Struct, frozen=True, kw_only=True):
    """A held session as the choice sees it. `blueprint` is empty when it had no plan."""

    number: int
    date: dt.date
    blueprint: str


class Criteria(Struct, frozen=True, kw_only=True):
    """Lines the client has drawn, and the options on record, in the client's words (R39)."""

    must_haves: tuple[str, ...] = ()
    must_not_haves: tuple[str, ...] = ()
    options: tuple[CareerOption, ...] = ()


class Content(Struct, frozen=True, kw_only=True):
    """The part of the library a plan may draw on."""

    journey: Journey
    blueprints: tuple[SessionBlueprint, ...]
    """In order of preference between equals: the coach's own first."""
    banks: tuple[QuestionBank, ...]
    activities: Mapping[str, Activity]
    prompts: Mapping[str, Prompt]
    topics: Mapping[str, Topic] = {}
    belief_cues: tuple[BeliefCues, ...] = ()
    worksheets: Mapping[str, HasTitle] = {}
    """By id, built when they are looked at."""
    own_banks: frozenset[str] = frozenset()
    """Ids of the banks that are the coach's own (R129)."""
    own_blueprints: frozenset[str] = frozenset()
    """Ids of the blueprints that are the coach's own."""


class Facts(FromRecords, frozen=True, kw_only=True):
    """What the records say when the plan is made."""

    number: int
    total: int
    date: dt.date
    next_date: dt.date | None
    days_off: Mapping[int, str] = {}
    """By its number, that this session or the next one is on a day on which the coach is off."""
    start_time: str
    minutes: int
    every_days: int = USUAL_RHYTHM
    """The rhythm of the journey."""
    method: str
    phase: str
    """The phase the coach kept for this session; empty: the number decides."""
    scenario: str
    energy: str
    """From the check-in; empty: none made."""
    stuck_point: str = ""
    last: FromLastTime | None
    unheld_before: tuple[int, ...]
    """Numbers of earlier sessions neither held nor skipped."""
    assumptions: tuple[OpenAssumption, ...]
    history: QuestionHistory
    exercises: tuple[Exercise, ...] = ()
    brief_gaps: tuple[str, ...] = ()
    """What preparation and agreement lack, as a plan says it (`readiness.preparation_gaps`)."""
    agreement_gap: str = ""
    """What the agreement lacks, in a few words (`readiness.agreement_gap`)."""
    check_in_holding: bool = False
    """The check-in asks for a holding session: something hard has happened (R22)."""
    signs: tuple[BlueprintTrigger, ...] = ()
    """What the records say that calls for a blueprint of its own."""
    been: tuple[str, ...] = ()
    """What they told of a day that has gone by since the session held last, the next day first."""
    about: tuple[str, ...] = ()
    """Ids of the topics the coach named at the check-in (R120)."""
    holding_answered: bool = False
    """Whether the coach has said if it shall be one (R131)."""
    criteria: Criteria = field(default_factory=Criteria)
    gathered: tuple[SynthesisLine, ...] = ()
    """What all earlier sessions left, bounded."""
    filled: frozenset[str] = frozenset()
    """Ids of the worksheets filled in during this engagement."""
    outstanding: tuple[OutstandingHandOut, ...] = ()
    held: tuple[HeldSession, ...] = ()
    """The held sessions before this one, in order."""
    echo: tuple[FirstWords, ...] = ()
    """The client's words of the beginning, whether or not this session asks for them."""
    ending: tuple[str, ...] = ()
    """What closing the engagement still lacks; only read for the last session."""
    next_number: int | None = None
    """The next session that was not skipped; None: the number after this one, if there is one."""
    phase_exits: tuple[PhaseExit, ...] = ()
    """Looks at the milestones so far (R10)."""
    ratings: bool = True
    """Whether the client gives numbers (R166)."""
    intake: FromIntake | None = None
    """What the intake brings, for the session that begins the journey (R126)."""
    intake_on_record: FromIntake = field(default_factory=FromIntake)
    """What the intake brought, whichever session this is."""
    remembered: Remembered = field(default_factory=Remembered)
    brought_lately: tuple[str, ...] = ()
    """What they brought to the last two sessions that were held, and what was noted of them."""
    came_lately: tuple[CameLately, ...] = ()
    """How they came to these."""
    holding_lately: bool = False
    """One of these was a holding session (R22)."""
    told_before: tuple[ToldBefore, ...] = ()
    """What was said or noted before this session, the latest first."""
    planned_as_usual: dt.date | None = None
    """The day of the last session before this one that the coach said to plan as usual."""
    answer_due: bool = False
    """They owe somebody an answer within the week."""
    agreed: bool = False
    """A coaching agreement with a date of consent is on file."""
    steps: tuple[int, ...] = ()
    """Sessions whose steps wait for this one, the longest first; its own last. Empty: its own."""
    step_because: str = ""
    """Why the first of them is not this session's own."""

    @property
    def hard_last_time(self) -> bool:
        """Whether the last session held something hard, or somebody was in danger in it: today goes
        gently (R22, R131)."""
        return bool(self.last and (self.last.holding or self.last.danger))

    @property
    def sounds_tired(self) -> bool:
        """Whether their mood says that there is little energy, where nobody has said how much."""
        return not self.energy and bool(_WORN.search(self.mood))

    @property
    def promises(self) -> tuple[PlannedCommitment, ...]:
        """What was taken on last time, and what still waits from before."""
        return self.last.promises if self.last else ()

    @property
    def taken_up(self) -> str:
        """The parked topics that are taken up for this session, in their own words (R128)."""
        return " · ".join(topic.text for topic in self.parked if topic.taken)

    @property
    def brought(self) -> str:
        """What they bring today; where they have said nothing, what is taken up from before."""
        return self.matters_most or self.taken_up
