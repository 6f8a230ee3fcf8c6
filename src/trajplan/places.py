"""This user's folders, and what decides which settings hold, found while almost nothing is loaded.

`actions/surroundings.py` asks before the rest of the program is imported, so this file imports
nothing that Python has not loaded anyway.
"""

from __future__ import annotations

import os
import sys

_APP = "trajplan"
_UNDER_HOME = {"config": ".config", "data": ".local/share", "cache": ".cache"}
_VARIABLES = (
    *("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "TZ"),
    *("TRAJPLAN_LIBRARY", "TRAJPLAN_CACHE", "TRAJPLAN_TIME_ZONE"),
)


def own_folder(purpose: str) -> str:
    """Return this user's folder for a purpose: config, data or cache."""
    # The usual case by hand: platformdirs, asked for the rest, takes a thirtieth of a command.
    if sys.platform == "linux":
        home, named = os.environ.get("HOME", ""), os.environ.get(f"XDG_{purpose.upper()}_HOME", "")
        folder = named or (f"{home}/{_UNDER_HOME[purpose]}" if home else "")
        if folder.startswith("/") and folder == folder.strip():
            return f"{folder}/{_APP}"
    # Needed only where nothing else says where things are.
    import platformdirs

    find = {
        "config": platformdirs.user_config_dir,
        "data": platformdirs.user_data_dir,
        "cache": platformdirs.user_cache_dir,
    }[purpose]
    return find(_APP, appauthor=False)


def cache_folder() -> str:
    """Return where data that can be made again is kept; empty where that takes more than a look at
    the environment, or it is kept nowhere."""
    named = os.environ.get("TRAJPLAN_CACHE")
    if named is None:
        return own_folder("cache")
    return named if os.path.isabs(named) else ""


def surroundings() -> tuple[str | None, ...]:
    """Everything outside of files that settings are read from, but for the practice."""
    here = os.getcwd() if os.environ.get("TRAJPLAN_LIBRARY") else ""
    return (sys.version, __file__, here, *map(os.environ.get, _VARIABLES))
