"""Which copies are kept, and how one is made, read back and cleaned of what is to go."""

from __future__ import annotations

import datetime as dt
import errno
import os
import sqlite3
import stat
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_practice import add_colour, client

from practices import slugs
from trajplan.errors import NotFound, StoreFault
from trajplan.records import backups, migrations, practice_file
from trajplan.records.backups import Copy, copies_of, copy_practice, folder_of, to_let_go
from trajplan.records.contents import Source, look_into
from trajplan.records.store import reading, writing

MONDAY = dt.date(2027, 2, 22)
EVER_AFTER = dt.date.max
"""A today on which every copy is of a day that has come."""


def copy_on(day: dt.date, ordinal: int = 1) -> Copy:
    return Copy(path=Path(f"{day}-{ordinal}"), day=day, ordinal=ordinal, practice="0123abcd")


FOLDERS = st.lists(st.integers(0, 2000), max_size=60).map(
    lambda days: [copy_on(MONDAY + dt.timedelta(day), number) for number, day in enumerate(days, 1)]
)
"""On a machine that does other things too."""


def left(copies: list[Copy]) -> list[Copy]:
    gone = to_let_go(copies, EVER_AFTER)
    return [copy for copy in copies if copy not in gone]


@given(FOLDERS)
def test_what_is_kept_is_kept_for_a_day_a_week_or_a_month(copies: list[Copy]) -> None:
    kept = left(copies)
    days = sorted({copy.day for copy in copies})
    last_days = days[-backups.DAYS :]
    assert [copy for copy in kept if copy.day in last_days] == [
        copy for copy in copies if copy.day in last_days
    ]
    older = [copy for copy in kept if copy.day not in last_days]
    assert len(older) <= backups.WEEKS + backups.MONTHS
    # Of every month that has any, among the last twelve that have, the last copy is there.
    months = sorted({(day.year, day.month) for day in days})[-backups.MONTHS :]
    for month in months:
        of_month = [copy for copy in copies if (copy.day.year, copy.day.month) == month]
        assert max(of_month, key=lambda copy: (copy.day, copy.ordinal)) in kept
    weeks = sorted({day.isocalendar()[:2] for day in days})[-backups.WEEKS :]
    for week in weeks:
        of_week = [copy for copy in copies if copy.day.isocalendar()[:2] == week]
        assert max(of_week, key=lambda copy: (copy.day, copy.ordinal)) in kept


@given(FOLDERS)
def test_letting_go_twice_lets_go_no_more_and_the_order_plays_no_part(copies: list[Copy]) -> None:
    kept = left(copies)
    assert to_let_go(kept, EVER_AFTER) == ()
    assert set(left(copies[::-1])) == set(kept)
    assert bool(kept) == bool(copies)


@given(FOLDERS)
def test_a_clock_years_ahead_costs_no_more_than_any_other_day(copies: list[Copy]) -> None:
    ahead = copy_on(dt.date(2060, 1, 1), 99)
    lost = set(left(copies)) - set(left([*copies, ahead]))
    oldest_days = sorted({copy.day for copy in copies})[: -backups.DAYS + 1]
    # One day leaves the seven, one week the four, one month the twelve.
    assert len({copy.day for copy in lost}) <= 3
    assert all(copy.day in oldest_days or len(oldest_days) == 0 for copy in lost)


@given(FOLDERS, st.integers(0, 2000))
def test_copies_of_days_that_have_not_come_are_counted_apart(
    copies: list[Copy], passed: int
) -> None:
    today = MONDAY + dt.timedelta(passed)
    past = [copy for copy in copies if copy.day <= today]
    ahead = [copy for copy in copies if copy.day > today]
    gone = to_let_go(copies, today)
    assert [copy for copy in copies if copy not in gone and copy in past] == left(past)
    assert [copy for copy in copies if copy not in gone and copy in ahead] == left(ahead)


@pytest.mark.req("R154")
def test_a_week_of_a_clock_that_was_ahead_costs_no_copy_of_today(practice: Path) -> None:
    for back in range(20):
        copy_practice(practice, MONDAY + dt.timedelta(30 - back))
    made = [copy_practice(practice, MONDAY + dt.timedelta(number)) for number in range(7)]
    assert set(made) <= set(copies_of(practice))


def test_two_years_of_a_copy_a_day_leave_a_handful() -> None:
    copies: list[Copy] = []
    for number in range(730):
        copies = left([*copies, copy_on(MONDAY + dt.timedelta(number))])
    days = [copy.day for copy in copies]
    today = MONDAY + dt.timedelta(729)
    assert days[-7:] == [today - dt.timedelta(back) for back in range(6, -1, -1)]
    assert len(days) <= 7 + 4 + 12
    months = {(day.year, day.month) for day in days}
    assert len(months) == 12
    assert (today - days[0]).days > 320


@pytest.fixture
def practice(path: Path) -> Path:
    with writing(path) as store:
        store.insert(client("ana"))
    return path


