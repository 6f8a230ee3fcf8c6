"""What `close` says, and what it still lacks: pages for the coach."""

from __future__ import annotations

from msgspec import to_builtins

from trajplan.actions.closing import ClosedEngagement
from trajplan.dates import long_date
from trajplan.pages.document import Document
from trajplan.pages.listing import Card, Listing, card, listing
from trajplan.planning.ending import EndingChecklist
from trajplan.records.model import Client

PAGES = ("career-os", "follow-up", "weekly-review", "retreat")


def checklist_page(found: EndingChecklist) -> Document:
    """What there is and what is missing, one row each."""
    rows = [
        (one.name, one.state or "–", one.missing or "there", one.how if one.missing else "")
        for one in (*found.needs, *found.wishes)
    ]
    return listing(
        Listing(
            title=f"The ending with {found.client.name}",
            columns=("what", "so far", "still needed", "by"),
            rows=tuple(rows),
            data={
                "client": found.client.slug,
                "client_name": found.client.name,
                "closed": found.closed.isoformat() if found.closed else None,
                "needs": to_builtins(found.needs),
                "wishes": to_builtins(found.wishes),
                "missing": list(found.missing),
            },
            empty="",
            about=f"Closed on {long_date(found.closed)}." if found.closed else "",
        )
    )


def _whose(found: ClosedEngagement) -> str:
    """What `--client` calls it; an earlier engagement is named by its number."""
    slug = found.client.slug
    return slug if found.newest else f"{slug}/{found.ordinal}"


def closed_page(found: ClosedEngagement) -> Document:
    """What `close` kept, and which pages there are now."""
    one = found.ending
    follow_up = long_date(one.follow_up) if one.follow_up else "none"
    return card(
        Card(
            title=f"{found.client.name} ({found.client.slug}) · closed on {long_date(one.closed)}",
            pairs=(
                ("Sessions", f"{found.held} of {found.sessions} held"),
                *(("Outcome", text) for text in one.outcomes),
                *(("Asks for help when", text) for text in one.triggers),
                ("Follow-up", follow_up),
                ("Missing", "; ".join(one.missing)),
                ("Closed all the same", one.forced),
                *(
                    ("To print", f"trajplan close --print {page} --client {_whose(found)}")
                    for page in PAGES
                    if page != "follow-up" or one.follow_up
                ),
            ),
            data={
                "client": found.client.slug,
                "client_name": found.client.name,
                "engagement": found.ordinal,
                "held": found.held,
                "sessions": found.sessions,
                **to_builtins(one),
            },
        )
    )


def reopened_page(client: Client) -> Document:
    """What `close --reopen` says."""
    return card(
        Card(
            title=f"{client.name} ({client.slug}) · open again",
            pairs=(("Next", f"trajplan show --client {client.slug}"),),
            data={"client": client.slug, "client_name": client.name, "closed": None},
        )
    )
