"""Plain text: one question a line, from a file, from standard input, or out of foreign YAML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from trajplan.content.document import KeyPath, SourceDocument
from trajplan.lint.banks import near_duplicates
from trajplan.lint.hints import Finding, HintInFile, make_finding
from trajplan.lint.judge import FOR_ANYBODY, SPOKEN, Rule, judge
from trajplan.lint.languages import language_of, may_be_english
from trajplan.text import pattern
from trajplan.vocabulary import Level

_HEADING = pattern(r"\s*#{1,6}\s")
NumberedText = tuple[int, str]
"""A text and its line, from 1; blank lines count."""
_TEXT_KEYS = ("text", "question", "questions", "prompt", "ask")


class JudgedLine(Struct, frozen=True):
    """One line with what the lint makes of it."""

    line: int
    """From 1; blank lines count."""
    text: str
    findings: tuple[Finding, ...]
    level: Level | None
    """Suggested; None where the text is in a language the lint does not know."""
    open: bool | None
    """None likewise."""


def judge_conversation(lines: Sequence[NumberedText]) -> tuple[JudgedLine, ...]:
    """Judge what a coach said, line by line. What it presumes about a client is not judged: in a
    conversation the coach may know."""
    return _judged(lines, SPOKEN)


def lint_texts(texts: Sequence[NumberedText], file: str) -> tuple[HintInFile, ...]:
    """Hints about questions for any client, whatever file they were read from."""
    return hints_about(_judged(texts, FOR_ANYBODY), file)


def spoken_lines(text: str, *, headings: bool = False) -> list[NumberedText]:
    """The lines of a plain text that say something, as an editor counts them: other control
    characters end no line. `headings`: Markdown, whose headings ask nothing."""
    lines = ((number, line.rstrip("\r")) for number, line in enumerate(text.split("\n"), 1))
    return [
        (number, line)
        for number, line in lines
        if line.strip() and not (headings and _HEADING.match(line))
    ]


def questions_in(document: SourceDocument) -> list[NumberedText]:
    """Whatever looks like a question in a YAML file of unknown shape."""
    return list(_texts(document, document.tree, ()))


def _judged(lines: Sequence[NumberedText], rules: tuple[Rule, ...]) -> tuple[JudgedLine, ...]:
    texts = [line for _, line in lines]
    twins = {pair.later: lines[pair.earlier][0] for pair in near_duplicates(texts)}
    around = language_of(texts)
    result = []
    for index, (number, line) in enumerate(lines):
        again = [_again(twins[index])] if index in twins else []
        if not may_be_english(line, around):
            result.append(JudgedLine(number, line, tuple(again), None, None))
            continue
        judgement = judge(line, rules)
        findings = (*judgement.findings, *again)
        result.append(
            JudgedLine(number, line, findings, judgement.reading.level, judgement.is_open)
        )
    return tuple(result)


def _again(line: int) -> Finding:
    return make_finding("near-duplicate", "", f"almost the same as line {line}; keep one")


def hints_about(lines: Sequence[JudgedLine], file: str) -> tuple[HintInFile, ...]:
    """What was found in these lines, each with its place."""
    return tuple(
        HintInFile(file, judged.line, finding.hint, "", finding.words, finding.message)
        for judged in lines
        for finding in judged.findings
    )


def _texts(document: SourceDocument, node: Any, path: KeyPath) -> Iterator[NumberedText]:
    """Texts that end in a question mark or stand under a key that promises a question."""
    if isinstance(node, str):
        named = any(part in _TEXT_KEYS for part in path[-2:])
        if node.strip() and (named or node.rstrip().endswith("?")):
            yield document.place(path)[0], " ".join(node.split())
    elif isinstance(node, list):
        for index, inner in enumerate(node):
            yield from _texts(document, inner, (*path, index))
    elif isinstance(node, Mapping):
        for key, inner in node.items():
            yield from _texts(document, inner, (*path, key))
