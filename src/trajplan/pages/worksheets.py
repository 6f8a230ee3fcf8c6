"""Worksheets: the list, one of them, a blank form, and a client's history."""

from __future__ import annotations

from msgspec import to_builtins

from trajplan.actions.library import LibraryEntry
from trajplan.actions.worksheets import FillingHistory, WorksheetList, WorksheetResult
from trajplan.content.worksheet_model import Column, Field, Worksheet, scale, summaries_of
from trajplan.dates import short_date
from trajplan.pages import page
from trajplan.pages.document import Document, client_data
from trajplan.pages.page import Line, Page, labelled, listed, sentence
from trajplan.pages.worksheet_result import result_data
from trajplan.text import plural, shortened
from trajplan.worksheets.summaries import TITLES, summarise

LIST_ABOUT = (
    "`trajplan worksheets blank ID` prints a form, `trajplan worksheets fill ID --from FILE` takes "
    "it back filled in."
)
HISTORY_ABOUT = "`trajplan worksheets result ID --filling N` shows one in full."


def worksheet_list(worksheets: WorksheetList) -> Document:
    """Every worksheet with who fills it in and where it comes from."""
    return Document(
        page=lambda: _list(worksheets),
        data=lambda: {
            **(client_data(worksheets.client) if worksheets.client else {}),
            "worksheets": [
                {
                    **to_builtins(entry),
                    "for": worksheets.filled_by[entry.id],
                    "last": worksheets.last.get(entry.id),
                }
                for entry in worksheets.entries
            ],
        },
        rows=("worksheets",),
    )


def _list(worksheets: WorksheetList) -> Page:
    client = worksheets.client
    table = listed(
        (page.Column("id", whole=True), "title", "for", "filled in" if client else "from"),
        (
            (
                entry.id,
                entry.title,
                ", ".join(worksheets.filled_by[entry.id]),
                _last(worksheets, entry) if client else entry.origin,
            )
            for entry in worksheets.entries
        ),
        "No worksheet.",
    )
    title = f"Worksheets · {client.name}" if client else "Worksheets"
    return Page.of(title, Line(sentence(LIST_ABOUT)), table)


def _last(worksheets: WorksheetList, entry: LibraryEntry) -> str:
    day = worksheets.last.get(entry.id)
    return short_date(day) if day else "not yet"


def worksheet_page(sheet: Worksheet, entry: LibraryEntry) -> Document:
    """One worksheet with its fields and summaries."""
    rows = [("About", sheet.purpose), ("From", f"{entry.origin}: {entry.path}")]
    return Document(
        page=lambda: Page.of(
            f"{sheet.title} · worksheet {sheet.id}",
            labelled(*rows, *particulars(sheet)),
        ),
        data=lambda: {**to_builtins(sheet), "layer": entry.layer, "path": entry.path},
    )


def particulars(sheet: Worksheet) -> tuple[tuple[str, str], ...]:
    """What a coach wants to know before handing it out."""
    summaries = (summary.title or TITLES[summary.show] for summary in summaries_of(sheet))
    return (
        ("For", ", ".join(sheet.filled_by)),
        ("Coach", sheet.coach),
        ("Source", sheet.source),
        ("Situations", ", ".join(sheet.scenarios)),
        ("Shown in", ", ".join(sheet.feeds)),
        *((field.label, _field(field)) for field in sheet.fields),
        ("Works out", ", ".join(summaries)),
    )


def _field(field: Field) -> str:
    parts = [
        _type(field),
        "must be filled in" if field.required else "",
        "may be renamed" if field.relabel else "",
        field.help,
    ]
    return "; ".join(part for part in parts if part)


def _type(field: Field | Column) -> str:
    if isinstance(field, Field) and field.type == "table":
        columns = ", ".join(f"{column.label} ({_type(column)})" for column in field.columns)
        return f"table: {columns}"
    if field.type == "rating":
        low, high = scale(field)
        return f"rating {low} to {high}"
    if field.type == "choice":
        return f"choice: {' / '.join(field.options)}"
    if field.type == "ticks":
        return f"ticks: {' / '.join(field.options)}"
    return field.type


def history_list(history: FillingHistory) -> Document:
    """When what was filled in, with the first thing it showed."""
    return Document(
        page=lambda: _history(history),
        data=lambda: {
            **client_data(history.client),
            "worksheet": history.worksheet or None,
            "fillings": [result_data(result) for result in history.results],
        },
        rows=("fillings",),
    )


def _history(history: FillingHistory) -> Page:
    results = history.results
    title = f" · {results[0].filling.title}" if history.worksheet and results else ""
    table = listed(
        ("filling", "date", "session", "worksheet", "answers", "showed"),
        map(_filling, results),
        "Nothing filled in yet.",
    )
    about = [Line(sentence(HISTORY_ABOUT))] if results else []
    return Page.of(f"Filled in{title} · {history.client.name}", *about, table)


def _filling(result: WorksheetResult) -> tuple[str, ...]:
    summaries = summarise(result.sheet, result.answers, result.before)
    showed = "; ".join(f"{summary.title}: {', '.join(summary.lines)}" for summary in summaries)
    return (
        str(result.filling.id),
        short_date(result.filling.date),
        str(result.session or ""),
        result.filling.worksheet,
        f"{len(result.answers)} of {plural(len(result.sheet.fields), 'field')}",
        shortened(showed, 100),
    )
