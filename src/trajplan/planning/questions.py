"""Which questions a segment may ask at all (R57-R67); what each is worth, `question_worth.py`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from operator import itemgetter

from msgspec import Struct

from trajplan.content.model import (
    MATTER,
    NAMES,
    THEIR_MATTER,
    DaySegment,
    Question,
    QuestionBank,
    QuestionSlot,
    Segment,
)
from trajplan.planning.heard_topics import CHOICE, OTHERS_DOING
from trajplan.planning.plan import LastAnswer
from trajplan.text import cue_words
from trajplan.vocabulary import LEVELS, REVIEW, Component

ASKING: tuple[Component, ...] = ("strategic_inquiry", "insight_generation", "action_design")
"""Segments in which what they bring is talked through."""
CONDITIONS = frozenset(
    {
        *("first-session", "returning", "closing", "assumption", "holding", "tried"),
        *("answer-due", "doing-well", "two-ways", "decided", "grave"),
        *("heavy-going", "request"),
    }
)
"""Tags that presuppose something: each one a question bears must hold. `returning`: there was a
last time; `assumption`: the plan holds an assumption of the client's up to the light; `holding`:
the session holds what has happened, and works toward nothing; `tried`: an experiment of last time
took place; `answer-due`: they owe somebody an answer within the week; `doing-well`: they come
cheerful or with good news, and nothing on record is hard; `two-ways`: they named two things to
choose between; `decided`: they have said what they decided; `grave`: what they bring, or brought
lately, is death, illness, harm or dismissal; `heavy-going`: they come low, or the session goes
gently; `request`: they are going to ask somebody for something."""
REVIEWS = frozenset({"done", "partly", "not_yet", "dropped", "missed_twice"})
"""Tags that presuppose what came of a commitment: one of those a question bears must hold."""
HARD, HARD_DAY_TAG = "hard", "hard-day"
"""The occasion of a day on which the client brings something hard to bear, and the tag of what may
be asked on it."""
AFTER_HARD = "after-hard"
"""The occasion of a day that may still be heavy after a hard one (`Care.gentle_day_for`)."""
GRAVE = "grave"
"""The occasion of a client for whom it may be about getting through the days (`Care.grave`)."""
GENTLE = "gentle"
"""The occasion of a session that goes gently: something hard is brought today or was held last
time, or somebody was in danger in this journey."""
LATELY = "lately"
"""The occasion of a session before which the client brought something hard to bear, in one of the
last two or in the intake."""
ALIKE = "same-"
"""How tags begin that questions share which ask for the same thing: a session asks one of them."""
HOW_THINGS_ARE = "same-how-things-are"
"""The tag of those that ask how the client is, or how things are."""
WHILE_OPEN, ONCE_SETTLED = "while-open", "once-settled"
"""Tags of what is asked about a topic only as long as it is open (an offer that is not answered),
or only once it is decided or over."""
ASKS_ENERGY, ASKS_MATTER = "asks-energy", "asks-matter"
"""Tags of what asks how much energy there is, or what weighs on them: not asked of somebody who has
told."""
ASKS_REPLY = "asks-reply"
"""Tag of what asks how somebody will answer: not asked where their words say it."""
WIDE = "wide"
"""Tag of what looks at the whole of somebody's life or work, or dreams of another: not asked of
somebody who has brought something definite, who would be led away from it."""
STANDARDS = "standards"
"""Tag of what asks about doing things right, being good enough, or what could go wrong: never asked
of somebody of whom the records tell harm, blame, a hearing or grave news."""
BLAME = "blame"
"""The occasion of such a client, today or at any time of the journey."""
PARTING = "parting"
"""Tag of what asks about keeping, losing, missing or letting go, what is hoped for, years ahead, or
an ordinary day: never asked of somebody of whom the records tell a loss."""
LOSS = "loss"
"""The occasion of such a client: a death, an illness, the end of a marriage or other grave news,
today or at any time of the journey."""
ANSWER_DUE = "answer-due"
"""The occasion of somebody who owes an answer within the week, and the tag of what asks for it."""
PUTS_OFF = frozenset({"same-test", "same-think-over"})
"""Tags of what asks for something to try, to find out or to think over: not asked while an answer
is due, nor on a day that may be heavy: somebody may lie awake over it as it is."""
WELL = "doing-well"
"""The occasion of somebody who does well, and the tag of what nobody else is asked."""
BORED = "bored"
"""The occasion of somebody who says that they are bored: nothing is hard, and nothing happens."""
REQUEST = "request"
"""The occasion of somebody who is going to ask for something, and the tag of what asks which answer
would do."""
HEAVY_GOING = "heavy-going"
"""The occasion of somebody who comes low or with whom the session goes gently, and the tag of what
asks for the hardest of it all: not of somebody who is undecided."""
TWO_WAYS = "two-ways"
"""The occasion of somebody who named two ways to go, and the tag of what asks about each."""
INVITES = "same-matter-what"
"""Tag of what asks somebody to tell. Who has something to bear is invited once, when it is agreed
what today is for."""
BACK_TO_IT = "back-to-it"
"""Tag of what leads back to the matter they brought: asked only behind a look back."""
TROUBLES = frozenset(
    {
        *("same-hardest", "same-worry", "same-bad-day"),
        *("same-need", "same-would-help", "same-days-easier", "presses"),
    }
)
"""Tags of what takes it that something is hard, or needed: not asked of somebody who does well."""
WHO_IS_NEAR = frozenset({"same-who-near", "same-who-knows"})
"""Tags of what asks who is with them."""
NOT_SOON_AGAIN = frozenset({"same-hardest"})
"""Tags of what is not asked again in other words within three sessions, as long as there is
anything else: what is hardest, asked each time, makes every session a hard one."""
DECIDED, UNDECIDED = "decided", "undecided"
"""The occasion of somebody who has said what they decided, and the tag of what would open that
again."""
ASKS_OPTIONS = frozenset({"same-other-options", "same-options-there-are"})
"""Tags of what asks which ways to go there are, or for more: not asked of somebody who has to
choose among several."""
SELF_WORK = "self-work"
"""Tag of what asks the client to change, to see themselves differently or to act on a quarrel:
never asked where the trouble lies with others, or on a hard or gentle day."""
CAREFREE = "carefree"
"""Tag of what dreams, looks months ahead, asks what is good or goes briskly at a matter: never
asked of somebody who is low, brings something hard, or brought it lately."""
TURNS_OVER = PUTS_OFF | {
    *("same-clear-now", "same-be-different", "same-could-do", "same-on-track"),
    *(PARTING, CAREFREE, STANDARDS, SELF_WORK),
}
"""Tags of what is too much on a day that may be heavy: what they make of it may be a verdict on
themselves, what they would like to be different cannot be undone, and what they could do would
sound like making up for it."""
FOR_ANYONE = "for-anyone"
"""Tag of what suits nearly anybody in nearly any matter; with a topic, anybody with that topic."""
SITUATIONS = frozenset({"redundancy", "return", "stalled"})
"""Tags of situations that a question speaks of as a fact: asked only when the client is in one."""

LOW = 4
"""A TCI rating this low or lower counts as low."""
AGAIN_AFTER = 2
"""Sessions after which a scaled question is worth asking again: each time would be a form."""
NUMBERS_MINUTES = 3
"""All numbers of a session together take so long at most (R166)."""
WITH_RATINGS = 2
"""Minutes of a question that can be asked with the ratings."""


class Situation(Struct, frozen=True):
    """What the scores look at: factors low or slipping with their words, the client's scenario,
    today's energy, whether a decision is on the table, and what was offered before."""

    low: Mapping[str, str]
    slipping: Mapping[str, str]
    scenario: str
    energy: str
    decision: bool
    offered: frozenset[str]
    any_holding: bool = False
    """A session that holds: nothing deep, and no rating draws questions."""
    session: int = 0
    """The number of the session that is planned."""
    answered: Mapping[str, LastAnswer] = {}
    """Scaled questions answered before, with the answer."""
    gentle_for: str = ""
    """What else gentle questions come first for, today or since last time, in words."""


