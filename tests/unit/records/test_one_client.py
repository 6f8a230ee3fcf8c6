"""A practice opened for one client holds what is theirs and the coach's own, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from small_practice import START, Practice, begin

from trajplan.errors import NotFound
from trajplan.records import table
from trajplan.records.belongings import of_client, of_nobody
from trajplan.records.kinds import TABLES
from trajplan.records.model.commitments import Commitment
from trajplan.records.model.goals import Goal
from trajplan.records.model.journeys import Client, DaysOff, Engagement, RetiredQuestion
from trajplan.records.model.sessions import Session
from trajplan.records.store import Store, reading


def opened_for(store: Store, client: Client) -> Store:
    return Store(store.db, store.path, client_id=client.id)


def test_every_kind_of_record_of_others_stays_out(demo_file: Path) -> None:
    kinds = set()
    with reading(demo_file) as store:
        own = of_nobody(store)
        for client in store.select(Client):
            theirs, records = of_client(store, client.id), opened_for(store, client)
            for kind, name in TABLES.items():
                key, *_ = table.table_of(kind).key
                rows = store.run(
                    f"SELECT {key} FROM {name} WHERE rowid IN "
                    f"({', '.join(map(str, theirs.get(name, frozenset()) | own.get(name, set())))})"
                )
                found = [getattr(record, key) for record in records.select(kind)]
                assert sorted(found) == sorted(row[0] for row in rows), (client.slug, name)
                if 0 < len(found) < len(store.select(kind)):
                    kinds.add(kind)
    # Too few kinds would show nothing.
    assert len(kinds) >= 15


def test_whose_a_record_is_follows_from_its_class(store: Store) -> None:
    records = Store(store.db, store.path, client_id=1)
    for kind in TABLES:
        assert records.select(kind) == (), kind
    assert [kind for kind in TABLES if not table.of_one_client(kind)] == [DaysOff]


def test_no_other_clients_record_is_read_changed_deleted_or_added(practice: Practice) -> None:
    store, session = practice.store, practice.session
    other = begin(store, "zoe")
    commitment = store.insert(
        Commitment(
            engagement_id=practice.engagement.id,
            session_id=session.id,
            what="Ring the school",
            how_will_i_know="There is a date",
            due=START,
        )
    )
    records = opened_for(store, store.get(Client, other.client_id))
    assert records.find(Commitment, id=commitment.id) is None
    assert records.select(Session, engagement_id=practice.engagement.id) == ()
    with pytest.raises(NotFound):
        records.get(Client, practice.client.id)
    with pytest.raises(NotFound):
        records.update(commitment, what="Ring the other school")
    assert records.delete(Commitment, id=commitment.id) == 0
    for stranger in (
        replace(session, id=0, number=2),
        replace(commitment, id=0, number=0),
        replace(practice.engagement, id=0, ordinal=2),
    ):
        with pytest.raises(LookupError, match="another client's"):
            records.insert(stranger)
    assert store.get(Commitment, commitment.id) == commitment
    assert records.everybody.get(Commitment, commitment.id) == commitment
    assert records.select(Engagement) == (other,)


def test_what_is_the_coachs_own_is_there_for_everybody(practice: Practice) -> None:
    store, zoe = practice.store, begin(practice.store, "zoe")
    days = store.insert(DaysOff(first=START, last=START, name="Carnival"))
    for_all = store.insert(RetiredQuestion(question_id="q-1", client_id=None, since=START))
    for_zoe = store.insert(RetiredQuestion(question_id="q-2", client_id=zoe.client_id, since=START))
    ana = opened_for(store, practice.client)
    assert ana.select(DaysOff) == (days,)
    assert ana.select(RetiredQuestion) == (for_all,)
    assert {*ana.everybody.select(RetiredQuestion)} == {for_all, for_zoe}
    theme = ana.insert(
        Goal(engagement_id=practice.engagement.id, level="theme", text="Teach", created=START)
    )
    assert ana.select(Goal) == (theme,)
