"""Worksheets: forms a coach writes in YAML, without code, and what their summaries draw on.

Apart from `model`, because most commands touch no worksheet and should not pay for these classes.
Rules that span several keys are in `content.checks.worksheet`.

Which fields and columns of a worksheet a summary draws on.

One answer for the checks, which refuse a summary that finds nothing, and for the summaries
themselves, so that the two can never disagree.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from trajplan.content.model import Silence
from trajplan.vocabulary import WorksheetSign

Filler = Literal["client", "coach", "both"]
FieldType = Literal["text", "list", "number", "rating", "choice", "ticks", "table"]
ColumnType = Literal["text", "number", "rating", "choice"]
Layout = Literal["grid", "cards"]
Feed = Literal["brief", "plan", "client"]
CareerOsPart = Literal["worked", "values", "strengths", "habits", "decide", "triggers", "people"]
SummaryName = Literal[
    "recurring_themes",
    "lowest",
    "highest",
    "widest_gap",
    "overlap",
    "gaps",
    "change",
    "count",
    "totals",
    "lasts",
]
Bound = Annotated[int, Meta(ge=-1_000_000_000, le=1_000_000_000)]

ROW = "row"
"""Where a table with named rows keeps the row's name; no column may be called so."""
LOWEST, HIGHEST = 1, 10
"""The scale of a rating that names none."""


class Column(Struct, frozen=True, kw_only=True):
    """One column of a table."""

    id: str
    label: str
    type: ColumnType = "text"
    help: str = ""
    carry: bool = False
    """Of a table that is carried on, only such columns are; where none is, all of them."""
    min: Bound | None = None
    max: Bound | None = None
    anchors: Mapping[int, str] = {}
    options: tuple[str, ...] = ()
    also: Mapping[str, tuple[str, ...]] = {}
    """Other words that people write for an option, by option."""


class Field(Struct, frozen=True, kw_only=True):
    """One thing the form asks for. Which keys belong to which type is checked."""

    id: str
    label: str
    type: FieldType
    help: str = ""
    required: bool = False
    """A form without it is not kept."""
    expected: bool = False
    """Named as a gap for as long as it is empty."""
    relabel: bool = False
    """The client may give it another name."""
    carry: bool = False
    """Its answer stands among the lines that go into briefs and plans."""
    raises: WorksheetSign | None = None
    """An answer here is a sign that calls for a blueprint (`called_for`)."""
    career_os: CareerOsPart | None = None
    """The part of the Career OS its answer belongs to (R113)."""
    min: Bound | None = None
    max: Bound | None = None
    anchors: Mapping[int, str] = {}
    """What points of a rating mean."""
    options: tuple[str, ...] = ()
    also: Mapping[str, tuple[str, ...]] = {}
    """Other words that people write for an option, by option."""
    columns: tuple[Column, ...] = ()
    rows: tuple[str, ...] = ()
    """The names of a table's rows; empty: as many as the writer likes."""
    blank_rows: Annotated[int, Meta(ge=1, le=20)] = 3
    """How many empty rows, bullets or lines to write on a blank form offers."""
    layout: Layout = "grid"
    """`cards`: a block of lines for each row, for tables too wide to write in."""
    row_label: str = ""
    """What a row is, such as `Role`."""


class Summary(Struct, frozen=True, kw_only=True):
    """One thing the program works out from the answers. Empty lists mean "all that fit"."""

    show: SummaryName
    title: str = ""
    fields: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    value: str = ""
    """`count`: only this option of a choice; its rows are named."""
    raises: WorksheetSign | None = None
    """`count` with a `value`: a row with that option is a sign that calls for a blueprint."""
    weight: str = ""
    """`totals`: the column of the same table by which each row counts."""
    at_least: Annotated[int, Meta(ge=1, le=20)] = 2
    """`recurring_themes`: how often before it recurs."""


class Worksheet(Struct, frozen=True, kw_only=True):
    """A form or exercise."""

    kind: Literal["worksheet"]
    id: str
    title: str
    filled_by: tuple[Filler, ...] = field(name="for")
    """Who fills it in."""
    fields: tuple[Field, ...]
    purpose: str = ""
    """What it is good for, in a line or two; it stands at the top of the form."""
    coach: str = ""
    """A line for the coach: when to reach for it, what to do with it. Not on the form."""
    debrief: str = ""
    """One question to ask when it comes back filled in; the next plan asks it (R83)."""
    source: str = ""
    """Where it comes from, where that is worth saying."""
    scenarios: tuple[str, ...] = ()
    summaries: tuple[SummaryName | Summary, ...] = ()
    feeds: tuple[Feed, ...] = ()
    """Where its results are shown besides its own page."""
    silence: Silence = {}


