"""`show --for sponsor`: what the client released in the agreement, and nothing else (R116)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from msgspec import Struct

from trajplan.actions.context import Context
from trajplan.actions.resolve import ClientEngagement, case_of, next_session
from trajplan.planning.arc import journey_at_hand, phases_of
from trajplan.planning.brief_sources import BriefSources
from trajplan.planning.readiness import AGREEMENT
from trajplan.planning.release import NEEDED, lacking_for_release, released_parts
from trajplan.records.model import Commitment, Session, WorksheetAnswers
from trajplan.records.store import Store, reading
from trajplan.worksheets.fillings import newest

DONE = ("held", "skipped")


class Attendance(Struct, frozen=True, kw_only=True):
    """How often they met, without dates."""

    held: int
    of: int
    missed: int
    cancelled: int


class SessionDates(Struct, frozen=True, kw_only=True):
    """The days of the sessions held, and of the next one."""

    held: tuple[dt.date, ...]
    next: dt.date | None


class PhaseDone(Struct, frozen=True, kw_only=True):
    """A phase of the journey with all its sessions behind it."""

    name: str
    sessions: int


class SponsorCommitment(Struct, frozen=True, kw_only=True):
    """What the client took on, by when, and what came of it."""

    what: str
    due: dt.date
    status: str


class SponsorPage(Struct, frozen=True, kw_only=True):
    """What a sponsor may see. While nothing is released, the names are empty too."""

    client_name: str
    coach: str
    sponsor: str
    date: dt.date
    attendance: Attendance | None
    dates: SessionDates | None
    goals: tuple[str, ...] | None
    phases: tuple[PhaseDone, ...] | None
    commitments: tuple[SponsorCommitment, ...] | None
    missing: tuple[str, ...]
    """What is missing before anything can be shown; empty once something is released."""


@dataclass(frozen=True, slots=True)
class ForSponsor:
    """The page, and what the coach is told beside it."""

    page: SponsorPage
    notes: tuple[str, ...]


def for_sponsor(context: Context, *, client: str | None) -> ForSponsor:
    """Take over what was released, part by part; the newest agreement counts."""
    with reading(context.practice) as store:
        case = case_of(store, client)
        fillings = store.select(WorksheetAnswers, engagement_id=case.engagement.id)
        sources = BriefSources(case.engagement.intake, newest(fillings))
        filling = sources.newest.get(AGREEMENT)
        rows = sources.rows(AGREEMENT, "released", "row")
        said = {one: sources.text(AGREEMENT, one) for one in NEEDED}
        parts = released_parts(rows, said)
        missing = () if parts else lacking_for_release(filling is not None, rows, said)
        every = [
            one for one in store.select(Session, engagement_id=case.engagement.id) if one.number
        ]
        page = SponsorPage(
            client_name=case.client.name if parts else "",
            coach=sources.text(AGREEMENT, "coach") if parts else "",
            sponsor=sources.text(AGREEMENT, "sponsor") if parts else "",
            date=context.today,
            attendance=_attendance(every) if "attendance" in parts else None,
            dates=_dates(every) if "dates" in parts else None,
            goals=sources.items(AGREEMENT, "sponsor_goals") if "goals" in parts else None,
            phases=_phases(context, case, every) if "phases" in parts else None,
            commitments=_commitments(store, case) if "commitments" in parts else None,
            missing=missing,
        )
        return ForSponsor(page, _notes(case, page, sources))


def _attendance(every: list[Session]) -> Attendance:
    states = [one.state for one in every]
    return Attendance(
        held=states.count("held"),
        of=len(every),
        missed=states.count("missed"),
        cancelled=states.count("cancelled"),
    )


def _dates(every: list[Session]) -> SessionDates:
    following = next_session(tuple(every))
    return SessionDates(
        held=tuple(sorted(one.held_on or one.date for one in every if one.state == "held")),
        next=following.date if following else None,
    )


def _phases(
    context: Context, case: ClientEngagement, every: list[Session]
) -> tuple[PhaseDone, ...]:
    """Phases whose every session is held or skipped, of a journey that is still in the library."""
    journey = journey_at_hand(context.library, case.engagement)
    if journey is None:
        return ()
    done = {one.number for one in every if one.state in DONE}
    found, before = [], 0
    for phase, size in phases_of(journey, case.engagement.sessions):
        if done.issuperset(range(before + 1, before + size + 1)):
            found.append(PhaseDone(name=phase.id.capitalize(), sessions=size))
        before += size
    return tuple(found)


def _commitments(store: Store, case: ClientEngagement) -> tuple[SponsorCommitment, ...]:
    return tuple(
        SponsorCommitment(what=one.what, due=one.due, status=one.status)
        for one in store.select(Commitment, engagement_id=case.engagement.id)
    )


def _notes(case: ClientEngagement, page: SponsorPage, sources: BriefSources) -> tuple[str, ...]:
    """How the coach gets what is missing; said beside the page, never on it."""
    form = f"trajplan worksheets blank {AGREEMENT} --client {case.client.slug}"
    if AGREEMENT in sources.newest:
        form += " --again"
    if page.missing:
        return (f"`{case.client.slug}` has released nothing; `{form}` prints the agreement",)
    if page.goals == ():
        return (f"no goals are agreed with the sponsor yet; `{form}` prints the agreement",)
    return ()
