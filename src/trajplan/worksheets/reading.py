"""A form in Markdown, read back: every word of it becomes an answer, or is kept as nobody's."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from trajplan.content.worksheet_model import Field, Worksheet
from trajplan.text import name_key, one_line, pattern, says_none
from trajplan.worksheets.additions import holds_more, words_behind
from trajplan.worksheets.answers import (
    Answer,
    Cell,
    FilledForm,
    FormFault,
    Place,
    ReadValue,
    empty_fields,
    expectation,
    read_option,
    read_value,
)
from trajplan.worksheets.form import (
    ANSWER,
    CALL_IT,
    RATING,
    PrintedLines,
    Printings,
    as_typed,
    hints,
    value_label,
)
from trajplan.worksheets.sections import (
    HEADING,
    FormLine,
    FormSection,
    FormSections,
    labelled_line,
    split_exactly,
    split_form,
    unquoted,
)
from trajplan.worksheets.tables import TableReader

_BULLET = pattern(r"^\s*(?:[-*+•–]|\d{1,3}[.)])(?:\s+(.*))?$")
_BOX = pattern(r"^\s*(?:(?:[-*+•]|\d{1,3}[.)])\s*)?[\[(]\s{0,3}([^\])\s]?)\s{0,3}[\])]\s*(.*)$")
_UNCLEAR_BOX = pattern(r"^\s*(?:[-*+•]\s*)?\[[^\]]{0,3}\]\s")
"""A box of an exact form with marks in it that could mean anything."""
_CROSSES = "xX✓✔✗✘+*"
_BOX_ROOM = " _."
_BOXED = pattern(r"^\s*(\[[ xX]{0,3}\](?:\s.*)?)$")
"""A point that begins with a box and has no bullet."""
_TICKED = pattern(r"\[\s*[xX]\s*\]")
_EMPTY_BOX = pattern(r"\s*(?:\[\s*\]\s*)?")
_ROW_PRINT = pattern(r"(?:\|\s*|#+ )(.*?)(?:\s*\|)*")
_BOX_PRINT = pattern(r"- \[ ?\] (.*)")
_LABEL_PRINT = pattern(r"- (.+):")
_SPARED = pattern(r"^(\s*)\\(?=[\\#><])")
_LABELS = (name_key(RATING), name_key(ANSWER))


def read_form(
    sheet: Worksheet, text: str, own: Mapping[str, str] | None = None, name: str = ""
) -> FilledForm:
    """Read a filled form. `own` are names the client gave to fields before, by field id; `name` is
    the client's, as it stands in the title."""
    text = unquoted(sheet, text)
    return _filled(sheet, text, split_form(sheet, text, own or {}, name), _Reader())


def read_exactly(sheet: Worksheet, text: str, others: Printings, name: str = "") -> FilledForm:
    """Read a form of the coach's own, as `write_form` prints it with `exact`; it may have been
    printed when the records stood otherwise. `name`: the client's, as it stands in the title.

    Text is taken as it was typed, whatever it looks like. A heading that stands in the form a
    second time could be text or a part, and is a fault.
    """
    printed = PrintedLines(sheet, others)
    form = split_exactly(sheet, text, printed, name)
    reader = _Reader(printed)
    for line in form.repeated:
        words = f"“{line.text.strip()}” stands here twice; put a space before it where it is text"
        reader.faults.append(FormFault(line.number, words))
    lines = text.rstrip().split("\n")
    if printed.cut_off_tip(lines[-1]):
        words = "the form is cut off here, in the middle of one of its tips; hand in all of it"
        reader.faults.append(FormFault(len(lines), words))
    return _filled(sheet, text, form, reader)


def _filled(sheet: Worksheet, text: str, form: FormSections, reader: _Reader) -> FilledForm:
    under = {
        field.id: [section for section in form.sections if section.field is field]
        for field in sheet.fields
    }
    for field in sheet.fields:
        reader.take(field, under[field.id])
    reader.left_over([section for section in form.sections if section.field is None])
    end = text.count("\n") + 1
    for field in empty_fields(sheet, reader.answers, required=True):
        if not any(fault.field == field.id for fault in reader.faults):
            lines = [line for section in under[field.id] for line in section.lines]
            words = f"“{field.label}” has to be filled in"
            reader.faults.append(FormFault(lines[0].number if lines else end, words, field.id))
    return FilledForm(
        answers=reader.answers,
        labels=reader.labels,
        unmatched=tuple(reader.unmatched),
        faults=tuple(sorted(reader.faults, key=lambda fault: fault.line)),
        places=reader.places if reader.printed is not None else {},
        worksheet=form.worksheet,
        client=form.client,
    )