class RankedQuestion(Struct, frozen=True, kw_only=True):
    """A question of the library as one plan sees it: its preference and, once something may ask it,
    its worth today (`valued`)."""

    rank: int
    """Place in the order of preference over the whole library: 0 is the question least recently
    used in the whole caseload, then by bank and position."""
    question: Question
    bank: str
    score: int = 0
    reasons: tuple[str, ...] = ()
    service: int = 0
    """How it serves the segment that may ask it: `SERVES_SEGMENT`, `SERVES_TOPIC`, or 0 (R121)."""

    @property
    def id(self) -> str:
        """The question's id."""
        return self.question.id

    @property
    def level(self) -> str:
        """The question's level."""
        return self.question.level

    @property
    def minutes(self) -> int:
        """Minutes to ask, think and answer."""
        return self.question.minutes

    @property
    def leans_on(self) -> str:
        """What has to be on the table before it is asked, or empty (R122)."""
        return self.question.leans_on or ""

    @property
    def gives(self) -> tuple[str, ...]:
        """What its answer puts on the table (R122)."""
        return self.question.gives

    @property
    def asks_for(self) -> frozenset[str]:
        """What it asks for, where other questions ask for the same in other words."""
        return frozenset(tag for tag in self.question.tags if tag.startswith(ALIKE))

    @property
    def names_matter(self) -> bool:
        """Whether it calls what the client brings by its name."""
        return MATTER in self.question.text

    @property
    def opening(self) -> str:
        """Its first two words, as people hear them."""
        return " ".join(self.question.text.casefold().replace("’", "'").split()[:2])

    @property
    def place(self) -> tuple[int, int]:
        """Where it stands in a segment: wide before specific, then by level (R64)."""
        return (-self.question.breadth, LEVELS.index(self.question.level))


