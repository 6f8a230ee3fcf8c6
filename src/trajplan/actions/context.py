"""What every action stands on: settings, the injected day, the practice, the loaded library."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from trajplan import settings
from trajplan.dates import today
from trajplan.errors import NotFound, StoreFault
from trajplan.settings import Settings

if TYPE_CHECKING:
    from trajplan.actions.client_records import ClientRecords
    from trajplan.actions.surroundings import Surroundings
    from trajplan.content.library import Library
    from trajplan.records.dossier import Dossier
    from trajplan.records.drafts import Drafts
    from trajplan.records.store import Store


def _unsaid(_: str) -> None:
    """Say nothing: nobody listens."""


saved_changes = False
"""Whether this run has saved a change that a coach made, for whom it is stopped right after."""


class Context(Struct, frozen=True, dict=True):
    """What a command goes by: settings, day and library; and the way to the practice."""

    settings: Settings
    today: dt.date
    command: str = ""
    """The command that is run, as it is typed, without options: `commitments add`.

    Empty where nobody typed one, as in the demo's story: then nothing is kept to be taken back, and
    the practice is not copied before.
    """
    say: Callable[[str], None] = _unsaid
    """Tells the person at the keyboard what is noticed on the way."""
    noted: Surroundings | None = None
    """What was noted of content and program before anything was loaded, if it was."""
    origin: Context | None = None
    """The context whose library it shares, on another day."""
    done: set[str] = set()
    """What a run does once, and has done: `copy`."""

    @property
    def practice(self) -> Path:
        """The practice file."""
        return self.settings.practice

    @property
    def drafts(self) -> Drafts:
        """What was typed and is not saved yet (R134)."""
        from trajplan.records.drafts import Drafts

        return Drafts(self.practice)

    @property
    def zone(self) -> str:
        """The coach's own time zone; empty: not known."""
        return self.settings.time_zone

    @property
    def conflicts(self) -> tuple[str, ...]:
        """One sentence when a sync program left copies of the practice beside it."""
        from trajplan.records.practice_file import conflicted_copies

        copies = conflicted_copies(self.practice)
        if not copies:
            return ()
        return (
            f"next to the practice is {', '.join(copies)}: it was changed in two places at once. "
            f"Records may be in one and not the other; this command uses {self.practice.name}",
        )

    def purge_notes(self) -> tuple[str, ...]:
        """Delete the working notes whose day has come, of every client, and say which went (R58).

        In a transaction of its own after a command that has written, so nothing that undoes the
        command brings them back; from copies of the practice they go too. `today` has named them
        for days. Most days there is none: then nothing is written. Those long past their day wait
        for `practice retention --purge`, since the clock may be wrong (R156). What is said names
        no word of them.
        """
        from trajplan.records.plan_pages import notes_wait
        from trajplan.records.store import reading

        try:
            with reading(self.practice) as store:
                if not notes_wait(store, self.today):
                    return ()
                from trajplan.records.belongings import delete_notes, due_notes, notes_to_forget

                due = due_notes(store, self.today)
                waiting = [note for note in due if note.waits(self.today)]
                if len(due) == len(waiting) and not notes_to_forget(store, self.today):
                    return _waiting_notes(waiting, self.today)
        except NotFound:
            return ()  # no practice yet, so there is nothing to purge
        due = tuple(note for note in due if not note.waits(self.today))
        try:
            with self.writing() as store:
                for fault in delete_notes(store, due, self.today):
                    self.say(fault)
        except StoreFault as fault:  # what the command itself did is saved
            return (f"working notes that were to go are still there: {fault}",)
        gone = (
            f"deleted a working note of `{due_note.slug}`, session {due_note.session}:"
            f" it was due to be deleted on {due_note.note.purge_on}"
            for due_note in due
        )
        return (*gone, *_waiting_notes(waiting, self.today))

    def notes_to_purge(self) -> tuple[str, ...]:
        """A sentence on the working notes that the next change deletes; none where there are none.

        Raises NotFound, StoreFault.
        """
        from trajplan.records.belongings import due_notes
        from trajplan.records.store import reading

        with reading(self.practice) as store:
            due = due_notes(store, self.today)
        count = sum(not note.waits(self.today) for note in due)
        if not count:
            return ()
        return (
            f"working notes whose day has come: {count}. The next change deletes them;"
            " `trajplan today` shows whose they are",
        )

    @cached_property
    def library(self) -> Library:
        """All content, validated; read at first use.

        Imported there too: a command that needs no content does not pay for its shapes.
        """
        if self.origin:
            return self.origin.library
        from trajplan.actions.surroundings import remember
        from trajplan.content.loader import load

        around = self.around
        library = load(self.settings, digest=around.digest)
        remember(library, around)
        return library

    @cached_property
    def around(self) -> Surroundings:
        """What content and program look like from outside, before any of it is read."""
        from trajplan.actions.surroundings import look

        return look(self, self.noted)

    @contextmanager
    def read(self, client: str | None, *, acting: bool = False) -> Iterator[ClientRecords]:
        """Open the practice to read about a client: `slug`, `slug/1`, or None for the current one.

        `acting`: before something is changed, so that a current client without a session today is
        not taken for granted. Raises NotFound, WhichClient, CannotDo, StoreFault.
        """
        from trajplan.actions.client_records import ClientRecords, case_of
        from trajplan.records.store import reading

        with reading(self.practice) as store:
            case = case_of(store, client, self.today if acting else None, self.zone)
            yield ClientRecords(store, case, self.zone)

    def dossier(self, client: str | None) -> Dossier:
        """Everything about a client's engagement, to look at. Raises as `read` does."""
        with self.read(client) as records:
            return records.dossier

    @contextmanager
    def write(self, client: str | None, *, open_journey: bool = False) -> Iterator[ClientRecords]:
        """Open the practice for one transaction on a client's records.

        All of the block is saved, or after any exception none. Whatever it changes raises the
        client's revision, so that plans made before are made anew, and can be taken back as one
        command; only what is written inside `uncounted` does neither. `open_journey`: refuse one
        that was closed. Raises as `read` does.
        """
        from trajplan.actions.client_records import ClientRecords, case_of, open_case

        with self._recording() as store:
            resolve = open_case if open_journey else case_of
            case = resolve(store, client, self.today, self.zone)
            records = ClientRecords(store, case, self.zone)
            yield records
            if records.changes:
                self._keep_undo(records, records.client.id)
                records.raise_revision()

    @contextmanager
    def write_own(self, *, create: bool = False) -> Iterator[Store]:
        """Open the practice for one transaction on the coach's own records, or on a new client.

        What the block changes can be taken back as one command. Where a revision is to rise, the
        block raises it. Raises NotFound where there is no practice, unless `create`; StoreFault.
        """
        with self._recording(create=create) as store:
            yield store
            if store.changes:
                self._keep_undo(store, None)

    @contextmanager
    def writing(self, *, create: bool = False) -> Iterator[Store]:
        """Open the practice for one transaction; before the first of a day it is copied (R154).

        Whatever writes comes through here. Raises as `store.writing` does.
        """
        from trajplan.records.store import writing

        global saved_changes
        fault = self._copy_for_today()
        written: Store | None = None
        changes = 0
        try:
            with writing(self.practice, create=create) as store:
                if fault:
                    self.say(fault)
                written = store
                yield store
                changes = store.changes
        finally:
            # Also where Ctrl-C comes in the very moment in which it is saved.
            if written is not None and written.is_saved and changes:
                saved_changes = True

    def _copy_for_today(self) -> str:
        """Copy the practice once a run, unless the day has its copy; a sentence where that cannot
        be done."""
        from trajplan.records.backups import copies_of, copy_practice
        from trajplan.records.practice_file import reason_of

        if not self.command or "copy" in self.done:
            return ""
        self.done.add("copy")
        try:
            if not any(copy.day == self.today for copy in copies_of(self.practice)):
                copy_practice(self.practice, self.today)
        except NotFound:
            pass  # nothing is there yet to copy
        except StoreFault as fault:
            return f"no copy of the practice is made today: {reason_of(fault)}"
        return ""

    @contextmanager
    def _recording(self, *, create: bool = False) -> Iterator[Store]:
        """A transaction that notes what the rows it changes were before."""
        from trajplan.records.recorder import Recorder

        with self.writing(create=create) as store:
            if self.command:
                store.recorder = Recorder(store.db)
            yield store

    def _keep_undo(self, store: Store, client_id: int | None) -> None:
        """Keep what was noted as one command that can be taken back."""
        if store.recorder is not None:
            store.recorder.keep(self.command, client_id, self.today.isoformat())

    def on(self, day: dt.date) -> Context:
        """The same context on another day, with the library it has already read."""
        return replace(self, today=day, origin=self)

    @property
    def left_out(self) -> tuple[str, ...]:
        """One sentence for each content file that was left out because it is faulty."""
        files: dict[str, int] = {}
        for problem in self.library.problems:
            files[problem.file] = files.get(problem.file, 0) + 1
        return tuple(
            f"left out because of its faults: {file} "
            f"({count} fault{'s' if count > 1 else ''}; `trajplan blueprints check` and "
            "`trajplan questions check` show them)"
            for file, count in files.items()
        )


def _waiting_notes(waiting: Collection[object], today: dt.date) -> tuple[str, ...]:
    if not waiting:
        return ()
    return (
        f"working notes long past their day: {len(waiting)}. Today's date, {today}, may be wrong, "
        "so they are kept; `trajplan practice retention` shows them",
    )


def load_context(
    practice: str | None = None,
    environ: Mapping[str, str] | None = None,
    command: str = "",
    say: Callable[[str], None] = _unsaid,
    noted: Surroundings | None = None,
) -> Context:
    """Read environment and preferences. Creates nothing.

    `command`, `say` and `noted`: as `Context` has them.
    """
    variables = os.environ if environ is None else environ
    read = settings.read(variables, practice)
    return Context(read, today(variables, read.time_zone), command, say, noted)
