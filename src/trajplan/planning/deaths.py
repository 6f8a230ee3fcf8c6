"""Who has died, and which older words speak of them as alive."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from trajplan.lint.phrases import heard
from trajplan.planning.matter import NAMELESS, matter
from trajplan.planning.sentences import Sentence
from trajplan.text import ELDERS, pattern

NOBODY_AT_ALL = r"(?!)"
"""What no text matches."""
DIED = heard("newer", "died")
_IN_YEAR = pattern(r"\bin ((?:19|20)\d\d)\b", re.IGNORECASE)
KIN_NAMED = pattern(rf"\b(?i:({'|'.join(ELDERS)})),? \(?([A-ZÄÖÜ]\w+)")
"""A relative with the name they have."""
FULL_NAME = pattern(r"\b([A-ZÄÖÜ][a-zäöüß]+) ([A-ZÄÖÜ][a-zäöüß]+)\b")
_LIVES = (
    r"(?:(?:,? \(?\w+\)?,?){0,2} (?:is|isn['’]t|has|hasn['’]t|wants?|says?|gets|goes|lives|will|can"
    r"|may|needs?|asks|ist|hat|está|tiene)|['’]s (?:in|on|at|not|still|\w+ing))\b"
)
"""What follows the name of somebody who lives."""
_NO_SUBJECTS = frozenset(
    f"{NAMELESS} the his their my our your an and but so then when after since yes no".split()
)


def tells_of_death(text: str) -> bool:
    """Whether words say that somebody died."""
    return bool(DIED.search(text))


def tells_of_old_death(text: str, today: str) -> bool:
    """Whether words say that somebody died in a year before the one of a day."""
    years = map(int, _IN_YEAR.findall(text))
    return tells_of_death(text) and any(year < int(today[:4]) for year in years)


def names_of_kin(told: Iterable[Sentence]) -> Iterator[tuple[str, str]]:
    """Who is whose father or mother, by their names and the other way round."""
    for words in told:
        for kin, name in KIN_NAMED.findall(words.text):
            role = ELDERS[kin.casefold()]
            yield from ((name, role), (role, name))


def of_the_living(words: Sentence, called: Mapping[str, str]) -> re.Pattern[str]:
    """What speaks as of the living of whom a sentence says that they died."""
    end = DIED.search(words.text)
    subject = re.findall(r"[\w’']+", words.text[: end.start() if end else 0])[-3:]
    # "Dad's dog died" is of the dog, and "Her gran died" of nobody called Her.
    said = {
        name
        for name in subject
        if name[-2:-1] not in "'’"
        and (matter(name) or (name[:1].isupper() and name.casefold() not in _NO_SUBJECTS))
    }
    roles = {ELDERS[name.casefold()] for name in subject if name.casefold() in ELDERS}
    names = {name for name in said if name[:1].isupper() and name.casefold() not in ELDERS}
    roles |= {called[name] for name in names if name in called}
    names |= {called[role] for role in roles if role in called}
    names |= {kin for kin, role in ELDERS.items() if role in roles}
    lives = "|".join(map(re.escape, sorted(names))) or NOBODY_AT_ALL
    return re.compile(rf"(?i:\b(?:{lives})){_LIVES}")
