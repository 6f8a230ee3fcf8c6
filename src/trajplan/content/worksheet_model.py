"""The contract of worksheets: forms a coach writes in YAML, without code.

Apart from `model`, because most commands touch no worksheet and should not pay for these classes.
Rules that span several keys are in `library.checks.worksheet`. Source: SPEC, `kind: worksheet`.

Which fields and columns of a worksheet a summary draws on.

One answer for the checks, which refuse a summary that finds nothing, and for the summaries
themselves, so that the two can never disagree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar, Literal

from annotated_types import Ge, Le

from trajplan.content.model import Silence
from trajplan.content.vocabulary import WorksheetSign

STRICT: dict[str, Any] = {"extra": "forbid"}

Filler = Literal["client", "coach", "both"]
FieldType = Literal["text", "list", "number", "rating", "choice", "table"]
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
]
Bound = Annotated[int, Ge(-1_000_000_000), Le(1_000_000_000)]

ROW = "row"
"""Where a table with named rows keeps the row's name; no column may be called so."""
LOWEST, HIGHEST = 1, 10
"""The scale of a rating that names none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    label: str
    type: ColumnType = "text"
    help: str = ""
    carry: bool = False
    """Of a table that is carried on, only such columns are; where none is, all of them."""
    min: Bound | None = None
    max: Bound | None = None
    anchors: Mapping[int, str] = field(default_factory=dict)
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One thing the form asks for. Which keys belong to which type is checked."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
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
    anchors: Mapping[int, str] = field(default_factory=dict)
    """What points of a rating mean."""
    options: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    rows: tuple[str, ...] = ()
    """The names of a table's rows; empty: as many as the writer likes."""
    blank_rows: Annotated[int, Ge(1), Le(20)] = 3
    """How many empty rows or bullets a blank form offers."""
    layout: Layout = "grid"
    """`cards`: a block of lines for each row, for tables too wide to write in."""
    row_label: str = ""
    """What a row is, such as `Role`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """One thing the program works out from the answers. Empty lists mean "all that fit"."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    show: SummaryName
    title: str = ""
    fields: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    value: str = ""
    """`count`: only this option of a choice; its rows are named."""
    raises: WorksheetSign | None = None
    """`count` with a `value`: a row with that option is a sign that calls for a blueprint."""
    at_least: Annotated[int, Ge(1), Le(20)] = 2
    """`recurring_themes`: how often before it recurs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Worksheet:
    """A form or exercise."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    kind: Literal["worksheet"]
    id: str
    title: str
    filled_by: tuple[Filler, ...]
    """`for` in the file: who fills it in."""
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
    silence: Silence = field(default_factory=dict, hash=False)


WORDS: Mapping[str, str] = {"for": "filled_by"}
"""The file's words that are no field names in Python."""


def scale(one: Field | Column) -> tuple[int, int]:
    """The ends of a rating's scale."""
    low = LOWEST if one.min is None else one.min
    return low, (max(HIGHEST, low + 1) if one.max is None else one.max)


def summaries_of(sheet: Worksheet) -> tuple[Summary, ...]:
    """The summaries with those given by name alone written out."""
    return tuple(
        Summary(show=one) if isinstance(one, str) else one  # type: ignore[arg-type, unused-ignore]
        for one in sheet.summaries
    )


@dataclass(frozen=True, slots=True)
class SummaryNeeds:
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
    "overlap": SummaryNeeds(("list",), ("text",), 2),
    "gaps": SummaryNeeds(("list",), ("text",), 2),
    "change": SummaryNeeds(("rating", "number"), ("rating", "number")),
    "count": SummaryNeeds(("list", "table"), ("choice",)),
}
TAKEN_UNNAMED = {"recurring_themes": ("list",)}
"""Types taken without being named, where these are fewer: not every text is a list of themes."""


@dataclass(frozen=True, slots=True)
class SummarySource:
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
    found: list[SummarySource] = []
    for one in _fields(sheet, summary):
        if one.type == "table":
            columns = _columns(one, summary, needs)
            found += [SummarySource(one, column) for column in columns]
            if columns or "table" not in needs.fields:
                continue
        wanted = needs.fields if summary.fields else TAKEN_UNNAMED.get(summary.show, needs.fields)
        if one.type in wanted:
            found.append(SummarySource(one))
    return tuple(found)


def enough_sources(summary: Summary, found: tuple[SummarySource, ...]) -> bool:
    """Whether there is enough to compare: a single rated column has many rows."""
    tabular = any(one.column for one in found) and SUMMARY_NEEDS[summary.show].one_scale
    return len(found) >= (1 if tabular else SUMMARY_NEEDS[summary.show].least)


def _fields(sheet: Worksheet, summary: Summary) -> tuple[Field, ...]:
    if not summary.fields:
        return sheet.fields
    named = {one.id: one for one in sheet.fields}
    return tuple(named[name] for name in summary.fields if name in named)


def _columns(table: Field, summary: Summary, needs: SummaryNeeds) -> tuple[Column, ...]:
    if summary.columns:
        named = {one.id: one for one in table.columns}
        wanted = tuple(named[name] for name in summary.columns if name in named)
    elif summary.show == "change":
        wanted = table.columns
    else:
        return ()
    return tuple(one for one in wanted if one.type in needs.columns)
