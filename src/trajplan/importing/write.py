"""A bank for review as YAML: every text to the byte, every guess with a remark behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from trajplan.importing.bank import GUESSED, ReviewBank, ReviewQuestion
from trajplan.text import visible
from trajplan.vocabulary import REVIEW

SUGGESTED = "  # suggested"
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
# Line ends of YAML 1.1, a mark of byte order, and what the parser refuses raw.
_HIDDEN = frozenset("\u2028\u2029\ufeff\ufffe\uffff")
_HEAD = """\
# Imported from {source}: {count} for review.
#
# What ends with `# suggested` was guessed from the words alone. Keep it or change it, then delete
# the remark. Each question has the tag `{tag}`; delete it once you have reviewed the question.
# What each key means: `trajplan questions schema`. To check them: `trajplan questions check FILE`.
"""


def yaml_of(bank: ReviewBank, schema: str = "") -> str:
    """The whole file. `schema`: where its schema lies, for editors; empty: not said."""
    return "\n".join(_lines(bank, schema)) + "\n"


def yaml_scalar(text: str) -> str:
    """Any text as one YAML scalar on one line, equal to the byte when it is read back."""
    if '"' in text or "\\" in text:
        plain = not any(character in "\n\t" or _is_hidden(character) for character in text)
        if plain:
            return "'" + text.replace("'", "''") + "'"
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if _is_hidden(character):
        return f"\\U{ord(character):08X}"
    return character


def _is_hidden(character: str) -> bool:
    # The last two places of every plane are no characters, and parsers differ on them.
    return character in _HIDDEN or ord(character) & 0xFFFE == 0xFFFE


def _lines(bank: ReviewBank, schema: str) -> Iterator[str]:
    if schema:
        yield f"# yaml-language-server: $schema={schema}"
    count = len(bank.questions)
    questions = f"{count} question{'' if count == 1 else 's'}"
    source = " ".join(visible(bank.source).split())
    yield _HEAD.format(source=source, count=questions, tag=REVIEW).rstrip("\n")
    yield "kind: question-bank"
    yield f"id: {bank.id}"
    yield f"title: {yaml_scalar(bank.title)}"
    yield f"language: {yaml_scalar(bank.language)}{SUGGESTED if bank.language_suggested else ''}"
    yield "questions:"
    for question in bank.questions:
        yield from _question(question)


def _question(question: ReviewQuestion) -> Iterator[str]:
    yield f"  - id: {question.id}"
    yield from (f"    # {remark}" for remark in remarks(question))
    yield f"    text: {yaml_scalar(question.text)}"
    for name in GUESSED:
        mark = SUGGESTED if name in question.suggested else ""
        yield f"    {name}: {_value(question.values[name])}{mark}"
    yield f"    tags: [{', '.join(_tag(tag) for tag in question.tags)}]"


def remarks(question: ReviewQuestion) -> Sequence[str]:
    """What a coach should look at in one question."""
    notes = []
    if question.compound:
        notes.append("two questions in one?")
    if not question.asks:
        notes.append("is this a question?")
    if question.topics:
        names = ", ".join(question.topics)
        notes.append(f"`topics: [{names}]` would ask it only where that has been raised")
    if question.same_as:
        notes.append(f"the same as {question.same_as}")
    if question.almost:
        notes.append(f"almost the same as {question.almost}")
    if question.changed:
        notes.append(f"removed from the text, as no bank may hold it: {question.changed}")
    return notes


def _value(value: Any) -> str:
    return f"[{', '.join(value)}]" if isinstance(value, tuple) else str(value)


def _tag(tag: str) -> str:
    simple = tag.isascii() and tag[0].isalpha() and tag not in ("null", "true", "false")
    return tag if simple else yaml_scalar(tag)
