"""`live`: a session as it runs, from a file of keys and at a real terminal (R135)."""

from __future__ import annotations

import json
import os
import pty
import random
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from fcntl import ioctl
from pathlib import Path
from typing import Any

import pytest
from editing import drafts, editor

from coaching import COMMAND, CTRL_C, WRAP, Coach, questions_of
from few import few
from trajplan.records.drafts import Draft

NAME = "Sample Client"
SESSION = ("live", "4")


def keys(coach: Coach, *events: tuple[str, str] | tuple[str, str, str] | dict[str, Any]) -> str:
    """A file of keys."""
    lines = [
        event if isinstance(event, dict) else dict(zip(("at", "key", "text"), event, strict=False))
        for event in events
    ]
    return coach.write("keys.jsonl", "".join(f"{json.dumps(line)}\n" for line in lines))


def replay(coach: Coach, *events: Any, more: tuple[str, ...] = ()) -> Any:
    return coach.do(*SESSION, "--replay", keys(coach, *events), *more).data


@pytest.mark.req("R135")
def test_a_replay_tells_where_the_session_stands(begun: Coach) -> None:
    state = replay(
        begun,
        ("14:10", "n"),
        ("14:12", "space"),
        ("14:13", "c", "Ring Gary\nfriday\nI have a date"),
        ("14:14", "t", "I was stuck: “yes” #2"),
        {"at": "14:15", "key": "t", "text": "felt stuck", "wording": "gist"},
        ("14:16", "p", "The pension"),
        ("14:17", "i", "I may ask"),
        ("14:18", "m", "Eyes down."),
        ("14:19", "a", "Nobody asks me"),
        ("14:40", "n"),
    )
    assert (state["begins"], state["now"], state["left"]) == ("14:00", "14:40", 50)
    assert list(state["actual"].values()) == [10, 30]
    assert state["running"] == state["segments"][2]["id"]
    assert state["segments"][2]["start"] == "14:40"
    assert state["segments"][-1]["end"] == "15:30"
    assert sum(segment["minutes"] for segment in state["segments"]) == 90
    assert state["asked"] == [state["segments"][1]["questions"][0]["id"]]
    assert state["commitments"] == [
        {"what": "Ring Gary", "when": "friday", "known": "I have a date"}
    ]
    assert [(words["text"], words["exact"]) for words in state["words"]] == [
        ("I was stuck: “yes” #2", True),
        ("felt stuck", False),
    ]
    assert [words["exact"] for words in state["beliefs"]] == [True]
    assert (state["parked"], state["notes"]) == (["The pension"], ["Eyes down."])


@pytest.mark.req("R135")
def test_what_no_longer_fits_is_named(begun: Coach) -> None:
    plan = begun.json("prep", "session", "4")
    state = replay(begun, ("14:10", "n"), ("15:24", "n"))
    last = plan["segments"][-1]
    assert state["running"] == last["id"]
    assert state["no_longer_fits"] == [segment["id"] for segment in plan["segments"][2:-1]]
    assert any(plan["segments"][2]["title"] in remark for remark in state["remarks"])
    assert state["segments"][-1]["minutes"] == 6


@pytest.mark.req("R135")
def test_another_question_is_the_planners_next_best(begun: Coach) -> None:
    plan = begun.json("prep", "session", "4")
    planned = {question["id"] for question in questions_of(plan)}
    state = replay(begun, ("14:14", "n"), ("14:20", "x"), ("14:21", "x"), ("14:22", "u"))
    segment = state["segments"][1]
    added = [question["id"] for question in segment["questions"] if question["added"]]
    assert len(added) == 1
    assert not planned & set(added)
    again = replay(begun, ("14:14", "n"), ("14:20", "x"), ("14:21", "x"))
    both = [question["id"] for question in again["segments"][1]["questions"] if question["added"]]
    assert both[:1] == added
    assert len(set(both)) == 2
    # As a plan would ask it, had the planned ones been left out.
    assert begun.do("questions", "show", added[0]).code == 0


@pytest.mark.req("R135")
def test_taking_back_leaves_no_trace(begun: Coach) -> None:
    events = [("14:10", "n"), ("14:12", "m", "Eyes down.")]
    before = replay(begun, *events, ("14:20", "h"), ("14:20", "h"))
    for key in ("n", "+", "-", "space", "c", "t", "a", "p", "i", "m"):
        after = replay(
            begun, *events, ("14:15", key, "" if key == "space" else "x"), ("14:20", "u")
        )
        assert after == before


