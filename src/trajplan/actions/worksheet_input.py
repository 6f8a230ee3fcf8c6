"""A filled worksheet as it is handed in: the printed form, or the same as YAML."""

from __future__ import annotations

import re
from collections.abc import Mapping

from trajplan.content.worksheet_model import Worksheet
from trajplan.errors import InvalidContent, Problem
from trajplan.records.forms import AnswersForm
from trajplan.text import visible
from trajplan.worksheets.answers import FilledForm
from trajplan.worksheets.data import read_data, read_labels
from trajplan.worksheets.reading import read_form

LARGEST = 1024 * 1024
_YAML = re.compile(r"(?:kind|worksheet|answers|labels|unmatched)\s*:")


def understood(sheet: Worksheet, name: str, data: bytes, own: Mapping[str, str]) -> FilledForm:
    """Read what was handed in. `own` are the client's earlier names for fields, by field id.

    `name` is the source in messages. Raises InvalidContent with every fault found.
    """
    if len(data) > LARGEST:
        raise InvalidContent([Problem(name, 1, 1, "the form is larger than 1 MiB")])
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as fault:
        line = data[: fault.start].count(b"\n") + 1
        words = "the form is not UTF-8 text; save it as UTF-8"
        raise InvalidContent([Problem(name, line, 1, words)]) from None
    if _is_yaml(text):
        return _from_yaml(sheet, name, data)
    return _from_markdown(sheet, name, text, own)


def _is_yaml(text: str) -> bool:
    """Whether the first line that says something is a key of the YAML form.

    A form's own heading looks like a YAML comment, so comments are passed over.
    """
    for line in text.splitlines():
        if line.strip() and not line.startswith(("#", "---", "%")):
            return _YAML.match(line) is not None
    return False


def _from_markdown(sheet: Worksheet, name: str, text: str, own: Mapping[str, str]) -> FilledForm:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    filled = read_form(sheet, visible(lines), own)
    if filled.worksheet and filled.worksheet != sheet.id:
        words = f"this is a form of `{filled.worksheet}`, not of `{sheet.id}`"
        raise InvalidContent([Problem(name, 1, 1, words)])
    if filled.faults:
        raise InvalidContent(
            [Problem(name, one.line, 1, one.message, one.field) for one in filled.faults]
        )
    return filled


def _from_yaml(sheet: Worksheet, name: str, data: bytes) -> FilledForm:
    from trajplan.content.border import validate
    from trajplan.content.reader import read

    form, report = validate(read(data, name), AnswersForm, form=True)
    if form is None:
        raise InvalidContent(report.in_order())
    if form.worksheet and form.worksheet != sheet.id:
        words = f"these are answers to `{form.worksheet}`, not to `{sheet.id}`"
        report.add(("worksheet",), words)
    answers = read_data(
        sheet, form.answers, lambda path, words: report.add(("answers", *path), words)
    )
    labels = read_labels(
        sheet, form.labels, lambda path, words: report.add(("labels", *path), words)
    )
    if report.problems:
        raise InvalidContent(report.in_order())
    unmatched = (form.unmatched.strip(),) if form.unmatched.strip() else ()
    return FilledForm(answers=answers, labels=labels, unmatched=unmatched, worksheet=form.worksheet)
