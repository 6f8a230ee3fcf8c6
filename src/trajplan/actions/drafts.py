"""What was typed into an editor and could not be kept: files beside the practice, named for whom.

A dot stands in no slug and in no worksheet's id, so a name says beyond doubt whose a draft is.
"""

from __future__ import annotations

from pathlib import Path

from trajplan.actions.context import Context
from trajplan.records import faults


def draft_path(context: Context, slug: str, worksheet: str) -> Path:
    """Where a client's unfinished worksheet is set aside."""
    return context.practice.parent / f"{_beginning(slug)}{worksheet}.md"


def drafts_of(context: Context, slug: str) -> tuple[Path, ...]:
    """Return what lies set aside for a client, by name. Raises StoreFault."""
    with faults.in_files(context.practice):
        if not context.practice.parent.is_dir():
            return ()
        every = sorted(context.practice.parent.iterdir())
    return tuple(one for one in every if one.name.startswith(_beginning(slug)))


def _beginning(slug: str) -> str:
    return f"unfinished.{slug}."