@pytest.mark.req("R135")
def test_what_was_replayed_is_kept_and_a_session_that_ran_is_never_replaced(begun: Coach) -> None:
    replay(begun, ("14:10", "n"))
    drafts = begun.practice.with_name(f"{begun.practice.name}.drafts")
    (log,) = drafts.glob("*-live.jsonl")
    assert log.stat().st_mode & 0o077 == 0
    lines = log.read_text("utf-8").splitlines()
    assert len(lines) == 2
    replay(begun, ("14:10", "n"), ("14:11", "p", "The pension"))
    assert len(log.read_text("utf-8").splitlines()) == 3
    # As a session at a terminal writes it.
    log.write_text(f"{json.dumps({'opening': json.loads(lines[0])['opening']})}\n{lines[1]}\n")
    run = begun.do(*SESSION, "--replay", keys(begun, ("14:10", "n"), ("14:12", "n")))
    assert "only replayed" in run.err
    assert len(log.read_text("utf-8").splitlines()) == 2
    anew = begun.do(*SESSION, "--replay", keys(begun, ("14:12", "n")), "--start-over")
    assert anew.err == ""
    assert len(log.read_text("utf-8").splitlines()) == 2
    assert "14:12" in log.read_text("utf-8").splitlines()[1]


@pytest.mark.req("R135")
def test_a_shared_state_holds_nothing_that_is_the_coachs_alone(begun: Coach) -> None:
    events = (("14:10", "a", "Nobody asks me"), ("14:11", "m", "Eyes down."))
    told = begun.do(*SESSION, "--replay", keys(begun, *events), "--shared").out
    assert "Nobody" not in told
    assert "Eyes" not in told


@pytest.mark.req("R135")
def test_a_file_of_keys_is_refused_line_by_line(begun: Coach) -> None:
    path = begun.write(
        "keys.jsonl",
        '{"at": "14:10", "key": "n"}\n'
        '{"at": "14:10", "key": "z"}\n'
        '{"at": "soon", "key": "n"}\n'
        "not json\n"
        '{"at": "14:11", "key": "n", "txet": ""}\n'
        '{"at": "14:12", "key": "t", "text": "a", "wording": "loud"}\n',
    )
    said = begun.refused(10, *SESSION, "--replay", path)
    assert [line.split(":")[1] for line in said.splitlines()] == ["2", "3", "4", "5", "6"]
    assert "no key `z`; possible are n, +, -" in said
    assert "`soon` is not a time; write it like 14:05" in said
    assert not list(begun.practice.parent.glob("*.drafts/*live*"))


@pytest.mark.req("R135")
def test_of_keys_that_cannot_all_be_pressed_none_is_kept(begun: Coach) -> None:
    path = keys(begun, ("14:10", "m", "kept?"), ("14:12", "space", "no-such-question"))
    said = begun.refused(1, *SESSION, "--replay", path)
    assert said == "trajplan: 14:12: no question `no-such-question` in this session\n"
    ends = keys(begun, ("9999-12-31T23:59", "n"), ("0001-01-01T00:00", "n"))
    assert begun.refused(10, *SESSION, "--replay", ends).count("is no day of a session") == 2
    assert drafts(begun) == []


@pytest.mark.req("R135")
def test_keys_may_go_past_midnight(begun: Coach) -> None:
    state = replay(begun, ("23:50", "m", "late"), ("00:10", "n"), ("00:20", "w"))
    assert (state["begins"], state["now"]) == ("23:50", "00:20")
    assert list(state["actual"].values())[:2] == [20, 10]


@pytest.mark.req("R135")
def test_a_held_session_is_not_run(held: Coach) -> None:
    said = held.refused(1, *SESSION, "--replay", keys(held, ("14:10", "n")))
    assert said == "trajplan: session 4 was held on 2027-02-23, so it cannot be run\n"


@pytest.mark.req("R135")
def test_without_a_number_todays_session_runs_or_else_the_next(begun: Coach) -> None:
    path = keys(begun, ("14:10", "n"))
    assert begun.do("live", "--replay", path).data["session"] == 4
    begun.today = "2027-02-24"
    assert begun.do("live", "--replay", path).data["session"] == 1


