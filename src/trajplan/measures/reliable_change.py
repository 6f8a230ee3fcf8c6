"""Reliable change: whether a change is larger than the measure's own noise (R106).

Jacobson & Truax (1991), Journal of Consulting and Clinical Psychology 59(1), 12-19: the standard
error of measurement is SE = SD * sqrt(1 - r), that of a difference Sdiff = sqrt(2) * SE, and a
change counts as reliable when |change| / Sdiff > 1.96. SD and reliability r belong to one measure
and come from the coach; without both there is no band. It says nothing of what a change is worth.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from msgspec import Struct

from trajplan.measures.tci import FACTORS, Figure, Reading

SOURCE = "Jacobson & Truax 1991"
CRITERION = Fraction("1.96")


class Band(Struct, frozen=True, kw_only=True):
    """SD and reliability of one figure. Exact numbers, so that "strictly" means it."""

    of: Figure
    sd: Fraction
    """Greater than 0, in points of the figure."""
    reliability: Fraction
    """0 or more and less than 1."""

    @property
    def standard_error(self) -> float:
        """SE of one measurement."""
        return float(self.sd) * math.sqrt(1 - self.reliability)

    @property
    def standard_error_of_difference(self) -> float:
        """Sdiff of a change."""
        return math.sqrt(2) * self.standard_error

    @property
    def threshold(self) -> float:
        """A reliable change is larger than this, in points of the figure."""
        return float(CRITERION) * self.standard_error_of_difference

    @property
    def largest(self) -> int:
        """The largest change the figure's scale has room for."""
        return 45 if self.of == "total" else 9

    def index(self, change: Fraction) -> float:
        """The size of a change in standard errors of a difference."""
        return abs(float(change)) / self.standard_error_of_difference

    def is_reliable(self, change: Fraction) -> bool:
        """Whether |change| / Sdiff > 1.96, strictly; compared as squares, without rounding."""
        return change**2 > CRITERION**2 * 2 * self.sd**2 * (1 - self.reliability)


class FigureChange(Struct, frozen=True, kw_only=True, rename={"points": "change"}):
    """One change of the figure with its index."""

    points: Fraction
    index: float
    reliable: bool


class FigureReading(Struct, frozen=True, kw_only=True):
    """The figure after one session; None where it, or what it is compared with, is missing."""

    session: int
    value: Fraction | None
    since_last: FigureChange | None
    since_first: FigureChange | None


def figure_readings(readings: Sequence[Reading], band: Band) -> tuple[FigureReading, ...]:
    """The figure of every reading with its changes since it was last there, and first there."""
    results: list[FigureReading] = []
    earlier: list[Fraction] = []
    for reading in readings:
        value = figure(reading, band.of)
        results.append(
            FigureReading(
                session=reading.session,
                value=value,
                since_last=_change(value, earlier[-1:], band),
                since_first=_change(value, earlier[:1], band),
            )
        )
        if value is not None:
            earlier.append(value)
    return tuple(results)


def figure(reading: Reading, of: Figure) -> Fraction | None:
    """One figure of a reading. Sum and mean need all five factors; nothing is imputed."""
    if of in FACTORS:
        rating = reading.ratings.get(of)
        return None if rating is None else Fraction(rating)
    if len(reading.ratings) < len(FACTORS):
        return None
    total = Fraction(sum(reading.ratings.values()))
    return total if of == "total" else total / len(FACTORS)


def _change(value: Fraction | None, against: Sequence[Fraction], band: Band) -> FigureChange | None:
    if value is None or not against:
        return None
    points = value - against[0]
    return FigureChange(points=points, index=band.index(points), reliable=band.is_reliable(points))
