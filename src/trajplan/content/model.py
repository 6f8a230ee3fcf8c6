"""What content files may say, as frozen values: blueprints, banks, journeys, activities, prompts.

One declaration serves two speeds. The border (`content.border`) checks files against these classes
through pydantic and gives every fault its line; after that they are plain Structs, so that a warm
run imports neither yaml nor pydantic. Rules that span several fields are checked in
`content.checks`. `schemas/` says the same for editors.
"""

from collections.abc import Mapping
from functools import cached_property
from itertools import chain
from typing import Annotated, Literal, TypeAlias

from msgspec import Meta, Struct, field
from msgspec.msgpack import decode, encode
from msgspec.structs import replace

from trajplan.text import STANDS_FOR_MANY, cue_words
from trajplan.vocabulary import (
    Block,
    Component,
    Cover,
    Effort,
    Evidence,
    Intent,
    Level,
    Method,
    Proposal,
    Sign,
    Stance,
    Support,
    Target,
)

Silence = Mapping[str, str]
"""Hints of the lint that shall not be given here: id to reason. The reason may not be empty."""

Count = Annotated[int, Meta(ge=0, le=12)]
SegmentMinutes = Annotated[int, Meta(ge=1, le=480)]
SessionMinutes = Annotated[int, Meta(ge=15, le=480)]


class Bounds(Struct, frozen=True, kw_only=True):
    """Minutes of one segment: integers with min <= ideal <= max."""

    min: SegmentMinutes
    ideal: SegmentMinutes
    max: SegmentMinutes


class QuestionSlot(Struct, frozen=True, kw_only=True):
    """What a segment asks for. An empty list means "any"."""

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


class Segment(Struct, frozen=True, kw_only=True):
    """One timed block of a session."""

    id: str
    component: Block
    """One of the five components, or a break (R40)."""
    title: str
    minutes: Bounds
    stance: Stance = "open"
    """What the segment does: open, explore, weigh options, commit, close."""
    covers: tuple[Cover, ...] = ()
    """What exploring touches (R52)."""
    objective: Annotated[int, Meta(ge=1, le=3)] = 1
    """The number of the objective this segment serves, counted from 1 (R54)."""
    optional: bool = False
    """It is left out when the session is too short for all."""
    activities: tuple[str, ...] = ()
    """Ids of what is done besides asking."""
    questions: QuestionSlot | None = None
    intent: str = ""
    """What the client has when it ends, in one sentence (R121)."""
    intents: tuple[Intent, ...] = ()
    """What else may serve it: questions that name one of these may be asked in it."""
    own_questions: tuple[str, ...] = ()
    """Ids of the questions that serve it best; one of them is asked where one fits."""
    coach: str = ""
    """One line for the coach: how to hold this segment."""
    listen: str = ""
    """One line on what is worth hearing in this segment (R68)."""
    client: str = ""
    """One line for the client's agenda."""


class BoundsPatch(Struct, frozen=True, kw_only=True):
    """Minutes that a variant changes; what is left out stays."""

    min: SegmentMinutes | None = None
    ideal: SegmentMinutes | None = None
    max: SegmentMinutes | None = None


class SlotPatch(Struct, frozen=True, kw_only=True):
    """Question wishes that a variant changes; what is left out stays."""

    max: Count | None = None
    banks: tuple[str, ...] | None = None
    levels: tuple[Level, ...] | None = None
    tags: tuple[str, ...] | None = None
    stages: tuple[str, ...] | None = None
    targets: tuple[Target, ...] | None = None


class SegmentPatch(Struct, frozen=True, kw_only=True):
    """What a variant changes in one segment."""

    minutes: BoundsPatch | None = None
    questions: SlotPatch | None = None
    activities: tuple[str, ...] | None = None
    optional: bool | None = None


class BreakPatch(Struct, frozen=True, kw_only=True):
    """A reset break put in after a segment."""

    after: str
    minutes: Annotated[int, Meta(ge=1, le=30)]


