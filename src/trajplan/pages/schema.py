"""A JSON Schema as a document: JSON, whatever the place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from trajplan.pages.document import Document
from trajplan.pages.text import json_text


def schema_page(schema: Mapping[str, Any]) -> Document:
    """The schema; it has no other form than JSON."""
    text = f"{json_text(schema)}\n"
    return Document(markdown=lambda: text, terminal=lambda: text, data=lambda: schema)
