"""The plan: what `prep session N` makes and keeps.

Plain values with no behaviour. The names of the fields are the documented names of
`prep session N --format json` (SPEC, "Interfaces others build on"), so that what is stored, what
is printed and what others read say the same thing with the same word.
"""

import re
from collections.abc import Collection, Mapping
from typing import ClassVar, Literal

from msgspec import Struct, field

from trajplan.content.model import Bounds
from trajplan.measures.goals import IndicatorState
from trajplan.text import pattern
from trajplan.worksheets.fillings import WorksheetNote

Severity = Literal["note", "warning"]
FORMAT = 1
"""Grows when a field changes its meaning or a new one has no default: a kept plan of another
format is made anew, or, when it is frozen, shown no more."""


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


class PlannedContact(Struct, frozen=True, kw_only=True):
    """A message, a call or a celebration since the commitment was made (R101)."""

    date: str
    kind: str
    note: str


class PlannedGoal(Struct, frozen=True, kw_only=True):
    """An open objective, or a theme without one. `path` ends with its own words."""

    id: int
    """Its number for this client."""
    level: str
    path: tuple[str, ...]
    when: str
    """Empty: no date."""


class PlannedCommitment(Struct, frozen=True, kw_only=True):
    """A commitment from last time as the plan met it."""

    of_commitment: ClassVar = (
        *("what", "how_will_i_know", "status", "misses", "learned", "label", "keep_asking"),
        "obstacle",
    )

    id: int
    """Its number for this client."""
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
    """Held sessions since it was made that could ask after it; a respite does not count (R125)."""
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
    """Taken on before the last session and done since, or done by then where that session was too
    hard to ask: no session has spoken of it."""
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

    of_wrap: ClassVar = ("focus", "takeaways", "inquiry", "parked", "frame_change", "agreement")

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
    respite: bool = field(default=False, name="holding")
    """It held what had happened; nothing had to be chosen there (R22). JSON says `holding`."""
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


class InquiryReturn(Struct, frozen=True, kw_only=True):
    """What a session does with the question that went home; plan, door page and agenda go by it
    (R66)."""

    way: Literal["asked", "laid_out", "shown"]
    """Asked aloud; or only laid out for the client on the agenda, as it also is where it is asked;
    or shown to the coach alone."""
    because: str = ""
    """Why it is not asked."""


def is_asked_back(inquiry: InquiryReturn | None) -> bool:
    """Whether the question that went home is asked back aloud."""
    return inquiry is not None and inquiry.way == "asked"


class PlannedParked(Struct, frozen=True, kw_only=True):
    """A topic that came up and had no place, while nobody has closed it (R128)."""

    id: int
    """Its number for this client."""
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

    id: int
    text: str
    session: int | None
    """None: of an earlier journey, or of a meeting without a number."""
    written: str
    """ISO date."""


class WaitingStep(Struct, frozen=True, kw_only=True):
    """A step of the journey that is still to come after this session, though its turn was here."""

    session: int
    """The session it belongs to."""
    step: str


class NewerWords(Struct, frozen=True, kw_only=True):
    """The first words of what was said or done since about something older."""

    text: str
    when: str
    """`session 3`, or what became of it: `closed 4 March`."""

    def __str__(self) -> str:
        return f"newer, {self.when}: {self.text}"


class Wish(Struct, frozen=True, kw_only=True):
    """What they would like this session to do, or what was noted for it."""

    text: str
    when: str
    asked: bool
    """They asked for it themselves."""


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
    """What moves the day or may move it."""
    was: str = ""
    """ISO date that stood there before newer words surely moved it; empty: it stands."""


class ComingDay(Struct, frozen=True, kw_only=True):
    """A sentence of theirs or of a note that names a day near the session."""

    text: str
    day: str
    """ISO date."""
    when: str
    """`session 3`, or a day between two."""


class FromIntake(Struct, frozen=True, kw_only=True):
    """What the intake brings to a first session, in the client's words (R126)."""

    own_questions: tuple[str, ...] = ()
    stuck_point: str = ""
    paths: tuple[str, ...] = ()
    """The directions they name."""
    path_count: int = 0
    """How many, also where they are only counted."""
    background: tuple[str, ...] = field(default=(), name="told")
    """What else they told of their work and what they want."""
    fears: tuple[str, ...] = ()
    """For the coach's eye, until the client speaks of them."""
    must_haves: tuple[str, ...] = ()
    money: tuple[str, ...] = ()
    """What speaks of money, also for the coach's eye."""


class RememberedBelief(Struct, frozen=True, kw_only=True):
    """A belief that is not let go, and how far it has been looked at."""

    id: int
    """Its number for this client."""
    text: str
    wording: str = "exact"
    """`exact`: the client's own words; a `gist` is not quoted."""
    status: str = "open"
    heard_in: int = 0
    """The session it was last heard in; 0: the intake, or an earlier journey."""
    sessions: tuple[int, ...] = ()
    """Held sessions that came back to it."""
    found: tuple[str, ...] = ()
    """What was found: the evidence, and what was learnt from what was tried since a session came
    back to it."""
    untested: str = ""
    """A step that may test it and still waits."""


