"""A cue is found wherever its words follow each other, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hypothesis import given
from hypothesis import strategies as st

from trajplan.text import WordPlaces, cue_words, said_words

WORDS = st.sampled_from(("a", "ab", "abc", "b", "ba", "."))
PIECES = st.sampled_from(("a", "ab", "abc", "b", "ba", "a*", "ab*", "b*", "c*"))


def looked_for_everywhere(words: Sequence[str], cue: Sequence[str]) -> Iterator[tuple[int, int]]:
    for start in range(len(words) - len(cue) + 1):
        if all(
            word.startswith(piece[:-1]) if piece.endswith("*") else word == piece
            for word, piece in zip(words[start:], cue, strict=False)
        ):
            yield start, start + len(cue)


@given(st.lists(WORDS, max_size=12), st.lists(PIECES, min_size=1, max_size=4))
def test_a_cue_is_found_where_looking_everywhere_finds_it(words: list[str], cue: list[str]) -> None:
    places = WordPlaces(words)
    assert list(places.spans(cue)) == list(looked_for_everywhere(words, cue))
    assert places.hold(cue) == any(looked_for_everywhere(words, cue))


def test_what_is_said_at_the_end_of_a_long_text_is_heard() -> None:
    said = WordPlaces(said_words("And so it went on. " * 5000 + "I can't go on."))
    assert said.hold(cue_words("can't go on"))
