"""The journey an engagement follows: the content's, in the lengths the coach gave its phases."""

from __future__ import annotations

from trajplan.content.library import Library
from trajplan.content.model import Journey
from trajplan.planning.arc import fit_journey
from trajplan.records.model import Engagement


def journey_of(library: Library, engagement: Engagement) -> Journey:
    """Return it. Raises NotFound, and InvalidContent where its file is faulty."""
    return fit_journey(library.journey(engagement.journey), engagement.phase_sizes)


def journey_at_hand(library: Library, engagement: Engagement) -> Journey | None:
    """Return it, or None when its file is not at hand today: records are shown all the same."""
    found = library.journeys.get(engagement.journey)
    return fit_journey(found, engagement.phase_sizes) if found else None
