"""A promise as the coach says it back: `You were going to ask Gary`, `You asked Gary` (R123).

What a client has promised stands in their words, and begins with what is to be done. Said back it
becomes a clause about them: `my boss` is `your boss`. Only what is sure to be whole and plain
English is said (`lint/well_made.py`): all of it, without the day it was for, or the first of two
things to do; else the thing or the person it is about, by name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from trajplan.dates import ANY_MONTH
from trajplan.lint.labels import (
    DETERMINERS,
    JOINTS,
    NEGATED_OPENING,
    OPENING,
    PAUSE,
    begins_with_verb,
    has_turn,
    on_one_line,
    to_client,
)
from trajplan.lint.phrases import heard
from trajplan.lint.verbs import foreign, is_verb, past_tense
from trajplan.lint.well_made import (
    GIVES,
    PREPOSITIONS,
    QUESTION_WORDS,
    is_somebody,
    is_well_made,
    leads_to_act,
    object_of,
    phrase_list,
    words_of_act,
)
from trajplan.text import cue_words, pattern

_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_SHORT_DAY = r"(?:mon|tues?|weds|thurs?|thu|fri)"
"""As it is typed; `sat`, `sun` and `wed` are words too."""
_MONTH = rf"(?:{ANY_MONTH})"
_CLOCK = r"(?:\s+(?:at\s+)?\d{1,2}(?:[:.]\d\d)?\s*[ap]m)?"
_STALE = pattern(
    r"(?<!\s)\s+(?:(?:on|by|before|this|next|this coming)\s+(?:next\s+)?"
    rf"(?:{_WEEKDAY}|{_SHORT_DAY}|wed|sat|sun)"
    r"(?!s?['’]|\s+(?:and|or|to)\s+\w+day\b)(?:\s+(?:morning|afternoon|evening|night))?"
    rf"(?:,?\s+(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH})?{_CLOCK}"
    rf"|(?:on|by|before)\s+(?:the\s+\d{{1,2}}(?:st|nd|rd|th)|\d{{1,2}}\s+{_MONTH})"
    r"|tomorrow(?:\s+(?:morning|afternoon|evening|night))?|tonight"
    r"|(?:this|next|over the)\s+(?:week|weekend|month))(?![\w'’]|\s+(?:mornings|evenings)\b)",
    re.IGNORECASE,
    [
        *("day", " on ", " by ", " before ", " this ", " next "),
        *("tomorrow", "ton", "week", "month"),
    ],
)
"""A day that is over when the promise is spoken of, and would be taken for one to come."""
_STALE_END = pattern(
    rf"(?P<word>\S+)\s+(?:{_WEEKDAY}|{_SHORT_DAY})$",
    re.IGNORECASE,
    ["day", " mon", " tue", " weds", " thu", " fri"],
)
_BEFORE = pattern(
    r"\s+before\s+(?!.*\b(?:that|what|which|who|how|whether|and)\b)[^,]*$",
    re.IGNORECASE,
    [" before "],
)
_SECOND = pattern(r",?\s+(?:and then|and|then)\s+(?=(?P<verb>[a-z]+)\b)", re.IGNORECASE)
"""Where a second thing to do may begin."""
_NOT_TOO = pattern(r"(?:,?\s+and|,)\s+not\s+[a-z].*$", 0, " not ")
"""What is not to be done beside it: `take the dog out and not take the phone`."""
_FIRST_SENTENCE = pattern(r"(?P<first>[^.;:?!…—]+)[.!]\s+(?P<others>.+)", re.DOTALL)
_DAYS_AND_MONTHS = pattern(
    rf"\b(?:{_WEEKDAY}s?|january|february|april|june|july|august|september|october|november|"
    r"december)\b"
)
"""What is written with a capital letter; `may` and `march` are other words too."""
_AT_LARGE = PREPOSITIONS - {*cue_words("to of into onto between")}
"""What is done is true without the rest that begins with one of these."""
_SHORTEST_PART = 3
"""Words of a part that is said for the whole."""
_NEEDS_THE_REST = frozenset({"put", "leave", "spend"})
"""Verbs that say too little without where or on what: `put a star on every ticket`."""
_BY_RELATION = pattern(
    r"(?:his|her|their|my|our|the) [a-z]+ (?P<whom>[A-Z][a-z]+)(?=$|[ ,](?!['A-Z]))"
)
"""Somebody who is named behind what they are to somebody: `his mam Sioned`."""
_LIST = pattern(r",\s+[A-Z]")
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
_SHOUTED = pattern(r"\b[A-Z]{2,} [A-Z]{2,}\b")
_SPOKEN = pattern(
    r"(?:^|\s)['“\"„«‘][^'”\"»’]*\b(?:i|me|my|i'm|we|our)\b[^'”\"»’]*['”\"»’]",
    re.IGNORECASE,
    "'“\"„«‘",
)
_EVENT = pattern(
    r"(?:(?:a|the|my|have|go for|get|cup of) )*(?:\w+ )?(?P<event>[a-z]+) with "
    r"(?P<whom>(?:(?:[Mm]rs?|[Mm]s|[Dd]r) )?[A-Z][a-z]+)\b(?!['’])",
)
_COMPANY = pattern(
    r"(?<!not )\bwith (?P<whom>(?:(?:[Mm]rs?|[Mm]s|[Dd]r) )?[A-Z][a-z]+)\b(?! and\b|'| [A-Z])",
    0,
    " with ",
)
"""In whose company something is to be done: `sit half a day with Joyce`."""


_NOBODY_DIED = heard("tellings", "nobody-died", ["dead"])
_KEPT = pattern(
    r"(?:keep|make|write|start) an? (?:(?:little|wee|short|daily) )?"
    r"(?:list|note|tally|diary|log|record)\b"
)
_NOTED = pattern(
    r"(?!.*\b(?:he|she|they|him|her|them)\b)(?:for an? \w+ )?"
    r"(?:(?:jot|write|put|note|scribble) down|jot|note|log|mark|track"
    r"|write(?= (?:after|before|at)\b))"
    r"\b(?: \w+){0,5}? (?:every|each|any|when|whenever|which|what\b.*\b(?:when|weeks?)"
    r"|the (?:days|times|jobs|things|bits)|how (?:many|often)|\w+ (?:times|moments))\b",
    re.IGNORECASE,
)
"""Something to be noted again and again: `jot down every time I'm not bored`."""
NOTES = "keep some notes"
"""What that is called, whatever was to be noted."""


class Promise(Struct, frozen=True):
    """A promise in clauses about the client and by name, each empty where it cannot be said."""

    planned: str = ""
    """`were going to ask Gary`; behind `you`, as all clauses but `to_do`."""
    avoided: str = ""
    """`weren't going to work on Sundays`, where it is something not to do."""
    to_do: str = ""
    """`ask Gary`, without the day it is to be done by."""
    did: str = ""
    """`wrote the list`, once it is done, where none of the next is what it is."""
    lived: str = ""
    """`told Gary`, of which it can be asked what it was like."""
    found: str = ""
    """`counted the hours`, by which something came to light."""
    gently: str = ""
    """`told her about the baby`: it speaks of a death, a child or of harm."""
    event: str = ""
    """`the coffee with Chloe`."""
    person: str = ""
    """Whom it was done with or to, by name or as `your brother`."""
    met: str = ""
    """`rang Huw`, `talked to Philippa`, once it is done: a talk or a meeting that has taken place,
    as the promise's own words say, and not `20 minutes with Helen in the diary`."""
    asked: str = ""
    """Who was to be asked something, and has the answer."""
    thing: str = ""
    """What it was done to: `the letter`."""


