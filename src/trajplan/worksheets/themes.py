"""Words compared: what recurs, what lists share, what stands in one alone, how many there are."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from trajplan.content.worksheet_model import Summary, SummarySource
from trajplan.text import name_key, one_line, pattern
from trajplan.worksheets.answers import Answers, row_name, rows_of
from trajplan.worksheets.ratings import NOTHING, SummaryResult

_BETWEEN = pattern(r"[;,\n]")


class _Theme(Struct):
    """A theme as it was first written, with how many entries name it."""

    text: str
    count: int = 0


def recurring_themes(
    sources: Sequence[SummarySource], answers: Answers, summary: Summary
) -> SummaryResult:
    """Themes by how many entries name them, each counted once an entry.

    An entry is an item of a list, a row of a table or a text; commas, semicolons and line breaks
    stand between the themes in it.
    """
    entries = [text for source in sources for text in _entries(source, answers)]
    if not entries:
        return NOTHING
    themes = count_themes(entries, summary.at_least)
    lines = tuple(f"{text} ({count}×)" for text, count in themes)
    data = [{"theme": text, "count": count} for text, count in themes]
    return lines or ("none so far",), data


def count_themes(entries: Sequence[str], at_least: int) -> tuple[tuple[str, int], ...]:
    """Themes that at least so many entries name, with their counts, the most named first."""
    themes: dict[str, _Theme] = {}
    for words in entries:
        for key, text in {name_key(part): part for part in split_themes(words)}.items():
            themes.setdefault(key, _Theme(text)).count += 1
    most_named = sorted(themes.values(), key=lambda theme: -theme.count)
    return tuple((theme.text, theme.count) for theme in most_named if theme.count >= at_least)


def split_themes(words: str) -> tuple[str, ...]:
    """The themes of one entry, in its `words`."""
    return tuple(one_line(part) for part in _BETWEEN.split(words) if name_key(part))


def overlap(sources: Sequence[SummarySource], answers: Answers, _: Summary) -> SummaryResult:
    """What stands in more than one list, what stands in most of them first."""
    lists = [(source.label, texts) for source in sources if (texts := _texts(source, answers))]
    if len(lists) < 2:
        return NOTHING
    where: dict[str, list[str]] = {}
    wordings: dict[str, str] = {}
    for label, texts in lists:
        for key, text in texts.items():
            where.setdefault(key, []).append(label)
            wordings.setdefault(key, text)
    shared_keys = sorted(
        (key for key in where if len(where[key]) > 1), key=lambda key: -len(where[key])
    )
    lines = tuple(f"{wordings[key]} ({', '.join(where[key])})" for key in shared_keys)
    data = [{"text": wordings[key], "in": where[key]} for key in shared_keys]
    return lines or ("nothing stands in two of them",), data


def gaps(sources: Sequence[SummarySource], answers: Answers, _: Summary) -> SummaryResult:
    """What stands in the first list and in none of the others."""
    first, *others = sources
    texts = _texts(first, answers)
    other_lists = [_texts(source, answers) for source in others]
    # Lists nobody has filled in lack everything, which tells nothing.
    if not texts or not any(other_lists):
        return NOTHING
    elsewhere = {key for other_texts in other_lists for key in other_texts}
    alone = [text for key, text in texts.items() if key not in elsewhere]
    return tuple(alone) or ("none",), alone


def count(sources: Sequence[SummarySource], answers: Answers, summary: Summary) -> SummaryResult:
    """How many entries there are, or how often each option of a choice was taken."""
    columns = sum(source.column is not None for source in sources)
    counts = [_count(source, answers, summary, one_of_several=columns > 1) for source in sources]
    lines = tuple(line for line, _ in counts if line)
    if not lines:
        return NOTHING
    return lines, [data for line, data in counts if line]


def _count(
    source: SummarySource, answers: Answers, summary: Summary, *, one_of_several: bool
) -> tuple[str, dict[str, object]]:
    label = f"{source.label}: " if one_of_several else ""
    if source.column is None:
        answer = answers.get(source.field.id)
        number = len(answer) if isinstance(answer, tuple) else 0
        line = f"{source.label}: {number}" if number else ""
        return line, {"label": source.label, "count": number}
    options = [summary.value] if summary.value else list(source.column.options)
    rows = list(enumerate(rows_of(answers, source.field), 1))
    rows_by_option = {
        option: [
            row_name(source.field, row, number)
            for number, row in rows
            if row.get(source.column.id) == option
        ]
        for option in options
    }
    if not any(source.column.id in row for _, row in rows):
        return "", {}
    if summary.value:
        names = rows_by_option[summary.value]
        names_text = f" ({'; '.join(names)})" if names else ""
        said = f"{label}{summary.value} {len(names)}" if label else f"{summary.value}: {len(names)}"
        named = {"label": source.label} if label else {}
        return f"{said}{names_text}", {**named, "option": summary.value, "rows": names}
    counts = {option: len(names) for option, names in rows_by_option.items()}
    line = ", ".join(f"{option} {number}" for option, number in counts.items())
    return f"{label}{line}", {"label": source.label, "counts": counts}


def _entries(source: SummarySource, answers: Answers) -> list[str]:
    """The entries in which themes are looked for."""
    if source.column is not None:
        rows = rows_of(answers, source.field)
        return [str(row[source.column.id]) for row in rows if source.column.id in row]
    answer = answers.get(source.field.id)
    if isinstance(answer, str):
        return [answer]
    return [text for text in answer if isinstance(text, str)] if isinstance(answer, tuple) else []


def _texts(source: SummarySource, answers: Answers) -> dict[str, str]:
    """What a list or a column of text holds, by the name that makes two spellings one."""
    texts: dict[str, str] = {}
    for text in _entries(source, answers):
        if name_key(text):
            texts.setdefault(name_key(text), text)
    return texts
