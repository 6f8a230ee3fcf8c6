"""Records in the store: what is saved comes back, in order, and what cannot be is refused."""

from __future__ import annotations

import datetime as dt
import sqlite3
from typing import Any

import pytest
from msgspec.structs import replace
from small_practice import LATER, START, Practice, begin, client, journey

from trajplan.errors import CannotDo, NotFound, StoreFault
from trajplan.records.forms import Audit, CareerStep
from trajplan.records.kinds import TABLES
from trajplan.records.model.commitments import Assumption, Commitment
from trajplan.records.model.journeys import Client, Engagement
from trajplan.records.model.sessions import CheckIn, Echo, HandedOut, Note, Session
from trajplan.records.store import Store


def test_records_come_back_in_the_order_of_their_class(store: Store) -> None:
    zoe, ana = store.insert(client("zoe")), store.insert(client("ana", name="Ana Ruiz"))
    assert (ana.slug, ana.name, ana.initials, ana.revision, ana.created) == (
        "ana", "Ana Ruiz", "A.", 0, START,
    )  # fmt: skip
    assert store.select(Client) == (ana, zoe)
    assert store.select(Client, slug="zoe") == (zoe,)
    assert (store.find(Client), store.last(Client)) == (ana, zoe)
    assert store.find(Client, slug="nobody") is None
    assert store.last(Client, slug="nobody") is None
    assert store.get(Client, zoe.id) == zoe
    with pytest.raises(NotFound, match="no record 99 among the clients"):
        store.get(Client, 99)


def test_sessions_come_in_the_order_of_the_journey(practice: Practice) -> None:
    third, second = practice.further(3), practice.further(2)
    late = practice.further(None, date=dt.date(2025, 9, 1))
    early = practice.further(None, date=dt.date(2025, 2, 1))
    assert practice.store.select(Session, engagement_id=practice.engagement.id) == (
        practice.session, second, third, early, late,
    )  # fmt: skip


def test_what_is_named_may_be_one_of_several_or_nothing(practice: Practice) -> None:
    second, meeting = practice.further(2, date=LATER), practice.further(None)
    store, first = practice.store, practice.session
    assert store.select(Session, id=(first.id, second.id)) == (first, second)
    assert store.select(Session, id={first.id: "any collection"}) == (first,)
    assert store.select(Session, id=()) == ()
    assert store.select(Session, number=None) == (meeting,)
    assert store.select(Session, date=LATER, kind="numbered") == (second,)
    with pytest.raises(TypeError, match="Session has no colour"):
        store.select(Session, colour="green")


def test_an_id_is_never_given_twice(store: Store) -> None:
    first = store.insert(client("ana"))
    assert store.delete(Client, slug="ana") == 1
    assert store.insert(client("ana")).id > first.id


def test_an_intake_comes_back_whole(store: Store) -> None:
    engagement = begin(
        store,
        paths=("teach", "lead"),
        start=START,
        goal_clarity=4,
        assumptions=("I am too old", {"text": "Nobody hires generalists", "since": 2019}),
        career=(CareerStep(role="Analyst", since="2015", themes=("order",)),),
        audit=Audit(accomplishments=("cut costs by 12 %", {"what": "hired", "count": 3})),
        agreement={"sponsor": {"name": "HR"}, "shared": ["dates"]},
    )
    assert store.get(Engagement, engagement.id) == engagement
    assert engagement.intake.paths == ("teach", "lead")
    assert engagement.intake.start == START
    assert engagement.intake.career[0].themes == ("order",)
    assert engagement.intake.audit == Audit(
        accomplishments=("cut costs by 12 %", {"what": "hired", "count": 3})
    )
    assert begin(store, slug="ben", paths=3).intake.paths == 3


def test_named_fields_change_and_the_rest_stays(practice: Practice) -> None:
    store, session = practice.store, practice.session
    options = {"with": ["grow-1"], "minutes": 60, "energy": None}
    changed = store.update(session, phase="foundation", method="exploratory", options=options)
    assert changed == replace(session, phase="foundation", method="exploratory", options=options)
    held = store.update(session, state="held", held_on=START)
    assert held == replace(changed, state="held", held_on=START)
    assert store.get(Session, session.id) == held
    assert store.update(session) == held


