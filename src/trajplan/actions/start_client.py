"""`new-client`: a client, an engagement, and the dates of its sessions, in one transaction."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from msgspec import Struct

from trajplan.actions.calendar_of import free_days, same_day
from trajplan.actions.context import Context
from trajplan.actions.forms import read_form, refuse
from trajplan.actions.intake_aims import Aims, aims_of, keep_aims
from trajplan.actions.recommend import other_method
from trajplan.actions.session_rhythm import MOST_SESSIONS
from trajplan.content.library import Library
from trajplan.content.model import Journey
from trajplan.dates import parse_clock, parse_day, short_date
from trajplan.errors import CannotDo, UsageFault
from trajplan.pages.caseload import Started
from trajplan.pages.session_changes import few
from trajplan.planning.arc import check_length, phases_of
from trajplan.planning.calendar import session_date
from trajplan.records import assumptions, clients, engagements, sessions
from trajplan.records.forms import Intake
from trajplan.records.model import Client, Engagement, Session
from trajplan.records.store import Store, writing
from trajplan.text import one_line

DEFAULT_JOURNEY = "integrative-12"
SLUG = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
LONGEST_SLUG = 40


class NewClient(Struct, frozen=True, kw_only=True):
    """What `new-client` was given; empty values are taken from the intake, then from defaults."""

    name: str = ""
    source: str | None = None
    slug: str = ""
    start: str = ""
    start_time: str = ""
    time_zone: str = ""
    journey: str = ""
    sessions: int | None = None
    minutes: int | None = None
    every_days: int | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """An intake that was read, with the goals and indicators in it."""

    intake: Intake
    aims: Aims


@dataclass(frozen=True, slots=True)
class Begun:
    """An engagement as it begins: its sessions, how many goals were named, what to say."""

    engagement: Engagement
    sessions: tuple[Session, ...]
    goals: int
    hints: tuple[str, ...]


def start_client(context: Context, wanted: NewClient) -> Started:
    """Add a client with a first engagement and make them the current client.

    Raises InvalidContent for a faulty intake, CannotDo for a slug that is taken, UsageFault.
    """
    told = read_intake(context.today, wanted)
    intake = told.intake
    name = one_line(wanted.name or intake.name)
    if not name:
        raise UsageFault('whose journey? Give a name: trajplan new-client "NAME"')
    journey = context.library.journey(wanted.journey or DEFAULT_JOURNEY)
    total = wanted.sessions or sum(phase.sessions for phase in journey.phases)
    check_length(journey, total)
    slug = _checked_slug(wanted.slug or intake.slug) or slug_of(name)
    terms = terms_of(context, wanted, intake, journey)
    with writing(context.practice) as store:
        _refuse_taken(store, slug)
        client = clients.add(
            store, slug=slug, name=name, initials=initials_of(name), today=context.today
        )
        begun = begin_journey(store, context, client, told, journey, total, terms)
        clients.set_current(store, client.id)
    return started_from(context, client, begun, told, journey)


def begin_journey(
    store: Store,
    context: Context,
    client: Client,
    told: Told,
    journey: Journey,
    total: int,
    terms: Mapping[str, Any],
) -> Begun:
    """Add an engagement, its sessions and what the intake says; also, who else comes then."""
    intake = told.intake
    engagement = engagements.add(
        store,
        client_id=client.id,
        journey=journey.id,
        method=journey.method,
        sessions=total,
        destination=intake.destination,
        intake=intake,
        today=context.today,
        accountability=intake.accountability,
        **terms,
    )
    made = add_sessions(store, engagement)
    for one in intake.assumptions:
        text = one if isinstance(one, str) else str(one.get("text", ""))
        assumptions.add(store, engagement_id=engagement.id, text=text)
    named = keep_aims(store, engagement, told.aims, context.today)
    met = tuple(f"same day: {one}" for one in few(same_day(store, made)))
    return Begun(engagement, made, named, (*_off(engagement, made), *met))


def _off(engagement: Engagement, made: tuple[Session, ...]) -> tuple[str, ...]:
    """Say when the first day wanted is a day off, and the journey begins later."""
    if made[0].date == engagement.start:
        return ()
    return (
        f"{short_date(engagement.start)} is one of your days off; the first session is on "
        f"{short_date(made[0].date)}",
    )


def started_from(
    context: Context,
    client: Client,
    begun: Begun,
    told: Told,
    journey: Journey,
) -> Started:
    """What was begun, with what is still open and what to say beside it."""
    engagement, intake = begun.engagement, told.intake
    return Started(
        client=client,
        engagement=engagement,
        sessions=begun.sessions,
        phases=tuple((phase.id, size) for phase, size in phases_of(journey, engagement.sessions)),
        missing=_missing(intake),
        goals=begun.goals,
        indicators=len(told.aims.indicators),
        hints=(
            *_hints(context.library, intake),
            *_method_hint(context.library, intake, journey),
            *_preparation(intake, context),
            *told.aims.hints,
            *begun.hints,
        ),
    )


def _preparation(intake: Intake, context: Context) -> tuple[str, ...]:
    """Hints on stuck point and audit (R32, R34)."""
    # Reads worksheets as well, whose classes a client without an intake need not pay for.
    if not intake.stuck_point and intake.audit is None:
        return ()
    from trajplan.actions.preparation_hints import on_intake

    return on_intake(intake, context.today)


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


def _hints(library: Library, intake: Intake) -> tuple[str, ...]:
    """Say when nothing in the library is written for the client's situation."""
    tags = {tag for question, _, _ in library.questions.values() for tag in question.tags}
    written = tags | {one for found in library.blueprints.values() for one in found.scenarios}
    if not intake.scenario or intake.scenario in written:
        return ()
    known = ", ".join(f"`{one}`" for one in SITUATIONS if one in written)
    return (f"nothing is written for the situation `{intake.scenario}` yet; there is {known}",)


