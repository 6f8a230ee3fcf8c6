"""`new-client` and `new-engagement`: a client, an engagement, and the dates of its sessions, in one
transaction; a client returns for another journey, which remembers the one before."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import cast

from msgspec import Struct
from msgspec.structs import replace

from trajplan.actions.calendar import cadence_notes, free_days, odd_hours, record_day, same_day
from trajplan.actions.client_records import ClientRecords
from trajplan.actions.context import Context
from trajplan.actions.hints import Remark, give_hints, hints_of
from trajplan.actions.intake import ClientIntake, check_slug, read_intake, save_goals
from trajplan.actions.recommend import other_method
from trajplan.actions.rhythm import MOST_SESSIONS, add_sessions
from trajplan.actions.safety import pin_safety_words
from trajplan.content.labels import language_known
from trajplan.content.library import Library
from trajplan.content.model import Journey
from trajplan.dates import parse_clock, parse_day, short_date
from trajplan.errors import CannotDo, UsageFault
from trajplan.planning.arc import check_length, phases_of
from trajplan.planning.brief_sources import BriefSources, intake_of
from trajplan.planning.calendar import session_date
from trajplan.planning.from_records import EarlierJourney
from trajplan.planning.last_time import earlier_journey
from trajplan.planning.topics_today import speaks_of_danger
from trajplan.records.command_forms import NewClient
from trajplan.records.dossier import clocks_of
from trajplan.records.forms import Intake
from trajplan.records.model.commitments import Assumption, Wording
from trajplan.records.model.journeys import LONGEST_SLUG, Client, Engagement
from trajplan.records.model.sessions import Session
from trajplan.records.read_dossier import read_dossier
from trajplan.records.store import Store
from trajplan.text import can_be_seen, cut_between_letters, few, one_line, without_accents, words_in
from trajplan.vocabulary import BeliefKind
from trajplan.zones import TwoClocks, check_zone

DEFAULT_JOURNEY = "integrative-12"
SITUATIONS = (
    "pivot",
    "plateau",
    "decision",
    "redundancy",
    "return",
    "stalled",
    "values",
    "leadership",
)


class NewEngagement(Struct, frozen=True, kw_only=True):
    """An engagement as it begins, with the dates of its sessions."""

    client: Client
    engagement: Engagement
    sessions: tuple[Session, ...]
    phases: tuple[tuple[str, int], ...]
    missing: tuple[str, ...]
    """What the intake left open and the first sessions will ask for."""
    goals: int = 0
    indicators: int = 0
    """How many of each the intake brought."""
    hints: tuple[Remark, ...] = ()
    """Said beside the result; none of it stops it from being saved."""
    before: EarlierJourney | None = None
    """What the last engagement left, when the client was here before."""
    clocks: TwoClocks | None = None
    """When the first session is, where the coach's clock says something else."""


def start_client(context: Context, new: NewClient) -> NewEngagement:
    """Add a client with a first engagement and make them the current client.

    Raises InvalidContent for a faulty intake, CannotDo for a slug that is taken, UsageFault.
    """
    intake = read_intake(new.source, context.today)
    name = one_line(new.name or intake.form.name)
    if not can_be_seen(name):
        raise UsageFault('whose journey? Give a name: trajplan new-client "NAME"')
    journey = context.library.journey(new.journey or DEFAULT_JOURNEY)
    slug = new.slug or intake.form.slug or slug_of(name)
    check_slug(slug)
    engagement = agreed_engagement(context, new, intake.form, journey)
    with context.write_own(create=True) as store:
        holder = slug_holder(store, slug)
        if holder:
            there_is = "there is a client" if holder.slug == slug else f"{holder.name} was"
            raise CannotDo(
                f"{there_is} `{slug}` already; give the new one another --slug, "
                f"for instance {cut_between_letters(slug, LONGEST_SLUG - 2)}-2"
            )
        client = store.insert(
            Client(slug=slug, name=name, initials=initials_of(name), created=context.today)
        )
        new_engagement = begin_journey(store, context, client, engagement, intake, journey)
        store.choose_client(client)
        hints = (*new_engagement.hints, *own_zone_hint(context, new.time_zone))
        return replace(new_engagement, hints=hints)


