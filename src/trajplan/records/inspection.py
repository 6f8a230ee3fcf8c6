"""Whether a practice file is sound: its pages, its records, and who may read it."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from trajplan.records import faults
from trajplan.records.store import Store

_MOST = 20
"""Faults named of each sort; the first ones tell the story."""


def damages(store: Store) -> tuple[str, ...]:
    """Return what SQLite finds wrong with pages, indexes, CHECKs and references; sound: empty."""
    found = [
        f"damaged: {row[0]}"
        for row in store.run(f"PRAGMA integrity_check({_MOST})")
        if row[0] != "ok"
    ]
    orphans: dict[tuple[str, str], int] = {}
    for row in store.run("PRAGMA foreign_key_check"):
        pair = (str(row["table"]), str(row["parent"]))
        orphans[pair] = orphans.get(pair, 0) + 1
    found += [
        f"{count} of the records in {child} name{'s' if count == 1 else ''} one in {parent} that"
        " is not there"
        for (child, parent), count in list(orphans.items())[:_MOST]
    ]
    return tuple(found)


def exposures(path: Path) -> tuple[str, ...]:
    """Return who else may read the file or put another in its place, each with its remedy (R119).

    Raises StoreFault.
    """
    with faults.in_files(path):
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
