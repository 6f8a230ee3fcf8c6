"""Question banks: each question judged, sequences, near-duplicates, and what they cover.

Sequences: no jump too far, no solution before the situation, no offer unasked. Sources: R63
(sequencing), R64 (breadth and level), R53 (solution trap), R69 (permission).

Two questions count as near-duplicates when their words in order, or their words of substance, are
at least 80 % the same. Not every pair is compared, only those that share one of the later one's
rarest words, as almost equal questions do unless it is just the rare words in which they differ;
and of many such, the nearest ones.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from msgspec import Struct

from trajplan.content.document import KeyPath, SourceDocument
from trajplan.content.model import NAMES, THEIR_MATTER, Question, QuestionBank
from trajplan.lint.hints import Finding, FindingInFile, HintInFile, hints_in_file, make_finding
from trajplan.lint.judge import FOR_ANYBODY, SPOKEN, Judgement, judge
from trajplan.lint.languages import ENGLISH, is_english
from trajplan.lint.phrases import words_in
from trajplan.lint.sentence_forms import DETERMINERS
from trajplan.lint.turns import turn_of
from trajplan.lint.words import PAUSES, WH, words_of
from trajplan.text import pattern
from trajplan.vocabulary import LEVELS

_LOOSE = pattern(
    r"(?<!all )(?<!as you see )\b(?:it|them|those|these|this|that)(?: all)?"
    r"(?: together| out| through| again| now| then| yet| for a while| again now)?\s*[?.]$"
    r"|\bit's really\b|\bit look when\b",
    re.IGNORECASE,
)
"""What points back at the end of a question."""
_STRONG = 4.5
_NOTHING = 1.0
"""A level is in doubt when this much speaks for another, and less than one pattern for it."""


class BankFile(Struct, frozen=True):
    """A bank with the file it was read from."""

    document: SourceDocument
    bank: QuestionBank


def lint_banks(
    banks: Sequence[BankFile], beside: Sequence[BankFile] = ()
) -> tuple[HintInFile, ...]:
    """All hints about some banks, in the order of their lines.

    `beside`: banks that near-duplicates are looked for in as well, and nothing else.
    """
    twins = _twins(banks, beside)
    hints: list[HintInFile] = []
    for file in banks:
        in_file = [*_questions(file, twins), *_sequences(file)]
        hints += sorted(in_file, key=lambda hint: hint.line)
    return tuple(hints)


def _questions(file: BankFile, twins: Mapping[int, Sequence[Question]]) -> Iterator[HintInFile]:
    # Inside a sequence each question supplies those after it (R122).
    supplied = {name for sequence in file.bank.sequences for name in sequence.questions[1:]}
    for index, question in enumerate(file.bank.questions):
        path: KeyPath = ("questions", index)
        english = _is_english(file.bank, question)
        # What they bring is what `it` is in a question of that topic.
        has_matter = THEIR_MATTER in question.topics
        leans = bool(question.leans_on) or question.id in supplied or has_matter
        findings = list(_findings(question, path, leans=leans)) if english else []
        findings += [
            FindingInFile((*path, "text"), _twin(other))
            for other in twins.get(id(question), ())[:1]
        ]
        yield from hints_in_file(file.document, question.id, path, findings, question.silence)


def _is_english(bank: QuestionBank, question: Question) -> bool:
    """Whether the rules, which know English alone, have anything to say of a question."""
    return bank.language.split("-")[0] == ENGLISH and is_english(question.text, ENGLISH)


def _findings(question: Question, path: KeyPath, *, leans: bool) -> Iterator[FindingInFile]:
    # A question with a topic waits until the client has raised it, so it may take it as given.
    judgement = judge(question.text, SPOKEN if question.topics else FOR_ANYBODY)
    for finding in judgement.findings:
        # The tag says that it offers, and sequences see to the asking.
        if not (finding.hint == "offer-without-permission" and OFFER in question.tags):
            yield FindingInFile((*path, "text"), finding)
    loose = "" if leans else _points_at_nothing(question.text)
    if loose:
        yield FindingInFile((*path, "text"), make_finding("dangling", loose))
    doubt = level_doubt(question.level, judgement)
    if doubt:
        yield FindingInFile((*path, "level"), doubt)


def _points_at_nothing(text: str) -> str:
    """The `it` or `them` of a question that leans on nothing, where no word before can be meant by
    it (R122); empty where there is none. `All this` means how things are."""
    match = _LOOSE.search(text)
    before = words_of(text[: match.start()]).line if match else ""
    named = (DETERMINERS - WH | {"something", "somebody"}) & set(before.split())
    return match[0].strip(" ?") if match and not named else ""


def level_doubt(label: str, judgement: Judgement) -> Finding | None:
    """A finding when much speaks for another level than the label, and nothing for the label."""
    reading = judgement.reading
    weights = {str(level): weight for level, weight in reading.weights.items()}
    if reading.level == label or weights[reading.level] < _STRONG or weights[label] >= _NOTHING:
        return None
    words = f"labelled {label}, the words read as {reading.level}; check what it is for"
    return make_finding("level-in-doubt", "", words)


def _twins(
    banks: Sequence[BankFile], beside: Sequence[BankFile]
) -> Mapping[int, Sequence[Question]]:
    """For each question, by identity, those before it that are almost the same.

    A silence at either of the two is enough.
    """
    questions = [
        question
        for file in (*beside, *banks)
        for question in file.bank.questions
        # By its name a matter is asked the same as without.
        if not any(name in question.text for name in NAMES)
    ]
    twins: defaultdict[int, list[Question]] = defaultdict(list)
    for pair in near_duplicates([question.text for question in questions]):
        earlier, later = questions[pair.earlier], questions[pair.later]
        silent = [twin for twin in (earlier, later) if "near-duplicate" in twin.silence]
        for twin in silent or [later]:
            twins[id(twin)].append(earlier if twin is later else later)
    return twins


def _twin(other: Question) -> Finding:
    return make_finding("near-duplicate", "", f"almost the same as `{other.id}`: {other.text}")


def _sequences(file: BankFile) -> Iterator[HintInFile]:
    questions = {question.id: question for question in file.bank.questions}
    if not all(_is_english(file.bank, question) for question in questions.values()):
        return
    for index, sequence in enumerate(file.bank.sequences):
        path: KeyPath = ("sequences", index)
        findings = [
            FindingInFile((*path, "questions", number), what)
            for number, what in findings_in([questions[name] for name in sequence.questions])
        ]
        yield from hints_in_file(file.document, sequence.id, path, findings, sequence.silence)


FAR = 3
"""Steps of breadth between two questions from which on one is missing in between."""
# A model's own steps: what asks for solutions, and what should come before it.
SOLVING = frozenset(("options", "will", "test", "affirm", "action", "way-forward"))
EXPLORING = frozenset(("goal", "reality", "outcome", "evidence", "scaling", "context", "situation"))
OFFER, LEAVE = "offer", "permission"
"""Tags of a question that offers the coach's own idea, and of one that asks leave to."""


