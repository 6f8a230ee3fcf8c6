"""How somebody comes to a session, as far as their words and their mood tell: bored, nervous, glad
(R121)."""

from __future__ import annotations

from typing import Literal, get_args

from trajplan.lint.phrases import any_of, heard
from trajplan.planning.care import Care
from trajplan.planning.named_matter import parked_name
from trajplan.planning.plan_inputs import Facts
from trajplan.planning.topics_today import TopicsToday

Told = Literal["bored", "nervous", "hard", "worry", "sleep", "blocked", "reply"]
"""What their words may tell, by the part of `phrases/brought.txt` that lists the words."""
_IN_A_MOOD: tuple[Told, ...] = ("bored", "nervous", "hard", "worry", "sleep")
"""What a mood may tell as well as what they bring."""
_WORDS = {told: heard("brought", told) for told in get_args(Told)}
_SINCE_WHEN = heard("brought", "since-when")
_GLAD_MOOD = any_of("brought", "glad-mood")
_CHEERFUL = any_of("brought", "cheerful")
_PRAISE = heard("brought", "praise")
_MIXED = any_of("brought", "mixed")
_BUT_THEN = heard("brought", "but-then")
NO_TROUBLE = heard("brought", "no-trouble")
_GOOD_NEWS = heard("brought", "good-news")
_WENT_BETTER = heard("brought", "went-better")


def tells(facts: Facts, told: Told) -> bool:
    """Whether what they bring says so, or how they come."""
    mood = facts.mood if told in _IN_A_MOOD else ""
    return bool(_WORDS[told].search(f"{facts.brought} · {mood}"))


def tells_since_when(facts: Facts) -> bool:
    """Whether what they bring, wrote at the start or have said since says how long things have been
    so: a number of weeks or years, a year, `since Easter`."""
    intake = facts.intake_on_record
    told = (told.text for told in facts.told_before if told.kind == "said")
    said = (facts.brought, facts.stuck_point, *intake.background, *intake.own_questions, *told)
    return any(_SINCE_WHEN.search(words) for words in said)


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
