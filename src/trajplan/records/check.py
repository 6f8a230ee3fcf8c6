"""Whether a practice file is sound: its pages, its records, who may read it, copies beside it."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from trajplan.records import faults

if TYPE_CHECKING:
    from trajplan.records.store import Store

_MOST = 20
"""Faults named of each sort; the first ones tell the story."""
# "conflicted copy" in the languages of the common programs, `.sync-conflict-`, and the bare
# counter " (1)" that some use. "-HOSTNAME" alone is left out: any backup may be named so.
_COPY = re.compile(r"konflikt|confli|^ ?\(\d+\)\.", re.IGNORECASE)


def damages(store: Store) -> tuple[str, ...]:
    """Return what SQLite finds wrong with pages, indexes, CHECKs and references; sound: empty."""
    damages = [
        f"damaged: {row[0]}"
        for row in store.run(f"PRAGMA integrity_check({_MOST})")
        if row[0] != "ok"
    ]
    orphans: dict[tuple[str, str], int] = {}
    for row in store.run("PRAGMA foreign_key_check"):
        pair = (str(row["table"]), str(row["parent"]))
        orphans[pair] = orphans.get(pair, 0) + 1
    damages += [
        f"{count} of the records in {child} name{'s' if count == 1 else ''} one in {parent} that"
        " is not there"
        for (child, parent), count in list(orphans.items())[:_MOST]
    ]
    return tuple(damages)


def exposures(path: Path) -> tuple[str, ...]:
    """Return who else may read the file or put another in its place, each with its remedy (R119).

    Raises StoreFault.
    """
    with faults.in_files(path):
        real = path.resolve()
        file, folder = real.stat(), real.parent.stat()
    exposures: list[str] = []
    if file.st_uid != os.geteuid():
        exposures.append(f"{real} belongs to another user of this machine")
    elif file.st_mode & 0o077:
        exposures.append(
            f"others may use {real} (mode {stat.S_IMODE(file.st_mode):04o}); `chmod 600` on it"
            " takes it from them"
        )
    # A sticky folder, such as /tmp, lets nobody replace what is somebody else's.
    if folder.st_mode & 0o022 and not folder.st_mode & stat.S_ISVTX:
        exposures.append(
            f"others may write in {real.parent} (mode {stat.S_IMODE(folder.st_mode):04o});"
            " `chmod 700` on it takes it from them"
        )
    return tuple(exposures)


def conflicted_copies(path: Path) -> tuple[str, ...]:
    """Return the names of copies that a sync program made because two places changed the practice.

    Sorted; none: empty.

    Raises StoreFault when the folder cannot be listed.
    """
    with faults.in_files(path):
        if not path.parent.is_dir():
            return ()
        names = sorted(file.name for file in path.parent.iterdir())
    return tuple(
        name
        for name in names
        if name != path.name and name.startswith(path.stem) and _COPY.search(name[len(path.stem) :])
    )
