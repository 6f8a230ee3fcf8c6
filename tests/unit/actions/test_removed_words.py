"""What a plan quotes of a removed text is found, and nothing else is touched."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from trajplan.actions.remove import REMOVED, RemovedWords

BELIEF = "Without a degree nobody lets me near a class."


def test_a_quotation_is_found_whole_or_shortened() -> None:
    removed = RemovedWords([BELIEF, "Ring mum", "Is it true", "low"])
    assert removed.without(BELIEF) == REMOVED
    assert (
        removed.without("You said “without a degree nobody lets me…”. Where?")
        == f"You said “{REMOVED}…”. Where?"
    )
    assert removed.without("Ring mum") == REMOVED
    assert removed.without("And is it TRUE?") == f"And {REMOVED}?"


def test_what_is_no_quotation_stays() -> None:
    removed = RemovedWords([BELIEF, "Ring mum", "low", "grow goal"])
    for text in ("low", "grow-goal", "a degree", "Whom do you ring, mum or dad?", ""):
        assert removed.without(text) == text


@given(st.text(), st.lists(st.text(max_size=40), max_size=4))
def test_nothing_of_four_words_of_a_text_is_left(text: str, texts: list[str]) -> None:
    left = RemovedWords(texts).without(f"{text} {' '.join(texts)} {text}")
    for removed in texts:
        if len(removed.split()) >= 4:
            assert removed not in left