class Variant(Struct, frozen=True, kw_only=True):
    """A blueprint's own changes for a client who arrives with low or high energy (R44)."""

    segments: Mapping[str, SegmentPatch] = {}
    insert_break: BreakPatch | None = None


class EnergyVariants(Struct, frozen=True, kw_only=True):
    """The two variants a blueprint may declare."""

    low: Variant | None = None
    high: Variant | None = None


class SessionBlueprint(Struct, frozen=True, kw_only=True):
    """A session's frame: segments, their time bounds, what they ask (R28, R40)."""

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
    silence: Silence = {}


class Question(Struct, frozen=True, kw_only=True):
    """One question a coach may ask (R60, R64)."""

    id: str
    text: str
    """The question as you would say it."""
    level: Level
    """What it is for: facts, how things hang together, or another way to see them (R60)."""
    breadth: Annotated[int, Meta(ge=1, le=5)]
    """5 widest … 1 most specific."""
    minutes: Annotated[int, Meta(ge=1, le=30)]
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
    intents: tuple[Intent, ...] = ()
    """What it is for: segments that name one of these may ask it (R121)."""
    topics: tuple[str, ...] = ()
    """It presupposes one of these topics, and waits until one is heard or named (R131)."""
    leans_on: Support | None = None
    """What its "it" or "this" points to, which must be on the table by then; left out: it stands
    by itself (R122)."""
    gives: tuple[Support, ...] = ()
    """What its answer puts on the table."""
    anchors: Mapping[int, str] = {}
    """What 1 and 10 mean, where the answer is a number; such answers are kept and compared
    (R67)."""
    silence: Silence = {}


class Sequence(Struct, frozen=True, kw_only=True):
    """Questions of one bank that belong together, in order (R63)."""

    id: str
    questions: tuple[str, ...]
    """Ids of questions of this bank, from wide to specific."""
    phases: tuple[str, ...] = ()
    silence: Silence = {}


class QuestionBank(Struct, frozen=True, kw_only=True):
    """A named collection of questions."""

    kind: Literal["question-bank"]
    id: str
    title: str
    questions: tuple[Question, ...]
    language: str = "en"
    """Two letters, such as en or de."""
    purpose: str = ""
    sequences: tuple[Sequence, ...] = ()
    """Questions that a plan keeps together and in order."""


class Mix(Struct, frozen=True, kw_only=True):
    """Target shares of question minutes in percent; they add up to 100 (R61)."""

    informational: Annotated[int, Meta(ge=0, le=100)]
    analytical: Annotated[int, Meta(ge=0, le=100)]
    transformational: Annotated[int, Meta(ge=0, le=100)]


class Phase(Struct, frozen=True, kw_only=True):
    """One stretch of a journey (R5)."""

    id: str
    sessions: Annotated[int, Meta(ge=1, le=60)]
    purpose: str
    """What the phase is for, in a line."""
    mix: Mix
    milestone: tuple[str, ...] = ()
    """What can be seen when the phase is done (R10)."""
    stages: tuple[str, ...] = ()


class JourneyStage(Struct, frozen=True, kw_only=True):
    """What a client goes through on the way, and which records would show it (R11)."""

    id: str
    """As the phases name it; may hold spaces."""
    about: str
    """What is going on in the client, in a line for the coach."""
    evidence: tuple[Evidence, ...] = ()
    worksheets: tuple[str, ...] = ()
    """Ids of worksheets that show it when filled in."""


class JourneySession(Struct, frozen=True, kw_only=True):
    """What one numbered session does for the destination (R1)."""

    step: str
    """The step toward the destination."""
    blueprint: str = ""
    """The blueprint to follow by preference."""
    mix: Mix | None = None
    """Overrides the phase's mix, as a closing session does."""


