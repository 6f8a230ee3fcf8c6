"""How a text sounds to the person: steering, blame, jargon, and what it presumes.

Steering is where the coach's own answer shows: leading, advice in disguise, offers unasked,
promises. Sources: R23 (advice dressed as a question, promised outcomes), R69 (an offer is preceded
by asking), R53 (no solutions before exploring), R46, R72, R100 (tone).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from trajplan.lint.hints import Finding, first_match, make_finding
from trajplan.lint.phrases import any_of, each_of, sections
from trajplan.lint.turns import Sentence, Turn, turn_of

_LEADING_ASKED = each_of("steering", "leading-asked")
_LEADING_SAID = each_of("steering", "leading-said")
_LEADING_TAG = any_of("steering", "leading-tag")
_ADVICE_ASKED = each_of("steering", "advice-asked")
_ADVICE_SAID = each_of("steering", "advice-said")
_SOMEBODY_ELSE = any_of("steering", "somebody-else-says")
_OFFER = each_of("steering", "offer")
_PROMISE = each_of("steering", "promise")
_ONLY_SUPPOSED = any_of("steering", "only-supposed")
_TOGETHER = any_of("forms", "together")
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
