"""What keeps commands fast, and that none of it costs a word, a check or an exit code (R163)."""

from __future__ import annotations

import subprocess
import sys

import pytest

from coaching import Coach


def _python(coach: Coach, code: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the program's own beginning in a Python that was prepared by some code."""
    return subprocess.run(
        [sys.executable, "-c", f"{code}\nfrom trajplan.__main__ import main\nmain()", *words],
        env=coach.spawn_environ,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("words", "code"), [(("clients",), 0), (("clients", "--colour"), 2), (("prep", "99"), 1)]
)
def test_a_run_that_leaves_at_once_says_and_returns_the_same(
    begun: Coach, words: tuple[str, ...], code: int
) -> None:
    known = begun.run(*words)
    assert known.code == code
    found = begun.process(*words)
    assert (found.code, found.out, found.err) == (known.code, known.out, known.err)
    module = subprocess.run(
        [sys.executable, "-m", "trajplan", *words],
        env=begun.spawn_environ,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (module.returncode, module.stdout) == (known.code, known.out)


def test_a_page_larger_than_a_pipe_arrives_whole(begun: Coach) -> None:
    words = ("questions", "list", "--format", "json")
    assert begun.process(*words).out == begun.do(*words).out


@pytest.mark.parametrize(
    "waiting",
    [
        "import atexit\natexit.register(print, 'told at the end')",
        "import threading, time\n"
        "def late():\n    threading.main_thread().join()\n    print('told at the end')\n"
        "threading.Thread(target=late).start()",
    ],
    ids=["what measures a run", "a thread"],
)
def test_whoever_waits_for_the_end_is_told(begun: Coach, waiting: str) -> None:
    found = _python(begun, waiting, "clients")
    assert found.returncode == 0
    assert found.stdout == begun.do("clients").out + "told at the end\n"
