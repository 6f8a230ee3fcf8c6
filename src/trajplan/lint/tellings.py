"""What a client tells, asks or brings up, as the coach says it back: `You told me your old boss
rang`, `You asked how to start` (R123).

Nobody says a note or an `I` of somebody else's aloud. So a sentence is turned to the client where
its grammar is known: a clause with a subject and a verb, a question that asks what to do, something
to do. Of anything else nothing is said; the words stand beside.
"""

from __future__ import annotations

import re
from functools import cache, partial

from trajplan.lint.labels import DETERMINERS, PAUSE, gerund
from trajplan.lint.phrases import any_of, words_in
from trajplan.lint.promises import in_english, irregular_pasts, past_tense, said_to_client
from trajplan.lint.verbs import is_verb
from trajplan.text import cue_words, pattern, sentences_of

_list = partial(words_in, file="tellings")
_TYPED = ((r"\bim\b", "I'm"), (r"\bive\b", "I've"))
_RUNS_ON = pattern(
    r"\b(?:here|there|now|today|this|that|it|me|him|her|them)\s+(?:its|it's|thats|that's|theres|"
    r"there's|hes|he's|shes|she's)\b",
    re.IGNORECASE,
)
"""Two sentences typed as one: `I shouldn't be here its my brother who said`."""
_NO_TO = pattern(
    r"\b(?:want|wants|need|needs|wanted|needed)\s+(?:ask|go|talk|tell|say|do|be|make|get|take|leave|"
    r"stay|find|see|know|speak|start|stop|keep|give)\b",
    re.IGNORECASE,
)
"""`I want ask for a fourth person` is no English to be said back."""
_BASE_VERB = (
    r"(?:talk|shout|want|say|go|come|know|like|make|tell|think|see|get|work|look|need|ask|give|take|"
    r"speak|help|understand|listen|answer|hate)"
)
_SLIPS = pattern(
    r"(?:^|[.!?,;:·\n]\s*|\b(?:but|because|and|so|now)\s)"
    r"(?:he|she|nobody|everybody|everyone|somebody|someone)(?: never| always| only| really)?"
    rf" {_BASE_VERB}\b(?!['’])"
    r"|\b(?:want|wants|wanted|need|needs|needed) (?:somebody|someone|him|her|them|me|us) "
    rf"{_BASE_VERB}\b"
    r"|\b(?:was|were|is|am|are) \w{2,20} (?:with|to|from|for|at) (?:(?:old|young|new|nice|other) )?"
    r"(?:lady|woman|man|girl|boy|boss|teacher|doctor|landlord)\b"
    r"|\b(?:ask|asked|know|tell|told|understand|find out) [^.?!,:]{0,30}\b"
    r"(?:how (?:long|much|many|old|far|big)|when|where|why) (?:is|are|was|were) "
    r"(?:the|my|our|this|these|he|she|they)\b"
    r"|\b(?:didn['’]?t|did not|doesn['’]?t|does not) "
    r"(?:went|told|knew|came|said|saw|took|gave|was)\b"
    r"|\b(?:must|can|should) to (?:do|go|say|ask|tell|be|make|work)\b"
    r"|\bI am agree\b|\b(?:said|explain|explained) me\b|\b(?:informations|advices|feedbacks)\b",
    re.IGNORECASE,
)
"""What people write who have English as another language: `nobody shout`, `rude with old lady`,
`she wanted somebody ask her`, `ask how long are the essays`."""
_ASIDE = pattern(r"\s*\([^()]*\)?")
_TO_DO = pattern(
    r"^(?P<word>what|how(?: long| much| often| many)?|when|where|who)\s+"
    r"(?:do|should|can|could|shall|would)\s+(?:i|we)\s+(?P<verb>[a-z]+)\b",
    re.IGNORECASE,
)
_WHETHER = pattern(r"^(?P<may>should|can|could|do|am|did|is it)\s+(?:i\s+|we\s+)?", re.IGNORECASE)
_OTHERS = pattern(
    r"^(?P<word>what|how|why|when|where)\s+do\s+(?P<who>(?:other |some )?people|they|others)\s+",
    re.IGNORECASE,
)
_WHY_AM = pattern(r"^(?P<word>what|how|why|when|where|who)\s+am\s+i\s+", re.IGNORECASE)
_TALK_ABOUT = pattern(r"^(?:can|could)\s+we\s+(?:talk|speak)\s+about\s+(?=.)", re.IGNORECASE)
_ASKS = pattern(
    r"^(?:what|how|why|when|where|who|which|is|am|are|do|does|did|can|could|should|shall|"
    r"(?:will|would)(?=\s+(?:i|we|you|he|she|it|they|there|this|that|the|my|our)\b)|"
    r"was|were|wie|warum|wann|wo|wer)\b(?!['’]t)",
    re.IGNORECASE,
)
_OPEN_MATTER = pattern(
    r"^(?:whether|(?:how|what|when|where) to|(?:how|what|when|where|who|why) (?:i|my|we|our))\b",
    re.IGNORECASE,
)
_AFTERTHOUGHT = pattern(
    r"(?<!\bwhat)(?<!\bhow)(?<!\bwho),?\s+"
    r"(?:i (?:think|guess|suppose)|basically|mostly|obviously|actually|thanks|thank you|tbh|really|"
    r"lol)$",
    re.IGNORECASE,
)
_ASKED_BEHIND = pattern(
    r"[,;–—-]\s*(?:so |and )?(?:what|how|why|when|where|who|shall|should|do|did|can|could|am|will|"
    r"would)\s+(?:(?:do|did|should|shall|can|could|am|will|would)\s+)?(?:i|we|it|they)\b",
    re.IGNORECASE,
)
_OTHER_HALF = pattern(r"\bor (?:is|am|do|did|should|can|could)\b", re.IGNORECASE)
_NO_GERUND = pattern(
    r"^(?:(?:some|any|every|no)?thing|during|morning|evening|hearing|meeting)\b", re.IGNORECASE
)
_NAME = pattern(r"^[A-Z][\w-]+(?:'s)?$")
_LINKED = pattern(r"^\w+'(?:s|re|ve|d|ll|m)$", re.IGNORECASE)
_OBJECT = frozenset(cue_words("me my us our it him his her them their to that the a an if i and"))
_PRONOUNS = frozenset(cue_words("me us it him them"))
_SOMEBODY = frozenset(cue_words("he she him her his hers"))
_SEVERAL = frozenset(cue_words("they them their theirs"))
_DAY_TO_COME = pattern(
    r"\s(?:(?:on|next|this) (?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|next week)$",
    re.IGNORECASE,
)
MOST_BETWEEN = 4
"""Words before a noun among which its article stands: `the new planning job`."""
LONGEST = 12
"""Words of a clause that leave room for who told it and a question."""


