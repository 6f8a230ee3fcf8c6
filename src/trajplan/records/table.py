"""From the class of a record to its table: what SQL makes it, and rows to records and back.

The class is read when its first record is, not when it is imported; SQL that makes a table is
written only when a practice is created.
"""

from __future__ import annotations

import datetime as dt
import types
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import msgspec
from msgspec import Meta, Struct

from trajplan.errors import StoreFault
from trajplan.records.fields import ColumnRole, R, Record, Reference
from trajplan.records.kinds import KINDS, TABLES
from trajplan.records.model.journeys import Client

Cell = str | int | float | None
"""What a column of SQLite holds."""


class Column(Struct, frozen=True):
    """A column as its field's annotation tells it."""

    name: str
    kind: Any
    """The plain type: `int`, `str`, a tuple of words, …"""
    optional: bool
    marks: tuple[Any, ...]
    """What the annotation adds: parts, references, ranges."""

    def has(self, role: str) -> bool:
        """Whether the column plays this role for its table."""
        return any(isinstance(mark, ColumnRole) and mark.role == role for mark in self.marks)

    @property
    def is_json(self) -> bool:
        """Whether it holds a list, a mapping or a form as JSON."""
        return not (isinstance(self.kind, tuple) or self.kind in _SQL_TYPES)


class Table(Struct, frozen=True):
    """What reading and writing a record's rows needs to know."""

    name: str
    key: tuple[str, ...]
    json: tuple[str, ...]
    flags: tuple[str, ...]
    given: tuple[str, ...]
    """Columns that the store fills when they are 0: `id` and `number`."""


_SQL_TYPES = {str: "TEXT", int: "INTEGER", bool: "INTEGER", float: "REAL", dt.date: "TEXT"}


@cache
def columns_of(kind: type[Record]) -> tuple[Column, ...]:
    """Read the annotations of a record's fields, in their order."""
    # As they stand, since the modules that declare records have real annotations; and no record is
    # a kind of another.
    hints = kind.__annotations__
    return tuple(Column(name, *_said_of(hints[name])) for name in kind.__struct_fields__)


@cache
def table_of(kind: type[Record]) -> Table:
    """The table that a kind of record is kept in."""
    columns = columns_of(kind)
    return Table(
        name=TABLES[kind],
        key=tuple(column.name for column in columns if column.has("id") or column.has("key")),
        json=tuple(column.name for column in columns if column.is_json),
        flags=tuple(column.name for column in columns if column.kind is bool),
        given=tuple(column.name for column in columns if column.has("id") or column.has("number")),
    )


@cache
def of_one_client(kind: type[Record]) -> str:
    """The condition on rows that are one client's, as SQL; each mark in it is the client's id.

    It follows the references with which a row goes when its client goes, of which one that is never
    empty is enough. A row that names nobody is the coach's own, and passes. Empty for a kind that
    never names anybody.
    """
    if kind is Client:
        return "id = ?"
    references = [
        (column, mark.table)
        for column in columns_of(kind)
        for mark in column.marks
        if isinstance(mark, Reference) and mark.on_delete == "CASCADE"
    ]
    always = [(column, name) for column, name in references if not column.optional]
    if always:
        (column, name), *_ = always
        return _names_one_of(column, name)
    nobody = " AND ".join(f"{column.name} IS NULL" for column, _ in references)
    somebody = [_names_one_of(column, name) for column, name in references]
    return f"({' OR '.join([*somebody, nobody])})" if references else ""


def _names_one_of(column: Column, table: str) -> str:
    """The condition that a column names a row of this table that is one client's."""
    if table == TABLES[Client]:
        return f"{column.name} = ?"
    return f"{column.name} IN (SELECT id FROM {table} WHERE {of_one_client(KINDS[table])})"


def record(kind: type[R], row: Mapping[str, Any]) -> R:
    """Build a record from its row. Raises StoreFault for a row that no record can be made of."""
    table = table_of(kind)
    data = dict(row)
    try:
        for name in table.json:
            data[name] = msgspec.json.decode(data[name])
        for name in table.flags:
            data[name] = bool(data[name])
        return msgspec.convert(data, kind)
    except (msgspec.MsgspecError, KeyError, TypeError) as fault:
        what = kind.__name__.lower()
        raise StoreFault(
            f"a record ({what}) in the practice is damaged; `trajplan practice check` says which"
        ) from fault


def cells(kind: type[Record], values: Mapping[str, Any]) -> dict[str, Cell]:
    """The values of named fields as the columns keep them. Raises UnicodeEncodeError."""
    json = table_of(kind).json
    return {name: cell(value, as_json=name in json) for name, value in values.items()}


def cell(value: Any, *, as_json: bool = False) -> Cell:
    """One value as a column keeps it: dates as ISO text, flags as 0 and 1, the rest as JSON.

    JSON is written with its letters as they are: escaped, half a character would slip through.
    """
    if as_json:
        return msgspec.json.encode(value).decode()
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if value is None or isinstance(value, str | int | float):
        return value
    raise TypeError(f"{type(value).__name__} is no value of a column")


