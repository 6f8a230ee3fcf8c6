"""The recommended method: what it rests on, what it is for (R19)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from trajplan.actions.recommend import MethodRecommendation
from trajplan.content.model import Journey
from trajplan.pages.document import Document, fields_data
from trajplan.pages.page import Page, Text, code, labelled
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
    """Which method suits the client, and by which rule (R19)."""
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
        yield ("Rule", f"{advice.rule.id}: {advice.rule.because}")
    else:
        # What is still possible; the method may be the same in every case.
        for rule in advice.rules:
            yield ("Possible", f"{rule.method} ({rule.id}): {rule.because}")
    yield ("Rests on", _inputs(recommendation))
    if advice.about:
        yield ("Good for", advice.about.suits)
        yield ("Limits", advice.about.limits)
    if recommendation.journey:
        yield ("Journey", _journey(recommendation.journey))
    yield ("Journey now", _journey_now(recommendation))
    yield ("Not said", ", ".join(INPUTS[name] for name in advice.missing))


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
        "rule": advice.rule.id if advice.rule else None,
        **fields_data(advice.rule, "because"),
        **fields_data(advice.about, "suits", "limits"),
        "journey": recommendation.journey.id if recommendation.journey else None,
        "journey_now": engagement.journey if engagement else None,
        "method_now": engagement.method if engagement else None,
        "possible": [
            {"rule": rule.id, **fields_data(rule, "method", "because")} for rule in advice.rules
        ],
    }
