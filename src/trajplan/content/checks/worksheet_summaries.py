"""Summaries of a worksheet: what each needs is there."""

from __future__ import annotations

from trajplan.content.document import KeyPath
from trajplan.content.report import Report, meant
from trajplan.content.worksheet_model import Summary, Worksheet, scale
from trajplan.content.worksheet_sources import NEEDS, Source, enough, sources

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
    needs = NEEDS[summary.show]
    fields = {one.id: one for one in sheet.fields}
    for at, name in enumerate(summary.fields):
        where = (*path, "fields", at)
        one = fields.get(name)
        if one is None:
            report.add(where, f"no field `{name}`{meant(name, fields)}")
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
            report.add(where, f"no column `{name}`{meant(name, columns)}")
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
    needs = NEEDS[summary.show]
    found = sources(sheet, summary)
    if not enough(summary, found):
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
            report.add(where, f"no option `{summary.value}`{meant(summary.value, options)}")


def _scale(one: Source) -> tuple[int, int]:
    return scale(one.column or one.field)
