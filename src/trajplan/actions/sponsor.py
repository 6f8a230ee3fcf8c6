"""`show --for sponsor`: what the client released in the agreement, and nothing else (R116)."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from trajplan.actions.context import Context
from trajplan.content.library import Library
from trajplan.planning.agreement import lacking_for_release, released_parts
from trajplan.planning.arc import journey_at_hand, phases_of
from trajplan.planning.brief_sources import BriefSources, sources_of
from trajplan.planning.calendar import agreed_meeting
from trajplan.planning.readiness import AGREEMENT_FORM
from trajplan.records.dossier import Dossier

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


class SponsorResult(Struct, frozen=True):
    """The page, and what the coach is told beside it."""

    page: SponsorPage
    notes: tuple[str, ...]


def for_sponsor(context: Context, *, client: str | None) -> SponsorResult:
    """Take over what was released, part by part; the newest agreement counts."""
    with context.read(client) as records:
        dossier = records.dossier
    sources = sources_of(dossier)
    agreement = sources.release(dossier.client.name)
    parts = released_parts(agreement, context.today)
    page = SponsorPage(
        client_name=dossier.client.name if parts else "",
        coach=sources.text(AGREEMENT_FORM, "coach") if parts else "",
        sponsor=sources.text(AGREEMENT_FORM, "sponsor") if parts else "",
        date=context.today,
        attendance=_attendance(dossier) if "attendance" in parts else None,
        dates=_dates(dossier) if "dates" in parts else None,
        goals=sources.items(AGREEMENT_FORM, "sponsor_goals") if "goals" in parts else None,
        phases=_phases(dossier, context.library) if "phases" in parts else None,
        commitments=_commitments(dossier) if "commitments" in parts else None,
        missing=() if parts else lacking_for_release(agreement, context.today),
    )
    return SponsorResult(page, _notes(dossier.client.slug, page, sources))


def _attendance(dossier: Dossier) -> Attendance:
    states = [session.state for session in dossier.numbered]
    return Attendance(
        held=states.count("held"),
        of=len(states),
        missed=states.count("missed"),
        cancelled=states.count("cancelled"),
    )


def _dates(dossier: Dossier) -> SessionDates:
    last = dossier.last_held()
    first = None if dossier.engagement.closed else dossier.next_session()
    following = agreed_meeting(dossier, last) if last else first
    held = (session.day for session in dossier.numbered if session.state == "held")
    return SessionDates(held=tuple(sorted(held)), next=following.date if following else None)


def _phases(dossier: Dossier, library: Library) -> tuple[PhaseDone, ...]:
    """Phases whose every session is held or skipped, of a journey that is still in the library."""
    journey = journey_at_hand(library, dossier.engagement)
    if journey is None:
        return ()
    done = {session.number for session in dossier.numbered if session.state in DONE}
    phases, before = [], 0
    for phase, size in phases_of(journey, dossier.engagement.sessions):
        if done.issuperset(range(before + 1, before + size + 1)):
            phases.append(PhaseDone(name=phase.id.capitalize(), sessions=size))
        before += size
    return tuple(phases)


def _commitments(dossier: Dossier) -> tuple[SponsorCommitment, ...]:
    return tuple(
        SponsorCommitment(what=commitment.what, due=commitment.due, status=commitment.status)
        for commitment in dossier.commitments
    )


def _notes(slug: str, page: SponsorPage, sources: BriefSources) -> tuple[str, ...]:
    """How the coach gets what is missing; said beside the page, never on it."""
    form = f"trajplan worksheets blank {AGREEMENT_FORM} --client {slug}"
    if AGREEMENT_FORM in sources.newest:
        form += " --again"
    if page.missing:
        return (f"`{slug}` has released nothing; `{form}` prints the agreement",)
    if page.goals == ():
        return (f"no goals are agreed with the sponsor yet; `{form}` prints the agreement",)
    return ()
