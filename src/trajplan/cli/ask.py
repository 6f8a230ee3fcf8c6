"""Asking a person, and only a person: without a terminal nothing ever waits."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import TypeVar

import typer

from trajplan.cli import printer
from trajplan.cli.kept_answers import BACK, EMPTY, current
from trajplan.errors import StoreFault, TrajplanError, UsageFault
from trajplan.records.fields import is_rating
from trajplan.system import keys_waiting
from trajplan.text import name_key, quote

T = TypeVar("T")


def is_person() -> bool:
    """Whether somebody is there to answer."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def can_ask() -> bool:
    """Whether somebody is there, and no line waits that was typed or pasted before the question."""
    return is_person() and not keys_waiting()


def for_line(question: str, default: str = "", *, keep: bool = True) -> str:
    """Ask for one line; Enter takes the default. `keep`: the answer may go into a draft."""
    return for_answer(question, default, str, keep=keep)


def for_lines(question: str) -> tuple[str, ...]:
    """Ask for one line at a time, until Enter."""
    answers: list[str] = []
    while answer := for_line(f"{question} (Enter: no more)"):
        answers.append(answer)
    return tuple(answers)


def for_something(question: str, read: Callable[[str], object] | None = None) -> str:
    """Ask for one line until it says something that `read` takes."""

    def needed(answer: str) -> None:
        if not answer:
            raise UsageFault("this is needed")
        if read:
            read(answer)

    return for_checked(question, needed, "")


def for_checked(question: str, check: Callable[[str], object], default: str) -> str:
    """Ask until `check` takes the answer, and return it as it was typed."""

    def checked(answer: str) -> str:
        check(answer)
        return answer

    return for_answer(question, default, checked)


def for_rating(question: str) -> int | None:
    """Ask for a whole number from 1 to 10; Enter leaves it out."""

    def rating(answer: str) -> int | None:
        if not answer:
            return None
        if answer.isascii() and answer.isdigit() and is_rating(int(answer)):
            return int(answer)
        raise UsageFault("a whole number from 1 to 10, or just Enter")

    return for_answer(f"{question} (1-10, Enter leaves it out)", "", rating)


def for_choice(
    question: str, choices: Sequence[str], *, keep: bool = True, optional: bool = False
) -> str:
    """Ask for one of several names; Enter takes the first, or leaves an `optional` one out.

    However it is cased, and with or without its underscores: `Not yet` is `not_yet`.
    """
    keys = {name_key(choice): choice for choice in choices}

    def choice(answer: str) -> str:
        if optional and not answer:
            return ""
        if name_key(answer) not in keys:
            raise UsageFault(f"one of {', '.join(choices)}")
        return keys[name_key(answer)]

    default = "" if optional else choices[0]
    return for_answer(f"{question} ({', '.join(choices)})", default, choice, keep=keep)


def for_yes(question: str, *, default: bool = True) -> bool:
    """Ask yes or no; Enter takes the default."""
    return typer.confirm(question, default=default, err=True)


def for_draft(begun: bytes, fresh: bytes) -> bool | None:
    """Ask about a form of an earlier run that was not saved: whether to go on with it. None: no,
    and it is not to be deleted either. What was typed first is shown, beside the `fresh` form: a
    wrap that was taken back may be about somebody else."""
    printed = {*fresh.decode(errors="replace").splitlines()}
    typed = (line for line in begun.decode(errors="replace").splitlines() if line not in printed)
    first = next((line for line in typed if line.strip()), "")
    says = f"; it says {quote(first)}" if first else ""
    printer.note(f"There is a form you began and did not save{says}.")
    if for_yes("Go on with it?"):
        return True
    deleted = for_yes("Begin again, and delete what you began?", default=False)
    return False if deleted else None


def for_passphrase(*, twice: bool) -> str:
    """Ask for a passphrase without showing it, and again until both are the same."""
    again = "The same again" if twice else False
    return str(typer.prompt("Passphrase", hide_input=True, confirmation_prompt=again, err=True))


def for_words(question: str, read: Callable[[Callable[[str], None]], str]) -> str:
    """Let a person type words of several lines, which `read` reads to their end: as they were
    typed, since in a form the spaces before a line count.

    Each line is kept as soon as it is finished. Whoever was cut short sees those again, and types
    on below them.
    """
    kept = current()
    if kept is None:
        return read(_forget)
    asked = kept.begin(_goes_on)
    repeated = kept.repeated(question)
    if repeated is not None:
        return repeated
    known = (kept.known(question) or "").rstrip("\n")
    if known and not asked and not for_yes(f"You typed {quote(known)}. Go on with that?"):
        known = ""
    printer.note(question)
    printer.notes(known.splitlines())
    begun = bool(known)

    def heard(line: str) -> None:
        nonlocal begun
        with suppress(StoreFault):  # the whole is kept at the end, where there is time to make room
            kept.keep_line(question, line.rstrip("\r\n"), goes_on=begun)
            begun = True

    typed = read(heard)
    words = f"{known}\n{typed}" if known else typed
    if words.strip():
        until_kept(lambda: kept.keep(question, words))
    return words


def _forget(line: str) -> None:
    """Keep nothing of a line."""


def required(
    value: str, question: str, missing: str, read: Callable[[str], object] | None = None
) -> str:
    """Return a value that says something, asking a person until it does and `read` takes it.

    Raises UsageFault with `missing` where nobody is there to answer.
    """
    if value.strip():
        return value
    if not is_person():
        raise UsageFault(missing)
    return for_something(question, read)


def for_answer(question: str, default: str, read: Callable[[str], T], *, keep: bool = True) -> T:
    """Ask until `read` takes the answer, and keep it before it counts (R134).

    A TrajplanError of `read` says why it does not take it.
    """
    kept = current() if keep else None
    known = None
    if kept:
        kept.begin(_goes_on)
        repeated = kept.repeated(question)
        if repeated is not None:
            return read(repeated)
        known = kept.known(question)
    shown = default if known is None else known
    while True:
        typed = _typed(question, shown)
        if kept and typed == BACK:
            if kept.given:
                kept.back()
            printer.note("  this is the first question")
            continue
        answer = "" if known and typed == EMPTY else typed
        try:
            value = read(answer)
        except TrajplanError as fault:
            printer.note(f"  {fault}")
            continue
        if kept:
            until_kept(partial(kept.keep, question, answer))
        return value


def _typed(question: str, shown: str) -> str:
    """What is typed at a question; a long one is broken between words, above where one types."""
    *above, last = printer.in_lines(question, kept_free=len(f" [{shown}]: ") if shown else 2)
    for line in above:
        printer.note(line)
    typed: str = typer.prompt(last, default=shown, show_default=bool(shown), err=True)
    return typed.strip()


def _goes_on() -> bool:
    return for_yes("You began this and did not finish. Go on with what you typed?")


def until_kept(keep: Callable[[], object]) -> None:
    """Keep an answer; while that is not possible, say why and wait until somebody has made room."""
    while True:
        try:
            keep()
        except StoreFault as fault:
            printer.note(f"  this answer cannot be kept yet: {fault}")
            typer.prompt(
                "  Make room, then press Enter to try again", default="", show_default=False
            )
            continue
        return
