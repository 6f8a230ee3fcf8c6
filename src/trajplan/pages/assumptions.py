"""Assumptions: the list, and one with the evidence for and against it."""

from __future__ import annotations

from typing import Any

from trajplan.actions.assumptions import AssumptionList, AssumptionView
from trajplan.pages.document import Document, client_data, record_data
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
            "kind",
            "heard",
            "for / against",
            "status",
        ),
        (
            (
                str(view.assumption.number),
                view.assumption.text,
                _kind(view),
                _heard(view),
                f"{len(view.assumption.evidence_for)} / {len(view.assumption.evidence_against)}",
                STATUSES[view.assumption.status],
            )
            for view in assumptions.views
        ),
        "None heard yet; `trajplan assumptions add --from -` saves one.",
    )
    return Page.of(
        f"Assumptions · {assumptions.client.name}",
        table,
    )


def _kind(view: AssumptionView) -> str:
    """What it is about; a kind nobody has confirmed is marked as the guess it is."""
    return view.assumption.kind or f"{view.suggested_kind}?"


def _heard(view: AssumptionView) -> str:
    return f"session {view.heard_in}" if view.heard_in else "intake"


def assumption_data(view: AssumptionView) -> dict[str, Any]:
    """An assumption as JSON: where it was heard stands as the session's number, not its row."""
    return {
        **record_data(view.assumption),
        "session_number": view.heard_in,
        "challenged": list(view.challenged_in),
        "suggested_kind": view.suggested_kind,
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


def _kind_in_full(view: AssumptionView) -> str:
    if view.assumption.kind:
        return view.assumption.kind
    number = view.assumption.number
    return (
        f"{view.suggested_kind}, going by the words; "
        f"`trajplan assumptions update {number} --kind …` says so for certain"
    )


def _page(view: AssumptionView) -> Page:
    assumption = view.assumption
    heard = _heard(view)
    return Page.of(
        f"{view.client.name} · {heard} · assumption {assumption.number}",
        labelled(
            (
                "The gist" if assumption.wording == "gist" else "In the client's words",
                assumption.text,
            ),
            ("Kind", _kind_in_full(view)),
            ("Heard", heard),
            ("Status", STATUSES[assumption.status]),
            *(("For it", evidence) for evidence in assumption.evidence_for),
            *(("Against it", evidence) for evidence in assumption.evidence_against),
            (
                "Brought back in",
                ", ".join(f"session {number}" for number in view.challenged_in),
            ),
        ),
    )
