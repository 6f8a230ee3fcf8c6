"""The parts of the page at the door, and one line of it: what it says, and what of it stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

from trajplan.pages.page import Inline, Text
from trajplan.planning.from_records import PlannedCommitment, PlannedParked
from trajplan.planning.plan import Plan
from trajplan.records.model.commitments import WAITING
from trajplan.text import columns, on_one_line, sentences_of, shortened

TOP, NOTES, TODAY, LAST_TIME, KNOWN = (
    "",
    "Notes, the newest first",
    "Today",
    "From last time",
    "What you know of them",
)
"""The parts of the page above the session, in their order; the first has no heading, nor has
what is of today: it goes on below the notes."""
COLUMNS = 80
"""Letters of a line in the terminal that the page is made for."""
NAME = 36
"""Letters of the client's name and of the blueprint's title."""
NEAR_DAYS = 7
"""A day so near has how far it is as its label."""
SHORT_NOTE = 240
"""Letters of a note that stands whole where its day alone would."""
SHORT_LABEL = 11
"""Letters of where a note comes from, up to which that is its label."""


Kind = Literal[
    # What has a day, what stands, and what was noted, said and agreed
    "standing",
    "pinned",
    "day",
    "day again",
    "since",
    "since again",
    "danger note",
    "news",
    "withheld",
    "agreed for all",
    "owed",
    "last note",
    "note before",
    "older grave note",
    "older note",
    # What they come with, and what today is for
    "arrival",
    "focus",
    "step",
    "may wait",
    "only helps",
    "parked with a day",
    "parked",
    "decide",
    "missing",
    # What last time left
    "held to it",
    "promise",
    "promise before",
    "promise over",
    "renewed",
    "let go",
    "took away",
    "before that",
    "asked inquiry",
    "inquiry",
    "agreed",
    "worksheets",
    "ratings",
    "journey before",
    # What has been known for longer
    "question",
    "stuck point",
    "stuck now",
    "belief",
    "fears",
    "money",
    "priorities",
    "goals",
    "directions",
    "must-haves",
    "destination",
]
"""What gives way at once."""


class Fact(Struct, frozen=True, kw_only=True):
    """One line of the page."""

    part: str
    """One of the parts of the page above."""
    kind: Kind
    """What there is room for, or not, at once: `door.GIVES_WAY` says in which order."""
    label: str
    words: tuple[str, ...]
    """What somebody said or wrote; where there is little room, each of them is cut."""
    before: str = ""
    behind: Text = ()
    """What stands before and behind the words, and is never cut."""
    aside: Inline = ""
    """What stands behind all that where there is room for it."""
    noun: str
    """What the page's first lines call it when it is not there in full."""
    keeps: bool = False
    """It is grave, or asks something of the coach: it is cut last."""
    first: bool = False
    """It is to be read before they come in."""
    asked: bool = False
    """It says what is not to be said or done: of the notes of a day it keeps its room first."""
    grave: bool = False
    """It is of danger, or it is grave and was told since last time: it stands before all else."""
    ahead: Text = ()
    """What stands before the words of a note: how far the day is that it names."""
    where: str = ""
    """Where a note comes from: `S5`, or a day."""
    noted: str = ""
    """ISO date on which a note was written."""
    due: str = ""
    """ISO date of the next day that a note names; empty: it names none."""


def title_line(plan: Plan) -> str:
    """Which session it is, with whom, and how they arrive."""
    title = f"Session {plan.session} of {plan.of} · {shortened(plan.client_name, NAME)}"
    mood = on_one_line(plan.mood)
    if not mood:
        return title
    title += " · arrives "
    return f"{title}{shortened(mood, COLUMNS - columns(title))}"


def is_grave(words: Iterable[str], grave: frozenset[str]) -> bool:
    """Whether one of some texts holds a grave sentence."""
    return any(not grave.isdisjoint(sentences_of(text)) for text in words)


def is_near(plan: Plan, day: str) -> bool:
    """Whether a day comes within the week."""
    return 0 <= (dt.date.fromisoformat(day) - dt.date.fromisoformat(plan.date)).days <= NEAR_DAYS


def parked_for_now(plan: Plan) -> list[PlannedParked]:
    """The parked topics whose day comes within the week."""
    return [topic for topic in plan.parked if topic.due and is_near(plan, topic.due)]


def waiting_promises(plan: Plan) -> list[PlannedCommitment]:
    """The promises that wait, the newest first."""
    last = plan.from_last_time
    made = last.promises if last else ()
    return [promise for promise in made if promise.status in WAITING]
