"""How a person is asked for the fields of a form: by options of a command, and in the wrap's form.

A field is annotated with `Asks`; what may be said is in its type.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, Literal, get_args, get_origin, get_type_hints

from msgspec import Meta, Struct
from msgspec.structs import FieldInfo, fields


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
