"""A key counts once it is kept, and not before (R135)."""

from __future__ import annotations

import datetime as dt
import errno
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from coaching import Coach
from trajplan.actions.context import Context, load_context
from trajplan.actions.live import LiveRun, begin_live, replay
from trajplan.actions.live_draft import wall_clock
from trajplan.errors import CannotDo, StoreFault
from trajplan.live.model import Event

NOW = dt.datetime(2027, 2, 23, 14, 5, tzinfo=dt.UTC)


@pytest.fixture
def context(begun: Coach, monkeypatch: pytest.MonkeyPatch) -> Context:
    for name, value in begun.environ.items():
        if value is None:
            monkeypatch.delenv(name, raising=False)
        else:
            monkeypatch.setenv(name, value)
    return load_context()


def begin(context: Context, now: dt.datetime = NOW, **more: Any) -> LiveRun:
    return begin_live(context, client=None, number="4", now=now, **more)


def press(run: LiveRun, key: Any, text: str = "") -> bool:
    return run.take(Event(at=NOW, key=key, text=text))


def test_a_session_runs_by_the_coachs_clock(coach: Coach, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its time is agreed in Tokyo; five minutes early in Berlin is five minutes early (R143)."""
    coach.do("new-client", "Aiko", "--time-zone", "Asia/Tokyo", "--start-time", "16:00")
    monkeypatch.setenv("TRAJPLAN_TIME_ZONE", "Europe/Berlin")
    for name in ("TRAJPLAN_PRACTICE", "TRAJPLAN_CACHE", "TRAJPLAN_TODAY"):
        monkeypatch.setenv(name, str(coach.environ[name]))
    clock = wall_clock({"TRAJPLAN_TODAY": "2027-01-12T07:55"}, "Europe/Berlin")
    now = clock()
    assert now.isoformat()[:16] + now.isoformat()[-6:] == "2027-01-12T07:55+01:00"
    run = begin_live(load_context(), client=None, number=None, now=now)
    state = run.state(now)
    assert (state.begins, state.ends) == ("08:00", "09:30")


def test_a_full_disk_leaves_session_and_draft_as_they_were(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = begin(context)
    press(run, "p", "The pension")
    assert run.draft
    before, state = run.draft.log.read_bytes(), run.state(NOW)

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(StoreFault, match="full"):
            press(run, "p", "Lost")
    assert (run.draft.log.read_bytes(), run.state(NOW)) == (before, state)
    press(run, "p", "Kept")
    assert begin(context).state(NOW).parked == ("The pension", "Kept")


def test_a_locked_practice_keeps_no_key_from_being_kept(context: Context) -> None:
    run = begin(context)
    with closing(sqlite3.connect(context.practice)) as other:
        other.execute("BEGIN EXCLUSIVE")
        press(run, "p", "The pension")
        press(run, "n")
        other.rollback()
    assert [event.key for event in begin(context).events] == ["p", "n"]


def test_cut_off_anywhere_what_was_whole_is_there(context: Context) -> None:
    run = begin(context)
    for text in ("one", "zwei: “#2”", "три"):
        press(run, "p", text)
    assert run.draft
    whole = run.draft.log.read_bytes()
    opening = whole.index(b"\n") + 1
    for end in range(opening, len(whole) + 1, 9):
        run.draft.log.write_bytes(whole[:end])
        kept = begin(context).events
        assert kept == run.events[: whole[opening:end].count(b"\n")]
    # The next key stands on a line of its own.
    run.draft.log.write_bytes(whole[:-5])
    again = begin(context)
    press(again, "p", "four")
    assert begin(context).state(NOW).parked == ("one", "zwei: “#2”", "four")


def test_two_screens_show_the_same_session(context: Context) -> None:
    first, second = begin(context), begin(context)
    press(first, "m", "a1")
    press(second, "m", "b1")
    press(first, "m", "a2")
    assert first.state(NOW).notes == second.state(NOW).notes == ("a1", "b1", "a2")
    press(second, "u")
    assert first.state(NOW).notes == begin(context).state(NOW).notes == ("a1", "b1")


def test_what_is_said_of_a_promise_later_belongs_to_it(context: Context) -> None:
    run = begin(context)
    assert not run.take(Event(at=NOW, key="c", when="friday"))  # of none
    press(run, "c", "Ring Gary")
    press(run, "p", "The pension")
    run.take(Event(at=NOW, key="c", when="friday"))
    run.take(Event(at=NOW, key="c", known="a date"))
    (promise,) = begin(context).state(NOW).commitments
    assert (promise.what, promise.when, promise.known) == ("Ring Gary", "friday", "a date")
    press(run, "u")
    assert run.state(NOW).parked == ()
    press(run, "u")
    assert run.state(NOW).commitments == ()


def test_a_wrap_saved_elsewhere_meanwhile_loses_nothing(context: Context, begun: Coach) -> None:
    run = begin(context)
    press(run, "m", "before")
    press(run, "p", "The pension")
    path = begun.write("form.md", begun.do("wrap", "4", "--form").out)
    begun.do("wrap", "4", "--from", path)
    assert not run.is_kept
    press(run, "m", "after")
    assert "session 4 was wrapped meanwhile" in run.warning
    press(run, "m", "and this")
    assert run.warning == ""
    both = begun.write("both.md", begun.do("wrap", "4", "--form").out)
    begun.do("wrap", "4", "--replace", "--from", both)
    notes = "\n".join(note["text"] for note in begun.json("notes")["notes"])
    assert [notes.count(text) for text in ("before", "after", "and this")] == [1, 1, 1]
    assert [topic["text"] for topic in begun.json("parked")["parked"]].count("The pension") == 1
    assert not run.is_kept


def test_of_an_erased_client_nothing_more_is_kept(context: Context, begun: Coach) -> None:
    run = begin(context)
    press(run, "m", "before")
    begun.do("practice", "erase", "--client", "sample-client", "--yes", "sample-client")
    for command in (["today"], ["new-client", "Sample Client", "--slug", "sample-client"]):
        begun.do(*command)
        with pytest.raises(CannotDo, match="record of this session is gone"):
            press(run, "m", "after")
        assert not list(context.practice.parent.glob("*.drafts/*"))


@pytest.mark.slow
def test_the_clock_runs_where_nothing_can_be_saved(
    context: Context, begun: Coach, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun.do("check-in", "--session", "4", "--energy", "low")  # so that a plan has to be made

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch, closing(sqlite3.connect(context.practice)) as other:
        other.execute("BEGIN IMMEDIATE")  # nor can the plan be
        patch.setattr(os, "fsync", full)
        run = begin(context)
        assert "full" in run.warning
        assert (run.is_kept, run.opening.plan.energy) == (False, "low")
        with pytest.raises(StoreFault, match="full"):
            press(run, "m", "words")
        other.rollback()
    press(run, "m", "words")
    assert begin(context).state(NOW).notes == ("words",)


def test_keys_that_change_nothing_are_not_kept(context: Context) -> None:
    run = begin(context)
    assert not press(run, "u")
    assert not press(run, "t", "  ")
    press(run, "w")
    for key in ("n", "+", "-", "x", "w"):
        assert not press(run, key)
    assert [event.key for event in run.events] == ["w"]
    assert press(run, "m", "After all")


def test_a_look_without_a_key_begins_anew_at_the_sessions_time(context: Context) -> None:
    assert begin(context, NOW - dt.timedelta(hours=4)).state(NOW).begins == "10:05"
    assert begin(context).state(NOW).begins == "14:05"
    later = NOW + dt.timedelta(minutes=40)
    assert begin(context, later).state(later).begins == "14:05"
    press(begin(context), "m", "There")
    tomorrow = NOW + dt.timedelta(days=1)
    resumed = begin(context, tomorrow).state(tomorrow)
    assert (resumed.begins, resumed.notes) == ("14:05", ("There",))
    assert begin(context, tomorrow, start_over=True).state(tomorrow).notes == ()


def test_until_a_key_is_kept_the_plan_may_change_and_then_it_stays(
    context: Context, begun: Coach
) -> None:
    assert begin(context).opening.plan.energy == "normal"
    begun.do("check-in", "--session", "4", "--energy", "low")
    later = NOW + dt.timedelta(minutes=5)
    run = begin(load_context(), later)
    assert (run.opening.plan.energy, run.state(later).begins) == ("low", "14:05")
    press(run, "m", "There")
    begun.do("check-in", "--session", "4", "--energy", "high")
    printed = begun.do("prep", "session", "4", "--format", "json")
    assert printed.data["energy"] == "low"
    assert "session 4 is under way, so its plan stays as it began" in printed.err
    said = begun.refused(1, "prep", "session", "4", "--minutes", "60")
    assert "`trajplan live 4 --start-over` forgets" in said
    assert begin(load_context()).opening.plan.energy == "low"
    begin(load_context(), start_over=True)
    assert begun.json("prep", "session", "4")["energy"] == "high"


def test_a_replay_that_somebody_went_on_with_is_replaced_no_more(
    context: Context, begun: Coach
) -> None:
    path = begun.write("keys.jsonl", '{"at": "14:10", "key": "m", "text": "from the file"}\n')
    replay(context, path, client=None, number="4", now=NOW)
    press(begin(context), "m", "by hand")
    again, _ = replay(context, path, client=None, number="4", now=NOW)
    assert again.draft is None
    assert begin(context).state(NOW).notes == ("from the file", "by hand")


def test_the_clock_can_be_set(tmp_path: Path) -> None:
    start = wall_clock({"TRAJPLAN_TODAY": "2027-02-23T14:05:00+01:00"})()
    assert start.isoformat()[:16] == "2027-02-23T14:05"
    assert wall_clock({"TRAJPLAN_TODAY": "2027-02-23"})().date() == NOW.date()
    assert wall_clock({})().tzinfo is not None
