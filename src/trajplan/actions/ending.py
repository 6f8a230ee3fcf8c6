"""What an ending needs, held against the records (R12, R111, R112, R115)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from trajplan.actions.career_os import career_os_of
from trajplan.actions.resolve import ClientEngagement, last_held
from trajplan.dates import short_date
from trajplan.pages.closing import Checklist, Need
from trajplan.planning.calendar import months_later
from trajplan.records.model import Commitment, Session
from trajplan.records.store import Store
from trajplan.text import plural

MONTHS = 6
"""From the closing to the follow-up (R111)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What `close` was given: every text on one line, the day as a day."""

    outcomes: tuple[str, ...] = ()
    triggers: tuple[str, ...] = ()
    follow_up: dt.date | None = None
    force: str = ""


def lacking(store: Store, case: ClientEngagement, day: dt.date) -> tuple[str, ...]:
    """What closing on a day would still lack, for the last session's plan."""
    found = needs_of(store, case, day, Given())
    return (*found.missing, *(one.missing for one in found.wishes[:1] if one.missing))


def needs_of(store: Store, case: ClientEngagement, today: dt.date, given: Given) -> Checklist:
    """Everything an ending needs, and what is worth having besides, on the day of closing."""
    return Checklist(
        client=case.client,
        closed=case.engagement.closed,
        needs=(
            _career_os(store, case, today),
            _own_triggers(store, case, today, given),
            _follow_up(today, given),
        ),
        wishes=(_outcomes(given), _open_sessions(store, case), _open_commitments(store, case)),
    )


def _career_os(store: Store, case: ClientEngagement, today: dt.date) -> Need:
    page = career_os_of(store, case, today)
    parts = {
        "what worked": page.worked,
        "values": page.values,
        "strengths": page.strengths,
        "tracking habits": page.habits,
    }
    there = [f"{name} {len(lines)}" for name, lines in parts.items() if lines]
    empty = [name for name, lines in parts.items() if not lines]
    return Need(
        name="Career OS",
        state=", ".join(there),
        missing=f"Career OS: {', '.join(empty)}" if empty else "",
        how="trajplan close --print career-os-form, then trajplan worksheets fill career-os",
    )


def _own_triggers(store: Store, case: ClientEngagement, today: dt.date, given: Given) -> Need:
    found = triggers_of(store, case, today, given)
    return Need(
        name="Triggers",
        state="; ".join(found),
        missing="" if found else "the client's own triggers",
        how="--trigger TEXT, or on the Career OS form",
    )


def _follow_up(today: dt.date, given: Given) -> Need:
    if given.follow_up:
        return Need(name="Follow-up", state=short_date(given.follow_up), missing="")
    usual = months_later(today, MONTHS)
    return Need(
        name="Follow-up",
        state="",
        missing="a follow-up date",
        how=f"--follow-up +{MONTHS}m is {short_date(usual)}",
    )


def _outcomes(given: Given) -> Need:
    return Need(
        name="Outcomes",
        state="; ".join(given.outcomes),
        missing="" if given.outcomes else "outcomes that others can see",
        how="--outcome TEXT",
    )


def _open_sessions(store: Store, case: ClientEngagement) -> Need:
    every = [one for one in store.select(Session, engagement_id=case.engagement.id) if one.number]
    left = [str(one.number) for one in every if one.state not in ("held", "skipped")]
    last = last_held(tuple(every))
    return Need(
        name="Sessions",
        state=f"last held: {last.number}, {short_date(last.held_on or last.date)}" if last else "",
        missing=f"neither held nor skipped: session{'s' if len(left) > 1 else ''} {', '.join(left)}"
        if left
        else "",
    )


def _open_commitments(store: Store, case: ClientEngagement) -> Need:
    every = store.select(Commitment, engagement_id=case.engagement.id)
    waiting = sum(one.status == "open" for one in every)
    return Need(
        name="Commitments",
        state=plural(len(every), "commitment"),
        missing=f"not looked at yet: {waiting}" if waiting else "",
    )


def triggers_of(
    store: Store, case: ClientEngagement, today: dt.date, given: Given
) -> tuple[str, ...]:
    """The client's own: from the Career OS worksheet, then what was given here."""
    known = career_os_of(store, case, today).triggers
    every = {one.casefold(): one for one in (*given.triggers[::-1], *known[::-1])}
    return tuple(every.values())[::-1]
