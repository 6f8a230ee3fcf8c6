"""How dates, durations and the program's own terms read in every document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trajplan.dates import DAYS as DAYS
from trajplan.dates import MONTHS as MONTHS
from trajplan.dates import long_date as long_date
from trajplan.dates import short_date as short_date
from trajplan.text import plural as plural

if TYPE_CHECKING:
    from trajplan.planning.plan import EarlierJourney

COMPONENTS = {
    "context_setting": "Context Setting",
    "strategic_inquiry": "Strategic Inquiry",
    "insight_generation": "Insight Generation",
    "action_design": "Action Design",
    "momentum_planning": "Momentum Planning",
    "break": "Break",
}
LEVEL_MARKS = {"informational": "○", "analytical": "◐", "transformational": "●"}
"""Told apart without colour: empty, half, full."""
FACTORS = {
    "clarity": "Clarity",
    "options": "Options",
    "decision": "Decision quality",
    "momentum": "Action momentum",
    "confidence": "Confidence",
}
ANCHORS = {
    "clarity": ("all in fog", "I see my way"),
    "options": ("no way out in sight", "several ways I could take"),
    "decision": ("I would rather not decide", "I can decide and stand by it"),
    "momentum": ("nothing moves", "steps happen by themselves"),
    "confidence": ("I doubt myself in this", "I trust myself in this"),
}
"""What 1 and 10 stand for; the client answers the question "where do you stand right now?"."""
STATUSES = {
    "open": "open",
    "done": "done",
    "partly": "partly",
    "not_yet": "not yet",
    "dropped": "let go",
}
KINDS = {
    "experiential": "experiential",
    "information_gathering": "information gathering",
    "reflective": "reflective",
    "preparing": "preparing",
    "": "kind not given",
    "all": "all",
}
"""Kinds of commitments; `all` heads the figures over every kind."""
DISCLAIMER = (
    "Coaching supports your own decisions. It is no therapy, and no legal, financial or medical "
    "advice."
)


def earlier(before: EarlierJourney) -> list[tuple[str, tuple[str, ...]]]:
    """What the engagement before this one left, labelled; empty parts have no lines."""
    return [
        ("Destination then", (before.destination,) if before.destination else ()),
        ("Took away last", before.takeaways),
        ("Question that went home", (before.inquiry,) if before.inquiry else ()),
        ("Still open then", before.commitments),
        ("Believed then", before.assumptions),
    ]


def signed(change: int | None) -> str:
    """A change with its sign, a real minus included; nothing when there is none to tell."""
    if change is None:
        return ""
    return f"+{change}" if change > 0 else f"−{-change}" if change < 0 else "±0"


def scale_ends(text: str, low: str, high: str) -> str:
    """What 1 and 10 mean, for below a question; empty where the question says it itself."""
    return "" if low in text and high in text else f"1 {low}, 10 {high}"


def sessions(numbers: tuple[int, ...]) -> str:
    """`session 4`, `sessions 1, 2 and 5`."""
    *most, last = map(str, numbers)
    return f"sessions {', '.join(most)} and {last}" if most else f"session {last}"
