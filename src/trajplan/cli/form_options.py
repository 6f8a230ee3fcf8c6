"""A form on the command line: a command takes the form, and the form's fields are its options.

    @goals.command("add")
    def add_goal(run: Run, form: Annotated[GoalForm, filled_by(without=("status",))]) -> Document:

What may be said, and how it is asked for, stands with the field (`Asks`); what this command asks in
its own way, it says here. So a field that is added to a form is an option of every command that
takes the form.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, get_args, get_origin

import typer
from msgspec import Struct

from trajplan.cli.options import text_option
from trajplan.records.fields import FormField, form_fields


class FilledBy(Struct, frozen=True):
    """What a command asks in its own way: by field an option of Typer's."""

    own: Mapping[str, Any]
    without: tuple[str, ...]
    """Fields that this command does not ask for."""


def filled_by(*, without: tuple[str, ...] = (), **own: Any) -> FilledBy:
    """Mark a command's parameter as a form."""
    return FilledBy(own, without)


def spread(signature: inspect.Signature) -> inspect.Signature:
    """A command's parameters as Typer should read them: in place of a form its options."""
    return signature.replace(
        parameters=[
            option.replace(kind=inspect.Parameter.KEYWORD_ONLY)
            for parameter in signature.parameters.values()
            for option in (_options(parameter) if _filled_by(parameter) else [parameter])
        ]
    )


def gathered(signature: inspect.Signature, values: Mapping[str, Any]) -> dict[str, Any]:
    """What a command is called with: its forms filled in, and all else as it is."""
    rest = dict(values)
    for name, parameter in signature.parameters.items():
        if _filled_by(parameter):
            said = {option.name: rest.pop(option.name) for option in _options(parameter)}
            kind = get_args(parameter.annotation)[0]
            rest[name] = kind(
                **{
                    field: tuple(value) if isinstance(value, list) else value
                    for field, value in said.items()
                    if value is not None
                }
            )
    return rest


def _filled_by(parameter: inspect.Parameter) -> FilledBy | None:
    marks = getattr(parameter.annotation, "__metadata__", ())
    return next((mark for mark in marks if isinstance(mark, FilledBy)), None)


def _options(parameter: inspect.Parameter) -> Iterator[inspect.Parameter]:
    """The options of a form, in the order of its fields."""
    mark = _filled_by(parameter)
    assert mark is not None
    for field in form_fields(get_args(parameter.annotation)[0]):
        if field.name in mark.without:
            continue
        typed, default = field.typed, "" if field.needed else field.default
        if any(get_origin(part) is tuple for part in _parts(typed)):
            typed, default = list[str] | None, None
        option = mark.own.get(field.name) or _option(field)
        yield inspect.Parameter(
            field.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=default,
            annotation=Annotated[typed, option],
        )


def _parts(typed: Any) -> tuple[Any, ...]:
    """A type, and its alternatives where it has any."""
    return (typed, *get_args(typed))


def form_option(kind: type[Struct], name: str) -> Any:
    """The option of one field, for a command that reads what is typed in its own way."""
    return next(_option(field) for field in form_fields(kind) if field.name == name)


def _option(field: FormField) -> Any:
    """The option that asks for a field."""
    asks = field.asks
    names = [asks.option] if asks.option else []
    if not asks.typed and any(str in (part, *get_args(part)) for part in _parts(field.typed)):
        return text_option(asks.about, *names, line=asks.line)
    if field.typed is bool:
        # A flag that is off has no other name for being off.
        names = [f"--{field.name.replace('_', '-')}"]
    return typer.Option(
        *names, metavar=asks.typed or None, help=f"{asks.about}.", min=field.low, max=field.high
    )
