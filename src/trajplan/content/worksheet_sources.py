"""Which fields and columns of a worksheet a summary draws on.

One answer for the checks, which refuse a summary that finds nothing, and for the summaries
themselves, so that the two can never disagree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from trajplan.content.worksheet_model import Column, Field, Summary, Worksheet


@dataclass(frozen=True, slots=True)
class Needs:
    """What a summary can be made of, and how many of them it takes."""

    fields: tuple[str, ...]
    """Field types."""
    columns: tuple[str, ...]
    """Column types."""
    least: int = 1
    one_scale: bool = False
    """Compares ratings, so that all must share one scale."""


NEEDS: Mapping[str, Needs] = {
    "recurring_themes": Needs(("list", "text"), ("text",)),
    "lowest": Needs(("rating",), ("rating",), 2, one_scale=True),
    "highest": Needs(("rating",), ("rating",), 2, one_scale=True),
    "widest_gap": Needs(("rating",), ("rating",), 2, one_scale=True),
    "overlap": Needs(("list",), ("text",), 2),
    "gaps": Needs(("list",), ("text",), 2),
    "change": Needs(("rating", "number"), ("rating", "number")),
    "count": Needs(("list", "table"), ("choice",)),
}
UNNAMED = {"recurring_themes": ("list",)}
"""Types taken without being named, where these are fewer: not every text is a list of themes."""


@dataclass(frozen=True, slots=True)
class Source:
    """A field, or one column of a table."""

    field: Field
    column: Column | None = None

    @property
    def type(self) -> str:
        """The type of what stands here."""
        return self.column.type if self.column else self.field.type

    @property
    def label(self) -> str:
        """How it is called on the form."""
        return self.column.label if self.column else self.field.label


def sources(sheet: Worksheet, summary: Summary) -> tuple[Source, ...]:
    """Everything in a worksheet the summary draws on, in the order it is named or stands."""
    needs = NEEDS[summary.show]
    found: list[Source] = []
    for one in _fields(sheet, summary):
        if one.type == "table":
            columns = _columns(one, summary, needs)
            found += [Source(one, column) for column in columns]
            if columns or "table" not in needs.fields:
                continue
        wanted = needs.fields if summary.fields else UNNAMED.get(summary.show, needs.fields)
        if one.type in wanted:
            found.append(Source(one))
    return tuple(found)


def enough(summary: Summary, found: tuple[Source, ...]) -> bool:
    """Whether there is enough to compare: a single rated column has many rows."""
    tabular = any(one.column for one in found) and NEEDS[summary.show].one_scale
    return len(found) >= (1 if tabular else NEEDS[summary.show].least)


def _fields(sheet: Worksheet, summary: Summary) -> tuple[Field, ...]:
    if not summary.fields:
        return sheet.fields
    named = {one.id: one for one in sheet.fields}
    return tuple(named[name] for name in summary.fields if name in named)


def _columns(table: Field, summary: Summary, needs: Needs) -> tuple[Column, ...]:
    if summary.columns:
        named = {one.id: one for one in table.columns}
        wanted = tuple(named[name] for name in summary.columns if name in named)
    elif summary.show == "change":
        wanted = table.columns
    else:
        return ()
    return tuple(one for one in wanted if one.type in needs.columns)
