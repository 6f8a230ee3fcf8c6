"""Parser events to a plain tree with places, without recursion and within limits.

The tree is built here because PyYAML's own constructors read `1:30` as 90, `012` as 10 and `no` as
False, keep the last of two equal keys, and recurse on their input. Plain text means a small part of
YAML 1.2: everything but integers, decimals, true, false and null stays text.
"""

from __future__ import annotations

import re
from typing import Any

import yaml
from msgspec import Struct

from trajplan.content.document import Decimal, KeyPath, Place, SourceDocument, key_text
from trajplan.errors import Problem
from trajplan.text import STEERING, quote

_INTEGER = re.compile("0|-?[1-9][0-9]{0,14}")
_DECIMAL = re.compile("-?[0-9]{1,15}[.][0-9]{1,15}")
_NAMED: dict[str, bool | None] = {
    "": None,
    "~": None,
    "null": None,
    "true": True,
    "false": False,
}


def resolve(text: str) -> str | int | float | bool | None:
    """Return what unquoted text stands for. Quoted text never comes here: it is always text."""
    if text in _NAMED:
        return _NAMED[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return Decimal(text)
    return text


MAX_DEPTH = 32
MAX_NODES = 50_000
"""Of a bank of two thousand questions."""
FORM_NODES = 10_000
"""Of what one person filled in."""
MAX_PROBLEMS = 200
MAX_ALIASES = 200
MAX_TEXT = 4 * 1024 * 1024
"""Characters after alias expansion: a long text repeated by aliases must not fill the memory."""


class LimitPassed(Exception):
    """The file goes beyond a limit; nothing after this place is read."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class _Anchor(Struct):
    """A named node, and what each mention of it costs."""

    value: Any
    path: KeyPath | None
    nodes: int
    text: int
    height: int
    is_open: bool = False


class _Frame(Struct):
    """A list or mapping that is still being filled."""

    node: dict[str, Any] | list[Any]
    path: KeyPath | None
    """None: below a key that does not count, so nothing here has a place in the tree."""
    as_key: bool
    anchor: str | None
    nodes_before: int
    text_before: int
    height: int = 1
    first: dict[str, int] = {}
    """Line of each key."""
    wants_key: bool = True
    key: str | None = None
    """The key whose value comes next; None: that value does not count."""

    @property
    def expects_key(self) -> bool:
        return isinstance(self.node, dict) and self.wants_key


class TreeBuilder:
    """Takes the events of one file, then gives its Document. Collects faults in `problems`."""

    def __init__(self, file: str, most: int = MAX_NODES) -> None:
        self.file = file
        self.most = most
        self.problems: list[Problem] = []
        self._values: dict[KeyPath, Place] = {}
        self._keys: dict[KeyPath, Place] = {}
        self._refused: set[KeyPath] = set()
        self._stack: list[_Frame] = []
        self._anchors: dict[str, _Anchor] = {}
        self._root: Any = None
        self._documents = 0
        self._empty = True
        self._nodes = self._text = self._aliases = 0

    def take(self, event: yaml.Event) -> None:
        """Use one event. Raises LimitPassed when a limit is passed or a second document begins."""
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, yaml.MappingStartEvent):
            self._open({}, event)
        elif isinstance(event, yaml.SequenceStartEvent):
            self._open([], event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._close()
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._stop(event, "a file can hold only one document")

    def document(self, raw_faults: list[Problem]) -> SourceDocument:
        """Return the finished document."""
        problems = [*raw_faults, *self.problems]
        if self._empty:
            problems.append(Problem(self.file, 1, 1, "the file is empty"))
            return SourceDocument(self.file, None, tuple(problems), readable=False)
        return SourceDocument(
            self.file,
            self._root,
            tuple(problems),
            values=self._values,
            keys=self._keys,
            refused=frozenset(self._refused),
        )

    # One event each.

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        self._count(event, 1, len(event.value))
        top = self._stack[-1] if self._stack else None
        if top is not None and top.expects_key:
            self._key(top, event)
            return
        plain = not event.style
        clean = self._clean(event)
        value = resolve(clean) if plain else clean
        if self._documents and top is None and plain and value is None:
            return  # a document that says nothing is as empty as no document
        path = self._put(value, event)
        if path is not None and (event.tag is not None or clean != event.value):
            self._refused.add(path)
        if event.anchor:
            self._anchors[event.anchor] = _Anchor(value, path, 1, len(event.value), 0)
        self._refuse_tag(event)

    def _key(self, top: _Frame, event: yaml.ScalarEvent) -> None:
        self._refuse_tag(event)
        key = self._clean(event)
        top.wants_key, top.key = False, None
        line, column = _place(event)
        if event.anchor:
            self._anchors[event.anchor] = _Anchor(key, None, 1, len(key), 0)
        if not event.style and key == "<<":
            self._fault(event, "merge keys (`<<`) are not supported; write the keys out")
        elif not event.style and key == "":
            self._fault(event, "a key is missing before the colon")
        elif key in top.first:
            path = key_text((*top.path, key)) if top.path is not None else ""
            words = f"{quote(key)} appears twice; first on line {top.first[key]}"
            self._fault(event, words, path)
        else:
            top.first[key] = line
            top.key = key
            if top.path is not None:
                self._keys[(*top.path, key)] = (line, column)

    def _open(self, node: dict[str, Any] | list[Any], event: yaml.CollectionStartEvent) -> None:
        self._count(event, 1, 0)
        if len(self._stack) + 1 > MAX_DEPTH:
            self._stop(event, f"nested more than {MAX_DEPTH} levels deep")
        self._refuse_tag(event)
        top = self._stack[-1] if self._stack else None
        as_key = top is not None and top.expects_key
        if as_key:
            self._fault(event, "a key must be plain text")
        path = None if as_key else self._put(node, event)
        # The node itself is part of what a later alias repeats.
        self._stack.append(_Frame(node, path, as_key, event.anchor, self._nodes - 1, self._text))
        if event.anchor:
            self._anchors[event.anchor] = _Anchor(node, path, 0, 0, 0, is_open=True)

    def _close(self) -> None:
        done = self._stack.pop()
        if done.anchor:
            self._anchors[done.anchor] = _Anchor(
                done.node,
                done.path,
                self._nodes - done.nodes_before,
                self._text - done.text_before,
                done.height,
            )
        if not self._stack:
            return
        parent = self._stack[-1]
        parent.height = max(parent.height, done.height + 1)
        if done.as_key:
            parent.wants_key, parent.key = False, None

    def _alias(self, event: yaml.AliasEvent) -> None:
        self._aliases += 1
        if self._aliases > MAX_ALIASES:
            self._stop(event, f"more than {MAX_ALIASES} aliases")
        # A file may be nothing but an alias; then there is nothing yet that it could name.
        top = self._stack[-1] if self._stack else None
        if top is not None and top.expects_key:
            self._fault(event, "a key must be plain text")
            top.wants_key, top.key = False, None
            return
        anchor = self._anchors.get(event.anchor or "")
        if top is None or anchor is None or anchor.is_open:
            name = quote(f"*{event.anchor}")
            why = "refers to something it is part of" if anchor else "refers to nothing above it"
            self._fault(event, f"{name} {why}")
            path = self._put(None, event)
            if path is not None:
                self._refused.add(path)
            return
        self._count(event, anchor.nodes, anchor.text)
        if len(self._stack) + anchor.height > MAX_DEPTH:
            self._stop(event, f"nested more than {MAX_DEPTH} levels deep")
        top.height = max(top.height, anchor.height + 1)
        path = self._put(anchor.value, event)
        if path is not None and anchor.path is not None:
            self._repeat_places(anchor.value, anchor.path, path)

    # What they share.

    def _put(self, value: Any, event: yaml.NodeEvent) -> KeyPath | None:
        """Hang a value into the tree; return its path, or None when it does not count."""
        self._empty = False
        path: KeyPath | None
        if not self._stack:
            self._root, path = value, ()
        else:
            top = self._stack[-1]
            if isinstance(top.node, list):
                path = None if top.path is None else (*top.path, len(top.node))
                top.node.append(value)
            else:
                top.wants_key = True
                if top.key is None:
                    return None
                path = None if top.path is None else (*top.path, top.key)
                top.node[top.key] = value
        if path is not None:
            self._values[path] = _place(event)
        return path

    def _repeat_places(self, value: Any, old: KeyPath, new: KeyPath) -> None:
        """Give what an alias repeats the places of the original: that is where to mend it."""
        ways: list[tuple[Any, KeyPath]] = [(value, ())]
        while ways:
            node, rest = ways.pop()
            if rest:
                self._values[new + rest] = self._values.get(old + rest, self._values[new])
                if old + rest in self._keys:
                    self._keys[new + rest] = self._keys[old + rest]
            if old + rest in self._refused:
                self._refused.add(new + rest)
            if isinstance(node, dict):
                ways.extend((inner, (*rest, name)) for name, inner in node.items())
            elif isinstance(node, list):
                ways.extend((inner, (*rest, index)) for index, inner in enumerate(node))

    def _clean(self, event: yaml.ScalarEvent) -> str:
        """Take out control characters, which an escape in double quotes can bring in."""
        text: str = event.value
        match = STEERING.search(text)
        if match:
            code = f"U+{ord(match[0]):04X}"
            self._fault(event, f"the text holds the control character {code}; remove it")
            text = STEERING.sub("\ufffd", text)
        return text

    def _refuse_tag(self, event: Any) -> None:
        if event.tag is not None:
            self._fault(event, "tags that begin with `!` are not supported; remove this one")

    def _count(self, event: yaml.Event, nodes: int, text: int) -> None:
        self._nodes += nodes
        self._text += text
        if self._nodes > self.most:
            self._stop(event, f"more than {self.most:,} values, aliases included")
        if self._text > MAX_TEXT:
            self._stop(event, f"more than {MAX_TEXT:,} characters, aliases included")

    def _fault(self, event: yaml.Event, message: str, key: str = "") -> None:
        self.problems.append(Problem(self.file, *_place(event), message, key))
        if len(self.problems) >= MAX_PROBLEMS:
            self._stop(event, f"{MAX_PROBLEMS} faults up to here; the rest is not read")

    def _stop(self, event: yaml.Event, message: str) -> None:
        raise LimitPassed(Problem(self.file, *_place(event), message))


def _place(event: yaml.Event) -> Place:
    mark: Any = event.start_mark
    return mark.line + 1, mark.column + 1
