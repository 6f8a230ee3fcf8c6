"""Names as people write them: alike when they differ only in case, spaces and signs."""

from __future__ import annotations

import unicodedata


def normal(text: str) -> str:
    """What is left of a name when case, spaces and punctuation do not count; may be empty.

    Letters of every script, their marks and digits stay.
    """
    letters = (
        one if unicodedata.category(one)[0] in "LMN" else " "
        for one in unicodedata.normalize("NFKC", text).casefold()
    )
    return " ".join("".join(letters).split())
