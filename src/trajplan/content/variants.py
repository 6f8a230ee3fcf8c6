"""A blueprint as it is for a client who arrives with low or high energy (R44)."""

from __future__ import annotations

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
from trajplan.content.vocabulary import EnergyLevel

BREAK_ID = "reset-break"


def variant_of(blueprint: SessionBlueprint, level: EnergyLevel) -> Variant | None:
    """Return what a blueprint changes at this level of energy, if anything."""
    if blueprint.energy is None or level == "normal":
        return None
    return blueprint.energy.low if level == "low" else blueprint.energy.high


def merged(blueprint: SessionBlueprint, level: EnergyLevel) -> SessionBlueprint:
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