ANYBODY = frozenset(
    f"the {who}" for who in cue_words("man woman guy lady person chap lad lass bloke")
)
"""Who says nothing alone: the man who left the yard isn't `the man`."""


def promise_of(what: str) -> Promise:
    """What may be said of a promise, in words to the client."""
    text, others = _first_sentence(what)
    words, negated = _to_be_done(text)
    if negated:
        avoided = f"weren't going to {said_to_client(words)}" if is_well_made(words) else ""
        return Promise(avoided=avoided)
    event, company = event_of(what), _company(what)
    acts = words_of_act(words)
    named = "" if event else _named(acts)
    # A story is told to somebody, and is none.
    told_to = acts[:1] == ["tell"] and "to" in acts
    if named in ANYBODY and not " ".join(what.split()).strip(" .!").endswith(named):
        named = ""
    talks = bool(acts) and acts[0] in phrase_list("spoken-to") and not told_to
    person = named if named and (talks or is_somebody(named)) else ""
    met = _meeting(acts, person or ("" if event else company))
    promise = Promise(
        event=event,
        person=person,
        met=met,
        asked=person if words[:1] == ["ask"] and " to " not in f"{' '.join(words)} " else "",
        thing="" if person or phrase_list("two-meanings") & {*named.split()} else named,
    )
    clause = _clause(words, others, event=event, named=named, company=company)
    clause = clause or _record(" ".join(words) or text)
    if clause:
        return _with_clause(promise, clause, tender=is_tender(what))
    turns = [word for word in words if (words[0], word) != ("ask", "if")]
    turned = has_turn([*turns, *others.split()])
    act = _talking_to(words[0], person) if talks and person and not turned else ""
    return _without_clause(promise, what, act=act, company=company)


