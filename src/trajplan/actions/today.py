"""`today`: the whole caseload on one day, who comes and what waits."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from trajplan.actions.context import Context
from trajplan.actions.journey import stall_of
from trajplan.actions.overview import follow_up_of
from trajplan.actions.resolve import ClientEngagement, next_session, references
from trajplan.planning.due_items import DueItem, EngagementRecords, due_items
from trajplan.planning.stalls import Stall
from trajplan.records import (
    engagements,
    pauses,
    ratings,
)
from trajplan.records.model import Client, Commitment, Engagement, KeptPlan, Session, WrapRecord
from trajplan.records.store import Store, reading


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
        return () if self.stall.silent else tuple(one.text for one in self.stall.seen)

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
    with reading(context.practice) as store:
        rows = [
            _client(store, context, client, engagement)
            for client in store.select(Client)
            if (engagement := engagements.latest(store, client.id))
        ]
    return Today(date=context.today, clients=tuple(sorted(rows, key=_order)))


def _client(store: Store, context: Context, client: Client, engagement: Engagement) -> ClientToday:
    every = store.select(Session, engagement_id=engagement.id)
    numbers = {one.id: one.number for one in every if one.number}
    closed = engagement.closed is not None
    standing = EngagementRecords(
        today=context.today,
        start_time=engagement.start_time,
        sessions=every,
        wraps={
            one.id: wrap for one in every if (wrap := store.find(WrapRecord, session_id=one.id))
        },
        prepared={one.id for one in every if store.find(KeptPlan, session_id=one.id)},
        rated={numbers[entry.session_id] for entry in ratings.of_engagement(store, engagement.id)},
        commitments=store.select(Commitment, engagement_id=engagement.id),
        names={one.id: name for name, one in references(every).items()},
        closed=closed,
        follow_up=follow_up_of(store, engagement, every) if closed else None,
        rests=pauses.standing(store, engagement.id, context.today) is not None,
    )
    return ClientToday(
        client=client,
        start_time=engagement.start_time,
        next=None if closed else next_session(every),
        closed=engagement.closed,
        waiting=due_items(standing),
        stall=stall_of(store, context, ClientEngagement(client, engagement)),
    )


def _order(one: ClientToday) -> tuple[bool, str, bool, str, str]:
    """Who meets today by the clock, then whoever something waits for, then by the next date."""
    meets = next((each for each in one.waiting if each.kind == "session_today"), None)
    clock = (one.next.start_time or one.start_time) if meets and one.next else ""
    following = one.next.date.isoformat() if one.next else "9999"
    return (meets is None, clock, not one.busy, following, one.client.slug)
