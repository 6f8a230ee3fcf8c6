"""The practice file itself: how it is opened and first created, and what went wrong with it.

It is created wholly or not at all, and for its owner only (R119). Beside it: who may read it, and
what programs that were stopped or that keep folders the same have left there. What SQLite and the
operating system report becomes a sentence that a coach understands.
"""

from __future__ import annotations

import errno
import os
import re
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from unicodedata import normalize

from trajplan.errors import StoreFault
from trajplan.records import migrations
from trajplan.records.plan_pages import file_uri
from trajplan.system import (
    FOLDER_MODE,
    create_file,
    is_held_open,
    is_own,
    left_in,
    make_folder,
    mode_for_others,
    narrow,
    put,
    sync_file,
    sync_folder,
)

WAIT = 5.0
"""Seconds to wait for another command before giving up."""
_NO_LINKS = {
    *(errno.EPERM, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK),
    errno.EINVAL,  # what Windows says of a disk without them
}
SIDECARS = ("-journal", "-wal", "-shm")
"""What SQLite keeps beside a file while it writes, or after a kill."""
# "conflicted copy" in the languages of the common programs, `.sync-conflict-`, the bare counters
# " (1)" and " 2" (iCloud), and the name of a computer after a hyphen (OneDrive): this one's, or
# such a name as makers give. Any other word after a hyphen may be a copy that was meant.
# Compiled where such a name is met, which is hardly ever.
_CONFLICTED_COPY = (
    r"konflik|confli|конфликт|конфлікт|motstridende|salinan|競合|冲突|衝突|충돌"
    r"|^ ?\(\d+\)\.|^ \d{1,2}\."
)
_OF_A_COMPUTER = r"^-(\w+-)?(desktop|laptop|pc|win|surface|macbook|imac|mac-mini)\b[\w-]*\."
UNTOUCHED = "nothing was changed"
_SQLITE_SENTENCES = {
    sqlite3.SQLITE_BUSY: "another trajplan command is writing to {path}; try again in a moment",
    sqlite3.SQLITE_LOCKED: "another trajplan command is writing to {path}; try again in a moment",
    sqlite3.SQLITE_NOTADB: "{path} is not a practice file: it is no SQLite database; "
    + UNTOUCHED
    + ". `trajplan practice backups` lists copies of it, where there are any",
    sqlite3.SQLITE_CORRUPT: "{path} is damaged ({detail}); `trajplan practice backups` lists copies"
    " of it, and `trajplan practice restore` puts one in its place",
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


def reason_of(fault: StoreFault) -> str:
    """What went wrong, for where something has been done all the same."""
    return str(fault).removesuffix(f"; {UNTOUCHED}")


def connect(path: Path, *, wait: float = WAIT) -> sqlite3.Connection:
    """Open a file that exists. Transactions are begun and ended by hand alone."""
    place = f"{file_uri(path.absolute().as_posix())}?mode=rw"
    return _guarded(sqlite3.connect(place, uri=True, timeout=wait, isolation_level=None))


def connect_in_memory(pages: bytes = b"") -> sqlite3.Connection:
    """Open a database that no disk ever sees: an empty one, or what such a file holds."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    if pages:
        # One that was last written with a log beside it (WAL) would look for its log.
        rollback = b"\1\1"
        db.deserialize(b"".join((pages[:18], rollback, pages[20:])))
    return _guarded(db)


def _guarded(db: sqlite3.Connection) -> sqlite3.Connection:
    try:
        db.row_factory = sqlite3.Row
        # The file may come from anywhere: what its schema calls is limited to the harmless, where
        # SQLite counts JSON among that, and a damaged page is found when it is read.
        if _json_is_harmless():
            db.execute("PRAGMA trusted_schema = OFF")
        db.execute("PRAGMA cell_size_check = ON")
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("PRAGMA synchronous = EXTRA")
        # What SQLite sets aside stays out of the world's temporary folder (R119).
        db.execute("PRAGMA temp_store = MEMORY")
    except UnicodeDecodeError:
        # The module cannot even say what SQLite quotes of a damaged schema.
        db.close()
        fault = sqlite3.DatabaseError("malformed database schema")
        fault.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise fault from None
    except BaseException:
        db.close()
        raise
    return db


_INNOCUOUS = 0x200000


@cache
def _json_is_harmless() -> bool:
    """Whether this SQLite lets an untrusted schema call the JSON functions that ours needs.

    Where it does not, little is lost: there is no function of ours that a schema could call.
    """
    with closing(sqlite3.connect(":memory:")) as db:
        (harmless,) = db.execute(
            "SELECT min(flags & ?) FROM pragma_function_list"
            " WHERE name IN ('json_valid', 'json_type')",
            (_INNOCUOUS,),
        ).fetchone()
    return bool(harmless)


def create(path: Path) -> None:
    """Create an empty practice at `path`; leave alone one that another process made meanwhile.

    The file is built under another name and linked to its own: no process ever sees half of it,
    and a link, unlike a rename, never replaces what is there. Raises OSError, sqlite3.Error.
    """
    make_folder(path.parent)
    with draft_in(path.parent) as draft:
        with closing(connect(draft)) as db:
            # A kill here leaves one hidden file without a record in it, and no journal.
            db.execute("PRAGMA journal_mode = MEMORY")
            migrations.migrate(db, path)
        # Where another process was first, its practice is as good.
        put_in_place(draft, path)


@contextmanager
def draft_in(folder: Path) -> Iterator[Path]:
    """An empty file of ours under a hidden name, which is gone at the end wherever it is still."""
    draft = folder / f".trajplan-{os.urandom(8).hex()}.new"
    os.close(create_file(draft))
    try:
        yield draft
    finally:
        draft.unlink(missing_ok=True)


def put_in_place(draft: Path, path: Path) -> bool:
    """Give a finished file its name, and let both survive a power cut.

    Returns False where the name is taken: nothing is ever replaced. Raises OSError.
    """
    sync_file(draft)
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        return False
    except OSError as fault:
        if fault.errno not in _NO_LINKS:
            raise
        # No hard links on this disk: the name is taken first, and what takes it replaced.
        try:
            os.close(create_file(path))
        except FileExistsError:
            return False
        put(draft, path)
    # Before anything else: a second name would be the same file.
    draft.unlink(missing_ok=True)
    sync_folder(path.parent)
    return True


def make_private(folder: Path) -> None:
    """Create a folder beside the practice where it is missing, and keep it for its owner."""
    make_folder(folder)
    narrow(folder, FOLDER_MODE)


def exposures(path: Path) -> tuple[str, ...]:
    """Return who else may read the file or put another in its place, each with its remedy (R119).

    Raises StoreFault.
    """
    with in_files(path):
        real = path.resolve()
        file, folder = real.stat(), real.parent.stat()
    found: list[str] = []
    if not is_own(file):
        found.append(f"{real} belongs to another user of this machine")
    elif mode_for_others(file):
        found.append(
            f"others may use {real} (mode {stat.S_IMODE(file.st_mode):04o}); `chmod 600` on it"
            " takes it from them"
        )
    # A sticky folder, such as /tmp, lets nobody replace what is somebody else's.
    if mode_for_others(folder) & 0o022 and not folder.st_mode & stat.S_ISVTX:
        found.append(
            f"others may write in {real.parent} (mode {stat.S_IMODE(folder.st_mode):04o});"
            " `chmod 700` on it takes it from them"
        )
    return tuple(found)


def folder_exposures(folder: Path) -> tuple[str, ...]:
    """Say whether others may look into a folder of ours, with the remedy (R119)."""
    with in_files(folder):
        if not folder.is_dir():
            return ()
        state = folder.stat()
    if not mode_for_others(state):
        return ()
    mode = stat.S_IMODE(state.st_mode)
    return (f"others may use {folder} (mode {mode:04o}); `chmod 700` on it takes it from them",)


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
        and name.endswith(path.suffix)
        and _is_conflicted(normalize("NFC", name[len(path.stem) :]).lower())
    )


def _is_conflicted(rest: str) -> bool:
    """Whether a name that goes on so, in small letters, is a conflicted copy's."""
    if not rest.startswith("-"):
        return bool(re.search(_CONFLICTED_COPY, rest))
    import platform  # hardly ever does a file beside the practice begin like it

    here = platform.node().partition(".")[0].lower()
    return bool(
        re.search(_CONFLICTED_COPY, rest)
        or re.match(_OF_A_COMPUTER, rest)
        or (here and rest.startswith((f"-{here}.", f"-{here}-")))
    )


def left_behind(folder: Path, *, every: bool = False) -> tuple[Path, ...]:
    """Return unfinished files of ours, which may hold records, that no command still writes.

    `every`: also those that are so new that a command may be at work on them. Raises StoreFault
    when the folder cannot be listed.
    """
    with in_files(folder):
        if not folder.is_dir():
            return ()
        return left_in(folder, every=every)


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


def is_damage(fault: sqlite3.Error) -> bool:
    """Whether the file itself is at fault, not its use or its permissions."""
    code = getattr(fault, "sqlite_errorcode", sqlite3.SQLITE_OK) & 0xFF
    return code in (
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_ERROR,
        sqlite3.SQLITE_FORMAT,
    )


@contextmanager
def in_files(path: Path) -> Iterator[None]:
    """Turn what the operating system reports inside the block into a StoreFault about `path`."""
    try:
        yield
    except OSError as fault:
        text = _SYSTEM_SENTENCES.get(fault.errno or 0, "{place} cannot be used ({detail})")
        if is_held_open(fault):
            text = "another program has {place} open, or you may not change it"
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
