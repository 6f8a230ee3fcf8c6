"""The contract of worksheets: forms a coach writes in YAML, without code.

Apart from `model`, because most commands touch no worksheet and should not pay for these classes.
Rules that span several keys are in `library.checks.worksheet`. Source: SPEC, `kind: worksheet`.
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
