"""What somebody wrote is shown on one line without losing a sign of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trajplan.text import paragraphs_of, shortened

WORDS = st.lists(st.sampled_from(("pay:", "30", "40", "-", "–", "*", "•", "I", "don't", "9")))


@given(WORDS)
def test_only_a_point_before_the_first_word_goes(words: list[str]) -> None:
    line = " ".join(["First", *words])
    assert shortened(line, 1000) == line
    assert shortened(f"- {line}", 1000) == line


def test_points_of_several_lines_are_told_apart() -> None:
    assert shortened("- pay: 30 - 40\n* hours: 9 - 5\nor less - maybe", 1000) == (
        "pay: 30 - 40 · hours: 9 - 5 or less - maybe"
    )
    assert shortened("Looked at the door\n\ncried", 1000) == "Looked at the door · cried"


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("He came late.\n\nNot the landline.", ["He came late.", "Not the landline."]),
        (
            "He came late\nand tired.\n\n\nNot the landline.",
            ["He came late and tired.", "Not the landline."],
        ),
        ("He came late.\nNot the\nlandline.", ["He came late.", "Not the landline."]),
        ("Belief I heard\n\n- useful\n- or gone", ["Belief I heard · useful · or gone"]),
        ("\n\n", []),
    ],
)
def test_paragraphs_of_a_note_are_told_apart(text: str, paragraphs: list[str]) -> None:
    assert paragraphs_of(text) == paragraphs
