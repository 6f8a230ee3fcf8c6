"""An intake: read with every fault at its place, and its goals and indicators saved (R86)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast, get_args

from msgspec import Struct

from trajplan.actions.goals import add_goal, add_indicator, parse_number
from trajplan.actions.sources import read_yaml_form, refuse
from trajplan.content.document import KeyPath, Report
from trajplan.content.shape import COLON, is_prose
from trajplan.dates import parse_clock, parse_day
from trajplan.errors import UsageFault
from trajplan.measures.goals import KINDS
from trajplan.records.command_forms import FormFile, GoalForm, IndicatorForm
from trajplan.records.fields import is_rating
from trajplan.records.forms import Intake
from trajplan.records.model.commitments import Wording
from trajplan.records.model.goals import Goal, IndicatorKind
from trajplan.records.model.journeys import LONGEST_SLUG, is_slug
from trajplan.records.store import Store
from trajplan.text import did_you_mean, few, name_key
from trajplan.vocabulary import BELIEF_KINDS
from trajplan.zones import check_zone

WORDINGS = get_args(Wording)
GOAL_KEYS = ("text", "theme", "measure", "when", "attainable", "matters")
INDICATOR_KEYS = ("name", "kind", "goal", "unit", "start", "target", "when", "value")


class ClientIntake(Struct, frozen=True):
    """An intake with the goals and indicators in it, and what to say of them."""

    form: Intake
    goals: tuple[GoalForm, ...] = ()
    indicators: tuple[IndicatorForm, ...] = ()
    hints: tuple[str, ...] = ()


def read_intake(source: FormFile | None, today: dt.date) -> ClientIntake:
    """Read an intake, or without one make an empty one. Raises InvalidContent with every fault."""
    if source is None:
        return ClientIntake(Intake(kind="intake"))
    form, report = read_intake_form(source, today)
    intake = _with_goals(form, today, report)
    refuse(report)
    return intake


def read_intake_form(source: FormFile, today: dt.date) -> tuple[Intake, Report]:
    """Read the keys of an intake, goals and indicators as they were typed.

    Raises InvalidContent with every fault of its shape; those of what it means are reported.
    """
    form, report = read_yaml_form(source, Intake, today)
    _check(report, ("start_time",), parse_clock, form.start_time)
    _check(report, ("time_zone",), check_zone, form.time_zone)
    _check(report, ("slug",), check_slug, form.slug)
    for index, assumption in enumerate(form.assumptions):
        keys = assumption if isinstance(assumption, Mapping) else {"text": assumption}
        text = keys.get("text")
        if not isinstance(text, str) or not text.strip():
            report.add(("assumptions", index), _text_missing("an assumption", assumption))
        kind = keys.get("kind")
        if kind is not None and kind not in BELIEF_KINDS:
            words = f"expected one of {', '.join(f'`{name}`' for name in BELIEF_KINDS)}"
            report.add(("assumptions", index, "kind"), words)
        wording = keys.get("wording")
        if wording is not None and wording not in WORDINGS:
            report.add(("assumptions", index, "wording"), "expected `exact` or `gist`")
    return form, report


def _text_missing(what: str, value: object) -> str:
    return COLON if is_prose(value) else f"{what} needs a `text`"


def check_slug(slug: str) -> None:
    """Raise UsageFault for what is no short name for the command line."""
    if not is_slug(slug):
        raise UsageFault(
            f"`{slug}` is not a slug; use letters and digits with single hyphens between, "
            f"{LONGEST_SLUG} at most"
        )


def save_goals(store: Store, engagement_id: int, intake: ClientIntake, today: dt.date) -> int:
    """Save goals and indicators, themes first so that every objective finds its own (R86).

    Returns how many goals that made; a theme that is only named by an objective is one of them.
    """
    saved: list[Goal] = []
    themes: dict[str, Goal] = {}
    by_words: dict[str, Goal] = {}

    def save(form: GoalForm, theme: Goal | None = None) -> Goal:
        goal = add_goal(store, engagement_id, form, today, theme)
        saved.append(goal)
        by_words.setdefault(name_key(goal.text), goal)
        if goal.level == "theme":
            themes.setdefault(name_key(goal.text), goal)
        return goal

    for form in intake.goals:
        if not form.under:
            save(form)
    for form in intake.goals:
        if form.under:
            save(form, themes.get(name_key(form.under)) or save(GoalForm(text=form.under)))
    for indicator in intake.indicators:
        served = by_words.get(name_key(indicator.goal)) if indicator.goal else None
        add_indicator(store, engagement_id, indicator, today, served)
    return len(saved)


def _check(report: Report, path: KeyPath, check: Callable[[str], object], text: str) -> None:
    """Report what a check says of a text; one that was left out is not checked."""
    try:
        if text:
            check(text)
    except UsageFault as fault:
        report.add(path, str(fault))


def _with_goals(form: Intake, today: dt.date, report: Report) -> ClientIntake:
    """Read goals and indicators; what cannot be taken is reported with its place.

    A key that is not known here is saved with the intake all the same, so it only makes a hint.
    """
    hints: list[str] = []
    goals = [
        _goal(_Fields(report, ("goals", index), goal, today), hints)
        for index, goal in enumerate(form.goals)
    ]
    indicators = [
        _indicator(_Fields(report, ("indicators", index), indicator, today), hints)
        for index, indicator in enumerate(form.indicators)
    ]
    _report_clashes(goals, report)
    names = [name for goal in goals for name in (goal.text, goal.under) if name]
    known = set(map(name_key, names))
    there = f"; there are {', '.join(few([f'“{name}”' for name in names]))}" if names else ""
    for index, indicator in enumerate(indicators):
        if indicator.goal and name_key(indicator.goal) not in known:
            report.add(("indicators", index, "goal"), f"no goal says “{indicator.goal}”{there}")
    return ClientIntake(form, tuple(goals), tuple(indicators), (*report.hints, *hints))


def _report_clashes(goals: Sequence[GoalForm], report: Report) -> None:
    """Report a goal told twice, and an objective that is the theme of another (F22).

    Goals have two levels; a theme made of an objective's words would be a second goal beside it.
    """
    told: set[str] = set()
    objectives: dict[str, GoalForm] = {}
    for goal in goals:
        if goal.under:
            objectives.setdefault(name_key(goal.text), goal)
    for index, goal in enumerate(goals):
        key = name_key(goal.text)
        if goal.text and key in told:
            report.add(("goals", index), f"“{goal.text}” is among the goals already")
        told.add(key)
        above = objectives.get(name_key(goal.under)) if goal.under else None
        if above:
            report.add(
                ("goals", index, "theme"),
                f"“{goal.under}” is an objective itself, under “{above.under}”; name that theme",
            )


def _goal(fields: _Fields, hints: list[str]) -> GoalForm:
    """One goal of an intake. Without a theme it is one."""
    if fields.words:
        return GoalForm(text=fields.words)
    hints += fields.unknown(GOAL_KEYS)
    theme = fields.text("theme")
    text = fields.text("text") or theme
    if not text:
        fields.fault("", _text_missing("a goal", fields.values))
    return GoalForm(
        text=text,
        under=theme if text != theme else "",
        measure=fields.text("measure"),
        when=fields.day("when"),
        attainable=fields.rating("attainable"),
        matters=fields.text("matters"),
    )


def _indicator(fields: _Fields, hints: list[str]) -> IndicatorForm:
    if fields.words:
        return IndicatorForm(name=fields.words)
    hints += fields.unknown(INDICATOR_KEYS)
    name = fields.text("name")
    if not name:
        fields.fault("", "an indicator needs a `name`")
    kind = fields.text("kind")
    if kind and kind not in KINDS:
        fields.fault("kind", f"`{kind}` is not a kind; use `leading` or `lagging`")
    start, target = fields.number("start"), fields.number("target")
    if start is not None and start == target:
        fields.fault("target", "start and target are the same number")
    return IndicatorForm(
        name=name,
        kind=cast("IndicatorKind", kind) if kind in KINDS else None,
        goal=fields.text("goal"),
        unit=fields.text("unit"),
        start=fields.text("start"),
        target=fields.text("target"),
        when=fields.day("when"),
        value=fields.number_text("value"),
    )


class _Fields:
    """What an intake says of one goal or indicator: words alone, or keys that may be any."""

    def __init__(
        self, report: Report, path: KeyPath, value: str | Mapping[str, Any], today: dt.date
    ) -> None:
        self.report = report
        self.path = path
        self.words = value.strip() if isinstance(value, str) else ""
        self.values = value if isinstance(value, Mapping) else {}
        self.today = today

    def unknown(self, keys: tuple[str, ...]) -> list[str]:
        """A hint for each key that is none of these."""
        return [
            f"{self.path[0]}: `{name}` is saved but not read{did_you_mean(name, keys)}"
            for name in self.values
            if name not in keys
        ]

    def fault(self, key: str, message: str) -> None:
        self.report.add((*self.path, key) if key else self.path, message)

    def text(self, key: str) -> str:
        value = self.values.get(key)
        if value is None:
            return ""
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            self.fault(key, "expected text")
            return ""
        return str(getattr(value, "text", value)).strip()

    def number(self, key: str) -> float | None:
        text = self.text(key)
        try:
            return parse_number(text, f"`{key}`") if text else None
        except UsageFault as fault:
            self.fault(key, str(fault))
            return None

    def number_text(self, key: str) -> str:
        """A number as it was typed; what is none is a fault."""
        self.number(key)
        return self.text(key)

    def rating(self, key: str) -> int | None:
        value = self.number(key)
        if value is not None and not is_rating(value):
            self.fault(
                key, f"{self.text(key)} is outside the scale; give a whole number from 1 to 10"
            )
            return None
        return None if value is None else int(value)

    def day(self, key: str) -> str:
        """A day as it was typed."""
        text = self.text(key)
        if not self.report.is_long:
            _check(self.report, (*self.path, key), lambda day: parse_day(day, self.today), text)
        return text
