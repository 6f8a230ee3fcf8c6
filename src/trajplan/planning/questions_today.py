"""The questions of the library, held to what holds today: the occasions that some presuppose, the
topics that are heard, and what the client has told already (R120-R131)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from trajplan.content.model import DAY, MATTER, PERSON, THEIR_MATTER, DaySegment
from trajplan.lint.phrases import any_of, heard
from trajplan.planning.asking import QuestionPicker
from trajplan.planning.basis import PlanBasis
from trajplan.planning.blueprint_triggers import MISSES
from trajplan.planning.care import Care
from trajplan.planning.heard_forms import day_to_come, names_wish, talk_partner
from trajplan.planning.heard_topics import (
    CHOICE,
    GOING_BACK,
    GRIEF,
    OTHERS_DOING,
    TALK_AHEAD,
    heard_topics,
)
from trajplan.planning.named_matter import matter_name, thing_brought
from trajplan.planning.plan import PlannedPrompt
from trajplan.planning.plan_inputs import Content, Facts
from trajplan.planning.questions import (
    AFTER_HARD,
    ANSWER_DUE,
    ASKS_ENERGY,
    ASKS_MATTER,
    ASKS_REPLY,
    BLAME,
    BORED,
    DECIDED,
    FOR_ANYONE,
    GENTLE,
    GRAVE,
    HARD,
    HEAVY_GOING,
    HOW_THINGS_ARE,
    LATELY,
    LOSS,
    REQUEST,
    TWO_WAYS,
    WELL,
    WHO_IS_NEAR,
    WIDE,
    AskingConditions,
    rank_questions,
)
from trajplan.planning.session_agreement import ASKS_HOW_THEY_ARE, names_matter
from trajplan.planning.spoken import sentences_said
from trajplan.planning.topics_today import TopicsToday
from trajplan.records.model.commitments import TRIED
from trajplan.text import cue_words
from trajplan.vocabulary import Component

_BORED, _REPLY = heard("brought", "bored"), heard("brought", "reply")
_CHEERFUL = any_of("brought", "cheerful")
_MIXED = any_of("brought", "mixed")


def question_picker(basis: PlanBasis, said: Sequence[PlannedPrompt]) -> QuestionPicker:
    """The questions of the library, ranked and held to what today allows. `said`: prompts, of which
    the agreement may ask for what no question asks again."""
    facts, options, place = basis.facts, basis.options, basis.position
    topics = _topics(basis)
    stays_with = _stays_with(basis, topics)
    asks_how_they_are = any(
        prompt.kind == "agreement" and prompt.case in ASKS_HOW_THEY_ARE for prompt in said
    )
    return QuestionPicker(
        basis.content.banks,
        rank_questions(basis.content.banks, facts.history.last_used),
        AskingConditions(
            phase=place.step_phase if place.step_of != place.number else basis.phase,
            energy="low" if basis.care.any_holding else basis.conditions.energy,
            occasions=_occasions(basis) | _told_occasions(basis),
            # What the coach asked for has its own place; no segment may pick it on its own.
            excluded=frozenset((*options.exclude, *options.include, *_numbers_out(basis))),
            asked=facts.history.asked,
            inquiries=facts.history.inquiries,
            asked_lately=facts.history.asked_lately,
            retired=facts.history.retired,
            topics=topics,
            named=frozenset(facts.about),
            settled=basis.today.settled,
            unsaid=basis.today.unsaid,
            answered=_answered_tags(basis),
            names=_names(basis, topics),
            stays_with=stays_with,
            segments=_segments(basis, stays_with),
            own_banks=basis.content.own_banks,
            for_anyone=_tagged(basis.content, {FOR_ANYONE}),
            asks_who_is_near=_tagged(basis.content, WHO_IS_NEAR),
            built_in=basis.blueprint.id not in basis.content.own_blueprints,
        ),
        basis.adjustment,
        asked_for={HOW_THINGS_ARE} if asks_how_they_are else set(),
    )


def _tagged(content: Content, tags: Collection[str]) -> frozenset[str]:
    """Ids of the questions with one of these tags."""
    return frozenset(
        question.id
        for bank in content.banks
        for question in bank.questions
        if not frozenset(tags).isdisjoint(question.tags)
    )


def _answered_tags(basis: PlanBasis) -> frozenset[str]:
    """Tags of what the client has answered before anything is asked."""
    answers = {
        ASKS_ENERGY: bool(basis.facts.energy),
        ASKS_MATTER: names_matter(basis.facts, basis.care),
        ASKS_REPLY: _tells_reply(basis.facts),
        WIDE: _brings_something_definite(basis),
    }
    return frozenset(tag for tag, is_there in answers.items() if is_there)


def _stays_with(basis: PlanBasis, topics: Mapping[str, str]) -> tuple[str, ...]:
    """Those of today's topics with which a whole session can stay, at most two: the first leads it.
    Where the trouble lies with others that is what it's about, and the last of several sessions
    looks at the whole."""
    if basis.today.heavy or basis.care.holding or basis.position.parting:
        return ()
    if not OTHERS_DOING.isdisjoint(topics):
        return ()
    library = basis.content.topics
    settled = basis.today.settled
    staying = [name for name in topics if library[name].segments and name not in settled]
    # To tell somebody is a part of having to choose.
    return tuple(staying[:1] if CHOICE in staying[:2] else staying[:2])


def _segments(
    basis: PlanBasis, stays_with: Sequence[str]
) -> Mapping[Component, tuple[DaySegment, ...]]:
    """What the segments are for where the session stays with a topic: in a regular session, of
    which the first part is for whatever they bring. What the coach or the records call for is for
    something of its own, and so is a session for getting to know each other. The second part is for
    what there is to say of a second topic."""
    segment = next(
        (part for part in basis.blueprint.segments if part.component == "strategic_inquiry"), None
    )
    if not stays_with or segment is None or basis.blueprint.id in basis.position.reserved:
        return {}
    of_model = segment.questions is not None and bool(segment.questions.stages)
    regular = "look-at-now" in segment.intents and not of_model
    if not regular:
        return {}
    leading, *others = (basis.content.topics[name].segments for name in stays_with)
    second = [part for other in others for part in other.get("insight_generation", ())[:1]]
    inquiring: Component = "strategic_inquiry"
    return {**leading, inquiring: (*leading[inquiring][:1], *second)} if second else leading


def _names(basis: PlanBasis, topics: Mapping[str, str]) -> Mapping[str, str]:
    """What questions call by the name that the client has given it."""
    brought = basis.facts.brought
    day = day_to_come(brought)
    # With an interview `the 12th` would say less than `the interview` does.
    is_said = not day.startswith("the ") or basis.care.bears_today or GOING_BACK in topics
    names = {
        MATTER: _matter_name(basis),
        DAY: day if is_said else "",
        # Somebody in passing, `and I havent asked Huw yet`, is not whom it is about.
        PERSON: talk_partner(brought) if TALK_AHEAD in topics else "",
    }
    return {place: name for place, name in names.items() if name}


def _brings_something_definite(basis: PlanBasis) -> bool:
    """Whether the talk has a subject, so that nothing looks past it at life or work as a whole. To
    be bored is none."""
    facts, today, care = basis.facts, basis.today, basis.care
    if today.titles or _does_well(facts, today, care):
        return True
    return names_matter(facts, care) and not _is_bored(facts)


def _matter_name(basis: PlanBasis) -> str:
    """By which name questions call what they bring: where it is all they say first (`the scrap
    thing`), or that of a topic they speak of. Of other things (`the letter`) nobody knows whether
    it is what they want to talk about."""
    if thing := thing_brought(basis.facts):
        return thing
    name = matter_name(basis.facts)
    heard = (basis.content.topics[topic] for topic in basis.today.titles)
    names = (word for topic in heard for word in cue_words(f"{topic.called} {topic.id}"))
    return name if name.rpartition(" ")[2] in names else ""


def _main_topics(basis: PlanBasis) -> Mapping[str, str]:
    """Today's topics by id, of those heard by a word alone only what they begin with: of `I'm
    Gary's boss` behind what Gary did, or of `snapped at my lad` behind a week of work, little more
    is known. In the first session, where they don't know yet what they came for, none of these."""
    facts, library = basis.facts, basis.content.topics
    first_words = "" if basis.position.first else next(iter(sentences_said(facts.matters_most)), "")
    titles = basis.today.titles
    by_word = {
        name: library[name]
        for name in titles
        if name in library and not library[name].segments and name not in facts.about
    }
    said = {topic.id for topic in heard_topics(by_word, facts.brought)}
    in_passing = said - {topic.id for topic in heard_topics(by_word, first_words)}
    return {name: title for name, title in titles.items() if name not in in_passing}


