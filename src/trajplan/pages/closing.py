"""The end of a journey: what it still needs, and what `close` says; for the coach alone."""

from __future__ import annotations

from msgspec import to_builtins

from trajplan.actions.closing import ClosedEngagement
from trajplan.dates import long_date
from trajplan.pages.document import Document, client_data
from trajplan.pages.page import Line, Page, Table, code, labelled, quiet, sentence
from trajplan.planning.ending import EndingChecklist
from trajplan.records.model import Client

PAGES = ("career-os", "follow-up", "weekly-review", "retreat")
"""What a client goes on with, by the names `--print` takes."""


def checklist_page(checklist: EndingChecklist) -> Document:
    """What there is and what is missing, one row each."""
    return Document(
        page=lambda: _checklist(checklist),
        data=lambda: {
            **client_data(checklist.client),
            "closed": to_builtins(checklist.closed),
            "needs": to_builtins(checklist.needs),
            "wishes": to_builtins(checklist.wishes),
            "missing": list(checklist.missing),
        },
    )


def _checklist(checklist: EndingChecklist) -> Page:
    closed = checklist.closed
    rows = tuple(
        (
            need.name,
            need.state or "–",
            need.missing or "there",
            sentence(need.how) if need.missing else "",
        )
        for need in (*checklist.needs, *checklist.wishes)
    )
    return Page(
        f"The ending with {checklist.client.name}",
        (
            *([Line((quiet(f"Closed on {long_date(closed)}."),))] if closed else []),
            Table(("what", "so far", "still needed", "by"), rows),
        ),
    )


def closed_page(closed: ClosedEngagement) -> Document:
    """What `close` saved, and which pages there are now."""
    return Document(
        page=lambda: _closed(closed),
        data=lambda: {
            **client_data(closed.client),
            "engagement": closed.ordinal,
            "held": closed.held,
            "sessions": closed.sessions,
            **to_builtins(closed.ending),
        },
    )


def _closed(closed: ClosedEngagement) -> Page:
    ending, slug = closed.ending, closed.client.slug
    # An earlier engagement is named by its number.
    whose = slug if closed.newest else f"{slug}/{closed.ordinal}"
    return Page(
        f"{closed.client.name} ({slug}) · closed on {long_date(ending.closed)}",
        (
            labelled(
                [
                    ("Sessions", f"{closed.held} of {closed.sessions} held"),
                    *(("Outcome", outcome) for outcome in ending.outcomes),
                    *(("Asks for help when", trigger) for trigger in ending.triggers),
                    ("Follow-up", long_date(ending.follow_up) if ending.follow_up else "none"),
                    ("Missing", "; ".join(ending.missing)),
                    ("Closed all the same", ending.forced),
                    *(
                        ("To print", (code(f"trajplan close --print {page} --client {whose}"),))
                        for page in PAGES
                        if page != "follow-up" or ending.follow_up
                    ),
                ]
            ),
        ),
    )


def reopened_page(client: Client) -> Document:
    """What `close --reopen` says."""
    command = code(f"trajplan show --client {client.slug}")
    return Document(
        page=lambda: Page(
            f"{client.name} ({client.slug}) · open again", (labelled([("Next", (command,))]),)
        ),
        data=lambda: {**client_data(client), "closed": None},
    )
