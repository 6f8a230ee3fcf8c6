"""What a client asked of the coach, in notes and in their own words, and what the coach owes them
(R142).

With which words is in `lint/phrases/requests.txt`, and for what is owed in `notes.txt`.
"""

from __future__ import annotations

import re

from trajplan.lint import verbs
from trajplan.lint.phrases import heard
from trajplan.text import cue_words, pattern, sentences_of

_PARTS = pattern(r"[,;:–—] *|^\W*(?:and |but |so )?")
_SAID_OF_A_THING = frozenset(
    cue_words("is was were has had are will went goes seems looks and or of")
)
"""Behind what may be a verb, these say that it is a thing: `Work was calm`."""
_PLEASE = heard("requests", "please", ("please", "bitte", "por favor"))
_ASKS = heard(
    "requests",
    "asks",
    (
        *("please", "no", "never", "don", "leave", "avoid", "without", "stop", "keep", "only"),
        *("use", "sit", "wait", "face", "ring", "text", "write", "mind"),
        *("bitte", "kein", "nich", "nie", "ohne", "nur", "por favor", "nunca", "nad", "sin"),
        *("solo", "sólo"),
    ),
)
_WITHHELD = heard("requests", "withheld")
_FORBIDS = heard("requests", "forbids")
_BEGINS = heard("requests", "begins", ("start with", "begin with", "open with", "mit", "con"))
_AGAINST = heard("requests", "against")
_OWES = heard("notes", "owes")
_BRINGS = heard("notes", "brings")
_NEXT_TO_DO = heard("notes", "next-to-do")
_NEXT = heard("notes", "next")
_NOT_GIVEN = heard("notes", "not-given")
_DID = heard("notes", "did-for-them")


def asks_of_coach(text: str, noted: bool = True) -> bool:
    """Whether a text asks the coach for something, or not to do something. In a note, what begins
    as if it did counts; in what the client said, only what they ask for in so many words."""
    return bool((_ASKS if noted else _PLEASE).search(text))


def is_withheld(text: str, noted: bool = True) -> bool:
    """Whether a text says that something is not to be said or passed on, or who must not know; in
    what the client said, only what they ask for."""
    if not noted:
        return asks_of_coach(text, noted=False)
    return bool(_WITHHELD.search(text)) or any(map(_FORBIDS.match, sentences_of(text)))


def tells_what_to_do(note: str) -> bool:
    """Whether a part of a sentence begins with what is to be done, as coaches write to themselves:
    `Blind in the left eye, sit on his right`."""
    for sentence in sentences_of(note):
        for part in _PARTS.split(sentence):
            first, *others = part.split()[:2] or [""]
            is_order = verbs.is_verb(first) and first.casefold() != "let"
            if others and is_order and others[0].casefold() not in _SAID_OF_A_THING:
                return True
    return False


def says_how_to_begin(text: str) -> bool:
    """Whether a text says how a session is to begin: `Start with the week, not with the family`."""
    found = ((words, _BEGINS.search(words)) for words in sentences_of(text))
    return any(begin and not _AGAINST.search(words[: begin.start()]) for words, begin in found)


def coach_owes(text: str) -> bool:
    """Whether coaches note that they owe the client something."""
    return bool(_OWES.search(text))


def forgot(text: str) -> bool:
    """Whether coaches note that they have not yet done what they owe: `Still not sent`."""
    return bool(_NOT_GIVEN.search(text))


def did_for_them(text: str) -> bool:
    """Whether coaches note that they have done something for the client: `Sent the template`."""
    return bool(_DID.search(text))


def owes_this_session(text: str, session: int) -> bool:
    """Whether coaches note what they owe the client by a session: `I bring it printed to session
    7`, or `I promised that next time we start with his list`."""
    here = names_session(text, session) or _NEXT.search(text)
    return bool(here) and any(sign.search(text) for sign in (_OWES, _BRINGS, _NEXT_TO_DO))


def names_session(text: str, session: int) -> bool:
    """Whether a text names a session by its number."""
    return re.search(rf"\b(?:session|Sitzung|sesión) {session}\b", text) is not None
