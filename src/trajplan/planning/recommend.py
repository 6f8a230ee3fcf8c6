"""Which method suits a client: the content's table read with what is known (R3, R19).

What is not known is never guessed: every case it could still be is looked up, and where they agree
on the method that is the answer; where they do not, every rule that could still decide is named.
That the kind of change was not said is a case of its own in the table.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from trajplan.content.recommendation_model import (
    CLARITIES,
    NEEDS,
    Case,
    MethodAbout,
    Recommendation,
    Rule,
    applies,
    path_counts,
)


class MethodCriteria(Struct, frozen=True, kw_only=True):
    """What the intake says; None or an empty text: not said."""

    need: str = ""
    goal_clarity: int | None = None
    paths: int | None = None
    change: str = ""


class MethodAdvice(Struct, frozen=True, kw_only=True):
    """What the table says. `method` is empty while it depends on something not known."""

    method: str
    about: MethodAbout | None
    rules: tuple[Rule, ...]
    """Every rule that what is known allows, in the table's order; one: it is decided."""
    missing: tuple[str, ...]
    """Inputs that were not given, in the table's words."""

    @property
    def rule(self) -> Rule | None:
        """The rule that decided; None while several still could."""
        return self.rules[0] if len(self.rules) == 1 else None


def recommend(table: Recommendation, criteria: MethodCriteria) -> MethodAdvice:
    """Read the table. A table that passed its check has exactly one rule for every case."""
    rules = _possible_rules(table.rules, criteria)
    methods = {rule.method for rule in rules}
    method = methods.pop() if len(methods) == 1 else ""
    return MethodAdvice(
        method=method,
        about=getattr(table.methods, method) if method else None,
        rules=rules,
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
    )


def _possible_rules(rules: Sequence[Rule], criteria: MethodCriteria) -> tuple[Rule, ...]:
    """Every rule that decides a case what is known leaves possible."""
    counts = path_counts(rules)
    # Beyond the last line a rule draws, one more direction makes no difference.
    paths = counts if criteria.paths is None else (min(criteria.paths, counts[-1]),)
    cases = [
        Case(need, clarity, count, criteria.change or "unsaid")
        for need in ((criteria.need,) if criteria.need else NEEDS)
        for clarity in (CLARITIES if criteria.goal_clarity is None else (criteria.goal_clarity,))
        for count in paths
    ]
    return tuple(rule for rule in rules if any(applies(rule, case) for case in cases))
