"""What somebody wrote into a line that was printed, told from the print.

Case, signs and spaces do not count, as with labels.
"""

from __future__ import annotations

import functools

from trajplan.text import name_key


def words_added(printed: str, line: str) -> str:
    """The words that were written into a printed line at one place; empty where it is none."""
    added, others = words_between(printed, line)
    return "" if others else added


def words_between(printed: str, line: str) -> tuple[str, int]:
    """The words of a line between those with which it begins and ends as a printed one does, and
    how many of the printed ones they stand in place of."""
    print_keys, line_keys, words = _keys(printed), _keys(line), line.split()
    before = _in_common(print_keys, line_keys)
    behind = _in_common(print_keys[before:][::-1], line_keys[before:][::-1])
    return " ".join(words[before : len(words) - behind]), len(print_keys) - before - behind


def words_behind(printed: str, line: str) -> str:
    """The words that were written behind a printed line; empty where it is none."""
    added = words_added(printed, line)
    return added if added and line.rstrip().endswith(added) else ""


def holds_more(printed: str, line: str) -> bool:
    """Whether a line has all words of a printed one in their order, and others among them."""
    print_keys, line_keys = _keys(printed), _keys(line)
    rest = iter(line_keys)
    return len(line_keys) > len(print_keys) and all(key in rest for key in print_keys)


def is_beginning(printed: str, line: str) -> bool:
    """Whether a line is the first words of a printed one and nothing else: typed anew, and cut."""
    line_keys = _keys(line)
    return bool(line_keys) and line_keys == _keys(printed)[: len(line_keys)]


def _in_common(keys: tuple[str, ...], others: tuple[str, ...]) -> int:
    """How many keys both begin with."""
    pairs = enumerate(zip(keys, others, strict=False))
    most = min(len(keys), len(others))
    return next((place for place, (key, other) in pairs if key != other), most)


@functools.lru_cache(maxsize=512)
def _keys(text: str) -> tuple[str, ...]:
    """Each word as it is compared; a sign that stands alone is itself."""
    return tuple(name_key(word) or word for word in text.split())
