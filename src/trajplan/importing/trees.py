"""JSON and YAML of unknown shape: the tree is walked, and what looks like a question is taken."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from msgspec import Struct

from trajplan.content.document import Document, KeyPath, key_text
from trajplan.errors import InvalidContent, Problem
from trajplan.importing.harvest import (
    TAG_NAMES,
    Harvest,
    Left,
    Taken,
    invites,
    is_asking_name,
    is_particular,
    looks_asked,
    particulars,
    tags_of,
)

_TITLES = ("title", "name", "heading", "group", *sorted(TAG_NAMES))
_HOLDERS = frozenset(
    ("data", "items", "list", "entries", "banks", "bank", "sections", "records", "rows", "results",
     "categories", "groups", "themes", "topics", "children", "library", "all")
)  # fmt: skip
"""Keys that only hold things; they are no tag."""
_DEEPEST = 200
_LONGEST_NUMBER = 16
_BANK = "question-bank"
_A_BANK = (
    "this is a question bank already, and works as it is; brought in anew, its questions get other "
    "ids, and its sequences are not taken"
)


class Pairs(Struct, frozen=True):
    """A mapping as it was written: two equal keys are both there."""

    pairs: tuple[tuple[str, Any], ...]


class _Here(Struct, frozen=True):
    """A place in the tree: the way to it, what may name it, and the mapping around it."""

    path: KeyPath = ()
    headings: tuple[str, ...] = ()
    around: Pairs = Pairs(())

    @property
    def key(self) -> str:
        """The nearest key above."""
        return next((one for one in reversed(self.path) if isinstance(one, str)), "")

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys straight above, up to the next list: `questions: {values: […]}` is two."""
        path = list(self.path)
        while path and isinstance(path[-1], int):
            path.pop()
        found: list[str] = []
        while path and isinstance(one := path.pop(), str):
            found.append(one)
        return tuple(found)


@dataclass(slots=True)
class _Walk:
    where: Callable[[KeyPath], str]
    torn: bool = False
    """YAML: a colon may have torn a text in two."""
    taken: list[Taken] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def node(self, node: Any, here: _Here) -> None:
        if isinstance(node, Pairs):
            self._mapping(node, here)
        elif isinstance(node, list):
            self._list(node, here)
        elif isinstance(node, str) and node.strip():
            self._text(node, here, looks_asked(node) or is_asking_name(here.key))

    def _mapping(self, node: Pairs, here: _Here) -> None:
        if ("kind", _BANK) in node.pairs:
            self.notes.append(_A_BANK)
            node = Pairs(tuple(pair for pair in node.pairs if pair[0] != "sequences"))
        titles = [
            value
            for name, value in node.pairs
            if name.strip().casefold() in _TITLES and isinstance(value, str)
        ]
        asks = any(_asks(name, value) for name, value in node.pairs)
        for name, value in node.pairs:
            plain = name.strip().casefold()
            path = (*here.path, name)
            if looks_asked(name):
                self._take(name, _Here(path, here.headings, node))
            if isinstance(value, str) and not looks_asked(value):
                # Names and particulars of the questions around or below them.
                if is_particular(name) or (plain in _TITLES and not asks):
                    continue
                if plain in ("kind", "id", "language", "level"):
                    continue
            if isinstance(value, list) and plain in TAG_NAMES:
                continue
            if isinstance(value, list) and is_particular(name):
                continue
            headings = here.headings
            if isinstance(value, Pairs | list):
                own = [] if asks else [one for one in titles if not looks_asked(one)]
                if plain not in _HOLDERS and not is_asking_name(name) and not looks_asked(name):
                    own.append(name)
                headings = (*headings, *own)
            self.node(value, _Here(path, headings, node))

    def _list(self, node: Sequence[Any], here: _Here) -> None:
        node = [self._mended(one, (*here.path, at)) for at, one in enumerate(node)]
        texts = [one for one in node if isinstance(one, str)]
        asked = (
            not here.key
            or is_asking_name(here.key)
            or any(map(is_asking_name, here.keys))
            or any(looks_asked(one) or invites(one) for one in texts)
        )
        for at, one in enumerate(node):
            path = (*here.path, at)
            if isinstance(one, str) and one.strip():
                # Beside questions, also what only invites is one.
                self._text(one, _Here(path, here.headings), asked)
            elif not isinstance(one, str):
                self.node(one, _Here(path, here.headings))

    def _mended(self, node: Any, path: KeyPath) -> Any:
        """A text that YAML took for a key and its value, because a colon stands in it."""
        if not (self.torn and isinstance(node, Pairs) and len(node.pairs) == 1):
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
            self._take(text, here)
        else:
            why = "does not look like a question"
            self.left.append(Left(where=self.where(here.path), text=text, why=why))

    def _take(self, text: str, here: _Here) -> None:
        said = [
            (name, value)
            for name, value in here.around.pairs
            if is_particular(name) and not isinstance(value, Pairs) and value != text
        ]
        given, tags, strange = particulars(said)
        where = self.where(here.path)
        self.notes += [f"not understood, so suggested instead: {where}: {one}" for one in strange]
        every = tuple(dict.fromkeys((*tags_of(*here.headings), *tags)))
        self.taken.append(Taken(text=text, where=where, tags=every, given=given))


def _asks(name: str, value: Any) -> bool:
    """Whether a key and its value are a question, so that the mapping describes it."""
    return isinstance(value, str) and (looks_asked(value) or is_asking_name(name))


def from_yaml(document: Document) -> Harvest:
    """Take the questions of YAML that was read. What is wrong in it is among the notes.

    Raises InvalidContent where there is no tree.
    """
    if not document.readable:
        raise InvalidContent(document.problems)

    def where(path: KeyPath) -> str:
        return f"line {document.place(path)[0]}"

    walk = _Walk(where, torn=True)
    walk.node(_paired(document.tree), _Here())
    # A key given twice or a tag that is not read may have taken a question along.
    notes = [f"not read as it stands there: {one}" for one in document.problems]
    return Harvest(taken=tuple(walk.taken), left=tuple(walk.left), notes=(*notes, *walk.notes))


def from_json(text: str, file: str) -> Harvest:
    """Take the questions of JSON, or of one JSON value a line. Raises InvalidContent."""
    walk = _Walk(lambda path: key_text(path) or "the whole")
    walk.node(_parsed(text, file), _Here())
    return Harvest(taken=tuple(walk.taken), left=tuple(walk.left), notes=tuple(walk.notes))


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
    found = json.loads(
        text,
        object_pairs_hook=lambda pairs: Pairs(tuple(pairs)),
        # Python refuses to read endless digits, and no question hangs on them.
        parse_int=lambda digits: int(digits) if len(digits) < _LONGEST_NUMBER else 0,
    )
    if _depth(found) > _DEEPEST:
        raise RecursionError
    return found


def _depth(node: Any) -> int:
    """How deep lists and mappings are nested, without recursion."""
    level, deep = [node], 0
    while level:
        level = [
            part
            for one in level
            for part in (
                [value for _, value in one.pairs]
                if isinstance(one, Pairs)
                else one
                if isinstance(one, list)
                else ()
            )
        ]
        deep += bool(level)
    return deep


def _paired(node: Any) -> Any:
    if isinstance(node, dict):
        return Pairs(tuple((str(name), _paired(value)) for name, value in node.items()))
    return [_paired(one) for one in node] if isinstance(node, list) else node
