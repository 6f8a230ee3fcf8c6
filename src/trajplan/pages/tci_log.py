"""The TCI log: ratings, changes and flags, and what is missing shown as missing (R103-R106)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trajplan.codec import to_plain
from trajplan.measures.reliable_change import Band, FigureReading
from trajplan.measures.tci import Reading, ratings_of
from trajplan.pages import noise
from trajplan.pages.document import Document, render
from trajplan.pages.words import ANCHORS, FACTORS, short_date, signed
from trajplan.records.records import SCALE, TciEntry

SPARKS = "▁▂▃▄▅▆▇█"
MISSING = "–"


@dataclass(frozen=True, slots=True, kw_only=True)
class TciLog:
    """A client's readings in order; `replaced` are entries that were corrected later."""

    client: str
    client_name: str
    readings: tuple[Reading, ...]
    replaced: tuple[TciEntry, ...]
    band: Band | None = None
    """Only when the coach gave SD and reliability (R106)."""
    judged: tuple[FigureReading, ...] = ()


def tci_log(log: TciLog) -> Document:
    """The log as a document."""
    return Document(
        markdown=lambda: render(
            "tci_log.md.j2",
            log=log,
            rows=[_row(one) for one in log.readings],
            trends=trends(log.readings),
            anchors=ANCHORS,
            replaced=[_replaced(one) for one in log.replaced],
            notes=_notes(log),
            band_about=noise.about(log.band) if log.band else [],
            band_rows=noise.rows(log.judged),
        ),
        terminal=lambda: _terminal(log),
        data=lambda: _data(log),
    )


def spark(values: Sequence[int | None]) -> str:
    """A line of bars for ratings 1-10; a dot where nothing was rated."""
    return "".join(
        "·" if value is None else SPARKS[(value - 1) * (len(SPARKS) - 1) // 9] for value in values
    )


def trends(readings: Sequence[Reading]) -> list[tuple[str, str, str]]:
    """Per factor: its name, its sparkline, its change since it was first rated."""
    rows = []
    for factor, name in FACTORS.items():
        values = [one.ratings.get(factor) for one in readings]
        change = readings[-1].change_since_first[factor] if readings else None
        rows.append((name, spark(values), signed(change) or MISSING))
    return rows


def _row(one: Reading) -> list[str]:
    cells = [f"{one.session}", short_date(one.date)]
    for factor in FACTORS:
        value = one.ratings.get(factor)
        change = one.change_since_last[factor]
        text = MISSING if value is None else str(value)
        cells.append(f"{text} ({signed(change)})" if change is not None else text)
    cells.append(MISSING if one.satisfaction is None else str(one.satisfaction))
    cells.append(MISSING if one.unweighted_mean is None else f"{one.unweighted_mean:.1f}")
    return cells


def _notes(log: TciLog) -> list[str]:
    """What is to be said beside the numbers, one line each."""
    told = []
    for one in log.readings:
        if "first_entry" in one.flags:
            told.append(f"Session {one.session}: first entry; changes begin with the next.")
        if "pleasant_not_moving" in one.flags:
            told.append(
                f"Session {one.session}: pleasant, not moving. Satisfaction is 8 or more and "
                "clarity or momentum 4 or less, here and in the entry before."
            )
        if one.corrects is not None:
            told.append(f"Session {one.session}: corrected; the earlier entry is kept.")
        if one.note:
            told.append(f"Session {one.session}, note: {one.note}")
    return told


def _replaced(one: TciEntry) -> str:
    given = ", ".join(f"{factor} {value}" for factor, value in ratings_of(one).items())
    return f"Session {one.session_number}, entry {one.id} of {one.date}: {given or 'nothing rated'}"


def _terminal(log: TciLog) -> Any:
    from rich.text import Text

    from trajplan.pages.look import TITLE, heading, labelled, say, stacked, table

    title = say(f"TCI log · {log.client_name}", TITLE)
    if not log.readings:
        return stacked([title, say("No ratings yet; `trajplan log-tci` keeps the first.")])
    columns = ["#", "Date", "Clar", "Opt", "Dec", "Mom", "Conf", "Sat", "Mean"]
    parts: list[Any] = [
        title,
        say("Where do you stand right now? 1–10, the client's own ratings.", "dim"),
        Text(),
        table(columns, [_row(one) for one in log.readings], right=(0,)),
        Text(),
        heading("Since the first rating"),
        labelled([(name, f"{line}  {change}") for name, line, change in trends(log.readings)]),
    ]
    told = [*_notes(log), *map(_replaced, log.replaced)]
    if told:
        parts += [Text(), *(say(line) for line in told)]
    if log.band:
        parts += [
            Text(),
            heading("Noise band"),
            table(noise.COLUMNS, noise.rows(log.judged), right=(0, 1)),
            *(say(line, "dim") for line in noise.about(log.band)),
        ]
    parts += [Text(), say("Mean: unweighted, only where all five are rated.", "dim")]
    return stacked(parts)


def _data(log: TciLog) -> dict[str, Any]:
    """The documented keys of `tci --format json`."""
    entries: list[Mapping[str, Any]] = [
        {
            "id": one.id,
            "session": one.session,
            "date": one.date.isoformat(),
            "ratings": dict(one.ratings),
            "satisfaction": one.satisfaction,
            "unweighted_mean": one.unweighted_mean,
            "change_since_last": dict(one.change_since_last),
            "change_since_first": dict(one.change_since_first),
            "flags": dict(one.flags),
            "note": one.note,
            "corrects": one.corrects,
        }
        for one in log.readings
    ]
    replaced = [
        {
            "id": one.id,
            "session": one.session_number,
            "date": one.date.isoformat(),
            "ratings": ratings_of(one),
            "satisfaction": one.satisfaction,
            "unweighted_mean": None,
            "change_since_last": dict.fromkeys(FACTORS),
            "change_since_first": dict.fromkeys(FACTORS),
            "flags": {},
            "note": one.note,
            "corrects": one.corrects,
            "replaced": True,
        }
        for one in log.replaced
    ]
    every = sorted([*entries, *replaced], key=lambda one: (one["session"], one["id"]))
    found: dict[str, Any] = {
        "client": log.client,
        "client_name": log.client_name,
        "scale": {
            "id": SCALE,
            "min": 1,
            "max": 10,
            "factors": {
                name: {"title": FACTORS[name], "1": low, "10": high}
                for name, (low, high) in ANCHORS.items()
            },
        },
        "entries": to_plain(every),
    }
    if log.band:
        found["noise_band"] = noise.data(log.band, log.judged)
    return found
