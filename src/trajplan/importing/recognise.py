"""Recognising questions in foreign files, by their marks, names, tags; what comes of a file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct

from trajplan.lint.turns import turn_of
from trajplan.vocabulary import EFFORTS, LEVELS, TARGETS

# Also as Greek, Armenian, Arabic, Ethiopic and full-width writers type it.
MARKS = "?\u037e\u055e\u061f\u1367\u2047\u2048\u2049\u203d\u2e2e\uff1f\ufe56"
_ENDS = re.compile(f"[{MARKS}][\\s\"'’”»)\\]!*_`.…。」』]*\\Z")
_GREEK_END = re.compile(r"[\u0370-\u03ff\u1f00-\u1fff][\"'’”»)]*;[\s\"'’”»)*_]*\Z")
"""Greek writers type a semicolon for their question mark."""
_INSIDE = re.compile(f"[{MARKS}]+")
ASKING_NAMES = ("q", "text", "ask", "asking", "content")
"""Names under which a question may stand although the name does not say so by itself."""
_ASKING = re.compile(
    "question|prompt|inquir|frage|pregunta|domand|vraag|pergunta|fråg|spørgsm|spørsm|вопрос|питання"
    "|pytani|otázk|質問|问题|問題|질문|سؤال|أسئلة|שאל|प्रश्न",
    re.IGNORECASE,
)
_NAMES: Mapping[str, str] = {
    "level": "level",
    "breadth": "breadth",
    "minutes": "minutes",
    "effort": "effort",
    "target": "targets",
    "targets": "targets",
}
TAG_NAMES = frozenset(
    ("tag", "tags", "category", "categories", "theme", "topic", "section", "keywords", "labels",
     "kategorie", "thema", "bereich", "catégorie", "thème", "categoría", "tema", "categoria",
     "categorie", "argomento", "カテゴリ", "分類")
)  # fmt: skip
_MOST_MINUTES = 30


class Imported(Struct, frozen=True, kw_only=True):
    """One question as it stood in the file."""

    text: str
    """To the byte."""
    where: str
    """`line 12`, or the way through a tree: `sections[2].ask`."""
    tags: tuple[str, ...] = ()
    particulars: Mapping[str, Any] = {}
    """What the file itself says of it: level, breadth, minutes, effort, targets."""


class Skipped(Struct, frozen=True, kw_only=True):
    """Something that was not imported, and why."""

    where: str
    text: str
    why: str


class ImportResult(Struct, frozen=True, kw_only=True):
    """Everything a file gave, in its order."""

    questions: tuple[Imported, ...]
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[str, ...] = ()
    """What else a coach should know about how it was read."""


def looks_asked(text: str) -> bool:
    """Whether a text ends as a question does, in whichever script."""
    return bool(_ENDS.search(text)) or bool(_GREEK_END.search(text))


def invites(text: str) -> bool:
    """Whether a text asks without a mark, as `Tell me more about that` does. English only."""
    return turn_of(text).last is not None


def question_marks(text: str) -> int:
    """How many questions the marks in a text close; `?!?` closes one."""
    return len(_INSIDE.findall(text))


def is_asking_name(name: str) -> bool:
    """Whether a column or key of this name promises questions."""
    plain = name.strip().casefold()
    return plain in ASKING_NAMES or bool(_ASKING.search(plain))


def promises_questions(name: str) -> bool:
    """The same for names that say so in as many words."""
    return bool(_ASKING.search(name))


def tag_of(words: str) -> str:
    """A heading as a tag: letters, marks and digits of any script, joined by hyphens."""
    text = unicodedata.normalize("NFC", words).casefold()
    characters = (
        character if unicodedata.category(character)[0] in "LMN" else " " for character in text
    )
    return "-".join("".join(characters).split())


def tags_of(*headings: str) -> tuple[str, ...]:
    """Each heading that says something as a tag, once, in order."""
    return tuple(dict.fromkeys(tag for heading in headings if (tag := tag_of(heading))))


def is_particular(name: str) -> bool:
    """Whether a column or key of this name is read for what it says of a question."""
    plain = name.strip().casefold()
    return plain in _NAMES or plain in TAG_NAMES


def read_particulars(
    pairs: Iterable[tuple[str, Any]],
) -> tuple[dict[str, Any], tuple[str, ...], list[str]]:
    """What columns or keys beside a question say of it: values, tags, and what is not understood.

    A value that the contract does not know is no value; it is named instead.
    """
    values: dict[str, Any] = {}
    tags: list[str] = []
    strange: list[str] = []
    for name, value in pairs:
        plain = name.strip().casefold()
        words = _words(value)
        if plain in TAG_NAMES:
            tags += words
        elif plain in _NAMES and words:
            known = _known(_NAMES[plain], words)
            if known is None:
                strange.append(f"{plain} `{', '.join(words)}`")
            else:
                values[_NAMES[plain]] = known
    return values, tags_of(*tags), strange


def _words(value: Any) -> list[str]:
    parts = value if isinstance(value, list) else re.split("[,;|]", str(value))
    return [str(part).strip() for part in parts if part is not None and str(part).strip()]


def _known(name: str, words: list[str]) -> Any:
    low = [word.casefold() for word in words]
    if name == "targets":
        return tuple(dict.fromkeys(low)) if set(low) <= set(TARGETS) else None
    if len(low) != 1:
        return None
    word = low[0]
    if name in ("level", "effort"):
        return word if word in (LEVELS if name == "level" else EFFORTS) else None
    most = 5 if name == "breadth" else _MOST_MINUTES
    number = int(word) if word.isascii() and word.isdigit() and len(word) < 4 else 0
    return number if 1 <= number <= most else None
