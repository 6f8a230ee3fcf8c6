"""The noise band of the TCI log: which changes are larger than the measure's own noise (R106).

"Reliable" is the source's term; it says that a change is hardly noise, and nothing of its worth.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
from trajplan.pages.page import Block, Bullets, Column, Heading, Table
from trajplan.pages.words import FACTORS

MISSING = "–"
COLUMNS = (
    Column("session", short="#", right=True),
    Column("value", right=True),
    *("since last", "index", "", "since first", "index", ""),
)
NAMES: dict[Figure, str] = {"total": "Sum of the five factors", "mean": "Unweighted mean"}


def noise_blocks(band: Band, readings: Sequence[FigureReading]) -> tuple[Block, ...]:
    """One row a session, then where the band comes from."""
    return (
        Heading("Noise band"),
        Table(COLUMNS, tuple(map(_row, readings))),
        Bullets(tuple(_about(band))),
    )


def _about(band: Band) -> Iterator[str]:
    """Where the band comes from, with its numbers; one sentence a line."""
    name = NAMES.get(band.of) or FACTORS[band.of]
    yield (
        f"{name}, {SOURCE}: SD {float(band.sd):g} and reliability "
        f"{float(band.reliability):g}, both given by you, make a standard error of "
        f"{band.standard_error:.2f}, and of a difference {band.standard_error_of_difference:.2f}."
    )
    yield (
        f"A change counts as reliable when it is more than {float(CRITERION):g} times that: more "
        f"than {band.threshold:.2f} points. What lies within may be noise, and what lies beyond is "
        "not for that reason large or good."
    )
    if band.threshold >= band.largest:
        yield (
            f"This figure has room for a change of {band.largest} points, so none can count; do SD "
            "and reliability belong to it? `--of` names the figure they are for."
        )
    if band.of in NAMES:
        yield "Only entries with all five factors have it; nothing is filled in."


def _row(reading: FigureReading) -> tuple[str, ...]:
    return (
        str(reading.session),
        MISSING if reading.value is None else _number(reading.value),
        *_cells(reading.since_last),
        *_cells(reading.since_first),
    )


def _cells(change: FigureChange | None) -> tuple[str, str, str]:
    if change is None:
        return (MISSING, "", "")
    verdict = "reliable" if change.reliable else "within noise"
    return (_signed(change.points), f"{change.index:.2f}", verdict)


def _signed(points: Fraction) -> str:
    if points == 0:
        return "±0"
    return f"{'+' if points > 0 else '−'}{_number(abs(points))}"


def _number(value: Fraction) -> str:
    """A whole number as such, a mean with its one decimal."""
    return str(value) if value.denominator == 1 else f"{float(value):.1f}"


def noise_data(band: Band, readings: Sequence[FigureReading]) -> dict[str, Any]:
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
                "session": reading.session,
                "value": None if reading.value is None else float(reading.value),
                "since_last": _change_data(reading.since_last),
                "since_first": _change_data(reading.since_first),
            }
            for reading in readings
        ],
    }


def _change_data(change: FigureChange | None) -> dict[str, Any] | None:
    if change is None:
        return None
    return {
        "change": float(change.points),
        "index": change.index,
        "reliable": change.reliable,
    }
