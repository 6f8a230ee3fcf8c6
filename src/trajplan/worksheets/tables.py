"""Tables as they come back: rows between bars, or a block of lines for each row."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from trajplan.content.worksheet_model import ROW, Field
from trajplan.text import name_key, one_line, pattern, quote
from trajplan.worksheets.additions import holds_more, is_beginning, words_added, words_behind
from trajplan.worksheets.answers import (
    Cell,
    FormFault,
    Place,
    Row,
    first_words,
    in_order,
    read_value,
)
from trajplan.worksheets.form import PrintedLines, card_name
from trajplan.worksheets.sections import CARD_DEPTH, HEADING, FormLine, labelled_line

_EMPTY_LABEL = pattern(r"-(?:\s([^:]*):)?")
_FIGURES = pattern(r"[\d\s./–-]+")
_NUMBER = pattern(r"\d+ · ")
_IS_NUMBERED = pattern(r"(.*\S) \d+")
_RULE = pattern(r"\s*:?-+:?\s*")


def _stem(name: str) -> str:
    """What stays of a row's name, whatever becomes of the day or the minutes behind it: its number,
    or its words."""
    number = _NUMBER.match(name)
    return number[0] if number else name.partition(" (")[0].strip()


def _said(name: str) -> str:
    """The words of a row's name without number, day and the sign of what was cut."""
    number = _NUMBER.match(name)
    words = name[number.end() :] if number else name
    return name_key(words.rpartition(" (")[0] or words).rstrip("…")


class _Draft(Struct):
    """A row while it is read: what was written for each key, with the line it began on."""

    texts: dict[str, str] = {}
    lines: dict[str, int] = {}
    last: str = ""
    """The key a further line belongs to; empty: to none."""


