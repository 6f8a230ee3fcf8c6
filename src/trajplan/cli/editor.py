"""A text in the person's own editor: reopened with what is to be mended, never lost.

The file lies in a folder of its own that only its owner can enter, and goes with it.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from trajplan.cli import ask, printer
from trajplan.errors import CannotDo, InvalidContent
from trajplan.worksheets.form import with_faults

T = TypeVar("T")
USUAL = ("nano", "vi", "notepad")


def edit(start: str, take: Callable[[bytes], T], draft: Path) -> T:
    """Open the editor until `take` accepts what was typed.

    Faults stand as comments in the text that opens next. An empty or untouched text ends it with
    nothing saved. Whatever else ends it, what was typed is put into `draft`. Raises CannotDo.
    """
    offered = start.encode("utf-8")
    while True:
        typed, code = _open(offered)
        if not typed.strip() or typed == start.encode("utf-8"):
            raise CannotDo("nothing was filled in, so nothing was saved")
        try:
            if code:
                raise CannotDo(f"the editor ended with {code}, so nothing was saved")
            return take(typed)
        except InvalidContent as faults:
            printer.fault(faults)
            marked = _marked(typed, faults)
            if marked == offered and not ask.for_yes("Nothing has changed. Open it again?"):
                _set_aside(typed, draft)
                raise
            offered = marked
        except BaseException:
            _set_aside(typed, draft)
            raise


def _marked(typed: bytes, faults: InvalidContent) -> bytes:
    # Bytes that are no text survive the way through.
    text = typed.decode("utf-8", "surrogateescape").replace("\r\n", "\n")
    messages = [(problem.line, problem.message) for problem in faults.problems]
    return with_faults(text, messages).encode("utf-8", "surrogateescape")


def _open(text: bytes) -> tuple[bytes, int]:
    """Let the person edit a text; return what is there when the editor ends, and its exit code."""
    command = _editor()
    with tempfile.TemporaryDirectory(prefix="trajplan-") as folder:
        path = Path(folder) / "worksheet.md"
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(text)
        try:
            ended = subprocess.run([*command, str(path)], check=False)
        except OSError as fault:
            words = f"the editor `{command[0]}` cannot be started: {fault.strerror}"
            raise CannotDo(f"{words}; set VISUAL or EDITOR, or use --from FILE") from fault
        return path.read_bytes() if path.exists() else b"", ended.returncode


def _editor() -> list[str]:
    """The person's own editor, else a usual one. Raises CannotDo when there is none."""
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if named:
        return shlex.split(named)
    usual = next((name for name in USUAL if shutil.which(name)), None)
    if usual is None:
        raise CannotDo("no editor is known; set VISUAL or EDITOR, or use --from FILE")
    return [usual]


def _set_aside(typed: bytes, draft: Path) -> None:
    """Save what was typed in a file only its owner can read, beside any earlier one."""
    path, number = draft, 1
    while path.exists():
        number += 1
        path = draft.with_stem(f"{draft.stem}-{number}")
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(typed)
    printer.note(f"what you typed is in {path}; once it is corrected, --from reads it")
