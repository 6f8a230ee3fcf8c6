"""Every rule that one file can be held to by itself; those of activities and prompts (R62)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from trajplan.content.checks.bank import check_bank
from trajplan.content.checks.blueprint import check_blueprint
from trajplan.content.checks.journey import check_journey
from trajplan.content.checks.recommendation import check_recommendation
from trajplan.content.checks.texts import check_id, check_texts
from trajplan.content.checks.worksheet import check_worksheet
from trajplan.content.document import KeyPath, Report
from trajplan.content.model import (
    PROMPT_SHAPES,
    Activity,
    BeliefCues,
    Journey,
    Prompt,
    QuestionBank,
    SessionBlueprint,
)
from trajplan.content.recommendation_model import Recommendation
from trajplan.content.shape import keys_of
from trajplan.content.worksheet_model import Worksheet
from trajplan.text import cue_words, did_you_mean, nearest, quote

_FIELD = re.compile(r"\{([A-Za-z0-9_]+)\}")


def check_content(content: Any, report: Report) -> None:
    """Report every fault that can be seen without other files. The shape holds already."""
    check_texts(content, report)
    _RULES.get(type(content), _check_only_id)(content, report)


def _check_only_id(content: Any, report: Report) -> None:
    """What a kind without rules of its own is held to."""
    check_id(content.id, ("id",), report)


def check_activity(activity: Activity, report: Report) -> None:
    """Report every fault of one activity."""
    check_id(activity.id, ("id",), report, underscores=True)
    least, ideal = activity.minutes.min, activity.minutes.ideal
    if ideal < least:
        report.add(("minutes", "ideal"), f"ideal ({ideal}) is less than min ({least})")


def check_prompt(prompt: Prompt, report: Report) -> None:
    """Report an unknown prompt, cases without a text, and fields that nothing fills."""
    shape = PROMPT_SHAPES.get(prompt.id)
    if shape is None:
        possible = ", ".join(f"`{name}`" for name in PROMPT_SHAPES)
        near = nearest(prompt.id, PROMPT_SHAPES)
        hint = f"; did you mean `{near}`?" if near else ";"
        words = f"no prompt is called {quote(prompt.id)}{hint} the prompts are {possible}"
        report.add(("id",), words)
        return
    for case in shape.cases:
        if case not in prompt.texts:
            report.add(("texts",), f"no text for the case `{case}`")
    for key, cases in (("texts", prompt.texts), ("again", prompt.again)):
        for case, wording in cases.items():
            path: KeyPath = (key, case)
            if case not in shape.cases:
                words = f"unknown case {quote(case)}{did_you_mean(case, shape.cases)}"
                report.add(path, words, at_key=True)
            elif isinstance(wording, str):
                _check_fields(wording, path, shape.fields, report)
            else:
                for index, text in enumerate(wording):
                    _check_fields(text, (*path, index), shape.fields, report)


def _check_fields(text: str, path: KeyPath, fields: tuple[str, ...], report: Report) -> None:
    for name in dict.fromkeys(_FIELD.findall(text)):
        if name not in fields:
            hint = did_you_mean(name, fields) if fields else "; this prompt has no fields"
            report.add(path, f"nothing fills `{{{name}}}`{hint}")
    if re.search("[{}]", _FIELD.sub("", text)):
        report.add(path, "a stray brace; braces may only enclose a field, such as `{name}`")


def check_belief_cues(cues: BeliefCues, report: Report) -> None:
    """Report a malformed id, and phrases in which nothing could be found."""
    check_id(cues.id, ("id",), report)
    for kind, field in keys_of(type(cues.cues)).items():
        for index, phrase in enumerate(getattr(cues.cues, field.name)):
            if not cue_words(phrase):
                words = f"{quote(phrase)} holds no word to look for"
                report.add(("cues", kind, index), words)


_RULES: Mapping[type[Any], Callable[[Any, Report], None]] = {
    SessionBlueprint: check_blueprint,
    QuestionBank: check_bank,
    Journey: check_journey,
    Activity: check_activity,
    Prompt: check_prompt,
    BeliefCues: check_belief_cues,
    Worksheet: check_worksheet,
    Recommendation: check_recommendation,
}
