"""A promise as the coach says it back: `You were going to ask Gary`, `You asked Gary` (R123).

What a client has promised stands in their words, and begins with what is to be done. Said back it
becomes a clause about them: `my boss` is `your boss`, and every word of it is there. Only where a
promise holds two things that are done one after the other may the second stay unsaid.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from msgspec import Struct

from trajplan.lint.labels import (
    DETERMINERS,
    JOINTS,
    NEGATED_OPENING,
    ONCE,
    OPENING,
    PAUSE,
    begins_with_verb,
    gerund,
    has_turn,
    on_one_line,
    to_client,
)
from trajplan.lint.phrases import words_in
from trajplan.text import cue_words, pattern

LONGEST = 14
"""Words of a promise that leave room for a question behind it."""
WORK_WITH = ("that", "which", "where", "in", "with")
"""Behind `work`, what makes a thing of it: `work that doesn't make me ill`."""
AMOUNTS = frozenset(cue_words("more less fewer better enough somewhere something"))
"""What somebody wants may begin with these: `more money`, `somewhere I'm asked`."""
HALVES = pattern(r",?\s+(?:and|then|and then)\s+(?=[a-z])", re.IGNORECASE)
"""Where a second thing to do may begin."""
CONDITIONS = frozenset(
    cue_words("if unless whenever while once maybe perhaps almost nearly provided except")
)
"""Words after which nobody can say that the whole of it was done."""
ARRANGES = frozenset(
    cue_words(
        "book send post apply fill sign register email order submit arrange count ask check find "
        "write list draft make sort"
    )
)
"""What is done with these is over in a moment: it is asked what came of it."""
SPEAKS_TO = frozenset(cue_words("ask tell ring call phone email write see meet visit text"))
BARE = frozenset(
    cue_words(
        "landlord landlady doctor teacher manager lady woman man girl boy boss council bank union "
        "agency solicitor lawyer accountant headteacher office secretary nurse receptionist"
    )
)
"""Somebody or something that takes an article where English is spoken."""
POINTS_BACK = frozenset(cue_words("that this so"))
"""What ends a promise and points at what was said around it: `and tell him that`."""
BARE_VERBS = frozenset(cue_words("stand sit see look talk speak work buy ask find make take walk"))
_NO_ENDS = pattern(r"(?<!,) no [a-z]+$")
_AND_NOT = pattern(
    r"\band not (?!to\b|the\b|a\b|an\b|my\b|in\b|on\b|at\b|by\b|for\b|with\b)[a-z]+\b"
)
_ANYWAY = pattern(r",?\s+(?:anyway|though|then|please)$", re.IGNORECASE)
_ASKED_INSIDE = pattern(
    r"^(?:ask|tell|find out|check)\b(?!.*\b(?:if|whether)\b).*"
    r"(?<!what )(?<!how )(?<!where )(?<!who )(?<!when )(?<!why )"
    r"(?<!he )(?<!she )(?<!it )(?<!they )(?<!you )(?<!we )(?<!i )"
    r"\b(?:am|are|is|do|does|can|may|should) (?:i|we|he|she|they|it)\b"
)
_SCRAP = pattern(
    r",\s+(?!(?:and|then|but|or|with|plus|including|not|only|just|no|if|so|even|too|first|to|in|on|"
    r"at|by|for|from|before|after|until)\b)[a-z][\w']*(?:\s+[\w']+){1,4}$",
)
WONDERING = ("ask", "check", "find")
"""Behind these, `if` is what is to be found out, and no condition."""
_DAY = (
    r"(?:(?:the\s+)?\d{1,2}(?:st|nd|rd|th)?(?:\s+(?:of\s+)?[a-z]+)?|[a-z]*day|tomorrow|tonight|"
    r"noon|easter|christmas|(?:the\s+)?end of [\w ]+|next \w+)"
)
_OF_WHOM = pattern(r"^(ask)\s+(?:them|him|her)(?=\s+for\b)", re.IGNORECASE, [" for"])
_BY_WHEN = pattern(rf"\s+by\s+{_DAY}$", re.IGNORECASE, [" by "])
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
)
_CLOCK = r"(?:\s+(?:at\s+)?\d{1,2}(?:[:.]\d\d)?\s*[ap]m)?"
_STALE = pattern(
    rf"\s+(?:(?:on|by|before|this|next|this coming)\s+(?:next\s+)?{_WEEKDAY}"
    r"(?!s?['’]|\s+(?:and|or|to)\s+\w+day\b)(?:\s+(?:morning|afternoon|evening|night))?"
    rf"(?:,?\s+(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH})?{_CLOCK}"
    rf"|(?:on|by|before)\s+(?:the\s+\d{{1,2}}(?:st|nd|rd|th)|\d{{1,2}}\s+{_MONTH})"
    r"|tomorrow(?:\s+(?:morning|afternoon|evening|night))?|tonight"
    r"|(?:this|next|over the)\s+(?:week|weekend|month))(?![\w'’]|\s+(?:mornings|evenings)\b)",
    re.IGNORECASE,
    ["day", " on ", " by ", " before ", "tomorrow", "ton", "week", "month"],
)
"""A day that is over when the promise is spoken of, and would be taken for one to come."""
_STALE_END = pattern(rf"(?P<word>\S+)\s+{_WEEKDAY}$", re.IGNORECASE, ["day"])
_WE_AND = pattern(r"\b(what|how much|how often|how) we (\w+) with ([A-Z]\w+)$", 0, [" we "])
"""`Go through what we spend with Mark`: it was to be done with Mark, and is said so."""
_OUR_WITH = pattern(
    r"(\b(?:what|how much|how often|how) we\b.*?) with\b.*$", re.IGNORECASE, [" we"]
)
"""`Go through what we spend with Mark`: said to the client, it would be spent with Mark."""
_BEFORE = pattern(
    r"\s+before\s+(?!.*\b(?:that|what|which|who|how|whether|and)\b)[^,]*$",
    re.IGNORECASE,
    [" before "],
)
_WITH_WHAT = pattern(
    r",\s+(?:with|plus|including)\s+[^,]*$", re.IGNORECASE, ["with", "plus", "including"]
)
"""`Write down every yes, with who asked`: how it was to be done, which nobody says back."""
_AND_NO_MORE = pattern(
    r",\s+(?:only|just|not more|no more|nothing else|nothing more)\b[^,]*$",
    re.IGNORECASE,
    ["only", "just", "more", "else"],
)
"""`Write what happened, not more`: how much was enough, which is over once it is done."""
_TO_ASK = pattern(
    r"\s+and\s+ask\s+(?:who|what|when|where|how|why|whether|if|which)\b.*$",
    re.IGNORECASE,
    ["ask"],
)
"""`Ring Unison and ask who comes with me`: once the answer is there, the question is stale."""
_IF_CAN = pattern(r"^((?:asked|checked|found out) .*\bif you )can\b", 0, ["if you can"])
_AS_IF = pattern(r"\bas if\b", re.IGNORECASE, ["as "])
_TURNED = (
    (r"(who|what|where|how) I am", r"\1 you are"),
    ("I was", "you were"),
    ("I am", "you're"),
    ("am I", "are you"),
    ("for me$", "for yourself"),
)
_ENDS = pattern(r"[.;:?!…—](?=\s|$)", 0, ".;:?!…—")
_UNLESS = pattern(r"\bbut (?:not|only)\b", re.IGNORECASE)
_YOU = pattern(r"\b(?:you|your|yours|yourself)\b", re.IGNORECASE, ["you"])
_SPOKEN = pattern(
    r"(?:^|\s)['“\"„«‘][^'”\"»’]*\b(?:i|me|my|i'm|we|our)\b[^'”\"»’]*['”\"»’]",
    re.IGNORECASE,
    "'“\"„«‘",
)
_OBJECT = pattern(
    r"^(?:it|that|this|them|him|her|me|us|my|our|his|their|the|a|an|each|every|some|no|one|two|"
    r"three|nobody|somebody|everybody|nothing|something|anything|everything|what\S*|who\S*|how|why|where|when|whether|if|to)$",
    re.IGNORECASE,
)


class Promise(Struct, frozen=True):
    """A promise in clauses about the client, each empty where it cannot be said truly."""

    planned: str = ""
    """`were going to ask Gary`; behind `you`, as all but `to_do`."""
    avoided: str = ""
    """`weren't going to work on Sundays`, where it is something not to do."""
    to_do: str = ""
    """`ask Gary`, without the day it is to be done by."""
    did: str = ""
    """`asked Gary`, once it is done."""
    arranged: bool = False
    """It is sent or booked: what it was like to do so says nothing."""


def promise_of(what: str) -> Promise:
    """A promise's clauses, in words to the client; of one that is too long to be said, its first
    half, where it holds two things to do."""
    words, negated = _to_be_done(_without_second(_ANYWAY.sub("", what.strip())))
    if not words or not is_plain(what):
        return Promise()
    if negated:
        return Promise(avoided=f"weren't going to {said_to_client(words)}")
    both = _WE_AND.sub(r"with \3 \1 you \2", _without_days(" ".join(words)))
    shorter = _OUR_WITH.sub(r"\1", both).split()
    words = shorter if len(shorter) > 1 else words
    words = _without_tail(words, _WITH_WHAT, _BEFORE)
    # Weeks later nobody knows whom `them` meant: `ask for ten minutes of feedback`.
    words = _OF_WHOM.sub(r"\1", " ".join(words)).split()
    if len(words) > LONGEST or words[-1].casefold() in POINTS_BACK:
        words = _first_half(words)
    return Promise(
        arranged=words[0] in ARRANGES,
        planned=f"were going to {said_to_client(words)}",
        to_do=said_to_client(_BY_WHEN.sub("", " ".join(words)).split()),
        did=_IF_CAN.sub(r"\1could", said_to_client(_past(words))),
    )


def is_plain(what: str) -> bool:
    """Whether a promise is plain English that may be said back to the one who wrote it: no verb
    behind a verb (`go stand there`), nobody without an article (`ask landlord`), no question put in
    as it was asked (`ask am I allowed`), and no scrap behind a comma (`, nobody in it`)."""
    line = OPENING.sub("", on_one_line(what))
    words = [PAUSE.sub("", word.casefold()) for word in line.split()]
    if len(words) < 2:
        return True
    if ":" in line or _NO_ENDS.search(line) or words[1] in ("it", "that"):
        return False
    first, second, third = (*words, "")[:3]
    bare = second in BARE or (third in BARE and second not in (*DETERMINERS, *JOINTS, "to", "the"))
    return not (
        (first in ("go", "come", "try") and second in BARE_VERBS)
        or (first in SPEAKS_TO and bare)
        or _AND_NOT.search(line)
        or _ASKED_INSIDE.search(" ".join(words))
        or _SCRAP.search(line)
    )


def wish_of(text: str) -> str:
    """What somebody wanted, as it follows `you wanted`: `to run a workshop`, `a job where you go
    home at five`; empty where its grammar isn't known."""
    words, negated = _to_be_done(text)
    is_thing = words[:1] == ["work"] and words[1:2] and words[1].casefold() in WORK_WITH
    if words and not negated and not is_thing:
        return f"to {said_to_client(words)}"
    words = in_english(text).split()
    if words and (is_thing or words[0].casefold() in (*DETERMINERS, *AMOUNTS)):
        return said_to_client([words[0].casefold(), *words[1:]])
    return ""


