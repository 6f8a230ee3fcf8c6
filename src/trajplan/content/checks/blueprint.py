"""All rules of one session blueprint, in the order a coach would mend it."""

from __future__ import annotations

from trajplan.content.checks.components import check_components
from trajplan.content.checks.decision import check_covers, check_exploration
from trajplan.content.checks.energy import Rule, check_variants
from trajplan.content.checks.ids import check_id, check_unique
from trajplan.content.checks.session_minutes import check_bounds, check_context, check_length
from trajplan.content.model import SessionBlueprint
from trajplan.content.report import Report

MAX_SEGMENTS = 60
# What a variant can change; each holds for the blueprint and for every merged one.
_RULES: tuple[Rule, ...] = (
    check_bounds,
    check_components,
    check_context,
    check_exploration,
    check_length,
)


def check_blueprint(blueprint: SessionBlueprint, report: Report) -> None:
    """Report every fault of one blueprint that can be seen without other files."""
    check_id(blueprint.id, ("id",), report)
    _check_objectives(blueprint, report)
    _check_calls(blueprint, report)
    if len(blueprint.segments) > MAX_SEGMENTS:
        report.add(("segments",), f"more than {MAX_SEGMENTS} segments", at_key=True)
        return
    for at, segment in enumerate(blueprint.segments):
        check_id(segment.id, ("segments", at, "id"), report, underscores=True)
    named = [(("segments", at, "id"), one.id) for at, one in enumerate(blueprint.segments)]
    check_unique(named, "segments", report)
    check_covers(blueprint, report)
    kept: list[Rule] = []
    for rule in _RULES:
        before = len(report.problems)
        rule(blueprint, report)
        if len(report.problems) == before:
            kept.append(rule)
    check_variants(blueprint, report, kept)


def _check_calls(blueprint: SessionBlueprint, report: Report) -> None:
    """A blueprint called for by a situation says which."""
    if "situation" in blueprint.called_for and not blueprint.scenarios:
        at = blueprint.called_for.index("situation")
        if report.sure(("called_for", at), ("scenarios",)):
            words = "`situation` needs `scenarios`: which situations call for it"
            report.add(("called_for", at), words)


def _check_objectives(blueprint: SessionBlueprint, report: Report) -> None:
    """One to three objectives, and no segment that serves a fourth (R54, R55)."""
    count = len(blueprint.objectives)
    if not report.there(("objectives",)):
        return
    if not 1 <= count <= 3:
        report.add(("objectives",), f"a session has one to three objectives, found {count}")
        return
    for at, segment in enumerate(blueprint.segments):
        path = ("segments", at, "objective")
        if segment.objective > count and report.sure(path):
            report.add(path, f"there is no objective {segment.objective}; the session has {count}")
