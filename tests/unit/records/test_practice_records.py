"""Each kind of record: what is kept comes back, in order, and what cannot be is refused."""

from __future__ import annotations

import datetime as dt

import pytest
from msgspec.structs import replace
from small_practice import START, Practice, begin

from trajplan.errors import CannotDo, NotFound
from trajplan.records import (
    assumptions,
    checkins,
    clients,
    commitments,
    engagements,
    notes,
    plans,
    question_uses,
    ratings,
    sessions,
    wraps,
)
from trajplan.records.forms import Audit, CareerStep, NewCommitment
from trajplan.records.model import (
    Client,
    Commitment,
    CommitmentReview,
    CommitmentStatus,
    Engagement,
    KeptPlan,
    Note,
    Session,
    WrapRecord,
)
from trajplan.records.records import QuestionUse
from trajplan.records.store import Store

LATER = START + dt.timedelta(days=14)


def test_clients(store: Store) -> None:
    ana = clients.add(store, slug="ana", name="Ana Ruiz", initials="A. R.", today=START)
    assert (ana.slug, ana.name, ana.initials, ana.revision, ana.created) == (
        "ana", "Ana Ruiz", "A. R.", 0, START,
    )  # fmt: skip
    zoe = clients.add(store, slug="zoe", name="Zoë", initials="Z.", today=START)
    ben = clients.add(store, slug="ben", name="Ben", initials="B.", today=START)
    assert store.select(Client) == (ana, ben, zoe)
    assert store.find(Client, slug="zoe") == zoe
    assert store.find(Client, slug="nobody") is None
    with pytest.raises(CannotDo, match=r"already a client `ana` \(Ana Ruiz\)"):
        clients.add(store, slug="ana", name="Another", initials="A.", today=START)


def test_the_revision_counts_changes(practice: Practice) -> None:
    clients.touch(practice.store, practice.client.id)
    clients.touch(practice.store, practice.client.id)
    assert practice.store.get(Client, practice.client.id).revision == 2
    with pytest.raises(NotFound):
        clients.touch(practice.store, 99)


def test_the_current_client(practice: Practice) -> None:
    assert clients.current(practice.store) is None
    clients.set_current(practice.store, practice.client.id)
    assert clients.current(practice.store) == practice.client
    with pytest.raises(NotFound):
        clients.set_current(practice.store, 99)


def test_an_id_is_never_given_twice(store: Store) -> None:
    first = clients.add(store, slug="ana", name="Ana", initials="A.", today=START)
    store.run("DELETE FROM clients")
    assert clients.add(store, slug="ana", name="A", initials="A.", today=START).id > first.id


def test_an_intake_comes_back_whole(store: Store) -> None:
    given = begin(
        store,
        paths=("teach", "lead"),
        start=START,
        goal_clarity=4,
        assumptions=("I am too old", {"text": "Nobody hires generalists", "since": 2019}),
        career=(CareerStep(role="Analyst", since="2015", themes=("order",)),),
        audit=Audit(accomplishments=("cut costs by 12 %", {"what": "hired", "count": 3})),
        agreement={"sponsor": {"name": "HR"}, "shared": ["dates"]},
    )
    assert store.get(Engagement, given.id) == given
    assert given.intake.paths == ("teach", "lead")
    assert given.intake.start == START
    assert given.intake.career[0].themes == ("order",)
    assert given.intake.audit == Audit(
        accomplishments=("cut costs by 12 %", {"what": "hired", "count": 3})
    )


def test_engagements_follow_each_other(practice: Practice) -> None:
    store, first = practice.store, practice.engagement
    other = begin(store, slug="ben", paths=3)
    assert (other.ordinal, other.intake.paths) == (1, 3)
    second = engagements.add(
        store,
        client_id=practice.client.id,
        journey="single",
        method="directive",
        sessions=1,
        start=LATER,
        start_time="",
        time_zone="",
        minutes=60,
        every_days=7,
        destination="",
        intake=first.intake,
        today=LATER,
    )
    assert (first.ordinal, second.ordinal) == (1, 2)
    assert store.select(Engagement, client_id=practice.client.id) == (first, second)
    assert engagements.latest(store, practice.client.id) == second
    assert engagements.latest(store, 99) is None
    closed = engagements.update(store, first.id, closed=LATER, destination="Elsewhere")
    assert closed == replace(first, closed=LATER, destination="Elsewhere")
    assert store.select(Engagement, client_id=practice.client.id) == (closed, second)


