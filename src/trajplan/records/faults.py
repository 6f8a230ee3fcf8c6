"""What SQLite and the operating system report, as sentences a coach understands."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from trajplan.errors import StoreFault

_UNTOUCHED = "nothing was changed"

_SQLITE = {
    sqlite3.SQLITE_BUSY: "another trajplan command is writing to {path}; try again in a moment",
    sqlite3.SQLITE_LOCKED: "another trajplan command is writing to {path}; try again in a moment",
    sqlite3.SQLITE_NOTADB: "{path} is not a practice file: it is no SQLite database; " + _UNTOUCHED,
    sqlite3.SQLITE_CORRUPT: "{path} is damaged ({detail}); put a backup in its place",
    sqlite3.SQLITE_READONLY: "{path} is read-only and cannot be written; " + _UNTOUCHED,
    sqlite3.SQLITE_FULL: "the disk that holds {path} is full; " + _UNTOUCHED,
    sqlite3.SQLITE_IOERR: "the disk failed while {path} was read or written ({detail})",
    sqlite3.SQLITE_CANTOPEN: "{path} cannot be opened ({detail})",
    sqlite3.SQLITE_PERM: "no permission for {path}",
    sqlite3.SQLITE_TOOBIG: "a text is too long to be kept in {path}; " + _UNTOUCHED,
    sqlite3.SQLITE_CONSTRAINT: "{path} does not take this record ({detail}); " + _UNTOUCHED,
    sqlite3.SQLITE_NOMEM: "there is not enough memory to work on {path}",
}

_SYSTEM = {
    errno.EACCES: "no permission for {place}",
    errno.EPERM: "no permission for {place}",
    errno.EROFS: "{place} lies on a read-only disk",
    errno.ENOSPC: "the disk that holds {place} is full",
    errno.EDQUOT: "your share of the disk that holds {place} is used up",
    errno.ENOTDIR: "{path} cannot be a practice: part of the way there is a file, not a folder",
    errno.ENAMETOOLONG: "{path} is too long for a file name",
    errno.ELOOP: "{path} is a link that leads back to itself",
}


@contextmanager
def in_sqlite(path: Path) -> Iterator[None]:
    """Turn what SQLite reports inside the block into a StoreFault about `path`.

    Misuse of the sqlite3 module carries no code of SQLite's; it is a bug and passes as it is.
    """
    try:
        yield
    except sqlite3.Error as fault:
        code = getattr(fault, "sqlite_errorcode", None)
        if code is None:
            raise
        raise StoreFault(_sentence(path, code, str(fault))) from fault


@contextmanager
def in_files(path: Path) -> Iterator[None]:
    """Turn what the operating system reports inside the block into a StoreFault about `path`."""
    try:
        yield
    except OSError as fault:
        text = _SYSTEM.get(fault.errno or 0, "{place} cannot be used ({detail})")
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
            return f"no permission to write {path}; {_UNTOUCHED}"
        if not os.access(path.parent, os.W_OK):
            return f"no permission to write in the folder {path.parent}; {_UNTOUCHED}"
    text = _SQLITE.get(kind, "{path} cannot be used ({detail})")
    return text.format(path=path, detail=detail)
