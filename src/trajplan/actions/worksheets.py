"""`worksheets`: forms to fill in, what was filled in before, and a form that comes back, as it was
printed or as YAML."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from msgspec import Struct, to_builtins
from msgspec.structs import replace

from trajplan.actions.client_records import ClientRecords, session_of
from trajplan.actions.context import Context
from trajplan.actions.hints import Remark, hints_of
from trajplan.actions.library import LibraryEntry, entries, find_piece
from trajplan.actions.safety import keep_danger
from trajplan.actions.sources import MOST_BYTES, decode, read_yaml_form, refuse
from trajplan.content.kinds import WORKSHEET
from trajplan.content.worksheet_model import Worksheet
from trajplan.dates import parse_past_day
from trajplan.errors import CannotDo, InvalidContent, NotFound, Problem
from trajplan.planning.preparation_hints import on_filling
from trajplan.records.command_forms import FormFile
from trajplan.records.dossier import Dossier
from trajplan.records.drafts import Draft
from trajplan.records.forms import AnswersForm
from trajplan.records.model.journeys import Client
from trajplan.records.model.sessions import Session, WorksheetAnswers
from trajplan.text import pattern, there_are, visible
from trajplan.worksheets.answers import Answers, FilledForm, own_names, with_own_labels
from trajplan.worksheets.data import read_data, read_labels
from trajplan.worksheets.fillings import as_filled, filling_before
from trajplan.worksheets.form import write_form
from trajplan.worksheets.reading import read_form
from trajplan.worksheets.summaries import EarlierFilling


class WorksheetList(Struct, frozen=True, kw_only=True):
    """The worksheets there are; with a client also when each was last filled in."""

    entries: tuple[LibraryEntry, ...]
    filled_by: Mapping[str, tuple[str, ...]]
    """Who fills each in, by its id."""
    client: Client | None = None
    last: Mapping[str, dt.date] = {}
    """When the client last filled each in, by its id."""


class BlankForm(Struct, frozen=True, kw_only=True):
    """A form as it is printed; for a client it is marked as theirs."""

    sheet: Worksheet
    client: Client | None = None
    answers: Answers = {}
    """What stands in it already."""
    labels: Mapping[str, str] = {}
    """The client's own names for its parts, by field id."""

    @property
    def text(self) -> str:
        """The form as `fill` reads it back."""
        client, name = (self.client.slug, self.client.name) if self.client else ("", "")
        return write_form(self.sheet, self.answers, labels=self.labels, client=client, name=name)


class WorksheetResult(Struct, frozen=True, kw_only=True, dict=True):
    """One filling among everything about its engagement."""

    dossier: Dossier
    filling: WorksheetAnswers
    fresh: bool = False
    """Just saved."""
    hints: tuple[Remark, ...] = ()
    """Said beside a filling that was just saved."""

    @property
    def session(self) -> int | None:
        """The session it was filled in for or after, by number; None: between sessions."""
        return self.dossier.number_of(self.filling.session_id)

    @cached_property
    def sheet(self) -> Worksheet:
        """The worksheet as it was when filled in, with the client's own names."""
        return as_filled(self.filling)[0]

    @cached_property
    def answers(self) -> Answers:
        """What was written."""
        return as_filled(self.filling)[1]

    @cached_property
    def earlier(self) -> WorksheetAnswers | None:
        """The filling of the same worksheet before it."""
        return filling_before(self.filling, self.dossier.fillings_of(self.filling.worksheet))

    @property
    def before(self) -> EarlierFilling | None:
        """That filling as a worksheet and answers, to compare with."""
        return as_filled(self.earlier) if self.earlier else None


class FillingHistory(Struct, frozen=True, kw_only=True):
    """What a client filled in, the oldest first; of one worksheet, or of all."""

    client: Client
    worksheet: str
    """Its id; empty: all."""
    results: tuple[WorksheetResult, ...]


def list_worksheets(context: Context, *, client: str | None) -> WorksheetList:
    """Every worksheet; with a client also when each was last filled in."""
    worksheets = WorksheetList(
        entries=entries(context.library, (WORKSHEET,)),
        filled_by={sheet.id: sheet.filled_by for sheet in context.library.worksheets.values()},
    )
    if client is None:
        return worksheets
    with context.read(client) as records:
        fillings = records.own(WorksheetAnswers)
        return replace(
            worksheets,
            client=records.client,
            last={filling.worksheet: filling.date for filling in fillings},
        )


def worksheet(context: Context, name: str) -> tuple[Worksheet, LibraryEntry]:
    """One worksheet with where it comes from. Raises InvalidContent when faulty, NotFound."""
    entry = find_piece(context.library, name, (WORKSHEET,)).entry
    return context.library.worksheet(name), entry


def blank(context: Context, name: str, *, client: str | None, again: bool) -> BlankForm:
    """A form to fill in. For a client it carries their own names for its parts.

    `again` puts in what they wrote last time. Raises CannotDo when that is nothing yet.
    """
    sheet = context.library.worksheet(name)
    if client is None and not again:
        return BlankForm(sheet=sheet)
    with context.read(client) as records:
        return client_form(records, sheet, again=again)


def client_form(records: ClientRecords, sheet: Worksheet, *, again: bool) -> BlankForm:
    """The form as `blank` prints it for a client."""
    client, last = records.client, last_filling(records, sheet.id)
    if again and last is None:
        raise CannotDo(f"`{client.slug}` has not filled in `{sheet.id}` yet")
    labels: Mapping[str, str] = {}
    answers: Answers = {}
    if last:
        last_sheet, last_answers = as_filled(last)
        labels = own_names(sheet, last_sheet)
        fields = {field.id for field in sheet.fields}
        answers = {
            field: answer for field, answer in last_answers.items() if again and field in fields
        }
    return BlankForm(sheet=sheet, client=client, answers=answers, labels=labels)


