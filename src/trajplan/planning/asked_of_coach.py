"""What a client asked of the coach, as it stands in notes and in their own words (R142)."""

from __future__ import annotations

import re

from trajplan.text import pattern, sentences_of

_ASKS = pattern(
    r"(?:^|[.;:!?(\n–—·]\s*|,\s*(?=please|bitte|por favor))[-*•“\"'\s]*"
    r"(?:(?:and|but|so|und|aber|y|pero),?\s+)?(?:"
    r"please|no|not|never|nothing|nobody|none|nowhere|don.?t|do not|leave|avoid|without|stop|keep"
    r"|only|bitte|kein\w*|nicht|nie|niemals|niemand\w*|nichts|ohne|nur"
    r"|por favor|nunca|nada|nadie|sin|s[oó]lo)\b",
    re.IGNORECASE,
    [
        *(
            "please",
            "no",
            "never",
            "don",
            "leave",
            "avoid",
            "without",
            "stop",
            "keep",
            "only",
            "bitte",
        ),
        *("kein", "nich", "nie", "ohne", "nur", "por favor", "nunca", "nad", "sin", "solo", "sólo"),
    ],
)
"""How a sentence begins, or a part of one, that asks for something or not to do something. What is
found beside that costs a line of a page, what is missed may hurt."""
_PLEASE = pattern(
    r"\b(?:please|bitte|por favor)\b", re.IGNORECASE, ["please", "bitte", "por favor"]
)
_SPOKEN = (
    r"(?:say|saying|mention\w*|bring|brought|ask\w*|rais\w+|ring\w*|call\w*|text\w*|tell\w*|told"
    r"|write|e-?mail\w*|discuss\w*|talk\w*|name|named|touch\w*|contact\w*|chase\w*|push\w*|comment"
    r"|landline|passed on|share\w*|repeat\w*|known?)"
)
_OF_A_SESSION = (
    r"(?:exercis\w+|role[- ]?play\w*|homework|worksheets?|scales|breathing|visuali[sz]\w+"
    r"|meditation|mindfulness|advice|tips|pep talks?|metaphors?|card games?)"
)
"""What a coach does or hands out."""
_WITHHELD = pattern(
    rf"\b(?:don['’]?t|do not|never|not|mustn['’]?t)\b[^.!?\n]*\b{_SPOKEN}\b"
    r"|\bno (?:\S+ ){0,3}(?:jokes?|please)\b|\bnot (?:\S+ ){0,5}please\b"
    r"|\bno (?:more|further) (?:\S+ ){1,4}(?:from|with) (?:me|us)\b"
    rf"|\b(?:no|any) (?:more|further) (?:\w+ ){{0,2}}{_OF_A_SESSION}\b"
    rf"|n['’]t (?:like|want) (?:\w+ ){{0,3}}{_OF_A_SESSION}\b"
    r"|\bthinks (?:it|that|he|she|they)\b[^.!?\n]*\b(?:paid|gone|over|sorted|settled|still|fine)\b"
    r"|\blet (?:him|her|them) (?:bring|raise|start|say|come)\b|\bno talk of\b"
    r"|\b(?:his|hers?|theirs?|their) to (?:bring|raise|tell|say|start)\b|\bnot (?:mine|ours) to\b"
    r"|\b(?:nothing|not) in writing\b|n['’]t want to be (?:asked|told|reminded|rung|called)\b"
    r"|\bsaid it once\b|\bknows? nothing\b"
    r"|\basked:? (?:me |us )?(?:not to|don['’]?t)\b|\bno word to\b|\bonly (?:[\w.]+ ){1,4}knows?\b"
    r"|\bif (?:the |her |his |their |my )?(?!(?:he|she|they) )\w+ (?:hears|gets wind|finds out)\b"
    r"|\b(?:don['’]?t|do not|never|not to) (?:praise|congratulate)\b"
    r"|\b(?:he|she|they) can['’]?t (?:stand|bear)\b[^.!?\n]*"
    r"(?:[“\"‘'’]|\b(?:word|hear\w*|being|told))"
    r"|\b(?:is|are) not to (?:know|hear|find out|learn)\b"
    r"|\bsw(?:ore|orn) (?:me )?to (?:silence|secrecy)"
    r"|\bnot in front of\b"
    r"|\b(?:rais\w+|bring\w*) (?:it|this|that)(?: up)? (?:when|if|(?:him|her|them)sel\w+)\b"
    r"|\b(?:in confidence|confidential\w*|secret\w*|between us|off the record|not (?:yet )?public"
    r"|(?:keep|kept) (?:it|this|that) (?:quiet|secret|private|to (?:her|him|my|them)sel\w+)"
    r"|nobody (?:\w+['’]?\w* ){0,5}knows?|no one (?:\w+['’]?\w* ){0,5}knows?"
    r"|(?:doesn|don|mustn|shouldn)['’]?t (?:know|hear|find out|learn|want (?:\w+ ){1,3}to know)"
    r"|must not (?:know|hear|find out|learn)"
    r"|(?:hasn|haven|not|never) ?(?:['’]?t )?(?:been )?told|told (?:me and )?(?:nobody|no one)"
    r"|not for the plan|not to go (?:in|on|into) (?:any|the)|nobody else knows?"
    r"|(?:me|and) nobody else"
    r"|keep(?:s|ing)? (?:\w+ ){1,3}from|go (?:very )?(?:gently|easy|carefully)"
    r"|gently (?:there|with|on)"
    r"|(?:be|very) careful (?:with|there|about|of)|tread (?:carefully|lightly)"
    r"|(?:doesn|don|didn)['’]?t want to (?:go|talk|chew|dwell|hear|think|be reminded)"
    r"|or not at all|rais\w+ (?:it|this|that) (?:her|him|them)sel\w+"
    r"|landline|house phone|nothing (?:by post|to(?! (?:treat|worry|fear|report|add|lose)\b))"
    r"|(?:leave|left) (?:it|this|that) (?:alone|out|be)"
    r"|asked me to leave"
    r"|without (?:her|his|their|my) (?:say\w*|word|consent)"
    r"|unless (?:she|he|they|i) (?:do\w*|rais\w+|bring\w*|ask\w*))\b"
    r"|\b(?:nicht|nie|kein\w*)\b[^.!?\n]*\b(?:ansprechen|erwähnen|anrufen|weitersagen|sagen|fragen)"
    r"|\b(?:im vertrauen|vertraulich|geheim|weiß (?:es )?nich\w+|niemand\w* weiß)\b"
    r"|\bno (?:\w+ ){0,3}(?:mencionar|decir|llamar|preguntar)\b|\b(?:en confianza|nadie\b.*\bsabe"
    r"|no (?:lo )?sabe|secreto)\b",
    re.IGNORECASE,
)
"""What is not to be said or passed on, or who does not know of it."""
_IMPERATIVE = pattern(
    r"[\s“\"'•*-]*(?:(?:and|but|so|please),? )?(?:(?:don['’]?t|do not|never|nothing|avoid"
    r"|bitte nicht|nie|no (?:le|la|lo) )\b|leave \w+(?: alone| out| be)?[.!\s]*$)",
    re.IGNORECASE,
)
"""How a sentence begins that forbids something."""
_BEGINS = pattern(
    r"\b(?:start|begin|open|anfangen|beginnen|empezar) (?:with|mit|con)\b",
    re.IGNORECASE,
    [f"{verb} {word}" for verb in ("start", "begin", "open") for word in ("with",)]
    + ["mit", "con"],
)
"""How a session is to begin."""
_AGAINST = pattern(r"\b(?:don.?t|not|never|no|\w+n['’]t|if|wenn|nicht|nie|si)\b", re.IGNORECASE)
"""What turns a wish that follows into none."""
_IN_THEIR_TIME = pattern(
    r"\b(?:when|whenever|once|until|till|cuando) (?:she|he|they|ella|él)?\s*$", re.IGNORECASE
)
"""What stands before a wish that is left for a day of their own: `She'll say when she wants to talk
about it`."""
_NOT_TO_THEM = pattern(
    r"\b(?:asked:? (?:me |us )?not to|(?:doesn|didn|don)['’]t want to be|hates? being"
    r"|not to be) (?:call\w*|told?|tell|name\w*|say|said|refer\w*)\b"
    r"|\b(?:don['’]t|do not|never|not to) (?:call|tell) (?:her|him|them|me)\b",
    re.IGNORECASE,
)
"""With which words a client asks not to be told or called something."""
_THEIRS = pattern(
    r"\b(?:asked|asks|wants?|would like|hopes|wishes|möchte|quiere|pidió)\b|[“\"]", re.IGNORECASE
)
"""How a note says that a wish is the client's."""
_WISHES = pattern(
    r"\b(?:next (?:time|session)|nächstes mal|la próxima"
    r"|(?:wants?|would like|hopes|asked|möchte) (?:\S+ ){1,6}(?:next|today|nächstes)"
    r"|(?:wants?|would like|asked) to (?:begin|start|talk|speak|practi[sc]e|look at|go through))\b",
    re.IGNORECASE,
)
"""What a client would like the coming session to do."""


