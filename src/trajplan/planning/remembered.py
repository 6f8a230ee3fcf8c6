"""What would hurt if it were forgotten, whatever the session is about (R142).

All of it stands elsewhere in the records: in the intake, the agreement, sessions long held or never
held, a rating's note. A coach who reads the plan alone has it in one place, for their own eye.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from trajplan.dates import near_date
from trajplan.planning.agreement import ROWS, released_parts
from trajplan.planning.brief_sources import BriefSources
from trajplan.planning.calendar import session_day_words
from trajplan.planning.plan import FromIntake, Remembered
from trajplan.planning.readiness import AGREEMENT_FORM
from trajplan.records.dossier import Dossier
from trajplan.records.model import Session


def remembered_of(
    dossier: Dossier,
    session: Session,
    last: Session | None,
    sources: BriefSources,
    brought: FromIntake,
) -> Remembered:
    """What to keep in mind in a session; `last`: the one held before it."""
    since = last.day if last else dt.date.min
    rated = [entry.note for entry in dossier.ratings if last and entry.session_id == last.id]
    return Remembered(
        stuck_point=brought.stuck_point,
        fears=brought.fears,
        hard=tuple(_hard(dossier, session)),
        since=tuple(words for _, words in sorted(_since(dossier, since), reverse=True)),
        notes=tuple(_notes(dossier, session, since)),
        rating_note=next(filter(None, reversed(rated)), ""),
        sponsor=_sponsor(dossier, session, sources),
        shared=_agreed(sources, "shared"),
        limits=_agreed(sources, "limits"),
        hard_day=sources.text(AGREEMENT_FORM, "hard"),
    )


def _hard(dossier: Dossier, session: Session) -> Iterator[str]:
    """What earlier sessions held instead of working toward a goal, the latest first (R22)."""
    for earlier in reversed(dossier.numbered):
        if earlier.state != "held" or (earlier.number or 0) >= (session.number or 0):
            continue
        if dossier.held_distress(earlier.id):
            check_in = dossier.check_in_of(earlier.id)
            said = (check_in.matters or check_in.mood) if check_in else ""
            when = f"session {earlier.number}, {near_date(earlier.day)}"
            yield f"{said} ({when})" if said else when


def _since(dossier: Dossier, since: dt.date) -> Iterator[tuple[dt.date, str]]:
    """What has become of sessions and of the journey since a day."""
    for day in dossier.session_days:
        if day.date >= since and (day.act in ("missed", "cancelled") or day.reason):
            number = dossier.number_of(day.session_id)
            what = f"session {number}" if number else "a meeting"
            yield day.date, f"{near_date(day.date)}: {what} {session_day_words(day)}"
    for pause in dossier.pauses:
        if pause.since >= since:
            until = f" until {near_date(pause.until)}" if pause.until else ""
            why = f": {pause.reason}" if pause.reason else ""
            yield pause.since, f"{near_date(pause.since)}: the journey paused{until}{why}"


def _notes(dossier: Dossier, session: Session, since: dt.date) -> Iterator[str]:
    """Notes for this very session, and of meetings beside the journey since a day."""
    meetings = {
        meeting.id
        for meeting in dossier.sessions
        if not meeting.number and (meeting.held_on or dt.date.min) >= since
    }
    for note in dossier.notes:
        if note.kind == "record" and not note.pinned and note.session_id in {session.id, *meetings}:
            yield note.text


def _agreed(sources: BriefSources, key: str) -> str:
    """What the agreement says; until the worksheet is filled in, what the intake says of it."""
    if AGREEMENT_FORM in sources.newest:
        return sources.text(AGREEMENT_FORM, key)
    return str(sources.intake.agreement.get(key) or "")


def _sponsor(dossier: Dossier, session: Session, sources: BriefSources) -> str:
    """Who pays, and what they may see: nothing that was not released."""
    sponsor = _agreed(sources, "sponsor")
    if not sponsor:
        return ""
    parts = released_parts(sources.release(dossier.client.name), session.date)
    seen = ", ".join(words.lower() for part, words in ROWS.items() if part in parts)
    return f"{sponsor}: may see {seen or 'nothing'}{', and nothing else' if seen else ''}"
