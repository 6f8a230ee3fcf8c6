"""A worksheet as a form in Markdown: blank, or with what was written before.

What is printed here `sections` and `tables` can read back: headings are the fields' labels, lines
that begin with `>` are hints, and a line of an answer that would pass for one of these is written
with a backslash before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from trajplan.content.labels import ENGLISH, Words
from trajplan.content.worksheet_model import ROW, Column, Field, Worksheet, scale
from trajplan.text import one_line, pattern
from trajplan.worksheets.additions import holds_more, words_added, words_between
from trajplan.worksheets.answers import Answer, Answers, Cell, Row, cell_text, rows_of

CALL_IT = "Call it"
RATING = "Rating"
ANSWER = "Answer"
MARK = "<!-- trajplan:"
"""Begins a line that is the program's own and stands in no form a client gets."""
MARK_END = "-->"
FAULT = f"{MARK} to mend:"
_WHERE = "Write below the headings, in any program or by hand."
_ELSEWHERE = "What you write elsewhere is kept too."
_NOTHING_NEEDED = "Leave out whatever does not fit: nothing has to be filled in."
_NEEDED = (
    "Leave out whatever does not fit: only {labels} is needed.",
    "Leave out whatever does not fit: only {labels} are needed.",
)
"""One is, several are."""
NEEDED = "Please fill this one in."
HOW_TO_NAME = f"Behind “{CALL_IT}” you may put a name of your own for a part that fits you better."
_TAKEN = pattern(r"^(\s*)(?=[\\#><])")
MOST_OF_A_HINT = 2000
"""No hint is longer, and longer lines are not looked at."""


class Printings(Struct, frozen=True):
    """What other printings of an exact form may bear, as the records stood when they were printed:
    parts that are not in each, patterns of whole hints, and by field those of the names of rows and
    of options."""

    parts: tuple[Field, ...] = ()
    hints: tuple[str, ...] = ()
    rows: Mapping[str, str] = {}
    options: Mapping[str, str] = {}


class PrintedLines:
    """The lines of an exact form that are the program's own, below its frame, in any printing."""

    def __init__(self, sheet: Worksheet, others: Printings) -> None:
        parts = (*sheet.fields, *others.parts)
        self.headings = frozenset(map(heading_line, parts))
        self._hints = {hint for field in parts for hint in hints(field)}
        self._others = re.compile("|".join(others.hints) or "(?!)")
        self._headers = {
            _cells([field.row_label, *(column.label for column in field.columns)])
            for field in others.parts
        }
        self._columns = {column.label for field in others.parts for column in field.columns}
        self._rows, self._options = others.rows, others.options

    def __contains__(self, line: str) -> bool:
        return line in self.headings or self.is_hint(line) or self.tip_in(line) != ""

    def is_hint(self, line: str) -> bool:
        """Whether it is a hint of some printing, and nothing else."""
        hint = line.removeprefix("> ")
        if hint == line or len(line) >= MOST_OF_A_HINT:
            return False
        if hint in self._hints:
            return True
        # A hint of this printing with more in it was written in, and is no other printing's.
        return bool(self._others.fullmatch(hint)) and not any(
            holds_more(known_part, part)
            for known in self._hints
            for known_part in known.split("; ")
            for part in hint.split("; ")
        )

    def tip_in(self, line: str) -> str:
        """The hint of this printing that somebody has written into; empty for any other line."""
        hint = line.removeprefix("> ")
        if hint == line or len(line) >= MOST_OF_A_HINT:
            return ""
        return next((known for known in self._hints if words_added(known, hint)), "")

    def cut_off_tip(self, line: str) -> bool:
        """Whether a line is the beginning of a hint, as where a form was cut off."""
        hint = line.removeprefix("> ")
        return hint not in (line, "") and any(
            known != hint and known.startswith(hint) for known in self._hints
        )

    def is_row(self, table: str, name: str) -> bool:
        """Whether a row of this table is so called in some printing; without a table: of any."""
        return self._fits(self._rows, table, name)

    def is_option(self, field: str, option: str) -> bool:
        """Whether a field has this option in some printing; without a field: whether any has."""
        return self._fits(self._options, field, option)

    def is_header(self, line: str) -> bool:
        """Whether a line is the header, or the rule below it, of a table that is not in each
        printing."""
        return line in self._headers or bool(re.fullmatch(r"\|( --- \|)+", line))

    def is_column(self, label: str) -> bool:
        """Whether a column that is not in each printing has this label."""
        return label in self._columns

    @staticmethod
    def _fits(patterns: Mapping[str, str], field: str, name: str) -> bool:
        among = [patterns.get(field, "")] if field else patterns.values()
        return any(re.fullmatch(pattern, name) for pattern in among if pattern)