class Journey(Struct, frozen=True, kw_only=True):
    """The arc: phases, the step each session takes, cadence (R4, R5)."""

    kind: Literal["journey"]
    id: str
    title: str
    method: Method
    every_days: Annotated[int, Meta(ge=1, le=365)]
    minutes: SessionMinutes
    phases: tuple[Phase, ...]
    sessions: Mapping[int, JourneySession] = {}
    stages: tuple[JourneyStage, ...] = ()
    """In the order a client usually goes through them."""
    purpose: str = ""
    silence: Silence = {}


class ActivityMinutes(Struct, frozen=True, kw_only=True):
    """What an activity needs at least, and what it takes when there is room."""

    min: Annotated[int, Meta(ge=1, le=60)]
    ideal: Annotated[int, Meta(ge=1, le=60)]


class Activity(Struct, frozen=True, kw_only=True):
    """Something done in a segment besides asking questions (R62)."""

    kind: Literal["activity"]
    id: str
    title: str
    minutes: ActivityMinutes
    coach: str
    """What the coach does, in a line or two."""
    client: str = ""
    """How it reads on the client's agenda; empty: not named there."""
    gives: tuple[Support, ...] = ()
    """What it puts on the table for questions that lean on it (R122)."""
    again: tuple[str, ...] = ()
    """Other wordings of the coach's line, taken in turn."""
    silence: Silence = {}
    returning: bool = False
    """It looks back, so it is left out while no session has been held."""
    coach_input: bool = False
    """The coach adds something of their own in it, so it waits until the client has explored, and
    its line says to ask first (R69, R71)."""
    numbers: bool = False
    """The client gives numbers in it: one moment of them a session (R166)."""
    after_close: bool = False
    """Numbers, dates, goodbyes: done once the client has closed, never instead (R165)."""


class Prompt(Struct, frozen=True, kw_only=True):
    """Words the program fills with the client's own records, one text per case.

    Which prompts exist, their cases and the fields a text may use: `PROMPT_SHAPES`.
    """

    kind: Literal["prompt"]
    id: str
    title: str
    minutes: Annotated[int, Meta(ge=0, le=15)]
    """0: said in passing, no minute is booked for it."""
    texts: Mapping[str, str]
    gives: tuple[Support, ...] = ()
    """What it puts on the table for questions that lean on it (R122)."""
    again: Mapping[str, tuple[str, ...]] = {}
    """Other wordings by case. Sessions take them in turn, so that plans do not sound alike."""
    silence: Silence = {}


SENTENCE_END = "."
"""Behind the words of a phrase that counts at the end of a sentence alone."""


class Phrase(Struct, frozen=True, array_like=True):
    """A phrase of a topic, ready to be looked for."""

    place: int
    """Where it stands among the others."""
    text: str
    words: tuple[str, ...]


ANY_WORD = ""
"""The first word of phrases that begin with a word in braces, or the beginning of a word."""
CueWords: TypeAlias = Mapping[str, tuple[Phrase, ...]]
"""Phrases by their first word: of thousands nearly all begin with one that nobody has said."""


THEIR_MATTER = "their-matter"
"""The topic of whatever somebody brings: no cue raises it, and its questions fit any matter."""
MATTER = "{matter}"
"""In a question's text, the plain name that the client has given what they bring: `the hearing`.
Where they have given none, it isn't asked."""


DAY, PERSON = "{day}", "{person}"
"""In the same way, the weekday of an event that is coming up (`Thursday`), and somebody whom they
are going to talk to (`Graham`)."""
NAMES = {MATTER: "that", DAY: "the day", PERSON: "the other person"}
"""What stands in a question's text for what the client calls by its name, and what is said for it
where the coach asks for the question and there is no name."""


class DaySegment(Struct, frozen=True, kw_only=True):
    """What a segment is for on a day that is not for what its blueprint says; without a title it
    stays as it is."""

    title: str = ""
    intents: tuple[Intent, ...] = ()
    own_questions: tuple[str, ...] = ()
    """Ids of the questions that serve it best."""
    intent: str = ""
    """What the client has when it ends, in one sentence, where that is something else than its
    blueprint says."""


