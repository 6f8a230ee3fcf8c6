"""All rules of one session blueprint that can be seen without other files.

Its minutes: bounds, Context Setting (R41), whether the whole can add up. The Five Components, all
there and in order (R40). Decision sessions: explore first, long and widely enough (R52, R53).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from msgspec.structs import replace

from trajplan.content.checks.energy import Rule, check_variants
from trajplan.content.checks.texts import check_id, check_ids
from trajplan.content.document import KeyPath, Report, View
from trajplan.content.model import Segment, SessionBlueprint
from trajplan.content.session_rules import (
    EXPLORE_FLOOR,
    context_bounds,
    context_group,
    explore_group,
    first_too_early,
    may_explore,
    minutes_range,
    missing_components,
    missing_covers,
    shorter_choices,
)
from trajplan.vocabulary import COMPONENTS

_LENGTHS = range(15, 481)


def check_bounds(blueprint: SessionBlueprint, view: View) -> None:
    """Report bounds that are not min <= ideal <= max."""
    for index, segment in enumerate(blueprint.segments):
        path: KeyPath = ("segments", index, "minutes")
        low, ideal, high = segment.minutes.min, segment.minutes.ideal, segment.minutes.max
        if low > high:
            view.add((*path, "min"), f"min ({low}) is more than max ({high})")
        elif ideal < low:
            view.add((*path, "ideal"), f"ideal ({ideal}) is less than min ({low})")
        elif ideal > high:
            view.add((*path, "ideal"), f"ideal ({ideal}) is more than max ({high})")


def _add_up(segments: Iterable[Segment]) -> bool:
    """Whether all bounds are in order: sums of crossed ones would mean nothing."""
    return all(
        segment.minutes.min <= segment.minutes.ideal <= segment.minutes.max for segment in segments
    )


def check_context(blueprint: SessionBlueprint, view: View) -> None:
    """Report Context Setting that cannot keep its bounds at the blueprint's own length (R41)."""
    segments = blueprint.segments
    group = context_group(segments)
    if not group or not _add_up(segments):
        return
    lower, upper = context_bounds(blueprint.minutes)
    most = sum(segments[index].minutes.max for index in group)
    least = sum(segments[index].minutes.min for index in group if not segments[index].optional)
    needs = f"a session of {blueprint.minutes} minutes needs {lower} to {upper}"
    if most < lower:
        binding = _binding(group, lambda index: segments[index].minutes.max, view)
        where: KeyPath = ("segments", binding, "minutes", "max")
        view.add(where, f"Context Setting can take at most {most} minutes; {needs}")
    elif least > upper:
        binding = _binding(group, lambda index: segments[index].minutes.min, view)
        where = ("segments", binding, "minutes", "min")
        view.add(where, f"Context Setting takes at least {least} minutes; {needs}")


def check_length(blueprint: SessionBlueprint, view: View) -> None:
    """Report a length that no minutes within the bounds add up to, with the nearest that works."""
    if not blueprint.segments or not _add_up(blueprint.segments):
        return
    shorter = shorter_choices(blueprint.segments, decision=blueprint.decision)
    choices = [segments for segments, _ in shorter]
    length = blueprint.minutes
    if _works(choices, length, decision=blueprint.decision):
        return
    ranges = [
        span
        for segments in choices
        if (span := minutes_range(segments, length, decision=blueprint.decision)) is not None
    ]
    if not ranges:
        return  # Context Setting or the explore floor cannot be kept: reported as that
    least, most = min(low for low, _ in ranges), max(high for _, high in ranges)
    if length < least:
        what = f"the segments need at least {least} minutes"
        if blueprint.decision:
            what += f", including {EXPLORE_FLOOR} of exploration"
    elif length > most:
        what = f"the segments can take at most {most} minutes"
    else:
        what = "no minutes within the segments' bounds add up to the session"
    working = [
        minutes for minutes in _LENGTHS if _works(choices, minutes, decision=blueprint.decision)
    ]
    advice = "no length works"
    if working:
        near = min(working, key=lambda minutes: abs(minutes - length))
        advice = f"the nearest length that works is {near}"
    where: KeyPath = ("minutes",) if view.has(("minutes",)) else ("segments",)
    view.add(where, f"{what}, the session has {length}; {advice}")


def _binding(group: Sequence[int], weight: Callable[[int], int], view: View) -> int:
    """Return the segment of a group to point at: the weightiest one that can be mended here."""
    return max(
        group,
        key=lambda index: (view.changeable(("segments", index, "minutes")), weight(index)),
    )


def _works(choices: Sequence[Sequence[Segment]], length: int, *, decision: bool) -> bool:
    for segments in choices:
        span = minutes_range(segments, length, decision=decision)
        if span is not None and span[0] <= length <= span[1]:
            return True
    return False


