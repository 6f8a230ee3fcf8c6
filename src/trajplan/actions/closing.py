"""`close`: an engagement ends with a Career OS, triggers and a follow-up date, and the client has
pages to go on with (R12, R111-R115)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from trajplan.actions.calendar import off_test
from trajplan.actions.client_records import ClientEngagement, ClientRecords, Detail
from trajplan.actions.context import Context
from trajplan.actions.hints import Hint
from trajplan.actions.sources import read_yaml_form, refuse
from trajplan.content.labels import ENGLISH, Words
from trajplan.dates import DAYS, is_counted, months_later, parse_day, short_date
from trajplan.errors import CannotDo, UsageFault
from trajplan.planning.calendar import day_off_words, nearest_working_day
from trajplan.planning.career_os import CareerOs, career_os_of, first_day_after
from trajplan.planning.ending import (
    FOLLOW_UP,
    MONTHS,
    ClosingWords,
    EndingChecklist,
    needs_of,
    triggers_of,
)
from trajplan.records.command_forms import ClosingInput
from trajplan.records.dossier import Dossier
from trajplan.records.forms import Closing
from trajplan.records.model.journeys import Client, DaysOff, Ending
from trajplan.records.model.sessions import Session
from trajplan.records.store import reading
from trajplan.text import one_line, plural, short_quote, shortened
from trajplan.worksheets.fillings import as_filled

if TYPE_CHECKING:
    from trajplan.actions.worksheets import BlankForm
    from trajplan.content.worksheet_model import Field
    from trajplan.records.drafts import Draft


class FollowUp(Struct, frozen=True):
    """The day of a follow-up, and what is to be said of it."""

    day: dt.date
    remark: str = ""


def read_closing(context: Context, typed: ClosingInput) -> ClosingWords:
    """Read what was handed in, once. Raises InvalidContent with places, UsageFault."""
    if typed.force is not None and not typed.force.strip():
        raise UsageFault("--force needs a reason; it is saved and printed")
    follow_up = follow_up_day(context, typed.follow_up) if typed.follow_up else None
    words = ClosingWords(
        outcomes=_lines(typed.outcomes),
        triggers=_lines(typed.triggers),
        follow_up=follow_up.day if follow_up else None,
        remark=follow_up.remark if follow_up else "",
        force=one_line(typed.force or ""),
    )
    if typed.source is None:
        return words
    form, report = read_yaml_form(typed.source, Closing)
    if form.follow_up and not follow_up:
        try:
            follow_up = follow_up_day(context, form.follow_up)
        except UsageFault as fault:
            report.add(("follow_up",), str(fault))
    refuse(report)
    return replace(
        words,
        outcomes=(*_lines(form.outcomes), *words.outcomes),
        triggers=(*_lines(form.triggers), *words.triggers),
        follow_up=follow_up.day if follow_up else None,
        remark=follow_up.remark if follow_up else "",
        hints=tuple(report.hints),
    )


def follow_up_day(context: Context, text: str) -> FollowUp:
    """Read a day after the closing; one that was counted, like `+6m`, moves to a working day.

    Raises UsageFault, NotFound without a practice.
    """
    today = context.today
    try:
        day = parse_day(text, today)
    except UsageFault as fault:
        raise UsageFault(f"{fault}; `+6m` counts months") from None
    if day <= today:
        raise UsageFault(f"the follow-up on {day} is not after the closing on {today}")
    with reading(context.practice) as store:
        is_off, off = off_test(store), day_off_words(store.select(DaysOff), day)
    if not is_counted(text):
        return FollowUp(day, off)
    near = nearest_working_day(day, is_off, today)
    if near == day:
        return FollowUp(day)
    because = off or f"{short_date(day)} is a {DAYS[day.weekday()]}"
    return FollowUp(near, f"{because}; the follow-up is on {short_date(near)}")


def _lines(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(line for text in texts if (line := one_line(text)))


def close(context: Context, words: ClosingWords, *, client: str | None) -> Detail[Ending]:
    """Close the client's engagement.

    Raises CannotDo naming everything that is missing, unless `force` gives a reason. What was given
    then is kept, so that nobody types it twice.
    """
    with context.write(client) as records:
        _refuse_twice(records.case)
        dossier, draft = records.dossier, records.draft(DRAFT)
        words, again = _with_kept(words, draft, context.today)
        checklist = needs_of(dossier, context.today, words)
        if checklist.missing and not words.force:
            kept = bool(words.outcomes or words.triggers or words.follow_up)
            if kept:
                draft.write(msgspec.json.encode(replace(words, remark="", hints=())))
            raise CannotDo(_not_yet(checklist, kept=kept))
        ending = Ending(
            engagement_id=records.engagement.id,
            closed=context.today,
            follow_up=words.follow_up,
            outcomes=words.outcomes,
            triggers=triggers_of(dossier, context.today, words),
            missing=checklist.missing,
            forced=words.force if checklist.missing else "",
        )
        records.insert(ending)
        records.update(records.engagement, closed=ending.closed)
        if ending.follow_up:
            engagement_id, day = ending.engagement_id, ending.follow_up
            records.insert(
                Session(engagement_id=engagement_id, number=None, kind="follow_up", date=day)
            )
        hints = (Hint(wish.name, wish.missing) for wish in checklist.wishes if wish.missing)
        remark = (words.remark,) if words.remark else ()
        draft.delete()
        return records.detail(
            ending, (*again, *remark, *words.hints, *hints, *_still_parked(dossier))
        )


DRAFT = "closing"
"""Name of the draft that keeps what was given to a closing that was refused."""


def _with_kept(
    words: ClosingWords, draft: Draft, today: dt.date
) -> tuple[ClosingWords, tuple[str, ...]]:
    """The words with what a refused closing was given, where they say nothing of it; and what of
    that is to be said."""
    kept = _kept_words(draft, today)
    again: dict[str, Any] = {
        name: value
        for name in ("outcomes", "triggers", "follow_up")
        if (value := getattr(kept, name)) and not getattr(words, name)
    }
    said = [
        *map(short_quote, (*again.get("outcomes", ()), *again.get("triggers", ()))),
        *([f"the follow-up on {short_date(day)}"] if (day := again.get("follow_up")) else []),
    ]
    remark = f"as you gave it before, and `close` was refused: {', '.join(said)}"
    return replace(words, **again), (remark,) if said else ()


def _kept_words(draft: Draft, today: dt.date) -> ClosingWords:
    """What a refused closing was given; a follow-up that has passed is asked for again."""
    try:
        kept = msgspec.json.decode(draft.read() or b"{}", type=ClosingWords)
    except msgspec.MsgspecError:
        return ClosingWords()  # of another version: it keeps nobody from closing
    passed = kept.follow_up is not None and kept.follow_up <= today
    return replace(kept, follow_up=None) if passed else kept


def _as_it_would_end(records: ClientRecords, today: dt.date) -> Dossier:
    """The dossier of a journey; one whose closing was refused has the ending it was given, today,
    so that no page says otherwise than the `close` that goes on with it."""
    dossier = records.dossier
    if dossier.ending or dossier.engagement.closed:
        return dossier
    kept = _kept_words(records.draft(DRAFT), today)
    if kept == ClosingWords():
        return dossier
    ending = Ending(
        engagement_id=records.engagement.id,
        closed=today,
        follow_up=kept.follow_up,
        outcomes=kept.outcomes,
        triggers=kept.triggers,
        missing=(),
        forced="",
    )
    return replace(dossier, ending=ending)


def _still_parked(dossier: Dossier) -> tuple[str, ...]:
    """Topics nobody has closed: once the journey is closed, `today` says nothing of them."""
    topics = dossier.parked_topics()
    if not topics:
        return ()
    there = "is" if len(topics) == 1 else "are"
    words = "; ".join(shortened(topic.text, 48) for topic in topics[:3])
    return (
        f"{plural(len(topics), 'topic')} {there} still parked ({words}); `trajplan parked` lists"
        " them, and another journey goes on with them",
    )


def _refuse_twice(case: ClientEngagement) -> None:
    if case.engagement.closed:
        raise CannotDo(
            f"the work with {case.client.name} was already closed on {case.engagement.closed}; "
            "`trajplan close --reopen` reopens it, `trajplan new-engagement` begins another "
            "journey"
        )


def _not_yet(checklist: EndingChecklist, *, kept: bool) -> str:
    lines = [f"the work with {checklist.client.name} cannot be closed yet; still needed:"]
    lines += [f"  - {need.missing}: {need.how}" for need in checklist.needs if need.missing]
    lines.append(
        "`--force REASON` closes it without that, as for somebody who stops; the reason is saved "
        "and printed"
    )
    if kept:
        lines.append("what you gave is kept; the next `trajplan close` goes on with it")
    return "\n".join(lines)


def reopen(context: Context, *, client: str | None) -> Client:
    """Take a closing back, for one that came too early or met the wrong client; its follow-up goes
    too, unless that was held."""
    with context.write(client) as records:
        if records.engagement.closed is None:
            raise CannotDo(f"the work with {records.client.name} is not closed")
        whose = {"engagement_id": records.engagement.id}
        ending = records.find(Ending, **whose)
        if ending and ending.follow_up:
            records.delete(
                Session, **whose, kind="follow_up", state="planned", date=ending.follow_up
            )
        records.delete(Ending, **whose)
        records.update(records.engagement, closed=None)
        return records.client


def checklist(context: Context, *, client: str | None) -> EndingChecklist:
    """What the ending has and what it lacks; nothing is changed."""
    with context.read(client) as records:
        dossier = _as_it_would_end(records, context.today)
    ending = dossier.ending
    words = ClosingWords(
        outcomes=ending.outcomes if ending else (),
        triggers=ending.triggers if ending else (),
        follow_up=ending.follow_up if ending else None,
    )
    return needs_of(dossier, context.today, words)


def before_closing(context: Context, *, client: str | None) -> EndingChecklist:
    """The same for somebody about to close. Raises what `close` would before it asks anything."""
    with context.read(client, acting=True) as records:
        _refuse_twice(records.case)
        return needs_of(records.dossier, context.today, ClosingWords())


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
    """A page for one of the days after the journey. `dates`: none for a client who stopped."""

    client_name: str
    title: str
    purpose: str
    dates: tuple[dt.date, ...]
    every: str
    """How it goes on after these dates; empty for a single day."""
    draft: bool
    """Not closed yet."""
    begun: bool
    """A draft whose closing was refused: its dates are those it was given, or counted from
    today. Of another draft they are counted from the last session."""
    reminders: tuple[tuple[str, str], ...]
    """Labelled lines in the client's own words, to read first."""
    points: tuple[AgendaPoint, ...]
    room: bool
    """Whether there is a line to write on under each point."""


