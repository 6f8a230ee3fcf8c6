"""The few lines of a filled worksheet that are worth having in mind before a session."""

from __future__ import annotations

from trajplan.content.worksheet_model import ROW, Field, Worksheet
from trajplan.worksheets.answers import Answer, Answers, missing, one_line, rows_of
from trajplan.worksheets.summaries import Before, results
from trajplan.worksheets.values import shown

LONGEST = 200
"""Letters of one line; the whole answer is one command away."""
MOST_ROWS = 4


def note_lines(sheet: Worksheet, answers: Answers, before: Before | None = None) -> tuple[str, ...]:
    """Answers the worksheet carries on, what was worked out, and what is still missing."""
    lines = [
        f"{one.label}: {_told(one, answers[one.id], answers)}"
        for one in sheet.fields
        if one.carry and one.id in answers
    ]
    for result in results(sheet, answers, before):
        lines.append(f"{result.title}: {'; '.join(result.lines)}")
    open_yet = missing(sheet, answers, required=False)
    if open_yet:
        lines.append(f"Missing: {', '.join(one.label for one in open_yet)}")
    return tuple(_cut(line) for line in lines)


def _told(one: Field, answer: Answer, answers: Answers) -> str:
    if one.type == "table":
        rows = rows_of(answers, one)
        chosen = [column.id for column in one.columns if column.carry]
        keys = (ROW, *(chosen or [column.id for column in one.columns]))
        told = [
            " · ".join(shown(row[key]) for key in keys if key in row) for row in rows[:MOST_ROWS]
        ]
        more = [f"and {len(rows) - MOST_ROWS} more"] if len(rows) > MOST_ROWS else []
        return "; ".join([*told, *more])
    if isinstance(answer, tuple):
        return "; ".join(item for item in answer if isinstance(item, str))
    return shown(answer)


def _cut(text: str) -> str:
    """A line at a word's end, with an ellipsis where there was more."""
    line = one_line(text)
    if len(line) <= LONGEST:
        return line
    return line[: LONGEST - 1].rsplit(" ", 1)[0] + "…"
