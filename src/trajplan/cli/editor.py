"""A text in the person's own editor: reopened with what is to be mended, never lost (R134).

The editor works on the draft itself, a file that only its owner can read. Whatever ends the editor
or the program, what was saved in it is there, and the next run offers it.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from trajplan.cli import ask, printer
from trajplan.errors import CannotDo, InvalidContent, NotFound, Problem, TrajplanError
from trajplan.system import to_start, usual_editors, words_of
from trajplan.worksheets.form import freed, remark_lines, with_faults

if TYPE_CHECKING:
    from trajplan.records.drafts import Draft

T = TypeVar("T")
_TAKES_LINE = frozenset(
    ("vi", "vim", "nvim", "view", "gvim", "nano", "pico", "emacs", "emacsclient", "micro", "joe")
)
"""Editors that open a file at the line named before it, as `+12`."""


class NotMended(TrajplanError):
    """What is wrong was said, and the person leaves it at that."""

    exit_code = InvalidContent.exit_code


def edit(
    start: str,
    take: Callable[[bytes], T],
    draft: Draft,
    *,
    filled_in: bool = False,
    complete: str = "",
    untouched: str = "",
    offered_by: Callable[[], str],
) -> T:
    """Open the editor until `take` accepts what was typed, then delete the draft.

    A draft of an earlier run is offered in place of `start`. Faults stand as comments in the text
    that opens next. An empty or untouched text ends it with nothing saved; an untouched one stays
    as a draft where `start` is `filled_in` with words that were typed elsewhere. Where `start` may
    be complete as it is, the person is asked whether to save it; `complete` says what becomes of it
    if not. `untouched`: what is said of a `start` that holds what is saved already. Whatever else
    ends it, the draft stays, and it is said which command offers it: `offered_by` as things stand
    then, or NotFound. Raises CannotDo, and NotMended where faults are left as they are.
    """

    def kept() -> str:
        """Say where the draft lies, as the end of a sentence."""
        if draft.read() is None:
            return ""
        try:
            offers = f"and {offered_by()} offers it again"
        except NotFound:
            offers = "which no command offers: those records are gone. Delete it once you are done"
        return f"; what you typed is in {draft.path}, {offers}"

    fresh = start.encode("utf-8")
    earlier = _earlier(draft, fresh, kept)
    first = earlier or fresh
    offered = first
    said: list[Problem] = []
    while True:
        draft.write(offered)
        draft.keep_spare()
        try:
            code = _open(draft, next(iter(_remarks(offered)), 0))
        except CannotDo:
            draft.put_spare_back()
            _leave(draft, fresh, typed=draft.read() != fresh)
            raise
        typed = draft.read() or b""
        if not typed.strip():
            # A slip, a crash of the editor, or a full disk: what the text held before is put back.
            draft.put_spare_back()
            _leave(draft, fresh, typed=offered != fresh)
            raise CannotDo(f"nothing was filled in, so nothing was saved{kept()}")
        draft.drop_spare()
        if typed == first and not ((earlier or complete) and _save_as_it_is()):
            _leave(draft, fresh, typed=bool(earlier or filled_in))
            if untouched and not earlier:
                raise CannotDo(untouched)
            nothing = f"nothing was filled in, so nothing was saved{kept()}"
            raise CannotDo(f"nothing was saved; {complete}" if complete else nothing)
        typed = _freed(typed, offered)
        if code:
            raise CannotDo(f"the editor ended with {code}, so nothing was saved{kept()}")
        try:
            result = take(typed)
        except InvalidContent as faults:
            remarked = marked(typed, faults)
            in_draft = _at_remarks(remarked, faults, draft)
            if in_draft != said:
                printer.notes(f"line {problem.line}: {problem.message}" for problem in in_draft)
            said = in_draft
            draft.write(remarked)
            if remarked == offered and not ask.for_yes("Nothing has changed. Open it again?"):
                raise NotMended(f"nothing was saved{kept()}") from faults
            offered = remarked
        except BaseException:
            printer.note(f"nothing was saved{kept()}")
            raise
        else:
            draft.delete()
            return result


def _earlier(draft: Draft, fresh: bytes, kept: Callable[[], str]) -> bytes:
    """What was typed in an earlier run, if the person goes on with it; empty: nothing."""
    if not (draft.read() or b"").strip():
        draft.put_spare_back()
    earlier = draft.read() or b""
    if not earlier.strip() or earlier == fresh:
        return b""
    goes_on = ask.for_draft(earlier, fresh)
    if goes_on is None:
        raise CannotDo(f"nothing was changed{kept()}")
    return earlier if goes_on else b""


def _save_as_it_is() -> bool:
    """Ask about a form of an earlier run that was closed as it was: a locked store may be the
    only thing that kept it from being saved."""
    return ask.for_yes("Nothing has changed. Save it as it stands?", default=False)


def _leave(draft: Draft, fresh: bytes, *, typed: bool) -> None:
    """Delete a draft that holds nothing but the blank form."""
    if not typed and draft.read() == fresh:
        draft.delete()


def _freed(typed: bytes, offered: bytes) -> bytes:
    """What was typed, with what stands inside a remark on a line of its own."""
    text, was = (
        told.decode("utf-8", "surrogateescape").replace("\r\n", "\n") for told in (typed, offered)
    )
    found = freed(text, was)
    return typed if found == text else found.encode("utf-8", "surrogateescape")


def marked(typed: bytes, faults: InvalidContent) -> bytes:
    """What was typed with a remark at the place of each fault."""
    # Bytes that are no text survive the way through.
    text = typed.decode("utf-8", "surrogateescape").replace("\r\n", "\n")
    messages = [(problem.line, problem.message) for problem in faults.problems]
    return with_faults(text, messages).encode("utf-8", "surrogateescape")


def _at_remarks(remarked: bytes, faults: InvalidContent, draft: Draft) -> list[Problem]:
    """What is wrong, each at the line of the draft where its remark stands by now."""
    in_order = sorted(faults.problems, key=lambda problem: problem.line)
    return [
        Problem(str(draft.path), line, 1, problem.message)
        for line, problem in zip(_remarks(remarked), in_order, strict=True)
    ]


def _remarks(text: bytes) -> list[int]:
    return remark_lines(text.decode("utf-8", "surrogateescape"))


def _open(draft: Draft, line: int) -> int:
    """Let the person edit the draft; return the editor's exit code. `line`: where something is to
    be mended; 0 for nowhere. Raises CannotDo."""
    command = _editor()
    if line and Path(command[0]).stem.casefold() in _TAKES_LINE:
        command = [*command, f"+{line}"]
    # Ctrl-C is the editor's while it is open; a handler, unlike SIG_IGN, is not handed on to it.
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        ended = subprocess.run([*to_start(command), str(draft.path)], check=False)
    except OSError as fault:
        words = f"the editor `{command[0]}` cannot be started: {fault.strerror}"
        raise CannotDo(f"{words}; set VISUAL or EDITOR, or use --from FILE") from fault
    finally:
        signal.signal(signal.SIGINT, before)
    draft.narrow()
    return ended.returncode


def _editor() -> list[str]:
    """The person's own editor, else a usual one. Raises CannotDo when there is none."""
    for variable in ("VISUAL", "EDITOR"):
        try:
            command = words_of(os.environ.get(variable, ""))
        except ValueError:
            words = f"{variable} has a quote that is not closed"
            raise CannotDo(f"{words}; set VISUAL or EDITOR, or use --from FILE") from None
        if any(command):
            return command
    usual = next((name for name in usual_editors() if shutil.which(name)), None)
    if usual is None:
        raise CannotDo("no editor is known; set VISUAL or EDITOR, or use --from FILE")
    return [usual]
