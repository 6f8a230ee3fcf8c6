"""What `remove` took out of the records, and how long it can be brought back."""

from __future__ import annotations

from trajplan.actions.remove import REMOVED, Removal
from trajplan.pages.document import Document, client_data
from trajplan.pages.page import Page, labelled, sentence
from trajplan.records.model import TABLES
from trajplan.records.recorder import KEPT
from trajplan.text import plural


def removed_page(removal: Removal) -> Document:
    """What is gone, whose it was, and until when `undo` brings it back."""
    return Document(
        page=lambda: _removed(removal),
        data=lambda: {
            **client_data(removal.dossier.client),
            "removed": removal.what,
            "text": removal.said,
            "with_it": dict(removal.with_it),
            "plans_reworded": removal.reworded,
        },
    )


def _removed(removal: Removal) -> Page:
    return Page.of(
        f"{removal.dossier.client.name} · {removal.what} is removed",
        labelled(
            ("It said", removal.said),
            ("With it", _with_it(removal)),
            ("Plans of held sessions", _reworded(removal.reworded)),
            ("To bring it back", sentence("`trajplan undo`, before you change anything else")),
            (
                "In the file",
                sentence(
                    f"until {KEPT} further commands have changed something;"
                    " `trajplan undo --forget` removes it for good at once"
                ),
            ),
        ),
    )


def _reworded(count: int) -> str:
    if not count:
        return ""
    return f"{count} quoted it, and say {REMOVED} there now"


def _with_it(removal: Removal) -> str:
    return ", ".join(
        plural(removal.with_it[table], kind.noun, kind.nouns)
        for kind, table in TABLES.items()
        if kind.noun and table in removal.with_it
    )
