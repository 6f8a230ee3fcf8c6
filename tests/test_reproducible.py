"""The wheel and the sdist are the same bytes wherever and by whom they are built (R162)."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]


def build(folder: Path, umask: int, **environ: str) -> dict[str, str]:
    """Copy what the sdist is made of into a folder of its own, build, and return each digest."""
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    parts = settings["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]
    for part in ("pyproject.toml", ".gitignore", *parts):
        source = PROJECT / part.lstrip("/")
        target = folder / source.name
        if source.is_dir():
            leave_out = shutil.ignore_patterns("__pycache__", ".*_cache", ".hypothesis")
            shutil.copytree(source, target, copy_function=shutil.copyfile, ignore=leave_out)
        else:
            folder.mkdir(exist_ok=True)
            shutil.copyfile(source, target)
    result = subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder / "dist"), "."],
        cwd=folder,
        env={**os.environ, **environ},
        umask=umask,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    made = (folder / "dist").iterdir()
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in made}


@pytest.mark.slow
def test_two_builds_in_two_places_are_the_same_to_the_byte(tmp_path: Path) -> None:
    commit = "1796000000"
    before = os.umask(0o022)
    first = build(tmp_path / "here", 0o022, SOURCE_DATE_EPOCH=commit, TZ="UTC", LC_ALL="C")
    os.umask(before)
    time.sleep(2.1)  # a ZIP file counts in two seconds
    os.umask(0o077)
    try:
        second = build(
            tmp_path / "somewhere else", 0o077, SOURCE_DATE_EPOCH=commit, TZ="Asia/Tokyo"
        )
    finally:
        os.umask(before)
    assert sorted(name.rpartition("-")[2] for name in first) == ["0.1.0.tar.gz", "any.whl"]
    assert first == second
    later = build(tmp_path / "later", 0o022, SOURCE_DATE_EPOCH=str(int(commit) + 86400))
    assert not set(later.values()) & set(first.values()), "the day of the commit is what counts"
