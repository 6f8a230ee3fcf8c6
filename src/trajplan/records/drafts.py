"""Drafts: what was typed and is not saved yet, in files only their owner can read (R134).

They lie in a folder beside the practice file, so that a locked store or a fault of the database
loses nothing. A draft belongs to a client, an engagement and a session by their ids, which a new
name does not change and which are never given again; the practice's own id stands before them, so
that another practice put in the same place finds none of them. Erasing a client deletes theirs.

A text is written whole beside itself and renamed. A log takes one line at a time, for a session as
it runs: what `append` has returned from survives a kill; a line torn by one is passed over.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from trajplan.errors import StoreFault
from trajplan.records.practice_file import (
    in_files,
    make_private,
)
from trajplan.system import narrow, open_file, sync_folder, write_file

TEXT, LOG = ".md", ".jsonl"
_WHAT = re.compile(r"[A-Za-z0-9]+(?:[_-][A-Za-z0-9]+)*")
_FILE = re.compile(
    r"(?P<practice>[0-9a-f]{8}|new)-(?P<client>\d+)-(?P<engagement>\d+)-(?P<session>\d+)-"
    rf"(?P<what>{_WHAT.pattern})(?:{re.escape(TEXT)}|{re.escape(LOG)})"
)


class DraftKey(Struct, frozen=True):
    """What a draft is of. Ids that do not apply are 0; a new client has none of them."""

    what: str
    """`wrap`, `live`, `check-in`, `worksheet-wheel-of-life`: letters, digits and hyphens."""
    practice: str = ""
    """The practice's id; empty as long as there is no practice."""
    client: int = 0
    engagement: int = 0
    session: int = 0

    def __post_init__(self) -> None:
        if not _WHAT.fullmatch(self.what):
            raise ValueError(f"a draft cannot be called {self.what!r}")

    @property
    def stem(self) -> str:
        """The file's name without its ending."""
        practice = self.practice[:8] or "new"
        return f"{practice}-{self.client}-{self.engagement}-{self.session}-{self.what}"


class Draft:
    """One draft: a text, or a log of entries. Looking creates nothing; faults are StoreFaults."""

    def __init__(self, folder: Path, key: DraftKey) -> None:
        self.folder = folder
        self.key = key

    @property
    def path(self) -> Path:
        """The file of the text, which an editor may open once `write` has put it there."""
        return self.folder / f"{self.key.stem}{TEXT}"

    @property
    def log(self) -> Path:
        """The file of the log."""
        return self.folder / f"{self.key.stem}{LOG}"

    def read(self) -> bytes | None:
        """The text as it stands; None where there is none."""
        return _read(self.path)

    def write(self, text: bytes) -> None:
        """Put a text in place of the earlier one, whole or not at all."""
        with in_files(self.path):
            make_private(self.folder)
            # Its name begins like the draft's, so that erasing finds what a kill left of it.
            write_file(self.path, text, beside=self.folder / f".{self.path.name}.new")

    def append(self, entry: Mapping[str, Any]) -> None:
        """Add one entry to the log; once this has returned, no kill and no power cut takes it back.

        A fault leaves the log as it was.
        """
        line = msgspec.json.encode(entry) + b"\n"
        with in_files(self.log):
            make_private(self.folder)
            is_new = not self.log.exists()
            handle = open_file(self.log)
            with os.fdopen(handle, "r+b", buffering=0) as file:
                # What a kill tore off has no part in the next line.
                end = _end_of_lines(file.read())
                file.truncate(end)
                file.seek(end)
                try:
                    _write_all(handle, line)
                    os.fsync(handle)
                except BaseException:
                    with suppress(OSError):
                        file.truncate(end)
                    raise
            if is_new:
                sync_folder(self.folder)

    def entries(self) -> tuple[dict[str, Any], ...]:
        """The entries of the log in their order; none where there is no log.

        Raises StoreFault for a whole line that is no entry: something else has written there.
        """
        data = _read(self.log) or b""
        try:
            return tuple(
                msgspec.json.decode(line, type=dict[str, Any])
                for line in data[: _end_of_lines(data)].splitlines()
            )
        except (msgspec.DecodeError, UnicodeDecodeError) as fault:
            raise StoreFault(f"{self.log} is damaged and cannot be read on") from fault

    def narrow(self) -> None:
        """Take the text from everybody else, whatever mode an editor has given it."""
        with in_files(self.path), suppress(FileNotFoundError):
            narrow(self.path)

    def delete(self) -> None:
        """Delete text and log, with what an editor left beside them."""
        _delete(self.folder, {self.key.stem})


class Drafts:
    """All drafts beside one practice."""

    def __init__(self, practice: Path) -> None:
        self.folder = practice.with_name(f"{practice.name}.drafts")

    def draft(self, key: DraftKey) -> Draft:
        """The draft of this, whether or not anything is typed yet."""
        return Draft(self.folder, key)

    def names(self) -> tuple[str, ...]:
        """The names of all drafts, of whichever practice stands or stood here."""
        return self._names(lambda _: True)

    def of_client(self, practice: str, client: int) -> tuple[str, ...]:
        """The names of a client's drafts, of all their engagements."""
        return self._names(lambda key: key.practice == practice[:8] and key.client == client)

    def orphans(self, practice: str, clients: Collection[int]) -> tuple[str, ...]:
        """The names of drafts whose client this practice no longer has."""
        return self._names(
            lambda key: key.practice == practice[:8] and key.client not in (0, *clients)
        )

    def delete(self, names: Collection[str]) -> None:
        """Delete drafts by the names that `of_client` and `orphans` give."""
        _delete(self.folder, {Path(name).stem for name in names})

    def _names(self, belongs: Callable[[DraftKey], bool]) -> tuple[str, ...]:
        with in_files(self.folder):
            files = self.folder.iterdir() if self.folder.is_dir() else ()
            names = sorted(file.name for file in files)
        matches = ((name, _FILE.fullmatch(name)) for name in names)
        return tuple(name for name, match in matches if match and belongs(_key_of(match)))


def _key_of(match: re.Match[str]) -> DraftKey:
    practice = "" if match["practice"] == "new" else match["practice"]
    client, engagement, session = (int(match[name]) for name in ("client", "engagement", "session"))
    return DraftKey(match["what"], practice, client, engagement, session)


def _read(path: Path) -> bytes | None:
    with in_files(path):
        try:
            return path.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None


def _delete(folder: Path, stems: Collection[str]) -> None:
    with in_files(folder):
        if not folder.is_dir():
            return
        for path in list(folder.iterdir()):
            # Editors keep copies beside a file: `.name.md.swp`, `name.md~`, `#name.md#`.
            if path.name.lstrip(".#").split(".", 1)[0] in stems:
                path.unlink(missing_ok=True)
        sync_folder(folder)


def _end_of_lines(data: bytes) -> int:
    """Where the last whole line ends."""
    return data.rfind(b"\n") + 1


def _write_all(handle: int, data: bytes) -> None:
    while data:
        data = data[os.write(handle, data) :]
