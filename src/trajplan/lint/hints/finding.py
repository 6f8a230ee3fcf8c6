"""What a hint says about a text, before anybody knows in which file it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from trajplan.lint.hints.catalogue import HINTS
from trajplan.lint.words import Words


@dataclass(frozen=True, slots=True)
class Finding:
    """One hint about a text."""

    hint: str
    """An id of the catalogue."""
    words: str
    """The offending words as they were written; empty when it is the whole."""
    message: str
    """One plain sentence: what is wrong, and how it might be asked."""


def finding(hint: str, words: str = "", message: str = "") -> Finding:
    """A finding with the catalogue's sentence, or with another one in its place."""
    return Finding(hint, " ".join(words.split()), message or HINTS[hint])


def first_match(hint: str, patterns: Iterable[re.Pattern[str]], words: Words) -> Finding | None:
    """A finding for the first of several patterns that occurs."""
    line = words.line
    for pattern in patterns:
        match = pattern.search(line)
        if match:
            return finding(hint, words.quote(match).strip(" ,…–—-"))
    return None
