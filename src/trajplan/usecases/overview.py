"""`clients`, `use`, `sessions` and `show`: what is there, read only (except for `use`)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from trajplan.errors import NotFound
from trajplan.library.catalog import Library
from trajplan.measures.tci import Reading, readings
from trajplan.planning.arc import Position, phases_of, position
from trajplan.practice import (
    assumptions,
    checkins,
    clients,
    commitments,
    engagements,
    notes,
    plans,
    ratings,
    sessions,
    wraps,
)
from trajplan.practice.records import (
    Assumption,
    CheckIn,
    Client,
    Commitment,
    Engagement,
    Note,
    Session,
    WrapRecord,
)
from trajplan.practice.store import Store, reading, writing
from trajplan.usecases.desk import Desk
from trajplan.usecases.which import Case, case_of, last_held, next_session, session_of


@dataclass(frozen=True, slots=True)
class Row:
    """One client in the list."""

    client: Client
    engagement: Engagement | None
    next: Session | None
    held: int
    current: bool


@dataclass(frozen=True, slots=True)
class Stop:
    """One session in the list, with what is known of it."""

    session: Session
    phase: str
    step: str
    wrapped: bool
    prepared: bool


@dataclass(frozen=True, slots=True)
class Stops:
    """The sessions of an engagement."""

    client: Client
    engagement: Engagement
    stops: tuple[Stop, ...]


@dataclass(frozen=True, slots=True)
class Visit:
    """One session with everything kept about it."""

    client: Client
    stop: Stop
    check_in: CheckIn | None
    wrap: WrapRecord | None
    commitments: tuple[Commitment, ...]
    reading: Reading | None
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class ClientPage:
    """One client on one page, for the coach."""

    client: Client
    engagement: Engagement
    phases: tuple[tuple[str, int], ...]
    place: Position | None
    """Where the next session stands; None when the journey is over."""
    next: Session | None
    last: Visit | None
    open_commitments: tuple[Commitment, ...]
    readings: tuple[Reading, ...]
    assumptions: tuple[Assumption, ...]
    today: dt.date


def caseload(desk: Desk) -> tuple[Row, ...]:
    """Every client with the next session."""
    with reading(desk.practice) as store:
        current = clients.current(store)
        return tuple(
            _row(store, one, current is not None and one.id == current.id)
            for one in clients.everyone(store)
        )


def _row(store: Store, client: Client, current: bool) -> Row:
    engagement = engagements.latest(store, client.id)
    every = sessions.of_engagement(store, engagement.id) if engagement else ()
    held = sum(one.state == "held" for one in every if one.number)
    return Row(client, engagement, next_session(every), held, current)


def use(desk: Desk, slug: str) -> Client:
    """Choose the client that commands without `--client` mean. Raises NotFound."""
    with writing(desk.practice, create=False) as store:
        client = clients.by_slug(store, slug)
        if client is None:
            raise NotFound.among("client", slug, [one.slug for one in clients.everyone(store)])
        clients.set_current(store, client.id)
    return client


def stops(desk: Desk, *, client: str | None) -> Stops:
    """The sessions of the client's engagement, in order."""
    with reading(desk.practice) as store:
        case = case_of(store, client)
        every = sessions.of_engagement(store, case.engagement.id)
        return Stops(
            case.client,
            case.engagement,
            tuple(_stop(store, desk.library, case, one) for one in every),
        )


def _stop(store: Store, library: Library, case: Case, session: Session) -> Stop:
    phase, step = session.phase, ""
    if session.number:
        journey = library.journey(case.engagement.journey)
        place = position(journey, case.engagement.sessions, session.number)
        phase, step = phase or place.phase.id, place.step
    return Stop(
        session,
        phase,
        step,
        wrapped=wraps.of_session(store, session.id) is not None,
        prepared=plans.of_session(store, session.id) is not None,
    )


def visit(desk: Desk, number: str, *, client: str | None) -> Visit:
    """Everything kept about one session."""
    with reading(desk.practice) as store:
        case = case_of(store, client)
        return _visit(store, desk.library, case, session_of(store, case.engagement, number))


def _visit(store: Store, library: Library, case: Case, session: Session) -> Visit:
    found = readings(ratings.of_engagement(store, case.engagement.id))
    return Visit(
        client=case.client,
        stop=_stop(store, library, case, session),
        check_in=checkins.of_session(store, session.id),
        wrap=wraps.of_session(store, session.id),
        commitments=commitments.of_session(store, session.id),
        reading=next((one for one in found if one.session == session.number), None),
        notes=notes.of_session(store, session.id),
    )


def client_page(desk: Desk, *, client: str | None) -> ClientPage:
    """One client at a glance."""
    with reading(desk.practice) as store:
        case = case_of(store, client)
        every = sessions.of_engagement(store, case.engagement.id)
        journey = desk.library.journey(case.engagement.journey)
        total = case.engagement.sessions
        following = next_session(every)
        last = last_held(every)
        return ClientPage(
            client=case.client,
            engagement=case.engagement,
            phases=tuple((phase.id, size) for phase, size in phases_of(journey, total)),
            place=position(journey, total, following.number or 1) if following else None,
            next=following,
            last=_visit(store, desk.library, case, last) if last else None,
            open_commitments=tuple(
                one
                for one in commitments.of_engagement(store, case.engagement.id)
                if one.status in ("open", "partly", "not_yet")
            ),
            readings=readings(ratings.of_engagement(store, case.engagement.id)),
            assumptions=tuple(
                one
                for one in assumptions.of_engagement(store, case.engagement.id)
                if one.status == "open"
            ),
            today=desk.today,
        )
