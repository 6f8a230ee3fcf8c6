"""Words that are typed for a key while a session runs: what is asked for, and what it is called
(R135)."""

from __future__ import annotations

from msgspec import Struct

from trajplan.live.events import Key, Wording

PRIVATE: tuple[str, ...] = ("a", "m")
"""Keys whose words a shared screen never shows."""
QUOTED: tuple[str, ...] = ("t", "a", "i")
"""Keys whose words are exact or gist."""
ASKS: dict[str, tuple[str, ...]] = {
    "c": ("They take on", "By when (Enter: later)", "How they will know (Enter: later)"),
    "t": ("Their words",),
    "a": ("A belief, in their words",),
    "p": ("Parked for another time",),
    "i": ("They take away",),
    "m": ("Your note",),
}
PARTS: tuple[str, ...] = ("text", "when", "known")
"""Where the answers of a key are kept."""
KEPT: dict[str, str] = {
    "n": "next segment",
    "+": "two minutes more",
    "-": "two minutes less",
    "space": "question",
    "x": "another question",
    "c": "promise",
    "t": "their words",
    "a": "belief",
    "p": "parked",
    "i": "takeaway",
    "m": "note",
    "w": "the end of the session",
}


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
    def label(self) -> str:
        """What is asked for."""
        label = ASKS[self.key][self.answered]
        other = "gist" if self.wording == "exact" else "exact words"
        marked = "exact words" if self.wording == "exact" else "gist"
        return f"{label} ({marked}; Tab: {other})" if self.key in QUOTED else label