def telling_of(sentence: str) -> str:
    """What follows `you` when a sentence of the client's is said back: `told me your old boss
    rang`, `asked how to start`, `brought up asking for more pay`; empty where its grammar isn't
    known, it is long, in another language, or holds somebody's speech."""
    text = sentence
    for typed, meant in _TYPED:
        text = re.sub(typed, meant, text, flags=re.IGNORECASE)
    asks = text.rstrip().endswith("?")
    if _ASKED_BEHIND.search(text):
        return ""
    text = _without_tail(in_english(_ASIDE.sub("", text).rstrip(" ?!.…")))
    if not text or len(text.split()) > LONGEST or is_against_oneself(text) or _RUNS_ON.search(text):
        return ""
    if points_nowhere(text.split()) or _NO_TO.search(text):
        return ""
    about = _TALK_ABOUT.sub("", text)
    if about != text:
        return f"brought up {said_to_client(about.split())}"
    if asks or (_ASKS.match(text) and not _OPEN_MATTER.match(text)):
        return _asked(text)
    if _OPEN_MATTER.match(text) or _is_doing(text):
        return f"brought up {said_to_client(_lowered(text).split())}"
    clause = _to_come(_clause(text.split()), text)
    if clause:
        return f"told me {said_to_client(clause)}"
    return f"brought up {said_to_client(_lowered(text).split())}" if _is_thing(text) else ""


