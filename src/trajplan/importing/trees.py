"""JSON and YAML of unknown shape: the tree is walked, and what looks like a question is taken."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from msgspec import Struct

from trajplan.content.document import KeyPath, SourceDocument, key_text
from trajplan.content.kinds import BANK
from trajplan.errors import InvalidContent, Problem
from trajplan.importing.recognise import (
    TAG_NAMES,
    Imported,
    ImportResult,
    Skipped,
    invites,
    is_asking_name,
    is_particular,
    looks_asked,
    read_particulars,
    tags_of,
)
from trajplan.text import plural

_TITLES = ("title", "name", "heading", "group", *sorted(TAG_NAMES))
_HOLDERS = frozenset(
    ("data", "items", "list", "entries", "banks", "bank", "sections", "records", "rows", "results",
     "categories", "groups", "themes", "topics", "children", "library", "all")
)  # fmt: skip
"""Keys that only hold things; they are no tag."""
_LANGUAGES = frozenset(
    ("ar", "bg", "bn", "ca", "cs", "cy", "da", "de", "el", "en", "es", "et", "eu", "fa", "fi", "fr",
     "ga", "gl", "he", "hi", "hr", "hu", "id", "is", "it", "ja", "ko", "lt", "lv", "mk", "ms", "mt",
     "nb", "nl", "nn", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv", "th", "tr", "uk",
     "ur", "vi", "zh")
)  # fmt: skip
_DEEPEST = 200
_LONGEST_NUMBER = 16
_A_BANK = (
    "this is already a question bank and works as it is; imported again, its questions get new "
    "ids, and its sequences are left out"
)


_LANGUAGE = re.compile("[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})?")
_CODE = re.compile(
    r"\d{4}-\d{2}-\d{2}(?:[T ][\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?|[0-9A-Fa-f-]{8,}"
    r"|[\w-]*\d[\w-]*|https?://\S+"
)
"""Dates, ids, addresses."""


class KeyValues(Struct, frozen=True):
    """A mapping as it was written: two equal keys are both there."""

    pairs: tuple[tuple[str, Any], ...]


class _Here(Struct, frozen=True):
    """A place in the tree: the way to it, what may name it, and the mapping around it."""

    path: KeyPath = ()
    headings: tuple[str, ...] = ()
    around: KeyValues = KeyValues(())

    @property
    def key(self) -> str:
        """The nearest key above."""
        return next((part for part in reversed(self.path) if isinstance(part, str)), "")

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys straight above, up to the next list: `questions: {values: […]}` is two."""
        path = list(self.path)
        while path and isinstance(path[-1], int):
            path.pop()
        keys: list[str] = []
        while path and isinstance(key := path.pop(), str):
            keys.append(key)
        return tuple(keys)


