"""The noise band of the TCI log: which changes are larger than the measure's own noise (R106).

"Reliable" is the source's term; it says that a change is hardly noise, and nothing of its worth.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from trajplan.measures.reliable_change import (
    CRITERION,
    SOURCE,
    Band,
    Figure,
    FigureChange,
    FigureReading,
)
from trajplan.pages.page import Column
from trajplan.pages.words import FACTORS

MISSING = "–"
COLUMNS = (
    Column("session", short="#", right=True),
    Column("value", right=True),
    *("since last", "index", "", "since first", "index", ""),
)
NAMES: dict[Figure, str] = {"total": "Sum of the five factors", "mean": "Unweighted mean"}


def name_of(figure: Figure) -> str:
    """The figure as it is called in text."""
    return NAMES.get(figure) or FACTORS[figure]


def about(band: Band) -> list[str]:
    """Where the band comes from, with its numbers; one sentence a line."""
    found = [
        f"{name_of(band.of)}, {SOURCE}: SD {float(band.sd):g} and reliability "
        f"{float(band.reliability):g}, both given by you, make a standard error of "
        f"{band.standard_error:.2f}, and of a difference {band.standard_error_of_difference:.2f}.",
        f"A change counts as reliable when it is more than {float(CRITERION):g} times that: more "
        f"than {band.threshold:.2f} points. What lies within may be noise, and what lies beyond is "
        "not for that reason large or good.",
    ]
    if band.threshold >= band.largest:
        found.append(
            f"This figure has room for a change of {band.largest} points, so none can count; do SD "
            "and reliability belong to it? `--of` names the figure they are for."
        )
    if band.of in NAMES:
        found.append("Only entries with all five factors have it; nothing is filled in.")
    return found


def rows(judged: Sequence[FigureReading]) -> list[list[str]]:
    """One row a session."""
    return [
        [
            str(one.session),
            MISSING if one.value is None else number(one.value),
            *_cells(one.since_last),
            *_cells(one.since_first),
        ]
        for one in judged
    ]


def _cells(change: FigureChange | None) -> list[str]:
    if change is None:
        return [MISSING, "", ""]
    verdict = "reliable" if change.reliable else "within noise"
    return [_signed(change.points), f"{change.index:.2f}", verdict]


def _signed(points: Fraction) -> str:
    if points == 0:
        return "±0"
    return f"{'+' if points > 0 else '−'}{number(abs(points))}"


def number(value: Fraction) -> str:
    """A whole number as such, a mean with its one decimal."""
    return str(value) if value.denominator == 1 else f"{float(value):.1f}"


def data(band: Band, judged: Sequence[FigureReading]) -> dict[str, Any]:
    """The documented keys of `noise_band` in `tci --format json`."""
    return {
        "source": SOURCE,
        "of": band.of,
        "sd": float(band.sd),
        "reliability": float(band.reliability),
        "standard_error": band.standard_error,
        "standard_error_of_difference": band.standard_error_of_difference,
        "criterion": float(CRITERION),
        "threshold": band.threshold,
        "changes": [
            {
                "session": one.session,
                "value": None if one.value is None else float(one.value),
                "since_last": _change(one.since_last),
                "since_first": _change(one.since_first),
            }
            for one in judged
        ],
    }


def _change(change: FigureChange | None) -> dict[str, Any] | None:
    if change is None:
        return None
    return {
        "change": float(change.points),
        "index": change.index,
        "reliable": change.reliable,
    }