def _with_clause(promise: Promise, clause: Sequence[str], *, tender: bool) -> Promise:
    """A promise of which it can be told what was to be done."""
    did = said_to_client(_past(clause))
    if tender:
        return Promise(gently=did)
    to_do = said_to_client(clause)
    is_lived, finds = clause[0] in phrase_list("experiences"), _finds(clause)
    # Nobody is told that they found something out and then asked whether they did.
    told_by_did = clause[1] == "out" and clause[0] in ("find", "work")
    return replace(
        promise,
        planned=f"were going to {to_do}",
        to_do=to_do,
        did="" if is_lived or finds or told_by_did else did,
        lived=did if is_lived else "",
        found=did if finds else "",
    )


def _without_clause(promise: Promise, what: str, *, act: str, company: str) -> Promise:
    """A promise of which only a name can be said: with whom they spoke, or what it is about.

    `act`: that they talk to somebody, where that is sure."""
    if is_tender(what):
        return Promise(gently=promise.met)
    return replace(
        promise,
        planned=f"were going to {act}" if act else "",
        to_do=act,
        person=promise.person or ("" if promise.event or promise.thing else company),
    )


def _clause(
    words: Sequence[str], others: str, *, event: str, named: str, company: str
) -> list[str]:
    """What is to be done, from the verb on, as far as it is sure to be whole and true: without the
    day it was for, the first of two things, and of what is too long or crooked the part in front,
    where nothing turns the sense. `others`: sentences behind it. `event`, `named`: what it is
    called, which says more than a part of it. `company`: with whom, which no part leaves out."""
    text = _NOT_TOO.sub("", " ".join(words))
    whole = _without_days(_BEFORE.sub("", text))
    clause = _first_of_two(whole).split()
    if others and has_turn(others.split()):
        return []
    is_lived = bool(clause) and clause[0] in phrase_list("experiences")
    # Of two things the second may be the one it is about: a name stands for both.
    halved = len(clause) < len(whole.split()) and not is_lived
    if halved and (event or named):
        return []
    if is_well_made(clause):
        return clause
    turned = event or has_turn([word for word in text.split() if word != "before"])
    if turned:
        return []
    together = _together(clause, company)
    return together if is_well_made(together) else _part_in_front(clause)


def _together(acts: Sequence[str], person: str) -> list[str]:
    """What is done with somebody, up to their name: `go round two schools with Lorraine`."""
    name = person.rpartition(" ")[2]
    names = [place for place, word in enumerate(acts) if name and word.strip(",") == name]
    in_company = acts[:1] and acts[0] in phrase_list("in-company")
    together = [*acts[: names[0]], name] if names and in_company else []
    return together if "with" in together else []


def _record(text: str) -> list[str]:
    """What somebody was to keep, whatever was to be noted in it: `keep a list`, `keep some
    notes`."""
    if kept := _KEPT.match(text):
        return kept[0].split()
    return NOTES.split() if _NOTED.match(text) else []


