"""Everything about one engagement, read from the store: each table once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

from msgspec.json import decode, encode

from trajplan.records.dossier import Dossier, PlanSummary, QuestionPast
from trajplan.records.fields import R
from trajplan.records.goals import indicator_series
from trajplan.records.model.commitments import (
    Assumption,
    AssumptionChallenge,
    Commitment,
    CommitmentReview,
    Contact,
    ParkedTopic,
)
from trajplan.records.model.goals import Goal, GoalChange
from trajplan.records.model.journeys import (
    Client,
    DaysOff,
    Ending,
    Engagement,
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
    Note,
    Session,
    SessionDay,
    WorksheetAnswers,
    WrapRecord,
)

if TYPE_CHECKING:
    from trajplan.records.store import Store


def read_dossier(
    store: Store,
    client: Client,
    engagement: Engagement,
    engagements: tuple[Engagement, ...],
    *,
    own_zone: str = "",
) -> Dossier:
    """Read everything about one of a client's `engagements`, each table once. Raises StoreFault.

    `own_zone`: the coach's time zone, where it is known.
    """
    every_session = store.select(Session, engagement_id=_ids(engagements))
    sessions = tuple(session for session in every_session if session.engagement_id == engagement.id)
    numbers = {session.id: session.number or 0 for session in sessions}

    def by_engagement(kind: type[R]) -> tuple[R, ...]:
        return store.select(kind, engagement_id=engagement.id)

    def by_session(kind: type[R]) -> tuple[R, ...]:
        return store.select(kind, session_id=numbers)

    notes = store.select(Note, session_id=_ids(every_session))
    ratings, scaled_answers = standing_ratings(store, numbers)
    commitments, goals = by_engagement(Commitment), by_engagement(Goal)
    assumptions = by_engagement(Assumption)
    retired = store.select(RetiredQuestion)
    return Dossier(
        practice_id=store.practice_id,
        own_zone=own_zone,
        client=client,
        engagement=engagement,
        engagements=engagements,
        intake_changes=by_engagement(IntakeChange),
        sessions=sessions,
        session_days=by_session(SessionDay),
        pauses=by_engagement(Pause),
        days_off=store.select(DaysOff),
        phase_exits=by_engagement(PhaseExit),
        plans=_plans(store, numbers),
        wraps=by_session(WrapRecord),
        check_ins=by_session(CheckIn),
        notes=tuple(note for note in notes if note.session_id in numbers),
        pinned=tuple(note for note in notes if note.pinned),
        parked=store.select(ParkedTopic, engagement_id=_ids(engagements)),
        ratings=tuple(sorted(ratings, key=lambda entry: numbers[entry.session_id])),
        scaled_answers=tuple(
            sorted(
                (answer for answer in scaled_answers if numbers[answer.session_id]),
                key=lambda answer: numbers[answer.session_id],
            )
        ),
        commitments=commitments,
        commitment_reviews=store.select(CommitmentReview, commitment_id=_ids(commitments)),
        contacts=store.select(Contact, commitment_id=_ids(commitments)),
        goals=goals,
        goal_changes=store.select(GoalChange, goal_id=_ids(goals)),
        indicators=indicator_series(store, engagement.id),
        assumptions=assumptions,
        assumption_challenges=store.select(AssumptionChallenge, assumption_id=_ids(assumptions)),
        worksheet_answers=by_engagement(WorksheetAnswers),
        handed_out=by_session(HandedOut),
        echoes=tuple(sorted(by_session(Echo), key=lambda echo: numbers[echo.session_id])),
        method_changes=by_engagement(MethodChange),
        referrals=store.select(Referral, client_id=client.id),
        ending=store.find(Ending, engagement_id=engagement.id),
        questions=_questions(store, [session.id for session in every_session]),
        retired=frozenset(
            question.question_id for question in retired if question.client_id in (None, client.id)
        ),
    )


def _plans(store: Store, session_ids: Iterable[int]) -> tuple[PlanSummary, ...]:
    rows = store.run(
        "SELECT session_id, client_revision, library_digest, options, body,"
        " frozen = 1 AS frozen,"
        " coalesce(json_extract(body, '$.blueprint'), '') AS blueprint,"
        " coalesce(json_extract(body, '$.holding'), 0) AS holding,"
        " json_extract(body, '$.decision') AS decision,"
        " coalesce(json_extract(body, '$.ratings'), 'session') AS ratings"
        " FROM plans WHERE session_id IN (SELECT value FROM json_each(?)) ORDER BY session_id",
        (encode([*session_ids]).decode(),),
    )
    return tuple(
        PlanSummary(
            session_id=row["session_id"],
            client_revision=row["client_revision"],
            library_digest=row["library_digest"],
            options=decode(row["options"]),
            text=row["body"],
            frozen=bool(row["frozen"]),
            blueprint=row["blueprint"],
            holding=bool(row["holding"]),
            decision=bool(row["decision"]),
            ratings=row["ratings"],
        )
        for row in rows
    )


def _questions(store: Store, session_ids: Iterable[int]) -> dict[str, QuestionPast]:
    """Read what became of each question; `session_ids` are the client's.

    The last day of each is found by going from question to question through the index of those
    asked, so that the caseload's years cost nothing. Its rows have no session.
    """
    rows = store.run(
        "WITH RECURSIVE question (id) AS ("
        " SELECT min(question_id) FROM question_uses WHERE asked = 1"
        " UNION ALL SELECT (SELECT min(question_id) FROM question_uses"
        " WHERE asked = 1 AND question_id > question.id) FROM question WHERE id IS NOT NULL)"
        " SELECT question.id AS question_id, NULL AS session_id, 1 AS asked,"
        " (SELECT max(date) FROM question_uses WHERE asked = 1 AND question_id = question.id)"
        " AS date, 0 AS id FROM question WHERE question.id IS NOT NULL"
        " UNION ALL SELECT question_id, session_id, asked, date, id FROM question_uses"
        " WHERE session_id IN (SELECT value FROM json_each(?)) ORDER BY date, id",
        (encode([*session_ids]).decode(),),
    ).fetchall()
    last_asked = {
        row["question_id"]: dt.date.fromisoformat(row["date"])
        for row in rows
        if row["session_id"] is None
    }
    planned_in: dict[str, list[int]] = {name: [] for name in last_asked}
    asked_in: dict[str, list[int]] = {}
    for use in rows:
        if use["session_id"] is None:
            continue
        planned_in.setdefault(use["question_id"], []).append(use["session_id"])
        if use["asked"]:
            asked_in.setdefault(use["question_id"], []).append(use["session_id"])
    return {
        name: QuestionPast(
            planned_in=tuple(sessions),
            asked_in=tuple(asked_in.get(name, ())),
            last_asked=last_asked.get(name),
        )
        for name, sessions in planned_in.items()
    }


def _ids(records: Iterable[Any]) -> tuple[int, ...]:
    return tuple(record.id for record in records)


def standing_ratings(
    store: Store, session_ids: Collection[int]
) -> tuple[tuple[TciEntry, ...], tuple[ScaledAnswer, ...]]:
    """Ratings and scaled answers of these sessions that no undo has withdrawn, as they were given.

    Whatever reads ratings reads them here: of those withdrawn, an export alone knows.
    """
    withdrawals = store.select(Withdrawal)
    ratings = {withdrawal.tci_entry_id for withdrawal in withdrawals}
    answers = {withdrawal.scaled_answer_id for withdrawal in withdrawals}
    return (
        tuple(
            entry
            for entry in store.select(TciEntry, session_id=session_ids)
            if entry.id not in ratings
        ),
        tuple(
            answer
            for answer in store.select(ScaledAnswer, session_id=session_ids)
            if answer.id not in answers
        ),
    )
