"""`practice where` and `check`: the practice as a file, read only."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from trajplan.actions.context import Context
from trajplan.errors import StoreFault
from trajplan.records import check, faults, migrations
from trajplan.records.model import Client
from trajplan.records.store import Store, reading


class PracticeFile(Struct, frozen=True, kw_only=True):
    """A practice as a file."""

    path: Path
    version: int
    """Of its tables."""
    size: int
    """In bytes."""
    practice_id: str
    clients: tuple[Client, ...]
    copies: tuple[str, ...]
    """Conflicted copies beside it, by name."""


def whereabouts(context: Context) -> PracticeFile | None:
    """The practice as a file; None as long as there is none. Raises StoreFault."""
    with faults.in_files(context.practice):
        if not context.practice.exists():
            return None
    with reading(context.practice) as store:
        return _file(context, store)


def check_practice(context: Context) -> PracticeFile:
    """Look at pages, records, references and modes.

    Raises StoreFault with everything that is wrong, NotFound where there is no practice.
    """
    with reading(context.practice) as store:
        damages = check.damages(store)
        practice_file = None if damages else _file(context, store)
    exposures = check.exposures(context.practice)
    if practice_file is None or exposures:
        problems = [*damages, *exposures]
        if damages:
            advice = "replace it with a backup; until then, no command should write to it"
            problems.append(advice)
        raise StoreFault("\n".join([f"there are problems with {context.practice}", *problems]))
    return practice_file


def _file(context: Context, store: Store) -> PracticeFile:
    with faults.in_files(context.practice):
        size = context.practice.stat().st_size
    return PracticeFile(
        path=context.practice,
        # Opening it has brought an older one up to date.
        version=migrations.newest(),
        size=size,
        practice_id=store.practice_id,
        clients=store.select(Client),
        copies=check.conflicted_copies(context.practice),
    )
