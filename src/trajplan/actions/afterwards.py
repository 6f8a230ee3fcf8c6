"""`close --print`: the pages a client goes on with after the last session (R111, R113, R114)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct

from trajplan.actions.context import Context
from trajplan.actions.resolve import case_of
from trajplan.dates import DAYS
from trajplan.planning.calendar import months_later
from trajplan.planning.career_os import CareerOs, career_os_of, first_day_after
from trajplan.planning.ending import FOLLOW_UP, MONTHS
from trajplan.records import answers
from trajplan.records.dossier import read_dossier
from trajplan.records.store import reading
from trajplan.worksheets.fillings import as_filled

if TYPE_CHECKING:
    from trajplan.actions.worksheets import BlankForm
    from trajplan.content.worksheet_model import Field, Worksheet

CAREER_OS = "career-os"
WEEKLY = "weekly-review"
RETREAT = "quarterly-retreat"
WEEKS = 4
"""First dates of the weekly review that are printed."""
QUARTERS = (3, 6, 9, 12)
"""Months after the closing of the first year's retreats."""


class AgendaPoint(Struct, frozen=True, kw_only=True):
    """One thing to look at; `help` gives its minutes, or how it is meant; `scale` its ends."""

    text: str
    help: str = ""
    scale: str = ""


class ClientAgenda(Struct, frozen=True, kw_only=True):
    """A page for one of the days after the journey."""

    client_name: str
    title: str
    purpose: str
    dates: tuple[dt.date, ...]
    every: str
    """How it goes on after these dates; empty for a single day."""
    draft: bool
    """Not closed yet: the dates are counted from the last session."""
    reminders: tuple[tuple[str, str], ...]
    """Labelled lines in the client's own words, to read first."""
    points: tuple[AgendaPoint, ...]
    room: bool
    """Whether there is a line to write on under each point."""


def career_os(context: Context, *, client: str | None) -> CareerOs:
    """The Career OS; a draft until the engagement is closed."""
    with context.read(client) as records:
        return career_os_of(records.dossier, context.today)


def career_os_form(context: Context, *, client: str | None) -> BlankForm:
    """The Career OS form with what the records hold already in it, for the client to strike out."""
    from trajplan.actions.worksheets import BlankForm
    from trajplan.worksheets.form import write_form

    sheet = context.library.worksheet(CAREER_OS)
    with reading(context.practice) as store:
        case = case_of(store, client)
        dossier = read_dossier(store, case.client, case.engagement, case.engagements)
        known = career_os_of(dossier, context.today)
        before = answers.of_engagement(store, case.engagement.id, CAREER_OS)
        filled = dict(as_filled(before[-1])[1]) if before else {}
    for field in sheet.fields:
        if field.type == "list" and field.career_os and getattr(known, field.career_os):
            filled[field.id] = getattr(known, field.career_os)
    fields = {one.id for one in sheet.fields}
    text = write_form(
        sheet,
        {name: answer for name, answer in filled.items() if name in fields},
        client=case.client.slug,
        name=case.client.name,
    )
    return BlankForm(sheet=sheet, text=text, client=case.client)


def follow_up(context: Context, *, client: str | None) -> ClientAgenda:
    """The six-month follow-up's sheet, with what the client said at the end."""

    def dates(start: dt.date, found: CareerOs) -> tuple[tuple[dt.date, ...], str]:
        return (found.follow_up or months_later(start, MONTHS),), ""

    return _page(context, client, FOLLOW_UP, dates, _for_follow_up, room=True)


def weekly_review(context: Context, *, client: str | None) -> ClientAgenda:
    """The weekly review's agenda, on the weekday of the closing."""

    def dates(start: dt.date, _: CareerOs) -> tuple[tuple[dt.date, ...], str]:
        first = tuple(start + dt.timedelta(days=7 * week) for week in range(1, WEEKS + 1))
        return first, f"and on every {DAYS[start.weekday()]} after that"

    return _page(context, client, WEEKLY, dates, _for_review, room=False)


def retreat(context: Context, *, client: str | None) -> ClientAgenda:
    """The quarterly retreat's agenda with the dates of the first year."""

    def dates(start: dt.date, _: CareerOs) -> tuple[tuple[dt.date, ...], str]:
        return tuple(months_later(start, months) for months in QUARTERS), ""

    return _page(context, client, RETREAT, dates, _for_retreat, room=False)


def _page(
    context: Context,
    client: str | None,
    worksheet: str,
    dates: Callable[[dt.date, CareerOs], tuple[tuple[dt.date, ...], str]],
    reminders: Callable[[CareerOs], tuple[tuple[str, str], ...]],
    *,
    room: bool,
) -> ClientAgenda:
    sheet = context.library.worksheet(worksheet)
    with reading(context.practice) as store:
        case = case_of(store, client)
        dossier = read_dossier(store, case.client, case.engagement, case.engagements)
        found = career_os_of(dossier, context.today)
        days, every = dates(first_day_after(dossier, context.today), found)
    return ClientAgenda(
        client_name=case.client.name,
        title=sheet.title,
        purpose=sheet.purpose,
        dates=days,
        every=every,
        draft=found.draft,
        reminders=tuple((name, text) for name, text in reminders(found) if text),
        points=_points(sheet),
        room=room,
    )


def _points(sheet: Worksheet) -> tuple[AgendaPoint, ...]:
    return tuple(
        AgendaPoint(text=one.label, help=one.help, scale=_scale(one)) for one in sheet.fields
    )


def _scale(one: Field) -> str:
    from trajplan.content.worksheet_model import scale

    if one.type != "rating":
        return ""
    return ", ".join(
        f"{at} = {one.anchors[at]}" if at in one.anchors else str(at) for at in scale(one)
    )


def _for_follow_up(found: CareerOs) -> tuple[tuple[str, str], ...]:
    return (
        ("Where you were going", found.destination),
        ("What others could see then", " · ".join(found.outcomes)),
        ("What worked", " · ".join(found.worked[:3])),
        ("Your signs for asking for help", " · ".join(found.triggers)),
    )


def _for_review(found: CareerOs) -> tuple[tuple[str, str], ...]:
    return (
        ("How I keep an eye on it", " / ".join(found.habits)),
        ("My own signs", " · ".join(found.triggers)),
    )


def _for_retreat(found: CareerOs) -> tuple[tuple[str, str], ...]:
    return (
        ("Where I am going", found.destination),
        ("What counts for me", " · ".join(found.values)),
        ("What I can rely on", " · ".join(found.strengths)),
        ("My own signs", " · ".join(found.triggers)),
    )
