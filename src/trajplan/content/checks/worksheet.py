"""Worksheets: names, what belongs to which type of field, scales, options, and summaries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from trajplan.content.checks.texts import check_id, check_ids
from trajplan.content.document import KeyPath, Report
from trajplan.content.worksheet_model import (
    ROW,
    SUMMARY_NEEDS,
    Column,
    Field,
    Summary,
    Worksheet,
    enough_sources,
    scale,
    summaries_of,
    summary_sources,
)
from trajplan.text import name_key, quote

MAX_FIELDS = 60
MAX_COLUMNS = 12
WIDEST_SCALE = 100
BELONGS: Mapping[str, tuple[str, ...]] = {
    "career_os": ("text", "list", "ticks", "table"),
    "relabel": ("rating", "number", "choice"),
    "min": ("rating", "number"),
    "max": ("rating", "number"),
    "anchors": ("rating",),
    "options": ("choice", "ticks"),
    "also": ("choice", "ticks"),
    "columns": ("table",),
    "rows": ("table",),
    "layout": ("table",),
    "row_label": ("table",),
    "blank_rows": ("table", "list", "text"),
    "raises": ("text", "list"),
}
"""Keys that only some types of field have a use for."""
_COLUMN_KEYS = ("min", "max", "anchors", "options", "also")
_OWNERS: Mapping[str, str] = {
    "value": "count",
    "raises": "count",
    "at_least": "recurring_themes",
    "weight": "totals",
}
"""Keys that only one summary has a use for."""
_WHOLE_TABLES = ("count", "change")
"""Summaries that can do with a table as it is."""


def check_worksheet(sheet: Worksheet, report: Report) -> None:
    """Report every fault of one worksheet."""
    check_id(sheet.id, ("id",), report)
    _check_one_line(sheet.title, ("title",), report)
    if not sheet.filled_by:
        report.add(("for",), "say who fills it in: client, coach or both")
    if not sheet.fields:
        report.add(("fields",), "a worksheet has at least one field")
    if len(sheet.fields) > MAX_FIELDS:
        report.add(("fields",), f"more than {MAX_FIELDS} fields", at_key=True)
        return
    check_ids(sheet.fields, ("fields",), report, underscores=True)
    for index, field in enumerate(sheet.fields):
        path: KeyPath = ("fields", index)
        _check_keys(field, BELONGS, "fields", path, report)
        if field.type == "table":
            _check_table(field, path, report)
        else:
            _check_value(field, path, report)
    labels = [(("fields", index, "label"), field.label) for index, field in enumerate(sheet.fields)]
    _check_told_apart(labels, "fields", report)
    for index, summary in enumerate(summaries_of(sheet)):
        _check_summary(sheet, summary, ("summaries", index), report)


def _check_keys(
    part: Field | Column, keys: Iterable[str], what: str, path: KeyPath, report: Report
) -> None:
    """Report keys that a field or column of this type has no use for."""
    for key in keys:
        types = BELONGS[key]
        if part.type not in types and report.has((*path, key)):
            words = f"`{key}` belongs to {what} of type {' or '.join(types)}"
            report.add((*path, key), f"{words}, this one is {part.type}", at_key=True)


def _check_value(part: Field | Column, path: KeyPath, report: Report) -> None:
    """Check the scale of a rating, the bounds of a number, the options of a choice."""
    if part.type == "rating":
        _check_scale(part, path, report)
    elif part.type == "number":
        low, high = part.min, part.max
        if low is not None and high is not None and low >= high:
            report.add((*path, "max"), f"max ({high}) is not greater than min ({low})")
    elif part.type in ("choice", "ticks"):
        where = (*path, "options")
        if len(part.options) < 2:
            words = "a choice has" if part.type == "choice" else "ticks have"
            report.add(where, f"{words} at least two options, found {len(part.options)}")
        other_words: list[tuple[KeyPath, str]] = []
        for option, words_for_it in part.also.items():
            place = (*path, "also", option)
            if option not in part.options:
                words = f"no option {quote(option)}{report.did_you_mean(option, part.options)}"
                report.add(place, words, at_key=True)
            other_words += _numbered(words_for_it, place)
        _check_told_apart([*_numbered(part.options, where), *other_words], "options", report)


def _check_scale(part: Field | Column, path: KeyPath, report: Report) -> None:
    low, high = scale(part)
    if low >= high:
        report.add((*path, "max"), f"max ({high}) is not greater than min ({low})")
    elif high - low > WIDEST_SCALE:
        report.add((*path, "max"), f"a scale has at most {WIDEST_SCALE} steps, found {high - low}")
    else:
        for point, text in part.anchors.items():
            where = (*path, "anchors", str(point))
            if not low <= point <= high:
                report.add(where, f"{point} lies outside the scale of {low} to {high}", at_key=True)
            _check_one_line(text, where, report)


def _check_table(table: Field, path: KeyPath, report: Report) -> None:
    where = (*path, "columns")
    if not 1 <= len(table.columns) <= MAX_COLUMNS:
        words = f"a table has one to {MAX_COLUMNS} columns, found {len(table.columns)}"
        report.add(where, words)
        return
    check_ids(table.columns, where, report, underscores=True)
    for index, column in enumerate(table.columns):
        here = (*where, index)
        if column.id == ROW:
            report.add((*here, "id"), f"`{ROW}` is reserved: it holds the names of the rows")
        _check_keys(column, _COLUMN_KEYS, "columns", here, report)
        _check_value(column, here, report)
    labels: list[tuple[KeyPath, str]] = [
        ((*where, index, "label"), column.label) for index, column in enumerate(table.columns)
    ]
    if table.row_label:
        labels.append(((*path, "row_label"), table.row_label))
    _check_told_apart(labels, "columns", report)
    _check_told_apart(_numbered(table.rows, (*path, "rows")), "rows", report)


def _numbered(texts: Iterable[str], path: KeyPath) -> list[tuple[KeyPath, str]]:
    return [((*path, index), text) for index, text in enumerate(texts)]


def _check_told_apart(named: Iterable[tuple[KeyPath, str]], what: str, report: Report) -> None:
    """Report names that a filled form could not tell apart: case and signs do not count there."""
    first: dict[str, KeyPath] = {}
    for path, text in named:
        # Empty names are reported as empty text.
        if not text.strip():
            continue
        _check_one_line(text, path, report)
        if ":" in text and what in ("fields", "columns"):
            report.add(path, "a colon ends a label on the form; remove it")
        name = name_key(text)
        if not name:
            report.add(path, f"{quote(text)} has neither letters nor digits to tell it by")
        elif name in first:
            line = report.document.place(first[name])[0]
            report.add(path, f"two {what} are called {quote(text)}; the first is on line {line}")
        else:
            first[name] = path


def _check_one_line(text: str, path: KeyPath, report: Report) -> None:
    if "\n" in text.strip():
        report.add(path, "this goes on one line of the form; remove the line breaks")


def _check_summary(sheet: Worksheet, summary: Summary, path: KeyPath, report: Report) -> None:
    """Report a summary that has nothing, or not the right things, to work with."""
    before = len(report.problems)
    _check_summary_fields(sheet, summary, path, report)
    _check_summary_columns(sheet, summary, path, report)
    _check_parameters(summary, path, report)
    if len(report.problems) == before:
        _check_sources(sheet, summary, path, report)
    if len(report.problems) == before and summary.weight:
        _check_weight(sheet, summary, path, report)


def _check_weight(sheet: Worksheet, summary: Summary, path: KeyPath, report: Report) -> None:
    """Report a weight that is no column of numbers in each table that is added up."""
    tables = {source.field.id: source.field for source in summary_sources(sheet, summary)}
    for table in tables.values():
        columns = {column.id: column for column in table.columns}
        weight = columns.get(summary.weight)
        if weight is None:
            hint = report.did_you_mean(summary.weight, columns)
            report.add((*path, "weight"), f"`{table.id}` has no column `{summary.weight}`{hint}")
        elif weight.type not in ("number", "rating"):
            words = f"a weight is a column of type number or rating, `{weight.id}` is {weight.type}"
            report.add((*path, "weight"), words)


def _check_summary_fields(
    sheet: Worksheet, summary: Summary, path: KeyPath, report: Report
) -> None:
    """Report fields that are not there, or of a type the summary cannot use."""
    needs = SUMMARY_NEEDS[summary.show]
    fields = {field.id: field for field in sheet.fields}
    for index, name in enumerate(summary.fields):
        where = (*path, "fields", index)
        field = fields.get(name)
        if field is None:
            report.add(where, f"no field `{name}`{report.did_you_mean(name, fields)}")
        elif field.type not in (*needs.fields, "table"):
            words = f"`{summary.show}` takes fields of type {' or '.join(needs.fields)}"
            report.add(where, f"{words}, `{name}` is {field.type}")
        elif field.type == "table" and not summary.columns and summary.show not in _WHOLE_TABLES:
            words = f"`{name}` is a table; say which of its columns with `columns`"
            report.add(where, words)


def _check_summary_columns(
    sheet: Worksheet, summary: Summary, path: KeyPath, report: Report
) -> None:
    """Report columns that are not there, or of a type the summary cannot use."""
    needs = SUMMARY_NEEDS[summary.show]
    columns = {
        column.id: column
        for field in sheet.fields
        if field.type == "table" and (not summary.fields or field.id in summary.fields)
        for column in field.columns
    }
    for index, name in enumerate(summary.columns):
        where = (*path, "columns", index)
        column = columns.get(name)
        if column is None:
            report.add(where, f"no column `{name}`{report.did_you_mean(name, columns)}")
        elif column.type not in needs.columns:
            words = f"`{summary.show}` takes columns of type {' or '.join(needs.columns)}"
            report.add(where, f"{words}, `{name}` is {column.type}")


def _check_parameters(summary: Summary, path: KeyPath, report: Report) -> None:
    for key, owner in _OWNERS.items():
        if summary.show != owner and report.has((*path, key)):
            report.add((*path, key), f"`{key}` belongs to `{owner}`", at_key=True)
    if summary.show == "count" and summary.raises and not summary.value:
        words = "`raises` needs `value`: the option of a choice that is the sign"
        report.add((*path, "raises"), words, at_key=True)
    if summary.show == "totals" and not summary.columns:
        report.add(path, "`totals` needs `columns`: what is added up")
    if summary.show == "lasts" and len(summary.fields) != 3:
        words = "`lasts` needs three `fields`: what there is, what comes in and what goes out"
        report.add(path, words)
    if summary.show == "gaps" and not (summary.fields or summary.columns):
        words = "`gaps` needs `fields`: what is in the first and in none of the others"
        report.add(path, words)


def _check_sources(sheet: Worksheet, summary: Summary, path: KeyPath, report: Report) -> None:
    needs = SUMMARY_NEEDS[summary.show]
    sources = summary_sources(sheet, summary)
    if summary.show == "lasts":
        lacking = set(summary.fields) - {source.field.id for source in sources}
        for name in summary.fields:
            if name in lacking:
                words = f"`{name}` has none of the `columns`"
                report.add((*path, "fields", summary.fields.index(name)), words)
        return
    if not enough_sources(summary, sources):
        count = {1: "a", 2: "two"}[needs.least]
        noun = f"{count} field{'s' if needs.least > 1 else ''} of type {' or '.join(needs.fields)}"
        report.add(path, f"`{summary.show}` needs {noun}; this worksheet offers {len(sources)}")
        return
    if needs.one_scale and len({scale(source.column or source.field) for source in sources}) > 1:
        report.add(path, f"`{summary.show}` compares ratings, and these are on different scales")
    if summary.value:
        options = {text for source in sources if source.column for text in source.column.options}
        where = (*path, "value")
        if not options:
            report.add(where, "`value` needs a column of type choice, named in `columns`")
        elif summary.value not in options:
            report.add(
                where, f"no option `{summary.value}`{report.did_you_mean(summary.value, options)}"
            )