class AskingConditions(Struct, frozen=True):
    """What decides eligibility besides the segment: phase, energy, the occasions that hold, and
    what is excluded because it was asked, planned already or unwanted."""

    phase: str
    energy: str
    occasions: frozenset[str]
    excluded: frozenset[str]
    asked: frozenset[str]
    inquiries: frozenset[str] = frozenset()
    """Words of questions the client took home, which a prompt returns to."""
    asked_lately: frozenset[str] = frozenset()
    """What one of the two sessions held last asked."""
    retired: frozenset[str] = frozenset()
    """What the coach wants planned no more; asking for one by name still works."""
    topics: Mapping[str, str] = {}
    """Topics heard or named today, by id, with their titles (R120)."""
    named: frozenset[str] = frozenset()
    """Ids of those that the coach has named: all that speaks of them is wanted."""
    settled: frozenset[str] = frozenset()
    """Ids of those that are decided or over."""
    unsaid: frozenset[str] = frozenset()
    """Nouns of these topics that the client hasn't said."""
    answered: frozenset[str] = frozenset()
    """Tags of what the client has told already."""
    names: Mapping[str, str] = {}
    """What stands in a question's text for `{matter}`, `{day}` and `{person}`, where the client has
    said it."""
    stays_with: tuple[str, ...] = ()
    """Ids of the topics with which the whole session stays, the one that leads it first."""
    segments: Mapping[Component, tuple[DaySegment, ...]] = {}
    """What its segments are for, where that topic says so."""
    own_banks: frozenset[str] = frozenset()
    """Ids of the banks that are the coach's own (R129)."""
    for_anyone: frozenset[str] = frozenset()
    """Ids of the questions that suit nearly anybody."""
    asks_who_is_near: frozenset[str] = frozenset()
    """Ids of those that ask who is with them."""
    built_in: bool = False
    """Whether the blueprint came with the program: the banks it names then hold nobody out who
    serves the segment."""

    @property
    def holding(self) -> bool:
        """Whether the session holds what has happened (R22)."""
        return "holding" in self.occasions

    @property
    def hard_day(self) -> bool:
        """Whether the client brings something hard to bear (R131)."""
        return HARD in self.occasions

    @property
    def after_hard_day(self) -> bool:
        """Whether a hard day is not long ago, in a session that the program has laid out."""
        return self.built_in and AFTER_HARD in self.occasions

    @property
    def near_lately(self) -> bool:
        """Whether they were asked lately who is with them: for that nobody is asked twice in three
        sessions."""
        return not self.asks_who_is_near.isdisjoint(self.asked_lately)


