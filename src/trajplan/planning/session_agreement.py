"""What today is for: the client's own words said back, and an offer to begin there (R120, R131).

What can be said is said: a thing (`the rent`), or a sentence of theirs as it is told to them (`your
old boss rang`). What is hard to hear is answered before anything is asked.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from trajplan.content.model import Prompt, Topic
from trajplan.lint.phrases import heard
from trajplan.lint.promises import is_tender
from trajplan.lint.tellings import is_against_oneself
from trajplan.lint.verbs import is_past
from trajplan.lint.well_made import is_somebody
from trajplan.planning.care import Care
from trajplan.planning.heard_forms import talk_partner
from trajplan.planning.heard_topics import CHOICE, ROLE_PLAY, TALK_AHEAD, heard_topics, proposing
from trajplan.planning.named_matter import (
    DAYS,
    is_person,
    matter_alone,
    parked_name,
    thing_in,
    what_went_better,
)
from trajplan.planning.plan import PlannedPrompt, SessionAgreement
from trajplan.planning.plan_inputs import Facts
from trajplan.planning.prompts import say_prompt
from trajplan.planning.spoken import (
    FEWEST_WORDS,
    NO_WORDS,
    sentences_said,
    words_to_say,
)
from trajplan.planning.topics_today import TELL_OF_LOSS, THANKS, TopicsToday
from trajplan.text import cue_words, word_count

SHAME = "shame"
"""The topic of what somebody thinks badly of themselves for."""
AGREEMENT = "agreement"
"""The prompt that offers the topic, and the kind of what is planned from it."""
ASKS_HOW_THEY_ARE = ("at_a_loss", "unsure", "after", "after_danger", "after_unsafe")
"""Cases in which the client is asked how things are; no question asks it again."""
FEW_WORDS = 8
"""As many as `work. just. not wanting to go in` may have and still tell nothing yet."""
THANKED = "thanked"
"""The case in which none of what they bring can be said."""
OPENS = (
    *(THANKED, "offered", "named", "choice_heard"),
    *("unsure", "taken_up", "been"),
)
"""Cases in which what they bring is taken up at once."""
OPEN, LAST, LAST_GENTLY = "open", "last", "last_gently"
"""The cases in which the client is asked what to work on: in any session, in the last, and in the
last of somebody who would hear another ending in that word."""
NOTHING_BROUGHT = (OPEN, LAST, LAST_GENTLY)
ASK_UNLESS_SAID = (
    "the aim",
    "why now",
    "how you'll know",
)
SAID_FIRST = 600
"""Letters of what they bring in which they say that they don't know where to begin. The patterns
look from each word to the end of its sentence, which may be a page (R161)."""
_AT_A_LOSS = heard("brought", "at-a-loss")
_RELIEF = heard("brought", "relief")
_NOTHING_NAMED = heard("brought", "nothing-named")
_NO_MATTER = heard("brought", "no-matter")
_UNSURE = heard("brought", "unsure")
_TITLED = heard("brought", "titled")
_TALK_AHEAD = heard("brought", "talk-ahead", [" to ", "gotta "])
_SOMEBODY_DID = heard("brought", "somebody-did")
A_CHOICE = "the choice you have to make"
"""How it is called that they have to choose."""
TOLD_WHOLE = TELL_OF_LOSS | {"not-chosen"}
"""Topics of which nobody is asked what happened: a loss, and a refusal, which is all there is."""
NO_EVENTS = frozenset(
    cue_words(
        "felt was were been had thought knew wanted needed hated liked loved tired ashamed scared "
        "seemed supposed worried stressed exhausted burned depressed embarrassed disgusted kept "
        "understood meant used believed hoped wished missed grew slept cried wept sobbed woke "
        "struggled panicked need turned gained married noticed decided realised realized applied "
        "lived stayed worked tried looked started"
    )
)
"""Pasts that tell how somebody was, and no event."""


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
    brought = " ".join(facts.brought.split()).rstrip(".")
    case, words, phrases = _case(facts, today, care, topics, parting=parting)
    planned = say_prompt(prompts[AGREEMENT], case, facts.number, words, (phrases,))
    # After grave news or danger that would ask for the aim of it.
    missing = () if care.asks_coach else ASK_UNLESS_SAID
    return (
        replace(planned, kind="agreement", beside=brought, ask_unless_said=missing, ends=ends),
        SessionAgreement(
            text=planned.text,
            matters=facts.brought,
            ask_unless_said=missing,
            ends=ends,
        ),
    )


def _case(
    facts: Facts, today: TopicsToday, care: Care, topics: Mapping[str, Topic], *, parting: bool
) -> tuple[str, Mapping[str, str], Mapping[str, str]]:
    """Which wordings, the client's words that are quoted in them, and what is said as it stands."""
    brought = facts.matters_most
    last = LAST_GENTLY if care.spares_goodbyes else LAST
    asks = last if parting else OPEN
    answer = _answer(facts, today, care)
    if answer and not (parting and answer.startswith(("heard", "at_a_loss"))):
        return answer, NO_WORDS, {"says": _says(brought, answer, today, topics)}
    if answer or care.open or facts.check_in_holding:
        return asks, NO_WORDS, NO_WORDS
    if not brought:
        return _not_brought(facts, today, topics, asks)
    thing = thing_in(*sentences_said(brought)[:2])
    unsure = None if parting else _UNSURE.match(brought)
    behind = word_count(brought[unsure.end() :]) if unsure else 0
    if behind > FEW_WORDS and not is_tender(brought):
        return THANKED, NO_WORDS, {"topic": ""}
    if behind > FEWEST_WORDS:
        return "unsure", NO_WORDS, NO_WORDS
    if unsure or (_is_at_a_loss(brought) and not parting):
        return "at_a_loss", NO_WORDS, NO_WORDS
    if _names_nothing(brought) or (_NO_MATTER.search(brought) and not is_tender(brought)):
        return asks, NO_WORDS, NO_WORDS
    # Two things in the words of somebody who has only just come are no choice yet.
    has_choice = _has_to_choose(today) and facts.number > 1
    telling = "" if thing or care.spares_words else words_to_say(brought)
    if telling:
        return "named", NO_WORDS, {"telling": telling}
    if not (care.spares_words or has_choice) and (talk := _talk_ahead(brought)):
        return "named", NO_WORDS, {"telling": talk}
    if name := thing or matter_alone(brought) or what_went_better(brought):
        return "offered", NO_WORDS, {"person" if is_person(name) else "topic": name}
    # `That` would be a death, or what they have just been asked about.
    if is_tender(brought) or care.hard_lately or care.danger_pinned:
        return "choice_heard", NO_WORDS, NO_WORDS
    if name := _topic_named(brought, today, topics):
        return "offered", NO_WORDS, {"topic": name}
    if has_choice:
        return THANKED, NO_WORDS, {"topic": A_CHOICE}
    talks = any(topic.id == TALK_AHEAD for topic in today.topics)
    return THANKED, NO_WORDS, {"topic": _talk_with(brought) if talks else ""}


