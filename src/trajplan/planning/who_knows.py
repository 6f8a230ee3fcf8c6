"""Who knows of something, and who does not, by the words of a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from trajplan.lint.phrases import any_of, heard
from trajplan.planning.matter import KIN_STEMS, NAMELESS, MatterWords, matter
from trajplan.planning.sentences import Sentence
from trajplan.planning.since import BUT_NOT
from trajplan.text import ELDERS

KEPT = 4096
"""Sentences of which it is kept what they say of who knows."""
_UNAWARE = heard("newer", "unaware")
_FEW_KNOW = heard("newer", "few-know")
SECRET = heard("newer", "secret")
AWARE = heard("newer", "aware")
_NOBODY_KNOWS = heard("newer", "nobody-knows")
_TOLD_BY_OTHERS = any_of("newer", "told-by-others")
NOBODY = frozenset(
    f"{NAMELESS} has doesn don have had been was were is are still only never else also".split()
)
"""Words in the place of a name that are none."""
ILL = heard("newer", "ill")


def _people(found: Iterable[tuple[str, ...]]) -> frozenset[str]:
    """The people of what was found, a relative under whichever word."""
    names = {name.casefold() for names in found for name in names}
    return frozenset(ELDERS.get(name, name) for name in names if name and name not in NOBODY)


def knows_now(words: Sentence, old: Sentence) -> bool:
    """Whether somebody of whom a sentence says that they don't know, or that few do, knows by now,
    of what both lines are about."""
    aware, (unaware, few) = _aware(words.text), _unaware(old.text)
    named = aware & unaware or (frozenset() if few is None else aware - few)
    if not named:
        return False
    own = frozenset(stem for name in named for stem in (name, *matter(name)))
    # What somebody else has told them is what the client has kept from them.
    if _TOLD_BY_OTHERS.search(words.text):
        return True
    # Who knows and who doesn't says nothing of what it is about, nor do the children's ages.
    newer, older = _matter_known(words.line), _matter_unknown(old.line)
    if (matter(newer.text) | newer.names) & (matter(older.text) | older.names) - (
        own | words.client | KIN_STEMS
    ):
        return True
    # Of one relative there may be several secrets.
    return bool(newer.kin & older.kin) and all(map(ILL.search, (newer.text, older.text)))


@lru_cache(maxsize=KEPT)
def _aware(text: str) -> frozenset[str]:
    """Who knows of something by what a sentence says."""
    return _people(AWARE.findall(_NOBODY_KNOWS.sub(" ", text)))


@lru_cache(maxsize=KEPT)
def _unaware(text: str) -> tuple[frozenset[str], frozenset[str] | None]:
    """Who does not know of something by what a sentence says, and who alone does; None: it does not
    say that."""
    few = _FEW_KNOW.findall(text)
    return _people(_UNAWARE.findall(text)), _people(few) if few else None


@lru_cache(maxsize=KEPT)
def _matter_known(line: str) -> MatterWords:
    """A line without who knows."""
    return MatterWords(AWARE.sub(" ", BUT_NOT.sub(" ", line)))


@lru_cache(maxsize=KEPT)
def _matter_unknown(line: str) -> MatterWords:
    """A line without who does not know, or few do."""
    return MatterWords(_FEW_KNOW.sub(" ", _UNAWARE.sub(" ", line)))
