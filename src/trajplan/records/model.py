"""The records of a practice: each kind declared once, with its columns and what they may hold.

A record is one row of its table, frozen. `id` and `number` are left out when a record is made; the
store gives them. What a record says about others (a rating about its session's number) is looked up
in the `Dossier`. `columns.py` explains the types; rules that reach beyond one row are in
`schema.py`.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from trajplan.records.fields import (
    KEY,
    Count,
    Id,
    Number,
    Positive,
    Rating,
    Record,
    Text,
    Time,
    ref,
    same_fields,
)
from trajplan.records.forms import (
    CommitmentKind,
    CommitmentStatus,
    Energy,
    Intake,
    NoteKind,
    Proposer,
    Said,
    Wrap,
    said_text,
)
from trajplan.text import words_in

SessionState = Literal["planned", "held", "missed", "cancelled", "skipped"]
SessionKind = Literal["numbered", "chemistry", "three_way", "check_in", "follow_up"]
MeetingKind = Literal["chemistry", "three_way", "check_in", "follow_up"]
"""A session without a number."""
WAITING = ("open", "partly", "not_yet")
"""Statuses of a commitment that nobody has closed."""
MISSED = ("partly", "not_yet")
"""Statuses with which a review counts as a miss."""
TRIED = ("done", "partly")
"""Statuses of a commitment of which something was done."""
AssumptionStatus = Literal["open", "tested", "let_go"]
BeliefKind = Literal["rule", "self", "fear", "fact", "barrier"]
"""The content room has the same words: records know nothing of content."""
Wording = Literal["exact", "gist"]
"""Only words marked `exact` are quoted."""
Method = Literal["directive", "exploratory", "integrative"]
ReferralKind = Literal["therapy", "medical", "legal", "financial", "other"]
ContactKind = Literal["message", "call", "celebration"]
EchoQuestion = Literal["stuck_point", "destination", "takeaways"]
SessionAct = Literal["moved", "missed", "cancelled", "skipped", "taken_back"]
Canceller = Literal["client", "coach"]
GoalLevel = Literal["theme", "objective"]
GoalStatus = Literal["open", "reached", "let_go"]
IndicatorKind = Literal["leading", "lagging"]
Satisfaction = Literal["session", "home"]

Find = Literal[
    "note",
    "commitment",
    "learning",
    "takeaway",
    "wrap",
    "parked",
    "answer",
    "assumption",
    "goal",
    "indicator",
    "check-in",
    "contact",
    "rating",
    "intake",
    "referral",
    "change",
    "closing",
]
"""What a search can find; `searched` of each record says which of its fields are what."""

SCALE = "tci-1"
"""Version of the TCI scale: five factors, whole numbers 1–10, asked as "where do I stand now"."""


LONGEST_SLUG = 40


def is_slug(text: str) -> bool:
    """Whether a text is a short name for the command line: letters and digits of any script, with
    single hyphens between."""
    words = text.split("-")
    whole = all(words_in(word) == [word] and word[0].isalnum() for word in words)
    return whole and len(text) <= LONGEST_SLUG


class Client(Record, frozen=True, kw_only=True):
    """A person coached."""

    noun = "client"
    rules = ("UNIQUE (slug)",)
    order = "slug"

    id: Id = 0
    slug: Text
    name: str
    initials: str
    revision: Count = 0
    """Counts every change to this client's records; a kept plan remembers the one it read."""
    created: dt.date
    ratings: bool = True
    """Whether the client wants to give numbers at all (R166)."""
    satisfaction: Satisfaction = "session"
    """Where the client says how a session was: in it, or at home on the card."""
    former_slugs: tuple[str, ...] = ()
    """What the client was called before: forms printed then are still theirs (R136)."""

    def goes_by(self, slug: str) -> bool:
        """Whether a page that names this slug is this client's."""
        return slug == self.slug or slug in self.former_slugs