@pytest.mark.req("R135")
def test_without_a_terminal_nothing_waits(begun: Coach) -> None:
    assert "`live` needs a terminal" in begun.refused(2, *SESSION)


@pytest.mark.req("R135")
def test_a_plan_made_anew_meanwhile_does_not_change_the_session_that_runs(begun: Coach) -> None:
    before = replay(begun, ("14:10", "n"))
    (log,) = begun.practice.parent.glob("*.drafts/*-live.jsonl")
    opening = json.loads(log.read_text("utf-8").splitlines()[0])["opening"]
    assert [part["id"] for part in opening["plan"]["segments"]] == [
        part["id"] for part in before["segments"]
    ]


class Terminal:
    """`live` at a real pseudo-terminal of some size."""

    def __init__(
        self, coach: Coach, *arguments: str, size: tuple[int, int] = (80, 24), **env: str
    ) -> None:
        child, self.parent = pty.fork()
        if child == 0:  # pragma: no cover - the child becomes another program
            ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
            environ = {**coach.spawn_environ, "TERM": "xterm-256color", **env}
            environ.pop("COLUMNS", None)
            os.execve(COMMAND, [str(COMMAND), *SESSION, *arguments], environ)
        self.child = child
        self.seen = b""

    def wait_for(self, text: str, deadline: float = 60) -> None:
        end = time.monotonic() + deadline
        start = len(self.seen)
        while text.encode() not in self.seen[start:]:
            ready, _, _ = select.select([self.parent], [], [], 1)
            if ready:
                self.seen += os.read(self.parent, 65536)
            assert time.monotonic() < end, f"waited for {text} in vain: {self.seen[-2000:]!r}"

    def press(self, letters: str) -> None:
        os.write(self.parent, letters.encode("utf-8", "surrogateescape"))

    def finish(self) -> tuple[int, str]:
        """Wait for the end, and return the exit code with all that was seen. A question about an
        unchanged form is answered with Enter."""
        while True:
            try:
                data = os.read(self.parent, 65536)
            except OSError:
                break
            if not data:
                break
            self.seen += data
            if data.rstrip().endswith(b"[y/N]:"):
                self.press("\n")
        _, status = os.waitpid(self.child, 0)
        os.close(self.parent)
        return os.waitstatus_to_exitcode(status), self.seen.decode()

    def end(self) -> int:
        return self.finish()[0]


def log_of(coach: Coach) -> Path:
    (log,) = coach.practice.parent.glob("*.drafts/*-live.jsonl")
    return log


@pytest.mark.slow
@pytest.mark.req("R135")
def test_at_a_terminal_it_leaves_no_name_behind_and_resumes(begun: Coach) -> None:
    begun.do("prep", "session", "4")
    begun.today = "2027-02-23T14:05:00"
    terminal = Terminal(begun)
    terminal.wait_for("14:05")
    terminal.press(" ")
    terminal.wait_for("min left")
    terminal.press("n")
    terminal.wait_for("What you could do")
    terminal.press("p")
    terminal.wait_for("Parked")
    terminal.press("The pension\r")
    terminal.wait_for("parked")
    terminal.press("q")
    assert terminal.end() == 0
    seen = terminal.seen.decode()
    # Full screen, so what it showed cannot be scrolled back to; and no title was set.
    entered, left = seen.index("\x1b[?1049h"), seen.index("\x1b[?1049l")
    outside = seen[:entered] + seen[left:]
    assert "pension" not in outside
    assert NAME not in seen
    assert NAME.split()[0] not in outside
    assert not re.search("\x1b\\][012];", seen)
    assert "session 4 is kept as it stands, for its wrap; `trajplan live 4` goes on" in outside
    assert "\x1b[?1000h" not in seen  # it asks for no mouse
    lines = [json.loads(line) for line in log_of(begun).read_text("utf-8").splitlines()[1:]]
    events = [line for line in lines if "key" in line]
    assert "left" in lines[-1]
    assert [(event["key"], event.get("text", "")) for event in events] == [
        ("n", ""),
        ("p", "The pension"),
    ]


@pytest.mark.slow
@pytest.mark.req("R135")
def test_a_session_that_was_left_at_once_has_no_length(begun: Coach) -> None:
    begun.do("prep", "session", "4")
    begun.today = "2027-02-23T14:00:00"
    terminal = Terminal(begun)
    terminal.wait_for("14:00")
    terminal.press("q")
    code, seen = terminal.finish()
    assert code == 0
    assert "no key was pressed in session 4, so nothing of it is kept" in seen
    begun.today = "2027-02-24"
    begun.do("wrap", "session", "4", "--from", "-", stdin=begun.do("wrap", "4", "--form").out)
    assert begun.json("sessions", "show", "4")["wrap"]["minutes"] is None


