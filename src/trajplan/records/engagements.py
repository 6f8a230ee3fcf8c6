"""Engagements: one journey with a client. A client may return for a further one."""

from __future__ import annotations

from typing import Any

from trajplan.records.model import Engagement
from trajplan.records.store import Store


def update(store: Store, engagement_id: int, **changes: Any) -> Engagement:
    """Change named fields. Raises TypeError for others, NotFound."""
    return store.update(store.get(Engagement, engagement_id), **changes)
