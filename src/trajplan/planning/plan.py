"""The plan: what `prep session N` makes and keeps.

Plain values, with what follows from them alone. The names of the fields are the documented names of
`prep session N --format json`, so that what is stored, what is printed and what others read say the
same thing with the same word.
"""

import re
from collections.abc import Collection, Mapping
from typing import ClassVar, Literal

from msgspec import Struct, field

from trajplan.content.model import Bounds
from trajplan.planning.from_records import FirstWords, FromLastTime, FromRecords, OutstandingHandOut
from trajplan.planning.kept_in_mind import FromIntake, Remembered
from trajplan.text import pattern

Severity = Literal["note", "warning"]
RatesWhere = Literal["session", "home", "later", "off"]
FORMAT = 1
"""Grows when a field changes its meaning or a new one has no default: a kept plan of another
format is remade; a frozen one can no longer be shown."""


PromptKind = Literal["", "safety", "remembered", "worth", "agreement", "intake", "belief", "close"]
"""What a prompt is for, where its place or its minutes follow from that: `safety` where a session
after a danger looks at it once more, `remembered` where one after grave news asks how they have
been, `worth` where plans kept from earlier asked about the sessions first, `agreement` where today
is agreed, `intake` where it brings up what they wrote, `belief` where it comes back to an
assumption, `close` where the client closes; empty: none of these."""
OPENING: tuple[PromptKind, ...] = ("safety", "remembered", "worth", "agreement")
"""The kinds of prompt that open the session, before anything is done (R120, R166)."""

_OF_ONESELF = pattern(r"\bI\b|\b[Mm]e\b|\b[Mm]y\b")
_TO_SOMEBODY = pattern(r"\byou(?:r|rself|['’]\w+)?\b|^(?:tell|show|give|walk)\b", re.IGNORECASE)


def speaks_as_coach(question: str) -> bool:
    """Whether a question has the coach in it: `What should I ask you about?`. At home the client
    reads it as their own; `What do I want?` is theirs."""
    return bool(_OF_ONESELF.search(question) and _TO_SOMEBODY.search(question))


class PlannedActivity(Struct, frozen=True, kw_only=True):
    """Something done in a segment, with its minutes."""

    id: str
    title: str
    minutes: int
    coach: str
    client: str
    after_close: bool = False
    """Done once the client has closed."""


class PlannedPrompt(Struct, frozen=True, kw_only=True):
    """Words filled with the client's own records, with their minutes."""

    id: str
    case: str
    text: str
    """What is said."""
    minutes: int
    kind: PromptKind = ""
    beside: str = ""
    """For the coach's eye: the client's full words, or the step that is looked back on where only
    what was learnt from it is said."""
    assumption: int | None = None
    """Number of the assumption it comes back to."""
    of_all: bool = False
    """It asks after all they took on last time, and names none of it."""
    retold: bool = False
    """It looks back at what the client has told already."""
    ask_unless_said: tuple[str, ...] = ()
    """With the agreement: what is asked as well, unless the client says it."""
    ends: str = ""
    """Behind that, when the session ends: `HH:MM`, or minutes from the start."""


class LastAnswer(Struct, frozen=True, kw_only=True):
    """What the client answered to a scaled question when it was asked before, on which scale."""

    session: int
    value: int
    low: str
    high: str


class PlannedQuestion(Struct, frozen=True, kw_only=True):
    """A question with its place in the library and why it was chosen."""

    of_question: ClassVar = ("id", "text", "level", "breadth", "minutes", "effort", "anchors")

    id: str
    bank: str
    text: str
    level: str
    breadth: int
    minutes: int
    effort: str
    sequence: str
    """Id of the authored sequence it belongs to here, or empty."""
    score: int
    reasons: tuple[str, ...]
    anchors: Mapping[int, str] = {}
    """What 1 and 10 mean; only a scaled question has any (R67)."""
    last_answer: LastAnswer | None = None
    """The client's answer last time, on the same scale; None: not answered before."""


class PlannedSegment(Struct, frozen=True, kw_only=True):
    """One timed block. `start` and `end` are `HH:MM`; a segment starts when the last one ends."""

    of_segment: ClassVar = (
        *("id", "component", "title", "stance", "covers", "coach", "client", "listen", "optional"),
    )

    id: str
    component: str
    title: str
    stance: str
    covers: tuple[str, ...]
    objective: int
    start: str
    end: str
    minutes: int
    coach: str
    client: str
    activities: tuple[PlannedActivity, ...]
    prompts: tuple[PlannedPrompt, ...]
    questions: tuple[PlannedQuestion, ...]
    listen: str = ""
    """What is worth hearing here, for the coach alone (R68)."""
    checkpoint: str
    """Asked when the segment ends: is this still the right conversation (R54, R55)? Or empty."""
    checkpoint_otherwise: str = ""
    """What to ask where the answer at the checkpoint is no; the new agreement is kept (R120)."""
    checkpoint_aim: str = ""
    """What the checkpoint looks back at, for the coach's eye: the agreed priority that today's
    topic serves (R43), else the objective under way."""
    bounds: Bounds | None = None
    """What its minutes may be: the rest of a running session is allotted anew within them
    (R135). None: planned before they were kept."""
    optional: bool = False
    """It is left out when there are too few minutes for all."""
    agrees_beside: bool = False
    """How to work together is agreed in it, and `client` doesn't say so (R126)."""

    @property
    def booked(self) -> int:
        """Minutes of activities, prompts and questions; never more than `minutes` (R62)."""
        parts: tuple[PlannedActivity | PlannedPrompt | PlannedQuestion, ...] = (
            *self.activities,
            *self.prompts,
            *self.questions,
        )
        return sum(part.minutes for part in parts)

    def asks_with_ratings(self, question: PlannedQuestion) -> bool:
        """Whether a question for a number is asked with the ratings, after all else (R166)."""
        return self.component == "momentum_planning" and bool(question.anchors)


