"""`new-engagement`: a client returns for another journey, which remembers the one before."""

from __future__ import annotations

import dataclasses

from msgspec.structs import replace

from trajplan.actions.context import Context
from trajplan.actions.earlier import earlier_journey
from trajplan.actions.resolve import ClientEngagement, case_of
from trajplan.actions.start_client import (
    NewClient,
    Told,
    begin_journey,
    started_from,
    terms_of,
)
from trajplan.content.model import Journey
from trajplan.errors import CannotDo
from trajplan.pages.caseload import Started
from trajplan.planning.arc import check_length
from trajplan.records import clients, session_days, sessions
from trajplan.records.forms import Intake
from trajplan.records.model import Client, Engagement, Session
from trajplan.records.store import Store, reading, writing

STAYS = ("career", "audit", "likes", "dislikes")
"""What an intake tells of the person rather than of the journey; a new one may leave it out."""


def return_client(
    context: Context, wanted: NewClient, told: Told, *, client: str | None, force: bool = False
) -> Started:
    """Begin a further engagement with a client who was here before, from an intake that was read.

    Destination, stuck point, beliefs and agreement are asked anew. Time, zone and length stay as
    they were unless given. Raises CannotDo while sessions of the last one are ahead, unless
    `force`: then they are skipped.
    """
    intake = told.intake
    # A further one follows the latest, whichever was named.
    client = client.partition("/")[0] if client else None
    with reading(context.practice) as store:
        # Only the name of its journey is needed before the content is read.
        before = case_of(store, client, context.today).engagement
    journey = context.library.journey(wanted.journey or before.journey)
    total = wanted.sessions or sum(phase.sessions for phase in journey.phases)
    check_length(journey, total)
    with writing(context.practice, create=False) as store:
        case = case_of(store, client, context.today)
        _same_person(case.client, intake)
        _end(store, context, case, force)
        merged = _remembering(intake, case)
        terms = terms_of(
            context, _as_before(wanted, intake, case.engagement, journey), merged, journey
        )
        remembered = Told(merged, told.aims)
        begun = begin_journey(store, context, case.client, remembered, journey, total, terms)
        clients.touch(store, case.client.id)
        clients.set_current(store, case.client.id)
        earlier = earlier_journey(store, ClientEngagement(case.client, begun.engagement))
    found = started_from(context, case.client, begun, remembered, journey)
    return dataclasses.replace(found, before=earlier)


def _same_person(client: Client, intake: Intake) -> None:
    """Right client, always: an intake that names somebody else is not taken."""
    if intake.name and intake.name.strip().casefold() != client.name.casefold():
        raise CannotDo(
            f"this intake is of {intake.name.strip()}, and the engagement would be with "
            f"{client.name}; say whose with --client, or use `trajplan new-client`"
        )
    if intake.slug and intake.slug != client.slug:
        raise CannotDo(f"this intake is of `{intake.slug}`, the client is `{client.slug}`")


def _end(store: Store, context: Context, case: ClientEngagement, force: bool) -> None:
    """Make sure that nothing of the last engagement is ahead; with `force` it is skipped."""
    if case.engagement.closed:
        return
    every = store.select(Session, engagement_id=case.engagement.id)
    ahead = [one for one in every if one.number and one.state not in ("held", "skipped")]
    if ahead and not force:
        what = _numbers(ahead)
        raise CannotDo(
            f"the journey under way still has {what} ahead; hold or skip what is left first, or "
            "say --force, which skips it"
        )
    for one in ahead:
        sessions.update(store, one.id, state="skipped")
        session_days.add(
            store,
            session_id=one.id,
            date=context.today,
            act="skipped",
            was_on=one.date,
            now_on=one.date,
            reason="another journey began",
        )


def _numbers(found: list[Session]) -> str:
    first, last = found[0].number, found[-1].number
    return f"session {first}" if first == last else f"sessions {first} to {last}"


def _remembering(intake: Intake, case: ClientEngagement) -> Intake:
    """The new intake, with what the last one told of the person where it says nothing."""
    old = case.engagement.intake
    kept = {name: getattr(old, name) for name in STAYS if not getattr(intake, name)}
    return replace(intake, **kept, name=case.client.name)


def _as_before(
    wanted: NewClient, intake: Intake, before: Engagement, journey: Journey
) -> NewClient:
    """What was typed, else the intake's, else as in the last engagement.

    Another journey brings its own length and rhythm.
    """
    same = before.journey == journey.id
    return replace(
        wanted,
        start_time=wanted.start_time or intake.start_time or before.start_time,
        time_zone=wanted.time_zone or intake.time_zone or before.time_zone,
        minutes=wanted.minutes or intake.minutes or (before.minutes if same else None),
        every_days=wanted.every_days or intake.every_days or (before.every_days if same else None),
    )
