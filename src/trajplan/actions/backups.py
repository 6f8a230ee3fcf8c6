"""`practice backup`, `backups` and `restore`: copies made, listed and put back (R154)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from trajplan.actions.context import Context
from trajplan.errors import CannotDo, NotFound, StoreFault, UsageFault
from trajplan.records import backups
from trajplan.records.backups import Copy
from trajplan.records.contents import Contents, Source, look_into
from trajplan.records.encryption import (
    ENDING,
    Key,
    decrypt,
    read_encrypted,
    takes_passphrase,
    write_encrypted,
)
from trajplan.records.practice_file import in_files
from trajplan.records.restore import Comparison, compare, put_back
from trajplan.records.store import reading
from trajplan.settings import file_path, local_path


class Backup(Struct, frozen=True, kw_only=True):
    """A copy of the practice, and what it holds."""

    name: str
    """What `restore` calls it: its name in the folder, or its path elsewhere."""
    path: Path
    size: int
    """In bytes."""
    day: dt.date
    """The day it was made."""
    contents: Contents | None
    """None: it cannot be read."""
    why_not: str = ""
    key: Key | None = None
    """What closed it; None: it is not encrypted."""


class Backups(Struct, frozen=True, kw_only=True):
    """The copies in the folder beside a practice."""

    folder: Path
    backups: tuple[Backup, ...]
    """The newest first."""


class Restoration(Struct, frozen=True, kw_only=True):
    """A copy that is to take the practice's place, or that took it."""

    practice: Path
    source: Source
    comparison: Comparison
    aside: Copy | None = None
    """The practice as it was; None: there was none, or it is not restored yet."""


def back_up(context: Context, name: str | None, key: Callable[[], Key] | None = None) -> Backup:
    """Copy the practice into its folder, or to a file, or into a folder, that is named.

    `key`: encrypt it, elsewhere; asked for once it is known where. Raises CannotDo where the file
    is there already, UsageFault also where a folder is named that is not there, NotFound,
    StoreFault.
    """
    if name is None:
        if key:
            raise UsageFault(
                "an encrypted copy goes elsewhere: name a FILE or a folder, such as a USB stick."
                " Beside the practice stand copies out of which `practice erase` can take a client"
            )
        copy = backups.copy_practice(context.practice, context.today)
        return _backup(copy.name, copy.path, copy.day)
    if not name:
        raise UsageFault("FILE is empty; leave it out to copy the practice into its own folder")
    target = local_path(name).absolute()
    if target.is_dir():
        ending = f".sqlite3{ENDING}" if key else ".sqlite3"
        target /= f"{context.practice.stem}-{context.today}{ending}"
    else:
        file_path(name)
    if not target.parent.is_dir():
        raise CannotDo(f"there is no folder `{target.parent}`; nothing was written")
    taken = CannotDo(f"there is already a file `{target}`; nothing was written")
    if target.exists():
        raise taken
    if key is None:
        with reading(context.practice) as store:
            if not backups.write_copy(store.db, target):
                raise taken
        return _backup(str(target), target, context.today)
    opened_with = key()
    with reading(context.practice) as store:
        held = write_encrypted(store.db, target, opened_with)
    if held is None:
        raise taken
    return Backup(
        name=str(target),
        path=target,
        size=target.stat().st_size,
        day=context.today,
        contents=held,
        key=opened_with,
    )


def list_backups(context: Context) -> Backups:
    """The copies beside the practice, also where the practice itself is gone. Raises StoreFault."""
    copies = backups.copies_of(context.practice)
    return Backups(
        folder=backups.folder_of(context.practice),
        backups=tuple(_backup(copy.name, copy.path, copy.day) for copy in reversed(copies)),
    )


def _backup(name: str, path: Path, day: dt.date) -> Backup:
    why_not, contents = "", None
    try:
        contents = look_into(Source(path=path))
    except StoreFault as fault:
        why_not = str(fault)
    with in_files(path):
        size = path.stat().st_size
    return Backup(name=name, path=path, size=size, day=day, contents=contents, why_not=why_not)


def before_restoring(context: Context, name: str, key: Callable[[bool], Key]) -> Restoration:
    """What would change. `name`: a file, or a copy by the name it has in the folder.

    `key`: what opens an encrypted file, asked for by whether that is a passphrase. Raises NotFound,
    CannotDo where it does not, StoreFault where it is no practice or is damaged itself.
    """
    path = _source(context, name)
    if path.exists() and context.practice.exists() and path.samefile(context.practice):
        raise CannotDo(f"`{name}` is the practice itself")
    source = _open_copy(path, key)
    return Restoration(
        practice=context.practice,
        source=source,
        comparison=compare(context.practice, source),
    )


def restore_practice(context: Context, restoration: Restoration) -> Restoration:
    """Put the copy in the practice's place. Raises StoreFault: then the practice is as it was."""
    aside = put_back(context.practice, restoration.source, context.today)
    return Restoration(
        practice=context.practice,
        source=restoration.source,
        comparison=restoration.comparison,
        aside=aside,
    )


def _open_copy(path: Path, key: Callable[[bool], Key]) -> Source:
    encrypted = read_encrypted(path)
    if encrypted is None:
        return Source(path=path)
    pages = decrypt(encrypted, key(takes_passphrase(encrypted, path)), path)
    if not pages:
        raise StoreFault(f"{path} has nothing in it, so it is no copy of a practice")
    return Source(path=path, pages=pages)


def _source(context: Context, name: str) -> Path:
    copies = backups.copies_of(context.practice)
    for copy in copies:
        if name in (copy.name, copy.path.stem, copy.path.name):
            return copy.path
    path = local_path(name).absolute()
    with in_files(path):
        if not path.exists():
            names = [copy.name for copy in reversed(copies)]
            raise NotFound.among("copy or file", name, names, where="`practice backups`")
        if path.is_dir():
            raise StoreFault(f"{path} is a folder, not a copy of a practice")
        if not path.is_file():
            raise StoreFault(f"{path} is not an ordinary file and cannot be a practice")
        if not path.stat().st_size:
            raise StoreFault(f"{path} is empty, so it is no copy of a practice")
        with path.open("rb") as file:
            if file.read(64).lstrip().startswith(b"{"):
                raise CannotDo(f"`{name}` is an export; `trajplan practice import` reads it in")
    return path
