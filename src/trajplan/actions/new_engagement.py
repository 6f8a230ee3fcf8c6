"""`new-engagement`: a client returns for another journey, which remembers the one before."""

from __future__ import annotations

from msgspec.structs import replace

from trajplan.actions.calendar import record_day
from trajplan.actions.client_records import ClientRecords
from trajplan.actions.context import Context
from trajplan.actions.intake import ClientIntake
from trajplan.actions.new_client import NewEngagement, agreed_engagement, begin_journey
from trajplan.content.model import Journey
from trajplan.errors import CannotDo
from trajplan.planning.last_time import earlier_journey
from trajplan.records.command_forms import NewClient
from trajplan.records.forms import Intake
from trajplan.records.model import Client, Engagement, Session
from trajplan.records.read_dossier import read_dossier

STAYS = ("career", "audit", "likes", "dislikes")
"""What an intake tells of the person rather than of the journey; a new one may leave it out."""


def return_client(
    context: Context,
    new: NewClient,
    intake: ClientIntake,
    *,
    client: str | None,
    force: bool = False,
) -> NewEngagement:
    """Begin a further engagement with a client who was here before, from an intake that was read.

    Destination, stuck point, beliefs and agreement are asked anew. Time, zone and length stay as
    they were unless given. Raises CannotDo while sessions of the last one are ahead, unless
    `force`: then they are skipped.
    """
    # A further one follows the latest, whichever was named.
    client = client.partition("/")[0] if client else None
    with context.read(client, acting=True) as records:
        # Only the name of its journey is needed before the content is read.
        journey_name = new.journey or records.engagement.journey
    journey = context.library.journey(journey_name)
    with context.write(client) as records:
        before = records.engagement
        _refuse_other_person(records.client, intake.form)
        _skip_what_is_ahead(records, context, force)
        remembering = replace(intake, form=_remembering(intake.form, records.client, before))
        engagement = agreed_engagement(
            context, _as_before(new, intake.form, before, journey), remembering.form, journey
        )
        further = begin_journey(records, context, records.client, engagement, remembering, journey)
        records.choose_client(records.client)
        *_, before, _ = records.select(Engagement, client_id=records.client.id)
        earlier = read_dossier(records, records.client, before, (before,))
        return replace(further, before=earlier_journey(earlier))


def _refuse_other_person(client: Client, intake: Intake) -> None:
    """Right client, always: an intake that names somebody else is not taken."""
    if intake.name and intake.name.strip().casefold() != client.name.casefold():
        raise CannotDo(
            f"this intake is for {intake.name.strip()}, but the engagement would be with "
            f"{client.name}; give the right --client, or use `trajplan new-client`"
        )
    if intake.slug and intake.slug != client.slug:
        raise CannotDo(f"this intake is for `{intake.slug}`, the client is `{client.slug}`")


def _skip_what_is_ahead(records: ClientRecords, context: Context, force: bool) -> None:
    """Make sure that nothing of the last engagement is ahead; with `force` it is skipped."""
    if records.engagement.closed:
        return
    ahead = [
        session
        for session in records.own(Session)
        if session.number and session.state not in ("held", "skipped")
    ]
    if ahead and not force:
        raise CannotDo(
            f"the current journey still has {_numbers(ahead)} ahead; hold or skip what is left "
            "first, or skip it all with --force"
        )
    for session in ahead:
        records.update(session, state="skipped")
        record_day(records, context.today, session, "skipped", reason="another journey began")


def _numbers(sessions: list[Session]) -> str:
    first, last = sessions[0].number, sessions[-1].number
    return f"session {first}" if first == last else f"sessions {first} to {last}"


def _remembering(intake: Intake, client: Client, before: Engagement) -> Intake:
    """The new intake, with what the last one told of the person where it says nothing."""
    remembered = {name: getattr(before.intake, name) for name in STAYS if not getattr(intake, name)}
    return replace(intake, **remembered, name=client.name)


def _as_before(new: NewClient, intake: Intake, before: Engagement, journey: Journey) -> NewClient:
    """What was typed, else the intake's, else as in the last engagement.

    Another journey brings its own length and rhythm.
    """
    same = before.journey == journey.id
    return replace(
        new,
        start_time=new.start_time or intake.start_time or before.start_time,
        time_zone=new.time_zone or intake.time_zone or before.time_zone,
        minutes=new.minutes or intake.minutes or (before.minutes if same else None),
        every_days=new.every_days or intake.every_days or (before.every_days if same else None),
    )
