"""Minutes of a session: bounds, Context Setting (R41), and whether the whole can add up."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from trajplan.content.document import KeyPath
from trajplan.content.model import Segment, SessionBlueprint
from trajplan.content.report import View
from trajplan.content.rules import (
    EXPLORE_FLOOR,
    context_bounds,
    context_group,
    kept_choices,
    minutes_range,
)

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
