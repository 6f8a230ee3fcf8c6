"""Referrals, for the coach alone: what `refer` says, and the line other pages show."""

from __future__ import annotations

from collections.abc import Sequence

from trajplan.actions.refer import ReferralChange
from trajplan.codec import to_plain
from trajplan.dates import short_date
from trajplan.pages.document import Document
from trajplan.pages.listing import Card, card
from trajplan.planning.plan import StandingReferral
from trajplan.records.model import Referral

SUSPENDED = "no assumption is put to the test, notes on a stall are silent"


def referred(found: ReferralChange) -> Document:
    """What `refer` says."""
    one = found.referral
    act = "ended" if one.ended else "kept"
    before = f"before session {found.next}" if found.next else "after the last session"
    return card(
        Card(
            title=f"{found.client.name} · {before}: referral {act}",
            pairs=(
                ("For", one.kind),
                ("Since", short_date(one.date)),
                ("Ended", short_date(one.ended) if one.ended else ""),
                ("Note", one.note),
                ("Stands", ", ".join(other.kind for other in found.standing) or "none"),
                ("While it stands", SUSPENDED if found.standing else ""),
            ),
            data={
                "client": found.client.slug,
                "client_name": found.client.name,
                "session": found.next,
                **to_plain(one),
                "standing": to_plain(found.standing),
            },
        )
    )


def referral_line(one: Referral) -> str:
    """One referral as `show` tells it."""
    ended = f", ended {short_date(one.ended)}" if one.ended else ""
    line = f"{one.kind}, since {short_date(one.date)}{ended}"
    return f"{line}: {one.note}" if one.note else line


def standing_line(standing: Sequence[StandingReferral]) -> str:
    """What the head of a plan says; empty when none stands."""
    if not standing:
        return ""
    kinds = ", ".join(f"{one.kind} since {short_date(one.since)}" for one in standing)
    return f"{kinds}; {SUSPENDED}"
