"""Thousands of commands in one process, each as if it were the first; what never changes is kept.

A command reads the shipped content, looks whether any of it or of the program has changed, builds
its command line, makes an empty practice, opens it several times and waits for the disk. Here the
first of each is kept by what it was made from, and no command waits for the disk: nothing pulls
the plug on a test. Commands in processes of their own have none of this.
"""

from __future__ import annotations

import functools
import os
import sqlite3
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import typer.testing

from trajplan.actions import surroundings
from trajplan.content import build as building
from trajplan.content import files, loader
from trajplan.records import migrations, practice_file, schema

_read = functools.cache(building.read)
_command_line = functools.cache(typer.testing._get_command)
_statements = functools.partial(iter, tuple(schema.statements()))
_program = functools.partial(iter, tuple(surroundings._program()))
_fsync = os.fsync
_empty: dict[Any, sqlite3.Connection] = {}
"""An empty practice, by the steps that lead to its version."""
_libraries: dict[Any, Any] = {}
_built: dict[Any, Any] = {}
_shipped: dict[Any, Any] = {}


@contextmanager
def warm() -> Iterator[None]:
    """Keep what never changes, while a command runs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loader, "find_files", _found(loader.find_files))
        patch.setattr(files, "looked_at", _looked_at)
        patch.setattr(loader, "cached_library", _kept(loader.cached_library))
        patch.setattr(building, "build", _made(building.build))
        # Most files are the same in every library a test makes.
        patch.setattr(building, "read", _read)
        patch.setattr(schema, "statements", _statements)
        patch.setattr(migrations, "migrate", _migrated(migrations.migrate))
        patch.setattr(typer.testing, "_get_command", _command_line)
        patch.setattr(surroundings, "stamp_of", _stamped)
        patch.setattr(surroundings, "_program", _program)
        if os.fsync is _fsync:  # otherwise a test looks at what is written
            patch.setattr(os, "fsync", lambda _: None)
        # Where an open file can be neither replaced nor deleted, none is left open.
        may_wait = sys.platform != "win32" and "tests.no_unix" not in sys.modules
        if may_wait and (sqlite3.connect, practice_file.connect) == (_connect, _open):
            patch.setattr(sqlite3, "connect", functools.partial(_connect, factory=_Connection))
            patch.setattr(practice_file, "connect", _opened_again)
        else:  # a test looks at what is opened
            patch.setattr(practice_file, "connect", _without_waiting(practice_file.connect))
        yield


def _found(find: Callable[..., Any]) -> Callable[..., Any]:
    """The shipped files are read once, where a coach has no others."""

    def found(layers: Any) -> Any:
        shipped, *own = layers
        if any(layer.name == "workspace" or os.access(layer.folder, os.F_OK) for layer in own):
            return find(layers)
        if shipped not in _shipped:
            _shipped[shipped] = find(layers)
        return _shipped[shipped]

    return found


_look_at = files.looked_at
_look_at_shipped = functools.cache(lambda layer: tuple(_look_at([layer])))


def _looked_at(layers: Any) -> Iterator[Path]:
    """Where the shipped files are is looked up once."""
    shipped, *own = layers
    yield from _look_at_shipped(shipped)
    yield from _look_at(own)


def _kept(read: Callable[..., Any]) -> Callable[..., Any]:
    """A kept library is decoded once; a coach's own folder that holds nothing changes none."""

    def kept(folder: Path, digest: str, layers: Any) -> Any:
        keys = [(digest, tuple(layers)), (digest, layers[0])]
        found = next((_libraries[key] for key in keys if key in _libraries), None)
        found = found or read(folder, digest, layers)
        if found is not None:
            all_shipped = all(source.layer == "built-in" for source in found.sources.values())
            _libraries[keys[all_shipped]] = found
        return found

    return kept


def _made(make: Callable[..., Any]) -> Callable[..., Any]:
    """A library is built once, by every content file's bytes."""

    def made(files: Any, layers: Any, *earlier: Any) -> Any:
        key = (files.files, files.problems, tuple(layer.name for layer in layers))
        if key not in _built:
            _built[key] = make(files, layers, *earlier)
        return _built[key]

    return made


