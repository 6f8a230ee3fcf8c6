"""Referrals: somebody else's help that was advised, and since when it stands (R22)."""

from __future__ import annotations

import datetime as dt

from trajplan.records import rows
from trajplan.records.records import Referral, ReferralKind
from trajplan.records.store import Store


def add(store: Store, *, client_id: int, kind: ReferralKind, date: dt.date, note: str) -> Referral:
    """Keep a referral. One of the kind may not be standing."""
    number = rows.insert(store, "referrals", client_id=client_id, kind=kind, date=date, note=note)
    return by_id(store, number)


def by_id(store: Store, referral_id: int) -> Referral:
    """Return one referral. Raises NotFound."""
    row = store.run("SELECT * FROM referrals WHERE id = ?", (referral_id,)).fetchone()
    if row is None:
        raise rows.missing("referrals", referral_id)
    return rows.record(Referral, row)


def of_client(store: Store, client_id: int) -> tuple[Referral, ...]:
    """Return every referral of the client, ended or not, by date."""
    found = store.run("SELECT * FROM referrals WHERE client_id = ? ORDER BY date, id", (client_id,))
    return tuple(rows.record(Referral, row) for row in found)


def standing(store: Store, client_id: int) -> tuple[Referral, ...]:
    """Return those that are not ended."""
    return tuple(one for one in of_client(store, client_id) if one.ended is None)


def end(store: Store, referral_id: int, date: dt.date) -> Referral:
    """Let it end on a day, not before it began. Raises NotFound."""
    rows.update(store, "referrals", referral_id, {"ended": date}, ("ended",))
    return by_id(store, referral_id)
