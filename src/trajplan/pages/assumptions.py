"""Assumptions: the list, and one with the evidence for and against it."""

from __future__ import annotations

from trajplan.actions.assumptions import AssumptionList, AssumptionView
from trajplan.pages.document import Document, client_data, numbered_data
from trajplan.pages.page import Column, Page, labelled, listed
from trajplan.records.records import Assumption

STATUSES = {"open": "open", "tested": "tested", "let_go": "let go"}


def assumption_list(assumptions: AssumptionList) -> Document:
    """Every assumption in the client's words."""
    return Document(
        page=lambda: _list(assumptions),
        data=lambda: {
            **client_data(assumptions.client),
            "assumptions": [numbered_data(assumption) for assumption in assumptions.assumptions],
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
                str(assumption.number),
                assumption.text,
                _heard(assumption),
                f"{len(assumption.evidence_for)} / {len(assumption.evidence_against)}",
                STATUSES[assumption.status],
            )
            for assumption in assumptions.assumptions
        ),
        "None heard yet; `trajplan assumptions add --from -` saves one.",
    )
    return Page(f"Assumptions · {assumptions.client.name}", (table,))


def _heard(assumption: Assumption) -> str:
    return f"session {assumption.session_number}" if assumption.session_number else "intake"


def assumption_page(view: AssumptionView) -> Document:
    """One assumption in full."""
    return Document(
        page=lambda: _page(view),
        data=lambda: {
            **client_data(view.client),
            **numbered_data(view.assumption),
        },
    )


def _page(view: AssumptionView) -> Page:
    assumption = view.assumption
    heard = _heard(assumption)
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
                        ", ".join(f"session {number}" for number in assumption.challenged),
                    ),
                ]
            ),
        ),
    )
