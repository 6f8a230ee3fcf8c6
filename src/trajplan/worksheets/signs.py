"""What a filled worksheet says that calls for a session of its own (`raises`)."""

from __future__ import annotations

from trajplan.content.vocabulary import WorksheetSign
from trajplan.content.worksheet_model import Worksheet, summaries_of, summary_sources
from trajplan.worksheets.answers import Answers, one_line, row_name, rows_of
from trajplan.worksheets.values import shown

Raised = tuple[WorksheetSign, str]
"""A sign, and what gives it, as the middle of a sentence in the client's own words."""
LONGEST = 60


def raised(sheet: Worksheet, answers: Answers) -> tuple[Raised, ...]:
    """Every sign the answers give, in the order of the worksheet."""
    found: list[Raised] = []
    for one in sheet.fields:
        answer = answers.get(one.id)
        if one.raises and isinstance(answer, str) and answer.strip():
            found.append((one.raises, f"{one.label}: “{_cut(shown(answer))}”"))
        elif one.raises and isinstance(answer, tuple) and answer:
            first = next((item for item in answer if isinstance(item, str)), "")
            found.append((one.raises, f"{one.label}: “{_cut(first)}”"))
    for summary in summaries_of(sheet):
        if summary.raises is None:
            continue
        for source in summary_sources(sheet, summary):
            if source.column is None:
                continue
            rows = [
                f"“{_cut(row_name(source.field, row, number))}” is {summary.value}"
                for number, row in enumerate(rows_of(answers, source.field), 1)
                if row.get(source.column.id) == summary.value
            ]
            found += [(summary.raises, text) for text in rows[:1]]
    return tuple(found)


def _cut(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= LONGEST else line[: LONGEST - 1].rsplit(" ", 1)[0] + "…"
