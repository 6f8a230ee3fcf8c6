"""What an ending needs, held against the records (R12, R111, R112, R115)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from msgspec import Struct

from trajplan.actions.career_os import career_os_of
from trajplan.actions.resolve import ClientEngagement, last_held
from trajplan.dates import short_date
from trajplan.planning.calendar import months_later
from trajplan.records.model import Client, Commitment, Session
from trajplan.records.store import Store
from trajplan.text import plural

MONTHS = 6
"""From the closing to the follow-up (R111)."""


class EndingNeed(Struct, frozen=True, kw_only=True):
    """One thing an engagement ends with; `missing` is empty when it is there."""

    name: str
    state: str
    """What there is of it, in a few words."""
    missing: str
    """What is still needed, in a few words."""
    how: str = ""
    """How it is given on the command line, where that is not plain."""


class EndingChecklist(Struct, frozen=True, kw_only=True):
    """Everything an ending needs (R12), and what is worth having besides."""

    client: Client
    closed: dt.date | None
    needs: tuple[EndingNeed, ...]
    wishes: tuple[EndingNeed, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """What keeps the engagement from being closed."""
        return tuple(one.missing for one in self.needs if one.missing)


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


def needs_of(store: Store, case: ClientEngagement, today: dt.date, given: Given) -> EndingChecklist:
    """Everything an ending needs, and what is worth having besides, on the day of closing."""
    return EndingChecklist(
        client=case.client,
        closed=case.engagement.closed,
        needs=(
            _career_os(store, case, today),
            _own_triggers(store, case, today, given),
            _follow_up(today, given),
        ),
        wishes=(_outcomes(given), _open_sessions(store, case), _open_commitments(store, case)),
    )


def _career_os(store: Store, case: ClientEngagement, today: dt.date) -> EndingNeed:
    page = career_os_of(store, case, today)
    parts = {
        "what worked": page.worked,
        "values": page.values,
        "strengths": page.strengths,
        "tracking habits": page.habits,
    }
    there = [f"{name} {len(lines)}" for name, lines in parts.items() if lines]
    empty = [name for name, lines in parts.items() if not lines]
    return EndingNeed(
        name="Career OS",
        state=", ".join(there),
        missing=f"Career OS: {', '.join(empty)}" if empty else "",
        how="trajplan close --print career-os-form, then trajplan worksheets fill career-os",
    )


def _own_triggers(store: Store, case: ClientEngagement, today: dt.date, given: Given) -> EndingNeed:
    found = triggers_of(store, case, today, given)
    return EndingNeed(
        name="Triggers",
        state="; ".join(found),
        missing="" if found else "the client's own triggers",
        how="--trigger TEXT, or on the Career OS form",
    )


def _follow_up(today: dt.date, given: Given) -> EndingNeed:
    if given.follow_up:
        return EndingNeed(name="Follow-up", state=short_date(given.follow_up), missing="")
    usual = months_later(today, MONTHS)
    return EndingNeed(
        name="Follow-up",
        state="",
        missing="a follow-up date",
        how=f"--follow-up +{MONTHS}m is {short_date(usual)}",
    )


def _outcomes(given: Given) -> EndingNeed:
    return EndingNeed(
        name="Outcomes",
        state="; ".join(given.outcomes),
        missing="" if given.outcomes else "outcomes that others can see",
        how="--outcome TEXT",
    )


def _open_sessions(store: Store, case: ClientEngagement) -> EndingNeed:
    every = [one for one in store.select(Session, engagement_id=case.engagement.id) if one.number]
    left = [str(one.number) for one in every if one.state not in ("held", "skipped")]
    last = last_held(tuple(every))
    return EndingNeed(
        name="Sessions",
        state=f"last held: {last.number}, {short_date(last.held_on or last.date)}" if last else "",
        missing=f"neither held nor skipped: session{'s' if len(left) > 1 else ''} {', '.join(left)}"
        if left
        else "",
    )


def _open_commitments(store: Store, case: ClientEngagement) -> EndingNeed:
    every = store.select(Commitment, engagement_id=case.engagement.id)
    waiting = sum(one.status == "open" for one in every)
    return EndingNeed(
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
