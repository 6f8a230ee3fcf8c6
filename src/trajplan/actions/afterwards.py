"""`close --print`: the pages a client goes on with after the last session (R111, R113, R114)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from msgspec import Struct

from trajplan.actions.context import Context
from trajplan.content.labels import ENGLISH, Words
from trajplan.dates import DAYS, months_later
from trajplan.planning.career_os import CareerOs, career_os_of, first_day_after
from trajplan.planning.ending import FOLLOW_UP, MONTHS
from trajplan.worksheets.fillings import as_filled

if TYPE_CHECKING:
    from trajplan.actions.worksheets import BlankForm
    from trajplan.content.worksheet_model import Field

CAREER_OS = "career-os"
WEEKLY = "weekly-review"
RETREAT = "quarterly-retreat"
WEEKS = 4
"""First dates of the weekly review that are printed."""
QUARTERS = (3, 6, 9, 12)
"""Months after the closing of the first year's retreats."""


class AgendaPoint(Struct, frozen=True, kw_only=True):
    """One thing to look at; `help` gives its minutes, or how it is meant."""

    text: str
    help: str = ""
    scale: tuple[int, int] | None = None
    """The ends of the scale it is marked on, and what they stand for."""
    low: str = ""
    high: str = ""


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


def career_os(context: Context, *, client: str | None, words: Words = ENGLISH) -> CareerOs:
    """The Career OS; a draft until the engagement is closed."""
    with context.read(client) as records:
        return career_os_of(records.dossier, context.today, words)


def career_os_form(context: Context, *, client: str | None, words: Words = ENGLISH) -> BlankForm:
    """The Career OS form with what the records hold already in it, for the client to strike out."""
    from trajplan.actions.worksheets import BlankForm

    sheet = context.library.worksheet(CAREER_OS)
    with context.read(client) as records:
        dossier = records.dossier
    known = career_os_of(dossier, context.today, words)
    fillings = dossier.fillings_of(CAREER_OS)
    answers = dict(as_filled(fillings[-1])[1]) if fillings else {}
    for field in sheet.fields:
        if field.type == "list" and field.career_os and getattr(known, field.career_os):
            answers[field.id] = getattr(known, field.career_os)
    fields = {field.id for field in sheet.fields}
    known_answers = {name: answer for name, answer in answers.items() if name in fields}
    return BlankForm(sheet=sheet, client=dossier.client, answers=known_answers)


def follow_up(context: Context, *, client: str | None) -> ClientAgenda:
    """The six-month follow-up's sheet, with what the client said at the end."""
    known, start = _ending(context, client)
    return _agenda(
        context,
        known,
        FOLLOW_UP,
        dates=(known.follow_up or months_later(start, MONTHS),),
        reminders=(
            ("Where you were going", known.destination),
            ("What others could see then", " · ".join(known.outcomes)),
            ("What worked", " · ".join(known.worked[:3])),
            ("Your signs for asking for help", " · ".join(known.triggers)),
        ),
        room=True,
        rates=context.dossier(client).client.ratings,
    )


def weekly_review(context: Context, *, client: str | None) -> ClientAgenda:
    """The weekly review's agenda, on the weekday of the closing."""
    known, start = _ending(context, client)
    return _agenda(
        context,
        known,
        WEEKLY,
        dates=tuple(start + dt.timedelta(days=7 * week) for week in range(1, WEEKS + 1)),
        every=f"and on every {DAYS[start.weekday()]} after that",
        reminders=(
            ("How I keep track", " / ".join(known.habits)),
            ("My own signs", " · ".join(known.triggers)),
        ),
    )


def retreat(context: Context, *, client: str | None) -> ClientAgenda:
    """The quarterly retreat's agenda with the dates of the first year."""
    known, start = _ending(context, client)
    return _agenda(
        context,
        known,
        RETREAT,
        dates=tuple(months_later(start, months) for months in QUARTERS),
        reminders=(
            ("Where I'm going", known.destination),
            ("What matters to me", " · ".join(known.values)),
            ("What I'm good at", " · ".join(known.strengths)),
            ("My own signs", " · ".join(known.triggers)),
        ),
    )


def _ending(context: Context, client: str | None) -> tuple[CareerOs, dt.date]:
    """What the client takes along, and the day that what follows is counted from."""
    with context.read(client) as records:
        dossier = records.dossier
    return career_os_of(dossier, context.today), first_day_after(dossier, context.today)


def _agenda(
    context: Context,
    known: CareerOs,
    worksheet: str,
    *,
    dates: tuple[dt.date, ...],
    reminders: tuple[tuple[str, str], ...],
    every: str = "",
    room: bool = False,
    rates: bool = True,
) -> ClientAgenda:
    """The points of a worksheet, with its days and what the client said at the end. `rates`: the
    client gives numbers (R166)."""
    sheet = context.library.worksheet(worksheet)
    return ClientAgenda(
        client_name=known.client_name,
        title=sheet.title,
        purpose=sheet.purpose,
        dates=dates,
        every=every,
        draft=known.draft,
        reminders=tuple((name, text) for name, text in reminders if text),
        points=tuple(_point(field) for field in sheet.fields if rates or field.type != "rating"),
        room=room,
    )


def _point(field: Field) -> AgendaPoint:
    from trajplan.content.worksheet_model import is_drawn, scale

    if field.type != "rating" or not is_drawn(field):
        return AgendaPoint(text=field.label, help=field.help)
    ends = scale(field)
    low, high = (field.anchors.get(point, "") for point in ends)
    return AgendaPoint(text=field.label, help=field.help, scale=ends, low=low, high=high)