def _method_hint(library: Library, intake: Intake, journey: Journey) -> tuple[str, ...]:
    """Say when another method is recommended than the journey's own (R19)."""
    other = other_method(library, intake, journey)
    if other is None or other.about is None:
        return ()
    rule = f" by the rule {other.rule.rule}" if other.rule else ""
    return (
        f"the {other.method} method is recommended{rule}, with the journey {other.about.journey}; "
        f"{journey.id} is {journey.method}. `trajplan recommend` says why",
    )


def _missing(intake: Intake) -> tuple[str, ...]:
    """What the first sessions will have to ask for (R1, R24, R26, R34)."""
    asked = {
        "a destination": intake.destination,
        "the stuck point": intake.stuck_point,
        "the career so far": intake.career,
        "what must not happen": intake.fears,
    }
    return tuple(name for name, value in asked.items() if not value)


def add_sessions(store: Store, engagement: Engagement) -> tuple[Session, ...]:
    """Plan every session of an engagement, `every_days` apart and on no day off (R4)."""
    numbers = range(1, engagement.sessions + 1)
    wanted = [session_date(engagement.start, engagement.every_days, number) for number in numbers]
    days = zip(numbers, free_days(store, wanted), strict=True)
    return sessions.add_numbered(store, engagement.id, days)


def slug_of(name: str) -> str:
    """A short name for the command line, in the letters the name is written in."""
    parts = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", name).casefold())
    # é becomes e; marks of other scripts, which change the word, stay.
    plain = "".join(c for c in parts if not 0x300 <= ord(c) <= 0x36F)
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", plain))
    slug = "-".join(words)[:LONGEST_SLUG].strip("-")
    return slug or "client"


def initials_of(name: str) -> str:
    """The first letter of the first and the last word, in capitals."""
    words = re.findall(r"[^\W\d_]\w*", name)
    picked = [words[0], words[-1]] if len(words) > 1 else words
    return "".join(word[0] for word in picked).upper() or "?"


def read_intake(today: dt.date, wanted: NewClient) -> Told:
    """Read `--from`, or make an empty intake. Raises InvalidContent with every fault."""
    if wanted.source is None:
        return Told(Intake(kind="intake"), Aims())
    intake, report = read_form(wanted.source, Intake)
    if intake.start_time:
        try:
            parse_clock(intake.start_time)
        except UsageFault as fault:
            report.add(("start_time",), str(fault))
    if intake.time_zone and not _is_zone(intake.time_zone):
        report.add(("time_zone",), _zone_fault(intake.time_zone))
    if intake.slug and (not SLUG.fullmatch(intake.slug) or len(intake.slug) > LONGEST_SLUG):
        report.add(("slug",), _slug_fault(intake.slug))
    for at, one in enumerate(intake.assumptions):
        text = one.get("text") if isinstance(one, Mapping) else one
        if not isinstance(text, str) or not text.strip():
            report.add(("assumptions", at), "an assumption needs a `text`")
    aims = aims_of(intake, today, report)
    refuse(report)
    return Told(intake, aims)


def terms_of(
    context: Context, wanted: NewClient, intake: Intake, journey: Journey
) -> dict[str, Any]:
    """Dates and lengths: what was typed, else the intake's, else the journey's."""
    zone = wanted.time_zone or intake.time_zone
    if zone and not _is_zone(zone):
        raise UsageFault(_zone_fault(zone))
    time = wanted.start_time or intake.start_time
    start = (
        parse_day(wanted.start, context.today) if wanted.start else intake.start or context.today
    )
    every_days = wanted.every_days or intake.every_days or journey.every_days
    _check_calendar(start, every_days)
    return {
        "start": start,
        "start_time": parse_clock(time) if time else "",
        "time_zone": zone,
        "minutes": wanted.minutes or intake.minutes or journey.minutes,
        "every_days": every_days,
    }


def _check_calendar(start: dt.date, every_days: int) -> None:
    try:
        session_date(start, every_days, MOST_SESSIONS + 1)
    except OverflowError:
        raise CannotDo(f"a journey that starts on {start} runs past the calendar") from None


def _checked_slug(slug: str) -> str:
    if slug and (not SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG):
        raise UsageFault(_slug_fault(slug))
    return slug


def _slug_fault(slug: str) -> str:
    return (
        f"`{slug}` is no slug: use letters and digits with single hyphens between, "
        f"{LONGEST_SLUG} at most"
    )


def _refuse_taken(store: Store, slug: str) -> None:
    if store.find(Client, slug=slug):
        raise CannotDo(
            f"there is a client `{slug}` already; give the new one another --slug, "
            f"for instance {slug[: LONGEST_SLUG - 2]}-2"
        )


def _is_zone(name: str) -> bool:
    import zoneinfo

    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _zone_fault(name: str) -> str:
    return f"`{name}` is not a time zone; write it like Europe/Berlin"
