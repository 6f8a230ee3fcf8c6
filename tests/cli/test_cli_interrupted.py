"""Ctrl-C at any moment ends a command without a word of Python's, and leaves nothing half done."""

from __future__ import annotations

import signal
import subprocess
import sys
import time

import pytest

from coaching import COMMAND, Coach, rows
from few import few
from trajplan.cli.faults import exit_code_after

pytestmark = pytest.mark.unix
QUIET = (-signal.SIGINT, 130)
AT_AN_IMPORT = """
import os, signal, sys

class Interrupted:
    left = int(sys.argv.pop(1))

    def find_spec(self, name, path=None, target=None):
        Interrupted.left -= 1
        if Interrupted.left == 0:
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Interrupted())
from trajplan.__main__ import main
try:
    main()
finally:
    print("left", Interrupted.left, file=sys.stderr)
"""
"""The program, with a real Ctrl-C at the import whose number is its first word."""


def at_import(coach: Coach, number: int, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", AT_AN_IMPORT, str(number), *words],
        env=coach.spawn_environ,
        cwd=coach.home,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    "command", few(["prep 4 --energy low", "clients", "sessions --format json"], 1)
)
def test_ctrl_c_while_the_program_is_loaded(begun: Coach, command: str) -> None:
    begun.do("prep", "4")
    whole = at_import(begun, 100_000, *command.split()).stdout
    assert whole
    # The first import of all is that of `__main__`, in which Ctrl-C is still Python's own, and so
    # it is again while Python ends: by then all of it is printed.
    for number in (3, *range(10, 400, 30)):
        ended = at_import(begun, number, *command.split())
        if ended.returncode == 0:
            assert number > 50
            break
        assert ended.returncode in QUIET, (number, ended)
        assert "Traceback" not in ended.stderr, (number, ended)
        assert ended.stdout in ("", whole) or ended.returncode == 130


@pytest.mark.parametrize("moments", few([6, 12], 1))
def test_ctrl_c_at_any_moment(begun: Coach, moments: int) -> None:
    client = rows(begun.practice, "SELECT count(*) FROM clients")
    for pause in range(0, 12, 12 // moments):
        process = subprocess.Popen(
            [str(COMMAND), "new-client", f"Ada {pause}", "--start", "2027-03-02"],
            env=begun.spawn_environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        time.sleep(0.05 + pause * 0.04)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
        # Before its first line runs, Python itself is still on its way.
        is_python = process.returncode == 1 and err.startswith("Fatal Python error: init_")
        assert is_python or process.returncode in (0, *QUIET), (pause, out, err)
        assert "trajplan/cli" not in err, err
        assert "trajplan/__main__" not in err, err
    assert rows(begun.practice, "SELECT count(*) FROM clients") >= client
    begun.do("practice", "check")


def test_ctrl_c_that_is_ignored_stays_ignored(begun: Coach) -> None:
    """As of a command that a script has put into the background."""
    code = f"import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\n{AT_AN_IMPORT}"
    ended = subprocess.run(
        [sys.executable, "-c", code, "40", "clients"],
        env=begun.spawn_environ,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert ended.returncode == 0, ended
    assert ended.stdout == begun.do("clients").out


BEFORE_THE_PAGE = """
import os, signal, sys
from trajplan.cli.command import Run
from trajplan.__main__ import main

Run.show = lambda *_words, **_options: os.kill(os.getpid(), signal.SIGINT)
main()
"""
"""The program, with a real Ctrl-C right before it shows a page."""


AS_IT_IS_SAVED = """
import os, signal, sqlite3, sys
from trajplan.records import store
from trajplan.__main__ import main

class Stopped(sqlite3.Connection):
    def execute(self, sql, *values):
        done = super().execute(sql, *values)
        if sql == "COMMIT":
            os.kill(os.getpid(), signal.SIGINT)
        return done

connect = sqlite3.connect
sqlite3.connect = lambda *words, **options: connect(*words, factory=Stopped, **options)
main()
"""
"""The program, with a real Ctrl-C that comes while SQLite saves."""


@pytest.mark.parametrize("program", [BEFORE_THE_PAGE, AS_IT_IS_SAVED], ids=["page", "commit"])
def test_ctrl_c_says_so_whatever_it_was_that_was_saved(begun: Coach, program: str) -> None:
    begun.do("notes", "add", "Rang on Monday")
    for words, left in (
        (("undo",), False),
        (("undo", "--redo"), True),
        (("notes", "remove", "1"), False),
    ):
        ended = subprocess.run(
            [sys.executable, "-c", program, *words],
            env=begun.spawn_environ,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert ended.returncode == 130, ended
        assert ended.stderr.strip() == "trajplan: stopped, but the change is saved"
        assert ("Rang on Monday" in begun.do("notes", "list").out) is left


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("notes", "add", "Rang on Monday"), "trajplan: stopped, but the change is saved"),
        (("notes", "list"), ""),
    ],
)
def test_ctrl_c_after_a_change_is_saved_says_so(
    begun: Coach, words: tuple[str, ...], said: str
) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", BEFORE_THE_PAGE, *words],
        env=begun.spawn_environ,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert ended.returncode == 130, ended
    assert ended.stderr.strip() == said
    assert ("Rang on Monday" in begun.do("notes", "list").out) is bool(said)


def test_ctrl_c_while_a_class_is_made_is_no_bug(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(RuntimeError) as found:
        raise RuntimeError("Error calling __set_name__") from KeyboardInterrupt()
    assert exit_code_after(found.value) == 130
    assert capsys.readouterr().err == ""