@dataclass(slots=True)
class _Walk:
    where: Callable[[KeyPath], str]
    language: str = ""
    """Which text is taken where there are several, by language; empty: English, else the first."""
    codes: int = 0
    """Dates, ids and the like, which are counted and not named."""
    torn: bool = False
    """YAML: a colon may have torn a text in two."""
    questions: list[Imported] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def node(self, node: Any, here: _Here) -> None:
        if isinstance(node, KeyValues):
            self._mapping(node, here)
        elif isinstance(node, list):
            self._list(node, here)
        elif isinstance(node, str) and node.strip():
            self._text(node, here, looks_asked(node) or is_asking_name(here.key))

    def _mapping(self, node: KeyValues, here: _Here) -> None:
        if ("kind", BANK) in node.pairs:
            self.notes.append(_A_BANK)
            node = KeyValues(tuple(pair for pair in node.pairs if pair[0] != "sequences"))
        titles = [
            value
            for name, value in node.pairs
            if name.strip().casefold() in _TITLES and isinstance(value, str)
        ]
        asks = any(_asks(name, value) for name, value in node.pairs)
        for name, value in node.pairs:
            path = (*here.path, name)
            if looks_asked(name):
                self._add(name, _Here(path, here.headings, node))
            if _describes(name, value, asks):
                continue
            headings = here.headings
            if isinstance(value, KeyValues | list):
                own = [] if asks else [title for title in titles if not looks_asked(title)]
                headings = (*headings, *own, *_heading_of(name))
            if isinstance(value, KeyValues) and _by_language(value):
                self._one_language(value, _Here(path, here.headings, node))
                continue
            self.node(value, _Here(path, headings, node))

    def _one_language(self, node: KeyValues, here: _Here) -> None:
        """Take the text in the language asked for; the others are named."""
        texts = {name.casefold(): (name, text) for name, text in node.pairs}
        wanted = self.language.casefold()
        choices = (wanted, wanted.split("-")[0], "en", next(iter(texts)))
        chosen, text = next(texts[name] for name in choices if name in texts)
        self._text(text, here, looks_asked(text) or is_asking_name(here.key))
        others = ", ".join(name for name, _ in node.pairs if name != chosen)
        if others:
            where = self.where(here.path)
            self.notes.append(f"{where}: taken in {chosen}; also there in {others} (--language)")

    def _list(self, node: Sequence[Any], here: _Here) -> None:
        node = [self._mended(inner, (*here.path, index)) for index, inner in enumerate(node)]
        texts = [inner for inner in node if isinstance(inner, str)]
        asked = (
            not here.key
            or is_asking_name(here.key)
            or any(map(is_asking_name, here.keys))
            or any(looks_asked(text) or invites(text) for text in texts)
        )
        for index, inner in enumerate(node):
            path = (*here.path, index)
            if isinstance(inner, str) and inner.strip():
                # Beside questions, also what only invites is one.
                self._text(inner, _Here(path, here.headings), asked)
            elif not isinstance(inner, str):
                self.node(inner, _Here(path, here.headings))

    def _mended(self, node: Any, path: KeyPath) -> Any:
        """A text that YAML took for a key and its value, because a colon stands in it."""
        if not (self.torn and isinstance(node, KeyValues) and len(node.pairs) == 1):
            return node
        name, value = node.pairs[0]
        if not isinstance(value, str) or is_asking_name(name) or not looks_asked(value):
            return node
        if " " not in name and name[:1].islower():
            return node
        text = f"{name}: {value}"
        self.notes.append(f"{self.where(path)}: read as one text with a colon in it: {text}")
        return text

    def _text(self, text: str, here: _Here, asked: bool) -> None:
        if asked:
            self._add(text, here)
        elif _CODE.fullmatch(text.strip()):
            self.codes += 1
        else:
            why = "does not look like a question"
            self.skipped.append(Skipped(where=self.where(here.path), text=text, why=why))

    def about_codes(self) -> list[str]:
        """How many dates, ids and addresses were left out."""
        return (
            [f"left out: {plural(self.codes, 'date, id or address', 'dates, ids or addresses')}"]
            if self.codes
            else []
        )

    def _add(self, text: str, here: _Here) -> None:
        beside = [
            (name, value)
            for name, value in here.around.pairs
            if is_particular(name) and not isinstance(value, KeyValues) and value != text
        ]
        facts, tags, strange = read_particulars(beside)
        where = self.where(here.path)
        self.notes += [
            f"not understood, so suggested instead: {where}: {words}" for words in strange
        ]
        tags = tuple(dict.fromkeys((*tags_of(*here.headings), *tags)))
        self.questions.append(Imported(text=text, where=where, tags=tags, particulars=facts))


def _by_language(node: KeyValues) -> bool:
    """Whether a mapping holds one text in several languages: `{"en": …, "de": …}`."""
    return bool(node.pairs) and all(
        _LANGUAGE.fullmatch(name) and name.casefold()[:2] in _LANGUAGES and isinstance(text, str)
        for name, text in node.pairs
    )


