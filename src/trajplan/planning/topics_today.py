"""Today's topics, and what they ask of the coach (R131); how they are heard, `heard_topics.py`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from trajplan.content.model import Topic
from trajplan.planning.heard_forms import (
    goes_back,
    is_from_diary,
    names_choice,
    names_talk,
    names_two,
)
from trajplan.planning.heard_topics import (
    ASKS_FIRST,
    CARE,
    CHOICE,
    DAY_AHEAD,
    DECISIONS,
    DYING,
    FIRST,
    GOING_BACK,
    GRIEF,
    HEARING,
    LOSS,
    MONEY,
    MOOD,
    OTHERS_DOING,
    SAFETY,
    TALK_AHEAD,
    VIOLENCE,
    WEIGHS,
    HeardTopic,
    heard_topics,
    is_topic,
    proposing,
    settled_topics,
    spoken_topics,
)
from trajplan.planning.kept_in_mind import FromIntake
from trajplan.planning.plan import PlannedTopic, Proposal
from trajplan.planning.plan_inputs import CameLately, Facts
from trajplan.records.model.sessions import SAFETY_SAID
from trajplan.text import WORD_GROUPS, cue_words, pattern

_GOOD_TOO = pattern(
    r"(?<!not )(?<!no )\b(?:good|better|happy|excited|glad|proud|relieved|hopeful|ok|okay|fine|"
    r"al(?:l )?right|lighter|calmer|cheerful)\b",
    re.IGNORECASE,
)
_YEARS_AGO = pattern(
    r"\b(?:years?|yrs?|decades?) (?:ago|back|since|later)\b|\b(?:long|ages) ago\b"
    r"|\bin my (?:teens|twenties|thirties|forties|20s|30s|40s)\b"
    r"|\bas an? (?:kid|child|boy|girl|teenager)\b"
    r"|\bwhen i was (?:a|little|young|small|at|in|about|\d)"
    r"|\bvor (?:\w+ )?Jahren\b|\bhace (?:\w+ )?años\b",
    re.IGNORECASE,
)
"""What says, beside something hard, that it is no news."""
_THESE_DAYS = pattern(
    r"\b(?:yesterday|today|tonight|tomorrow|now|just|is back|it['’]s back|currently|still|"
    r"recently|lately|(?:this|last|next) \w+|on \w+day|(?:days|weeks|months) ago|"
    r"heute|gestern|jetzt|hoy|ayer|ahora)\b",
    re.IGNORECASE,
)
_A_SENTENCE = pattern(r"(?<=[.!?…;])\s+|\s*\n\s*| · ")
"""Between sentences as people type them, who begin one with a small letter too."""
_YEAR = pattern(r"\b(?:19|20)\d\d\b")
YEARS_OF_NEWS = 1
"""Calendar years before this one of which something may still be news."""
_OWN = frozenset(cue_words("widow widowed widower friend partner parents"))
"""Words of a cue that say whom somebody has lost, beside those of their family."""
UNNAMED_LOSS = "person"
"""The noun in questions about whom they have lost: a patient is none whom a coach asks about so."""
_APOSTROPHE = pattern(r"['’]")
SAID_OF_GOING_BACK = (TALK_AHEAD, DAY_AHEAD, HEARING, "feedback", "burnout")
"""Topics that tell of how somebody goes back to work, beside which nothing is asked of them."""
ANNIVERSARY, HARD_ANNIVERSARY = "anniversary", "hard-anniversary"
"""The topic of a day that comes round, in words that say nothing to anybody else, and of one on
which somebody's death comes back."""
TELL_OF_LOSS = frozenset(["grave-news", GRIEF, HARD_ANNIVERSARY])
"""Topics that tell of a loss as well, beside those that propose one."""
IN_A_FEW_WORDS = 2
"""So many words of a first sentence at most only lead up to the next: `Dunno. The interview`."""
MOST_TOPICS = 3
"""Topics of the intake that draw questions into the first session."""
SAFETY_NOTE = (
    "Ask directly whether they think of ending their life or harming somebody. Stay with them. Find"
    " out who can help now, and call for help where it cannot wait. Nothing else matters today"
)
UNSAFE_NOTE = (
    "Ask directly whether they are safe at home now, and who may be in danger with them. Stay with"
    " them. Find out who can help now, and call for help where it cannot wait. Nothing else matters"
    " today"
)
GRAVE_NOTE = (
    "This sounds like grave news. Ask the client in the room: be with it today, or work as planned?"
    " With --no-holding it stays as planned"
)


