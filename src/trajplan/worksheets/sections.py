"""A form that comes back, taken apart: which lines stand under which field.

People change more than they are asked to: headings lose their signs in an e-mail program, labels
change case, greetings stand on top. Whatever can be told is told; the rest is nobody's, and kept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from trajplan.content.worksheet_model import Field, Worksheet
from trajplan.text import name_key, one_line, pattern
from trajplan.worksheets.additions import holds_more, words_added, words_behind
from trajplan.worksheets.form import (
    ANSWER,
    CALL_IT,
    MARK,
    RATING,
    PrintedLines,
    behind_mark,
    frame,
    heading_line,
)

FREE = ("text", "list", "table")
"""Types in whose answers another field's label may well occur."""
HEADING = pattern(r"^ {0,3}(#{1,6})(?:[ \t]+(.*?))?[ \t]*#*[ \t]*$")
CARD_DEPTH = 3
_BOX = pattern(r"^\s*(?:[-*+•]\s+)?[\[(][^\])]?[\])]")
_QUOTED = pattern(r"(?:[ \t]{0,3}>[ \t]?)+")
_COLON = pattern("[:：]")
_COUNTED = pattern(r"^\s*\d{1,2}[.)]\s+")
_IDENTITY = pattern(
    r"\W*worksheet (?P<sheet>[\w-]+)(?:, for (?P<client>[\w-]+))?\W*", re.IGNORECASE
)
"""The line below a form's title."""
_EXACT_IDENTITY = pattern(r"\*(?P<sheet>[^*]+?)(?:, for (?P<client>[\w-]+))?\*\s*")
"""The same in a form of the coach's own, which goes by its title."""


_BOLD = pattern(r"(\*\*|__)(.+)\1")
_UNDERLINE = pattern(r"\s*(?:-{3,}|={3,})\s*")
_BEFORE_NAME = "·"
"""Stands between the title of a form and the client's name."""
_NAMED = pattern(r"(?: · (.*?))?(?: · \w+ \d{1,2} \w+ \d{4})?")
"""What stands behind the title of an exact form: whose it is, and of which day."""


class FormLine(Struct, frozen=True):
    """One line with its number, counted from 1."""

    number: int
    text: str


class FormSection(Struct):
    """Lines under one heading; without a field they belong to nobody."""

    field: Field | None
    by_heading: bool

    lines: list[FormLine] = []
    line: int = 1
    """Where it begins."""
    beside: str = ""
    """Words that somebody wrote into its printed heading."""


class FormSections(Struct):
    """A whole form in parts, and what it says about itself."""

    sections: list[FormSection]
    worksheet: str = ""
    client: str = ""
    repeated: list[FormLine] = []
    """Of a form read exactly: headings that stand in it a second time."""


def labelled_line(text: str) -> tuple[str, str] | None:
    """Split `- **Label:** value` into label and value; None for a line without a colon."""
    parts = _COLON.split(text, maxsplit=1)
    if len(parts) < 2:
        return None
    # `**Label:** value`: what closes the emphasis belongs to the label.
    return parts[0], re.sub(r"^[*_]{1,2}\s+", "", parts[1]).strip()


def unquoted(sheet: Worksheet, text: str) -> str:
    """A reply by e-mail without the quote marks its program put before the lines of the form.

    Only where the form's own headings bear them: hints begin with such a mark as well.
    """
    names = {name_key(field.label) for field in sheet.fields} | {name_key(sheet.title)}
    depths = [
        mark[0].count(">")
        for line in text.split("\n")
        if (mark := _QUOTED.match(line))
        and (heading := line[mark.end() :])
        and (HEADING.match(heading) or name_key(heading) in names)
    ]
    if not depths:
        return text
    marks = re.compile(rf"^(?:[ \t]{{0,3}}>[ \t]?){{1,{min(depths)}}}")
    return "\n".join(marks.sub("", line) for line in text.split("\n"))


def split_form(sheet: Worksheet, text: str, own: Mapping[str, str], name: str) -> FormSections:
    """Take a form apart. `own` are names this client gave to fields before, by field id; `name` is
    the client's, as it stands in the title."""
    return _Splitter(sheet, own, name).split(text)


