"""The recommended method: what it rests on, what it is for, and what would change it (R19)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import to_builtins

from trajplan.actions.recommend import MethodRecommendation
from trajplan.content.model import Journey
from trajplan.pages.document import Document
from trajplan.pages.listing import Card, card
from trajplan.planning.recommend import MethodAdvice, OpenCondition, Outcome
from trajplan.text import plural

NEEDS = {
    "job_search": "a job search",
    "skill_building": "building a skill",
    "values": "values",
    "early_ideas": "early ideas",
    "transition": "a transition",
    "leadership": "leadership",
}
CHANGES = {"incremental": "incremental", "directional": "directional"}
INPUTS = {
    "need": "the need",
    "goal_clarity": "goal clarity (1 to 10)",
    "paths": "paths (how many different directions)",
    "change": "the kind of change",
}


def recommendation(found: MethodRecommendation) -> Document:
    """The answer as a document."""
    whose = found.client.name if found.client else "Without a client"
    return card(Card(title=f"{whose} · recommended method", pairs=_pairs(found), data=_data(found)))


def _pairs(found: MethodRecommendation) -> tuple[tuple[str, str], ...]:
    advice = found.advice
    about = advice.about
    return (
        ("Method", advice.method or "not decided yet; it depends on what is not said"),
        ("Rule", f"{advice.rule.rule}: {advice.rule.because}" if advice.rule else ""),
        *(() if advice.rule else _possible(advice)),
        ("Rests on", _inputs(found)),
        ("Good for", about.suits if about else ""),
        ("Limits", about.limits if about else ""),
        ("Journey", _journey(found.journey) if found.journey else ""),
        ("Journey now", _now(found)),
        (_missing_label(advice), ", ".join(INPUTS[name] for name in advice.missing)),
        *(("But", _outcome(one)) for one in advice.otherwise),
    )


def _missing_label(advice: MethodAdvice) -> str:
    """What is missing is named; also that it would change nothing, where that is so."""
    return "Not said" if advice.otherwise or not advice.rule else "Not said, not needed"


def _possible(advice: MethodAdvice) -> tuple[tuple[str, str], ...]:
    """What is still possible; the method may be the same in every case."""
    return tuple(("Possible", _outcome(one)) for one in advice.outcomes)


def _outcome(one: Outcome) -> str:
    when = " and ".join(map(_condition, one.conditions))
    return f"{one.method} ({one.rule})" + (f" if {when}" if when else "")


def _condition(one: OpenCondition) -> str:
    if one.input == "need":
        return f"the need is {_either([NEEDS[value] for value in one.values])}"
    if one.input == "change":
        return f"the change is {_either([CHANGES[value] for value in one.values])}"
    name = "goal clarity is" if one.input == "goal_clarity" else "paths are"
    if one.most is None or (one.input == "goal_clarity" and one.most == 10):
        return f"{name} {one.least} or more"
    if one.least in (0, 1) and one.least != one.most:
        return f"{name} {one.most} or less"
    return f"{name} {one.least}" + ("" if one.least == one.most else f" to {one.most}")


def _either(words: Sequence[str]) -> str:
    return " or ".join(words)


def _inputs(found: MethodRecommendation) -> str:
    known = found.known
    said = (
        ("need", NEEDS.get(known.need, "")),
        ("goal_clarity", f"goal clarity {known.goal_clarity}"),
        ("paths", f"paths {known.paths}"),
        ("change", f"{known.change} change"),
    )
    return " · ".join(
        text + (" (asked)" if name in found.asked else " (intake)")
        for name, text in said
        if name not in found.advice.missing
    )


def _journey(one: Journey) -> str:
    total = sum(phase.sessions for phase in one.phases)
    return f"{one.id}, {plural(total, 'session')} of {one.minutes} minutes: {one.purpose}"


def _now(found: MethodRecommendation) -> str:
    now = found.engagement
    if now is None:
        return ""
    text = f"{now.journey}, {now.method}"
    if found.advice.method and found.advice.method != now.method:
        text += f"; trajplan prep session N --method {found.advice.method} --onward changes over"
    return text


def _data(found: MethodRecommendation) -> dict[str, Any]:
    advice, about = found.advice, found.advice.about
    rule = advice.rule
    return {
        "client": found.client.slug if found.client else None,
        "client_name": found.client.name if found.client else None,
        "need": found.known.need or None,
        "goal_clarity": found.known.goal_clarity,
        "paths": found.known.paths,
        "change": found.known.change or None,
        "asked": list(found.asked),
        "missing": list(advice.missing),
        "method": advice.method or None,
        "rule": rule.rule if rule else None,
        "because": rule.because if rule else None,
        "suits": about.suits if about else None,
        "limits": about.limits if about else None,
        "journey": found.journey.id if found.journey else None,
        "journey_now": found.engagement.journey if found.engagement else None,
        "method_now": found.engagement.method if found.engagement else None,
        "possible": to_builtins(advice.outcomes),
        "otherwise": to_builtins(advice.otherwise),
    }