class Engagement(Record, frozen=True, kw_only=True):
    """One journey with a client. A client may return for a further one."""

    noun = "journey"
    searched = (("destination", "intake"), ("accountability", "intake"), ("intake", "intake"))
    rules = ("UNIQUE (client_id, ordinal)",)
    order = "ordinal"

    id: Id = 0
    client_id: Annotated[int, ref("clients")]
    ordinal: Positive
    journey: Text
    method: Method
    sessions: Positive
    start: dt.date
    start_time: Time = ""
    """`HH:MM`, or empty when no time has been agreed."""
    time_zone: str
    minutes: Positive
    every_days: Positive
    destination: str
    intake: Intake
    created: dt.date
    closed: dt.date | None = None
    accountability: str = ""
    """How the client wants to be held to what they take on (R101)."""
    language: str = ""
    """What the client's own pages speak, as a language tag; empty: English (R152)."""
    phase_sizes: Mapping[str, int] = {}
    """Sessions by phase id where the coach extended one; empty: the journey's, scaled."""


class HintGiven(Record, frozen=True, kw_only=True):
    """How often a kind of hint was given about a client: twice is enough (R144)."""

    rules = ("UNIQUE (client_id, kind)",)

    id: Id = 0
    client_id: Annotated[int, ref("clients")]
    kind: Text
    times: int


class IntakeChange(Record, frozen=True, kw_only=True):
    """What the coach learnt anew of what the intake says; append-only (R136).

    The engagement holds what counts now; what stood there before is here, the first words too.
    """

    noun = "change of the intake"
    nouns = "changes of the intake"
    searched = (("was", "intake"), ("now", "intake"))
    order = "date, id"

    id: Id = 0
    engagement_id: Annotated[int, ref("engagements")]
    date: dt.date
    was: Mapping[str, Any]
    """By key of the intake, as plain data."""
    now: Mapping[str, Any]


class Session(Record, frozen=True, kw_only=True):
    """A place in the journey; unnumbered meetings have `number` None."""

    noun = "session"
    rules = (
        "UNIQUE (engagement_id, number)",
        "CHECK ((kind = 'numbered') = (number IS NOT NULL))",
        "CHECK ((state = 'held') = (held_on IS NOT NULL))",
    )
    order = "number IS NULL, number, date, start_time, id"

    id: Id = 0
    engagement_id: Annotated[int, ref("engagements")]
    number: Positive | None
    kind: SessionKind
    state: SessionState = "planned"
    date: dt.date
    start_time: Time = ""
    phase: str = ""
    """Empty until the coach prepares or holds the session; the number proposes it."""
    method: Method | Literal[""] = ""
    options: Mapping[str, Any] = {}
    """What the coach asked of `prep`, kept until `--reset`."""
    held_on: dt.date | None = None

    @property
    def day(self) -> dt.date:
        """When it was held; until then, when it is planned for."""
        return self.held_on or self.date


class KeptPlan(Record, frozen=True, kw_only=True):
    """A session's plan with what it was made from; frozen once the session was held."""

    session_id: Annotated[int, KEY, ref("sessions")]
    made_on: dt.date
    client_revision: Count
    library_digest: str
    options: Mapping[str, Any]
    body: Mapping[str, Any]
    """The plan in full, as plain data."""
    frozen: bool = False


