"""`clients`, `use`, `show` and `today`: one client, or the whole caseload on one day.

And `refer`: help that coaching is not, advised and standing until it ends (R22).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TypeVar

from msgspec import Struct

from trajplan.actions.assumptions import belief_cues
from trajplan.actions.client_records import ClientRecords, Detail, client_named
from trajplan.actions.context import Context
from trajplan.content.model import BeliefCues, Journey
from trajplan.dates import parse_day
from trajplan.errors import CannotDo, NotFound
from trajplan.planning.arc import journey_at_hand, journey_of, phases_of
from trajplan.planning.due_items import ASKED, DueItem, due_items
from trajplan.planning.ending import FOLLOW_UP, open_follow_up
from trajplan.planning.stalls import Stall, closing, stall_of
from trajplan.planning.standing import session_steps, step_place
from trajplan.records.dossier import Dossier, held_of, next_session, start_of
from trajplan.records.drafts import Drafts
from trajplan.records.model import (
    Client,
    Engagement,
    Referral,
    ReferralKind,
    Session,
    WorksheetAnswers,
)
from trajplan.records.read_dossier import read_dossier
from trajplan.records.store import Store, reading

J = TypeVar("J", Session, WorksheetAnswers)


class ClientRow(Struct, frozen=True, kw_only=True):
    """One client in the list."""

    client: Client
    engagement: Engagement | None
    next: Session | None
    held: int
    current: bool
    follow_up: Session | None = None
    """Of a closed engagement: the meeting agreed on, while it has not been held."""


class ClientPage(Struct, frozen=True, kw_only=True):
    """What is known of a client: the records, and where in the journey they are."""

    dossier: Dossier
    today: dt.date
    phases: tuple[tuple[str, int], ...]
    """Each with how many sessions it has."""
    phase: str
    """That of the next session, as `step` is."""
    step: str
    next: Session | None
    """None when none is left, or the engagement is closed."""
    cues: tuple[BeliefCues, ...]
    """The words that say what a belief is about."""
    others: tuple[tuple[Engagement, int], ...]
    """The client's other engagements with how many sessions were held."""


def caseload(context: Context) -> tuple[ClientRow, ...]:
    """Every client with the next session. However many there are, the tables are read once."""
    with reading(context.practice) as store:
        current = store.current_client
        newest = _newest_journeys(store)
        going = [journey.id for journey in newest.values() if not journey.closed]
        over = [journey.id for journey in newest.values() if journey.closed]
        sessions = _by_journey(store.select(Session, engagement_id=going))
        follow_ups = _by_journey(
            store.select(Session, engagement_id=over, kind="follow_up", state="planned")
        )
        fillings = _by_journey(
            store.select(WorksheetAnswers, engagement_id=[*follow_ups], worksheet=FOLLOW_UP)
        )
        held = store.run(
            "SELECT engagement_id, count(*) FROM sessions"
            " WHERE state = 'held' AND number IS NOT NULL GROUP BY engagement_id"
        )
        held_in: dict[int, int] = dict(held)
        rows = []
        for client in store.select(Client):
            journey = newest.get(client.id)
            number = journey.id if journey else 0
            follow_up = None
            if journey and number in follow_ups:
                follow_up = open_follow_up(journey, follow_ups[number], fillings.get(number, []))
            rows.append(
                ClientRow(
                    client=client,
                    engagement=journey,
                    next=next_session(sessions.get(number, [])),
                    follow_up=follow_up,
                    held=held_in.get(number, 0),
                    current=client.id == current,
                )
            )
        return tuple(rows)


def _newest_journeys(store: Store) -> dict[int, Engagement]:
    """The latest engagement of each client, by the client's id."""
    return {engagement.client_id: engagement for engagement in store.select(Engagement)}


def _by_journey(records: Sequence[J]) -> dict[int, list[J]]:
    """Records that name their engagement, by its id, in their order."""
    found: dict[int, list[J]] = {}
    for record in records:
        found.setdefault(record.engagement_id, []).append(record)
    return found


def use(context: Context, slug: str) -> Client:
    """Choose the client that commands without `--client` mean. Raises NotFound,
    WhichClient."""
    with context.writing() as store:
        client = client_named(store, slug)
        store.choose_client(client)
    return client


