"""What is said aloud: short, with at most one quotation, and that one whole (R123).

A prompt's wording and the client's words share twenty words. Words that are too long to be quoted
whole are not quoted at all: another wording says it without them, and the coach reads them beside
it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import takewhile

from msgspec import Struct

from trajplan.content.model import CLAUSES
from trajplan.lint.labels import DETERMINERS, made_label
from trajplan.lint.promises import promise_of
from trajplan.lint.tellings import telling_of
from trajplan.lint.well_made import PREPOSITIONS, phrase_list
from trajplan.text import cue_words, exact_words, pattern, sentences_of, single_quoted, word_count

SPOKEN_WORDS = 20
"""Words of a prompt at most."""
QUOTED_WORDS = 12
"""Words of its quotation at most."""
NO_WORDS: Mapping[str, str] = {}
TAKEN_ON = "what you took on"
"""What is always true of a promise of last time, whatever became of it."""
SOME_KEPT = "some of what you'd planned"
"""What is always true of a promise that was done in part."""
SINCE = "since we last met"
"""When a promise of last time was done, where nothing more can be said of it."""
NOUNS = frozenset(
    cue_words(
        "call talk chat visit walk letter mail email message note meeting lunch coffee dinner "
        "run drive ride search draft list plan test trial post request offer budget report "
        "review practice presentation course conversation application interview appointment "
        "evening morning day week hour budget diary journal experiment rehearsal speech move "
        "trip tour"
    )
)
"""A label that begins with one of these takes an article: `the call to the works council`."""
NEGATIONS = ("not", "never", "no")
NO_GERUNDS = frozenset(
    cue_words("thing something nothing anything everything spring bring string evening morning")
)
_FIELD = pattern(r"[“\"]?\{(\w+)\}[”\"]?")
TURNS = 4
"""Turns among which wordings are shared out: two promises in each of two sessions."""
TOLD = "told me "
"""How a telling begins that says what is so."""
FEWEST_WORDS = 3
"""Fewer words than these are no clause."""
_GOES_ON = pattern(r"\s*\n\s*(?=[a-zà-ÿ])")
_SMALL_LETTER = pattern(r"(?<=[.!?…])\s+(?=[a-zà-ÿ])")
_AND_CLAUSE = pattern(
    r",?\s+(?:and|und|y)\s+(?:now\s+)?(?=(?:I|im|ive|we|he|she|it|they|there|that|"
    r"nobody|somebody|everybody|people|my|the|ich|wir|er|sie|es|yo)\b)|,\s+(?:while|whereas|während|mientras)\s+",
    re.IGNORECASE,
)
GOES_ON = pattern(
    r"\W*(?:but|only|except|though|although|which|and|also|or|then|plus|now|aber|pero)\b",
    re.IGNORECASE,
)
"""How a sentence begins that what stands before it isn't whole without."""
_NEWS = pattern(
    r"^\W*(?:(?:i|we|you|he|she|they|it)\s*['’]?(?:ve|s)|(?:\w+ ){1,3}(?:have|has))\s+"
    r"(?:just |now |finally )?(?:said|told|got|been|made|found|given|lost|won|left|gone|done|quit|"
    r"\w+ed)\b"
    r"|^\W*(?:i|we|he|she|they) said\b",
    re.IGNORECASE,
)
"""News, `They've said weeks`: read back without an answer it sounds as if nobody had heard it."""
_PAUSE = pattern(r"[,;:.!?…。、！？،؟।–—-]$")


def quotable(text: str, frame: int) -> str:
    """The client's words on one line as they may be quoted in a wording of `frame` words of its
    own, or nothing where they are too long: a part of a sentence could say something else."""
    parts: list[str] = []
    for part in (" ".join(line.split()) for line in text.splitlines() if line.strip()):
        # The end of a line is heard as a pause, unless its sentence goes on.
        if parts and not (_PAUSE.search(parts[-1]) or part[0].islower()):
            parts[-1] += ","
        parts.append(part)
    whole = " ".join(parts)
    line = exact_words(whole) or whole
    line = single_quoted(line)
    line = line.rstrip(" .;,:")
    most = min(QUOTED_WORDS, SPOKEN_WORDS - frame)
    return line if 0 < word_count(line) <= most and "://" not in line else ""


def sentences_said(text: str) -> list[str]:
    """The sentences of what a client typed, at least one: the next may begin with a small letter
    too, but a line that does goes on."""
    sentences = sentences_of(_GOES_ON.sub(" ", text))
    return [part for whole in sentences for part in _SMALL_LETTER.split(whole)] or [""]


