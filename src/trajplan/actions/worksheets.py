"""`worksheets`: forms to fill in, and what was filled in before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from trajplan.actions.client_records import ClientRecords
from trajplan.actions.context import Context
from trajplan.actions.hints import Remark
from trajplan.actions.library import LibraryEntry, entries, find_piece
from trajplan.content.kinds import WORKSHEET
from trajplan.content.worksheet_model import Worksheet
from trajplan.errors import CannotDo, NotFound
from trajplan.records.dossier import Dossier
from trajplan.records.model import Client, WorksheetAnswers
from trajplan.text import there_are
from trajplan.worksheets.answers import Answers, own_names
from trajplan.worksheets.fillings import as_filled, filling_before
from trajplan.worksheets.form import write_form
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
    number = [*by_id][-1] if filling is None else filling
    if number not in by_id:
        raise NotFound(f"no filling {number} of `{name}`; {there_are(by_id)}")
    return WorksheetResult(dossier=dossier, filling=by_id[number])


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
