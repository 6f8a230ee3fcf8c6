"""Goals and indicators of an intake: read with their faults placed, then kept as records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from trajplan.actions.goal_paths import same_words
from trajplan.actions.numbers import parse_number
from trajplan.content.document import Report
from trajplan.dates import parse_day
from trajplan.errors import UsageFault
from trajplan.records import goals, indicators
from trajplan.records.forms import Intake
from trajplan.records.model import Engagement, Goal, IndicatorKind
from trajplan.records.store import Store
from trajplan.text import did_you_mean

GOAL_KEYS = ("text", "theme", "measure", "when", "attainable", "matters")
INDICATOR_KEYS = ("name", "kind", "goal", "unit", "start", "target", "when", "value")
KINDS = ("leading", "lagging")


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """One goal of an intake. Without a theme it is one."""

    text: str
    theme: str = ""
    measure: str = ""
    due: dt.date | None = None
    attainable: int | None = None
    matters: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """One indicator of an intake."""

    name: str
    kind: IndicatorKind | None = None
    goal: str = ""
    unit: str = ""
    start: float | None = None
    target: float | None = None
    due: dt.date | None = None
    value: float | None = None


@dataclass(frozen=True, slots=True)
class Aims:
    """What an intake says of goals."""

    goals: tuple[Aim, ...] = ()
    indicators: tuple[Sign, ...] = ()
    hints: tuple[str, ...] = ()


def aims_of(intake: Intake, today: dt.date, report: Report) -> Aims:
    """Read goals and indicators; what cannot be taken is reported with its place.

    A key that is not known here was always kept with the intake, so it only makes a hint.
    """
    hints: list[str] = []
    aims = [
        _aim(_Node(report, ("goals", at), one, GOAL_KEYS, hints, today), one)
        for at, one in enumerate(intake.goals)
    ]
    signs = [
        _sign(_Node(report, ("indicators", at), one, INDICATOR_KEYS, hints, today), one)
        for at, one in enumerate(intake.indicators)
    ]
    words = [name for one in aims for name in (one.text, one.theme) if name]
    for at, sign in enumerate(signs):
        if sign.goal and not any(same_words(sign.goal, one) for one in words):
            there = "; there are " + ", ".join(f"“{one}”" for one in words) if words else ""
            report.add(("indicators", at, "goal"), f"no goal says “{sign.goal}”{there}")
    return Aims(tuple(aims), tuple(signs), tuple(hints))


def _aim(node: _Node, said: str | Mapping[str, Any]) -> Aim:
    if isinstance(said, str):
        return Aim(text=said.strip())
    theme = node.text("theme")
    text = node.text("text") or theme
    if not text:
        node.fault("", "a goal needs a `text`")
    return Aim(
        text=text,
        theme=theme if text != theme else "",
        measure=node.text("measure"),
        due=node.day("when"),
        attainable=node.rating("attainable"),
        matters=node.text("matters"),
    )


def _sign(node: _Node, said: str | Mapping[str, Any]) -> Sign:
    if isinstance(said, str):
        return Sign(name=said.strip())
    name = node.text("name")
    if not name:
        node.fault("", "an indicator needs a `name`")
    kind = node.text("kind")
    if kind and kind not in KINDS:
        node.fault("kind", f"`{kind}` is no kind; possible are `leading` and `lagging`")
    start, target = node.number("start"), node.number("target")
    if start is not None and start == target:
        node.fault("target", "start and target are the same number")
    return Sign(
        name=name,
        kind=cast("IndicatorKind", kind) if kind in KINDS else None,
        goal=node.text("goal"),
        unit=node.text("unit"),
        start=start,
        target=target,
        due=node.day("when"),
        value=node.number("value"),
    )


class _Node:
    """One mapping of the intake, whose keys may be anything."""

    def __init__(
        self,
        report: Report,
        path: tuple[str | int, ...],
        said: str | Mapping[str, Any],
        keys: tuple[str, ...],
        hints: list[str],
        today: dt.date,
    ) -> None:
        self.report = report
        self.path = path
        self.said = said if isinstance(said, Mapping) else {}
        self.today = today
        for name in self.said:
            if name not in keys:
                hints.append(f"{path[0]}: `{name}` is kept and not read{did_you_mean(name, keys)}")

    def fault(self, key: str, message: str) -> None:
        self.report.add((*self.path, key) if key else self.path, message)

    def text(self, key: str) -> str:
        value = self.said.get(key)
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

    def rating(self, key: str) -> int | None:
        value = self.number(key)
        if value is not None and (value % 1 or not 1 <= value <= 10):
            self.fault(key, f"{self.text(key)} is outside the scale; a whole number from 1 to 10")
            return None
        return None if value is None else int(value)

    def day(self, key: str) -> dt.date | None:
        text = self.text(key)
        try:
            return parse_day(text, self.today) if text else None
        except UsageFault as fault:
            self.fault(key, str(fault))
            return None


def keep_aims(store: Store, engagement: Engagement, aims: Aims, today: dt.date) -> int:
    """Keep them as records, themes first so that every objective finds its own (R86).

    Returns how many goals that made; a theme that is only named by an objective is one of them.
    """
    kept: list[Goal] = []

    def keep(aim: Aim, under: Goal | None = None) -> Goal:
        kept.append(
            goals.add(
                store,
                engagement_id=engagement.id,
                text=aim.text,
                today=today,
                parent_id=under.id if under else None,
                measure=aim.measure,
                due=aim.due,
                attainable=aim.attainable,
                matters=aim.matters,
            )
        )
        return kept[-1]

    def theme(words: str) -> Goal:
        found = (one for one in kept if one.level == "theme" and same_words(one.text, words))
        return next(found, None) or keep(Aim(text=words))

    for aim in aims.goals:
        if not aim.theme:
            keep(aim)
    for aim in aims.goals:
        if aim.theme:
            keep(aim, theme(aim.theme))
    for sign in aims.indicators:
        goal = next((one for one in kept if sign.goal and same_words(one.text, sign.goal)), None)
        made = indicators.add(
            store,
            engagement_id=engagement.id,
            goal_id=goal.id if goal else None,
            name=sign.name,
            kind=sign.kind,
            unit=sign.unit,
            start=sign.start,
            target=sign.target,
            due=sign.due,
        )
        if sign.value is not None:
            indicators.read(store, made.id, date=today, value=sign.value)
    return len(kept)
