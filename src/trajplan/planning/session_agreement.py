"""What today is for: the client's own words said back, and an offer to begin there (R120, R131).

What can be said whole is said: a thing (`the rent`), all of what they brought, or one sentence of
it. What is hard to hear is answered before anything is asked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec.structs import replace

from trajplan.content.model import Prompt, Topic
from trajplan.planning.care import Care
from trajplan.planning.plan import PlannedPrompt, SessionAgreement
from trajplan.planning.prompts import say_prompt
from trajplan.planning.request import Facts
from trajplan.planning.spoken import (
    FEWEST_WORDS,
    NO_WORDS,
    QUOTED_WORDS,
    leading_clause,
    sentences_of,
)
from trajplan.planning.topics import heard_topics
from trajplan.planning.topics_today import TopicsToday, is_topic
from trajplan.text import cue_words, word_count

AGREEMENT = "agreement"
"""The prompt that offers the topic, and the kind of what is planned from it."""
ARTICLES = {"the": "the", "a": "a", "an": "an", "my": "your", "our": "your", "your": "your"}
"""With one of these and a word or two more, what the client typed is a thing that can be
mentioned."""
THINGS = frozenset(
    cue_words(
        "job role post offer interview talk meeting letter form review course team boss rent money "
        "week contract"
    )
)
"""What a thing of two words ends with: `the planning job`."""
ASK_UNLESS_SAID = (
    "outcome",
    "why now",
    "how we'll know",
)
ONE_WORD = frozenset(
    cue_words(
        "work money salary pay confidence family stress interviews applications feedback promotion "
        "redundancy retirement burnout leadership networking meetings time workload boundaries"
    )
)
"""What is a thing without an article."""
_NOTHING_NAMED = re.compile(
    r"\b(?:don['’]?t|do not|not)\b[^.?!]*\b(?:where to (?:start|begin)|what to (?:say|bring|talk "
    r"about))\b|\bnothing (?:really|much|special|in particular)\b"
    r"|^(?:(?:i )?(?:really )?(?:don['’]?t|do not) know|dunno|not sure|no idea|nothing|fine|ok|okay"
    r"|(?:the )?same as (?:last time|before|ever|usual)|the usual|whatever)"
    r"(?:,? (?:really|yet|tbh|to be honest))?[.!?…]*$",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\s*\([^()]*\)\s*$")
"""A bracket at the end of a sentence, which goes as a whole where the sentence is too long."""
_BUT = re.compile(r"(?:but|only|except|though|although|aber|pero)\b", re.IGNORECASE)
_OPEN_MATTER = re.compile(
    r"(?:whether|(?:how|what|when|where) to)\b"
    r"|(?!(?:some|any|every|no)?thing\b|during\b)[a-z]{2,}ing\b(?! (?:is|was|has)\b)",
    re.IGNORECASE,
)
"""`Whether to tell them`, `Deciding between two offers`."""
_ASKS = re.compile(
    r"^(?:what|how|why|when|where|who|which|is|am|are|do|does|did|can|could|should|shall|will|would|"
    r"was|were|wie|was|warum|wann|wo|wer)\b",
    re.IGNORECASE,
)


def agreement_prompt(
    prompts: Mapping[str, Prompt],
    facts: Facts,
    today: TopicsToday,
    care: Care,
    ends: str,
    *,
    topics: Mapping[str, Topic],
    parting: bool = False,
) -> tuple[PlannedPrompt, SessionAgreement]:
    """What the client brings, offered and not announced, in today's wording; without anything an
    open question, which says in the last session (`parting`) that it is the last.

    Grave news and worse are answered, and never offered as a topic; after a session that held
    something hard the client is asked how they have been.
    """
    brought = " ".join((facts.matters_most or facts.taken_up).split()).rstrip(".")
    case, words, phrases = _case(facts, today, care, topics, parting=parting)
    planned = say_prompt(prompts[AGREEMENT], case, facts.number, words, (phrases,))
    ask = f"{', '.join(ASK_UNLESS_SAID)}; until {ends}"
    # Lines for the eye, one below the other: the client's words in full, then what may be missing.
    beside = f"{brought}\n{ask}" if brought else ask
    return (
        replace(planned, kind=AGREEMENT, beside=beside),
        SessionAgreement(
            text=planned.text,
            matters=facts.matters_most or facts.taken_up,
            ask_unless_said=ASK_UNLESS_SAID,
            ends=ends,
        ),
    )


def _case(
    facts: Facts, today: TopicsToday, care: Care, topics: Mapping[str, Topic], *, parting: bool
) -> tuple[str, Mapping[str, str], Mapping[str, str]]:
    """Which wordings, the client's words that are quoted in them, and what is said as it stands."""
    brought = facts.matters_most
    asks = "last" if parting else "open"
    answer = _answer(facts, today, care)
    if answer and not (parting and answer.startswith("heard")):
        return answer, NO_WORDS, {"says": next(iter(today.says), "")}
    if answer or care.open or facts.holding or _NOTHING_NAMED.search(brought):
        return asks, NO_WORDS, NO_WORDS
    if not brought:
        return _not_brought(facts, today, asks)
    thing = _thing(sentences_of(brought)[0])
    if thing:
        return "offered", NO_WORDS, {"topic": thing}
    words = words_to_say(brought)
    told = _how_told(words)
    if _is_several(brought, topics):
        return "several", {"matters": words if words == brought else ""}, {"told": told}
    return "named", {"matters": words}, {"told": told}


