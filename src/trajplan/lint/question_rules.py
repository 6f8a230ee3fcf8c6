"""How a question is built: closed, stacked, too long (SPEC E: one question, one breath)."""

from __future__ import annotations

from collections.abc import Sequence

from trajplan.lint.hints import Finding, make_finding
from trajplan.lint.phrases import any_of, words_in
from trajplan.lint.sentence_forms import AUX, DETERMINERS, POINTERS, PREPOSITIONS, PRONOUNS, WH
from trajplan.lint.turns import Sentence, Turn, is_greeting
from trajplan.lint.words import PAUSES

MAX_WORDS = 15
_JOINERS = frozenset(("and", "or", "but"))
_LINKS = _JOINERS | {"then", "so", "also", "if"}
_TOGETHER = any_of("forms", "together")
_SIDES = tuple(pair.split("/") for pair in words_in("two-sides"))


def closed(turn: Turn) -> Finding | None:
    """Yes or no would do. Asking leave is closed by nature and no fault (R69)."""
    last = turn.last
    if last is None or last.is_open or last.form == "permission":
        return None
    # `Why don't we start there?` proposes how to go on, and explores nothing.
    if last.form == "suggestion" and _TOGETHER.match(last.core.line):
        return None
    return make_finding("closed", last.asked)


def too_long(turn: Turn) -> Finding | None:
    """A question of more than fifteen words."""
    spoken = next((words for words in map(_spoken, turn.asking) if words > MAX_WORDS), 0)
    if not spoken:
        return None
    words = f"{spoken} words are too many for one breath; ask it in {MAX_WORDS} or fewer"
    return make_finding("too-long", "", words)


def _spoken(sentence: Sentence) -> int:
    return sentence.core.spoken


def stacked(turn: Turn) -> Finding | None:
    """Two questions, or two ideas in one."""
    forms = ("question-word", "yes-no", "suggestion")
    full = [
        sentence
        for sentence in turn.asking
        # One or two words only lead up to the next question: `How so? What happened?`
        if sentence.form in forms and sentence.core.spoken > 2 and not is_greeting(sentence)
    ]
    if len(full) > 1:
        return make_finding("stacked", full[-1].asked)
    second = next(filter(None, map(_second_question, turn.asking)), "")
    return make_finding("stacked", second) if second else None


def _second_question(sentence: Sentence) -> str:
    """The words that begin a second question in the same sentence, or nothing."""
    words = sentence.core.words
    leading = _first_question(sentence)
    if leading is None:
        return ""
    for index in range(leading + 2, len(words) - 1):
        before = words[index - 1]
        behind = index + 1 if words[index] in PREPOSITIONS and words[index + 1] in WH else index
        joined = before in _JOINERS or (before in ("then", "also") and words[index - 2] in _JOINERS)
        listed = before in PAUSES - {":", "("}
        if words[behind] in WH and (joined or listed):
            if _is_second(words, leading, behind, joined, sentence.form):
                return sentence.core.written(index)
        elif (
            words[index] in AUX
            and before == "and"
            and words[index + 1] in PRONOUNS - POINTERS - {"it", "there"}
            and sentence.form != "invitation"
        ):
            return sentence.core.written(index)
    return ""


def _first_question(sentence: Sentence) -> int | None:
    """Where the first question of the sentence begins."""
    if sentence.form in ("yes-no", "invitation"):
        return sentence.ask
    if sentence.form != "question-word":
        return None
    words = sentence.core.words
    return next((index for index in range(sentence.ask, len(words)) if words[index] in WH), None)


def _is_second(words: Sequence[str], leading: int, second: int, joined: bool, form: str) -> bool:
    """Whether the question word at `at` begins a question of its own."""
    clause = _clause(words, second + 1)
    if not clause or words[second - 2] in WH:
        return False  # `and why?` asks for more of the same; `who or what` is one subject
    turned = _is_turned(clause)
    if not joined:
        # Behind a comma only a clause with its verb turned round is a question of its own, and
        # only when the one before it was one too.
        alone = turned and form == "question-word" and _is_turned(words[leading + 1 : second])
        return alone and not _is_one_idea(words, leading, second)
    if form == "invitation":
        spoken_of = words[second] in words[leading + 2 : second - 1]
        return words[second] in ("what", "how", "why", "who") and len(clause) > 1 and not spoken_of
    if turned:
        return not _is_one_idea(words, leading, second)
    # A question word that is its own subject: `Who will help and what needs to happen?`
    before = next(
        (index for index in range(second - 1, leading - 1, -1) if words[index] in WH), leading
    )
    if words[before] == words[second] or clause[0] in PRONOUNS | DETERMINERS | {"to"}:
        return False
    own = words[second] in ("what", "who", "which") and len(clause) > 1
    return own and _is_turned(words[before + 1 : second - 1])


def _clause(words: Sequence[str], start: int) -> Sequence[str]:
    end = next((index for index in range(start, len(words)) if words[index] in PAUSES), len(words))
    return words[start:end]


def _is_turned(clause: Sequence[str]) -> bool:
    """Whether a clause behind its question word has the verb before the subject."""
    for index, word in enumerate(clause[:5]):
        if word in PAUSES or word in PRONOUNS:
            return False
        if word in AUX:
            return any(following != "n't" for following in clause[index + 1 :])
    return False


def _is_one_idea(words: Sequence[str], leading: int, start: int) -> bool:
    """Whether the second question is the first one's other side, or the first one again."""
    first = [word for word in words[leading:start] if word not in PAUSES | _LINKS]
    second = list(_clause(words, start))
    if first[:1] != second[:1]:
        return False
    if first[0] in ("which", "who"):
        return True  # two picks from the same few
    if any(set(sides) <= {*first} | {*second} for sides in _SIDES):
        return True
    # The same question of two things, short enough for one breath.
    return first[:3] == second[:3] and len(first) + len(second) <= 12
