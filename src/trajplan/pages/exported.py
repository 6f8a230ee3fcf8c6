"""An export as a document: JSON, whatever the place."""

from __future__ import annotations

from trajplan.actions.practice import Export
from trajplan.pages.document import Document
from trajplan.pages.text import json_text
from trajplan.text import plural


def export_page(found: Export) -> Document:
    """The export; it has no other form than JSON."""
    text = f"{json_text(found.data)}\n"
    return Document(markdown=lambda: text, terminal=lambda: text, data=lambda: found.data)


def export_notes(found: Export) -> tuple[str, ...]:
    """What is said beside it."""
    notes = [
        f"{found.whose}: {plural(found.records, 'record')}, with working notes where there are any;"
        " as confidential as the practice"
    ]
    if found.drafts:
        notes.append(f"not in it, as it was never kept: {', '.join(found.drafts)}")
    return tuple(notes)