@pytest.mark.slow
@pytest.mark.req("R135")
def test_the_clock_of_a_session_stops_when_it_is_left(begun: Coach) -> None:
    begun.today = "2027-02-23T14:05:00"
    terminal = opened(begun)
    terminal.press("t")
    terminal.wait_for("Their words")
    terminal.press("No quiero volver\r")
    terminal.wait_for("kept")
    terminal.press("q")
    assert terminal.end() == 0
    lines = [json.loads(line) for line in log_of(begun).read_text("utf-8").splitlines()]
    assert "left" in lines[-1]
    forms = []
    for today in ("2027-02-23T15:20:00", "2027-02-24"):
        begun.today = today
        forms.append(begun.do("wrap", "4", "--form").out)
    assert forms[0] == forms[1]


def opened(coach: Coach) -> Terminal:
    """The session's page, once something can be typed."""
    terminal = Terminal(coach)
    terminal.wait_for("14:0")
    terminal.press(" ")
    terminal.wait_for("Next")
    return terminal


def texts_of(coach: Coach) -> list[str]:
    """What was kept, key by key."""
    lines = log_of(coach).read_text("utf-8").splitlines()[1:]
    return [json.loads(line).get("text", "") for line in lines]


@pytest.mark.slow
@pytest.mark.unix
@pytest.mark.req("R135", "R134")
def test_what_a_terminal_sends_is_kept_whatever_it_is(begun: Coach) -> None:
    begun.do("prep", "session", "4")
    begun.today = "2027-02-23T14:05:00"
    terminal = opened(begun)
    for letters, kept in (
        ("\x1b[200~Slower now.\nEyes down.\x1b[201~", "Slower now. Eyes down."),
        ("می\u200cخواهم", "می\u200cخواهم"),
        (b"caf\xe9 au lait".decode("utf-8", "surrogateescape"), "caf\ufffd au lait"),
    ):
        terminal.press("m")
        terminal.wait_for("Your note")
        terminal.press(letters)
        terminal.press("\r")
        terminal.wait_for("kept: note")
        assert texts_of(begun)[-1] == kept
    terminal.press("q")
    code, seen = terminal.finish()
    assert code == 0
    assert "Traceback" not in seen


@pytest.mark.unix
@pytest.mark.slow
@pytest.mark.req("R135", "R134")
@pytest.mark.parametrize("ended_by", ["Ctrl-C", "SIGINT", "SIGTERM", "SIGHUP", "the window"])
def test_words_half_typed_are_kept_whatever_ends_it(begun: Coach, ended_by: str) -> None:
    begun.do("prep", "session", "4")
    begun.today = "2027-02-23T14:05:00"
    terminal = opened(begun)
    terminal.press("c")
    terminal.wait_for("They take on")
    terminal.press("Ring Gary\r")
    terminal.wait_for("By when")
    terminal.press("frid")
    terminal.wait_for("frid")
    if ended_by == "the window":
        os.close(terminal.parent)
        os.waitpid(terminal.child, 0)
    else:
        if ended_by == "Ctrl-C":
            terminal.press("\x03")
        else:
            os.kill(terminal.child, signal.Signals[ended_by])
        code, seen = terminal.finish()
        assert code == (-signal.SIGHUP if ended_by == "SIGHUP" else 0)
        if ended_by != "SIGHUP":  # else there is no terminal left
            assert "session 4 is kept as it stands" in seen[seen.index("\x1b[?1049l") :]
    form = begun.do("wrap", "session", "4", "--form").out
    assert "- What: Ring Gary\n- By when: frid\n" in form


@pytest.mark.slow
@pytest.mark.req("R135")
def test_a_session_of_another_day_begins_only_when_it_is_meant(begun: Coach) -> None:
    for number, said in (
        ("5", "is planned for Tue 9 Mar 2027, in 14 days"),
        ("3", "was planned for Tue 9 Feb 2027, 14 days ago"),
    ):
        run = begun.at_a_terminal("live", number, answers=[("all the same? [y/N]:", "\n")])
        assert f"session {number} {said}; `trajplan sessions move {number} today`" in run.words
        assert "\x1b[?1049h" not in run.out