class HardTime(Struct, frozen=True, kw_only=True):
    """What earlier sessions held, or grave words of theirs or of a note."""

    text: str
    """Empty: the session held, and nothing is written of what."""
    when: str
    """`session 3`, or a day between two."""
    noted: bool = False
    """It is the coach's note."""
    asks: bool = False
    """They ask the coach for something, or not to do it."""
    day: str = ""
    """ISO date on which it was said or noted; empty: before the journey."""
    whose: str = ""
    """Where it does not say whose illness or death it is: an earlier line that may."""


class Remembered(Struct, frozen=True, kw_only=True):
    """What would hurt if it were forgotten, for the coach's eye; each part may be empty (R142)."""

    stuck_point: str = ""
    stuck_now: str = ""
    """What they said of it when they were asked again, with the session."""
    beliefs: tuple[RememberedBelief, ...] = ()
    """Those still open, then those that were tested."""
    paths: tuple[str, ...] = ()
    """The directions they named."""
    must_haves: tuple[str, ...] = ()
    """What the work must have, but for what speaks of money."""
    fears: tuple[str, ...] = ()
    money: tuple[str, ...] = ()
    """What the intake says of money, but for what is an agreed priority."""
    hard: tuple[HardTime, ...] = ()
    """What earlier sessions held (R22), grave words of theirs or in notes, and what was agreed for
    somebody's safety, the latest first, where it stands nowhere else."""
    grave: tuple[str, ...] = ()
    """The sentences of all this, and of the notes on the plan, that hold such words; those of
    danger, illness and death first."""
    heavy: tuple[str, ...] = ()
    """Those of danger, illness and death alone."""
    safety: tuple[str, ...] = ()
    """Those of danger alone: words about not wanting to live, or harming somebody."""
    so_far: tuple[str, ...] = ()
    """What sessions before the last one left, the latest first: what was taken away and learnt,
    what mattered most."""
    noted_before: tuple[HardTime, ...] = ()
    """Notes of those sessions, the latest first."""
    older_notes: int = 0
    """How many older ones there are."""
    coming: tuple[ComingDay, ...] = ()
    """What names a day of the coming week, the next first."""
    who: Mapping[str, str] = {}
    """By the name of somebody in the notes: who that is to the client, `daughter`."""
    let_go: tuple[str, ...] = ()
    """The promises that were let go since the beginning, the last first, with what was said."""
    wishes: tuple[Wish, ...] = ()
    """The newest first."""
    rated_before: str = ""
    """The last ratings, where none were given last time."""
    since: tuple[str, ...] = ()
    """What has become of sessions, of the journey and of parked topics since last time, the latest
    first, but for `moved`."""
    moved: tuple[str, ...] = ()
    """The move of this session's own day that the title says at the door."""
    notes: tuple[str, ...] = ()
    """Notes for this session, and of meetings since last time."""
    noted: Mapping[str, str] = {}
    """Where each of these was written, by its text: `for today`, or a meeting with its day."""
    noted_later: Mapping[str, str] = {}
    """By the words of a note of the session held last that was added after it, or of one for this
    session that was written before it: the ISO date."""
    said_since: Mapping[str, NewerWords] = {}
    """By the words of a priority, a direction, a must-have, a goal, a parked topic, a promise or a
    note with a day that stands: what may close it."""
    spoken_since: Mapping[str, str] = {}
    """By the words of a fear, of what was said of money or of a belief: newer words of theirs or of
    a note that speak of the same, with when they were said."""
    own_day: str = ""
    """What last became of this session's day: moved, cancelled or missed; empty: nothing."""
    rating_note: str = ""
    """What was noted with the last ratings, with those it was noted with where others have come
    since."""
    sponsor: str = ""
    """Who pays, and what they may see (R116)."""
    shared: str = ""
    limits: str = ""
    records: str = ""
    """What is shared with whom, the limits of confidentiality, and what is written down and who may
    read it, as agreed."""
    hard_day: str = ""
    """What the client would like on a hard day, and what not."""
    agreed_besides: str = ""
    """What the intake says was agreed under keys of the coach's own."""


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


class StandingReferral(Struct, frozen=True, kw_only=True):
    """A referral that stands while the plan is made (R22)."""

    kind: str
    since: str
    newer: NewerWords | None = None
    """That who was to help does so no longer, by the newest words on it."""


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


class OutstandingHandOut(Struct, frozen=True, kw_only=True):
    """A worksheet handed out in a held session that has not come back."""

    worksheet: str
    title: str
    session: int


class BlueprintOption(Struct, frozen=True, kw_only=True):
    """A blueprint that was looked at, and why it was followed or set aside."""

    blueprint: str
    title: str
    chosen: bool
    because: str


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
    respite: bool = field(default=False, name="holding")
    """The session holds what has happened and works toward no goal (R22): JSON says `holding`."""
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
    ratings: Literal["session", "home", "later", "off"] = "session"
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

    def home_question(self, asked: Collection[str] | None = None) -> str:
        """The question that travels home: the last of the closing segment that asks for no number
        and in which the coach does not speak of themselves, with `asked` the last of those ids.
        Empty where there is none; from a session that holds, none goes home (R66)."""
        texts = [
            question.text
            for segment in (() if self.respite else self.segments)
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
