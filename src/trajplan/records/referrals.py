"""Referrals: somebody else's help that was advised, and since when it stands (R22)."""

from __future__ import annotations

import datetime as dt

from trajplan.records.model import Referral, ReferralKind
from trajplan.records.store import Store


def add(store: Store, *, client_id: int, kind: ReferralKind, date: dt.date, note: str) -> Referral:
    """Save a referral. One of the kind may not be standing."""
    return store.insert(Referral(client_id=client_id, kind=kind, date=date, note=note))


def standing(store: Store, client_id: int) -> tuple[Referral, ...]:
    """Return those that are not ended."""
    return store.select(Referral, client_id=client_id, ended=None)


def end(store: Store, referral_id: int, date: dt.date) -> Referral:
    """Let it end on a day, not before it began. Raises NotFound."""
    return store.update(store.get(Referral, referral_id), ended=date)