@pytest.mark.slow
@pytest.mark.req("R135", "R144")
def test_how_to_go_on_is_said_for_the_client_whose_session_it_is(begun: Coach) -> None:
    begun.do("prep", "session", "4")
    begun.do("new-client", "Bea", "--start", "2027-02-23")
    begun.today = "2027-02-23T14:05:00"
    terminal = Terminal(begun, "--client", "sample-client")
    terminal.wait_for("14:0")
    terminal.press("q")
    assert "`trajplan live 4 --client sample-client` goes on" in terminal.finish()[1]


@pytest.mark.req("R135")
def test_what_the_client_said_comes_back_as_their_words(begun: Coach) -> None:
    replay(
        begun,
        ("14:10", "t", "Who am I then?"),
        {"at": "14:11", "key": "t", "text": "felt cornered", "wording": "gist"},
        ("14:12", "m", "Eyes down."),
        ("14:13", "t", "I want it quiet"),
        ("14:20", "w"),
    )
    form = begun.write("wrap.md", begun.do("wrap", "session", "4", "--form").out)
    begun.do("wrap", "session", "4", "--from", form)
    notes = begun.json("prep", "session", "5")["from_last_time"]["notes"]
    assert sorted(notes) == [
        "Eyes down.\n\nThey said, in short: felt cornered",
        "“I want it quiet”",
        "“Who am I then?”",
    ]
    page = begun.do("prep", "session", "5").out
    assert "**They said:** “Who am I then?”" in page
    assert "**Your note:** Eyes down." in page


@pytest.mark.req("R135", "R141")
def test_a_session_left_in_live_waits_to_be_wrapped(begun: Coach) -> None:
    """Also before its day: what was kept is not forgotten."""
    path = keys(begun, ("14:10", "m", "early"))
    begun.do("live", "5", "--replay", path)
    waiting = begun.json("today")["clients"][0]["waiting"]
    assert [(due["kind"], due["session"]) for due in waiting if due["session"] == 5] == [
        ("under_way", 5)
    ]
    assert "session 5: run live, and not wrapped yet" in begun.do("today").out
    for number in ("1", "2", "3", "4"):
        begun.do("sessions", "skip", number)
    form = begun.do("wrap", "--form").out
    assert "# Wrap of session 5" in form
    assert "early" in form


@pytest.mark.slow
@pytest.mark.unix
def test_enter_does_not_forget_a_session(begun: Coach) -> None:
    replay(begun, ("14:05", "m", "Eyes down"))
    for answer in ("\n", "n\n"):
        asked = [("(1 key)? [y/N]:", answer)]
        assert begun.at_a_terminal("live", "4", "--start-over", answers=asked).code == 130
    assert "Eyes down" in begun.do("wrap", "4", "--form").out


def wrapped_at_a_terminal(coach: Coach, *presses: tuple[str, str]) -> tuple[int, str]:
    """Run the session, press keys as each text shows, and follow `w` to its end."""
    coach.do("prep", "session", "4")
    coach.today = "2027-02-23T14:05:00"
    terminal = Terminal(coach)
    terminal.wait_for("14:0")
    terminal.press(" ")
    terminal.wait_for("Next")
    for letters, shows in presses:
        terminal.press(letters)
        terminal.wait_for(shows)
    terminal.press("w")
    return terminal.finish()


@pytest.mark.slow
@pytest.mark.req("R135", "R133")
def test_w_opens_the_wrap_with_all_of_it_and_prints_the_sheet(begun: Coach) -> None:
    log = editor(begun, ("## Focus\n", "## Focus\n\nThe night shift\n"))
    code, seen = wrapped_at_a_terminal(
        begun,
        ("n", "What you could do"),
        ("c", "They take on"),
        ("Ring Gary # 1\r", "By when"),
        ("+5d\r", "How they will know"),
        ("I have a date\r", "kept: promise"),
        ("t", "Their words"),
        ("I was: stuck\r", "kept: their words"),
    )
    assert code == 0, seen
    form = (log / "seen-0").read_text("utf-8")
    for text in ("- What: Ring Gary # 1", "- By when: +5d", "I have a date", "“I was: stuck”"):
        assert text in form
    assert "Ring Gary # 1" in seen  # the sheet
    assert begun.json("commitments")["commitments"][0]["due"] == "2027-02-28"
    assert begun.json("sessions", "show", "4")["wrap"]["focus"] == "The night shift"
    assert drafts(begun) == []


