"""Assumptions: the list, and one with the evidence for and against it."""

from __future__ import annotations

from trajplan.actions.assumptions import AssumptionList, AssumptionView
from trajplan.pages.document import Document
from trajplan.pages.listing import Card, Listing, card, listing
from trajplan.pages.numbered import plain
from trajplan.records.records import Assumption

STATUSES = {"open": "open", "tested": "tested", "let_go": "let go"}


def assumption_list(found: AssumptionList) -> Document:
    """Every assumption in the client's words."""
    return listing(
        Listing(
            title=f"Assumptions · {found.client.name}",
            columns=("id", "in the client's words", "heard", "for / against", "status"),
            rows=tuple(
                (
                    str(one.number),
                    one.text,
                    _heard(one),
                    f"{len(one.evidence_for)} / {len(one.evidence_against)}",
                    STATUSES[one.status],
                )
                for one in found.assumptions
            ),
            data={
                "client": found.client.slug,
                "client_name": found.client.name,
                "assumptions": [plain(one) for one in found.assumptions],
            },
            empty="None heard yet; `trajplan assumptions add --from -` keeps one.",
        )
    )


def _heard(one: Assumption) -> str:
    return f"session {one.session_number}" if one.session_number else "intake"


def assumption_page(found: AssumptionView) -> Document:
    """One assumption in full."""
    one = found.assumption
    return card(
        Card(
            title=f"{found.client.name} · {_heard(one)} · assumption {one.number}",
            pairs=(
                ("In the client's words", one.text),
                ("Heard", _heard(one)),
                ("Status", STATUSES[one.status]),
                *(("For it", text) for text in one.evidence_for),
                *(("Against it", text) for text in one.evidence_against),
                ("Challenged in", ", ".join(f"session {n}" for n in one.challenged)),
            ),
            data={
                "client": found.client.slug,
                "client_name": found.client.name,
                **plain(one),
            },
        )
    )
