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
    asked = sorted({answer.session for words in echo for answer in words.answers})
    if not asked:
        return (), ()
    columns = ("", "at the beginning", *(f"session {number}" for number in asked))
    rows = []
    for words in echo:
        said = {answer.session: answer.text for answer in words.answers}
        cells = (said.get(number, MISSING) for number in asked)
        rows.append((NAMES[words.question], words.then or MISSING, *cells))
    return columns, tuple(rows)


def answered(echo: Sequence[FirstWords]) -> list[FirstWords]:
    """Those that were asked again before; the others stand in the plan's own prompts."""
    return [words for words in echo if words.answers]
