"""Files of the coach's own: begun as a valid file that explains itself, beside their schema.

Nothing is ever written over.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from msgspec import Struct

from trajplan.actions.context import Context
from trajplan.content.files import display
from trajplan.content.kinds import ACTIVITY, BANK, BLUEPRINT_KINDS, KINDS, PROMPT, not_an_id
from trajplan.content.library import Library
from trajplan.content.loader import builtin_folder
from trajplan.content.model import PROMPT_SHAPES
from trajplan.content.schemas import schema_of, schema_of_all, schema_text
from trajplan.errors import CannotDo, NotFound, StoreFault, UsageFault
from trajplan.settings import local_path
from trajplan.system import create_file, make_folder, write_file
from trajplan.text import require_utf8

SCHEMAS = "schemas"
_SCAFFOLDS = Path(__file__).parent.parent / "content" / "scaffolds"


class Scaffold(Struct, frozen=True):
    """A file that was begun, and what to say beside it."""

    path: Path
    notes: tuple[str, ...]


def new_file(context: Context, name: str, kind: str, *, title: str, output: str | None) -> Scaffold:
    """Write a valid file of a kind into the coach's own folder, or to `output`.

    Raises UsageFault for a name that cannot be an id, CannotDo when the file or the id is there
    already, NotFound for a prompt nothing fills, StoreFault.
    """
    _check_id(name, kind)
    if output:
        path = local_path(output)
    else:
        path = context.settings.user_library / KINDS[kind].folder / f"{name}.yaml"
    notes = _notes_on_built_in(context.library, name, kind, path)
    words = require_utf8(title, "title") or re.sub("[-_]", " ", name).capitalize()
    body = _built_in_prompt(name) if kind == PROMPT else _scaffold(kind)
    text = body.replace("@id@", name).replace("@title@", _as_yaml(words))
    reference = schema_reference(path, kind)
    write_new(path, f"# yaml-language-server: $schema={reference}\n{text}" if reference else text)
    try:
        write_schema(path, kind)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    noun = "questions" if kind == BANK else "blueprints"
    notes.append(f"next: change it, then trajplan {noun} check {display(path)}")
    return Scaffold(path, tuple(notes))


def _check_id(name: str, kind: str) -> None:
    if kind == PROMPT:
        if name not in PROMPT_SHAPES:
            raise NotFound.among("prompt that anything fills", name, PROMPT_SHAPES)
        return
    if letters := not_an_id(name, underscores=kind == ACTIVITY):
        raise UsageFault(f"`{name}` is not an id; use {letters}")


def _notes_on_built_in(library: Library, name: str, kind: str, path: Path) -> list[str]:
    """What to say of a built-in file of this id. Raises CannotDo where the two would clash."""
    source = library.sources.get((kind, name))
    if source is not None and source.layer != "built-in":
        raise CannotDo(f"{kind} `{name}` already exists: {display(source.path)}")
    if kind == BANK:
        clash = [
            (question, bank)
            for question, (_, bank, _) in library.questions.items()
            if bank != name and question.startswith(f"{name}-")
        ]
        if clash:
            question, bank = clash[0]
            raise CannotDo(
                f"questions of bank `{bank}` begin with `{name}-` too (`{question}`); "
                "choose another id"
            )
    if source is None:
        return []
    return [f"{path.name} replaces the built-in {kind} `{name}` once it is in a folder of your own"]


def _as_yaml(words: str) -> str:
    from trajplan.importing.write import yaml_scalar

    return yaml_scalar(" ".join(words.split()))


def _scaffold(kind: str) -> str:
    return (_SCAFFOLDS / f"{kind}.yaml").read_text(encoding="utf-8")


def _built_in_prompt(name: str) -> str:
    """The built-in prompt as it is, with a word on what may stand in it."""
    shipped = builtin_folder() / KINDS[PROMPT].folder / f"{name}.yaml"
    body = "".join(
        line
        for line in shipped.read_text(encoding="utf-8").splitlines(keepends=True)
        if not line.startswith("# yaml-language-server")
    )
    shape = PROMPT_SHAPES[name]
    fields = ", ".join(f"{{{field}}}" for field in shape.fields) or "nothing"
    head = (
        "# Words the program says with the client's records in them, as they are built in.\n"
        f"# A text for each of: {', '.join(shape.cases)}.\n"
        f"# Filled in: {fields}.\n"
    )
    return head + body


def write_new(path: Path, text: str) -> None:
    """Write a file that is not there yet, for its owner alone. Raises CannotDo, StoreFault."""
    try:
        make_folder(path.parent)
        handle = create_file(path)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
        except BaseException:
            # Half a file would only be in the way of the next attempt.
            path.unlink(missing_ok=True)
            raise
    except FileExistsError:
        raise CannotDo(f"there is already a file `{path}`; nothing was written") from None
    except OSError as fault:
        raise StoreFault(f"`{path}` cannot be written: {fault.strerror}") from fault


def refuse_existing(name: str) -> None:
    """Raise CannotDo when a file of this name is there already."""
    if local_path(name).exists():
        raise CannotDo(f"there is already a file `{name}`; --overwrite writes over it")


def schema_for(kind: str | None) -> Mapping[str, Any]:
    """The schema of one kind, or one for every kind that is no bank."""
    return schema_of(kind) if kind else schema_of_all(BLUEPRINT_KINDS)


def schema_reference(path: Path | None, kind: str) -> str:
    """Where an editor finds the schema of a file at `path`: relative, as in the shipped files.

    Empty for a file outside a content folder: there no place is sure to stay where it is.
    """
    root = _content_root(path, kind) if path else None
    if root is None:
        return ""
    ups = "../" * len(PurePosixPath(KINDS[kind].folder).parts)
    return f"{ups}{SCHEMAS}/{kind}.json"


def write_schema(path: Path, kind: str) -> None:
    """Put the schema where the file at `path` looks for it. Raises StoreFault."""
    root = _content_root(path, kind)
    if root is None:
        return
    schema = root / SCHEMAS / f"{kind}.json"
    # Bytes: what lies there may be no text at all.
    data = schema_text(kind).encode("utf-8")
    try:
        # A checkout and an older copy hold the same or the former one; both may be read only.
        if schema.exists() and schema.read_bytes() == data:
            return
        make_folder(schema.parent)
        write_file(schema, data)
    except OSError as fault:
        raise StoreFault(f"`{schema}` cannot be written: {fault.strerror}") from fault


def _content_root(path: Path, kind: str) -> Path | None:
    """The content folder a file lies in, if it lies where files of its kind belong."""
    parts = PurePosixPath(KINDS[kind].folder).parts
    folder = path.expanduser().absolute().parent
    if folder.parts[-len(parts) :] != parts:
        return None
    return folder.parents[len(parts) - 1]
