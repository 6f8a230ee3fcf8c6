"""How somebody comes to a session, as far as their words and their mood tell: bored or glad
(R121)."""

from __future__ import annotations

from trajplan.lint.phrases import any_of, heard
from trajplan.planning.care import Care
from trajplan.planning.named_matter import parked_name
from trajplan.planning.plan_inputs import Facts
from trajplan.planning.topics_today import TopicsToday

_BORED, _REPLY = heard("brought", "bored"), heard("brought", "reply")
_GLAD_MOOD = any_of("brought", "glad-mood")
_CHEERFUL = any_of("brought", "cheerful")
_PRAISE = heard("brought", "praise")
_MIXED = any_of("brought", "mixed")
_BUT_THEN = heard("brought", "but-then")
NO_TROUBLE = heard("brought", "no-trouble")
_GOOD_NEWS = heard("brought", "good-news")
_WENT_BETTER = heard("brought", "went-better")


def is_bored(facts: Facts) -> bool:
    """Whether what they bring says that they are bored, or how they come."""
    return bool(_BORED.search(f"{facts.brought} · {facts.mood}"))


def tells_reply(facts: Facts) -> bool:
    """Whether what they bring says how somebody will answer: `hes gonna be weird about it`."""
    return bool(_REPLY.search(facts.brought))


def does_well(facts: Facts, today: TopicsToday, care: Care) -> bool:
    """Whether they come cheerful or with good news, and nothing that is on record is hard."""
    mood = facts.mood.casefold()
    cheerful = bool(_CHEERFUL.search(mood)) and not _MIXED.search(mood)
    if not cheerful and not brings_good_news(facts):
        return False
    hard = care.gentle or care.any_holding or care.tired or care.danger_before or care.referred
    told = today.burdened_lately or today.harm_told or today.loss_told
    return not (hard or today.heavy or told)


def brings_good_news(facts: Facts) -> bool:
    """Whether they come with good news and nothing else: to be thanked for that would sound like
    sympathy. A good mood alone is no news: `31 pages. deadline`; what is praised or called out in
    one is."""
    mood, brought = facts.mood.casefold(), facts.matters_most
    glad = bool(_GLAD_MOOD.search(mood)) and not _MIXED.search(mood)
    called_good = "!!" in brought or bool(_PRAISE.search(brought))
    news = bool(_GOOD_NEWS.search(brought)) or (glad and called_good)
    cheerful = bool(_CHEERFUL.search(mood)) and not _MIXED.search(mood)
    return news and (cheerful or not mood) and not _BUT_THEN.search(NO_TROUBLE.sub("", brought))


def what_went_better(brought: str) -> str:
    """What went better than they thought, by its name: `the open day`."""
    better = _WENT_BETTER.search(brought)
    return parked_name(better["what"]) if better else ""