def exact_identity(text: str) -> tuple[str, str]:
    """The title of a form of the coach's own, and the client it is for; empty for anything else.

    They stand above its first heading, whatever else has been written there.
    """
    for line in text.splitlines():
        if line.startswith("## "):
            break
        if identity := _EXACT_IDENTITY.fullmatch(line.strip()):
            return identity["sheet"], identity["client"] or ""
    return "", ""


def split_exactly(sheet: Worksheet, text: str, printed: PrintedLines, name: str) -> FormSections:
    """Take a form of the coach's own apart: only a heading as it was printed begins a part, or one
    that stands nowhere as it was printed and has words in it. `name`: the client's, in the title.

    Nobody mails such a form, so in a text whatever else looks like a heading or names a field is
    text; elsewhere a heading of somebody's own begins a part that is nobody's. A heading that comes
    a second time is text too, and named in `repeated`.
    """
    text = _with_headings(sheet, text)
    return _ExactSplitter(sheet, printed, text, name).split(text)


def _with_headings(sheet: Worksheet, text: str) -> str:
    """A form in which a label in bold, with a line under it, or with another number of signs or a
    colon, is the heading that it has no other line for: so some editors write headings."""
    lines = text.split("\n")
    there = set(map(str.rstrip, lines))
    missing = {
        field.label: heading_line(field)
        for field in sheet.fields
        if heading_line(field) not in there
    }
    for number, line in enumerate(lines):
        bare = line.strip()
        marked = _BOLD.fullmatch(bare) or HEADING.fullmatch(line)
        label = (marked[2] or "").rstrip(" :") if marked else ""
        if label in missing:
            lines[number] = missing[label]
        elif bare in missing and _UNDERLINE.fullmatch("".join(lines[number + 1 : number + 2])):
            lines[number : number + 2] = [missing[bare], ""]
    return "\n".join(lines)


def _is_printed_under(field: Field, text: str, label: str) -> bool:
    """Whether a line is printed under the field itself, so that it names no other."""
    if field.type in ("choice", "ticks"):
        options = {name_key(option) for option in field.options}
        if _BOX.match(text) or name_key(text) in options:
            return True
    return name_key(label) in (name_key(ANSWER), name_key(RATING), name_key(CALL_IT))


class _Splitter:
    _says_who = _IDENTITY

    def __init__(self, sheet: Worksheet, own: Mapping[str, str], name: str) -> None:
        self._title, self._name = name_key(sheet.title), one_line(name)
        self._frame = {name_key(text): text for text in frame(sheet)}
        self._fields: dict[str, Field] = {}
        # What is printed comes first: a client's own name for one part may be another's label.
        for names in (
            [(field.label, field) for field in sheet.fields],
            [(own.get(field.id, ""), field) for field in sheet.fields],
            [(field.id, field) for field in sheet.fields],
        ):
            for name, field in names:
                if name_key(name):
                    self._fields.setdefault(name_key(name), field)
        self._form = FormSections([FormSection(None, by_heading=False)])

    def split(self, text: str) -> FormSections:
        for number, text_line in enumerate(text.split("\n"), 1):
            if self._identity(text_line):
                continue
            # What somebody wrote behind a line of the program's own is theirs.
            is_mark = text_line.lstrip().startswith(MARK)
            line = FormLine(number, behind_mark(text_line) if is_mark else text_line)
            if is_mark and not line.text:
                continue
            if not self._heading(line) and not self._label(line):
                self._keep(line)
        return self._form

    @property
    def _section(self) -> FormSection:
        return self._form.sections[-1]

    def _identity(self, line: str) -> bool:
        """Whether the line, above all fields, says which worksheet this is, and for whom."""
        identity = self._says_who.fullmatch(line) if self._section.field is None else None
        if identity is None or self._form.worksheet:
            return False
        self._form.worksheet = identity["sheet"]
        self._form.client = identity["client"] or ""
        return True

    def _heading(self, line: FormLine) -> bool:
        heading = HEADING.match(line.text)
        if heading is None:
            return False
        depth, title = len(heading[1]), heading[2] or ""
        section = self._section
        if section.field is not None and section.field.type == "table" and depth >= CARD_DEPTH:
            return False
        if depth == 1 and (f"{name_key(title)} ").startswith(f"{self._title} "):
            self._open(FormSection(None, by_heading=True, line=line.number))
            if words := self._behind_title(title):
                self._section.lines.append(FormLine(line.number, words))
            return True
        field = self._field_named(title)
        if field is not None:
            self._open(FormSection(field, by_heading=True, line=line.number))
            return True
        if depth < CARD_DEPTH:
            self._open(FormSection(None, by_heading=True, lines=[line], line=line.number))
            return True
        return False

    def _behind_title(self, text: str) -> str:
        """What somebody wrote behind the title and the client's name, which they may have had
        otherwise when the form was printed."""
        words = text.split()
        counts = (
            count
            for count in range(len(words) + 1)
            if name_key(" ".join(words[:count])) == self._title
        )
        behind = words[next(counts, 0) :]
        is_more = self._name and holds_more(self._name, " ".join(behind[1:]))
        return "" if behind[:1] == [_BEFORE_NAME] and not is_more else " ".join(behind)

    def _label(self, line: FormLine) -> bool:
        """Whether the line names a field, as in an answer by e-mail: `Career: 7`."""
        section = self._section
        if section.field is not None and section.by_heading and section.field.type in FREE:
            return False
        parts = labelled_line(line.text)
        label, value = parts or (line.text, "")
        if section.field is not None and _is_printed_under(section.field, line.text, label):
            return False
        field = self._field_named(label)
        if field is None or (field is section.field and section.by_heading):
            return False
        self._open(FormSection(field, by_heading=False, line=line.number))
        if value:
            self._section.lines.append(FormLine(line.number, value))
        return True

    def _keep(self, line: FormLine) -> None:
        """Add a line to the part it stands in; what is printed above all parts is nobody's."""
        if self._section.field is not None:
            self._section.lines.append(line)
        elif name_key(line.text) not in self._frame:
            behind = (words_behind(text, line.text) for text in self._frame.values())
            words = next(filter(None, behind), line.text)
            self._section.lines.append(FormLine(line.number, words))

    def _field_named(self, text: str) -> Field | None:
        return self._fields.get(name_key(text)) or self._fields.get(
            name_key(_COUNTED.sub("", text))
        )

    def _open(self, section: FormSection) -> None:
        self._form.sections.append(section)


