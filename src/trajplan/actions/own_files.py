"""Files of the coach's own: where they go, that nothing is written over, and their schema."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from trajplan.actions.browse import BLUEPRINT_KINDS
from trajplan.content.kinds import KINDS
from trajplan.content.schemas import schema_of, schema_of_all, schema_text
from trajplan.errors import CannotDo, StoreFault
from trajplan.settings import local_path

SCHEMAS = "schemas"


def schema_for(kind: str | None) -> Mapping[str, Any]:
    """The schema of one kind, or one for every kind that is no bank."""
    return schema_of(kind) if kind else schema_of_all(BLUEPRINT_KINDS)


def schema_reference(path: Path | None, kind: str) -> str:
    """Where an editor finds the schema of a file at `path`: relative, as in the shipped files.

    Empty for a file outside a content folder: there no place is sure to stay where it is.
    """
    root = content_root(path, kind) if path else None
    if root is None:
        return ""
    ups = "../" * len(PurePosixPath(KINDS[kind].folder).parts)
    return f"{ups}{SCHEMAS}/{kind}.json"


def content_root(path: Path, kind: str) -> Path | None:
    """The content folder a file lies in, if it lies where files of its kind belong."""
    parts = PurePosixPath(KINDS[kind].folder).parts
    folder = path.expanduser().absolute().parent
    if folder.parts[-len(parts) :] != parts:
        return None
    return folder.parents[len(parts) - 1]


def lay_schema(path: Path, kind: str) -> None:
    """Put the schema where the file at `path` looks for it. Raises StoreFault."""
    root = content_root(path, kind)
    if root is None:
        return
    place = root / SCHEMAS / f"{kind}.json"
    # Bytes: what lies there may be no text at all.
    data = schema_text(kind).encode("utf-8")
    try:
        # A checkout and an older copy hold the same or the former one; both may be read only.
        if place.exists() and place.read_bytes() == data:
            return
        place.parent.mkdir(mode=0o700, exist_ok=True)
        place.write_bytes(data)
    except OSError as fault:
        raise StoreFault(f"`{place}` cannot be written: {fault.strerror}") from fault


def refuse_existing(name: str) -> None:
    """Raise CannotDo when a file of this name is there already."""
    if local_path(name).exists():
        raise CannotDo(f"there is already a file `{name}`; --force writes over it")


def write_new(path: Path, text: str) -> None:
    """Write a file that is not there yet, for its owner alone. Raises CannotDo, StoreFault."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
        except BaseException:
            # Half a file would only be in the way of the next attempt.
            path.unlink(missing_ok=True)
            raise
    except FileExistsError:
        raise CannotDo(f"there is already a file `{path}`; nothing was written") from None
    except OSError as fault:
        raise StoreFault(f"`{path}` cannot be written: {fault.strerror}") from fault
