"""Files that `-o` wrote, and which it may write over (R153).

A page that is printed again replaces the one of last time. A file that somebody has filled in or
changed since, or that comes from elsewhere, stays, unless it is meant to go. What was written is
known again by the digest of its bytes. They stand in the cache folder, without a name or a word;
where they are lost, every file counts as somebody's.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from trajplan.cli import printer
from trajplan.errors import CannotDo, StoreFault
from trajplan.system import make_folder, write_file

NAME = "written"
MOST_DIGESTS = 20_000
"""Digests that are kept; the oldest go first. A notes vault of a large practice has thousands."""


class WrittenFiles(Struct, frozen=True):
    """What is known of files that were written before."""

    cache: Path | None
    overwrite: bool = False
    """Write over any file but a database."""

    def check(self, path: Path) -> None:
        """Raise CannotDo for a file that was not written by `-o`, or was changed since."""
        if self.overwrite or not path.is_file():
            return
        with path.open("rb") as file:
            digest = _digest(file)
        if digest not in self._digests():
            raise CannotDo(
                f"`{path}` is not as this program wrote it; --overwrite writes over it all the same"
            )

    def remember(self, *files: bytes) -> None:
        """Know these bytes again. A cache that cannot be written only costs a question later."""
        if self.cache is None:
            return
        fresh_digests = dict.fromkeys(_digest(io.BytesIO(data)) for data in files)
        known = [old for old in self._digests() if old not in fresh_digests]
        lines = "".join(f"{line}\n" for line in [*known, *fresh_digests][-MOST_DIGESTS:])
        try:
            make_folder(self.cache)
            write_file(self.cache / NAME, lines.encode("ascii"), lasting=False)
        except OSError:
            return

    def write(self, folder: Path, files: Mapping[str, str]) -> tuple[int, int, tuple[str, ...]]:
        """Write each file that is missing, or that is as it was written last time; remove none.

        `files`: the text of each by its place in the folder. Folders and files that are new are
        their owner's alone. Returns how many were written, how many were as they should be already,
        and which were left, as somebody changed them or they come from elsewhere. Raises
        StoreFault.
        """
        due: dict[Path, bytes] = {}
        same: list[bytes] = []
        left: list[str] = []
        try:
            for name, text in files.items():
                path, data = folder / name, text.encode()
                if path.is_file() and path.read_bytes() == data:
                    same.append(data)
                    continue
                try:
                    self.check(path)
                except CannotDo:
                    left.append(name)
                else:
                    due[path] = data
            # First of all: whatever stops the next lines, these bytes are not a person's.
            self.remember(*same, *due.values())
            for place in dict.fromkeys([folder, *(path.parent for path in due)]):
                make_folder(place)
        except OSError as error:
            raise StoreFault(f"`{error.filename}` cannot be written: {error.strerror}") from error
        for path, data in due.items():
            printer.write_file(path, data, None)
        return len(due), len(same), tuple(left)

    def _digests(self) -> list[str]:
        """Those that are known, oldest first."""
        if self.cache is None:
            return []
        try:
            return (self.cache / NAME).read_text(encoding="ascii", errors="replace").split()
        except OSError:
            return []


def _digest(file: io.BufferedIOBase) -> str:
    import hashlib  # only where a file is written

    return hashlib.file_digest(file, "sha256").hexdigest()