class _Reader:
    """Takes the parts of a form. `printed`: the lines of a form that is read exactly."""

    def __init__(self, printed: PrintedLines | None = None) -> None:
        self.answers: dict[str, Answer] = {}
        self.labels: dict[str, str] = {}
        self.unmatched: list[str] = []
        self.faults: list[FormFault] = []
        self.places: dict[Place, int] = {}
        self.printed = printed

    def take(self, field: Field, sections: Sequence[FormSection]) -> None:
        """Read all lines that stand under one field."""
        if sections:
            self.places[field.id,] = sections[0].line
        lines: list[FormLine] = []
        for section in sections:
            written = self._written(field, section)
            if section.beside and field.type == "text":
                lines.append(FormLine(section.line, section.beside))
            elif section.beside:
                self._keep(field, [section.beside])
            lines += written
        reader = {
            "text": self._text,
            "list": self._list,
            "ticks": self._ticks,
            "table": self._table,
        }.get(field.type)
        if reader is not None:
            reader(field, lines)
        else:
            self._value(field, self._take_name(field, lines))

    def _written(self, field: Field, section: FormSection) -> list[FormLine]:
        """The lines of a part without what was printed there."""
        if self.printed is None:
            return _without_hints(section.lines, hints(field))
        written: list[FormLine] = []
        for line in section.lines:
            text = line.text.rstrip()
            if self.printed.is_hint(text):
                continue
            tip = self.printed.tip_in(text)
            words = words_behind(f"> {tip}", text)
            if not tip:
                written.append(line)
            elif words and tip in hints(field):
                written.append(FormLine(line.number, words))
            else:
                self._keep(field, [text.removeprefix("> ")])
        return written

    def left_over(self, sections: Sequence[FormSection]) -> None:
        """Keep what stands under no field."""
        for section in sections:
            lines = [line.text for line in section.lines]
            if self.printed is not None:
                is_printed = section.by_heading and lines[0].rstrip() in self.printed.headings
                if is_printed and all(_is_print(line.strip(), self.printed) for line in lines[1:]):
                    continue
                lines = [line for line in lines if not self.printed.is_hint(line.rstrip())]
                lines[:1] = [HEADING.sub(r"\2", line) for line in lines[:1]]
            text = "\n".join(lines).strip()
            if text:
                self.unmatched.append(text)

    def _text(self, field: Field, lines: Sequence[FormLine]) -> None:
        text = "\n".join(self._as_typed(line.text) for line in lines).strip()
        if text:
            self.answers[field.id] = text

    def _as_typed(self, line: str) -> str:
        if self.printed is None:
            return _SPARED.sub(r"\1", line)
        return as_typed(line, self.printed)

    def _list(self, field: Field, lines: Sequence[FormLine]) -> None:
        """Read its lines: what stands behind a bullet with the lines that go on with it.

        Where nobody used bullets, every line stands for itself.
        """
        filled = (_BULLET.match(line.text) or _BOXED.match(line.text) for line in lines)
        bullets = any(bullet and not _EMPTY_BOX.fullmatch(bullet[1] or "") for bullet in filled)
        points: list[str] = []
        numbers: list[int] = []
        loose: list[str] = []
        goes_on = False
        for line in lines:
            bullet = _BULLET.match(line.text) or _BOXED.match(line.text)
            if bullet:
                points.append(bullet[1] or "")
                numbers.append(line.number)
                # What stands at the margin below a ticked line is not taken to be ticked with it.
                goes_on = not _TICKED.match(points[-1]) or self.printed is None
            elif not line.text.strip():
                goes_on = False
            elif not bullets:
                points.append(line.text)
                numbers.append(line.number)
            elif goes_on or (points and line.text[0] in " \t"):
                points[-1] += f" {line.text}"
            else:
                loose.append(line.text.strip())
        texts = tuple(one_line(text) for text in points if text.strip())
        if texts:
            self.answers[field.id] = texts
            lines_of_texts = [
                number for number, text in zip(numbers, points, strict=True) if text.strip()
            ]
            self.places |= {
                (field.id, index): number for index, number in enumerate(lines_of_texts)
            }
        self._keep(field, loose)

    def _ticks(self, field: Field, lines: Sequence[FormLine]) -> None:
        """Read every marked option, or options written out, one a line or with commas between."""
        ticked: list[Cell] = []
        loose: list[str] = []
        for line in lines:
            if not line.text.strip():
                continue
            if earlier := self._of_an_earlier_printing(field, line):
                loose.append(earlier)
                continue
            value = self._box(field, line)
            if value is None and _BOX.match(line.text) and self.printed is not None:
                loose.append(_behind_box(line.text))
            elif value is None:
                options, others = _options_in(field, line.text)
                ticked += options
                loose += others
            elif value.fault:
                self._say_fault(field, line, value.fault)
            elif value.value is not None:
                ticked.append(value.value)
        options_ticked = tuple(option for option in field.options if option in ticked)
        if options_ticked:
            self.answers[field.id] = options_ticked
        self._keep(field, loose)

    def _say_fault(self, field: Field, line: FormLine, fault: str) -> None:
        self.faults.append(FormFault(line.number, f"“{field.label}”: {fault}", field.id))

    def _table(self, field: Field, lines: Sequence[FormLine]) -> None:
        table = TableReader(field, self.printed)
        rows = table.read(lines)
        if rows:
            self.answers[field.id] = rows
            self.places |= {(field.id, *place): line for place, line in table.places.items()}
        self.faults += table.faults
        self._keep(field, table.unmatched)

    def _take_name(self, field: Field, lines: Sequence[FormLine]) -> list[FormLine]:
        """Take the client's own name for the field, and give back the other lines."""
        rest: list[FormLine] = []
        for line in lines:
            parts = labelled_line(line.text)
            if field.relabel and parts and name_key(parts[0]) == name_key(CALL_IT):
                name = one_line(parts[1])
                if name and self.labels.setdefault(field.id, name) != name:
                    # A second name is no name: its words stay with the answer.
                    rest.append(line)
            else:
                rest.append(line)
        return rest

    def _value(self, field: Field, lines: Sequence[FormLine]) -> None:
        """Read the one answer of a number, rating or choice; the rest is kept with its label."""
        values: list[tuple[FormLine, ReadValue]] = []
        loose: list[FormLine] = []
        for line in lines:
            if not line.text.strip():
                continue
            value = self._box(field, line) if field.type == "choice" else self._line(field, line)
            if value is None:
                loose.append(line)
            elif value.fault:
                self._say_fault(field, line, value.fault)
            elif value.value is not None:
                values.append((line, value))
            elif value.rest:
                loose.append(line)
        if len({value.value for _, value in values}) > 1:
            words = f"“{field.label}”: more than one answer; leave one"
            self.faults.append(FormFault(values[1][0].number, words, field.id))
        elif values:
            answer = values[0][1].value
            if answer is not None:
                self.answers[field.id] = answer
        rest = [_without_label(field, line.text) for line, value in values if value.rest]
        self._keep(field, [*rest, *(_behind_box(line.text) for line in loose)])

    def _line(self, field: Field, line: FormLine) -> ReadValue | None:
        """Read `Rating (0 to 10): 7`, or a line that begins with a number; None for other prose."""
        parts = labelled_line(line.text)
        if parts and name_key(parts[0]).split(" ")[0] in _LABELS:
            value = read_value(field, parts[1], exact=self.printed is not None)
            if _is_value_label(field, parts[0]):
                return value
            return replace(value, rest=line.text.strip())
        value = read_value(field, _without_bullet(line.text))
        return None if value.fault.startswith("expected") and not _begins(line.text) else value

    def _of_an_earlier_printing(self, field: Field, line: FormLine) -> str:
        """The words behind a box with an x that the form does not have any more, as where a plan
        was made anew since; empty for any other line."""
        box = _BOX.match(line.text) if self.printed is not None else None
        is_ticked = box and box[1] not in _BOX_ROOM and box[1] in _CROSSES
        is_gone = is_ticked and box and read_option(field, box[2]).fault
        return one_line(box[2]) if box and is_gone else ""

    def _box(self, field: Field, line: FormLine) -> ReadValue | None:
        """Read a marked option, or an option written out; None for other prose."""
        box = _BOX.match(line.text)
        if box:
            is_marked = box[1] not in _BOX_ROOM
            option = read_option(field, box[2])
            if self.printed is not None and not is_marked:
                return self._unmarked(field, box[2], option, self.printed)
            if self.printed is not None and is_marked and box[1] not in _CROSSES:
                return ReadValue(fault=f"`[{box[1]}]` could mean yes or no; an x marks it")
            if option.fault:
                return ReadValue(fault=f"expected {expectation(field)}, found `{one_line(box[2])}`")
            return option if is_marked else ReadValue()
        if self.printed is not None and _UNCLEAR_BOX.match(line.text):
            return ReadValue(fault="what is in this box cannot be read; one x marks it")
        parts = labelled_line(line.text)
        if parts and name_key(parts[0]) == name_key(ANSWER):
            return read_option(field, parts[1])
        option = read_option(field, _without_bullet(line.text))
        return None if option.fault else option

    def _unmarked(
        self, field: Field, text: str, option: ReadValue, printed: PrintedLines
    ) -> ReadValue | None:
        """Read a box of an exact form that nobody marked: None for words that are not printed."""
        words = next((words_behind(known, text) for known in field.options), "")
        if name_key(words) == "x" or (words in _CROSSES and words):
            return ReadValue(fault=f"`{one_line(text)}`: an x goes between the brackets")
        is_known = not option.fault or (
            printed.is_option(field.id, one_line(text))
            and not any(holds_more(known, text) for known in field.options)
        )
        return ReadValue() if is_known else None

    def _keep(self, field: Field, texts: Sequence[str]) -> None:
        if self.printed is not None and texts:
            # That none of the options is right, or that there is no number, is no more than that.
            text = "\n".join(text for text in texts if not says_none(text))
            texts = [text] if text else []
        self.unmatched += [f"{field.label}: {text}" for text in texts]


