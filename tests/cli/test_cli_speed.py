"""What keeps commands fast, and that none of it costs a word, a check or an exit code (R163)."""

from __future__ import annotations

import datetime as dt
import importlib.util
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import pytest

from coaching import INTAKE, WRAP, Coach, begin, hold_four, ratings
from few import few
from trajplan.actions.client_records import case_of
from trajplan.late import LATE
from trajplan.records import practice_file
from trajplan.records.read_dossier import read_dossier
from trajplan.records.store import reading


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
    ("words", "code"),
    few([(("clients",), 0), (("clients", "--colour"), 2), (("prep", "99"), 1)], 1),
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


SIZES = (3, 300)


@pytest.fixture(scope="session")
def caseloads(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> dict[int, Path]:
    """By how many past clients it has besides the one of `begun`: a practice."""
    found = {}
    for size in SIZES:
        teller = Coach(tmp_path_factory.mktemp(f"past-{size}"), cache)
        begin(teller, INTAKE.replace("Sample Client", "Past Client"))
        hold_four(teller)
        teller.do("close", "--force", "moved abroad")
        with closing(sqlite3.connect(teller.practice)) as db:
            practices().multiply(db, size)
            db.commit()
        teller.today = "2027-01-12"
        begin(teller)
        teller.do("use", "sample-client")
        teller.today = "2027-02-23"
        teller.do("prep", "4")
        found[size] = teller.practice
    return found


def practices() -> ModuleType:
    """How the bench of speed makes a practice large."""
    file = Path(__file__).parents[2] / "benchmarks" / "speed" / "practices.py"
    spec = importlib.util.spec_from_file_location("practices", file)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Effort(NamedTuple):
    """What a command asks of SQLite."""

    queries: int
    steps: int
    """Hundreds of instructions of its virtual machine."""


def effort(coach: Coach, practice: Path, words: tuple[str, ...]) -> Effort:
    shutil.rmtree(coach.practice.parent, ignore_errors=True)  # with the copy of the day
    coach.practice.parent.mkdir(mode=0o700)
    shutil.copy(practice, coach.practice)
    coach.today = "2027-02-23"
    coach.do("use", "sample-client")  # copies the practice, once a day
    queries: list[str] = []
    steps: list[None] = []
    connect = practice_file.connect

    def watched(*path: Any, **options: Any) -> sqlite3.Connection:
        db = connect(*path, **options)
        db.set_trace_callback(queries.append)
        db.set_progress_handler(lambda: steps.append(None), 100)
        return db

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(practice_file, "connect", watched)
        coach.do(*words)
    return Effort(len(queries), len(steps))


@pytest.mark.slow
@pytest.mark.req("R163")
@pytest.mark.parametrize(
    ("words", "flat"),
    few(
        [
            (("prep", "4"), True),
            (("prep", "4", "--client", "sample-client"), True),
            (("tci",), True),
            (("log-tci", "--session", "4", *ratings()), True),
            (("today",), False),
            (("clients",), False),
        ],
        3,
    ),
    ids=lambda value: " ".join(value[:3]) if isinstance(value, tuple) else "",
)
def test_a_hundred_times_the_past_clients_ask_no_query_more(
    coach: Coach, caseloads: dict[int, Path], words: tuple[str, ...], flat: bool
) -> None:
    few, many = (effort(coach, caseloads[size], words) for size in SIZES)
    assert many.queries == few.queries
    if flat:  # but for a glance at each working note: whether its day has come
        assert many.steps - few.steps <= (SIZES[1] - SIZES[0]) * 4 / 100


def test_the_last_day_a_question_was_asked_is_that_of_the_whole_caseload(
    coach: Coach, caseloads: dict[int, Path]
) -> None:
    shutil.copytree(caseloads[3].parent, coach.practice.parent)
    coach.today = "2027-02-23"
    coach.do("wrap", "session", "4", "--from", "-", stdin=WRAP)
    with reading(coach.practice) as store:
        case = case_of(store, "past-client")
        found = read_dossier(store, case.client, case.engagement, case.engagements).questions
        by_hand = store.run(
            "SELECT question_id, max(date) FROM question_uses WHERE asked GROUP BY question_id"
        )
        last = {name: dt.date.fromisoformat(day) for name, day in by_hand}
        own = store.run(
            "SELECT question_id, session_id FROM question_uses WHERE session_id IN"
            " (SELECT id FROM sessions WHERE engagement_id = ?) AND asked",
            (case.engagement.id,),
        )
        mine = {name: (session,) for name, session in own}
    assert len(last) > 5
    assert {name: past.last_asked for name, past in found.items() if past.last_asked} == last
    assert {name: past.asked_in for name, past in found.items() if past.asked_in} == mine


FOR_TYPER = {"shutil", "uuid"}
"""Of the late ones those that Typer asks for something when it is imported."""
HEAVY = {
    *("pydantic", "yaml", "rich", "jinja2", "typst", "icalendar", "textual", "dateparser"),
    *("platformdirs", "tempfile", "trajplan.content.build", "trajplan.planning.compose"),
    *("trajplan.pages.html", "trajplan.pages.pdf", "trajplan.pages.terminal"),
    *("trajplan.planning.career_os", "trajplan.actions.new_client", "fractions", "statistics"),
    *("hashlib", "dataclasses", "string", "trajplan.live.session", "json", "typing_extensions"),
    *("trajplan.planning.first_session", *({*LATE} - FOR_TYPER)),
}
"""What takes long to import and no warm command into a pipe needs."""
WITHOUT_CONTENT = {"trajplan.content.loader"}


@pytest.mark.req("R163")
@pytest.mark.parametrize(
    ("words", "also"),
    few(
        [
            (("prep", "4", "--glance"), set()),
            (("log-tci", "--session", "4", *ratings()), WITHOUT_CONTENT),
            (("check-in", "--energy", "low"), WITHOUT_CONTENT | {"trajplan.planning.plan"}),
            (("today",), set()),
            (("clients",), set()),
            (("tci",), WITHOUT_CONTENT),
            (("commitments",), WITHOUT_CONTENT),
            (("--help",), WITHOUT_CONTENT | {"sqlite3", "trajplan.records.model"}),
        ],
        3,
    ),
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere platformdirs says where things are")
@pytest.mark.unix  # what plays Windows imports modules itself
def test_a_warm_command_imports_only_what_it_needs(
    begun: Coach, words: tuple[str, ...], also: set[str]
) -> None:
    begun.do("prep", "4")
    # Kept on disk by a process of its own: this one may hold in memory what has been put out there.
    assert _python(begun, "", "today").returncode == 0
    waiting = (
        "import atexit, sys\ndef loaded():\n"
        "    return [n for n, m in sys.modules.items() if type(m).__name__ != 'LateModule']\n"
        "atexit.register(lambda: print(*loaded(), file=sys.stderr))\n"
    )
    found = _python(begun, waiting, *words)
    assert found.returncode == 0
    imported = {*found.stderr.splitlines()[-1].split()}
    assert "trajplan.cli.app" in imported
    wraps_help = {"textwrap"} if words == ("--help",) else set()
    assert imported & (HEAVY | also) - wraps_help == set()