def in_english(what: str) -> str:
    """The words on one line; empty where they are of another language, of several sentences, speak
    to the coach, hang on a condition, or say what somebody shall say."""
    # Its word lists are read when there is a promise to speak of.
    from trajplan.lint.verbs import foreign

    if "\n" in what.strip() or any(
        meant_otherwise.search(what) for meant_otherwise in (_SPOKEN, _YOU, _UNLESS)
    ):
        return ""
    text = on_one_line(what).replace(" & ", " and ")
    return "" if foreign(text) or _ENDS.search(text) or re.search(r"[()\[\]{}]", text) else text


def _to_be_done(what: str) -> tuple[list[str], bool]:
    """The words from the verb on, and whether they say what is not to be done; no words where they
    begin with anything else."""
    text = in_english(what)
    negated = bool(NEGATED_OPENING.match(text))
    words = (NEGATED_OPENING if negated else OPENING).sub("", text).split()
    if words and words[0].casefold() in ("never", "i", "we"):
        negated = negated or words[0].casefold() == "never"
        words = words[1:]
    if not words or PAUSE.search(words[0]) or not begins_with_verb(words):
        return [], False
    return [words[0].casefold(), *words[1:]], negated


def _without_second(what: str) -> str:
    """`Ring Unison, ask for somebody`: the first of two things, where no `and` joins them."""
    from trajplan.lint.verbs import is_verb

    first, comma, second = what.partition(", ")
    verb, *rest = second.split() or [""]
    joined = rest and is_verb(verb) and (_OBJECT.match(rest[0]) or rest[0] in ("for", "about"))
    return first if comma and joined and len(first.split()) > 1 else what