def test_only_allowed_columns_change(practice: Practice) -> None:
    with pytest.raises(TypeError, match="client_id"):
        engagements.update(practice.store, practice.engagement.id, client_id=2)
    with pytest.raises(TypeError, match="number"):
        sessions.update(practice.store, practice.session.id, number=2)
    with pytest.raises(NotFound, match="99 among the sessions"):
        sessions.update(practice.store, 99, phase="foundation")
    assert sessions.update(practice.store, practice.session.id) == practice.session


def test_sessions_come_in_the_order_of_the_journey(practice: Practice) -> None:
    third, second = practice.further(3), practice.further(2)
    late = practice.further(None, date=dt.date(2025, 9, 1))
    early = practice.further(None, date=dt.date(2025, 2, 1))
    assert practice.store.select(Session, engagement_id=practice.engagement.id) == (
        practice.session, second, third, early, late,
    )  # fmt: skip
    assert sessions.by_number(practice.store, practice.engagement.id, 3) == third
    assert sessions.by_number(practice.store, practice.engagement.id, 4) is None
    with pytest.raises(CannotDo, match="already has a session 3"):
        practice.further(3)


def test_a_session_keeps_its_options(practice: Practice) -> None:
    changed = sessions.update(
        practice.store,
        practice.session.id,
        phase="foundation",
        method="exploratory",
        options={"with": ["grow-1"], "minutes": 60, "energy": None},
    )
    assert changed.options == {"with": ["grow-1"], "minutes": 60, "energy": None}
    assert (changed.phase, changed.method, changed.state) == (
        "foundation", "exploratory", "planned",
    )  # fmt: skip
    held = sessions.update(practice.store, changed.id, state="held", held_on=START)
    assert (held.state, held.held_on, held.options) == ("held", START, changed.options)


def test_planned_sessions_on_a_date(practice: Practice) -> None:
    other = begin(practice.store, slug="ben")
    bens = sessions.add(
        practice.store,
        engagement_id=other.id,
        number=None,
        kind="chemistry",
        date=START,
        start_time="08:00",
    )
    untimed = practice.further(2, date=START)
    practice.further(3, date=START, state="cancelled")
    practice.further(4)
    found = sessions.on_date(practice.store, START)
    assert [(who.slug, what) for who, what in found] == [
        ("ben", bens), ("ana", practice.session), ("ana", untimed),
    ]  # fmt: skip
    assert sessions.on_date(practice.store, dt.date(2030, 1, 1)) == ()


def kept(practice: Practice, **changes: object) -> KeptPlan:
    plan = KeptPlan(
        session_id=practice.session.id,
        made_on=START,
        client_revision=3,
        library_digest="ab12",
        options={"late": 10},
        body={"segments": [{"id": "arrive", "minutes": 15}], "title": "Öffnen"},
        frozen=False,
    )
    return replace(plan, **changes)  # type: ignore[arg-type]


def test_a_plan_is_kept_and_replaced(practice: Practice) -> None:
    assert practice.store.find(KeptPlan, session_id=practice.session.id) is None
    plans.keep(practice.store, kept(practice))
    assert practice.store.find(KeptPlan, session_id=practice.session.id) == kept(practice)
    newer = kept(practice, client_revision=4, body={"segments": []})
    plans.keep(practice.store, newer)
    assert practice.store.find(KeptPlan, session_id=practice.session.id) == newer


def test_a_frozen_plan_stays(practice: Practice) -> None:
    assert not plans.freeze(practice.store, practice.session.id)
    plans.keep(practice.store, kept(practice))
    assert plans.freeze(practice.store, practice.session.id)
    found = practice.store.find(KeptPlan, session_id=practice.session.id)
    assert found == kept(practice, frozen=True)
    assert found is not None
    assert found.frozen is True
    with pytest.raises(CannotDo, match="held"):
        plans.keep(practice.store, kept(practice, client_revision=9))
    assert practice.store.find(KeptPlan, session_id=practice.session.id) == found


def wrapped(session_id: int, **changes: object) -> WrapRecord:
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
    return replace(wrap, **changes)  # type: ignore[arg-type]


