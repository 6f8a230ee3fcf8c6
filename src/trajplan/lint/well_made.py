"""Whether somebody's words are plain, well-made English that a coach may say as their own (R123).

The grammar is small on purpose, and says what is known to be whole. A thing has its article, its
owner, its number or a name; nothing points at what was said elsewhere (`it`, `them`, `that`); no
clause hangs behind the first. What it doesn't know isn't said: a slip of somebody's said back to
them is worse than a plain line.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, partial

from trajplan.lint.labels import MORE_VERBS, to_client
from trajplan.lint.phrases import words_in
from trajplan.lint.verbs import is_past, is_verb, past_tense
from trajplan.text import cue_words, pattern

phrase_list = partial(words_in, file="tellings")
"""The words of a section of `tellings.txt`."""
MOST_WORDS = 10
"""Words that are followed by ear in front of a question."""
MOST_OF_A_NAME = 4
"""Words of one thing behind its article: `the new price list`."""
ARTICLES = frozenset(cue_words("the a an my your our each every another one any both all"))
NUMBERS = frozenset(cue_words("two three four five six seven eight nine ten eleven twelve"))
SOMEBODY = frozenset(
    cue_words(
        "you yourself yourselves me us nobody everybody everyone somebody someone nothing "
        "something everything"
    )
)
BEFORE_NUMBERS = frozenset(cue_words("last first next other same"))
TITLES = frozenset(cue_words("mr mrs ms dr miss auntie uncle"))
PREPOSITIONS = frozenset(
    cue_words(
        "about at by for from in into of on onto over through to towards with around between "
        "before after during near under behind beside against among inside across past without"
    )
)
PARTICLES = frozenset(
    cue_words(
        "up down out off back away home again once twice alone together outside early late "
        "properly separately asleep awake right first today tonight tomorrow now still always in "
        "on over loud"
    )
)
GIVES = frozenset(cue_words("give offer send show tell teach buy lend write bring ask"))
"""Somebody and something follow these: `gave Chloe the scones`."""
LETS = frozenset(cue_words("let help make"))
"""Somebody and what they do follow these: `let Kofi do the job`."""
QUESTION_WORDS = frozenset(cue_words("what how who when where which"))
TIMES = frozenset(cue_words("day morning evening night week month"))
"""What is done `a day` is done so often."""
_SMALL, _CAPITAL = "a-zß-öø-ÿ\u0100-\u017f", "A-ZÀ-ÖØ-Þ\u0100-\u017f"
_PLAIN_WORD = pattern(rf"[{_CAPITAL}{_SMALL}]+(?:[-'][{_CAPITAL}{_SMALL}]+)*|\d{{1,2}}")
_NAME = pattern(
    rf"(?:[{_CAPITAL}][{_SMALL}]+(?:[-']?[{_CAPITAL}]?[{_SMALL}]+)*|[A-Z]{{2,5}})(?:'s?)?"
)
_ABBREVIATED = pattern(r"[b-df-hj-np-tv-xz]{2,}")
"""`hrs` and `wks`, which nobody says."""
_INITIALS = pattern(r"[A-Z]{2,}")
_PLURAL = pattern(r"[a-z]{3,}(?<!s)(?<!u)(?<!i)s")


def is_well_made(words: Sequence[str]) -> bool:
    """Whether what is done is said whole, `ring the college about the course`. `words` begin with
    a verb, in any form."""
    plain = (_is_plain(word) or word == "which" for word in words)
    if not (1 < len(words) <= MOST_WORDS and all(plain)):
        return False
    acts = words_of_act(words)
    return _goes_on(acts[1:], acts[0].casefold())


def words_of_act(words: Sequence[str]) -> Sequence[str]:
    """What is done, behind `go and`, which only leads to it."""
    return words[2:] if leads_to_act(words) else words


def leads_to_act(words: Sequence[str]) -> bool:
    """Whether words begin as `go and watch` does: one thing to do, said with two verbs."""
    return [*words[:2]] in (["go", "and"], ["come", "and"]) and is_verb("".join(words[2:3]))


def is_well_made_clause(words: Sequence[str]) -> bool:
    """Whether a sentence with its subject in front is whole, in words to the client: `your old
    boss rang`."""
    if not (1 < len(words) <= MOST_WORDS and all(map(_is_plain, words))):
        return False
    first = words[0].casefold()
    drawn_together = first.startswith("you'") or first.endswith("'s")
    subject = 1 if drawn_together else _thing(words)
    if subject == 1 and (first in NUMBERS or first.isdigit()):
        return False  # `Two came`: of whom?
    rest = [word for word in words[subject:] if word.casefold() not in phrase_list("adverbs")]
    if not (subject and rest):
        return False
    says_you = first.startswith("you'")
    if says_you or rest[0].casefold() in phrase_list("states-of"):
        state = rest[0 if says_you else 1 :]
        if len(state) == 1 and not _is_function(state[0]):
            return True
    bare = _is_bare_verb(rest[0]) and rest[0] not in phrase_list("verbs")
    of_many = first == "you" or _PLURAL.fullmatch(words[subject - 1])
    if (bare and not (of_many or says_you)) or not _is_verb_form(rest[0]):
        return False
    while rest and (_is_verb_form(rest[0]) or rest[0] == "not"):
        rest = rest[1:]
    return _goes_on(rest, "")


def object_of(words: Sequence[str]) -> str:
    """The thing or the person that what is done is done to, `the letter`, where it is called by a
    whole name that can be said by itself; else empty. `words` begin with a verb."""
    behind = list(words[1:])
    if behind[:1] and behind[0].casefold() in ("up", "down", "out", "off", "back"):
        behind = behind[1:]
    count = _thing(behind)
    known = behind[:1] and (
        behind[0].casefold() in ("the", "your", "my", "our") or _is_name(behind)
    )
    # Before `Wakefield update`, `the two-minute` is no thing.
    ends = not (behind[count:] and _NAME.fullmatch(behind[count]))
    is_whole = count and known and ends and all(map(_is_plain, behind[:count]))
    return " ".join(behind[:count]) if is_whole else ""


def is_plain_thing(words: Sequence[str]) -> bool:
    """Whether words are one thing and nothing else, without initials, a word cut short or somebody
    who is not called by name (`the client's drinking`)."""
    return is_well_made(("discuss", *words)) and not any(
        _INITIALS.fullmatch(word)
        or (bare := word.casefold().partition("'")[0]) in phrase_list("people")
        or bare in phrase_list("cut-short")
        for word in words
    )


def is_somebody(thing: str) -> bool:
    """Whether a thing is a person: called by name, or `your brother`."""
    words = thing.split()
    return _is_name(words) or words[-1].casefold() in phrase_list("people")


def _is_plain(word: str) -> bool:
    bare = word.casefold()
    return bool(_PLAIN_WORD.fullmatch(word)) and not (
        bare in phrase_list("points-elsewhere")
        or bare in phrase_list("rough")
        or (_ABBREVIATED.fullmatch(word) and bare not in TITLES)
    )


def _goes_on(words: Sequence[str], verb: str) -> bool:
    """Whether everything behind a verb is whole."""
    things, place = 0, 0
    while place < len(words):
        word, behind = words[place].casefold(), words[place + 1 :]
        takes_two = verb in GIVES or verb in _pasts_of_giving()
        if word == "to" and behind and is_verb(behind[0]):
            place, things, verb = place + 2, 0, behind[0]
        elif word in QUESTION_WORDS and behind[:1] == ["to"] and is_verb("".join(behind[1:2])):
            place, things, verb = place + 3, 0, behind[1]
        elif word in QUESTION_WORDS and _answers(word, behind):
            return True
        elif word in ("a", "each", "every") and "".join(behind[:1]) in TIMES:
            place += 2
        elif word in PREPOSITIONS and _thing(behind):
            place, things = place + 1 + _thing(behind), 1
        elif word in PARTICLES or _is_said_to(verb, word, behind):
            place += 1
        elif word in ("and", "or") and things and _thing(behind):
            place += 1 + _thing(behind)
        elif word == "yes" or (word == "no" and not behind):
            place += 1
        elif things == 1 and verb in LETS and is_verb(word):
            place, things, verb = place + 1, 0, word
        elif word in ("every", "each") and _thing(words[place:]):
            place += _thing(words[place:])
        elif _thing(words[place:]) and things < 1 + takes_two:
            place, things = place + _thing(words[place:]), things + 1
        else:
            return False
    return True


def _is_said_to(verb: str, word: str, behind: Sequence[str]) -> bool:
    """Whether a verb goes on as `say sorry to Karen` does, or `said no to the extra shift`."""
    return word in ("sorry", "no", "yes") and verb in ("say", "said") and [*behind[:1]] == ["to"]


def _answers(question: str, behind: Sequence[str]) -> bool:
    """Whether a sentence follows a question word to its end: what `the house costs`, what `I need`,
    which `hour of the day I'd keep`."""
    sentence = [to_client(word) for word in behind]
    if is_well_made_clause(sentence):
        return True
    you = next(
        (place for place, word in enumerate(sentence) if word.startswith("you")), len(sentence)
    )
    counts = question == "how" and "".join(behind[:1]).casefold() in ("much", "many")
    thing = ["the", *behind[1 if counts else 0 : you]]
    whole = _thing(thing)
    if whole and thing[whole : whole + 1] == ["of"]:
        whole += 1 + _thing(thing[whole + 1 :])
    asks_which = (question in ("which", "what") or counts) and 1 < whole == len(thing)
    return asks_which and is_well_made_clause(sentence[you:])


def _thing(words: Sequence[str]) -> int:
    """How many words one whole thing takes at the beginning of words; 0: there is none."""
    if not words:
        return 0
    first = words[0].casefold()
    if first in SOMEBODY:
        return 1
    is_number = first in NUMBERS or first.isdigit()
    if first in ARTICLES or is_number:
        # `At the back`, where `back` is a thing.
        count = _open_words(words[1:]) or ("".join(words[1:2]) in ("back", "outside", "inside"))
        plural = is_number or first in ("both", "all")
        if is_number and not count:
            return 1  # `at five`
        return 1 + count if count and (_PLURAL.fullmatch(words[count]) or not plural) else 0
    if _is_name(words):
        count = 1 + (first in TITLES)
        while count < len(words) and _NAME.fullmatch(words[count]):
            count += 1
        owned = words[count - 1].endswith(("'s", "s'"))
        return count + (_open_words(words[count:]) if owned else 0)
    if first in phrase_list("no-article"):
        return 1
    count = _open_words(words)
    return count if 0 < count <= 2 and _PLURAL.fullmatch(words[count - 1]) else 0


def _is_name(words: Sequence[str]) -> bool:
    """Whether words begin with a name; of a title alone, `see Dr`, it isn't known whose it is."""
    named = words[1:2] if words[0].casefold() in TITLES else words
    return bool(named and _NAME.fullmatch(named[0]))


