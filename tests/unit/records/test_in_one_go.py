"""A practice that is made over one connection is made by the same transactions as any other."""

from __future__ import annotations

import sqlite3
import stat
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from small_practice import client

from practices import slugs
from trajplan.errors import StoreFault
from trajplan.records import practice_file
from trajplan.records.store import in_one_go, reading, writing


def cut_short(path: Path, slug: str) -> None:
    with writing(path) as store:
        store.insert(client(slug))
        raise RuntimeError


def test_each_transaction_is_kept_or_nothing_of_it(path: Path) -> None:
    with in_one_go(path):
        with writing(path) as store:
            store.insert(client("ana"))
        with pytest.raises(RuntimeError):
            cut_short(path, "ben")
        assert slugs(path) == ["ana"]
        with pytest.raises(StoreFault), reading(path) as store:
            store.insert(client("cleo"))
        with writing(path) as store:
            store.insert(client("dora"))
            assert slugs(path) == ["ana"]
    assert slugs(path) == ["ana", "dora"]
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_one_connection_serves_all_and_is_closed(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[sqlite3.Connection] = []
    connect = practice_file.connect

    def counted(*given: Path, **options: float) -> sqlite3.Connection:
        made.append(connect(*given, **options))
        return made[-1]

    monkeypatch.setattr(practice_file, "connect", counted)
    with suppress(RuntimeError), in_one_go(path):
        before = len(made)
        for slug in ("ana", "ben"):
            with writing(path) as store:
                store.insert(client(slug))
            slugs(path)
        assert len(made) == before
        cut_short(path, "cleo")
    with pytest.raises(sqlite3.ProgrammingError):
        made[-1].execute("SELECT 1")
    assert slugs(path) == ["ana", "ben"]
    assert len(made) == before + 1
