"""What today is for: topics heard, what they ask of the coach, the agreement (R120, R131)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from trajplan.content.model import Prompt, Topic
from trajplan.planning.first_session import ASKS_FIRST, SAFETY, intake_topics
from trajplan.planning.plan import PlannedPrompt, PlannedTopic, Proposal, SessionAgreement
from trajplan.planning.prompts import say_prompt
from trajplan.planning.request import Facts, PlanOptions
from trajplan.planning.topics import HeardTopic, heard_topics

AGREEMENT = "agreement"
"""The prompt that offers the topic, and the kind of what is planned from it."""
ARTICLES = {"the": "the", "a": "a", "an": "an", "my": "your", "our": "your", "your": "your"}
"""With one of these and a word more, what the client typed is a thing that can be mentioned."""
ASK_UNLESS_SAID = (
    "outcome",
    "why now",
    "how we'll know",
)
SAFETY_NOTE = (
    "Ask directly whether they think of ending their life or harming somebody. Stay with them. Find"
    " out who can help now, and call for help where it cannot wait. Nothing else matters today"
)
GRAVE_NOTE = (
    "This sounds like grave news. Ask the client in the room: be with it today, or work as planned?"
)


class TopicsToday(Struct, frozen=True, kw_only=True):
    """Today's topics, and what is put to the coach before anything is planned with them."""

    topics: tuple[PlannedTopic, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    """Safety first, then grave news."""

    @property
    def titles(self) -> Mapping[str, str]:
        """Titles by id."""
        return {topic.id: topic.title for topic in self.topics}

    @property
    def danger(self) -> bool:
        """Whether a safety note stands: nothing else matters then, least of all a number."""
        return any(proposal.kind == SAFETY for proposal in self.proposals)

    @property
    def waits(self) -> bool:
        """Whether the coach is asked something first: no belief, no overdue promise until then."""
        return bool(self.proposals)


def speaks_of_danger(topics: Mapping[str, Topic], said: str) -> bool:
    """Whether words speak of not wanting to live, or of harming somebody (R131)."""
    danger = {name: topic for name, topic in topics.items() if topic.proposes == SAFETY}
    return bool(heard_topics(danger, said))


def topics_today(topics: Mapping[str, Topic], facts: Facts) -> TopicsToday:
    """Topics heard in what matters most or is taken up, and those the coach named; nothing is
    guessed."""
    said = " · ".join(words for words in (facts.matters_most, facts.taken_up) if words)
    today = {topic.id: topic.words for topic in heard_topics(topics, said)}
    written = {topic.id: topic.words for topic in _written_before(topics, facts)}
    heard = {**written, **today}
    # What the coach has named comes first; a topic whose file is gone raises nothing.
    ids = [name for name in dict.fromkeys((*facts.about, *today, *written)) if name in topics]
    asking = [name for name in ids if topics[name].proposes in ASKS_FIRST]
    asking.sort(key=lambda name: topics[name].proposes != SAFETY)
    proposals = tuple(
        _proposal(topics[name], heard.get(name, ()))
        for name in asking
        if topics[name].proposes == SAFETY or not (facts.answered or facts.holding)
    )
    return TopicsToday(
        topics=tuple(
            PlannedTopic(
                id=name,
                title=topics[name].title,
                words=heard.get(name, ()),
                intake=name in written and name not in (*today, *facts.about),
            )
            for name in ids
            if name not in asking
        ),
        proposals=proposals,
    )


def _written_before(topics: Mapping[str, Topic], facts: Facts) -> list[HeardTopic]:
    """Topics of the intake, for the first session. What they bring on the day goes before what they
    wrote weeks ago, but for danger and grave news."""
    if facts.intake is None:
        return []
    return [
        topic
        for topic in intake_topics(facts.intake, topics)
        if not facts.matters_most or topics[topic.id].proposes in ASKS_FIRST
    ]


def _proposal(topic: Topic, words: tuple[str, ...]) -> Proposal:
    if topic.proposes == SAFETY:
        return Proposal(
            kind=SAFETY, why=SAFETY_NOTE, command="trajplan refer therapy --from -", words=words
        )
    return Proposal(
        kind=topic.id,
        why=GRAVE_NOTE,
        command="trajplan check-in --holding (or --no-holding)",
        words=words,
    )


def agreement_prompt(
    prompts: Mapping[str, Prompt],
    facts: Facts,
    options: PlanOptions,
    today: TopicsToday,
    ends: str,
    *,
    parting: bool = False,
) -> tuple[PlannedPrompt, SessionAgreement]:
    """The topic offered, not announced, in today's wording; without one an open question, which
    says in the last session (`parting`) that it is the last.

    Grave news and worse are never offered as a topic.
    """
    prompt = prompts[AGREEMENT]
    matters = " ".join((facts.matters_most or facts.taken_up).split()).rstrip(".")
    case, topic = "last" if parting else "open", ""
    if not (options.open or today.waits or facts.holding):
        topic = _topic(matters, today) if matters or facts.about else ""
        if matters or topic:
            told = "named" if facts.matters_most else "taken_up"
            case = "offered" if topic else told
    planned = say_prompt(prompt, case, facts.number, {}, ({"topic": topic},))
    ask = f"{', '.join(ASK_UNLESS_SAID)}; until {ends}"
    # Lines for the eye, one below the other: the client's words in full, then what may be missing.
    beside = f"{matters}\n{ask}" if matters else ask
    return (
        replace(planned, kind=AGREEMENT, beside=beside),
        SessionAgreement(
            text=planned.text,
            matters=facts.matters_most or facts.taken_up,
            ask_unless_said=ASK_UNLESS_SAID,
            ends=ends,
        ),
    )


def _topic(matters: str, today: TopicsToday) -> str:
    """What can be said to have been mentioned, in any sentence: the client's words where they are
    one thing (`the rent`), a thing they named on the way (`my boss`), or, where they said nothing,
    the topic the coach named. Empty: their words are not said back, since any grammar may be in
    them."""
    if not matters:
        title = today.topics[0].title if today.topics else ""
        return title if title[:2].isupper() else title[:1].lower() + title[1:]
    heard = [_named(cue, matters) for topic in today.topics for cue in topic.words]
    return next((thing for words in (matters, *heard) if (thing := _thing(words))), "")


def _named(cue: str, matters: str) -> str:
    """A cue with the article it has in the client's words; empty where it has none."""
    match = re.search(rf"\b(?:the|my|our) {re.escape(cue)}\b", matters, re.IGNORECASE)
    return match[0] if match else cue


def _thing(words: str) -> str:
    """`my boss` → `your boss`; empty where the words are not an article and one word."""
    article, _, noun = words.partition(" ")
    plain = noun.isascii() and noun.isalpha()
    article = ARTICLES.get(article.casefold(), "")
    return f"{article} {noun}" if article and plain else ""
