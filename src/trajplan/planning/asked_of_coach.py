"""What a client asked of the coach, as it stands in notes and in their own words (R142).

With which words is in `lint/phrases/requests.txt`.
"""

from __future__ import annotations

from trajplan.lint.phrases import heard
from trajplan.text import sentences_of

_PLEASE = heard("requests", "please", ("please", "bitte", "por favor"))
_ASKS = heard(
    "requests",
    "asks",
    (
        *("please", "no", "never", "don", "leave", "avoid", "without", "stop", "keep", "only"),
        *("bitte", "kein", "nich", "nie", "ohne", "nur", "por favor", "nunca", "nad", "sin"),
        *("solo", "sólo"),
    ),
)
_WITHHELD = heard("requests", "withheld")
_FORBIDS = heard("requests", "forbids")
_BEGINS = heard("requests", "begins", ("start with", "begin with", "open with", "mit", "con"))
_AGAINST = heard("requests", "against")
_IN_THEIR_TIME = heard("requests", "in-their-time")
_NOT_TO_THEM = heard("requests", "not-to-them")
_THEIRS = heard("requests", "theirs")
_WISHES = heard("requests", "wishes")


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


def is_wish(text: str, *, any_session: bool) -> bool:
    """Whether a sentence says what a client would like the coming session to do; `any_session`: how
    any is to begin."""
    found = _BEGINS.search(text) or (None if any_session else _WISHES.search(text))
    before = text[: found.start()] if found else ""
    return found is not None and not (_AGAINST.search(before) or _IN_THEIR_TIME.search(before))


def is_not_to_them(text: str) -> bool:
    """Whether a text says what the client asked not to be told or called."""
    return bool(_NOT_TO_THEM.search(text))


def is_asked(text: str) -> bool:
    """Whether a note says of a wish that it is the client's."""
    return bool(_THEIRS.search(text))
