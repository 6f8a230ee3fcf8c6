"""Words compared: what recurs, what lists share, what stands in one alone, how many there are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from trajplan.content.worksheet_model import Summary, SummarySource
from trajplan.text import name_key
from trajplan.worksheets.answers import Answers, one_line, row_name, rows_of
from trajplan.worksheets.ratings import NOTHING, SummaryResult

_BETWEEN = re.compile(r"[;,\n]")


class _Theme(Struct):
    """A theme as it was first written, with how many entries name it."""

    text: str
    count: int = 0


def recurring_themes(
    found: Sequence[SummarySource], answers: Answers, summary: Summary
) -> SummaryResult:
    """Themes by how many entries name them, each counted once an entry.

    An entry is an item of a list, a row of a table or a text; commas, semicolons and line breaks
    stand between the themes in it.
    """
    entries = [text for one in found for text in _entries(one, answers)]
    if not entries:
        return NOTHING
    recurring = count_themes(entries, summary.at_least)
    lines = tuple(f"{text} ({count}×)" for text, count in recurring)
    data = [{"theme": text, "count": count} for text, count in recurring]
    return lines or ("none so far",), data


def count_themes(entries: Sequence[str], at_least: int) -> tuple[tuple[str, int], ...]:
    """Themes that at least so many entries name, with their counts, the most named first."""
    themes: dict[str, _Theme] = {}
    for entry in entries:
        for key, text in {name_key(part): part for part in split_themes(entry)}.items():
            themes.setdefault(key, _Theme(text)).count += 1
    recurring = sorted(themes.values(), key=lambda one: -one.count)
    return tuple((one.text, one.count) for one in recurring if one.count >= at_least)


def split_themes(entry: str) -> tuple[str, ...]:
    """The themes of one entry."""
    return tuple(one_line(part) for part in _BETWEEN.split(entry) if name_key(part))


def overlap(found: Sequence[SummarySource], answers: Answers, _: Summary) -> SummaryResult:
    """What stands in more than one list, what stands in most of them first."""
    held = [(one.label, items) for one in found if (items := _items(one, answers))]
    if len(held) < 2:
        return NOTHING
    where: dict[str, list[str]] = {}
    texts: dict[str, str] = {}
    for label, items in held:
        for key, text in items.items():
            where.setdefault(key, []).append(label)
            texts.setdefault(key, text)
    shared = sorted((key for key in where if len(where[key]) > 1), key=lambda key: -len(where[key]))
    lines = tuple(f"{texts[key]} ({', '.join(where[key])})" for key in shared)
    data = [{"text": texts[key], "in": where[key]} for key in shared]
    return lines or ("nothing stands in two of them",), data


def gaps(found: Sequence[SummarySource], answers: Answers, _: Summary) -> SummaryResult:
    """What stands in the first list and in none of the others."""
    first, *others = found
    items = _items(first, answers)
    held = [_items(one, answers) for one in others]
    # Lists nobody has filled in lack everything, which tells nothing.
    if not items or not any(held):
        return NOTHING
    elsewhere = {key for one in held for key in one}
    alone = [text for key, text in items.items() if key not in elsewhere]
    return tuple(alone) or ("none",), alone


def count(found: Sequence[SummarySource], answers: Answers, summary: Summary) -> SummaryResult:
    """How many entries there are, or how often each option of a choice was taken."""
    count_themes = [(one, _count(one, answers, summary)) for one in found]
    lines = tuple(line for _, (line, _) in count_themes if line)
    if not lines:
        return NOTHING
    return lines, [data for _, (line, data) in count_themes if line]


def _count(one: SummarySource, answers: Answers, summary: Summary) -> tuple[str, dict[str, object]]:
    if one.column is None:
        held = answers.get(one.field.id)
        number = len(held) if isinstance(held, tuple) else 0
        line = f"{one.label}: {number}" if number else ""
        return line, {"label": one.label, "count": number}
    options = [summary.value] if summary.value else list(one.column.options)
    rows = list(enumerate(rows_of(answers, one.field), 1))
    taken = {
        option: [
            row_name(one.field, row, number)
            for number, row in rows
            if row.get(one.column.id) == option
        ]
        for option in options
    }
    if not any(one.column.id in row for _, row in rows):
        return "", {}
    if summary.value:
        names = taken[summary.value]
        listed = f" ({'; '.join(names)})" if names else ""
        return f"{summary.value}: {len(names)}{listed}", {"option": summary.value, "rows": names}
    counts = {option: len(names) for option, names in taken.items()}
    line = ", ".join(f"{option} {number}" for option, number in counts.items())
    return line, {"label": one.label, "counts": counts}


def _entries(one: SummarySource, answers: Answers) -> list[str]:
    """The entries in which themes are looked for."""
    if one.column is not None:
        rows = rows_of(answers, one.field)
        return [str(row[one.column.id]) for row in rows if one.column.id in row]
    held = answers.get(one.field.id)
    if isinstance(held, str):
        return [held]
    return [item for item in held if isinstance(item, str)] if isinstance(held, tuple) else []


def _items(one: SummarySource, answers: Answers) -> dict[str, str]:
    """What a list or a column of text holds, by the name that makes two spellings one."""
    found: dict[str, str] = {}
    for text in _entries(one, answers):
        if name_key(text):
            found.setdefault(name_key(text), text)
    return found
