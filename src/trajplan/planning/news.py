"""What has become of sessions, of the journey and of promises since a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from operator import itemgetter

from trajplan.dates import near_date
from trajplan.planning.calendar import session_day_words
from trajplan.planning.spoken import with_label
from trajplan.records.dossier import Dossier
from trajplan.records.model.sessions import Session, SessionDay


def title_day(dossier: Dossier, session: Session, since: dt.date) -> SessionDay | None:
    """What last became of a session's day after a day, and still holds: what its title says."""
    days = [
        day for day in dossier.session_days if day.session_id == session.id and day.date > since
    ]
    if not days or (days[-1].act != "moved" and session.state == "planned"):
        return None
    return days[-1]


def title_words(day: SessionDay | None) -> str:
    """How a title says that a session was moved, cancelled or missed; empty: nothing."""
    if day is None:
        return ""
    words = session_day_words(day)
    return words if day.act == "moved" else f"{words}; it has no new day"


def news_of(
    dossier: Dossier, session: Session, since: dt.date, titled: SessionDay | None
) -> Iterator[tuple[dt.date, str, bool]]:
    """What has become of sessions, of the journey and of parked topics since a day: the day, the
    words, and whether they are the move that the title of `session` says (`titled`). A move without
    a reason counts where the session had fallen through."""
    fallen = {
        day.session_id
        for day in dossier.session_days
        if day.date >= since and day.act in ("missed", "cancelled")
    }
    for day in dossier.session_days:
        if day.date >= since and (day.session_id in fallen or day.reason):
            number = dossier.number_of(day.session_id)
            what = f"session {number}" if number else "a meeting"
            words = f"{near_date(day.date)}: {what} {session_day_words(day)}"
            yield day.date, words, day.act == "moved" and day == titled
    for pause in dossier.pauses:
        if pause.since >= since:
            until = f" until {near_date(pause.until)}" if pause.until else ""
            why = f": {pause.reason}" if pause.reason else ""
            yield pause.since, f"{near_date(pause.since)}: the journey paused{until}{why}", False
    for topic in dossier.parked:
        if topic.closed and topic.outcome and since <= topic.closed <= session.date:
            what = f"“{topic.text}” is closed: {topic.outcome}"
            yield topic.closed, f"{near_date(topic.closed)}: {what}", False


def let_go_until(dossier: Dossier, until: dt.date) -> Iterator[str]:
    """The promises that were let go, the last first, with what was said of it."""
    dropped = [
        (review.date, with_label(step.what, step.label), review.learned)
        for step in dossier.commitments
        if step.status == "dropped"
        for review in dossier.reviews_of(step.id)[-1:]
        if review.date <= until
    ]
    for _, what, learned in sorted(dropped, key=itemgetter(0), reverse=True):
        yield f"{what}: {learned}" if learned else what
