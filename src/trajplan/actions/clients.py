"""`clients`, `use`, `show` and `today`: one client, or the whole caseload on one day.

And `refer`: help that coaching is not, advised and standing until it ends (R22).
"""

from __future__ import annotations

import datetime as dt

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
from trajplan.planning.stalls import Stall, stall_of
from trajplan.planning.standing import session_steps, step_place
from trajplan.records.dossier import Dossier, held_of, next_session, read_dossier, start_of
from trajplan.records.drafts import Drafts
from trajplan.records.model import (
    Client,
    Engagement,
    Referral,
    ReferralKind,
    Session,
    WorksheetAnswers,
)
from trajplan.records.store import Store, reading


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
    """Every client with the next session."""
    with reading(context.practice) as store:
        current = store.current_client
        return tuple(
            _client_row(store, client, current=client.id == current)
            for client in store.select(Client)
        )


def _client_row(store: Store, client: Client, *, current: bool) -> ClientRow:
    engagement = store.last(Engagement, client_id=client.id)
    if engagement is None:
        return ClientRow(client=client, engagement=None, next=None, held=0, current=current)
    sessions = store.select(Session, engagement_id=engagement.id)
    follow_up = None
    if engagement.closed:
        fillings = store.select(WorksheetAnswers, engagement_id=engagement.id, worksheet=FOLLOW_UP)
        follow_up = open_follow_up(engagement, sessions, fillings)
    return ClientRow(
        client=client,
        engagement=engagement,
        next=None if engagement.closed else next_session(sessions),
        follow_up=follow_up,
        held=held_of(sessions),
        current=current,
    )


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

    dossier: Dossier
    waiting: tuple[DueItem, ...]
    stall: Stall
    """What the records show that may hold the journey up (R15)."""

    @property
    def next(self) -> Session | None:
        """The session that comes next; none once the engagement is closed."""
        return None if self.dossier.engagement.closed else self.dossier.next_session()

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
    """Read every client's latest engagement; who meets today comes first. Raises NotFound."""
    rows = []
    with reading(context.practice) as store:
        for client in store.select(Client):
            engagements = store.select(Engagement, client_id=client.id)
            if engagements:
                dossier = read_dossier(
                    store, client, engagements[-1], engagements, own_zone=context.zone
                )
                kept = _under_way(context.drafts, store.practice_id, dossier)
                rows.append(_client_today(context, dossier, kept))
    return Today(date=context.today, clients=tuple(sorted(rows, key=_order)))


def _under_way(drafts: Drafts, practice: str, dossier: Dossier) -> tuple[Session, ...]:
    if not drafts.of_client(practice, dossier.client.id):
        return ()
    from trajplan.actions.live_draft import kept_sessions  # most days do without

    return kept_sessions(drafts, practice, dossier)


def _client_today(context: Context, dossier: Dossier, kept: tuple[Session, ...]) -> ClientToday:
    return ClientToday(
        dossier=dossier,
        waiting=due_items(dossier, context.today, kept),
        stall=stall_of(dossier, journey_of(context.library, dossier.engagement), context.today),
    )


def _order(row: ClientToday) -> tuple[bool, str, bool, str, str]:
    """Who meets today by the clock, then whoever something waits for, then by the next date."""
    meets = any(due.kind == "session_today" for due in row.waiting)
    clock = ""
    if meets and row.next:
        clocks = row.dossier.clocks_of(row.next)
        clock = clocks.own_start if clocks else start_of(row.dossier.engagement, row.next)
    next_date = row.next.date.isoformat() if row.next else "9999"
    return (not meets, clock, not row.busy, next_date, row.dossier.client.slug)


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
