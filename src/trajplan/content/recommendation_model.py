"""The recommendation: one table from what is known of a client to a method (R19).

Apart from `model`, because few commands recommend and the others should not pay for these classes.
That the table leaves no case open and decides none twice is checked in
`content.checks.content`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Literal, get_args

from msgspec import Meta, Struct

from trajplan.vocabulary import Change, Method, Need

ChangeSaid = Literal[Change, "unsaid"]
Clarity = Annotated[int, Meta(ge=1, le=10)]
PathCount = Annotated[int, Meta(ge=0, le=99)]

NEEDS: tuple[str, ...] = get_args(Need)
CHANGES: tuple[str, ...] = get_args(ChangeSaid)
CLARITIES = range(1, 11)
THE_ONE = "method"
"""The only recommendation there is; a coach's own table takes its place under this id."""


class ClarityRange(Struct, frozen=True, kw_only=True):
    """Clarity of the goal, both ends included; what is left out is open."""

    min: Clarity = 1
    max: Clarity = 10


class PathRange(Struct, frozen=True, kw_only=True):
    """Number of different directions, both ends included; without `max`: as many as there are."""

    min: PathCount = 0
    max: PathCount | None = None


class Rule(Struct, frozen=True, kw_only=True):
    """One line of the table. A condition left out lets every value through."""

    id: str
    method: Method
    because: str
    """Why, in a sentence for the coach."""
    needs: tuple[Need, ...] = ()
    goal_clarity: ClarityRange = ClarityRange()
    paths: PathRange = PathRange()
    change: tuple[ChangeSaid, ...] = ()


class MethodAbout(Struct, frozen=True, kw_only=True):
    """What is said of a method where it is recommended."""

    suits: str
    """What it is for."""
    limits: str
    """What it does not do well (R16)."""
    journey: str
    """The journey to take with it."""


class Methods(Struct, frozen=True, kw_only=True):
    """All three methods; none may be missing."""

    directive: MethodAbout
    exploratory: MethodAbout
    integrative: MethodAbout


class Recommendation(Struct, frozen=True, kw_only=True):
    """The whole table: for every case exactly one rule."""

    kind: Literal["recommendation"]
    id: str
    title: str
    methods: Methods
    rules: tuple[Rule, ...]
    purpose: str = ""
    silence: Mapping[str, str] = {}


class Case(Struct, frozen=True):
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
    drawn = [rule.paths.min for rule in rules] + [rule.paths.max or 0 for rule in rules]
    return range(max(drawn, default=0) + 2)


def every_case(rules: Sequence[Rule]) -> Iterator[Case]:
    """Every combination the table has to decide, in a fixed order."""
    for need in NEEDS:
        for clarity in CLARITIES:
            for paths in path_counts(rules):
                for change in CHANGES:
                    yield Case(need, clarity, paths, change)
