"""The TCI log: ratings, changes and flags, and what is missing shown as missing (R103-R106).

Its noise band says which changes are larger than the measure's own noise (R106). "Reliable" is the
source's term; it says that a change is hardly noise, and nothing of its worth.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from msgspec import to_builtins

from trajplan.actions.ratings import TciLog
from trajplan.dates import short_date
from trajplan.measures.tci import ANCHORS, TITLES, Figure, Reading
from trajplan.pages.document import Document, client_data, fields_data
from trajplan.pages.page import (
    Block,
    Bullets,
    Column,
    Heading,
    Line,
    Page,
    Series,
    Table,
    Trend,
    quiet,
    sentence,
)
from trajplan.pages.words import MISSING, signed, with_change
from trajplan.records.model.ratings import SCALE

if TYPE_CHECKING:
    from fractions import Fraction

    from trajplan.measures.reliable_change import Band, FigureChange, FigureReading

SHORT = {
    "clarity": "Clar",
    "options": "Opt",
    "decision": "Dec",
    "momentum": "Mom",
    "confidence": "Conf",
}
ABOUT = (
    "Where do you stand right now? 1–10, the client's own ratings. In brackets the change since "
    "the factor was last rated. The mean is unweighted, and only where all five are rated."
)
NONE_WANTED = "This client gives no numbers."
EMPTY = "No ratings yet; `trajplan log-tci` saves the first."
NOISE_COLUMNS = (
    Column("session", short="#", right=True),
    Column("value", right=True),
    *("since last", "index", "", "since first", "index", ""),
)
FIGURE_NAMES: dict[Figure, str] = {"total": "Sum of the five factors", "mean": "Unweighted mean"}


def tci_log(log: TciLog) -> Document:
    """Every reading with its changes (R103); a row for each in a list."""
    return Document(page=lambda: _page(log), data=lambda: _data(log), rows=("entries",))


def _page(log: TciLog) -> Page:
    """The ratings session by session, what moved, and what the numbers stand for."""
    return Page.of(
        f"TCI log · {log.client.name}",
        Line((quiet(ABOUT),)),
        *(_ratings(log) if log.readings else [_none_yet(log)]),
        *(noise_blocks(log.band, log.judged) if log.band else []),
        Table(
            ("factor", "1", "10"),
            tuple((TITLES[factor], low, high) for factor, (low, high) in ANCHORS.items()),
        ),
    )


def _none_yet(log: TciLog) -> Line:
    return Line(sentence(EMPTY if log.client.ratings else NONE_WANTED))


def _ratings(log: TciLog) -> list[Block]:
    columns: tuple[str | Column, ...] = (
        Column("session", short="#", right=True),
        "date",
        *(Column(name, short=SHORT[factor]) for factor, name in TITLES.items()),
        Column("Satisfaction", short="Sat"),
        Column("Unweighted mean", short="Mean"),
    )
    notes = [
        *_notes(log),
        *(f"Replaced: {_replaced(reading)}" for reading in log.replaced),
    ]
    return [
        Table(columns, tuple(_row(reading) for reading in log.readings)),
        trend(log.readings),
        *([Bullets(tuple(notes))] if notes else []),
    ]


def trend(readings: Sequence[Reading]) -> Trend:
    """How each factor moved, session by session; there is at least one reading.

    A session between two others in which nothing was rated has its place, without a value.
    """
    sessions = range(readings[0].session, readings[-1].session + 1)
    rated = {reading.session: reading.ratings for reading in readings}
    series = tuple(
        Series(
            name,
            tuple(rated.get(session, {}).get(factor) for session in sessions),
            signed(readings[-1].change_since_first[factor]) or MISSING,
        )
        for factor, name in TITLES.items()
    )
    steps = tuple(map(str, sessions))
    return Trend("Since the first rating", series, _movement(readings), steps)


def _movement(readings: Sequence[Reading]) -> str:
    """Which factors moved most since they were first rated, in words."""
    changes = readings[-1].change_since_first
    rated = {factor: change for factor, change in changes.items() if change is not None}
    if not rated:
        return "No factor has been rated twice yet."
    most = max(map(abs, rated.values()))
    if not most:
        return "No factor has moved."
    names = [
        f"{TITLES[factor]} {signed(rated[factor])}"
        for factor in rated
        if abs(rated[factor]) == most
    ]
    return f"Moved most: {', '.join(names)}."


def _row(reading: Reading) -> tuple[str, ...]:
    cells = [f"{reading.session}", short_date(reading.date)]
    for factor in TITLES:
        value = reading.ratings.get(factor)
        change = reading.change_since_last[factor]
        text = MISSING if value is None else str(value)
        cells.append(with_change(text, change))
    cells.append(MISSING if reading.satisfaction is None else str(reading.satisfaction))
    mean = reading.unweighted_mean
    cells.append(MISSING if mean is None else f"{mean:.1f}")
    return tuple(cells)


def _notes(log: TciLog) -> list[str]:
    """What is to be said beside the numbers, one line each."""
    notes = []
    for reading in log.readings:
        session = f"Session {reading.session}"
        if "first_entry" in reading.flags:
            notes.append(f"{session}: first entry; changes begin with the next.")
        if "pleasant_not_moving" in reading.flags:
            notes.append(
                f"{session}: pleasant, not moving. Satisfaction is 8 or more and "
                "clarity or momentum 4 or less, here and in the entry before; neither has risen."
            )
        if reading.corrects is not None:
            notes.append(f"{session}: corrected; the earlier entry is kept.")
        if reading.note:
            notes.append(f"{session}, note: {reading.note}")
    return notes


def _replaced(reading: Reading) -> str:
    ratings = ", ".join(f"{factor} {value}" for factor, value in reading.ratings.items())
    rated = ratings or "nothing rated"
    return f"Session {reading.session}, entry {reading.id} of {reading.date}: {rated}"


def _data(log: TciLog) -> dict[str, Any]:
    """The documented keys of `tci --format json`."""
    entries = [
        *map(to_builtins, log.readings),
        *({**to_builtins(reading), "replaced": True} for reading in log.replaced),
    ]
    data: dict[str, Any] = {
        **client_data(log.client),
        "scale": {
            "id": SCALE,
            "min": 1,
            "max": 10,
            "factors": {
                name: {"title": TITLES[name], "1": low, "10": high}
                for name, (low, high) in ANCHORS.items()
            },
        },
        "entries": sorted(entries, key=lambda entry: (entry["session"], entry["id"])),
    }
    if log.band:
        data["noise_band"] = noise_data(log.band, log.judged)
    return data


def noise_blocks(band: Band, readings: Sequence[FigureReading]) -> tuple[Block, ...]:
    """One row a session, then where the band comes from."""
    return (
        Heading("Noise band"),
        Table(NOISE_COLUMNS, tuple(map(_noise_row, readings))),
        Bullets(tuple(_about(band))),
    )


def _about(band: Band) -> Iterator[str]:
    """Where the band comes from, with its numbers; one sentence a line."""
    from trajplan.measures.reliable_change import CRITERION, SOURCE

    name = FIGURE_NAMES.get(band.of) or TITLES[band.of]
    yield (
        f"{name}, {SOURCE}: SD {float(band.sd):g} and reliability "
        f"{float(band.reliability):g}, both given by you, make a standard error of "
        f"{band.standard_error:.2f}, and of a difference {band.standard_error_of_difference:.2f}."
    )
    yield (
        f"A change counts as reliable when it is more than {float(CRITERION):g} times that: more "
        f"than {band.threshold:.2f} points. A smaller change may be noise; a larger one isn't "
        "necessarily big, or good."
    )
    if band.threshold >= band.largest:
        yield (
            f"This figure has room for a change of {band.largest} points, so no change can be "
            "reliable. Are the SD and reliability for this figure? `--of` says which they are for."
        )
    if band.of in FIGURE_NAMES:
        yield "Only entries with all five factors have it; nothing is filled in."


def _noise_row(reading: FigureReading) -> tuple[str, ...]:
    return (
        str(reading.session),
        MISSING if reading.value is None else _number(reading.value),
        *_change_cells(reading.since_last),
        *_change_cells(reading.since_first),
    )


def _change_cells(change: FigureChange | None) -> tuple[str, str, str]:
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
    from trajplan.measures.reliable_change import CRITERION, SOURCE

    return {
        "source": SOURCE,
        "of": band.of,
        "sd": float(band.sd),
        "reliability": float(band.reliability),
        **fields_data(band, "standard_error", "standard_error_of_difference"),
        "criterion": float(CRITERION),
        "threshold": band.threshold,
        "changes": to_builtins(readings, enc_hook=float),
    }
