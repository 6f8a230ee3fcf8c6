"""Short ways of `prep`, with a number alone, say and leave the same as the long way does: a kept
page is printed before the program is loaded, and a plan is made before Typer is."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from test_cli_same_words import FIRST, GIVEN, WRITTEN, told

from coaching import NO_COMMITMENT, Coach, rows
from few import few
from trajplan.actions.surroundings import page_to_print, read_note, session_asked_for
from trajplan.cli import session_plan
from trajplan.errors import CannotDo
from trajplan.late import LATE

__all__ = ["told"]
PREP = ("prep", "5")
WORKING = """\
kind: wrap
commitments: none
notes: [{text: Ask about March., kind: working, purge_on: 2027-02-25}]
"""
BANK = """\
kind: question-bank
id: own
title: Own
language: en
questions:
  - {id: own-one, text: What would you try?, level: analytical, breadth: 3, minutes: 4}
"""
KEYS = '{"at": "14:10", "key": "m", "text": "early"}\n'


@contextmanager
def surroundings(coach: Coach) -> Iterator[None]:
    """What the program may know of where it runs."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in coach.environ.items():
            if value is None:
                patch.delenv(name, raising=False)
            else:
                patch.setenv(name, value)
        yield


def at_once(coach: Coach, *words: str) -> str | None:
    """The page that is printed without loading the program, where there is one."""
    with surroundings(coach):
        number = session_asked_for([*words])
        around = read_note() if number else None
        return page_to_print(number, around) if around else None


def agree(coach: Coach, *words: str) -> bool:
    """Hold both ways to the same answer; return whether the short way had one."""
    page = at_once(coach, *words)
    before = coach.practice.read_bytes()
    found = coach.run(*words)
    if page is not None:
        assert (found.code, found.out, found.err) == (0, page, "")
        assert coach.practice.read_bytes() == before
    return page is not None


def without_options(coach: Coach, *words: str) -> None:
    """Hold the command as it is typed, in a copy, to the same with all options read."""
    copy = replace(coach, home=coach.home.with_name("copy"))
    shutil.copytree(coach.home, copy.home)
    typed, found = copy.process(*words, cwd=Path.cwd()), coach.run(*words)
    said = tuple(text.replace(str(copy.home), str(coach.home)) for text in (typed.out, typed.err))
    assert (typed.code, *said) == (found.code, found.out, found.err)
    assert held(copy.practice) == held(coach.practice)
    shutil.rmtree(copy.home)


def held(practice: Path) -> list[str] | bytes:
    """All that a practice holds; of a file that is none its bytes."""
    if not practice.exists():
        return []
    try:
        with closing(sqlite3.connect(practice)) as db:
            return [*db.iterdump()]
    except sqlite3.DatabaseError:
        return practice.read_bytes()


@pytest.fixture
def practice(told: Coach, tmp_path: Path) -> Coach:
    """A copy of a practice in which most has been told, with session 5 prepared."""
    shutil.copytree(told.home, tmp_path / "home")
    coach = Coach(tmp_path / "home", told.cache, told.today)
    coach.do(*PREP)
    return coach


