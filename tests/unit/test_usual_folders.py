"""Where things are when nothing says so: the same places, however they were found."""

from __future__ import annotations

import sys

import platformdirs
import pytest

from trajplan import settings


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere platformdirs is always asked")
@pytest.mark.parametrize("home", ["/home/ada", "/home/ada/", "relative"])
@pytest.mark.parametrize("named", [None, "", "/var/own", "/var/own/", " /var/own ", "own", "~/own"])
def test_folders_are_where_platformdirs_finds_them(
    monkeypatch: pytest.MonkeyPatch, home: str, named: str | None
) -> None:
    monkeypatch.setenv("HOME", home)
    for purpose in ("CONFIG", "DATA", "CACHE"):
        monkeypatch.delenv(f"XDG_{purpose}_HOME", raising=False)
        if named is not None:
            monkeypatch.setenv(f"XDG_{purpose}_HOME", named)
    found = settings.read({})
    assert found.user_library == platformdirs.user_config_path("trajplan", appauthor=False)
    data = platformdirs.user_data_path("trajplan", appauthor=False)
    assert found.practice == data / "practice.sqlite3"
    assert found.cache == platformdirs.user_cache_path("trajplan", appauthor=False)
