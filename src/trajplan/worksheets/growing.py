"""A form somebody has written in grows by what has become known since (R134).

What was written is not interpreted, so none of it can be lost: lines are added below a heading, and
a line that is still as it was printed is printed anew.
"""

from __future__ import annotations

from trajplan.content.worksheet_model import Field, Worksheet
from trajplan.text import pattern
from trajplan.worksheets.answers import Answers, rows_of
from trajplan.worksheets.form import (
    FAULT,
    MARK,
    PrintedLines,
    card_lines,
    card_name,
    field_lines,
    heading_line,
    hints,
    spared,
)

_POINT = pattern(r"\s*-\s+(?:\[.?\]\s*)?")
_EMPTY_POINT = pattern(r"\s*-\s*(?:\[ \]\s*)?")
_EMPTY_CELL = pattern(r"(?:- [^:]*:)?\s*")
_CARD = "### "


def with_more(
    sheet: Worksheet, text: str, was: Answers, now: Answers, printed: PrintedLines
) -> str:
    """An exact form with the answers that are in `now` and were not in `was`; what stands in it
    already is not added again."""
    lines = text.split("\n")
    for field in sheet.fields:
        if was.get(field.id) == now.get(field.id):
            continue
        start, end = _part(lines, field, printed)
        body = lines[start:end]
        if field.type == "list":
            _add_points(body, field, was, now)
        elif field.type == "text":
            _add_paragraphs(body, field, was, now, printed)
        elif field.type == "table" and field.layout == "cards":
            _add_cards(body, field, was, now)
        else:
            _print_anew(body, field, was, now)
        lines[start:end] = body
    return "\n".join(lines)


def _part(lines: list[str], field: Field, printed: PrintedLines) -> tuple[int, int]:
    """Where the lines of a field begin and end; a heading that is not there is added."""

    def ends(line: str) -> bool:
        own = line.lstrip().startswith(MARK) and not line.lstrip().startswith(FAULT)
        return own or line.rstrip() in printed.headings

    if heading_line(field) not in map(str.rstrip, lines):
        end = len(lines)
        while end and (not lines[end - 1].strip() or ends(lines[end - 1])):
            end -= 1
        about = [f"> {hint}" for hint in hints(field)]
        lines[end:end] = ["", heading_line(field), "", *about, "", ""]
    start = [line.rstrip() for line in lines].index(heading_line(field)) + 1
    end = next((index for index in range(start, len(lines)) if ends(lines[index])), len(lines))
    return start, end


def _add_points(body: list[str], field: Field, was: Answers, now: Answers) -> None:
    there = {_POINT.sub("", line, count=1).strip() for line in body}
    for line in field_lines(field, now):
        words = _POINT.sub("", line, count=1).strip()
        if not words or words in there or line in field_lines(field, was):
            continue
        empty = [at for at, old in enumerate(body) if _EMPTY_POINT.fullmatch(old)]
        if empty:
            body[empty[0]] = line
        else:
            _append(body, [line])


def _add_paragraphs(
    body: list[str], field: Field, was: Answers, now: Answers, printed: PrintedLines
) -> None:
    before, after = (str(answers.get(field.id, "")).split("\n\n") for answers in (was, now))
    for paragraph in after:
        lines = [spared(line, printed) for line in paragraph.split("\n")]
        if paragraph not in before and "\n".join(lines) not in "\n".join(body):
            _append(body, ["", *lines])


def _add_cards(body: list[str], field: Field, was: Answers, now: Answers) -> None:
    for row in rows_of(now, field):
        lines = card_lines(field, row)
        said = [line for line in lines if not _EMPTY_CELL.fullmatch(line)]
        if row in rows_of(was, field) or set(said) <= set(body):
            continue
        cards = [at for at, line in enumerate(body) if line.startswith(_CARD)]
        for begin, end in zip(cards, [*cards[1:], len(body)], strict=True):
            if all(map(_EMPTY_CELL.fullmatch, body[begin + 1 : end])):
                body[begin + 1 : end] = ["", *lines, ""]
                break
        else:
            _append(body, ["", f"{_CARD}{card_name(field, len(cards) + 1)}", "", *lines])


def _print_anew(body: list[str], field: Field, was: Answers, now: Answers) -> None:
    """Lines of boxes, rows and single answers: a row is known by its name."""

    def key(line: str) -> str:
        return line.split("|")[1] if line.startswith("|") else line.partition("] ")[2]

    old_lines = {key(line): line for line in field_lines(field, was)}
    for line in field_lines(field, now):
        old = old_lines.get(key(line), "")
        if line != old and old in body:
            body[body.index(old)] = line


def _append(body: list[str], lines: list[str]) -> None:
    """Add lines behind the last that says something."""
    end = len(body)
    while end and not body[end - 1].strip():
        end -= 1
    body[end:end] = lines
    if end + len(lines) == len(body):
        body.append("")
