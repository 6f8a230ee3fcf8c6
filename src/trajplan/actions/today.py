"""`today`: the whole caseload on one day."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from trajplan.actions.clients import newest_journeys
from trajplan.actions.context import Context
from trajplan.planning.arc import journey_of
from trajplan.planning.due_items import ASKED, DueItem, DueItemKind, due_items
from trajplan.planning.stalls import Stall, closing, stall_of
from trajplan.records.belongings import DueNote, due_notes
from trajplan.records.dossier import Dossier, start_of
from trajplan.records.drafts import Drafts
from trajplan.records.model.journeys import Client, Engagement
from trajplan.records.model.sessions import Session
from trajplan.records.read_dossier import read_dossier
from trajplan.records.store import Store, reading

NOTE_DAYS = dt.timedelta(days=7)
"""How long before its day a working note is named, so that none goes unseen."""
WAITING_SESSIONS: tuple[DueItemKind, ...] = ("under_way", "form_begun", "session_passed", "no_day")
"""What already says of a session that its day has passed, or that it has none."""


class ClientToday(Struct, frozen=True, kw_only=True):
    """One client on that day."""

    client: Client
    engagement: Engagement
    waiting: tuple[DueItem, ...]
    stall: Stall
    """What the records show that may hold the journey up (R15)."""
    next: Session | None = None
    """The session that comes next; none once the engagement is closed."""
    start: str = ""
    """When that session starts, on the coach's clock; empty: not agreed."""

    @property
    def off_track(self) -> tuple[str, ...]:
        """The signs, in words, without a session that waits on the page anyway; none while there
        is a reason to say nothing, or while it is only asked whether the last session was held
        (R166)."""
        if self.stall.silent or any(due.state == ASKED for due in self.waiting):
            return ()
        listed = {due.session for due in self.waiting if due.kind in WAITING_SESSIONS}
        return tuple(
            sign.text
            for sign in self.stall.seen
            if sign.session is None or sign.session not in listed
        )

    @property
    def busy(self) -> bool:
        """Whether there is anything to say of this client today."""
        return bool(self.waiting or self.off_track)


class Today(Struct, frozen=True, kw_only=True):
    """The caseload on one day, in the order a coach would look at it."""

    date: dt.date
    clients: tuple[ClientToday, ...]
    notes: tuple[DueNote, ...]
    """Working notes that are about to go, or whose day has come (R58)."""


def today_of(context: Context) -> Today:
    """Read every client's latest engagement; who meets today comes first. Raises NotFound.

    Of those who are long gone, which only become more, nothing but client and journey is read.
    """
    rows = []
    with reading(context.practice) as store:
        newest, gone = newest_journeys(store), _gone(store)
        for client in store.select(Client):
            engagement = newest.get(client.id)
            if engagement is None:
                continue
            if engagement.closed and engagement.id in gone:
                stall = Stall((), "", closing(engagement.closed))
                rows.append(
                    ClientToday(client=client, engagement=engagement, waiting=(), stall=stall)
                )
                continue
            engagements = store.select(Engagement, client_id=client.id)
            dossier = read_dossier(store, client, engagement, engagements, own_zone=context.zone)
            rows.append(_client_today(context, dossier, store.practice_id))
        ahead = min(NOTE_DAYS, dt.date.max - context.today)
        notes = due_notes(store, context.today + ahead)
    return Today(date=context.today, clients=tuple(sorted(rows, key=_order)), notes=notes)


def _gone(store: Store) -> frozenset[int]:
    """Ids of closed engagements of which there is nothing more to say than that: no follow-up
    waits, and neither a pause nor a referral gives another reason to be silent."""
    rows = store.run(
        "SELECT id FROM engagements e WHERE closed IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM sessions WHERE engagement_id = e.id"
        " AND kind = 'follow_up' AND state = 'planned')"
        " AND NOT EXISTS (SELECT 1 FROM pauses WHERE engagement_id = e.id)"
        " AND NOT EXISTS (SELECT 1 FROM referrals WHERE client_id = e.client_id AND ended IS NULL)"
    )
    return frozenset(row["id"] for row in rows)


def _unsaved(
    drafts: Drafts, practice: str, dossier: Dossier
) -> tuple[tuple[Session, ...], tuple[Session, ...]]:
    """The sessions that were run with `live`, and those of which a form was begun, of which
    something is in no wrap yet."""
    if not drafts.of_client(practice, dossier.client.id):
        return (), ()
    from trajplan.actions.live_draft import kept_sessions  # most days do without
    from trajplan.actions.wrap.draft import begun_forms

    run = kept_sessions(drafts, practice, dossier)
    begun = begun_forms(drafts, practice, dossier)
    return run, tuple(session for session in begun if session not in run)


def _client_today(context: Context, dossier: Dossier, practice: str) -> ClientToday:
    engagement = dossier.engagement
    following = None if engagement.closed else dossier.next_session()
    clocks = dossier.clocks_of(following) if following else None
    start = start_of(engagement, following) if following else ""
    unsaved = _unsaved(context.drafts, practice, dossier)
    return ClientToday(
        client=dossier.client,
        engagement=engagement,
        waiting=due_items(dossier, context.library.topics, context.today, *unsaved),
        stall=stall_of(dossier, journey_of(context.library, engagement), context.today),
        next=following,
        start=clocks.own_start if clocks else start,
    )


def _order(row: ClientToday) -> tuple[bool, str, bool, str, str]:
    """Who meets today by the clock, then whoever something waits for, then by the next date."""
    meets = any(due.kind == "session_today" for due in row.waiting)
    clock = row.start if meets else ""
    next_date = row.next.date.isoformat() if row.next else "9999"
    return (not meets, clock, not row.busy, next_date, row.client.slug)
