"""What of an older sentence holds no more by newer words: a figure that was put right, somebody who
died, knows by now or is back, a result that has come, what is over or begun again (R142).

Nothing is taken away for that: the newer words stand beside the older ones, quoted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, takewhile

from trajplan.lint.phrases import heard
from trajplan.planning.asked_of_coach import GIVEN, NOT_GIVEN, OWES, is_withheld
from trajplan.planning.deaths import (
    DIED,
    FULL_NAME,
    KIN_NAMED,
    names_of_kin,
    of_the_living,
    tells_of_death,
)
from trajplan.planning.kept_in_mind import NewerWords
from trajplan.planning.matter import (
    NAMELESS,
    NO_NAMES,
    MatterWords,
    matter,
    names_all_of,
    names_of,
)
from trajplan.planning.sentences import Sentence
from trajplan.planning.who_helps import (
    NEW_NUMBER,
    NOT_THEM,
    NUMBER,
    TURNS_TO,
    is_new_number,
    is_not_them,
    is_other_contact,
)
from trajplan.planning.who_knows import AWARE, KEPT, NOBODY, SECRET, knows_now
from trajplan.text import KIN, pattern, shortened_to_clause

_ANY = pattern("")
SHORT = 70
"""Letters of what is quoted beside an older sentence."""
LONG_QUOTE = 110
"""Letters of what is quoted with the sentence before it."""
LONE = 20
"""Letters of a sentence that is quoted without the one that follows, at least."""
_NOT_THAT = r"(?:\bnot|\bno longer|\binstead of|\brather than|\b(?:up|down) from|n['’]t) [£€$]?\s?"
"""What stands before a figure that is wrong by now."""
_IS_NOW = r"(?:is|are|was|were) (?:only |now |really )?[£€$]?\d"
"""What stands behind it."""
_CORRECTS = pattern(rf"{_NOT_THAT}\d|\d {_IS_NOW}", re.IGNORECASE)
_TIME_LEFT = heard("newer", "time-left")
_UNDECIDED = heard("newer", "undecided")
_DECIDED = heard("newer", "decided")
_PUTS_RIGHT = heard("newer", "puts-right")
_TOLD_ON = heard("newer", "told-on")
_EXAM = heard("newer", "exam")
_SAME_EXAM = {"biopsies": "biopsy", "scans": "scan", "blood": "bloods", "thyroid": "bloods"}
_PENDS = heard("newer", "pends")
_CAME_BACK = heard("newer", "came-back")
_FIRST = pattern(r"^[A-ZÄÖÜ]\w{2,}")
_DIGIT = pattern(r"\d")
_IS_AWAY = heard("newer", "is-away")
_CAME_HOME = heard("newer", "came-home")
_CLIENT_AWAY = heard("newer", "client-away")
_CLIENT_BACK = heard("newer", "client-back")
_SUBJECTLESS = heard("newer", "subjectless")
_FELL_OUT = heard("newer", "fell-out")
_MADE_UP = heard("newer", "made-up")


_NOT_DONE = r"(?<!not )(?<!n['’]t )(?<!never )(?<!stopped )(?<!without )(?<!gave up )(?<!given up )"
_HABITS = (
    (
        r"(?:dry|sober|clean)(?= since| for| again| now|\W*$|,)|teetotal"
        r"|off the (?:drink|booze|wine)"
        r"|no alcohol|(?:not|\w{1,6}n['’]t) (?:had a drink|drunk|drinking|drink)"
        r"|(?:stopped|given up|gave up) (?:drink\w*|alcohol|wine)",
        rf"{_NOT_DONE}(?:drank|drinks|drinking|drunk|had a drink)|relaps\w+|fell off the wagon"
        r"|(?:bottles?|glass(?:es)?|pints?|cans?) of"
        r" (?:\w+ )?(?:wine|beer|lager|vodka|whisky|gin)"
        r"|bottles? a (?:day|night|week)|back on the (?:drink|booze|wine)",
    ),
    (
        r"(?:not|\w{1,6}n['’]t) smoke[ds]?|(?:stopped|given up|gave up|quit) smoking|smoke-free"
        r"|no cigarettes?",
        rf"{_NOT_DONE}smok(?:es|ed|ing)|relaps\w+|(?:\d+|ten|twenty) a day|back on the cigarettes",
    ),
    (
        r"(?:not|\w{1,6}n['’]t) (?:gambled?|bet|placed a bet)|(?:stopped|given up|gave up) gambling"
        r"|self-excluded",
        rf"{_NOT_DONE}(?:gambl(?:es|ed|ing)|bets?|betting)|relaps\w+|\bon (?:the )?slots"
        r"|at the casino|the bookies",
    ),
)
_KEPT_UP, _GIVEN_UP = (
    tuple(pattern(rf"\b(?:{words})\b", re.IGNORECASE) for words in told)
    for told in zip(*((lapse, leaves) for leaves, lapse in _HABITS), strict=True)
)
"""With which words somebody is said to have a habit, and to have left it, habit by habit."""
_HABIT = pattern("|".join(f"(?:{words})" for habit in _HABITS for words in habit), re.IGNORECASE)
_LOST_BABY = heard("newer", "lost-baby")
_EXPECTS = heard("newer", "expects")
_OVER = (
    r"(?:off(?! sick| work| duty| to| on| for)|over(?! \w)|cancelled|called off|settled|dropped"
    r"|dismissed|withdrawn|scrapped|done(?: with)?|no longer on)"
)
_WHAT = r"(?:the |a |her |his |my |their |that )?(?P<{}>[\w'’-]+(?: [\w'’-]+){{0,2}}?)"
_IS_OVER = pattern(
    rf"^{_WHAT.format('first')} (?:is|are|was|were|has been|have been) (?:all |now )?{_OVER}\b"
    r"|\b(?:called|turned) " + _WHAT.format("between") + r" (?:off|down)\b"
    r"|(?:^no (?:more )?|\b(?:pulled out of|dropped out of|withdr[ae]wn? from|gave up|given up"
    r"|called off|cancelled|ran|finished|passed|failed|won|lost|turned down|scrapped) )"
    + _WHAT.format("then")
    + r"(?=[.,;:!]|$| (?:on|in|at|to|for|and|with|because|after|since|from|by|this|last)\b)",
    re.IGNORECASE,
)
"""With which words something is said to be off, over or done, and what: `Pulled out of the half
marathon`."""
_NO_DOING = heard("newer", "no-doing")
_ALLOWS = heard("newer", "allows")
_MAY_BE = heard("newer", "may-be")
_WRONG_WORD = (
    r"not (?:(?:with|at|in|from|to|by|of|for|on) )?(?:the |an? |her |his |their )?([^\W\d_]{3,})"
)
_PUT_RIGHT = heard("newer", "put-right")
_HURTS = heard("newer", "hurts")
_NEVER_HURTS = heard("newer", "never-hurts")
_IS_NOT = heard("newer", "is-not")
_HAS_UNTIL = heard("newer", "has-until")
_HAS_TO_BY = heard("newer", "has-to-by")
_PROPER = pattern(rf"\b(?!(?i:{'|'.join((*NAMELESS.split(), *NO_NAMES))})\b)[A-ZÄÖÜ]\w{{3,}}")
"""A word with a capital, wherever it stands."""
_WENT = heard("newer", "went")
_THING, SHORT_ROOT = 4, 3
"""Letters of a word that may say alone what is over, and with which a word for a doing begins."""


def overtaken(told: Sequence[Sentence]) -> Mapping[str, NewerWords]:
    """By its words, each sentence of which something holds no more, with the newest words that say
    so. `told`: what was said and noted, sentence by sentence."""
    called = dict(names_of_kin(told))
    lives = {
        words.text: of_the_living(words, called) for words in told if tells_of_death(words.text)
    }
    # What newer words hold, and older ones, is looked for once in each sentence: only few pairs are
    # compared, and no older ones where nothing newer holds it.
    ways = (
        (_CORRECTS, _DIGIT, _corrects),
        (_PUT_RIGHT, _ANY, _is_put_right),
        (_HURTS, _NEVER_HURTS, _hurts_now),
        (AWARE, SECRET, knows_now),
        (DIED, _ANY, lambda words, old: lives[words.text].search(old.text) is not None),
        (_CAME_BACK, _PENDS, _is_result),
        (_CAME_HOME, _IS_AWAY, _is_back),
        (_TOLD_ON, _DIGIT, _has_had_its_day),
        (_TIME_LEFT, _TIME_LEFT, _is_time_left),
        (_DECIDED, _UNDECIDED, _is_decided),
        (_PUTS_RIGHT, _DIGIT, _is_told_anew),
        (GIVEN, OWES, _is_given),
        (NOT_GIVEN, OWES, _is_given),
        (_MADE_UP, _FELL_OUT, _is_of_a_name),
        (_HABIT, _HABIT, _is_of_habit),
        (_LOST_BABY, _EXPECTS, _are_of_the_same),
        (_IS_OVER, _ANY, _is_over),
        (_NO_DOING, _ANY, _is_not_done),
        (NOT_THEM, TURNS_TO, is_not_them),
        (NEW_NUMBER, NUMBER, is_new_number),
        (_ALLOWS, _ANY, _is_allowed),
        (_IS_NOT, _MAY_BE, _is_not_so),
        (_HAS_UNTIL, _HAS_TO_BY, _has_another_day),
        (_WENT, _DIGIT, _has_been),
    )
    in_order = sorted(told, key=lambda words: (words.day, words.place), reverse=True)
    newest = [
        (said, stands, overtakes)
        for sign, stands, overtakes in ways
        if (said := [words for words in in_order if sign.search(words.text)])
    ]
    found: dict[str, NewerWords] = {}
    for old in told:
        newer = chain.from_iterable(
            (words for words in _since(said, old) if overtakes(words, old))
            for said, stands, overtakes in newest
            if stands.search(old.text)
        )
        if words := next(newer, None):
            found.setdefault(old.text, NewerWords(text=_quoted(words), when=words.when))
    return found


def _quoted(words: Sentence) -> str:
    """What stands beside an older sentence: that somebody is no longer the one to turn to never
    without who is, and under which number, and that something is all right with what it is."""
    if _ALLOWS.search(words.text):
        # "The word is all right" says of what in the sentence before it.
        before = "" if _ALLOWS.search(words.then) else words.before
        then = words.then if _ALLOWS.search(words.then) else ""
        return shortened_to_clause(f"{before} {words.text} {then}".strip(), LONG_QUOTE)
    if is_other_contact(words.text) or NEW_NUMBER.search(words.text):
        return f"{words.text} {words.then}".strip()
    # "It isn't £9,400." goes on with what it is.
    text = words.text if len(words.text) > LONE else f"{words.text} {words.then}"
    return shortened_to_clause(text, SHORT)


def _since(said: Iterable[Sentence], old: Sentence) -> Iterator[Sentence]:
    """Of what was said, the newest first, what is newer than a sentence: of the same day, what was
    noted after it."""
    return takewhile(lambda words: (words.day, words.place) > (old.day, old.place), said)


def _corrects(words: Sentence, old: Sentence) -> bool:
    """Whether words say that a figure of another sentence is wrong: `it's £21,300, not £17,600`, or
    `the £11,400 is £9,150 now`."""
    both = map(re.escape, words.figures & old.figures)
    ways = (f"(?i:{_NOT_THAT}{figure}(?!\\d)|{figure} {_IS_NOW})" for figure in both)
    return any(re.search(way, words.text) for way in ways)


def _is_result(words: Sentence, old: Sentence) -> bool:
    """Whether the result that a sentence awaits has come."""
    if _CAME_BACK.search(old.text) or _PENDS.search(words.text):
        return False
    if _are_of_others(words, old):
        return False
    awaited, come = (_exams(said.text) or _exams(said.line) for said in (old, words))
    return not awaited.isdisjoint(come)


def _are_of_others(words: Sentence, old: Sentence) -> bool:
    """Whether two sentences name different people: no name in common, or a full name beside a
    relative, `Tom Reed` and `her dad Tom`."""
    newer, older = (said.names_and_kin - words.client for said in (words, old))
    if newer and older and newer.isdisjoint(older):
        return True
    full = {first for first, _ in FULL_NAME.findall(words.text)}
    kin = {name for _, name in KIN_NAMED.findall(old.line)}
    return bool(full & kin)


def _exams(text: str) -> set[str]:
    """What a text says is looked at by a doctor, under one word each."""
    return {_SAME_EXAM.get(exam, exam) for exam in map(str.casefold, _EXAM.findall(text))}


def _is_back(words: Sentence, old: Sentence) -> bool:
    """Whether somebody whom a sentence names as away is back."""
    if _are_of_others(words, old):
        return False
    if _CLIENT_AWAY.match(old.text) and _CLIENT_BACK.match(words.text):
        return True
    if _SUBJECTLESS.match(old.text) and _is_of_a_name(words, old):
        return True
    return _share_somebody(words.text, old.text, words.client)


def _is_of_a_name(words: Sentence, old: Sentence) -> bool:
    """Whether a sentence names somebody whom the line of another names, wherever the name stands;
    the sentence before one that begins with `they` says who they are."""
    named = f"{words.before} {words.text}" if _SUBJECTLESS.match(words.text) else words.text
    newer = set(map(str.casefold, re.findall(r"[A-ZÄÖÜ]\w+", named)))
    return any(
        name.casefold() in newer and matter(name).isdisjoint(words.client)
        for name in names_of(old.line)
    )


def _share_somebody(newer: str, older: str, client: frozenset[str]) -> bool:
    """Whether two texts name the same person, or begin with the same name: it has a capital as any
    word there."""
    first = {*_FIRST.findall(newer)} & {*_FIRST.findall(older)}
    if any(name.casefold() not in NOBODY for name in first):
        return True
    return bool(MatterWords(newer).names_and_kin & MatterWords(older).names_and_kin - client)


def _is_time_left(words: Sentence, old: Sentence) -> bool:
    """Whether somebody is said to have another time to live than a sentence says; of two relatives
    each has their own."""
    kin = [MatterWords(line.line).kin for line in (words, old)]
    return not all(kin) or bool(kin[0] & kin[1])


def _is_decided(words: Sentence, old: Sentence) -> bool:
    """Whether what a sentence says is open with somebody has been decided."""
    return _share_somebody(words.text, old.line, words.client)


def _is_told_anew(words: Sentence, old: Sentence) -> bool:
    """Whether a sentence gives a figure anew that another one gives: `grade 7 after all`."""
    newer, older = words.matter | words.names, old.matter | old.names
    return bool(_DIGIT.search(words.text)) and len(newer & older - words.client) > 1


def _has_had_its_day(words: Sentence, old: Sentence) -> bool:
    """Whether what came of a day that a sentence looks ahead to has been told, of the same
    people."""
    ahead = {day for day in old.days if old.day < day <= words.day}
    if not ahead.intersection(words.days):
        return False
    newer, older = (MatterWords(line.line).names_and_kin for line in (words, old))
    return bool(newer & older - words.client)


def _is_of_habit(words: Sentence, old: Sentence) -> bool:
    """Whether a habit that one sentence says was left is kept up by the other, of the same
    people."""
    return _are_of_the_same(words, old) and any(
        (left.search(old.text) and kept.search(words.text))
        or (kept.search(old.text) and left.search(words.text))
        for left, kept in zip(_GIVEN_UP, _KEPT_UP, strict=True)
    )


def _are_of_the_same(words: Sentence, old: Sentence) -> bool:
    """Whether two sentences name the same relatives, or none."""
    newer, older = ({KIN[word] for word in said.words if word in KIN} for said in (words, old))
    return newer == older


def _is_over(words: Sentence, old: Sentence) -> bool:
    """Whether something that a sentence names is said to be off, over or done."""
    things = (next(filter(None, match.groups())) for match in _IS_OVER.finditer(words.text))
    return any(
        max(map(len, thing.split())) >= _THING and names_all_of(thing, old.text) for thing in things
    )


def _is_not_done(words: Sentence, old: Sentence) -> bool:
    """Whether something that a sentence says they do is done no longer."""
    roots = (f"{match['root']}{match['twice'] or ''}" for match in _NO_DOING.finditer(words.text))
    return any(
        len(root) >= SHORT_ROOT and re.search(rf"\b{root}", old.text, re.IGNORECASE) is not None
        for root in map(str.casefold, roots)
    )


def _is_allowed(words: Sentence, old: Sentence) -> bool:
    """Whether the line of a sentence allows what another one says is not to be said: a word alone
    says what it is about where it stands in both."""
    shared = _matter_of(words.line) & old.matter - words.client - {"word"}
    return bool(shared) and is_withheld(old.text) and not is_withheld(_ALLOWS.sub("", words.text))


@lru_cache(maxsize=KEPT)
def _matter_of(line: str) -> frozenset[str]:
    """What the words of a line begin with that say which matter it is."""
    return matter(line)


def _hurts_now(words: Sentence, old: Sentence) -> bool:
    """Whether somebody of whom a sentence says that they never hurt the client does: of others by
    name it says nothing."""
    return not _NEVER_HURTS.search(words.text) and (
        _share_somebody(words.text, old.text, words.client)
        or not (words.names_and_kin & old.names_and_kin or _PROPER.search(old.text))
        or not set(_PROPER.findall(words.text)).isdisjoint(_PROPER.findall(old.text))
    )


def _is_put_right(words: Sentence, old: Sentence) -> bool:
    """Whether something that a sentence names is said to be another thing."""
    wrong = {match[1] or match[2] for match in _PUT_RIGHT.finditer(words.text)}
    shared = MatterWords(words.line).names & MatterWords(old.line).names - words.client
    return any(
        re.search(rf"(?i)\b{re.escape(word)}\b", old.text)
        for word in wrong
        # Everybody has a mother.
        if (shared if word.casefold() in KIN else matter(word))
    )


def _is_not_so(words: Sentence, old: Sentence) -> bool:
    """Whether what may be so by a sentence is said not to be."""
    possible = {word.casefold() for word in _MAY_BE.findall(old.text)}
    denied = {word.casefold() for found in _IS_NOT.findall(words.text) for word in found}
    return not possible.isdisjoint(denied) and _are_of_the_same(words, old)


def _has_another_day(words: Sentence, old: Sentence) -> bool:
    """Whether somebody is given another day than the one a sentence sets, by the same people."""
    days = set(words.days) - set(old.days)
    if not (days and old.days and max(days) >= words.day):
        return False
    # A name at the beginning of a line is one all the same.
    newer, older = (set(_PROPER.findall(line.line)) for line in (words, old))
    return any(not matter(name) <= words.client for name in newer & older)


def _has_been(words: Sentence, old: Sentence) -> bool:
    """Whether something for which a sentence names a day is said to have been by then."""
    is_past = old.days and max(old.days) <= words.day
    return bool(is_past) and len(words.matter & old.matter) > 1


LONG_WORD = 5
"""Letters of what a word begins with that says by itself what was owed."""


def _is_given(words: Sentence, old: Sentence) -> bool:
    """Whether what a sentence says the coach owes is told of anew: one long word says that, or two
    of any length."""
    shared = words.matter & old.matter
    return len(shared) > 1 or any(len(stem) >= LONG_WORD for stem in shared)