def _without_days(text: str) -> str:
    """The words without the day that something was to be done on: it is weeks ago when they are
    said. Not `on Saturdays`, and not `every Monday`."""
    text = _STALE.sub("", text)
    end = _STALE_END.search(text)
    if end and end["word"].casefold() not in (*JOINTS, *DETERMINERS, "last", "or", "than", "every"):
        text = text[: end.end("word")]
    return text


def _first_half(words: list[str]) -> list[str]:
    """The first of two things to do: the second stays unsaid, unless it turns the sense."""
    text = " ".join(words)
    halves = [match for match in HALVES.finditer(text) if _is_second(text[match.end() :].split())]
    for half in reversed(halves):
        if not has_turn(text[half.end() :].split()) and len(text[: half.start()].split()) > 1:
            return text[: half.start()].split()
    return words


def _without_tail(words: Sequence[str], *tails: re.Pattern[str]) -> list[str]:
    """The words without what ends them and is over, or says only how; never a single word."""
    text = " ".join(words)
    for tail in tails:
        shorter = tail.sub("", text)
        text = shorter.rstrip(" ,") if len(shorter.split()) > 1 else text
    return text.split()


def _is_second(words: list[str]) -> bool:
    """Whether words begin with something else to do, and not with one more thing: `and tell
    nobody`, but not `hours and pay`."""
    from trajplan.lint.verbs import is_verb

    if len(words) < 2 or not is_verb(words[0]):
        return False
    thing = PAUSE.sub("", words[1])
    return bool(_OBJECT.match(thing)) or (thing[:1].isupper() and not thing.endswith("day"))


