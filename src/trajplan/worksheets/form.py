"""A worksheet as a form in Markdown: blank, or with what was written before.

What is printed here `sections` and `tables` can read back: headings are the fields' labels, lines
that begin with `>` are hints, and a line of an answer that would pass for one of these is written
with a backslash before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from trajplan.content.worksheet_model import ROW, Column, Field, Worksheet, scale
from trajplan.worksheets.answers import Answer, Answers, Row, one_line, rows_of
from trajplan.worksheets.values import cell_text

CALL_IT = "Call it"
RATING = "Rating"
ANSWER = "Answer"
MARK = "<!-- trajplan:"
"""Begins a line that is the program's own, such as which worksheet this is."""
FAULT = f"{MARK} to mend:"
HOW = (
    "Write below the headings, in any program or by hand. Leave out whatever does not fit: nothing "
    "has to be filled in. What you write elsewhere is kept too."
)
HOW_TO_NAME = f"Behind “{CALL_IT}” you may put a name of your own for a part that fits you better."
_TAKEN = re.compile(r"^(\s*)(?=[\\#><])")
_ROOM = 3


def write_form(
    sheet: Worksheet,
    answers: Answers | None = None,
    *,
    labels: Mapping[str, str] | None = None,
    client: str = "",
    name: str = "",
) -> str:
    """The form, blank or filled.

    `labels` are the client's own names, `client` the slug it is printed for (a form so marked is
    taken for nobody else), `name` the client's name as it stands on the page.
    """
    heading = f"{sheet.title} · {one_line(name)}" if name else sheet.title
    mark = f"worksheet {sheet.id}" + (f", client {client}" if client else "")
    lines = [f"# {heading}", "", f"{MARK} {mark} -->", ""]
    for text in frame(sheet):
        lines += [f"*{text}*", ""]
    for one in sheet.fields:
        lines += [f"## {one.label}", ""]
        about = hints(one)
        if about:
            lines += [*(f"> {hint}" for hint in about), ""]
        if one.relabel:
            lines += [f"{CALL_IT}: {(labels or {}).get(one.id, '')}".rstrip(), ""]
        lines += [*_body(one, (answers or {}).get(one.id), answers or {}), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def with_faults(text: str, faults: Sequence[tuple[int, str]]) -> str:
    """A form somebody wrote, with what is wrong in it said above the line, not a letter lost.

    What was said the time before is taken out.
    """
    said: dict[int, list[str]] = {}
    for number, message in faults:
        harmless = one_line(message).replace("--", "—")
        said.setdefault(number, []).append(f"{FAULT} {harmless} -->")
    written_lines = text.split("\n")
    result: list[str] = []
    for at, line in enumerate(written_lines, 1):
        result += said.get(at, [])
        if not line.lstrip().startswith(FAULT):
            result.append(line)
    below = [one for at, lines in said.items() if at > len(written_lines) for one in lines]
    return "\n".join([*result, *below])


def frame(sheet: Worksheet) -> list[str]:
    """What stands above the first field."""
    texts = [one_line(sheet.purpose)] if sheet.purpose else []
    texts.append(HOW)
    if any(one.relabel for one in sheet.fields):
        texts.append(HOW_TO_NAME)
    return texts


def hints(one: Field) -> list[str]:
    """The lines that say what a field asks for."""
    found = [one_line(one.help)] if one.help else []
    if one.type == "rating" and one.anchors:
        found.append(_anchors(one))
    if one.type == "number" and (one.min is not None or one.max is not None):
        low = "" if one.min is None else f"from {one.min}"
        high = "" if one.max is None else f"to {one.max}"
        found.append(f"A number {low} {high}".replace("  ", " ").strip())
    if one.type == "choice":
        found.append("Mark one with an x.")
    for column in one.columns:
        hint = _column_hint(column)
        if hint:
            found.append(f"{column.label}: {hint}")
    return found


def _anchors(one: Field | Column) -> str:
    return " · ".join(f"{point} = {one_line(text)}" for point, text in sorted(one.anchors.items()))


def _column_hint(column: Column) -> str:
    parts = [one_line(column.help)] if column.help else []
    if column.type == "rating":
        low, high = scale(column)
        parts.append(f"{low} to {high}" + (f" ({_anchors(column)})" if column.anchors else ""))
    if column.type == "choice":
        parts.append(" or ".join(column.options))
    return "; ".join(parts)


def _body(one: Field, answer: Answer | None, answers: Answers) -> list[str]:
    if one.type == "table":
        rows = rows_of(answers, one)
        return list(_cards(one, rows)) if one.layout == "cards" else _grid(one, rows)
    if one.type == "list":
        items = answer if isinstance(answer, tuple) else ()
        return [f"- {item}" for item in items if isinstance(item, str)] or ["- "] * one.blank_rows
    if one.type == "choice":
        return [f"- [{'x' if option == answer else ' '}] {option}" for option in one.options]
    if one.type == "text":
        return _text(answer) if isinstance(answer, str) else [""] * _ROOM
    value = cell_text(answer) if isinstance(answer, int | float) else ""
    if one.type == "rating":
        low, high = scale(one)
        return [f"{RATING} ({low} to {high}): {value}".rstrip()]
    return [f"{ANSWER}: {value}".rstrip()]


def _text(answer: str) -> list[str]:
    return [_TAKEN.sub(lambda start: start[1] + "\\", line) for line in answer.split("\n")]


def _grid(one: Field, rows: tuple[Row, ...]) -> list[str]:
    keys = [ROW] * bool(one.rows) + [column.id for column in one.columns]
    names = [one.row_label] * bool(one.rows) + [column.label for column in one.columns]
    lines = [_cells(names), "|" + " --- |" * len(keys)]
    lines += [_cells([cell_text(row.get(key, "")) for key in keys]) for row in rows]
    given = {row.get(ROW) for row in rows}
    lines += [_cells([name] + [""] * len(one.columns)) for name in one.rows if name not in given]
    if not one.rows:
        lines += [_cells([""] * len(keys))] * (one.blank_rows - len(rows))
    return lines


def _cells(texts: list[str]) -> str:
    escaped = (text.replace("\\", "\\\\").replace("|", "\\|") for text in texts)
    return "| " + " | ".join(escaped) + " |"


def _cards(one: Field, rows: tuple[Row, ...]) -> Iterator[str]:
    named = {str(row.get(ROW, "")): row for row in rows}
    cards: list[tuple[str, Row]]
    if one.rows:
        cards = [(name, named.get(name, {})) for name in one.rows]
    else:
        blank: list[Row] = [{}] * (one.blank_rows - len(rows))
        cards = [(card_name(one, at), row) for at, row in enumerate([*rows, *blank], 1)]
    for name, row in cards:
        yield from (f"### {name}", "")
        for column in one.columns:
            yield f"- {column.label}: {cell_text(row.get(column.id, ''))}".rstrip()
        yield ""


def card_name(one: Field, number: int) -> str:
    """What stands above a card whose row has no name of its own."""
    return f"{one.row_label} {number}".strip()
