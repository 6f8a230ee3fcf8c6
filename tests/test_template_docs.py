"""What the how-to says is left out of templates is refused, and what it says to write works."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from trajplan.errors import InvalidContent
from trajplan.pages.template import fill_in

HOW_TO = Path(__file__).parents[1] / "docs" / "how-to" / "your-own-look.md"
VALUES = {"name": "Ana", "items": ["walk", "write"]}


def table() -> list[list[list[str]]]:
    """The template code in each cell of each row."""
    text = HOW_TO.read_text(encoding="utf-8").split(
        "| left out | why | instead |\n|---|---|---|\n"
    )[1]
    rows = text.split("\n\n")[0].splitlines()
    return [
        [re.findall(r"`(\{.*?\})`", cell) for cell in row.replace("\\|", "\0").split("|")]
        for row in rows
    ]


def fill(code: str) -> str:
    return fill_in(code.replace("\0", "|"), VALUES, file="agenda.md")


@pytest.mark.parametrize("row", table(), ids=lambda row: row[1][0])
def test_the_table_of_what_is_left_out_is_true(row: list[list[str]]) -> None:
    _, left_out, why, instead, _ = row
    assert left_out
    assert why == []
    for code in left_out:
        with pytest.raises(InvalidContent, match=r"agenda\.md:1:1"):
            fill(code)
    for code in instead:
        fill(code)


def test_nothing_that_a_template_may_use_is_left_to_chance() -> None:
    assert len(table()) == 10
    with pytest.raises(InvalidContent, match="random"):
        fill("{{ items | random }}")
