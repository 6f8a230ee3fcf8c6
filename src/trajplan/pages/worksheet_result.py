"""A filled worksheet: what was written, drawn where it is rated, and what it shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import to_builtins

from trajplan.actions.worksheets import WorksheetResult
from trajplan.content.worksheet_model import Field
from trajplan.dates import short_date
from trajplan.pages.document import Document
from trajplan.pages.text import markdown, paragraphs
from trajplan.pages.worksheet_parts import Chart, Sheet, charts_and_fields, sheets_of
from trajplan.worksheets.answers import Answers, empty_fields
from trajplan.worksheets.summaries import summarise
from trajplan.worksheets.values import cell_text


def result_page(found: WorksheetResult) -> Document:
    """The filling as a document. The client's text is escaped on the way out."""

    def terminal() -> Any:
        from trajplan.pages.worksheet_terminal import view

        return view(found)

    return Document(
        markdown=lambda: "\n".join(_markdown(found)).rstrip("\n") + "\n",
        terminal=terminal,
        data=lambda: outcome_data(found),
    )


def title(found: WorksheetResult) -> str:
    """Whose it is, for which session, what it is."""
    kept = ": kept" if found.fresh else ""
    return f"{found.client.name} · {_session(found)} · {found.filling.title}{kept}"


def _session(found: WorksheetResult) -> str:
    if found.session:
        return f"session {found.session}"
    return (
        f"before session {found.next_session}"
        if found.next_session and found.fresh
        else ("between sessions")
    )


def when(found: WorksheetResult) -> str:
    """The day it was filled in, and the day it is compared with."""
    text = f"Filled in on {short_date(found.filling.date)}"
    if found.before_date:
        text += f", the time before on {short_date(found.before_date)}"
    return f"{text} (filling {found.filling.id})"


def left_empty(found: WorksheetResult) -> str:
    """The labels of what was not filled in, apart from what is missing."""
    awaited = empty_fields(found.sheet, found.answers, required=False)
    empty = [one for one in found.sheet.fields if one.id not in found.answers]
    return ", ".join(one.label for one in empty if one not in awaited)


def missing_yet(found: WorksheetResult) -> str:
    """The labels of what is still expected."""
    return ", ".join(one.label for one in empty_fields(found.sheet, found.answers, required=False))


def _markdown(found: WorksheetResult) -> Iterator[str]:
    yield from (f"# {markdown(title(found))}", "", markdown(when(found)), "")
    for part in charts_and_fields(found.sheet, found.answers):
        if isinstance(part, Chart):
            yield from _chart(part)
        else:
            yield from _field(part, found.answers)
    worked = summarise(found.sheet, found.answers, found.before)
    if worked:
        yield from ("## What it shows", "")
        for one in worked:
            yield f"- **{markdown(one.title)}:** {'; '.join(map(markdown, one.lines))}"
        yield ""
    if missing_yet(found):
        yield from (f"**Still missing:** {markdown(missing_yet(found))}", "")
    if left_empty(found):
        yield from (f"Left empty: {markdown(left_empty(found))}", "")
    if found.filling.unmatched:
        yield from ("## Text that belonged to no field", "")
        for line in paragraphs(found.filling.unmatched):
            yield from (line, "")


def _chart(chart: Chart) -> Iterator[str]:
    yield from (f"| | {chart.low} to {chart.high} | |", "|---|---:|---|")
    for bar in chart.bars:
        yield f"| {markdown(bar.label)} | {bar.value} | {bar.drawn(20)} |"
    yield ""
    if chart.anchors:
        yield from (markdown(chart.anchors), "")


def _field(one: Field, answers: Answers) -> Iterator[str]:
    answer = answers[one.id]
    yield from (f"## {markdown(one.label)}", "")
    if one.type == "table":
        for sheet in sheets_of(one, answers, across=4):
            yield from _table(sheet)
            yield ""
        return
    if isinstance(answer, tuple):
        yield from (f"- {markdown(str(item))}" for item in answer)
        yield ""
        return
    for line in paragraphs(cell_text(answer)):
        yield from (line, "")


def _table(sheet: Sheet) -> Iterator[str]:
    yield f"| {' | '.join(map(markdown, sheet.columns))} |"
    yield "|" + "---|" * len(sheet.columns)
    for row in sheet.rows:
        yield f"| {' | '.join(map(markdown, row))} |"


def outcome_data(found: WorksheetResult) -> dict[str, Any]:
    """The documented keys of `worksheets result --format json`."""
    return {
        "client": found.client.slug,
        "client_name": found.client.name,
        "worksheet": found.filling.worksheet,
        "title": found.filling.title,
        "filling": found.filling.id,
        "date": found.filling.date.isoformat(),
        "session": found.session,
        "previous_date": found.before_date.isoformat() if found.before_date else None,
        "answers": to_builtins(dict(found.answers)),
        "fields": [
            {"id": one.id, "label": one.label, "type": one.type} for one in found.sheet.fields
        ],
        "summaries": to_builtins(summarise(found.sheet, found.answers, found.before)),
        "missing": [one.id for one in empty_fields(found.sheet, found.answers, required=False)],
        "unmatched": found.filling.unmatched,
    }
