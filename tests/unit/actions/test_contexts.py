"""Reading and writing a client's records: one transaction, and a revision nobody can forget."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from trajplan.actions.client_records import WhichClient
from trajplan.actions.context import Context, load_context
from trajplan.errors import CannotDo, NotFound
from trajplan.records.forms import Intake
from trajplan.records.model.commitments import Commitment
from trajplan.records.model.journeys import Client, Engagement
from trajplan.records.model.sessions import Session
from trajplan.records.store import reading, writing

TODAY = dt.date(2025, 3, 3)


@pytest.fixture
def context(tmp_path: Path) -> Context:
    environ = {
        "TRAJPLAN_PRACTICE": str(tmp_path / "practice.sqlite3"),
        "TRAJPLAN_TODAY": str(TODAY),
        "HOME": str(tmp_path),
    }
    context = load_context(environ=environ)
    with writing(context.practice) as store:
        for slug in ("ana", "ben"):
            client = store.insert(Client(slug=slug, name=slug, initials="A.", created=TODAY))
            engagement = store.insert(
                Engagement(
                    client_id=client.id,
                    ordinal=1,
                    journey="single",
                    method="integrative",
                    sessions=1,
                    start=TODAY,
                    time_zone="",
                    minutes=60,
                    every_days=7,
                    destination="",
                    intake=Intake(kind="intake"),
                    created=TODAY,
                )
            )
            store.insert(
                Session(engagement_id=engagement.id, number=1, kind="numbered", date=TODAY)
            )
    return context


def revision(context: Context, slug: str = "ana") -> int:
    with reading(context.practice) as store:
        (client,) = store.select(Client, slug=slug)
        return client.revision


def commitment(engagement: Engagement) -> Commitment:
    return Commitment(engagement_id=engagement.id, what="w", due=TODAY, how_will_i_know="h")


def test_whatever_is_written_raises_the_revision_once(context: Context) -> None:
    with context.write("ana") as records:
        assert records.revision == 0
        made = records.insert(commitment(records.engagement))
        records.update(made, learned="more")
        assert records.revision == 1
    with context.write("ana") as records:
        records.run("UPDATE commitments SET learned = 'by hand'")
    assert (revision(context), revision(context, "ben")) == (2, 0)


def test_reading_and_what_is_made_from_the_records_do_not(context: Context) -> None:
    with context.write("ana") as records:
        (session,) = records.own(Session)
        with records.uncounted():
            records.update(session, options={"late": 5})
    with context.read("ana") as records:
        assert records.own(Session)[0].options == {"late": 5}
    assert revision(context) == 0


def test_after_a_fault_nothing_is_saved(context: Context) -> None:
    def fail() -> None:
        with context.write("ana") as records:
            records.insert(commitment(records.engagement))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with context.read("ana") as records:
        assert records.own(Commitment) == ()
    assert revision(context) == 0


def test_a_dossier_is_read_anew_after_a_change(context: Context) -> None:
    with context.write("ana") as records:
        before = records.dossier
        assert records.dossier is before
        records.update(records.engagement, destination="Elsewhere")
        made = records.insert(commitment(records.engagement))
        assert records.dossier.commitments == (made,)
        assert records.dossier.engagement.destination == "Elsewhere"
        assert before.commitments == ()


def test_a_client_of_another_day_is_not_taken_for_granted(context: Context) -> None:
    with writing(context.practice) as store:
        ana, _ = store.select(Client)
        store.choose_client(ana)
        (session,) = store.select(Session, engagement_id=1)
        store.update(session, date=dt.date(2025, 4, 1))
    with context.read(None) as records:
        assert records.client.slug == "ana"
    with pytest.raises(WhichClient, match="today's session is with `ben`"):
        context.read(None, acting=True).__enter__()
    with pytest.raises(WhichClient):
        context.write(None).__enter__()


def test_a_closed_journey_is_refused_where_it_must_be_open(context: Context) -> None:
    with context.write("ana", open_journey=True) as records:
        records.update(records.engagement, closed=TODAY)
    with context.write("ana/1") as records:
        assert records.engagement.closed == TODAY
    with pytest.raises(CannotDo, match="was closed on"):
        context.write("ana", open_journey=True).__enter__()
    with pytest.raises(NotFound, match="no engagement `2`; there is `ana/1`"):
        context.read("ana/2").__enter__()