def create(kind: type[Record]) -> tuple[str, ...]:
    """The statements that make a record's table: itself, and an index for each reference."""
    table, columns = table_of(kind), columns_of(kind)
    lines = [_definition(kind, column) for column in columns]
    if len(table.key) > 1:
        lines.append(f"PRIMARY KEY ({', '.join(table.key)})")
    lines += kind.rules
    body = ",\n    ".join(lines)
    indexes = (
        f"CREATE INDEX {table.name}_by_{column.name} ON {table.name} ({column.name})"
        for column in columns
        if any(isinstance(mark, Reference) for mark in column.marks) and column.name != table.key[0]
    )
    return (f"CREATE TABLE {table.name} (\n    {body}) STRICT", *indexes)


@cache
def _said_of(hint: Any) -> tuple[Any, bool, tuple[Any, ...]]:
    """The plain type, whether it may be missing, and what else the annotation says: many columns
    say the same."""
    marks: list[Any] = []
    optional = False
    members: list[Any] = []
    for member in _members(hint):
        if member is type(None):
            optional = True
        elif get_origin(member) is Annotated:
            inner, *said = get_args(member)
            marks += said
            members += _members(inner)
        else:
            members.append(member)
    if members and all(get_origin(member) is Literal for member in members):
        words = tuple(word for member in members for word in get_args(member))
        return words, optional, tuple(marks)
    kind = members[0] if len(members) == 1 else Any
    return kind, optional, tuple(marks)


def _members(hint: Any) -> tuple[Any, ...]:
    """The members of a union; a type alone."""
    return get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)


def _definition(kind: type[Record], column: Column) -> str:
    """A column's line in CREATE TABLE."""
    name = column.name
    if column.has("id"):
        # AUTOINCREMENT: an id once printed or exported is never given to another record.
        return f"{name} INTEGER PRIMARY KEY AUTOINCREMENT"
    words = [name, "TEXT" if column.is_json else _SQL_TYPES.get(column.kind, "TEXT")]
    alone = table_of(kind).key == (name,)
    if alone:
        words.append("PRIMARY KEY")
    elif not (column.optional or column.has("number")):
        words.append("NOT NULL")
    words += _default(kind, column)
    words += [f"CHECK ({check})" for check in checks_of(column)]
    for mark in column.marks:
        if isinstance(mark, Reference):
            words.append(f"REFERENCES {mark.table} (id) ON DELETE {mark.on_delete}")
    return " ".join(words)


def _default(kind: type[Record], column: Column) -> Iterator[str]:
    """What a row has that was written without the column, as a field has that was left out."""
    fields = {field.name: field for field in msgspec.structs.fields(kind)}
    field = fields[column.name]
    if column.has("number") or field.required:
        return
    default = field.default if field.default_factory is msgspec.NODEFAULT else {}
    if default is None:
        return
    text = cell(default, as_json=column.is_json)
    yield f"DEFAULT '{text}'" if isinstance(text, str) else f"DEFAULT {text}"


def checks_of(column: Column) -> Iterator[str]:
    """The conditions on a column's values, as SQL; NULL passes."""
    name, kind = column.name, column.kind
    if isinstance(kind, tuple):
        yield f"{name} IN ({', '.join(repr(word) for word in kind)})"
    elif kind is bool:
        yield f"{name} IN (0, 1)"
    elif kind is dt.date:
        # The modifier makes SQLite count: 2025-02-30 differs and fails.
        yield f"{name} IS date({name}, '+0 days')"
    elif column.is_json:
        shape = "array" if get_origin(kind) is tuple else "object"
        yield f"CASE WHEN json_valid({name}) THEN json_type({name}) END IS '{shape}'"
    if column.has("time"):
        yield f"{name} = '' OR {name} IS strftime('%H:%M', {name}, '+0 days')"
    if column.has("number"):
        yield f"{name} >= 1"
    for mark in column.marks:
        if isinstance(mark, Meta):
            yield from _range(name, mark)


def _range(name: str, mark: Meta) -> Iterator[str]:
    if mark.min_length == 1:
        yield f"{name} <> ''"
    if mark.ge is not None:
        yield f"{name} >= {mark.ge}"
    if mark.le is not None:
        yield f"{name} <= {mark.le}"


def should_be(column: Column) -> str:
    """What is said of a column whose value is none it can have."""
    name, kind = f"`{column.name}`", column.kind
    if isinstance(kind, tuple):
        return f"{name} is none of {', '.join(str(word) or 'nothing' for word in kind)}"
    if kind is dt.date:
        return f"{name} is no date"
    if kind is bool:
        return f"{name} is neither yes nor no"
    if column.is_json:
        return f"{name} is no {'list' if get_origin(kind) is tuple else 'mapping'}"
    if column.has("time"):
        return f"{name} is no time of day"
    ranges = [mark for mark in column.marks if isinstance(mark, Meta)]
    low, high = (
        next((value for mark in ranges if (value := getattr(mark, end)) is not None), None)
        for end in ("ge", "le")
    )
    if low is not None:
        return f"{name} is not {low} to {high}" if high is not None else f"{name} is below {low}"
    return f"{name} is empty"
