"""A worksheet to write on by hand: what its Markdown form asks for, with lines, boxes and scales.

Markdown and a terminal have the form itself (`worksheets/form.py`), which can be read back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from trajplan.actions.worksheets import BlankForm
from trajplan.content.worksheet_model import ROW, Field, scale
from trajplan.pages.page import (
    Blank,
    Block,
    Bullets,
    Gap,
    Heading,
    Line,
    Page,
    Scale,
    Table,
    Text,
    Tick,
    italic,
    labelled,
    quiet,
)
from trajplan.text import one_line
from trajplan.worksheets.answers import Answer, Answers, Cell, cell_text, rows_of
from trajplan.worksheets.form import ANSWER, CALL_IT, card_name, frame, hints, identity

LINES = 3
"""Lines to write on under a question that is answered in words."""
TO_WRITE_ON = (Gap(40),)


def form_page(form: BlankForm) -> Page:
    """The form on paper, in the order and the words of the Markdown one."""
    sheet, client = form.sheet, form.client
    return Page.of(
        f"{sheet.title} · {one_line(client.name)}" if client else sheet.title,
        Line((quiet(identity(sheet, client.slug if client else "")),)),
        *(Line((italic(text),)) for text in frame(sheet)),
        *(block for field in sheet.fields for block in _field(field, form.answers, form.labels)),
    )


def _field(field: Field, answers: Answers, labels: Mapping[str, str]) -> Iterator[Block]:
    yield Heading(field.label)
    for hint in hints(replace(field, anchors=_between(field))):
        yield Line((quiet(hint),))
    if field.relabel:
        yield Line((f"{CALL_IT}: ", labels.get(field.id) or Gap(16)))
    yield from _room(field, answers.get(field.id), answers)


def _between(field: Field) -> Mapping[int, str]:
    """What points of a rating mean that stand at neither of its ends; those stand at the scale."""
    return {point: text for point, text in field.anchors.items() if point not in scale(field)}


def _room(field: Field, answer: Answer | None, answers: Answers) -> Iterator[Block]:
    """What was written, and room for what was not."""
    match field.type:
        case "table" if field.layout == "cards":
            yield from _cards(field, answers)
        case "table":
            yield _grid(field, answers)
        case "list":
            texts = answer if isinstance(answer, tuple) else ()
            if texts:
                yield Bullets(tuple(map(str, texts)))
            if field.blank_rows > len(texts):
                yield Blank(lines=field.blank_rows - len(texts))
        case "choice" | "ticks":
            chosen = answer if isinstance(answer, tuple) else (answer,)
            for option in field.options:
                yield Tick(option, option in chosen)
        case "rating":
            low, high = scale(field)
            ends = (field.anchors.get(low, ""), field.anchors.get(high, ""))
            yield Scale(low, high, ends, int(answer) if isinstance(answer, int | float) else None)
        case "number":
            value = cell_text(answer) if isinstance(answer, int | float) else Gap(8)
            yield Line((f"{ANSWER}: ", value))
        case "text":
            lines = answer.splitlines() if isinstance(answer, str) else []
            yield from map(Line, filter(None, lines))
            if not lines:
                yield Blank(lines=LINES)


def _grid(field: Field, answers: Answers) -> Table:
    """The rows there are, then those with a name only, then empty ones."""
    rows = list(rows_of(answers, field))
    named = {row.get(ROW) for row in rows}
    rows += [{ROW: name} for name in field.rows if name not in named]
    if not field.rows:
        rows += [{}] * (field.blank_rows - len(rows))
    keys = [ROW] * bool(field.rows) + [column.id for column in field.columns]
    titles = [field.row_label] * bool(field.rows) + [column.label for column in field.columns]
    return Table(
        tuple(titles), tuple(tuple(cell_text(row.get(key, "")) for key in keys) for row in rows)
    )


def _cards(field: Field, answers: Answers) -> Iterator[Block]:
    rows = list(rows_of(answers, field))
    if field.rows:
        by_name = {str(row.get(ROW, "")): row for row in rows}
        cards = [(name, by_name.get(name, {})) for name in field.rows]
    else:
        rows += [{}] * (field.blank_rows - len(rows))
        cards = [(card_name(field, number), row) for number, row in enumerate(rows, 1)]
    for name, row in cards:
        yield Heading(name, 3)
        yield labelled(*((column.label, _cell(row.get(column.id))) for column in field.columns))


def _cell(value: Cell | None) -> Text:
    return TO_WRITE_ON if value is None else cell_text(value)

