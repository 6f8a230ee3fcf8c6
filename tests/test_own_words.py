"""Everything written for this project is written freshly: no run of eight words from a source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
SEEDS = PROJECT.parent / "shared" / "seeds"
RUN = 8


def runs(path: Path) -> Iterator[tuple[str, ...]]:
    words = re.findall(r"[a-z']+", path.read_text(encoding="utf-8", errors="replace").lower())
    return zip(*(words[at:] for at in range(RUN)), strict=False)


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the sources are not beside this checkout")
def test_no_run_of_eight_words_is_shared_with_a_source() -> None:
    said = {run for path in SEEDS.rglob("*") if path.is_file() for run in runs(path)}
    assert said
    written = [PROJECT / "README.md"]
    for folder in ("blueprints", "question_banks", "docs"):
        written += [
            file for file in (PROJECT / folder).rglob("*") if file.suffix in (".yaml", ".md")
        ]
    shared = [(path.name, " ".join(run)) for path in written for run in runs(path) if run in said]
    assert shared == []