def leading_clause(text: str, most: int) -> str:
    """The client's words as far as they can be said: their first sentence where it stands by
    itself, all of them, or a main clause, in at most so many words; else nothing.

    What follows `and` or `while` with a subject of its own may stay unsaid; `but` turns the sense.
    """
    whole = text.strip()
    sentence, *more = sentences_said(whole)
    if word_count(whole) <= most and not (more and word_count(sentence) > FEWEST_WORDS):
        return whole
    for part in (sentence, _AND_CLAUSE.split(sentence, maxsplit=1)[0]):
        if FEWEST_WORDS <= word_count(part) <= most and part.count("(") == part.count(")"):
            return part.rstrip(" ,;")
    return ""


def leading_sentence(text: str, most: int) -> str:
    """The first sentence where it stands by itself and can be said in so many words; else nothing.

    Where somebody is stuck, one half of a sentence says the opposite of both: `I'm stuck because
    everyone says I'm ready and I keep waiting`.
    """
    clause = leading_clause(text, most)
    is_whole = clause == text.strip() or clause.endswith((".", "!", "?", "…"))
    return clause if is_whole else ""


_VIOLENT = pattern(
    r"\b(?:kill\w*|dying|die|dead|murder\w*|drown\w*|strangl\w*|slaughter\w*|crucif\w*|stabb?\w*"
    r"|to death|hell)\b",
    re.IGNORECASE,
)
"""Words that hurt when they are said back, also where they are a figure of speech."""


def hurts(words: str) -> bool:
    """Whether words hurt when they are said back."""
    return bool(_VIOLENT.search(words))


def words_to_say(brought: str) -> str:
    """How the client's words are said back, behind `you`: what they ask, else their first
    sentence; empty where neither is sure to be plain, whole English. They stand beside then.
    """
    sentences = sentences_said(brought)
    # What comes before a `but` is not what they mean, and before an `and` only half of it.
    if any(GOES_ON.match(sentence) for sentence in sentences[1:]):
        return ""
    # `The boss is killing me` is no sentence for anybody else to say.
    if hurts(brought):
        return ""
    tellings = ["" if _NEWS.search(part) else telling_of(part) for part in sentences]
    asked = (telling for telling in tellings if telling.startswith("asked"))
    return next(asked, tellings[0])


def clause_told(words: str) -> str:
    """What the client said in so many words, as it is told to them: `Bo says yes`, `you know three
    ways`; empty where it isn't sure to be plain English, or the gist."""
    telling = telling_of(exact_words(words))
    return telling.removeprefix(TOLD) if telling.startswith(TOLD) else ""


def is_sayable(text: str) -> bool:
    """Whether a whole prompt is short enough and quotes once at most."""
    return word_count(text) <= SPOKEN_WORDS and text.count("“") <= 1


def said_label(label: str) -> str:
    """How a commitment is spoken of by its label, such as `calling the works council`; empty where
    nothing is known of the label's grammar."""
    words = label.split()
    first = words[0].casefold() if words else ""
    if first in ("my", "our"):
        return " ".join(["your", *words[1:]])
    if first in DETERMINERS or first in (*NEGATIONS, "your") or _is_gerund(first):
        return " ".join([words[0].lower(), *words[1:]])
    if first in NOUNS:
        return " ".join(["the", words[0].lower(), *words[1:]])
    # `Sandra's figures`
    is_owned = words[1:] and words[0][:1].isupper() and words[0].endswith(("'s", "’s"))
    return label if is_owned else ""


def label_phrases(said: str) -> Mapping[str, str]:
    """A commitment by its name, for any wording (`what`), for those that need something done
    (`thing`), which is empty where it is something not to do, and for those that need something
    that happens and can go well or badly (`happens`): `the talk`, `calling the bank`. What is had
    with somebody is an `event` alone, for nobody says `how are things with the coffee with Bo`."""
    negated = said.partition(" ")[0] in NEGATIONS
    thing = "" if negated else said
    happens = thing if _is_event(thing) else ""
    if happens and " with " in happens:
        return {"event": happens, "happens": happens}
    return {"what": said, "thing": thing, "happens": happens}


def _is_event(said: str) -> bool:
    """Whether a name is what somebody does or what takes place, and not an object."""
    words = said.casefold().split()
    noun = [*takewhile(lambda word: word not in PREPOSITIONS, words)][-1:]
    return bool(noun) and (_is_gerund(words[0]) or noun[0] in phrase_list("events"))


def own_label(what: str, label: str) -> str:
    """The label of a commitment where somebody gave it one; empty where it was made of its
    words."""
    return label if label and label != made_label(what) else ""


def with_label(what: str, label: str) -> str:
    """A commitment by the name it was given, with its full words: a coach who reads these alone may
    say what that name was to spare them."""
    return named(own_label(what, label), what)


def named(name: str, what: str) -> str:
    """A commitment behind the name that somebody gave it, if any."""
    return f"{name}: {what}" if name else what


