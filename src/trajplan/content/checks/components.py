"""The Five Components, all there and in order (R40)."""

from __future__ import annotations

from collections.abc import Sequence

from trajplan.content.model import SessionBlueprint
from trajplan.content.report import View
from trajplan.content.rules import missing_components
from trajplan.content.vocabulary import COMPONENTS


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