@pytest.mark.slow
@pytest.mark.req("R135", "R133")
def test_a_form_closed_unchanged_wraps_nothing_unless_it_is_said_to_be_whole(begun: Coach) -> None:
    editor(begun)
    code, seen = wrapped_at_a_terminal(begun, ("m", "Your note"), ("Eyes down\r", "kept: note"))
    assert code == 1, seen
    assert "Save it as it stands?" in seen
    assert "nothing was saved; what the session told is kept" in seen
    assert [draft.suffix for draft in drafts(begun)] == [".jsonl"]
    asked = [("Save it as it stands?", "y\n")]
    saved = begun.at_a_terminal("wrap", "session", "4", answers=asked)
    assert saved.code == 0, saved.out
    assert [note["text"] for note in begun.json("notes")["notes"]] == ["Eyes down"]
    assert drafts(begun) == []


@pytest.mark.slow
@pytest.mark.req("R135", "R134")
@pytest.mark.parametrize("in_turn", few([True, False], 1))
def test_a_form_that_is_gone_on_with_gets_what_the_session_told_since(
    begun: Coach, in_turn: bool
) -> None:
    first = [
        ("14:10", "p", "who sings"),
        {"at": "14:11", "key": "c", "text": "Ring Gary", "when": "+5d", "known": "I have a date"},
        ("14:20", "n"),
    ]
    replay(begun, *first, ("14:30", "w"))
    kept = "## Focus\n\nThe night shift\n"
    log = editor(begun, ("## Focus\n", kept), ("- who sings\n", "- Who sings?\n"), code=1)
    begun.at_a_terminal("wrap", "session", "4")
    second = [
        ("14:31", "p", "the flowers"),
        {"at": "14:32", "key": "c", "text": "Sleep", "when": "+1d", "known": "Eight hours"},
        {"at": "14:32", "key": "t", "text": "I want it quiet", "wording": "exact"},
        ("14:33", "i", "it may be small"),
        ("14:34", "a", "I must not rest"),
        ("14:35", "m", "Slower now.\nBreathing."),
    ]
    replay(begun, *first, ("14:30", "w"), ("14:30", "u"), *second, ("14:50", "w"))
    go_on = ("Go on with it?", "\n")
    said = "the session went on after your form was begun; what you kept since is in it now"
    if in_turn:
        asked = [go_on, ("Focus [The night shift]:", CTRL_C)]
        seen = begun.at_a_terminal("wrap", "session", "4", "--ask", answers=asked)
        assert said in seen.out
        (draft,) = begun.practice.parent.glob("*.drafts/*-wrap.md")
        form = draft.read_text("utf-8")
    else:
        again = begun.at_a_terminal("wrap", "session", "4", answers=[go_on])
        assert said in again.out
        form = (log / "seen-1").read_text("utf-8")
    path = begun.write("form.md", form)
    begun.do("wrap", "session", "4", "--from", path)
    wrap = begun.json("sessions", "show", "4")["wrap"]
    assert wrap["focus"] == "The night shift"
    assert wrap["parked"] == ["who sings", "the flowers"]
    assert wrap["takeaways"] == ["it may be small"]
    assert (wrap["minutes"], wrap["actual"]["arrive"]) == (50, 20)
    promises = begun.json("commitments")["commitments"]
    assert [promise["what"] for promise in promises] == ["Ring Gary", "Sleep"]
    beliefs = [belief["text"] for belief in begun.json("assumptions")["assumptions"]]
    assert "I must not rest" in beliefs
    notes = [note["text"] for note in begun.json("notes")["notes"]]
    assert notes == ["Slower now.\nBreathing.", "“I want it quiet”"]
    # All of it is in the wrap, so nothing is left of the session's own draft.
    assert [path.suffix for path in drafts(begun)] == [".md"]


