"""Referrals: somebody else's help that was advised, and since when it stands (R22)."""

from __future__ import annotations

from trajplan.records.model import Referral
from trajplan.records.store import Store


def standing(store: Store, client_id: int) -> tuple[Referral, ...]:
    """Return those that are not ended."""
    return store.select(Referral, client_id=client_id, ended=None)
