"""Decision sessions: explore first, long enough and widely enough (R52, R53)."""

from __future__ import annotations

from dataclasses import replace

from trajplan.content.checks.session_minutes import binding
from trajplan.content.model import SessionBlueprint
from trajplan.content.report import View
from trajplan.content.rules import (
    EXPLORE_FLOOR,
    explore_group,
    first_too_early,
    may_explore,
    missing_covers,
)


def check_covers(blueprint: SessionBlueprint, view: View) -> None:
    """Report `covers` on a segment that does not explore."""
    for at, segment in enumerate(blueprint.segments):
        path = ("segments", at, "covers")
        stance = ("segments", at, "stance")
        if segment.covers and segment.stance != "explore" and view.sure(path, stance):
            view.add(path, "`covers` belongs to segments with stance `explore`")


def check_exploration(blueprint: SessionBlueprint, view: View) -> None:
    """Report options that come too early, and exploration that is too short or too narrow."""
    segments = blueprint.segments
    parts = ("component", "stance")
    if not blueprint.decision or not view.sure(
        ("decision",),
        *(("segments", at, part) for at in range(len(segments)) for part in parts),
    ):
        return
    if not any(may_explore(one) for one in segments):
        view.add(
            ("segments",),
            f"a decision session explores for {EXPLORE_FLOOR} minutes before any option; "
            "no segment after Context Setting has stance `explore`",
            at_key=True,
        )
        return
    early = first_too_early(segments)
    for at in early:
        view.add(
            ("segments", at, "stance"),
            f"`{segments[at].stance}` stands before any exploration of the problem; "
            "in a decision session a segment with stance `explore` comes first",
        )
    # Judge the floor as it is once the early ones have moved: their fault is reported above.
    settled = tuple(
        replace(one, stance="open") if at in early else one for at, one in enumerate(segments)
    )
    group = explore_group(settled)
    _check_floor(blueprint, group, view)
    missing = missing_covers(segments, group)
    if missing and view.sure(*(("segments", at, "covers") for at in group)):
        listed = ", ".join(f"`{one}`" for one in missing)
        view.add(
            ("segments", group[0], "covers"),
            f"exploration before the first `options` segment leaves out {listed}",
        )


def _check_floor(blueprint: SessionBlueprint, group: tuple[int, ...], view: View) -> None:
    if not view.sure(*(("segments", at, "minutes") for at in group)):
        return
    bounds = [blueprint.segments[at].minutes for at in group]
    most = sum(one.max for one in bounds)
    if most < EXPLORE_FLOOR:
        at = binding(group, lambda one: blueprint.segments[one].minutes.max, view)
        view.add(
            ("segments", at, "minutes", "max"),
            f"exploration before the first `options` segment can take at most {most} minutes; "
            f"a decision session needs {EXPLORE_FLOOR}",
        )
