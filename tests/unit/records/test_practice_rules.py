"""Rules between records: what goes together is saved together, and what cannot be is refused."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterable
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from small_practice import LATER, START, Practice, begin

from trajplan.actions.client_records import sessions_around
from trajplan.actions.commitments import commitment_of, insert_review, take_back_review
from trajplan.actions.kept_plans import freeze_plan, mark_asked, mark_planned, replace_plan
from trajplan.errors import CannotDo, NotFound
from trajplan.records import goals
from trajplan.records.fields import same_fields
from trajplan.records.forms import CommitmentStatus, NewCommitment
from trajplan.records.model.commitments import Commitment, CommitmentReview
from trajplan.records.model.goals import Goal, GoalChange
from trajplan.records.model.ratings import TciEntry
from trajplan.records.model.sessions import KeptPlan, QuestionUse, WrapRecord


def test_planned_sessions_around_a_date(practice: Practice) -> None:
    other = begin(practice.store, slug="ben")
    bens = practice.further(
        None, engagement_id=other.id, kind="chemistry", date=START, start_time="08:00"
    )
    untimed = practice.further(2, date=START)
    practice.further(3, date=START, state="cancelled")
    practice.further(4)
    planned = sessions_around(practice.store, START)
    assert [(client.slug, session) for client, session in planned] == [
        ("ben", bens), ("ana", practice.session), ("ana", untimed),
    ]  # fmt: skip
    assert sessions_around(practice.store, START + dt.timedelta(days=1)) == planned
    assert sessions_around(practice.store, dt.date(2030, 1, 1)) == ()
    assert sessions_around(practice.store, dt.date.max) == ()


def plan_of(practice: Practice, **changes: Any) -> KeptPlan:
    plan = KeptPlan(
        session_id=practice.session.id,
        client_revision=3,
        library_digest="ab12",
        options={"late": 10},
        body={"segments": [{"id": "arrive", "minutes": 15}], "title": "Öffnen"},
    )
    return replace(plan, **changes)


def test_a_plan_is_kept_and_replaced(practice: Practice) -> None:
    replace_plan(practice.store, plan_of(practice))
    assert practice.store.select(KeptPlan) == (plan_of(practice),)
    newer = plan_of(practice, client_revision=4, body={"segments": []})
    replace_plan(practice.store, newer)
    assert practice.store.select(KeptPlan) == (newer,)


def test_a_frozen_plan_stays(practice: Practice) -> None:
    assert not freeze_plan(practice.store, practice.session.id)
    replace_plan(practice.store, plan_of(practice))
    assert freeze_plan(practice.store, practice.session.id)
    frozen = plan_of(practice, frozen=True)
    assert practice.store.select(KeptPlan) == (frozen,)
    with pytest.raises(CannotDo, match="held"):
        replace_plan(practice.store, plan_of(practice, client_revision=9))
    assert practice.store.select(KeptPlan) == (frozen,)


def test_only_a_plan_that_is_frozen_is_said_to_be_of_a_held_session(practice: Practice) -> None:
    nowhere = plan_of(practice, session_id=practice.session.id + 1)
    with pytest.raises(sqlite3.IntegrityError):
        replace_plan(practice.store, nowhere)


def wrapped(session_id: int, **changes: Any) -> WrapRecord:
    wrap = WrapRecord(
        session_id=session_id,
        wrapped_on=START,
        minutes=88,
        actual={"arrive": 12, "inquiry": 0},
        focus="Say no",
        takeaways=("It is allowed",),
        parked=("The move", "Pay"),
        energy="low",
        frame_change="",
        inquiry="What would be enough?",
        asked=("grow-1", "grow-2"),
        none_chosen=True,
    )
    return replace(wrap, **changes)


def test_a_session_has_one_wrap(practice: Practice) -> None:
    store, session = practice.store, practice.session.id
    wrap = store.insert(wrapped(session, minutes=None, energy=None, none_chosen=False))
    with pytest.raises(sqlite3.IntegrityError):
        store.insert(wrapped(session, focus="Say yes"))
    assert store.select(WrapRecord) == (wrap,)


def uses(practice: Practice) -> list[tuple[str, bool]]:
    return [(use.question_id, use.asked) for use in practice.store.select(QuestionUse)]


def test_only_what_was_asked_counts_as_used(practice: Practice) -> None:
    store, session = practice.store, practice.session.id
    mark_planned(store, session, ["q1", "q2"], START)
    mark_planned(store, session, ["q3", "q2", "q3"], START)
    assert uses(practice) == [("q3", False), ("q2", False)]
    mark_asked(store, session, ["q2", "q9"], START)
    assert uses(practice) == [("q2", True), ("q9", True)]
    mark_planned(store, session, ["q2", "q5"], START)
    assert uses(practice) == [("q2", True), ("q9", True), ("q5", False)]


def promise(practice: Practice, **changes: Any) -> Commitment:
    words = {
        "what": "Call two former colleagues",
        "when": LATER.isoformat(),
        "how_will_i_know": "Two notes in my book",
    }
    session_id = changes.pop("session_id", practice.session.id)
    return practice.store.insert(
        commitment_of(
            NewCommitment(**{**words, **changes}),
            engagement_id=practice.engagement.id,
            session_id=session_id,
            due=LATER,
        )
    )


def test_commitments(practice: Practice) -> None:
    first = promise(practice, kind="experiential", estimate_minutes=30, if_then="If … then …")
    assert (first.status, first.misses, first.minutes, first.value, first.learned) == (
        "open", 0, None, None, "",
    )  # fmt: skip
    assert (first.kind, first.proposed_by, first.estimate_minutes) == ("experiential", "client", 30)
    second = promise(practice, session_id=None, proposed_by="both")
    assert practice.store.select(Commitment) == (first, second)
    assert practice.store.select(Commitment, session_id=practice.session.id) == (first,)


def test_reviews_append_and_count_misses(practice: Practice) -> None:
    store, commitment = practice.store, promise(practice)

    def review(status: str, date: dt.date, **words: Any) -> Commitment:
        fields = {"commitment_id": commitment.id, "status": status, "date": date, **words}
        return insert_review(store, CommitmentReview(**fields))

    review("not_yet", START, learned="I avoid calling")
    review("partly", LATER, minutes=20)
    done = review("done", LATER, minutes=45, value=7)
    assert (done.status, done.misses, done.minutes, done.value, done.learned) == (
        "done", 2, 45, 7, "I avoid calling",
    )  # fmt: skip
    history = store.select(CommitmentReview, commitment_id=commitment.id)
    assert [(r.status, r.date, r.minutes, r.value, r.learned) for r in history] == [
        ("not_yet", START, None, None, "I avoid calling"),
        ("partly", LATER, 20, None, ""),
        ("done", LATER, 45, 7, ""),
    ]
    with pytest.raises(NotFound):
        insert_review(store, CommitmentReview(commitment_id=99, status="done", date=START))


REVIEWS = st.builds(
    dict,
    date=st.sampled_from([START, LATER]),
    status=st.sampled_from(get_args(CommitmentStatus)),
    minutes=st.none() | st.integers(1, 90),
    value=st.none() | st.integers(1, 10),
    learned=st.sampled_from(["", "I avoid calling", "It was easy"]),
)
MOVES = st.lists(st.tuples(st.sampled_from(["give", "take back", "correct"]), REVIEWS), max_size=12)


def told(reviews: Iterable[CommitmentReview]) -> dict[str, Any]:
    """How a commitment stands when it is told these reviews one by one."""
    stands: dict[str, Any] = dict.fromkeys(Commitment.as_reviewed)
    stands |= {"status": "open", "misses": 0, "learned": ""}
    waited: set[dt.date] = set()
    for review in reviews:
        said = {name: getattr(review, name) for name in ("minutes", "value", "learned")}
        stands |= {name: value for name, value in said.items() if value}
        stands["status"] = review.status
        waited |= {review.date} if review.status in ("partly", "not_yet") else set()
        stands["misses"] = len(waited)
    return stands


@pytest.mark.req("R100")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES, data=st.data())
def test_a_commitment_is_what_the_reviews_that_stay_make_of_it(
    practice: Practice, moves: list[tuple[str, dict[str, Any]]], data: st.DataObject
) -> None:
    store, commitment = practice.store, promise(practice, session_id=None)
    there: list[CommitmentReview] = []
    for move, words in moves:
        review = CommitmentReview(commitment_id=commitment.id, **words)
        if move == "give" or not there:
            stands = insert_review(store, review)
            there.append(store.select(CommitmentReview, commitment_id=commitment.id)[-1])
        else:
            at = data.draw(st.integers(0, len(there) - 1))
            stands = take_back_review(store, there[at])
            if move == "correct":
                there[at] = replace(review, id=there[at].id)
                stands = insert_review(store, there[at])
            else:
                del there[at]
        assert same_fields(stands, Commitment.as_reviewed) == told(there)
        assert store.select(CommitmentReview, commitment_id=commitment.id) == tuple(there)
    assert same_fields(commitment, Commitment.as_made) == same_fields(
        store.get(Commitment, commitment.id), Commitment.as_made
    )


@pytest.mark.req("R103")
def test_a_correction_is_a_new_entry(practice: Practice) -> None:
    store, session, second = practice.store, practice.session.id, practice.further(2)
    later = store.insert(TciEntry(session_id=second.id, date=LATER, clarity=6))
    first = TciEntry(session_id=session, date=START, clarity=4, satisfaction=9, note="tired")
    first = store.insert(first)
    fixed = replace(first, id=0, date=LATER, clarity=5, satisfaction=None, corrects=first.id)
    fixed = store.insert(fixed)
    assert store.select(TciEntry) == (later, first, fixed)
    assert (first.clarity, first.options, first.satisfaction) == (4, None, 9)
    assert (fixed.corrects, fixed.satisfaction, fixed.scale) == (first.id, None, "tci-1")


@pytest.mark.req("R87")
def test_what_a_goal_was_is_remembered(practice: Practice) -> None:
    store = practice.store
    theme = goals.insert_goal(
        store, engagement_id=practice.engagement.id, text="Teach", today=START
    )
    goal = goals.insert_goal(
        store, engagement_id=practice.engagement.id, text="Two evenings", today=START,
        parent_id=theme.id,
    )  # fmt: skip
    assert (theme.level, theme.number, goal.level, goal.number) == ("theme", 1, "objective", 2)
    goals.update_goal(store, goal.id, today=LATER, because="too much", text="One evening")
    history = store.select(GoalChange, goal_id=goal.id)
    assert [(then.date, then.under, then.text, then.because) for then in history] == [
        (START, "Teach", "Two evenings", ""),
        (LATER, "Teach", "One evening", "too much"),
    ]
    alone = goals.update_goal(store, goal.id, today=LATER, because="", parent_id=None)
    assert (alone.level, alone.parent_id) == ("theme", None)


@pytest.mark.req("R86")
def test_no_goal_stands_where_it_cannot(practice: Practice) -> None:
    store, engagement = practice.store, practice.engagement.id
    theme = goals.insert_goal(store, engagement_id=engagement, text="Teach", today=START)
    goal = goals.insert_goal(
        store, engagement_id=engagement, text="t", today=START, parent_id=theme.id
    )
    other = goals.insert_goal(store, engagement_id=engagement, text="Rest", today=START)
    elsewhere = goals.insert_goal(
        store, engagement_id=begin(store, "ben").id, text="x", today=START
    )

    def move(moved: Goal, parent: Goal) -> None:
        goals.update_goal(store, moved.id, today=LATER, because="", parent_id=parent.id)

    with pytest.raises(CannotDo, match="another journey"):
        move(goal, elsewhere)
    with pytest.raises(CannotDo, match="goal 1 cannot stand under itself"):
        move(theme, theme)
    with pytest.raises(CannotDo, match="a loop: goal 2 already stands under goal 1"):
        move(theme, goal)
    with pytest.raises(CannotDo, match="stands under a theme; themes are 1"):
        move(other, goal)
    with pytest.raises(CannotDo, match=r"objectives under it \(2\)"):
        move(theme, other)
