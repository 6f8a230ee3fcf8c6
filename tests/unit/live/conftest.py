"""Plans of a client's fourth session, as the program makes them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from msgspec import convert

from coaching import Coach
from trajplan.planning.plan import Plan


@pytest.fixture(scope="session")
def teller(tmp_path_factory: pytest.TempPathFactory, stories: Path, cache: Path) -> Coach:
    coach = Coach(tmp_path_factory.mktemp("live"), cache, today="2027-02-23")
    coach.practice.parent.mkdir(mode=0o700)
    shutil.copy(stories / "begun.sqlite3", coach.practice)
    return coach


@pytest.fixture(scope="session")
def plan(teller: Coach) -> Plan:
    """90 minutes from 14:00."""
    return _plan(teller, "4")


@pytest.fixture(scope="session")
def decision(teller: Coach) -> Plan:
    """One that explores for half an hour before any option."""
    return _plan(teller, "5", "--decision")


def _plan(teller: Coach, *options: str) -> Plan:
    data = teller.json("prep", "session", *options, "--explain")
    return convert(data, Plan, strict=False)
