"""The content contract: what a YAML file may say, as frozen values.

One definition serves two speeds. The border (`library.contract`) checks files against these
classes through pydantic and gives every fault its line; after that they are plain stdlib
dataclasses, so that a warm run imports neither yaml nor pydantic. Bounds are `annotated_types`
markers, which cost nothing where nobody reads them. Rules that span several fields are checked in
`library.checks`, because a fault there needs a position too. Source: SPEC, "Interfaces others
build on".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar, Literal

from annotated_types import Ge, Le

from trajplan.content.vocabulary import (
    Block,
    Component,
    Cover,
    Effort,
    Evidence,
    Level,
    Method,
    Sign,
    Stance,
    Target,
)

# A typing mistake in a key is a fault, never a silent default.
STRICT: dict[str, Any] = {"extra": "forbid"}

Silence = Mapping[str, str]
"""Hints of the lint that shall not be given here: id to reason. The reason may not be empty."""

Count = Annotated[int, Ge(0), Le(12)]
SegmentMinutes = Annotated[int, Ge(1), Le(480)]
SessionMinutes = Annotated[int, Ge(15), Le(480)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """Minutes of one segment: integers with min <= ideal <= max."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    min: SegmentMinutes
    ideal: SegmentMinutes
    max: SegmentMinutes


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionSlot:
    """What a segment asks for. An empty list means "any"."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    max: Count
    banks: tuple[str, ...] = ()
    levels: tuple[Level, ...] = ()
    tags: tuple[str, ...] = ()
    """A question needs at least one of these tags."""
    stages: tuple[str, ...] = ()
    """The model's own step, such as GROW's `reality`. Questions without a stage are not held to
    it."""
    targets: tuple[Target, ...] = ()
    """A question needs at least one of these targets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One timed block of a session."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    component: Block
    """One of the five components, or a break (R40)."""
    title: str
    minutes: Bounds
    stance: Stance = "open"
    """What the segment does: open, explore, weigh options, commit, close."""
    covers: tuple[Cover, ...] = ()
    """What exploring touches (R52)."""
    objective: Annotated[int, Ge(1), Le(3)] = 1
    """The number of the objective this segment serves, counted from 1 (R54)."""
    optional: bool = False
    """It is left out when the session is too short for all."""
    activities: tuple[str, ...] = ()
    """Ids of what is done besides asking."""
    questions: QuestionSlot | None = None
    coach: str = ""
    """One line for the coach: how to hold this segment."""
    listen: str = ""
    """One line on what is worth hearing in this segment (R68)."""
    client: str = ""
    """One line for the client's agenda."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundsPatch:
    """Minutes that a variant changes; what is left out stays."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    min: SegmentMinutes | None = None
    ideal: SegmentMinutes | None = None
    max: SegmentMinutes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotPatch:
    """Question wishes that a variant changes; what is left out stays."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    max: Count | None = None
    banks: tuple[str, ...] | None = None
    levels: tuple[Level, ...] | None = None
    tags: tuple[str, ...] | None = None
    stages: tuple[str, ...] | None = None
    targets: tuple[Target, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentPatch:
    """What a variant changes in one segment."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    minutes: BoundsPatch | None = None
    questions: SlotPatch | None = None
    activities: tuple[str, ...] | None = None
    optional: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakPatch:
    """A reset break put in after a segment."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    after: str
    minutes: Annotated[int, Ge(1), Le(30)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A blueprint's own changes for a client who arrives with low or high energy (R44)."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    segments: Mapping[str, SegmentPatch] = field(default_factory=dict)
    insert_break: BreakPatch | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EnergyVariants:
    """The two variants a blueprint may declare."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    low: Variant | None = None
    high: Variant | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionBlueprint:
    """A session's frame: segments, their time bounds, what they ask (R28, R40)."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    kind: Literal["session-blueprint"]
    id: str
    title: str
    method: Method
    objectives: tuple[str, ...]
    """One to three."""
    segments: tuple[Segment, ...]
    phases: tuple[str, ...] = ()
    """The phases it fits; empty: any."""
    minutes: SessionMinutes = 90
    """The length its ideals are written for."""
    decision: bool = False
    """A decision is on the table: half an hour of exploring before any option."""
    scenarios: tuple[str, ...] = ()
    """Client scenarios this blueprint is written for; empty: any."""
    called_for: tuple[Sign, ...] = ()
    """What in the records calls for it, in place of what the journey names. A blueprint with any
    stands back otherwise."""
    hands_out: tuple[str, ...] = ()
    """Worksheets the client takes home to fill in, by id; one that came back is not given again."""
    purpose: str = ""
    """When a coach would reach for it, in one line."""
    energy: EnergyVariants | None = None
    silence: Silence = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question a coach may ask (R60, R64)."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    text: str
    """The question as you would say it."""
    level: Level
    """What it is for: facts, how things hang together, or another way to see them (R60)."""
    breadth: Annotated[int, Ge(1), Le(5)]
    """5 widest … 1 most specific."""
    minutes: Annotated[int, Ge(1), Le(30)]
    """To ask it, to think, and to answer."""
    stage: str = ""
    """The model's own step, where it has one."""
    components: tuple[Component, ...] = ()
    """Only in segments of these components; empty: any."""
    phases: tuple[str, ...] = ()
    """Only in these phases of a journey; empty: any."""
    targets: tuple[Target, ...] = ()
    """What it helps with; low ratings there bring it forward."""
    tags: tuple[str, ...] = ()
    """For blueprints to ask for; some speak of a situation and wait until it holds."""
    effort: Effort = "normal"
    """What it asks of the client; a tired one gets light ones."""
    repeatable: bool = False
    """It may come again after it was asked."""
    anchors: Mapping[int, str] = field(default_factory=dict, hash=False)
    """What 1 and 10 mean, where the answer is a number; such answers are kept and compared
    (R67)."""
    silence: Silence = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sequence:
    """Questions of one bank that belong together, in order (R63)."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    questions: tuple[str, ...]
    """Ids of questions of this bank, from wide to specific."""
    phases: tuple[str, ...] = ()
    silence: Silence = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionBank:
    """A named collection of questions."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    kind: Literal["question-bank"]
    id: str
    title: str
    questions: tuple[Question, ...]
    language: str = "en"
    """Two letters, such as en or de."""
    purpose: str = ""
    sequences: tuple[Sequence, ...] = ()
    """Questions that a plan keeps together and in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mix:
    """Target shares of question minutes in percent; they add up to 100 (R61)."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    informational: Annotated[int, Ge(0), Le(100)]
    analytical: Annotated[int, Ge(0), Le(100)]
    transformational: Annotated[int, Ge(0), Le(100)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """One stretch of a journey (R5)."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    sessions: Annotated[int, Ge(1), Le(60)]
    purpose: str
    """What the phase is for, in a line."""
    mix: Mix
    milestone: tuple[str, ...] = ()
    """What can be seen when the phase is done (R10)."""
    stages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class JourneyStage:
    """What a client goes through on the way, and which records would show it (R11)."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    """As the phases name it; may hold spaces."""
    about: str
    """What is going on in the client, in a line for the coach."""
    evidence: tuple[Evidence, ...] = ()
    worksheets: tuple[str, ...] = ()
    """Ids of worksheets that show it when filled in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JourneySession:
    """What one numbered session does for the destination (R1)."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    step: str
    """The step toward the destination."""
    blueprint: str = ""
    """The blueprint to follow by preference."""
    mix: Mix | None = None
    """Overrides the phase's mix, as a closing session does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """The arc: phases, the step each session takes, cadence (R4, R5)."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    kind: Literal["journey"]
    id: str
    title: str
    method: Method
    every_days: Annotated[int, Ge(1), Le(365)]
    minutes: SessionMinutes
    phases: tuple[Phase, ...]
    sessions: Mapping[int, JourneySession] = field(default_factory=dict)
    stages: tuple[JourneyStage, ...] = ()
    """In the order a client usually goes through them."""
    purpose: str = ""
    silence: Silence = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityMinutes:
    """What an activity needs at least, and what it takes when there is room."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    min: Annotated[int, Ge(1), Le(60)]
    ideal: Annotated[int, Ge(1), Le(60)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """Something done in a segment besides asking questions (R62)."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    kind: Literal["activity"]
    id: str
    title: str
    minutes: ActivityMinutes
    coach: str
    """What the coach does, in a line or two."""
    client: str = ""
    """How it reads on the client's agenda; empty: not named there."""
    again: tuple[str, ...] = ()
    """Other wordings of the coach's line, taken in turn."""
    silence: Silence = field(default_factory=dict, hash=False)
    returning: bool = False
    """It looks back, so it is left out while no session has been held."""
    coach_input: bool = False
    """The coach adds something of their own in it, so it waits until the client has explored, and
    its line says to ask first (R69, R71)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """Words the program fills with the client's own records, one text per case.

    Which prompts exist, their cases and the fields a text may use: `PROMPT_SHAPES`.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    kind: Literal["prompt"]
    id: str
    title: str
    minutes: Annotated[int, Ge(0), Le(15)]
    """0: said in passing, no minute is booked for it."""
    texts: Mapping[str, str]
    again: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Other wordings by case. Sessions take them in turn, so that plans do not sound alike."""
    silence: Silence = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class PromptShape:
    """Cases a prompt must have a text for, and the `{fields}` a text may use."""

    cases: tuple[str, ...]
    fields: tuple[str, ...]


PROMPT_SHAPES: Mapping[str, PromptShape] = {
    "review-commitment": PromptShape(
        (
            "open",
            "done",
            "partly",
            "not_yet",
            "dropped",
            "missed_twice",
            "done_told",
            "waited_told",
        ),
        ("what", "learned"),
    ),
    "return-inquiry": PromptShape(("asked",), ("inquiry",)),
    "debrief-exercise": PromptShape(("done", "partly", "filled", "waiting"), ("what",)),
    "challenge-assumption": PromptShape(
        ("evidence", "assumed", "test", "parting"), ("assumption",)
    ),
    "first-words": PromptShape(("stuck_point", "destination", "takeaways"), ("words",)),
    "re-decide": PromptShape(("checkpoint",), ("objective",)),
    "went-elsewhere": PromptShape(("first", "second", "third"), ()),
}

Content = SessionBlueprint | QuestionBank | Journey | Activity | Prompt


class _Kinds(Mapping[str, type[Any]]):
    """The class of each kind. Those few commands need are imported late."""

    _now: ClassVar[Mapping[str, type[Any]]] = {
        "session-blueprint": SessionBlueprint,
        "question-bank": QuestionBank,
        "journey": Journey,
        "activity": Activity,
        "prompt": Prompt,
    }

    def __getitem__(self, kind: str) -> type[Any]:
        if kind == WORKSHEET:
            from trajplan.content.worksheet_model import Worksheet

            return Worksheet
        if kind == RECOMMENDATION:
            from trajplan.content.recommendation_model import Recommendation

            return Recommendation
        return self._now[kind]

    def __iter__(self) -> Iterator[str]:
        return iter((*self._now, *LATE))

    def __len__(self) -> int:
        return len(self._now) + len(LATE)


WORKSHEET = "worksheet"
RECOMMENDATION = "recommendation"
LATE = (WORKSHEET, RECOMMENDATION)
"""Kinds that few commands look at."""
KINDS: Mapping[str, type[Any]] = _Kinds()
FOLDERS: Mapping[str, str] = {
    "session-blueprint": "blueprints/sessions",
    "journey": "blueprints/journeys",
    "activity": "blueprints/activities",
    "prompt": "blueprints/prompts",
    "worksheet": "blueprints/worksheets",
    "recommendation": "blueprints/recommendations",
    "question-bank": "question_banks",
}
