"""The recommendation: every case is decided, and none by two rules (R19)."""

from __future__ import annotations

from trajplan.content.checks.texts import check_ids
from trajplan.content.document import Report
from trajplan.content.recommendation_model import THE_ONE, Case, Recommendation, applies, every_case
from trajplan.text import quote


def check_recommendation(table: Recommendation, report: Report) -> None:
    """Report another id than the one that is read, ranges upside down, holes and overlaps."""
    if table.id != THE_ONE:
        words = f"the only recommendation is called `{THE_ONE}`, found {quote(table.id)}"
        report.add(("id",), words)
    check_ids(table.rules, ("rules",), report)
    before = len(report.problems)
    for index, rule in enumerate(table.rules):
        for key, ends in (("goal_clarity", rule.goal_clarity), ("paths", rule.paths)):
            if ends.max is not None and ends.min > ends.max:
                words = f"min ({ends.min}) is more than max ({ends.max})"
                report.add(("rules", index, key), words)
    # A rule whose range is upside down may be meant to close any hole.
    if len(report.problems) == before:
        _check_cases(table, report)


def _check_cases(table: Recommendation, report: Report) -> None:
    holes: list[Case] = []
    twice: dict[tuple[int, int], list[Case]] = {}
    for case in every_case(table.rules):
        deciding = [index for index, rule in enumerate(table.rules) if applies(rule, case)]
        if not deciding:
            holes.append(case)
        for later in deciding[1:]:
            twice.setdefault((deciding[0], later), []).append(case)
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
    case = cases[0]
    change = "kind of change not said" if case.change == "unsaid" else f"{case.change} change"
    text = f"{case.need}, goal clarity {case.goal_clarity}, paths {case.paths}, {change}"
    return text if len(cases) == 1 else f"{text} (and {len(cases) - 1} more like it)"
