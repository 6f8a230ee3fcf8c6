"""A copy put in the practice's place (R154).

Whatever kills it, the practice is afterwards as it was or as the copy is: the copy is written whole
under another name, and takes the practice's in one step. Before that the practice is locked, which
rolls back what a killed command had half written, and it is copied itself, so that nothing is lost.
Its journal goes before the step: one that stayed would be replayed over the copy.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from msgspec import Struct

from trajplan.errors import StoreFault
from trajplan.records import migrations
from trajplan.records.backups import Copy, copy_opened, fill, next_copy
from trajplan.records.contents import (
    DAMAGED,
    Contents,
    Source,
    contents,
    look_into,
    page_faults,
    practice_id_of,
)
from trajplan.records.practice_file import (
    SIDECARS,
    connect,
    draft_in,
    in_files,
    in_sqlite,
    is_damage,
)
from trajplan.records.schema import Difference, differences
from trajplan.system import WINDOWS, create_file, make_folder, put, sync_file, sync_folder
from trajplan.text import plural


class Comparison(Struct, frozen=True, kw_only=True):
    """The practice and the copy that is to take its place."""

    now: Contents | None
    """None: there is no practice, or it cannot be read."""
    then: Contents
    why_not: str = ""
    """Why the practice cannot be read; empty where it can, or is not there."""
    faults: tuple[str, ...] = ()
    """What is wrong with the copy."""

    @property
    def doubts(self) -> tuple[str, ...]:
        """Why somebody should say twice that this copy is meant; empty: nothing would be lost."""
        doubts = [f"the copy has faults itself: {fault}" for fault in self.faults]
        if self.why_not:
            doubts.append(f"what would be lost cannot be said: {self.why_not}")
        if self.now is None:
            return tuple(doubts)
        if self.now.practice_id != self.then.practice_id:
            doubts.append("it is a copy of another practice")
        for noun, now, then in (
            ("client", self.now.clients, self.then.clients),
            ("session held", self.now.sessions, self.then.sessions),
            ("record", self.now.records, self.then.records),
        ):
            if then < now:
                nouns = "sessions held" if noun == "session held" else ""
                doubts.append(f"the copy holds {plural(now - then, noun, nouns)} fewer")
        if not doubts:
            doubts += _changed_since(self.now, self.then)
        return tuple(doubts)


def _changed_since(now: Contents, then: Contents) -> Iterator[str]:
    """Whose records were changed since the copy was made, where it holds as many; a client who has
    another name there has both."""
    whose = [
        f"{now.names[client]} (there: {then.names[client]})"
        if then.names.get(client, now.names[client]) != now.names[client]
        else now.names[client]
        for client, revision in now.revisions.items()
        if then.revisions.get(client, -1) < revision
    ]
    if any(then.counts.get(name, 0) < count for name, count in now.counts.items()) and not whose:
        whose = ["you yourself, such as days off"]
    if whose:
        yield f"the copy is older: what was changed since is not in it, for {', '.join(whose)}"


def compare(practice: Path, source: Source) -> Comparison:
    """Look at the practice and at a copy. Changes nothing; raises StoreFault about the copy."""
    then = look_into(source)
    with in_sqlite(source.path), closing(source.connect()) as db:
        faults = (*page_faults(db, most=5), *map(str, _additions(db)))
    now, why_not = None, ""
    with in_files(practice):
        is_there = practice.exists() and practice.stat().st_size
    if is_there:
        try:
            now = look_into(Source(path=practice))
        except StoreFault as fault:
            why_not = str(fault)
    return Comparison(now=now, then=then, why_not=why_not, faults=faults)


def _additions(db: sqlite3.Connection) -> Iterator[Difference]:
    """What another program has added to a file, and would act in it; or taken from it."""
    if migrations.version_of(db, Path()) == migrations.newest():
        yield from differences(db)


def put_back(practice: Path, source: Source, day: dt.date) -> Copy | None:
    """Put a copy in the practice's place; return where the practice as it was is kept.

    None: there was none. Raises StoreFault: then the practice is as it was.
    """
    place = practice.resolve()
    with in_files(place):
        make_folder(place.parent)
    with in_files(place), draft_in(place.parent) as draft:
        practice_id = _write(source, draft, place)
        with _locked(place, practice_id) as db:
            aside = _move_aside(place, practice, day, db)
            if db is not None:
                _keep_ids(db, draft)
            sync_file(draft)
            for ending in SIDECARS:
                place.with_name(f"{place.name}{ending}").unlink(missing_ok=True)
            sync_folder(place.parent)
            if db is not None and WINDOWS:
                db.close()  # it replaces no file that is open, not even by us
            put(draft, place)
        sync_folder(place.parent)
    return aside


def _write(source: Source, draft: Path, place: Path) -> str:
    """Write the copy as it shall stand, brought up to date; return the practice's id.

    Raises StoreFault.
    """
    with in_sqlite(source.path), closing(source.connect()) as db:
        db.execute("BEGIN")
        expected = contents(db)
        fill(db, draft, place)
    with in_sqlite(place), closing(connect(draft)) as db:
        db.execute("PRAGMA journal_mode = MEMORY")
        if contents(db) != expected:
            raise StoreFault(
                f"what was read from {source.path} differs from it; nothing was changed"
            )
        if migrations.version_of(db, source.path) < migrations.newest():
            migrations.migrate(db, place)
        db.execute("PRAGMA journal_mode = DELETE")
    return expected.practice_id


@contextmanager
def _locked(place: Path, practice_id: str) -> Iterator[sqlite3.Connection | None]:
    """Let nobody else write to the practice; None where there is none that SQLite can open.

    Who waits for it is told that the file was moved, and saves nothing. Raises StoreFault.
    """
    db = _open_alone(place, practice_id) if place.exists() and place.stat().st_size else None
    try:
        yield db
    finally:
        if db is not None:
            db.close()


def _open_alone(place: Path, practice_id: str) -> sqlite3.Connection | None:
    """The practice, or None for one that is damaged; `practice_id` is the copy's."""
    with in_sqlite(place):
        try:
            db = connect(place)
        except sqlite3.Error as fault:
            if not is_damage(fault):
                raise
            return None
        try:
            if not _is_ours(db, place, practice_id):
                db.close()
                return None
            db.execute("PRAGMA journal_mode = DELETE")
            # The lock outlives the transaction: SQLite copies nothing out of one that may write.
            db.execute("PRAGMA locking_mode = EXCLUSIVE")
            db.execute("BEGIN EXCLUSIVE")
            db.execute("COMMIT")
            contents(db)
        except BaseException as fault:
            db.close()
            if isinstance(fault, sqlite3.Error) and is_damage(fault):
                return None
            raise
        return db


