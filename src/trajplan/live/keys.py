"""The keys of a running session: what each of them does, and of those that take words what is
asked for, what it is called and where it is kept (R135)."""

from __future__ import annotations

from typing import Literal, NamedTuple, get_args

from msgspec import Struct

from trajplan.records.model.commitments import Wording

Key = Literal["n", "+", "-", "space", "x", "c", "t", "a", "p", "i", "m", "u", "h", "w"]
KEYS: tuple[str, ...] = get_args(Key)


class WordsKey(NamedTuple):
    """A key that takes words, and the list of the session that they are added to."""

    does: str
    """What the list of keys says of it."""
    asks: tuple[str, ...]
    """What is asked for, one answer after the other."""
    called: str
    """What was kept, or taken back."""
    field: str
    """Its list in the state."""
    thing: str
    things: str
    wording: Wording | None = None
    """Whether the words are exact or the gist unless somebody says so; None: they are neither."""
    private: bool = False
    """A shared screen never shows them."""
    text_alone: bool = False
    """The state has them without when and how they were said."""


WORDS_KEYS: dict[str, WordsKey] = {
    "c": WordsKey(
        "They take on: what, by when, how they will know",
        ("They take on", "By when (Enter: later)", "How they will know (Enter: later)"),
        "promise",
        "commitments",
        "promise",
        "promises",
    ),
    "t": WordsKey(
        "Their words: exact, or after Tab the gist",
        ("Their words",),
        "their words",
        "words",
        "quote",
        "quotes",
        wording="exact",
    ),
    "a": WordsKey(
        "A belief, in their words",
        ("A belief, in their words",),
        "belief",
        "beliefs",
        "belief",
        "beliefs",
        wording="exact",
        private=True,
    ),
    "p": WordsKey(
        "Parked for another time",
        ("Parked for another time",),
        "parked",
        "parked",
        "topic parked",
        "topics parked",
        text_alone=True,
    ),
    "i": WordsKey(
        "What they take away",
        ("They take away",),
        "takeaway",
        "takeaways",
        "takeaway",
        "takeaways",
        wording="gist",
    ),
    "m": WordsKey(
        "A note of your own",
        ("Your note",),
        "note",
        "notes",
        "note",
        "notes",
        private=True,
        text_alone=True,
    ),
}
CALLED: dict[str, str] = {
    "n": "next segment",
    "+": "two minutes more",
    "-": "two minutes less",
    "space": "question",
    "x": "another question",
    **{key: words.called for key, words in WORDS_KEYS.items()},
    "w": "the end of the session",
}
"""What is said to be kept, or taken back."""
PRIVATE = frozenset(key for key, words in WORDS_KEYS.items() if words.private)
"""Keys whose words a shared screen never shows."""
PARTS: tuple[str, ...] = ("text", "when", "known")
"""Where the answers of a key are kept."""


class Entry(Struct):
    """Words being typed for a key. `unseen`: typed into nothing, for nobody to read."""

    key: Key
    wording: Wording
    unseen: bool
    answered: int = 0
    """How many of its questions have an answer, which is kept."""
    letters: str = ""
    """What was typed unseen so far."""

    @property
    def part(self) -> str:
        """Where the next answer is kept."""
        return PARTS[self.answered]

    @property
    def is_quoted(self) -> bool:
        """Whether the words are exact or the gist."""
        return WORDS_KEYS[self.key].wording is not None

    @property
    def is_done(self) -> bool:
        """Whether everything has an answer."""
        return self.answered == len(WORDS_KEYS[self.key].asks)

    @property
    def label(self) -> str:
        """What is asked for."""
        label = WORDS_KEYS[self.key].asks[self.answered]
        other = "gist" if self.wording == "exact" else "exact words"
        marked = "exact words" if self.wording == "exact" else "gist"
        return f"{label} ({marked}; Tab: {other})" if self.is_quoted else label


def entry_for(key: Key, *, unseen: bool) -> Entry:
    """Begin to type words for a key."""
    return Entry(key, WORDS_KEYS[key].wording or "exact", unseen)
