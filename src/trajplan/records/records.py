"""The records as modules read them that still ask for what others say beside them.

On its way out: `model.py` has the records alone, the `Dossier` what belongs beside them.
"""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from trajplan.records import model
from trajplan.records.forms import NoteKind
from trajplan.records.model import (
    MISSED,
    SCALE,
    WAITING,
    AssumptionStatus,
    Canceller,
    CheckIn,
    Client,
    Commitment,
    CommitmentReview,
    CommitmentStatus,
    Contact,
    ContactKind,
    DaysOff,
    EchoQuestion,
    Ending,
    Engagement,
    HandedOut,
    KeptPlan,
    Method,
    Note,
    Pause,
    PhaseExit,
    Referral,
    ReferralKind,
    Session,
    SessionAct,
    SessionDay,
    SessionKind,
    SessionState,
    WrapRecord,
)

__all__ = [
    "MISSED",
    "SCALE",
    "WAITING",
    "Assumption",
    "AssumptionStatus",
    "Canceller",
    "CheckIn",
    "Client",
    "Commitment",
    "CommitmentReview",
    "CommitmentStatus",
    "Contact",
    "ContactKind",
    "DaysOff",
    "Echo",
    "EchoQuestion",
    "Ending",
    "Engagement",
    "HandedOut",
    "KeptPlan",
    "Method",
    "MethodChange",
    "Note",
    "NoteKind",
    "Pause",
    "PhaseExit",
    "QuestionUse",
    "Referral",
    "ReferralKind",
    "RetiredQuestion",
    "ScaledAnswer",
    "Session",
    "SessionAct",
    "SessionDay",
    "SessionKind",
    "SessionState",
    "TciEntry",
    "WorksheetAnswers",
    "WrapRecord",
]


class Echo(model.Echo, frozen=True, kw_only=True):
    """With its session's number."""

    session_number: int


class TciEntry(model.TciEntry, frozen=True, kw_only=True):
    """With its session's number."""

    session_number: int


class ScaledAnswer(model.ScaledAnswer, frozen=True, kw_only=True):
    """With its session's number."""

    session_number: int


class Assumption(model.Assumption, frozen=True, kw_only=True):
    """With the number of the session it was heard in, and of those that challenged it."""

    session_number: int | None = None
    challenged: tuple[int, ...] = ()


class MethodChange(model.MethodChange, frozen=True, kw_only=True):
    """With its session's number."""

    session_number: int | None = None


class WorksheetAnswers(model.WorksheetAnswers, frozen=True, kw_only=True):
    """With its session's number."""

    session_number: int | None = None


class QuestionUse(Struct, frozen=True, kw_only=True):
    """A question that was planned or asked, with whose it was."""

    question_id: str
    session_id: int
    client_id: int
    engagement_id: int
    date: dt.date
    asked: bool


class RetiredQuestion(Struct, frozen=True, kw_only=True):
    """A question that plans leave out, with the client it is retired for; None: every client."""

    question_id: str
    client: str | None
    client_name: str | None
    since: dt.date
