"""The client's first words and what they said of them since, side by side."""

from __future__ import annotations

from collections.abc import Sequence

from trajplan.planning.plan import FirstWords

TITLE = "First words and now"
NAMES = {
    "stuck_point": "Stuck point",
    "destination": "Destination",
    "takeaways": "Took home",
}
MISSING = "–"


def echo_table(echo: Sequence[FirstWords]) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Columns and rows: the words of the beginning, then a column a session that asked again.

    No column, no row while nothing was asked again.
    """
    asked = sorted({answer.session for one in echo for answer in one.answers})
    if not asked:
        return (), ()
    columns = ("", "at the beginning", *(f"session {number}" for number in asked))
    rows = []
    for one in echo:
        said = {answer.session: answer.text for answer in one.answers}
        cells = (said.get(number, MISSING) for number in asked)
        rows.append((NAMES[one.question], one.then or MISSING, *cells))
    return columns, tuple(rows)


def answered(echo: Sequence[FirstWords]) -> list[FirstWords]:
    """Those that were asked again before; the others stand in the plan's own prompts."""
    return [one for one in echo if one.answers]


def told(one: FirstWords) -> str:
    """The words of the beginning on one line, with what was said of them since."""
    since = [f"session {answer.session}: “{answer.text}”" for answer in one.answers]
    return " → ".join([f"“{one.then}”", *since])
