"""The contract of the recommendation: one table from what is known of a client to a method (R19).

Apart from `model`, because few commands recommend and the others should not pay for these classes.
That the table leaves no case open and decides none twice is checked in
`library.checks.recommendation`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar, Literal, get_args

from annotated_types import Ge, Le

from trajplan.content.vocabulary import Method

STRICT: dict[str, Any] = {"extra": "forbid"}

Need = Literal["job_search", "skill_building", "values", "early_ideas", "transition", "leadership"]
ChangeSaid = Literal["incremental", "directional", "unsaid"]
Clarity = Annotated[int, Ge(1), Le(10)]
PathCount = Annotated[int, Ge(0), Le(99)]

NEEDS: tuple[str, ...] = get_args(Need)
CHANGES: tuple[str, ...] = get_args(ChangeSaid)
CLARITIES = range(1, 11)
THE_ONE = "method"
"""The only recommendation there is; a coach's own table takes its place under this id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClarityRange:
    """Clarity of the goal, both ends included; what is left out is open."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    min: Clarity = 1
    max: Clarity = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class PathRange:
    """Number of different directions, both ends included; without `max`: as many as there are."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    min: PathCount = 0
    max: PathCount | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One line of the table. A condition left out lets every value through."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    method: Method
    because: str
    """Why, in a sentence for the coach."""
    needs: tuple[Need, ...] = ()
    goal_clarity: ClarityRange = field(default_factory=ClarityRange)
    paths: PathRange = field(default_factory=PathRange)
    change: tuple[ChangeSaid, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodAbout:
    """What is said of a method where it is recommended."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    suits: str
    """What it is for."""
    limits: str
    """What it does not do well (R16)."""
    journey: str
    """The journey to take with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Methods:
    """All three methods; none may be missing."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    directive: MethodAbout
    exploratory: MethodAbout
    integrative: MethodAbout


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """The whole table: for every case exactly one rule."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    kind: Literal["recommendation"]
    id: str
    title: str
    methods: Methods
    rules: tuple[Rule, ...]
    purpose: str = ""
    silence: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Case:
    """One combination of what the table asks."""

    need: str
    goal_clarity: int
    paths: int
    change: str


def applies(rule: Rule, case: Case) -> bool:
    """Whether a rule decides this case."""
    clarity, paths = rule.goal_clarity, rule.paths
    return (
        (not rule.needs or case.need in rule.needs)
        and clarity.min <= case.goal_clarity <= clarity.max
        and paths.min <= case.paths
        and (paths.max is None or case.paths <= paths.max)
        and (not rule.change or case.change in rule.change)
    )


def path_counts(rules: Sequence[Rule]) -> range:
    """Numbers of directions worth telling apart: beyond the last one, no rule draws a line."""
    drawn = [one.paths.min for one in rules] + [one.paths.max or 0 for one in rules]
    return range(max(drawn, default=0) + 2)


def every_case(rules: Sequence[Rule]) -> Iterator[Case]:
    """Every combination the table has to decide, in a fixed order."""
    for need in NEEDS:
        for clarity in CLARITIES:
            for paths in path_counts(rules):
                for change in CHANGES:
                    yield Case(need, clarity, paths, change)
