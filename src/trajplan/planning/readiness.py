"""What each part of the brief needs, how far it is, and what an hour or two is best spent on.

The whole judgement is the table `PARTS`: a part is complete when each of its needs is held, empty
when none is, thin between the two. What is held is a set of names: `intake:KEY` for a key of the
intake, `WORKSHEET:FIELD` for an answer on a worksheet, `record:…` for what is kept elsewhere.
Source: R24, R25, R116.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Literal

from msgspec import Struct

from trajplan.planning.arc import scale_phases
from trajplan.text import plural

ReadinessState = Literal["empty", "thin", "complete"]

FIRST_BRIEF_MINUTES = 120
STEP = 5
"""Minutes are shared out in steps of five."""

QUESTIONNAIRE = "pre-session-questionnaire"
AUDIT = "pre-coaching-audit"
MAPPING = "trajectory-mapping"
ARCHITECTURE = "career-architecture"
FEARS = "fears-to-must-not-haves"
GOAL = "goal-refinement"
AGREEMENT_FORM = "coaching-agreement"
RESULTS = "attached-results"

DOCUMENTS = (QUESTIONNAIRE, AUDIT, MAPPING, ARCHITECTURE, FEARS, AGREEMENT_FORM, RESULTS)
"""The worksheets on the checklist of documents, in the order in which they are asked for (R31)."""


class BriefNeedRule(Struct, frozen=True):
    """One thing a part of the brief is made of. Any name in `held_by` fills it."""

    id: str
    title: str
    held_by: tuple[str, ...]
    get: str
    """The words behind `trajplan` that get it; `{session}` is the next session's number."""


class BriefPartRule(Struct, frozen=True):
    """One of the three parts of preparation."""

    id: str
    title: str
    needs: tuple[BriefNeedRule, ...]


def _worksheet_need(name: str, title: str, worksheet: str, *held_by: str) -> BriefNeedRule:
    """Something a worksheet asks for; `held_by` begins with a colon for a field of its own."""
    names = tuple(f"{worksheet}{name}" if name.startswith(":") else name for name in held_by)
    return BriefNeedRule(name, title, names, f"worksheets blank {worksheet}")


BACKGROUND = BriefPartRule(
    "background",
    "Background analysis",
    (
        _worksheet_need("career", "the career so far", MAPPING, ":roles", "intake:career"),
        _worksheet_need(
            "accomplishments",
            "what they got done",
            AUDIT,
            ":accomplishments",
            "intake:audit.accomplishments",
        ),
        _worksheet_need(
            "pain_points", "what wears them down", AUDIT, ":pain_points", "intake:audit.pain_points"
        ),
        _worksheet_need(
            "evidence", "what others have said", AUDIT, ":evidence", "intake:audit.evidence"
        ),
        _worksheet_need(
            "architecture",
            "skills, values, interests, market realities",
            ARCHITECTURE,
            ":skills",
            ":values",
            ":interests",
            ":market",
        ),
        BriefNeedRule(
            "assumptions",
            "beliefs that may stand in the way",
            ("record:assumption",),
            "assumptions add --from -",
        ),
    ),
)
GOALS = BriefPartRule(
    "goals",
    "Goal clarification",
    (
        _worksheet_need("destination", "the destination", GOAL, ":goal", "record:destination"),
        _worksheet_need(
            "stuck_point", "the stuck point", QUESTIONNAIRE, ":stuck", "intake:stuck_point"
        ),
        _worksheet_need("likes", "what they would keep", QUESTIONNAIRE, ":likes", "intake:likes"),
        _worksheet_need(
            "dislikes", "what they would hand over", QUESTIONNAIRE, ":dislikes", "intake:dislikes"
        ),
        _worksheet_need("drive", "what drives them", QUESTIONNAIRE, ":drive", "intake:drive"),
        _worksheet_need(
            "own_questions",
            "their own questions",
            QUESTIONNAIRE,
            ":own_questions",
            "intake:own_questions",
        ),
        _worksheet_need("must_haves", "must-haves", FEARS, ":must_haves", "intake:must_haves"),
        _worksheet_need(
            "must_not_haves", "fears and must-not-haves", FEARS, ":fears", "intake:fears"
        ),
    ),
)
SESSION = BriefPartRule(
    "session",
    "Session blueprint",
    (
        BriefNeedRule(
            "plan", "a plan that is up to date", ("record:plan",), "prep session {session}"
        ),
        BriefNeedRule(
            "start", "a start time", ("record:start",), "prep session {session} --start HH:MM"
        ),
        BriefNeedRule(
            "matters",
            "what matters most to them now",
            ("record:matters",),
            f"worksheets blank {QUESTIONNAIRE}",
        ),
    ),
)
PARTS = (BACKGROUND, GOALS, SESSION)


def needs_met(part: BriefPartRule, names: Collection[str]) -> tuple[BriefNeedRule, ...]:
    """The needs of a part that are met by what is there, given by its `names`."""
    return tuple(need for need in part.needs if any(name in names for name in need.held_by))


def readiness_state(part: BriefPartRule, names: Collection[str]) -> ReadinessState:
    """How far a part is."""
    count = len(needs_met(part, names))
    if count == len(part.needs):
        return "complete"
    return "thin" if count else "empty"


def shared_minutes(parts: Sequence[BriefPartRule], names: Collection[str]) -> tuple[int, ...]:
    """The two hours of a first brief, shared over its parts (R25).

    What is there takes time to read, what is open takes twice that to find out. Largest remainder
    in steps of five minutes; no part gets nothing, and the sum is exactly 120.
    """
    weights = [2 * len(part.needs) - len(needs_met(part, names)) for part in parts]
    steps = scale_phases(weights, FIRST_BRIEF_MINUTES // STEP)
    return tuple(count * STEP for count in steps)


def preparation_gaps(
    names: Collection[str], agreement: Sequence[str] | None, *, number: int, client: str
) -> tuple[str, ...]:
    """What a plan says is missing from preparation and agreement (R24, R116).

    `agreement`: what the agreement still lacks; None while there is none. It is made in the first
    session, so that its absence is a gap from the second on.
    """
    gaps = []
    empty = [
        part.title.lower()
        for part in (BACKGROUND, GOALS)
        if readiness_state(part, names) == "empty"
    ]
    if empty:
        gaps.append(
            f"{' and '.join(empty)}, nothing known yet: `trajplan prep brief --client {client}`"
        )
    if agreement is None and number > 1:
        gaps.append(f"a coaching agreement: `trajplan worksheets blank {AGREEMENT_FORM}`")
    elif agreement:
        gaps.append(f"in the coaching agreement: {', '.join(agreement)}")
    return tuple(gaps)


def agreement_gap(agreement: Sequence[str] | None, number: int) -> str:
    """The gap that is about the agreement, in a few words: no plan leaves it out, however short
    (R142). Empty: nothing is missing."""
    if agreement is None:
        return "a coaching agreement" if number > 1 else ""
    return f"{plural(len(agreement), 'part')} of the coaching agreement" if agreement else ""
