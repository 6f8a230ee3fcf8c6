"""Texts that must say something; ids: their form, and that each is there once; and what YAML takes
away from words that were typed without quotes (F5, F6).

A form holds what people said, and people say `#1` and use commas. Where YAML would read such words
as something else, the form is refused, or a hint says what was read.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from msgspec import Struct

from trajplan.content.document import KeyPath, Place, Report, View
from trajplan.content.kinds import not_an_id
from trajplan.content.shape import child, item_of, keys_of, members
from trajplan.text import pattern, quote

_THOUSANDS = pattern(r"\d{3}(?!\d)")
_COMMENT = pattern("[ \t]+(#[^\r\n\x85\u2028\u2029]*)")


class HasId(Protocol):
    """A part of a file that is known by its id."""

    @property
    def id(self) -> str:
        """Its name, once in the file."""


def check_id(name: str, path: KeyPath, report: Report, *, underscores: bool = False) -> bool:
    """Report an id that is not made of small letters, digits and hyphens; whether it was good."""
    letters = not_an_id(name, underscores=underscores)
    if letters:
        report.add(path, f"an id is made of {letters}, found {quote(name)}")
    return not letters


def check_ids(
    parts: Sequence[HasId], path: KeyPath, report: Report, *, underscores: bool = False
) -> None:
    """Report malformed ids in a list of parts, and the second and later that bear one id."""
    first: dict[str, KeyPath] = {}
    for index, part in enumerate(parts):
        where = (*path, index, "id")
        if not check_id(part.id, where, report, underscores=underscores):
            continue
        if part.id in first:
            line = report.document.place(first[part.id])[0]
            report.add(where, f"there are two {path[-1]} `{part.id}`; the first is on line {line}")
        else:
            first[part.id] = where


def check_texts(value: Any, view: View, path: KeyPath = ()) -> None:
    """Report texts that are empty or blank. Ids have a check of their own.

    A text whose default is the empty text may be empty: there it means "not said".
    """
    if isinstance(value, str):
        if not value.strip():
            view.add(path, "the text is empty")
    elif isinstance(value, tuple):
        for index, inner in enumerate(value):
            check_texts(inner, view, (*path, index))
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            check_texts(inner, view, (*path, str(key)))
    elif isinstance(value, Struct):
        for word, field in keys_of(type(value)).items():
            if field.name != "id" and field.default != "":
                check_texts(getattr(value, field.name), view, (*path, word))


def check_typed_text(source: str, report: Report, shape: type) -> None:
    """Report words behind a text that are a comment to YAML, and hint at lists cut at a comma.

    A file that cannot be read as it stands has to be mended first.
    """
    if report.document.problems:
        return
    import yaml

    tokens = _tokens(source)
    for path, place in report.document.values.items():
        value, kind = _at(report.document.tree, shape, path)
        token = tokens.get(place)
        if isinstance(value, str) and _holds_text(kind):
            if isinstance(token, yaml.ScalarToken) and token.plain:
                _refuse_comment(path, source[token.end_mark.index :], report)
        elif isinstance(token, yaml.FlowSequenceStartToken) and _holds_text(item_of(kind)):
            _hint_at_commas(path, value, tokens, report)


def _holds_text(kind: Any) -> bool:
    """Whether somebody's own words may stand there; a word out of several is none."""
    return any(member in (str, Any) for member in members(kind))


def _refuse_comment(path: KeyPath, behind: str, report: Report) -> None:
    comment = _COMMENT.match(behind)
    if comment:
        report.add(
            path,
            f"to YAML, {quote(comment[1])} is a comment and no part of the text; put the text in "
            "quotes, or a remark on a line of its own",
        )


def _hint_at_commas(
    path: KeyPath, items: list[Any], tokens: Mapping[Place, Any], report: Report
) -> None:
    """`[Passed over again, in public]` is two: an item in small letters after one in capitals; and
    so is `[At least £41,000]`, three digits after a digit."""
    import yaml

    plain = [
        (str(item), isinstance(token, yaml.ScalarToken) and token.plain)
        for index, item in enumerate(items)
        for token in [tokens.get(report.document.place((*path, index)))]
    ]
    for (before, _), (item, is_plain) in itertools.pairwise(plain):
        is_sentence = " " in before and before[:1].isupper() and item[:1].islower()
        is_number = before[-1:].isdigit() and _THOUSANDS.match(item) is not None
        if is_plain and (is_sentence or is_number):
            report.hint(
                path,
                f"this is a list of {len(items)}: {quote(before)} and {quote(item)} are two; where "
                "they are one, begin each item on a line of its own with `- `",
            )
            return


def _at(tree: Any, kind: Any, path: KeyPath) -> tuple[Any, Any]:
    """What stands at a path, and the type it has there."""
    for part in path:
        tree, kind = tree[part], child(kind, part)
    return tree, kind


def _tokens(source: str) -> Mapping[Place, Any]:
    """The pieces that a file is made of, by the place where they begin."""
    import yaml

    return {
        (token.start_mark.line + 1, token.start_mark.column + 1): token
        for token in yaml.scan(source, Loader=yaml.CSafeLoader)
        if isinstance(token, yaml.ScalarToken | yaml.FlowSequenceStartToken)
    }
