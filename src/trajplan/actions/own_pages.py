"""Pages in the coach's own words: which there are, and the templates in their place (R152)."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from trajplan.actions.context import Context
from trajplan.actions.own_files import write_new
from trajplan.actions.sources import decode, read_source
from trajplan.errors import NotFound
from trajplan.settings import Settings

TEMPLATES = {
    "agenda": "agenda.md",
    "sheet": "sheet.md",
    "rating-card": "rating-card.md",
    "recap": "recap.txt",
    "career-os": "career-os.md",
    "follow-up": "afterwards.md",
    "weekly-review": "afterwards.md",
    "retreat": "afterwards.md",
}
"""Pages that a template can take the place of, and the built-in template to begin with."""
_BUILT_IN = Path(__file__).parent.parent / "content" / "templates"


class Template(Struct, frozen=True):
    """A template's text, and the file a fault in it is reported with."""

    file: str
    text: str


class OwnPage(Struct, frozen=True, kw_only=True):
    """A page that can be rewritten."""

    name: str
    path: str
    """Where the coach's own template lies, or would lie."""
    own: bool
    """Whether it is there."""


def list_pages(context: Context) -> tuple[OwnPage, ...]:
    """Every page that can be rewritten."""
    return tuple(
        OwnPage(name=name, path=str(path), own=path.exists())
        for name in TEMPLATES
        for path in [_place(context.settings, name)]
    )


def copy_page(context: Context, name: str) -> Path:
    """Put the built-in template of a page into the coach's own folder, to be changed there.

    Raises NotFound for what is no such page, CannotDo where a template is there already,
    StoreFault.
    """
    if name not in TEMPLATES:
        raise NotFound.among("page", name, TEMPLATES)
    path = _place(context.settings, name)
    write_new(path, (_BUILT_IN / TEMPLATES[name]).read_text(encoding="utf-8"))
    return path


def own_template(settings: Settings, name: str, language: str) -> Template | None:
    """The coach's own template of a page, one in the client's language first: `agenda.de.md`. None
    where it is the built-in page, or one that no template can take the place of.

    Raises InvalidContent for what is no text, StoreFault.
    """
    if name not in TEMPLATES:
        return None
    path = _place(settings, name)
    for own in (path.with_suffix(f".{language}{path.suffix}"), path):
        if own.exists():
            return _read(own)
    return None


def built_in_template(name: str, language: str) -> Template:
    """The template that a page is made with, in its language where there is one."""
    path = _BUILT_IN / TEMPLATES[name]
    spoken = path.with_suffix(f".{language}{path.suffix}")
    return _read(spoken if spoken.exists() else path)


def _place(settings: Settings, name: str) -> Path:
    return settings.user_library / "templates" / (name + Path(TEMPLATES[name]).suffix)


def _read(path: Path) -> Template:
    return Template(str(path), decode(*read_source(str(path))))