class WrapRecord(Record, frozen=True, kw_only=True):
    """What was kept of a held session."""

    noun = "wrap"
    searched = (
        ("focus", "wrap"),
        ("takeaways", "takeaway"),
        ("frame_change", "wrap"),
        ("agreement", "wrap"),
        ("inquiry", "wrap"),
    )
    of_wrap: ClassVar = (
        *("minutes", "actual", "focus", "takeaways", "parked", "energy", "frame_change"),
        *("agreement", "inquiry", "asked", "serves"),
    )
    """As they are handed in with a `Wrap`, and given back to its form."""

    session_id: Annotated[int, KEY, ref("sessions")]
    wrapped_on: dt.date
    minutes: Positive | None = None
    actual: Mapping[str, int] = {}
    """Minutes by segment id, as they really were."""
    focus: str = ""
    takeaways: tuple[str, ...] = ()
    to_send: tuple[str, ...] = ()
    """Those of the takeaways that may stand in the mail to the client (R140)."""
    parked: tuple[str, ...] = ()
    beliefs: tuple[str, ...] = ()
    """As they were written; each is an assumption of its own."""
    energy: Energy | None = None
    frame_change: str = ""
    agreement: str = ""
    """What was agreed anew at the checkpoint (R120)."""
    inquiry: str = ""
    """The question that went home; empty: none did (R66)."""
    asked: tuple[str, ...] = ()
    """Ids of the questions that count as asked."""
    none_chosen: bool = False
    serves: str = ""
    """The agreed priority the session served, in its own words (R43)."""

    @staticmethod
    def words_of(form: Wrap) -> dict[str, Any]:
        """What a wrap that was handed in says, under the names of this record: the takeaways as
        texts, and beside them those that may be sent."""
        to_send = (said for said in form.takeaways if isinstance(said, Said) and said.to_send)
        return {
            **same_fields(form, WrapRecord.of_wrap),
            "takeaways": tuple(map(said_text, form.takeaways)),
            "beliefs": tuple(map(said_text, form.beliefs)),
            "to_send": tuple(map(said_text, to_send)),
        }

    @property
    def as_handed_in(self) -> dict[str, Any]:
        """What it says, under the names of the form."""
        said = (Said(text=text, to_send=text in self.to_send) for text in self.takeaways)
        return {
            **same_fields(self, WrapRecord.of_wrap),
            "takeaways": tuple(said),
            "beliefs": self.beliefs,
        }


class QuestionUse(Record, frozen=True, kw_only=True):
    """A question that was planned or asked, with the session it belongs to."""

    rules = ("UNIQUE (session_id, question_id)",)
    order = "date, id"

    id: Id = 0
    session_id: Annotated[int, ref("sessions")]
    question_id: Text
    date: dt.date
    asked: bool
    """True: asked in a held session. False: only planned."""


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


class TciEntry(Record, frozen=True, kw_only=True):
    """One set of ratings as it was given; append-only (R103). A factor not rated is None."""

    noun = "set of ratings"
    nouns = "sets of ratings"
    searched = (("note", "rating"),)
    rules = ("CHECK (corrects < id)",)

    id: Id = 0
    session_id: Annotated[int, ref("sessions")]
    date: dt.date
    clarity: Rating | None = None
    options: Rating | None = None
    decision: Rating | None = None
    momentum: Rating | None = None
    confidence: Rating | None = None
    satisfaction: Rating | None = None
    note: str = ""
    scale: Text = SCALE
    corrects: Annotated[int, ref("tci_entries", "NO ACTION")] | None = None
    """Id of the entry this one corrects; factors it leaves out stay as they were."""


class Withdrawal(Record, frozen=True, kw_only=True):
    """A rating or a scaled answer that an undo took back: it stays, and counts no more (R138)."""

    rules = (
        "UNIQUE (tci_entry_id)",
        "UNIQUE (scaled_answer_id)",
        "CHECK ((tci_entry_id IS NULL) <> (scaled_answer_id IS NULL))",
    )

    id: Id = 0
    date: dt.date
    tci_entry_id: Annotated[int, ref("tci_entries")] | None = None
    scaled_answer_id: Annotated[int, ref("scaled_answers")] | None = None


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


