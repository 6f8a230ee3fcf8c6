"""`questions new` and `blueprints new`: a valid file to begin with, which explains itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from trajplan.actions.context import Context
from trajplan.actions.own_files import lay_schema, schema_reference, write_new
from trajplan.content.files import display
from trajplan.content.kinds import KINDS, PROMPT
from trajplan.content.library import Library
from trajplan.content.loader import builtin_folder
from trajplan.content.model import PROMPT_SHAPES
from trajplan.errors import CannotDo, NotFound, UsageFault
from trajplan.settings import local_path
from trajplan.text import require_utf8

_TEMPLATES = Path(__file__).parent.parent / "content" / "scaffolds"
_SLUG = re.compile("[a-z0-9][a-z0-9-]*")
_NAME = re.compile("[a-z0-9][a-z0-9_-]*")


@dataclass(frozen=True, slots=True)
class Scaffold:
    """A file that was begun, and what to say beside it."""

    path: Path
    notes: tuple[str, ...]


def new_file(
    context: Context, name: str, kind: str, *, title: str = "", output: str | None = None
) -> Scaffold:
    """Write a valid file of a kind into the coach's own folder, or to `output`.

    Raises UsageFault for what is no id, CannotDo when the file or the id is there already,
    NotFound for a prompt nothing fills, StoreFault.
    """
    _check_id(name, kind)
    library = context.library
    path = local_path(output) if output else context.settings.user_library / KINDS[kind].folder
    path = path if output else path / f"{name}.yaml"
    notes = _place(library, name, kind, path)
    words = _yaml_title(
        require_utf8(title, "title") or name.replace("-", " ").replace("_", " ").capitalize()
    )
    body = _prompt(name) if kind == "prompt" else _template(kind)
    text = body.replace("@id@", name).replace("@title@", words)
    reference = schema_reference(path, kind)
    write_new(path, f"# yaml-language-server: $schema={reference}\n{text}" if reference else text)
    try:
        lay_schema(path, kind)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    noun = "questions" if kind == "question-bank" else "blueprints"
    shown = display(path)
    notes.append(f"next: change it, then trajplan {noun} check {shown}")
    return Scaffold(path, tuple(notes))


def _check_id(name: str, kind: str) -> None:
    if kind == "prompt":
        if name not in PROMPT_SHAPES:
            raise NotFound.among("prompt that anything fills", name, PROMPT_SHAPES)
        return
    if not (_NAME if kind == "activity" else _SLUG).fullmatch(name):
        also = ", hyphens and underscores" if kind == "activity" else " and hyphens"
        raise UsageFault(f"`{name}` is no id: small letters, digits{also} make one")


def _place(library: Library, name: str, kind: str, path: Path) -> list[str]:
    """What to say of a built-in thing of this id. Raises CannotDo where the two would clash."""
    source = library.sources.get((kind, name))
    if source is not None and source.layer != "built-in":
        raise CannotDo(f"{kind} `{name}` is there already: {display(source.path)}")
    if kind == "question-bank":
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
    return [f"{path.name} takes the place of the built-in {kind} `{name}` once it lies in a folder "
            "of your own"]  # fmt: skip


def _yaml_title(words: str) -> str:
    from trajplan.importing.write import quoted

    return quoted(" ".join(words.split()))


def _template(kind: str) -> str:
    return (_TEMPLATES / f"{kind}.yaml").read_text(encoding="utf-8")


def _prompt(name: str) -> str:
    """The built-in prompt as it is, with a word on what may stand in it."""
    shipped = builtin_folder() / KINDS[PROMPT].folder / f"{name}.yaml"
    body = "".join(
        line
        for line in shipped.read_text(encoding="utf-8").splitlines(keepends=True)
        if not line.startswith("# yaml-language-server")
    )
    shape = PROMPT_SHAPES[name]
    fields = ", ".join(f"{{{one}}}" for one in shape.fields) or "nothing"
    head = (
        "# Words the program says with the client's records in them, as they are built in.\n"
        f"# A text for each of: {', '.join(shape.cases)}.\n"
        f"# Filled in: {fields}.\n"
    )
    return head + body
