"""The files of a notes vault, written into a folder that is the coach's own (R151)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from trajplan.cli.outputs import Outputs
from trajplan.cli.printer import write_file
from trajplan.errors import CannotDo, StoreFault
from trajplan.system import make_folder


class FilesWritten(Struct, frozen=True):
    """What became of the files."""

    written: int
    same: int
    """Those that were as they should be already."""
    left: tuple[str, ...]
    """Those that somebody changed, or that come from elsewhere."""


def write_files(folder: Path, files: Mapping[str, str], outputs: Outputs) -> FilesWritten:
    """Write each file that is missing, or that is as it was written last time; remove none.

    `files`: the text of each by its place in the folder. Folders and files that are new are their
    owner's alone. Raises StoreFault.
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
                outputs.check(path)
            except CannotDo:
                left.append(name)
            else:
                due[path] = data
        # Before they are written: whatever stops the next lines, these bytes are not a person's.
        outputs.remember(*same, *due.values())
        for place in dict.fromkeys([folder, *(path.parent for path in due)]):
            make_folder(place)
    except OSError as error:
        raise StoreFault(f"`{error.filename}` cannot be written: {error.strerror}") from error
    for path, data in due.items():
        write_file(path, data, None)
    return FilesWritten(len(due), len(same), tuple(left))
