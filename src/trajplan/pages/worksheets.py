"""Worksheets as a shelf: the list, one of them, a blank form, and a client's history."""

from __future__ import annotations

from typing import Any

from msgspec import to_builtins

from trajplan.actions.browse import LibraryEntry
from trajplan.actions.worksheets import BlankForm, FillingHistory, WorksheetList, WorksheetResult
from trajplan.content.worksheet_model import Column, Field, Worksheet, scale, summaries_of
from trajplan.dates import short_date
from trajplan.pages.document import Document
from trajplan.pages.listing import Card, Listing, card, listing
from trajplan.pages.text import shortened
from trajplan.pages.worksheet_result import outcome_data
from trajplan.records.model import Client
from trajplan.text import plural, visible
from trajplan.worksheets.summaries import TITLES, summarise


def worksheet_list(found: WorksheetList) -> Document:
    """Every worksheet with who fills it in and where it comes from."""
    whose = found.client
    return listing(
        Listing(
            title=f"Worksheets · {whose.name}" if whose else "Worksheets",
            columns=("id", "title", "for", "filled in" if whose else "from"),
            rows=tuple(
                (
                    one.id,
                    one.title,
                    ", ".join(found.filled_by[one.id]),
                    _last(found, one) if whose else _origin(one),
                )
                for one in found.entries
            ),
            data={
                **_of(whose),
                "worksheets": [
                    {
                        **to_builtins(one),
                        "for": list(found.filled_by[one.id]),
                        "last": found.last[one.id].isoformat() if one.id in found.last else None,
                    }
                    for one in found.entries
                ],
            },
            empty="No worksheet.",
            about="“blank ID” prints a form, “fill ID --from FILE” takes it back filled in.",
        )
    )


def _of(client: Client | None) -> dict[str, Any]:
    return {"client": client.slug, "client_name": client.name} if client else {}


def _last(found: WorksheetList, one: LibraryEntry) -> str:
    return short_date(found.last[one.id]) if one.id in found.last else "not yet"


def _origin(one: LibraryEntry) -> str:
    return f"{one.layer}, in place of another" if one.shadows else one.layer


def worksheet_page(sheet: Worksheet, entry: LibraryEntry) -> Document:
    """One worksheet with its fields and summaries."""
    return card(
        Card(
            title=f"{sheet.title} · worksheet {sheet.id}",
            pairs=(
                ("About", sheet.purpose),
                ("From", f"{_origin(entry)}: {entry.path}"),
                *particulars(sheet),
            ),
            data={**_plain(sheet), "layer": entry.layer, "path": entry.path},
        )
    )


def _plain(sheet: Worksheet) -> dict[str, Any]:
    """A worksheet in the words of its file."""
    data: dict[str, Any] = to_builtins(sheet)
    return data


def particulars(sheet: Worksheet) -> tuple[tuple[str, str], ...]:
    """What a coach wants to know before handing it out."""
    return (
        ("For", ", ".join(sheet.filled_by)),
        ("Coach", sheet.coach),
        ("Source", sheet.source),
        ("Situations", ", ".join(sheet.scenarios)),
        ("Shown in", ", ".join(sheet.feeds)),
        *((one.label, _field(one)) for one in sheet.fields),
        ("Works out", ", ".join(one.title or TITLES[one.show] for one in summaries_of(sheet))),
    )


def _field(one: Field) -> str:
    parts = [_type(one)]
    if one.required:
        parts.append("must be filled in")
    if one.relabel:
        parts.append("may be renamed")
    if one.help:
        parts.append(one.help)
    return "; ".join(parts)


def _type(one: Field | Column) -> str:
    if isinstance(one, Field) and one.type == "table":
        columns = ", ".join(f"{column.label} ({_type(column)})" for column in one.columns)
        return f"table: {columns}"
    if one.type == "rating":
        low, high = scale(one)
        return f"rating {low} to {high}"
    if one.type == "choice":
        return f"choice: {' / '.join(one.options)}"
    return one.type


def blank_form(found: BlankForm) -> Document:
    """The form itself, which `fill` can read back; on a terminal it is shown as it is."""
    sheet = found.sheet

    def terminal() -> Any:
        from rich.text import Text

        return Text(visible(found.text))

    return Document(
        markdown=lambda: found.text,
        terminal=terminal,
        data=lambda: {
            "kind": "answers",
            "worksheet": sheet.id,
            **_of(found.client),
            "title": sheet.title,
            "fields": _plain(sheet)["fields"],
            "answers": {one.id: None for one in sheet.fields},
        },
    )


def history_list(found: FillingHistory) -> Document:
    """When what was filled in, with the first thing it showed."""
    about = ""
    if found.results:
        about = "“result ID --filling N” shows one in full."
    what = f" · {found.results[0].filling.title}" if found.worksheet and found.results else ""
    return listing(
        Listing(
            title=f"Filled in{what} · {found.client.name}",
            columns=("filling", "date", "session", "worksheet", "answers", "showed"),
            rows=tuple(_row(one) for one in found.results),
            data={
                "client": found.client.slug,
                "client_name": found.client.name,
                "worksheet": found.worksheet or None,
                "fillings": [outcome_data(one) for one in found.results],
            },
            empty="Nothing filled in yet.",
            about=about,
        )
    )


def _row(one: WorksheetResult) -> tuple[str, ...]:
    worked = summarise(one.sheet, one.answers, one.before)
    showed = "; ".join(f"{result.title}: {', '.join(result.lines)}" for result in worked)
    return (
        str(one.filling.id),
        short_date(one.filling.date),
        str(one.session or ""),
        one.filling.worksheet,
        f"{len(one.answers)} of {plural(len(one.sheet.fields), 'field')}",
        shortened(showed, 100),
    )
