"""The first creation of a practice file: wholly there or not at all, and for its owner only."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from trajplan.records import migrations

FILE_MODE = 0o600
FOLDER_MODE = 0o700
_NO_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK}


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
    _sync_folder(path.parent)


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


def _sync_folder(folder: Path) -> None:
    """Make the new name survive a power cut."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        # Some network disks cannot sync a folder; SQLite does not insist either.
        with suppress(OSError):
            os.fsync(handle)
    finally:
        os.close(handle)