def _is_ours(db: sqlite3.Connection, place: Path, practice_id: str) -> bool:
    """Whether a file is whole in this: not, where it is empty or has lost the mark of a practice.

    Raises StoreFault for a file of another program.
    """
    try:
        return migrations.require_ours(db, place)
    except StoreFault:
        if _has_id(db, practice_id):
            return False
        raise


def _has_id(db: sqlite3.Connection, practice_id: str) -> bool:
    try:
        return practice_id_of(db) == practice_id
    except sqlite3.Error:
        return False


def _move_aside(
    place: Path, practice: Path, day: dt.date, db: sqlite3.Connection | None
) -> Copy | None:
    """Keep the practice as it is now, with its journal where SQLite cannot read it."""
    if db is not None:
        return copy_opened(db, practice, day, as_is=True)
    if not (place.exists() and place.stat().st_size):
        return None
    aside = next_copy(practice, day, DAMAGED)
    for ending in ("", *SIDECARS):
        part = place.with_name(f"{place.name}{ending}")
        if part.exists():
            kept = aside.path.with_name(f"{aside.path.name}{ending}")
            os.close(create_file(kept))
            shutil.copyfile(part, kept)
            sync_file(kept)
    sync_folder(aside.path.parent)
    return aside


def _keep_ids(db: sqlite3.Connection, draft: Path) -> None:
    """Let no id be given again that the practice has given since the copy was made.

    A draft or an old print-out would be another record's then.
    """
    with closing(connect(draft)) as copy:
        copy.execute("PRAGMA journal_mode = MEMORY")
        if practice_id_of(copy) != practice_id_of(db):
            return
        copy.execute("BEGIN IMMEDIATE")
        for name, last in db.execute("SELECT name, seq FROM sqlite_sequence").fetchall():
            copy.execute(
                "UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", (last, name)
            )
            copy.execute(
                "INSERT INTO sqlite_sequence (name, seq) SELECT ?, ? WHERE NOT EXISTS"
                " (SELECT 1 FROM sqlite_sequence WHERE name = ?)",
                (name, last, name),
            )
        copy.execute("COMMIT")
        copy.execute("PRAGMA journal_mode = DELETE")
