"""The practice file, opened for reading or for writing.

One command opens the store once: `reading` gives one unchanging view, `writing` one transaction.
Close it before a person is asked anything; an open view makes a writer wait.

Journal mode DELETE and synchronous EXTRA: between commands the one file is always whole, also for
a sync program that copies it alone.
"""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from trajplan.errors import CannotDo, NotFound, StoreFault
from trajplan.records import creation, faults, migrations

WAIT = 5.0
"""Seconds to wait for another command before giving up."""
OLDEST_SQLITE = (3, 37, 0)
"""The first with STRICT tables."""


class Store:
    """An opened practice. `db` is in a transaction that the context manager ends."""

    __slots__ = ("db", "path")

    def __init__(self, db: sqlite3.Connection, path: Path) -> None:
        self.db = db
        self.path = path

    @property
    def practice_id(self) -> str:
        """32 hexadecimal digits, given at creation, the same in every copy and export."""
        return str(self.run("SELECT practice_id FROM meta").fetchone()[0])

    def run(self, sql: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> sqlite3.Cursor:
        """Execute one statement. Raises CannotDo for text that is not Unicode, sqlite3.Error."""
        try:
            return self.db.execute(sql, values)
        except UnicodeEncodeError as fault:
            broken = fault.object[fault.start]
            near = fault.object[max(0, fault.start - 20) : fault.start]
            raise CannotDo(
                f"a text holds half a character (U+{ord(broken):04X}, after {near!r}) and cannot be"
                " kept; type or paste it again as UTF-8"
            ) from fault


@contextmanager
def reading(path: Path, *, wait: float = WAIT) -> Iterator[Store]:
    """Open an existing practice; every read inside sees the same state, and nothing can be written.

    What a killed command left half written is undone first, and an older file migrated. Raises
    NotFound where there is no practice, StoreFault where it cannot be read.
    """
    with _opened(path, create=False, wait=wait) as db:
        # Not `mode=ro`: a connection that cannot write cannot undo a killed command either.
        db.execute("PRAGMA query_only = ON")
        db.execute("BEGIN")
        db.execute("SELECT only FROM meta").fetchone()  # the view starts at the first read
        yield Store(db, path)


@contextmanager
def writing(path: Path, *, create: bool = True, wait: float = WAIT) -> Iterator[Store]:
    """Open a practice for one transaction: all of the block is kept, or after any exception none.

    Creates the practice on first use, unless `create` is False: then NotFound as in `reading`.
    Raises StoreFault where it cannot be written, also after `wait` seconds of another writer.
    """
    with _opened(path, create=create, wait=wait) as db:
        with faults.in_files(path):
            creation.narrow(path)
        db.execute("PRAGMA journal_mode = DELETE")
        db.execute("BEGIN IMMEDIATE")
        yield Store(db, path)
        db.execute("COMMIT")


def rewrite(path: Path, *, wait: float = WAIT) -> None:
    """Write the whole file anew, so that nothing that was ever deleted from it is left in it.

    SQLite does it in a transaction of its own: killed at any moment, the file is as it was before
    or as it is after. Raises NotFound, StoreFault.
    """
    with _opened(path, create=False, wait=wait) as db:
        db.execute("PRAGMA journal_mode = DELETE")
        db.execute("PRAGMA secure_delete = ON")
        db.execute("VACUUM")


@contextmanager
def _opened(path: Path, *, create: bool, wait: float) -> Iterator[sqlite3.Connection]:
    """Connect to a migrated file; whatever transaction is open at the end is rolled back."""
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise StoreFault(
            f"this Python carries SQLite {sqlite3.sqlite_version};"
            f" trajplan needs {'.'.join(map(str, OLDEST_SQLITE))} or newer"
        )
    connect = partial(_connect, wait=wait)
    with faults.in_sqlite(path):
        with faults.in_files(path):
            if not _is_there(path):
                if not create:
                    raise _no_practice(path)
                # A link to a place that does not exist yet is followed, not replaced.
                creation.create(path.resolve(), connect)
            elif not create and not path.stat().st_size:
                raise _no_practice(path)
        with closing(connect(path)) as db:
            if migrations.version_of(db, path) < migrations.newest():
                migrations.migrate(db, path)
            try:
                yield db
            finally:
                if db.in_transaction:
                    db.execute("ROLLBACK")


def _connect(path: Path, *, wait: float) -> sqlite3.Connection:
    """Open a file that exists. Transactions are begun and ended by hand alone."""
    name = str(path.absolute()).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    db = sqlite3.connect(f"file://{name}?mode=rw", uri=True, timeout=wait, isolation_level=None)
    try:
        db.row_factory = sqlite3.Row
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("PRAGMA synchronous = EXTRA")
        # What SQLite sets aside stays out of the world's temporary folder (R119).
        db.execute("PRAGMA temp_store = MEMORY")
    except BaseException:
        db.close()
        raise
    return db


def _is_there(path: Path) -> bool:
    """Whether a file is there; a folder or a device is refused."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return False
    if stat.S_ISDIR(mode):
        raise StoreFault(f"{path} is a folder, not a practice file")
    if not stat.S_ISREG(mode):
        raise StoreFault(f"{path} is not an ordinary file and cannot be a practice")
    return True


def _no_practice(path: Path) -> NotFound:
    return NotFound(f"there is no practice yet at {path}; `trajplan new-client` starts one")
