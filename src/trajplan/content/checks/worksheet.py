"""Summaries of a worksheet: what each needs is there.

Worksheets: ids and names, what belongs to which type of field, scales and options.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from trajplan.content.checks.texts import check_id, check_unique
from trajplan.content.document import KeyPath, Report
from trajplan.content.worksheet_model import (
    ROW,
    SUMMARY_NEEDS,
    Column,
    Field,
    Summary,
    SummarySource,
    Worksheet,
    enough_sources,
    scale,
    summary_sources,
)
from trajplan.text import did_you_mean, name_key, quote

_WHOLE_TABLES = ("count", "change")
"""Summaries that can do with a table as it is."""


def check_summaries(sheet: Worksheet, report: Report) -> None:
    """Report summaries that have nothing, or not the right things, to work with."""
    # A field that could not be read may have been the one that is needed.
    known = report.there(("fields",)) and report.sure(
        *(
            ("fields", at, key)
            for at in range(len(sheet.fields))
            for key in ("id", "type", "columns")
        )
    )
    for at, given in enumerate(sheet.summaries):
        path: KeyPath = ("summaries", at)
        if not known or not report.sure(path):
            continue
        summary = Summary(show=given) if isinstance(given, str) else given
        before = len(report.problems)
        _check_names(sheet, summary, path, report)
        _check_parameters(summary, path, report)
        if len(report.problems) == before:
            _check_sources(sheet, summary, path, report)


def _check_names(sheet: Worksheet, summary: Summary, path: KeyPath, report: Report) -> None:
    """Report fields and columns that are not there, or of a type it cannot use."""
    needs = SUMMARY_NEEDS[summary.show]
    fields = {one.id: one for one in sheet.fields}
    for at, name in enumerate(summary.fields):
        where = (*path, "fields", at)
        one = fields.get(name)
        if one is None:
            report.add(where, f"no field `{name}`{did_you_mean(name, fields)}")
        elif one.type not in (*needs.fields, "table"):
            words = f"`{summary.show}` takes fields of type {' or '.join(needs.fields)}"
            report.add(where, f"{words}, `{name}` is {one.type}")
        elif one.type == "table" and not summary.columns and summary.show not in _WHOLE_TABLES:
            words = f"`{name}` is a table; say which of its columns with `columns`"
            report.add(where, words)
    tables = [
        one
        for one in sheet.fields
        if one.type == "table" and (not summary.fields or one.id in summary.fields)
    ]
    columns = {column.id: column for one in tables for column in one.columns}
    for at, name in enumerate(summary.columns):
        where = (*path, "columns", at)
        column = columns.get(name)
        if column is None:
            report.add(where, f"no column `{name}`{did_you_mean(name, columns)}")
        elif column.type not in needs.columns:
            words = f"`{summary.show}` takes columns of type {' or '.join(needs.columns)}"
            report.add(where, f"{words}, `{name}` is {column.type}")


def _check_parameters(summary: Summary, path: KeyPath, report: Report) -> None:
    for key, owner in (("value", "count"), ("raises", "count"), ("at_least", "recurring_themes")):
        if summary.show != owner and report.has((*path, key)):
            report.add((*path, key), f"`{key}` belongs to `{owner}`", at_key=True)
    if (
        summary.show == "count"
        and summary.raises
        and not summary.value
        and report.has((*path, "raises"))
    ):
        words = "`raises` needs `value`: the option of a choice that is the sign"
        report.add((*path, "raises"), words, at_key=True)
    if summary.show == "gaps" and not (summary.fields or summary.columns):
        words = "`gaps` needs `fields`: what stands in the first and in none of the others"
        report.add(path, words)


def _check_sources(sheet: Worksheet, summary: Summary, path: KeyPath, report: Report) -> None:
    needs = SUMMARY_NEEDS[summary.show]
    found = summary_sources(sheet, summary)
    if not enough_sources(summary, found):
        count = {1: "a", 2: "two"}[needs.least]
        noun = f"{count} field{'s' if needs.least > 1 else ''} of type {' or '.join(needs.fields)}"
        report.add(path, f"`{summary.show}` needs {noun}; this worksheet offers {len(found)}")
        return
    if needs.one_scale and len({_scale(one) for one in found}) > 1:
        report.add(path, f"`{summary.show}` compares ratings, and these are on different scales")
    if summary.value:
        options = {text for one in found if one.column for text in one.column.options}
        where = (*path, "value")
        if not options:
            report.add(where, "`value` needs a column of type choice, named in `columns`")
        elif summary.value not in options:
            report.add(where, f"no option `{summary.value}`{did_you_mean(summary.value, options)}")


def _scale(one: SummarySource) -> tuple[int, int]:
    return scale(one.column or one.field)


MAX_FIELDS = 60
MAX_COLUMNS = 12
WIDEST_SCALE = 100
BELONGS: Mapping[str, tuple[str, ...]] = {
    "career_os": ("text", "list", "table"),
    "relabel": ("rating", "number", "choice"),
    "min": ("rating", "number"),
    "max": ("rating", "number"),
    "anchors": ("rating",),
    "options": ("choice",),
    "columns": ("table",),
    "rows": ("table",),
    "layout": ("table",),
    "row_label": ("table",),
    "blank_rows": ("table", "list"),
    "raises": ("text", "list"),
}
"""Keys that only some types of field have a use for."""


def check_worksheet(sheet: Worksheet, report: Report) -> None:
    """Report every fault of one worksheet."""
    check_id(sheet.id, ("id",), report)
    _one_line(sheet.title, ("title",), report)
    if not sheet.filled_by and report.there(("for",)):
        report.add(("for",), "say who fills it in: client, coach or both")
    if not sheet.fields and report.there(("fields",)):
        report.add(("fields",), "a worksheet has at least one field")
    if len(sheet.fields) > MAX_FIELDS:
        report.add(("fields",), f"more than {MAX_FIELDS} fields", at_key=True)
        return
    paths = [("fields", at) for at in range(len(sheet.fields))]
    for one, path in zip(sheet.fields, paths, strict=True):
        check_id(one.id, (*path, "id"), report, underscores=True)
        _belonging(one, path, report)
        _check_field(one, path, report)
    named = [((*path, "id"), one.id) for one, path in zip(sheet.fields, paths, strict=True)]
    check_unique(named, "fields", report)
    labels = [((*path, "label"), one.label) for one, path in zip(sheet.fields, paths, strict=True)]
    _told_apart(labels, "fields", report)
    check_summaries(sheet, report)


def _belonging(one: Field, path: KeyPath, report: Report) -> None:
    """Report keys that a field of this type has no use for."""
    if not report.sure((*path, "type")):
        return
    for key, types in BELONGS.items():
        if one.type not in types and report.has((*path, key)):
            words = f"`{key}` belongs to fields of type {' or '.join(types)}"
            report.add((*path, key), f"{words}, this one is {one.type}", at_key=True)
            report.doubt((*path, key))


def _check_field(one: Field, path: KeyPath, report: Report) -> None:
    if not report.sure((*path, "type")):
        return
    if one.type == "table":
        _check_table(one, path, report)
    else:
        _check_value(one, path, report)


def _check_value(one: Field | Column, path: KeyPath, report: Report) -> None:
    """Check the scale of a rating, the bounds of a number, the options of a choice."""
    if one.type in ("rating", "number"):
        _check_scale(one, path, report)
    if one.type == "choice":
        where = (*path, "options")
        if len(one.options) < 2 and report.there(where):
            report.add(where, f"a choice has at least two options, found {len(one.options)}")
        _told_apart(_numbered(one.options, where), "options", report)


def _check_scale(one: Field | Column, path: KeyPath, report: Report) -> None:
    if not report.sure((*path, "min"), (*path, "max")):
        return
    if one.type == "number":
        if one.min is not None and one.max is not None and one.min >= one.max:
            report.add((*path, "max"), f"max ({one.max}) is not more than min ({one.min})")
        return
    low, high = scale(one)
    if low >= high:
        report.add((*path, "max"), f"max ({high}) is not more than min ({low})")
    elif high - low > WIDEST_SCALE:
        report.add((*path, "max"), f"a scale has at most {WIDEST_SCALE} steps, found {high - low}")
    else:
        for point, text in one.anchors.items():
            where = (*path, "anchors", str(point))
            if not low <= point <= high and report.there(where):
                report.add(where, f"{point} lies outside the scale of {low} to {high}", at_key=True)
            _one_line(text, where, report)


def _check_table(one: Field, path: KeyPath, report: Report) -> None:
    where = (*path, "columns")
    if not report.there(where):
        return
    if not 1 <= len(one.columns) <= MAX_COLUMNS:
        words = f"a table has one to {MAX_COLUMNS} columns, found {len(one.columns)}"
        report.add(where, words)
        return
    for at, column in enumerate(one.columns):
        here = (*where, at)
        check_id(column.id, (*here, "id"), report, underscores=True)
        if column.id == ROW and report.sure((*here, "id")):
            report.add((*here, "id"), f"`{ROW}` is taken: the names of rows are kept there")
        if report.sure((*here, "type")):
            _belonging_column(column, here, report)
            _check_value(column, here, report)
    named = [((*where, at, "id"), column.id) for at, column in enumerate(one.columns)]
    check_unique(named, "columns", report)
    labels = [((*where, at, "label"), column.label) for at, column in enumerate(one.columns)]
    if one.row_label:
        labels.append(((*path, "row_label"), one.row_label))
    _told_apart(labels, "columns", report)
    _told_apart(_numbered(one.rows, (*path, "rows")), "rows", report)


def _belonging_column(column: Column, path: KeyPath, report: Report) -> None:
    for key in ("min", "max", "anchors", "options"):
        types = BELONGS[key]
        if column.type not in types and report.has((*path, key)):
            words = f"`{key}` belongs to columns of type {' or '.join(types)}"
            report.add((*path, key), f"{words}, this one is {column.type}", at_key=True)


def _numbered(texts: Iterable[str], path: KeyPath) -> list[tuple[KeyPath, str]]:
    return [((*path, at), text) for at, text in enumerate(texts)]


def _told_apart(named: Iterable[tuple[KeyPath, str]], what: str, report: Report) -> None:
    """Report names that a filled form could not tell apart: case and signs do not count there."""
    first: dict[str, KeyPath] = {}
    for path, text in named:
        if not text.strip() or not report.sure(path):
            continue
        _one_line(text, path, report)
        if ":" in text and what in ("fields", "columns"):
            report.add(path, "a colon ends a label on the form; take it out")
        name = name_key(text)
        if not name:
            report.add(path, f"{quote(text)} has neither letters nor digits to know it by")
        elif name in first:
            line = report.document.place(first[name])[0]
            report.add(path, f"two {what} are called {quote(text)}; the first is on line {line}")
        else:
            first[name] = path


def _one_line(text: str, path: KeyPath, report: Report) -> None:
    if "\n" in text.strip() and report.sure(path):
        report.add(path, "this stands on one line of the form; take the line breaks out")
