"""One worksheet with a field of every kind, read from the example file."""

from __future__ import annotations

from pathlib import Path

from trajplan.content.build import build_one
from trajplan.content.worksheet_model import Worksheet

FILE = Path(__file__).parents[2] / "content/valid/blueprints/worksheets/small.yaml"


def from_yaml(text: str) -> Worksheet:
    """The worksheet a YAML text describes; it must be without fault."""
    _, found, problems = build_one(text.encode(), "blueprints/worksheets/some.yaml")
    assert problems == ()
    assert isinstance(found, Worksheet)
    return found


SHEET = from_yaml(FILE.read_text())
