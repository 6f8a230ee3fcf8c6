"""A PDF as a reader of files sees it: its sheets, words, fonts and what it says of itself."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject

FOOT = re.compile(r"(?:continues on page \d+\s*)?page \d+ of \d+\s*$")


class Paper:
    """A PDF that was printed here."""

    def __init__(self, data: bytes) -> None:
        assert data.startswith(b"%PDF-")
        self.data = data
        self.reader = PdfReader(io.BytesIO(data))

    @cached_property
    def sheets(self) -> list[str]:
        """What stands on each sheet."""
        return [page.extract_text() for page in self.reader.pages]

    @property
    def title(self) -> str:
        metadata = self.reader.metadata
        return (metadata.title if metadata else None) or ""

    @property
    def words(self) -> str:
        """What it says, without the title that each further sheet repeats and without its foot."""
        sheets = []
        for number, sheet in enumerate(self.sheets):
            text = FOOT.sub("", sheet)
            if number:
                heading = r"\s*".join(re.escape(word) for word in self.title.split())
                text = re.sub(rf"^\s*{heading}", "", text)
            sheets.append(text)
        return "\n".join(sheets)

    @property
    def pictures(self) -> list[str]:
        """What each picture says to a person who does not see it."""
        return list(_alternatives(self.reader.root_object["/StructTreeRoot"]))

    @property
    def fonts(self) -> dict[str, bool]:
        """Every font it uses, and whether its letters are in the file."""
        return dict(font for page in self.reader.pages for font in _fonts(page))


def _alternatives(element: Any) -> Iterator[str]:
    element = element.get_object()
    if isinstance(element, list):
        for child in element:
            yield from _alternatives(child)
    elif isinstance(element, dict):
        if "/Alt" in element:
            yield element["/Alt"]
        yield from _alternatives(element.get("/K", ArrayObject()))


def _fonts(page: Any) -> Iterator[tuple[str, bool]]:
    resources = page["/Resources"]
    for font in resources.get("/Font", {}).values():
        inner = font["/DescendantFonts"][0] if "/DescendantFonts" in font else font
        about = inner["/FontDescriptor"]
        yield font["/BaseFont"], bool({"/FontFile", "/FontFile2", "/FontFile3"} & set(about))
    for picture in resources.get("/XObject", {}).values():
        if "/Resources" in picture:
            yield from _fonts(picture)
