"""Which method suits a client: the content's table read with what is known (R3, R19).

What is not known is never guessed: every case it could still be is looked up, and where they agree
on the method that is the answer; where they do not, each possible answer is named with what would
bring it about. That the kind of change was not said is a case of its own in the table.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from trajplan.content.recommendation_model import (
    CHANGES,
    CLARITIES,
    NEEDS,
    Case,
    MethodAbout,
    Recommendation,
    Rule,
    applies,
    path_counts,
)

UNSAID = "unsaid"


class MethodCriteria(Struct, frozen=True, kw_only=True):
    """What the intake says; None or an empty text: not said."""

    need: str = ""
    goal_clarity: int | None = None
    paths: int | None = None
    change: str = ""


class OpenCondition(Struct, frozen=True, kw_only=True):
    """One input that is not known, and the values that lead to an answer.

    `values` are words, or the first and last number; a last number of None has no upper end.
    """

    input: str
    values: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None


class Outcome(Struct, frozen=True, kw_only=True):
    """One answer that is still possible: the rule, its method, and what would bring it about."""

    rule: str
    method: str
    because: str
    conditions: tuple[OpenCondition, ...]


class MethodAdvice(Struct, frozen=True, kw_only=True):
    """What the table says. `method` is empty while it depends on something not known."""

    method: str
    about: MethodAbout | None
    outcomes: tuple[Outcome, ...]
    """Every answer what is known allows, in the table's order; one: it is decided."""
    missing: tuple[str, ...]
    """Inputs that were not given, in the table's words."""
    otherwise: tuple[Outcome, ...]
    """Other answers the kind of change would bring, were it said."""

    @property
    def rule(self) -> Outcome | None:
        """The rule that decided; None while several still could."""
        return self.outcomes[0] if len(self.outcomes) == 1 else None


def recommend(table: Recommendation, criteria: MethodCriteria) -> MethodAdvice:
    """Read the table. A table that passed its check has exactly one rule for every case."""
    outcomes = _outcomes(table.rules, criteria, (criteria.change or UNSAID,))
    methods = {outcome.method for outcome in outcomes}
    method = methods.pop() if len(methods) == 1 else ""
    rules = {outcome.rule for outcome in outcomes}
    otherwise = () if criteria.change else _outcomes(table.rules, criteria, CHANGES)
    return MethodAdvice(
        method=method,
        about=getattr(table.methods, method) if method else None,
        outcomes=outcomes,
        missing=tuple(
            name
            for name, missing in (
                ("need", not criteria.need),
                ("goal_clarity", criteria.goal_clarity is None),
                ("paths", criteria.paths is None),
                ("change", not criteria.change),
            )
            if missing
        ),
        otherwise=tuple(outcome for outcome in otherwise if outcome.rule not in rules),
    )


def _outcomes(
    rules: Sequence[Rule], criteria: MethodCriteria, changes: Sequence[str]
) -> tuple[Outcome, ...]:
    """Every rule that decides a case what is known leaves possible."""
    counts = path_counts(rules)
    # Beyond the last line a rule draws, one more direction makes no difference.
    paths = counts if criteria.paths is None else (min(criteria.paths, counts[-1]),)
    cases = [
        Case(need, clarity, count, change)
        for need in ((criteria.need,) if criteria.need else NEEDS)
        for clarity in (CLARITIES if criteria.goal_clarity is None else (criteria.goal_clarity,))
        for count in paths
        for change in changes
    ]
    return tuple(
        Outcome(
            rule=rule.id,
            method=rule.method,
            because=rule.because,
            conditions=_conditions(rule, criteria, changes),
        )
        for rule in rules
        if any(applies(rule, case) for case in cases)
    )


def _conditions(
    rule: Rule, criteria: MethodCriteria, changes: Sequence[str]
) -> tuple[OpenCondition, ...]:
    """What a rule asks of the inputs that are not known; what lets everything through is no
    condition."""
    conditions = []
    if not criteria.need and rule.needs:
        conditions.append(OpenCondition(input="need", values=rule.needs))
    clarity, paths = rule.goal_clarity, rule.paths
    if criteria.goal_clarity is None and (clarity.min, clarity.max) != (1, 10):
        conditions.append(OpenCondition(input="goal_clarity", least=clarity.min, most=clarity.max))
    if criteria.paths is None and (paths.min, paths.max) != (0, None):
        conditions.append(OpenCondition(input="paths", least=paths.min, most=paths.max))
    if len(changes) > 1 and rule.change:
        changes_said = tuple(change for change in rule.change if change != UNSAID)
        conditions.append(OpenCondition(input="change", values=changes_said))
    return tuple(conditions)
