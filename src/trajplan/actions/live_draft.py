"""What is kept of a session while it runs: its draft, read back (R135).

One line for how it began, with its plan as it stood then, and one for each key. No plan is made
here, so that a wrap that asks whether its session was run pays for nothing else.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import time
from collections.abc import Callable, Mapping

import msgspec
from msgspec import Struct

from trajplan.actions.client_records import ClientRecords
from trajplan.errors import CannotDo
from trajplan.live.events import Event, Opening
from trajplan.live.wrap import HOLDS, wrap_since, wrap_so_far
from trajplan.records.drafts import Draft
from trajplan.records.forms import Wrap
from trajplan.records.model import Session
from trajplan.zones import by_clock, in_zone

DRAFT = "live"
OPENING, REPLAY, RESUMED, WRAPPED = "opening", "replay", "resumed", "wrapped"
"""Names in a draft: how the session began; that it was told from a file; that somebody went on
with it at a screen, so that no replay may replace it; how many of its keys are in a saved wrap."""
UTC = dt.UTC
_HOLDS = re.compile(HOLDS + r"(\d+) keys of `live`, up to (\S+) -->")


class LiveFile(Struct, frozen=True):
    """What a draft holds of a session."""

    opening: Opening
    events: tuple[Event, ...]
    replay: bool = False
    """It was told from a file, without a screen."""
    wrapped: int = 0
    """How many of its keys are in a wrap that was saved."""

    @property
    def holds(self) -> str:
        """The line by which a form says that all keys so far are in it; empty without a key."""
        if not self.events:
            return ""
        last = self.events[-1].at.isoformat()
        return f"{HOLDS}{len(self.events)} keys of `live`, up to {last} -->"

    def held_in(self, form: str) -> int:
        """How many keys are in a form, as it says itself; of another session's keys, none."""
        match = _HOLDS.search(form)
        kept = int(match[1]) if match else 0
        is_ours = match and 0 < kept <= len(self.events)
        known = is_ours and self.events[kept - 1].at.isoformat() == match[2]  # type: ignore[index]
        return kept if known else self.wrapped

    def told_since(self, kept: int, zone: str) -> Wrap:
        """The wrap of the session as far as it was told after its first `kept` keys. `zone`: the
        coach's."""
        return wrap_since(self.opening, self.events, self._now(zone), kept)

    def told_until(self, kept: int, zone: str) -> Wrap:
        """The wrap as the first `kept` keys tell it."""
        return wrap_so_far(self.opening, self.events[:kept], self._now(zone))

    def _now(self, zone: str) -> dt.datetime:
        last = self.events[-1].at if self.events else self.opening.begins
        return last if self.replay else wall_clock(zone=zone)()


def under_way(records: ClientRecords, session: Session) -> bool:
    """Whether a session was begun at a screen, with at least one key kept, and is not wrapped."""
    file = read_live(records.draft(DRAFT, session))
    return file is not None and bool(file.events) and not file.replay


def read_live(draft: Draft) -> LiveFile | None:
    """What a draft holds of a session; None where there is none.

    Raises CannotDo for one that another version of trajplan wrote.
    """
    entries = draft.entries()
    if not entries:
        return None
    first, *rest = entries
    try:
        return LiveFile(
            opening=msgspec.convert(first[OPENING], Opening, str_keys=True),
            events=tuple(
                msgspec.convert(entry, Event, str_keys=True)
                for entry in rest
                if not {RESUMED, WRAPPED} & entry.keys()
            ),
            replay=bool(first.get(REPLAY)) and not any(RESUMED in entry for entry in rest),
            wrapped=max((int(entry[WRAPPED]) for entry in rest if WRAPPED in entry), default=0),
        )
    except (KeyError, msgspec.ValidationError) as fault:
        raise CannotDo(
            "what was kept of this session while it ran cannot be read "
            f"({fault}); `trajplan live --start-over` begins anew"
        ) from fault


def wall_clock(
    environ: Mapping[str, str] = os.environ, zone: str = ""
) -> Callable[[], dt.datetime]:
    """The clock of a session, in the coach's zone. TRAJPLAN_TODAY sets it: a date alone leaves the
    time of day."""
    injected = environ.get("TRAJPLAN_TODAY", "").strip()

    def now() -> dt.datetime:
        return in_zone(dt.datetime.now(UTC), zone)

    if not injected:
        return now
    start = dt.datetime.fromisoformat(injected)
    if len(injected) <= len("2027-02-23"):
        start = dt.datetime.combine(start.date(), now().time())
    moment = start if start.tzinfo else by_clock(start, zone)
    began = time.monotonic()
    moment = in_zone(moment, zone) if zone else moment
    return lambda: moment + dt.timedelta(seconds=time.monotonic() - began)
