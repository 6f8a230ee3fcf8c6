"""A real practice in a temporary folder, with one client at the start of a journey."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from small_practice import START, Practice, begin

from trajplan.records.model.journeys import Client
from trajplan.records.model.sessions import Session
from trajplan.records.store import Store, writing


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "practice.sqlite3"


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice without a record, made once."""
    made = tmp_path_factory.mktemp("empty") / "practice.sqlite3"
    with writing(made):
        return made


@pytest.fixture
def store(path: Path, empty: Path) -> Iterator[Store]:
    shutil.copy(empty, path)
    with writing(path) as opened:
        yield opened


@pytest.fixture
def practice(store: Store) -> Practice:
    engagement = begin(store)
    session = store.insert(
        Session(
            engagement_id=engagement.id,
            number=1,
            kind="numbered",
            date=START,
            start_time="09:30",
        )
    )
    return Practice(store, store.get(Client, engagement.client_id), engagement, session)
