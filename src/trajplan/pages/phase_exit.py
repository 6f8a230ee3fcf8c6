"""What is said when a coach has looked at a phase's milestone."""

from __future__ import annotations

from trajplan.actions.journey import JourneyView
from trajplan.pages.document import Document
from trajplan.pages.journey import EXITS
from trajplan.pages.listing import Card, card


def confirmed(found: JourneyView, phase: str) -> Document:
    """The criteria with their ticks, and what follows."""
    stretch = next(one for one in found.phases if one.id == phase)
    one = stretch.milestone
    last = max(place.session.number or 0 for place in stretch.places)
    return card(
        Card(
            title=f"{found.client.name} · {phase} phase, milestone after session {last}: "
            f"{EXITS[one.state]}",
            pairs=(
                *(
                    (f"{at} {'☑' if met else '☐'}", text)
                    for at, (text, met) in enumerate(one.criteria, 1)
                ),
                ("Reason", one.reason),
                ("Next plan", _next(one.state)),
                ("Next", f"trajplan prep session {found.next.number}" if found.next else ""),
            ),
            data={
                "client": found.client.slug,
                "client_name": found.client.name,
                "phase": phase,
                "session": last,
                "state": one.state,
                "reason": one.reason,
                "criteria": [{"text": text, "met": met} for text, met in one.criteria],
            },
        )
    )


def _next(state: str) -> str:
    if state == "met":
        return "as the phase has it"
    return "names what is still open, and leans half-way back to this phase's question mix"
