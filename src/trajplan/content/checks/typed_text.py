"""What YAML takes away from words that were typed without quotes (F5, F6).

A form holds what people said, and people say `#1` and use commas. Where YAML would read such words
as something else, the form is refused, or a hint says what was read.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import Any

import yaml

from trajplan.content.document import KeyPath, Place, Report
from trajplan.content.shape import child, item_of, members
from trajplan.text import pattern, quote

_COMMENT = pattern("[ \t]+(#[^\r\n\x85\u2028\u2029]*)")


def check_typed_text(source: str, report: Report, shape: type) -> None:
    """Report words behind a text that are a comment to YAML, and hint at lists cut at a comma.

    A file that cannot be read as it stands has to be mended first.
    """
    if report.document.problems:
        return
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
    """`[Passed over again, in public]` is two: an item in small letters after one in capitals."""
    plain = [
        (str(item), isinstance(token, yaml.ScalarToken) and token.plain)
        for index, item in enumerate(items)
        for token in [tokens.get(report.document.place((*path, index)))]
    ]
    for (before, _), (item, is_plain) in itertools.pairwise(plain):
        if is_plain and " " in before and before[:1].isupper() and item[:1].islower():
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
    return {
        (token.start_mark.line + 1, token.start_mark.column + 1): token
        for token in yaml.scan(source, Loader=yaml.CSafeLoader)
        if isinstance(token, yaml.ScalarToken | yaml.FlowSequenceStartToken)
    }
