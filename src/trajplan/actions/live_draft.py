"""What is kept of a session while it runs: its draft, read back (R135).

One line for how it began, with its plan as it stood then, and one for each key. No plan is made
here, so that a wrap that asks whether its session was run pays for nothing else.
"""

from __future__ import annotations

import datetime as dt
import os
import time
from collections.abc import Callable, Mapping

import msgspec
from msgspec import Struct

from trajplan.actions.client_records import ClientRecords
from trajplan.errors import CannotDo
from trajplan.live.events import Event, Opening
from trajplan.live.wrap import wrap_so_far
from trajplan.records.dossier import Dossier
from trajplan.records.drafts import Draft, DraftKey, Drafts
from trajplan.records.forms import Wrap
from trajplan.records.model import Session
from trajplan.zones import by_clock, in_zone

DRAFT = "live"
OPENING, REPLAY, RESUMED = "opening", "replay", "resumed"
"""Names in a draft: how the session began; that it was told from a file; that somebody went on
with it at a screen, so that no replay may replace it."""
UTC = dt.UTC


class LiveFile(Struct, frozen=True):
    """What a draft holds of a session."""

    opening: Opening
    events: tuple[Event, ...]
    replay: bool = False
    """It was told from a file, without a screen."""


def wrap_of_live(records: ClientRecords, session: Session) -> Wrap | None:
    """The wrap of a session as far as it was told while it ran; None where it was not run so."""
    file = read_live(records.draft(DRAFT, session))
    if file is None:
        return None
    last = file.events[-1].at if file.events else file.opening.begins
    return wrap_so_far(
        file.opening, file.events, last if file.replay else wall_clock(zone=records.zone)()
    )


def under_way(records: ClientRecords, session: Session) -> bool:
    """Whether a session was begun at a screen, with at least one key kept, and is not wrapped."""
    file = read_live(records.draft(DRAFT, session))
    return file is not None and bool(file.events) and not file.replay


def went_on(live: Draft, wrap: Draft) -> bool:
    """Whether keys were kept after the draft of a wrap was written last."""
    if not (live.log.exists() and wrap.path.exists()):
        return False
    return live.log.stat().st_mtime_ns > wrap.path.stat().st_mtime_ns


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
                if RESUMED not in entry
            ),
            replay=bool(first.get(REPLAY)) and not any(RESUMED in entry for entry in rest),
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