class InquiryReturn(Struct, frozen=True, kw_only=True):
    """What a session does with the question that went home; plan, door page and agenda go by it
    (R66)."""

    way: Literal["asked", "laid_out", "shown"]
    """Asked aloud; or only laid out for the client on the agenda, as it also is where it is asked;
    or shown to the coach alone."""
    because: str = ""
    """Why it is not asked."""


def is_asked_back(inquiry_return: InquiryReturn | None) -> bool:
    """Whether the question that went home is asked back aloud."""
    return inquiry_return is not None and inquiry_return.way == "asked"


class WaitingStep(Struct, frozen=True, kw_only=True):
    """A step of the journey that is still to come after this session, though its turn was here."""

    session: int
    """The session it belongs to."""
    step: str


class PreparesFor(Struct, frozen=True, kw_only=True):
    """What this session makes ready: the next one, or the ending."""

    session: int | None
    date: str
    step: str


class PlanFinding(Struct, frozen=True, kw_only=True):
    """A remark on the plan with the rule it rests on and its place."""

    rule: str
    severity: Severity
    where: str
    message: str


class Proposal(Struct, frozen=True, kw_only=True):
    """Something only the coach decides: what, why, and the command that does it."""

    kind: str
    why: str
    command: str
    ask: str = ""
    """The question to the coach, where `why` doesn't say it all."""
    words: tuple[str, ...] = ()
    """The client's words it rests on."""
    assumption: int | None = None
    """Number of the assumption it is about."""


class PlannedTopic(Struct, frozen=True, kw_only=True):
    """A topic of today: heard in what matters most, or named by the coach (R120)."""

    id: str
    title: str
    words: tuple[str, ...]
    """The words that raised it; none where the coach named it."""
    intake: bool = False
    """Heard in the intake, for the first session (R126)."""


class SessionAgreement(Struct, frozen=True, kw_only=True):
    """What today is for: offered aloud, and what stands beside it for the eye (R120)."""

    text: str
    """What is said."""
    matters: str
    """What the client said matters most, in full; empty: nothing yet."""
    ask_unless_said: tuple[str, ...]
    """Asked only if the client has not said it."""
    ends: str
    """`HH:MM`, or minutes from the start."""


class Influence(Struct, frozen=True, kw_only=True):
    """Something the records or the coach said that moved this plan, and how."""

    id: str
    because: str
    effect: str


class Precedence(Struct, frozen=True, kw_only=True):
    """One of the influences that may pull against each other, in their order (R44)."""

    id: str
    standing: Literal["acts", "gives_way", "absent"]
    to: str = ""
    """What it gives way to."""


class MixShares(Struct, frozen=True, kw_only=True):
    """Target and achieved shares of question minutes in percent, by level (R61)."""

    target: Mapping[str, int]
    achieved: Mapping[str, int]


class StripRow(Struct, frozen=True, kw_only=True):
    """One line of the strip: this plan's minutes under another condition.

    `minutes` and `starts` follow the segments of that variant; a variant that cannot be held says
    why in `note` and has no segments.
    """

    label: str
    ids: tuple[str, ...]
    segments: tuple[str, ...]
    """Titles of the variant's segments; `ids` are their ids."""
    minutes: tuple[int, ...]
    starts: tuple[str, ...]
    note: str


class CareerOption(Struct, frozen=True, kw_only=True):
    """An option as the client's cards or the intake name it; `breaks` in the client's words."""

    title: str
    breaks: str


class Weighing(Struct, frozen=True, kw_only=True):
    """What options are held against, and the segment in which that happens (R39)."""

    segment: str
    must_haves: tuple[str, ...]
    must_not_haves: tuple[str, ...]
    options: tuple[CareerOption, ...]


class SynthesisLine(Struct, frozen=True, kw_only=True):
    """One thing earlier sessions left. `sessions` are their numbers; none: before the first or
    between two."""

    label: str
    text: str
    sessions: tuple[int, ...] = ()


class HandOut(Struct, frozen=True, kw_only=True):
    """A worksheet the client takes home from a session."""

    worksheet: str
    title: str


class BlueprintOption(Struct, frozen=True, kw_only=True):
    """A blueprint that was looked at, and why it was followed or set aside."""

    blueprint: str
    title: str
    chosen: bool
    because: str