def check_components(blueprint: SessionBlueprint, view: View) -> None:
    """Report components that are missing or out of order, and breaks at either end."""
    segments = blueprint.segments
    for name in missing_components(segments):
        view.add(
            ("segments",),
            f"no segment belongs to `{name}`; a session has all five components: "
            + ", ".join(COMPONENTS),
            at_key=True,
        )
    for index in sorted({0, len(segments) - 1}):
        if segments and segments[index].component == "break":
            where = ("segments", index, "component")
            view.add(where, "a break can only come between other segments")
    ranks = [
        (index, COMPONENTS.index(segment.component))
        for index, segment in enumerate(segments)
        if segment.component != "break"
    ]
    in_order = _longest_in_order([rank for _, rank in ranks])
    for number, (index, rank) in enumerate(ranks):
        if number in in_order:
            continue
        ahead = next((earlier for _, earlier in ranks[:number] if earlier > rank), None)
        side = "after the components it follows"
        if ahead is not None:
            side = f"before `{COMPONENTS[ahead]}`"
        view.add(
            ("segments", index, "component"),
            f"`{COMPONENTS[rank]}` is out of place; it belongs {side} in the order "
            + ", ".join(COMPONENTS),
        )


def _longest_in_order(ranks: Sequence[int]) -> set[int]:
    """Return the positions of a longest run that never falls; what is not in it was misplaced.

    Of two equally long runs the one that keeps earlier segments wins, so that of two swapped
    segments the later one is named.
    """
    best: dict[int, tuple[int, ...]] = {}
    for index, rank in enumerate(ranks):
        runs = [run for lower, run in best.items() if lower <= rank]
        so_far: tuple[int, ...] = max(runs, key=_preference) if runs else ()
        if len(so_far) + 1 > len(best.get(rank, ())):
            best[rank] = (*so_far, index)
    longest: tuple[int, ...] = max(best.values(), key=_preference) if best else ()
    return set(longest)


def _preference(run: tuple[int, ...]) -> tuple[int, tuple[int, ...]]:
    return len(run), tuple(-index for index in run)


def check_covers(blueprint: SessionBlueprint, view: View) -> None:
    """Report `covers` on a segment that does not explore."""
    for index, segment in enumerate(blueprint.segments):
        if segment.covers and segment.stance != "explore":
            words = "`covers` belongs to segments with stance `explore`"
            view.add(("segments", index, "covers"), words)


def check_exploration(blueprint: SessionBlueprint, view: View) -> None:
    """Report options that come too early, and exploration that is too short or too narrow."""
    segments = blueprint.segments
    if not blueprint.decision:
        return
    if not any(map(may_explore, segments)):
        view.add(
            ("segments",),
            f"a decision session explores for {EXPLORE_FLOOR} minutes before any option; "
            "no segment after Context Setting has stance `explore`",
            at_key=True,
        )
        return
    early = first_too_early(segments)
    for index in early:
        view.add(
            ("segments", index, "stance"),
            f"`{segments[index].stance}` comes before any exploration of the problem; "
            "in a decision session a segment with stance `explore` comes first",
        )
    # Judge the floor as it is once the early ones have moved: their fault is reported above.
    settled = tuple(
        replace(segment, stance="open") if index in early else segment
        for index, segment in enumerate(segments)
    )
    group = explore_group(settled)
    _check_floor(blueprint, group, view)
    missing = missing_covers(segments, group)
    if missing:
        listed = ", ".join(f"`{cover}`" for cover in missing)
        view.add(
            ("segments", group[0], "covers"),
            f"exploration before the first `options` segment leaves out {listed}",
        )


def _check_floor(blueprint: SessionBlueprint, group: tuple[int, ...], view: View) -> None:
    segments = blueprint.segments
    most = sum(segments[index].minutes.max for index in group)
    if most < EXPLORE_FLOOR and _add_up(segments[index] for index in group):
        binding = _binding(group, lambda index: segments[index].minutes.max, view)
        view.add(
            ("segments", binding, "minutes", "max"),
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
    check_ids(blueprint.segments, ("segments",), report, underscores=True)
    check_covers(blueprint, report)
    obeyed: list[Rule] = []
    for rule in _RULES:
        before = len(report.problems)
        rule(blueprint, report)
        if len(report.problems) == before:
            obeyed.append(rule)
    check_variants(blueprint, report, obeyed)


def _check_calls(blueprint: SessionBlueprint, report: Report) -> None:
    """A blueprint called for by a situation says which."""
    if "situation" in blueprint.called_for and not blueprint.scenarios:
        path = ("called_for", blueprint.called_for.index("situation"))
        report.add(path, "`situation` needs `scenarios`: which situations call for it")


def _check_objectives(blueprint: SessionBlueprint, report: Report) -> None:
    """One to three objectives, and no segment that serves a fourth (R54, R55)."""
    count = len(blueprint.objectives)
    if not 1 <= count <= 3:
        report.add(("objectives",), f"a session has one to three objectives, found {count}")
        return
    for index, segment in enumerate(blueprint.segments):
        if segment.objective > count:
            path = ("segments", index, "objective")
            words = f"there is no objective {segment.objective}; the session has {count}"
            report.add(path, words)
