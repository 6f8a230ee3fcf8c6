"""A coach at the command line, for tests: every run in a place of its own.

Most runs happen in this process; `spawn` and `at_a_terminal` start the installed command, for what
only a real process shows.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import pty
import re
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from trajplan.cli.app import app, hoisted
from trajplan.records.store import Store, reading
from warm import warm

COMMAND = Path(sys.executable).with_name("trajplan")
DEADLINE = 60.0
NOTHING: Mapping[str, str | None] = {}


@dataclass(frozen=True)
class Run:
    """What one command left: its exit code and its two streams."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out)

    @property
    def words(self) -> str:
        """What it printed, however its lines were broken."""
        return " ".join(self.out.split())

    @property
    def first(self) -> str:
        return self.out.splitlines()[0]


@dataclass
class Coach:
    """Runs commands on one practice. `home` is the only place they may write to."""

    home: Path
    cache: Path
    today: str = "2027-01-12"
    more: dict[str, str] = field(default_factory=dict)
    warm: bool = True
    """Whether commands in this process keep what never changes, and do not wait for the disk."""

    @property
    def practice(self) -> Path:
        return self.home / "practice" / "practice.sqlite3"

    @property
    def environ(self) -> dict[str, str | None]:
        """What the program may know of its surroundings; None: not set."""
        private = {
            f"XDG_{name}_HOME": str(self.home / name) for name in ("CONFIG", "DATA", "CACHE")
        }
        return {
            "HOME": str(self.home),
            **private,
            "TRAJPLAN_PRACTICE": str(self.practice),
            "TRAJPLAN_CACHE": str(self.cache),
            "TRAJPLAN_TODAY": self.today,
            "TRAJPLAN_LIBRARY": None,
            "TRAJPLAN_TIME_ZONE": None,
            "TRAJPLAN_DEBUG": None,
            "COLUMNS": "80",
            "NO_COLOR": "1",
            "FORCE_COLOR": None,
            "PAGER": "",
            **self.more,
        }

    def run(
        self, *arguments: str, stdin: str | bytes = "", env: Mapping[str, str | None] = NOTHING
    ) -> Run:
        """Run a command in this process, with a closed-off environment and no terminal."""
        with warm() if self.warm else nullcontext():
            found = CliRunner().invoke(
                app,
                hoisted(list(arguments)),
                input=stdin,
                env={**self.environ, **env},
                catch_exceptions=False,
                prog_name="trajplan",
            )
        # Bytes, so that a test sees exactly what a terminal would get.
        out = found.stdout_bytes.decode("utf-8")
        return Run(found.exit_code, out, found.stderr_bytes.decode("utf-8"))

    def wait(self, days: int = 1) -> None:
        """Let days go by."""
        self.today = str(dt.date.fromisoformat(self.today) + dt.timedelta(days=days))

    def do(
        self, *arguments: str, stdin: str | bytes = "", env: Mapping[str, str | None] = NOTHING
    ) -> Run:
        """Run a command that must succeed."""
        found = self.run(*arguments, stdin=stdin, env=env)
        assert found.code == 0, f"{arguments}: exit {found.code}\n{found.err}"
        return found

    def json(self, *arguments: str, stdin: str | bytes = "") -> Any:
        """Run a command that must succeed and read what it says as JSON."""
        return self.do(*arguments, "--format", "json", stdin=stdin).data

    def refused(self, code: int, *arguments: str, stdin: str | bytes = "") -> str:
        """Run a command that must end with this exit code; return what it said on stderr."""
        found = self.run(*arguments, stdin=stdin)
        assert found.code == code, f"{arguments}: exit {found.code}\n{found.err}"
        assert found.out == ""
        return found.err

    def export(self) -> str:
        """The whole practice as text."""
        return self.do("practice", "export").out

    def copied(self, home: Path) -> Coach:
        """A coach on the same day with a copy of all that this one has."""
        shutil.copytree(self.home, home)
        return Coach(home, self.cache, self.today)

    def write(self, name: str, text: str) -> str:
        """Put a file beside the practice and return its path."""
        path = self.home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return str(path)

    @property
    def spawn_environ(self) -> dict[str, str]:
        kept = {**os.environ, **self.environ}
        return {name: value for name, value in kept.items() if value is not None}

    def spawn(self, *arguments: str, **options: Any) -> subprocess.Popen[str]:
        """Start the installed command. Without a terminal; standard input is empty."""
        settings: dict[str, Any] = {
            "stdin": subprocess.DEVNULL,
            "stdout": subprocess.PIPE,
            "stderr": subprocess.PIPE,
            "text": True,
            "encoding": "utf-8",
            "env": self.spawn_environ,
            "cwd": self.home,
        }
        return subprocess.Popen([str(COMMAND), *arguments], **{**settings, **options})

    def process(self, *arguments: str, **options: Any) -> Run:
        """Run the installed command to its end."""
        with self.spawn(*arguments, **options) as process:
            out, err = process.communicate(timeout=DEADLINE)
            return Run(process.returncode, out or "", err or "")

    def at_a_terminal(
        self, *arguments: str, answers: Sequence[tuple[str, str]] = (), ahead: str = ""
    ) -> Run:
        """Run the installed command on a pseudo-terminal and type answers as they are asked for.

        Each answer is a piece of the question and what to type; `ahead` is typed before anything
        is asked. Both streams end in `out`.
        """
        child, parent = pty.fork()
        if child == 0:  # pragma: no cover - the child becomes another program
            os.chdir(self.home)
            os.execve(COMMAND, [str(COMMAND), *arguments], {**self.spawn_environ, "TERM": "xterm"})
        os.write(parent, ahead.encode())
        return Run(*_conversation(child, parent, answers), "")