class CheckIn(Record, frozen=True, kw_only=True):
    """How the client arrives (R42, R44)."""

    noun = "check-in"
    searched = (("mood", "check-in"), ("matters", "check-in"))
    order = "date, id"

    id: Id = 0
    session_id: Annotated[int, ref("sessions")]
    date: dt.date
    energy: Energy | None = None
    mood: str = ""
    matters: str = ""
    """What matters most today."""
    progress: Mapping[str, Rating] = {}
    """Movement since last time by factor, 1 (stood still) to 10 (moved a great deal)."""
    holding: bool = False
    """Something hard has happened: the session holds, and works toward no goal (R22). That is what
    the coach types and reads; in planning it is a respite."""
    serves: str = ""
    """The agreed priority today's topic serves, in its own words (R43)."""
    about: tuple[str, ...] = ()
    """Ids of the topics the coach named for today (R120)."""
    answered: bool = False
    """Whether the coach has said if the session shall hold: what grave news ask (R131)."""


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


class Note(Record, frozen=True, kw_only=True):
    """A coach's note: part of the record, or working paper with a purge date (R58)."""

    noun = "note"
    searched = (("text", "note"),)
    rules = (
        "CHECK (purge_on IS NULL OR kind = 'working')",
        "CHECK (NOT pinned OR kind = 'record')",
    )

    id: Id = 0
    number: Number = 0
    session_id: Annotated[int, ref("sessions")]
    kind: NoteKind
    text: Text
    written: dt.date
    purge_on: dt.date | None = None
    pinned: bool = False
    """It stands on every plan until the coach takes it down (R128)."""


class WorksheetAnswers(Record, frozen=True, kw_only=True):
    """A worksheet filled in once; filling it again makes another record."""

    noun = "filled worksheet"
    searched = (("answers", "answer"), ("unmatched", "answer"))
    order = "date, id"

    id: Id = 0
    engagement_id: Annotated[int, ref("engagements")]
    session_id: Annotated[int, ref("sessions", "SET NULL")] | None = None
    """The session it was filled in for or after; None: between sessions."""
    worksheet: Text
    title: Text
    form: Mapping[str, Any]
    """The worksheet as it was when filled in, the client's own names in it, as plain data: so an
    answer keeps its question whatever becomes of the file it came from."""
    answers: Mapping[str, Any]
    unmatched: str = ""
    """Text that belonged to no field."""
    date: dt.date


class MethodChange(Record, frozen=True, kw_only=True):
    """One change of method, as it was made; append-only (R20)."""

    noun = "change of method"
    nouns = "changes of method"
    searched = (("reason", "change"),)
    rules = ("CHECK (after <> before)",)

    id: Id = 0
    engagement_id: Annotated[int, ref("engagements")]
    session_id: Annotated[int, ref("sessions")]
    onward: bool
    """True: the engagement works so from this session on. False: this session alone."""
    date: dt.date
    before: Method
    after: Method
    reason: str = ""


class Referral(Record, frozen=True, kw_only=True):
    """Help that coaching is not, and that the coach advised the client to find (R22)."""

    noun = "referral"
    searched = (("note", "referral"),)
    rules = ("CHECK (ended >= date)",)
    order = "date, id"

    id: Id = 0
    client_id: Annotated[int, ref("clients")]
    kind: ReferralKind
    date: dt.date
    note: str = ""
    ended: dt.date | None = None


class Goal(Record, frozen=True, kw_only=True):
    """A theme, or an objective under one; commitments serve either (R86)."""

    noun = "goal"
    searched = (("text", "goal"), ("measure", "goal"), ("matters", "goal"))
    rules = ("CHECK ((level = 'objective') = (parent_id IS NOT NULL))",)

    id: Id = 0
    number: Number = 0
    engagement_id: Annotated[int, ref("engagements")]
    parent_id: Annotated[int, ref("goals")] | None = None
    """The theme an objective stands under."""
    level: GoalLevel
    text: Text
    measure: str = ""
    """By what it will be noticed."""
    due: dt.date | None = None
    attainable: Rating | None = None
    """1-10, as the client rates it."""
    matters: str = ""
    """What it matters for, in the client's words."""
    status: GoalStatus = "open"
    created: dt.date


