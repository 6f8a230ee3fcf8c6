"""Which topics are heard in what somebody says or has written, and which are only named in it
(R120, R131)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from trajplan.content.model import ANY_WORD, SENTENCE_END, CueWords, Topic
from trajplan.text import WORD_GROUPS, WordPlaces, cue_words, pattern, said_words

SAFETY = "safety"
ASKS_FIRST = (SAFETY, "holding")
"""What topics propose that are no topics: the coach is asked something first (R131)."""
VIOLENCE = "violence"
"""The topic of somebody who hurts or threatens them at home: a danger that is asked about in words
of its own."""
FIRST = (SAFETY, VIOLENCE, "grave-news")
"""Heard with others, these come first."""
CARE = "care"
"""What a topic proposes that draws no questions: what is heard is hard to say."""
WEIGHS = "weighs"
"""What a topic proposes whose broad words tell of something hard on a low day alone."""
MOOD = "mood"
"""What a topic proposes that is read in the mood alone, which then says that the day is heavy."""
NOTE, PERSON = "note", "person"
"""What topics propose that are read in notes alone: what was agreed for somebody's safety, and whom
a note speaks of."""
LOSS = "loss"
"""What topics propose that tell of a loss, however long ago it was said, and are no news."""
ROLE_PLAY = "role-play"
"""What a topic proposes that is a talk to be practised, and the id of the blueprint for it."""
HEARING, CHOICE, GRIEF = "hearing", "choice", "grief"
"""The topics of somebody accused and of somebody who sees several ways to go, and what is heard
where somebody has died."""
OTHERS_DOING = frozenset({"unfair-treatment", "redundancy", HEARING})
"""Topics in which the trouble lies with others."""
DAY_AHEAD, TALK_AHEAD, GOING_BACK = "day-ahead", "talk-ahead", "going-back"
"""The topics of a day and of a talk that is coming up, and of going back to work."""
DYING = "dying"
"""The topic of somebody who is dying, until they have died or are well again."""
DECISIONS = ("offer", "resigning")
"""The topics whose words say that somebody has decided, whatever it is about."""
MONEY = "money"
"""The topic that only the client's own questions raise."""
_GROUP = pattern(r"\{[\w'’]+\}")
GO_ON_BEHIND_NO = frozenset(
    cue_words(
        "and but or so to because cos as again thanks thank straight outright flat flatly twice "
        "then after at in on for this that the last when which until yesterday today tonight "
        "anyway already either just now sorry chance way luck joy by with i im ive we he she they "
        "it its my y pero porque a"
    )
)
"""What may follow a no that refuses something; a noun says what there is none of: `they said no
neglect`."""
SENTENCE_ENDS = frozenset(".!?;·")


def is_topic(topic: Topic) -> bool:
    """Whether what is heard is something to work on, and draws questions."""
    return topic.proposes not in (*ASKS_FIRST, CARE, WEIGHS, MOOD, NOTE, PERSON, LOSS)


def proposing(topics: Mapping[str, Topic], kinds: Sequence[str]) -> dict[str, Topic]:
    """The topics that propose one of these."""
    return {name: topic for name, topic in topics.items() if topic.proposes in kinds}


def spoken_topics(topics: Mapping[str, Topic]) -> dict[str, Topic]:
    """The topics that a client may bring on any day: not what is read in notes or records alone, or
    on a low day."""
    unspoken = (WEIGHS, MOOD, NOTE, PERSON, LOSS)
    return {name: topic for name, topic in topics.items() if topic.proposes not in unspoken}


class HeardTopic(Struct, frozen=True):
    """A topic that was raised, and the cues that raised it."""

    id: str
    words: tuple[str, ...]
    shown: tuple[str, ...] = ()
    """The cues as a page shows them, each with the word that was said for a group of words."""


def heard_topics(topics: Mapping[str, Topic], text: str) -> tuple[HeardTopic, ...]:
    """Topics that the text raises: safety, then grave news, then the others by id."""
    if not text:
        return ()
    said = WordPlaces([*_with_ends(said_words(text))])
    heard = (
        HeardTopic(topic.id, tuple(words), tuple(dict.fromkeys(words.values())))
        for topic in topics.values()
        if (
            words := {
                cue: _as_said(cue, said.words, place)
                for cue, place in _meant(topic.words.cues, topic, said)
            }
        )
    )
    return tuple(sorted(heard, key=lambda topic: (topic.id not in FIRST, topic.id)))


def _as_said(cue: str, words: Sequence[str], place: tuple[int, int]) -> str:
    """The cue with the words that were said for its groups: `lost mum` for `lost {kin}`."""
    shown = cue.removesuffix(SENTENCE_END)
    cued = cue_words(cue)
    for group in _GROUP.findall(cue):
        said = words[place[0] + cued.index(cue_words(group)[0])]
        shown = shown.replace(group, f"{said[:-1]}'s" if "'" in group else said, 1)
    return shown


def _with_ends(words: Iterable[str]) -> Iterator[str]:
    """The words with a full stop wherever a sentence ends, however it ends, and behind the last."""
    for word in words:
        if word in SENTENCE_ENDS and word != SENTENCE_END:
            yield SENTENCE_END
        yield word
    yield SENTENCE_END


def settled_topics(topics: Iterable[Topic], text: str) -> frozenset[str]:
    """Ids of the topics of which the words say that the matter is decided or over."""
    said = WordPlaces(said_words(text))
    return frozenset(
        topic.id for topic in topics if any(True for _ in _meant(topic.words.settled, topic, said))
    )


def _meant(
    phrases: CueWords, topic: Topic, said: WordPlaces
) -> Iterator[tuple[str, tuple[int, int]]]:
    """Those of the phrases that occur and mean what they say, and where."""
    places = list(_places(phrases, said))
    figures: dict[int, list[tuple[int, int]]] = {}
    """By each word that they take up: whoever writes at length has hundreds of both."""
    for _, figure in _places(topic.words.figures, said) if places else ():
        for index in range(*figure):
            figures.setdefault(index, []).append(figure)
    for cue, place in places:
        if said.words[place[1] - 1] == "no" and _is_of_a_noun(said.words[place[1] :]):
            continue
        beside = (figure for index in range(*place) for figure in figures.get(index, ()))
        if not any(_covers(figure, place) for figure in beside):
            yield cue, place


def _is_of_a_noun(behind: Sequence[str]) -> bool:
    """Whether a `no` with these words behind it belongs to what comes next, and refuses nothing."""
    following = "".join(behind[:1])
    is_day = following in WORD_GROUPS["{day}"]
    return following.isalnum() and not (is_day or following in GO_ON_BEHIND_NO)


def _places(phrases: CueWords, said: WordPlaces) -> Iterator[tuple[str, tuple[int, int]]]:
    """Each phrase that occurs, and where."""
    firsts = {ANY_WORD, *(phrases.keys() & said.known)}
    begun = (phrase for first in firsts for phrase in phrases.get(first, ()))
    for phrase in sorted(begun, key=lambda phrase: phrase.place):
        for span in said.spans(phrase.words):
            yield phrase.text, span


def _covers(figure: tuple[int, int], cue: tuple[int, int]) -> bool:
    """Whether a figure of speech takes a cue with it: they overlap, and it is no mere part."""
    overlaps = figure[0] < cue[1] and cue[0] < figure[1]
    is_part = cue[0] <= figure[0] and figure[1] <= cue[1] and figure != cue
    return overlaps and not is_part