class Plan(FromRecords, frozen=True, kw_only=True):
    """A whole session plan. Dates are ISO text, times `HH:MM`."""

    session: int
    of: int
    phase: str
    method: str
    blueprint: str
    blueprint_title: str
    blueprint_reason: str
    date: str
    start: str
    end: str
    clock: Literal["wall", "elapsed"]
    """`elapsed`: no time has been agreed, so clocks count from 00:00."""
    client_clock: str = ""
    """What the client's clock says, on a plan that is told on the coach's own (R143)."""
    odd_start: str = ""
    """What is to be said of a beginning that the clock skips or shows twice."""
    minutes: int
    energy: str
    decision: bool
    step: str
    objectives: tuple[str, ...]
    stuck_point: str
    """In the client's own words from the intake; printed while the ground is being measured."""
    from_last_time: FromLastTime | None
    inquiry_return: InquiryReturn | None = None
    """None where no question went home."""
    prepares_for: PreparesFor
    gaps: tuple[str, ...]
    agreement_gap: str = ""
    """The gap that is about the coaching agreement, in a few words; empty: none is."""
    findings: tuple[PlanFinding, ...]
    influences: tuple[Influence, ...]
    mix: MixShares
    segments: tuple[PlannedSegment, ...]
    dropped: tuple[str, ...]
    """Titles of segments left out so that the rest fits."""
    strip: tuple[StripRow, ...]
    went_elsewhere: tuple[str, ...]
    """Closing questions for a session that went somewhere else (R55): three, and in one that holds
    the two that ask for no step."""
    assumption: int | None
    """Number of the assumption this plan challenges."""
    override: str
    """The coach's reason for going below the exploration floor, or empty."""
    holding: bool = False
    """The session holds what has happened and works toward no goal (R22)."""
    precedence: tuple[Precedence, ...] = ()
    """What goes first when influences meet, with what each of them did here."""
    blueprint_note: str = ""
    """One line, where the session is not the one the journey names."""
    considered: tuple[BlueprintOption, ...] = ()
    """The blueprints that were looked at, the chosen one first."""
    weighing: Weighing | None = None
    """In a decision session: what options are held against."""
    gathered: tuple[SynthesisLine, ...] = ()
    """What all earlier sessions left, while the journey brings it together (R8)."""
    outstanding: tuple[OutstandingHandOut, ...] = ()
    """Worksheets of the last few sessions that have not come back."""
    hands_out: tuple[HandOut, ...] = ()
    """Worksheets to give the client; none that has come back already."""
    echo: tuple[FirstWords, ...] = ()
    """The client's first words, in the sessions that ask for them again."""
    ending: tuple[str, ...] = ()
    """In the last session: what closing the engagement still lacks (R12)."""
    milestone: tuple[str, ...] = ()
    """Criteria of the phase, where this session ends it (R10)."""
    still_open: tuple[str, ...] = ()
    """Criteria of the phase before that were unmet when somebody looked."""
    proposals: tuple[Proposal, ...] = ()
    """What the plan asks the coach; nothing of it happens by itself."""
    heavy: bool = False
    """What the client brings today is hard to say: it stays off what lies on the table (R131)."""
    asks_nothing: bool = False
    """Grave news, danger or a death: nothing on the table asks for something (R131)."""
    topics: tuple[PlannedTopic, ...] = ()
    """Today's topics (R120)."""
    ratings: RatesWhere = "session"
    """Where the client rates; later: whenever they like, off: not at all (R166)."""
    client_leads: bool = False
    """From the phase that brings things together on: review, agenda, follow-up (R165)."""
    agreement: SessionAgreement | None = None
    """None in a session that holds."""
    open: bool = False
    """The client brings everything today; the journey's step waits (R120)."""
    intake: FromIntake | None = None
    """In the session that begins the journey."""
    remembered: Remembered = field(default_factory=Remembered)
    step_of: int = 0
    """The session whose step is taken: this one, or one before it that could not; 0: none."""
    step_because: str = ""
    """Why, where it is not this session's own."""
    steps_waiting: tuple[WaitingStep, ...] = ()
    """Steps whose turn was here or before, and that come next."""

    def inquiry(self, asked: Collection[str] | None = None) -> str:
        """The question that goes home: the last of the closing segment that asks for no number and
        in which the coach does not speak of themselves, with `asked` the last of those ids. Empty
        where there is none; from a session that holds, none goes home (R66)."""
        texts = [
            question.text
            for segment in (() if self.holding else self.segments)
            if segment.component == "momentum_planning"
            for question in segment.questions
            if not (question.anchors or speaks_as_coach(question.text))
            and (asked is None or question.id in asked)
        ]
        return texts[-1] if texts else ""

    @property
    def questions(self) -> tuple[PlannedQuestion, ...]:
        """Every question in the order they are asked: in a segment those for a number last."""
        return tuple(
            question
            for segment in self.segments
            for question in sorted(segment.questions, key=segment.asks_with_ratings)
        )
