"""`close`: an engagement ends with a Career OS, triggers and a follow-up date (R12, R111-R115)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from msgspec import Struct
from msgspec.structs import replace

from trajplan.actions.context import Context
from trajplan.actions.forms import read_form, refuse
from trajplan.actions.resolve import ClientEngagement, case_of
from trajplan.dates import parse_day
from trajplan.errors import CannotDo, UsageFault
from trajplan.planning.calendar import months_later
from trajplan.planning.ending import ClosingWords, EndingChecklist, needs_of, triggers_of
from trajplan.records import clients, endings
from trajplan.records.dossier import read_dossier
from trajplan.records.forms import Closing
from trajplan.records.model import Client, Ending, Engagement, Session
from trajplan.records.store import Store, reading, writing
from trajplan.text import one_line

_MONTHS = re.compile(r"\+(\d{1,3})m")


class ClosedEngagement(Struct, frozen=True, kw_only=True):
    """A closed engagement."""

    client: Client
    ordinal: int
    ending: Ending
    held: int
    sessions: int
    newest: bool
    """Whether it is the client's latest engagement."""
    hints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What `close` was given: a file's words and what was typed beside it."""

    source: str | None = None
    outcomes: tuple[str, ...] = ()
    triggers: tuple[str, ...] = ()
    follow_up: str = ""
    force: str | None = None


def read_closing(wanted: Wanted, today: dt.date) -> ClosingWords:
    """Read what was handed in, once. Raises InvalidContent with places, UsageFault."""
    if wanted.force is not None and not wanted.force.strip():
        raise UsageFault("--force needs a reason; it is saved and printed")
    given = ClosingWords(
        outcomes=_lines(wanted.outcomes),
        triggers=_lines(wanted.triggers),
        follow_up=follow_up_day(wanted.follow_up, today) if wanted.follow_up else None,
        force=one_line(wanted.force or ""),
    )
    if wanted.source is None:
        return given
    form, report = read_form(wanted.source, Closing)
    day = given.follow_up
    if form.follow_up:
        try:
            day = day or follow_up_day(form.follow_up, today)
        except UsageFault as fault:
            report.add(("follow_up",), str(fault))
    refuse(report)
    return replace(
        given,
        outcomes=(*_lines(form.outcomes), *given.outcomes),
        triggers=(*_lines(form.triggers), *given.triggers),
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


def close(context: Context, *, client: str | None, given: ClosingWords) -> ClosedEngagement:
    """Close the client's engagement.

    Raises CannotDo naming everything that is missing, unless `force` gives a reason.
    """
    with writing(context.practice, create=False) as store:
        case = case_of(store, client, context.today)
        _refuse_twice(case)
        dossier = read_dossier(store, case.client, case.engagement, case.engagements)
        found = needs_of(dossier, context.today, given)
        if found.missing and not given.force:
            raise CannotDo(_not_yet(found))
        ending = Ending(
            engagement_id=case.engagement.id,
            closed=context.today,
            follow_up=given.follow_up,
            outcomes=given.outcomes,
            triggers=triggers_of(dossier, context.today, given),
            missing=found.missing,
            forced=given.force if found.missing else "",
        )
        endings.close(store, ending)
        clients.touch(store, case.client.id)
        return _closed(store, case, ending, found)


def _refuse_twice(case: ClientEngagement) -> None:
    if case.engagement.closed:
        raise CannotDo(
            f"the work with {case.client.name} was already closed on {case.engagement.closed}; "
            "`trajplan close --reopen` reopens it, `trajplan new-engagement` begins another "
            "journey"
        )


def _not_yet(found: EndingChecklist) -> str:
    lines = [f"the work with {found.client.name} cannot be closed yet; still needed:"]
    lines += [f"  - {one.missing}: {one.how}" for one in found.needs if one.missing]
    lines.append("`--force REASON` closes it anyway; the reason is saved and printed")
    return "\n".join(lines)


def _closed(
    store: Store, case: ClientEngagement, ending: Ending, found: EndingChecklist
) -> ClosedEngagement:
    every = store.select(Session, engagement_id=case.engagement.id)
    return ClosedEngagement(
        client=case.client,
        ordinal=case.engagement.ordinal,
        ending=ending,
        held=sum(one.state == "held" for one in every if one.number),
        sessions=case.engagement.sessions,
        newest=len(store.select(Engagement, client_id=case.client.id)) == case.engagement.ordinal,
        hints=tuple(one.missing for one in found.wishes if one.missing),
    )


def reopen(context: Context, *, client: str | None) -> Client:
    """Take a closing back, for one that came too early or met the wrong client."""
    with writing(context.practice, create=False) as store:
        case = case_of(store, client, context.today)
        if case.engagement.closed is None:
            raise CannotDo(f"the work with {case.client.name} is not closed")
        endings.reopen(store, case.engagement.id)
        clients.touch(store, case.client.id)
        return case.client


def checklist(context: Context, *, client: str | None) -> EndingChecklist:
    """What the ending has and what it lacks; nothing is changed."""
    with reading(context.practice) as store:
        case = case_of(store, client)
        ending = store.find(Ending, engagement_id=case.engagement.id)
        kept = ClosingWords(
            outcomes=ending.outcomes if ending else (),
            triggers=ending.triggers if ending else (),
            follow_up=ending.follow_up if ending else None,
        )
        dossier = read_dossier(store, case.client, case.engagement, case.engagements)
        return needs_of(dossier, context.today, kept)


def before_closing(context: Context, *, client: str | None) -> EndingChecklist:
    """The same for somebody about to close. Raises what `close` would before it asks anything."""
    with reading(context.practice) as store:
        case = case_of(store, client, context.today)
        _refuse_twice(case)
        dossier = read_dossier(store, case.client, case.engagement, case.engagements)
        return needs_of(dossier, context.today, ClosingWords())