def matter_of(text: str) -> str:
    """The plain name of what somebody brings, `the hearing` or `your shop`, where their first
    sentence says it: a noun of the list, with an article before it or at the beginning; else empty.

    Nobody is named by it, and nothing of their body: what is done about a shop can be asked, what
    is done about a girl cannot.
    """
    words = next(iter(sentences_of(text)), "").split()
    bare = [word.casefold().strip(' .,;:!?…()"“”') for word in words]
    for place, noun in enumerate(bare):
        if noun not in _list("matters") or not _ends_a_name(words[place], bare[place + 1 :]):
            continue
        if not place:
            return f"the {noun}"
        before = bare[max(0, place - MOST_BETWEEN) : place]
        article = next((word for word in reversed(before) if word in DETERMINERS), "")
        between = before[before.index(article) + 1 :] if article else []
        joins = any(word in _list("prepositions") or is_verb(word) for word in between)
        denied = bool({"not", "no", "isn't", "wasn't", "want", "need", "find"} & set(before))
        if article in ("the", "a", "an", "my", "our") and not (joins or denied):
            return f"{'your' if article in ('my', 'our') else 'the'} {noun}"
    return ""


def _ends_a_name(word: str, behind: list[str]) -> bool:
    """Whether a noun is the last of its name: not `the shop floor`."""
    if PAUSE.search(word) or not behind:
        return True
    after = behind[0]
    known = after in _list("prepositions") or after in _list("subjects") or after in _list("verbs")
    return known or after in _list("behind-a-name") or not after.isalpha() or after in _pasts()


def speaks_of_somebody(text: str) -> bool:
    """Whether somebody is named in a text: by a name inside a sentence, or as `my sister`."""
    words = text.split()
    for place, word in enumerate(words):
        bare = PAUSE.sub("", word).strip("()'’\"“”").split("'")[0]
        begins = not place or words[place - 1].endswith((".", "!", "?", "…"))
        if bare.casefold() in _list("people"):
            return True
        a_name = bare[:1].isupper() and bare[1:].islower() and len(bare) > 2
        if not begins and a_name and bare.casefold() not in _list("days"):
            return True
    return False


def is_asked(sentence: str) -> bool:
    """Whether words ask something, with or without a question mark."""
    return sentence.endswith("?") or bool(
        _ASKS.match(sentence) and not _OPEN_MATTER.match(sentence)
    )


def is_question(sentence: str) -> bool:
    """Whether words have a question's grammar: not `so now I could just stay??`."""
    return bool(_ASKS.match(sentence) and not _OPEN_MATTER.match(sentence))


def is_learners_english(text: str) -> bool:
    """Whether words show that English is not their writer's own language. Nobody says such words
    back: their slips would be heard in them."""
    return bool(_NO_TO.search(text) or _SLIPS.search(text))


def points_nowhere(words: list[str]) -> bool:
    """Whether it speaks of somebody, or of what comes back, whom nothing before in it names: `two
    of them don't talk`, `what do I do if it comes back`."""
    bare = [PAUSE.sub("", word.casefold()).split("'")[0] for word in words]
    for place, word in enumerate(bare):
        opens = word == "it" and bare[place - 1 : place] in (["if"], ["when"], ["because"])
        if (word in _SOMEBODY or word in _SEVERAL or opens) and not any(
            _names(words, bare, before, several=word in _SEVERAL) for before in range(place)
        ):
            return True
    return False


