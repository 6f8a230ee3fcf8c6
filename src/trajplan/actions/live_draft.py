"""What is kept of a session while it runs: its draft, read back (R135).

One line for how it began, with its plan as it stood then, and one for each key. No plan is made
here, so that a wrap that asks whether its session was run pays for nothing else.
"""

from __future__ import annotations

import datetime as dt
import os
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

import msgspec
from msgspec import Struct

from trajplan.actions.client_records import ClientRecords
from trajplan.errors import CannotDo
from trajplan.live.model import Event, Opening
from trajplan.live.wrap import LIVE_MARK, wrap_since, wrap_so_far
from trajplan.records.dossier import Dossier
from trajplan.records.drafts import Draft, DraftKey, Drafts
from trajplan.records.forms import Wrap
from trajplan.records.model.sessions import Session
from trajplan.text import pattern
from trajplan.zones import by_clock, in_zone

DRAFT = "live"
OPENING, REPLAY, RESUMED, LEFT = "opening", "replay", "resumed", "left"
"""Names in a draft: how the session began; that it was told from a file; that somebody went on
with it at a screen, so that no replay may replace it; and when somebody left its screen."""
UTC = dt.UTC
_MARK = pattern(LIVE_MARK + r"(\d+) keys of `live`, up to (\S+), told at (\S+) -->")


class LiveFile(Struct, frozen=True):
    """What a draft holds of a session."""

    opening: Opening
    events: tuple[Event, ...]
    replay: bool = False
    """It was told from a file, without a screen."""
    left: dt.datetime | None = None
    """When its screen was left; None: it may still be on."""

    def live_mark(self, zone: str) -> str:
        """The line by which a form says that all keys so far are in it; empty without a key.
        `zone`: the coach's."""
        if not self.events:
            return ""
        last, now = self.events[-1].at.isoformat(), self._now(zone).isoformat()
        return f"{LIVE_MARK}{len(self.events)} keys of `live`, up to {last}, told at {now} -->"

    def keys_in(self, form: str) -> int:
        """How many keys are in a form, as it says itself; of another session's keys, none."""
        match = _MARK.search(form)
        if match is None or not 0 < int(match[1]) <= len(self.events):
            return 0
        keys = int(match[1])
        return keys if self.events[keys - 1].at.isoformat() == match[2] else 0

    def wrap_in(self, form: str) -> Wrap | None:
        """The wrap as it was told to a form; None for a form that was told nothing."""
        keys, match = self.keys_in(form), _MARK.search(form)
        if not (keys and match):
            return None
        told_at = dt.datetime.fromisoformat(match[3])
        return wrap_so_far(self.opening, self.events[:keys], told_at)

    def wrap_since_key(self, keys: int, zone: str) -> Wrap:
        """The wrap of the session as far as it was told after so many keys."""
        return wrap_since(self.opening, self.events, self._now(zone), keys)

    def _now(self, zone: str) -> dt.datetime:
        last = self.events[-1].at if self.events else self.opening.begins
        # Of a clock that was only looked at, nobody knows how long it was on until it is left.
        if self.replay or not (self.events or self.left):
            return last
        return max(self.left, last) if self.left else wall_clock(zone=zone)()


def under_way(records: ClientRecords, session: Session) -> bool:
    """Whether a session was begun at a screen, with at least one key kept, and is not wrapped."""
    file = read_if_whole(records.draft(DRAFT, session)) if session.state != "held" else None
    return file is not None and bool(file.events) and not file.replay


def kept_sessions(drafts: Drafts, practice: str, dossier: Dossier) -> tuple[Session, ...]:
    """The sessions of which `live` keeps keys that are in no saved wrap; `practice` is its id."""
    client, engagement = dossier.client.id, dossier.engagement.id
    names = set(drafts.of_client(practice, client))
    kept = []
    for session in dossier.numbered:
        draft = drafts.draft(DraftKey(DRAFT, practice, client, engagement, session.id))
        if draft.log.name in names and any("key" in entry for entry in draft.entries()):
            kept.append(session)
    return tuple(kept)


def read_if_whole(draft: Draft) -> LiveFile | None:
    """As `read_live`; None also for what cannot be read, which must keep nobody from a wrap."""
    with suppress(CannotDo):
        return read_live(draft)
    return None


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
                if not entry.keys() & {RESUMED, LEFT}
            ),
            left=_left_at(rest),
            replay=bool(first.get(REPLAY)) and not any(RESUMED in entry for entry in rest),
        )
    except (KeyError, msgspec.ValidationError) as fault:
        raise CannotDo(
            f"what was kept of this session while it ran, in {draft.log}, cannot be read "
            f"({fault}); `trajplan live --start-over` begins anew"
        ) from fault


def _left_at(entries: Sequence[Mapping[str, Any]]) -> dt.datetime | None:
    """When the screen was left, unless somebody has gone on with the session since."""
    last = entries[-1] if entries else {}
    return dt.datetime.fromisoformat(last[LEFT]) if LEFT in last else None


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