class TopicWords(Struct, frozen=True, kw_only=True):
    """The words of a topic's phrases."""

    cues: CueWords = {}
    figures: CueWords = {}
    """Of the figures of speech."""
    settled: CueWords = {}
    """Of what says that it is settled."""


class Topic(Struct, frozen=True, kw_only=True, dict=True):
    """What a client may want to talk about, and the words that tell (R131)."""

    kind: Literal["topic"]
    id: str
    title: str
    cues: Mapping[str, tuple[str, ...]]
    """Phrases that raise it, by language; whole words, accents and case aside. One that ends in a
    full stop counts at the end of a sentence alone: `exactly like my father.` A word in braces
    stands for any of its kind: `{kin}` and `{elder}` for relatives, `{kin's}` and `{elder's}` for
    what is theirs, `{whose}` for `my` and `her`, `{day}` for a weekday, `{few}` for how many."""
    without: Mapping[str, tuple[str, ...]] = field(default={}, name="not")
    """Figures of speech that hold a cue and do not mean it, by language."""
    proposes: Proposal = ""
    """What it calls for; empty: nothing but its questions."""
    says: str = ""
    """What the coach says first when it is heard, where that is hard to say for the client."""
    hands_out: tuple[str, ...] = ()
    """Worksheets that go home where it is what they bring, before those of the session."""
    segments: Mapping[Component, tuple[DaySegment, ...]] = {}
    """What the parts of a session are for that stays with it throughout, by component and in
    order."""
    called: str = ""
    """By which name questions may call what they bring (`your team`), where they said it so."""
    settled: Mapping[str, tuple[str, ...]] = {}
    """Phrases, by language, that say it is decided or over: an offer turned down, a notice given.
    What is only asked while it is open (`while-open`) isn't asked then."""
    nouns: Mapping[str, tuple[str, ...]] = {}
    """What its questions call the thing (`offer`), and how words begin by which a client has spoken
    of it. What holds such a noun is only asked of somebody who has, or where the coach has named
    the topic."""
    silence: Silence = {}
    packed_words: bytes = field(default=b"", name="_words")
    """`TopicWords` as MessagePack. Not in a file: `with_cue_words` makes them."""

    @cached_property
    def words(self) -> TopicWords:
        """The words of its phrases, ready to be looked for: unpacked once somebody has spoken."""
        return decode(self.packed_words, type=TopicWords) if self.packed_words else TopicWords()


def with_cue_words(topic: Topic) -> Topic:
    """The topic with its phrases taken to words once, for every plan that looks for them."""
    words = TopicWords(
        cues=_words_of(topic.cues),
        figures=_words_of(topic.without),
        settled=_words_of(topic.settled),
    )
    return replace(topic, packed_words=encode(words))


def _words_of(phrases: Mapping[str, tuple[str, ...]]) -> CueWords:
    by_first: dict[str, list[Phrase]] = {}
    for place, text in enumerate(dict.fromkeys(chain.from_iterable(phrases.values()))):
        if words := cue_words(text):
            ends = (SENTENCE_END,) if text.endswith(SENTENCE_END) else ()
            first = ANY_WORD if words[0].endswith(STANDS_FOR_MANY) else words[0]
            by_first.setdefault(first, []).append(Phrase(place, text, (*words, *ends)))
    return {first: tuple(begun) for first, begun in by_first.items()}


