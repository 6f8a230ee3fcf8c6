"""`worksheets`: forms to fill in, and what was filled in before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from msgspec import Struct, structs

from trajplan.actions import preparation_hints
from trajplan.actions.browse import LibraryEntry, entries, thing
from trajplan.actions.context import Context
from trajplan.actions.resolve import ClientEngagement, case_of, next_session, session_of
from trajplan.actions.worksheet_input import understood
from trajplan.actions.worksheet_notes import as_filled, before
from trajplan.codec import to_plain
from trajplan.content.kinds import WORKSHEET
from trajplan.content.worksheet_model import Worksheet
from trajplan.dates import parse_day
from trajplan.errors import CannotDo, NotFound, UsageFault
from trajplan.records import answers, clients
from trajplan.records.model import Client, Session
from trajplan.records.records import WorksheetAnswers
from trajplan.records.store import Store, reading, writing
from trajplan.worksheets.answers import Answers, FilledForm, own_names, with_own_labels
from trajplan.worksheets.form import write_form
from trajplan.worksheets.summaries import EarlierFilling


class WorksheetList(Struct, frozen=True, kw_only=True):
    """The worksheets there are; with a client also when each was last filled in."""

    entries: tuple[LibraryEntry, ...]
    filled_by: Mapping[str, tuple[str, ...]]
    client: Client | None = None
    last: Mapping[str, dt.date] = {}


class BlankForm(Struct, frozen=True, kw_only=True):
    """A form as it is printed; for a client it is marked as theirs."""

    sheet: Worksheet
    text: str
    client: Client | None = None


class FillingHistory(Struct, frozen=True, kw_only=True):
    """What a client filled in, the oldest first; of one worksheet, or of all."""

    client: Client
    worksheet: str
    results: tuple[WorksheetResult, ...]


class WorksheetResult(Struct, frozen=True, kw_only=True):
    """One filling with the one before it."""

    client: Client
    filling: WorksheetAnswers
    sheet: Worksheet
    """As it was when filled in, with the client's own names."""
    answers: Answers
    before: EarlierFilling | None
    before_date: dt.date | None
    next_session: int | None
    fresh: bool
    """Just kept."""
    hints: tuple[str, ...] = ()
    """Said beside a filling that was just kept."""


def shelf(context: Context, *, client: str | None) -> WorksheetList:
    """Every worksheet; with a client also when each was last filled in."""
    found = entries(context.library, (WORKSHEET,))
    filled_by = {name: one.filled_by for name, one in context.library.worksheets.items()}
    if client is None:
        return WorksheetList(entries=found, filled_by=filled_by)
    with reading(context.practice) as store:
        case = case_of(store, client)
        filled = answers.of_engagement(store, case.engagement.id)
    last = {one.worksheet: one.date for one in filled}
    return WorksheetList(entries=found, filled_by=filled_by, client=case.client, last=last)


def worksheet(context: Context, name: str) -> tuple[Worksheet, LibraryEntry]:
    """One worksheet with where it comes from. Raises InvalidContent when faulty, NotFound."""
    found = context.library.worksheet(name)
    _, entry = thing(context.library, name, (WORKSHEET,))
    return found, entry


def blank(context: Context, name: str, *, client: str | None, again: bool) -> BlankForm:
    """A form to fill in. For a client it carries their own names for its parts.

    `again` puts in what they wrote last time. Raises CannotDo when that is nothing yet.
    """
    sheet = context.library.worksheet(name)
    if client is None and not again:
        return BlankForm(sheet=sheet, text=write_form(sheet))
    with reading(context.practice) as store:
        case = case_of(store, client)
        return _blank(sheet, case, _last(store, case, name), again)


def blank_to_edit(
    context: Context, name: str, *, client: str | None, number: str | None, date: str, again: bool
) -> BlankForm:
    """The form an editor opens with. Raises what `fill` would before anything is typed."""
    sheet = context.library.worksheet(name)
    _day(context, date)
    with reading(context.practice) as store:
        case = case_of(store, client, context.today)
        _session(store, case, number)
        return _blank(sheet, case, _last(store, case, name), again)


def _blank(
    sheet: Worksheet, case: ClientEngagement, last: WorksheetAnswers | None, again: bool
) -> BlankForm:
    if again and last is None:
        raise CannotDo(f"`{case.client.slug}` has not filled in `{sheet.id}` yet")
    own = own_names(sheet, as_filled(last)[0]) if last else {}
    answered = as_filled(last)[1] if last and again else {}
    text = write_form(
        sheet,
        {name: one for name, one in answered.items() if name in {f.id for f in sheet.fields}},
        labels=own,
        client=case.client.slug,
        name=case.client.name,
    )
    return BlankForm(sheet=sheet, text=text, client=case.client)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedIn:
    """A filled form before it is read: its name in messages, and its bytes."""

    name: str
    data: bytes


