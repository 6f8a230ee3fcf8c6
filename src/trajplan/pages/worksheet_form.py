"""A form to fill in: as the text that is read back, and as a page with room to write by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from msgspec.structs import replace

from trajplan.actions.wrap.form import WrapForm
from trajplan.actions.wrap.form_text import answers_of, form_text, heading, part_to_show
from trajplan.content.labels import ENGLISH, ENGLISH_TAG, Words
from trajplan.content.worksheet_model import Field, Worksheet, is_drawn, scale
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
from trajplan.worksheets.answers import Answers, Cell, cell_text, rows_of
from trajplan.worksheets.form import (
    ANSWER,
    CALL_IT,
    RATING,
    anchors_line,
    cards,
    frame_on_paper,
    grid,
    hints,
)

if TYPE_CHECKING:
    from trajplan.actions.worksheets import BlankForm

LINE, WORD = (Gap(40),), (Gap(10),)


def blank_form(form: BlankForm, words: Words) -> Document:
    """A worksheet's form. `fill` can read its text back, which is why only the page is in the
    client's language: all of it, or where the title has no label, none."""
    sheet, client = form.sheet, form.client
    if words.language != ENGLISH_TAG and sheet.title not in words.labels.labels:
        words = ENGLISH
    title = words(sheet.title)
    return Document(
        text=lambda: form.text,
        words=words,
        page=lambda: form_page(
            sheet,
            form.answers,
            title=f"{title} · {client.name}" if client else title,
            labels=form.labels,
            words=words,
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
    client, worksheet, answers = (
        form.dossier.client,
        form.worksheet,
        answers_of(form, form.prefilled),
    )
    return Document(
        text=lambda: form_text(form),
        page=lambda: form_page(
            part_to_show(form, answers),
            answers,
            title=f"{worksheet.title} · {heading(form)}",
        ),
        data=lambda: {
            **client_data(client),
            "session": form.session.number,
            "title": worksheet.title,
            "fields": worksheet.fields,
            "answers": answers,
        },
    )


def form_page(
    sheet: Worksheet,
    answers: Answers,
    *,
    title: str,
    labels: Mapping[str, str] | None = None,
    words: Words = ENGLISH,
) -> Page:
    """A form as it is printed on paper. `labels`: the client's own names."""
    blocks: list[Block] = [Line((italic(text),)) for text in frame_on_paper(sheet, words) if text]
    for field in sheet.fields:
        blocks += _field(field, answers, (labels or {}).get(field.id, ""), words)
    return Page.of(title, *blocks)


def _field(field: Field, answers: Answers, label: str, words: Words) -> Iterator[Block]:
    name = words(field.label)
    # On the same line, so that a wheel has room on a single sheet.
    named = (name, quiet(f" · {words(CALL_IT)} "), *((label,) if label else LINE))
    yield Heading(named if field.relabel else name)
    # What both ends of a scale mean stands at its ends.
    drawn = field.type == "rating" and is_drawn(field)
    told = anchors_line(field, words) if drawn and set(field.anchors) <= set(scale(field)) else ""
    asked = [(quiet(hint),) for hint in hints(field, words) if hint != told]
    if asked:
        yield Line(asked[0]) if len(asked) == 1 else Bullets(tuple(asked))
    yield from _room(field, answers, words, ends=bool(told))


def _room(field: Field, answers: Answers, words: Words, *, ends: bool) -> Iterator[Block]:
    """What was answered, and room for the rest."""
    answer = answers.get(field.id)
    match field.type:
        case "table" if field.layout == "cards":
            yield from _cards(field, answers, words)
        case "table":
            yield _grid(field, answers, words)
        case "list":
            texts = answer if isinstance(answer, tuple) else ()
            room = (LINE,) * max(1 if texts else 0, field.blank_rows - len(texts))
            yield Bullets((*(str(text) for text in texts), *room))
        case "choice" | "ticks":
            chosen = answer if isinstance(answer, tuple) else (answer,)
            yield from (Tick(words(option), done=option in chosen) for option in field.options)
        case "text":
            lines = str(answer or "").splitlines()
            yield from (Line(line) for line in lines if line.strip())
            yield Blank(lines=field.blank_rows)
        case "rating" if is_drawn(field) and (answer is None or isinstance(answer, int)):
            low, high = scale(field)
            means = field.anchors if ends else {}
            low_means, high_means = (words(means.get(point, "")) for point in (low, high))
            yield Scale(low, high, (low_means, high_means), answer)
        case _:
            name = words(ANSWER)
            if field.type == "rating":
                low, high = scale(field)
                name = f"{words(RATING)} ({words('{low} to {high}', low=low, high=high)})"
            value = answer if isinstance(answer, str | int | float) else None
            yield Pairs((Pair(name, _cell(value, WORD)),))


def _grid(field: Field, answers: Answers, words: Words) -> Table:
    titles, cells = grid(field, rows_of(answers, field))
    if field.rows:
        cells = [[words(str(name)), *answered] for name, *answered in cells]
    rows = tuple(tuple(_cell(cell, WORD) for cell in row) for row in cells)
    return Table(tuple(map(words, titles)), rows)


def _cards(field: Field, answers: Answers, words: Words) -> Iterator[Block]:
    # What a row is has a label; its number has none.
    for name, row in cards(
        replace(field, row_label=words(field.row_label)), rows_of(answers, field)
    ):
        yield Heading(words(name), 3)
        yield Pairs(
            tuple(
                Pair(words(column.label), _cell(row.get(column.id), LINE))
                for column in field.columns
            )
        )


def _cell(value: Cell | None, room: Text) -> Text:
    return cell_text(value) if value not in (None, "") else room
