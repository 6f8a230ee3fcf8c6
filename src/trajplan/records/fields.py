"""What a field of a record or of a form may say: the column it is kept in, and how it is asked for.

The records of `model/` and the forms are written in these words. A field's annotation says
everything about its column. Plain types speak for themselves (`str`, `int`, `float`, `bool`,
`date`, a `Literal` of words, `| None` for what may be missing); any other type is kept as JSON.
What a type cannot say stands here. `table.py` turns it into SQL, and `Asks` into options of
commands and questions of the wrap's form.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Annotated, Any, ClassVar, Literal, TypeVar, get_args, get_origin, get_type_hints

from msgspec import Meta, Struct
from msgspec.structs import FieldInfo, fields

from trajplan.errors import UsageFault

Find = Literal[
    "note",
    "commitment",
    "learning",
    "takeaway",
    "wrap",
    "parked",
    "answer",
    "assumption",
    "goal",
    "indicator",
    "check-in",
    "contact",
    "rating",
    "intake",
    "referral",
    "change",
    "closing",
]
"""What a search can find; `searched` of each record says which of its fields are what."""


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


OnDelete = Literal["CASCADE", "SET NULL", "NO ACTION"]


class Reference(Struct, frozen=True):
    """The column names a row of another table by its id."""

    table: str
    on_delete: OnDelete


def ref(table: str, on_delete: OnDelete = "CASCADE") -> Reference:
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
LOWEST, HIGHEST = 1, 10
Rating = Annotated[int, Meta(ge=LOWEST, le=HIGHEST)]
Count = Annotated[int, Meta(ge=0)]
Positive = Annotated[int, Meta(ge=1)]


def is_rating(value: float) -> bool:
    """Whether a number is one that a scale has: a whole one from 1 to 10."""
    return value % 1 == 0 and LOWEST <= value <= HIGHEST


def require_rating(value: int | None, typed: str) -> None:
    """Raise UsageFault for a number off the scale. `typed`: the option with it; None: not said."""
    if value is not None and not is_rating(value):
        raise UsageFault(f"{typed} is outside the scale of {LOWEST} to {HIGHEST}")


class Asks(Struct, frozen=True):
    """What is asked for with a field."""

    about: str
    """What an option says of it, without the full stop."""
    typed: str = ""
    """What help calls it, such as DAY; empty: somebody's own words."""
    line: bool = False
    """Own words that take one line."""
    option: str = ""
    """The name of its option, where that is not the field's."""
    label: str = ""
    """What a form calls it."""
    rare: bool = False
    """A form takes it where somebody writes it, and does not ask for it."""


class FormField(Struct, frozen=True):
    """A field of a form as it is asked for."""

    name: str
    typed: Any
    """The plain type, with None where it may be missing."""
    default: Any
    """None where it has to be said."""
    needed: bool
    asks: Asks
    low: int | None
    high: int | None
    """Bounds of a number."""

    @property
    def words(self) -> tuple[str, ...]:
        """The words it is one of; none for a field of another type."""
        kinds = (self.typed, *get_args(self.typed))
        return next((get_args(kind) for kind in kinds if get_origin(kind) is Literal), ())


@cache
def form_fields(kind: type[Struct]) -> tuple[FormField, ...]:
    """The fields of a form, in their order."""
    plain, marked = get_type_hints(kind), get_type_hints(kind, include_extras=True)
    return tuple(
        _form_field(field, plain[field.name], [*_marks(marked[field.name])])
        for field in fields(kind)
    )


def _form_field(field: FieldInfo, typed: Any, marks: Iterable[Any]) -> FormField:
    bounds = next((mark for mark in marks if isinstance(mark, Meta)), Meta())
    return FormField(
        name=field.name,
        typed=typed,
        default=None if field.required else field.default,
        needed=field.required,
        asks=next((mark for mark in marks if isinstance(mark, Asks)), Asks("")),
        low=None if bounds.ge is None else int(bounds.ge),
        high=None if bounds.le is None else int(bounds.le),
    )


def _marks(kind: Any) -> Iterator[Any]:
    """All that a type is marked with, its alternatives included."""
    yield from getattr(kind, "__metadata__", ())
    for inner in get_args(kind):
        yield from _marks(inner)


def same_fields(value: object, names: Iterable[str]) -> dict[str, Any]:
    """The fields of a value by these names, as they go from one kind of value to another.

    The kind they arrive in lists them, in a class variable such as `FromLastTime.of_wrap`: a search
    for a field finds the way it takes (decision 0017). One that is renamed on one side alone stops
    the copy, with an AttributeError, and a test looks for those that bear the same name and are in
    no list.
    """
    return {name: getattr(value, name) for name in names}
