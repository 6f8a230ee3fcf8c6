"""What both checking and planning hold to in a session.

Its numbers: R41 (Context Setting), R52 (Problem Exploration Protocol). And a blueprint as it is
for a client who arrives with low or high energy (R44).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec.structs import asdict, replace

from trajplan.content.model import (
    Bounds,
    BoundsPatch,
    QuestionSlot,
    Segment,
    SegmentPatch,
    SessionBlueprint,
    SlotPatch,
    Variant,
)
from trajplan.vocabulary import COMPONENTS, COVERS, Energy

EXPLORE_FLOOR = 30
"""Minutes a decision session explores before the first option is on the table (R52)."""
_LONG_SESSION = 60


def context_bounds(minutes: int) -> tuple[int, int]:
    """Return the fewest and most minutes of Context Setting in a session of this length (R41)."""
    return (10, 15) if minutes >= _LONG_SESSION else (5, 10)


def context_group(segments: Sequence[Segment]) -> tuple[int, ...]:
    """Return the positions of the Context Setting segments."""
    return tuple(
        index for index, segment in enumerate(segments) if segment.component == "context_setting"
    )


def may_explore(segment: Segment) -> bool:
    """Whether a segment's minutes can count as exploration (R52): Context Setting's never do."""
    return segment.stance == "explore" and segment.component not in ("context_setting", "break")


def explore_group(segments: Sequence[Segment]) -> tuple[int, ...]:
    """Return the positions of the segments whose minutes make up the explore floor (R52)."""
    positions: list[int] = []
    for index, segment in enumerate(segments):
        if segment.stance == "options":
            break
        if may_explore(segment):
            positions.append(index)
    return tuple(positions)


def first_too_early(segments: Sequence[Segment]) -> tuple[int, ...]:
    """Return the positions of `options` and `commit` before any exploration (R53)."""
    early: list[int] = []
    for index, segment in enumerate(segments):
        if may_explore(segment):
            return tuple(early)
        if segment.stance in ("options", "commit"):
            early.append(index)
    return ()


def missing_covers(segments: Sequence[Segment], positions: Sequence[int]) -> tuple[str, ...]:
    """Return what these segments together leave out of context, values, implications (R52)."""
    covered = {cover for index in positions for cover in segments[index].covers}
    return tuple(cover for cover in COVERS if cover not in covered)


def missing_components(segments: Sequence[Segment]) -> tuple[str, ...]:
    """Return which of the Five Components no segment belongs to (R40)."""
    present = {segment.component for segment in segments}
    return tuple(component for component in COMPONENTS if component not in present)


def minutes_range(
    segments: Sequence[Segment], minutes: int, *, decision: bool
) -> tuple[int, int] | None:
    """Return the least and most minutes these segments can take together.

    Every total in between is possible, because bounds are whole numbers and the two groups are
    disjoint. `minutes`, the session's length, only sets the bounds of Context Setting. None when a
    group cannot keep its own bounds.
    """
    lower, upper = context_bounds(minutes)
    context = context_group(segments)
    explore = explore_group(segments) if decision else ()
    groups = [(context, lower, upper)] if context else []
    if decision:
        groups.append((explore, EXPLORE_FLOOR, 24 * 60))
    grouped = set(context) | set(explore)
    rest = [segment.minutes for index, segment in enumerate(segments) if index not in grouped]
    low, high = sum(bounds.min for bounds in rest), sum(bounds.max for bounds in rest)
    for positions, floor, ceiling in groups:
        least = max(floor, sum(segments[index].minutes.min for index in positions))
        most = min(ceiling, sum(segments[index].minutes.max for index in positions))
        if least > most:
            return None
        low, high = low + least, high + most
    return low, high


def shorter_choices(
    segments: Sequence[Segment], *, decision: bool
) -> list[tuple[tuple[Segment, ...], tuple[Segment, ...]]]:
    """Return all segments, then ever fewer optional ones, each time with those that were dropped.

    The latest optional segment goes first. One stays when a component would be lost with it (R40),
    or, in a decision session, something the exploration has to cover (R52).
    """
    rest: tuple[Segment, ...] = tuple(segments)
    dropped: tuple[Segment, ...] = ()
    choices = [(rest, dropped)]
    while spare := [segment for segment in rest if _is_spare(segment, rest, decision)]:
        rest = tuple(segment for segment in rest if segment is not spare[-1])
        dropped = (spare[-1], *dropped)
        choices.append((rest, dropped))
    return choices


def _is_spare(segment: Segment, segments: Sequence[Segment], decision: bool) -> bool:
    if not segment.optional:
        return False
    rest = [other for other in segments if other is not segment]
    if segment.component != "break" and segment.component not in {
        other.component for other in rest
    }:
        return False
    return not decision or set(_uncovered(rest)) <= set(_uncovered(segments))


def _uncovered(segments: Sequence[Segment]) -> tuple[str, ...]:
    return missing_covers(segments, explore_group(segments))


BREAK_ID = "reset-break"


def variant_of(blueprint: SessionBlueprint, level: Energy) -> Variant | None:
    """Return what a blueprint changes at this level of energy, if anything."""
    if blueprint.energy is None or level == "normal":
        return None
    return blueprint.energy.low if level == "low" else blueprint.energy.high


def merged(blueprint: SessionBlueprint, level: Energy) -> SessionBlueprint:
    """Return the blueprint with its own changes for this level applied.

    Unchanged when it declares none. The result declares no variants itself. Names that no segment
    bears change nothing: `checks.energy` reports them before a blueprint is admitted.
    """
    variant = variant_of(blueprint, level)
    if variant is None:
        return blueprint
    segments: list[Segment] = []
    for segment in blueprint.segments:
        patch = variant.segments.get(segment.id)
        segments.append(segment if patch is None else _patched(segment, patch))
        pause = variant.insert_break
        if pause is not None and pause.after == segment.id:
            segments.append(_reset(pause.minutes))
    return replace(blueprint, segments=tuple(segments), energy=None)


def _patched(segment: Segment, patch: SegmentPatch) -> Segment:
    changes: dict[str, Any] = {}
    if patch.minutes is not None:
        changes["minutes"] = replace(segment.minutes, **_changed(patch.minutes))
    if patch.questions is not None:
        changes["questions"] = _slot(segment.questions, patch.questions)
    if patch.activities is not None:
        changes["activities"] = patch.activities
    if patch.optional is not None:
        changes["optional"] = patch.optional
    return replace(segment, **changes)


def _slot(slot: QuestionSlot | None, patch: SlotPatch) -> QuestionSlot | None:
    changes = _changed(patch)
    if slot is not None:
        return replace(slot, **changes)
    return QuestionSlot(**changes) if "max" in changes else None


def _changed(patch: BoundsPatch | SlotPatch) -> dict[str, Any]:
    """Return only what the patch says; what is left out stays as it is."""
    return {name: value for name, value in asdict(patch).items() if value is not None}


def _reset(minutes: int) -> Segment:
    return Segment(
        id=BREAK_ID,
        component="break",
        title="Reset",
        minutes=Bounds(min=minutes, ideal=minutes, max=minutes),
    )
