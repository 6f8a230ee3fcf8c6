"""What options are held against in a decision session (R39).

Must-haves, must-not-haves and recorded options come from the intake and two worksheets. These are
read by what their forms hold: a coach's own form of the same id takes part as far as it keeps the
columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from trajplan.planning.brief_sources import named_paths
from trajplan.planning.plan import CareerOption, PlannedSegment, Weighing
from trajplan.planning.plan_inputs import Criteria
from trajplan.records.dossier import Dossier
from trajplan.records.forms import Intake
from trajplan.text import name_key
from trajplan.worksheets.fillings import newest

LINES = "fears-to-must-not-haves"
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


def criteria_of(dossier: Dossier) -> Criteria:
    """The client's lines and options as they stand: the newest filling of each form counts."""
    fillings = newest(dossier.worksheet_answers)
    answers = {name: filling.answers for name, filling in fillings.items()}
    intake = dossier.engagement.intake
    lines = answers.get(LINES, {})
    must_haves = _distinct((*_texts(lines.get("must_haves")), *intake.must_haves))
    must_not_haves = _distinct(
        str(row["line"])
        for row in _rows(lines.get("fears"))
        # "Rather not" is a wish, and a worry that is over is nothing: only a line excludes.
        if row.get("line") and row.get("firm", "firm line") == "firm line"
    )
    return Criteria(
        must_haves=must_haves,
        must_not_haves=must_not_haves,
        options=_options(answers.get(CARDS, {}), intake, (*must_haves, *must_not_haves)),
    )


def _options(
    cards: Mapping[str, Any], intake: Intake, lines: Sequence[str]
) -> tuple[CareerOption, ...]:
    """Directions on cards that were not let go; before there are any, the ways of the intake."""
    rows = [
        row
        for row in _rows(cards.get("cards"))
        if row.get("direction") and row.get("state") != "let it go"
    ]
    if rows:
        return tuple(
            CareerOption(
                title=str(row["direction"]),
                breaks=_crossed_line(str(row.get("crosses", "")), lines),
            )
            for row in rows
        )
    paths = intake.paths if isinstance(intake.paths, tuple) else ()
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


def _rows(table: Any) -> list[Mapping[str, Any]]:
    return [row for row in table or () if isinstance(row, Mapping)]


def _texts(answer: Any) -> tuple[str, ...]:
    return tuple(text for text in answer or () if isinstance(text, str))


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    by_key = {name_key(text): text for text in reversed(tuple(texts))}
    return tuple(by_key.values())[::-1]