def _has_to_choose(today: TopicsToday) -> bool:
    """Whether they bring a choice that is still to be made."""
    return CHOICE not in today.settled and any(topic.id == CHOICE for topic in today.topics)


def _talk_with(brought: str) -> str:
    """`your talk with Phil`; empty where whom they mean isn't sure."""
    partner = talk_partner(brought)
    return f"your talk with {partner}" if partner else ""


def _topic_named(brought: str, today: TopicsToday, topics: Mapping[str, Topic]) -> str:
    """`the interview`, where that is the one topic they bring and they call it so."""
    practised = proposing(topics, (ROLE_PLAY,))
    topic = len(today.topics) == 1 and practised.get(today.topics[0].id)
    # `The talk` is what nobody calls it.
    return _talk_named(topic, brought) if topic and topic.id != TALK_AHEAD else ""


def _says(brought: str, answer: str, today: TopicsToday, topics: Mapping[str, Topic]) -> str:
    """What is said to what is hard to hear. Somebody who begins with what they think of themselves
    is thanked, whatever loss they name behind it: to be sorry would take it as a fact; so is who
    is relieved."""
    first = sentences_said(brought)[0]
    shame = {SHAME: topics[SHAME]} if SHAME in topics and answer.startswith("heard") else {}
    if shame and (is_against_oneself(first) or heard_topics(shame, first)):
        return shame[SHAME].says
    return THANKS if _RELIEF.search(brought) else next(iter(today.says), THANKS)


