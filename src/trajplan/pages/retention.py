"""How long each client's records are kept, what is due to go, and how it goes (R156)."""

from __future__ import annotations

from collections.abc import Iterator

from trajplan.actions.practice import ClientRetention, Retention
from trajplan.dates import short_date
from trajplan.pages.document import Document, client_data, fields_data
from trajplan.pages.page import Block, Bullets, Item, Page, listed, section, sentence
from trajplan.text import plural

NOBODY = "No clients yet; `trajplan new-client` adds the first."
COLUMNS = ("client", "agreed", "due", "")


def retention_page(retention: Retention) -> Document:
    """The page as a document."""
    return Document(
        page=lambda: Page.of(_title(retention), *_blocks(retention)),
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


def _title(retention: Retention) -> str:
    count = len(retention.due)
    due = f"{plural(count, 'client')} due" if count else "nothing is due"
    return f"Retention · {short_date(retention.today)} · {due}"


def _blocks(retention: Retention) -> Iterator[Block]:
    yield listed(
        COLUMNS,
        (
            (
                row.client.name,
                row.delete_on or ("no day" if row.agreement else "no agreement"),
                short_date(row.day) if row.day else "",
                _remark(row, is_due=row in retention.due),
            )
            for row in retention.clients
        ),
        NOBODY,
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


def _remark(row: ClientRetention, *, is_due: bool) -> str:
    if is_due:
        return "due"
    if row.day:
        return ""
    if row.delete_on and row.ended is None:
        return "counts from the end of the coaching, or is no plain day"
    if row.delete_on:
        return "no plain day or time"
    return row.about_records