@pytest.mark.slow
@pytest.mark.req("R135", "R134")
def test_what_was_changed_in_a_form_stays_changed_when_it_is_gone_on_with(begun: Coach) -> None:
    replay(begun, ("14:10", "p", "who sings"), ("14:12", "w"))
    log = editor(begun, ("- who sings", "- Who will sing?"), code=1)
    begun.at_a_terminal("wrap", "session", "4")
    replay(begun, ("14:10", "p", "who sings"), ("14:12", "w"), ("14:13", "p", "the flowers"))
    answers = [("Go on with it?", "\n"), ("Save it as it stands?", "\n")]
    begun.at_a_terminal("wrap", "session", "4", answers=answers)
    begun.at_a_terminal("wrap", "session", "4", answers=answers)
    for turn in (1, 2):
        form = (log / f"seen-{turn}").read_text("utf-8")
        assert "- Who will sing?\n- the flowers\n" in form
        assert "who sings" not in form


@pytest.mark.req("R135", "R134")
def test_a_form_printed_before_the_session_leaves_what_the_session_told(begun: Coach) -> None:
    form = begun.write("before.md", begun.do("wrap", "session", "4", "--form").out)
    replay(begun, ("14:10", "m", "a note"), ("14:11", "i", "a takeaway"), ("14:12", "w"))
    saved = begun.do("wrap", "session", "4", "--from", form)
    assert "what `live` kept while the session ran is not in this wrap" in saved.err
    assert "is not in this wrap" in begun.do("wrap", "session", "4").err
    both = begun.write("both.md", begun.do("wrap", "session", "4", "--form").out)
    assert "is not in this wrap" not in begun.do("wrap", "4", "--replace", "--from", both).err
    assert [note["text"] for note in begun.json("notes")["notes"]] == ["a note"]
    assert begun.json("sessions", "show", "4")["wrap"]["takeaways"] == ["a takeaway"]
    assert drafts(begun) == []


@pytest.mark.req("R135", "R134")
def test_what_is_kept_while_its_form_is_open_waits_for_the_next_one(begun: Coach) -> None:
    first = [("14:10", "p", "who sings"), ("14:12", "w")]
    replay(begun, *first)
    form = begun.write("form.md", begun.do("wrap", "session", "4", "--form").out)
    replay(begun, *first, ("14:13", "p", "the flowers"))
    assert "is not in this wrap" in begun.do("wrap", "session", "4", "--from", form).err
    both = begun.write("both.md", begun.do("wrap", "session", "4", "--form").out)
    begun.do("wrap", "session", "4", "--replace", "--from", both)
    parked = begun.json("sessions", "show", "4")["wrap"]["parked"]
    assert parked == ["who sings", "the flowers"]
    assert drafts(begun) == []


@pytest.mark.req("R135", "R134")
def test_what_was_kept_is_said_even_where_it_is_no_alone(begun: Coach) -> None:
    keys = [("14:10", "m", "no"), ("14:11", "i", "nothing"), ("14:12", "p", "-"), ("14:13", "w")]
    replay(begun, *keys)
    path = begun.write("form.md", begun.do("wrap", "session", "4", "--form").out)
    begun.do("wrap", "session", "4", "--from", path)
    wrap = begun.json("sessions", "show", "4")["wrap"]
    assert (wrap["takeaways"], wrap["parked"]) == (["nothing"], ["-"])
    assert [note["text"] for note in begun.json("notes")["notes"]] == ["no"]
    assert drafts(begun) == []


@pytest.mark.req("R135", "R134")
def test_a_word_is_only_in_a_wrap_where_it_stands_by_itself(begun: Coach) -> None:
    replay(begun, ("14:10", "m", "no"), ("14:12", "w"))
    said = "notes: Eyes down at the word roster."
    wrap = WRAP.replace(said, "notes: [{text: Nobody knows it yet}]")
    run = begun.do("wrap", "session", "4", "--from", begun.write("wrap.yaml", wrap))
    assert "is not in this wrap" in run.err
    # Taken back, the wrap takes nothing of the session along.
    begun.do("undo")
    assert "no\n" in begun.do("wrap", "session", "4", "--form").out
    both = WRAP.replace(said, 'notes: [{text: Nobody knows it yet}, {text: "no"}]')
    begun.do("wrap", "session", "4", "--from", begun.write("wrap.yaml", both))
    # What the first wrap held is a form that waits; nothing is left of the session's own draft.
    assert [path.suffix for path in drafts(begun)] == [".md"]
    notes = [note["text"] for note in begun.json("notes")["notes"]]
    assert sorted(notes) == ["Nobody knows it yet", "no"]


