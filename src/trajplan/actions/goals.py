"""`goals`: themes and objectives, with what serves them and what they were before (R85-R87)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from msgspec import Struct

from trajplan.actions.context import Context
from trajplan.actions.goal_paths import meant_goal
from trajplan.actions.resolve import ClientEngagement, case_of, last_held
from trajplan.dates import parse_day
from trajplan.errors import CannotDo, NotFound, UsageFault
from trajplan.measures.goals import GoalCheck, GoalWords, is_too_narrow, missing_kinds, smart_checks
from trajplan.records import clients, commitments, goals, indicators
from trajplan.records.goal_records import Indicator
from trajplan.records.model import (
    WAITING,
    Client,
    Commitment,
    Engagement,
    Goal,
    GoalChange,
    GoalStatus,
    Session,
)
from trajplan.records.store import Store, reading, writing

NO_THEME = "none"
"""Said with `--under`: it is a theme itself."""


class GoalView(Struct, frozen=True, kw_only=True):
    """One goal with what hangs on it."""

    goal: Goal
    under: Goal | None
    """The theme it stands under."""
    checks: tuple[GoalCheck, ...]
    """The checklist SMART; empty for a theme, which needs neither number nor date."""
    hints: tuple[str, ...]
    indicators: tuple[Indicator, ...]
    commitments: tuple[Commitment, ...]
    below: tuple[Goal, ...]
    """The objectives under a theme."""
    history: tuple[GoalChange, ...]


class GoalTree(Struct, frozen=True, kw_only=True):
    """A client's goals: each theme, then the objectives under it."""

    client: Client
    views: tuple[GoalView, ...]
    indicators: tuple[Indicator, ...]
    """Those of the journey as a whole."""
    commitments: tuple[Commitment, ...]
    """Those that serve no goal and are still to do."""
    hints: tuple[str, ...]


class GoalPage(Struct, frozen=True, kw_only=True):
    """One goal of a client; `place`: where in the journey it is looked at."""

    client: Client
    place: str
    view: GoalView


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalWishes:
    """What was said of a goal; None or empty: not said."""

    text: str = ""
    under: str = ""
    """The theme, by number or words."""
    measure: str = ""
    when: str = ""
    attainable: int | None = None
    matters: str = ""
    status: GoalStatus | None = None
    because: str = ""


def all_goals(context: Context, *, client: str | None) -> GoalTree:
    """Read every goal of the client's engagement with what hangs on it."""
    with reading(context.practice) as store:
        case = case_of(store, client)
        book = _Book.of(store, case.engagement, context.today)
        views = tuple(book.view(store, one) for one in book.in_order())
        return GoalTree(
            client=case.client,
            views=views,
            indicators=tuple(one for one in book.indicators if one.goal_id is None),
            commitments=tuple(
                one for one in book.commitments if one.goal_id is None and one.status in WAITING
            ),
            hints=tuple(
                f"{one.goal.level.capitalize()} {one.goal.number}: {hint}"
                for one in views
                for hint in one.hints
            ),
        )


def open_goals(context: Context, *, client: str | None) -> tuple[Goal, ...]:
    """Read the goals a new commitment might serve."""
    with reading(context.practice) as store:
        case = case_of(store, client)
        found = store.select(Goal, engagement_id=case.engagement.id)
        return tuple(one for one in found if one.status == "open")


def one_goal(context: Context, number: int, *, client: str | None) -> GoalPage:
    """Read one goal with its history."""
    with reading(context.practice) as store:
        case = case_of(store, client)
        return _page(store, context, case, _own(store, case, number))


def new_goal(context: Context, wanted: GoalWishes, *, client: str | None) -> GoalPage:
    """Add a theme, or with `under` an objective.

    Raises UsageFault when empty, CannotDo for an objective that has no theme.
    """
    if not wanted.text.strip():
        raise UsageFault("a goal needs words; give them, or --from - to type them in")
    with writing(context.practice, create=False) as store:
        case = case_of(store, client, context.today)
        every = store.select(Goal, engagement_id=case.engagement.id)
        theme = _theme(every, wanted.under) if wanted.under else None
        if theme is None:
            _refuse_orphan(wanted, every)
        made = goals.add(
            store,
            engagement_id=case.engagement.id,
            text=wanted.text.strip(),
            today=context.today,
            parent_id=theme.id if theme else None,
            measure=wanted.measure,
            due=parse_day(wanted.when, context.today) if wanted.when else None,
            attainable=wanted.attainable,
            matters=wanted.matters,
        )
        clients.touch(store, case.client.id)
        return _page(store, context, case, made)


def change_goal(
    context: Context, number: int, wanted: GoalWishes, *, client: str | None
) -> GoalPage:
    """Change what was said of a goal; what it was stays in its history.

    Raises UsageFault when nothing is given, NotFound, CannotDo for an orphan or a loop.
    """
    with writing(context.practice, create=False) as store:
        case = case_of(store, client, context.today)
        goal = _own(store, case, number)
        changes = _changes(store, context.today, case, wanted)
        if not changes and not wanted.because:
            raise UsageFault(
                "nothing to change; give --text, --under, --measure, --when, --attainable, "
                "--matters or --status"
            )
        changed = goals.update(
            store, goal.id, today=context.today, because=wanted.because, **changes
        )
        if "text" in changes:
            commitments.reword_goal(store, changed)
        clients.touch(store, case.client.id)
        return _page(store, context, case, changed)


