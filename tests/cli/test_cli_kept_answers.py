"""Every command that asks keeps each answer at once, and offers it to the next run (R134)."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import sqlite3
import stat
from contextlib import closing

import pytest
from editing import drafts

from coaching import COMMAND, CTRL_C, Coach, rows
from few import few

GO_ON = ("Go on with what you typed?", "\n")
ENDING = ("close",)
ENDING_ANSWERS = [
    ("others can see?", "She teaches: #1\n"),
    ("others can see?", "\n"),
    ("ask for help again?", "Sundays get heavy\n"),
]


@pytest.mark.slow
@pytest.mark.req("R134")
@pytest.mark.parametrize(
    ("command", "first", "second"),
    few(
        [
            (("check-in", "--session", "4"), ("Energy", "low\n"), "Mood"),
            (("log-tci", "--session", "4"), ("Clarity", "7\n"), "Options"),
            (("close",), ("others can see?", "She teaches\n"), "others can see?"),
            (("commitments", "add"), ("What the client will do:", "Ring Gary\n"), "By when"),
            (("goals", "add"), ("In the client's words", "Teach\n"), "How will the client notice"),
            (
                ("clients", "update"),
                ("Where this should lead", "North\n"),
                "What the client is stuck",
            ),
        ],
        3,
    ),
    ids=lambda value: " ".join(value) if isinstance(value, tuple) and len(value) < 4 else "",
)
def test_the_first_answer_is_kept_and_offered(
    begun: Coach, command: tuple[str, ...], first: tuple[str, str], second: str
) -> None:
    before = begun.practice.read_bytes()
    stopped = begun.at_a_terminal(*command, answers=[first, (second, CTRL_C)])
    assert stopped.code == 130
    assert "what you typed is kept; the same command offers it again" in stopped.out
    assert begun.practice.read_bytes() == before
    (draft,) = drafts(begun)
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (draft, draft.parent)]
    assert modes == [0o600, 0o700]
    answer = first[1].strip()
    offered = begun.at_a_terminal(
        *command, answers=[GO_ON, (f"{first[0].rstrip(':')}", ""), (f"[{answer}]", CTRL_C)]
    )
    assert offered.code == 130
    refused = begun.at_a_terminal(
        *command, answers=[("Go on with what you typed?", "n\n"), (first[0], CTRL_C)]
    )
    assert refused.code == 130
    assert drafts(begun) == []


@pytest.mark.slow
@pytest.mark.req("R134")
def test_a_closing_goes_on_where_it_stopped_and_steps_back(begun: Coach) -> None:
    begun.at_a_terminal(*ENDING, answers=[*ENDING_ANSWERS, ("help again?", CTRL_C)])
    done = begun.at_a_terminal(
        *ENDING,
        answers=[
            GO_ON,
            ("others can see? (Enter: no more) [She teaches: #1]", "\n"),
            ("others can see?", "\n"),
            ("help again? (Enter: no more) [Sundays get heavy]", "\n"),
            ("help again?", "\n"),
            ("Follow-up on which day?", "soonish\n"),
            ("`soonish` is not a day", "<\n"),
            ("help again?", "She says yes to all\n"),
            ("help again?", "\n"),
            ("Follow-up on which day?", "+3m\n"),
            ("Close the work with", "y\n"),
        ],
    )
    # Too much is missing to close; what was typed waits until it is there.
    assert done.code == 1, done.out
    assert "what you typed is kept; the same command offers it again" in done.out
    # The answers wait as they were given, beside what the refused closing was given in all.
    draft = next(path for path in drafts(begun) if path.suffix == ".jsonl")
    kept = {
        (entry["question"][:12], entry["turn"]): entry["answer"]
        for entry in map(json.loads, draft.read_text().splitlines())
    }
    assert [*kept.values()] == [
        *("She teaches: #1", "", "Sundays get heavy", "She says yes to all", "", "+3m"),
    ]


@pytest.mark.slow
@pytest.mark.req("R134")
def test_a_note_that_meets_a_locked_practice_is_offered_again(begun: Coach) -> None:
    with closing(sqlite3.connect(begun.practice, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        locked = begun.at_a_terminal("notes", "add", answers=[("Your note", "Eyes: #down\n")])
    assert locked.code == 30
    assert "what you typed is kept" in locked.out
    done = begun.at_a_terminal("notes", "add", answers=[GO_ON, ("[Eyes: #down]", "\n")])
    assert done.code == 0, done.out
    assert rows(begun.practice, "SELECT text FROM notes") == [("Eyes: #down",)]
    assert drafts(begun) == []


@pytest.mark.slow
@pytest.mark.req("R134")
def test_words_of_several_lines_are_offered_again(begun: Coach) -> None:
    with closing(sqlite3.connect(begun.practice, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        locked = begun.at_a_terminal(
            "notes", "add", "-", answers=[("Ctrl-D ends it", "Eyes down.\nTwice: #2\n\x04")]
        )
    assert locked.code == 30
    done = begun.at_a_terminal("notes", "add", "-", answers=[GO_ON, ("Twice: #2", "\x04")])
    assert done.code == 0, done.out
    assert rows(begun.practice, "SELECT text FROM notes") == [("Eyes down.\nTwice: #2",)]
    assert drafts(begun) == []


@pytest.mark.slow
@pytest.mark.req("R134")
@pytest.mark.parametrize("source", [("-",), ("--from", "-")], ids=" ".join)
def test_lines_that_were_cut_short_are_gone_on_with(begun: Coach, source: tuple[str, ...]) -> None:
    command = ("notes", "add", *source)
    ends = "Ctrl-D ends it"
    stopped = begun.at_a_terminal(*command, answers=[(ends, "Eyes down.\n"), ("\n", CTRL_C)])
    assert stopped.code == 130
    assert "what you typed is kept; the same command offers it again" in stopped.out
    again = [GO_ON, (ends, ""), ("Eyes down.", "Twice: #2\n"), ("\n", CTRL_C)]
    assert begun.at_a_terminal(*command, answers=again).code == 130
    done = begun.at_a_terminal(*command, answers=[GO_ON, ("Twice: #2", "Then laughs.\n\x04")])
    assert done.code == 0, done.out
    found = rows(begun.practice, "SELECT text FROM notes")
    assert found == [("Eyes down.\nTwice: #2\nThen laughs.",)]
    assert drafts(begun) == []


TYPED_FORMS = {
    "wrap 4 --from -": ["kind: wrap", "commitments: none", "takeaways: [I can ask]"],
    "worksheets fill swot --from -": ["kind: answers", "answers:", "  strengths: [Calm]"],
    "close --force moved --from -": ["kind: closing", "outcomes:", "- She runs the morning"],
    "new-client Bo --from -": ["kind: intake", "destination: Fewer nights", "likes: [Quiet]"],
    "clients update --from -": ["kind: intake", "destination: Fewer nights", "likes: [Quiet]"],
}


@pytest.mark.slow
@pytest.mark.req("R134")
@pytest.mark.parametrize("command", TYPED_FORMS)
def test_a_form_typed_for_from_is_kept_line_by_line(begun: Coach, command: str) -> None:
    first, second, third = TYPED_FORMS[command]
    ends = "Ctrl-D ends it"
    typed = [(ends, f"{first}\n"), (first, f"{second}\n"), (second, CTRL_C)]
    stopped = begun.at_a_terminal(*command.split(), answers=typed)
    assert stopped.code == 130
    assert "what you typed is kept; the same command offers it again" in stopped.out
    again = [GO_ON, (ends, ""), (second, f"{third}\n\x04")]
    done = begun.at_a_terminal(*command.split(), answers=again)
    assert done.code == 0, done.out
    assert third.split(" ", 1)[1].partition(" #")[0].strip("[]") in done.out
    assert drafts(begun) == []


@pytest.mark.slow
@pytest.mark.req("R134")
def test_lines_that_are_not_wanted_any_more_go(begun: Coach) -> None:
    ends = "Ctrl-D ends it"
    begun.at_a_terminal("notes", "add", "-", answers=[(ends, "Eyes down.\n"), ("\n", CTRL_C)])
    no = ("Go on with what you typed?", "n\n")
    done = begun.at_a_terminal("notes", "add", "-", answers=[no, (ends, "Laughs.\n\x04")])
    assert done.code == 0, done.out
    assert rows(begun.practice, "SELECT text FROM notes") == [("Laughs.",)]
    assert drafts(begun) == []


@pytest.mark.slow
@pytest.mark.req("R134")
@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGHUP])
def test_a_kill_or_a_closed_window_loses_no_answer(begun: Coach, end: signal.Signals) -> None:
    command = ("log-tci", "--session", "4")
    child, parent = pty.fork()
    if child == 0:  # pragma: no cover - the child becomes another program
        environ = {**begun.spawn_environ, "TERM": "xterm"}
        os.execve(COMMAND, [str(COMMAND), *command], environ)
    seen, place = b"", 0
    for piece, text in [("Clarity (", "7\n"), ("Options (", "6\n"), ("Decision quality (", "")]:
        while (found := seen.find(piece.encode(), place)) < 0:
            assert select.select([parent], [], [], 60.0)[0], f"{piece}\n{seen.decode()}"
            seen += os.read(parent, 65536)
        place = found + len(piece)
        os.write(parent, text.encode())
    os.kill(child, end)
    os.waitpid(child, 0)
    os.close(parent)
    done = begun.at_a_terminal(
        *command,
        answers=[
            GO_ON,
            ("Clarity (1-10, Enter leaves it out) [7]", "\n"),
            ("Options (1-10, Enter leaves it out) [6]", "5\n"),
            ("Decision quality (", "\n"),
            ("Action momentum (", "\n"),
            ("Confidence (", "\n"),
            ("Satisfaction", "\n"),
        ],
    )
    assert done.code == 0, done.out
    assert rows(begun.practice, "SELECT clarity, options FROM tci_entries") == [(7, 5)]
    assert drafts(begun) == []


@pytest.mark.slow
@pytest.mark.req("R134")
def test_before_there_is_any_practice_answers_are_kept_too(coach: Coach) -> None:
    coach.practice.parent.mkdir(mode=0o700)
    stopped = coach.at_a_terminal(
        "new-client",
        answers=[
            ("Name of the client", "Ada Bell\n"),
            ("Day of the first session", "yesteryear\n"),
            ("is not a day", CTRL_C),
        ],
    )
    assert stopped.code == 130
    done = coach.at_a_terminal(
        "new-client",
        answers=[GO_ON, ("[Ada Bell]", "\n"), ("Day of the first session", "2027-02-01\n")],
    )
    assert done.code == 0, done.out
    assert rows(coach.practice, "SELECT name FROM clients") == [("Ada Bell",)]
    assert drafts(coach) == []


@pytest.mark.slow
@pytest.mark.req("R134")
def test_kept_answers_belong_to_one_client_and_go_with_them(begun: Coach) -> None:
    begun.do("new-client", "Ada Bell", "--start", "2027-02-01")
    begun.at_a_terminal(
        *("log-tci", "--session", "4", "--client", "sample-client"),
        answers=[("Clarity", "7\n"), ("Options", CTRL_C)],
    )
    (draft,) = drafts(begun)
    other = begun.at_a_terminal(
        *("log-tci", "--session", "4", "--client", "ada-bell"), answers=[("Clarity", CTRL_C)]
    )
    assert "Go on with" not in other.out
    said = begun.do("practice", "check").out
    assert draft.name in said
    begun.do("practice", "erase", "--client", "sample-client", "--yes", "sample-client")
    assert drafts(begun) == []


@pytest.mark.req("R134", "R136")
def test_a_client_is_asked_about_anew_with_a_way_back_and_a_situation_that_is_known(
    begun: Coach,
) -> None:
    done = begun.at_a_terminal(
        "clients",
        "update",
        answers=[
            ("goes back one question", ""),
            ("Where this should lead", "Nroth\n"),
            ("What the client is stuck on", "<\n"),
            ("Where this should lead [Nroth]", "North\n"),
            ("What the client is stuck on", "\n"),
            ("The situation, one of pivot, plateau", "She is tired of it all\n"),
            ("nothing is written for the situation `She is tired of it all`", "plateau\n"),
            ("Priorities, all anew", "\n"),
            ("How they want to be held to it", "\n"),
        ],
    )
    assert done.code == 0, done.out
    assert "is written for the situation `plateau`" not in done.out
    (saved,) = rows(
        begun.practice, "SELECT destination, json_extract(intake, '$.scenario') FROM engagements"
    )
    assert saved == ("North", "plateau")
    assert drafts(begun) == []
