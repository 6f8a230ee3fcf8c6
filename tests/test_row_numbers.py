"""Every row and every found fault that the project names is explained in docs/rows.md."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from test_traceability import SPEC, spec_rows

ROOT = Path(__file__).parents[1]
ROWS = ROOT / "docs" / "rows.md"
PLACES = ("src", "docs", "tests", "benchmarks", "README.md", "CHANGELOG.md", "pyproject.toml")
WRITTEN = (".py", ".md", ".yaml", ".toml", ".txt", ".css", ".typ")
CITED = re.compile(r"\b[RF]\d{1,3}\b")
NOT_ROWS = frozenset({"F401"})
"""What looks like one: a rule of ruff's."""
MOST_WORDS = 20


def cited(text: str) -> set[str]:
    """The rows that a text names; of `R24-R39` both ends."""
    return {*CITED.findall(text)} - NOT_ROWS


def explained(text: str) -> dict[str, str]:
    """Each row of the tables with its sentence."""
    rows = re.findall(r"^\| ([RF]\d+) \| (.+) \|$", text, re.MULTILINE)
    assert len(rows) == len({row for row, _ in rows}), "a row is explained twice"
    return dict(rows)


def files() -> list[Path]:
    """Every text that is written by hand or by the program for the project."""
    return [
        path
        for place in PLACES
        for path in ((ROOT / place).rglob("*") if (ROOT / place).is_dir() else [ROOT / place])
        if path.suffix in WRITTEN and path != ROWS
    ]


def test_everything_that_is_cited_is_explained() -> None:
    known = explained(ROWS.read_text(encoding="utf-8"))
    unknown = {
        f"{path.relative_to(ROOT)}: {row}"
        for path in files()
        for row in cited(path.read_text(encoding="utf-8"))
        if row not in known
    }
    assert sorted(unknown) == []


def test_each_row_is_one_plain_sentence() -> None:
    for row, sentence in explained(ROWS.read_text(encoding="utf-8")).items():
        assert sentence.endswith("."), row
        assert len(sentence.split()) <= MOST_WORDS, row


def test_the_rows_are_those_of_the_specification() -> None:
    if not SPEC.exists():
        pytest.skip("the specification is not beside this checkout")
    wanted = {row for row in spec_rows(SPEC.read_text(encoding="utf-8")) if re.match(r"R\d", row)}
    known = {row for row in explained(ROWS.read_text(encoding="utf-8")) if row.startswith("R")}
    assert known == wanted


def test_rows_are_found_however_they_are_cited() -> None:
    assert cited("R6–R9, F3-F5 (R45)") == {"R6", "R9", "F3", "F5", "R45"}
    assert cited("R-number, AR5, F401") == set()
