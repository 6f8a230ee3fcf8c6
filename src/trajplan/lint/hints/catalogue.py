"""Every hint by its id: what is wrong, and how it might be asked instead."""

from __future__ import annotations

from collections.abc import Mapping

HINTS: Mapping[str, str] = {
    "closed": "yes or no would answer this; begin with what, how, which, where or who",
    "leading": "the answer wished for is in the question; ask without it",
    "stacked": "two questions at once, and only one gets an answer; keep the one that matters",
    "why-blame": "a why aimed at the person asks for a defence; ask what made it so",
    "too-long": "more than fifteen words do not fit into one breath; shorten it",
    "advice-in-disguise": "this tells what to do; ask what the client sees or has thought of",
    "offer-without-permission": "an idea of the coach's own comes unasked; ask first whether it is "
    "wanted",
    "promise": "nobody can promise how it turns out; ask what the client would take as a good sign",
    "blame": "this finds fault with the person; ask about what happened",
    "level-in-doubt": "the words read like another level; check which one is meant",
    "near-duplicate": "almost the same question stands elsewhere; keep one",
    "sequence-jump": "too far a step between two questions; put one in between",
    "solution-trap": "options come before the situation was explored; explore first",
    "thin-coverage": "a plan may find too little to choose from here",
    "jargon": "words of a trade or a guru; say it as a neighbour would",
    "presumes": "not every client has this; ask so that it fits all of them",
    "unused-silence": "this silences a hint that is not there; take it out",
}
