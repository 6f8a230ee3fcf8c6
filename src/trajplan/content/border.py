"""The border: a tree that was read becomes a checked value, or faults with their places.

Pydantic is imported here and nowhere else, and only when something is really validated.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from trajplan.content import shape
from trajplan.content.document import Document, KeyPath, Report
from trajplan.content.shape_faults import Finding, collect
from trajplan.text import did_you_mean, nearest, quote

if TYPE_CHECKING:
    from pydantic import TypeAdapter

T = TypeVar("T")
_GOES = ("unknown", "key")


@dataclass(frozen=True, slots=True)
class Checked:
    """What the border made of one file."""

    value: Any
    """The object the file describes; None when its shape is faulty."""
    stand_in: Any
    """The same with faulty values replaced, for checks that look further; None if hopeless."""
    report: Report
    """All faults so far; it doubts every value that was replaced."""


def validate(
    document: Document,
    kind: type[Any],
    *,
    renames: Mapping[str, str] | None = None,
    form: bool = False,
) -> Checked:
    """Check a document's shape against a dataclass.

    `renames`: the file's word to the field's name, where the two differ (`from` is no field name
    in Python); messages speak the file's words. `form`: be as generous as paper is: `key:` with
    nothing after it counts as left out, and a number where text is expected (`from: 2015`) is text.
    """
    report = Report(document)
    if not document.readable:
        return Checked(None, None, report)
    words = _Words(renames or {}, form)
    tree = words.to_fields(document.tree, kind, report) if renames or form else document.tree
    value, findings = _try(kind, tree)
    if value is not None:
        return Checked(value, value, report)
    _report(findings, words, kind, report)
    if any(not one.path for one in findings):
        return Checked(None, None, report)
    # A copy of its own: the document stays as it was read, and aliases no longer share values.
    tree = json.loads(json.dumps(tree))
    _mend(tree, findings, kind)
    return Checked(None, _try(kind, tree)[0], report)


class _Words:
    """Field names and the words a file uses for them."""

    def __init__(self, renames: Mapping[str, str], form: bool) -> None:
        self._fields = dict(renames)
        self._words = {name: word for word, name in renames.items()}
        self._form = form

    def word(self, name: str) -> str:
        return self._words.get(name, name)

    def path(self, path: KeyPath, kind: Any) -> KeyPath:
        """Return a path in the file's words."""
        named: list[str | int] = []
        for part in path:
            owner = shape.dataclass_of(kind)
            named.append(self.word(part) if owner and isinstance(part, str) else part)
            kind = shape.child(kind, part)
        return tuple(named)

    def to_fields(self, node: Any, kind: Any, report: Report, path: KeyPath = ()) -> Any:
        """Copy a tree, with field names for words. A field's own name is no word of the file."""
        if isinstance(node, list):
            item = shape.item_of(kind)
            return [self.to_fields(one, item, report, (*path, at)) for at, one in enumerate(node)]
        if not isinstance(node, dict):
            number = isinstance(node, int | float) and not isinstance(node, bool)
            as_text = self._form and number and str in (kinds := shape.members(kind))
            return getattr(node, "text", str(node)) if as_text and int not in kinds else node
        owner = shape.dataclass_of(kind)
        result: dict[str, Any] = {}
        for word, one in node.items():
            name = word
            here = (*path, word)
            if owner is not None:
                fields = shape.keys_of(owner)
                if word in self._words and word in fields:
                    hint = f"; did you mean `{self._words[word]}`?"
                    report.add(here, f"unknown key {quote(word)}{hint}", at_key=True)
                    continue
                if self._fields.get(word) in fields:
                    name = self._fields[word]
                if one is None and self._form and name in shape.optional_keys(owner):
                    continue
            result[name] = self.to_fields(one, shape.child(kind, name), report, here)
        return result


def _report(findings: list[Finding], words: _Words, kind: type[Any], report: Report) -> None:
    """Say what was found, once per mistake, and doubt what cannot be relied on."""
    missing = {one.path for one in findings if one.what == "missing"}
    misspelt: set[KeyPath] = set()
    for one in findings:
        if one.what != "unknown":
            continue
        known = shape.keys_of(one.owner) if one.owner else {}
        absent = [words.word(name) for name in known if name not in one.present]
        name = str(words.path(one.path, kind)[-1])
        # A key the mapping already has is rarely what a misspelt one was meant to be.
        near = nearest(name, absent)
        every = [words.word(name) for name in known]
        hint = f"; did you mean `{near}`?" if near else did_you_mean(name, every, limit=20)
        report.add(words.path(one.path, kind), f"unknown key {quote(name)}{hint}", at_key=True)
        if near:
            field = next(field for field in known if words.word(field) == near)
            misspelt.add((*one.path[:-1], field))
    for one in findings:
        path = words.path(one.path, kind)
        # What the reader has already refused needs no second sentence.
        said_before = not report.there(path)
        if one.what == "unknown" or said_before or one.path in misspelt:
            continue
        if one.what == "missing":
            report.add(path, f"missing key `{path[-1]}`")
        else:
            report.add(path, one.message, at_key=one.what == "key")
    for path in misspelt | missing | {one.path for one in findings if one.what != "unknown"}:
        report.doubt(words.path(path, kind))


def _mend(tree: Any, findings: list[Finding], kind: type[Any]) -> None:
    """Replace what is faulty in place: drop what may be absent, else put a stand-in."""
    # Keys that go are taken out last, the innermost first: mending what is in a key that goes must
    # neither miss it nor bring it back.
    for one in sorted(findings, key=lambda one: (one.what in _GOES, -len(one.path))):
        holder, holder_kind = tree, kind
        for part in one.path[:-1]:
            holder, holder_kind = holder[part], shape.child(holder_kind, part)
        last = one.path[-1]
        owner = shape.dataclass_of(holder_kind)
        droppable = one.what in _GOES or (owner is not None and last in shape.optional_keys(owner))
        if droppable and isinstance(holder, dict):
            holder.pop(last, None)
        else:
            holder[last] = shape.stand_in(shape.child(holder_kind, last))


def _try(kind: Any, tree: Any) -> tuple[Any, list[Finding]]:
    """Return the value, or None and what is wrong."""
    from pydantic import ValidationError

    try:
        # Strict Python validation refuses dicts for dataclasses; strict JSON is what is meant.
        return _adapter(kind).validate_json(json.dumps(tree), strict=True), []
    except ValidationError as fault:
        errors: list[Any] = fault.errors(include_url=False, include_input=False)
        return None, collect(errors, tree, kind)


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter

    return TypeAdapter(kind)
