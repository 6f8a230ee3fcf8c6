"""`goals`: the tree from theme to commitment, its checklist and what each goal was (R85-R87)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from msgspec import Struct

from trajplan.actions.client_records import ClientRecords
from trajplan.actions.context import Context
from trajplan.measures.goals import (
    GoalCheck,
    GoalWords,
    is_too_narrow,
    missing_kinds,
    smart_checks,
)
from trajplan.records.dossier import Dossier, last_held
from trajplan.records.model import (
    WAITING,
    Client,
    Commitment,
    Goal,
    GoalChange,
    IndicatorSeries,
    Session,
)


class GoalView(Struct, frozen=True, kw_only=True):
    """One goal with what hangs on it."""

    goal: Goal
    under: Goal | None
    """The theme it stands under."""
    checks: tuple[GoalCheck, ...]
    """The checklist SMART; empty for a theme, which needs neither number nor date."""
    hints: tuple[str, ...]
    indicators: tuple[IndicatorSeries, ...]
    commitments: tuple[Commitment, ...]
    below: tuple[Goal, ...]
    """The objectives under a theme."""
    history: tuple[GoalChange, ...]


class GoalDetail(Struct, frozen=True, kw_only=True):
    """One goal of a client; `place`: where in the journey it is looked at."""

    client: Client
    place: str
    view: GoalView


class GoalTree(Struct, frozen=True, kw_only=True):
    """A client's goals: each theme, then the objectives under it."""

    client: Client
    views: tuple[GoalView, ...]
    indicators: tuple[IndicatorSeries, ...]
    """Those of the journey as a whole."""
    commitments: tuple[Commitment, ...]
    """Those that serve no goal and are still to do."""
    hints: tuple[str, ...]


def all_goals(context: Context, *, client: str | None) -> GoalTree:
    """Read every goal of the client's engagement with what hangs on it."""
    with context.read(client) as records:
        dossier = records.dossier
    views = tuple(_view(dossier, context.today, goal) for goal in _in_order(dossier))
    return GoalTree(
        client=dossier.client,
        views=views,
        indicators=tuple(
            indicator for indicator in dossier.indicators if indicator.goal_id is None
        ),
        commitments=tuple(
            commitment
            for commitment in dossier.commitments
            if commitment.goal_id is None and commitment.status in WAITING
        ),
        hints=tuple(
            f"{view.goal.level.capitalize()} {view.goal.number}: {hint}"
            for view in views
            for hint in view.hints
        ),
    )


def _in_order(dossier: Dossier) -> list[Goal]:
    """Each theme, then the objectives under it."""
    themes = [goal for goal in dossier.goals if goal.parent_id is None]
    return [goal for theme in themes for goal in (theme, *_below(dossier, theme))]


def _below(dossier: Dossier, theme: Goal) -> tuple[Goal, ...]:
    return tuple(goal for goal in dossier.goals if goal.parent_id == theme.id)


def open_goals(context: Context, *, client: str | None) -> tuple[Goal, ...]:
    """Read the goals a new commitment might serve."""
    with context.read(client) as records:
        return records.own(Goal, status="open")


def one_goal(context: Context, number: int, *, client: str | None) -> GoalDetail:
    """Read one goal with its history."""
    with context.read(client) as records:
        return goal_detail(records, context.today, records.numbered(Goal, number))


def place_in_journey(records: ClientRecords) -> str:
    """Where in the journey something is written down that belongs to no session."""
    last = last_held(records.own(Session))
    return f"after session {last.number}" if last else "before session 1"


def goal_detail(records: ClientRecords, today: dt.date, goal: Goal) -> GoalDetail:
    """One goal with all that hangs on it, as the records stand now."""
    return GoalDetail(
        client=records.client,
        place=place_in_journey(records),
        view=_view(records.dossier, today, goal),
    )


def words_of_goal(text: str) -> GoalWords:
    """What the lint reads in the words of a goal."""
    from trajplan.lint import steps

    return GoalWords(
        few=len(steps.words(text)) < steps.FEW_WORDS,
        vague=steps.vague(text),
        number=steps.has_number(text),
        time=steps.names_a_time(text),
        employer=steps.employer(text),
    )


def _view(dossier: Dossier, today: dt.date, goal: Goal) -> GoalView:
    own = tuple(indicator for indicator in dossier.indicators if indicator.goal_id == goal.id)
    words = words_of_goal(goal.text)
    objective = goal.level == "objective"
    return GoalView(
        goal=goal,
        under=next((theme for theme in dossier.goals if theme.id == goal.parent_id), None),
        checks=smart_checks(goal, words, own, today) if objective else (),
        hints=_hints(dossier, goal, words, own) if goal.status == "open" else (),
        indicators=own,
        commitments=tuple(
            commitment for commitment in dossier.commitments if commitment.goal_id == goal.id
        ),
        below=_below(dossier, goal),
        history=tuple(change for change in dossier.goal_changes if change.goal_id == goal.id),
    )


def _hints(
    dossier: Dossier, goal: Goal, words: GoalWords, own: Sequence[IndicatorSeries]
) -> tuple[str, ...]:
    hints = []
    if is_too_narrow(goal, words, own):
        hints.append(
            f"one employer ({words.employer}) and one date are all it names; what would still "
            "be right with another employer, or later?"
        )
    if goal.level == "theme":
        if not any(objective.status == "open" for objective in _below(dossier, goal)):
            hints.append("no open objective leads to it yet")
        return tuple(hints)
    questions = {
        "leading": "no leading indicator; what would show early that it moves?",
        "lagging": "no lagging indicator; what will show at the end that it is reached?",
    }
    around = [
        indicator for indicator in dossier.indicators if indicator.goal_id in (None, goal.parent_id)
    ]
    return (*hints, *(questions[kind] for kind in missing_kinds([*own, *around])))