def _answer(facts: Facts, today: TopicsToday, care: Care) -> str:
    """How what is hard to hear is answered before anything is asked; empty where nothing is."""
    if care.danger:
        return "danger"
    if today.says:
        several = "heard_several" if len(today.says) > 1 else "heard"
        return several if today.hard and not care.waits else "grave"
    asks_first = facts.last and facts.tender and (facts.last.danger or not facts.matters_most)
    return "after" if asks_first else ""


def _not_brought(
    facts: Facts, today: TopicsToday, asks: str
) -> tuple[str, Mapping[str, str], Mapping[str, str]]:
    """Where the client brings nothing: what was parked and is taken up, or a topic the coach
    named."""
    taken = [topic.text for topic in facts.parked if topic.taken]
    if taken:
        return "taken_up", {"parked": taken[0] if len(taken) == 1 else ""}, NO_WORDS
    if facts.about and today.topics:
        title = today.topics[0].title
        said = title if title[:2].isupper() else title[:1].lower() + title[1:]
        return "offered", NO_WORDS, {"topic": said}
    return asks, NO_WORDS, NO_WORDS


def _how_told(words: str) -> str:
    """What fits in front of the client's words: `You asked`, `You told me` a sentence, `You
    brought up` something to do."""
    if words.endswith("?") or (_ASKS.match(words) and not _OPEN_MATTER.match(words)):
        return "asked"
    return "brought up" if words and _OPEN_MATTER.match(words) else "told me"


def words_to_say(brought: str) -> str:
    """What of the client's words can be said back: all of them where they are short, else a
    sentence that stands by itself; empty where none is short enough."""
    sentences = sentences_of(brought)
    whole = word_count(brought) <= QUOTED_WORDS
    if whole and (len(sentences) <= 2 or word_count(sentences[0]) <= FEWEST_WORDS):
        return brought
    # What comes before a `but` is not what they mean.
    if _BUT.match(" ".join(sentences[1:2])):
        return ""
    short = [
        _ASIDE.sub("", text) if word_count(text) > QUOTED_WORDS else text for text in sentences
    ]
    clauses = [text for text in short if FEWEST_WORDS < word_count(text) <= QUOTED_WORDS]
    if short[0] in clauses:
        return short[0]
    if clauses:
        return max(clauses, key=word_count)
    if whole:
        return brought
    # A short beginning of a long sentence is hardly what it is about.
    clause = leading_clause(sentences[0], QUOTED_WORDS)
    return clause if 2 * word_count(clause) >= word_count(brought) else ""


def _is_several(brought: str, topics: Mapping[str, Topic]) -> bool:
    """Whether the client brings more than one matter: sentences that speak of different topics, or
    `everything at once`."""
    if re.search(r"\beverything at once\b", brought, re.IGNORECASE):
        return True
    of_topics = {name: topic for name, topic in topics.items() if is_topic(topic)}
    spoken_of = [
        {topic.id for topic in heard_topics(of_topics, sentence)}
        for sentence in sentences_of(brought)
        if word_count(sentence) > FEWEST_WORDS
    ]
    named = [ids for ids in spoken_of if ids]
    return word_count(brought) > QUOTED_WORDS and len(named) > 1 and not set.intersection(*named)


def _thing(words: str) -> str:
    """`my boss` → `your boss`, `the planning job`; empty where the words are not an article and a
    thing."""
    article, *rest = words.rstrip(" .!?…,;:").split() or [""]
    if not rest:
        return article.lower() if article.casefold() in ONE_WORD else ""
    known = ARTICLES.get(article.casefold(), "")
    plain = all(word.isascii() and word.isalpha() for word in rest)
    fits = len(rest) == 1 or (len(rest) == 2 and rest[1].casefold() in THINGS)
    return " ".join([known, *rest]) if known and plain and fits else ""
