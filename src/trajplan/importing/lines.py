"""Markdown and plain text: lists, headings, tables and lines to questions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from trajplan.importing.recognise import (
    MARKS,
    Imported,
    ImportResult,
    Skipped,
    invites,
    looks_asked,
    question_marks,
    tags_of,
)
from trajplan.importing.rows import Row, from_rows

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(\S.*)")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*")
_ITEM = re.compile(
    r"(?P<indent>[ \t]*)(?:[-*+–—][ \t]+|[•◦‣▪●○・][ \t\u3000]*|(?:\d{1,9}|[a-z])[.)][ \t]+)"
    r"(?:\[[ xX]\][ \t]+)?(?P<text>\S.*)"
)
_RULE = re.compile(r"[ \t]*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|=+)")
_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_TABLE_RULE = re.compile(r"[ \t]*(?:\|[ \t]*)?:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*(?:\|[ \t]*)?")
_CELL = re.compile(r"(?<!\\)\|")
_QUOTED = re.compile(r"[ \t]*(?:>[ \t]?)+")
_NUMBER = re.compile(r"\d{1,3}[.)][ \t]+(?=\S)")
_QUOTATION = re.compile(f'[“"«„]([^“”"«»„]+[{MARKS}])[”"»“]')
_ROOM = re.compile(rf"(?P<text>.*[{MARKS}][*_ \t]*)\[[^\]]*\][ \t]*")
"""A question of a form, with what kind of answer it takes in brackets."""
_OPTION = re.compile(r"[ \t]*(?:[-*+•][ \t]+)?(?:\([ xX]?\)|\[[ xX]?\]|[○◯◉☐☑])[ \t]*\S.*")
_LABEL_WORDS = 3
"""A line above others that is longer may be a question in words nobody here knows."""
_LABEL_ENDS = (":", "：")


@dataclass(slots=True)
class _Item:
    """A list item while the lines that continue it are still to come."""

    line: int
    indent: int
    text: str
    labels: tuple[str, ...]
    leads: bool
    """Whether a deeper item follows it."""


@dataclass(slots=True)
class _Reader:
    """Goes through the lines once. `each_line`: plain text, where every line is a question."""

    each_line: bool
    questions: list[Imported] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)
    open_items: list[tuple[int, str]] = field(default_factory=list)
    """Labels among the items that the next item may stand under, with their indents."""
    item: _Item | None = None
    form: bool = False
    """Whether the question above is one of a form, so that answers to choose may follow."""
    paragraph: list[tuple[int, str]] = field(default_factory=list)

    def read(self, lines: Sequence[str]) -> None:
        index = self._front_matter(lines)
        while index < len(lines):
            index = self._block(lines, index)
        self._close()

    def _block(self, lines: Sequence[str], index: int) -> int:
        """Read what begins at a line; return where the next thing begins."""
        line, number = lines[index], index + 1
        following = lines[index + 1] if index + 1 < len(lines) else ""
        if not line.strip():
            self._close()
            return index + 1
        if fence := _FENCE.match(line):
            return self._fenced(lines, index, fence[1])
        if heading := _HEADING.fullmatch(line):
            self._heading(number, len(heading[1]), _bare_heading(heading[2]))
            return index + 1
        if "|" in line and "-" in following and _TABLE_RULE.fullmatch(following):
            return self._table(lines, index)
        if _RULE.fullmatch(line):
            self._close()
            return index + 1
        if room := _ROOM.fullmatch(line):
            self._close()
            self.open_items.clear()
            item = _ITEM.fullmatch(room["text"])
            self._add(number, _without_emphasis(item["text"] if item else room["text"]))
            self.form = True
            return index + 1
        if self._is_option(line):
            self._close()
            self._skip(number, line, "an answer to choose for the question above")
            return index + 1
        if match := _ITEM.fullmatch(line):
            self._close()
            self._begin(number, match, _is_deeper(lines, index + 1, _indent(match)))
            return index + 1
        if not self.each_line and not self.item and _UNDERLINE.fullmatch(following):
            # `---` below a line makes it a heading; below a blank line it is only a rule.
            self._heading(number, 1 if "=" in following else 2, line.strip())
            return index + 2
        self._text(number, line)
        return index + 1

    def _is_option(self, line: str) -> bool:
        """Whether the line is an answer to choose, below a question of a form."""
        listed = _OPTION.fullmatch(line) or _ITEM.fullmatch(line)
        return self.form and listed is not None and not looks_asked(line)

    def _heading(self, number: int, level: int, text: str) -> None:
        self._close()
        self.open_items.clear()
        self.headings = [heading for heading in self.headings if heading[0] < level]
        text = _NUMBER.sub("", text)
        if looks_asked(text):
            self._add(number, text)
        elif quotation := _QUOTATION.search(text):
            self._add(number, quotation[1])
        elif question_marks(text):
            self._skip(number, text, "a heading with more than a question in it")
        self.headings.append((level, text))

    def _begin(self, number: int, match: re.Match[str], leads: bool) -> None:
        indent = _indent(match)
        self.open_items = [label for label in self.open_items if label[0] < indent]
        labels = tuple(label for _, label in self.open_items)
        self.item = _Item(number, indent, match["text"], labels, leads)

    def _text(self, number: int, line: str) -> None:
        if self.each_line:
            self._close()
            # Indentation is layout; what follows is the question to its last space.
            self._add(number, line.lstrip(" \t"))
            return
        bare = _NUMBER.sub("", _QUOTED.sub("", line)) if _QUOTED.match(line) else line
        if self.item:
            words = self.item.text.rstrip()
            goes_on = words.endswith(("...", "…"))
            finished = looks_asked(words) or (words.endswith((".", "!")) and not goes_on)
            if not (finished and not line.startswith((" ", "\t"))):
                self.item.text = f"{self.item.text.rstrip()} {bare.strip()}"
                return
            self._close()
        self.paragraph.append((number, bare.lstrip(" \t")))
        if looks_asked(bare):
            self._close()

    def _close(self) -> None:
        """End the item or paragraph that is open."""
        if self.item:
            item, self.item = self.item, None
            if item.leads and _is_label(item.text):
                self.open_items.append((item.indent, item.text))
                if not item.text.rstrip("*_ ").endswith(_LABEL_ENDS) and (
                    len(item.text.split()) > _LABEL_WORDS
                ):
                    self._skip(item.line, item.text, "read as the heading of what is below it")
            else:
                self._add(item.line, item.text, item.labels)
        if self.paragraph:
            lines, self.paragraph = self.paragraph, []
            text = lines[0][1] if len(lines) == 1 else " ".join(line.strip() for _, line in lines)
            if looks_asked(text):
                self._add(lines[0][0], text)
            else:
                self._skip(lines[0][0], text, "neither in a list nor a question")

    def _add(self, number: int, text: str, labels: Sequence[str] = ()) -> None:
        self.form = False
        tags = tags_of(*(heading for _, heading in self.headings), *labels)
        self.questions.append(Imported(text=text, where=f"line {number}", tags=tags))

    def _skip(self, number: int, text: str, why: str) -> None:
        self.skipped.append(Skipped(where=f"line {number}", text=text, why=why))

    def _fenced(self, lines: Sequence[str], index: int, fence: str) -> int:
        self._close()
        index += 1
        if self.each_line:
            return index  # every line is asked for, also those between the marks
        while index < len(lines) and not lines[index].lstrip(" ").startswith(fence):
            if lines[index].strip():
                self._skip(index + 1, lines[index], "inside a code block")
            index += 1
        return index + 1

    def _front_matter(self, lines: Sequence[str]) -> int:
        """Skip what some programs put between two `---` at the top, and name it."""
        if self.each_line or not lines or lines[0].rstrip() != "---":
            return 0
        end = next((index for index, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), 0)
        for index in range(1, end):
            if lines[index].strip():
                self._skip(index + 1, lines[index], "in the block at the top of the file")
        return end + 1 if end else 0

    def _table(self, lines: Sequence[str], index: int) -> int:
        self._close()
        rows = [Row(index + 1, _cells(lines[index]))]
        index += 2
        while index < len(lines) and "|" in lines[index] and lines[index].strip():
            rows.append(Row(index + 1, _cells(lines[index])))
            index += 1
        table = from_rows(
            rows, header=True, tags=tags_of(*(heading for _, heading in self.headings))
        )
        self.questions += table.questions
        self.skipped += table.skipped
        self.notes += table.notes
        return index


def _cells(line: str) -> tuple[str, ...]:
    bare = line.strip()
    bare = bare[1:] if bare.startswith("|") else bare
    parts = _CELL.split(bare)
    if parts and not parts[-1].strip():
        parts.pop()
    return tuple(cell.strip().replace("\\|", "|") for cell in parts)


def _without_emphasis(text: str) -> str:
    """A question or label without the stars around it, which a form puts there."""
    return text.strip().strip("*_").strip()


def _bare_heading(text: str) -> str:
    """A heading without the `##` that may close it."""
    words = text.rstrip()
    closed = words.rstrip("#")
    return closed.rstrip() if closed.endswith((" ", "\t")) else words


def _indent(match: re.Match[str]) -> int:
    return len(match["indent"].expandtabs(4))


def _is_deeper(lines: Sequence[str], start: int, indent: int) -> bool:
    """Whether the next thing below is an item that stands further in."""
    below = (lines[index] for index in range(start, len(lines)))
    following = next((line for line in below if line.strip()), "")
    match = _ITEM.fullmatch(following)
    return match is not None and _indent(match) > indent


def _is_label(text: str) -> bool:
    """Whether an item names those below it and asks nothing itself."""
    if looks_asked(text):
        return False
    bare = _without_emphasis(text)
    return bare.endswith(_LABEL_ENDS) or not invites(bare)


def from_markdown(text: str) -> ImportResult:
    """Take every list item, table row, and paragraph that ends as a question."""
    return _read(text, each_line=False)


def from_plain_text(text: str) -> ImportResult:
    """Take every line; list markers and `#` headings are read as in Markdown."""
    return _read(text, each_line=True)


def _read(text: str, *, each_line: bool) -> ImportResult:
    # As an editor counts lines: no other character ends one.
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    reader = _Reader(each_line)
    reader.read(lines)
    return ImportResult(
        questions=tuple(reader.questions), skipped=tuple(reader.skipped), notes=tuple(reader.notes)
    )