def write_form(
    sheet: Worksheet,
    answers: Answers | None = None,
    *,
    labels: Mapping[str, str] | None = None,
    client: str = "",
    name: str = "",
    exact: Printings | None = None,
) -> str:
    """The form, blank or filled.

    `labels` are the client's own names, `client` the slug it is printed for (a form so marked is
    taken for nobody else), `name` the client's name as it stands on the page. `exact`: a form of
    the coach's own, for `read_exactly`; text stands in it as it was typed.
    """
    heading = f"{sheet.title} · {one_line(name)}" if name else sheet.title
    printed = None if exact is None else PrintedLines(sheet, exact)
    lines = [f"# {heading}", "", f"*{identity(sheet, client, exact=printed is not None)}*", ""]
    for text in frame(sheet):
        lines += [f"*{text}*", ""]
    for field in sheet.fields:
        lines += [heading_line(field), ""]
        about = hints(field)
        if about:
            lines += [*(f"> {hint}" for hint in about), ""]
        if field.relabel:
            lines += [f"{CALL_IT}: {(labels or {}).get(field.id, '')}".rstrip(), ""]
        lines += [*_body(field, (answers or {}).get(field.id), answers or {}, printed), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def identity(sheet: Worksheet, client: str, *, exact: bool = False) -> str:
    """The line that says which worksheet this is, in words a client may read."""
    form = sheet.title if exact else f"Worksheet {sheet.id}"
    return form + (f", for {client}" if client else "")


def heading_line(field: Field) -> str:
    """What stands above a field."""
    return f"## {field.label}"


def spared(line: str, printed: PrintedLines) -> str:
    """A line of text as an exact form holds it: with a backslash where it would pass for the
    form's own. `as_typed` takes that off again."""
    return f"\\{line}" if _is_printed(line, printed) else line


def as_typed(line: str, printed: PrintedLines) -> str:
    """A line of text of an exact form as it was typed."""
    return line[1:] if line.startswith("\\") and _is_printed(line, printed) else line


def _is_printed(line: str, printed: PrintedLines) -> bool:
    bare = line.lstrip("\\")
    return bare.rstrip() in printed or bare.lstrip().startswith(MARK)


def with_faults(text: str, faults: Sequence[tuple[int, str]]) -> str:
    """A form somebody wrote, with what is wrong in it said above the line, not a letter lost; where
    to look for it is said at the top.

    What was said the time before is taken out.
    """
    notes_by_line: dict[int, list[str]] = {}
    for number, message in faults:
        # Only the end of a remark would end it early; an option of a command stays as it is typed.
        harmless = one_line(message).replace(MARK_END, "—>")
        notes_by_line.setdefault(number, []).append(f"{FAULT} {harmless} {MARK_END}")
    written_lines = text.split("\n")
    result: list[str] = []
    for number, line in enumerate(written_lines, 1):
        result += notes_by_line.get(number, [])
        if not line.lstrip().startswith(FAULT):
            result.append(line)
        elif words := behind_mark(line):
            result.append(words)
    below = [
        note
        for number, lines in notes_by_line.items()
        if number > len(written_lines)
        for note in lines
    ]
    marked = [*result, *below]
    first = next((place for place, line in enumerate(marked, 2) if line.startswith(FAULT)), 2)
    if first == 2:
        return "\n".join(marked)
    more = "" if len(faults) == 1 else f", the first of {len(faults)}"
    return "\n".join([f"{FAULT} see line {first}{more} -->", *marked])


def behind_mark(line: str) -> str:
    """What somebody wrote behind what the program wrote on a line of its own; the line itself
    where its end is gone."""
    _, end, behind = line.rpartition(MARK_END)
    return behind.strip() if end else line


def freed(text: str, offered: str) -> str:
    """A form somebody wrote, with what they typed into a line of the program's own on a line below
    it: such a line is taken out again. `offered`: the form as it was opened."""
    own = [line for line in offered.split("\n") if line.lstrip().startswith(MARK)]
    result = []
    for line in text.split("\n"):
        words = ""
        if own and line.lstrip().startswith(MARK) and line not in own:
            was = max(own, key=lambda mark: len(mark.split()) - words_between(mark, line)[1])
            typed, replaced = words_between(was, line)
            # A word put in place of another comes from one that was replaced everywhere.
            is_typed = not replaced or " " in typed
            if is_typed and 2 * replaced <= len(was.split()):
                words = typed
                line = was if words else line
        result += [line, words] if words else [line]
    return "\n".join(result)


def remark_lines(text: str) -> list[int]:
    """The line of each remark that `with_faults` put in, in order; not of the one at the top that
    only says where to look."""
    lines = text.split("\n")
    numbers = [number for number, line in enumerate(lines, 1) if line.lstrip().startswith(FAULT)]
    return numbers[1:] if lines[0].startswith(f"{FAULT} see line ") else numbers


def frame(sheet: Worksheet) -> list[str]:
    """What stands above the first field of a form that is typed into."""
    purpose, leave_out, *rest = frame_on_paper(sheet)
    return [*filter(None, [purpose]), f"{_WHERE} {leave_out} {_ELSEWHERE}", *rest]


def frame_on_paper(sheet: Worksheet, words: Words = ENGLISH) -> list[str]:
    """What the worksheet is for, or nothing; what may be left out; and how parts are named anew."""
    texts = [words(one_line(sheet.purpose)), _may_be_left_out(sheet, words)]
    if any(field.relabel for field in sheet.fields):
        texts.append(words(HOW_TO_NAME))
    return texts


def _may_be_left_out(sheet: Worksheet, words: Words) -> str:
    labels = [f"“{words(field.label)}”" for field in sheet.fields if field.required]
    if not labels:
        return words(_NOTHING_NEEDED)
    *before, last = labels
    named = words("{labels} and {last}", labels=", ".join(before), last=last) if before else last
    return words(_NEEDED[bool(before)], labels=named)


def hints(field: Field, words: Words = ENGLISH) -> list[str]:
    """The lines that say what a field asks for."""
    lines = [words(one_line(field.help))] if field.help else []
    if field.type == "rating" and field.anchors:
        lines.append(anchors_line(field, words))
    if field.type == "number" and (field.min is not None or field.max is not None):
        low = "" if field.min is None else words("from {low}", low=field.min)
        high = "" if field.max is None else words("to {high}", high=field.max)
        lines.append(" ".join(filter(None, (words("A number"), low, high))))
    if field.type == "choice":
        lines.append(words("Mark one with an x."))
    if field.type == "ticks":
        lines.append(words("Mark as many as you like with an x."))
    if field.required:
        lines.append(words(NEEDED))
    labels_by_hint: dict[str, list[str]] = {}
    for column in field.columns:
        labels_by_hint.setdefault(_column_hint(column, words), []).append(words(column.label))
    return lines + [
        f"{', '.join(labels)}: {hint}" for hint, labels in labels_by_hint.items() if hint
    ]


def anchors_line(field: Field | Column, words: Words = ENGLISH) -> str:
    """What the points of a scale mean."""
    return " · ".join(
        f"{point} = {words(one_line(text))}" for point, text in sorted(field.anchors.items())
    )


def _column_hint(column: Column, words: Words) -> str:
    parts = [words(one_line(column.help))] if column.help else []
    if column.type == "rating":
        low, high = scale(column)
        means = f" ({anchors_line(column, words)})" if column.anchors else ""
        parts.append(words("{low} to {high}", low=low, high=high) + means)
    if column.type == "number":
        parts.append(words("a number"))
    if column.type == "choice":
        options = [
            f"{words(option)} ({', '.join(column.also[option][:2])})"
            if column.also.get(option)
            else words(option)
            for option in column.options
        ]
        parts.append(f" {words('or')} ".join(options))
    return "; ".join(parts)


def _body(
    field: Field, answer: Answer | None, answers: Answers, printed: PrintedLines | None
) -> list[str]:
    if field.type == "table":
        rows = rows_of(answers, field)
        return list(_cards(field, rows)) if field.layout == "cards" else _grid(field, rows)
    if field.type == "list":
        texts = answer if isinstance(answer, tuple) else ()
        return [f"- {text}" for text in texts if isinstance(text, str)] or ["- "] * field.blank_rows
    if field.type == "choice":
        return [f"- [{'x' if option == answer else ' '}] {option}" for option in field.options]
    if field.type == "ticks":
        ticked = answer if isinstance(answer, tuple) else ()
        return [f"- [{'x' if option in ticked else ' '}] {option}" for option in field.options]
    if field.type == "text":
        if isinstance(answer, str):
            return _text(answer, printed)
        # Nobody writes on paper in a form of the coach's own.
        return [""] * (field.blank_rows if printed is None else 1)
    value = cell_text(answer) if isinstance(answer, int | float) else ""
    return [f"{value_label(field)}: {value}".rstrip()]


def value_label(field: Field) -> str:
    """What stands before the answer of a number or a rating."""
    if field.type != "rating":
        return ANSWER
    low, high = scale(field)
    return f"{RATING} ({low} to {high})"


def _text(answer: str, printed: PrintedLines | None) -> list[str]:
    if printed is not None:
        return [spared(line, printed) for line in answer.split("\n")]
    return [_TAKEN.sub(lambda start: start[1] + "\\", line) for line in answer.split("\n")]


def grid(field: Field, rows: tuple[Row, ...]) -> tuple[list[str], list[list[Cell]]]:
    """The titles of a table and its cells, empty where there is room to write: the rows that were
    answered, then the others."""
    keys = [ROW] * bool(field.rows) + [column.id for column in field.columns]
    titles = [field.row_label] * bool(field.rows) + [column.label for column in field.columns]
    cells = [[row.get(key, "") for key in keys] for row in rows]
    named_rows = {row.get(ROW) for row in rows}
    cells += [[name, *[""] * len(field.columns)] for name in field.rows if name not in named_rows]
    if not field.rows:
        cells += [[""] * len(keys)] * (field.blank_rows - len(rows))
    return titles, cells


def _grid(field: Field, rows: tuple[Row, ...]) -> list[str]:
    titles, cells = grid(field, rows)
    rule = "|" + " --- |" * len(titles)
    return [_cells(titles), rule, *(_cells([*map(cell_text, row)]) for row in cells)]


def _cells(texts: list[str]) -> str:
    escaped = (text.replace("\\", "\\\\").replace("|", "\\|") for text in texts)
    return "| " + " | ".join(escaped) + " |"


def cards(field: Field, rows: tuple[Row, ...]) -> list[tuple[str, Row]]:
    """The cards of a table, by name: those that are filled in, and blank ones."""
    rows_by_name = {str(row.get(ROW, "")): row for row in rows}
    if field.rows:
        return [(name, rows_by_name.get(name, {})) for name in field.rows]
    blank: list[Row] = [{}] * (field.blank_rows - len(rows))
    return [(card_name(field, number), row) for number, row in enumerate([*rows, *blank], 1)]


def _cards(field: Field, rows: tuple[Row, ...]) -> Iterator[str]:
    for name, row in cards(field, rows):
        yield from (f"### {name}", "", *card_lines(field, row), "")


def card_lines(field: Field, row: Row) -> list[str]:
    """The lines of one card, below its name."""
    return [
        f"- {column.label}: {cell_text(row.get(column.id, ''))}".rstrip()
        for column in field.columns
    ]


def card_name(field: Field, number: int) -> str:
    """What stands above a card whose row has no name of its own."""
    return f"{field.row_label} {number}".strip()
