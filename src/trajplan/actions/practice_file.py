"""`practice where` and `check`: the practice as a file, read only."""

from __future__ import annotations

from trajplan.actions.desk import Desk
from trajplan.errors import StoreFault
from trajplan.pages.practice_file import PracticeFile
from trajplan.records import clients, faults, inspection, migrations
from trajplan.records.conflicts import conflicted_copies
from trajplan.records.store import Store, reading


def whereabouts(desk: Desk) -> PracticeFile | None:
    """The practice as a file; None as long as there is none. Raises StoreFault."""
    with faults.in_files(desk.practice):
        if not desk.practice.exists():
            return None
    with reading(desk.practice) as store:
        return _file(desk, store)


def check_practice(desk: Desk) -> PracticeFile:
    """Look at pages, records, references and modes.

    Raises StoreFault with everything that is wrong, NotFound where there is no practice.
    """
    with reading(desk.practice) as store:
        damages = inspection.damages(store)
        found = None if damages else _file(desk, store)
    exposures = inspection.exposures(desk.practice)
    if found is None or exposures:
        said = [*damages, *exposures]
        if damages:
            said.append("put a backup in its place; until then no command should write to it")
        raise StoreFault("\n".join([f"not all is well with {desk.practice}", *said]))
    return found


def _file(desk: Desk, store: Store) -> PracticeFile:
    with faults.in_files(desk.practice):
        size = desk.practice.stat().st_size
    return PracticeFile(
        path=desk.practice,
        # Opening it has brought an older one up to date.
        version=migrations.newest(),
        size=size,
        practice_id=store.practice_id,
        clients=clients.everyone(store),
        copies=conflicted_copies(desk.practice),
    )
