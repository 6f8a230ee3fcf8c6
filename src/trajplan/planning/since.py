"""What was said or done since about something that still stands as open (R142).

Whether that closes it, only the coach can say: the newer words stand beside the older ones, quoted
and not concluded. So it is with a day that newer words move, and with a promise whose person or
thing they take away.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import takewhile

from msgspec import Struct
from msgspec.structs import replace

from trajplan.dates import near_date
from trajplan.lint.phrases import any_of, heard
from trajplan.planning.asked_of_coach import is_withheld
from trajplan.planning.kept_in_mind import NewerWords
from trajplan.planning.matter import (
    MatterWords,
    compounds_in,
    first_matter,
    matter,
    names_all_of,
    names_of,
    shares_small_words,
    stems,
    sums_in,
)
from trajplan.planning.sentences import CLOSES, LEARNT, Sentence, TextKind, newest_first
from trajplan.records.dossier import Dossier
from trajplan.records.model.commitments import WAITING
from trajplan.text import ELDERS, sentences_of

PART = 3
"""One word in so many of a text must stand in a sentence that is about it, and two at least of
several: what was let go for one town may not be the only matter there."""
FAR = 60
"""Days from which on another day is another matter's."""
_IS_OFF = heard("newer", "is-off")
BUT_NOT = any_of("newer", "but-not")
_GONE = heard("newer", "gone")
_SUM = heard("newer", "sum")
_FLOOR = heard("newer", "floor")
_LIVES_ON = heard("newer", "lives-on")
_AT_WORK = heard("newer", "at-work")
_WORK_KNOWS = heard("newer", "work-knows")
_AFTER = heard("newer", "after")


class OpenText(MatterWords, frozen=True):
    """A text that stands as open, the day it was said, and the day it is about, if any."""

    said: dt.date
    due: dt.date | None = None
    kind: TextKind = "topic"
    """A parked topic or goal; an agreed line of the intake, or another one; a promise; a note with
    a day; what is not to be said or who does not know; any other note."""
    before: str = ""
    """The sentence before it on its line."""
    line: str = ""
    """All of its line."""

    @cached_property
    def matter(self) -> frozenset[str]:
        """What its words begin with that say which matter it is."""
        return matter(self.text)

    @property
    def least(self) -> int:
        """Words that say something which another text about it shares, at least."""
        return 2 if self.kind == "promise" else 1

    def leads(self, text: str) -> bool:
        """Whether another text begins with a name of it, and so is about them."""
        return self.has_name_in(" ".join(text.split()[:2]))

    def has_name_in(self, text: str) -> bool:
        """Whether another text has a name of it; that of a relative everybody's notes have. The
        word with which it begins is one where it has a capital letter there within a sentence."""
        first = {*self.text.split()[:1]} & {*names_of(text)}
        named = {name for name in (*names_of(self.text), *first) if name.casefold() not in ELDERS}
        return any(re.search(rf"\b{re.escape(name)}\b", text) for name in named)


class Moved(Struct, frozen=True):
    """Newer words on something with a day, and the day that is surely its day now; None: it may
    be."""

    words: Sentence
    to: dt.date | None


def said_since(
    dossier: Dossier, sentences: Iterable[Sentence], until: dt.date, intake: Iterable[str]
) -> Mapping[str, NewerWords]:
    """For each line of the intake, goal, agreed priority, direction, must-have, parked topic,
    promise and note with a day that stands: the newest words of a later day that may close it or
    move its day."""
    # What was typed in late was said at the beginning all the same.
    began = min(dossier.engagement.created, dossier.engagement.start)
    standing = {text: OpenText(text, began, kind="intake") for text in intake}
    standing |= {open_text.text: open_text for open_text in _open_texts(dossier, began)}
    told = tuple(sentences)
    dated = (OpenText(words.text, words.day, words.days[0], "note") for words in told if words.days)
    secret = (
        OpenText(words.text, words.day, kind="secret", before=words.before)
        for words in told
        if is_withheld(words.text)
    )
    standing = {open_text.text: open_text for open_text in (*dated, *secret)} | standing
    if not standing:
        return {}
    said = newest_first((*told, *_outcomes(dossier, until)))
    return {
        open_text.text: newest.newer
        for open_text in standing.values()
        if (newest := _newest_about(open_text, said))
    }