def career_os(context: Context, *, client: str | None, words: Words = ENGLISH) -> CareerOs:
    """The Career OS; a draft until the engagement is closed."""
    with context.read(client) as records:
        return career_os_of(_as_it_would_end(records, context.today), context.today, words)


def career_os_form(context: Context, *, client: str | None, words: Words) -> BlankForm:
    """The Career OS form with what the records hold already in it, for the client to strike out."""
    from trajplan.actions.worksheets import BlankForm

    sheet = context.library.worksheet(CAREER_OS)
    with context.read(client) as records:
        dossier = _as_it_would_end(records, context.today)
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
    known, start, begun = _ending(context, client)
    if not (known.draft or known.follow_up):
        raise CannotDo(
            f"the work with {known.client_name} was closed without a follow-up, so there is no "
            "page for one"
        )
    return _agenda(
        context,
        known,
        FOLLOW_UP,
        begun=begun,
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
    known, start, begun = _ending(context, client)
    return _agenda(
        context,
        known,
        WEEKLY,
        begun=begun,
        dates=tuple(start + dt.timedelta(days=7 * week) for week in range(1, WEEKS + 1))
        if known.weekly_review
        else (),
        every=f"and on every {DAYS[start.weekday()]} after that",
        reminders=(
            ("How I keep track", " / ".join(known.habits)),
            ("My own signs", " · ".join(known.triggers)),
        ),
    )


def retreat(context: Context, *, client: str | None) -> ClientAgenda:
    """The quarterly retreat's agenda with the dates of the first year."""
    known, start, begun = _ending(context, client)
    return _agenda(
        context,
        known,
        RETREAT,
        begun=begun,
        dates=tuple(months_later(start, months) for months in QUARTERS) if known.retreat else (),
        reminders=(
            ("Where I'm going", known.destination),
            ("What matters to me", " · ".join(known.values)),
            ("What I'm good at", " · ".join(known.strengths)),
            ("My own signs", " · ".join(known.triggers)),
        ),
    )


def _ending(context: Context, client: str | None) -> tuple[CareerOs, dt.date, bool]:
    """What the client takes along, the day that what follows is counted from, and whether a closing
    was begun."""
    with context.read(client) as records:
        dossier = _as_it_would_end(records, context.today)
    known, start = career_os_of(dossier, context.today), first_day_after(dossier, context.today)
    return known, start, known.draft and dossier.ending is not None


def _agenda(
    context: Context,
    known: CareerOs,
    worksheet: str,
    *,
    begun: bool,
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
        begun=begun,
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
