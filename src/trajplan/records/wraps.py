"""Wraps: what was kept of a held session."""

from __future__ import annotations

import sqlite3

from trajplan.errors import CannotDo
from trajplan.records import rows
from trajplan.records.records import WrapRecord
from trajplan.records.store import Store


def add(store: Store, wrap: WrapRecord) -> None:
    """Keep the wrap of a session. Raises CannotDo when it has one already."""
    if of_session(store, wrap.session_id) is not None:
        raise CannotDo("this session has been wrapped already")
    _insert(store, wrap)


def replace(store: Store, wrap: WrapRecord) -> None:
    """Put another wrap in the place of the session's present one. Raises CannotDo without one."""
    if of_session(store, wrap.session_id) is None:
        raise CannotDo("this session has not been wrapped yet")
    store.run("DELETE FROM wraps WHERE session_id = ?", (wrap.session_id,))
    _insert(store, wrap)


def of_session(store: Store, session_id: int) -> WrapRecord | None:
    """Return the wrap of one session."""
    row = store.run("SELECT * FROM wraps WHERE session_id = ?", (session_id,)).fetchone()
    return None if row is None else _record(row)


def latest(store: Store, engagement_id: int) -> WrapRecord | None:
    """Return the wrap of the engagement's latest wrapped session, by the day it was held."""
    row = store.run(
        "SELECT w.* FROM wraps w JOIN sessions s ON s.id = w.session_id"
        " WHERE s.engagement_id = ? ORDER BY coalesce(s.held_on, w.wrapped_on) DESC,"
        " s.number DESC, s.id DESC LIMIT 1",
        (engagement_id,),
    ).fetchone()
    return None if row is None else _record(row)


def _insert(store: Store, wrap: WrapRecord) -> None:
    rows.insert(
        store,
        "wraps",
        session_id=wrap.session_id,
        wrapped_on=wrap.wrapped_on,
        minutes=wrap.minutes,
        actual=wrap.actual,
        focus=wrap.focus,
        takeaways=wrap.takeaways,
        parked=wrap.parked,
        energy=wrap.energy,
        frame_change=wrap.frame_change,
        inquiry=wrap.inquiry,
        asked=wrap.asked,
        none_chosen=wrap.none_chosen,
        serves=wrap.serves,
    )


def _record(row: sqlite3.Row) -> WrapRecord:
    lists = ("actual", "takeaways", "parked", "asked")
    return rows.record(WrapRecord, row, lists=lists, flags=("none_chosen",))