class GoalChange(Record, frozen=True, kw_only=True):
    """A goal as it stood from one day on; append-only (R87)."""

    searched = (("because", "goal"),)

    id: Id = 0
    goal_id: Annotated[int, ref("goals")]
    date: dt.date
    under: str
    """The theme it stood under, in the words of that day; empty for a theme."""
    level: GoalLevel
    text: Text
    measure: str
    due: dt.date | None
    attainable: Rating | None
    matters: str
    status: GoalStatus
    because: str = ""
    """Why it was changed, where the coach said so."""


class Indicator(Record, frozen=True, kw_only=True):
    """Something that can be counted: leading shows early, lagging shows at the end (R89, R90)."""

    noun = "indicator"
    searched = (("name", "indicator"),)
    rules = ("CHECK (start <> target)",)

    id: Id = 0
    number: Number = 0
    engagement_id: Annotated[int, ref("engagements")]
    goal_id: Annotated[int, ref("goals")] | None = None
    """None: for the journey as a whole."""
    name: Text
    kind: IndicatorKind | None = None
    """None: the intake did not say."""
    unit: str = ""
    start: float | None = None
    target: float | None = None
    due: dt.date | None = None


class IndicatorReading(Record, frozen=True, kw_only=True):
    """A number read on a day; append-only. Of several on a day the last one given counts."""

    noun = "reading"
    order = "date, id"

    id: Id = 0
    indicator_id: Annotated[int, ref("indicators")]
    date: dt.date
    value: float


class IndicatorSeries(Indicator, frozen=True, kw_only=True):
    """An indicator with its readings, by date, then in the order they were given."""

    readings: tuple[IndicatorReading, ...] = ()


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


class ScaledAnswer(Record, frozen=True, kw_only=True):
    """One answer to a scaled question as it was given; append-only (R67).

    The question and both ends of its scale are kept as they were asked, so that an answer keeps its
    meaning whatever becomes of the bank it came from.
    """

    noun = "scaled answer"

    id: Id = 0
    session_id: Annotated[int, ref("sessions")]
    question_id: Text
    text: Text
    """The question as it was asked."""
    low: Text
    """What 1 meant."""
    high: Text
    """What 10 meant."""
    value: Rating
    date: dt.date


class HandedOut(Record, frozen=True, kw_only=True):
    """A worksheet that went home with a session's sheet (R82, R83)."""

    noun = "worksheet to take home"
    nouns = "worksheets to take home"
    order = "session_id, position"

    session_id: Annotated[int, KEY, ref("sessions")]
    position: Count
    worksheet: Annotated[Text, KEY]
    title: Text


class RetiredQuestion(Record, frozen=True, kw_only=True):
    """A question that plans leave out, for one client or for good."""

    noun = "retired question"

    id: Id = 0
    question_id: Text
    client_id: Annotated[int, ref("clients")] | None = None
    """None: for every client; that is the coach's own taste and outlives them."""
    since: dt.date


class Echo(Record, frozen=True, kw_only=True):
    """One of the client's first words asked again in a later session."""

    noun = "answer to the first words"
    nouns = "answers to the first words"
    searched = (("answer", "answer"),)

    session_id: Annotated[int, KEY, ref("sessions")]
    question: Annotated[EchoQuestion, KEY]
    words: str
    """As they were put then, to be read beside the answer; empty when there were none."""
    answer: Text


class Ending(Record, frozen=True, kw_only=True):
    """How an engagement was closed (R12)."""

    noun = "closing"
    searched = (("outcomes", "closing"), ("triggers", "closing"), ("forced", "closing"))
    rules = (
        "CHECK (follow_up IS NULL OR follow_up > closed)",
        "CHECK (forced <> '' OR (follow_up IS NOT NULL AND missing = '[]'))",
    )
    engagement_id: Annotated[int, KEY, ref("engagements")]
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


