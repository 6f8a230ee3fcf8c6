"""What is worked out from the answers: a small fixed set, each a plain count or difference.

Nothing is imputed: what was left empty takes no part. Nothing is called significant.

And what of a filled worksheet is worth having in mind: a few lines, and the signs it gives. A sign
(`raises`) calls for a session of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from trajplan.content.worksheet_model import (
    ROW,
    Field,
    Summary,
    SummarySource,
    Worksheet,
    summaries_of,
    summary_sources,
)
from trajplan.text import shortened
from trajplan.vocabulary import WorksheetSign
from trajplan.worksheets.answers import (
    Answer,
    Answers,
    cell_text,
    empty_fields,
    first_words,
    row_name,
    rows_of,
)
from trajplan.worksheets.ratings import (
    SummaryResult,
    change,
    highest,
    lasts,
    lowest,
    totals,
    widest_gap,
)
from trajplan.worksheets.themes import count, gaps, overlap, recurring_themes

EarlierFilling = tuple[Worksheet, Answers]
"""An earlier filling: the worksheet as it was then, and its answers."""
SUMMARIES: Mapping[str, Callable[[Sequence[SummarySource], Answers, Summary], SummaryResult]] = {
    "recurring_themes": recurring_themes,
    "lowest": lowest,
    "highest": highest,
    "widest_gap": widest_gap,
    "overlap": overlap,
    "gaps": gaps,
    "count": count,
    "totals": totals,
    "lasts": lasts,
}
TITLES = {
    "recurring_themes": "What recurs",
    "lowest": "Lowest",
    "highest": "Highest",
    "widest_gap": "Widest gap",
    "overlap": "Where they meet",
    "gaps": "In one only",
    "change": "Since last time",
    "count": "How many",
    "totals": "Totals",
    "lasts": "Months it lasts",
}


class WorksheetSummary(Struct, frozen=True, kw_only=True):
    """One summary: what is printed, and the same as data."""

    show: str
    title: str
    lines: tuple[str, ...]
    data: Any


def summarise(
    sheet: Worksheet, answers: Answers, before: EarlierFilling | None = None
) -> tuple[WorksheetSummary, ...]:
    """Every summary of a worksheet that its answers have something for."""
    results = []
    names = _names_of_rows(sheet, answers)
    for summary in summaries_of(sheet):
        sources = [_named(source, names) for source in summary_sources(sheet, summary)]
        if summary.show == "change":
            lines, data = change(sheet, summary, answers, before)
        else:
            lines, data = SUMMARIES[summary.show](sources, answers, summary)
        if lines:
            title = summary.title or _title(summary, sources)
            results.append(WorksheetSummary(show=summary.show, title=title, lines=lines, data=data))
    return tuple(results)


def _names_of_rows(sheet: Worksheet, answers: Answers) -> dict[str, str]:
    """What rows with a printed name are, in the client's words: `Option 1` by what it is."""
    names: dict[str, str] = {}
    for table in sheet.fields:
        words = first_words(table)
        for row in rows_of(answers, table) if table.rows and words else ():
            if text := str(row.get(words, "")):
                names[str(row[ROW])] = shortened(text, LONGEST_NAME)
    return names


def _named(source: SummarySource, names: Mapping[str, str]) -> SummarySource:
    """A column that is called like a row of another table, by what that row is."""
    column = source.column
    if column is None or source.field.rows or column.label not in names:
        return source
    return SummarySource(source.field, replace(column, label=names[column.label]))


def _title(summary: Summary, sources: Sequence[SummarySource]) -> str:
    if summary.show == "gaps":
        others = " or ".join(source.label for source in sources[1:])
        return f"In {sources[0].label}, not in {others}"
    return TITLES[summary.show]


LONGEST = 200
"""Letters of one line; the whole answer is one command away."""
LONGEST_NAME = 40
"""Letters of a name that stands before a number."""
LONGEST_QUOTE = 60
"""Letters of the client's words that give a sign."""
MOST_ROWS = 4


def note_lines(
    sheet: Worksheet, answers: Answers, before: EarlierFilling | None = None
) -> tuple[str, ...]:
    """Answers the worksheet carries on, what was worked out, and what is still missing."""
    lines = [
        f"{field.label}: {_answer_text(field, answers[field.id], answers)}"
        for field in sheet.fields
        if field.carry and field.id in answers
    ]
    for result in summarise(sheet, answers, before):
        lines.append(f"{result.title}: {'; '.join(result.lines)}")
    empty = empty_fields(sheet, answers, required=False)
    if empty:
        lines.append(f"Missing: {', '.join(field.label for field in empty)}")
    return tuple(shortened(line, LONGEST) for line in lines)


def _answer_text(field: Field, answer: Answer, answers: Answers) -> str:
    if field.type == "table":
        rows = rows_of(answers, field)
        column_ids = [column.id for column in field.columns if column.carry]
        keys = (ROW, *(column_ids or [column.id for column in field.columns]))
        row_texts = [
            " · ".join(cell_text(row[key]) for key in keys if key in row)
            for row in rows[:MOST_ROWS]
        ]
        more = [f"and {len(rows) - MOST_ROWS} more"] if len(rows) > MOST_ROWS else []
        return "; ".join([*row_texts, *more])
    if isinstance(answer, tuple):
        return "; ".join(text for text in answer if isinstance(text, str))
    return cell_text(answer)


SignQuote = tuple[WorksheetSign, str]
"""A sign, and what gives it, as the middle of a sentence in the client's own words."""


def raised_signs(sheet: Worksheet, answers: Answers) -> tuple[SignQuote, ...]:
    """Every sign the answers give, in the order of the worksheet."""
    signs: list[SignQuote] = []
    for field in sheet.fields:
        answer = answers.get(field.id)
        if field.raises and isinstance(answer, str) and answer.strip():
            signs.append((field.raises, f"{field.label}: “{_quote(answer)}”"))
        elif field.raises and isinstance(answer, tuple) and answer:
            first = next((text for text in answer if isinstance(text, str)), "")
            signs.append((field.raises, f"{field.label}: “{_quote(first)}”"))
    for summary in summaries_of(sheet):
        if summary.raises is None:
            continue
        for source in summary_sources(sheet, summary):
            if source.column is None:
                continue
            rows = [
                f"“{_quote(row_name(source.field, row, number))}” is {summary.value}"
                for number, row in enumerate(rows_of(answers, source.field), 1)
                if row.get(source.column.id) == summary.value
            ]
            signs += [(summary.raises, text) for text in rows[:1]]
    return tuple(signs)


def _quote(text: str) -> str:
    return shortened(text, LONGEST_QUOTE)
