"""The practice file itself: its first creation, whether it is sound, and what went wrong with it.

It is created wholly or not at all, and for its owner only (R119). Soundness: its pages, its
records, who may read it, copies beside it. What SQLite and the operating system report becomes a
sentence that a coach understands.
"""

from __future__ import annotations

import errno
import os
import re
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from trajplan.errors import StoreFault
from trajplan.records import migrations

if TYPE_CHECKING:
    from trajplan.records.store import Store


FILE_MODE = 0o600
FOLDER_MODE = 0o700
_NO_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK}
_MOST_FAULTS = 20
"""So many of each sort are named; the first ones tell the story."""
# "conflicted copy" in the languages of the common programs, `.sync-conflict-`, and the bare
# counter " (1)" that some use. "-HOSTNAME" alone is left out: any backup may be named so.
_CONFLICTED_COPY = re.compile(r"konflikt|confli|^ ?\(\d+\)\.", re.IGNORECASE)
UNTOUCHED = "nothing was changed"
_SQLITE_SENTENCES = {
    sqlite3.SQLITE_BUSY: "another trajplan command is writing to {path}; try again in a moment",
    sqlite3.SQLITE_LOCKED: "another trajplan command is writing to {path}; try again in a moment",
    sqlite3.SQLITE_NOTADB: "{path} is not a practice file: it is no SQLite database; " + UNTOUCHED,
    sqlite3.SQLITE_CORRUPT: "{path} is damaged ({detail}); put a backup in its place",
    sqlite3.SQLITE_READONLY: "{path} is read-only and cannot be written; " + UNTOUCHED,
    sqlite3.SQLITE_FULL: "the disk that holds {path} is full; " + UNTOUCHED,
    sqlite3.SQLITE_IOERR: "the disk failed while {path} was read or written ({detail})",
    sqlite3.SQLITE_CANTOPEN: "{path} cannot be opened ({detail})",
    sqlite3.SQLITE_PERM: "no permission for {path}",
    sqlite3.SQLITE_TOOBIG: "a text is too long to be kept in {path}; " + UNTOUCHED,
    sqlite3.SQLITE_CONSTRAINT: "{path} does not take this record ({detail}); " + UNTOUCHED,
    sqlite3.SQLITE_NOMEM: "there is not enough memory to work on {path}",
}
_SYSTEM_SENTENCES = {
    errno.EACCES: "no permission for {place}",
    errno.EPERM: "no permission for {place}",
    errno.EROFS: "{place} lies on a read-only disk",
    errno.ENOSPC: "the disk that holds {place} is full",
    errno.EDQUOT: "your share of the disk that holds {place} is used up",
    errno.ENOTDIR: "{path} cannot be a practice: part of the way there is a file, not a folder",
    errno.ENAMETOOLONG: "{path} is too long for a file name",
    errno.ELOOP: "{path} is a link that leads back to itself",
}


