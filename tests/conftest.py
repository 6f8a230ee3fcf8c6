"""What tests of the whole program stand on: a coach at the command line, in a place of its own."""

from __future__ import annotations

import gc
import json
import shutil
import signal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from coaching import Coach, begin, hold_four
from trajplan.actions.demo import STORY

# A job in the background may be started with Ctrl-C or the hang-up of a closed window switched off,
# and its children would inherit that.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
    signal.signal(signal.SIGHUP, signal.SIG_DFL)

# A law is tried with the same examples everywhere, however busy the machine is.
# `--hypothesis-profile full` tries more of them; for a quiet hour, as it takes many minutes.
for name, times in (("quick", 25), ("full", 400)):
    settings.register_profile(
        name,
        max_examples=times,
        derandomize=True,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
settings.load_profile("quick")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="rewrite the documents in tests/golden"
    )


DEMO_DAY = json.loads((STORY / "sample-client" / "story.json").read_text())["sessions"][-1]["day"]
"""The day of the demo's fourth session."""


def pytest_collection_finish() -> None:
    """What has been loaded stays to the end: a search for garbage need not go through it."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The validated library, read once for all tests of this process."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def coach(tmp_path: Path, cache: Path) -> Coach:
    """A coach without any client yet."""
    return Coach(tmp_path, cache)


@pytest.fixture(scope="session")
def stories(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Path:
    """Practices as they are at two points of the coach's path, told once."""
    folder = tmp_path_factory.mktemp("stories")
    teller = Coach(folder, cache)
    begin(teller)
    shutil.copy(teller.practice, folder / "begun.sqlite3")
    hold_four(teller)
    shutil.copy(teller.practice, folder / "held.sqlite3")
    return folder


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Path:
    """The practice with three clients that the demo tells, told once; to be copied."""
    teller = Coach(tmp_path_factory.mktemp("demo"), cache)
    file = teller.home / "demo.sqlite3"
    teller.do("demo", "--keep", str(file))
    return file


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, cache: Path, demo_file: Path) -> Coach:
    """A coach with the demo's practice on the day of its fourth session, for a whole file."""
    return _at(Coach(tmp_path_factory.mktemp("demo"), cache), demo_file, DEMO_DAY)


def _at(coach: Coach, story: Path, today: str) -> Coach:
    coach.practice.parent.mkdir(mode=0o700)
    shutil.copy(story, coach.practice)
    coach.practice.chmod(0o600)
    coach.today = today
    return coach


@pytest.fixture
def begun(coach: Coach, stories: Path) -> Coach:
    """A coach with one client, `sample-client`, on the day of session 4."""
    return _at(coach, stories / "begun.sqlite3", "2027-02-23")


@pytest.fixture
def held(coach: Coach, stories: Path) -> Coach:
    """The same coach after session 4: prepared, wrapped, rated."""
    return _at(coach, stories / "held.sqlite3", "2027-02-23")
