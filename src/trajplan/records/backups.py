"""Copies of the practice, in a folder beside it that only its owner can use (R154).

A copy is made by SQLite itself, read back and compared before it gets its name: there is no half
copy. What is kept of them is worked out from their days alone. `restore.py` puts one back.

`practice.sqlite3.backups/2027-02-23-1-0123abcd.sqlite3` is the first copy made on that day, of the
practice whose id begins so; what could not be read when it was moved aside is called `damaged`.
"""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
from collections.abc import Callable, Collection, Iterable
from contextlib import closing
from pathlib import Path

from msgspec import Struct

from trajplan.errors import StoreFault
from trajplan.records import migrations
from trajplan.records.contents import DAMAGED, Contents, contents, page_faults, practice_id_of
from trajplan.records.practice_file import (
    SIDECARS,
    connect,
    draft_in,
    in_files,
    in_sqlite,
    is_damage,
    left_behind,
    make_private,
    put_in_place,
)
from trajplan.system import put, sync_file, sync_folder
from trajplan.text import pattern

DAYS, WEEKS, MONTHS = 7, 4, 12
"""Of so many of each the copies are kept."""
_ID_DIGITS = 8
_FILE = pattern(
    rf"(?P<day>\d{{4}}-\d\d-\d\d)-(?P<ordinal>\d+)-(?P<practice>[0-9a-f]{{{_ID_DIGITS}}}|{DAMAGED})"
    r"\.sqlite3"
)


class Copy(Struct, frozen=True, kw_only=True):
    """A copy in the folder, as its name tells it."""

    path: Path
    day: dt.date
    ordinal: int
    """Counts the copies of a day."""
    practice: str
    """The first digits of the practice's id, or `damaged`."""

    @property
    def name(self) -> str:
        """What a coach calls it: `2027-02-23-1`."""
        return f"{self.day}-{self.ordinal}"


def folder_of(practice: Path) -> Path:
    """The folder of a practice's copies; it need not exist."""
    return practice.with_name(f"{practice.name}.backups")


def copies_of(practice: Path, practice_id: str = "") -> tuple[Copy, ...]:
    """Return the copies in the folder, oldest first; of every practice that stood here, or of one.

    What could not be read when it was moved aside may be of any. Raises StoreFault.
    """
    folder = folder_of(practice)
    with in_files(folder):
        names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    copies = []
    for match in filter(None, map(_FILE.fullmatch, names)):
        try:
            day = dt.date.fromisoformat(match["day"])
        except ValueError:
            continue
        ordinal, whose = int(match["ordinal"]), match["practice"]
        if practice_id and whose not in (practice_id[:_ID_DIGITS], DAMAGED):
            continue
        path = folder / match.string
        copies.append(Copy(path=path, day=day, ordinal=ordinal, practice=whose))
    return tuple(sorted(copies, key=lambda copy: (copy.day, copy.ordinal, copy.practice)))


def to_let_go(copies: Collection[Copy], today: dt.date) -> tuple[Copy, ...]:
    """Return the copies of one practice that need not be kept any longer.

    Every copy of the last seven days that have one stays, and the last of each of the last four
    weeks and twelve months that have one. Days that pass without a copy do not count. Copies of
    days that have not come, made while the clock was ahead, are counted apart: no copy of today
    makes room for them.
    """
    past = [copy for copy in copies if copy.day <= today]
    ahead = [copy for copy in copies if copy.day > today]
    return (*_superfluous(past), *_superfluous(ahead))


def _superfluous(copies: Iterable[Copy]) -> list[Copy]:
    newest_first = sorted(copies, key=lambda copy: (copy.day, copy.ordinal), reverse=True)
    days: list[dt.date] = []
    periods: dict[int, list[tuple[int, int]]] = {WEEKS: [], MONTHS: []}
    superfluous = []
    for copy in newest_first:
        if copy.day not in days and len(days) < DAYS:
            days.append(copy.day)
        stays = copy.day in days
        period_of = {WEEKS: copy.day.isocalendar()[:2], MONTHS: (copy.day.year, copy.day.month)}
        for most, period in period_of.items():
            if period not in periods[most] and len(periods[most]) < most:
                periods[most].append(period)
                stays = True
        if not stays:
            superfluous.append(copy)
    return superfluous


def copy_practice(practice: Path, day: dt.date, *, as_is: bool = False) -> Copy:
    """Copy a practice into its folder, and let go of the copies that need not be kept.

    `as_is`: also one with faults. Raises NotFound, StoreFault.
    """
    from trajplan.records.store import reading

    with reading(practice) as store:
        return copy_opened(store.db, practice, day, as_is=as_is)


def copy_opened(db: sqlite3.Connection, practice: Path, day: dt.date, *, as_is: bool) -> Copy:
    """As `copy_practice`, of a file that is open and in a transaction. Raises StoreFault."""
    whose = practice_id_of(db)[:_ID_DIGITS]
    copy = next_copy(practice, day, whose)
    while not write_copy(db, copy.path, as_is=as_is):
        copy = next_copy(practice, day, whose)  # another command was faster
    tidy(practice, day)
    return copy


def next_copy(practice: Path, day: dt.date, whose: str) -> Copy:
    """What the day's next copy is called. Makes the folder, for its owner alone; raises
    StoreFault."""
    folder = folder_of(practice)
    with in_files(folder):
        make_private(folder)
    ordinals = [copy.ordinal for copy in copies_of(practice) if copy.day == day]
    ordinal = max(ordinals, default=0) + 1
    path = folder / f"{day}-{ordinal}-{whose}.sqlite3"
    return Copy(path=path, day=day, ordinal=ordinal, practice=whose)


