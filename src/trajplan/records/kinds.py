"""The kinds of records there are, and the table of each."""

from trajplan.records.fields import Record
from trajplan.records.model.commitments import (
    Assumption,
    AssumptionChallenge,
    Commitment,
    CommitmentReview,
    Contact,
    ParkedTopic,
)
from trajplan.records.model.goals import Goal, GoalChange, Indicator, IndicatorReading
from trajplan.records.model.journeys import (
    Client,
    DaysOff,
    Ending,
    Engagement,
    HintGiven,
    IntakeChange,
    MethodChange,
    Pause,
    PhaseExit,
    Referral,
    RetiredQuestion,
)
from trajplan.records.model.ratings import ScaledAnswer, TciEntry, Withdrawal
from trajplan.records.model.sessions import (
    CheckIn,
    Echo,
    HandedOut,
    KeptPlan,
    Note,
    QuestionUse,
    Session,
    SessionDay,
    WorksheetAnswers,
    WrapRecord,
)

TABLES: dict[type[Record], str] = {
    Client: "clients",
    Engagement: "engagements",
    HintGiven: "hints_given",
    IntakeChange: "intake_changes",
    Session: "sessions",
    KeptPlan: "plans",
    WrapRecord: "wraps",
    QuestionUse: "question_uses",
    Commitment: "commitments",
    CommitmentReview: "commitment_reviews",
    TciEntry: "tci_entries",
    CheckIn: "check_ins",
    Assumption: "assumptions",
    AssumptionChallenge: "assumption_challenges",
    Note: "notes",
    WorksheetAnswers: "worksheet_answers",
    MethodChange: "method_changes",
    Referral: "referrals",
    Goal: "goals",
    GoalChange: "goal_changes",
    Indicator: "indicators",
    IndicatorReading: "indicator_readings",
    Contact: "contacts",
    ParkedTopic: "parked_topics",
    ScaledAnswer: "scaled_answers",
    HandedOut: "handed_out",
    RetiredQuestion: "retired_questions",
    Echo: "echoes",
    Ending: "endings",
    SessionDay: "session_days",
    Pause: "pauses",
    DaysOff: "days_off",
    PhaseExit: "phase_exits",
    Withdrawal: "withdrawals",
}
"""Every kind of record with the table it is kept in, in the order an export lists them."""
KINDS = {table: kind for kind, table in TABLES.items()}
"""The same, by the table."""
