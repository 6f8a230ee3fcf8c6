"""A dossier: everything of one engagement, and nothing of another, each table read once."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from typing import Any

import pytest
from small_practice import LATER, START, Practice, begin, journey

from trajplan.records.dossier import Dossier
from trajplan.records.kinds import TABLES
from trajplan.records.model.commitments import (
    Assumption,
    AssumptionChallenge,
    Commitment,
    CommitmentReview,
    Contact,
)
from trajplan.records.model.goals import Goal, Indicator, IndicatorReading
from trajplan.records.model.journeys import Client, Engagement, RetiredQuestion
from trajplan.records.model.ratings import TciEntry
from trajplan.records.model.sessions import CheckIn, KeptPlan, QuestionUse, Session
from trajplan.records.read_dossier import read_dossier


def dossier_of(practice: Practice) -> Dossier:
    store = practice.store
    client = store.get(Client, practice.client.id)
    engagements = store.select(Engagement, client_id=client.id)
    (engagement,) = (
        engagement for engagement in engagements if engagement.id == practice.engagement.id
    )
    return read_dossier(store, client, engagement, engagements)


def commit(practice: Practice, **fields: Any) -> Commitment:
    return practice.store.insert(
        Commitment(
            **{
                "engagement_id": practice.engagement.id,
                "what": "Call",
                "due": LATER,
                "how_will_i_know": "A note",
                **fields,
            }
        )
    )


@pytest.fixture
def held(practice: Practice) -> Practice:
    """The first session was held; of another client there is as much."""
    store = practice.store
    store.update(practice.session, state="held", held_on=START)
    practice.further(2)
    other = begin(store, slug="ben")
    theirs = practice.further(1, engagement_id=other.id)
    commit(practice, engagement_id=other.id, session_id=theirs.id, what="Theirs")
    return practice


def test_it_holds_what_is_the_engagement_s_and_nothing_else(held: Practice) -> None:
    own = commit(held, session_id=held.session.id)
    between = commit(held, what="Write", status="done")
    dossier = dossier_of(held)
    assert dossier.name == "ana/1"
    assert [session.number for session in dossier.sessions] == [1, 2]
    assert dossier.commitments == (own, between)
    assert dossier.commitments_of(held.session.id) == (own,)
    assert dossier.open_commitments() == (own,)


def test_sessions_are_found_by_number_and_by_id(held: Practice) -> None:
    meeting = held.further(None)
    dossier = dossier_of(held)
    first, second = dossier.numbered
    assert (dossier.session(2), dossier.session(9)) == (second, None)
    assert dossier.session_by_id[meeting.id] == meeting
    assert [dossier.number_of(one) for one in (second.id, meeting.id, None)] == [2, None, None]
    assert (dossier.last_held(), dossier.last_held(before=1)) == (first, None)
    assert dossier.next_session() == second


def test_the_session_held_last_counts_by_its_day(practice: Practice) -> None:
    practice.store.update(practice.session, state="held", held_on=dt.date(2025, 9, 1))
    practice.further(2, state="held", held_on=LATER)
    last = dossier_of(practice).last_held()
    assert last is not None
    assert last.number == 1


@pytest.mark.req("R27")
def test_a_challenge_shows_once_the_session_is_held(held: Practice) -> None:
    store, second = held.store, dossier_of(held).numbered[1]
    assumption = store.insert(Assumption(engagement_id=held.engagement.id, text="I am too old"))
    for session in (second, held.session):
        challenge = AssumptionChallenge(assumption_id=assumption.id, session_id=session.id)
        store.insert(challenge)
    assert dossier_of(held).challenged_in(assumption.id) == (1,)
    store.update(second, state="held", held_on=LATER)
    assert dossier_of(held).challenged_in(assumption.id) == (1, 2)


def test_what_hangs_from_a_record_is_found_by_it(held: Practice) -> None:
    store, commitment = held.store, commit(held)
    review = store.insert(
        CommitmentReview(commitment_id=commitment.id, date=LATER, status="partly")
    )
    call = store.insert(Contact(commitment_id=commitment.id, date=LATER, kind="call"))
    theme = store.insert(
        Goal(engagement_id=held.engagement.id, level="theme", text="Teach", created=START)
    )
    goal = store.insert(
        Goal(
            engagement_id=held.engagement.id, parent_id=theme.id, level="objective",
            text="Two evenings", created=START,
        )
    )  # fmt: skip
    indicator = store.insert(Indicator(engagement_id=held.engagement.id, name="Evenings"))
    readings = [
        store.insert(IndicatorReading(indicator_id=indicator.id, date=day, value=value))
        for day, value in ((LATER, 2.0), (START, 1.0))
    ]
    dossier = dossier_of(held)
    assert dossier.reviews_of(commitment.id) == (review,)
    assert dossier.contacts_about(commitment.id) == (call,)
    assert dossier.path_to(goal.id) == ("Teach", "Two evenings")
    assert dossier.path_to(None) == ()
    assert dossier.indicators[0].readings == (readings[1], readings[0])


def test_ratings_come_in_the_order_of_their_sessions(held: Practice) -> None:
    second = dossier_of(held).numbered[1]
    late = held.store.insert(TciEntry(session_id=second.id, date=LATER, clarity=6))
    early = held.store.insert(TciEntry(session_id=held.session.id, date=LATER, clarity=4))
    assert dossier_of(held).ratings == (early, late)


def test_the_check_in_given_last_counts(held: Practice) -> None:
    session = held.session.id
    assert dossier_of(held).check_in_of(session) is None
    held.store.insert(CheckIn(session_id=session, date=START, mood="flat"))
    last = held.store.insert(CheckIn(session_id=session, date=START, mood="better"))
    assert dossier_of(held).check_in_of(session) == last


def test_of_a_plan_it_says_what_other_sessions_ask_for(held: Practice) -> None:
    body = {"blueprint": "hold", "holding": True, "decision": None}
    plan = KeptPlan(
        session_id=held.session.id, client_revision=0, library_digest="",
        options={}, body=body, frozen=True,
    )  # fmt: skip
    held.store.insert(plan)
    summary = dossier_of(held).plan_of(held.session.id)
    assert summary is not None
    assert (summary.blueprint, summary.holding, summary.decision, summary.frozen) == (
        "hold", True, False, True,
    )  # fmt: skip
    assert summary.body == body


def test_it_knows_where_a_question_was_before(held: Practice) -> None:
    store, (mine, second) = held.store, dossier_of(held).numbered
    earlier = store.insert(journey(held.client.id, ordinal=2))
    before = held.further(1, engagement_id=earlier.id)
    (theirs,) = (
        session
        for session in store.select(Session, number=1)
        if session.id not in (mine.id, before.id)
    )
    for session, question, asked, day in (
        (mine, "q1", True, START),
        (second, "q1", False, LATER),
        (before, "q2", True, START),
        (theirs, "q2", True, LATER),
        (theirs, "q3", False, LATER),
    ):
        store.insert(
            QuestionUse(session_id=session.id, question_id=question, date=day, asked=asked)
        )
    questions = dossier_of(held).questions
    assert (questions["q1"].planned_in, questions["q1"].asked_in) == (
        (mine.id, second.id),
        (mine.id,),
    )
    assert questions["q1"].last_asked == START
    assert (questions["q2"].asked_in, questions["q2"].last_asked) == ((before.id,), LATER)
    assert "q3" not in questions


def test_it_knows_what_this_client_is_never_asked(held: Practice) -> None:
    (ben,) = held.store.select(Client, slug="ben")
    for question, client_id in (("q1", None), ("q2", held.client.id), ("q3", ben.id)):
        retired = RetiredQuestion(question_id=question, client_id=client_id, since=START)
        held.store.insert(retired)
    assert dossier_of(held).retired == {"q1", "q2"}


def test_each_table_is_read_once(held: Practice) -> None:
    statements: list[str] = []
    held.store.db.set_trace_callback(statements.append)
    client = held.client
    read_dossier(held.store, client, held.engagement, (held.engagement,))
    held.store.db.set_trace_callback(None)
    read = Counter(
        name
        for sql in statements
        for name in {*re.findall(r"\bFROM (\w+)", sql)}
        if "--" not in sql
    )
    # What the coach was told is nothing that is known of the client.
    tables = {*TABLES.values()} - {"clients", "engagements", "hints_given"}
    known = {name: times for name, times in read.items() if name in TABLES.values()}
    assert known == dict.fromkeys(tables, 1)