def _newest_about(open_text: OpenText, sentences: Sequence[Sentence]) -> Sentence | None:
    """The newest later words that may close a text or move its day."""
    moved = moved_day(open_text, sentences) if open_text.due else None
    if moved or open_text.kind == "note":
        return moved.words if moved else None
    later = takewhile(lambda sentence: sentence.day > open_text.said, sentences)
    about = (words for words in later if words.of != open_text.text)
    for words in about:
        if _is_about(words, open_text):
            # That it is to be left alone is the news; of a secret, who knows is.
            rest = words.then
            if open_text.kind != "secret":
                rest = words.line.partition(words.text)[2]
            if bans := [later for later in sentences_of(rest) if is_withheld(later)]:
                return replace(words, text=" ".join(bans))
            if words.ends(open_text.kind):
                return words
            return replace(words, text=f"{words.text} {words.then}".strip())
    return None


def moved_day(open_text: OpenText, sentences: Iterable[Sentence]) -> Moved | None:
    """The newest later words on a text that name another day than its own, or say that it has
    moved; None where the newest that name a day name the same. The new day is sure where the words
    begin with what both are about."""
    for words in sentences:
        if words.day <= open_text.said:
            return None
        if words.of == open_text.text or not _is_on_its_day(words, open_text):
            continue
        # What was moved from another day is another matter: of two interviews, one.
        if words.days_left and open_text.due not in words.days_left:
            continue
        others = [
            day
            for day in words.days
            if words.day <= day != open_text.due and _may_be(day, open_text, words)
        ]
        if not (others or words.moves) or (open_text.due in words.days and not words.moves):
            return None
        own = matter(_AFTER.split(open_text.text)[0])
        is_sure = words.moves and own.issuperset(first_matter(words.text))
        return Moved(words, others[0] if others and is_sure else None)
    return None


def _may_be(day: dt.date, open_text: OpenText, words: Sentence) -> bool:
    """Whether a day may be the new one of something: one that is far off is of something else,
    unless the words say that it moved."""
    return words.moves or abs((day - (open_text.due or day)).days) <= FAR


def _is_on_its_day(words: Sentence, open_text: OpenText) -> bool:
    """Whether a sentence that names a day, or moves one, is about a text. One word in common is
    enough for a goal or a topic; with a promise two are, or a name; a note only has another day
    where that is said."""
    shared = open_text.matter & words.matter
    match open_text.kind:
        case "note":
            # "One-to-one" has no word that is long enough to say something.
            return words.moves and bool(shared or compounds_in(open_text.text) & words.compounds)
        case "promise":
            # Somebody's name alone may be about another promise with them.
            least = 1 if open_text.leads(words.text) and words.moves else 2
            return len(shared) >= least and bool(words.days or words.moves)
    return bool(shared and (words.days or words.moves))


def spoken_since(texts: Mapping[str, dt.date], sentences: Sequence[Sentence]) -> Mapping[str, str]:
    """For each text, by the day it was known: the newest words said or noted from then on that
    share half of its words that say something, with when they were said. One word of several is
    too little: two matters may both have the same father."""
    found = {}
    for text, day in texts.items():
        # "First" and "second" are in many a sentence; they count where a text has nothing else.
        own, sums = matter(text) or frozenset(stems(text)), sums_in(text)
        later = (words for words in sentences if words.day >= day and words.text != text)
        least = max(min(2, len(own)), len(own) / 2)
        about = (
            words
            for words in later
            if not sums.isdisjoint(sums_in(words.text))
            or (
                len(own & (words.matter | words.stems)) >= least
                and (len(own) > 1 or shares_small_words(text, words.text))
            )
        )
        if own and (newest := next(about, None)):
            found[text] = f"{newest.when}: {newest.newer.text}"
    return found


def _changes_floor(text: str, newer: str) -> bool:
    """Whether a text sets the least sum there may be, and newer words another to live on."""
    sets_floor = _FLOOR.search(text) and _SUM.search(text)
    return bool(sets_floor and _SUM.search(newer) and _LIVES_ON.search(newer))


def _tells_of(words: Sentence, secret: OpenText) -> bool:
    """Whether a sentence says that somebody knows of a secret now: it shares a matter with it, and
    a second one or somebody whom both name. The sentence before either counts."""
    kept, known = f"{secret.before} {secret.text}", f"{words.before} {words.text}"
    still_unaware = " ".join(BUT_NOT.findall(known))
    if any(name in still_unaware for name in names_of(secret.text)):
        return False
    shared = matter(kept) & matter(known) - words.client
    people = {stem for name in names_of(kept) for stem in matter(name)}
    named = any(re.search(rf"\b{re.escape(name)}\b", known) for name in names_of(kept))
    return bool(shared - people) and (len(shared - people) > 1 or named)