class CueLists(Struct, frozen=True, kw_only=True):
    """Words and phrases by what a belief that holds them is about (R124)."""

    harm: tuple[str, ...] = ()
    """Harm, death or shame; such a fear is met with safety and support."""
    protected: tuple[str, ...] = ()
    """Age, race, sex, disability, pregnancy, faith, origin, class: a barrier until the coach says
    otherwise."""
    fear: tuple[str, ...] = ()
    """What might happen."""
    worth: tuple[str, ...] = field(default=(), name="self")
    """One's own worth."""
    barrier: tuple[str, ...] = ()
    """Money, law, discrimination: what stands in the way from outside."""
    rule: tuple[str, ...] = ()
    """How the world is."""
    fact: tuple[str, ...] = ()
    """What can be looked up."""


class BeliefCues(Struct, frozen=True, kw_only=True):
    """Words that say what a belief is about, so that a plan handles it with care (R124).

    All lists of the library count together. A phrase is found as whole words, whatever their case;
    `*` at a word's end stands for any ending.
    """

    kind: Literal["belief-cues"]
    id: str
    title: str
    language: str = "en"
    """Of the phrases, as a language tag; they are looked for in every belief all the same."""
    cues: CueLists


class PromptShape(Struct, frozen=True):
    """Cases a prompt must have a text for, and the `{fields}` a text may use."""

    cases: tuple[str, ...]
    fields: tuple[str, ...]


CLAUSES = ("planned", "avoided", "to_do", "did", "lived", "found", "gently")
"""What of a promise is said as a clause about the client."""
PROMISE_FIELDS = (
    *("what", "thing", "happens", "event", "person", "met", "asked"),
    *("taken_on", "kept", "since", *CLAUSES),
)
"""The ways a commitment is spoken of: by its name, or as a clause about the client."""
PROMPT_SHAPES: Mapping[str, PromptShape] = {
    "review-commitment": PromptShape(
        (
            "open",
            "done",
            "done_private",
            "partly",
            "not_yet",
            "missed_twice",
            "partly_twice",
            "done_told",
            "partly_told",
            "waited_told",
            "deadline",
            "errand",
            "errands",
        ),
        (*PROMISE_FIELDS, "things", "learned", "told", "day"),
    ),
    "return-inquiry": PromptShape(("asked",), ("inquiry", "question")),
    "debrief-exercise": PromptShape(
        ("done", "partly", "filled", "waiting", "done_told", "partly_told"),
        (*PROMISE_FIELDS, "learned", "told"),
    ),
    "challenge-assumption": PromptShape(
        (
            "rule",
            "rule_again",
            "fact",
            "fact_again",
            "self",
            "self_again",
            "fear",
            "fear_again",
            "harm",
            "harm_again",
            "barrier",
            "barrier_again",
            "parting",
        ),
        ("assumption",),
    ),
    "first-words": PromptShape(("stuck_point", "destination", "takeaways"), ("wish", "telling")),
    "brought-along": PromptShape(
        ("urgent", "question", "questions", "stuck", "paths"),
        ("day", "telling", "question", "ways", "could"),
    ),
    "agreement": PromptShape(
        (
            "offered",
            "named",
            "taken_up",
            "open",
            "last",
            "last_gently",
            "heard",
            "heard_event",
            "arrived",
            "arrived_telling",
            "grave",
            "danger",
            "unsafe",
            "after",
            "after_danger",
            "after_unsafe",
            "since_danger",
            "since_unsafe",
            "since_grave",
            "been",
            "thanked",
            "choice_heard",
            "last_time_first",
            "at_a_loss",
            "unsure",
        ),
        ("topic", "person", "telling", "says", "asks"),
    ),
    "re-decide": PromptShape(("checkpoint", "gentle"), ("objective",)),
    "re-agree": PromptShape(("asked",), ()),
    "what-you-came-for": PromptShape(("asked",), ()),
    "client-closes": PromptShape(
        (
            "wanted",
            "summary",
            "self",
            "celebrate",
            "hold",
            "left",
            "gentle",
            "goodbye",
            "goodbye_gently",
            "ring",
        ),
        (),
    ),
    "went-elsewhere": PromptShape(("first", "second", "third"), ()),
}