@pytest.mark.parametrize("change", [{"id": 7}, {"number": 7}, {"colour": "green"}])
def test_keys_and_numbers_never_change(practice: Practice, change: dict[str, Any]) -> None:
    commitment = practice.store.insert(
        Commitment(engagement_id=practice.engagement.id, what="w", due=LATER, how_will_i_know="h")
    )
    with pytest.raises(TypeError):
        practice.store.update(commitment, **change)
    practice.store.delete(Commitment, id=commitment.id)
    with pytest.raises(NotFound, match="among the commitments"):
        practice.store.update(commitment, learned="too late")


def test_nothing_is_deleted_by_default(practice: Practice) -> None:
    with pytest.raises(TypeError, match="name what"):
        practice.store.delete(Session)
    assert practice.store.delete(Session, number=9) == 0
    assert practice.store.select(Session) == (practice.session,)


def test_records_without_ids_are_found_by_their_key(practice: Practice) -> None:
    store, session = practice.store, practice.session.id
    home = [
        store.insert(HandedOut(session_id=session, position=place, worksheet=name, title=name))
        for place, name in ((1, "wheel"), (0, "audit"))
    ]
    assert store.select(HandedOut, session_id=session) == (home[1], home[0])
    renamed = store.update(home[0], title="Wheel of life")
    assert store.select(HandedOut, worksheet="wheel") == (renamed,)
    echo = store.insert(Echo(session_id=session, question="destination", words="", answer="yes"))
    with pytest.raises(sqlite3.IntegrityError):
        store.insert(echo)


def test_what_a_table_refuses_is_refused(practice: Practice) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="text <> ''"):
        practice.store.insert(Assumption(engagement_id=practice.engagement.id, text=""))


@pytest.mark.parametrize("progress", [0, 11, 4.5, "much", True])
def test_progress_is_a_whole_number_from_1_to_10(practice: Practice, progress: Any) -> None:
    with pytest.raises(CannotDo, match=r"saved among the check ins.*progress"):
        practice.store.insert(
            CheckIn(session_id=practice.session.id, date=START, progress={"clarity": progress})
        )


@pytest.mark.parametrize("damage", ["'{'", "'[1]'", """'{"kind": "wish"}'"""])
def test_a_damaged_row_is_said_to_be_one(practice: Practice, damage: str) -> None:
    practice.store.run("PRAGMA ignore_check_constraints = ON")
    practice.store.run(f"UPDATE engagements SET intake = {damage}")
    with pytest.raises(StoreFault, match=r"a record \(engagement\).*damaged; `.* check`"):
        practice.store.select(Engagement)


def test_changes_are_counted_but_for_what_is_made_from_the_records(practice: Practice) -> None:
    store, session = practice.store, practice.session
    before = store.changes
    store.select(Session)
    with store.uncounted():
        store.update(session, options={"late": 5})
    assert store.changes == before
    store.update(session, phase="foundation")
    assert store.changes == before + 1
    store.run("UPDATE sessions SET phase = 'other'")
    assert store.changes == before + 2


def test_the_current_client(practice: Practice) -> None:
    assert practice.store.current_client is None
    practice.store.choose_client(practice.client)
    assert practice.store.current_client == practice.client.id
    practice.store.choose_client(None)
    assert practice.store.current_client is None


def test_a_client_may_have_several_engagements(practice: Practice) -> None:
    second = practice.store.insert(journey(practice.client.id, ordinal=2, closed=LATER))
    assert practice.store.select(Engagement, client_id=practice.client.id) == (
        practice.engagement, second,
    )  # fmt: skip


def test_each_kind_of_record_has_a_table_of_its_own(store: Store) -> None:
    assert len(set(TABLES.values())) == len(TABLES)
    for kind in TABLES:
        assert store.select(kind) == ()


def test_an_early_check_in_comes_first(practice: Practice) -> None:
    store, session = practice.store, practice.session.id
    late = store.insert(CheckIn(session_id=session, date=LATER, energy="low", mood="flat"))
    early = store.insert(CheckIn(session_id=session, date=START, progress={"clarity": 10}))
    assert store.select(CheckIn, session_id=session) == (early, late)
    assert store.last(CheckIn, session_id=session) == late


def test_only_a_working_note_has_a_day_on_which_it_goes(practice: Practice) -> None:
    note = Note(session_id=practice.session.id, kind="working", text="Hm", written=START)
    saved = practice.store.insert(replace(note, purge_on=LATER))
    assert (saved.kind, saved.purge_on) == ("working", LATER)
    with pytest.raises(sqlite3.IntegrityError):
        practice.store.insert(replace(note, kind="record", purge_on=LATER))
