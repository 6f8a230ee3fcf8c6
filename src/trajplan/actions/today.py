"""`today`: the whole caseload on one day, who comes and what waits."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from trajplan.actions.context import Context
from trajplan.actions.resolve import references
from trajplan.planning.arc import journey_of
from trajplan.planning.due_items import DueItem, EngagementRecords, due_items
from trajplan.planning.ending import follow_up_of
from trajplan.planning.stalls import Stall, stall_of
from trajplan.records.dossier import Dossier, read_dossier
from trajplan.records.model import Client, Engagement, Session
from trajplan.records.store import reading


class ClientToday(Struct, frozen=True, kw_only=True):
    """One client on that day."""

    client: Client
    start_time: str
    next: Session | None
    closed: dt.date | None
    waiting: tuple[DueItem, ...]
    stall: Stall
    """What the records show that may hold the journey up (R15)."""

    @property
    def off_track(self) -> tuple[str, ...]:
        """The signs, in words; none while there is a reason to say nothing."""
        return () if self.stall.silent else tuple(sign.text for sign in self.stall.seen)

    @property
    def busy(self) -> bool:
        """Whether there is anything to say of this client today."""
        return bool(self.waiting or self.off_track)


class Today(Struct, frozen=True, kw_only=True):
    """The caseload on one day, in the order a coach would look at it."""

    date: dt.date
    clients: tuple[ClientToday, ...]


def today_of(context: Context) -> Today:
    """Read every client's latest engagement; who meets today comes first. Raises NotFound."""
    rows = []
    with reading(context.practice) as store:
        for client in store.select(Client):
            engagements = store.select(Engagement, client_id=client.id)
            if engagements:
                dossier = read_dossier(store, client, engagements[-1], engagements)
                rows.append(_client_today(context, dossier))
    return Today(date=context.today, clients=tuple(sorted(rows, key=_order)))


def _client_today(context: Context, dossier: Dossier) -> ClientToday:
    engagement = dossier.engagement
    closed = engagement.closed is not None
    records = EngagementRecords(
        today=context.today,
        start_time=engagement.start_time,
        sessions=dossier.sessions,
        wraps={wrap.session_id: wrap for wrap in dossier.wraps},
        prepared={plan.session_id for plan in dossier.plans},
        rated={dossier.numbers[entry.session_id] for entry in dossier.ratings},
        commitments=dossier.commitments,
        names={session.id: name for name, session in references(dossier.sessions).items()},
        closed=closed,
        follow_up=follow_up_of(dossier),
        rests=dossier.pause_on(context.today) is not None,
    )
    return ClientToday(
        client=dossier.client,
        start_time=engagement.start_time,
        next=None if closed else dossier.next_session(),
        closed=engagement.closed,
        waiting=due_items(records),
        stall=stall_of(dossier, journey_of(context.library, engagement), context.today),
    )


def _order(row: ClientToday) -> tuple[bool, str, bool, str, str]:
    """Who meets today by the clock, then whoever something waits for, then by the next date."""
    meets = any(due.kind == "session_today" for due in row.waiting)
    clock = (row.next.start_time or row.start_time) if meets and row.next else ""
    next_date = row.next.date.isoformat() if row.next else "9999"
    return (not meets, clock, not row.busy, next_date, row.client.slug)