CTRL_C = "\x03"
SETTLING = 0.5
"""Seconds without a word after which a program that ended its line is held to wait all the same."""


def _conversation(child: int, parent: int, answers: Sequence[tuple[str, str]]) -> tuple[int, str]:
    seen = b""
    told = 0
    waiting = list(answers)
    end = time.monotonic() + DEADLINE
    while True:
        # What is typed before the prompt stands there is echoed above it, as at any terminal; a
        # person types once the cursor waits behind a prompt.
        asked = _as_broken(waiting[0][0]).search(seen, told) if waiting else None
        # Python misses a Ctrl-C between its last look for signals and the reading of a line;
        # a person presses it again, but not once the program has said something of it.
        pressed = not waiting and bool(answers) and answers[-1][1].endswith(CTRL_C)
        _, _, reply = seen[told:].partition(b"^C")
        interrupted = pressed and not reply.strip(b"^C\r\n ")
        patience = SETTLING if asked else 1.0 if interrupted else DEADLINE
        left = end - time.monotonic()
        # A prompt's colon and its space may come one after the other.
        at_a_prompt = asked is not None and not seen.endswith((b"\n", b":"))
        ready = not at_a_prompt and _more_from(parent, max(0.0, min(patience, left)))
        if asked and not ready:
            told = asked.end()
            os.write(parent, waiting.pop(0)[1].encode())
            continue
        if not ready and interrupted and left > patience:
            os.write(parent, CTRL_C.encode())
            continue
        if not ready:
            os.kill(child, 9)
            os.waitpid(child, 0)
            os.close(parent)
            raise AssertionError(f"waited for {waiting[:1]} in vain:\n{seen.decode()}")
        try:
            data = os.read(parent, 65536)
        except OSError:
            data = b""
        if not data:
            break
        seen += data
    _, status = os.waitpid(child, 0)
    os.close(parent)
    assert not waiting, f"never asked for {waiting}:\n{seen.decode()}"
    return os.waitstatus_to_exitcode(status), seen.decode().replace("\r\n", "\n")


def _more_from(parent: int, patience: float) -> bool:
    ready, _, _ = select.select([parent], [], [], patience)
    return bool(ready)


def _as_broken(piece: str) -> re.Pattern[bytes]:
    """A piece of a question, between whose words a line may end."""
    return re.compile(re.escape(piece).replace("\\ ", r"[ \r\n]+").encode())


def rows(path: Path, sql: str, *values: Any) -> list[tuple[Any, ...]]:
    """Read the practice file directly."""
    with reading(path) as store:
        return [tuple(row) for row in _found(store, sql, values)]


def _found(store: Store, sql: str, values: Sequence[Any]) -> list[Any]:
    return store.run(sql, values).fetchall()


def prompts_of(plan: Any) -> list[Any]:
    """The prompts of a plan as JSON, in the order they are said."""
    return [prompt for segment in plan["segments"] for prompt in segment["prompts"]]


def questions_of(plan: Any) -> list[Any]:
    """The questions of a plan as JSON, in the order they are asked."""
    return [question for segment in plan["segments"] for question in segment["questions"]]


INTAKE = """\
kind: intake
name: Sample Client
destination: Work in which I teach people a trade.
stuck_point: I am stuck because I am good at the night shift, while I like showing how it is done.
priorities: [Find out what teaching is like]
scenario: pivot
assumptions:
  - Without a degree nobody lets me near a class.
"""