def _is_about(words: Sentence, open_text: OpenText) -> bool:
    """Whether a sentence says that something is over and shares enough words with a text; or where
    it was said and not closed, a name; or whether both have the same figure."""
    shared = open_text.matter & words.matter
    if open_text.kind == "secret":
        at_work = _AT_WORK.search(open_text.text) and _WORK_KNOWS.search(words.text)
        return words.gives_away and (bool(at_work) or _tells_of(words, open_text))
    if open_text.figures & words.figures or _says_off(words, open_text):
        return True
    if open_text.kind in ("intake", "line") and _changes_floor(open_text.text, words.text):
        return True
    own = len(open_text.matter)
    # A relative says a little of which matter it is.
    common = len(shared) + bool(open_text.kin & words.kin)
    by_words = bool(shared) and common >= max(open_text.least, min(2, own), own / PART)
    if words.outcome:
        # Two matters may both be about one place or person.
        return by_words and not shared <= words.names
    if own == 1 and open_text.kind != "topic" and not open_text.matter & first_matter(words.text):
        return False
    if by_words and "tell" in open_text.text.casefold() and "told" in words.text.casefold():
        return True
    # Of what was agreed at the beginning half of the notes may have the name of the place.
    by_name = open_text.kind in ("topic", "promise") or (
        open_text.kind == "line" and len(shared) > 1
    )
    is_led = by_name and open_text.leads(words.text)
    if open_text.kind == "promise":
        # Somebody's name may lead to any of their doings: only that they are gone takes it away.
        is_led = is_led and bool(_GONE.search(words.text))
    is_about = by_words or is_led
    ends = words.ends(open_text.kind)
    if open_text.kind == "topic" and ends:
        is_about = is_about or not open_text.matter.isdisjoint(first_matter(words.text))
    # That it is over may stand in the sentence that follows.
    follows = open_text.kind in ("topic", "promise") and any(
        sign.search(words.then) for sign in (CLOSES, LEARNT)
    )
    return is_about and (ends or follows)


def _says_off(words: Sentence, open_text: OpenText) -> bool:
    """Whether a sentence says of all it is about that it is off, and a text is about that too:
    `Buying Stu out is off` and `Buy Stu out and carry on alone`."""
    off = _IS_OFF.match(words.text)
    return off is not None and names_all_of(off[1], open_text.text)


def _open_texts(dossier: Dossier, began: dt.date) -> Iterator[OpenText]:
    """What still stands as open, the day it was said, and the day it is about."""
    for key in ("priorities", "paths", "must_haves"):
        for words in dossier.intake_words(key)[-1:]:
            if isinstance(words.words, tuple | list):
                day = words.date if len(dossier.intake_words(key)) > 1 else began
                yield from (OpenText(str(text), day, kind="line") for text in words.words)
    yield from (OpenText(topic.text, topic.parked, topic.due) for topic in dossier.parked_topics())
    for goal in dossier.goals:
        if goal.status == "open":
            yield OpenText(goal.text, dossier.history_of(goal.id)[-1].date, goal.due, "line")
    for promise in dossier.commitments:
        made = dossier.session_by_id.get(promise.session_id or 0)
        if promise.status in WAITING and made:
            due = promise.deadline or promise.due
            yield OpenText(promise.what, made.day, due, "promise")


def _outcomes(dossier: Dossier, until: dt.date) -> Iterator[Sentence]:
    """What was closed: goals reached or let go, parked topics with an outcome. What was let go of
    promises stands on a line of its own."""
    for goal in dossier.goals:
        change = dossier.history_of(goal.id)[-1]
        if change.status != "open" and change.date <= until:
            state = "reached" if change.status == "reached" else "let go"
            when = f"{state} {near_date(change.date)}"
            yield Sentence(goal.text, when, change.date, outcome=True)
    for topic in dossier.parked:
        if topic.closed and topic.closed <= until:
            words = f"{topic.text}: {topic.outcome}" if topic.outcome else topic.text
            when = f"closed {near_date(topic.closed)}"
            yield Sentence(words, when, topic.closed, outcome=True)
