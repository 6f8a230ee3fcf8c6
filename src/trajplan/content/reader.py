"""Strict YAML: bytes to a document in which every value knows its place, or faults in plain words.

Only the C parser is used: the Python one refuses some files that the C one takes, and a file must
mean the same everywhere. What the parser says is put into words a coach can act on.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from trajplan.content.document import Place, SourceDocument
from trajplan.content.files import MAX_BYTES
from trajplan.content.yaml_tree import MAX_NODES, LimitPassed, TreeBuilder
from trajplan.errors import Problem, StoreFault
from trajplan.text import STEERING

# What libyaml says (a fragment) and what it means to somebody who writes lists and keys.
_WORDS: tuple[tuple[str, str], ...] = (
    (
        "mapping values are not allowed",
        "a `key:` cannot stand here; check the indentation, or put text that holds a colon in "
        "quotes",
    ),
    (
        "could not find expected ':'",
        "expected `key: value`; a colon is missing or the text needs quotes",
    ),
    (
        "did not find expected key",
        "this does not fit the lines above it; check the indentation and the quotes",
    ),
    (
        "did not find expected '-' indicator",
        "expected a list item that begins with `-`; check the indentation",
    ),
    (
        "block sequence entries are not allowed",
        "a list item cannot begin here; put it on a line of its own",
    ),
    ("did not find expected ',' or ']'", "a comma or the closing `]` is missing"),
    ("did not find expected ',' or '}'", "a comma or the closing `}` is missing"),
    ("found unexpected end of stream", "a quotation mark is opened and never closed"),
    ("found unknown escape character", "`\\` in double quotes needs a known letter after it"),
    ("did not find expected node content", "a value is missing here"),
    ("found undefined tag handle", "tags that begin with `!` are not supported; remove this one"),
    ("while scanning a tag", "tags that begin with `!` are not supported; remove this one"),
    ("document start", "a file can hold only one document"),
    ("directive", "lines that begin with `%` are not supported; remove this one"),
)
# The parser notices these long after the place a person must look at.
_LOOK_AT_THE_START = ("could not find expected ':'", "found unexpected end of stream")


def explain(
    context: str | None,
    context_place: Place | None,
    problem: str | None,
    place: Place | None,
    character: str,
) -> tuple[Place, str]:
    """Return where to look and what to do there.

    `context` and `problem` are libyaml's words, `character` the one at the fault's place.
    """
    message = problem or context or "not YAML"
    where = place or context_place or (1, 1)
    if "cannot start any token" in message:
        if character == "\t":
            return where, "a tab cannot indent; use spaces"
        return where, f"text cannot begin with `{character}`; put it in quotes"
    hint = _hint(message)
    if context_place and any(fragment in message for fragment in _LOOK_AT_THE_START):
        where = context_place
    elif context_place and "is missing" in hint and "closing" in hint:
        return where, f"{hint} (opened on line {context_place[0]})"
    return where, hint or _hint(context or "") or f"not readable as YAML: {message}"


def _hint(message: str) -> str:
    return next((words for fragment, words in _WORDS if fragment in message), "")


_MAX_RAW_FAULTS = 20
_LINE_END = re.compile("\r\n|\r|\n")
# What the C parser refuses in the raw text, and what must not reach a terminal.
_RAW = re.compile(f"{STEERING.pattern[:-1]}\ufffe\uffff]")


def read(data: bytes, file: str, most: int = MAX_NODES) -> SourceDocument:
    """Read one YAML file; `file` is its name in messages, `most` how many keys and values it may
    hold. Never raises on any bytes.

    Raises StoreFault only when PyYAML lacks its C parser, which no file can cause.
    """
    if len(data) > MAX_BYTES:
        return _unreadable(file, [Problem(file, 1, 1, "the file is larger than 1 MiB")])
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as fault:
        line, column = _place(data[: fault.start].decode("utf-8"))
        words = "the file is not UTF-8 text; save it as UTF-8"
        return _unreadable(file, [Problem(file, line, column, words)])
    text, raw_faults = _without_controls(text, file)
    if len(raw_faults) >= _MAX_RAW_FAULTS:
        return _unreadable(file, raw_faults)
    builder = TreeBuilder(file, most)
    try:
        _feed(builder, text)
    except LimitPassed as stop:
        return _unreadable(file, [*raw_faults, *builder.problems, stop.problem])
    except yaml.YAMLError as fault:
        problem = _syntax_problem(fault, text, file)
        return _unreadable(file, [*raw_faults, *builder.problems, problem])
    return builder.document(raw_faults)


def _feed(builder: TreeBuilder, text: str) -> None:
    """Hand every parser event to the builder, one at a time so that limits stop the parser."""
    loader = _parser(text)
    try:
        while (event := loader.get_event()) is not None:
            builder.take(event)
    finally:
        loader.dispose()


def _parser(text: str) -> Any:
    if not hasattr(yaml, "CSafeLoader"):
        raise StoreFault(
            "PyYAML was built without its C parser (libyaml), which trajplan needs; "
            "reinstall PyYAML from a wheel: pip install --force-reinstall PyYAML"
        )
    return yaml.CSafeLoader(text)


def _without_controls(text: str, file: str) -> tuple[str, list[Problem]]:
    """Replace raw control characters, so that the rest of the file can still be judged.

    A carriage return that ends a line is no control character here.
    """
    problems: list[Problem] = []

    def replace(match: re.Match[str]) -> str:
        if match[0] == "\r":
            return "\r"
        if len(problems) < _MAX_RAW_FAULTS:
            line, column = _place(text[: match.start()])
            words = f"control character U+{ord(match[0]):04X}; remove it"
            problems.append(Problem(file, line, column, words))
        return "\ufffd"

    return _RAW.sub(replace, text), problems


def _place(before: str) -> Place:
    """Return the place that follows the text `before`."""
    lines = _LINE_END.split(before)
    return len(lines), len(lines[-1]) + 1


def _syntax_problem(fault: yaml.YAMLError, text: str, file: str) -> Problem:
    if not isinstance(fault, yaml.MarkedYAMLError):
        return Problem(file, 1, 1, f"not readable as YAML: {' '.join(str(fault).split())}")
    mark = fault.problem_mark
    character = text[mark.index : mark.index + 1] if mark else ""
    (line, column), words = explain(
        fault.context, _of_mark(fault.context_mark), fault.problem, _of_mark(mark), character
    )
    return Problem(file, line, column, words)


def _of_mark(mark: Any) -> Place | None:
    return (mark.line + 1, mark.column + 1) if mark else None


def _unreadable(file: str, problems: list[Problem]) -> SourceDocument:
    return SourceDocument(file, None, tuple(problems), readable=False)
