"""A bank for review as YAML: every text to the byte, every guess with a remark behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from trajplan.importing.bank import GUESSED, REVIEW, Imported, ImportedBank
from trajplan.text import visible

SUGGESTED = "  # suggested"
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
# Line ends of YAML 1.1, a mark of byte order, and what the parser refuses raw.
_HIDDEN = frozenset("\u2028\u2029\ufeff\ufffe\uffff")
_HEAD = """\
# Brought in from {source}: {count}, for you to look at.
#
# What ends with `# suggested` was guessed from the words alone. Keep it or change it, then take the
# remark away. Each question bears the tag `{tag}`; take it out when you have looked.
# What each key means: `trajplan questions schema`. Does all fit: `trajplan questions check FILE`.
"""


def yaml_of(bank: ImportedBank, schema: str = "") -> str:
    """The whole file. `schema`: where its schema lies, for editors; empty: not said."""
    return "\n".join(_lines(bank, schema)) + "\n"


def quoted(text: str) -> str:
    """Any text as one YAML scalar on one line, equal to the byte when it is read back."""
    if '"' in text or "\\" in text:
        plain = not any(one in "\n\t" or _is_hidden(one) for one in text)
        if plain:
            return "'" + text.replace("'", "''") + "'"
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(one: str) -> str:
    if one in _ESCAPES:
        return _ESCAPES[one]
    if _is_hidden(one):
        return f"\\U{ord(one):08X}"
    return one


def _is_hidden(one: str) -> bool:
    # The last two places of every plane are no characters, and parsers differ on them.
    return one in _HIDDEN or ord(one) & 0xFFFE == 0xFFFE


def _lines(bank: ImportedBank, schema: str) -> Iterator[str]:
    if schema:
        yield f"# yaml-language-server: $schema={schema}"
    count = len(bank.questions)
    questions = f"{count} question{'' if count == 1 else 's'}"
    source = " ".join(visible(bank.source).split())
    yield _HEAD.format(source=source, count=questions, tag=REVIEW).rstrip("\n")
    yield "kind: question-bank"
    yield f"id: {bank.id}"
    yield f"title: {quoted(bank.title)}"
    yield f"language: {quoted(bank.language)}{SUGGESTED if bank.language_suggested else ''}"
    yield "questions:"
    for one in bank.questions:
        yield from _question(one)


def _question(one: Imported) -> Iterator[str]:
    yield f"  - id: {one.id}"
    yield from (f"    # {remark}" for remark in remarks(one))
    yield f"    text: {quoted(one.text)}"
    for name in GUESSED:
        mark = SUGGESTED if name in one.suggested else ""
        yield f"    {name}: {_value(one.values[name])}{mark}"
    yield f"    tags: [{', '.join(_tag(tag) for tag in one.tags)}]"


def remarks(one: Imported) -> Sequence[str]:
    """What a coach should look at in one question."""
    found = []
    if one.compound:
        found.append("two questions in one?")
    if not one.asks:
        found.append("is this a question?")
    if one.same_as:
        found.append(f"the same as {one.same_as}")
    if one.almost:
        found.append(f"almost the same as {one.almost}")
    if one.changed:
        found.append(f"taken out of the text, as no bank may hold it: {one.changed}")
    return found


def _value(value: Any) -> str:
    return f"[{', '.join(value)}]" if isinstance(value, tuple) else str(value)


def _tag(tag: str) -> str:
    simple = tag.isascii() and tag[0].isalpha() and tag not in ("null", "true", "false")
    return tag if simple else quoted(tag)
