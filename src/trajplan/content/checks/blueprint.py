"""Minutes of a session: bounds, Context Setting (R41), and whether the whole can add up.

The Five Components, all there and in order (R40).

Decision sessions: explore first, long enough and widely enough (R52, R53).

All rules of one session blueprint, in the order a coach would mend it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from trajplan.content.checks.energy import Rule, check_variants
from trajplan.content.checks.texts import check_id, check_unique
from trajplan.content.document import KeyPath, Report, View
from trajplan.content.model import Segment, SessionBlueprint
from trajplan.content.session_rules import (
    EXPLORE_FLOOR,
    context_bounds,
    context_group,
    explore_group,
    first_too_early,
    kept_choices,
    may_explore,
    minutes_range,
    missing_components,
    missing_covers,
)
from trajplan.content.vocabulary import COMPONENTS

_LENGTHS = range(15, 481)


def check_bounds(blueprint: SessionBlueprint, view: View) -> None:
    """Report bounds that are not min <= ideal <= max, and rely on them no further."""
    for at, segment in enumerate(blueprint.segments):
        path: KeyPath = ("segments", at, "minutes")
        if not view.sure(path):
            continue
        low, ideal, high = segment.minutes.min, segment.minutes.ideal, segment.minutes.max
        if low > high:
            view.add((*path, "min"), f"min ({low}) is more than max ({high})")
        elif ideal < low:
            view.add((*path, "ideal"), f"ideal ({ideal}) is less than min ({low})")
        elif ideal > high:
            view.add((*path, "ideal"), f"ideal ({ideal}) is more than max ({high})")
        else:
            continue
        view.doubt(path)


def check_context(blueprint: SessionBlueprint, view: View) -> None:
    """Report Context Setting that cannot keep its bounds at the blueprint's own length (R41)."""
    segments = blueprint.segments
    group = context_group(segments)
    if not group or not _sure(blueprint, view):
        return
    lower, upper = context_bounds(blueprint.minutes)
    most = sum(segments[at].minutes.max for at in group)
    least = sum(segments[at].minutes.min for at in group if not segments[at].optional)
    needs = f"a session of {blueprint.minutes} minutes needs {lower} to {upper}"
    if most < lower:
        at = binding(group, lambda one: segments[one].minutes.max, view)
        where: KeyPath = ("segments", at, "minutes", "max")
        view.add(where, f"Context Setting can take at most {most} minutes; {needs}")
    elif least > upper:
        at = binding(group, lambda one: segments[one].minutes.min, view)
        where = ("segments", at, "minutes", "min")
        view.add(where, f"Context Setting takes at least {least} minutes; {needs}")


def check_length(blueprint: SessionBlueprint, view: View) -> None:
    """Report a length that no minutes within the bounds add up to, with the nearest that works."""
    if not _sure(blueprint, view) or not blueprint.segments:
        return
    if blueprint.decision and not view.sure(
        *(("segments", at, "covers") for at in range(len(blueprint.segments)))
    ):
        return
    dropping = kept_choices(blueprint.segments, decision=blueprint.decision)
    choices = [kept for kept, _ in dropping]
    length = blueprint.minutes
    if _works(choices, length, decision=blueprint.decision):
        return
    ranges = [
        one
        for kept in choices
        if (one := minutes_range(kept, length, decision=blueprint.decision)) is not None
    ]
    if not ranges:
        return  # Context Setting or the explore floor cannot be kept: reported as that
    least, most = min(one[0] for one in ranges), max(one[1] for one in ranges)
    if length < least:
        what = f"the segments need at least {least} minutes"
        if blueprint.decision:
            what += f", {EXPLORE_FLOOR} of exploration among them"
    elif length > most:
        what = f"the segments can take at most {most} minutes"
    else:
        what = "no minutes within the segments' bounds add up to the session"
    near = [one for one in _LENGTHS if _works(choices, one, decision=blueprint.decision)]
    advice = (
        f"the nearest length that works is {min(near, key=lambda one: abs(one - length))}"
        if near
        else "no length works"
    )
    where: KeyPath = ("minutes",) if view.has(("minutes",)) else ("segments",)
    view.add(where, f"{what}, the session has {length}; {advice}")


def binding(group: Sequence[int], weight: Callable[[int], int], view: View) -> int:
    """Return the segment of a group to point at: the weightiest one that can be mended here."""
    return max(group, key=lambda at: (view.changeable(("segments", at, "minutes")), weight(at)))


def _works(choices: Sequence[Sequence[Segment]], length: int, *, decision: bool) -> bool:
    for kept in choices:
        span = minutes_range(kept, length, decision=decision)
        if span is not None and span[0] <= length <= span[1]:
            return True
    return False


def _sure(blueprint: SessionBlueprint, view: View) -> bool:
    """Whether everything these sums are made of was read as written."""
    parts = ("component", "minutes", "stance", "optional")
    return view.sure(
        ("minutes",),
        ("decision",),
        *(("segments", at, part) for at in range(len(blueprint.segments)) for part in parts),
    )


def check_components(blueprint: SessionBlueprint, view: View) -> None:
    """Report components that are missing or out of order, and breaks at either end."""
    segments = blueprint.segments
    if not view.sure(*(("segments", at, "component") for at in range(len(segments)))):
        return
    if not view.there(("segments",)):
        return
    for name in missing_components(segments):
        view.add(
            ("segments",),
            f"no segment belongs to `{name}`; a session has all five components: "
            + ", ".join(COMPONENTS),
            at_key=True,
        )
    for at in sorted({0, len(segments) - 1}):
        if segments and segments[at].component == "break":
            view.add(("segments", at, "component"), "a break may stand only between other segments")
    ranks = [
        (at, COMPONENTS.index(one.component))
        for at, one in enumerate(segments)
        if one.component != "break"
    ]
    kept = _longest_in_order([rank for _, rank in ranks])
    for number, (at, rank) in enumerate(ranks):
        if number in kept:
            continue
        later = [COMPONENTS[other] for i, (_, other) in enumerate(ranks) if i < number]
        ahead = next((one for one in later if COMPONENTS.index(one) > rank), "")
        side = f"before `{ahead}`" if ahead else "after the components it follows"
        view.add(
            ("segments", at, "component"),
            f"`{COMPONENTS[rank]}` is out of place; it belongs {side} in the order "
            + ", ".join(COMPONENTS),
        )


def _longest_in_order(ranks: Sequence[int]) -> set[int]:
    """Return the positions of a longest run that never falls; what is not in it was misplaced.

    Of two equally long runs the one that keeps earlier segments wins, so that of two swapped
    segments the later one is named.
    """
    best: dict[int, tuple[int, ...]] = {}
    for at, rank in enumerate(ranks):
        runs = [run for lower, run in best.items() if lower <= rank]
        so_far: tuple[int, ...] = max(runs, key=_preference) if runs else ()
        if len(so_far) + 1 > len(best.get(rank, ())):
            best[rank] = (*so_far, at)
    longest: tuple[int, ...] = max(best.values(), key=_preference) if best else ()
    return set(longest)


def _preference(run: tuple[int, ...]) -> tuple[int, tuple[int, ...]]:
    return len(run), tuple(-at for at in run)


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
