"""How pages that are handed over look, and when they were made."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal

from msgspec import Struct

from trajplan.content.labels import ENGLISH, Words
from trajplan.errors import CannotDo, NotFound, StoreFault
from trajplan.settings import Paper
from trajplan.text import pattern

LogoForm = Literal["png", "jpeg", "svg"]
STARTS: Mapping[LogoForm, bytes] = {"png": b"\x89PNG\r\n\x1a\n", "jpeg": b"\xff\xd8\xff"}
"""What a picture's file begins with."""
MOST_BYTES = 256 * 1024
_SVG = pattern(r"\s*(<\?xml[^>]*>|<!--.*?-->|\s)*<svg[\s>]", re.DOTALL)
_FETCHES = pattern(
    r"<!(?!--)|<(script|foreignObject|image|style)\b|\bon\w+\s*=|href\s*=\s*[\"'](?!#)|url\((?!#)",
    re.IGNORECASE,
)
"""What an SVG may not hold: another document, a script, or anything from elsewhere."""


class Logo(Struct, frozen=True):
    """A picture as it lay in its file."""

    form: LogoForm
    data: bytes


def read_logo(path: Path) -> Logo:
    """The coach's logo, never more than it may have.

    Raises NotFound, StoreFault, and CannotDo for what is no picture or fetches something.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise NotFound(f"the logo `{path}` of settings.toml is not there") from None
    except OSError as fault:
        raise StoreFault(f"the logo `{path}` cannot be read: {fault.strerror}") from fault
    if len(data) > MOST_BYTES:
        raise CannotDo(f"the logo `{path}` is larger than {MOST_BYTES // 1024} KB")
    for form, start in STARTS.items():
        if data.startswith(start):
            return Logo(form, data)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = ""
    if not _SVG.match(text):
        raise CannotDo(f"the logo `{path}` is no PNG, JPEG or SVG")
    if _FETCHES.search(text):
        raise CannotDo(
            f"the logo `{path}` fetches or runs something; save it as a plain SVG, or as a PNG"
        )
    return Logo("svg", data)


class Look(Struct, frozen=True, kw_only=True):
    """What the forms that have a look of their own share."""

    words: Words = ENGLISH
    """How a page speaks, and what of it the forms say themselves."""
    paper: Paper = "a4"
    """The sheet that a PDF is made for."""
    name: str = ""
    """The coach's, above each page."""
    logo: Logo | None = None
    accent: str = ""
    """Of headings, `#rrggbb`; empty: ours. On a dark screen ours are taken."""
    ink: str = ""
    """Of words."""


class Imprint(Struct, frozen=True, kw_only=True):
    """What a printer may know beside the page."""

    created: dt.datetime
    """By the injected clock, so that the same command makes the same bytes."""
    look: Look
    note: Callable[[str], None]
    """Says to the coach, not on the page, what could not be printed as it is."""
