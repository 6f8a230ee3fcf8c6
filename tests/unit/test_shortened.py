"""What somebody wrote is shown on one line without losing a sign of it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from trajplan.text import shortened

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
