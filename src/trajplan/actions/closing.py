"""`close`: an engagement ends with a Career OS, triggers and a follow-up date (R12, R111-R115)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from trajplan.actions.calendar import off_test
from trajplan.actions.client_records import ClientEngagement, Detail
from trajplan.actions.context import Context
from trajplan.actions.hints import Hint
from trajplan.actions.sources import read_form, refuse
from trajplan.dates import DAYS, is_counted, parse_day, short_date
from trajplan.errors import CannotDo, UsageFault
from trajplan.planning.calendar import nearest_working_day
from trajplan.planning.ending import ClosingWords, EndingChecklist, needs_of, triggers_of
from trajplan.records.command_forms import ClosingInput
from trajplan.records.dossier import Dossier
from trajplan.records.forms import Closing
from trajplan.records.model import Client, Ending
from trajplan.records.sessions import close_engagement, reopen_engagement
from trajplan.records.store import reading
from trajplan.text import one_line, plural, shortened


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
    form, report = read_form(typed.source, Closing)
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
        is_off = off_test(store)
    if not is_counted(text):
        return FollowUp(day, f"{short_date(day)} is one of your days off" if is_off(day) else "")
    near = nearest_working_day(day, is_off, today)
    if near == day:
        return FollowUp(day)
    because = "is one of your days off" if is_off(day) else f"is a {DAYS[day.weekday()]}"
    return FollowUp(near, f"{short_date(day)} {because}; the follow-up is on {short_date(near)}")


def _lines(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(line for text in texts if (line := one_line(text)))


def close(context: Context, words: ClosingWords, *, client: str | None) -> Detail[Ending]:
    """Close the client's engagement.

    Raises CannotDo naming everything that is missing, unless `force` gives a reason.
    """
    with context.write(client) as records:
        _refuse_twice(records.case)
        dossier = records.dossier
        checklist = needs_of(dossier, context.today, words)
        if checklist.missing and not words.force:
            raise CannotDo(_not_yet(checklist))
        ending = Ending(
            engagement_id=records.engagement.id,
            closed=context.today,
            follow_up=words.follow_up,
            outcomes=words.outcomes,
            triggers=triggers_of(dossier, context.today, words),
            missing=checklist.missing,
            forced=words.force if checklist.missing else "",
        )
        close_engagement(records, ending)
        hints = (Hint(wish.name, wish.missing) for wish in checklist.wishes if wish.missing)
        remark = (words.remark,) if words.remark else ()
        return records.detail(ending, (*remark, *words.hints, *hints, *_still_parked(dossier)))


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


def _not_yet(checklist: EndingChecklist) -> str:
    lines = [f"the work with {checklist.client.name} cannot be closed yet; still needed:"]
    lines += [f"  - {need.missing}: {need.how}" for need in checklist.needs if need.missing]
    lines.append("`--force REASON` closes it anyway; the reason is saved and printed")
    return "\n".join(lines)


def reopen(context: Context, *, client: str | None) -> Client:
    """Take a closing back, for one that came too early or met the wrong client."""
    with context.write(client) as records:
        if records.engagement.closed is None:
            raise CannotDo(f"the work with {records.client.name} is not closed")
        reopen_engagement(records, records.engagement.id)
        return records.client


def checklist(context: Context, *, client: str | None) -> EndingChecklist:
    """What the ending has and what it lacks; nothing is changed."""
    with context.read(client) as records:
        dossier = records.dossier
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
