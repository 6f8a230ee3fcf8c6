"""What an undo took back, and what can be taken back next; none of the client's words."""

from __future__ import annotations

import datetime as dt
from typing import Any

from trajplan.actions.undo import TakenBack, UndoList
from trajplan.dates import short_date
from trajplan.pages.document import ITSELF, Document
from trajplan.pages.page import Column, Line, Page, Text, code, labelled, listed, sentence
from trajplan.records.model import Client
from trajplan.records.recorder import KEPT
from trajplan.records.undo import UndoEntry
from trajplan.text import plural

DRAFT = sentence("is a form again, and `trajplan wrap` for this session offers it")
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
            ("What it held", DRAFT if taken.draft else ""),
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