def _migrated(migrate: Callable[..., Any]) -> Callable[..., Any]:
    """An empty practice is made once; every other is a copy of it, but for its id."""

    def migrated(db: sqlite3.Connection, path: Path) -> None:
        is_new = migrations.version_of(db, path) == migrations.EMPTY
        if is_new and (made := _empty.get(migrations.STEPS)):
            made.backup(db)
            db.execute("UPDATE meta SET practice_id = ?", (uuid.uuid4().hex,))
            return
        migrate(db, path)
        if is_new:
            _empty[migrations.STEPS] = sqlite3.connect(":memory:")
            db.backup(_empty[migrations.STEPS])

    return migrated


_SHIPPED = (f"{Path(surroundings.__file__).parents[1]}/", f"{loader.builtin_folder()}/")
_stamp_of = surroundings.stamp_of
_kept_stamp_of = functools.cache(_stamp_of)


def _stamped(path: str) -> Any:
    """What is seen of a file from outside; of the shipped ones and the program's own, once."""
    return (_kept_stamp_of if path.startswith(_SHIPPED) else _stamp_of)(path)


_connect, _open = sqlite3.connect, practice_file.connect
_idle: list[_Connection] = []
"""The connection that was closed last, for whoever opens the same file next."""


class _Connection(sqlite3.Connection):
    """One that is not closed at once, since most commands open their practice three times."""

    file: Path | None = None
    wait: float = 0
    overwrites: Any = None
    """Whether what is deleted is overwritten, as this SQLite does it of itself."""
    seen: tuple[int, ...] = ()
    """The file when the connection was opened, or closed last."""

    def close(self) -> None:
        if self.file is not None and self._is_as_opened(self.file):
            _close_idle()
            _idle.append(self)
        else:
            super().close()

    def end(self) -> None:
        super().close()

    def _is_as_opened(self, file: Path) -> bool:
        """Whether whoever opens the file next could not tell it from a new connection."""
        opened, self.seen = self.seen, _seen(file)
        if opened[:1] != self.seen[:1] or self.text_factory is not str or self.in_transaction:
            return False
        try:
            self._forget_what_was_noted()
            return bool(self.execute("PRAGMA secure_delete").fetchone()[0] == self.overwrites)
        except sqlite3.Error:
            return False

    def _forget_what_was_noted(self) -> None:
        """Drop what a recorder leaves until its connection is closed."""
        made = self.execute("SELECT type, name FROM sqlite_temp_schema ORDER BY type DESC")
        if objects := made.fetchall():
            for kind, name in objects:
                self.execute(f"DROP {kind} temp.{name}")
            self.execute(f"PRAGMA secure_delete = {('OFF', 'ON', 'FAST')[self.overwrites]}")


def _opened_again(path: Path, *, wait: float = practice_file.WAIT) -> Any:
    """The connection that is idle, where the file is as it was then; otherwise a new one."""
    for db in list(_idle):
        if db.file == path and db.wait == wait and db.seen == _seen(path):
            _idle.remove(db)
            db.execute("PRAGMA query_only = OFF")
            return db
    db = _without_waiting(_open)(path, wait=wait)
    if not isinstance(db, _Connection):  # a module read while warm keeps this function for good
        return db
    db.file, db.wait, db.seen = path, wait, _seen(path)
    db.overwrites = db.execute("PRAGMA secure_delete").fetchone()[0]
    return db


def _without_waiting(connect: Callable[..., Any]) -> Callable[..., Any]:
    def connected(path: Path, **options: Any) -> Any:
        _close_idle()
        db = connect(path, **options)
        db.execute("PRAGMA synchronous = OFF")
        return db

    return connected


def _close_idle() -> None:
    while _idle:
        _idle.pop().end()


def _seen(path: Path) -> tuple[int, ...]:
    try:
        state = path.stat()
    except OSError:
        return ()
    return state.st_ino, state.st_size, state.st_mtime_ns, state.st_ctime_ns
