"""An export as a document: JSON, whatever the place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from trajplan.pages.document import Document
from trajplan.pages.text import json_text
from trajplan.text import plural


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What was read for an export, and what a coach should know of it."""

    data: Mapping[str, Any]
    whose: str
    """Name and slug, or `every client`."""
    records: int
    drafts: tuple[str, ...]
    """Files beside the practice that are not in it, by name."""


def export_page(found: Exported) -> Document:
    """The export; it has no other form than JSON."""
    text = f"{json_text(found.data)}\n"
    return Document(markdown=lambda: text, terminal=lambda: text, data=lambda: found.data)


def export_notes(found: Exported) -> tuple[str, ...]:
    """What is said beside it."""
    notes = [
        f"{found.whose}: {plural(found.records, 'record')}, with working notes where there are any;"
        " as confidential as the practice"
    ]
    if found.drafts:
        notes.append(f"not in it, as it was never kept: {', '.join(found.drafts)}")
    return tuple(notes)