def _names(words: list[str], bare: list[str], place: int, *, several: bool) -> bool:
    """Whether a word names somebody or something that a later `she` or `they` can mean."""
    word, behind = bare[place], bare[place + 1 : place + 2]
    if word in DETERMINERS:
        return behind != ["of"] and not (several and not _is_plural(bare[place + 1 :]))
    if word in _list("people") or word in ("people", "everyone", "everybody", "somebody"):
        return several or not word.endswith(("s", "children", "people"))
    begins = not place and (_ASKS.match(word) or word in _list("without-subject"))
    return bool(_NAME.match(words[place])) and word not in _list("subjects") and not begins


def _is_plural(bare: list[str]) -> bool:
    return any(len(word) > 3 and word.endswith("s") for word in bare[:3])


def is_against_oneself(text: str) -> bool:
    """Whether somebody calls themselves names, which nobody says back to them."""
    return bool(any_of("tellings", "against-oneself").search(text.casefold()))


def _asked(text: str) -> str:
    """`How do I start` → `asked how to start`."""
    if to_do := _TO_DO.match(text):
        turned = f"{to_do['word']} to {to_do['verb'].lower()}{text[to_do.end() :]}"
    elif (whether := _WHETHER.match(text)) and not _OTHER_HALF.search(text):
        turned = _whether(whether["may"].lower(), whether[0].split()[-1], text[whether.end() :])
    elif others := _OTHERS.match(text):
        turned = f"{others['word']} {others['who']} {text[others.end() :]}"
    elif why := _WHY_AM.match(text):
        turned = f"{why['word']} I am {text[why.end() :]}"
    else:
        return ""
    return f"asked {said_to_client(_lowered(turned).split())}" if turned else ""


def _whether(may: str, who: str, rest: str) -> str:
    """`Should I stay` → `whether I should stay`; empty where something else is asked."""
    verb, _, behind = rest.partition(" ")
    if may == "is it":
        return f"whether it's {rest}"
    if who.lower() not in ("i", "we"):
        return ""
    if may == "am":
        return f"whether I am {rest}"
    if may == "did":
        return f"whether I {past_tense(verb.lower())} {behind}".strip() if is_verb(verb) else ""
    return f"whether I {rest}" if may == "do" else f"whether I {may} {rest}"


def _is_doing(text: str) -> bool:
    """`Asking for more pay`, but not `Everything is late`."""
    first, *rest = text.split()
    if _NO_GERUND.match(text) or not _is_gerund(first.casefold()):
        return False
    return not (rest and _is_finite(rest[0], rest[1:2])) and "," not in text


def _is_gerund(word: str) -> bool:
    """`asking`, `running`, `making`, but not `wedding`: what is left of it is a verb."""
    stem = word.removesuffix("ing")
    if stem == word or len(stem) < 2:
        return False
    undoubled = stem[:-1] if stem[-1] == stem[-2] else stem
    return any(is_verb(verb) for verb in (stem, f"{stem}e", undoubled))


def _clause(words: list[str]) -> list[str]:
    """A sentence with its subject in front; no words where none is found before a verb."""
    first = words[0].casefold()
    rest = words[1:]
    if not rest or any(PAUSE.search(word) for word in words[:2]):
        return []
    linked = _LINKED.match(words[0])
    subject = first.split("'")[0]
    if _disagrees(subject, rest[0]):
        return []
    if subject in _list("subjects"):
        finite = subject == "i" or linked or _is_finite(rest[0], rest[1:], plural=True)
        return ["I" + words[0][1:] if subject == "i" else first, *rest] if finite else []
    if first in _list("without-subject"):
        return ["you", first, *rest]
    if subject in _list("people"):
        return ["your", first, *rest] if _goes_on(words[0], rest) else []
    if subject in _list("mass"):
        return [first, *rest] if _goes_on(words[0], rest) else []
    if first in DETERMINERS:
        return _with_determiner([first, *rest])
    return words if _NAME.match(words[0]) and _goes_on(words[0], rest) else []


