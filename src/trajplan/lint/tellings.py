"""What a client tells, asks or brings up, as the coach says it back: `You told me your old boss
rang`, `You asked how to start` (R123).

Nobody says a note or an `I` of somebody else's aloud. So a sentence is turned to the client where
it is sure to be whole and plain (`lint/well_made.py`): a clause with a subject and a verb, a
question that asks what to do, something to do or a thing. Of anything else nothing is said; the
words stand beside.
"""

from __future__ import annotations

import re

from trajplan.lint.labels import DETERMINERS, PAUSE
from trajplan.lint.phrases import any_of, heard
from trajplan.lint.promises import in_english, said_to_client
from trajplan.lint.verbs import is_past, is_verb
from trajplan.lint.well_made import PREPOSITIONS, is_well_made, is_well_made_clause, phrase_list
from trajplan.text import pattern, sentences_of

_TYPED = ((r"\bim\b", "I'm"), (r"\bive\b", "I've"))
_SLIPS = heard("tellings", "slips")
_OF_HOME = pattern(
    r"(?<!\w)(?!(?:cafés?|naïve|fiancée?|née|façade|clichés?|déjà|résumé)\b)"
    r"[a-z]*[à-öø-ÿąćęłńśźżčěřšůž][\wà-ž]*(?!\w)"
)
"""A word with letters that English has not, among the others: another language is nearer."""
_TO_DO = pattern(
    r"^(?P<word>what|how|when|where|who)\s+"
    r"(?:(?P<to>to)|(?:do|should|can|could|shall|would)\s+(?:i|we))\s+(?P<verb>[a-z]+)\b",
    re.IGNORECASE,
)
_ASKS = pattern(
    r"^(?:what|how|why|when|where|who|which|is|am|are|do|does|did|can|could|should|shall|"
    r"(?:will|would)(?=\s+(?:i|we|you|he|she|it|they|there|this|that|the|my|our)\b)|"
    r"was|were|wie|warum|wann|wo|wer)\b(?!['’]t)",
    re.IGNORECASE,
)
BARE_PLACES = frozenset(
    ("home", "school", "college", "university", "church", "town", "training", "leave", "notice")
)
"""What takes no article behind `at` or `to`, and says too little as who did something."""
SHORTEST_DONE = 6
"""Letters of a verb of the past that ends in `ed`; of shorter ones many are things."""
MOST_BETWEEN = 4
"""Words before a noun among which its article stands: `the new planning job`."""


def telling_of(sentence: str) -> str:
    """What follows `you` when a sentence of the client's is said back: `told me your old boss
    rang`, `asked how to start`, `brought up asking for more pay`; empty where it isn't sure to be
    whole and plain, is in another language, or holds somebody's speech."""
    text = sentence
    for typed, meant in _TYPED:
        text = re.sub(typed, meant, text, flags=re.IGNORECASE)
    text = in_english(text.rstrip(" ?!.…"))
    if not text or is_against_oneself(text) or is_learners_english(text):
        return ""
    if to_do := _TO_DO.match(text):
        turned = f"{to_do['word'].lower()} to {to_do['verb'].lower()}{text[to_do.end() :]}"
        words = said_to_client(turned.split())
        asked = "brought up" if to_do["to"] else "asked"
        return f"{asked} {words}" if is_well_made(["ask", *words.split()]) else ""
    if _ASKS.match(text) or sentence.rstrip().endswith("?"):
        return ""
    first, *rest = said_to_client(text.split()).split()
    lowered = [first.lower(), *rest]
    if _is_gerund(first.lower()) and (is_well_made(lowered) or not rest):
        return f"brought up {' '.join(lowered)}"
    if first.lower() in ("the", "your", *phrase_list("mass")):
        if done := next(
            (place for place in range(1, len(rest)) if _was_done(rest[place : place + 2])), 0
        ):
            return _told_done(lowered, done + 1)
        if is_well_made(["bring", *lowered]):
            return f"brought up {' '.join(lowered)}"
    clause = _clause([first, *rest])
    return f"told me {' '.join(clause)}" if clause and is_well_made_clause(clause) else ""


TELLS_APART = frozenset(("old", "other", "first", "second", "last", "next", "former", "previous"))
"""Words before a noun without which it would be another thing: the old job isn't the job."""