def _topics(basis: PlanBasis) -> Mapping[str, str]:
    """Titles by id of today's topics. Beside them plain questions that fit any matter stay with
    what they bring, unless the day is hard to bear, or the last of several. From the second session
    on, whoever sent nothing beforehand has named it by then: it is the first thing they are asked.
    """
    titles = _main_topics(basis)
    if basis.position.first:
        titles = {name: title for name, title in titles.items() if name != CHOICE}
    grief = {topic.id: topic.title for topic in basis.today.hard_topics if topic.id == GRIEF}
    if grief or basis.care.holding:
        return grief  # Beside a death nothing is asked of a hearing or a rota.
    matter = basis.content.topics.get(THEIR_MATTER)
    # On the first hard day that is what they bring; on a later one it may be a letter.
    first_hard = basis.care.bears_today and not basis.today.hard_day_lately
    if matter is None or first_hard or basis.position.parting:
        return titles
    facts = basis.facts
    well = _does_well(facts, basis.today, basis.care)
    # To be bored is a topic of its own only where they bring nothing else.
    staying = any(basis.content.topics[topic].segments for topic in titles)
    if _is_bored(facts) and not (basis.care.gentle or staying):
        titles = {**titles, BORED: basis.content.topics[BORED].title}
    named = names_matter(facts, basis.care) or well
    brought = named if facts.brought else bool(facts.last)
    return {**titles, matter.id: matter.title} if brought else titles


