"""Drafts: what was typed and is not saved yet, in files only their owner can read (R134).

They lie in a folder beside the practice file, so that a locked store or a fault of the database
loses nothing. A draft belongs to a client, an engagement and a session by their ids, which a new
name does not change and which are never given again; the practice's own id stands before them, so
that another practice put in the same place finds none of them. Erasing a client deletes theirs.

A text is written whole beside itself and renamed. As long as an editor may write over it, a spare
of it lies beside it. A log takes one line at a time, for a session as it runs: what `append` has
returned from survives a kill; a line torn by one is passed over.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from trajplan.records.practice_file import in_files, make_private
from trajplan.system import (
    WINDOWS,
    lock,
    narrow,
    open_existing,
    open_file,
    put,
    sync_folder,
    write_file,
)
from trajplan.text import name_key, pattern

TEXT, LOG, SPARE = ".md", ".jsonl", ".spare"
_WHAT = pattern(r"[A-Za-z0-9]+(?:[_-][A-Za-z0-9]+)*")
_STEM = pattern(
    r"(?P<practice>[0-9a-f]{8}|new)-(?P<client>\d+)-(?P<engagement>\d+)-(?P<session>\d+)-"
    rf"(?P<what>{_WHAT.pattern})"
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

    @property
    def spare(self) -> Path:
        """Where the text is kept as it was before an editor opened."""
        return self.folder / f"{self.key.stem}{SPARE}"

    def read(self) -> bytes | None:
        """The text as it stands; None where there is none."""
        return _read(self.path)

    def write(self, text: bytes) -> None:
        """Put a text in place of the earlier one, whole or not at all."""
        self._write(self.path, text)

    def keep_spare(self) -> None:
        """Keep the text as it stands, so that nothing an editor does to it can lose it."""
        self._write(self.spare, self.read() or b"")

    def put_spare_back(self) -> bool:
        """Put the text back as `keep_spare` found it; whether there was such a one. It takes no
        room on the disk, which may be full."""
        with in_files(self.path):
            try:
                put(self.spare, self.path)
            except FileNotFoundError:
                return False
            sync_folder(self.folder)
        return True

    def drop_spare(self) -> None:
        """Delete what `keep_spare` kept."""
        with in_files(self.spare):
            self.spare.unlink(missing_ok=True)

    def _write(self, path: Path, text: bytes) -> None:
        with in_files(path):
            make_private(self.folder)
            # Its name begins like the draft's, so that erasing finds what a kill left of it.
            write_file(path, text, beside=self.folder / f".{path.name}.new")

    def append(self, *entries: Mapping[str, Any]) -> None:
        """Add entries to the log, all or none. Once this has returned, no kill and no power cut
        takes them back; a fault leaves the log as it was.
        """
        lines = b"".join(msgspec.json.encode(entry) + b"\n" for entry in entries)
        with in_files(self.log):
            make_private(self.folder)
            with _held(self.log, open_file) as handle:
                # What a kill tore off has no part in the next line.
                end = _end_of_lines(_read_all(handle))
                os.ftruncate(handle, end)
                os.lseek(handle, end, os.SEEK_SET)
                try:
                    _write_all(handle, lines)
                    os.fsync(handle)
                except BaseException:
                    with suppress(OSError):
                        os.ftruncate(handle, end)
                    raise
            if not end:
                sync_folder(self.folder)

    def entries(self) -> tuple[dict[str, Any], ...]:
        """The entries of the log in their order; none where there is no log.

        Lines that are no entries, because something else has written there, are passed over.
        """
        return tuple(entry for line in self._lines() if (entry := _entry(line)) is not None)

    @property
    def is_damaged(self) -> bool:
        """Whether the log has lines that are no entries."""
        return any(_entry(line) is None for line in self._lines())

    def _lines(self) -> list[bytes]:
        """The whole lines of the log that hold anything."""
        data = _read(self.log) or b""
        return [line for line in data[: _end_of_lines(data)].split(b"\n") if line.strip()]

    @property
    def stamp(self) -> tuple[int, int] | None:
        """Which file the log is, and how long: another one when somebody else has changed it. None
        where there is no log."""
        with in_files(self.log):
            try:
                status = self.log.stat()
            except (FileNotFoundError, NotADirectoryError):
                return None
        return (status.st_ino, status.st_size) if status.st_size else None

    def delete_if(self, may_go: Callable[[], bool]) -> bool:
        """Delete the log if `may_go` allows it, at a moment when nobody adds to it. Whether it is
        gone; a damaged one is put aside under another name, for somebody to look at."""
        if self.stamp is None:
            return True
        with in_files(self.log):
            with _held(self.log, open_existing):
                if not may_go():
                    return False
                if not WINDOWS:
                    self._put_away()
            if WINDOWS:
                self._put_away()  # there an open file cannot go
        return True

    def _put_away(self) -> None:
        if self.is_damaged:
            names = (f"{self.key.stem}-damaged-{number}{LOG}" for number in count(1))
            places = (self.folder / name for name in names)
            self.log.replace(next(place for place in places if not place.exists()))
        self.delete()

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
        """The names of all files of drafts, with what an editor or a kill left beside them, of
        whichever practice stands or stood here."""
        return self._names(lambda _: True)

    def of_client(self, practice: str, client: int) -> tuple[str, ...]:
        """As `names`, of one client, of all their engagements."""
        return self._names(lambda key: key.practice == practice[:8] and key.client == client)

    def of_nobody(self) -> tuple[str, ...]:
        """As `names`, of what was begun for somebody who was no client yet."""
        return self._names(lambda key: key.client == 0)

    def of_nobody_with(self, words: str) -> tuple[str, ...]:
        """As `of_nobody`, where these words stand in it, such as a name."""
        wanted = f" {name_key(words)} "
        return tuple(
            name for name in self.of_nobody() if wanted in f" {name_key(self._text(name))} "
        )

    def _text(self, name: str) -> str:
        """What stands in a file; the ends of lines in a log are spaces."""
        data = _read(self.folder / name) or b""
        return data.decode("utf-8", "replace").replace(r"\n", " ")

    def logs(self, practice: str, what: str) -> tuple[Draft, ...]:
        """The logs of this practice under a name, such as `live`, of every client's sessions."""
        names = self._names(lambda key: (key.practice, key.what) == (practice[:8], what))
        stems = dict.fromkeys(name.removesuffix(LOG) for name in names if name.endswith(LOG))
        matches = map(_STEM.fullmatch, stems)
        return tuple(self.draft(_key_of(match)) for match in matches if match)

    def orphans(self, practice: str, clients: Collection[int]) -> tuple[str, ...]:
        """As `names`, where this practice no longer has the client."""
        return self._names(
            lambda key: key.practice == practice[:8] and key.client not in (0, *clients)
        )

    def delete(self, names: Collection[str]) -> None:
        """Delete drafts by the names that `of_client` and `orphans` give."""
        _delete(self.folder, set(map(_stem_of, names)))

    def _names(self, belongs: Callable[[DraftKey], bool]) -> tuple[str, ...]:
        with in_files(self.folder):
            files = self.folder.iterdir() if self.folder.is_dir() else ()
            names = sorted(file.name for file in files)
        matches = ((name, _STEM.fullmatch(_stem_of(name))) for name in names)
        return tuple(name for name, match in matches if match and belongs(_key_of(match)))


