"""`close`: an engagement ends with a Career OS, triggers and a follow-up date (R12, R111-R115)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from trajplan.actions.client_records import ClientEngagement, Detail
from trajplan.actions.context import Context
from trajplan.actions.forms import read_form, refuse
from trajplan.dates import parse_day
from trajplan.errors import CannotDo, UsageFault
from trajplan.planning.calendar import months_later
from trajplan.planning.ending import ClosingWords, EndingChecklist, needs_of, triggers_of
from trajplan.records.dossier import Dossier
from trajplan.records.forms import Closing
from trajplan.records.model import Client, Ending
from trajplan.records.sessions import close_engagement, reopen_engagement
from trajplan.text import one_line, plural, shortened

_MONTHS = re.compile(r"\+(\d{1,3})m")


class ClosingInput(Struct, frozen=True, kw_only=True):
    """What `close` was told: a file, and what was typed beside it."""

    source: str | None = None
    outcomes: tuple[str, ...] = ()
    triggers: tuple[str, ...] = ()
    follow_up: str = ""
    force: str | None = None


def read_closing(typed: ClosingInput, today: dt.date) -> ClosingWords:
    """Read what was handed in, once. Raises InvalidContent with places, UsageFault."""
    if typed.force is not None and not typed.force.strip():
        raise UsageFault("--force needs a reason; it is saved and printed")
    words = ClosingWords(
        outcomes=_lines(typed.outcomes),
        triggers=_lines(typed.triggers),
        follow_up=follow_up_day(typed.follow_up, today) if typed.follow_up else None,
        force=one_line(typed.force or ""),
    )
    if typed.source is None:
        return words
    form, report = read_form(typed.source, Closing)
    day = words.follow_up
    if form.follow_up:
        try:
            day = day or follow_up_day(form.follow_up, today)
        except UsageFault as fault:
            report.add(("follow_up",), str(fault))
    refuse(report)
    return replace(
        words,
        outcomes=(*_lines(form.outcomes), *words.outcomes),
        triggers=(*_lines(form.triggers), *words.triggers),
        follow_up=day,
    )


def follow_up_day(text: str, today: dt.date) -> dt.date:
    """A day after the closing; `+6m` counts months. Raises UsageFault."""
    months = _MONTHS.fullmatch(text.strip().lower())
    try:
        day = months_later(today, int(months[1])) if months else parse_day(text, today)
    except (OverflowError, ValueError):
        raise UsageFault(f"`{text}` goes past the year 9999") from None
    except UsageFault as fault:
        raise UsageFault(f"{fault}; `+6m` counts months") from None
    if day <= today:
        raise UsageFault(f"the follow-up on {day} is not after the closing on {today}")
    return day


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
        hints = (wish.missing for wish in checklist.wishes if wish.missing)
        return records.detail(ending, (*hints, *_still_parked(dossier)))


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
