"""`clients`, `use` and `show`: what is there, read only (except for `use`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from msgspec import Struct

from trajplan.actions.afterwards import FOLLOW_UP
from trajplan.actions.context import Context
from trajplan.actions.echo import echo_of
from trajplan.actions.goal_paths import paths_of, planned_goals, planned_indicators
from trajplan.actions.journey_of import journey_at_hand
from trajplan.actions.resolve import case_of, last_held, next_session
from trajplan.actions.sessions import SessionView, session_view
from trajplan.worksheets.fillings import worksheet_notes
from trajplan.errors import NotFound
from trajplan.measures.tci import Reading, readings
from trajplan.planning.arc import phases_of, position
from trajplan.planning.plan import (FirstWords, PlannedGoal, PlannedIndicator)
from trajplan.worksheets.fillings import WorksheetNote
from trajplan.records import (
    answers,
    assumptions,
    clients,
    engagements,
    method_changes,
    ratings,
)
from trajplan.records.model import Client, Commitment, Ending, Engagement, Goal, Referral, Session
from trajplan.records.records import Assumption, MethodChange
from trajplan.records.sessions import session_numbers
from trajplan.records.store import Store, reading, writing


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
    """What is known of a client. `phase` and `step` are those of the next session."""

    client: Client
    engagement: Engagement
    phases: tuple[tuple[str, int], ...]
    phase: str
    step: str
    next: Session | None
    last: SessionView | None
    held: int
    open_commitments: tuple[Commitment, ...]
    readings: tuple[Reading, ...]
    assumptions: tuple[Assumption, ...]
    today: dt.date
    worksheets: tuple[WorksheetNote, ...] = ()
    method_changes: tuple[MethodChange, ...] = ()
    referrals: tuple[Referral, ...] = ()
    goals: tuple[PlannedGoal, ...] = ()
    indicators: tuple[PlannedIndicator, ...] = ()
    paths: Mapping[int, tuple[str, ...]] = {}
    """The goals above each goal and itself, the theme first, by the goal's row."""
    echo: tuple[FirstWords, ...] = ()
    ending: Ending | None = None
    follow_up: Session | None = None
    """Agreed on, and not answered yet."""
    others: tuple[tuple[Engagement, int], ...] = ()
    """The client's other engagements with how many sessions were held."""


def caseload(context: Context) -> tuple[ClientRow, ...]:
    """Every client with the next session."""
    with reading(context.practice) as store:
        current = clients.current(store)
        return tuple(
            _row(store, one, current is not None and one.id == current.id)
            for one in store.select(Client)
        )


def _row(store: Store, client: Client, current: bool) -> ClientRow:
    engagement = engagements.latest(store, client.id)
    every = store.select(Session, engagement_id=engagement.id) if engagement else ()
    held = sum(one.state == "held" for one in every if one.number)
    closed = engagement is not None and engagement.closed is not None
    return ClientRow(
        client=client,
        engagement=engagement,
        next=None if closed else next_session(every),
        follow_up=follow_up_of(store, engagement, every) if engagement and closed else None,
        held=held,
        current=current,
    )


def follow_up_of(
    store: Store, engagement: Engagement, every: tuple[Session, ...]
) -> Session | None:
    """The follow-up that waits: planned, and its sheet has not come back since the closing."""
    answered = [
        one.date
        for one in answers.of_engagement(store, engagement.id, FOLLOW_UP)
        if engagement.closed is not None and one.date > engagement.closed
    ]
    waiting = [one for one in every if one.kind == "follow_up" and one.state == "planned"]
    return waiting[0] if waiting and not answered else None


def use(context: Context, slug: str) -> Client:
    """Choose the client that commands without `--client` mean. Raises NotFound."""
    with writing(context.practice, create=False) as store:
        client = store.find(Client, slug=slug)
        if client is None:
            raise NotFound.among("client", slug, [one.slug for one in store.select(Client)])
        clients.set_current(store, client.id)
    return client


def client_page(context: Context, *, client: str | None) -> ClientPage:
    """One client at a glance."""
    with reading(context.practice) as store:
        case = case_of(store, client)
        every = store.select(Session, engagement_id=case.engagement.id)
        journey = journey_at_hand(context.library, case.engagement)
        total = case.engagement.sessions
        following = None if case.engagement.closed else next_session(every)
        place = None
        if journey and following:
            place = position(journey, total, following.number or 1)
        last = last_held(every)
        return ClientPage(
            client=case.client,
            engagement=case.engagement,
            phases=tuple((phase.id, size) for phase, size in phases_of(journey, total))
            if journey
            else (),
            phase=following.phase or place.phase.id if following and place else "",
            step=place.step if place else "",
            held=sum(one.state == "held" for one in every if one.number),
            next=following,
            last=session_view(store, context.library, case, last) if last else None,
            open_commitments=tuple(
                one
                for one in store.select(Commitment, engagement_id=case.engagement.id)
                if one.status in ("open", "partly", "not_yet")
            ),
            readings=readings(
                ratings.of_engagement(store, case.engagement.id),
                session_numbers(store, case.engagement.id),
            ),
            assumptions=tuple(
                one
                for one in assumptions.of_engagement(store, case.engagement.id)
                if one.status == "open"
            ),
            today=context.today,
            worksheets=worksheet_notes(store, case.engagement.id, "any"),
            method_changes=method_changes.of_engagement(store, case.engagement.id),
            referrals=store.select(Referral, client_id=case.client.id),
            goals=planned_goals(store, case.engagement.id),
            indicators=planned_indicators(store, case.engagement.id),
            paths=paths_of(store.select(Goal, engagement_id=case.engagement.id)),
            echo=echo_of(store, case.engagement),
            ending=store.find(Ending, engagement_id=case.engagement.id),
            follow_up=follow_up_of(store, case.engagement, every)
            if case.engagement.closed
            else None,
            others=tuple(
                (one, sum(held.state == "held" for held in _numbered(store, one)))
                for one in store.select(Engagement, client_id=case.client.id)
                if one.id != case.engagement.id
            ),
        )


def _numbered(store: Store, engagement: Engagement) -> list[Session]:
    return [one for one in store.select(Session, engagement_id=engagement.id) if one.number]
