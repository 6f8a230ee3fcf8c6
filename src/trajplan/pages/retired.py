"""Retired questions: what was changed, and for whom one is retired."""

from __future__ import annotations

from collections.abc import Sequence

from trajplan.actions.retire import Retirement
from trajplan.codec import to_plain
from trajplan.pages.document import Document
from trajplan.pages.listing import Card, card
from trajplan.records.records import RetiredQuestion

EVERYBODY = "Every client"


def retired_page(found: Retirement) -> Document:
    """The change, whose it is, and from which session on."""
    whose = found.client.name if found.client else EVERYBODY
    when = f"from session {found.next} on" if found.next else "from the next plan on"
    return card(
        Card(
            title=f"{whose} · {when} · question {found.question}",
            pairs=(
                ("Question", found.text),
                ("Now", _now(found)),
                ("Retired", retired_words(found.standing) or "for nobody"),
            ),
            data={
                "question": found.question,
                "client": found.client.slug if found.client else None,
                "session": found.next,
                "changed": found.changed,
                "retired": to_plain(found.standing),
            },
        )
    )


def _now(found: Retirement) -> str:
    if found.again:
        # Taking one back may leave another standing.
        still = found.client is not None and any(one.client is None for one in found.standing)
        return "still retired for every client" if still else "plans may hold it again"
    if not found.changed:
        return "it was retired before; nothing has changed"
    return "plans leave it out; prep with --with asks it all the same"


def retired_words(found: Sequence[RetiredQuestion]) -> str:
    """For whom, and since when."""
    return "; ".join(
        f"for {one.client_name if one.client else 'every client'} since {one.since}"
        for one in found
    )