def _describes(name: str, value: Any, asks: bool) -> bool:
    """Whether a key and its value only say something of the questions around or below them.

    `asks`: a question stands beside it, so that a title may be one as well.
    """
    if isinstance(value, list):
        return is_particular(name)
    if not isinstance(value, str) or looks_asked(value):
        return False
    plain = name.strip().casefold()
    if plain in ("kind", "id", "language", "level"):
        return True
    return is_particular(name) or (plain in _TITLES and not asks)


def _heading_of(name: str) -> tuple[str, ...]:
    """A key as a heading of what is below it; none where it only holds things or asks itself."""
    plain = name.strip().casefold()
    if plain in _HOLDERS or is_asking_name(name) or looks_asked(name):
        return ()
    return (name,)


def _asks(name: str, value: Any) -> bool:
    """Whether a key and its value are a question, so that the mapping describes it."""
    return isinstance(value, str) and (looks_asked(value) or is_asking_name(name))


def from_yaml(document: SourceDocument, language: str = "") -> ImportResult:
    """Take the questions of YAML that was read. What is wrong in it is among the notes.

    Raises InvalidContent where there is no tree.
    """
    if not document.readable:
        raise InvalidContent(document.problems)

    def where(path: KeyPath) -> str:
        return f"line {document.place(path)[0]}"

    walk = _Walk(where, language, torn=True)
    walk.node(_paired(document.tree), _Here())
    # A key given twice or a tag that is not read may have taken a question along.
    notes = [f"not read as written: {problem}" for problem in document.problems]
    return ImportResult(
        questions=tuple(walk.questions),
        skipped=tuple(walk.skipped),
        notes=(*notes, *walk.notes, *walk.about_codes()),
    )


def from_json(text: str, file: str, language: str = "") -> ImportResult:
    """Take the questions of JSON, or of one JSON value a line. Raises InvalidContent."""
    walk = _Walk(lambda path: key_text(path) or "the whole", language)
    walk.node(_parsed(text, file), _Here())
    return ImportResult(
        questions=tuple(walk.questions),
        skipped=tuple(walk.skipped),
        notes=(*walk.notes, *walk.about_codes()),
    )


def is_json(text: str) -> bool:
    """Whether a text is JSON that can hold questions."""
    if not text.lstrip().startswith(("[", "{")):
        return False
    try:
        _parsed(text, "")
    except InvalidContent:
        return False
    return True


def _parsed(text: str, file: str) -> Any:
    try:
        return _loaded(text)
    except json.JSONDecodeError as fault:
        lines = [line for line in text.split("\n") if line.strip()]
        if len(lines) > 1:
            try:
                return [_loaded(line) for line in lines]
            except json.JSONDecodeError:
                pass
        problem = Problem(file, fault.lineno, fault.colno, f"not readable as JSON: {fault.msg}")
        raise InvalidContent([problem]) from None
    except RecursionError:
        raise InvalidContent([Problem(file, 1, 1, "nested too deeply to be read")]) from None


def _loaded(text: str) -> Any:
    tree = json.loads(
        text,
        object_pairs_hook=lambda pairs: KeyValues(tuple(pairs)),
        # Python refuses to read endless digits, and no question hangs on them.
        parse_int=lambda digits: int(digits) if len(digits) < _LONGEST_NUMBER else 0,
    )
    if _depth(tree) > _DEEPEST:
        raise RecursionError
    return tree


def _depth(node: Any) -> int:
    """How deep lists and mappings are nested, without recursion."""
    level, deep = [node], 0
    while level:
        level = [inner for outer in level for inner in _inner_nodes(outer)]
        deep += bool(level)
    return deep


def _inner_nodes(node: Any) -> Sequence[Any]:
    if isinstance(node, KeyValues):
        return [value for _, value in node.pairs]
    return node if isinstance(node, list) else ()


def _paired(node: Any) -> Any:
    if isinstance(node, dict):
        return KeyValues(tuple((str(name), _paired(value)) for name, value in node.items()))
    return [_paired(inner) for inner in node] if isinstance(node, list) else node