THANKS = "Thank you for telling me."
"""What is said to something hard that no topic answers."""


class TopicsToday(Struct, frozen=True, kw_only=True):
    """Today's topics, and what is put to the coach before anything is planned with them."""

    topics: tuple[PlannedTopic, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    """Safety first, then grave news."""
    hard_topics: tuple[PlannedTopic, ...] = ()
    """What is hard to say and no topic to work on: a rejection, tears, shame."""
    heavy: bool = False
    """What they bring today is hard to say, or worse, whatever the coach has decided since."""
    says: tuple[str, ...] = ()
    """What the coach says to that, and to grave news, before anything is asked."""
    heavy_mood: bool = False
    """Their mood says that the day is heavy: `raw`, `like stone`."""
    weighs: bool = False
    """Something they bring would weigh on them on a low day: an accident, a statement, hands that
    won't."""
    everyday: bool = False
    """What they bring begins with an everyday matter of work or family, or the coach has named
    one: behind something else it may only say how that came about, `we were short-staffed`."""
    told: bool = False
    """Their words tell of what is hard, or the coach has named it, and not their mood alone: nobody
    is thanked for telling who has told nothing."""
    settled: frozenset[str] = frozenset()
    """Ids of the topics that are decided or over, by what they say or have done since."""
    names_ways: bool = False
    """Their words, or those with which they came, name two things to choose between."""
    decided: bool = False
    """What they bring says that something is decided, whatever it is: `said yes to Hartleys`."""
    unsaid: frozenset[str] = frozenset()
    """Nouns of the topics that they have not said: what holds one would tell them of an offer where
    they spoke of an answer."""
    burdened_lately: bool = False
    """What they brought to one of the last two sessions, or wrote in the intake, was hard to
    bear."""
    hard_day_lately: bool = False
    """What they brought to one of the last two sessions was hard to bear."""
    hard_lately: bool = False
    """One of the last two sessions heard grave news, or held them."""
    grave_lately: bool = False
    """What was said in one of the last two sessions was grave news."""
    harm_told: bool = False
    """What they bring, or what the records hold of any session or the intake, tells of harm, blame,
    a hearing or grave news."""
    loss_told: bool = False
    """What they bring, or what the records hold of any session or the intake, tells of a death, an
    illness, the end of a marriage or other grave news."""
    dying: bool = False
    """Somebody is dying, as far as the records tell; the coach has not planned as usual since."""
    danger_pinned: bool = False
    """Somebody may have been in danger, and the coach has not unpinned the note on it."""
    unsafe: bool = False
    unsafe_lately: bool = False
    unsafe_pinned: bool = False
    """The danger that they speak of today, spoke of lately, or that is pinned is somebody who hurts
    or threatens them at home."""

    @property
    def titles(self) -> Mapping[str, str]:
        """Titles by id."""
        return {topic.id: topic.title for topic in self.topics}

    @property
    def danger(self) -> bool:
        """Whether a safety note stands: nothing else matters then, least of all a number."""
        return any(proposal.kind == SAFETY for proposal in self.proposals)

    @property
    def asks_coach(self) -> bool:
        """Whether the coach is asked something first: no belief, no overdue promise until then."""
        return bool(self.proposals)


def speaks_of_danger(topics: Mapping[str, Topic], said: str) -> bool:
    """Whether words speak of not wanting to live, or of harming somebody (R131)."""
    return _proposes(topics, [said], (SAFETY,))


def topics_today(library: Mapping[str, Topic], facts: Facts, energy: str = "") -> TopicsToday:
    """Topics heard in what matters most or is taken up, and those the coach named; nothing is
    guessed. `energy`: how they come, where it is not as the check-in says."""
    topics = spoken_topics(library)
    said = " · ".join(words for words in (facts.matters_most, facts.taken_up) if words)
    weighing = proposing(library, (WEIGHS,))
    weighs = {topic.id: topic.shown for topic in heard_topics(weighing, said)}
    heavy_mood = _is_heavy(library, facts.mood)
    told = {topic.id: topic.shown for topic in heard_topics(topics, said)}
    if (energy or facts.energy) == "low" or heavy_mood:
        topics |= weighing
        told |= weighs
    told = {**_hard_anniversary(library, facts, said), **told}
    # A mood is no topic to work on, but grave words are heard wherever they are typed.
    heavy = {name: topic for name, topic in topics.items() if not is_topic(topic)}
    today = told | {topic.id: topic.shown for topic in _arrives_with(heavy, facts.mood)}
    written = {topic.id: topic.shown for topic in _written_before(topics, facts)}
    heard = {**written, **today}
    # What the coach has named comes first; a topic whose file is gone raises nothing.
    ids = [name for name in dict.fromkeys((*facts.about, *today, *written)) if name in topics]
    heavy_today = any(not is_topic(topics[name]) for name in today)
    if not heavy_today:
        forms = {CHOICE: names_choice, TALK_AHEAD: names_talk}
        heard_by_form = (name for name, names in forms.items() if names(facts.matters_most))
        ids += [name for name in heard_by_form if name in topics and name not in ids]
        if not (ids or weighs) and DAY_AHEAD in topics and is_from_diary(facts.matters_most):
            ids = [DAY_AHEAD]
    if GOING_BACK in topics and (GOING_BACK in ids or goes_back(facts.matters_most)):
        ids = _going_back_leads(ids, facts.about)
    asking = [name for name in ids if topics[name].proposes in ASKS_FIRST]
    asking.sort(key=lambda name: topics[name].proposes != SAFETY)
    hard_topics = [name for name in ids if topics[name].proposes in (CARE, WEIGHS)]
    proposals = tuple(
        _proposal(topics[name], heard.get(name, ()))
        for name in asking
        if topics[name].proposes == SAFETY or not (facts.holding_answered or facts.check_in_holding)
    )
    grave = proposing(topics, ("holding",))
    only_written = (grave.keys() & written.keys()) - {*today, *facts.about}
    settled = settled_topics([topics[name] for name in ids], _known_since(facts))
    danger_pinned = bool(facts.last and facts.last.danger_before) and any(
        speaks_of_danger(topics, note.text) for note in facts.pinned
    )
    # A session that looks at a danger once more has asked already how they have been.
    asked_after = ("holding",) if danger_pinned else ASKS_FIRST
    grave_lately = _proposes(topics, facts.brought_lately, asked_after)
    hard_day_lately = _had_hard_day_lately(library, facts)
    return TopicsToday(
        topics=tuple(
            PlannedTopic(
                id=name,
                title=topics[name].title,
                words=heard.get(name, ()),
                intake=name in written and name not in (*today, *facts.about),
            )
            for name in ids
            if is_topic(topics[name])
        ),
        proposals=proposals,
        heavy=heavy_today,
        hard_topics=tuple(
            PlannedTopic(id=name, title=topics[name].title, words=heard.get(name, ()))
            for name in hard_topics
            if name not in written or name in (*today, *facts.about)
        ),
        heavy_mood=heavy_mood,
        weighs=bool(weighs),
        everyday=_is_everyday(topics, facts.about) or _begins_everyday(topics, said),
        told=any(name in told or name in facts.about for name in hard_topics),
        says=tuple(
            dict.fromkeys(
                # Of what they wrote weeks ago nobody is told today that the coach is sorry.
                THANKS if said and name in only_written else topics[name].says
                for name in (*asking, *hard_topics)
                if topics[name].says
            )
        ),
        settled=settled,
        names_ways=names_two(" · ".join((said, *_told_of_choice(topics, facts)))),
        decided=bool(settled_topics([topics[name] for name in DECISIONS if name in topics], said)),
        unsaid=_unsaid([topics[name] for name in ids if name not in facts.about], facts)
        | _unnamed_loss(heard.get(GRIEF, ()), named=GRIEF in facts.about),
        burdened_lately=hard_day_lately or _wrote_of_hard_times(topics, facts),
        hard_day_lately=hard_day_lately,
        hard_lately=facts.holding_lately or grave_lately,
        grave_lately=grave_lately,
        harm_told=hard_day_lately or bool(hard_topics) or _tells_of_harm(topics, facts),
        loss_told=_tells_of_loss(library, facts),
        dying=_tells_of_dying(library, facts),
        danger_pinned=danger_pinned,
        unsafe=_is_only_violence(topics, asking),
        unsafe_lately=_is_only_violence(topics, _heard_in(topics, facts.brought_lately)),
        unsafe_pinned=_is_only_violence(
            topics, _heard_in(topics, [note.text for note in facts.pinned])
        ),
    )


def _is_everyday(topics: Mapping[str, Topic], ids: Iterable[str]) -> bool:
    """Whether one of these is an everyday matter."""
    return any(
        name in topics
        and is_topic(topics[name])
        and name not in (*OTHERS_DOING, DAY_AHEAD, GOING_BACK)
        for name in ids
    )


def _begins_everyday(topics: Mapping[str, Topic], said: str) -> bool:
    """Whether their first sentence speaks of an everyday matter; one of a word or two only leads up
    to the next."""
    sentences = _A_SENTENCE.split(said)
    begins = (index for index, part in enumerate(sentences) if len(part.split()) > IN_A_FEW_WORDS)
    first = " ".join(sentences[: next(begins, 0) + 1])
    heard = (topic.id for topic in heard_topics(topics, first))
    return _is_everyday(topics, heard)


def _going_back_leads(ids: Sequence[str], named: Collection[str]) -> list[str]:
    """Going back first, without what only tells how that came about and what is said there: the
    warning, and the talk with the boss. What the coach has named stays before it."""
    others = [name for name in ids if name not in (GOING_BACK, *named)]
    return [*named, GOING_BACK, *(name for name in others if name not in SAID_OF_GOING_BACK)]


def _heard_in(topics: Mapping[str, Topic], texts: Iterable[str]) -> Iterator[str]:
    """The topics of danger that any of the texts speaks of."""
    danger = proposing(topics, (SAFETY,))
    return (topic.id for text in texts for topic in heard_topics(danger, text))


def _is_only_violence(topics: Mapping[str, Topic], heard: Iterable[str]) -> bool:
    """Whether the danger that is heard is somebody who hurts them, and none to their own life."""
    return {name for name in heard if topics[name].proposes == SAFETY} == {VIOLENCE}


def _told_of_choice(topics: Mapping[str, Topic], facts: Facts) -> list[str]:
    """The lines of what they came for that tell of several ways to go."""
    choice = {name: topic for name, topic in topics.items() if name == CHOICE}
    goals = (goal.path[-1] for goal in facts.goals)
    came_for = (*_written(facts), facts.destination, *facts.priorities, *goals)
    return [line for line in came_for if heard_topics(choice, line)]


def _arrives_with(heavy: Mapping[str, Topic], mood: str) -> tuple[HeardTopic, ...]:
    """What a mood tells that is heavy: `empty` is how somebody feels, and not a shop. Danger and
    grave news count in any mood, what is only hard to say in none that is good too (`shaky but
    good`, `sick, in a good way`)."""
    if not mood:
        return ()
    counts = proposing(heavy, ASKS_FIRST) if _GOOD_TOO.search(mood) else heavy
    return heard_topics(counts, f"feeling {mood}")


def _is_heavy(library: Mapping[str, Topic], mood: str) -> bool:
    """Whether a mood says that the day is heavy, and nothing of it is good."""
    heavy = proposing(library, (MOOD,))
    return not _GOOD_TOO.search(mood) and bool(heard_topics(heavy, mood))


def _unsaid(heard: Sequence[Topic], facts: Facts) -> frozenset[str]:
    """Nouns of topics of which the client has said none of the words, today or, in the first
    session, in the intake."""
    intake = (*facts.intake.background, *facts.intake.own_questions) if facts.intake else ()
    text = " ".join((facts.matters_most, facts.taken_up, *intake))
    said = cue_words(_APOSTROPHE.sub(" ", text))
    unsaid = set()
    for topic in heard:
        for noun, words in topic.nouns.items():
            spoken = {word for word in said if word.startswith(words)}
            if not spoken:
                unsaid |= {noun, f"{noun}s"}
            elif spoken == {f"{noun}s"}:
                unsaid.add(noun)  # Of two offers nobody says `the offer`.
    return frozenset(unsaid)


def _proposes(topics: Mapping[str, Topic], said: Sequence[str], kinds: Sequence[str]) -> bool:
    """Whether words raise a topic that proposes one of these."""
    return bool(heard_topics(proposing(topics, kinds), " · ".join(said)))


def _hard(topics: Mapping[str, Topic]) -> dict[str, Topic]:
    """The topics of what is hard to bear."""
    return {
        name: topic
        for name, topic in topics.items()
        if topic.proposes in (*ASKS_FIRST, CARE) or name == HEARING
    }


def _written(facts: Facts) -> tuple[str, ...]:
    """What they wrote at the start."""
    intake = facts.intake_on_record
    return (*intake.background, *intake.own_questions, *intake.fears, facts.stuck_point)


def _wrote_of_hard_times(topics: Mapping[str, Topic], facts: Facts) -> bool:
    """Whether what they wrote at the start is hard to bear, and not of years ago."""
    hard = _hard(topics)
    written = " · ".join(_written(facts))
    return bool(_heard_in_intake(hard, written, facts.date))


def _had_hard_day_lately(library: Mapping[str, Topic], facts: Facts) -> bool:
    """Whether one of the last two sessions held something hard, or a hard day came round in it."""
    hard, moods = _hard(library), (told.text for told in facts.told_before if told.kind == "mood")
    since = (told.text for told in facts.told_before if told.last)
    days = " · ".join((*facts.brought_lately, *since))
    return (
        facts.holding_lately
        or bool(heard_topics(hard, " · ".join(facts.brought_lately)))
        or any(_came_hard(library, came) for came in facts.came_lately)
        or bool(_hard_anniversary(library, facts, days))
        or any(_arrives_with(hard, mood) for mood in [*moods][:1])
    )


def _came_hard(library: Mapping[str, Topic], came: CameLately) -> bool:
    """Whether they came in a heavy mood or low, with something that weighs on such a day; after the
    first session with anything but an everyday matter."""
    heavy, low = _is_heavy(library, came.mood), came.energy == "low"
    if (heavy or low) and heard_topics(proposing(library, (WEIGHS,)), came.matters):
        return True
    unheard = bool(came.matters) and not _begins_everyday(spoken_topics(library), came.matters)
    return not came.first and (heavy or (low and unheard))


def _heard_in_intake(
    topics: Mapping[str, Topic], text: str, day: dt.date
) -> tuple[HeardTopic, ...]:
    """The topics that something written at the start raises; grave news, and what is hard to say,
    only where nothing beside it says that it was years ago."""
    news = proposing(topics, ("holding", CARE))
    others = {name: topic for name, topic in topics.items() if name not in news}
    sentences = _A_SENTENCE.split(text)
    recent = " · ".join(part for part in sentences if not _is_of_years_ago(part, day))
    return tuple(
        sorted(
            (*heard_topics(news, recent), *heard_topics(others, text)),
            key=lambda topic: (topic.id not in FIRST, topic.id),
        )
    )


def _is_of_years_ago(sentence: str, day: dt.date) -> bool:
    """Whether a sentence says `years ago` or names a year that is long over, and nothing that is of
    these days."""
    years = [int(year) for year in _YEAR.findall(sentence)]
    is_over = bool(years) and max(years) < day.year - YEARS_OF_NEWS
    return (is_over or bool(_YEARS_AGO.search(sentence))) and not _THESE_DAYS.search(sentence)


def _unnamed_loss(cues: Sequence[str], *, named: bool) -> frozenset[str]:
    """The noun for somebody they have lost, where they haven't said who it is: `he died` may be
    said of a patient, a customer or a dog. `named`: the coach says that it is grief."""
    own = _OWN.union(*(WORD_GROUPS[group] for group in ("{kin}", "{kins}")))
    is_own = any(not own.isdisjoint(cue_words(cue)) for cue in cues)
    return frozenset() if named or is_own or not cues else frozenset([UNNAMED_LOSS])


def _tells_of_harm(topics: Mapping[str, Topic], facts: Facts) -> bool:
    """Whether anything on record is hard to bear, however long ago it was said: of a harm that is
    six weeks old somebody still thinks when they are asked about doing things right."""
    if facts.holding_lately or any(told.kind == "held" for told in facts.told_before):
        return True
    hard = _hard(topics)
    moods = (facts.mood, *(told.text for told in facts.told_before if told.kind == "mood"))
    if any(_arrives_with(hard, mood) for mood in moods):
        return True
    said = (told.text for told in facts.told_before if told.kind != "mood")
    return bool(heard_topics(hard, " · ".join((*_brought(facts), *_written(facts), *said))))


def _brought(facts: Facts) -> tuple[str, ...]:
    """What they bring today and brought lately."""
    return (facts.matters_most, facts.taken_up, *facts.brought_lately)


def _tells_of_loss(library: Mapping[str, Topic], facts: Facts) -> bool:
    """Whether anything on record tells of a loss, however long ago it was said. What a session
    held may have been one, in whatever words it was told."""
    if facts.holding_lately or any(told.kind == "held" for told in facts.told_before):
        return True
    losses = {
        name: topic
        for name, topic in library.items()
        if (topic.proposes == LOSS and name != ANNIVERSARY) or name in TELL_OF_LOSS
    }
    return bool(heard_topics(losses, _all_told(facts)))


def _all_told(facts: Facts) -> str:
    """Everything they bring, wrote or said, and what was noted of it."""
    before = (told.text for told in facts.told_before)
    return " · ".join((facts.mood, *_brought(facts), *_written(facts), *before))


def _hard_anniversary(
    library: Mapping[str, Topic], facts: Facts, words: str
) -> dict[str, tuple[str, ...]]:
    """A day that comes round in these words, of somebody who the records tell has died: `saturday
    was 30 years` from a widow."""
    day, grief = library.get(ANNIVERSARY), library.get(GRIEF)
    if not (day and grief and HARD_ANNIVERSARY in library):
        return {}
    heard = heard_topics({ANNIVERSARY: day}, words)
    if not heard or not heard_topics({GRIEF: grief}, _all_told(facts)):
        return {}
    return {HARD_ANNIVERSARY: heard[0].shown}


def _tells_of_dying(library: Mapping[str, Topic], facts: Facts) -> bool:
    """Whether the newest that is known of somebody who was dying is that they still are. It ends
    where the coach has planned a later session as usual."""
    dying = library.get(DYING)
    if dying is None:
        return False
    today = " · ".join((facts.matters_most, facts.taken_up, facts.mood))
    at_the_start = (dt.date.min, " · ".join(_written(facts)))
    before = ((told.day or dt.date.min, told.text) for told in facts.told_before)
    for day, said in ((facts.date, today), *before, at_the_start):
        if settled_topics([dying], said):
            return False
        if heard_topics({DYING: dying}, said):
            return facts.planned_as_usual is None or day > facts.planned_as_usual
    return False


def _known_since(facts: Facts) -> str:
    """What says how far a matter is: their words today, and what they did since last time."""
    promises_kept = [
        " ".join((commitment.what, commitment.learned))
        for commitment in (facts.last.commitments if facts.last else ())
        if commitment.status == "done"
    ]
    return " · ".join((facts.matters_most, facts.taken_up, *promises_kept))


def _written_before(topics: Mapping[str, Topic], facts: Facts) -> list[HeardTopic]:
    """Topics of the intake and danger that is pinned, for the first session. What they bring on the
    day goes before what they wrote weeks ago, but for danger and grave news."""
    # With a session behind them, a pinned note on danger opens the day by itself.
    kept = [note.text for note in facts.pinned if note.text.startswith(SAFETY_SAID)]
    pinned = [] if facts.last else heard_topics(proposing(topics, (SAFETY,)), " · ".join(kept))
    if facts.intake is None:
        return [*pinned]
    written = [
        topic
        for topic in intake_topics(facts.intake, topics, facts.date)
        # A session held since has heard the grave news: nobody is sorry to hear it twice.
        if (topics[topic.id].proposes in ASKS_FIRST and not facts.last)
        or (not facts.matters_most and topics[topic.id].proposes not in ASKS_FIRST)
    ]
    return [*written, *(topic for topic in pinned if topic.id not in {own.id for own in written})]


def _proposal(topic: Topic, words: tuple[str, ...]) -> Proposal:
    if topic.proposes == SAFETY:
        return Proposal(
            kind=SAFETY,
            why=UNSAFE_NOTE if topic.id == VIOLENCE else SAFETY_NOTE,
            command="trajplan refer therapy --from -",
            words=words,
        )
    return Proposal(
        kind=topic.id,
        why=GRAVE_NOTE,
        command="trajplan check-in --holding",
        words=words,
    )


def intake_topics(
    intake: FromIntake, topics: Mapping[str, Topic], day: dt.date
) -> tuple[HeardTopic, ...]:
    """Topics that the intake raises on a day: those of the client's own questions first, then
    those it speaks of most. Danger is heard in everything, fears too; of years ago nothing is
    grave news."""
    danger = {name: topic for name, topic in topics.items() if topic.proposes == SAFETY}
    open_to_all = {name: topic for name, topic in topics.items() if name != MONEY}
    heard: dict[str, HeardTopic] = {}
    for lines, possible in (
        (intake.own_questions, topics),
        (intake.background, open_to_all),
        ((*intake.must_haves, *intake.fears), danger),
    ):
        raised = _heard_in_intake(possible, " · ".join(lines), day)
        for topic in sorted(raised, key=lambda topic: -len(topic.words)):
            heard.setdefault(topic.id, topic)
    asking = [topic for topic in heard.values() if topics[topic.id].proposes in ASKS_FIRST]
    others = [topic for topic in heard.values() if is_topic(topics[topic.id])]
    return (*asking, *others[:MOST_TOPICS])