@pytest.mark.slow
@pytest.mark.req("R135", "R134")
def test_what_cannot_be_read_of_a_session_keeps_nobody_from_its_wrap(begun: Coach) -> None:
    replay(begun, ("14:10", "m", "a note"), ("14:12", "w"))
    log = log_of(begun)
    first, *rest = log.read_text("utf-8").splitlines(keepends=True)
    # A line that something else has written: the others are read, and it is not deleted.
    log.write_text(f"{first}\n??\n{''.join(rest)}", "utf-8")
    form = begun.do("wrap", "session", "4", "--form").out
    assert "a note" in form
    begun.do("wrap", "session", "4", "--from", begun.write("wrap.md", form))
    (aside,) = drafts(begun)
    assert "??" in aside.read_text("utf-8")
    aside.unlink()
    # Without its opening nothing can be told.
    log.write_text("".join(rest), "utf-8")
    again = begun.do("wrap", "session", "4", "--replace", "--from", begun.write("w.yaml", WRAP))
    assert f"in {log}, cannot be read" in again.err
    assert begun.do("wrap", "session", "4").code == 0
    assert begun.do("prep", "session", "5").code == 0
    assert log.exists()


@pytest.mark.req("R135")
def test_a_wrap_from_elsewhere_leaves_what_the_session_told(begun: Coach) -> None:
    replay(begun, ("14:10", "p", "from the session"), ("14:12", "w"))
    run = begun.do("wrap", "session", "4", "--from", begun.write("wrap.yaml", WRAP))
    assert "is not in this wrap" in run.err
    form = begun.do("wrap", "session", "4", "--form").out
    assert "from the session" in form
    assert "What the pension office said" in form
    path = begun.write("wrap.md", form)
    begun.do("wrap", "session", "4", "--replace", "--from", path)
    parked = begun.json("sessions", "show", "4")["wrap"]["parked"]
    assert parked == ["What the pension office said", "from the session"]
    assert drafts(begun) == []


@pytest.mark.slow
@pytest.mark.req("R135")
def test_killed_at_random_it_loses_nothing_it_acknowledged(begun: Coach) -> None:
    begun.do("prep", "session", "4")
    begun.today = "2027-02-23T14:05:00"
    chance = random.Random(7)
    expected = 0
    for _ in range(4):
        terminal = Terminal(begun)
        terminal.wait_for("14:0")
        terminal.press(" ")
        terminal.wait_for("Next")
        for _ in range(chance.randint(1, 3)):
            terminal.press("p")
            terminal.wait_for("Parked")
            terminal.press(f"topic {expected}\r")
            terminal.wait_for("kept: parked")
            expected += 1
        terminal.press("p" + "unsaid"[: chance.randint(0, 6)])
        time.sleep(chance.random() / 10)
        os.kill(terminal.child, signal.SIGKILL)
        terminal.end()
        lines = log_of(begun).read_text("utf-8").splitlines()
        texts = [json.loads(line)["text"] for line in lines[1:]]
        assert texts == [f"topic {number}" for number in range(expected)]


@pytest.mark.req("R135")
def test_a_line_torn_by_a_kill_is_passed_over(begun: Coach) -> None:
    replay(begun, ("14:10", "n"), ("14:12", "p", "The pension"))
    log = log_of(begun)
    log.write_bytes(log.read_bytes() + b'{"at": "2027-02-23T14:13:00Z", "key": "p", "te')
    state = Draft(log.parent, _key(log)).entries()
    assert [entry["key"] for entry in state[1:]] == ["n", "p"]


def _key(log: Path) -> Any:
    from trajplan.records.drafts import DraftKey

    practice, client, engagement, session, what = log.stem.split("-")
    return DraftKey(what, practice, int(client), int(engagement), int(session))


@pytest.mark.slow
@pytest.mark.req("R135")
def test_only_the_screen_pays_for_textual(begun: Coach) -> None:
    program = (
        "import sys\n"
        "import trajplan.actions.live, trajplan.cli.live\n"
        "from trajplan.cli.app import main\n"
        f"sys.argv[1:] = ['live', '4', '--replay', {keys(begun, ('14:10', 'n'))!r}]\n"
        "try:\n"
        "    main()\n"
        "finally:\n"
        "    assert 'textual' not in sys.modules, 'a session without a screen needs no screen'\n"
    )
    environ = begun.spawn_environ
    run = subprocess.run(
        [sys.executable, "-c", program], env=environ, capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stderr) == (0, "")