def test_wraps(practice: Practice) -> None:
    store, engagement = practice.store, practice.engagement.id
    assert wraps.latest(store, engagement) is None
    assert store.find(WrapRecord, session_id=practice.session.id) is None
    with pytest.raises(CannotDo, match="not been wrapped yet"):
        wraps.replace(store, wrapped(practice.session.id))
    second = practice.further(2, state="held", held_on=LATER)
    sessions.update(store, practice.session.id, state="held", held_on=START)
    wraps.add(store, wrapped(second.id, minutes=None, energy=None, none_chosen=False))
    wraps.add(store, wrapped(practice.session.id, wrapped_on=dt.date(2025, 12, 1)))
    with pytest.raises(CannotDo, match="already"):
        wraps.add(store, wrapped(second.id))
    latest = wraps.latest(store, engagement)
    assert latest == wrapped(second.id, minutes=None, energy=None, none_chosen=False)
    wraps.replace(store, wrapped(second.id, focus="Say yes"))
    assert store.find(WrapRecord, session_id=second.id) == wrapped(second.id, focus="Say yes")
    assert store.find(WrapRecord, session_id=practice.session.id) == wrapped(
        practice.session.id, wrapped_on=dt.date(2025, 12, 1)
    )


def test_only_what_was_asked_counts_as_used(practice: Practice) -> None:
    store, session = practice.store, practice.session.id
    question_uses.plan_uses(store, session, ["q1", "q2"], START)
    question_uses.plan_uses(store, session, ["q3", "q2", "q3"], START)
    assert [one.question_id for one in question_uses.of_client(store, practice.client.id)] == [
        "q3", "q2",
    ]  # fmt: skip
    assert question_uses.last_used(store) == {}
    question_uses.mark_asked(store, session, ["q2", "q9"], START)
    assert question_uses.of_client(store, practice.client.id) == tuple(
        QuestionUse(
            question_id=one,
            session_id=session,
            client_id=practice.client.id,
            engagement_id=practice.engagement.id,
            date=START,
            asked=True,
        )
        for one in ("q2", "q9")
    )
    question_uses.plan_uses(store, session, ["q2", "q5"], START)
    uses = {one.question_id: one.asked for one in question_uses.of_client(store, 1)}
    assert uses == {"q2": True, "q9": True, "q5": False}


def test_last_used_looks_at_the_whole_caseload(practice: Practice) -> None:
    other = begin(practice.store, slug="ben")
    bens = sessions.add(
        practice.store,
        engagement_id=other.id,
        number=1,
        kind="numbered",
        date=LATER,
        start_time="",
    )
    question_uses.mark_asked(practice.store, practice.session.id, ["q1", "q2"], START)
    question_uses.mark_asked(practice.store, bens.id, ["q2"], LATER)
    assert question_uses.last_used(practice.store) == {"q1": START, "q2": LATER}
    assert len(question_uses.of_client(practice.store, other.client_id)) == 1


def promise(practice: Practice, **changes: object) -> Commitment:
    given: dict[str, object] = {
        "what": "Call two former colleagues",
        "when": LATER.isoformat(),
        "how_will_i_know": "Two notes in my book",
    }
    session_id = changes.pop("session_id", practice.session.id)
    return commitments.add(
        practice.store,
        NewCommitment(**{**given, **changes}),  # type: ignore[arg-type]
        engagement_id=practice.engagement.id,
        session_id=session_id,  # type: ignore[arg-type]
        due=LATER,
    )


def test_commitments(practice: Practice) -> None:
    first = promise(practice, kind="experiential", estimate_minutes=30, if_then="If … then …")
    assert (first.status, first.misses, first.minutes, first.value, first.learned) == (
        "open", 0, None, None, "",
    )  # fmt: skip
    assert (first.kind, first.proposed_by, first.estimate_minutes) == ("experiential", "client", 30)
    second = promise(practice, session_id=None, proposed_by="both")
    assert practice.store.select(Commitment, engagement_id=practice.engagement.id) == (
        first,
        second,
    )
    assert practice.store.select(Commitment, session_id=practice.session.id) == (first,)
    reworded = practice.store.update(first, due=START, obstacle="Shyness")
    assert reworded == replace(first, due=START, obstacle="Shyness")
    with pytest.raises(NotFound, match="99 among the commitments"):
        practice.store.get(Commitment, 99)


def test_reviews_append_and_count_misses(practice: Practice) -> None:
    store, commitment = practice.store, promise(practice)

    def review(status: CommitmentStatus, date: dt.date, **words: object) -> Commitment:
        given = CommitmentReview(commitment_id=commitment.id, status=status, date=date, **words)  # type: ignore[arg-type]
        return commitments.review(store, given)

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
        commitments.review(store, CommitmentReview(commitment_id=99, status="done", date=START))


def test_clearing_keeps_what_was_reviewed(practice: Practice) -> None:
    reviewed, fresh = promise(practice), promise(practice)
    elsewhere = promise(practice, session_id=None)
    review = CommitmentReview(commitment_id=reviewed.id, status="done", date=LATER)
    commitments.review(practice.store, review)
    gone = commitments.clear_unreviewed(practice.store, practice.session.id)
    assert gone == {fresh.what: fresh.number}
    left = practice.store.select(Commitment, engagement_id=practice.engagement.id)
    assert [one.id for one in left] == [reviewed.id, elsewhere.id]
    assert fresh.id not in {one.id for one in left}