@pytest.mark.req("R163")
@pytest.mark.unix  # what plays Windows imports modules itself
def test_a_kept_page_is_printed_without_loading_the_program(practice: Coach) -> None:
    for words in (PREP, ("prep", "session", "5"), (*PREP, "--format", "markdown")):
        assert agree(practice, *words), words
    waiting = "import sys, atexit; atexit.register(lambda: print(*sys.modules, file=sys.stderr))"
    found = practice.process(*PREP)
    assert (found.code, found.out) == (0, at_once(practice, *PREP))
    seen = subprocess.run(
        [
            sys.executable,
            "-c",
            f"{waiting}\nfrom trajplan.__main__ import main\nmain()",
            *PREP,
        ],
        env=practice.spawn_environ,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert seen.stdout == found.out
    heavy = {"typer", "msgspec", "typing", "re", "pathlib", "json", "dataclasses", "inspect"}
    assert {*seen.stderr.split()} & heavy == set()


@pytest.mark.parametrize(
    "words",
    [
        ("prep", "4"),  # held
        ("prep", "6"),  # never prepared
        ("prep", "99"),
        ("prep", "-5"),
        ("prep", "٥"),
        ("prep", "session", "session", "5"),
        ("prep", "brief"),
        (*PREP, "--glance"),
        (*PREP, "--format", "json"),
        (*PREP, "--client", "sample"),
        ("prep",),
        ("clients",),
    ],
    ids=" ".join,
)
def test_other_words_go_the_long_way(practice: Coach, words: tuple[str, ...]) -> None:
    assert at_once(practice, *words) is None


def _bank(coach: Coach) -> Path:
    return Path(coach.write("CONFIG/trajplan/question_banks/own.yaml", BANK))


def _promise(coach: Coach) -> None:
    coach.do(
        "commitments", "add", "Ring the officer", "--when", "+3d", "--how-will-i-know", "A day"
    )


def _edit_unseen(coach: Coach) -> None:
    """Change a bank, and give it the size and the time it had."""
    file = _bank(coach)
    coach.do(*PREP)
    before = file.stat()
    file.write_text(BANK.replace("try?", "dare"), encoding="utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert file.stat().st_size == before.st_size


CHANGES: dict[str, Callable[[Coach], object]] = {
    "a new bank": _bank,
    "a bank that looks the same": _edit_unseen,
    "a faulty bank": lambda coach: coach.write("CONFIG/trajplan/question_banks/own.yaml", "no"),
    "an option of its own": lambda coach: coach.do(*PREP, "--energy", "low", "--glance"),
    "another day": lambda coach: setattr(coach, "today", "2027-03-01"),
    "a day that is none": lambda coach: setattr(coach, "today", "soon"),
    "a time zone": lambda coach: coach.more.update(TRAJPLAN_TIME_ZONE="Asia/Tokyo"),
    "a time zone that is none": lambda coach: coach.more.update(TRAJPLAN_TIME_ZONE="Nowhere"),
    "no cache": lambda coach: coach.more.update(TRAJPLAN_CACHE=""),
    "faulty settings": lambda coach: coach.write("CONFIG/trajplan/settings.toml", "colour = 3"),
    "a library that is not there": lambda coach: coach.more.update(TRAJPLAN_LIBRARY="/nowhere"),
    "a copy by a sync program": lambda coach: shutil.copy(
        coach.practice, coach.practice.with_name("practice (conflicted copy).sqlite3")
    ),
    "another client today": lambda coach: [
        coach.do("new-client", "Ben", "--start", "2027-02-23"),
        coach.do("use", "sample-client"),
        setattr(coach, "today", "2027-02-24"),
        coach.do("sessions", "move", "1", "2027-02-24", "--client", "ben"),
    ],
    "a note whose day has come": lambda coach: [
        coach.do("wrap", "session", "4", "--from", "-", "--replace", stdin=WORKING),
        coach.do(*PREP),
        setattr(coach, "today", "2027-02-26"),
    ],
    "no practice": lambda coach: coach.practice.unlink(),
    "a damaged practice": lambda coach: coach.practice.write_bytes(b"SQLite format 3\0" * 99),
}


@pytest.mark.parametrize("change", few(CHANGES, 5))
def test_a_change_of_any_kind_is_noticed(practice: Coach, change: str) -> None:
    assert agree(practice, *PREP)
    CHANGES[change](practice)
    page = at_once(practice, *PREP)
    found = practice.run(*PREP)
    if change in ("another day", "an option of its own"):
        assert page == found.out  # of the session's plan, which was made anew where it had to be
    else:
        assert page is None, found.err


TYPED: dict[str, Callable[[Coach], object]] = {
    **CHANGES,
    "records": _promise,
    "closed": lambda coach: coach.do("close", "--force", "moved abroad"),
    "nobody chosen": lambda coach: coach.do("new-client", "Ben", "--start", "2027-02-23"),
    "under way": lambda coach: coach.do("live", "5", "--replay", coach.write("keys.jsonl", KEYS)),
}


@pytest.mark.slow
@pytest.mark.req("R163")
@pytest.mark.parametrize("change", few(TYPED, 3))
def test_a_plan_is_made_the_same_without_options_to_read(practice: Coach, change: str) -> None:
    TYPED[change](practice)
    without_options(practice, *PREP)
    for words in (("prep", "4"), ("prep", "session", "99"), ("prep", "06", "--format", "markdown")):
        without_options(practice, *words)


@pytest.mark.parametrize(
    "fault",
    [KeyboardInterrupt(), RuntimeError(), BrokenPipeError(), OSError(5, "no"), CannotDo("not so")],
    ids=repr,
)
def test_a_fault_ends_it_as_it_ends_any_command(
    practice: Coach,
    fault: BaseException,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr(session_plan, "prepare", broken)
    found = practice.run(*PREP)
    assert (found.code == 0) == isinstance(fault, BrokenPipeError)
    monkeypatch.setattr("trajplan.cli.faults.abandon", lambda _: None)  # pytest's own stream
    with surroundings(practice):
        code = session_plan.print_session_plan("5", as_markdown=False, around=None)
    said = capsys.readouterr()
    assert (code, said.out, said.err) == (found.code, found.out, found.err)


@pytest.mark.unix  # what plays Windows imports modules itself
def test_a_plan_is_made_without_typer(practice: Coach) -> None:
    _promise(practice)
    code = (
        "import atexit, sys\ndef loaded():\n"
        "    return [n for n, m in sys.modules.items() if type(m).__name__ != 'LateModule']\n"
        "atexit.register(lambda: print(*loaded(), file=sys.stderr))\n"
        "from trajplan.__main__ import main\nmain()"
    )
    found = subprocess.run(
        [sys.executable, "-c", code, *PREP],
        env=practice.spawn_environ,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert found.stdout == practice.do(*PREP).out
    imported = {*found.stderr.split()}
    assert "trajplan.planning.compose" in imported
    unneeded = {"typer", "inspect", "dateparser", "trajplan.cli.app", "trajplan.cli.command"}
    # `fractions`, which one of the worksheets needs, asks for `decimal`.
    assert imported & (unneeded | {*LATE, "platform"} - {"decimal"}) == set()


def test_a_note_that_is_damaged_or_gone_changes_nothing(practice: Coach, tmp_path: Path) -> None:
    practice.cache = tmp_path / "cache"
    known = practice.do(*PREP).out
    assert at_once(practice, *PREP) == known
    (note,) = practice.cache.glob("surroundings-*")
    data = note.read_bytes()
    for place in range(0, len(data), len(data) // 20):
        note.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        assert at_once(practice, *PREP) is None
    note.unlink()
    assert at_once(practice, *PREP) is None
    assert agree(practice, *PREP) is False
    assert agree(practice, *PREP)


def test_a_page_goes_with_its_plan(practice: Coach) -> None:
    assert rows(practice.practice, "SELECT count(*) FROM plan_pages") == [(1,)]
    assert "plan_pages" not in practice.do("practice", "export").out
    practice.do("wrap", "session", "5", "--from", "-", stdin=NO_COMMITMENT)
    assert rows(practice.practice, "SELECT count(*) FROM plan_pages") == [(0,)]
    practice.do("prep", "6")
    practice.do("practice", "erase", "--client", "sample-client", "--yes", "sample-client")
    assert rows(practice.practice, "SELECT count(*) FROM plan_pages") == [(0,)]


@pytest.mark.parametrize(
    ("seed", "steps"),
    [(1, 3), *(pytest.param(seed, 60, marks=pytest.mark.slow) for seed in (2, 3))],
)
def test_at_random_both_ways_say_the_same(practice: Coach, seed: int, steps: int) -> None:
    chance = random.Random(seed)
    acts: dict[str, Callable[[], object]] = {
        name: lambda name=name, words=words: [  # type: ignore[misc]
            practice.run(*FIRST.get(name, ("clients",))),
            practice.run(*words, stdin=GIVEN.get(name, "")),
        ]
        for name, words in WRITTEN.items()
        if name not in ("practice restore", "practice import", "practice check, repaired")
    }
    acts |= {
        f"prep 5 {' '.join(words)}": lambda words=words: practice.run(*PREP, *words)  # type: ignore[misc]
        for words in (["--energy", "low"], ["--reset"], ["--minutes", "60"], ["--explain"], [])
    }
    acts |= {
        "the next day": lambda: setattr(practice, "today", f"2027-03-{chance.randint(1, 28):02}"),
        "content": lambda: _bank(practice).write_text(BANK.replace("3", str(chance.randint(1, 5)))),
        "no content": lambda: _bank(practice).unlink(),
        "session 5 after all": lambda: practice.run("sessions", "skip", "5", "--back"),
        "use": lambda: practice.run("use", chance.choice(["ann", "ben", "sample-client"])),
        "a time zone": lambda: practice.more.update(
            TRAJPLAN_TIME_ZONE=chance.choice(["", "Europe/Berlin", "Asia/Tokyo"])
        ),
    }
    met = 0
    for _ in range(steps):
        act = chance.choice(list(acts))
        acts[act]()
        if steps > 9 and act in ("content", "no content") and chance.random() < 0.5:
            time.sleep(2.1)  # content is trusted now
        without_options(practice, *PREP)
        for words in (PREP, PREP, ("prep", "session", chance.choice("123456"))):
            met += agree(practice, *words)
    assert met > steps // 10
