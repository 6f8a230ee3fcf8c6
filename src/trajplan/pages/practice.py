"""The practice: where it is, that it is sound, what export and erase say, and how long each
client's records are kept (R156)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from trajplan.actions.import_practice import PracticeImport
from trajplan.actions.practice import ClientRetention, Erasure, Export, PracticeFile, Retention
from trajplan.dates import short_date
from trajplan.pages.document import Document, client_data, fields_data, json_text
from trajplan.pages.page import (
    Block,
    Bullets,
    Item,
    Page,
    Text,
    code,
    labelled,
    listed,
    section,
    sentence,
)
from trajplan.system import has_modes
from trajplan.text import few, plural

RIGHTS_OF_FOLDER = "whoever may use its folder; its Properties, under Security, name them"
SIZE_UNITS = ("bytes", "KiB", "MiB", "GiB")
OUT_OF_REACH = (
    "copies of the practice elsewhere, such as on a USB stick",
    "pages that were printed, sent or written to files",
    "exports and notes vaults",
    "what was typed about this person elsewhere: with another client, in the name of days off",
    "what the disk itself may keep of overwritten files",
)
TABLE_NAMES = {"tci_entries": "TCI entries", "last_numbers": "running numbers"}
"""Those that read badly with their underscores replaced."""
CLIENT_TABLE = "clients"
"""Its row is the client, who is named already."""


def where_page(practice: PracticeFile) -> Document:
    """Where the practice is, and whose records it holds."""
    return Document(
        page=lambda: _where(practice),
        data=lambda: {
            **_file_data(practice),
            "clients": [{"slug": client.slug, "name": client.name} for client in practice.clients],
        },
    )


def _where(practice: PracticeFile) -> Page:
    return Page.of(
        "Practice",
        labelled(
            ("File", str(practice.path)),
            ("Version", str(practice.version)),
            ("Size", file_size(practice.size)),
            ("Id", practice.practice_id),
            ("Clients", str(len(practice.clients))),
            ("Copies", _backups(practice)),
            ("Conflicted copies", ", ".join(practice.copies)),
        ),
        *section(
            "Clients",
            ("Slug", "Name"),
            ((client.slug, client.name) for client in practice.clients),
        ),
    )


def nowhere_page(path: Path, copies: Sequence[str]) -> Document:
    """Where the practice will be, as long as there is none."""
    rows: list[tuple[str, Text]] = [
        ("File", str(path)),
        ("Now", sentence("not there yet; `trajplan new-client` starts it")),
        ("Conflicted copies", ", ".join(copies)),
    ]
    return Document(
        page=lambda: Page.of("Practice", labelled(*rows)),
        data=lambda: {
            "path": str(path),
            "version": None,
            "size": None,
            "practice_id": None,
            "conflicted_copies": copies,
            "clients": [],
        },
    )


def sound_page(practice: PracticeFile) -> Document:
    """What was looked at, when nothing is wrong."""
    rows: list[tuple[str, Text]] = [
        ("File", str(practice.path)),
        ("Pages and records", "whole"),
        ("References between records", "whole"),
        ("Who may use it", "you alone" if has_modes() else RIGHTS_OF_FOLDER),
        ("Copies", _backups(practice)),
        ("Conflicted copies", ", ".join(practice.copies)),
        ("Unfinished, not saved yet", ", ".join(practice.drafts)),
    ]
    return Document(
        page=lambda: Page.of("Practice · all is well", labelled(*rows)),
        data=lambda: {**_file_data(practice), "ok": True},
    )


def file_size(size: int) -> str:
    """`212 KiB`: bytes in the largest unit of which there is one."""
    value, unit = size, 0
    while value >= 1024 and unit < len(SIZE_UNITS) - 1:
        value, unit = round(value / 1024), unit + 1
    return f"{value} {SIZE_UNITS[unit]}"


def _file_data(practice: PracticeFile) -> dict[str, Any]:
    return {
        "path": str(practice.path),
        **fields_data(practice, "version", "size", "practice_id"),
        "conflicted_copies": practice.copies,
        **fields_data(practice, "drafts", "backups"),
    }


def _backups(practice: PracticeFile) -> Text:
    """How many copies there are and which is the newest."""
    if not practice.backups:
        return ("none yet; ", code("trajplan practice backup"), " makes one")
    return f"{len(practice.backups)}, the newest {practice.backups[0]}"


def export_text(export: Export) -> Iterator[str]:
    """An export as JSON, piece by piece: a client at a time."""
    head, empty, tail = json_text(export.frame).partition('\n  "clients": []')
    if not export.clients:
        yield f"{head}{empty}{tail}\n"
        return
    yield f'{head}\n  "clients": ['
    for number, client in enumerate(export.clients):
        data = json_text(json.loads(client)).replace("\n", "\n    ")
        yield f"{',' if number else ''}\n    {data}"
    yield f"\n  ]{tail}\n"


def export_notes(export: Export) -> tuple[str, ...]:
    """What is said beside an export."""
    notes = [
        f"{export.whose}: {plural(export.records, 'record')}, with working notes where there are "
        "any; as confidential as the practice"
    ]
    if export.unreadable:
        notes.append(
            f"{plural(len(export.unreadable), 'record')} cannot be read in full, and stand"
            f"{'s' if len(export.unreadable) == 1 else ''} in it as far as possible: "
            f"{'; '.join(few(export.unreadable, 8))}"
        )
    if export.drafts:
        notes.append(f"not in it, as it was never saved: {', '.join(export.drafts)}")
    return tuple(notes)


def imported_page(imported: PracticeImport) -> Document:
    """What came in, and what was left out."""
    rows = imported.rows
    return Document(
        page=lambda: Page.of(
            f"Read in: {', '.join(client.name for client in imported.clients) or 'nobody'}",
            labelled(
                ("From", imported.file),
                ("Records", str(imported.records)),
                ("Damaged", _damaged(imported.unreadable)),
                ("Left out", "; ".join(few(rows.left_out))),
                ("Ids", _renumbered(rows.renumbered)),
                ("Plans", "those of sessions to come are made anew when you look at them"),
            ),
            *section(
                "Clients", ("Slug", "Name"), ((own.slug, own.name) for own in imported.clients)
            ),
        ),
        data=lambda: {
            "clients": [fields_data(own, "slug", "name") for own in imported.clients],
            "records": imported.records,
            "damaged": imported.unreadable,
            "left_out": rows.left_out,
            "renumbered": rows.renumbered,
        },
    )


def _damaged(count: int) -> str:
    if not count:
        return ""
    return f"{plural(count, 'record')} that the export could not read in full; left out"


def _renumbered(renumbered: bool) -> str:
    if not renumbered:
        return ""
    return "new ones, as others have theirs here; what a coach sees and types is the same"


def erase_warning(erasure: Erasure) -> tuple[str, ...]:
    """What a person reads before typing the slug."""
    slug = erasure.client.slug
    return (
        f"{erasure.client.name} ({slug}) · everything, in every session: {_counts(erasure)}",
        f"Erasing cannot be undone. `trajplan practice export --client {slug} -o FILE` keeps it.",
        f"Out of reach: {'; '.join(_out_of_reach(erasure))}.",
    )


def erased_page(erasure: Erasure) -> Document:
    """What was deleted, and what could not be."""
    return Document(
        page=lambda: _erased(erasure),
        data=lambda: {
            **client_data(erasure.client),
            "deleted": dict(erasure.counts),
            "drafts_deleted": erasure.drafts,
            "backups_rewritten": erasure.rewritten,
            "backups_deleted": erasure.destroyed,
            "out_of_reach": _out_of_reach(erasure),
            "current_client": erasure.current,
        },
    )


def _erased(erasure: Erasure) -> Page:
    total = plural(sum(erasure.counts.values()), "record")
    return Page.of(
        f"{erasure.client.name} ({erasure.client.slug}) · erased, with every session",
        labelled(
            ("Deleted", f"{total}; this cannot be undone"),
            ("Deleted beside it", ", ".join((*erasure.drafts, *erasure.destroyed))),
            ("Written anew without them", ", ".join(erasure.rewritten)),
            ("Out of reach", "; ".join(_out_of_reach(erasure))),
            ("Current client", _current(erasure)),
        ),
        *section(
            "Records deleted",
            ("What", "How many"),
            ((_table_name(table), str(count)) for table, count in erasure.counts.items()),
        ),
    )


def _counts(erasure: Erasure) -> str:
    """`33 records (engagements 1, sessions 12)`, and the drafts."""
    tables = [
        f"{_table_name(table)} {count}"
        for table, count in erasure.counts.items()
        if table != CLIENT_TABLE
    ]
    records = plural(sum(erasure.counts.values()), "record")
    return ", ".join([f"{records} ({', '.join(tables)})" if tables else records, *erasure.drafts])


def _out_of_reach(erasure: Erasure) -> tuple[str, ...]:
    return (
        *(f"the conflicted copy {copy}" for copy in erasure.copies),
        *(f"the copy of another practice {copy}" for copy in few(erasure.others)),
        *(f"{draft}, begun for somebody who was no client yet" for draft in few(erasure.begun)),
        *OUT_OF_REACH,
    )


def _table_name(table: str) -> str:
    return TABLE_NAMES.get(table, table.replace("_", " "))


def _current(erasure: Erasure) -> Text:
    if erasure.current:
        return erasure.current
    if len(erasure.left) > 1:
        return ("none; ", code("trajplan use"), " chooses one")
    return erasure.left[0] if erasure.left else "none is left"


NO_CLIENTS = "No clients yet; `trajplan new-client` adds the first."
RETENTION_COLUMNS = ("client", "agreed", "due", "")


def retention_page(retention: Retention) -> Document:
    """Whose records are due to go, and which working notes; a row a client in a list (R156)."""
    return Document(
        page=lambda: Page.of(_retention_title(retention), *_retention_blocks(retention)),
        data=lambda: {
            "date": retention.today,
            "clients": [
                {
                    **client_data(row.client),
                    **fields_data(row, "agreement", "delete_on", "about_records", "ended", "day"),
                    "due": row in retention.due,
                }
                for row in retention.clients
            ],
            "working_notes": [
                {
                    "client": due.slug,
                    "session": due.session,
                    "purge_on": due.note.purge_on,
                }
                for due in retention.notes
            ],
        },
        rows=("clients",),
    )


def _retention_title(retention: Retention) -> str:
    count = len(retention.due)
    due = f"{plural(count, 'client')} due" if count else "nothing is due"
    return f"Retention · {short_date(retention.today)} · {due}"


def _retention_blocks(retention: Retention) -> Iterator[Block]:
    yield listed(
        RETENTION_COLUMNS,
        (
            (
                row.client.name,
                row.delete_on or ("no day" if row.agreement else "no agreement"),
                short_date(row.day) if row.day else "",
                _retention_remark(row, is_due=row in retention.due),
            )
            for row in retention.clients
        ),
        NO_CLIENTS,
    )
    if retention.due:
        yield Bullets(
            tuple(
                Item(
                    sentence(
                        f"{row.client.name}: `trajplan practice erase --client {row.client.slug}` "
                        "erases everything, once you have typed the name again"
                    )
                )
                for row in retention.due
            )
        )
    yield from section(
        "Working notes past their day",
        ("client", "session", "was to go on"),
        (
            (
                due.slug,
                str(due.session or ""),
                short_date(due.note.purge_on) if due.note.purge_on else "",
            )
            for due in retention.notes
        ),
    )
    if retention.notes:
        yield Bullets(
            (
                sentence(
                    "If today's date is right, `trajplan practice retention --purge` deletes them."
                ),
            )
        )


def _retention_remark(row: ClientRetention, *, is_due: bool) -> str:
    if is_due:
        return "due"
    if row.day:
        return ""
    if row.delete_on and row.ended is None:
        return "counts from the end of the coaching, or is no plain day"
    if row.delete_on:
        return "no plain day or time"
    return row.about_records