def client_page(context: Context, *, client: str | None) -> ClientPage:
    """One client at a glance."""
    with context.read(client) as records:
        dossier = records.dossier
        others = tuple(
            (engagement, held_of(records.select(Session, engagement_id=engagement.id)))
            for engagement in dossier.engagements
            if engagement.id != dossier.engagement.id
        )
    engagement = dossier.engagement
    following = None if engagement.closed else dossier.next_session()
    journey = journey_at_hand(context.library, engagement)
    phases, phase, step = _place(dossier, journey, following)
    return ClientPage(
        dossier=dossier,
        today=context.today,
        phases=phases,
        phase=phase,
        step=step,
        next=following,
        cues=belief_cues(context),
        others=others,
    )


def _place(
    dossier: Dossier, journey: Journey | None, following: Session | None
) -> tuple[tuple[tuple[str, int], ...], str, str]:
    """The phases with their sizes, and phase and step of the next session."""
    if journey is None:
        return (), "", ""
    total = dossier.engagement.sessions
    phases = tuple((phase.id, size) for phase, size in phases_of(journey, total))
    if following is None:
        return phases, "", ""
    place = step_place(journey, dossier, session_steps(dossier), following.number or 1)
    return phases, following.phase or place.phase.id, place.step


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
        """The signs, in words; none while there is a reason to say nothing, or while it is only
        asked whether the last session was held (R166)."""
        if any(due.state == ASKED for due in self.waiting):
            return ()
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
    """Read every client's latest engagement; who meets today comes first. Raises NotFound.

    Of those who are long gone, which only become more, nothing but client and journey is read.
    """
    rows = []
    with reading(context.practice) as store:
        newest, gone = _newest_journeys(store), _gone(store)
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
            kept = _under_way(context.drafts, store.practice_id, dossier)
            rows.append(_client_today(context, dossier, kept))
    return Today(date=context.today, clients=tuple(sorted(rows, key=_order)))


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


def _under_way(drafts: Drafts, practice: str, dossier: Dossier) -> tuple[Session, ...]:
    if not drafts.of_client(practice, dossier.client.id):
        return ()
    from trajplan.actions.live_draft import kept_sessions  # most days do without

    return kept_sessions(drafts, practice, dossier)


def _client_today(context: Context, dossier: Dossier, kept: tuple[Session, ...]) -> ClientToday:
    engagement = dossier.engagement
    following = None if engagement.closed else dossier.next_session()
    clocks = dossier.clocks_of(following) if following else None
    start = start_of(engagement, following) if following else ""
    return ClientToday(
        client=dossier.client,
        engagement=engagement,
        waiting=due_items(dossier, context.today, kept),
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


def refer_client(
    context: Context, *, client: str | None, kind: ReferralKind, note: str, date: str
) -> Detail[Referral]:
    """Save a referral. Raises CannotDo for a day to come, or where one of the kind stands."""
    day = _day(context, date)
    with context.write(client) as records:
        for referral in _standing(records):
            if referral.kind == kind:
                raise CannotDo(
                    f"there is already a referral for {kind}, since {referral.date.isoformat()}; "
                    f"`trajplan refer {kind} --end` ends it"
                )
        referral = records.insert(
            Referral(client_id=records.client.id, kind=kind, date=day, note=note)
        )
        return records.detail(referral)


def end_referral(
    context: Context, *, client: str | None, kind: ReferralKind | None, date: str
) -> Detail[Referral]:
    """End a referral; without a kind, the only one that stands. Raises CannotDo, NotFound."""
    day = _day(context, date)
    with context.write(client) as records:
        referral = _referral_to_end(records, kind)
        if day < referral.date:
            raise CannotDo(
                f"the referral for {referral.kind} began on {referral.date.isoformat()}; it "
                "cannot end earlier"
            )
        return records.detail(records.update(referral, ended=day))


def _standing(records: ClientRecords) -> tuple[Referral, ...]:
    return records.select(Referral, client_id=records.client.id, ended=None)


def _referral_to_end(records: ClientRecords, kind: ReferralKind | None) -> Referral:
    standing = _standing(records)
    names = ", ".join(referral.kind for referral in standing)
    possible = [referral for referral in standing if kind in (None, referral.kind)]
    if not possible:
        there = f"there is {names}" if names else "none stands"
        what = f"no referral for {kind}" if kind else "no referral"
        raise NotFound(f"`{records.client.slug}` has {what} to end; {there}")
    if len(possible) > 1:
        raise CannotDo(f"which one ends? Give it: trajplan refer KIND --end, with {names}")
    return possible[0]


def _day(context: Context, date: str) -> dt.date:
    day = parse_day(date, context.today, "behind") if date else context.today
    if day > context.today:
        raise CannotDo(f"{day.isoformat()} is in the future; record a referral once it is made")
    return day
