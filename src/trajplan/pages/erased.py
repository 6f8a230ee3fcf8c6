"""Erasing a client: what is said before, and what was deleted."""

from __future__ import annotations

from trajplan.actions.practice import Erasure
from trajplan.pages.document import Document
from trajplan.pages.listing import Card, card, section
from trajplan.text import plural

_OUT_OF_REACH = (
    "backups and other copies of the practice",
    "pages that were printed, sent or written to files",
    "exports",
    "what was typed about this person elsewhere: with another client, in the name of days off",
    "what the disk itself may keep of overwritten files",
)
_WORDS = {"tci_entries": "TCI entries", "last_numbers": "running numbers"}
_ASIDE = "clients"
"""The row of the client, who is named already."""


def erase_warning(found: Erasure) -> tuple[str, ...]:
    """What a person reads before typing the slug."""
    slug = found.client.slug
    return (
        f"{found.client.name} ({slug}) · everything, in every session: {_told(found)}",
        f"Erasing cannot be undone. `trajplan practice export --client {slug} -o FILE` keeps it.",
        f"Out of reach: {'; '.join(_out_of_reach(found))}.",
    )


def erased_page(found: Erasure) -> Document:
    """What was deleted, and what could not be."""
    out_of_reach = _out_of_reach(found)
    total = plural(sum(found.counts.values()), "record")
    return card(
        Card(
            title=f"{found.client.name} ({found.client.slug}) · erased, with every session",
            pairs=(
                ("Deleted", f"{total}; this cannot be undone"),
                ("Deleted beside it", ", ".join(found.drafts)),
                ("Out of reach", "; ".join(out_of_reach)),
                ("Current client", _now(found)),
            ),
            below=section(
                "Records deleted",
                ("What", "How many"),
                tuple((_word(table), str(count)) for table, count in found.counts.items()),
            ),
            data={
                "client": found.client.slug,
                "client_name": found.client.name,
                "deleted": dict(found.counts),
                "drafts_deleted": list(found.drafts),
                "out_of_reach": list(out_of_reach),
                "current_client": found.current,
            },
        )
    )


def _told(found: Erasure) -> str:
    """`33 records (engagements 1, sessions 12)`, and the drafts."""
    parts = [f"{_word(table)} {count}" for table, count in found.counts.items() if table != _ASIDE]
    records = plural(sum(found.counts.values()), "record")
    return ", ".join([f"{records} ({', '.join(parts)})" if parts else records, *found.drafts])


def _out_of_reach(found: Erasure) -> tuple[str, ...]:
    return (*(f"the conflicted copy {one}" for one in found.copies), *_OUT_OF_REACH)


def _word(table: str) -> str:
    return _WORDS.get(table, table.replace("_", " "))


def _now(found: Erasure) -> str:
    if found.current:
        return found.current
    if len(found.left) > 1:
        return "none; trajplan use chooses one"
    return found.left[0] if found.left else "none is left"
