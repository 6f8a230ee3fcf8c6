"""`goals` and `indicators`: themes and objectives, which goal words mean, what hangs on each, and
what can be counted on the way (R85-R87, R89, R90)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from msgspec import Struct

from trajplan.actions.client_records import Detail
from trajplan.actions.context import Context
from trajplan.dates import parse_day, parse_past_day
from trajplan.errors import CannotDo, UsageFault
from trajplan.lint import steps, verbs
from trajplan.measures.goals import GoalCheck, GoalWords, is_too_narrow, missing_kinds, smart_checks
from trajplan.records import goals
from trajplan.records.command_forms import GoalForm, IndicatorForm
from trajplan.records.dossier import Dossier
from trajplan.records.fields import require_rating
from trajplan.records.model.commitments import Commitment
from trajplan.records.model.goals import (
    Goal,
    GoalChange,
    Indicator,
    IndicatorReading,
    IndicatorSeries,
)
from trajplan.records.store import Store
from trajplan.text import name_key, pattern, short_quote, there_are

NO_THEME = "none"
"""Said with `--under`: it is a theme itself."""


def new_goal(context: Context, form: GoalForm, *, client: str | None) -> Detail[Goal]:
    """Add a theme, or with `under` an objective.

    Raises UsageFault, CannotDo for an objective that has no theme, and where an open goal says the
    same already (F22).
    """
    with context.write(client) as records:
        own = records.own(Goal)
        _refuse_same(form, own)
        theme = _theme(own, form.under) if form.under else None
        if theme is None:
            _refuse_orphan(form, own)
        goal = add_goal(records, records.engagement.id, form, context.today, theme)
        return records.detail(goal)


def open_goals(context: Context, *, client: str | None) -> tuple[Goal, ...]:
    """Read the goals a new commitment might serve."""
    with context.read(client) as records:
        return records.own(Goal, status="open")


def add_goal(
    store: Store, engagement_id: int, form: GoalForm, today: dt.date, theme: Goal | None
) -> Goal:
    """Save a new theme, or an objective under one. Raises UsageFault when `when` is not a day."""
    return goals.insert_goal(
        store,
        engagement_id=engagement_id,
        today=today,
        parent_id=theme.id if theme else None,
        **_fields(form, today),
    )


def change_goal(
    context: Context, number: int, form: GoalForm, *, client: str | None
) -> Detail[Goal]:
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
        goal = goals.update_goal(
            records, goal.id, today=context.today, because=form.because, **changes
        )
        if "text" in changes:
            for commitment in records.select(Commitment, goal_id=goal.id):
                records.update(commitment, goal=goal.text)
        return records.detail(goal)


def _fields(form: GoalForm, today: dt.date) -> dict[str, Any]:
    """The fields of the record that the form names, but for its theme. Raises UsageFault."""
    require_rating(form.attainable, f"--attainable {form.attainable}")
    fields: dict[str, Any] = {
        "text": form.text.strip(),
        "measure": form.measure,
        "due": parse_day(form.when, today) if form.when else None,
        "attainable": form.attainable,
        "matters": form.matters,
        "status": form.status,
    }
    return _said(fields)


def _said(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in (None, "")}


def _changes(form: GoalForm, own: Sequence[Goal], today: dt.date) -> dict[str, Any]:
    """The fields of the record that the form changes."""
    changes = _fields(form, today)
    if form.under == NO_THEME:
        changes["parent_id"] = None
    elif form.under:
        changes["parent_id"] = goal_named(own, form.under, _under(own)).id
    return changes


def _refuse_same(form: GoalForm, own: Sequence[Goal]) -> None:
    """Two goals in the same words would be one goal told apart by its number alone."""
    for goal in own:
        if goal.status == "open" and same_words(goal.text, form.text):
            raise CannotDo(
                f"{short_quote(goal.text)} is {goal.level} {goal.number} already; "
                f"`trajplan goals update "
                f"{goal.number}` changes it, with --under THEME or --under none where it stands"
            )


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


def _under(own: Sequence[Goal]) -> str:
    return f"say --under THEME{_themes(own)}"


def _themes(own: Sequence[Goal]) -> str:
    themes = [f"{goal.number} {short_quote(goal.text)}" for goal in own if goal.level == "theme"]
    return f": {', '.join(themes)}" if themes else ". There is none yet; add it first, without them"


def _theme(own: Sequence[Goal], words: str) -> Goal:
    goal = goal_named(own, words, _under(own))
    if goal.level != "theme":
        raise CannotDo(
            f"goal {goal.number} is an objective, and an objective belongs under a theme"
            f"{_themes(own)}"
        )
    return goal


class MeantGoal(Struct, frozen=True):
    """The goal that words mean; where they mean none, the nearest, and what to say of that."""

    goal: Goal | None = None
    nearest: Goal | None = None
    hints: tuple[str, ...] = ()


def goal_named(own: Sequence[Goal], words: str, advice: str = "") -> Goal:
    """A goal that must be there. Raises CannotDo with `advice`, or naming the nearest."""
    meant = meant_goal(own, words)
    if meant.goal:
        return meant.goal
    near = meant.nearest
    there = (
        f"the nearest is {near.number} {short_quote(near.text)}" if near else "there is none yet"
    )
    raise CannotDo(f"no goal says {short_quote(words)}; {advice or there}")


def meant_goal(goals: Sequence[Goal], words: str) -> MeantGoal:
    """The goal that a number or words name (R86).

    Words name a goal when they are its own, or stand in just one goal that is open. Raises
    CannotDo for a number nobody has.
    """
    words = words.strip()
    if not words:
        return MeantGoal()
    if re.fullmatch(r"#?\d{1,6}", words):
        return MeantGoal(_goal_numbered(goals, int(words.removeprefix("#"))))
    key = name_key(words)
    same = [goal for goal in goals if name_key(goal.text) == key]
    within = [goal for goal in goals if goal.status == "open" and key in name_key(goal.text)]
    if same or len(within) == 1:
        return MeantGoal((same or within)[0])
    if not goals:
        hint = f"{short_quote(words)} is saved as words only; `trajplan goals add` makes it a goal"
        return MeantGoal(hints=(hint,))
    near = max(goals, key=lambda goal: SequenceMatcher(None, key, name_key(goal.text)).ratio())
    hint = (
        f"{short_quote(words)} is saved as words only, because no goal says that; the nearest is "
        f"{near.number} {short_quote(near.text)}"
    )
    return MeantGoal(nearest=near, hints=(hint,))


def _goal_numbered(goals: Sequence[Goal], number: int) -> Goal:
    for goal in goals:
        if goal.number == number:
            return goal
    there = there_are(goal.number for goal in goals)
    raise CannotDo(f"there is no goal {number}; {there}")


def same_words(text: str, other: str) -> bool:
    """Whether two texts say the same, capitals and signs apart."""
    return name_key(text) == name_key(other)


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


def goal_views(dossier: Dossier, today: dt.date) -> tuple[GoalView, ...]:
    """Every goal of the engagement with what hangs on it: each theme, then its objectives."""
    return tuple(goal_view(dossier, goal, today) for goal in _in_order(dossier))


def _in_order(dossier: Dossier) -> list[Goal]:
    """Each theme, then the objectives under it."""
    themes = [goal for goal in dossier.goals if goal.parent_id is None]
    return [goal for theme in themes for goal in (theme, *dossier.goals_under(theme.id))]


def words_of_goal(text: str) -> GoalWords:
    """What the lint reads in the words of a goal."""
    return GoalWords(
        few=len(verbs.words(text)) < steps.FEW_WORDS,
        vague=steps.vague(text),
        number=steps.has_number(text),
        time=steps.names_a_time(text),
        employer=steps.employer(text),
    )


def goal_view(dossier: Dossier, goal: Goal, today: dt.date) -> GoalView:
    """One goal with what hangs on it."""
    own = dossier.indicators_of(goal.id)
    words = words_of_goal(goal.text)
    objective = goal.level == "objective"
    return GoalView(
        goal=goal,
        under=dossier.goal_by_id.get(goal.parent_id or 0),
        checks=smart_checks(goal, words, own, today) if objective else (),
        hints=_hints(dossier, goal, words, own) if goal.status == "open" else (),
        indicators=own,
        commitments=dossier.commitments_for(goal.id),
        below=dossier.goals_under(goal.id),
        history=dossier.history_of(goal.id),
    )


def _hints(
    dossier: Dossier, goal: Goal, words: GoalWords, own: Sequence[IndicatorSeries]
) -> tuple[str, ...]:
    hints = []
    if is_too_narrow(goal, words, own):
        hints.append(
            f"one employer ({words.employer}) and one date are all it mentions; what would still "
            "be right with another employer, or later?"
        )
    if goal.level == "theme":
        if not any(objective.status == "open" for objective in dossier.goals_under(goal.id)):
            hints.append("no open objective leads to it yet")
        return tuple(hints)
    questions = {
        "leading": "no leading indicator; what would show early on that things are moving?",
        "lagging": "no lagging indicator; what will show in the end that it has been reached?",
    }
    around = [*dossier.indicators_of(None), *dossier.indicators_of(goal.parent_id)]
    return (*hints, *(questions[kind] for kind in missing_kinds([*own, *around])))


_NUMBER = pattern(r"[+-]?\d{1,12}(?:[.,]\d{1,6})?")


def new_indicator(
    context: Context, form: IndicatorForm, *, client: str | None
) -> Detail[Indicator]:
    """Add an indicator, with a first reading where one is given. Raises UsageFault, CannotDo."""
    if form.kind is None:
        raise UsageFault(
            "does it show early, or only at the end? Give --kind leading or --kind lagging"
        )
    with context.write(client) as records:
        goal = goal_named(records.own(Goal), form.goal) if form.goal else None
        indicator = add_indicator(records, records.engagement.id, form, context.today, goal)
        return records.detail(indicator)


def add_indicator(
    store: Store, engagement_id: int, form: IndicatorForm, today: dt.date, goal: Goal | None
) -> Indicator:
    """Save a new indicator, with a first reading where the form has one.

    Raises UsageFault, CannotDo where start and target are the same.
    """
    fields = _indicator_fields(form, today)
    _refuse_standstill(fields.get("start"), fields.get("target"))
    indicator = store.insert(
        Indicator(engagement_id=engagement_id, goal_id=goal.id if goal else None, **fields)
    )
    _add_reading(store, indicator, form, today)
    return indicator


def change_indicator(
    context: Context, number: int, form: IndicatorForm, *, client: str | None
) -> Detail[Indicator]:
    """Add a reading, or change what is counted. Raises UsageFault, NotFound, CannotDo."""
    with context.write(client) as records:
        indicator = records.numbered(Indicator, number)
        changes = _indicator_fields(form, context.today)
        if form.goal:
            changes["goal_id"] = goal_named(records.own(Goal), form.goal).id
        if not changes and not form.value and not form.date:
            raise UsageFault(
                "nothing to change; give --value with what was read, or another option"
            )
        _refuse_standstill(
            changes.get("start", indicator.start), changes.get("target", indicator.target)
        )
        indicator = records.update(indicator, **changes)
        _add_reading(records, indicator, form, context.today)
        return records.detail(indicator)


def _indicator_fields(form: IndicatorForm, today: dt.date) -> dict[str, Any]:
    """The fields of the record that the form names, but for its goal."""
    fields: dict[str, Any] = {
        "name": form.name.strip(),
        "kind": form.kind,
        "unit": form.unit,
        "start": parse_number(form.start, "--start") if form.start else None,
        "target": parse_number(form.target, "--target") if form.target else None,
        "due": parse_day(form.when, today) if form.when else None,
    }
    return _said(fields)


def parse_number(text: str, what: str) -> float:
    """Read `12`, `-3`, `2.5` or `2,5`. Raises UsageFault naming `what`."""
    plain = text.strip().replace("−", "-")
    if not _NUMBER.fullmatch(plain):
        raise UsageFault(f"{what} `{text}` is not a number; write it like 12 or 2.5")
    return float(plain.replace(",", "."))


def _add_reading(store: Store, indicator: Indicator, form: IndicatorForm, today: dt.date) -> None:
    if not form.value:
        if form.date:
            raise UsageFault("--date is the day of a reading; give it with --value")
        return
    day = parse_past_day(form.date, today)
    value = parse_number(form.value, "--value")
    store.insert(IndicatorReading(indicator_id=indicator.id, date=day, value=value))


def _refuse_standstill(start: float | None, target: float | None) -> None:
    if start is not None and start == target:
        raise CannotDo("start and target are the same number, so there is nothing to reach")