def _numbers_out(basis: PlanBasis) -> tuple[str, ...]:
    """Questions for a number, which nobody is asked while somebody may be in danger (R131)."""
    if not basis.care.danger_today:
        return ()
    return tuple(
        question.id
        for bank in basis.content.banks
        for question in bank.questions
        if question.anchors
    )


def _told_occasions(basis: PlanBasis) -> frozenset[str]:
    """What their words and the records tell, of the things some questions presuppose."""
    today, care = basis.today, basis.care
    told = {
        LATELY: today.burdened_lately,
        BLAME: today.harm_told,
        LOSS: today.loss_told,
        WELL: _does_well(basis.facts, today, care),
        BORED: _is_bored(basis.facts) and not care.gentle,
        REQUEST: names_wish(basis.facts.brought),
        HEAVY_GOING: care.tired or care.gentle,
        TWO_WAYS: today.names_ways,
        DECIDED: today.decided,
    }
    return frozenset(occasion for occasion, is_told in told.items() if is_told)


def _occasions(basis: PlanBasis) -> frozenset[str]:
    """What holds today, of the things some questions presuppose (see `questions`)."""
    facts, place, care = basis.facts, basis.position, basis.care
    occasions = {"first-session"} if place.first else set()
    if place.last:
        occasions.add("closing")
    if care.holding:
        occasions.add("holding")
    if care.bears_something or care.danger_before or care.treads_softly:
        occasions.add(GENTLE)
    if care.grave and not care.gentle_day:
        occasions.add(GRAVE)
    # The step that a hard session displaced comes now (R128), gently; of somebody of whom nobody
    # has heard how they come, nothing is asked yet.
    unheard = care.hard_last_time and not (facts.brought or facts.energy or facts.holding_answered)
    if not (place.last or care.holding):
        if care.bears_today or unheard:
            occasions.add(HARD)
        elif care.gentle_day:
            occasions.add(AFTER_HARD)
    if facts.scenario:
        occasions.add(facts.scenario)
    if facts.answer_due:
        occasions.add(ANSWER_DUE)
    if any(exercise.case in TRIED for exercise in facts.exercises):
        occasions.add("tried")
    if facts.last:
        occasions.add("returning")
        occasions |= {commitment.status for commitment in facts.promises}
        # Questions on a standstill are silent while a referral stands.
        waited = any(commitment.misses >= MISSES for commitment in facts.promises)
        if waited and not facts.referrals:
            occasions.add("missed_twice")
    if any(trigger.sign == "stalled" for trigger in facts.signs):
        occasions.add("stalled")
    return frozenset(occasions)


def _is_bored(facts: Facts) -> bool:
    """Whether what they bring says that they are bored, or how they come."""
    return bool(_BORED.search(f"{facts.brought} · {facts.mood}"))


def _tells_reply(facts: Facts) -> bool:
    """Whether what they bring says how somebody will answer: `hes gonna be weird about it`."""
    return bool(_REPLY.search(facts.brought))


def _does_well(facts: Facts, today: TopicsToday, care: Care) -> bool:
    """Whether they come cheerful, and nothing that is on record is hard."""
    mood = facts.mood.casefold()
    cheerful = bool(_CHEERFUL.search(mood)) and not _MIXED.search(mood)
    hard = care.gentle or care.any_holding or care.tired or care.danger_before or care.referred
    told = today.burdened_lately or today.harm_told or today.loss_told
    return cheerful and not (hard or today.heavy or told)
