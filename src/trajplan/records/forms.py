"""What a coach hands in: intake, wrap, a worksheet's answers, closing.

Their keys are told in `docs/reference/forms.md`. The border validates a YAML file against
these classes; the store keeps them as plain data. They are forms, not records: no ids, no history.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from msgspec import Meta, Struct, field

from trajplan.records.fields import Asks, Rating
from trajplan.vocabulary import Change, Energy, Need, Target

CommitmentKind = Literal["experiential", "information_gathering", "reflective", "preparing"]
Proposer = Literal["client", "both", "coach"]
NoteKind = Literal["record", "working"]
CommitmentStatus = Literal["open", "done", "partly", "not_yet", "dropped"]
RatingName = Literal[Target, "satisfaction"]
"""The five factors of the index, and how satisfied the client is with the session (R103)."""
Minutes = Annotated[int, Meta(ge=1, le=10_000)]
"""What a step may take, or took."""


class CareerStep(Struct, frozen=True, kw_only=True):
    """One role in the client's history (R26)."""

    role: str
    organisation: str = ""
    since: str = field(default="", name="from")
    """A year or a date, as the client writes it."""
    until: str = field(default="", name="to")
    themes: tuple[str, ...] = ()
    successes: tuple[str, ...] = ()
    challenges: tuple[str, ...] = ()
    left_because: str = ""


class Audit(Struct, frozen=True, kw_only=True):
    """The pre-coaching audit (R32)."""

    accomplishments: tuple[str | Mapping[str, Any], ...] = ()
    pain_points: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()


class Intake(Struct, frozen=True, kw_only=True):
    """What is known before the first session. Everything but the name may be missing."""

    also_called: ClassVar[Mapping[str, str]] = {
        "beliefs": "assumptions",
        "directions": "paths",
        "options": "paths",
        "questions": "own_questions",
        "situation": "scenario",
        "time": "start_time",
    }
    """Words of pages and talk that somebody may write for a key."""

    kind: Literal["intake"]
    name: str = ""
    slug: str = ""
    destination: str = ""
    stuck_point: str = ""
    need: Need | None = None
    goal_clarity: Rating | None = None
    paths: tuple[str, ...] | Annotated[int, Meta(ge=0, le=99)] = ()
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
    minutes: Annotated[int, Meta(ge=15, le=480)] | None = None
    every_days: Annotated[int, Meta(ge=1, le=365)] | None = None
    career: tuple[CareerStep, ...] = ()
    audit: Audit | None = None
    goals: tuple[str | Mapping[str, Any], ...] = ()
    indicators: tuple[str | Mapping[str, Any], ...] = ()
    agreement: Mapping[str, Any] = {}
    accountability: str = ""
    """How the client wants to be held to what they take on (R101)."""
    language: str = ""
    """What the client's own pages speak, as a language tag (R152)."""


class AnswersForm(Struct, frozen=True, kw_only=True):
    """A filled worksheet as data. What each answer may be, its worksheet says."""

    kind: Literal["answers"]
    answers: Mapping[str, Any]
    """By field id or label."""
    worksheet: str = ""
    labels: Mapping[str, str] = {}
    """The client's own names for fields that may be renamed."""
    unmatched: str = ""
    """Text that belongs to no field."""


STATUSES = {
    "done": "done",
    "partly": "partly",
    "not_yet": "not yet",
    "dropped": "let go",
    "open": "open",
}
"""What may have come of a commitment, in words: on pages, in forms and at the command line."""


STATUS_WORDS = {
    "done": ("yes", "kept", "did it", "finished", "complete", "completed", "fully done"),
    "partly": (
        *("half", "begun", "half done", "partly done", "part", "partially", "some", "a bit"),
        *("started", "in progress", "ongoing", "almost", "nearly", "mostly"),
    ),
    "not_yet": (
        *("no", "not done", "not", "nope", "undone", "not started", "did not", "didn't"),
        *("did not do it", "didn't do it", "missed", "not at all", "not kept"),
    ),
    "dropped": (
        *("dropped", "given up", "gave up", "abandoned", "cancelled", "canceled", "no longer"),
        *("not any more", "no longer needed", "not needed", "obsolete"),
    ),
    "open": ("not asked", "not known", "still open", "unknown", "don't know"),
}
"""What a coach writes for the same, besides the words on pages; forms name the first two."""


What = Annotated[str, Asks("What the client will do", label="What")]
When = Annotated[str, Asks("By when, e.g. +7d", "DAY", label="By when")]
HowWillIKnow = Annotated[str, Asks("How the client will know", label="How they will know")]
Obstacle = Annotated[str, Asks("What may get in the way", label="What may get in the way")]
IfThen = Annotated[str, Asks("What the client will do then", label="If so, then")]
GoalServed = Annotated[str, Asks("The goal it serves, by number or words", line=True, label="Goal")]
Estimate = Annotated[
    Minutes | None, Asks("How long it may take", label="Estimate in minutes", rare=True)
]
SpokenLabel = Annotated[
    str,
    Asks(
        "Up to five words for it, said aloud: “call to the works council”",
        line=True,
        label="Label",
        rare=True,
    ),
]
WHOSE_IDEA = Asks("Whose idea it was", label="Whose idea", rare=True)
DEADLINE = Asks(
    "A deadline set by somebody else; plans ask about it again before then",
    "DAY",
    label="Deadline",
    rare=True,
)
KEEP_ASKING = Asks(
    "The client wants to be asked about it, however long it takes", label="Keep asking", rare=True
)


