"""`wrap --ask`: all of the form in turn, every answer kept at once (R133, R134)."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import time
from pathlib import Path

import pytest
from editing import QUESTIONS, drafts, editor, in_turn

from coaching import COMMAND, CTRL_C, Coach, rows
from few import few

ASK = ("wrap", "session", "4", "--ask")
SAID = {
    "focus": "One thing: #1",
    "takeaways": ["[x] I can “ask”", "It is: fine"],
    "commitment": [
        "Call the school",
        "By when: => 2027-03-02",
        "How they will know: => I have a name",
        "What may get in the way: => The holidays",
        "If so, then: => I write",
        "Goal: => ",
        "Commitment 2: What: => ",
    ],
    "inquiry": "When was it light?",
    "parked": ["The pension"],
    "notes": "Eyes down: # at the roster",
    "minutes": "85",
    "energy": "high",
    "ratings": ["7", "several options): Rating: => 6", "stand by it): Rating: => -"],
    "handed_out": ["wheel-of-life"],
    "next": "2027-03-10 15:00",
    "working": "mine",
    "pinned": "Never mention the brother",
}


def saved(coach: Coach) -> list[object]:
    tables = {
        "wraps": "focus, takeaways, to_send, inquiry, minutes, energy",
        "commitments": "what, due, obstacle, if_then",
        "parked_topics": "text",
        "notes": "text, kind, pinned",
        "tci_entries": "clarity, options, decision",
        "handed_out": "worksheet",
    }
    found: list[object] = [
        rows(coach.practice, f"SELECT {columns} FROM {table}") for table, columns in tables.items()
    ]
    return [*found, rows(coach.practice, "SELECT date, start_time FROM sessions WHERE number = 5")]


EXPECTED = [
    [
        (
            "One thing: #1",
            '["[x] I can “ask”","It is: fine"]'.replace("[x] ", ""),
            '["I can “ask”"]',
            "When was it light?",
            85,
            "high",
        )
    ],
    [("Call the school", "2027-03-02", "The holidays", "I write")],
    [("The pension",)],
    [
        ("Eyes down: # at the roster", "record", 0),
        ("mine", "working", 0),
        ("Never mention the brother", "record", 1),
    ],
    [(7, 6, None)],
    [("wheel-of-life",)],
    [("2027-03-10", "15:00")],
]


@pytest.mark.slow
@pytest.mark.req("R133", "R134")
def test_everything_of_the_form_is_asked_and_saved(begun: Coach) -> None:
    """F16: nothing the form has is left out."""
    done = begun.at_a_terminal(*ASK, answers=in_turn(SAID))
    assert done.code == 0, done.out
    assert saved(begun) == EXPECTED
    assert drafts(begun) == []


@pytest.mark.slow
@pytest.mark.req("R134")
def test_bad_input_is_refused_at_its_own_question_and_one_step_back_is_possible(
    begun: Coach,
) -> None:
    begun.do("goals", "add", "Teach a trade")
    said = {
        **SAID,
        "commitment": [
            "Call the school",
            "By when: => someday",
            "`someday` is not a day => ",
            "By when: => +50d",
            "is after the next session => ",
            "this is needed => 2027-03-02",
            "How they will know: => A nam",
            "What may get in the way: => <",
            "How they will know [A nam]: => I have a name",
            "What may get in the way: => The holidays",
            "If so, then: => I write",
            "Goal: => 7",
            "there is no goal 7 => 1",
            "Commitment 2: What: => ",
        ],
        "minutes": ["long", "expected a number from 1 to 480 => 85"],
        "energy": ["often", "expected one of => high"],
        "handed_out": ["wheel-of-fortune", "no worksheet `wheel-of-fortune` => wheel-of-life"],
        "save": ["<", "Pinned note [Never mention the brother]: => ", "Save this? => "],
    }
    done = begun.at_a_terminal(*ASK, answers=in_turn(said))
    assert done.code == 0, done.out
    assert saved(begun) == EXPECTED
    assert begun.json("commitments", "show", "1")["path"] == ["Teach a trade"]


@pytest.mark.req("R134")
def test_not_now_and_control_c_save_nothing_and_the_next_run_goes_on(begun: Coach) -> None:
    before = begun.practice.read_bytes()
    stopped = begun.at_a_terminal(
        *ASK, answers=[*in_turn(SAID, "inquiry")[:-1], (QUESTIONS["inquiry"], CTRL_C)]
    )
    assert stopped.code == 130
    assert begun.practice.read_bytes() == before
    rest = in_turn(SAID)[len(in_turn(SAID, "inquiry")) - 1 :]
    declined = begun.at_a_terminal(
        *ASK, answers=[("Go on with it?", "\n"), *rest[:-1], ("Save this?", "n\n")]
    )
    assert declined.code == 130
    assert "the same command goes on with the answers you gave" in declined.out
    assert begun.practice.read_bytes() == before
    done = begun.at_a_terminal(*ASK, answers=[("Go on with it?", "\n"), ("Save this?", "\n")])
    assert done.code == 0, done.out
    assert saved(begun) == EXPECTED


@pytest.mark.slow
@pytest.mark.req("R134")
@pytest.mark.parametrize("end", few([signal.SIGKILL, signal.SIGHUP], 1))
def test_a_kill_or_a_closed_window_loses_no_answer(begun: Coach, end: signal.Signals) -> None:
    answers = in_turn(SAID, "notes")
    child, parent = pty.fork()
    if child == 0:  # pragma: no cover - the child becomes another program
        environ = {**begun.spawn_environ, "TERM": "xterm"}
        os.execve(COMMAND, [str(COMMAND), *ASK], environ)
    seen, place = b"", 0
    for piece, text in [*answers, (QUESTIONS["minutes"], "")]:
        while (found := seen.find(piece.encode(), place)) < 0:
            assert select.select([parent], [], [], 60.0)[0], f"{piece}\n{seen.decode()}"
            seen += os.read(parent, 65536)
        place = found + len(piece.encode())
        os.write(parent, text.encode())
    os.kill(child, end)
    os.waitpid(child, 0)
    os.close(parent)
    rest = in_turn(SAID)[len(answers) :]
    done = begun.at_a_terminal(*ASK, answers=[("Go on with it?", "\n"), *rest])
    assert done.code == 0, done.out
    assert saved(begun) == EXPECTED


@pytest.mark.slow
@pytest.mark.req("R134")
def test_what_was_asked_can_be_finished_in_the_editor(begun: Coach) -> None:
    begun.at_a_terminal(
        *ASK, answers=[*in_turn(SAID, "inquiry")[:-1], (QUESTIONS["inquiry"], CTRL_C)]
    )
    log = editor(begun, ("## Notes", "## Notes\n\nFrom the editor"))
    done = begun.at_a_terminal("wrap", "session", "4", answers=[("Go on with it?", "\n")])
    assert done.code == 0, done.out
    assert "- [x] I can “ask”" in (log / "seen-0").read_text()
    assert rows(begun.practice, "SELECT focus FROM wraps") == [("One thing: #1",)]
    assert rows(begun.practice, "SELECT what FROM commitments") == [("Call the school",)]


@pytest.mark.slow
@pytest.mark.req("R134")
def test_a_draft_that_is_no_utf_8_has_a_way_on(begun: Coach) -> None:
    log = editor(begun, ("## Focus", "## Focus\n\nA café"), code=1)
    begun.at_a_terminal("wrap", "session", "4")
    (draft,) = drafts(begun)
    latin = draft.read_text().encode("latin-1", "replace")
    draft.write_bytes(latin)
    asked = begun.at_a_terminal(*ASK, answers=[("Go on with it?", "\n")])
    assert asked.code == 10, asked.out
    said = " ".join(asked.out.split())
    assert "not UTF-8" in said
    assert "`trajplan wrap 4` opens it in your editor, to be mended there" in said
    assert draft.read_bytes() == latin
    for seen in log.iterdir():
        seen.unlink()
    log.rmdir()
    script = begun.home / "recode"
    script.write_text('#!/bin/sh\niconv -f latin1 -t utf8 "$1" > "$1.new" && cat "$1.new" > "$1"\n')
    script.chmod(0o700)
    begun.more["VISUAL"] = str(script)
    done = begun.at_a_terminal("wrap", "session", "4", answers=[("Go on with it?", "\n")])
    assert done.code == 0, done.out
    assert "A café" in begun.do("wrap", "4").out


@pytest.mark.req("R134")
def test_a_full_disk_keeps_what_was_said_and_asks_for_room(begun: Coach) -> None:
    """The folder of drafts cannot be written: the answer waits at its question."""
    folder = begun.practice.with_name(f"{begun.practice.name}.drafts")
    folder.write_text("in the way")
    child, parent = pty.fork()
    if child == 0:  # pragma: no cover - the child becomes another program
        os.execve(COMMAND, [str(COMMAND), *ASK], {**begun.spawn_environ, "TERM": "xterm"})
    wait(parent, "Focus:")
    os.write(parent, b"One thing\n")
    wait(parent, "this answer cannot be kept yet")
    folder.unlink()
    os.write(parent, b"\n")
    wait(parent, "What the client takes away")
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(parent)
    (draft,) = drafts(begun)
    assert "\nOne thing\n" in draft.read_text()


def wait(parent: int, piece: str) -> None:
    seen = b""
    end = time.monotonic() + 60
    while piece.encode() not in seen:
        assert select.select([parent], [], [], max(0.0, end - time.monotonic()))[0], seen.decode()
        seen += os.read(parent, 65536)


def test_without_a_terminal_nobody_is_asked(begun: Coach, tmp_path: Path) -> None:
    assert "--ask needs somebody to answer" in begun.refused(2, *ASK)
    assert not list(tmp_path.rglob("*.drafts"))


@pytest.mark.req("R133", "R134", "R141")
def test_days_are_read_back_and_what_is_kept_is_said(begun: Coach) -> None:
    begun.today = "2027-02-28"  # a Sunday, five days after session 4
    said = {
        **SAID,
        "commitment": [
            "none",
            "How the client wants => <",
            "Commitment 1: What: => Call the school",
            "By when: => fri",
            "Fri 26 Feb 2027, which has passed => ",
        ],
    }
    answers = in_turn(said, "commitment")
    stopped = begun.at_a_terminal(*ASK, answers=[*answers, ("How they will know:", CTRL_C)])
    assert (stopped.code, "the same command goes on with the answers you gave" in stopped.out) == (
        130,
        True,
    )


@pytest.mark.slow
@pytest.mark.req("R134")
def test_what_is_no_answer_to_the_last_question_is_said(begun: Coach) -> None:
    save = ["maybe", "Enter, n or < => q"]
    done = begun.at_a_terminal(*ASK, answers=in_turn({**SAID, "save": save}))
    assert (done.code, "nothing was saved" in done.out) == (130, True)
    assert len(drafts(begun)) == 1


@pytest.mark.req("R134")
def test_a_list_that_is_gone_back_into_has_its_heading_again(begun: Coach) -> None:
    """Whoever goes back into a list, or into a commitment, reads which it is."""
    done = begun.at_a_terminal(
        *ASK,
        answers=[
            ("Focus:", "\n"),
            ("What the client takes away", "One\n"),
            ("2:", "\n"),
            ("What the client takes on", "<\n"),
            ("What the client takes away", "Two\n"),
            ("3:", "\n"),
            ("Commitment 1: What:", "Call the school\n"),
            ("By when:", "2027-03-02\n"),
            ("How they will know:", "<\n"),
            ("By when [2027-03-02]:", "\n"),
            ("How they will know:", CTRL_C),
        ],
    )
    assert done.code == 130
    lines = [line.strip() for line in done.out.splitlines()]
    assert lines.count("What the client takes away") == 2
    assert lines.count("What the client takes on") == 2
    # The second item stands under the heading of its own list.
    again = "\n".join(lines).split("What the client takes away")[2]
    assert re.search("2: ?Two", again), again


@pytest.mark.slow
@pytest.mark.req("R134", "R138")
def test_a_form_that_is_offered_again_shows_whose_it_may_be(begun: Coach) -> None:
    """A wrap on the wrong client that was taken back must not be taken for this one's by Enter."""
    words = "kind: wrap\nfocus: Ann's pregnancy\ncommitments: none\n"
    begun.do("wrap", "4", "--from", "-", stdin=words)
    begun.do("undo")
    said = begun.at_a_terminal(*ASK, answers=[("Go on with it?", "n\n"), ("Begin again", "n\n")])
    assert "it says `Ann's pregnancy`" in said.out
    assert rows(begun.practice, "SELECT focus FROM wraps WHERE focus LIKE 'Ann%'") == []
