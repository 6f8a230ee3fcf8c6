"""Words of a note that say where it is sore: tears, shame, and money that stops by a day (R142)."""

from __future__ import annotations

import re

from trajplan.text import pattern

_SORE = pattern(
    r"\b(?:cried|crying|cries|wept|weeping|in tears|tears (?:came|in|ran)|tearful|burst into tears"
    r"|broke down|sobb\w+|weinte|geweint|in tränen|lloró|llorando"
    r"|ashamed|shame|humiliat\w+|schämt\w*|vergüenza"
    r"|(?:cross|angry|furious|annoyed|disgusted) with (?:her|him|them)sel\w+"
    r"|hat(?:es|ed) (?:her|him|them)sel\w+|blam(?:es|ed) (?:her|him|them)sel\w+)\b",
    re.IGNORECASE,
)
_MONEY = (
    r"(?:(?:sick|maternity|redundancy|furlough|notice) pay|pay|salary|wages?|benefits?|pension"
    r"|allowance|savings|money|income|maintenance|rent|credit|krankengeld|gehalt|geld|sueldo)"
)
_MONEY_STOPS = pattern(
    rf"\b{_MONEY}\b[^.!?\n]{{0,30}}\b(?:stops?|ends?|runs? out|ran out|is gone|gone by|lasts? until"
    r"|lasts? till|finish(?:es)?|is cut|endet|reicht bis|se acaba)\b",
    re.IGNORECASE,
)


def is_sore(text: str) -> bool:
    """Whether a note tells of tears, of shame, of somebody cross with themselves, or of money that
    stops: whoever doesn't know of it walks right into it."""
    return bool(_SORE.search(text) or _MONEY_STOPS.search(text))