def _part_in_front(words: Sequence[str]) -> list[str]:
    """The longest part in front that is whole and true without the rest: up to a comma behind
    which no list goes on, in front of where, when or about what, and of what is asked somewhere,
    in front of the question."""
    if words[:1] and words[0] in _NEEDS_THE_REST:
        return []
    for end in range(len(words) - 1, _SHORTEST_PART - 1, -1):
        word = words[end].casefold()
        pauses = words[end - 1].endswith(",")
        # A list of who rings is a list; `dates of what she did` says too little by half.
        tells_what = (
            word == "of"
            and words[end - 2].casefold() in DETERMINERS
            and not QUESTION_WORDS.isdisjoint(words[end + 1 : end + 2])
        )
        ends = (
            word in PREPOSITIONS
            if pauses
            else word in _AT_LARGE
            or tells_what
            or (word in QUESTION_WORDS and [words[0], words[1]] == ["ask", "at"])
        )
        part = [*words[: end - 1], words[end - 1].removesuffix(",")]
        # `Each time`: of what? The rest would say it, as it does of what is asked.
        open_end = part[-2:] in (["each", "time"], ["every", "time"]) or (
            part[-1] in phrase_list("two-meanings") or not QUESTION_WORDS.isdisjoint(part)
        )
        if ends and part[-1] in PREPOSITIONS:  # `Go and sit in`: on what?
            return []
        if ends and not open_end and is_well_made(part):
            return part
    return []


def _finds(clause: Sequence[str]) -> bool:
    """Whether something comes to light by what is done."""
    if clause[0] in phrase_list("looks-into") or [*clause[:2]] == ["ask", "at"]:
        return True
    if _KEPT.match(" ".join(clause)) or " ".join(clause) == NOTES:
        return True
    if clause[0] == "ask" and "about" in clause:
        return True
    return [*clause[:2]] == ["write", "down"] and not QUESTION_WORDS.isdisjoint(clause)


def _past(clause: Sequence[str]) -> list[str]:
    """What was done, of one verb or of `go and watch`."""
    if clause[:3] in (["go", "and", "see"], ["come", "and", "see"]):
        return [past_tense(clause[0]), "to", *clause[2:]]
    if leads_to_act(clause):
        return [past_tense(clause[0]), "and", past_tense(clause[2]), *clause[3:]]
    return [past_tense(clause[0]), *clause[1:]]


def _talking_to(verb: str, person: str) -> str:
    """What is to be done with somebody, where the rest of it can't be said: `call the man`, and of
    what is asked or told, `talk to Karen`."""
    return f"talk to {person}" if verb in ("ask", "tell") else f"{verb} {person}"


def _meeting(acts: Sequence[str], person: str) -> str:
    """How somebody was met or spoken with by what was done; empty where the words don't say so: who
    is written to or booked has not been met."""
    verb = acts[0] if acts and person else ""
    if verb in phrase_list("in-person"):
        return f"{past_tense(verb)} {person}"
    if verb in phrase_list("in-words"):
        return f"talked to {person}"
    return f"spent some time with {person}" if verb in phrase_list("in-company") else ""


def is_tender(text: str) -> bool:
    """Whether words speak of a death, a child, harm or a hearing."""
    return not phrase_list("tender").isdisjoint(cue_words(_NOBODY_DIED.sub("", text)))


def event_of(what: str) -> str:
    """`Coffee with Chloe, just the two of us` is `the coffee with Chloe`; empty where it is none.
    True in anybody's English, for it is a noun and a name."""
    text = on_one_line(what)
    event = _EVENT.match(text[:1].casefold() + text[1:])
    if event and event["event"] in phrase_list("events"):
        return f"the {event['event']} with {event['whom']}"
    return ""


def _company(what: str) -> str:
    """In whose company it was to be done, where that is one person."""
    found = _COMPANY.findall(in_english(what))
    return found[0] if len(found) == 1 else ""