def _past(words: Sequence[str]) -> list[str]:
    """What was done, without the day it was to be done by; empty where it hangs on a condition, or
    where it isn't clear what is a verb in it."""
    from trajplan.lint.verbs import is_verb

    text = " ".join(words)
    open_words = ONCE.sub("", _AS_IF.sub("", text)).split()
    said = {PAUSE.sub("", word.casefold()) for word in open_words}
    if words[0] in WONDERING:
        said.discard("if")
    if said & CONDITIONS or "when" in words[2:-1]:
        return []
    text = " ".join(_without_tail(words, _BY_WHEN, _BEFORE, _AND_NO_MORE, _TO_ASK))
    spoken = PAUSE.sub("", text).split()
    for index in range(1, len(spoken) - 1):
        joined = PAUSE.sub("", spoken[index - 1].casefold()) in ("and", "or", "then")
        if joined and is_verb(spoken[index]):
            if not _is_second(spoken[index:]):
                return []
            spoken[index] = past_tense(spoken[index].casefold())
    if len(spoken) > 2 and spoken[-2].casefold() in ("and", "or") and is_verb(spoken[-1]):
        return []
    return [past_tense(spoken[0]), *spoken[1:]]


def past_tense(verb: str) -> str:
    """`call` → `called`, `write` → `wrote`, `try` → `tried`, `plan` → `planned`."""
    if verb in irregular_pasts():
        return irregular_pasts()[verb]
    if verb.endswith("e"):
        return f"{verb}d"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return f"{verb[:-1]}ied"
    return f"{gerund(verb).removesuffix('ing')}ed"


@cache
def irregular_pasts() -> Mapping[str, str]:
    """The past of verbs that add no `-ed`, by verb."""
    return dict(pair.split(":") for pair in words_in("past", "steps"))


def said_to_client(words: Sequence[str]) -> str:
    """The words as they are said to the client: `my` → `your`, `I was` → `you were`."""
    text = " ".join(words)
    for ours, yours in _TURNED:
        text = re.sub(rf"\b{ours}(?!\w)", yours, text)
    return " ".join(to_client(word) for word in text.split())
