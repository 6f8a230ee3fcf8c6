"""A goal held against the checklist SMART, and against being too narrow (R85, R87).

A checklist, not a gate: each item is one explicit rule that says what it looked at, and nothing
follows from it but a hint.

An indicator stands between its start and its target (R89, R90). Nothing is imputed: without a
reading there is no value, and without a start or a target no share.
"""

import datetime as dt
from collections.abc import Sequence
from typing import get_args

from msgspec import Struct

from trajplan.records.model.goals import Goal, Indicator, IndicatorKind, IndicatorSeries

WITHIN_REACH = 7
"""The client's own rating of 1-10 from which a goal counts as attainable."""


class GoalWords(Struct, frozen=True, kw_only=True):
    """What the words of a goal hold, as the lint reads them."""

    few: bool
    """So few that what, where or with whom is left out."""
    vague: str
    """The word that leaves it open to any reading, or empty."""
    number: bool
    time: bool
    """They say when, though perhaps not as a date."""
    employer: str
    """The one organisation they name, or empty."""


class GoalCheck(Struct, frozen=True, kw_only=True):
    """One item of the checklist. `hint` says what is missing, and is empty when it is met."""

    name: str
    met: bool
    hint: str


def smart_checks(
    goal: Goal, words: GoalWords, indicators: Sequence[Indicator], today: dt.date
) -> tuple[GoalCheck, ...]:
    """Specific, measurable, attainable as the client rates it, relevant, dated (R85).

    `indicators` are those of this goal alone.
    """
    hints = {
        "specific": _specific_hint(goal, words),
        "measurable": _measurable_hint(goal, words, indicators),
        "attainable": _attainable_hint(goal),
        "relevant": "" if goal.matters else "why it matters has not been said yet (--matters)",
        "dated": _date_hint(goal, words, today),
    }
    return tuple(GoalCheck(name=name, met=not hint, hint=hint) for name, hint in hints.items())


def _specific_hint(goal: Goal, words: GoalWords) -> str:
    if words.vague and not goal.measure:
        return f"“{words.vague}” could mean anything; what would be different, and what the same?"
    if words.few:
        return "so few words leave open what, where or with whom it is"
    return ""


def _measurable_hint(goal: Goal, words: GoalWords, indicators: Sequence[Indicator]) -> str:
    has_target = any(indicator.target is not None for indicator in indicators)
    if goal.measure or words.number or has_target:
        return ""
    return "no number, no measure and no indicator; how would it be noticed? (--measure)"


def _attainable_hint(goal: Goal) -> str:
    if goal.attainable is None:
        return "the client has not yet rated how attainable it is, 1 to 10 (--attainable)"
    if goal.attainable < WITHIN_REACH:
        return f"the client rates it {goal.attainable} of 10; what would make it a {WITHIN_REACH}?"
    return ""


def _date_hint(goal: Goal, words: GoalWords, today: dt.date) -> str:
    if goal.due is None:
        if words.time:
            return "it names a time; as a date it can be followed (--when)"
        return "no date yet (--when)"
    if goal.status == "open" and goal.due < today:
        return "its date has passed, and it is still open"
    return ""


def is_too_narrow(goal: Goal, words: GoalWords, indicators: Sequence[Indicator]) -> bool:
    """Whether one employer and one date are all there is (R87).

    A measure, a word on what it matters for, or an indicator is more than that.
    """
    has_time = goal.due is not None or words.time
    more = goal.measure or goal.matters or indicators
    return bool(words.employer and has_time and not more)


KINDS: tuple[str, ...] = get_args(IndicatorKind)


class IndicatorState(Struct, frozen=True, kw_only=True):
    """An indicator and where it stands by its latest reading (R89, R90). None: not known."""

    id: int
    """Its number for this client."""
    name: str
    kind: str | None
    unit: str
    start: float | None
    target: float | None
    when: str
    """The day of the target, ISO text; empty: no date."""
    value: float | None
    read_on: str
    """The day of the reading, ISO text; empty: none yet."""
    share: float | None
    """0 at the start, 1 at the target; below 0 it went the other way, above 1 it passed the
    target."""


def indicator_state(indicator: IndicatorSeries) -> IndicatorState:
    """Where an indicator stands by its latest reading; of several on a day the last one counts."""
    last = indicator.readings[-1] if indicator.readings else None
    share = None
    if last and indicator.start is not None and indicator.target is not None:
        share = (last.value - indicator.start) / (indicator.target - indicator.start)
    return IndicatorState(
        id=indicator.number,
        name=indicator.name,
        kind=indicator.kind,
        unit=indicator.unit,
        start=indicator.start,
        target=indicator.target,
        when=indicator.due.isoformat() if indicator.due else "",
        value=last.value if last else None,
        read_on=last.date.isoformat() if last else "",
        share=share,
    )


def missing_kinds(indicators: Sequence[Indicator]) -> tuple[str, ...]:
    """Which of leading and lagging is not among these: at least one of each is wanted (R90)."""
    kinds = {indicator.kind for indicator in indicators}
    return tuple(kind for kind in KINDS if kind not in kinds)


def missing_parts(indicator: Indicator) -> tuple[str, ...]:
    """What an indicator still lacks to be read as a way from a number to a number by a day."""
    parts = {
        "leading or lagging": indicator.kind,
        "a start": indicator.start,
        "a target": indicator.target,
        "a date": indicator.due,
    }
    return tuple(name for name, value in parts.items() if value is None)