def _named(words: Sequence[str]) -> str:
    """The thing or the person that something is done to, where one alone is named."""
    text = " ".join(words)
    named = object_of(text.partition(",")[0].split())
    if not named and words and words[0] in phrase_list("spoken-to"):
        by_relation = _BY_RELATION.match(" ".join(words[1:]))
        named = by_relation["whom"] if by_relation else ""
    return "" if _LIST.search(text) else said_to_client(named.split())


def wish_of(text: str) -> str:
    """What somebody wanted, as it follows `you wanted`: `to run a workshop`, `work with people`;
    of two things the first; empty where it isn't sure to be whole English."""
    words, negated = _to_be_done(in_english(text))
    acts = words[3:] if words[:3] == ["be", "able", "to"] else words
    if acts and is_well_made(acts) and acts[0] != "want" and not negated:
        return f"to {said_to_client(words)}"
    first = _first_of_two(text)
    if first != text:
        return wish_of(first.rstrip(","))
    words = in_english(text).split()
    # Behind `want` a thing is whole as it is behind any other verb.
    if words and is_well_made(["want", words[0].lower(), *words[1:]]):
        return said_to_client([words[0].lower(), *words[1:]])
    return ""


def in_english(what: str) -> str:
    """The words on one line; empty where they are of another language, of several sentences, speak
    to the coach, hang on a condition, are shouted, or say what somebody shall say."""
    if "\n" in what.strip() or any(
        meant_otherwise.search(what) for meant_otherwise in (_SPOKEN, _SHOUTED, _YOU, _UNLESS)
    ):
        return ""
    text = on_one_line(what).replace(" & ", " and ").replace(" + ", " and ")
    # Somebody may be called Siân in English too.
    judged = " ".join(word for word in text.split() if word.isascii() or not word[0].isupper())
    return "" if foreign(judged) or _ENDS.search(text) or re.search(r"[()\[\]{}]", text) else text


def _to_be_done(text: str) -> tuple[list[str], bool]:
    """The words from the verb on, and whether they say what is not to be done; no words where they
    begin with anything else."""
    negated = bool(NEGATED_OPENING.match(text))
    words = (NEGATED_OPENING if negated else OPENING).sub("", text).split()
    if words and words[0].casefold() in ("never", "i", "we"):
        negated = negated or words[0].casefold() == "never"
        words = words[1:]
    if not words or PAUSE.search(words[0]) or not begins_with_verb(words):
        return [], False
    verb = words[0].casefold()
    takes_somebody = verb in GIVES or verb in phrase_list("spoken-to")
    if takes_somebody and words[1:] and words[1] in phrase_list("people"):
        words = [verb, "my", *words[1:]]  # `ask landlord`
    return [verb, *words[1:]], negated


def _first_sentence(what: str) -> tuple[str, str]:
    """What is to be done, in English, and the sentences that stand behind it on one line."""
    text = in_english(what)
    several = _FIRST_SENTENCE.fullmatch(on_one_line(what))
    if text or "\n" in what.strip() or several is None:
        return text, ""
    return in_english(several["first"]), several["others"]


def _without_days(text: str) -> str:
    """The words without the day that something was to be done on: it is weeks ago when they are
    said. Not `on Saturdays`, and not `every Monday`."""
    text = _STALE.sub("", text)
    end = _STALE_END.search(text)
    if end and end["word"].casefold() not in (*JOINTS, *DETERMINERS, "last", "or", "than", "every"):
        text = text[: end.end("word")]
    return text


def _first_of_two(text: str) -> str:
    """The first of two things to do, `ring Bo and tell him`; the second stays unsaid."""
    for second in _SECOND.finditer(text):
        # Not `hours and pay`.
        first = text[: second.start()]
        if leads_to_act(text.split()) and first in ("go", "come"):
            continue
        if is_verb(second["verb"]) and text[second.end("verb") :].strip():
            return first
    return text


def said_to_client(words: Sequence[str]) -> str:
    """The words as they are said to the client: `my` → `your`, `I was` → `you were`."""
    text = " ".join(words)
    for ours, yours in _TURNED:
        text = re.sub(rf"\b{ours}(?!\w)", yours, text)
    text = _DAYS_AND_MONTHS.sub(lambda day: day[0].capitalize(), text)
    return " ".join(to_client(word) for word in text.split())
