"""What a column of a record may hold: the words that the records of `model.py` are written in.

A field's annotation says everything about its column. Plain types speak for themselves (`str`,
`int`, `float`, `bool`, `date`, a `Literal` of words, `| None` for what may be missing); any other
type is kept as JSON. What a type cannot say stands here. `table.py` turns it into SQL.
"""

from typing import Annotated, ClassVar, Literal, TypeVar

from msgspec import Meta, Struct


class Record(Struct, frozen=True, kw_only=True):
    """A row of the practice as a frozen value; each subclass has a table of its own."""

    rules: ClassVar[tuple[str, ...]] = ()
    """What the table refuses beyond its single columns, as SQL."""
    order: ClassVar[str] = "rowid"
    """The order in which a reader expects the rows, as SQL; else the order they were made in."""
    noun: ClassVar[str] = ""
    """What a coach calls one of them; empty for what follows from another record."""
    nouns: ClassVar[str] = ""
    """Several of them, where that is not the noun with an s."""
    searched: ClassVar[tuple[tuple[str, str], ...]] = ()
    """Fields with words that `search` looks through, each with the kind of find they are."""


R = TypeVar("R", bound=Record)


class Reference(Struct, frozen=True):
    """The column names a row of another table by its id."""

    table: str
    on_delete: Literal["CASCADE", "SET NULL", "NO ACTION"]


def ref(
    table: str, on_delete: Literal["CASCADE", "SET NULL", "NO ACTION"] = "CASCADE"
) -> Reference:
    """The id of a row in `table`; by default this row goes when that one goes (R119)."""
    return Reference(table, on_delete)


class ColumnRole(Struct, frozen=True):
    """A role that a column plays for its table."""

    role: Literal["id", "key", "number", "time"]


KEY = ColumnRole("key")
"""Part of the primary key of a table without ids."""

Id = Annotated[int, ColumnRole("id")]
"""Given by the store and never given again: it may stand in a print or an export. 0: not yet."""
Number = Annotated[int, ColumnRole("number")]
"""Counts from 1 for each client; given by the store, what a coach sees and types. 0: not yet."""
Time = Annotated[str, ColumnRole("time")]
"""`HH:MM`, or empty."""
Text = Annotated[str, Meta(min_length=1)]
"""Never empty; a plain `str` may be."""
Rating = Annotated[int, Meta(ge=1, le=10)]
Count = Annotated[int, Meta(ge=0)]
Positive = Annotated[int, Meta(ge=1)]
