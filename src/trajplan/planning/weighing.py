"""What options are held against in a decision session (R39)."""

from __future__ import annotations

from collections.abc import Sequence

from trajplan.planning.plan import PlannedSegment, Weighing
from trajplan.planning.request import Criteria

MOST = 6
"""Of each kind: a page that is read with somebody in the room."""


def weigh(criteria: Criteria, segments: Sequence[PlannedSegment]) -> Weighing | None:
    """The client's lines and the options on record, beside the segment that weighs them.

    Without a segment for options, as when the decision is parked, they stand where the session
    commits itself. None when there is nothing to hold anything against.
    """
    if not (criteria.must_haves or criteria.must_not_haves or criteria.options):
        return None
    places = [segment for segment in segments if segment.stance == "options"] or [
        segment for segment in segments if segment.component == "action_design"
    ]
    return Weighing(
        segment=places[0].id,
        must_haves=criteria.must_haves[:MOST],
        must_not_haves=criteria.must_not_haves[:MOST],
        options=criteria.options[:MOST],
    )
