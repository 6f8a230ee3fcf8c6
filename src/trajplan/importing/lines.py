"""Markdown and plain text: lists, headings, tables and lines to questions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from trajplan.importing.harvest import Harvest, Left, Taken, invites, looks_asked, tags_of
from trajplan.importing.rows import Row, from_rows

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(\S.*)")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*")
_ITEM = re.compile(
    r"(?P<indent>[ \t]*)(?:[-*+–—][ \t]+|[•◦‣▪●○・][ \t\u3000]*|(?:\d{1,9}|[a-z])[.)][ \t]+)"
    r"(?:\[[ xX]\][ \t]+)?(?P<text>\S.*)"
)
_RULE = re.compile(r"[ \t]*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|=+)")
_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_TABLE_RULE = re.compile(r"[ \t]*\|?(?:[ \t]*:?-+:?[ \t]*\|)*[ \t]*:?-+:?[ \t]*\|?[ \t]*")
_CELL = re.compile(r"(?<!\\)\|")
_QUOTED = re.compile(r"[ \t]*(?:>[ \t]?)+")
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
    taken: list[Taken] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)
    open_items: list[tuple[int, str]] = field(default_factory=list)
    """Labels among the items that the next item may stand under, with their indents."""
    item: _Item | None = None
    paragraph: list[tuple[int, str]] = field(default_factory=list)

    def read(self, lines: Sequence[str]) -> None:
        at = self._front_matter(lines)
        while at < len(lines):
            at = self._one(lines, at)
        self._close()

    def _one(self, lines: Sequence[str], at: int) -> int:
        """Read what begins at a line; return where the next thing begins."""
        line, number = lines[at], at + 1
        following = lines[at + 1] if at + 1 < len(lines) else ""
        if not line.strip():
            self._close()
            return at + 1
        if fence := _FENCE.match(line):
            return self._fenced(lines, at, fence[1])
        if heading := _HEADING.fullmatch(line):
            self._heading(number, len(heading[1]), _bare_heading(heading[2]))
            return at + 1
        if "|" in line and "-" in following and _TABLE_RULE.fullmatch(following):
            return self._table(lines, at)
        if _RULE.fullmatch(line):
            self._close()
            return at + 1
        if item := _ITEM.fullmatch(line):
            self._close()
            self._begin(number, item, _is_deeper(lines[at + 1 :], _indent(item)))
            return at + 1
        if not self.each_line and not self.item and _UNDERLINE.fullmatch(following):
            # `---` below a line makes it a heading; below a blank line it is only a rule.
            self._heading(number, 1 if "=" in following else 2, line.strip())
            return at + 2
        self._text(number, line)
        return at + 1

    def _heading(self, number: int, level: int, text: str) -> None:
        self._close()
        self.open_items.clear()
        self.headings = [one for one in self.headings if one[0] < level]
        if looks_asked(text):
            self._take(number, text)
        self.headings.append((level, text))

    def _begin(self, number: int, item: re.Match[str], leads: bool) -> None:
        indent = _indent(item)
        self.open_items = [one for one in self.open_items if one[0] < indent]
        labels = tuple(label for _, label in self.open_items)
        self.item = _Item(number, indent, item["text"], labels, leads)

    def _text(self, number: int, line: str) -> None:
        if self.each_line:
            self._close()
            # Indentation is layout; what follows is the question to its last space.
            self._take(number, line.lstrip(" \t"))
            return
        bare = _QUOTED.sub("", line) if _QUOTED.match(line) else line
        if self.item:
            finished = looks_asked(self.item.text) or self.item.text.rstrip().endswith((".", "!"))
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
            done, self.item = self.item, None
            if done.leads and _is_label(done.text):
                self.open_items.append((done.indent, done.text))
            else:
                self._take(done.line, done.text, done.labels)
        if self.paragraph:
            lines, self.paragraph = self.paragraph, []
            text = lines[0][1] if len(lines) == 1 else " ".join(one.strip() for _, one in lines)
            if looks_asked(text):
                self._take(lines[0][0], text)
            else:
                self._leave(lines[0][0], text, "neither in a list nor a question")

    def _take(self, number: int, text: str, labels: Sequence[str] = ()) -> None:
        tags = tags_of(*(one for _, one in self.headings), *labels)
        self.taken.append(Taken(text=text, where=f"line {number}", tags=tags))

    def _leave(self, number: int, text: str, why: str) -> None:
        self.left.append(Left(where=f"line {number}", text=text, why=why))

    def _fenced(self, lines: Sequence[str], at: int, fence: str) -> int:
        self._close()
        at += 1
        while at < len(lines) and not lines[at].lstrip(" ").startswith(fence):
            if lines[at].strip():
                self._leave(at + 1, lines[at], "inside a code block")
            at += 1
        return at + 1

    def _front_matter(self, lines: Sequence[str]) -> int:
        """Skip what some programs put between two `---` at the top, and name it."""
        if self.each_line or not lines or lines[0].rstrip() != "---":
            return 0
        end = next((at for at, one in enumerate(lines[1:], 1) if one.rstrip() == "---"), 0)
        for at in range(1, end):
            if lines[at].strip():
                self._leave(at + 1, lines[at], "in the block at the top of the file")
        return end + 1 if end else 0

    def _table(self, lines: Sequence[str], at: int) -> int:
        self._close()
        rows = [Row(at + 1, _cells(lines[at]))]
        at += 2
        while at < len(lines) and "|" in lines[at] and lines[at].strip():
            rows.append(Row(at + 1, _cells(lines[at])))
            at += 1
        found = from_rows(rows, header=True, tags=tags_of(*(one for _, one in self.headings)))
        self.taken += found.taken
        self.left += found.left
        self.notes += found.notes
        return at


def _cells(line: str) -> tuple[str, ...]:
    bare = line.strip()
    bare = bare[1:] if bare.startswith("|") else bare
    parts = _CELL.split(bare)
    if parts and not parts[-1].strip():
        parts.pop()
    return tuple(one.strip().replace("\\|", "|") for one in parts)


def _bare_heading(text: str) -> str:
    """A heading without the `##` that may close it."""
    words = text.rstrip()
    closed = words.rstrip("#")
    return closed.rstrip() if closed.endswith((" ", "\t")) else words


def _indent(item: re.Match[str]) -> int:
    return len(item["indent"].expandtabs(4))


def _is_deeper(lines: Sequence[str], indent: int) -> bool:
    """Whether the next thing below is an item that stands further in."""
    following = next((one for one in lines if one.strip()), "")
    item = _ITEM.fullmatch(following)
    return item is not None and _indent(item) > indent


def _is_label(text: str) -> bool:
    """Whether an item names those below it and asks nothing itself."""
    if looks_asked(text):
        return False
    bare = text.strip().strip("*_").strip()
    return bare.endswith(_LABEL_ENDS) or not invites(bare)


def from_markdown(text: str) -> Harvest:
    """Take every list item, table row, and paragraph that ends as a question."""
    return _read(text, each_line=False)


def from_plain_text(text: str) -> Harvest:
    """Take every line; list markers and `#` headings are read as in Markdown."""
    return _read(text, each_line=True)


def _read(text: str, *, each_line: bool) -> Harvest:
    # As an editor counts lines: no other character ends one.
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    reader = _Reader(each_line)
    reader.read(lines)
    return Harvest(taken=tuple(reader.taken), left=tuple(reader.left), notes=tuple(reader.notes))
