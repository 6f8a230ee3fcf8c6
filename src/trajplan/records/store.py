"""The practice file, opened for reading or for writing.

One command opens the store once: `reading` gives one unchanging view, `writing` one transaction.
Close it before a person is asked anything; an open view makes a writer wait.

Journal mode DELETE and synchronous EXTRA: between commands the one file is always whole, also for
a sync program that copies it alone.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trajplan.errors import CannotDo, NotFound, StoreFault
from trajplan.records import migrations, practice_file, table
from trajplan.records.fields import R, Record
from trajplan.records.model.journeys import Client
from trajplan.records.practice_file import WAIT
from trajplan.system import narrow, sync_file

if TYPE_CHECKING:
    from trajplan.records.recorder import Recorder

OLDEST_SQLITE = (3, 37, 0)
"""The first with STRICT tables."""
_EMPTY = (
    "is empty, which no practice ever is: a full disk or a sync program may have cut it off."
    " `trajplan practice backups` lists copies of it, and `trajplan practice restore` puts one in"
    " its place; where there never was a practice, delete the empty file"
)


class Store:
    """An opened practice. `db` is in a transaction that the context manager ends.

    Records are read and written by their class: `store.select(Commitment, session_id=4)`. What is
    named is compared for equality; a collection stands for any of its values, None for nothing.

    With a `client_id` no other client's record is there: none is read, changed, deleted or added.
    What names no client is there for everybody, and `run` takes SQL as it is written.
    """

    __slots__ = ("_client_id", "_uncounted", "db", "is_saved", "path", "recorder")

    def __init__(
        self,
        db: sqlite3.Connection,
        path: Path,
        recorder: Recorder | None = None,
        client_id: int | None = None,
    ) -> None:
        self.db = db
        self._client_id = client_id
        self.path = path
        self.recorder = recorder
        """Notes what is written, so that it can be taken back; None where nothing is to be."""
        self.is_saved = False
        """Whether its transaction has been committed."""
        # A connection counts from its beginning, which may have built the file.
        self._uncounted = db.total_changes

    @property
    def everybody(self) -> Store:
        """The same practice with the records of all clients."""
        return Store(self.db, self.path, self.recorder)

    @property
    def changes(self) -> int:
        """How many rows were added, changed or deleted, other than inside `uncounted`."""
        return self.db.total_changes - self._uncounted

    @property
    def practice_id(self) -> str:
        """32 hexadecimal digits, given at creation, the same in every copy and export."""
        return str(self._of_itself("practice_id"))

    @property
    def current_client(self) -> int | None:
        """The id of the client that commands without `--client` mean, if one was chosen."""
        chosen: int | None = self._of_itself("current_client")
        return chosen

    def _of_itself(self, column: str) -> Any:
        """What the practice keeps of itself."""
        row = self.run(f"SELECT {column} FROM meta").fetchone()
        if row is None:
            raise StoreFault(
                f"{self.path} has lost its id; `trajplan practice check --repair` gives a new one"
            )
        return row[0]

    def choose_client(self, client: Client | None) -> None:
        """Choose the client that commands without `--client` mean."""
        self.run("UPDATE meta SET current_client = ?", (client.id if client else None,))

    def select(self, kind: type[R], /, **where: Any) -> tuple[R, ...]:
        """Return the records that agree with `where`, in the order their class names.

        Raises StoreFault for a damaged row, TypeError for a field the class does not have.
        """
        condition, values = self._where(kind, where)
        name = table.table_of(kind).name
        rows = self.run(f"SELECT * FROM {name}{condition} ORDER BY {kind.order}", values)
        return tuple(table.record(kind, row) for row in rows)

    def find(self, kind: type[R], /, **where: Any) -> R | None:
        """Return the first record that agrees with `where`, None when there is none."""
        return next(iter(self.select(kind, **where)), None)

    def last(self, kind: type[R], /, **where: Any) -> R | None:
        """Return the last record that agrees with `where`, None when there is none."""
        return next(reversed(self.select(kind, **where)), None)

    def get(self, kind: type[R], record_id: int) -> R:
        """Return the record with this id. Raises NotFound."""
        record = self.find(kind, **{table.table_of(kind).key[0]: record_id})
        if record is None:
            raise _missing(kind, record_id)
        return record

    def insert(self, record: R) -> R:
        """Add a record and return it as it stands, with the `id` and `number` the store gave it.

        A `number` that is not 0 is one the client already had. Raises sqlite3.IntegrityError for
        what the table refuses, CannotDo for text that is not Unicode and for what the record's
        class refuses within its lists and mappings.
        """
        kind = type(record)
        given = table.table_of(kind).given
        values = {
            name: getattr(record, name)
            for name in kind.__struct_fields__
            if not (name in given and getattr(record, name) == 0)
        }
        with whole_characters():
            cells = table.cells(kind, values)
        name = table.table_of(kind).name
        marks = ", ".join("?" * len(cells))
        cursor = self.run(
            f"INSERT INTO {name} ({', '.join(cells)}) VALUES ({marks})", tuple(cells.values())
        )
        terms, client = self._own_terms(kind)
        condition = " AND ".join(["rowid = ?", *terms])
        row = self.run(
            f"SELECT * FROM {name} WHERE {condition}", (cursor.lastrowid, *client)
        ).fetchone()
        if row is None:
            raise LookupError(f"{name}: the record would be another client's")
        return _written(kind, row)

    def update(self, record: R, **changes: Any) -> R:
        """Change named fields of a record and return it as it stands.

        Raises NotFound when it is gone, TypeError for a field it does not have or that never
        changes: its key and its number.
        """
        kind = type(record)
        spec = table.table_of(kind)
        for name in changes:
            if name in spec.key or name in spec.given:
                raise TypeError(f"{spec.name}: {name} never changes")
        _check_fields(kind, changes)
        if changes:
            with whole_characters():
                cells = table.cells(kind, changes)
            named = ", ".join(f"{name} = ?" for name in cells)
            condition, key = self._where(kind, self._key(record))
            self.run(f"UPDATE {spec.name} SET {named}{condition}", (*cells.values(), *key))
        condition, key = self._where(kind, self._key(record))
        row = self.run(f"SELECT * FROM {spec.name}{condition}", key).fetchone()
        if row is None:
            raise _missing(kind, getattr(record, spec.key[0]))
        return _written(kind, row)

    def delete(self, kind: type[Record], /, **where: Any) -> int:
        """Delete the records that agree with `where`, which names at least one field.

        Returns how many went.
        """
        if not where:
            raise TypeError("name what is to be deleted")
        condition, values = self._where(kind, where)
        return self.run(f"DELETE FROM {table.table_of(kind).name}{condition}", values).rowcount

    @contextmanager
    def lifted(self, *guards: str) -> Iterator[None]:
        """Lift guards of the schema by name; they are back at the end, also after an exception.

        For what they are not meant for: taking back or removing what should not have been written.
        """
        named = [
            self.run("SELECT sql FROM sqlite_schema WHERE name = ?", (guard,)).fetchone()["sql"]
            for guard in guards
        ]
        for guard in guards:
            self.run(f"DROP TRIGGER {guard}")
        try:
            yield
        finally:
            for sql in named:
                self.run(sql)

    @contextmanager
    def uncounted(self) -> Iterator[None]:
        """Write what is made from the records, such as kept plans: it makes no plan outdated."""
        before = self.db.total_changes
        try:
            yield
        finally:
            self._uncounted += self.db.total_changes - before

    def run(self, sql: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> sqlite3.Cursor:
        """Execute one statement. Raises CannotDo for text that is not Unicode, sqlite3.Error."""
        if self.recorder is not None:
            self.recorder.watch(sql)
        with whole_characters():
            return self.db.execute(sql, values)

    def _key(self, record: Record) -> dict[str, Any]:
        return {name: getattr(record, name) for name in table.table_of(type(record)).key}

    def _where(self, kind: type[Record], where: Mapping[str, Any]) -> tuple[str, tuple[Any, ...]]:
        """A WHERE clause with its values."""
        _check_fields(kind, where)
        terms: list[str] = []
        values: list[Any] = []
        for name, value in where.items():
            if value is None or isinstance(value, str | int | float | dt.date):
                terms.append(f"{name} IS ?")
                values.append(table.cell(value))
            else:
                # A list of any length as one value: SQLite limits how many a statement may take.
                terms.append(f"{name} IN (SELECT value FROM json_each(?))")
                values.append(table.cell(tuple(value), as_json=True))
        own, client = self._own_terms(kind)
        terms += own
        return f" WHERE {' AND '.join(terms)}" if terms else "", (*values, *client)

    def _own_terms(self, kind: type[Record]) -> tuple[list[str], tuple[int, ...]]:
        """What keeps other clients' records out: a term of a WHERE clause, with its values."""
        term = "" if self._client_id is None else table.of_one_client(kind)
        return [term] if term else [], (self._client_id or 0,) * term.count("?")


