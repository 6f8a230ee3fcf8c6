"""Planned against actual minutes, segment by segment (R54).

A change of frame that was agreed is no drift, however far the clock moved; minutes that were not
noted are missing and never taken as planned.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

ENOUGH = 5
"""Minutes by which a segment may differ before it is called drift."""


class SegmentTiming(Struct, frozen=True, kw_only=True):
    """One segment: minutes planned, minutes as they were, and the second less the first."""

    id: str
    title: str
    planned: int
    actual: int | None
    difference: int | None


class Timing(Struct, frozen=True, kw_only=True):
    """A session's minutes as planned and as they were."""

    segments: tuple[SegmentTiming, ...]
    frame_change: str
    """The agreed change of frame in the coach's words, or empty."""
    drifted: tuple[str, ...]
    """Ids of the segments that differ by 5 minutes or more; none when the frame was changed."""

    @property
    def complete(self) -> bool:
        """Whether every segment's minutes were noted, so that sums may be compared."""
        return all(segment.actual is not None for segment in self.segments)


def timing(
    planned: Sequence[tuple[str, str, int]], actual: Mapping[str, int], frame_change: str
) -> Timing:
    """Lay actual minutes beside planned ones, given as (id, title, minutes) in plan order."""
    segments = tuple(
        SegmentTiming(
            id=name,
            title=title,
            planned=minutes,
            actual=actual.get(name),
            difference=actual[name] - minutes if name in actual else None,
        )
        for name, title, minutes in planned
    )
    far = [segment.id for segment in segments if abs(segment.difference or 0) >= ENOUGH]
    return Timing(
        segments=segments,
        frame_change=frame_change,
        drifted=() if frame_change else tuple(far),
    )