class NewCommitment(Struct, frozen=True, kw_only=True):
    """One action the client takes on (R94–R99), in a session or between two.

    What, when and how will I know are required.
    """

    what: What
    when: When
    how_will_i_know: HowWillIKnow
    obstacle: Obstacle = ""
    if_then: IfThen = ""
    goal: GoalServed = ""
    kind: Annotated[
        CommitmentKind | None, Asks("What kind of step it is", label="Kind", rare=True)
    ] = None
    proposed_by: Annotated[Proposer, WHOSE_IDEA] = "client"
    estimate_minutes: Estimate = None
    label: SpokenLabel = ""
    """Empty: made of its own words (R123)."""
    deadline: Annotated[dt.date | None, DEADLINE] = None
    """It brings the promise back before it falls due (R125)."""
    keep_asking: Annotated[bool, KEEP_ASKING] = False
    """R125."""


class Said(Struct, frozen=True, kw_only=True):
    """What the client said, as they said it (`exact`), or what it came to (`gist`).

    `text` leaves that open, as plain text does. One of the three.
    """

    text: str = ""
    exact: str = ""
    gist: str = ""
    to_send: bool = False
    """It may stand in the mail to the client after the session (R140)."""

    @property
    def is_clear(self) -> bool:
        """Whether it is put in one of the three ways."""
        return sum(bool(words.strip()) for words in (self.text, self.exact, self.gist)) == 1


def said_text(said: str | Said) -> str:
    """What was said as it is saved: exact words stand in quotation marks."""
    if isinstance(said, str):
        return said
    return f"“{said.exact.strip()}”" if said.exact.strip() else said.gist or said.text


class WrapNote(Struct, frozen=True, kw_only=True):
    """One of several notes of a session (R58)."""

    text: str
    kind: NoteKind = "record"
    purge_on: dt.date | None = None
    """When a working note goes; without it, 90 days after the session."""
    pin: bool = False
    """It stands on every plan until it is unpinned (R128)."""


class WrapReview(Struct, frozen=True, kw_only=True):
    """What came of a commitment of an earlier session."""

    of_review: ClassVar = ("status", "minutes", "value", "learned")

    commitment: Annotated[int, Meta(ge=1)]
    """Its number, as every page gives it."""
    status: CommitmentStatus | None = None
    """Left out: as it stood."""
    minutes: Minutes | None = None
    value: Rating | None = None
    """What it was worth to the client, 1 to 10."""
    learned: str = ""


class WrapEcho(Struct, frozen=True, kw_only=True):
    """What the client says today beside their first words; what was not asked is left out."""

    stuck_point: str = ""
    destination: str = ""
    takeaways: str | tuple[str, ...] = ""


class Closing(Struct, frozen=True, kw_only=True):
    """What an engagement ends with (R12, R111, R112, R115)."""

    kind: Literal["closing"]
    outcomes: tuple[str, ...] = ()
    """What is there now that others can see, in the client's words."""
    triggers: tuple[str, ...] = ()
    """The client's own signs that it is time to ask for help again."""
    follow_up: str = ""
    """A day; `+6m` counts six months from the closing."""


WORDS_SAID = ("takeaways", "beliefs")
"""Fields of a wrap that hold what the client said."""


class Wrap(Struct, frozen=True, kw_only=True):
    """What a held session leaves behind. `commitments` is a list, or says that none was chosen."""

    kind: Literal["wrap"]
    commitments: tuple[NewCommitment, ...] | Literal["none", "none chosen"]
    minutes: Annotated[int, Meta(ge=1, le=480)] | None = None
    actual: Mapping[str, Annotated[int, Meta(ge=0, le=480)]] = {}
    """Minutes by segment id, as they really were."""
    focus: str = ""
    takeaways: tuple[str | Said, ...] = ()
    """Text, or what is known of its wording; text in quotation marks is exact."""
    asked: tuple[str, ...] | None = None
    not_asked: tuple[str, ...] | None = None
    parked: tuple[str, ...] = ()
    beliefs: tuple[str | Said, ...] = ()
    """Limiting beliefs heard in the session; text in quotation marks is exact (R27)."""
    notes: tuple[WrapNote, ...] | str = ""
    """Text is part of the record; a list says of each note whether it is."""
    scaled: Mapping[str, Rating] = {}
    """Answers to scaled questions, by question id or number in the plan (R67)."""
    handed_out: tuple[str, ...] = ()
    """Ids of worksheets the client takes home (R83)."""
    energy: Energy | None = None
    frame_change: str = ""
    agreement: str = ""
    """What the client wanted from the rest, where they agreed anew at the checkpoint (R120)."""
    inquiry: str = ""
    """The question that goes home; empty: the planned one where this is YAML, none where it is a
    form (R66)."""
    serves: Annotated[int, Meta(ge=1, le=50)] | None = None
    """Number of the agreed priority the session served, as the plan prints it."""
    accountability: str = ""
    """How the client wants to be held to it from now on; empty: as before."""
    echo: WrapEcho | None = None
    reviews: tuple[WrapReview, ...] = ()
    """What came of what the client took on before."""
    ratings: Mapping[RatingName, Rating] = {}
    next: str = ""
    """The day, and if need be the time, on which they meet again; empty: as planned; `none`: no
    day is agreed on."""
    halfway: str = ""
    """The day of a short message before they meet again, where they agreed on one (R101)."""
    client: str = ""
    """The client's short name; a wrap that names another client is refused."""
    session: Annotated[int, Meta(ge=1, le=60)] | None = None
    """The session's number; a wrap that names another is refused."""

    @property
    def words_said(self) -> Mapping[str, tuple[str | Said, ...]]:
        """What the client said, by field."""
        return {name: getattr(self, name) for name in WORDS_SAID}
