"""What somebody wrote into a line that was printed, told from the print.

Case, signs and spaces do not count, as with labels.
"""

from __future__ import annotations

import functools

from trajplan.text import name_key


def words_added(printed: str, line: str) -> str:
    """The words that were written into a printed line at one place; empty where it is none."""
    print_keys, line_keys = _keys(printed), _keys(line)
    before, end = 0, len(print_keys)
    more = len(line_keys) - end
    if more <= 0:
        return ""
    while before < end and print_keys[before] == line_keys[before]:
        before += 1
    if print_keys[before:] != line_keys[before + more :]:
        return ""
    return " ".join(line.split()[before : before + more])


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


@functools.lru_cache(maxsize=512)
def _keys(text: str) -> tuple[str, ...]:
    """Each word as it is compared; a sign that stands alone is itself."""
    return tuple(name_key(word) or word for word in text.split())
