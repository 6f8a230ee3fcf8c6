"""The practice file itself: where it is, and that it is sound."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from trajplan.actions.practice import PracticeFile
from trajplan.pages.document import Document
from trajplan.pages.listing import Card, card, section
from trajplan.records.model import Client

_UNITS = ("bytes", "KiB", "MiB", "GiB")


def where_page(found: PracticeFile) -> Document:
    """Where the practice is, and whose records it holds."""
    one = found
    return card(
        Card(
            title="Practice",
            pairs=(
                ("File", str(one.path)),
                ("Version", str(one.version)),
                ("Size", size_words(one.size)),
                ("Id", one.practice_id),
                ("Clients", str(len(one.clients))),
                ("Conflicted copies", ", ".join(one.copies)),
            ),
            below=section(
                "Clients", ("Slug", "Name"), tuple((who.slug, who.name) for who in one.clients)
            ),
            data={**_file(one), "clients": [_client(who) for who in one.clients]},
        )
    )


def nowhere_page(path: Path, copies: Sequence[str]) -> Document:
    """Where the practice will be, as long as there is none."""
    return card(
        Card(
            title="Practice",
            pairs=(
                ("File", str(path)),
                ("Now", "not there yet; trajplan new-client starts it"),
                ("Conflicted copies", ", ".join(copies)),
            ),
            data={
                "path": str(path),
                "version": None,
                "size": None,
                "practice_id": None,
                "conflicted_copies": list(copies),
                "clients": [],
            },
        )
    )


def sound_page(found: PracticeFile) -> Document:
    """What was looked at, when nothing is wrong."""
    return card(
        Card(
            title="Practice · all is well",
            pairs=(
                ("File", str(found.path)),
                ("Pages and records", "whole"),
                ("References between records", "whole"),
                ("Who may use it", "you alone"),
                ("Conflicted copies", ", ".join(found.copies)),
            ),
            data={**_file(found), "ok": True},
        )
    )


def size_words(size: int) -> str:
    """`212 KiB`: a size in the largest unit of which there is one."""
    value, unit = size, 0
    while value >= 1024 and unit < len(_UNITS) - 1:
        value, unit = round(value / 1024), unit + 1
    return f"{value} {_UNITS[unit]}"


def _file(found: PracticeFile) -> dict[str, object]:
    return {
        "path": str(found.path),
        "version": found.version,
        "size": found.size,
        "practice_id": found.practice_id,
        "conflicted_copies": list(found.copies),
    }


def _client(who: Client) -> dict[str, str]:
    return {"slug": who.slug, "name": who.name}
