"""`journey`: the arc with dates, where we are, milestones, stages, stalls (R5, R10, R11, R15)."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from trajplan.actions.context import Context
from trajplan.actions.sessions import SessionRow, session_row
from trajplan.content.model import Journey
from trajplan.errors import CannotDo, NotFound, UsageFault
from trajplan.planning.arc import Milestone, journey_of, milestone_of, session_phases
from trajplan.planning.evidence import StageEvidence, stage_evidence
from trajplan.planning.stalls import Stall, stall_of
from trajplan.records.dossier import Dossier
from trajplan.records.model.journeys import PhaseExit


class JourneyPhase(Struct, frozen=True, kw_only=True):
    """One phase with its sessions and its milestone."""

    id: str
    purpose: str
    stages: tuple[str, ...]
    sessions: tuple[SessionRow, ...]
    milestone: Milestone


class JourneyView(Struct, frozen=True, kw_only=True):
    """The whole journey of one engagement."""

    dossier: Dossier
    today: dt.date
    phases: tuple[JourneyPhase, ...]
    stages: tuple[StageEvidence, ...]
    stall: Stall


def journey_view(context: Context, *, client: str | None) -> JourneyView:
    """Read one engagement's journey."""
    return _view(context, context.dossier(client))


def confirm_phase(
    context: Context, phase: str, *, client: str | None, met: str, reason: str
) -> JourneyView:
    """Save which criteria of a phase's milestone are met.

    `met`: their numbers as listed, `all` or `none`. With criteria unmet a reason lets the journey
    go on; without one the milestone stays open. Raises NotFound, UsageFault, CannotDo.
    """
    with context.write(client, open_journey=True) as records:
        dossier = records.dossier
        journey = journey_of(context.library, dossier.engagement)
        criteria = _criteria(journey, phase)
        if not criteria:
            raise CannotDo(f"the {phase} phase has no milestone to confirm")
        _check_begun(dossier, journey, phase)
        numbers = _criteria_numbers(met, len(criteria))
        unmet = tuple(text for number, text in enumerate(criteria, 1) if number not in numbers)
        if reason and not unmet:
            raise UsageFault("a reason is for going on with unmet criteria; all of them are met")
        records.insert(
            PhaseExit(
                engagement_id=dossier.engagement.id,
                phase=phase,
                date=context.today,
                met=tuple(text for text in criteria if text not in unmet),
                unmet=unmet,
                reason=reason,
            )
        )
        return _view(context, records.dossier)


def criteria_of(context: Context, phase: str, *, client: str | None) -> tuple[str, ...]:
    """The criteria of a phase, for asking about them one by one. Raises NotFound, WhichClient."""
    with context.read(client, acting=True) as records:
        return _criteria(journey_of(context.library, records.engagement), phase)


def _criteria(journey: Journey, name: str) -> tuple[str, ...]:
    by_id = {phase.id: phase for phase in journey.phases}
    if name not in by_id:
        raise NotFound.among("phase", name, by_id)
    return by_id[name].milestone


def _check_begun(dossier: Dossier, journey: Journey, phase: str) -> None:
    """A milestone is looked at once the phase has begun."""
    phases = session_phases(dossier, journey)
    first = min((number for number, name in phases.items() if name == phase), default=None)
    held = [session.number or 0 for session in dossier.numbered if session.state == "held"]
    if first is not None and (not held or max(held) < first):
        raise CannotDo(f"the {phase} phase has not begun; it starts with session {first}")


def _criteria_numbers(met: str, count: int) -> set[int]:
    """Numbers of the criteria that are met. Raises UsageFault saying what is possible."""
    words = met.strip().lower()
    if words in ("all", "none"):
        return set(range(1, count + 1)) if words == "all" else set()
    numbers: set[int] = set()
    for part in words.split(","):
        number = part.strip()
        if not (number.isascii() and number.isdigit() and 1 <= int(number) <= count):
            raise UsageFault(
                f"`{met}` names no criteria; give their numbers such as 1,3 (there are {count}), "
                "`all` or `none`"
            )
        numbers.add(int(number))
    return numbers


def _view(context: Context, dossier: Dossier) -> JourneyView:
    journey = journey_of(context.library, dossier.engagement)
    phases = session_phases(dossier, journey)
    rows = [session_row(dossier, context.library, session) for session in dossier.numbered]
    return JourneyView(
        dossier=dossier,
        today=context.today,
        phases=tuple(
            JourneyPhase(
                id=phase.id,
                purpose=phase.purpose,
                stages=phase.stages,
                sessions=tuple(row for row in rows if phases[row.session.number or 0] == phase.id),
                milestone=milestone_of(phase, dossier.phase_exits),
            )
            for phase in journey.phases
            if phase.id in phases.values()
        ),
        stages=stage_evidence(journey, dossier),
        stall=stall_of(dossier, journey, context.today),
    )