def _options_in(field: Field, text: str) -> tuple[list[Cell], list[str]]:
    """The options a line names with commas between, and the line itself when it says more."""
    parts = [part for part in re.split("[,;]", _without_bullet(text)) if part.strip()]
    options = [read_option(field, part) for part in parts]
    if any(option.fault for option in options):
        return [], [text.strip()]
    return [option.value for option in options if option.value is not None], []


def _without_hints(lines: Sequence[FormLine], about: Sequence[str]) -> list[FormLine]:
    """The lines without the printed hints, also where a mail program has broken these in two."""
    keys = [name_key(hint) for hint in about]
    rest: list[FormLine] = []
    begun = ""
    for line in lines:
        key = name_key(line.text)
        joined = f"{begun} {key}".strip()
        if begun and key and any(f"{hint} ".startswith(f"{joined} ") for hint in keys):
            begun = "" if joined in keys else joined
        elif line.text.lstrip().startswith(">") and key in keys:
            begun = ""
        elif (
            line.text.lstrip().startswith(">")
            and key
            and any(hint.startswith(f"{key} ") for hint in keys)
        ):
            begun = key
        else:
            begun = ""
            rest.append(line)
    return rest


def _is_print(line: str, printed: PrintedLines) -> bool:
    """Whether a line of a part that the form had in another printing is as it was printed: a hint,
    a header, the heading of a card, a row, a box or a label with nothing behind it."""
    if printed.is_header(line):
        return True
    name = _ROW_PRINT.fullmatch(line)
    if name is not None:
        return printed.is_row("", name[1])
    if box := _BOX_PRINT.fullmatch(line):
        return printed.is_option("", box[1])
    if label := _LABEL_PRINT.fullmatch(line):
        return printed.is_column(label[1])
    return line in ("", "-") or printed.is_hint(line)


def _without_bullet(text: str) -> str:
    """A line without its bullet; a number before a full stop is an answer, no bullet."""
    return re.sub(r"^\s*[-*+•–]\s+", "", text)


def _behind_box(text: str) -> str:
    """A line without the empty box that was printed before it."""
    box = _BOX.match(text)
    return (box[2] if box and box[1] in _BOX_ROOM else text).strip()


def _is_value_label(field: Field, label: str) -> bool:
    """Whether a label is the one printed before the answer of a number or a rating."""
    key = name_key(label)
    return key in _LABELS or key == name_key(value_label(field))


def _without_label(field: Field, text: str) -> str:
    """A line without the label that was printed before it."""
    parts = labelled_line(text)
    return (parts[1] if parts and _is_value_label(field, parts[0]) else text).strip()


def _begins(text: str) -> bool:
    """Whether a line begins with a number, so that it was meant as the answer."""
    return re.match(r"[\s*_+−-]*\d", text) is not None