def matter_of(text: str) -> str:
    """The plain name of what somebody brings, `the hearing` or `your shop`, where their first
    sentence says it: a noun of the list, with an article before it or at the beginning; else empty.

    Nobody is named by it, and nothing of their body: what is done about a shop can be asked, what
    is done about a girl cannot.
    """
    words = next(iter(sentences_of(text)), "").split()
    bare = [word.casefold().strip(' .,;:!?…()"“”') for word in words]
    for place, noun in enumerate(bare):
        if noun not in phrase_list("matters") or not _ends_a_name(words[place], bare[place + 1 :]):
            continue
        if not place:
            return f"the {noun}"
        before = bare[max(0, place - MOST_BETWEEN) : place]
        article = next((word for word in reversed(before) if word in DETERMINERS), "")
        between = before[before.index(article) + 1 :] if article else []
        joins = any(word in phrase_list("prepositions") or is_verb(word) for word in between)
        denied = bool({"not", "no", "isn't", "wasn't", "want", "need", "find"} & set(before))
        if article in ("the", "a", "an", "my", "our") and not (joins or denied):
            which = [word for word in between if word in TELLS_APART]
            return " ".join(("your" if article in ("my", "our") else "the", *which, noun))
    return ""


def _ends_a_name(word: str, behind: list[str]) -> bool:
    """Whether a noun is the last of its name: not `the shop floor`."""
    if PAUSE.search(word) or not behind:
        return True
    after = behind[0]
    known = ("prepositions", "subjects", "verbs", "behind-a-name")
    return (
        any(after in phrase_list(section) for section in known)
        or not after.isalpha()
        or is_past(after)
    )


def is_learners_english(text: str) -> bool:
    """Whether words show that English is not their writer's own language. Nobody says such words
    back: their slips would be heard in them."""
    return bool(_SLIPS.search(text) or _OF_HOME.search(text))


def is_against_oneself(text: str) -> bool:
    """Whether somebody calls themselves names, which nobody says back to them."""
    return bool(any_of("tellings", "against-oneself").search(text.casefold()))


def _told_done(words: list[str], place: int) -> str:
    """`Told me the report cleared you`, where the verb stands at a place: of `the post advertised
    on Friday` nothing is said, for it may be either."""
    what = words[place + 1 :]
    parts = [part for part in (words[:place], what) if part]
    whole = all(is_well_made(["bring", *part]) for part in parts)
    turns = what and what[0].casefold() in PREPOSITIONS
    return f"told me {' '.join(words)}" if whole and not turns else ""


def _was_done(words: list[str]) -> bool:
    """Whether the first word, behind another, says what somebody did, `shouted`; not `shed` or
    `need`; a short one does where somebody follows: `the deadline hit me` is no thing."""
    word = words[0]
    acts = word not in PREPOSITIONS and not word.endswith("ing")
    to_somebody = acts and words[1:2] == ["you"]
    return to_somebody or (len(word) >= SHORTEST_DONE and word.endswith("ed") and word != "hundred")


def _is_gerund(word: str) -> bool:
    """`asking`, `running`, `making`, but not `wedding`: what is left of it is a verb."""
    stem = word.removesuffix("ing")
    if stem == word or len(stem) < 2:
        return False
    undoubled = stem[:-1] if stem[-1] == stem[-2] else stem
    return any(is_verb(verb) for verb in (stem, f"{stem}e", undoubled))


def _clause(words: list[str]) -> list[str]:
    """A sentence, in words to the client, with its subject in front; no words where it has none
    that is known."""
    first, rest = words[0].casefold(), words[1:]
    # `College rang` has lost its article, or is somebody's name for it.
    if not rest or _disagrees(first, rest[0]) or first in BARE_PLACES:
        return []
    if first in phrase_list("without-subject"):
        return ["you", first, *rest]
    if first in phrase_list("people"):
        return ["your", first, *rest]
    # A word with a capital letter that begins a sentence is somebody's name where no list has it.
    subject = first.partition("'")[0]
    known = first in DETERMINERS or first.startswith("you") or subject in phrase_list("subjects")
    return [first, *rest] if known or first in phrase_list("mass") else words


def _disagrees(subject: str, verb: str) -> bool:
    """`Everybody say`, `wife think`: nobody says back what is no English."""
    of_one = subject in phrase_list("one") or (
        subject in phrase_list("people") and not subject.endswith(("s", "children"))
    )
    return of_one and PAUSE.sub("", verb.casefold()) in phrase_list("of-many")
