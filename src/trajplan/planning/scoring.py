"""What a question earns for this client today, each point with its reason (`--explain`).

Few and small on purpose: the mix decides the shape of a segment, these decide among neighbours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from trajplan.content.model import Question
from trajplan.planning.plan import LastAnswer

LOW = 4
"""A TCI rating this low or lower counts as low."""
AGAIN_AFTER = 2
"""Sessions after which a scaled question is worth asking again: each time would be a form."""
POINTS = {
    "low": 3,
    "slipping": 2,
    "scenario": 3,
    "decision": 3,
    "light": 3,
    "deep": 2,
    "recovery": 4,
    "assumption": 6,
    "again": 8,
    "begin": 4,
    "fresh": 1,
}


@dataclass(frozen=True, slots=True)
class Situation:
    """What the scores look at: factors low or slipping with their words, the client's scenario,
    today's energy, whether a decision is on the table, and what was offered before."""

    low: Mapping[str, str]
    slipping: Mapping[str, str]
    scenario: str
    energy: str
    decision: bool
    offered: frozenset[str]
    holding: bool = False
    """A session that holds: what is gentle comes first, whatever the energy."""
    session: int = 0
    """The number of the session that is planned."""
    answered: Mapping[str, LastAnswer] = field(default_factory=dict)
    """Scaled questions answered before, with the answer."""


def last_answer(question: Question, situation: Situation) -> LastAnswer | None:
    """What was answered to a scaled question before; None where its scale means something else
    by now, because then the numbers cannot be compared (R67)."""
    found = situation.answered.get(question.id)
    if found is None or not question.anchors:
        return None
    same = (found.low, found.high) == (question.anchors[1], question.anchors[10])
    return found if same else None


def _begins(question: Question, situation: Situation) -> bool:
    """Whether a first number may be asked for: by a question that asks for the number alone, after
    the first session, which has enough of its own to find out."""
    return (
        bool(question.anchors)
        and question.level == "informational"
        and situation.session > 1
        and not situation.answered
        and question.id not in situation.offered
    )


def score(question: Question, situation: Situation) -> tuple[int, tuple[str, ...]]:
    """Return the points of a question and a reason for each part of them."""
    parts: list[tuple[int, str]] = []
    for target in question.targets:
        if target in situation.low:
            parts.append((POINTS["low"], situation.low[target]))
        if target in situation.slipping:
            parts.append((POINTS["slipping"], situation.slipping[target]))
    if situation.scenario and situation.scenario in question.tags:
        parts.append((POINTS["scenario"], f"written for {situation.scenario}"))
    if situation.decision and "decision" in question.tags and situation.scenario != "decision":
        parts.append((POINTS["decision"], "a decision is on the table"))
    gentle = "a holding session" if situation.holding else "low energy"
    is_gentle = situation.holding or situation.energy == "low"
    if is_gentle and question.effort == "light":
        parts.append((POINTS["light"], f"light, for {gentle}"))
    if situation.energy == "high" and not situation.holding and question.effort == "deep":
        parts.append((POINTS["deep"], "deep, for high energy"))
    if "assumption" in question.tags:
        # Eligible only where a belief is held up, and there it should stay the subject.
        parts.append((POINTS["assumption"], "stays with the belief held up here"))
    if "recovery" in question.tags:
        sign = 1 if is_gentle else -1
        why = f"gentle, for {gentle}" if sign > 0 else "kept for a tired day"
        parts.append((sign * POINTS["recovery"], why))
    before = last_answer(question, situation)
    if before and situation.session - before.session >= AGAIN_AFTER:
        why = f"answered {before.value} in session {before.session}; asked again to compare"
        parts.append((POINTS["again"], why))
    if _begins(question, situation):
        parts.append((POINTS["begin"], "a number to compare later ones with; there is none yet"))
    if question.id not in situation.offered:
        parts.append((POINTS["fresh"], "not offered to this client before"))
    return sum(points for points, _ in parts), tuple(f"{p:+d} {why}" for p, why in parts)