def _written(kind: type[R], row: Any) -> R:
    """A row just written as a record. Raises CannotDo where no record can be made of it again."""
    try:
        return table.record(kind, row)
    except StoreFault as fault:
        name = table.table_of(kind).name.replace("_", " ")
        raise CannotDo(f"this cannot be saved among the {name}: {fault.__cause__}") from fault


def _check_fields(kind: type[Record], names: Iterable[str]) -> None:
    unknown = [name for name in names if name not in kind.__struct_fields__]
    if unknown:
        raise TypeError(f"{kind.__name__} has no {', '.join(sorted(unknown))}")


def _missing(kind: type[Record], record_id: int) -> NotFound:
    among = table.table_of(kind).name.replace("_", " ")
    return NotFound(f"there is no record {record_id} among the {among}")


@contextmanager
def whole_characters() -> Iterator[None]:
    """Turn half a character, which no column takes, into a CannotDo that shows where it is."""
    try:
        yield
    except UnicodeEncodeError as fault:
        broken = fault.object[fault.start]
        near = fault.object[max(0, fault.start - 20) : fault.start]
        raise CannotDo(
            f"a text holds half a character (U+{ord(broken):04X}, after {near!r}) and cannot be"
            " kept; type or paste it again as UTF-8"
        ) from fault


