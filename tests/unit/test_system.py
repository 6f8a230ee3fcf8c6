"""What differs between systems, with Windows' rules played on whatever system this is."""

from __future__ import annotations

import errno
import io
import os
import shutil
from collections.abc import Iterator
from pathlib import Path, PureWindowsPath

import pytest

from trajplan import system
from trajplan.errors import CannotDo, UsageFault
from trajplan.records.plan_pages import file_uri
from trajplan.zones import check_zone, in_zone, instant


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "WINDOWS", True)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("CON", "for a device"),
        ("aux.md", "for a device"),
        ("Nul .txt", "for a device"),
        ("lpt¹", "for a device"),
        (r"C:\notes\com7.tar.gz", "for a device"),
        (r"C:\prn\agenda.md", "for a device"),
        ("agenda:client.md", "`:`"),
        (r"C:\notes\why?.md", "`?`"),
        ("agenda.", "dot or a space"),
        ("agenda ", "dot or a space"),
        (r"C:\notes.\agenda.md", "dot or a space"),
        (f"C:\\{'long' * 64}\\agenda.md", "259 letters"),
    ],
)
def test_windows_refuses_names(windows: None, name: str, words: str) -> None:
    assert words in system.name_fault(PureWindowsPath(name))


@pytest.mark.parametrize(
    "name",
    [
        *("agenda.md", ".hidden", "console.md", "com10", "auxiliary", "lpt.md", "Zoë 山田.md"),
        *(r"C:\notes\a b.md", r"\\host\share\notes\a.md", r"..\a.md", "."),
    ],
)
def test_windows_takes_names(windows: None, name: str) -> None:
    assert system.name_fault(PureWindowsPath(name)) == ""


def test_other_systems_take_any_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "WINDOWS", False)
    assert system.name_fault(Path("aux:1.")) == ""


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (r'"C:\Program Files\Code\code.exe" --wait', [r"C:\Program Files\Code\code.exe", "--wait"]),
        (r"C:\tools\vim.exe -n", [r"C:\tools\vim.exe", "-n"]),
        (r'notepad++ -x"a b" ""', ["notepad++", "-xa b"]),
        ("   ", []),
    ],
)
def test_a_command_as_windows_writes_it(windows: None, command: str, words: list[str]) -> None:
    assert system.words_of(command) == words


def test_a_path_that_is_there_needs_no_quotes_on_windows(windows: None, tmp_path: Path) -> None:
    program = tmp_path / "my editor"
    program.touch()
    assert system.words_of(f" {program} ") == [str(program)]


@pytest.mark.parametrize("on_windows", [True, False])
def test_a_quote_that_is_not_closed(monkeypatch: pytest.MonkeyPatch, on_windows: bool) -> None:
    monkeypatch.setattr(system, "WINDOWS", on_windows)
    with pytest.raises(ValueError, match="quot"):
        system.words_of('"vi')


def test_windows_is_told_where_a_program_lies(
    windows: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", {"code": r"C:\Code\code.cmd"}.get)
    assert system.to_start(["code", "--wait"]) == [r"C:\Code\code.cmd", "--wait"]
    assert system.to_start(["gone", "x"]) == ["gone", "x"]


def test_what_each_system_comes_with(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "WINDOWS", True)
    assert system.usual_editors() == ("notepad",)
    assert system.usual_pager() == ["more"]
    assert "Ctrl-Z" in system.end_of_input()
    monkeypatch.setattr(system, "WINDOWS", False)
    assert system.usual_editors() == ("nano", "vi")
    assert "Ctrl-D" in system.end_of_input()
    monkeypatch.setenv("TERM", "dumb")
    assert system.usual_pager() == []


class Held:
    """A file's draft that Windows lets go of only at the third time it is asked."""

    def __init__(self, winerror: int | None) -> None:
        self.asked = 0
        self.winerror = winerror

    def replace(self, target: Path) -> None:
        self.asked += 1
        if self.asked < 3:
            fault = PermissionError(errno.EACCES, "held")
            fault.winerror = self.winerror  # type: ignore[attr-defined]
            raise fault


def test_a_file_that_is_open_elsewhere_is_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []
    monkeypatch.setattr(system.time, "sleep", pauses.append)
    held = Held(32)
    system.put(held, Path("p"))  # type: ignore[arg-type]
    assert (held.asked, len(pauses)) == (3, 2)
    forbidden = Held(None)
    with pytest.raises(PermissionError):
        system.put(forbidden, Path("p"))  # type: ignore[arg-type]
    assert forbidden.asked == 1


def test_a_file_is_written_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "page.md"
    system.write_file(file, b"first\n")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="full"):
        system.write_file(file, b"second\n")
    assert file.read_bytes() == b"first\n"
    assert [path.name for path in tmp_path.iterdir()] == ["page.md"]


def test_a_pipe_gets_the_bytes_of_a_file_whatever_its_encoding() -> None:
    below = io.BytesIO()
    pipe = io.TextIOWrapper(below, encoding="cp1252", newline="\r\n")
    system.take_any_letter(pipe)
    pipe.write("山田 Zoë ✓\n\udcff\n")
    pipe.flush()
    assert below.getvalue() == "山田 Zoë ✓\n\\udcff\n".encode()


def test_modes_are_asked_for_only_where_files_have_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "geteuid")
    tmp_path.chmod(0o755)
    system.narrow(tmp_path, system.FOLDER_MODE)
    state = tmp_path.stat()
    assert state.st_mode & 0o777 == 0o755
    assert system.is_own(state)
    assert system.mode_for_others(state) == 0


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (PureWindowsPath(r"C:\Users\Ana\a#b.sqlite3"), "file:///C:/Users/Ana/a%23b.sqlite3"),
        (PureWindowsPath(r"\\host\share\p"), "file:////host/share/p"),
        (Path("/home/ana/50%?"), "file:///home/ana/50%25%3f"),
    ],
)
def test_sqlite_is_told_a_path_of_any_system(path: Path, uri: str) -> None:
    assert file_uri(path.as_posix()) == uri


@pytest.fixture
def no_zones(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    import sys
    import zoneinfo

    before = zoneinfo.TZPATH
    # Parts of it may be imported already.
    for name in ("tzdata", *(name for name in sys.modules if name.startswith("tzdata."))):
        monkeypatch.setitem(sys.modules, name, None)
    zoneinfo.ZoneInfo.clear_cache()
    zoneinfo.reset_tzpath(())
    yield
    zoneinfo.reset_tzpath(before)


@pytest.mark.req("R159")
def test_without_any_time_zone_it_says_what_is_missing(no_zones: None) -> None:
    import datetime as dt

    with pytest.raises(CannotDo, match="tzdata is missing"):
        check_zone("Europe/Berlin")
    with pytest.raises(CannotDo, match="tzdata is missing"):
        instant(dt.date(2027, 2, 23), "14:00", "Europe/Berlin")


def test_what_is_no_zone_is_not_blamed_on_the_machine() -> None:
    with pytest.raises(UsageFault, match="`Berlin` is not a time zone"):
        check_zone("Berlin")


def test_a_day_that_this_machines_clock_does_not_know() -> None:
    import datetime as dt

    class Old(dt.datetime):
        def astimezone(self, tz: dt.tzinfo | None = None) -> dt.datetime:  # type: ignore[override]
            raise OSError(errno.EINVAL, "Invalid argument")

    assert in_zone(Old(1960, 1, 1, tzinfo=dt.UTC), "").year == 1960
