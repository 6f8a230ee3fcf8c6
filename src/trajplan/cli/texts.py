"""Somebody's own words on the command line: each may be `-`, so that no shell's history keeps it.

Derived from how a command declares its parameters (`text_option`, `text_argument`), so that no
command can forget it.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any

from trajplan.cli import ask
from trajplan.cli.options import TEXT, FreeText, file_option
from trajplan.errors import UsageFault
from trajplan.system import end_of_input
from trajplan.text import one_line, visible

if TYPE_CHECKING:
    from trajplan.records.command_forms import FormFile

SOURCE = "source"
"""The name of the parameter behind `--from`."""
EPILOG = (
    f"Where it says {TEXT}, `-` reads it from standard input. At a terminal you are asked for it, "
    "and no word of it stays in the shell's history."
)


_NOTHING_CAME = "nothing came in for `-`, so nothing was changed"


def free_texts(signature: inspect.Signature) -> Mapping[str, FreeText]:
    """The parameters that take somebody's own words, by name."""
    return {
        name: mark.free_text
        for name, parameter in signature.parameters.items()
        for mark in _marks(parameter)
        if hasattr(mark, "free_text")
    }


def words_from_file() -> inspect.Parameter:
    """`--from`, for a command whose words may come in a file."""
    annotation = Annotated[str | None, file_option("Read the words from a file")]
    return inspect.Parameter(
        SOURCE, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=annotation
    )


def read_texts(signature: inspect.Signature, options: dict[str, Any]) -> dict[str, Any]:
    """The options with each text as it was typed, asked for or read, harmless to a terminal.

    Raises UsageFault for two that want standard input, and for `-` behind which there is nothing.
    """
    texts = free_texts(signature)
    dashes = [*_dashes(signature, texts, options)]
    if len(dashes) > 1:
        names = " and ".join(dashes)
        raise UsageFault(f"standard input can be read once, and {names} both want it")
    read = dict(options)
    for name, text in texts.items():
        if text.from_file and options.get(SOURCE):
            if options[name]:
                raise UsageFault(f"give {TEXT} or --from FILE, not both")
            read[name] = _clean(text, _from_file(text, options[SOURCE]))
        elif isinstance(options[name], str):
            read[name] = _clean(text, _spoken(text, options[name]))
        elif options[name]:
            read[name] = [
                _clean(text, line)
                for typed in options[name]
                # Of several, each line is one.
                for line in (_spoken(text, typed).splitlines() if typed == "-" else [typed])
                if line.strip()
            ]
    if any(text.from_file for text in texts.values()):
        del read[SOURCE]
    for name, parameter in signature.parameters.items():
        if options.get(name) and any(hasattr(mark, "form_file") for mark in _marks(parameter)):
            read[name] = _form_file(options[name])
    return read


def ask_texts(
    signature: inspect.Signature, options: dict[str, Any], left_out: Callable[[str], bool]
) -> dict[str, Any]:
    """The options with what a person says of each text that a command asks for.

    Nobody is asked while lines wait in the terminal: whoever pasted several commands at once would
    find the second saved as the reason of the first.
    """
    asked = dict(options)
    for name, text in free_texts(signature).items():
        if text.ask and left_out(name) and not options.get(text.unless) and ask.can_ask():
            asked[name] = _clean(text, ask.for_line(f"{text.about} (Enter: nothing)"))
    return asked


def asks(signature: inspect.Signature) -> bool:
    """Whether a command asks for a text that is left out."""
    return any(text.ask for text in free_texts(signature).values())


def _marks(parameter: inspect.Parameter) -> tuple[Any, ...]:
    """What Typer is told of a parameter."""
    return getattr(parameter.annotation, "__metadata__", ())


def _dashes(
    signature: inspect.Signature, texts: Mapping[str, FreeText], options: Mapping[str, Any]
) -> Iterator[str]:
    """What was typed as `-`, as it is called on the command line; a list may hold several."""
    for name in (*texts, SOURCE):
        value = options.get(name)
        values = [value] if isinstance(value, str) else value or []
        yield from (_called(signature, name) for typed in values if typed == "-")


def _called(signature: inspect.Signature, name: str) -> str:
    if name == SOURCE:
        return "--from"
    # An argument is declared without a name.
    for mark in _marks(signature.parameters[name]):
        if mark.param_decls is None:
            return TEXT
        if mark.param_decls:
            return str(mark.param_decls[0])
    return f"--{name.replace('_', '-')}"


def _spoken(text: FreeText, typed: str) -> str:
    """What was typed; for `-`, what a person is asked for, or standard input holds."""
    if typed != "-":
        return typed
    words = ask.for_line(text.about) if ask.is_person() and text.line else _from_file(text, "-")
    if not words.strip():
        raise UsageFault(_NOTHING_CAME)
    return words


def _from_file(text: FreeText, source: str) -> str:
    """What a file holds; for `-` what a person types, each line of it kept, or standard input."""
    from trajplan.actions.sources import free_text

    if source != "-":
        return free_text(source)
    if ask.is_person():
        return _typed(text.about).strip()
    words = free_text(source)
    if not words:
        raise UsageFault(_NOTHING_CAME)
    return words


def _form_file(source: str) -> FormFile:
    """A filled form; for `-` what a person types, each line of it kept, or standard input."""
    from trajplan.actions.sources import STANDARD_INPUT, read_source
    from trajplan.records.command_forms import FormFile

    if source == "-" and ask.is_person():
        return FormFile(STANDARD_INPUT, _typed("The form, filled in").encode())
    return FormFile(*read_source(source))


def _typed(about: str) -> str:
    """What a person types until they end it, each line kept as soon as it has come."""
    from trajplan.actions.sources import decode, read_source

    def read(keep: Callable[[str], None]) -> str:
        def heard(line: bytes) -> None:
            keep(line.decode(errors="replace"))

        return decode(*read_source("-", heard=heard))

    return ask.for_words(f"{about} ({end_of_input()}):", read)


def _clean(text: FreeText, words: str) -> str:
    return one_line(words) if text.line else visible(words)