def _talk_ahead(brought: str) -> str:
    """`told me you need to talk to Sandra`, where they say that they mean to; empty where whom they
    mean isn't sure, or it is about a death or harm."""
    talk = _TALK_AHEAD.search(brought[:SAID_FIRST])
    who = talk["who"] if talk else ""
    # `dr patel` is a name however it is typed.
    who = who.title() if _TITLED.match(who) else who
    named = who[:1].isupper() or is_somebody(who) if who else False
    if not (talk and named) or is_tender(brought) or who.casefold() in DAYS:
        return ""
    wish = (talk["wish"] or "need").lower()
    you = "you're going" if wish == "going" else f"you {wish}"
    whom = f"your {who[3:]}" if who.casefold().startswith("my ") else who
    return f"told me {you} to talk to {whom}"


def names_matter(facts: Facts, care: Care) -> bool:
    """Whether the client has said what they want to talk about."""
    brought = facts.brought
    if not brought or care.open or care.danger_today or facts.check_in_holding:
        return False
    return not (_is_at_a_loss(brought) or _names_nothing(brought))


def tells_what_happened(brought: str) -> bool:
    """Whether their first whole sentence says what somebody did, `i left the gate locked`, so that
    they can be asked about that first; not of a death, or of what they felt."""
    first, *others = sentences_said(brought)
    # `Complaint. I went past the stop`
    leads_up = others and word_count(first) < FEWEST_WORDS
    told = _SOMEBODY_DID.match(others[0] if leads_up else first)
    verb = told["verb"].casefold() if told else ""
    happened = is_past(verb) or (verb.endswith("ed") and verb not in NO_EVENTS)
    return happened and verb not in NO_EVENTS and not is_tender(brought)


def _is_at_a_loss(brought: str) -> bool:
    return bool(_AT_A_LOSS.search(brought, 0, SAID_FIRST))


def _names_nothing(brought: str) -> bool:
    """Whether they say that they have nothing to begin with, and tell nothing else."""
    if not _NOTHING_NAMED.search(brought, 0, SAID_FIRST):
        return False
    told = [part for part in sentences_said(brought) if not _NOTHING_NAMED.search(part)]
    return not _tells_something(" ".join(told))


def _tells_something(brought: str) -> bool:
    """Whether it is more than a word on how they are."""
    return len(brought.split()) > FEW_WORDS


def _answer(facts: Facts, today: TopicsToday, care: Care) -> str:
    """How what is hard to hear is answered before anything is asked; empty where nothing is."""
    if care.danger_today:
        return "unsafe" if today.unsafe else "danger"
    if today.says:
        if today.hard_topics and not (today.told or care.asks_coach):
            return "arrived_telling" if _tells_something(facts.matters_most) else "arrived"
        told_whole = any(topic.id in TOLD_WHOLE for topic in today.hard_topics)
        happened = not told_whole and tells_what_happened(facts.matters_most)
        one = "heard_event" if happened else "heard"
        return one if today.hard_topics and not care.asks_coach else "grave"
    if facts.last and facts.last.danger:
        return "after_unsafe" if today.unsafe_lately else "after_danger"
    if care.hard_today and facts.matters_most:
        # Nobody is thanked for telling who has told nothing.
        return "at_a_loss" if _names_nothing(facts.matters_most) else "heard"
    return "after" if facts.hard_last_time and not facts.matters_most else ""


def _not_brought(
    facts: Facts, today: TopicsToday, topics: Mapping[str, Topic], asks: str
) -> tuple[str, Mapping[str, str], Mapping[str, str]]:
    """Where the client brings nothing: what was parked and is taken up, a topic the coach named, or
    a talk that they have had since last time."""
    taken = [topic.text for topic in facts.parked if topic.taken]
    if taken:
        return "taken_up", NO_WORDS, {"topic": parked_name(taken[0]) if len(taken) == 1 else ""}
    if facts.about and today.topics:
        title = today.topics[0].title
        said = title if title[:2].isupper() else title[:1].lower() + title[1:]
        return "offered", NO_WORDS, {"topic": said}
    practised = proposing(topics, (ROLE_PLAY,)).values()
    been = (_talk_named(topic, text) for text in facts.been for topic in practised)
    if asks == OPEN and (talk := next(filter(None, been), "")):
        return "been", NO_WORDS, {"topic": talk}
    return asks, NO_WORDS, NO_WORDS


def _talk_named(topic: Topic, text: str) -> str:
    """`the interview`, where the text raises the topic and calls it so; empty where it does not."""
    noun = topic.called.removeprefix("the ")
    if noun == topic.called or not heard_topics({topic.id: topic}, text):
        return ""
    said = cue_words(text)
    return next((f"the {word}" for word in (noun, f"{noun}s") if word in said), "")
