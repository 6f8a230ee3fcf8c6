"""Copies that a sync program made beside the practice because two places changed it."""

from __future__ import annotations

import re
from pathlib import Path

from trajplan.records import faults

# "conflicted copy" in the languages of the common programs, `.sync-conflict-`, and the bare
# counter " (1)" that some use. "-HOSTNAME" alone is left out: any backup may be named so.
_MARK = re.compile(r"konflikt|confli|^ ?\(\d+\)\.", re.IGNORECASE)


def conflicted_copies(path: Path) -> tuple[str, ...]:
    """Return the names of conflicted copies in the practice's folder, sorted; none: empty.

    Raises StoreFault when the folder cannot be listed.
    """
    with faults.in_files(path):
        if not path.parent.is_dir():
            return ()
        names = sorted(one.name for one in path.parent.iterdir())
    return tuple(
        name
        for name in names
        if name != path.name and name.startswith(path.stem) and _MARK.search(name[len(path.stem) :])
    )