class SessionDay(Record, frozen=True, kw_only=True):
    """One thing that became of a session's day: moved, missed, cancelled, skipped; append-only.

    A session's present day and state stand in its own row; this is how it came to them.
    """

    searched = (("reason", "change"),)
    rules = (
        "CHECK ((act = 'cancelled') = (cancelled_by IS NOT NULL))",
        "CHECK (act = 'cancelled' OR notice_hours IS NULL)",
    )

    id: Id = 0
    session_id: Annotated[int, ref("sessions")]
    date: dt.date
    """The day it was kept on."""
    act: SessionAct
    was_on: dt.date
    now_on: dt.date
    """The same day, unless it was moved."""
    cancelled_by: Canceller | None = None
    notice_hours: Count | None = None
    """Hours between the cancellation and the session; None: not said."""
    reason: str = ""


class Pause(Record, frozen=True, kw_only=True):
    """A stretch in which an engagement rests."""

    noun = "pause"
    searched = (("reason", "change"),)
    rules = ("CHECK (until IS NULL OR until >= since)",)
    order = "since, id"

    id: Id = 0
    engagement_id: Annotated[int, ref("engagements")]
    since: dt.date
    until: dt.date | None = None
    """The day it goes on; None: not said yet."""
    reason: str = ""

    def stands(self, day: dt.date) -> bool:
        """Whether the engagement rests on that day."""
        return self.since <= day and (self.until is None or day < self.until)


class DaysOff(Record, frozen=True, kw_only=True):
    """Days on which the coach meets nobody, both ends included; they belong to no client."""

    noun = "stretch of days off"
    nouns = "stretches of days off"
    rules = ("CHECK (last >= first)",)
    order = "first, last, id"

    id: Id = 0
    first: dt.date
    last: dt.date
    name: str = ""

    def __contains__(self, day: dt.date) -> bool:
        return self.first <= day <= self.last


class PhaseExit(Record, frozen=True, kw_only=True):
    """One look at a phase's milestone, as it was given; append-only (R10)."""

    noun = "look at a milestone"
    nouns = "looks at a milestone"
    searched = (("reason", "change"),)

    id: Id = 0
    engagement_id: Annotated[int, ref("engagements")]
    phase: Text
    date: dt.date
    met: tuple[str, ...]
    """Criteria the coach ticked, in the words they had that day."""
    unmet: tuple[str, ...]
    reason: str = ""
    """Why the journey goes on although some are unmet; empty: it does not yet."""


TABLES: dict[type[Record], str] = {
    Client: "clients",
    Engagement: "engagements",
    HintGiven: "hints_given",
    IntakeChange: "intake_changes",
    Session: "sessions",
    KeptPlan: "plans",
    WrapRecord: "wraps",
    QuestionUse: "question_uses",
    Commitment: "commitments",
    CommitmentReview: "commitment_reviews",
    TciEntry: "tci_entries",
    CheckIn: "check_ins",
    Assumption: "assumptions",
    AssumptionChallenge: "assumption_challenges",
    Note: "notes",
    WorksheetAnswers: "worksheet_answers",
    MethodChange: "method_changes",
    Referral: "referrals",
    Goal: "goals",
    GoalChange: "goal_changes",
    Indicator: "indicators",
    IndicatorReading: "indicator_readings",
    Contact: "contacts",
    ParkedTopic: "parked_topics",
    ScaledAnswer: "scaled_answers",
    HandedOut: "handed_out",
    RetiredQuestion: "retired_questions",
    Echo: "echoes",
    Ending: "endings",
    SessionDay: "session_days",
    Pause: "pauses",
    DaysOff: "days_off",
    PhaseExit: "phase_exits",
    Withdrawal: "withdrawals",
}
"""Every kind of record with the table it is kept in, in the order an export lists them."""