def test_a_copy_is_sound_private_and_a_practice_itself(practice: Path) -> None:
    umask = os.umask(0)
    try:
        copy = copy_practice(practice, MONDAY)
    finally:
        os.umask(umask)
    assert copy.path.parent == folder_of(practice)
    assert copy.name == "2027-02-22-1"
    assert stat.S_IMODE(copy.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(copy.path.parent.stat().st_mode) == 0o700
    assert slugs(copy.path) == ["ana"]
    assert [file.name for file in copy.path.parent.iterdir()] == [copy.path.name]
    assert copy_practice(practice, MONDAY).name == "2027-02-22-2"


def test_nothing_is_copied_where_nothing_is(path: Path) -> None:
    with pytest.raises(NotFound):
        copy_practice(path, MONDAY)
    assert not folder_of(path).exists()


def spoil_what_is_written(monkeypatch: pytest.MonkeyPatch, statement: str) -> None:
    """Let every copy differ from the practice, as a failing disk would."""
    fill = backups.fill

    def spoilt(db: Any, draft: Path, target: Path) -> None:
        fill(db, draft, target)
        with closing(sqlite3.connect(draft)) as copy, copy:
            copy.execute("PRAGMA ignore_check_constraints = ON")
            copy.execute(statement)

    monkeypatch.setattr(backups, "fill", spoilt)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("DELETE FROM clients", "differs from the practice"),
        ("UPDATE meta SET practice_id = 'another'", "differs from the practice"),
        ("UPDATE clients SET created = 'soon'", "differs from the practice"),
        ("UPDATE clients SET satisfaction = 'nowhere'", "the practice has faults"),
    ],
)
def test_a_copy_that_does_not_read_back_gets_no_name(
    practice: Path, monkeypatch: pytest.MonkeyPatch, statement: str, said: str
) -> None:
    spoil_what_is_written(monkeypatch, statement)
    with pytest.raises(StoreFault, match=said):
        copy_practice(practice, MONDAY)
    assert list(folder_of(practice).iterdir()) == []


def test_a_full_disk_leaves_no_half_copy(practice: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    monkeypatch.setattr(practice_file, "sync_file", full)
    with pytest.raises(StoreFault, match="full"):
        copy_practice(practice, MONDAY)
    assert list(folder_of(practice).iterdir()) == []


def test_what_a_killed_command_left_goes_once_no_command_can_be_at_it(practice: Path) -> None:
    copy_practice(practice, MONDAY)
    old, new = (folder_of(practice) / f".trajplan-{name}.new" for name in ("old", "new"))
    beside = practice.with_name(".trajplan-beside.new")
    for path in (old, new, beside):
        path.write_bytes(b"half")
    hour = time.time() - 3600
    os.utime(old, (hour, hour))
    os.utime(beside, (hour, hour))
    copy_practice(practice, MONDAY)
    assert (old.exists(), beside.exists(), new.exists()) == (False, False, True)


def test_copies_of_another_practice_are_counted_apart(practice: Path) -> None:
    other = practice.with_name("other.sqlite3")
    with writing(other) as store:
        store.insert(client("ben"))
    first = copy_practice(practice, MONDAY)
    for number in range(1, 40):
        copied = copy_practice(other, MONDAY + dt.timedelta(number))
        copied.path.rename(folder_of(practice) / copied.path.name)
    backups.tidy(practice, EVER_AFTER)
    assert first in copies_of(practice)
    assert len(copies_of(practice)) < 20
    with reading(practice) as store:
        assert copies_of(practice, store.practice_id) == (first,)


def test_what_is_no_copy_is_left_alone(practice: Path) -> None:
    copy_practice(practice, MONDAY)
    for name in ("notes.txt", "2027-02-30-1-0123abcd.sqlite3", "2027-02-22-1.sqlite3"):
        (folder_of(practice) / name).touch()
    assert len(copies_of(practice)) == 1
    backups.tidy(practice, EVER_AFTER)
    assert len(list(folder_of(practice).iterdir())) == 4


def test_a_file_is_copied_as_it_is_before_its_tables_change(
    practice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRAJPLAN_TODAY", "2027-02-22")
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, add_colour))
    with reading(practice) as store:
        assert store.run("SELECT colour FROM clients").fetchone()[0] == "green"
    (copy,) = copies_of(practice)
    assert copy.day == MONDAY
    assert look_into(Source(path=copy.path)).version == migrations.newest() - 1


def test_without_room_for_a_copy_no_table_is_changed(
    practice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder_of(practice).write_text("in the way")
    before = practice.read_bytes()
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, add_colour))
    with pytest.raises(StoreFault, match="no copy of it can be made first"), reading(practice):
        pytest.fail("it was changed without a copy")
    assert practice.read_bytes() == before


def test_a_change_of_tables_that_fails_again_and_again_makes_one_copy(
    practice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(db: sqlite3.Connection) -> None:
        db.execute("INSERT INTO nowhere VALUES (1)")

    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, fail))
    for _ in range(3):
        with pytest.raises(StoreFault), reading(practice):
            pytest.fail("it cannot succeed")
    assert len(copies_of(practice)) == 1


def test_one_orphan_of_before_locks_nobody_out_of_a_newer_version(
    practice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(sqlite3.connect(practice)) as db, db:
        db.execute("INSERT INTO check_ins (session_id, date) VALUES (77, '2025-03-03')")
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, add_colour))
    assert slugs(practice) == ["ana"]