@contextmanager
def reading(path: Path, *, wait: float = WAIT) -> Iterator[Store]:
    """Open an existing practice; every read inside sees the same state, and nothing can be written.

    What a killed command left half written is undone first, and an older file migrated. Raises
    NotFound where there is no practice, StoreFault where it cannot be read.
    """
    with _opened(path, create=False, wait=wait, reads=True) as db:
        # Not `mode=ro`: a connection that cannot write cannot undo a killed command either. To set
        # it again would have every statement compiled again.
        if not db.execute("PRAGMA query_only").fetchone()[0]:
            db.execute("PRAGMA query_only = ON")
        db.execute("BEGIN")
        db.execute("SELECT only FROM meta").fetchone()  # the view starts at the first read
        yield Store(db, path)


@contextmanager
def writing(path: Path, *, create: bool = True, wait: float = WAIT) -> Iterator[Store]:
    """Open a practice for one transaction: all of the block is kept, or after any exception none.

    Creates the practice on first use, unless `create` is False: then NotFound as in `reading`.
    Raises StoreFault where it cannot be written, also after `wait` seconds of another writer.
    """
    with _opened(path, create=create, wait=wait) as db:
        with practice_file.in_files(path):
            narrow(path)
        if db.execute("PRAGMA query_only").fetchone()[0]:
            db.execute("PRAGMA query_only = OFF")
        db.execute("PRAGMA journal_mode = DELETE")
        db.execute("BEGIN IMMEDIATE")
        store = Store(db, path)
        yield store
        try:
            db.execute("COMMIT")
        except sqlite3.Error:
            raise
        except BaseException:  # Ctrl-C is told as soon as SQLite is done, and it may have saved
            store.is_saved = not db.in_transaction
            raise
        store.is_saved = True


def rewrite(path: Path, *, done: str = "") -> None:
    """Write the whole file anew, so that nothing that was ever deleted from it is left in it.

    SQLite does it in a transaction of its own: killed at any moment, the file is as it was before
    or as it is after. Raises NotFound, and StoreFault, which says what is `done` all the same.
    """
    try:
        with _opened(path, create=False, wait=WAIT) as db:
            db.execute("PRAGMA journal_mode = DELETE")
            db.execute("PRAGMA secure_delete = ON")
            db.execute("VACUUM")
    except StoreFault as fault:
        if not done:
            raise
        why = practice_file.reason_of(fault)
        raise StoreFault(f"{done}, but traces may be left in the file: {why}") from fault


