"""Which topics are heard in what somebody says or has written, and which are only named in it
(R120, R131)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

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
INTERVIEWS, DAY_AHEAD, TALK_AHEAD = "interviews", "day-ahead", "talk-ahead"
GOING_BACK = "going-back"
"""The topics of an interview, of another day and of a talk that is coming up."""
GOING_WELL = "going-well"
"""The topic of somebody who does well and brings nothing else."""
DECISIONS = ("offer", "resigning")
"""The topics whose words say that somebody has decided, whatever it is about."""
MONEY = "money"
"""The topic that only the client's own questions raise."""
NOT = frozenset(cue_words("not isn't wasn't aren't never neither"))
"""Words that say, right before what a clause is about, that it isn't about that."""
AT_THE_BEGINNING = 3
"""Words of the clause up to that `not`: `so it's not`. Later ones deny something else."""
OF_A_CLAUSE = 60
"""Words on either side of a cue that belong to its clause at most."""
FILLERS = frozenset(cue_words("the my a an our about any really just even now"))
WORRIES = frozenset(cue_words("worries worry problem problems trouble troubles issue issues"))
SO_FAR = frozenset(cue_words("is are was were s all doing going both really just"))
"""What may stand between a thing and that it is fine."""
FINE = frozenset(cue_words("fine ok okay alright right sorted good great brilliant lovely"))
OF_ONES_OWN = frozenset(
    [
        *("new-role", "promotion", "redundancy", "retirement", "interviews", "resigning"),
        *("study", "applications", "job-search", "moving", "own-business", "hearing", "choice"),
    ]
)
"""Topics that are the client's only where the thing is theirs, and nobody else's."""
STUDY = "study"
"""The topic of studying and training."""
FROM_THERE = ("from", "since")
"""Before a place of studies: it says where somebody comes from (`the lad from the college`), or
since when something is so."""
FAMILY = "family"
"""The topic of those at home."""
SENT_THEM = frozenset(
    cue_words(
        "who booked suggested sent says said say thinks think thought reckons wants keeps told"
    )
)
"""Behind somebody of the family: they are why the client has come, or have a view of it, and are
not what it is about."""
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
IN_A_FEW_WORDS = 2
"""So many words of a first sentence at most only lead up to the next: `Dunno. The interview`."""
A_WORD = 2
"""Words of a cue that may be said in passing: `my son`, `the rent`; more say what it is about."""
NEVER_IN_PASSING = frozenset(["choice", "hearing", "redundancy", "unfair-treatment", "burnout"])
"""Topics that count wherever they are spoken of."""
WHOSE = frozenset(cue_words("his her their"))
OTHERS = frozenset(
    cue_words(
        "sister's brother's son's daughter's wife's husband's partner's mum's mom's dad's "
        "mother's father's friend's mate's colleague's boss's"
    )
)
OFTEN_MISTYPED = cue_words(
    "interview interviews redundancy redundant promotion promoted colleague colleagues application "
    "applications retirement disciplinary resigning resignation appraisal freelance feedback "
    "confidence exhausted maternity"
)
"""Long words of cues that no other word of the language comes near."""
SHORTEST_MISTYPED = 7
"""Letters of a word that is taken for one of these."""
LONG_AGO = ("years ago", "last year", "a while back", "ages ago", "back in the day")


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
    said = WordPlaces([as_meant(word) for word in _with_ends(said_words(text))])
    heard = (
        HeardTopic(topic.id, tuple(words), tuple(dict.fromkeys(words.values())))
        for topic in topics.values()
        if (
            words := {
                cue: _as_said(cue, said.words, place) for cue, place in _raised_by(topic, said)
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


@cache
def as_meant(word: str) -> str:
    """The word, or the one of `OFTEN_MISTYPED` that it is but for a letter: `intervew`,
    `redundency`."""
    if len(word) < SHORTEST_MISTYPED or word in OFTEN_MISTYPED:
        return word
    return next((meant for meant in OFTEN_MISTYPED if _is_slip(word, meant)), word)


def _is_slip(typed: str, meant: str) -> bool:
    """Whether one letter is missing, too many, another, or has changed places with the next; not
    the first letter, and no ending more."""
    if typed[0] != meant[0] or abs(len(typed) - len(meant)) > 1 or typed.startswith(meant):
        return False
    same = next(
        index
        for index in range(len(meant) + 1)
        if typed[index : index + 1] != meant[index : index + 1]
    )
    slip, right = typed[same:], meant[same:]
    swapped = slip[:2] == right[1::-1] and slip[2:] == right[2:]
    return swapped or slip[1:] == right[1:] or slip == right[1:] or slip[1:] == right


def settled_topics(topics: Iterable[Topic], text: str) -> frozenset[str]:
    """Ids of the topics of which the words say that the matter is decided or over."""
    said = WordPlaces(said_words(text))
    return frozenset(
        topic.id for topic in topics if any(True for _ in _meant(topic.words.settled, topic, said))
    )


def _raised_by(topic: Topic, said: WordPlaces) -> Iterator[tuple[str, tuple[int, int]]]:
    """The cues that raise the topic, and where. What is hard to say is heard however it is said."""
    meant = _meant(topic.words.cues, topic, said)
    if not is_topic(topic):
        return meant
    heard = [(cue, place) for cue, place in meant if not _said_otherwise(topic, said.words, place)]
    places = {place for _, place in heard}
    if len(places) == 1 and _said_in_passing(topic, said.words, *places):
        return iter(())
    return iter(heard)


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


def _said_otherwise(topic: Topic, words: Sequence[str], place: tuple[int, int]) -> bool:
    """Whether the clause says that it isn't this they want to talk about: `so not deputy`, `the
    money's fine`, `no money worries`, `my sister's new job`, or something of years ago."""
    start, end = place
    first, behind_last = max(start - OF_A_CLAUSE, 0), min(end + OF_A_CLAUSE, len(words))
    begins = next(
        (index + 1 for index in range(start - 1, first - 1, -1) if not words[index].isalnum()),
        first,
    )
    ends = next(
        (index for index in range(end, behind_last) if not words[index].isalnum()), behind_last
    )
    before, behind = words[begins:start], words[end:ends]
    leading = [word for word in before if word not in FILLERS]
    last, following = (leading or [""])[-1], (behind or [""])[0]
    does = words[end - 1].endswith("ed")  # `not promoted again` is about a promotion.
    if last in NOT and not does and len(leading) <= AT_THE_BEGINNING:
        return True
    if last == "no" and following in WORRIES:
        return True
    if topic.id == FAMILY and following in SENT_THEM:
        return True
    fine = [word for word in behind if word not in SO_FAR]
    if fine[:1] and fine[0] in FINE and len(fine) < len(behind):
        return True
    if topic.id == STUDY and last in FROM_THERE:
        return True
    if topic.id in (*OF_ONES_OWN, FAMILY) and last in (*WHOSE, *OTHERS):
        return True
    clause = f" {' '.join(words[begins:ends])} "
    return any(f" {ago} " in clause for ago in LONG_AGO)


def _said_in_passing(topic: Topic, words: Sequence[str], place: tuple[int, int]) -> bool:
    """Whether the one place where the topic is spoken of is beside the point: one of two ways to go
    (`van or the money`), or a sentence after another that has said what it is about."""
    start, end = place
    if topic.id in NEVER_IN_PASSING or end - start > A_WORD:
        return False
    last = next((word for word in reversed(words[:start]) if word not in FILLERS), "")
    behind = words[end : end + 2]
    if last == "or" or (behind[:1] == ["or"] and behind != ["or", "not"]):
        return True
    if topic.id == MONEY and _goes_on_with_or(words, end):
        return True  # `take the money and go, or stay`
    before = words[:start]
    if topic.id != FAMILY and last in SENTENCE_ENDS:
        return False  # `They want to see me. Interview's the 12th` says then what it is about.
    # What was taken up stands behind a point of its own.
    own = before[len(before) - before[::-1].index("·") :] if "·" in before else before
    ends = [index for index, word in enumerate(own) if word in SENTENCE_ENDS]
    return bool(ends) and sum(word.isalnum() for word in own[: ends[-1]]) > IN_A_FEW_WORDS


def _goes_on_with_or(words: Sequence[str], start: int) -> bool:
    """Whether the sentence names another way to go behind that place; `or not` is none."""
    ends = next(
        (index for index in range(start, len(words)) if words[index] in SENTENCE_ENDS), len(words)
    )
    behind = words[start:ends]
    return any(
        word == "or" and behind[index + 1 : index + 2] != ["not"]
        for index, word in enumerate(behind)
    )


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