def create(path: Path, connect: Callable[[Path], sqlite3.Connection]) -> None:
    """Create an empty practice at `path`; leave alone one that another process made meanwhile.

    The file is built under another name and linked to its own: no process ever sees half of it,
    and a link, unlike a rename, never replaces what is there. Raises OSError, sqlite3.Error.
    """
    make_folder(path.parent)
    draft = path.parent / f".trajplan-{os.urandom(8).hex()}.new"
    _start(draft)
    try:
        with closing(connect(draft)) as db:
            # A kill here leaves one hidden file without a record in it, and no journal.
            db.execute("PRAGMA journal_mode = MEMORY")
            migrations.migrate(db, path)
        _put_in_place(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    sync_folder(path.parent)


def make_folder(folder: Path) -> None:
    """Create `folder` and what is missing above it, for the owner only; leave existing ones be."""
    missing = [parent for parent in (folder, *folder.parents) if not parent.exists()]
    for parent in reversed(missing):
        parent.mkdir(mode=FOLDER_MODE, exist_ok=True)


def narrow(path: Path) -> None:
    """Take a file of ours from everybody else (R119): a copy or a sync program widens modes."""
    state = path.stat()
    if state.st_uid == os.geteuid() and state.st_mode & 0o077:
        # Disks without owners, such as most USB sticks, refuse; there is nothing to protect there.
        with suppress(PermissionError):
            path.chmod(FILE_MODE)


def _start(path: Path) -> None:
    """Create an empty file; the mode is given at the start, so no umask ever widens it."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, FILE_MODE))


def _put_in_place(draft: Path, path: Path) -> None:
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        return  # another process was first; its practice is as good
    except OSError as fault:
        if fault.errno not in _NO_LINKS:
            raise
        # No hard links on this disk: an empty file is version 0, and the caller's migration
        # builds it in one transaction under SQLite's own lock.
        with suppress(FileExistsError):
            _start(path)


def sync_folder(folder: Path) -> None:
    """Make the new name survive a power cut."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        # Some network disks cannot sync a folder; SQLite does not insist either.
        with suppress(OSError):
            os.fsync(handle)
    finally:
        os.close(handle)


def damages(store: Store) -> tuple[str, ...]:
    """Return what SQLite finds wrong with pages, indexes, CHECKs, references; empty if nothing."""
    faults = [
        f"damaged: {row[0]}"
        for row in store.run(f"PRAGMA integrity_check({_MOST_FAULTS})")
        if row[0] != "ok"
    ]
    orphans: dict[tuple[str, str], int] = {}
    for row in store.run("PRAGMA foreign_key_check"):
        pair = (str(row["table"]), str(row["parent"]))
        orphans[pair] = orphans.get(pair, 0) + 1
    faults += [
        f"{count} of the records in {child} name{'s' if count == 1 else ''} one in {parent} that"
        " is not there"
        for (child, parent), count in list(orphans.items())[:_MOST_FAULTS]
    ]
    return tuple(faults)


def exposures(path: Path) -> tuple[str, ...]:
    """Return who else may read the file or put another in its place, each with its remedy (R119).

    Raises StoreFault.
    """
    with in_files(path):
        real = path.resolve()
        file, folder = real.stat(), real.parent.stat()
    found: list[str] = []
    if file.st_uid != os.geteuid():
        found.append(f"{real} belongs to another user of this machine")
    elif file.st_mode & 0o077:
        found.append(
            f"others may use {real} (mode {stat.S_IMODE(file.st_mode):04o}); `chmod 600` on it"
            " takes it from them"
        )
    # A sticky folder, such as /tmp, lets nobody replace what is somebody else's.
    if folder.st_mode & 0o022 and not folder.st_mode & stat.S_ISVTX:
        found.append(
            f"others may write in {real.parent} (mode {stat.S_IMODE(folder.st_mode):04o});"
            " `chmod 700` on it takes it from them"
        )
    return tuple(found)


def conflicted_copies(path: Path) -> tuple[str, ...]:
    """Return the names of copies that a sync program made because two places changed the practice.

    They are sorted. Raises StoreFault when the folder cannot be listed.
    """
    with in_files(path):
        if not path.parent.is_dir():
            return ()
        names = sorted(file.name for file in path.parent.iterdir())
    return tuple(
        name
        for name in names
        if name != path.name
        and name.startswith(path.stem)
        and _CONFLICTED_COPY.search(name[len(path.stem) :])
    )


@contextmanager
def in_sqlite(path: Path) -> Iterator[None]:
    """Turn what SQLite reports inside the block into a StoreFault about `path`.

    Misuse of the sqlite3 module carries no code of SQLite's; it is a bug and passes as it is.
    """
    try:
        yield
    except sqlite3.Error as fault:
        code = getattr(fault, "sqlite_errorcode", None)
        if "decode to UTF-8" in str(fault):
            # What the module says holds the record's words; nobody but its coach is to read them.
            raise StoreFault(
                f"a record in {path} is damaged: it holds bytes that are no text; `trajplan"
                " practice check` says which, and `practice export` leaves none out"
            ) from None
        if code is None:
            raise
        raise StoreFault(_sentence(path, code, str(fault))) from fault


@contextmanager
def in_files(path: Path) -> Iterator[None]:
    """Turn what the operating system reports inside the block into a StoreFault about `path`."""
    try:
        yield
    except OSError as fault:
        text = _SYSTEM_SENTENCES.get(fault.errno or 0, "{place} cannot be used ({detail})")
        place = fault.filename or path
        raise StoreFault(text.format(path=path, place=place, detail=fault.strerror)) from fault


def _sentence(path: Path, code: int, detail: str) -> str:
    """`code` is SQLite's extended result code; its low byte is the kind of fault."""
    kind = code & 0xFF
    if kind in {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY}:
        # SQLite does not say which of the two it may not use; its journal needs the folder.
        if not os.access(path, os.R_OK):
            return f"no permission to read {path}"
        if not os.access(path, os.W_OK):
            return f"no permission to write {path}; {UNTOUCHED}"
        if not os.access(path.parent, os.W_OK):
            return f"no permission to write in the folder {path.parent}; {UNTOUCHED}"
    text = _SQLITE_SENTENCES.get(kind, "{path} cannot be used ({detail})")
    return text.format(path=path, detail=detail)
