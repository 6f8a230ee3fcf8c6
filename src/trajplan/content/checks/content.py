"""Activities and prompts: the words a session brings along (R62).

Every rule that one file can be held to by itself.
"""

from __future__ import annotations

import re

from trajplan.content.checks.bank import check_bank
from trajplan.content.checks.blueprint import check_blueprint
from trajplan.content.checks.journey import check_journey
from trajplan.content.checks.recommendation import check_recommendation
from trajplan.content.checks.texts import check_id, check_texts
from trajplan.content.checks.worksheet import check_worksheet
from trajplan.content.document import KeyPath, Report
from trajplan.content.model import PROMPT_SHAPES, Activity, Content, Journey, Prompt, QuestionBank
from trajplan.content.recommendation_model import Recommendation
from trajplan.content.worksheet_model import Worksheet
from trajplan.text import did_you_mean, quote

_FIELD = re.compile(r"\{([A-Za-z0-9_]+)\}")


def check_activity(activity: Activity, report: Report) -> None:
    """Report every fault of one activity."""
    check_id(activity.id, ("id",), report, underscores=True)
    least, ideal = activity.minutes.min, activity.minutes.ideal
    if report.sure(("minutes",)) and ideal < least:
        report.add(("minutes", "ideal"), f"ideal ({ideal}) is less than min ({least})")


def check_prompt(prompt: Prompt, report: Report) -> None:
    """Report an unknown prompt, cases without a text, and fields that nothing fills."""
    if not report.sure(("id",)):
        return
    shape = PROMPT_SHAPES.get(prompt.id)
    if shape is None:
        listed = ", ".join(f"`{one}`" for one in PROMPT_SHAPES)
        hint = did_you_mean(prompt.id, PROMPT_SHAPES) if prompt.id else ""
        near = hint if "did you mean" in hint else ""
        words = f"no prompt is called {quote(prompt.id)}{near or ';'} the prompts are {listed}"
        report.add(("id",), words)
        return
    if not report.there(("texts",)):
        return
    for case in shape.cases:
        if case not in prompt.texts:
            report.add(("texts",), f"no text for the case `{case}`")
    for key, cases in (("texts", prompt.texts), ("again", prompt.again)):
        for case, said in cases.items():
            path: KeyPath = (key, case)
            if case not in shape.cases:
                words = f"unknown case {quote(case)}{did_you_mean(case, shape.cases)}"
                report.add(path, words, at_key=True)
            elif isinstance(said, str) and report.sure(path):
                _check_fields(said, path, shape.fields, report)
            elif report.sure(path):
                for at, text in enumerate(said):
                    _check_fields(text, (*path, at), shape.fields, report)


def _check_fields(text: str, path: KeyPath, fields: tuple[str, ...], report: Report) -> None:
    for name in dict.fromkeys(_FIELD.findall(text)):
        if name not in fields:
            hint = did_you_mean(name, fields) if fields else "; this prompt has no fields"
            report.add(path, f"nothing fills `{{{name}}}`{hint}")
    if re.search("[{}]", _FIELD.sub("", text)):
        report.add(path, "a brace stands alone; braces only enclose a field, such as `{name}`")


def check_content(content: Content | Worksheet | Recommendation, report: Report) -> None:
    """Report every fault that can be seen without other files."""
    check_texts(content, report)
    if isinstance(content, QuestionBank):
        check_bank(content, report)
    elif isinstance(content, Journey):
        check_journey(content, report)
    elif isinstance(content, Activity):
        check_activity(content, report)
    elif isinstance(content, Prompt):
        check_prompt(content, report)
    elif isinstance(content, Worksheet):
        check_worksheet(content, report)
    elif isinstance(content, Recommendation):
        check_recommendation(content, report)
    else:
        check_blueprint(content, report)
