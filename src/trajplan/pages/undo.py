"""What `undo` and `remove` took back or out, and what can be taken back next (R138)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from trajplan.actions.remove import REMOVED, Removal
from trajplan.actions.undo import TakenBack, UndoList
from trajplan.dates import short_date
from trajplan.pages.document import ITSELF, Document, client_data
from trajplan.pages.page import Column, Line, Page, Text, code, labelled, listed, sentence
from trajplan.records.kinds import TABLES
from trajplan.records.model.journeys import Client
from trajplan.records.recorder import KEPT
from trajplan.records.undo import UndoEntry
from trajplan.text import plural

DRAFT = sentence("is a form again, and `trajplan wrap` for this session offers it")
UNDRAFTED = sentence(
    "is no form again, since one begun before waits; `trajplan undo --redo` brings it back as long"
    " as nothing else is written"
)
NOTHING = "There is no command to take back."


def undone_page(taken: TakenBack) -> Document:
    """What was taken back."""
    return Document(
        page=lambda: _undone(taken),
        data=lambda: {
            **_data(taken.entry, taken.client),
            "brought_back": taken.redo,
            "ratings_withdrawn": taken.withdrawn,
            "left": len(taken.left.entries),
        },
    )


def _undone(taken: TakenBack) -> Page:
    act, what = ("brought back", "It has") if taken.redo else ("taken back", "It had")
    back = "" if taken.redo else sentence("`trajplan undo --redo`, before you change anything else")
    return Page.of(
        (f"{_whose(taken.client)} · {act}: ", code(taken.entry.command)),
        labelled(
            (what, taken.entry.changes),
            ("On", _day(taken.entry)),
            ("Ratings", _withdrawn(taken.withdrawn)),
            ("What it held", DRAFT if taken.draft else UNDRAFTED if taken.undrafted else ""),
            ("To bring it back", back),
            ("Another undo", _next(taken.left)),
        ),
    )


def _withdrawn(count: int) -> str:
    if not count:
        return ""
    return f"{plural(count, 'entry', 'entries')} withdrawn: kept in the records, no longer counted"


def _next(left: UndoList) -> Text:
    if not left.entries:
        return "has nothing to take back"
    entry = left.entries[0]
    whose = _whose(_client(left, entry))
    return ("takes back ", code(entry.command), f" · {whose} · {_day(entry)}")


def undo_list_page(undo_list: UndoList) -> Document:
    """The commands that can be taken back, the last one first."""
    return Document(
        page=lambda: Page.of(
            "What can be taken back, the last first",
            listed(
                ("", Column("command", whole=True), "client", "on", "what it did"),
                (
                    (
                        str(position),
                        entry.command,
                        _whose(_client(undo_list, entry)),
                        _day(entry),
                        entry.changes,
                    )
                    for position, entry in enumerate(undo_list.entries, 1)
                ),
                NOTHING,
            ),
            Line(
                sentence(
                    f"`trajplan undo` takes back the first. The last {KEPT} commands stay here; "
                    "`trajplan undo --forget` clears the list."
                )
            ),
        ),
        data=lambda: [_data(entry, _client(undo_list, entry)) for entry in undo_list.entries],
        rows=ITSELF,
    )


def forgotten_page(count: int) -> Document:
    """The list was cleared."""
    return Document(
        page=lambda: Page.of(
            "Nothing can be taken back any more",
            labelled(
                ("Cleared", plural(count, "command")),
                ("Removed for good", "what those commands had removed or replaced"),
                ("Out of reach", "backups, exports and other copies of the practice"),
            ),
        ),
        data=lambda: {"cleared": count},
    )


def _client(undo_list: UndoList, entry: UndoEntry) -> Client | None:
    return undo_list.clients.get(entry.client_id or 0)


def _whose(client: Client | None) -> str:
    return client.name if client else "Your own records"


def _day(entry: UndoEntry) -> str:
    return short_date(dt.date.fromisoformat(entry.done))


def _data(entry: UndoEntry, client: Client | None) -> dict[str, Any]:
    return {
        "command": entry.command,
        "client": client.slug if client else None,
        "client_name": client.name if client else None,
        "date": entry.done,
        "changes": entry.changes,
    }


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
