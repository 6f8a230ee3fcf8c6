"""A form that comes back, taken apart: which lines stand under which field.

People change more than they are asked to: headings lose their signs in an e-mail program, labels
change case, greetings stand on top. Whatever can be told is told; the rest is nobody's, and kept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from trajplan.content.worksheet_model import Field, Worksheet
from trajplan.text import name_key, pattern
from trajplan.worksheets.form import (
    ANSWER,
    CALL_IT,
    MARK,
    RATING,
    PrintedLines,
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
    r"\W*(?:<!-- trajplan: )?worksheet (?P<sheet>[\w-]+)"
    r"(?:, (?:for|client) (?P<client>[\w-]+))?\W*",
    re.IGNORECASE,
)
"""The line below a form's title. Forms printed earlier have it in a comment."""
_EXACT_IDENTITY = pattern(r"\*(?P<sheet>[^*]+?)(?:, for (?P<client>[\w-]+))?\*\s*")
"""The same in a form of the coach's own, which goes by its title."""


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


def split_form(sheet: Worksheet, text: str, own: Mapping[str, str]) -> FormSections:
    """Take a form apart. `own` are names this client gave to fields before, by field id."""
    return _Splitter(sheet, own).split(text)


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


def split_exactly(sheet: Worksheet, text: str, printed: PrintedLines) -> FormSections:
    """Take a form of the coach's own apart: only a heading as it was printed begins a part.

    Nobody mails such a form, so in a text whatever else looks like a heading or names a field is
    text; elsewhere a heading of somebody's own begins a part that is nobody's. A heading that comes
    a second time is text too, and named in `repeated`.
    """
    return _ExactSplitter(sheet, printed).split(text)


def _is_printed_under(field: Field, text: str, label: str) -> bool:
    """Whether a line is printed under the field itself, so that it names no other."""
    if field.type in ("choice", "ticks"):
        options = {name_key(option) for option in field.options}
        if _BOX.match(text) or name_key(text) in options:
            return True
    return name_key(label) in (name_key(ANSWER), name_key(RATING), name_key(CALL_IT))


class _Splitter:
    _says_who = _IDENTITY

    def __init__(self, sheet: Worksheet, own: Mapping[str, str]) -> None:
        self._title = name_key(sheet.title)
        self._frame = {name_key(text) for text in frame(sheet)}
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
        for number, line in enumerate(text.split("\n"), 1):
            if self._identity(line) or line.lstrip().startswith(MARK):
                continue
            if not self._heading(FormLine(number, line)) and not self._label(
                FormLine(number, line)
            ):
                self._keep(FormLine(number, line))
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
            return True
        field = self._field_named(title)
        if field is not None:
            self._open(FormSection(field, by_heading=True, line=line.number))
            return True
        if depth < CARD_DEPTH:
            self._open(FormSection(None, by_heading=True, lines=[line], line=line.number))
            return True
        return False

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
        is_frame = self._section.field is None and name_key(line.text) in self._frame
        if not is_frame:
            self._section.lines.append(line)

    def _field_named(self, text: str) -> Field | None:
        return self._fields.get(name_key(text)) or self._fields.get(
            name_key(_COUNTED.sub("", text))
        )

    def _open(self, section: FormSection) -> None:
        self._form.sections.append(section)


class _ExactSplitter(_Splitter):
    """Knows headings by their printed line, each once."""

    _says_who = _EXACT_IDENTITY

    def __init__(self, sheet: Worksheet, printed: PrintedLines) -> None:
        super().__init__(sheet, {})
        self._fields_by_heading = {heading_line(field): field for field in sheet.fields}
        self._headings = printed.headings
        self._title_line = f"# {sheet.title}"

    def _heading(self, line: FormLine) -> bool:
        text = line.text.rstrip()
        if self._section.field is None and text.startswith(self._title_line):
            return True
        field = self._fields_by_heading.get(text)
        if field is None and (text in self._headings or self._is_own_heading(text)):
            self._open(FormSection(None, by_heading=True, lines=[line], line=line.number))
            return True
        if field is None:
            return False
        if any(section.field is field for section in self._form.sections):
            self._form.repeated.append(line)
            return False
        self._open(FormSection(field, by_heading=True, line=line.number))
        return True

    def _is_own_heading(self, text: str) -> bool:
        """Whether somebody began a part of their own, where no text can go on."""
        field = self._section.field
        if field is None or field.type == "text":
            return False
        heading = HEADING.match(text)
        return heading is not None and len(heading[1]) < CARD_DEPTH

    def _label(self, line: FormLine) -> bool:  # noqa: ARG002 - a label alone begins nothing here
        return False
