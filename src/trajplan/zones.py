"""Two clocks: the client's, by which a session is agreed, and the coach's own (R143).

Days and times are kept as the client reads them. The coach's follow from both zones; where one of
them is not known, or both clocks say the same, there is only one.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from msgspec import Struct

from trajplan.errors import CannotDo, UsageFault

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


class TwoClocks(Struct, frozen=True, kw_only=True):
    """A moment on two clocks that differ. Days are dates, times `HH:MM`."""

    day: dt.date
    start: str
    zone: str
    """The client's."""
    own_day: dt.date
    own_start: str
    own_zone: str
    """The coach's."""

    @property
    def minutes_apart(self) -> int:
        """What to add to the client's clock for the coach's; between -12 and +12 hours."""
        minutes = minutes_of_day(self.own_start) - minutes_of_day(self.start)
        return (minutes + 12 * 60) % (24 * 60) - 12 * 60


def minutes_of_day(time: str) -> int:
    """From midnight to a time, `HH:MM`."""
    hours, minutes = time.split(":")
    return int(hours) * 60 + int(minutes)


def check_zone(name: str) -> None:
    """Raise UsageFault for what is no time zone, CannotDo where no zone is known at all."""
    _zone(name)


def instant(day: dt.date, start: str, zone: str) -> dt.datetime | None:
    """The moment a session begins, in UTC; None while its time or its zone is not agreed.

    The wall clock is kept all year, so the moment moves with daylight saving. A time the clock
    skips is read as if it had not been put forward yet, one it shows twice as the first.
    """
    if not start or not zone:
        return None
    try:
        return _wall(day, start, zone).astimezone(dt.UTC)
    except OverflowError:
        return None  # at an end of the calendar


def two_clocks(day: dt.date, start: str, zone: str, own_zone: str) -> TwoClocks | None:
    """The moment on the client's and the coach's clock; None where there is one clock only."""
    moment = instant(day, start, zone) if own_zone and zone != own_zone else None
    if moment is None:
        return None
    own = in_zone(moment, own_zone)
    if (own.date(), f"{own:%H:%M}") == (day, start):
        return None
    return TwoClocks(
        day=day,
        start=start,
        zone=zone,
        own_day=own.date(),
        own_start=f"{own:%H:%M}",
        own_zone=own_zone,
    )


def in_zone(moment: dt.datetime, zone: str) -> dt.datetime:
    """The same moment by another clock; without a zone, by this machine's."""
    if not zone:
        return _by_this_machine(moment)
    return moment.astimezone(_zone(zone))


def by_clock(wall: dt.datetime, zone: str) -> dt.datetime:
    """The moment when a zone's clock, or without a zone this machine's, shows a naive time."""
    return _wall(wall.date(), f"{wall:%H:%M:%S.%f}", zone) if zone else _by_this_machine(wall)


def odd_hour(day: dt.date, start: str, zone: str) -> str:
    """What to say of a time that the clock skips or shows twice on that day; else empty."""
    if not start or not zone:
        return ""
    wall = _wall(day, start, zone)
    before, after = wall.utcoffset(), wall.replace(fold=1).utcoffset()
    if before is None or after is None or before == after:
        return ""
    if after < before:
        return f"{start} comes twice that day in {zone}, as the clocks go back; the first is meant"
    real = wall.astimezone(dt.UTC).astimezone(wall.tzinfo)
    return f"there is no {start} that day in {zone}, as the clocks go forward; it is {real:%H:%M}"


def _wall(day: dt.date, start: str, zone: str) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.fromisoformat(start), _zone(zone))


def _zone(name: str) -> ZoneInfo:
    """A time zone. Raises UsageFault for what is none, CannotDo where none is known at all: Windows
    has no data of its own, and the package that brings it may be missing."""
    import zoneinfo

    for known in (name, "UTC"):
        try:
            zone = zoneinfo.ZoneInfo(known)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
            continue
        if known == name:
            return zone
        raise UsageFault(f"`{name}` is not a time zone; write it like Europe/Berlin")
    raise CannotDo(
        f"nothing is known of `{name}` or any other time zone here: the package tzdata is missing;"
        " install trajplan again, or `python -m pip install tzdata`"
    )


def _by_this_machine(moment: dt.datetime) -> dt.datetime:
    """The moment by this machine's clock, which on Windows knows 1970 to 3000 alone; else UTC."""
    try:
        return moment.astimezone()
    except (OSError, OverflowError):
        return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