@contextmanager
def _opened(
    path: Path, *, create: bool, wait: float, reads: bool = False
) -> Iterator[sqlite3.Connection]:
    """Connect to a migrated file; whatever transaction is open at the end is rolled back."""
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise StoreFault(
            f"this Python carries SQLite {sqlite3.sqlite_version};"
            f" trajplan needs {'.'.join(map(str, OLDEST_SQLITE))} or newer"
        )
    with practice_file.in_sqlite(path):
        with practice_file.in_files(path):
            if not _is_there(path):
                if not create:
                    raise _no_practice(path)
                # A link to a place that does not exist yet is followed, not replaced.
                practice_file.create(path.resolve())
        with _connected(path, wait, reads) as db:
            version = migrations.version_of(db, path)
            if version == migrations.EMPTY:
                raise StoreFault(f"{path} {_EMPTY}")
            if version < migrations.newest():
                from trajplan.records.backups import copy_before_migration

                copy_before_migration(db, path)
                migrations.migrate(db, path)
            try:
                yield db
            finally:
                if db.in_transaction:
                    db.execute("ROLLBACK")


_kept_open: dict[tuple[Path, bool], sqlite3.Connection | None] = {}
"""By file, and by whether it only reads: a connection for more than one view or transaction; None
where none was needed yet."""


@contextmanager
def kept_open(path: Path) -> Iterator[None]:
    """Let all that reads a practice, and then writes it once, use one connection, which reads the
    schema once.

    For a block in which no other file takes the practice's place.
    """
    _kept_open[path, True] = _kept_open[path, False] = None
    try:
        yield
    finally:
        for db in {_kept_open.pop((path, reads)) for reads in (True, False)}:
            if db is not None:
                db.close()


@contextmanager
def in_one_go(path: Path) -> Iterator[None]:
    """Make a practice that nobody has yet by many transactions, and wait for the disk once.

    All of them use two connections, one to write and one to read. A power cut on the way may leave
    the file damaged. Raises as `writing` does.
    """
    with writing(path):
        pass  # the file is there, and for its owner alone
    with ExitStack() as connections:
        for reads in (True, False):
            with practice_file.in_sqlite(path):
                db = connections.enter_context(closing(practice_file.connect(path)))
                db.execute("PRAGMA synchronous = OFF")
            _kept_open[path, reads] = db
            connections.callback(_kept_open.pop, (path, reads))
        yield
    with practice_file.in_files(path):
        sync_file(path)


@contextmanager
def _connected(path: Path, wait: float, reads: bool) -> Iterator[sqlite3.Connection]:
    db = _kept_open.get((path, reads))
    if db is None or db.in_transaction:  # who reads beside a transaction sees what was before it
        db = practice_file.connect(path, wait=wait)
        if _kept_open.get((path, reads), db) is not None:
            with closing(db):
                yield db
            return
        for key in ((path, True), (path, False)):
            if key in _kept_open and _kept_open[key] is None:
                _kept_open[key] = db
    yield db


def _is_there(path: Path) -> bool:
    """Whether a file is there; a folder, a device and an empty file are refused."""
    try:
        state = path.stat()
    except FileNotFoundError:
        return False
    mode = state.st_mode
    if stat.S_ISDIR(mode):
        raise StoreFault(f"{path} is a folder, not a practice file")
    if not stat.S_ISREG(mode):
        raise StoreFault(f"{path} is not an ordinary file and cannot be a practice")
    if not state.st_size:
        raise StoreFault(f"{path} {_EMPTY}")
    return True


def _no_practice(path: Path) -> NotFound:
    from trajplan.records.backups import copies_of

    if copies_of(path):
        return NotFound(
            f"there is no practice at {path}, and there are copies of one: `trajplan practice"
            " backups` lists them, `trajplan practice restore` puts one in its place"
        )
    return NotFound(f"there is no practice yet at {path}; `trajplan new-client` starts one")
