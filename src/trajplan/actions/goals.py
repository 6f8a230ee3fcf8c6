"""`goals`: themes and objectives, with what serves them and what they were before (R85-R87)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from trajplan.actions.context import Context
from trajplan.actions.goal_paths import meant_goal
from trajplan.actions.resolve import ClientRecords
from trajplan.dates import parse_day
from trajplan.errors import CannotDo, UsageFault
from trajplan.measures.goals import (
    GoalCheck,
    GoalWords,
    is_too_narrow,
    missing_kinds,
    smart_checks,
)
from trajplan.records import commitments, goals
from trajplan.records.dossier import last_held
from trajplan.records.indicators import indicator_series
from trajplan.records.model import (
    WAITING,
    Client,
    Commitment,
    Goal,
    GoalChange,
    GoalStatus,
    IndicatorSeries,
    Session,
)
from trajplan.records.store import Store

NO_THEME = "none"
"""Said with `--under`: it is a theme itself."""


class GoalForm(Struct, frozen=True, kw_only=True):
    """What was said of a goal, as typed; None or empty: not said."""

    text: str = ""
    under: str = ""
    """The theme, by number or words."""
    measure: str = ""
    when: str = ""
    attainable: int | None = None
    matters: str = ""
    status: GoalStatus | None = None
    because: str = ""


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
        book = _GoalBook.read(records, context.today)
        views = tuple(book.view(goal) for goal in book.in_order())
        return GoalTree(
            client=records.client,
            views=views,
            indicators=tuple(
                indicator for indicator in book.indicators if indicator.goal_id is None
            ),
            commitments=tuple(
                commitment
                for commitment in book.commitments
                if commitment.goal_id is None and commitment.status in WAITING
            ),
            hints=tuple(
                f"{view.goal.level.capitalize()} {view.goal.number}: {hint}"
                for view in views
                for hint in view.hints
            ),
        )


def open_goals(context: Context, *, client: str | None) -> tuple[Goal, ...]:
    """Read the goals a new commitment might serve."""
    with context.read(client) as records:
        return records.own(Goal, status="open")


def one_goal(context: Context, number: int, *, client: str | None) -> GoalDetail:
    """Read one goal with its history."""
    with context.read(client) as records:
        return _detail(records, context.today, records.numbered(Goal, number))


def new_goal(context: Context, form: GoalForm, *, client: str | None) -> GoalDetail:
    """Add a theme, or with `under` an objective.

    Raises UsageFault when empty, CannotDo for an objective that has no theme.
    """
    if not form.text.strip():
        raise UsageFault("a goal needs words; give them, or --from - to type them in")
    with context.write(client) as records:
        own = records.own(Goal)
        theme = _theme(own, form.under) if form.under else None
        if theme is None:
            _refuse_orphan(form, own)
        goal = add_goal(records, records.engagement.id, form, context.today, theme)
        return _detail(records, context.today, goal)


def add_goal(
    store: Store, engagement_id: int, form: GoalForm, today: dt.date, theme: Goal | None
) -> Goal:
    """Save a new theme, or an objective under one. Raises UsageFault for a day that is none."""
    return goals.add(
        store,
        engagement_id=engagement_id,
        text=form.text.strip(),
        today=today,
        parent_id=theme.id if theme else None,
        measure=form.measure,
        due=parse_day(form.when, today) if form.when else None,
        attainable=form.attainable,
        matters=form.matters,
    )


def change_goal(context: Context, number: int, form: GoalForm, *, client: str | None) -> GoalDetail:
    """Change what was said of a goal; what it was stays in its history.

    Raises UsageFault when nothing is given, NotFound, CannotDo for an orphan or a loop.
    """
    with context.write(client) as records:
        goal = records.numbered(Goal, number)
        changes = _changes(form, records.own(Goal), context.today)
        if not changes and not form.because:
            raise UsageFault(
                "nothing to change; give --text, --under, --measure, --when, --attainable, "
                "--matters or --status"
            )
        goal = goals.update(records, goal.id, today=context.today, because=form.because, **changes)
        if "text" in changes:
            commitments.reword_goal(records, goal)
        return _detail(records, context.today, goal)


def _changes(form: GoalForm, own: Sequence[Goal], today: dt.date) -> dict[str, Any]:
    """The fields of the record that the form changes."""
    said: dict[str, Any] = {
        "text": form.text.strip(),
        "measure": form.measure,
        "due": parse_day(form.when, today) if form.when else None,
        "attainable": form.attainable,
        "matters": form.matters,
        "status": form.status,
    }
    changes = {name: value for name, value in said.items() if value not in (None, "")}
    if form.under == NO_THEME:
        changes["parent_id"] = None
    elif form.under:
        changes["parent_id"] = _meant(own, form.under).id
    return changes


def _refuse_orphan(form: GoalForm, own: Sequence[Goal]) -> None:
    """A goal with a number, a date or a rating is an objective, and that stands under a theme."""
    options = {"--measure": form.measure, "--when": form.when, "--attainable": form.attainable}
    used = [name for name, value in options.items() if value]
    if used:
        make = "makes" if len(used) == 1 else "make"
        raise CannotDo(
            f"{' and '.join(used)} {make} it an objective, and an objective belongs under a "
            f"theme; give --under THEME{_themes(own)}"
        )


def _themes(own: Sequence[Goal]) -> str:
    themes = [f"{goal.number} “{goal.text}”" for goal in own if goal.level == "theme"]
    return f": {', '.join(themes)}" if themes else ". There is none yet; add it first, without them"


def _theme(own: Sequence[Goal], words: str) -> Goal:
    goal = _meant(own, words)
    if goal.level != "theme":
        raise CannotDo(
            f"goal {goal.number} is an objective, and an objective belongs under a theme"
            f"{_themes(own)}"
        )
    return goal


def _meant(own: Sequence[Goal], words: str) -> Goal:
    """A goal that must be there. Raises CannotDo naming the nearest."""
    goal, _ = meant_goal(own, words)
    if goal is None:
        raise CannotDo(f"no goal says “{words}”; say --under THEME{_themes(own)}")
    return goal


def place_in_journey(records: ClientRecords) -> str:
    """Where in the journey something is written down that belongs to no session."""
    last = last_held(records.own(Session))
    return f"after session {last.number}" if last else "before session 1"


def _detail(records: ClientRecords, today: dt.date, goal: Goal) -> GoalDetail:
    return GoalDetail(
        client=records.client,
        place=place_in_journey(records),
        view=_GoalBook.read(records, today).view(goal),
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


class _GoalBook(Struct, frozen=True):
    """All goals of an engagement with what serves them, read once."""

    goals: tuple[Goal, ...]
    history: tuple[GoalChange, ...]
    indicators: tuple[IndicatorSeries, ...]
    commitments: tuple[Commitment, ...]
    today: dt.date

    @classmethod
    def read(cls, records: ClientRecords, today: dt.date) -> _GoalBook:
        own = records.own(Goal)
        return cls(
            own,
            records.select(GoalChange, goal_id=[goal.id for goal in own]),
            indicator_series(records, records.engagement.id),
            records.own(Commitment),
            today,
        )

    def in_order(self) -> list[Goal]:
        """Each theme, then the objectives under it."""
        themes = [goal for goal in self.goals if goal.parent_id is None]
        return [goal for theme in themes for goal in (theme, *self._below(theme))]

    def _below(self, goal: Goal) -> tuple[Goal, ...]:
        return tuple(objective for objective in self.goals if objective.parent_id == goal.id)

    def view(self, goal: Goal) -> GoalView:
        own = tuple(indicator for indicator in self.indicators if indicator.goal_id == goal.id)
        words = words_of_goal(goal.text)
        objective = goal.level == "objective"
        return GoalView(
            goal=goal,
            under=next((theme for theme in self.goals if theme.id == goal.parent_id), None),
            checks=smart_checks(goal, words, own, self.today) if objective else (),
            hints=self._hints(goal, words, own) if goal.status == "open" else (),
            indicators=own,
            commitments=tuple(
                commitment for commitment in self.commitments if commitment.goal_id == goal.id
            ),
            below=self._below(goal),
            history=tuple(change for change in self.history if change.goal_id == goal.id),
        )

    def _hints(
        self, goal: Goal, words: GoalWords, own: Sequence[IndicatorSeries]
    ) -> tuple[str, ...]:
        hints = []
        if is_too_narrow(goal, words, own):
            hints.append(
                f"one employer ({words.employer}) and one date are all it names; what would still "
                "be right with another employer, or later?"
            )
        if goal.level == "theme":
            if not any(objective.status == "open" for objective in self._below(goal)):
                hints.append("no open objective leads to it yet")
            return tuple(hints)
        questions = {
            "leading": "no leading indicator; what would show early that it moves?",
            "lagging": "no lagging indicator; what will show at the end that it is reached?",
        }
        around = [
            indicator
            for indicator in self.indicators
            if indicator.goal_id in (None, goal.parent_id)
        ]
        return (*hints, *(questions[kind] for kind in missing_kinds([*own, *around])))