def _changes(
    store: Store, today: dt.date, case: ClientEngagement, wanted: GoalWishes
) -> dict[str, Any]:
    said: dict[str, Any] = {
        "text": wanted.text.strip(),
        "measure": wanted.measure,
        "due": parse_day(wanted.when, today) if wanted.when else None,
        "attainable": wanted.attainable,
        "matters": wanted.matters,
        "status": wanted.status,
    }
    changes = {name: value for name, value in said.items() if value not in (None, "")}
    if wanted.under == NO_THEME:
        changes["parent_id"] = None
    elif wanted.under:
        every = store.select(Goal, engagement_id=case.engagement.id)
        changes["parent_id"] = _meant(every, wanted.under).id
    return changes


def _refuse_orphan(wanted: GoalWishes, every: Sequence[Goal]) -> None:
    """A goal with a number, a date or a rating is an objective, and that stands under a theme."""
    named = {
        "--measure": wanted.measure,
        "--when": wanted.when,
        "--attainable": wanted.attainable,
    }
    given = [name for name, value in named.items() if value]
    if given:
        make = "makes" if len(given) == 1 else "make"
        raise CannotDo(
            f"{' and '.join(given)} {make} it an objective, and an objective stands under a "
            f"theme; say --under THEME{_themes(every)}"
        )


def _themes(every: Sequence[Goal]) -> str:
    themes = [f"{one.number} “{one.text}”" for one in every if one.level == "theme"]
    return f": {', '.join(themes)}" if themes else ". There is none yet; add it first, without them"


def _theme(every: Sequence[Goal], said: str) -> Goal:
    found = _meant(every, said)
    if found.level != "theme":
        raise CannotDo(
            f"goal {found.number} is an objective, and an objective stands under a theme"
            f"{_themes(every)}"
        )
    return found


def _meant(every: Sequence[Goal], said: str) -> Goal:
    """A goal that must be there. Raises CannotDo naming the nearest."""
    found, _ = meant_goal(every, said)
    if found is None:
        raise CannotDo(f"no goal says “{said}”; say --under THEME{_themes(every)}")
    return found


def _own(store: Store, case: ClientEngagement, number: int) -> Goal:
    own = {one.number: one for one in store.select(Goal, engagement_id=case.engagement.id)}
    if number not in own:
        there = f"there are {', '.join(map(str, own))}" if own else "there is none yet"
        raise NotFound(f"`{case.client.slug}` has no goal {number}; {there}")
    return own[number]


def place_of(store: Store, engagement: Engagement) -> str:
    """Where in the journey something is written down that belongs to no session."""
    last = last_held(store.select(Session, engagement_id=engagement.id))
    return f"after session {last.number}" if last else "before session 1"


def _page(store: Store, context: Context, case: ClientEngagement, goal: Goal) -> GoalPage:
    book = _Book.of(store, case.engagement, context.today)
    return GoalPage(
        client=case.client, place=place_of(store, case.engagement), view=book.view(store, goal)
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


@dataclass(frozen=True, slots=True)
class _Book:
    """All goals of an engagement with what serves them, read once."""

    goals: tuple[Goal, ...]
    indicators: tuple[Indicator, ...]
    commitments: tuple[Commitment, ...]
    today: dt.date

    @classmethod
    def of(cls, store: Store, engagement: Engagement, today: dt.date) -> _Book:
        return cls(
            store.select(Goal, engagement_id=engagement.id),
            indicators.of_engagement(store, engagement.id),
            store.select(Commitment, engagement_id=engagement.id),
            today,
        )

    def in_order(self) -> list[Goal]:
        """Each theme, then the objectives under it."""
        themes = [one for one in self.goals if one.parent_id is None]
        return [one for theme in themes for one in (theme, *self._below(theme))]

    def _below(self, goal: Goal) -> tuple[Goal, ...]:
        return tuple(one for one in self.goals if one.parent_id == goal.id)

    def view(self, store: Store, goal: Goal) -> GoalView:
        own = tuple(one for one in self.indicators if one.goal_id == goal.id)
        words = words_of_goal(goal.text)
        objective = goal.level == "objective"
        return GoalView(
            goal=goal,
            under=next((one for one in self.goals if one.id == goal.parent_id), None),
            checks=smart_checks(goal, words, own, self.today) if objective else (),
            hints=self._hints(goal, words, own) if goal.status == "open" else (),
            indicators=own,
            commitments=tuple(one for one in self.commitments if one.goal_id == goal.id),
            below=self._below(goal),
            history=store.select(GoalChange, goal_id=goal.id),
        )

    def _hints(self, goal: Goal, words: GoalWords, own: Sequence[Indicator]) -> tuple[str, ...]:
        found = []
        if is_too_narrow(goal, words, own):
            found.append(
                f"one employer ({words.employer}) and one date are all there is; "
                "what would still be right with another employer, or later?"
            )
        if goal.level == "theme":
            if not any(one.status == "open" for one in self._below(goal)):
                found.append("no open objective leads there yet")
            return tuple(found)
        asked = {
            "leading": "no leading indicator; what would show early that it moves?",
            "lagging": "no lagging indicator; what will show at the end that it is reached?",
        }
        around = [one for one in self.indicators if one.goal_id in (None, goal.parent_id)]
        return (*found, *(asked[kind] for kind in missing_kinds([*own, *around])))
