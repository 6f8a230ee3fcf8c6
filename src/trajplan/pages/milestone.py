"""What is said when a coach has looked at a phase's milestone (R10)."""

from __future__ import annotations

from typing import Any

from trajplan.actions.journey import JourneyPhase, JourneyView
from trajplan.pages.document import Document, client_data
from trajplan.pages.journey import EXITS
from trajplan.pages.page import (
    Page,
    Tick,
    code,
    labelled,
)


def milestone_page(journey: JourneyView, phase: str) -> Document:
    """What is said when a coach has looked at a phase's milestone."""
    return Document(
        page=lambda: _milestone_page(journey, _phase_of(journey, phase)),
        data=lambda: _milestone_data(journey, _phase_of(journey, phase)),
    )


def _phase_of(journey: JourneyView, name: str) -> JourneyPhase:
    return next(phase for phase in journey.phases if phase.id == name)


def _last_number(phase: JourneyPhase) -> int:
    return max(place.session.number or 0 for place in phase.sessions)


def _milestone_page(journey: JourneyView, phase: JourneyPhase) -> Page:
    """The criteria with their ticks, and what follows."""
    milestone = phase.milestone
    if milestone.state == "met":
        follows = "as the phase has it"
    else:
        follows = "names what is still open, and leans half-way back to this phase's question mix"
    ahead = journey.next
    return Page(
        f"{journey.client.name} · {phase.id} phase, milestone after session "
        f"{_last_number(phase)}: {EXITS[milestone.state]}",
        (
            *(
                Tick(f"{number}  {text}", met)
                for number, (text, met) in enumerate(milestone.criteria, 1)
            ),
            labelled(
                [
                    ("Reason", milestone.reason),
                    ("Next plan", follows),
                    ("Next", (code(f"trajplan prep session {ahead.number}"),) if ahead else ""),
                ]
            ),
        ),
    )


def _milestone_data(journey: JourneyView, phase: JourneyPhase) -> dict[str, Any]:
    milestone = phase.milestone
    return {
        **client_data(journey.client),
        "phase": phase.id,
        "session": _last_number(phase),
        "state": milestone.state,
        "reason": milestone.reason,
        "criteria": [{"text": text, "met": met} for text, met in milestone.criteria],
    }