def rank_questions(
    banks: Iterable[QuestionBank], last_used: Mapping[str, dt.date]
) -> tuple[RankedQuestion, ...]:
    """Every question of the library in the order of preference: least recently used in the whole
    caseload first, then by bank and position. Their worth is for `valued` to say: of a thousand,
    hardly a tenth may be asked in a plan."""
    places = [
        (last_used.get(question.id, dt.date.min), bank.id, question)
        for bank in sorted(banks, key=lambda bank: bank.id)
        for question in bank.questions
    ]
    places.sort(key=itemgetter(0))
    return tuple(
        RankedQuestion(rank=rank, question=question, bank=bank)
        for rank, (_, bank, question) in enumerate(places)
    )


def is_aimed(candidate: RankedQuestion, segment: Segment, conditions: AskingConditions) -> bool:
    """Whether the question serves one of the targets the segment wishes for, if it names any.

    What is the segment's own, suits anybody or speaks of today's topic is aimed well enough; so is
    one of the coach's own that names no target.
    """
    question, slot = candidate.question, segment.questions
    if not slot or not slot.targets:
        return True
    if question.id in segment.own_questions or conditions.topics.keys() & set(question.topics):
        return True
    if FOR_ANYONE in question.tags:
        return True
    own = candidate.bank in conditions.own_banks and not question.targets
    return own or bool(set(slot.targets) & set(question.targets))


def may_ask(candidate: RankedQuestion, segment: Segment, conditions: AskingConditions) -> bool:
    """Whether the segment may ask this question, leaving aside its target (`is_aimed`), that it
    was asked before (`is_fresh`), and that it is retired (`is_retired`)."""
    return suits_session(candidate.question, conditions) and suits_segment(
        candidate, segment, conditions
    )


def suits_session(question: Question, conditions: AskingConditions) -> bool:
    """Whether a segment of the session may ask it, by what is the same in all of them."""
    if question.topics and conditions.topics.keys().isdisjoint(question.topics):
        # It presupposes a boss, an offer, a course: only a heard topic gives it ground.
        return False
    if any(name in question.text and not conditions.names.get(name) for name in NAMES):
        return False
    if not conditions.answered.isdisjoint(question.tags):
        return False
    if conditions.unsaid and question.topics and _says_unsaid(question, conditions.unsaid):
        return False
    if question.phases and conditions.phase not in question.phases:
        return False
    return question.id not in conditions.excluded and _suits_stage(question, conditions)


def suits_segment(
    candidate: RankedQuestion, segment: Segment, conditions: AskingConditions
) -> bool:
    """Whether the segment may ask a question that suits the session."""
    question = candidate.question
    if question.components and segment.component not in question.components:
        return False  # so are most, so it is asked first
    if segment.questions is None:
        return False
    if not may_scale(question, segment, built_in=conditions.built_in):
        return False
    return _serves(candidate, segment, conditions) and _suits_day(question, conditions)


def _serves(candidate: RankedQuestion, segment: Segment, conditions: AskingConditions) -> bool:
    """Whether it is for this segment (R121): its own, of one mind with it, of a topic that the
    coach has named, or one of the coach's own that names no intent. A segment that says nothing
    of its intent asks for banks and tags instead. A session that holds asks only what it names
    itself."""
    question, slot = candidate.question, segment.questions
    if slot is None:
        return False
    if conditions.hard_day:
        return _bears_hard_day(question, segment, conditions)
    if conditions.after_hard_day and not _bears_day_after(candidate, segment, conditions):
        return False
    if segment.intent and question.id in segment.own_questions:
        return True
    if ANSWER_DUE in question.tags:
        return True  # `serves_any_intent` knows it, too
    if THEIR_MATTER in question.topics:
        # It knows nothing of their matter but what the segment is for.
        return is_of_one_mind(question, segment) or not (segment.intents or segment.own_questions)
    if question.topics and not conditions.holding:
        # A topic that was only heard turns no segment away from what its title says.
        wanted = speaks_of_topic(question, conditions.named) or not conditions.built_in
        if wanted or not segment.intent or is_of_one_mind(question, segment):
            return True
    if not _has_level(question, slot):
        return False
    own = candidate.bank in conditions.own_banks and conditions.built_in and not conditions.holding
    if own and not question.intents:
        return True  # `serves_any_intent` knows it, too
    named = not slot.banks or candidate.bank in slot.banks or own
    asked_for = named and _has_tag(question, slot)
    if not segment.intent:
        return asked_for
    # Where a segment has questions of its own, a built-in one's banks and tags say nothing more.
    settled = bool(segment.own_questions) and conditions.built_in
    return is_of_one_mind(question, segment) and (settled or asked_for)