def scale(rating: Field | Column) -> tuple[int, int]:
    """The ends of a rating's scale."""
    low = LOWEST if rating.min is None else rating.min
    return low, (max(HIGHEST, low + 1) if rating.max is None else rating.max)


MOST_POINTS = 11
"""A longer scale has no points to mark; its number is written."""


def is_drawn(rating: Field | Column) -> bool:
    """Whether a rating is marked on a scale."""
    low, high = scale(rating)
    return high - low < MOST_POINTS


def summaries_of(sheet: Worksheet) -> tuple[Summary, ...]:
    """The summaries with those given by name alone written out."""
    return tuple(
        summary if isinstance(summary, Summary) else Summary(show=summary)
        for summary in sheet.summaries
    )


class SummaryNeeds(Struct, frozen=True):
    """What a summary can be made of, and how many of them it takes."""

    fields: tuple[str, ...]
    """Field types."""
    columns: tuple[str, ...]
    """Column types."""
    least: int = 1
    one_scale: bool = False
    """Compares ratings, so that all must share one scale."""


SUMMARY_NEEDS: Mapping[str, SummaryNeeds] = {
    "recurring_themes": SummaryNeeds(("list", "text"), ("text",)),
    "lowest": SummaryNeeds(("rating",), ("rating",), 2, one_scale=True),
    "highest": SummaryNeeds(("rating",), ("rating",), 2, one_scale=True),
    "widest_gap": SummaryNeeds(("rating",), ("rating",), 2, one_scale=True),
    "overlap": SummaryNeeds(("list", "ticks"), ("text",), 2),
    "gaps": SummaryNeeds(("list", "ticks"), ("text",), 2),
    "change": SummaryNeeds(("rating", "number"), ("rating", "number")),
    "count": SummaryNeeds(("list", "ticks", "table"), ("choice",)),
    "totals": SummaryNeeds(("table",), ("number", "rating")),
    "lasts": SummaryNeeds(("number", "table"), ("number",), 3),
}
_UNNAMED: Mapping[str, tuple[str, ...]] = {"recurring_themes": ("list",)}
"""Types taken without being named, where these are fewer: not every text is a list of themes."""


class SummarySource(Struct, frozen=True):
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


def summary_sources(sheet: Worksheet, summary: Summary) -> tuple[SummarySource, ...]:
    """Everything in a worksheet the summary draws on, in the order it is named or stands."""
    needs = SUMMARY_NEEDS[summary.show]
    types = needs.fields if summary.fields else _UNNAMED.get(summary.show, needs.fields)
    sources: list[SummarySource] = []
    for part in _fields(sheet, summary):
        if part.type == "table":
            columns = _columns(part, summary, needs)
            sources += [SummarySource(part, column) for column in columns]
            if columns or "table" not in needs.fields:
                continue
        if part.type in types:
            sources.append(SummarySource(part))
    return tuple(sources)


def enough_sources(summary: Summary, sources: tuple[SummarySource, ...]) -> bool:
    """Whether there is enough to compare: a single rated column has many rows."""
    needs = SUMMARY_NEEDS[summary.show]
    tabular = needs.one_scale and any(source.column for source in sources)
    return len(sources) >= (1 if tabular else needs.least)


def _fields(sheet: Worksheet, summary: Summary) -> tuple[Field, ...]:
    if not summary.fields:
        return sheet.fields
    named = {part.id: part for part in sheet.fields}
    return tuple(named[name] for name in summary.fields if name in named)


def _columns(table: Field, summary: Summary, needs: SummaryNeeds) -> tuple[Column, ...]:
    if summary.columns:
        named = {column.id: column for column in table.columns}
        columns = tuple(named[name] for name in summary.columns if name in named)
    elif summary.show == "change":
        columns = table.columns
    else:
        return ()
    return tuple(column for column in columns if column.type in needs.columns)
