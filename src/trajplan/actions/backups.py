"""`practice backup`, `backups` and `restore`: copies made, listed and put back (R154)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from msgspec import Struct

from trajplan.actions.context import Context
from trajplan.errors import CannotDo, NotFound, StoreFault, UsageFault
from trajplan.records import backups
from trajplan.records.backups import Copy
from trajplan.records.contents import Contents, look_into
from trajplan.records.practice_file import in_files
from trajplan.records.restore import Comparison, compare, put_back
from trajplan.records.store import reading
from trajplan.settings import local_path


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


class Backups(Struct, frozen=True, kw_only=True):
    """The copies in the folder beside a practice."""

    folder: Path
    backups: tuple[Backup, ...]
    """The newest first."""


class Restoration(Struct, frozen=True, kw_only=True):
    """A copy that is to take the practice's place, or that took it."""

    practice: Path
    source: Path
    comparison: Comparison
    aside: Copy | None = None
    """The practice as it was; None: there was none, or it is not restored yet."""


def back_up(context: Context, name: str | None) -> Backup:
    """Copy the practice into its folder, or to a file, or into a folder, that is named.

    Raises CannotDo where the file is there already, NotFound, StoreFault.
    """
    if name is None:
        copy = backups.copy_practice(context.practice, context.today)
        return _backup(copy.name, copy.path, copy.day)
    if not name:
        raise UsageFault("FILE is empty; leave it out to copy the practice into its own folder")
    target = local_path(name).absolute()
    if target.is_dir():
        target /= f"{context.practice.stem}-{context.today}.sqlite3"
    if not target.parent.is_dir():
        raise CannotDo(f"there is no folder `{target.parent}`; nothing was written")
    with reading(context.practice) as store:
        if target.exists() or not backups.write_copy(store.db, target):
            raise CannotDo(f"there is already a file `{target}`; nothing was written")
    return _backup(str(target), target, context.today)


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
        contents = look_into(path)
    except StoreFault as fault:
        why_not = str(fault)
    with in_files(path):
        size = path.stat().st_size
    return Backup(name=name, path=path, size=size, day=day, contents=contents, why_not=why_not)


def before_restoring(context: Context, name: str) -> Restoration:
    """What would change. `name`: a file, or a copy by the name it has in the folder.

    Raises NotFound, StoreFault where it is no practice or is damaged itself.
    """
    source = _source(context, name)
    if source.exists() and context.practice.exists() and source.samefile(context.practice):
        raise CannotDo(f"`{name}` is the practice itself")
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
        if not path.stat().st_size:
            raise StoreFault(f"{path} is empty, so it is no copy of a practice")
        with path.open("rb") as file:
            if file.read(64).lstrip().startswith(b"{"):
                raise CannotDo(f"`{name}` is an export; `trajplan practice import` reads it in")
    return path