def last_filling(records: ClientRecords, name: str) -> WorksheetAnswers | None:
    """The client's latest filling of a worksheet."""
    return records.last(WorksheetAnswers, engagement_id=records.engagement.id, worksheet=name)


def result(
    context: Context, name: str, *, client: str | None, filling: int | None
) -> WorksheetResult:
    """What a client filled in: the last time, or in the filling named. Raises NotFound."""
    dossier = context.dossier(client)
    by_id = {own.id: own for own in dossier.fillings_of(name)}
    if not by_id:
        # A name nobody knows is a slip of the finger; one that is known was never filled in.
        context.library.worksheet(name)
        raise NotFound(
            f"`{dossier.client.slug}` has not filled in `{name}` yet; "
            f"`trajplan worksheets blank {name}` prints the form"
        )
    return WorksheetResult(dossier=dossier, filling=filling_numbered(by_id, filling))


def filling_numbered(by_id: Mapping[int, WorksheetAnswers], number: int | None) -> WorksheetAnswers:
    """One of the fillings of a worksheet, of which there is one at least; without a number the
    last. Raises NotFound."""
    *_, last = by_id
    number = last if number is None else number
    if number not in by_id:
        worksheet = by_id[last].worksheet
        raise NotFound(f"no filling {number} of `{worksheet}`; {there_are(by_id)}")
    return by_id[number]


def history(context: Context, name: str | None, *, client: str | None) -> FillingHistory:
    """Every filling of a client's engagement, of one worksheet or of all."""
    dossier = context.dossier(client)
    fillings = dossier.fillings_of(name) if name else dossier.worksheet_answers
    if name and not fillings:
        context.library.worksheet(name)
    return FillingHistory(
        client=dossier.client,
        worksheet=name or "",
        results=tuple(WorksheetResult(dossier=dossier, filling=filling) for filling in fillings),
    )


_YAML = pattern(r"(?:kind|worksheet|answers|labels|unmatched)\s*:")


def form_to_edit(
    context: Context, name: str, *, client: str | None, number: str | None, date: str, again: bool
) -> tuple[BlankForm, Draft]:
    """The form an editor opens with, and its draft. Raises what `fill` would before anything is
    typed."""
    sheet = context.library.worksheet(name)
    parse_past_day(date, context.today)
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
    day = parse_past_day(date, context.today)
    with context.write(client) as records:
        last = last_filling(records, name)
        labels = own_names(sheet, as_filled(last)[0]) if last else {}
        filled = _read(sheet, form, labels, records.client.name)
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
        texts = (*_all_texts(filling.answers), filling.unmatched)
        danger = keep_danger(records, context, *texts, session=session)
        hints = records.give_hints(*danger, *filled.hints, *better)
        return WorksheetResult(dossier=records.dossier, filling=filling, fresh=True, hints=hints)


def _all_texts(answer: Any) -> Iterator[str]:
    """Every text in the answers of a worksheet, whatever the fields are."""
    if isinstance(answer, str):
        yield answer
    elif isinstance(answer, Mapping):
        yield from (text for part in answer.values() for text in _all_texts(part))
    elif isinstance(answer, Sequence):
        yield from (text for part in answer for text in _all_texts(part))


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


def _read(sheet: Worksheet, form: FormFile, labels: Mapping[str, str], client: str) -> FilledForm:
    """Read a form. `labels` are the client's earlier names for fields, by field id, and `client` is
    their own.

    Raises InvalidContent with every fault found.
    """
    if len(form.data) > MOST_BYTES:
        words = f"the form is larger than {MOST_BYTES // 1024} KiB"
        raise InvalidContent([Problem(form.name, 1, 1, words)])
    text = decode(form.name, form.data)
    if _is_yaml(text):
        return _from_yaml(sheet, form)
    return _from_markdown(sheet, form.name, text, labels, client)


def _is_yaml(text: str) -> bool:
    """Whether the first line that says something is a key of the YAML form.

    A form's own heading looks like a YAML comment, so comments are passed over.
    """
    for line in text.splitlines():
        if line.strip() and not line.startswith(("#", "---", "%")):
            return _YAML.match(line) is not None
    return False


def _from_markdown(
    sheet: Worksheet, name: str, text: str, labels: Mapping[str, str], client: str
) -> FilledForm:
    filled = read_form(sheet, visible(text), labels, client)
    if filled.worksheet and filled.worksheet != sheet.id:
        words = f"this is a form of `{filled.worksheet}`, not of `{sheet.id}`"
        raise InvalidContent([Problem(name, 1, 1, words)])
    if filled.faults:
        raise InvalidContent(
            [Problem(name, fault.line, 1, fault.message, fault.field) for fault in filled.faults]
        )
    return filled


def _from_yaml(sheet: Worksheet, file: FormFile) -> FilledForm:
    form, report = read_yaml_form(file, AnswersForm)
    if form.worksheet and form.worksheet != sheet.id:
        words = f"these are answers to `{form.worksheet}`, not to `{sheet.id}`"
        report.add(("worksheet",), words)
    answers = read_data(
        sheet, form.answers, lambda path, words: report.add(("answers", *path), words)
    )
    labels = read_labels(
        sheet, form.labels, lambda path, words: report.add(("labels", *path), words)
    )
    refuse(report)
    unmatched = (form.unmatched.strip(),) if form.unmatched.strip() else ()
    return FilledForm(
        answers=answers,
        labels=labels,
        unmatched=unmatched,
        worksheet=form.worksheet,
        hints=tuple(report.hints),
    )
