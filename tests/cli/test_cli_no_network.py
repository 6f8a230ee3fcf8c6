"""The program opens no connection (R162). What a network would be asked for is here a fault."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyrage
import pytest

from coaching import COMMAND, Coach

STRACE = shutil.which("strace")
EVERY_FORM = ["agenda.md", "agenda.json", "agenda.html", "agenda.pdf"]
_watched = False


class Connected(Exception):
    """Something asked for the network."""


def _refuse(event: str, _arguments: object) -> None:
    # `socket.__new__` comes before any use of one, `getaddrinfo` before a name is looked up.
    if _watched and event.startswith(("socket.", "urllib.", "http.client.", "ftplib.", "smtplib.")):
        raise Connected(event)


sys.addaudithook(_refuse)


@contextmanager
def without_network() -> Iterator[None]:
    """Let everything in Python that touches a socket raise Connected."""
    global _watched
    _watched = True
    try:
        yield
    finally:
        _watched = False


@pytest.mark.req("R162")
def test_what_would_ask_for_the_network_is_seen() -> None:
    import socket

    with without_network():
        with pytest.raises(Connected, match="__new__"):
            socket.socket()
        with pytest.raises(Connected, match="getaddrinfo"):
            socket.getaddrinfo("localhost", 80)


@pytest.mark.req("R162")
def test_a_session_is_prepared_copied_and_erased_without_a_network(held: Coach) -> None:
    key = held.write("key.txt", str(pyrage.x25519.Identity.generate()))
    with without_network():
        held.do("today")
        held.do("prep", "5", "--for", "client", "-o", str(held.home / "agenda.html"))
        held.do("practice", "backup", str(held.home / "copy.age"), "--key", key)
        held.do("practice", "erase", "--client", "sample-client", "--yes", "sample-client")


@pytest.mark.req("R162")
@pytest.mark.slow
def test_the_main_commands_ask_for_no_network(held: Coach, tmp_path: Path) -> None:
    key = held.write("key.txt", str(pyrage.x25519.Identity.generate()))
    questions = held.write("list.md", "- What would you do first?\n- See https://example.org\n")
    copy, exported = str(tmp_path / "copy.age"), str(tmp_path / "all.json")
    with without_network():
        for words in (
            ["new-client", "Another Sample", "--start", "2027-03-02"],
            ["use", "sample-client"],
            ["today"],
            ["show"],
            ["journey"],
            ["prep", "session", "5"],
            ["prep", "brief"],
            ["pack", "5", "-o", str(tmp_path / "pack.pdf")],
            *(["prep", "5", "--for", "client", "-o", str(tmp_path / name)] for name in EVERY_FORM),
            ["journey", "--format", "ics", "-o", str(tmp_path / "journey.ics")],
            ["clients", "--format", "csv"],
            ["pages", "copy", "agenda"],
            ["prep", "5", "--for", "client"],
            ["goals", "add", "Read https://example.org by Friday"],
            ["tci"],
            ["progress"],
            ["recap", "4"],
            ["search", "the"],
            ["questions", "check"],
            ["questions", "import", questions],
            ["questions", "lint", questions],
            ["blueprints", "check"],
            ["worksheets", "blank", "swot"],
            ["practice", "check"],
            ["practice", "export", "-o", exported],
            ["practice", "backup"],
            ["practice", "backup", copy, "--encrypt", "--key", key],
            ["practice", "restore", copy, "--key", key, "--yes"],
            ["practice", "export", str(tmp_path / "notes"), "--format", "markdown"],
            ["undo", "--list"],
            ["practice", "erase", "--client", "sample-client", "--yes", "sample-client"],
            ["demo"],
        ):
            held.do(*words)


@pytest.mark.req("R162")
@pytest.mark.slow
@pytest.mark.skipif(not STRACE, reason="strace is not installed")
def test_what_is_compiled_asks_for_no_network_either(held: Coach, tmp_path: Path) -> None:
    """Typst could fetch a package, and Python would not notice."""
    key = held.write("key.txt", str(pyrage.x25519.Identity.generate()))
    held.write("CONFIG/trajplan/settings.toml", 'name = "#import \\"@preview/cetz:0.3.0\\""\n')
    log = tmp_path / "calls"
    watch = [str(STRACE), "-f", "-e", "trace=%network", "-o", str(log)]
    asking = [sys.executable, "-c", "import socket; socket.socket()"]
    subprocess.run([*watch, *asking], check=True, timeout=60)
    assert "AF_INET" in log.read_text("utf-8"), "what would ask is seen"
    for words in (
        ["prep", "5", "--for", "client", "-o", str(tmp_path / "agenda.pdf")],
        ["pack", "5", "-o", str(tmp_path / "pack.pdf")],
        ["practice", "backup", str(tmp_path / "copy.age"), "--key", key],
    ):
        command = [*watch, str(COMMAND), *words]
        subprocess.run(command, env=held.spawn_environ, check=True, timeout=60, capture_output=True)
        calls = log.read_text("utf-8")
        assert "exited with 0" in calls
        assert "AF_INET" not in calls