@pytest.mark.req("R103")
def test_a_correction_is_a_new_entry(practice: Practice) -> None:
    store, second = practice.store, practice.further(2)
    later = ratings.add(store, session_id=second.id, date=LATER, clarity=6)
    first = ratings.add(
        store, session_id=practice.session.id, date=START, clarity=4, satisfaction=9, note="tired"
    )
    fixed = ratings.add(
        store, session_id=practice.session.id, date=LATER, clarity=5, corrects=first.id
    )
    found = ratings.of_engagement(store, practice.engagement.id)
    assert found == (first, fixed, later)
    assert (first.session_number, first.clarity, first.options, first.satisfaction) == (
        1, 4, None, 9,
    )  # fmt: skip
    assert (fixed.corrects, fixed.satisfaction, fixed.scale) == (first.id, None, "tci-1")
    with pytest.raises(CannotDo, match="another session"):
        ratings.add(store, session_id=second.id, date=LATER, corrects=first.id)
    with pytest.raises(NotFound):
        ratings.add(store, session_id=second.id, date=LATER, corrects=99)


def test_ratings_need_a_numbered_session(practice: Practice) -> None:
    meeting = practice.further(None)
    with pytest.raises(CannotDo, match="numbered"):
        ratings.add(practice.store, session_id=meeting.id, date=START, clarity=5)


def test_check_ins(practice: Practice) -> None:
    store, session = practice.store, practice.session.id
    assert checkins.of_session(store, session) is None
    first = checkins.add(store, session_id=session, date=START)
    second = checkins.add(
        store,
        session_id=session,
        date=START,
        energy="low",
        mood="flat",
        matters="The offer",
        progress={"clarity": 1, "momentum": 10},
    )
    assert (first.energy, first.progress) == (None, {})
    assert second.progress == {"clarity": 1, "momentum": 10}
    assert checkins.of_session(store, session) == second
    assert checkins.of_engagement(store, practice.engagement.id) == (first, second)


@pytest.mark.parametrize("moved", [0, 11, 4.5, "much", True])
def test_progress_is_a_whole_number_from_1_to_10(practice: Practice, moved: object) -> None:
    with pytest.raises(CannotDo, match="clarity"):
        checkins.add(
            practice.store,
            session_id=practice.session.id,
            date=START,
            progress={"clarity": moved},  # type: ignore[dict-item]
        )


def test_assumptions_gather_evidence(practice: Practice) -> None:
    store, engagement = practice.store, practice.engagement.id
    first = assumptions.add(store, engagement_id=engagement, text="I am too old")
    other = assumptions.add(store, engagement_id=engagement, text="It is too late")
    assert (first.status, first.session_number, first.challenged) == ("open", None, ())
    assumptions.update(store, first.id, evidence_for=["one refusal"])
    changed = assumptions.update(
        store,
        first.id,
        status="tested",
        evidence_for=["another"],
        evidence_against=["hired at 58"],
        session_id=practice.session.id,
    )
    assert changed.evidence_for == ("one refusal", "another")
    assert changed.evidence_against == ("hired at 58",)
    assert (changed.status, changed.session_number) == ("tested", 1)
    assert assumptions.update(store, first.id) == changed
    assert assumptions.of_engagement(store, engagement) == (changed, other)
    with pytest.raises(NotFound):
        assumptions.update(store, 99, status="open")


@pytest.mark.req("R27")
def test_a_challenge_shows_once_the_session_is_held(practice: Practice) -> None:
    store, second = practice.store, practice.further(2, state="held", held_on=LATER)
    one = assumptions.add(store, engagement_id=practice.engagement.id, text="I am too old").id
    for session in (second, practice.session, second):
        assumptions.mark_challenged(store, one, session.id)
    assert assumptions.by_id(store, one).challenged == (2,)
    sessions.update(store, practice.session.id, state="held", held_on=START)
    assert assumptions.by_id(store, one).challenged == (1, 2)


def test_notes(practice: Practice) -> None:
    store, session = practice.store, practice.session.id
    purge = dt.date(2025, 9, 3)
    record = notes.add(store, session_id=session, kind="record", text="Agreed", written=START)
    working = notes.add(
        store, session_id=session, kind="working", text="Hm", written=START, purge_on=purge
    )
    assert (record.purge_on, working.purge_on) == (None, purge)
    assert store.select(Note, session_id=session) == (record, working)
