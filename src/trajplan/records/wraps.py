"""Wraps: what was kept of a held session."""

from __future__ import annotations

from trajplan.errors import CannotDo
from trajplan.records.model import WrapRecord
from trajplan.records.store import Store


def add(store: Store, wrap: WrapRecord) -> None:
    """Keep the wrap of a session. Raises CannotDo when it has one already."""
    if store.find(WrapRecord, session_id=wrap.session_id) is not None:
        raise CannotDo("this session has been wrapped already")
    store.insert(wrap)


def replace(store: Store, wrap: WrapRecord) -> None:
    """Put another wrap in the place of the session's present one. Raises CannotDo without one."""
    if not store.delete(WrapRecord, session_id=wrap.session_id):
        raise CannotDo("this session has not been wrapped yet")
    store.insert(wrap)
