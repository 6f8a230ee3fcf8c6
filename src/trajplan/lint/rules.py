"""What a turn may be faulted for, a function a hint: how a question is built, and how it sounds.

Built: closed, stacked, too long (one question, one breath). Sounds: steering, where the
coach's own answer shows (leading, advice in disguise, offers unasked, promises), blame, jargon, and
what it presumes. Sources: R23 (advice dressed as a question, promised outcomes), R69 (an offer is
preceded by asking), R53 (no solutions before exploring), R46, R72, R100 (tone).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from trajplan.lint.hints import Finding, first_match, make_finding
from trajplan.lint.phrases import any_of, each_of, sections, words_in
from trajplan.lint.sentence_forms import AUX, DETERMINERS, POINTERS, PREPOSITIONS, PRONOUNS
from trajplan.lint.turns import Sentence, Turn, is_greeting, turn_of
from trajplan.lint.words import PAUSES, WH

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
    lengths = (sentence.core.spoken for sentence in turn.asking)
    spoken = next((length for length in lengths if length > MAX_WORDS), 0)
    if not spoken:
        return None
    words = f"{spoken} words are too many for one breath; ask it in {MAX_WORDS} or fewer"
    return make_finding("too-long", "", words)


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


_LEADING_ASKED = each_of("steering", "leading-asked")
_LEADING_SAID = each_of("steering", "leading-said")
_LEADING_TAG = any_of("steering", "leading-tag")
_ADVICE_ASKED = each_of("steering", "advice-asked")
_ADVICE_SAID = each_of("steering", "advice-said")
_SOMEBODY_ELSE = any_of("steering", "somebody-else-says")
_OFFER = each_of("steering", "offer")
_PROMISE = each_of("steering", "promise")
_ONLY_SUPPOSED = any_of("steering", "only-supposed")
_ADVICE = "advice-in-disguise"
_ADVICE_WORD = re.compile(r"\b(?:should|ought|need to|have to|must|better)\b")


def first_in(
    sentences: Iterable[Sentence], find: Callable[[Sentence], Finding | None]
) -> Finding | None:
    """The first finding in a turn: what is said once is enough to look at it again."""
    return next(filter(None, map(find, sentences)), None)


def leading(turn: Turn) -> Finding | None:
    """The answer wished for shows through."""
    return first_in(turn.sentences, _leading_in)


def _leading_in(sentence: Sentence) -> Finding | None:
    core = sentence.core
    if sentence.form == "tag":
        tag = first_match("leading", (_LEADING_TAG,), core)
        if tag:
            return tag
    if sentence.asks and sentence.form not in ("permission", "suggestion"):
        asked = first_match("leading", _LEADING_ASKED, core)
        if asked:
            return asked
    if sentence.form in ("statement", "said-as-question"):
        return first_match("leading", _LEADING_SAID, core)
    return None


def advice(turn: Turn) -> Finding | None:
    """What to do is in it already (R23)."""
    return first_in(turn.sentences, _advice_in)


def _advice_in(sentence: Sentence) -> Finding | None:
    core = sentence.core
    if sentence.form == "permission" or (sentence.asks and _TOGETHER.match(core.line)):
        return None
    asked = first_match(_ADVICE, _ADVICE_ASKED, core) if sentence.asks else None
    if asked or sentence.form not in ("statement", "said-as-question", "tag"):
        return asked
    return None if _is_reported(core.line) else first_match(_ADVICE, _ADVICE_SAID, core)


def _is_reported(line: str) -> bool:
    """Whether it is only what somebody else thinks: `You said you should stay`."""
    reported, advice_word = _SOMEBODY_ELSE.search(line), _ADVICE_WORD.search(line)
    return bool(reported and (not advice_word or reported.start() < advice_word.start()))


def offer(turn: Turn) -> Finding | None:
    """The coach's own idea or experience, unasked (R69)."""
    for index, sentence in enumerate(turn.sentences):
        # Leave asked before the offer, or right behind it.
        if any(near.form == "permission" for near in turn.sentences[: index + 2]):
            return None
        if sentence.is_open and sentence.form != "invitation":
            continue
        if finding := first_match("offer-without-permission", _OFFER, sentence.core):
            return finding
    return None


def promise(turn: Turn) -> Finding | None:
    """An outcome nobody can promise (R23)."""
    return first_in(turn.sentences, _promise_in)


def _promise_in(sentence: Sentence) -> Finding | None:
    supposed = _ONLY_SUPPOSED.match(sentence.core.line)
    if supposed or sentence.form in ("question-word", "prompt"):
        return None
    return first_match("promise", _PROMISE, sentence.core)


_WHY = any_of("tone", "why-at-the-person")
_WHY_FOR_A_VIEW = any_of("tone", "why-for-a-view")
_BLAME = each_of("tone", "blame")
_NO_BLAME = any_of("tone", "no-blame")
_JARGON = each_of("tone", "jargon")


def why_blame(turn: Turn) -> Finding | None:
    """A `why` aimed at the person; `why might that be` is aimed at the thing."""
    return first_in(turn.asking, _why_in)


def _why_in(sentence: Sentence) -> Finding | None:
    if sentence.form == "suggestion" or _WHY_FOR_A_VIEW.search(sentence.core.line):
        return None
    return first_match("why-blame", (_WHY,), sentence.core)


def blame(turn: Turn) -> Finding | None:
    """Words that find fault with the person (R100)."""
    return first_in(turn.sentences, _blame_in)


def _blame_in(sentence: Sentence) -> Finding | None:
    if _NO_BLAME.search(sentence.core.line):
        return None
    return first_match("blame", _BLAME, sentence.core)


def jargon(turn: Turn) -> Finding | None:
    """Words a neighbour would not use."""
    return first_in(turn.sentences, lambda sentence: first_match("jargon", _JARGON, sentence.whole))


_PRESUMED = {what: any_of("presumes", what) for what in sections("presumes")}
_IF_ANY = re.compile(
    r"\bif (?:any|there is|there are|you have)\b|\bif anyone's\b|\bor no(?:ne|body)?\b"
)


def presumes(turn: Turn) -> Finding | None:
    """What not every client has: partner, children, ambition, money, health, boss, office.

    Judged in content that is meant for any client, never in a conversation, where the coach may
    know.
    """
    return first_in(turn.sentences, _presumed_in)


def _presumed_in(sentence: Sentence) -> Finding | None:
    line = sentence.whole.line
    if _IF_ANY.search(line):
        return None
    for what, pattern in _PRESUMED.items():
        if match := pattern.search(line):
            more = f"not every client has {what}; ask so that it fits everyone"
            return make_finding("presumes", sentence.whole.quote(match), more)
    return None


_SELF_BLAME = each_of("steps", "self-blame")


def blamed(text: str) -> tuple[Finding, ...]:
    """Where a text finds fault with a person, the client's own included, once a sentence."""
    turn = turn_of(text)
    blamed_person = blame(turn)
    findings = [blamed_person] if blamed_person else []
    for sentence in turn.sentences:
        own = first_match("blame", _SELF_BLAME, sentence.core)
        if own and own.words not in {finding.words for finding in findings}:
            findings.append(own)
    return tuple(findings)