def slug_holder(store: Store, slug: str) -> Client | None:
    """The client who goes by a slug, or did before: printed forms may still name it."""
    return next((client for client in store.everybody.select(Client) if client.goes_by(slug)), None)


def agreed_engagement(
    context: Context, new: NewClient, intake: Intake, journey: Journey
) -> Engagement:
    """The engagement as it will be: what was typed, else the intake's, else the journey's.

    `begin_journey` gives it its client. Raises UsageFault, CannotDo past the calendar's end.
    """
    sessions = new.sessions or sum(phase.sessions for phase in journey.phases)
    check_length(journey, sessions)
    zone = new.time_zone or intake.time_zone
    if zone:
        check_zone(zone)
    time = new.start_time or intake.start_time
    start = parse_day(new.start, context.today) if new.start else intake.start or context.today
    every_days = new.every_days or intake.every_days or journey.every_days
    try:
        session_date(start, every_days, MOST_SESSIONS + 1)
    except OverflowError:
        raise CannotDo(f"a journey that starts on {start} goes past the year 9999") from None
    return Engagement(
        client_id=0,
        ordinal=1,
        journey=journey.id,
        method=journey.method,
        sessions=sessions,
        start=start,
        start_time=parse_clock(time) if time else "",
        time_zone=zone,
        minutes=new.minutes or intake.minutes or journey.minutes,
        every_days=every_days,
        destination=intake.destination,
        intake=intake,
        created=context.today,
        accountability=intake.accountability,
        language=language_known(context.settings.user_library, intake.language),
    )


def begin_journey(
    store: Store,
    context: Context,
    client: Client,
    engagement: Engagement,
    intake: ClientIntake,
    journey: Journey,
) -> NewEngagement:
    """Save an engagement, its sessions and what the intake says."""
    earlier = store.last(Engagement, client_id=client.id)
    ordinal = earlier.ordinal + 1 if earlier else 1
    engagement = store.insert(replace(engagement, client_id=client.id, ordinal=ordinal))
    numbers = range(1, engagement.sessions + 1)
    wished = [session_date(engagement.start, engagement.every_days, number) for number in numbers]
    sessions = add_sessions(store, engagement, numbers, free_days(store, wished))
    for assumption in intake.form.assumptions:
        belief = {"text": assumption} if isinstance(assumption, str) else assumption
        kind = cast("BeliefKind | None", belief.get("kind"))
        wording = cast("Wording", belief.get("wording") or "exact")
        text = str(belief.get("text", ""))
        store.insert(Assumption(engagement_id=engagement.id, text=text, kind=kind, wording=wording))
    goals = save_goals(store, engagement.id, intake, context.today)
    danger = words_of_danger(context, intake.form)
    for words in danger:
        pin_safety_words(store, sessions[0], words, context.today)
    return NewEngagement(
        client=client,
        engagement=engagement,
        sessions=sessions,
        phases=tuple((phase.id, size) for phase, size in phases_of(journey, engagement.sessions)),
        missing=_missing(intake.form),
        goals=goals,
        indicators=len(intake.indicators),
        clocks=clocks_of(engagement, sessions[0], context.zone),
        hints=give_hints(
            store,
            client.id,
            (
                *_danger_hint(danger, client),
                *situation_hint(context.library, intake.form.scenario),
                *_method_hint(context.library, intake.form, journey),
                *hints_of(_preparation_hints(intake.form, context)),
                *intake.hints,
                *cadence_notes(engagement.every_days),
                *_day_off_hint(engagement, sessions[0]),
                *odd_hours(engagement, sessions, context.zone),
                *(f"same day: {line}" for line in few(same_day(store, sessions, context.zone))),
            ),
        ),
    )


def words_of_danger(context: Context, intake: Intake) -> tuple[str, ...]:
    """Lines of the intake that speak of not wanting to live, or of harming somebody (R131)."""
    words = intake_of(BriefSources(intake, {}))
    lines = (*words.own_questions, *words.background, *words.must_haves, *words.fears)
    return tuple(line for line in lines if speaks_of_danger(context.library.topics, line))


