"""Retired questions: what was changed, and for whom one is retired."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import to_builtins

from trajplan.actions.retire import Retirement, RetirementChange
from trajplan.pages.document import Document
from trajplan.pages.listing import Card, card

EVERYBODY = "Every client"


def retired_page(change: RetirementChange) -> Document:
    """The change, whose it is, and from which session on."""
    whose = change.client.name if change.client else EVERYBODY
    when = f"from session {change.next} on" if change.next else "from the next plan on"
    return card(
        Card(
            title=f"{whose} · {when} · question {change.question}",
            pairs=(
                ("Question", change.text),
                ("Now", _now(change)),
                ("Retired", retired_words(change.standing) or "for nobody"),
            ),
            data={
                "question": change.question,
                "client": change.client.slug if change.client else None,
                "session": change.next,
                "changed": change.changed,
                "retired": to_builtins(change.standing),
            },
        )
    )


def _now(change: RetirementChange) -> str:
    if change.again:
        # Taking one back may leave another standing.
        still = change.client is not None and any(
            retirement.client is None for retirement in change.standing
        )
        return "still retired for every client" if still else "plans may hold it again"
    if not change.changed:
        return "it was retired before; nothing has changed"
    return "plans leave it out; prep with --with asks it all the same"


def retired_words(retirements: Sequence[Retirement]) -> str:
    """For whom, and since when."""
    return "; ".join(
        f"for {retirement.client_name if retirement.client else 'every client'}"
        f" since {retirement.since}"
        for retirement in retirements
    )