def promise_phrases(
    what: str, label: str, place: int, *, spares_words: bool, gently: bool
) -> tuple[Mapping[str, str], ...]:
    """The ways a commitment can be spoken of, the best first (R123).

    A label of the coach's; the promise as a clause about the client, `You were going to ask Gary`;
    what it is about by name; and where nothing is sure to be plain English, what they took on last
    time, all of it. A note is not read out to the one who made it. `spares_words`: of their own
    words nothing is said but a name, `the coffee with Chloe`. `gently`: after a death or harm
    nobody is asked what came of what they did, only how it was.
    """
    promise = promise_of(what)
    clauses = {name: getattr(promise, name) for name in CLAUSES}
    if gently:
        done = promise.did or promise.lived or promise.found or promise.gently
        unsaid = dict.fromkeys(("did", "lived", "found"), "")
        clauses |= {**unsaid, "gently": done}
    person, met = promise.person, promise.met
    if spares_words:
        clauses = {}
        person, met = ("", "") if person.startswith("the ") else (person, met)
    said = said_label(own_label(what, label))
    named = promise.event or ("" if spares_words else promise.thing)
    ways: tuple[Mapping[str, str], ...] = (
        label_phrases(said),
        clauses,
        {"event": promise.event, **label_phrases(named)},
        {"asked": promise.asked if person else ""},
        {"person": person, "met": met},
        {"taken_on": TAKEN_ON if place else ""},
    )
    return tuple(way for way in ways if any(way.values()))


def _is_gerund(word: str) -> bool:
    return word.endswith("ing") and word not in NO_GERUNDS and word.isascii() and len(word) > 4


class Spoken(Struct, frozen=True):
    """A wording as it is said."""

    text: str = ""
    """Empty where nothing can be said."""
    fields: frozenset[str] = frozenset()
    """Names of what is filled in."""


def fill_spoken(
    wordings: Sequence[str],
    turn: int,
    values: Mapping[str, str],
    ways: Sequence[Mapping[str, str]],
) -> Spoken:
    """The wording whose turn it is of those with room for the client's words; where none has, of
    those that name the thing without them, then of those that name nothing; empty where there is
    none of these either.

    `values`: words to quote, empty where there are none that may be quoted. `ways`: what is said as
    it stands, without quotation marks of the wording's, the best way first; a wording with a field
    that a way leaves empty is none for it.
    """
    fields = {wording: frozenset(_FIELD.findall(wording)) for wording in wordings}
    quoting = [text for text in wordings if not fields[text].isdisjoint(values)]
    naming = [text for text in wordings if fields[text] and text not in quoting]
    plain = [text for text in wordings if not fields[text]]
    for group in (quoting, naming, plain):
        for phrases in ways:
            known = {name for name, said in (*values.items(), *phrases.items()) if said}
            fitting = [text for text in group if fields[text] <= known]
            texts = [_fill(wording, values, phrases) for wording in fitting]
            if text := _in_turn(texts, turn):
                return Spoken(text, fields[fitting[texts.index(text)]])
    return Spoken()


def _in_turn(texts: Sequence[str], turn: int) -> str:
    """Of the texts that can be said (the others are empty), one that the turns before and after do
    not take, as far as there are enough.

    Which can be said depends on the client's words, so counting these alone would bring the same
    wording twice in a row.
    """
    turns = min(TURNS, len(texts)) or 1
    # Where none of its own can be said, the turn half a round away is the last to notice.
    for turn_taken in (turn, turn + turns // 2, *range(turns)):
        own = [text for text in texts[turn_taken % turns :: turns] if text and is_sayable(text)]
        if own:
            return own[turn // turns % len(own)]
    return ""


def _fill(wording: str, values: Mapping[str, str], phrases: Mapping[str, str]) -> str:
    """A wording with its fields filled in; empty where the client's words are too long for it."""
    quoted = [name for name in _FIELD.findall(wording) if name in values]
    spoken = _inserted(wording, phrases, dict.fromkeys(values, ""))
    quotes = {name: quotable(values[name], word_count(spoken)) for name in quoted}
    if not all(quotes.values()):
        return ""
    return _inserted(wording, phrases, {name: f"“{words}”" for name, words in quotes.items()})


def _inserted(wording: str, phrases: Mapping[str, str], quotes: Mapping[str, str]) -> str:
    """The wording with its fields filled in; what is filled in is not read again."""
    parts: list[str] = []
    end = 0
    for field in _FIELD.finditer(wording):
        parts.append(wording[end : field.start()])
        said = quotes.get(field[1], phrases.get(field[1], ""))
        if "".join(parts).rstrip()[-1:] in ("", ".", "?", "!"):
            said = said[:1].upper() + said[1:]
        parts.append(said)
        end = field.end()
        # A question or a call that is quoted needs no full stop behind it.
        if said.endswith(("?”", "!”")) and wording[end : end + 1] == ".":
            end += 1
    return "".join([*parts, wording[end:]])
