"""The program on Windows, as far as `tests/windows` plays it, and what systems do to it (R159)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from editing import drafts, editor

from coaching import COMMAND, DEADLINE, INTAKE, Coach
from few import few

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def on_windows(coach: Coach) -> Coach:
    """A coach whose commands are processes without what only Unix has."""
    coach.more["PYTHONPATH"] = os.pathsep.join(map(str, (ROOT / "tests" / "windows", ROOT)))
    return coach


def test_what_only_unix_has_is_gone_for_the_program_alone(on_windows: Coach) -> None:
    """The other tests here would show nothing if it were still there."""
    asked = "import os, sys; exec(compile('seen = hasattr(os, \"geteuid\")', 'x', 'exec'), scope)"
    found = subprocess.run(
        [
            *(sys.executable, "-c"),
            "for scope in ({'__name__': 'trajplan.x'}, {'__name__': 'x'}):\n"
            f"    {asked.replace('seen =', 'import os; seen =')}\n"
            "    print(scope['seen'])",
        ],
        env=on_windows.spawn_environ,
        capture_output=True,
        text=True,
        check=True,
        timeout=DEADLINE,
    )
    assert found.stdout.split() == ["False", "True"]


@pytest.mark.slow
@pytest.mark.req("R159")
def test_a_client_from_the_intake_to_the_sheet_on_windows(on_windows: Coach) -> None:
    coach = on_windows
    intake = coach.write("zoe.yaml", INTAKE.replace("Sample Client", "Zoë 山田"))
    assert coach.process("new-client", "--from", intake, "--start", "2027-01-12").code == 0
    sheet = coach.home / "sheet.md"
    for words in (
        ["prep", "session", "1", "--format", "json"],
        ["wrap", "session", "1", "--blank", "-o", str(sheet)],
        ["wrap", "session", "1", "--blank", "-o", str(sheet)],
        ["sessions", "list", "--format", "csv"],
        ["practice", "backup"],
        ["practice", "check"],
        ["practice", "export", "--format", "markdown", str(coach.home / "vault")],
        ["undo"],
    ):
        found = coach.process(*words)
        assert found.code == 0, (words, found.err)
    assert json.loads(coach.process("clients", "--format", "json").out) == []


@pytest.mark.req("R159")
def test_a_pipe_on_windows_gets_utf_8_and_the_lines_of_a_file(on_windows: Coach) -> None:
    coach = on_windows
    coach.process("new-client", "Zoë 山田", "--start", "2027-01-12")
    file = coach.home / "journey.md"
    coach.process("show", "-o", str(file))
    with coach.spawn("show", text=False, encoding=None) as shown:
        assert shown.communicate(timeout=DEADLINE)[0] == file.read_bytes()
    assert "Zoë 山田".encode() in file.read_bytes()


@pytest.mark.req("R159")
@pytest.mark.parametrize("name", few(["aux.md", "notes:a.md", "agenda."], 1))
def test_a_name_that_windows_cannot_have_is_refused(on_windows: Coach, name: str) -> None:
    on_windows.process("new-client", "Ana", "--start", "2027-01-12")
    found = on_windows.process("show", "-o", name)
    assert (found.code, found.out) == (2, "")
    assert f"`{name}` cannot be a file" in found.err
    found = on_windows.process("practice", "where", "--practice", name)
    assert (found.code, found.out) == (2, "")


def test_check_claims_nothing_of_modes_where_there_are_none(
    begun: Coach, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "geteuid")
    begun.practice.chmod(0o644)
    assert "whoever may use its folder" in begun.do("practice", "check").out


@pytest.mark.slow
def test_a_copy_takes_the_place_of_the_practice_on_windows(on_windows: Coach) -> None:
    coach = on_windows
    coach.process("new-client", "Ana", "--start", "2027-01-12")
    copy = coach.home / "copy.sqlite3"
    assert coach.process("practice", "backup", str(copy)).code == 0
    coach.process("new-client", "Bo", "--start", "2027-01-12")
    found = coach.process("practice", "restore", str(copy), "--yes")
    assert found.code == 0, found.err
    assert [client["slug"] for client in coach.json("clients")] == ["ana"]
    assert coach.process("practice", "erase", "--client", "ana", "--yes", "ana").code == 0


@pytest.mark.req("R159")
def test_without_zone_data_it_is_said_what_is_missing(begun: Coach) -> None:
    begun.do("clients", "update", "--time-zone", "Europe/Berlin")
    begun.write("hidden/tzdata/__init__.py", "")
    begun.more |= {"PYTHONTZPATH": "", "PYTHONPATH": str(begun.home / "hidden")}
    for words in (["sessions", "list", "--format", "json"], ["today"]):
        found = begun.process(*words)
        assert "bug" not in found.err
        assert found.code == 0 or "tzdata is missing" in found.err
    found = begun.process("clients", "update", "--time-zone", "Europe/Paris")
    assert found.code == 1
    assert "tzdata is missing" in found.err


@pytest.mark.parametrize(("variable", "value"), [("VISUAL", '"x'), ("EDITOR", 'vi "')])
def test_an_editor_with_an_open_quote_is_said(begun: Coach, variable: str, value: str) -> None:
    begun.more |= {"VISUAL": " ", "EDITOR": " ", variable: value}
    found = begun.at_a_terminal("wrap", "session", "4")
    assert found.code == 1
    assert f"{variable} has a quote that is not closed; set VISUAL or EDITOR" in " ".join(
        found.out.split()
    )
    assert drafts(begun) == []


def test_an_editor_of_spaces_is_none(begun: Coach) -> None:
    log = editor(begun)
    begun.more |= {"EDITOR": begun.more["VISUAL"], "VISUAL": "  "}
    assert begun.at_a_terminal("wrap", "session", "4").code == 1
    assert (log / "seen-0").exists()


@pytest.mark.unix
@pytest.mark.parametrize("words", [["--help"], ["wrap", "--help"], ["--version"], ["clients"]])
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_full_disk_behind_a_pipe_is_no_bug(
    begun: Coach, unbuffered: str, words: list[str]
) -> None:
    # With a buffer something is left to write when Python ends.
    begun.more |= {"PYTHONUNBUFFERED": unbuffered}
    with Path("/dev/full").open("w") as full:
        found = begun.process(*words, stdout=full)
    assert found.code == 30
    assert found.err.endswith("could not be printed: No space left on device\n")


@pytest.mark.unix
def test_a_message_that_cannot_be_printed_leaves_the_exit_code(begun: Coach) -> None:
    with Path("/dev/full").open("w") as full:
        assert begun.process("show", "--client", "nobody", stderr=full).code == 20


@pytest.mark.unix
@pytest.mark.parametrize("words", [["practice", "where"], ["questions", "lint", "pipe.md"]])
def test_a_pipe_in_place_of_a_file_is_not_waited_for(begun: Coach, words: list[str]) -> None:
    settings = begun.home / "CONFIG" / "trajplan"
    settings.mkdir(parents=True)
    os.mkfifo(settings / "settings.toml" if words[0] == "practice" else begun.home / "pipe.md")
    found = begun.process(*words)
    assert found.code == 30
    assert "not an ordinary file" in found.err


@pytest.mark.unix
def test_a_pipe_in_place_of_the_practice_is_not_waited_for(begun: Coach) -> None:
    begun.process("prep", "4")
    begun.practice.unlink()
    os.mkfifo(begun.practice)
    for words in (["prep", "4"], ["prep"]):
        found = begun.process(*words)
        assert found.code == 30
        assert "is not an ordinary file and cannot be a practice" in found.err


def test_a_path_with_backslashes_in_settings_is_explained(coach: Coach) -> None:
    coach.write("CONFIG/trajplan/settings.toml", 'practice = "C:\\Users\\ana\\p.sqlite3"\n')
    assert "a path with \\ in it stands in single quotes" in coach.refused(10, "practice", "where")


def test_a_form_that_powershell_sent_into_a_file_is_read(held: Coach) -> None:
    form = held.do("worksheets", "blank", "swot").out.replace("- \n", "- I talk well 山田\n", 1)
    wide = held.home / "form.md"
    wide.write_bytes(form.replace("\n", "\r\n").encode("utf-16"))
    held.do("worksheets", "fill", "swot", "--from", str(wide))
    assert "I talk well 山田" in held.do("worksheets", "result", "swot").out
    wide.write_bytes("🌱".encode("utf-16")[:-2])
    assert "damaged UTF-16 text" in held.refused(
        10, "worksheets", "fill", "swot", "--from", str(wide)
    )


@pytest.mark.slow
@pytest.mark.unix
def test_no_umask_opens_the_coachs_own_folders(coach: Coach) -> None:
    found = subprocess.run(
        ["bash", "-c", f"umask 000; '{COMMAND}' questions new mine"],
        env={**coach.spawn_environ, "TRAJPLAN_CACHE": str(coach.home / "own" / "cache")},
        capture_output=True,
        text=True,
        check=False,
        timeout=DEADLINE,
    )
    assert found.returncode == 0, found.stderr
    made = [*(coach.home / "CONFIG").rglob("*"), *(coach.home / "own").rglob("*")]
    assert made
    assert [path for path in made if path.stat().st_mode & 0o077] == []