def _disagrees(subject: str, verb: str) -> bool:
    """`Everybody say`, `wife think`: nobody says back what is no English."""
    of_one = subject in _list("one") or (
        subject in _list("people") and not subject.endswith(("s", "children"))
    )
    return of_one and PAUSE.sub("", verb.casefold()) in _list("of-many")


def _to_come(clause: list[str], text: str) -> list[str]:
    """`I resign on Monday` is to come: `you're resigning on Monday`."""
    if clause[:1] == ["I"] and len(clause) > 2 and is_verb(clause[1]) and _DAY_TO_COME.search(text):
        return ["I'm", gerund(clause[1].lower()), *clause[2:]]
    return clause


def _with_determiner(words: list[str]) -> list[str]:
    """`My old boss rang`, `two of them don't talk`: a thing or somebody, then a verb; `the talk I
    had` and `the interview questions` are no sentences."""
    for place in (1, 2):
        head, rest = words[place : place + 1], words[place + 1 :]
        if not head or not rest or head[0].casefold().split("'")[0] in _list("subjects"):
            return []
        if place > 1 and head[0][0].isupper():
            return []
        if place == 1 and head == ["of"]:
            return words if _is_finite(words[3] if len(words) > 3 else "", words[4:]) else []
        if _goes_on(head[0], rest):
            return words
        behind = {word.casefold() for word in rest[2:5]}
        # `The talk with Gary was awful`.
        if rest[0].casefold() in _list("prepositions") and behind & _list("states"):
            return words
    return []


def _goes_on(subject: str, rest: list[str]) -> bool:
    """Whether a verb follows a subject, or is drawn together with it (`Gary's offered me 4k`)."""
    if not rest:
        return False
    if _LINKED.match(subject) and rest[0].casefold() not in ("have", "has", "had", "want", "wants"):
        follower = PAUSE.sub("", rest[0].casefold())
        return follower in ("not", "been", "gone", "going") or follower.endswith(("ing", "ed"))
    return _is_finite(rest[0], rest[1:])


def _is_finite(word: str, behind: list[str], *, plural: bool = False) -> bool:
    """Whether a word says what somebody does or did. `plural`: its subject may be many, so that
    `want` does too."""
    bare = PAUSE.sub("", word.casefold())
    if bare in _list("verbs") or bare in _pasts() or (plural and is_verb(bare)):
        return True
    if not behind:
        return False
    object_ = PAUSE.sub("", behind[0].casefold())
    does = bare.endswith("s") and object_ in _PRONOUNS
    return does or (bare.endswith("ed") and object_ in _OBJECT)


def _is_thing(text: str) -> bool:
    """`Feedback from the panel`, `my talk with Gary`: a thing that is told more about, and no
    verb."""
    words = [PAUSE.sub("", word.casefold()) for word in text.split()]
    if words[0] in ("no", "every", "each", "all"):
        return False
    known = words[0] in ("the", "my", "our")
    joint = words[2 if known else 1 :][:1]
    plain = not any(word in _list("verbs") or word in _pasts() for word in words)
    named = known or words[0] in _list("mass") or words[0] == "feedback"
    return bool(named and plain and joint and joint[0] in _list("prepositions") and "," not in text)


def _without_tail(text: str) -> str:
    """The sentence without a word at its end that tells nothing more."""
    text = _AFTERTHOUGHT.sub("", text)
    head, comma, tail = text.rpartition(",")
    words = tail.casefold().split()
    empty = words and (words[0] == "like" or (len(words) == 1 and words[0] in _list("tails")))
    return head if comma and empty else text


def _lowered(text: str) -> str:
    first, _, rest = text.partition(" ")
    return f"{first.lower() if first != 'I' else first} {rest}".strip()


@cache
def _pasts() -> frozenset[str]:
    """What was done, of verbs whose past is no `-ed` and not the verb itself: `rang`, `left`."""
    known = (past for verb, past in irregular_pasts().items() if verb != past)
    return frozenset((*known, *_list("more-pasts")))