def serves_any_intent(candidate: RankedQuestion, conditions: AskingConditions) -> bool:
    """Whether it may serve a segment without being its own or of one mind with it: what speaks of
    a topic or asks for an answer that is due, and one of the coach's own that names no intent. Not
    on a hard day."""
    question = candidate.question
    own = candidate.bank in conditions.own_banks and not question.intents
    return bool(question.topics) or ANSWER_DUE in question.tags or own


def _bears_hard_day(question: Question, segment: Segment, conditions: AskingConditions) -> bool:
    """Whether it may be asked of somebody who brings something hard to bear: what is gentle enough,
    and of today's topics also what helps to choose a step."""
    serves, holds = is_of_one_mind(question, segment), "hold" in question.intents
    if question.topics and THEIR_MATTER not in question.topics:
        asked = segment.component in ("strategic_inquiry", "insight_generation")
        # What others have done to them comes before whatever else they bring.
        harm = OTHERS_DOING & conditions.topics.keys()
        bears_on_it = not harm or bool(harm & set(question.topics))
        # A boss who was only heard is seldom whom a hard day is about.
        meant = bool(harm) or speaks_of_topic(question, conditions.named)
        step = meant and segment.component == "action_design" and "choose-step" in question.intents
        suits = (asked and holds) or step
        return serves and bears_on_it and suits
    # Segments of a built-in blueprint are for such a day (`arrange.HARD_DAY_SEGMENTS`).
    return HARD_DAY_TAG in question.tags and (serves or (holds and not conditions.built_in))


def _bears_day_after(
    candidate: RankedQuestion, segment: Segment, conditions: AskingConditions
) -> bool:
    """Whether it may be asked of somebody for whom a hard day is not long ago: what stays with what
    they bring and suits nearly anybody, the segment's own, and the coach's own."""
    question = candidate.question
    if segment.component not in ASKING:
        return True
    suits = bool(question.topics) and FOR_ANYONE in question.tags
    own = question.id in segment.own_questions or candidate.bank in conditions.own_banks
    return (
        suits or own or ANSWER_DUE in question.tags or speaks_of_topic(question, conditions.named)
    )


def speaks_of_topic(question: Question, topics: Collection[str]) -> bool:
    """Whether it speaks of one of these topics."""
    return any(topic in topics for topic in question.topics)


def is_of_one_mind(question: Question, segment: Segment) -> bool:
    """Whether it serves one of the intents of the segment."""
    return not set(segment.intents).isdisjoint(question.intents)


def _has_level(question: Question, slot: QuestionSlot) -> bool:
    """Whether it has the level and the model step that the segment asks for."""
    if slot.levels and question.level not in slot.levels:
        return False
    return not (slot.stages and question.stage and question.stage not in slot.stages)


def _has_tag(question: Question, slot: QuestionSlot) -> bool:
    """Whether it has one of the tags that the segment asks for."""
    return not slot.tags or not set(slot.tags).isdisjoint(question.tags)


def _suits_stage(question: Question, conditions: AskingConditions) -> bool:
    """Whether the matter it speaks of is as far as it takes it to be."""
    while_open = WHILE_OPEN in question.tags
    if not while_open and ONCE_SETTLED not in question.tags:
        return True
    heard = conditions.topics.keys() & set(question.topics)
    return bool(heard - conditions.settled if while_open else heard & conditions.settled)


def _says_unsaid(question: Question, unsaid: frozenset[str]) -> bool:
    """Whether it says the thing by a noun that the client hasn't used for it."""
    return not unsaid.isdisjoint(cue_words(question.text))