def _open_words(words: Sequence[str]) -> int:
    """How many words in front belong to a thing that has begun."""
    count = 0
    for word in words:
        named = count and _NAME.fullmatch(word)
        if count and word == "one":
            return count + 1  # `the quiet one`
        # `My dad fishing friday`
        behind = count and (
            (word.endswith("day") and word in phrase_list("days"))
            or (word.endswith("ing") and words[count - 1] in phrase_list("people"))
        )
        is_number = word.isdigit() or word.casefold() in NUMBERS
        # `The last 4 windows`, but of `the owner 3 things` the owner alone.
        counted = count and is_number and words[count - 1].casefold() not in BEFORE_NUMBERS
        if named or behind or counted or _is_function(word) or word.endswith("ly"):
            break
        count += 1
    return count if count <= MOST_OF_A_NAME else 0


def _is_function(word: str) -> bool:
    bare = word.casefold()
    who = bare.replace("’", "'").partition("'")[0]  # `I'd`
    return (
        bare in PREPOSITIONS
        or bare in PARTICLES
        or bare in ARTICLES
        or who in SOMEBODY
        or who in ("i", "we", "he", "she", "it", "they")
        or bare in ("and", "or", "yes", "no", "not")
        or bare in QUESTION_WORDS
        or bare in phrase_list("verbs")
        or bare in phrase_list("points-elsewhere")
        or is_past(bare)
    )


def _is_bare_verb(word: str) -> bool:
    return is_verb(word) or word in phrase_list("befalls")


def _is_verb_form(word: str) -> bool:
    """Whether a word may stand in the verb of a sentence: `can't open`, `was told`, `starts`."""
    bare = word.casefold()
    return (
        bare in phrase_list("verbs")
        or bare in MORE_VERBS
        or _is_bare_verb(bare)
        or _is_bare_verb(bare.removesuffix("s"))
        or is_past(bare)
        or bare.endswith(("ed", "ing"))
    )


@cache
def _pasts_of_giving() -> frozenset[str]:
    return frozenset(map(past_tense, GIVES))
