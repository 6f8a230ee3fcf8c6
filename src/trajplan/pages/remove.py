"""What `remove` took out of the records, and how long it can be brought back."""

from __future__ import annotations

from trajplan.actions.remove import REMOVED, Removal
from trajplan.pages.document import Document, client_data
from trajplan.pages.page import Page, labelled, sentence
from trajplan.records.model import TABLES, WorksheetAnswers
from trajplan.records.recorder import KEPT
from trajplan.records.words import words_of
from trajplan.text import plural


def removed_page(removal: Removal) -> Document:
    """What is gone, whose it was, and until when `undo` brings it back."""
    return Document(
        page=lambda: _removed(removal),
        data=lambda: {
            **client_data(removal.dossier.client),
            "removed": type(removal.record).noun,
            "id": removal.number,
            "text": _said(removal),
            "with_it": dict(removal.with_it),
            "plans_reworded": removal.reworded,
        },
    )


def _removed(removal: Removal) -> Page:
    return Page.of(
        f"{removal.dossier.client.name} · {type(removal.record).noun} {removal.number} is removed",
        labelled(
            ("It said", _said(removal)),
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


def _said(removal: Removal) -> str:
    """Its first words; of a form, its title."""
    record = removal.record
    if isinstance(record, WorksheetAnswers):
        return record.title
    return next((words for _, words in words_of(record)), "")


def _with_it(removal: Removal) -> str:
    return ", ".join(
        plural(removal.with_it[table], kind.noun, kind.nouns)
        for kind, table in TABLES.items()
        if kind.noun and table in removal.with_it
    )
