"""The recommended method: what it rests on, what it is for, and what would change it (R19)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from trajplan.actions.recommend import MethodRecommendation
from trajplan.content.model import Journey
from trajplan.pages.document import Document, fields_data
from trajplan.pages.page import Page, Text, code, labelled
from trajplan.planning.recommend import OpenCondition, Outcome
from trajplan.text import plural

NEEDS = {
    "job_search": "a job search",
    "skill_building": "building a skill",
    "values": "values",
    "early_ideas": "early ideas",
    "transition": "a transition",
    "leadership": "leadership",
}
INPUTS = {
    "need": "the need",
    "goal_clarity": "goal clarity (1 to 10)",
    "paths": "paths (how many different directions)",
    "change": "the kind of change",
}


def recommendation_page(recommendation: MethodRecommendation) -> Document:
    """Which method suits the client, by which rule, and what it would take to change (R19)."""
    client = recommendation.client
    whose = client.name if client else "Without a client"
    return Document(
        page=lambda: Page.of(f"{whose} · recommended method", labelled(*_answer(recommendation))),
        data=lambda: _data(recommendation),
    )


def _answer(recommendation: MethodRecommendation) -> Iterator[tuple[str, Text]]:
    advice = recommendation.advice
    yield ("Method", advice.method or "not decided yet; it depends on what has not been said")
    if advice.rule:
        yield ("Rule", f"{advice.rule.rule}: {advice.rule.because}")
    else:
        # What is still possible; the method may be the same in every case.
        for outcome in advice.outcomes:
            yield ("Possible", _outcome(outcome))
    yield ("Rests on", _inputs(recommendation))
    if advice.about:
        yield ("Good for", advice.about.suits)
        yield ("Limits", advice.about.limits)
    if recommendation.journey:
        yield ("Journey", _journey(recommendation.journey))
    yield ("Journey now", _journey_now(recommendation))
    # What is missing is named; also that it would change nothing, where that is so.
    matters = advice.otherwise or not advice.rule
    label = "Not said" if matters else "Not said, not needed"
    yield (label, ", ".join(INPUTS[name] for name in advice.missing))
    for outcome in advice.otherwise:
        yield ("But", _outcome(outcome))


def _outcome(outcome: Outcome) -> str:
    conditions = " and ".join(map(_condition, outcome.conditions))
    return f"{outcome.method} ({outcome.rule})" + (f" if {conditions}" if conditions else "")


def _condition(condition: OpenCondition) -> str:
    if condition.input == "need":
        return f"the need is {' or '.join(NEEDS[value] for value in condition.values)}"
    if condition.input == "change":
        return f"the change is {' or '.join(condition.values)}"
    least, most = condition.least, condition.most
    name = "goal clarity is" if condition.input == "goal_clarity" else "paths are"
    if most is None or (condition.input == "goal_clarity" and most == 10):
        return f"{name} {least} or more"
    if least in (0, 1) and least != most:
        return f"{name} {most} or less"
    return f"{name} {least}" + ("" if least == most else f" to {most}")


def _inputs(recommendation: MethodRecommendation) -> str:
    known = recommendation.known
    inputs = (
        ("need", NEEDS.get(known.need, "")),
        ("goal_clarity", f"goal clarity {known.goal_clarity}"),
        ("paths", f"paths {known.paths}"),
        ("change", f"{known.change} change"),
    )
    return " · ".join(
        text + (" (asked)" if name in recommendation.asked else " (intake)")
        for name, text in inputs
        if name not in recommendation.advice.missing
    )


def _journey(journey: Journey) -> str:
    total = sum(phase.sessions for phase in journey.phases)
    sessions = plural(total, "session")
    return f"{journey.id}, {sessions} of {journey.minutes} minutes: {journey.purpose}"


def _journey_now(recommendation: MethodRecommendation) -> Text:
    now, method = recommendation.engagement, recommendation.advice.method
    if now is None:
        return ""
    text = f"{now.journey}, {now.method}"
    if not method or method == now.method:
        return text
    command = f"trajplan prep session N --method {method} --onward"
    return (f"{text}; ", code(command), " changes over")


def _data(recommendation: MethodRecommendation) -> dict[str, Any]:
    """The documented keys of `recommend --format json`."""
    advice, known = recommendation.advice, recommendation.known
    client, engagement = recommendation.client, recommendation.engagement
    return {
        "client": client.slug if client else None,
        "client_name": client.name if client else None,
        "need": known.need or None,
        "goal_clarity": known.goal_clarity,
        "paths": known.paths,
        "change": known.change or None,
        "asked": recommendation.asked,
        "missing": advice.missing,
        "method": advice.method or None,
        **fields_data(advice.rule, "rule", "because"),
        **fields_data(advice.about, "suits", "limits"),
        "journey": recommendation.journey.id if recommendation.journey else None,
        "journey_now": engagement.journey if engagement else None,
        "method_now": engagement.method if engagement else None,
        "possible": advice.outcomes,
        "otherwise": advice.otherwise,
    }