def _danger_hint(words: Sequence[str], client: Client) -> tuple[str, ...]:
    if not words:
        return ()
    return (
        "the intake holds words about danger; they are pinned, and the first plan begins with them"
        f" (`trajplan notes --client {client.slug}`)",
    )


def _missing(intake: Intake) -> tuple[str, ...]:
    """What the first sessions will have to ask for (R1, R24, R26, R34)."""
    parts = {
        "a destination": intake.destination,
        "the stuck point": intake.stuck_point,
        "the career so far": intake.career,
        "what must not happen": intake.fears,
    }
    return tuple(name for name, value in parts.items() if not value)


def situation_hint(library: Library, scenario: str) -> tuple[str, ...]:
    """Say when nothing in the library is written for the client's situation, and what mends it."""
    unwritten = unwritten_situation(library, scenario)
    return (f"{unwritten}; `clients update --situation` changes it",) if unwritten else ()


def unwritten_situation(library: Library, scenario: str) -> str:
    """Say when nothing in the library is written for the client's situation; else empty."""
    tags = {tag for question, _, _ in library.questions.values() for tag in question.tags}
    scenarios = {
        scenario for blueprint in library.blueprints.values() for scenario in blueprint.scenarios
    }
    written = tags | scenarios
    if not scenario or scenario in written:
        return ""
    known = ", ".join(f"`{situation}`" for situation in SITUATIONS if situation in written)
    return f"nothing is written for the situation `{scenario}` yet; there is {known}"


def _method_hint(library: Library, intake: Intake, journey: Journey) -> tuple[str, ...]:
    """Say when another method is recommended than the journey's own (R19)."""
    other = other_method(library, intake, journey)
    if other is None or other.about is None:
        return ()
    rule = f" by the rule {other.rule.id}" if other.rule else ""
    return (
        f"the {other.method} method is recommended{rule}, with the journey {other.about.journey}; "
        f"{journey.id} is {journey.method}. `trajplan recommend` says why",
    )


def _preparation_hints(intake: Intake, context: Context) -> tuple[str, ...]:
    """Hints on stuck point and audit (R32, R34)."""
    # Reads worksheets as well, whose classes a client without an intake need not pay for.
    if not intake.stuck_point and intake.audit is None:
        return ()
    from trajplan.planning.preparation_hints import on_intake

    return on_intake(intake, context.today)


def own_zone_hint(context: Context, zone: str) -> tuple[str, ...]:
    """Say how to be told the coach's time too, where only the client's zone is known."""
    if not zone or context.zone:
        return ()
    return (
        "times are the client's; for yours beside them, put your own `time_zone` into "
        f"{context.settings.user_library / 'settings.toml'}",
    )


def _day_off_hint(engagement: Engagement, first: Session) -> tuple[str, ...]:
    """Say when the first day wanted is a day off, and the journey begins later."""
    if first.date == engagement.start:
        return ()
    return (
        f"{short_date(engagement.start)} is one of your days off; the first session is on "
        f"{short_date(first.date)}",
    )


def slug_of(name: str) -> str:
    """A short name for the command line, in the letters the name is written in."""
    plain = without_accents(unicodedata.normalize("NFKC", name).casefold())
    words = [word for word in words_in(plain) if word[0].isalnum()]
    return cut_between_letters("-".join(words), LONGEST_SLUG).strip("-") or "client"


def initials_of(name: str) -> str:
    """The first letter of the first and the last word, in capitals."""
    words = [word for word in words_in(unicodedata.normalize("NFC", name)) if word[0].isalpha()]
    outer = [words[0], words[-1]] if len(words) > 1 else words
    return "".join(_first_letter(word) for word in outer).upper() or "?"


def _first_letter(word: str) -> str:
    """Its first letter with the marks on it."""
    marks = next(
        (index for index, mark in enumerate(word[1:], 1) if unicodedata.category(mark)[0] != "M"),
        len(word),
    )
    return word[:marks]


STAYS = ("career", "audit", "likes", "dislikes")
"""What an intake tells of the person rather than of the journey; a new one may leave it out."""


def return_client(
    context: Context,
    new: NewClient,
    intake: ClientIntake,
    *,
    client: str | None,
    force: bool,
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