COMMITMENT = "Ask the training officer for one morning with the apprentices"
NO_COMMITMENT = "kind: wrap\ncommitments: none\n"
"""A session wrapped in which nothing was taken on."""
INQUIRY = "When this week did somebody learn something because you were there?"
WRAP = f"""\
kind: wrap
minutes: 92
focus: Which of the open ways deserves a test
takeaways: [I explain by letting them try first.]
parked: [What the pension office said]
notes: Eyes down at the word roster.
energy: normal
inquiry: {INQUIRY}
halfway: "2027-03-02"
commitments:
  - what: {COMMITMENT}
    when: "2027-03-05"
    how_will_i_know: There is a date, or a clear no
    obstacle: The officer is hard to reach
    if_then: If there is no answer by Tuesday, then I walk over
    kind: experiential
"""
PLANTED = f"""\
kind: wrap
focus: Which way deserves a test
notes: [{{text: PLANTED-RECORD, kind: record}}, {{text: PLANTED-WORKING, kind: working}}]
beliefs: [PLANTED-BELIEF]
frame_change: PLANTED-FRAME
parked: [PLANTED-PARKED]
commitments: [{{what: {COMMITMENT}, when: "2027-03-05", how_will_i_know: A date}}]
"""
"""A session with a mark in everything that is for the coach's eye."""
RATINGS = {
    "clarity": 7,
    "options": 6,
    "decision": 5,
    "momentum": 4,
    "confidence": 6,
    "satisfaction": 9,
}


def ratings(**changed: int | None) -> list[str]:
    """The options of `log-tci` for the sample ratings; None leaves one out."""
    values = {**RATINGS, **changed}
    return [
        word
        for name, value in values.items()
        if value is not None
        for word in (f"--{name}", str(value))
    ]


def begin(coach: Coach, intake: str = INTAKE) -> None:
    """A client with an intake; session 4 is on 23 February 2027."""
    words = ("new-client", "--from", "-", "--start", "2027-01-12", "--start-time", "14:00")
    if not coach.warm or any(coach.home.iterdir()):
        coach.do(*words, stdin=intake)
    else:
        told = ("begin", intake, coach.today, *coach.more.items())
        once(coach, told, lambda: coach.do(*words, stdin=intake))


def once(coach: Coach, told: object, tell: Callable[[], object]) -> None:
    """Tell a coach a story; every later coach of whom the same is `told` begins with a copy."""
    name = hashlib.blake2b(repr(told).encode(), digest_size=16).hexdigest()
    place = coach.cache.with_name("told") / name
    if place in _DAYS:
        shutil.copytree(place, coach.home, dirs_exist_ok=True)
        coach.today = _DAYS[place]
    else:
        tell()
        shutil.copytree(coach.home, place)
        _DAYS[place] = coach.today


_DAYS: dict[Path, str] = {}
"""The day on which each story ends."""


def told_once(tell: Callable[..., Coach]) -> Callable[..., Coach]:
    """For a fixture that leads a coach further: it does so once, and copies where that led."""

    @wraps(tell)
    def led(**coaches: Coach) -> Coach:
        (coach,) = coaches.values()
        once(coach, (tell.__module__, tell.__name__), lambda: tell(coach))
        return coach

    return led


def lead_through(coach: Coach, wraps_by_day: Iterable[tuple[str, str]]) -> None:
    """Wrap one session after another, each on the day that stands with its wrap."""
    for number, (day, wrap) in enumerate(wraps_by_day, 1):
        coach.today = day
        coach.do("wrap", str(number), "--from", "-", stdin=wrap)


DAYS = {
    number: (dt.date(2027, 1, 12) + dt.timedelta(14 * (number - 1))).isoformat()
    for number in range(1, 13)
}
"""The day of each session."""


def hold(coach: Coach, session: int, wrap: str = NO_COMMITMENT, *options: str) -> None:
    """Prepare and wrap a session on its day. `options`: of its plan."""
    coach.today = DAYS[session]
    coach.do("prep", "session", str(session), *options)
    coach.do("wrap", "session", str(session), "--from", "-", stdin=wrap)


def hold_four(coach: Coach, wrap: str = WRAP, rated: Sequence[str] | None = None) -> None:
    """Prepare, wrap and rate session 4 on its day."""
    coach.today = "2027-02-23"
    coach.do("prep", "session", "4")
    if wrap:
        coach.do("wrap", "session", "4", "--from", "-", stdin=wrap)
    found = ratings() if rated is None else rated
    if found:
        coach.do("log-tci", "--session", "4", *found)
