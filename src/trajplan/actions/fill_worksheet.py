"""`worksheets fill`: a filled form comes back, as it was printed or as YAML, and is saved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from msgspec import Struct, to_builtins

from trajplan.actions.client_records import ClientRecords, session_of
from trajplan.actions.context import Context
from trajplan.actions.hints import hints_of
from trajplan.actions.sources import MOST_BYTES, decode
from trajplan.actions.worksheets import BlankForm, WorksheetResult, client_form, last_filling
from trajplan.content.worksheet_model import Worksheet
from trajplan.dates import parse_day
from trajplan.errors import CannotDo, InvalidContent, Problem, UsageFault
from trajplan.planning.preparation_hints import on_filling
from trajplan.records.drafts import Draft
from trajplan.records.forms import AnswersForm
from trajplan.records.model import Client, Session, WorksheetAnswers
from trajplan.text import pattern, visible
from trajplan.worksheets.answers import FilledForm, own_names, with_own_labels
from trajplan.worksheets.data import read_data, read_labels
from trajplan.worksheets.fillings import as_filled
from trajplan.worksheets.reading import read_form

_YAML = pattern(r"(?:kind|worksheet|answers|labels|unmatched)\s*:")


class FormFile(Struct, frozen=True):
    """A filled form before it is read: its name in messages, and its bytes."""

    name: str
    data: bytes


def form_to_edit(
    context: Context, name: str, *, client: str | None, number: str | None, date: str, again: bool
) -> tuple[BlankForm, Draft]:
    """The form an editor opens with, and its draft. Raises what `fill` would before anything is
    typed."""
    sheet = context.library.worksheet(name)
    _day(context, date)
    with context.read(client, acting=True) as records:
        session = _session(records, number)
        draft = records.draft(f"worksheet-{sheet.id}", session)
        return client_form(records, sheet, again=again), draft


def fill(
    context: Context,
    name: str,
    form: FormFile,
    *,
    client: str | None,
    number: str | None,
    date: str,
) -> WorksheetResult:
    """Save a filled form as a new record; earlier fillings stay beside it.

    Raises InvalidContent with every fault of the form, CannotDo when it is empty or was printed
    for somebody else.
    """
    sheet = context.library.worksheet(name)
    day = _day(context, date)
    with context.write(client) as records:
        last = last_filling(records, name)
        labels = own_names(sheet, as_filled(last)[0]) if last else {}
        filled = _read(sheet, form, labels)
        _refuse(filled, sheet, records.client, form.name)
        session = _session(records, number)
        filling = records.insert(
            WorksheetAnswers(
                engagement_id=records.engagement.id,
                session_id=session.id if session else None,
                worksheet=sheet.id,
                title=sheet.title,
                form=to_builtins(with_own_labels(sheet, {**labels, **filled.labels})),
                answers=to_builtins(dict(filled.answers)),
                unmatched="\n\n".join(filled.unmatched),
                date=day,
            )
        )
        better = hints_of(on_filling(filling, context.today))
        hints = records.give_hints(*filled.hints, *better)
        return WorksheetResult(dossier=records.dossier, filling=filling, fresh=True, hints=hints)


def _day(context: Context, date: str) -> dt.date:
    day = parse_day(date, context.today, "behind") if date else context.today
    if day > context.today:
        raise UsageFault(f"--date {day} is in the future; a form belongs to today or earlier")
    return day


def _session(records: ClientRecords, number: str | None) -> Session | None:
    return None if number is None else session_of(records, number)


def _refuse(filled: FilledForm, sheet: Worksheet, client: Client, source: str) -> None:
    """Stop when the form is another client's, or says nothing."""
    if filled.client and not client.goes_by(filled.client):
        raise CannotDo(
            f"this form was printed for `{filled.client}`, not for `{client.slug}`; "
            f"say --client {filled.client} if it is theirs"
        )
    if not filled.answers and filled.unmatched:
        raise CannotDo(
            f"nothing in {source} is under a heading of “{sheet.title}”; nothing was saved"
        )
    if not filled.answers:
        raise CannotDo("the form is empty; nothing was saved")


def _read(sheet: Worksheet, form: FormFile, labels: Mapping[str, str]) -> FilledForm:
    """Read a form. `labels` are the client's earlier names for fields, by field id.

    Raises InvalidContent with every fault found.
    """
    if len(form.data) > MOST_BYTES:
        words = f"the form is larger than {MOST_BYTES // 1024} KiB"
        raise InvalidContent([Problem(form.name, 1, 1, words)])
    try:
        text = form.data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as fault:
        line = form.data[: fault.start].count(b"\n") + 1
        words = "the form is not UTF-8 text; save it as UTF-8"
        raise InvalidContent([Problem(form.name, line, 1, words)]) from None
    if _is_yaml(text):
        return _from_yaml(sheet, form)
    return _from_markdown(sheet, form.name, text, labels)


def _is_yaml(text: str) -> bool:
    """Whether the first line that says something is a key of the YAML form.

    A form's own heading looks like a YAML comment, so comments are passed over.
    """
    for line in text.splitlines():
        if line.strip() and not line.startswith(("#", "---", "%")):
            return _YAML.match(line) is not None
    return False


def _from_markdown(sheet: Worksheet, name: str, text: str, labels: Mapping[str, str]) -> FilledForm:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    filled = read_form(sheet, visible(lines), labels)
    if filled.worksheet and filled.worksheet != sheet.id:
        words = f"this is a form of `{filled.worksheet}`, not of `{sheet.id}`"
        raise InvalidContent([Problem(name, 1, 1, words)])
    if filled.faults:
        raise InvalidContent(
            [Problem(name, fault.line, 1, fault.message, fault.field) for fault in filled.faults]
        )
    return filled


def _from_yaml(sheet: Worksheet, file: FormFile) -> FilledForm:
    from trajplan.content.border import validate
    from trajplan.content.checks.texts import check_typed_text
    from trajplan.content.reader import read
    from trajplan.content.yaml_tree import FORM_NODES

    form, report = validate(read(file.data, file.name, FORM_NODES), AnswersForm, form=True)
    if form is None:
        raise InvalidContent(report.in_order())
    check_typed_text(decode(file.name, file.data), report, AnswersForm)
    if form.worksheet and form.worksheet != sheet.id:
        words = f"these are answers to `{form.worksheet}`, not to `{sheet.id}`"
        report.add(("worksheet",), words)
    answers = read_data(
        sheet, form.answers, lambda path, words: report.add(("answers", *path), words)
    )
    labels = read_labels(
        sheet, form.labels, lambda path, words: report.add(("labels", *path), words)
    )
    if report.problems:
        raise InvalidContent(report.in_order())
    unmatched = (form.unmatched.strip(),) if form.unmatched.strip() else ()
    return FilledForm(
        answers=answers,
        labels=labels,
        unmatched=unmatched,
        worksheet=form.worksheet,
        hints=tuple(report.hints),
    )
