"""Content files on disk: found, read within limits, and summed up in one digest."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from trajplan.content.library import LayerName
from trajplan.errors import Problem
from trajplan.system import read_file
from trajplan.text import STEERING

TOP_FOLDERS = ("blueprints", "question_banks")
SUFFIXES = (".yaml", ".yml")
MAX_BYTES = 1024 * 1024
"""What a content file may hold."""
_MAX_DEPTH = 12
_MAX_FILES = 5000


class Layer(Struct, frozen=True):
    """A content folder; a later layer's content replaces an earlier one's of the same id."""

    name: LayerName
    folder: Path


class ContentFile(Struct, frozen=True):
    """One content file as it was when it was read."""

    layer: int
    """Position of its layer, 0 the lowest."""
    name: str
    """Path relative to the layer, with `/`."""
    path: Path
    data: bytes

    @property
    def mark(self) -> str:
        """The same for files of the same name in their layer that hold the same."""
        from hashlib import blake2b

        return blake2b(os.fsencode(f"{self.name}\0") + self.data, digest_size=16).hexdigest()


class ContentFiles(Struct, frozen=True):
    """What all layers hold, in order of layer and name."""

    files: tuple[ContentFile, ...]
    problems: tuple[Problem, ...]
    digest: str


def find_files(layers: Sequence[Layer]) -> ContentFiles:
    """Read every YAML file of every layer. Trouble with the disk becomes a Problem."""
    from hashlib import blake2b  # OpenSSL comes with it, and a warm run reads no file

    files: list[ContentFile] = []
    problems: list[Problem] = []
    total = blake2b(digest_size=32)
    for number, layer in enumerate(layers):
        if not _is_readable_folder(layer.folder):
            if layer.name == "workspace":
                what = (
                    "does not exist" if _is_absent(layer.folder) else "is not a folder you can read"
                )
                words = f"this library folder {what}; see TRAJPLAN_LIBRARY"
                problems.append(Problem(display(layer.folder), 1, 1, words))
            continue
        below = _walk(layer.folder)
        problems += below.problems
        for name, path in below.files:
            try:
                # A byte more, so that it is the reader who refuses.
                data = read_file(path, MAX_BYTES + 1)
            except OSError as fault:
                problems.append(_unreadable(path, fault))
                continue
            if data is None:
                continue
            files.append(ContentFile(number, name, path, data))
            label = f"{number}\0{layer.name}\0{name}\0{len(data)}\0"
            total.update(os.fsencode(label))
            total.update(data)
    return ContentFiles(tuple(files), tuple(problems), total.hexdigest())


def looked_at(layers: Sequence[Layer]) -> Iterator[Path]:
    """Every file and folder that decides what `find_files` finds, there or not."""
    for layer in layers:
        yield layer.folder
        yield from (layer.folder / name for name in TOP_FOLDERS)
        if _is_readable_folder(layer.folder):
            below = _walk(layer.folder)
            yield from (path for _, path in below.files)
            yield from below.folders


def display(path: Path) -> str:
    """Return a path for messages: relative to the current folder when below it, else whole."""
    whole = path.absolute()
    try:
        shown = whole.relative_to(Path.cwd())
    except (ValueError, OSError):
        shown = whole
    # A file's name may hold what must not reach a terminal, or bytes that are no text.
    text = str(shown).encode("utf-8", "replace").decode("utf-8")
    return STEERING.sub("?", text.replace("\n", "?").replace("\t", "?"))


class _Below(Struct, frozen=True):
    """What stands below a layer's folders."""

    files: list[tuple[str, Path]] = []
    """The YAML files by name."""
    folders: list[Path] = []
    """Each real folder, once."""
    problems: list[Problem] = []


def _walk(folder: Path) -> _Below:
    """Look for the YAML files of a layer; each real folder is entered once."""
    below = _Below()
    entered: set[tuple[int, int]] = set()
    waiting = [
        (name, folder / name, 1) for name in reversed(TOP_FOLDERS) if (folder / name).is_dir()
    ]
    while waiting:
        name, path, depth = waiting.pop()
        try:
            status = path.stat()
            # Symbolic links may lead back to where they stand.
            if (status.st_dev, status.st_ino) in entered:
                continue
            entered.add((status.st_dev, status.st_ino))
            below.folders.append(path)
            folders, files = _names_in(path)
        except OSError as fault:
            below.problems.append(_unreadable(path, fault))
            continue
        if depth < _MAX_DEPTH:
            waiting += [(f"{name}/{inner}", path / inner, depth + 1) for inner in folders]
        below.files.extend((f"{name}/{file}", path / file) for file in files)
        if len(below.files) > _MAX_FILES:
            words = f"more than {_MAX_FILES} YAML files; is this really a library folder?"
            below.problems.append(Problem(display(folder), 1, 1, words))
            below.files.clear()
            break
    below.files.sort()
    return below


def _names_in(path: Path) -> tuple[list[str], list[str]]:
    """Return the folders and the YAML files in a folder; hidden ones are passed over."""
    with os.scandir(path) as listing:
        entries = [entry for entry in listing if not entry.name.startswith(".")]
    folders = [entry.name for entry in entries if _is_folder(entry)]
    names = {entry.name for entry in entries} - {*folders}
    # Folders wait on a stack; of two ways to one folder, the first by name is taken.
    files = [name for name in names if name.lower().endswith(SUFFIXES)]
    return sorted(folders, reverse=True), files


def _is_readable_folder(folder: Path) -> bool:
    try:
        return folder.is_dir() and os.access(folder, os.R_OK | os.X_OK)
    except (OSError, ValueError):
        return False


def _is_absent(folder: Path) -> bool:
    try:
        return not folder.exists()
    except (OSError, ValueError):
        return False


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False  # a link that leads to itself; reading it as a file will say so


def _unreadable(path: Path, fault: OSError) -> Problem:
    reason = (fault.strerror or "unknown reason").lower()
    return Problem(display(path), 1, 1, f"cannot be read: {reason}")
