"""The recommendation: every case is decided, and none by two rules (R19)."""

from __future__ import annotations

from trajplan.content.checks.texts import check_id, check_unique
from trajplan.content.document import Report
from trajplan.content.recommendation_model import THE_ONE, Case, Recommendation, applies, every_case
from trajplan.text import quote


def check_recommendation(table: Recommendation, report: Report) -> None:
    """Report another id than the one that is read, ranges upside down, holes and overlaps."""
    if report.sure(("id",)) and table.id != THE_ONE:
        words = f"the one recommendation is called `{THE_ONE}`, found {quote(table.id)}"
        report.add(("id",), words)
    for at, rule in enumerate(table.rules):
        check_id(rule.id, ("rules", at, "id"), report)
    named = [(("rules", at, "id"), one.id) for at, one in enumerate(table.rules)]
    check_unique(named, "rules", report)
    before = len(report.problems)
    for at, rule in enumerate(table.rules):
        _check_ends(at, "goal_clarity", rule.goal_clarity.min, rule.goal_clarity.max, report)
        _check_ends(at, "paths", rule.paths.min, rule.paths.max, report)
    # A rule that cannot be relied on may be meant to close any hole.
    if len(report.problems) == before and report.sure(("rules",)):
        _check_cases(table, report)


def _check_ends(at: int, key: str, low: int, high: int | None, report: Report) -> None:
    path = ("rules", at, key)
    if high is not None and low > high and report.sure(path):
        report.add(path, f"min ({low}) is more than max ({high})")


def _check_cases(table: Recommendation, report: Report) -> None:
    holes: list[Case] = []
    twice: dict[tuple[int, int], list[Case]] = {}
    for case in every_case(table.rules):
        found = [at for at, rule in enumerate(table.rules) if applies(rule, case)]
        if not found:
            holes.append(case)
        for later in found[1:]:
            twice.setdefault((found[0], later), []).append(case)
    if holes:
        report.add(("rules",), f"no rule decides {_cases(holes)}", at_key=True)
    for (first, later), cases in twice.items():
        line = report.document.place(("rules", first))[0]
        report.add(
            ("rules", later),
            f"rule `{table.rules[later].id}` also decides what `{table.rules[first].id}` "
            f"on line {line} decides already: {_cases(cases)}",
        )


def _cases(cases: list[Case]) -> str:
    """The first case in words, and how many stand behind it."""
    one = cases[0]
    change = "kind of change not said" if one.change == "unsaid" else f"{one.change} change"
    text = f"{one.need}, goal clarity {one.goal_clarity}, paths {one.paths}, {change}"
    return text if len(cases) == 1 else f"{text} (and {len(cases) - 1} more like it)"
