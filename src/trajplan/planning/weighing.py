"""What options are held against in a decision session (R39).

Must-haves, must-not-haves and recorded options come from the intake and two worksheets. These are
read by what their forms hold: a coach's own form of the same id takes part as far as it keeps the
columns.
"""

from __future__ import annotations

from collections.abc import Sequence

from trajplan.planning.brief_sources import BriefSources, named_paths
from trajplan.planning.plan import CareerOption, PlannedSegment, Weighing
from trajplan.planning.plan_inputs import Criteria
from trajplan.planning.readiness import FEARS
from trajplan.text import each_once, name_key

CARDS = "possibility-cards"
NOTHING = ("", "none", "nothing", "no", "neither")
"""What a client writes to say that an option crosses no line."""
MOST_OF_A_KIND = 6
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
        must_haves=criteria.must_haves[:MOST_OF_A_KIND],
        must_not_haves=criteria.must_not_haves[:MOST_OF_A_KIND],
        options=criteria.options[:MOST_OF_A_KIND],
    )


def criteria_of(sources: BriefSources) -> Criteria:
    """The client's lines and options as they stand: the newest filling of each form counts."""
    must_haves = each_once((*sources.items(FEARS, "must_haves"), *sources.intake.must_haves))
    must_not_haves = each_once(
        row.get("line", "")
        for row in sources.rows(FEARS, "fears", "fear")
        # "Rather not" is a wish, and a worry that is over is nothing: only a line excludes.
        if row.get("firm", "firm line") == "firm line"
    )
    return Criteria(
        must_haves=must_haves,
        must_not_haves=must_not_haves,
        options=_options(sources, (*must_haves, *must_not_haves)),
    )


def _options(sources: BriefSources, lines: Sequence[str]) -> tuple[CareerOption, ...]:
    """Directions on cards that were not let go; before there are any, the ways of the intake."""
    cards = [
        card
        for card in sources.rows(CARDS, "cards", "direction")
        if card.get("direction") and card.get("state") != "let it go"
    ]
    if cards:
        return tuple(
            CareerOption(
                title=card["direction"], breaks=_crossed_line(card.get("crosses", ""), lines)
            )
            for card in cards
        )
    paths = sources.intake.paths if isinstance(sources.intake.paths, tuple) else ()
    return tuple(CareerOption(title=path, breaks="") for path in named_paths(paths))


def _crossed_line(words: str, lines: Sequence[str]) -> str:
    """The line an option crosses: one of those drawn where the words meet, else as it was said."""
    key = name_key(words)
    if key in NOTHING:
        return ""
    for line in lines:
        if name_key(line) in key or key in name_key(line):
            return line
    return words
