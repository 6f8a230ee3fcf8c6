"""Files that `-o` wrote, and which it may write over (R153).

A page that is printed again replaces the one of last time. A file that somebody has filled in or
changed since, or that comes from elsewhere, stays, unless it is meant to go. What was written is
known again by the digest of its bytes. They stand in the cache folder, without a name or a word;
where they are lost, every file counts as somebody's.
"""

from __future__ import annotations

import io
from pathlib import Path

from msgspec import Struct

from trajplan.errors import CannotDo
from trajplan.system import make_folder, write_file

NAME = "written"
MOST_DIGESTS = 20_000
"""Digests that are kept; the oldest go first. A notes vault of a large practice has thousands."""


class Outputs(Struct, frozen=True):
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
