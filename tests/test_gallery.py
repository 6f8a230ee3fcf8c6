"""The gallery shows every picture it has, and stays small."""

from __future__ import annotations

import re
from pathlib import Path

GALLERY = Path(__file__).parents[1] / "docs" / "gallery"
KB = 1024


def test_it_shows_every_picture_it_has() -> None:
    page = (GALLERY / "README.md").read_text(encoding="utf-8")
    shown = re.findall(r"!\[[^]]+\]\(([^)]+)\)", page)
    assert len(shown) > 20
    assert {"pack-a4.png", "rating-card-letter.png"} <= {*shown}
    assert sorted(shown) == sorted(
        file.name for file in GALLERY.iterdir() if file.name != "README.md"
    )


def test_it_stays_small() -> None:
    sizes = {file.name: file.stat().st_size for file in GALLERY.iterdir()}
    assert {name: size for name, size in sizes.items() if size > 80 * KB} == {}
    assert sum(sizes.values()) < 2 * KB * KB
