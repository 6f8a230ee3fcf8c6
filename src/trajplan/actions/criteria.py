"""Must-haves, must-not-haves and recorded options, read from the intake and two worksheets (R39).

The worksheets are read by what their forms hold: a coach's own form of the same id takes part as
far as it keeps the columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from trajplan.planning.plan import CareerOption
from trajplan.planning.request import Criteria
from trajplan.records import answers
from trajplan.records.model import Engagement
from trajplan.records.store import Store
from trajplan.text import name_key

LINES = "fears-to-must-not-haves"
CARDS = "possibility-cards"
NOTHING = ("", "none", "nothing", "no", "neither")
"""What a client writes to say that an option crosses no line."""


def criteria_of(store: Store, engagement: Engagement) -> Criteria:
    """The client's lines and options as they stand: the newest filling of each form counts."""
    newest = {one.worksheet: one.answers for one in answers.of_engagement(store, engagement.id)}
    lines = newest.get(LINES, {})
    musts = _distinct((*_list(lines.get("must_haves")), *engagement.intake.must_haves))
    nots = _distinct(
        str(row["line"])
        for row in _rows(lines.get("fears"))
        # "Rather not" is a wish and "it passed" is nothing any more: only a line excludes.
        if row.get("line") and row.get("firm", "firm line") == "firm line"
    )
    return Criteria(
        must_haves=musts,
        must_not_haves=nots,
        options=_options(newest.get(CARDS, {}), engagement, (*musts, *nots)),
    )


def _options(
    cards: Mapping[str, Any], engagement: Engagement, lines: tuple[str, ...]
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
                title=str(row["direction"]), breaks=_crossed(str(row.get("crosses", "")), lines)
            )
            for row in rows
        )
    paths = engagement.intake.paths
    named = paths if isinstance(paths, tuple) else ()
    return tuple(CareerOption(title=one, breaks="") for one in named)


def _crossed(said: str, lines: tuple[str, ...]) -> str:
    """The line an option crosses: one of those drawn where the words meet, else as it was said."""
    plain = name_key(said)
    if plain in NOTHING:
        return ""
    for line in lines:
        if name_key(line) in plain or plain in name_key(line):
            return line
    return said


def _rows(table: Any) -> list[Mapping[str, Any]]:
    return [one for one in table or () if isinstance(one, Mapping)]


def _list(items: Any) -> tuple[str, ...]:
    return tuple(one for one in items or () if isinstance(one, str))


def _distinct(items: Iterable[str]) -> tuple[str, ...]:
    return tuple({name_key(one): one for one in reversed(tuple(items))}.values())[::-1]