def tidy(practice: Path, today: dt.date) -> None:
    """Delete copies that need not be kept, and what a killed command left. Raises StoreFault."""
    by_practice: dict[str, list[Copy]] = {}
    for copy in copies_of(practice):
        by_practice.setdefault(copy.practice, []).append(copy)
    with in_files(folder_of(practice)):
        for own in by_practice.values():
            for copy in to_let_go(own, today):
                delete(copy.path)
    sweep(practice)


def sweep(practice: Path, *, every: bool = False) -> None:
    """Delete what killed commands left beside the practice and its copies. Raises StoreFault.

    `every`: also what a command may be writing at this moment, which then fails.
    """
    for folder in {practice.parent, practice.resolve().parent, folder_of(practice)}:
        with in_files(folder):
            for draft in left_behind(folder, every=every):
                draft.unlink(missing_ok=True)


def delete(copy: Path) -> None:
    """Delete a copy with what SQLite may have left beside it. Raises OSError."""
    for ending in (*SIDECARS, ""):
        copy.with_name(f"{copy.name}{ending}").unlink(missing_ok=True)


def copy_before_migration(db: sqlite3.Connection, practice: Path) -> None:
    """Copy a file as it is before its tables are changed. Raises StoreFault: then nothing is.

    A copy that was made since the file was last changed is enough.
    """
    from trajplan.dates import today

    with in_files(practice):
        last_change = practice.stat().st_mtime
        if any(copy.path.stat().st_mtime > last_change for copy in copies_of(practice)):
            return
    db.execute("BEGIN")
    try:
        copy_opened(db, practice, today(os.environ), as_is=True)
    except StoreFault as fault:
        raise StoreFault(
            f"{practice} is from an older trajplan and is to be brought up to date, but no copy of"
            f" it can be made first, so nothing was changed: {fault}"
        ) from fault
    finally:
        db.execute("ROLLBACK")


def write_copy(db: sqlite3.Connection, target: Path, *, as_is: bool = False) -> bool:
    """Copy an opened practice, in a transaction, to a file that is not there yet.

    The copy is read back: sound, the same practice, as many rows in each table. `as_is` takes one
    with faults too. Returns False where the name is taken. Raises StoreFault.
    """
    with in_files(target), draft_in(target.parent) as draft:
        with in_sqlite(target):
            expected = contents(db)
        fill(db, draft, target)
        with in_sqlite(target), closing(connect(draft)) as copy:
            copy.execute("PRAGMA journal_mode = DELETE")
            read_back(copy, expected, target, as_is=as_is)
        return put_in_place(draft, target)


def read_back(
    copy: sqlite3.Connection, expected: Contents, target: Path, *, as_is: bool = False
) -> None:
    """Raise StoreFault unless a copy holds what it should and is sound; `as_is`: or is not."""
    if contents(copy) != expected:
        raise StoreFault(f"the copy {target} differs from the practice; try again")
    if not as_is and page_faults(copy):
        raise StoreFault(
            "the practice has faults, which `trajplan practice check` names and"
            " `trajplan practice check --repair` mends as far as it can"
        )


def fill(db: sqlite3.Connection, draft: Path, target: Path) -> None:
    """Write all pages of an opened file into an empty one. Raises StoreFault about `target`.

    The file is to be read-locked by now: SQLite would wait for another writer without end.
    """
    with in_sqlite(target):
        _copy_pages(db, draft)


def _copy_pages(db: sqlite3.Connection, draft: Path) -> None:
    with closing(sqlite3.connect(draft, isolation_level=None)) as copy:
        # Killed, it leaves a hidden file alone, which is never looked at.
        copy.execute("PRAGMA journal_mode = OFF")
        db.backup(copy)


def rewrite_copies(
    copies: Collection[Copy],
    holds: Callable[[sqlite3.Connection], bool],
    remove: Callable[[sqlite3.Connection], None],
) -> tuple[tuple[Copy, ...], tuple[Copy, ...]]:
    """Write copies anew without what they hold and should not; each of them whole or not at all.

    `holds`: whether a copy does; `remove`: takes it out, in a transaction. Returns those that were
    written anew, and those that are too damaged for it. Raises StoreFault where one cannot be
    written.
    """
    clean: list[Copy] = []
    unreadable: list[Copy] = []
    for copy in copies:
        with in_sqlite(copy.path), in_files(copy.path):
            try:
                if _is_concerned(copy.path, holds):
                    _rewrite(copy.path, remove)
                    clean.append(copy)
            except sqlite3.Error as fault:
                if not is_damage(fault):
                    raise
                unreadable.append(copy)
    return tuple(clean), tuple(unreadable)


def _is_concerned(copy: Path, holds: Callable[[sqlite3.Connection], bool]) -> bool:
    with closing(connect(copy)) as db:
        return migrations.require_ours(db, copy) and holds(db)


def _rewrite(copy: Path, remove: Callable[[sqlite3.Connection], None]) -> None:
    with draft_in(copy.parent) as draft:
        with closing(connect(copy)) as db:
            db.execute("BEGIN")
            contents(db)
            _copy_pages(db, draft)
        with closing(connect(draft)) as fresh:
            fresh.execute("PRAGMA journal_mode = MEMORY")
            fresh.execute("PRAGMA secure_delete = ON")
            fresh.execute("BEGIN IMMEDIATE")
            remove(fresh)
            fresh.execute("COMMIT")
            fresh.execute("VACUUM")
            fresh.execute("PRAGMA journal_mode = DELETE")
        sync_file(draft)
        put(draft, copy)
        sync_folder(copy.parent)
