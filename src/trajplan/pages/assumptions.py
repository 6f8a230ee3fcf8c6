"""Assumptions: the list, and one with the evidence for and against it."""

from __future__ import annotations

from typing import Any

from trajplan.actions.assumptions import AssumptionList, AssumptionView
from trajplan.pages.document import Document, client_data, numbered_data
from trajplan.pages.page import Column, Page, labelled, listed

STATUSES = {"open": "open", "tested": "tested", "let_go": "let go"}


def assumption_list(assumptions: AssumptionList) -> Document:
    """Every assumption in the client's words."""
    return Document(
        page=lambda: _list(assumptions),
        data=lambda: {
            **client_data(assumptions.client),
            "assumptions": [assumption_data(view) for view in assumptions.views],
        },
    )


def _list(assumptions: AssumptionList) -> Page:
    table = listed(
        (
            Column("id", whole=True),
            "in the client's words",
            "heard",
            "for / against",
            "status",
        ),
        (
            (
                str(view.assumption.number),
                view.assumption.text,
                _heard(view),
                f"{len(view.assumption.evidence_for)} / {len(view.assumption.evidence_against)}",
                STATUSES[view.assumption.status],
            )
            for view in assumptions.views
        ),
        "None heard yet; `trajplan assumptions add --from -` saves one.",
    )
    return Page(f"Assumptions · {assumptions.client.name}", (table,))


def _heard(view: AssumptionView) -> str:
    return f"session {view.heard_in}" if view.heard_in else "intake"


def assumption_data(view: AssumptionView) -> dict[str, Any]:
    """An assumption as JSON: where it was heard stands as the session's number, not its row."""
    data = numbered_data(view.assumption)
    del data["session_id"]
    return {
        **data,
        "session_number": view.heard_in,
        "challenged": list(view.challenged_in),
    }


def assumption_page(view: AssumptionView) -> Document:
    """One assumption in full."""
    return Document(
        page=lambda: _page(view),
        data=lambda: {
            **client_data(view.client),
            **assumption_data(view),
        },
    )


def _page(view: AssumptionView) -> Page:
    assumption = view.assumption
    heard = _heard(view)
    return Page(
        f"{view.client.name} · {heard} · assumption {assumption.number}",
        (
            labelled(
                [
                    ("In the client's words", assumption.text),
                    ("Heard", heard),
                    ("Status", STATUSES[assumption.status]),
                    *(("For it", evidence) for evidence in assumption.evidence_for),
                    *(("Against it", evidence) for evidence in assumption.evidence_against),
                    (
                        "Challenged in",
                        ", ".join(f"session {number}" for number in view.challenged_in),
                    ),
                ]
            ),
        ),
    )
