"""Asking a person, and only a person: without a terminal nothing ever waits."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import typer

from trajplan.errors import UsageFault


def is_person() -> bool:
    """Whether somebody is there to answer."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def can_ask() -> bool:
    """Whether somebody is there, and no line waits that was typed or pasted before the question."""
    return is_person() and not _typed_ahead()


def _typed_ahead() -> bool:
    if sys.platform == "win32":
        import msvcrt

        return msvcrt.kbhit()
    import select

    return bool(select.select([sys.stdin], [], [], 0)[0])


def for_line(question: str, default: str = "") -> str:
    """Ask for one line; Enter takes the default."""
    answer: str = typer.prompt(question, default=default, show_default=bool(default), err=True)
    return answer.strip()


def for_text(question: str) -> str:
    """Ask for one line, with nothing said of a default; Enter alone is an empty text."""
    answer: str = typer.prompt(question, default="", show_default=False, err=True)
    return answer.strip()


def for_lines(question: str) -> tuple[str, ...]:
    """Ask for one line at a time, until Enter."""
    answers: list[str] = []
    while answer := for_line(f"{question} (Enter: no more)"):
        answers.append(answer)
    return tuple(answers)


def for_something(question: str) -> str:
    """Ask for one line until it says something."""
    while not (answer := for_line(question)):
        typer.echo("  this is needed", err=True)
    return answer


def for_rating(question: str) -> int | None:
    """Ask for a whole number from 1 to 10; Enter leaves it out."""
    while True:
        answer = for_line(f"{question} (1-10, Enter leaves it out)")
        if not answer:
            return None
        if answer.isascii() and answer.isdigit() and 1 <= int(answer) <= 10:
            return int(answer)
        typer.echo("  a whole number from 1 to 10, or just Enter", err=True)


def for_choice(question: str, choices: Sequence[str]) -> str:
    """Ask for one of several names; Enter takes the first."""
    while True:
        answer = for_line(f"{question} ({', '.join(choices)})", choices[0])
        if answer in choices:
            return answer


def for_yes(question: str, *, default: bool = True) -> bool:
    """Ask yes or no; Enter takes the default."""
    return typer.confirm(question, default=default, err=True)


def required(value: str, question: str, missing: str) -> str:
    """Return a value that says something, asking a person until it does.

    Raises UsageFault with `missing` where nobody is there to answer.
    """
    if value.strip():
        return value
    if not is_person():
        raise UsageFault(missing)
    return for_something(question)
