"""What only a real process shows: pipes, closed streams, terminals, completion, two at once."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from coaching import COMMAND, COMMITMENT, DEADLINE, RATINGS, WRAP, Coach, rows
from few import few


@pytest.mark.parametrize(
    "form", ["markdown", "json", pytest.param("terminal", marks=pytest.mark.slow)]
)
def test_a_reader_that_has_gone_ends_the_command_quietly(begun: Coach, form: str) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    found = begun.process("questions", "list", "--format", form, stdout=writer)
    os.close(writer)
    assert (found.code, found.err) == (0, "")


def test_a_reader_that_has_seen_enough_ends_the_command_quietly(begun: Coach) -> None:
    with begun.spawn("questions", "list") as lister:
        assert lister.stdout
        assert lister.stdout.readline() == "# Questions\n"
        lister.stdout.close()
        assert lister.stderr
        assert lister.stderr.read() == ""
    assert lister.returncode == 0


def test_head_in_a_pipe(begun: Coach) -> None:
    found = subprocess.run(
        ["bash", "-o", "pipefail", "-c", f"'{COMMAND}' questions list | head -1"],
        env=begun.spawn_environ,
        capture_output=True,
        text=True,
        check=False,
        timeout=DEADLINE,
    )
    assert (found.returncode, found.stdout, found.stderr) == (0, "# Questions\n", "")


@pytest.mark.parametrize(
    ("words", "code"),
    few(
        [
            (["new-client"], 2),
            (["log-tci", "--session", "4"], 2),
            (["wrap", "session", "4"], 1),
            (["wrap", "session", "4", "--from", "-"], 10),
        ],
        2,
    ),
    ids=lambda value: " ".join(value) if isinstance(value, list) else str(value),
)
def test_nothing_waits_without_a_terminal(begun: Coach, words: list[str], code: int) -> None:
    found = begun.process(*words)
    assert found.code == code
    assert found.err


@pytest.mark.parametrize("stream", few([">&-", "<&-", "2>&-"], 1))
def test_a_closed_stream_is_no_bug(begun: Coach, stream: str) -> None:
    found = subprocess.run(
        ["bash", "-c", f"'{COMMAND}' check-in --session 4 --energy low {stream}"],
        env=begun.spawn_environ,
        capture_output=True,
        text=True,
        check=False,
        timeout=DEADLINE,
    )
    assert "bug" not in found.stderr
    assert "Traceback" not in found.stderr
    if stream == ">&-":
        assert found.returncode == 30
        assert "standard output is closed" in found.stderr
    else:
        assert found.returncode == 0
        assert found.stdout.startswith("# Sample Client · session 4")


@pytest.mark.parametrize("words", few(["prep -h", "--help", "--version"], 1))
def test_help_for_nobody_is_said_and_for_one_who_left_is_not(begun: Coach, words: str) -> None:
    closed, gone = (
        subprocess.run(
            ["bash", "-c", f"set -o pipefail; '{COMMAND}' {words} {ending}"],
            env=begun.spawn_environ,
            capture_output=True,
            text=True,
            check=False,
            timeout=DEADLINE,
        )
        for ending in (">&-", "| true")
    )
    assert closed.returncode == 30
    assert "standard output is closed" in closed.stderr
    assert (gone.returncode, gone.stderr) == (0, "")


def test_a_name_in_any_script_survives_a_plain_locale(coach: Coach) -> None:
    coach.more |= {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    found = coach.process(
        "new-client", "--from", coach.write("ann.yaml", "kind: intake\nname: Zoë 山田\n")
    )
    assert found.code == 0, found.err
    assert rows(coach.practice, "SELECT name FROM clients") == [("Zoë 山田",)]


def complete(coach: Coach, *words: str) -> list[str]:
    """What bash is offered for the last word."""
    coach.more |= {
        "_TRAJPLAN_COMPLETE": "complete_bash",
        "COMP_WORDS": " ".join(["trajplan", *words]),
        "COMP_CWORD": str(len(words)),
    }
    found = coach.process()
    for name in ("_TRAJPLAN_COMPLETE", "COMP_WORDS", "COMP_CWORD"):
        del coach.more[name]
    assert found.err == ""
    return found.out.split()


@pytest.mark.slow
def test_the_shell_completes_commands_slugs_numbers_and_ids(begun: Coach) -> None:
    assert "prep" in complete(begun, "pr")
    assert complete(begun, "show", "--client", "sam") == ["sample-client"]
    assert complete(begun, "prep", "session", "1") == ["1", "10", "11", "12"]
    assert complete(begun, "refer", "me") == ["medical"]
    begun.do("commitments", "add", "Go", "--when", "+3d", "--how-will-i-know", "Gone")
    begun.do("goals", "add", "Teach a trade")
    begun.do("indicators", "add", "Talks", "--kind", "leading")
    for noun in ("commitments", "goals", "indicators", "assumptions"):
        assert complete(begun, noun, "show", "") == ["1"]
    for words, prefix in (
        (["prep", "session", "4", "--without"], "ci-"),
        (["blueprints", "show"], "grow"),
        (["worksheets", "show"], "wheel"),
    ):
        offered = complete(begun, *words, prefix)
        assert offered
        assert all(name.startswith(prefix) for name in offered)


def test_completion_creates_nothing_and_stays_silent_without_a_practice(coach: Coach) -> None:
    assert complete(coach, "use", "") == []
    assert not coach.practice.parent.exists()


@pytest.mark.slow
def test_a_person_is_asked_for_a_name_and_a_day(coach: Coach) -> None:
    found = coach.at_a_terminal(
        "new-client",
        answers=[
            ("Name of the client", "\n"),
            ("this is needed", "Ada Bell\n"),
            ("Day of the first session", "2027-02-01\n"),
        ],
    )
    assert found.code == 0, found.out
    assert "Ada Bell" in found.out
    assert rows(coach.practice, "SELECT slug FROM clients") == [("ada-bell",)]
    assert rows(coach.practice, "SELECT min(date) FROM sessions") == [("2027-02-01",)]


@pytest.mark.slow
def test_a_person_is_asked_for_each_rating_and_again_for_a_wrong_one(begun: Coach) -> None:
    found = begun.at_a_terminal(
        *("log-tci", "--session", "4"),
        answers=[
            ("Clarity (1-10", "12\n"),
            ("a whole number from 1 to 10", "7\n"),
            ("Options (1-10", "6\n"),
            ("Decision quality (1-10", "5\n"),
            ("Action momentum (1-10", "4\n"),
            ("Confidence (1-10", "\n"),
            ("Satisfaction with the session (1-10", "9\n"),
        ],
    )
    assert found.code == 0, found.out
    names = ", ".join(RATINGS)
    assert rows(begun.practice, f"SELECT {names} FROM tci_entries") == [(7, 6, 5, 4, None, 9)]


COLOUR = re.compile(r"\x1b\[(?:\d+;)*(?:3[0-7]|9[0-7]|4[0-7]|38;)")


@pytest.mark.slow
def test_a_terminal_gets_the_rich_view_and_colour_can_be_had_or_not(begun: Coach) -> None:
    begun.more |= {"NO_COLOR": ""}
    found = begun.at_a_terminal("prep", "session", "4", "--glance")
    assert found.code == 0
    assert "\x1b[1m" in found.out
    assert not found.out.startswith("# ")
    begun.more |= {"NO_COLOR": "1"}
    plain = begun.at_a_terminal("prep", "session", "4")
    assert COLOUR.search(found.out) is None
    assert COLOUR.search(plain.out) is None
    begun.more |= {"NO_COLOR": ""}
    assert COLOUR.search(begun.at_a_terminal("prep", "session", "4").out)
    assert not COLOUR.search(begun.at_a_terminal("prep", "session", "4", "--color", "never").out)
    assert begun.at_a_terminal("show", "--format", "markdown").out.startswith("# Sample Client")


@pytest.mark.slow
def test_two_commands_at_once_both_land(begun: Coach) -> None:
    begun.process("prep", "session", "4")
    texts = [f"Belief {number}" for number in range(4)]
    running = [begun.spawn("assumptions", "add", text) for text in texts]
    for process in running:
        with process:
            _, err = process.communicate(timeout=DEADLINE)
            assert process.returncode == 0, err
    kept = {assumption["text"] for assumption in begun.json("assumptions")["assumptions"]}
    assert kept >= set(texts)


@pytest.mark.slow
def test_two_commands_at_once_on_a_practice_that_is_not_there_yet(coach: Coach) -> None:
    running = [coach.spawn("new-client", name) for name in ("Ann", "Bo", "Cy")]
    for process in running:
        with process:
            _, err = process.communicate(timeout=DEADLINE)
            assert process.returncode == 0, err
    assert {client["slug"] for client in coach.json("clients")} == {"ann", "bo", "cy"}
    # Whoever comes after the first may find a practice to copy (R154); nothing else stays behind.
    left = {file.name for file in coach.practice.parent.iterdir()}
    assert left - {"practice.sqlite3.backups"} == {"practice.sqlite3"}


def test_files_and_folders_of_a_practice_are_the_owners_alone(coach: Coach) -> None:
    coach.process("new-client", "Ann")
    assert coach.practice.stat().st_mode & 0o777 == 0o600
    assert coach.practice.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.slow
def test_without_any_setting_the_practice_lies_in_the_users_data_folder(coach: Coach) -> None:
    environ = {**coach.spawn_environ}
    del environ["TRAJPLAN_PRACTICE"], environ["TRAJPLAN_CACHE"]
    found = coach.process("new-client", "Ann", env=environ)
    assert found.code == 0, found.err
    kept = {str(file.relative_to(coach.home)) for file in coach.home.rglob("*.sqlite3")}
    assert kept == {"DATA/trajplan/practice.sqlite3"}


@pytest.mark.slow
def test_the_demo_leaves_nothing_behind_and_needs_no_practice(coach: Coach) -> None:
    folder = coach.home / "tmp"
    folder.mkdir()
    coach.more |= {"TMPDIR": str(folder)}
    found = coach.process("demo")
    assert found.code == 0, found.err
    assert found.first.startswith("# Session 4 of 12 · Sample Client")
    assert "a fictional practice" in found.err
    assert list(folder.iterdir()) == []
    assert not coach.practice.exists()


@pytest.mark.slow
def test_a_kept_demo_can_be_played_with_and_is_never_overwritten(coach: Coach) -> None:
    path = coach.home / "demo.sqlite3"
    plan = coach.do("demo", "--keep", str(path)).out
    coach.today = "2027-02-23"
    assert coach.do("prep", "session", "4", "--practice", str(path)).out == plan
    assert [
        entry["session"]
        for entry in coach.do("tci", "--practice", str(path), "--format", "json").data["entries"]
    ] == [1, 2, 3]
    before = path.read_bytes()
    assert "is there already" in coach.refused(1, "demo", "--keep", str(path))
    assert path.read_bytes() == before
    agenda = coach.do("demo", "--for", "client").out
    assert agenda.startswith("# Sample Client")
    assert "How we work today" in agenda


@pytest.mark.slow
def test_the_coachs_own_content_does_not_change_the_demo(coach: Coach) -> None:
    plain = coach.do("demo").out
    coach.write("own/question_banks/grow.yaml", "kind: question-bank\nid: grow\nbroken\n")
    coach.more["TRAJPLAN_LIBRARY"] = str(coach.home / "own")
    assert coach.do("demo").out == plain


@pytest.mark.slow
def test_the_path_in_real_processes_opens_no_network_connection(coach: Coach) -> None:
    guard = coach.home / "guard"
    guard.mkdir()
    (guard / "sitecustomize.py").write_text(
        "import socket\n"
        "def refuse(*_, **__):\n    raise SystemExit('a connection was tried')\n"
        "socket.socket.__init__ = refuse\nsocket.getaddrinfo = refuse\n"
    )
    path = os.pathsep.join(filter(None, [str(guard), os.environ.get("PYTHONPATH")]))
    coach.more |= {"PYTHONPATH": path}
    tried = subprocess.run(
        [sys.executable, "-c", "import socket; socket.socket()"],
        env=coach.spawn_environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "a connection was tried" in tried.stderr
    wrap = coach.write("wrap.yaml", WRAP)
    coach.today = "2027-02-23"
    for words in (
        ["new-client", "Sample Client", "--start", "2027-01-12"],
        ["prep", "session", "4"],
        ["wrap", "session", "4", "--from", wrap],
        ["log-tci", "--session", "4", "--clarity", "7"],
        ["prep", "session", "5"],
        ["demo"],
    ):
        found = coach.process(*words)
        assert found.code == 0, found.err
        assert "Sample Client" in found.first


@pytest.mark.slow
def test_version_and_help_need_nothing(coach: Coach, tmp_path: Path) -> None:
    assert coach.process("--version").out.startswith("trajplan ")
    found = coach.process("--help")
    assert "Groups, teams, payments, booking and portals are out of scope." in " ".join(
        found.out.split()
    )
    assert not (tmp_path / "practice").exists()


def test_a_copy_left_by_a_sync_program_is_named_on_every_writing_command(begun: Coach) -> None:
    name = "practice (conflicted copy 2027-02-20).sqlite3"
    (begun.practice.parent / name).write_bytes(begun.practice.read_bytes())
    kept = begun.do("check-in", "--energy", "low")
    assert name in kept.err
    assert "changed in two places at once" in kept.err
    (begun.practice.parent / name).unlink()
    assert "two places" not in begun.do("check-in", "--energy", "normal").err


def test_a_person_is_asked_what_came_of_a_commitment(held: Coach) -> None:
    done = held.at_a_terminal(
        *("commitments", "update", "1"),
        answers=[("What came of it", "partly\n"), ("What did the client learn", "It takes two\n")],
    )
    assert done.code == 0, done.out
    assert f"Sample Client · commitment 1: {COMMITMENT}" in done.words
    assert rows(held.practice, "SELECT status, learned FROM commitments") == [
        ("partly", "It takes two")
    ]


@pytest.mark.slow
def test_enter_leaves_what_came_of_a_commitment_as_it_was(held: Coach) -> None:
    left = held.at_a_terminal(
        *("commitments", "update", "1"),
        answers=[("What came of it", "\n"), ("What did the client learn", "It takes two\n")],
    )
    assert left.code == 0, left.out
    found = rows(held.practice, "SELECT status, learned FROM commitments")
    assert found == [("open", "It takes two")]
    held.at_a_terminal(
        *("commitments", "update", "1"),
        answers=[("What came of it", "Not yet\n"), ("What did the client learn", "\n")],
    )
    assert rows(held.practice, "SELECT status FROM commitments") == [("not_yet",)]


def test_leaving_every_rating_out_saves_nothing_and_keeps_nothing(held: Coach) -> None:
    factors = ("Clarity (", "Options", "Decision", "Action", "Confidence", "Satisfaction")
    nothing = held.at_a_terminal(
        *("log-tci", "--session", "4"), answers=[(factor, "\n") for factor in factors]
    )
    assert nothing.code == 1, nothing.out
    assert "nothing was rated, so nothing was saved" in nothing.out
    assert "what you typed is kept" not in nothing.out


@pytest.mark.slow
def test_before_anything_is_asked_client_and_session_are_named(begun: Coach) -> None:
    told = begun.at_a_terminal("check-in", answers=[("Energy (", "\x03")])
    assert "Sample Client · session 1" in told.out.split("Energy (")[0]
    told = begun.at_a_terminal("log-tci", "--session", "4", answers=[("Clarity (1-10", "\x03")])
    assert "Sample Client · session 4" in told.out.split("Clarity (1-10")[0]
