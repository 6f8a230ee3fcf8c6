"""`worksheets`: forms to fill in, and what was filled in before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from trajplan.actions.client_records import ClientRecords
from trajplan.actions.context import Context
from trajplan.actions.library import LibraryEntry, entries, find_piece
from trajplan.content.kinds import WORKSHEET
from trajplan.content.worksheet_model import Worksheet
from trajplan.errors import CannotDo, NotFound
from trajplan.records.dossier import next_session
from trajplan.records.model import Client, Session, WorksheetAnswers
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
    text: str
    client: Client | None = None


class WorksheetResult(Struct, frozen=True, kw_only=True):
    """One filling with the one before it."""

    client: Client
    filling: WorksheetAnswers
    session: int | None
    """The number of the session it was filled in for or after; None: between sessions."""
    sheet: Worksheet
    """As it was when filled in, with the client's own names."""
    answers: Answers
    before: EarlierFilling | None
    before_date: dt.date | None
    next_session: int | None
    fresh: bool = False
    """Just saved."""
    hints: tuple[str, ...] = ()
    """Said beside a filling that was just saved."""


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
        return BlankForm(sheet=sheet, text=write_form(sheet))
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
    text = write_form(sheet, answers, labels=labels, client=client.slug, name=client.name)
    return BlankForm(sheet=sheet, text=text, client=client)


def last_filling(records: ClientRecords, name: str) -> WorksheetAnswers | None:
    """The client's latest filling of a worksheet."""
    return records.last(WorksheetAnswers, engagement_id=records.engagement.id, worksheet=name)


def result(
    context: Context, name: str, *, client: str | None, filling: int | None
) -> WorksheetResult:
    """What a client filled in: the last time, or in the filling named. Raises NotFound."""
    with context.read(client) as records:
        fillings = records.own(WorksheetAnswers, worksheet=name)
        if not fillings:
            # A name nobody knows is a slip of the finger; one that is known was never filled in.
            context.library.worksheet(name)
            raise NotFound(
                f"`{records.client.slug}` has not filled in `{name}` yet; "
                f"`trajplan worksheets blank {name}` prints the form"
            )
        if filling is None:
            return result_of(records, fillings[-1])
        by_id = {own.id: own for own in fillings}
        if filling not in by_id:
            raise NotFound(f"no filling {filling} of `{name}`; {there_are(by_id)}")
        return result_of(records, by_id[filling])


def history(context: Context, name: str | None, *, client: str | None) -> FillingHistory:
    """Every filling of a client's engagement, of one worksheet or of all."""
    with context.read(client) as records:
        where = {"worksheet": name} if name else {}
        fillings = records.own(WorksheetAnswers, **where)
        if name and not fillings:
            context.library.worksheet(name)
        sessions = records.own(Session)
        return FillingHistory(
            client=records.client,
            worksheet=name or "",
            results=tuple(
                _result(records.client, filling, fillings, sessions) for filling in fillings
            ),
        )


def result_of(records: ClientRecords, filling: WorksheetAnswers) -> WorksheetResult:
    """A filling with the one before it."""
    fillings = records.own(WorksheetAnswers, worksheet=filling.worksheet)
    return _result(records.client, filling, fillings, records.own(Session))


def _result(
    client: Client,
    filling: WorksheetAnswers,
    fillings: Sequence[WorksheetAnswers],
    sessions: Sequence[Session],
) -> WorksheetResult:
    same = [other for other in fillings if other.worksheet == filling.worksheet]
    earlier = filling_before(filling, same)
    following = next_session(sessions)
    sheet, answers = as_filled(filling)
    numbers = {session.id: session.number for session in sessions}
    return WorksheetResult(
        client=client,
        filling=filling,
        session=numbers.get(filling.session_id or 0),
        sheet=sheet,
        answers=answers,
        before=as_filled(earlier) if earlier else None,
        before_date=earlier.date if earlier else None,
        next_session=following.number if following else None,
    )