def asks_of_coach(text: str, noted: bool = True) -> bool:
    """Whether a text asks the coach for something, or not to do something. In a note, what begins
    as if it did counts; in what the client said, only what they ask for in so many words."""
    return bool((_ASKS if noted else _PLEASE).search(text))


def is_withheld(text: str, noted: bool = True) -> bool:
    """Whether a text says that something is not to be said or passed on, or who must not know; in
    what the client said, only what they ask for."""
    if not noted:
        return asks_of_coach(text, noted=False)
    return bool(_WITHHELD.search(text)) or any(map(_IMPERATIVE.match, sentences_of(text)))


def is_wish(text: str, *, any_session: bool) -> bool:
    """Whether a sentence says what a client would like the coming session to do; `any_session`: how
    any is to begin."""
    found = _BEGINS.search(text) or (None if any_session else _WISHES.search(text))
    before = text[: found.start()] if found else ""
    return found is not None and not (_AGAINST.search(before) or _IN_THEIR_TIME.search(before))


def is_not_to_them(text: str) -> bool:
    """Whether a text says what the client asked not to be told or called."""
    return bool(_NOT_TO_THEM.search(text))


def is_asked(text: str) -> bool:
    """Whether a note says of a wish that it is the client's."""
    return bool(_THEIRS.search(text))