def _suits_day(question: Question, conditions: AskingConditions) -> bool:
    """Whether what it presupposes holds today, and it is not too much for this client."""
    tags, occasions = set(question.tags), conditions.occasions
    if REVIEW in tags:
        return False
    troubled = OTHERS_DOING & conditions.topics.keys()
    if SELF_WORK in tags and (GENTLE in occasions or troubled):
        return False
    if PARTING in tags and LOSS in occasions:
        return False
    if TURNS_OVER & tags and AFTER_HARD in occasions:
        return False
    if INVITES in tags and THEIR_MATTER in question.topics and HARD in occasions:
        return False
    if WHO_IS_NEAR & tags and conditions.near_lately:
        return False
    if STANDARDS in tags and (BLAME in occasions or troubled):
        return False
    if PUTS_OFF & tags and ANSWER_DUE in occasions:
        return False
    if TROUBLES & tags and {WELL, BORED} & occasions:
        return False
    if UNDECIDED in tags and DECIDED in occasions:
        return False
    if ASKS_OPTIONS & tags and CHOICE in conditions.topics and CHOICE not in question.topics:
        return False
    weary = conditions.energy == "low" or {GENTLE, LATELY} & occasions
    if CAREFREE in tags and (weary or troubled):
        return False
    missing = (CONDITIONS & tags) - occasions
    if missing and not (missing == {"holding"} and conditions.hard_day and HARD_DAY_TAG in tags):
        return False
    if SITUATIONS & tags and not SITUATIONS & tags & occasions:
        return False
    if REVIEWS & tags and not REVIEWS & tags & occasions:
        return False
    # Nobody is taken into the deep end who is tired (R44), met for the first time, or was hit hard
    # just before or today (R22).
    careful = conditions.energy == "low" or bool({"first-session", GENTLE} & occasions)
    return not (careful and question.effort == "deep")


def may_scale(question: Question, segment: Segment, *, built_in: bool) -> bool:
    """Whether a question for a number may be asked in the middle of a talk: only where the segment
    is made for it. Anywhere else it waits for the session's one moment of numbers (R166)."""
    return not question.anchors or not built_in or question.id in segment.own_questions


def may_join_ratings(
    candidate: RankedQuestion,
    conditions: AskingConditions,
    situation: Situation,
) -> bool:
    """Whether a question for a number is due and short enough to be asked with the ratings. How
    likely a step is belongs to the step, and not behind the goodbye."""
    question = candidate.question
    return (
        bool(question.anchors)
        and _is_due(question, situation)
        and question.minutes <= WITH_RATINGS
        and (not question.components or "momentum_planning" in question.components)
        and (not question.phases or conditions.phase in question.phases)
        and not (question.leans_on or question.topics)
        and question.id not in conditions.excluded
        and _suits_day(question, conditions)
        and not is_retired(question, conditions)
        and is_fresh(question, conditions)
    )


def _is_due(question: Question, situation: Situation) -> bool:
    """Whether there is no number yet to compare with, or one that is old enough."""
    before = last_answer(question, situation)
    if before:
        return situation.session - before.session >= AGAIN_AFTER
    return begins_scale(question, situation)


def is_retired(question: Question, conditions: AskingConditions) -> bool:
    """Whether the coach wants it planned no more."""
    return question.id in conditions.retired


def is_fresh(question: Question, conditions: AskingConditions) -> bool:
    """Whether it was neither asked in a held session nor taken home, or may be asked again."""
    return question.repeatable or not (
        question.id in conditions.asked or question.text in conditions.inquiries
    )


def sequences_of(
    banks: Sequence[QuestionBank], phase: str, eligible: frozenset[str], on_target: frozenset[str]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Authored sequences whose every question is eligible, as (id, question ids).

    A sequence is one thought: it is enough that one of its questions is aimed at the target.
    """
    return tuple(
        (sequence.id, sequence.questions)
        for bank in banks
        for sequence in bank.sequences
        if (not sequence.phases or phase in sequence.phases)
        and eligible.issuperset(sequence.questions)
        and not on_target.isdisjoint(sequence.questions)
    )


def last_answer(question: Question, situation: Situation) -> LastAnswer | None:
    """What was answered to a scaled question before; None where its scale means something else
    by now, because then the numbers cannot be compared (R67)."""
    answer = situation.answered.get(question.id)
    if answer is None or not question.anchors:
        return None
    same = (answer.low, answer.high) == (question.anchors[1], question.anchors[10])
    return answer if same else None


def begins_scale(question: Question, situation: Situation) -> bool:
    """Whether a first number may be asked for: by a question that asks for the number alone, after
    the first session, which has enough of its own to find out."""
    return (
        bool(question.anchors)
        and question.level == "informational"
        and situation.session > 1
        and not situation.answered
        and question.id not in situation.offered
    )
