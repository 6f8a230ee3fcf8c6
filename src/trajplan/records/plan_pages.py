"""The page of a plan, kept beside it as it was printed, and whether it may be printed again.

What keeps it from that is asked in the words of SQL that the long way asks too: they stand here,
and this file imports nothing that `sqlite3` does not.
"""

from __future__ import annotations

import datetime as dt
import sqlite3

TYPE_CHECKING = False  # `typing` takes longer than all of this
if TYPE_CHECKING:
    from trajplan.records.store import Store

MadeFrom = tuple[int, str, str | None, object]
"""What a plan is made from: the client's revision, the digest of the content, the session's day,
and the options. A kept plan holds while all of this is the same."""
AROUND = (
    "FROM sessions s JOIN engagements e ON e.id = s.engagement_id"
    " JOIN clients c ON c.id = e.client_id"
    # What was left over when an engagement closed no longer takes place.
    " WHERE s.state = 'planned' AND s.date BETWEEN :before AND :after"
    " AND (e.closed IS NULL OR s.kind = 'follow_up')"
)
"""The planned sessions of any client between two days."""
DUE_NOTES = "SELECT id FROM notes WHERE kind = 'working' AND purge_on <= :today"
"""The working notes whose day has come."""
REMOVED_NOTES = (
    "done < :today AND id IN (SELECT command_id FROM undo_steps WHERE thing = 'notes'"
    " AND json_extract(old, '$.purge_on') <= '''' || :today || '''')"
)
"""Which commands of earlier days hold such a note; there a value stands as SQL writes it. A command
of today can still be taken back."""
_WAITS = (
    f"SELECT EXISTS ({DUE_NOTES}) OR EXISTS (SELECT 1 FROM undo_commands WHERE {REMOVED_NOTES})"
)

_PAGE = f"""SELECT c.id, k.page, e.time_zone,
    EXISTS (SELECT 1 FROM sessions WHERE engagement_id = e.id AND date = :today
        AND state IN ('planned', 'held')),
    c.revision, s.date, s.options,
    p.client_revision, p.library_digest, json_extract(p.body, '$.date'), k.options
    FROM plan_pages k JOIN plans p ON p.session_id = k.session_id
    JOIN sessions s ON s.id = p.session_id JOIN engagements e ON e.id = s.engagement_id
    JOIN clients c ON c.id = e.client_id JOIN meta
    WHERE c.id = ifnull(meta.current_client, (SELECT min(id) FROM clients HAVING count(*) = 1))
    AND s.number = :number AND s.state = 'planned' AND e.closed IS NULL
    AND e.ordinal = (SELECT max(ordinal) FROM engagements WHERE client_id = c.id)
    AND k.made_by = :made_by
    AND NOT ({_WAITS})"""
_DAYS = f"SELECT e.client_id, s.date, e.time_zone {AROUND}"


def notes_wait(store: Store, today: dt.date) -> bool:
    """Whether the day of some working note has come, also of one that an undo could bring back."""
    return bool(store.run(_WAITS, {"today": today.isoformat()}).fetchone()[0])


def keep_page(store: Store, session_id: int, made_by: str, page: str) -> None:
    """Keep the page of a plan that is kept; it goes with the plan, and when the plan is changed."""
    with store.uncounted():
        store.run(
            "INSERT INTO plan_pages (session_id, made_by, options, page)"
            " SELECT id, ?, options, ? FROM sessions WHERE id = ?",
            (made_by, page, session_id),
        )


def page_of_current(
    place: str, number: int, *, today: dt.date, zone: str, digest: str, made_by: str
) -> str | None:
    """The page of a session of the current client, where nothing is to be done or said but print
    it; None where something is, or may be. `place` is the file's whole path. Raises sqlite3.Error.
    """
    # As another command may be writing: no waiting here, and no undoing of what was killed.
    db = sqlite3.connect(file_uri(place) + "?mode=ro", uri=True, timeout=0, isolation_level=None)
    try:
        db.execute("BEGIN")
        values = {"number": number, "made_by": made_by, "today": str(today)}
        found = db.execute(_PAGE, values).fetchone()
        if found is None:
            return None
        days = db.execute(_DAYS, days_around(today)).fetchall()
    finally:
        db.close()
    client, page, clock, meets, revision, day, options, *made_from = found
    now: MadeFrom = (revision, digest, day, options)
    if tuple(made_from) != now:
        return None
    due = {owner for owner, day, _ in days if day == values["today"]}
    # A client's own clock may put a session of the day beside on the coach's today.
    clocks = {clock, *(row[2] for row in days)} if days else set()
    if zone and not clocks <= {"", zone}:
        return None
    return page if meets or not due or client in due else None


def days_around(date: dt.date) -> dict[str, str]:
    """The day before and the day after, as far as the calendar reaches."""
    day = dt.timedelta(days=1)
    before = date - day if date > dt.date.min else date
    after = date + day if date < dt.date.max else date
    return {"before": before.isoformat(), "after": after.isoformat()}


def file_uri(place: str) -> str:
    """A whole path with `/` as SQLite takes it: `file:///home/ana/p`, `file:///C:/p`,
    `file:////host/p`."""
    name = place.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    return f"file://{name}" if name.startswith("/") else f"file:///{name}"
