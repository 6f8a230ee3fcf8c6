"""A form to fill in: as the text that is read back, and as a page with room to write by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from trajplan.actions.worksheets import BlankForm
from trajplan.actions.wrap_form import WrapForm, heading, shown
from trajplan.content.worksheet_model import ROW, Field, Worksheet, scale
from trajplan.pages.document import Document, client_data
from trajplan.pages.page import (
    Blank,
    Block,
    Bullets,
    Gap,
    Heading,
    Line,
    Page,
    Pair,
    Pairs,
    Scale,
    Table,
    Text,
    Tick,
    italic,
    quiet,
)
from trajplan.worksheets.answers import Answer, Answers, Cell, cell_text, rows_of
from trajplan.worksheets.form import (
    ANSWER,
    CALL_IT,
    RATING,
    ROOM,
    anchors_line,
    cards,
    frame,
    hints,
    identity,
)

MOST_POINTS = 11
"""A longer scale has no points to mark; its number is written."""
LINE, WORD = (Gap(40),), (Gap(10),)


def blank_form(form: BlankForm) -> Document:
    """A worksheet's form. `fill` can read its text back."""
    sheet, client = form.sheet, form.client
    return Document(
        text=lambda: form.text,
        page=lambda: form_page(
            sheet,
            form.answers,
            title=f"{sheet.title} · {client.name}" if client else sheet.title,
            about=identity(sheet, client.slug if client else ""),
            labels=form.labels,
        ),
        data=lambda: {
            "kind": "answers",
            "worksheet": sheet.id,
            **(client_data(client) if client else {}),
            "title": sheet.title,
            "fields": sheet.fields,
            "answers": {field.id: None for field in sheet.fields},
        },
    )


def wrap_form_page(form: WrapForm) -> Document:
    """The form of a session as it is filled in, after it or in it."""
    client = form.facts.dossier.client
    return Document(
        text=lambda: form.text,
        page=lambda: form_page(
            shown(form, form.answers),
            form.answers,
            title=f"{form.sheet.title} · {heading(form)}",
            about=identity(form.sheet, client.slug, exact=True),
        ),
        data=lambda: {
            **client_data(client),
            "session": form.facts.session.number,
            "title": form.sheet.title,
            "fields": form.sheet.fields,
            "answers": form.answers,
        },
    )


def form_page(
    sheet: Worksheet,
    answers: Answers,
    *,
    title: str,
    about: str,
    labels: Mapping[str, str] | None = None,
) -> Page:
    """A form as it is printed on paper. `about`: which it is; `labels`: the client's own names."""
    blocks: list[Block] = [Line((quiet(about),))]
    blocks += (Line((italic(text),)) for text in frame(sheet))
    for field in sheet.fields:
        blocks += _field(field, answers, (labels or {}).get(field.id, ""))
    return Page.of(title, *blocks)


def _field(field: Field, answers: Answers, label: str) -> Iterator[Block]:
    yield Heading(field.label)
    # What both ends of a scale mean stands at its ends.
    drawn = field.type == "rating" and _is_drawn(field)
    told = anchors_line(field) if drawn and set(field.anchors) <= set(scale(field)) else ""
    asked = [(quiet(hint),) for hint in hints(field) if hint != told]
    if asked:
        yield Line(asked[0]) if len(asked) == 1 else Bullets(tuple(asked))
    if field.relabel:
        yield Pairs((Pair(CALL_IT, label or LINE),))
    yield from _room(field, answers.get(field.id), answers, ends=bool(told))


def _room(field: Field, answer: Answer | None, answers: Answers, *, ends: bool) -> Iterator[Block]:
    """What was answered, and room for the rest."""
    match field.type:
        case "table":
            yield from _cards(field, answers) if field.layout == "cards" else _grid(field, answers)
        case "list":
            texts = answer if isinstance(answer, tuple) else ()
            room = (LINE,) * max(1 if texts else 0, field.blank_rows - len(texts))
            yield Bullets((*(str(text) for text in texts), *room))
        case "choice" | "ticks":
            chosen = answer if isinstance(answer, tuple) else (answer,)
            yield from (Tick(option, done=option in chosen) for option in field.options)
        case "text":
            lines = str(answer or "").splitlines()
            yield from (Line(line) for line in lines if line.strip())
            yield Blank(lines=ROOM)
        case "rating" if _is_drawn(field) and (answer is None or isinstance(answer, int)):
            low, high = scale(field)
            means = field.anchors if ends else {}
            yield Scale(low, high, (means.get(low, ""), means.get(high, "")), answer)
        case _:
            name = ANSWER
            if field.type == "rating":
                name = f"{RATING} ({' to '.join(map(str, scale(field)))})"
            value = answer if isinstance(answer, str | int | float) else None
            yield Pairs((Pair(name, _cell(value, WORD)),))


def _is_drawn(field: Field) -> bool:
    low, high = scale(field)
    return high - low < MOST_POINTS


def _grid(field: Field, answers: Answers) -> Iterator[Table]:
    rows = rows_of(answers, field)
    keys = [ROW] * bool(field.rows) + [column.id for column in field.columns]
    columns = [field.row_label] * bool(field.rows) + [column.label for column in field.columns]
    cells = [tuple(_cell(row.get(key), WORD) for key in keys) for row in rows]
    named = {row.get(ROW) for row in rows}
    blank = (WORD,) * len(field.columns)
    cells += [(name, *blank) for name in field.rows if name not in named]
    if not field.rows:
        cells += [blank] * (field.blank_rows - len(rows))
    yield Table(tuple(columns), tuple(cells))


def _cards(field: Field, answers: Answers) -> Iterator[Block]:
    for name, row in cards(field, rows_of(answers, field)):
        yield Heading(name, 3)
        yield Pairs(
            tuple(Pair(column.label, _cell(row.get(column.id), LINE)) for column in field.columns)
        )


def _cell(value: Cell | None, room: Text) -> Text:
    return cell_text(value) if value not in (None, "") else room