def findings_in(questions: Sequence[Question]) -> Iterator[tuple[int, Finding]]:
    """What is wrong with a sequence: the position (from 0) and the finding."""
    for index, (before, after) in enumerate(pairwise(questions), 1):
        yield from ((index, finding) for finding in _jump(before, after))
    yield from _solution_first(questions)
    yield from _offer_unasked(questions)


def _jump(before: Question, after: Question) -> Iterator[Finding]:
    fall = before.breadth - after.breadth
    rise = LEVELS.index(after.level) - LEVELS.index(before.level)
    if fall >= FAR:
        words = f"breadth falls from {before.breadth} to {after.breadth} in one step"
    elif rise == 2 and fall >= 2:
        words = f"from {before.level} to {after.level} in one step, and to something narrower"
    else:
        return
    yield make_finding("sequence-jump", after.id, f"{words}; put a question in between")


def _solution_first(questions: Sequence[Question]) -> Iterator[tuple[int, Finding]]:
    for index, question in enumerate(questions):
        later = [other for other in questions[index + 1 :] if other.stage in EXPLORING]
        if question.stage in SOLVING and later:
            before = f"`{question.id}` ({question.stage}) comes before"
            words = f"{before} `{later[0].id}` ({later[0].stage}); explore first"
            yield index, make_finding("solution-trap", question.id, words)
            return


def _offer_unasked(questions: Sequence[Question]) -> Iterator[tuple[int, Finding]]:
    for index, question in enumerate(questions):
        if OFFER in question.tags and not any(_asks_leave(other) for other in questions[:index]):
            yield index, make_finding("offer-without-permission", question.id)


def _asks_leave(question: Question) -> bool:
    last = turn_of(question.text).last
    return LEAVE in question.tags or (last is not None and last.form == "permission")


SAME_ORDER = 0.8
SAME_WORDS = 0.8
_RAREST = 3
_NEAREST = 40
_FEWEST = 3
"""Words of substance below which nothing is compared: `Tell me more about that.` may come again."""
_SMALL = frozenset().union(
    *(
        words_in(section)
        for section in ("question-words", "auxiliaries", "pronouns", "determiners", "prepositions")
    ),
    ("and", "or", "but", "if", "n't", "not", "me", "so", "as", "than", "then", "us"),
)


class Twins(Struct, frozen=True):
    """Two texts that are almost the same, by their positions (from 0)."""

    earlier: int
    later: int


def near_duplicates(texts: Sequence[str]) -> Iterator[Twins]:
    """Yield each pair once, by the position of the later text."""
    spoken = [[word for word in words_of(text).words if word not in PAUSES] for text in texts]
    substance = [frozenset(_stem(word) for word in words if word not in _SMALL) for words in spoken]
    common = Counter(word for words in substance for word in words)
    sharing: defaultdict[str, list[int]] = defaultdict(list)
    for index, words in enumerate(substance):
        if len(words) < _FEWEST:
            continue
        rare = sorted(words, key=lambda word: (common[word], word))[:_RAREST]
        nearby = sorted({other for word in rare for other in sharing[word][-_NEAREST:]})
        for other in nearby:
            if _alike(spoken[other], spoken[index], substance[other], words):
                yield Twins(other, index)
        for word in words:
            sharing[word].append(index)


def _alike(
    earlier: Sequence[str], later: Sequence[str], few: frozenset[str], words: frozenset[str]
) -> bool:
    shared = len(few & words)
    if shared >= 3 and shared / len(few | words) >= SAME_WORDS:
        return True
    # Words that one of them lacks decide most pairs before their order is looked at.
    mine, yours = set(earlier), set(later)
    if 2 * len(mine & yours) < SAME_ORDER * (len(mine) + len(yours)):
        return False
    return SequenceMatcher(None, earlier, later, autojunk=False).ratio() >= SAME_ORDER


def _stem(word: str) -> str:
    """The word without an English ending, roughly: enough to see `walk` in `walking`."""
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) > 3:
            return word[: -len(ending)]
    return word