class TableReader:
    """Takes the lines of one table's section, then gives its rows, faults and what was nobody's."""

    def __init__(self, table: Field, printed: PrintedLines | None = None) -> None:
        self.table = table
        self._printed = printed
        """The lines of a form that is read exactly: what was printed and left empty is no word of
        anybody's."""
        self._exact = exact = printed is not None
        self.faults: list[FormFault] = []
        self.unmatched: list[str] = []
        self.places: dict[Place, int] = {}
        """The lines of the cells that were written, by row and column."""
        self._columns = {column.id: column for column in table.columns}
        self._column_ids = {name_key(column.label): column.id for column in table.columns}
        for column in table.columns:
            self._column_ids.setdefault(name_key(column.id), column.id)
        self._rows = {name_key(name): name for name in table.rows}
        stems = [_stem(name) for name in table.rows]
        self._stems = {
            stem: name
            for stem, name in zip(stems, table.rows, strict=True)
            if exact and stems.count(stem) == 1
        }
        self._said = {_said(name): name for name in table.rows} if exact else {}
        self._unknown_card = ""
        """The heading of a card nobody knows, until something is written below it."""
        self._keys: list[str | None] | None = None
        self._extra_headers: dict[int, str] = {}
        """Headers of columns the form does not have, by place."""
        self._under_header = False
        self._grid_rows = 0
        """How many rows between bars were read, without the header."""
        self._drafts: list[_Draft] = []
        self._card_open = False
        self._card_names = {name_key(table.row_label)}
        """The names that a card's heading has on the form itself, with as many numbers as cards."""
        self._numbered = 0

    def read(self, lines: Sequence[FormLine]) -> tuple[Row, ...]:
        """Read every line and return the rows that say something."""
        for line in lines:
            self._take(line)
        rows: list[Row] = []
        for number, draft in enumerate(self._drafts, 1):
            if row := self._row(draft, number):
                name = str(row[ROW]) if ROW in row else len(rows)
                self.places |= {(name, column): line for column, line in draft.lines.items()}
                rows.append(row)
        return in_order(self.table, rows)

    def _take(self, line: FormLine) -> None:
        text = line.text.strip()
        heading = HEADING.match(line.text)
        if heading and len(heading[1]) >= CARD_DEPTH:
            self._card(heading[2] or "", line)
        elif text.startswith("|"):
            self._grid(line)
        elif text and not self._take_label(line) and not self._take_continuation(line):
            if self._exact and self._is_empty_label(text):
                return
            self.unmatched += [*filter(None, [self._unknown_card]), text]
            self._unknown_card = ""

    def _is_empty_label(self, text: str) -> bool:
        """Whether a line is a point or a label of this table, with nothing behind it."""
        label = _EMPTY_LABEL.fullmatch(text)
        return label is not None and (not label[1] or name_key(label[1]) in self._column_ids)

    # Cards.

    def _card(self, title: str, line: FormLine) -> None:
        draft = _Draft()
        self._drafts.append(draft)
        self._card_open = True
        self._unknown_card = ""
        if self.table.rows:
            name = self._row_named(title, line)
            if name is None:
                # Its lines stay together below the heading nobody knows.
                if self._is_row_print(title):
                    self._unknown_card = title
                else:
                    self.unmatched.append(line.text.strip())
                self._card_open = False
            else:
                draft.texts[ROW] = name
                if self._exact and not self._is_row_print(title):
                    self.unmatched.append(title)
        elif title and not self._is_card_name(title):
            self.unmatched.append(title.strip())

    def _row_named(self, text: str, line: FormLine) -> str | None:
        """The row that a name means: in an exact form also as it was called in another printing.
        Where its number is one row's and its words are another's, nobody can tell which is meant.
        """
        name = self._rows.get(name_key(text)) or self._stems.get(_stem(text))
        if name is None and self._exact:
            name = next((row for row in self.table.rows if words_added(row, text)), None)
        other = self._said.get(_said(text)) or self._said_in_full(text)
        if name and other and name != other and _said(name) != _said(text):
            words = f"the number is that of {quote(name)}, the words are those of {quote(other)}"
            self.faults.append(FormFault(line.number, words, self.table.id))
        return name

    def _written_over(self, text: str, draft: _Draft) -> str | None:
        """The row whose mere number somebody wrote over with what it is, as with `The PhD` in place
        of `Option 1`; the words go in front of its text."""
        place = self._grid_rows - 1
        words_column = first_words(self.table)
        numbered = {match[1] for row in self.table.rows if (match := _IS_NUMBERED.fullmatch(row))}
        is_print = len(numbered) == 1 and all(map(_IS_NUMBERED.fullmatch, self.table.rows))
        if self._exact or not (text and words_column and is_print and place < len(self.table.rows)):
            return None
        number = next(
            (row for row in self.table.rows if name_key(text).startswith(name_key(row) + " ")), ""
        )
        words = text[len(number) :].lstrip(" :.–—-") if number else text
        draft.texts[words_column] = ": ".join(
            filter(None, (words, draft.texts.get(words_column, "")))
        )
        draft.lines.setdefault(words_column, draft.lines[ROW])
        return number or self.table.rows[place]

    def _is_row_print(self, text: str) -> bool:
        """Whether an exact form calls a row so in some printing, or somebody typed the beginning of
        its name anew, and nobody has written in it."""
        if self._printed is None or name_key(text) in self._rows:
            return self._printed is not None
        if any(is_beginning(row, text) for row in self.table.rows):
            return True
        return self._printed.is_row(self.table.id, text) and not any(
            holds_more(row, text)
            or (_stem(row) == _stem(text) and holds_more(_said(row), _said(text)))
            for row in self.table.rows
        )

    def _said_in_full(self, text: str) -> str | None:
        """The row whose words, cut on the form, a name gives in full."""
        said = _said(text)
        rows = [name for begins, name in self._said.items() if said.startswith(begins) and begins]
        return rows[0] if len(rows) == 1 else None

    def _is_card_name(self, title: str) -> bool:
        """Whether a card's heading is one that the form itself has."""
        while self._numbered < len(self._drafts) + self.table.blank_rows:
            self._numbered += 1
            name = name_key(card_name(self.table, self._numbered))
            self._card_names |= {name, str(self._numbered)}
        return name_key(title) in self._card_names

    def _take_label(self, line: FormLine) -> bool:
        parts = labelled_line(line.text)
        key = self._column_ids.get(name_key(parts[0])) if parts else None
        if parts is None or key is None:
            return False
        if self.table.rows and not self._card_open:
            return False
        if not self._card_open or key in self._drafts[-1].lines:
            # The same label again begins another row.
            if self.table.rows:
                return False
            self._drafts.append(_Draft())
            self._card_open = True
        draft = self._drafts[-1]
        draft.texts[key], draft.lines[key], draft.last = parts[1], line.number, key
        return True

    def _take_continuation(self, line: FormLine) -> bool:
        """Whether a line goes on with the value above it."""
        if not self._card_open or not self._drafts[-1].last:
            return False
        draft = self._drafts[-1]
        key = draft.last
        if not draft.texts[key]:
            draft.lines[key] = line.number
        draft.texts[key] = f"{draft.texts[key]} {line.text.strip()}"
        return True

    # Rows between bars.

    def _grid(self, line: FormLine) -> None:
        self._card_open = False
        cells = _cells(line.text)
        under_header, self._under_header = self._under_header, False
        if under_header and all(_RULE.fullmatch(cell) for cell in cells):
            return
        if self._keys is None:
            header = self._header(cells)
            self._keys = header or [*([ROW] if self.table.rows else []), *self._columns]
            self._under_header = True
            if header:
                self._extra_headers = {
                    index: cells[index] for index, key in enumerate(header) if key is None
                }
                self.unmatched += [cell for cell in self._extra_headers.values() if cell]
                return
        self._add(cells, line)

    def _header(self, cells: Sequence[str]) -> list[str | None] | None:
        """The keys of a header row; None when the row is no header."""
        keys: list[str | None] = [self._column_ids.get(name_key(cell)) for cell in cells]
        if self.table.rows and name_key(cells[0]) in ("", name_key(self.table.row_label)):
            keys[0] = ROW
        elif self.table.rows and self._exact and keys[0] is None:
            keys[0] = ROW
            self.unmatched.append(cells[0])
        column_keys = [key for key in keys if key not in (None, ROW)]
        return keys if len(column_keys) * 2 >= max(1, len(self._columns)) else None

    def _add(self, cells: Sequence[str], line: FormLine) -> None:
        draft = _Draft()
        keys = self._keys or []
        for index, cell in enumerate(cells):
            key = keys[index] if index < len(keys) else None
            if not cell:
                continue
            if key is None:
                header = self._extra_headers.get(index)
                self.unmatched.append(f"{header}: {cell}" if header else cell)
            else:
                draft.texts[key], draft.lines[key] = cell, line.number
        if self.table.rows:
            self._grid_rows += 1
            text = draft.texts.get(ROW, "")
            name = self._row_named(text, line) or self._written_over(text, draft)
            is_print = self._is_row_print(text)
            if name is None:
                if draft.lines.keys() - ({ROW} if is_print else ()):
                    self.unmatched.append(" · ".join(filter(None, cells)))
                return
            draft.texts[ROW] = name
            if self._exact and not is_print and not self._take_behind(name, text, draft):
                self.unmatched.append(text)
        self._drafts.append(draft)

    def _take_behind(self, name: str, text: str, draft: _Draft) -> bool:
        """Take a value that stands behind the name of its row, where it is plainly one."""
        column, *others = self.table.columns
        words = words_behind(name, text).lstrip(":=–- ")
        if others or column.id in draft.texts or not words:
            return False
        value = read_value(column, words, exact=True)
        if value.rest or (value.fault and not _FIGURES.fullmatch(words)):
            return False
        draft.texts[column.id], draft.lines[column.id] = words, draft.lines[ROW]
        return True

    # Both.

    def _row(self, draft: _Draft, number: int) -> Row | None:
        """The row a draft makes; None for one that was left empty."""
        cells: dict[str, Cell] = {}
        for column in self.table.columns:
            text = draft.texts.get(column.id, "")
            if not text.strip():
                continue
            value = read_value(column, text, exact=self._exact)
            if value.fault:
                where = f"{self._name(draft, number)}, {column.label}"
                line = draft.lines[column.id]
                self.faults.append(FormFault(line, f"{where}: {value.fault}", self.table.id))
            if value.rest:
                self.unmatched.append(f"{column.label}: {one_line(text)}")
            if value.value is not None:
                cells[column.id] = value.value
        if not cells:
            return None
        return {ROW: draft.texts[ROW], **cells} if ROW in draft.texts else cells

    def _name(self, draft: _Draft, number: int) -> str:
        if ROW in draft.texts:
            return draft.texts[ROW]
        return f"{self.table.row_label or 'row'} {number}"


def _cells(text: str) -> list[str]:
    r"""The cells of a row. `\|` and `\\` stand for a bar and a backslash inside one."""
    cells: list[str] = [""]
    letters = iter(text.strip()[1:])
    for letter in letters:
        if letter == "|":
            cells.append("")
        elif letter == "\\":
            next_letter = next(letters, "")
            cells[-1] += next_letter if next_letter in ("|", "\\") else letter + next_letter
        else:
            cells[-1] += letter
    if len(cells) > 1 and not cells[-1].strip():
        cells.pop()
    return [one_line(cell) for cell in cells]