class _ExactSplitter(_Splitter):
    """Knows headings by their printed line, each once."""

    _says_who = _EXACT_IDENTITY

    def __init__(self, sheet: Worksheet, printed: PrintedLines, text: str, name: str) -> None:
        super().__init__(sheet, {}, name)
        self._title_line = f"# {sheet.title}"
        self._fields_by_heading = {heading_line(field): field for field in sheet.fields}
        self._missing = self._fields_by_heading.keys() - set(map(str.rstrip, text.split("\n")))
        """Headings of which somebody may have changed the line."""
        self._headings = printed.headings

    def _heading(self, line: FormLine) -> bool:
        text = line.text.rstrip()
        if self._section.field is None and self._is_title(text):
            return True
        field, beside = self._fields_by_heading.get(text), ""
        if field is None and self._missing:
            field, beside = self._written_into(text)
        if field is None and (text in self._headings or self._is_own_heading(text)):
            self._open(FormSection(None, by_heading=True, lines=[line], line=line.number))
            return True
        if field is None:
            return False
        if any(section.field is field for section in self._form.sections):
            self._form.repeated.append(line)
            return False
        self._open(FormSection(field, by_heading=True, line=line.number, beside=beside))
        return True

    def _is_title(self, text: str) -> bool:
        """Whether a line is the title of some printing: the client may have had another name, and
        the session another day."""
        named = _NAMED.fullmatch(text.removeprefix(self._title_line))
        return (
            text.startswith(self._title_line)
            and named is not None
            and not holds_more(self._name, named[1] or "")
        )

    def _written_into(self, text: str) -> tuple[Field | None, str]:
        """The field in whose heading somebody wrote, and what."""
        for heading in sorted(self._missing, key=len, reverse=True):
            if "#" in text and (words := words_added(heading, text)):
                return self._fields_by_heading[heading], words
        return None, ""

    def _is_own_heading(self, text: str) -> bool:
        """Whether somebody began a part of their own, where no text can go on."""
        field = self._section.field
        if field is None or field.type == "text":
            return False
        heading = HEADING.match(text)
        return heading is not None and len(heading[1]) < CARD_DEPTH

    def _label(self, line: FormLine) -> bool:  # noqa: ARG002 - a label alone begins nothing here
        return False