def _stem_of(name: str) -> str:
    """What the draft's own name begins with; editors keep copies beside a file that are called
    `.name.md.swp`, `name.md~`, `#name.md#`."""
    return name.lstrip(".#").split(".", 1)[0]


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
            if _stem_of(path.name) in stems:
                path.unlink(missing_ok=True)
        sync_folder(folder)


def _end_of_lines(data: bytes) -> int:
    """Where the last whole line ends."""
    return data.rfind(b"\n") + 1


@contextmanager
def _held(path: Path, opening: Callable[[Path], int]) -> Iterator[int]:
    """Open a file that nobody else who asks this way has open meanwhile."""
    while True:
        handle = opening(path)
        try:
            lock(handle)
            if _is_at(path, handle):
                yield handle
                return
        finally:
            os.close(handle)


def _is_at(path: Path, handle: int) -> bool:
    """Whether an open file still lies there: who had it open before may have deleted it."""
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False


def _entry(line: bytes) -> dict[str, Any] | None:
    try:
        return msgspec.json.decode(line, type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def _read_all(handle: int) -> bytes:
    data = b""
    while more := os.read(handle, 1 << 20):
        data += more
    return data


def _write_all(handle: int, data: bytes) -> None:
    while data:
        data = data[os.write(handle, data) :]
