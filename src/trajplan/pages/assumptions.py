"""Assumptions: the list, and one with the evidence for and against it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from trajplan.actions.client_records import Detail
from trajplan.content.model import BeliefCues
from trajplan.pages.document import Document, client_data, record_data
from trajplan.pages.page import Column, Page, labelled, listed, sentence
from trajplan.planning.beliefs import suggested_kind
from trajplan.records.dossier import Dossier
from trajplan.records.model.commitments import Assumption

STATUSES = {"open": "open", "tested": "tested", "let_go": "let go"}


def assumption_list(dossier: Dossier, cues: Sequence[BeliefCues]) -> Document:
    """Every assumption in the client's words. `cues`: words that say what a belief is about."""
    return Document(
        page=lambda: _list(dossier, cues),
        data=lambda: {
            **client_data(dossier.client),
            "assumptions": [
                assumption_data(dossier, assumption, cues) for assumption in dossier.assumptions
            ],
        },
        rows=("assumptions",),
    )


def _list(dossier: Dossier, cues: Sequence[BeliefCues]) -> Page:
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
                str(assumption.number),
                assumption.text,
                # A kind nobody has confirmed is marked as the guess it is.
                assumption.kind or f"{suggested_kind(assumption.text, cues)}?",
                _heard(dossier, assumption),
                f"{len(assumption.evidence_for)} / {len(assumption.evidence_against)}",
                STATUSES[assumption.status],
            )
            for assumption in dossier.assumptions
        ),
        "None heard yet; `trajplan assumptions add --from -` saves one.",
    )
    return Page.of(f"Assumptions · {dossier.client.name}", table)


def _heard(dossier: Dossier, assumption: Assumption) -> str:
    """The session it was heard in; what belongs to none is from the intake.

    A pinned note may have brought it along from an earlier journey.
    """
    number = dossier.number_of(assumption.session_id)
    if number:
        return f"session {number}"
    elsewhere = assumption.session_id and assumption.session_id not in dossier.session_by_id
    return "an earlier journey" if elsewhere else "intake"


def assumption_data(
    dossier: Dossier, assumption: Assumption, cues: Sequence[BeliefCues]
) -> dict[str, Any]:
    """An assumption as JSON: where it was heard stands as the session's number, not its row."""
    return {
        **record_data(assumption),
        "session_number": dossier.number_of(assumption.session_id),
        "challenged": dossier.challenged_in(assumption.id),
        "suggested_kind": suggested_kind(assumption.text, cues),
    }


def assumption_page(detail: Detail[Assumption], cues: Sequence[BeliefCues]) -> Document:
    """One assumption in full."""
    dossier, assumption = detail.dossier, detail.record
    return Document(
        page=lambda: _page(dossier, assumption, cues),
        data=lambda: {
            **client_data(dossier.client),
            **assumption_data(dossier, assumption, cues),
        },
    )


def _kind(assumption: Assumption, cues: Sequence[BeliefCues]) -> str:
    if assumption.kind:
        return assumption.kind
    return (
        f"{suggested_kind(assumption.text, cues)}, going by the words; "
        f"`trajplan assumptions update {assumption.number} --kind …` says so for certain"
    )


def _page(dossier: Dossier, assumption: Assumption, cues: Sequence[BeliefCues]) -> Page:
    heard = _heard(dossier, assumption)
    challenged = dossier.challenged_in(assumption.id)
    return Page.of(
        f"{dossier.client.name} · {heard} · assumption {assumption.number}",
        labelled(
            (
                "The gist" if assumption.wording == "gist" else "In the client's words",
                assumption.text,
            ),
            ("Kind", sentence(_kind(assumption, cues))),
            ("Heard", heard),
            ("Status", STATUSES[assumption.status]),
            *(("For it", evidence) for evidence in assumption.evidence_for),
            *(("Against it", evidence) for evidence in assumption.evidence_against),
            ("Brought back in", ", ".join(f"session {number}" for number in challenged)),
        ),
    )
