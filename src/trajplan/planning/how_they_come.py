"""How somebody comes to a session, as far as their words and their mood tell: bored or glad
(R121)."""

from __future__ import annotations

from trajplan.lint.phrases import any_of, heard
from trajplan.planning.care import Care
from trajplan.planning.named_matter import parked_name
from trajplan.planning.plan_inputs import Facts
from trajplan.planning.topics_today import TopicsToday

_BORED, _REPLY = heard("brought", "bored"), heard("brought", "reply")
_CHEERFUL = any_of("brought", "cheerful")
_MIXED = any_of("brought", "mixed")
_WENT_BETTER = heard("brought", "went-better")


def is_bored(facts: Facts) -> bool:
    """Whether what they bring says that they are bored, or how they come."""
    return bool(_BORED.search(f"{facts.brought} · {facts.mood}"))


def tells_reply(facts: Facts) -> bool:
    """Whether what they bring says how somebody will answer: `hes gonna be weird about it`."""
    return bool(_REPLY.search(facts.brought))


def does_well(facts: Facts, today: TopicsToday, care: Care) -> bool:
    """Whether they come cheerful, and nothing that is on record is hard."""
    mood = facts.mood.casefold()
    cheerful = bool(_CHEERFUL.search(mood)) and not _MIXED.search(mood)
    hard = care.gentle or care.any_holding or care.tired or care.danger_before or care.referred
    told = today.burdened_lately or today.harm_told or today.loss_told
    return cheerful and not (hard or today.heavy or told)


def what_went_better(brought: str) -> str:
    """What went better than they thought, by its name: `the open day`."""
    better = _WENT_BETTER.search(brought)
    return parked_name(better["what"]) if better else ""
