"""Where the coach's own answer shows: leading, advice in disguise, offers unasked, promises.

Sources: R23 (advice dressed as a question, promised outcomes), R69 (an offer is preceded by
asking), R53 (no solutions before exploring).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from trajplan.lint.hints.finding import Finding, first_match
from trajplan.lint.phrases import any_of, each_of
from trajplan.lint.sentences import Sentence
from trajplan.lint.turns import Turn

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
_TOLD = re.compile(r"\b(?:should|ought|need to|have to|must|better)\b")


def leading(turn: Turn) -> Iterator[Finding]:
    """The answer wished for shows through."""
    for sentence in turn.sentences:
        found = _leading_in(sentence)
        if found:
            yield found
            return


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


def advice(turn: Turn) -> Iterator[Finding]:
    """What to do is in it already (R23)."""
    for sentence in turn.sentences:
        found = _advice_in(sentence)
        if found:
            yield found
            return


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
    somebody, told = _SOMEBODY_ELSE.search(line), _TOLD.search(line)
    return bool(somebody and (not told or somebody.start() < told.start()))


def offer(turn: Turn) -> Iterator[Finding]:
    """The coach's own idea or experience, unasked (R69)."""
    for at, sentence in enumerate(turn.sentences):
        # Leave asked before the offer, or right behind it.
        if any(one.form == "permission" for one in turn.sentences[: at + 2]):
            return
        if sentence.is_open and sentence.form != "invitation":
            continue
        found = first_match("offer-without-permission", _OFFER, sentence.core)
        if found:
            yield found
            return


def promise(turn: Turn) -> Iterator[Finding]:
    """An outcome nobody can promise (R23)."""
    for sentence in turn.sentences:
        if sentence.form in ("question-word", "prompt"):
            continue
        if _ONLY_SUPPOSED.match(sentence.core.line):
            continue
        found = first_match("promise", _PROMISE, sentence.core)
        if found:
            yield found
            return