def fill(
    context: Context,
    name: str,
    form: HandedIn,
    *,
    client: str | None,
    number: str | None,
    date: str,
) -> WorksheetResult:
    """Keep a filled form as a new record.

    Raises InvalidContent with every fault of the form, CannotDo when it is empty or was printed
    for somebody else.
    """
    sheet = context.library.worksheet(name)
    day = _day(context, date)
    with writing(context.practice, create=False) as store:
        case = case_of(store, client, context.today)
        last = _last(store, case, name)
        own = own_names(sheet, as_filled(last)[0]) if last else {}
        filled = understood(sheet, form.name, form.data, own)
        _refuse(filled, sheet, case, form.name)
        session = _session(store, case, number)
        own_sheet = with_own_labels(sheet, {**own, **filled.labels})
        kept = answers.add(
            store,
            engagement_id=case.engagement.id,
            session_id=session.id if session else None,
            worksheet=sheet.id,
            title=sheet.title,
            form=to_plain(own_sheet),
            answers=to_plain(dict(filled.answers)),
            unmatched="\n\n".join(filled.unmatched),
            date=day,
        )
        clients.touch(store, case.client.id)
        hints = preparation_hints.on_filling(kept, context.today)
        return structs.replace(_outcome(store, case, kept, fresh=True), hints=hints)


def _day(context: Context, date: str) -> dt.date:
    day = parse_day(date, context.today) if date else context.today
    if day > context.today:
        raise UsageFault(f"--date {day} is in the future; a form belongs to today or earlier")
    return day


def _session(store: Store, case: ClientEngagement, number: str | None) -> Session | None:
    return None if number is None else session_of(store, case.engagement, number)


def _refuse(filled: FilledForm, sheet: Worksheet, case: ClientEngagement, source: str) -> None:
    """Stop when the form is another client's, or says nothing."""
    if filled.client and filled.client != case.client.slug:
        raise CannotDo(
            f"this form was printed for `{filled.client}`, not for `{case.client.slug}`; "
            f"say --client {filled.client} if it is theirs"
        )
    if not filled.answers and filled.unmatched:
        raise CannotDo(
            f"nothing in {source} is under a heading of “{sheet.title}”; nothing was saved"
        )
    if not filled.answers:
        raise CannotDo("the form is empty; nothing was saved")


def outcome(
    context: Context, name: str, *, client: str | None, filling: int | None
) -> WorksheetResult:
    """What a client filled in: the last time, or in the filling named. Raises NotFound."""
    with reading(context.practice) as store:
        case = case_of(store, client)
        found = answers.of_engagement(store, case.engagement.id, name)
        if not found:
            # A name nobody knows is a slip of the finger; one that is known was never filled in.
            if name not in {
                one.worksheet for one in answers.of_engagement(store, case.engagement.id)
            }:
                context.library.worksheet(name)
            raise NotFound(
                f"`{case.client.slug}` has not filled in `{name}` yet; "
                f"`trajplan worksheets blank {name}` prints the form"
            )
        chosen = found[-1]
        if filling is not None:
            by_id = {one.id: one for one in found}
            if filling not in by_id:
                there = ", ".join(map(str, by_id))
                raise NotFound(f"no filling {filling} of `{name}`; there are {there}")
            chosen = by_id[filling]
        return _outcome(store, case, chosen, fresh=False)


def history(context: Context, name: str | None, *, client: str | None) -> FillingHistory:
    """Every filling of a client's engagement, of one worksheet or of all."""
    with reading(context.practice) as store:
        case = case_of(store, client)
        found = answers.of_engagement(store, case.engagement.id, name or "")
        if name and not found:
            context.library.worksheet(name)
        return FillingHistory(
            client=case.client,
            worksheet=name or "",
            results=tuple(_outcome(store, case, one, fresh=False) for one in found),
        )


def _outcome(
    store: Store, case: ClientEngagement, one: WorksheetAnswers, *, fresh: bool
) -> WorksheetResult:
    every = store.select(Session, engagement_id=case.engagement.id)
    earlier = before(one, answers.of_engagement(store, case.engagement.id, one.worksheet))
    following = next_session(every)
    sheet, answered = as_filled(one)
    return WorksheetResult(
        client=case.client,
        filling=one,
        sheet=sheet,
        answers=answered,
        before=as_filled(earlier) if earlier else None,
        before_date=earlier.date if earlier else None,
        next_session=following.number if following else None,
        fresh=fresh,
    )


def _last(store: Store, case: ClientEngagement, name: str) -> WorksheetAnswers | None:
    found = answers.of_engagement(store, case.engagement.id, name)
    return found[-1] if found else None
