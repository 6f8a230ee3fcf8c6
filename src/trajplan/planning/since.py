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
from itertools import takewhile, zip_longest
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from trajplan.dates import DAYS, MONTH_WORDS, near_date
from trajplan.planning.asked_of_coach import is_withheld
from trajplan.planning.beliefs import stems
from trajplan.planning.calendar import session_day_words
from trajplan.planning.named_days import MOVED, days_in
from trajplan.planning.plan import NewerWords
from trajplan.planning.plan_inputs import ToldBefore
from trajplan.records.dossier import Dossier
from trajplan.records.model import WAITING, Session, SessionDay
from trajplan.text import ELDERS, pattern, sentences_of, shortened_to_clause

PART = 3
"""One word in so many of a text must stand in a sentence that is about it, and two at least of
several: what was let go for one town may not be the only matter there."""
_FIGURE = pattern(r"\d[\d.,]*\d\d")
_YEAR = pattern(
    r"(?<![£€$\d.,])(?<![£€$] )\b(?:19|20)\d\d\b(?![.,]?\d)"
    r"(?! ?(?:[£€$]|euros?|pounds|dollars|(?:a|per) ))",
    re.IGNORECASE,
)
"""A year, which two texts may share that have no more in common."""
_WORD = pattern(r"[^\W\d_]+")
_DAYS = tuple(map(str.casefold, DAYS))
NO_NAMES = frozenset(
    {*MONTH_WORDS, *_DAYS, *(f"{day}s" for day in _DAYS), "christmas", "easter", "xmas"}
)
LEAST_SMALL = 3
"""Words of any kind that are shared where only one of them says something."""
FAR = 60
"""Days from which on another day is another matter's."""
SENTENCES = 50
"""Sentences of a text that are looked at."""
LETTERS = 110
"""Letters of what is quoted beside something older."""
AWAY = r"off sick|signed off|on leave|in hospital"
"""With which words somebody is said not to be at work, as part of a pattern."""
_CLOSES = pattern(
    r"\b(?:settled|decided|done|(?:is|are|was|all) (?:over|off)|closed|signed|no longer"
    r"|(?:not|n.t)\b.*\bany ?more|let go|instead|dropped"
    r"|given up|gave up|gone|paid|finished|off the list|solved|resolved|sorted"
    r"|accepted|resigned|turned down|said (?:no|yes)|refused|rejected|moved|sold|left|cancelled"
    r"|ruled? (?:\w+ )?out|skip|forget|scrapped|off the table|decided against|already|taken"
    rf"|takes? over|{AWAY}|retire[sd]|away|dead|died|hired|filled"
    r"|sacked|handed over"
    r"|withdr[ae]wn?|ended|got|won|lost|stopped|came through|out of the question|need(?:s|ed)? no"
    r"|no need|erledigt|geklärt|entschieden|vorbei|abgesagt|zugesagt|unterschrieben|bezahlt"
    r"|verkauft|nicht mehr|resuelto|decidido|hecho|cerrado|firmado|pagado|terminado|ya no)\b",
    re.IGNORECASE,
)
"""Words with which something is said to be over."""
_LEARNT = pattern(r"\b(?:knows|found out|found the|has heard|turned out)\b", re.IGNORECASE)
"""Words with which somebody is said to know, so that nobody has to tell or ask them."""
_IS_OFF = pattern(
    r"^(?:the |her |his |my |their )?((?:[\w'’-]+ ){1,5})(?:is|are) (?:all )?"
    r"(?:off|out|over|dropped|dead|done with|no longer on)\b",
    re.IGNORECASE,
)
"""What a sentence says is off: `Buying Stu out is off`."""
_TELLS = pattern(
    r"(?<!n['’]t )(?<!not )(?<!to )\bknow\b(?! (?:of )?nothing)"
    r"|(?<!n['’]t )(?<!not )(?<!never )\b(?:told|tells)\b(?! (?:\w+ )?(?:nothing|nobody|no one)\b)"
    r"|\b(?:knows|found|heard|learnt|guessed|read|opened|saw|seen|announced"
    r"|public now|is out|came out"
    r"|weiß|erfahren|gefunden|gesagt|sabe|encontró|contó)\b",
    re.IGNORECASE,
)
"""Words with which a secret is said to be out."""
BUT_NOT = pattern(
    r",? (?:but )?not (?:yet )?(?:the |her |his |my )?(?:(?:Ms|Mrs|Mr|Dr|Miss)\.? )?[A-ZÄÖÜ]\w+"
)
"""Who does not know what somebody else was told: `told Yusuf, not Ms Bhandari`."""
_GONE = pattern(
    rf"\b(?:{AWAY}|retire[sd]?|away|dead|died|sacked|left|leaving|takes? over"
    r"|taken over|handed over|resigned|moved|knows|has heard|no longer|krank|weg|tot)\b",
    re.IGNORECASE,
)
"""With which words somebody is said to be gone, or to know already."""
_SUM = pattern(r"[£€$]\s?\d|\b\d[\d.,]*k\b|\d[\d.,]* ?(?:pounds|euros?|dollars)\b", re.IGNORECASE)
_AMOUNT = pattern(r"([£€$]?) ?(\d{1,9}(?:[.,]\d{3})*)(k?)\b(?![.,]?\d)", re.IGNORECASE)
_FLOOR = pattern(
    r"\b(?:at least|no less|not under|not less|not below|minimum|need|floor|have to earn"
    r"|must earn)\b",
    re.IGNORECASE,
)
_LIVES_ON = pattern(
    r"\b(?:live|manage|get by|do) (?:on|with)\b|\b(?:enough|at least|no less|the floor|minimum"
    r"|need(?:s|ed)?|afford|as low as|down to|take a (?:pay )?cut)\b",
    re.IGNORECASE,
)
"""A sum of money, words that say it is the least there may be, and words on what is enough."""
_AT_WORK = pattern(
    r"\b(?:at work|work (?:doesn|mustn|hasn|shouldn)|school"
    r"|the (?:office|team|staff|head|department)"
    r"|boss|(?:line )?manager|colleagues?|employer|hr)\b",
    re.IGNORECASE,
)
"""Words for those at work, who don't know something."""
_WORK_KNOWS = pattern(
    r"\btold\b[^.!?]{0,40}\b(?:team|boss|manager|colleagues?|staff|office|head|department|school|hr"
    r"|work|employer|everybody|everyone)\b"
    r"|\b(?:work|team|boss|manager|colleagues?|staff|office|head|school|hr|employer) (?:now )?"
    r"(?:knows?|have heard|has heard|found out)\b",
    re.IGNORECASE,
)
"""With which words somebody says that those at work know."""
_AFTER = pattern(r"\b(?:after|since|nach|después de)\b", re.IGNORECASE)
"""What follows is another matter than what has the day: `keep my ticket after the hearing`."""
_MOVES = pattern(
    rf"\b(?:{MOVED}|now on|is now|instead|new date|cancelled|called off|verschoben|verlegt"
    r"|vorgezogen|abgesagt|aplazad\w+|movid\w+|cambiad\w+|cancelad\w+)\b",
    re.IGNORECASE,
)
"""Words with which a day is said to be another."""
_MOVED_FROM = pattern(
    rf"\b(?:{MOVED})\b[^.!?;]{{0,40}}?\bfrom ([^.!?;]{{3,30}}?) to\b", re.IGNORECASE
)
"""With which words the day is named that another took the place of."""
DOING = frozenset(
    stem.removesuffix("s")
    for stem in stems(
        "tell told said asked knows known found ring rang call send write read find look speak "
        "take give list bring show start begin work through first second third twice three four "
        "days hours times getting finish once with whole"
    )
)
"""What is done with many things, and so says nothing of which."""
_COMPOUND = pattern(r"\b[^\W\d_]+(?:-[^\W\d_]+){2,}")
_POINTS_BACK = pattern(r"\b(?:it|this|that|them|again)\b", re.IGNORECASE)
"""With which words a sentence may be about something that the one before it names."""
_NAME = pattern(r"(?<=[^.!?:“\"\s]\s)[^\W\d_a-z]\w+|\b[A-Z]{2,}\b")
"""A name: a capital letter within a sentence, or capitals alone."""


def ends_day(text: str) -> bool:
    """Whether newer words say that something with a day is over or has another day."""
    return bool(_CLOSES.search(text) or _MOVES.search(text))


def tells(text: str) -> bool:
    """Whether words say that somebody knows something now."""
    return bool(_TELLS.search(text))


TextKind = Literal["topic", "line", "intake", "promise", "note", "secret", "noted"]


class MatterWords(Struct, frozen=True, dict=True):
    """Words, and what in them tells which matter they are about."""

    text: str

    @cached_property
    def figures(self) -> frozenset[str]:
        """The figures of three digits and more; a year is none."""
        return frozenset(_FIGURE.findall(_YEAR.sub("", self.text)))

    @cached_property
    def words(self) -> frozenset[str]:
        """Each word in small letters."""
        return frozenset(map(str.casefold, _WORD.findall(self.text)))

    @cached_property
    def kin(self) -> frozenset[str]:
        """Which relatives they name, under whichever word."""
        return frozenset(ELDERS[word] for word in self.words if word in ELDERS)

    @cached_property
    def names(self) -> frozenset[str]:
        """What the names in them begin with, of people, places and firms alike; a short one
        whole."""
        return frozenset(
            stem for name in names_of(self.text) for stem in matter(name) or {name.casefold()}
        )

    @property
    def names_and_kin(self) -> frozenset[str]:
        """The relatives in them, and the names."""
        return self.names | self.kin


class Sentence(MatterWords, frozen=True):
    """A sentence that was said or noted, and when."""

    when: str
    day: dt.date
    outcome: bool = False
    """It is something that was closed, not said."""
    of: str = ""
    """The promise that it was said of."""
    client: frozenset[str] = frozenset()
    """What the client's own name begins with."""
    then: str = ""
    """The sentence that follows it on its line."""
    before: str = ""
    """The sentence before it on its line."""
    line: str = ""
    """All of its line."""
    place: int = 0
    """Of what was noted on one day, where it stands: what came later has a higher number."""

    @cached_property
    def closes(self) -> bool:
        """Whether it says that something is over: asked of the few that are about it. What is told
        of an earlier year is none of it."""
        if self.outcome:
            return True
        years = map(int, _YEAR.findall(self.text))
        return bool(_CLOSES.search(self.text)) and all(year >= self.day.year for year in years)

    def ends(self, kind: TextKind) -> bool:
        """Whether it may end what a text of a kind is about: a promise or a topic also where
        somebody knows or has found something out."""
        is_learnt = kind in ("topic", "promise") and bool(_LEARNT.search(self.text))
        return self.closes or is_learnt

    @cached_property
    def matter(self) -> frozenset[str]:
        """What its words begin with that say which matter it is; the client's name says none."""
        return matter(self.text) - self.client

    @cached_property
    def stems(self) -> frozenset[str]:
        """What its words begin with."""
        return frozenset(stems(self.text))

    @property
    def with_before(self) -> str:
        """It, behind those before it on its line as far back as the words still point back."""
        told = [self.text]
        for before in reversed(sentences_of(self.line.partition(self.text)[0])):
            if not _POINTS_BACK.search(told[0]):
                break
            told.insert(0, before)
        return " ".join(told)

    @property
    def newer(self) -> NewerWords:
        """Its first words, to stand beside something older."""
        return NewerWords(text=shortened_to_clause(self.text, LETTERS), when=self.when)

    @cached_property
    def gives_away(self) -> bool:
        """Whether it says that somebody knows something now, and is no secret itself."""
        return tells(self.text) and not is_withheld(self.text)

    @cached_property
    def days(self) -> tuple[dt.date, ...]:
        """The days it names."""
        return days_in(self.text, self.day)

    @cached_property
    def days_left(self) -> tuple[dt.date, ...]:
        """The days of which it says that others took their place."""
        if match := _MOVED_FROM.search(self.text):
            return days_in(match[1], self.day)
        return ()

    @cached_property
    def compounds(self) -> frozenset[str]:
        """Its words of three parts and more."""
        return _compounds(self.text)

    @cached_property
    def moves(self) -> bool:
        """Whether it says that a day is another now."""
        return bool(_MOVES.search(self.text))


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


def sentences_told(told: Iterable[ToldBefore], client_name: str) -> tuple[Sentence, ...]:
    """What was said or noted on a day that is known, sentence by sentence, in the order of `told`:
    the newest first."""
    client = matter(client_name)
    said = []
    for place, words in enumerate(told, 1):
        if words.day is None or words.overtaken:
            continue
        for line in _lines(words.text):
            whole = " ".join(line)
            neighbours = zip_longest(("", *line), line, line[1:], fillvalue="")
            said += [
                Sentence(
                    *(text, words.when, words.day),
                    of=words.of,
                    client=client,
                    then=then,
                    before=before,
                    line=whole,
                    place=place if words.kind == "noted" else 0,
                )
                for before, text, then in neighbours
                if text
            ]
    return tuple(said)


def _lines(text: str) -> Iterator[list[str]]:
    """The sentences of each line of a text: what stands on another line is another matter."""
    line: list[str] = []
    for words in sentences_of(text)[:SENTENCES]:
        if line and f"{line[-1]} {words}" not in text:
            yield line
            line = []
        line.append(words)
    if line:
        yield line


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


def newest_first(said: Iterable[Sentence]) -> list[Sentence]:
    """What was said, the newest first."""
    return sorted(said, key=lambda sentence: sentence.day, reverse=True)


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


def names_of(text: str) -> Iterator[str]:
    """The names in a text; a month or a weekday is none."""
    return (name for name in _NAME.findall(text) if name.casefold() not in NO_NAMES)


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
        is_sure = words.moves and own.issuperset(_first_matter(words.text))
        return Moved(words, others[0] if others and is_sure else None)
    return None


def _compounds(text: str) -> frozenset[str]:
    """The words of three parts and more in a text, such as `one-to-one`."""
    return frozenset(map(str.casefold, _COMPOUND.findall(text)))


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
            return words.moves and bool(shared or _compounds(open_text.text) & words.compounds)
        case "promise":
            # Somebody's name alone may be about another promise with them.
            least = 1 if open_text.leads(words.text) and words.moves else 2
            return len(shared) >= least and bool(words.days or words.moves)
    return bool(shared and (words.days or words.moves))


def matter(text: str) -> frozenset[str]:
    """What the words of a text begin with that say which matter it is."""
    return frozenset(stem.removesuffix("s") for stem in stems(text)) - DOING


def _first_matter(text: str) -> frozenset[str]:
    """The same of the first word, or the second."""
    return next(filter(None, map(matter, text.split()[:2])), frozenset({""}))


def spoken_since(texts: Mapping[str, dt.date], sentences: Sequence[Sentence]) -> Mapping[str, str]:
    """For each text, by the day it was known: the newest words said or noted from then on that
    share half of its words that say something, with when they were said. One word of several is
    too little: two matters may both have the same father."""
    found = {}
    for text, day in texts.items():
        own, sums = frozenset(stems(text)), _sums(text)
        later = (words for words in sentences if words.day >= day and words.text != text)
        least = max(min(2, len(own)), len(own) / 2)
        about = (
            words
            for words in later
            if not sums.isdisjoint(_sums(words.text))
            or (
                len(own & words.stems) >= least
                and (len(own) > 1 or _shares_small_words(text, words.text))
            )
        )
        if own and (newest := next(about, None)):
            found[text] = f"{newest.when}: {newest.newer.text}"
    return found


def _sums(text: str) -> frozenset[int]:
    """The sums of money in a text, `£32k` as `£32,000`."""
    found = (
        (re.sub(r"\D", "", amount), thousands)
        for symbol, amount, thousands in _AMOUNT.findall(text)
        if symbol or thousands
    )
    return frozenset(int(amount) * (1000 if thousands else 1) for amount, thousands in found)


def _shares_small_words(text: str, other: str) -> bool:
    """Whether a text of which one word says something shares its small words with another too:
    "killed" alone is in many a sentence. One that is that word alone has none."""
    words, others = (set(map(str.casefold, _WORD.findall(said))) for said in (text, other))
    return len(words) == 1 or len(words & others) >= min(LEAST_SMALL, len(words))


def title_day(dossier: Dossier, session: Session, since: dt.date) -> SessionDay | None:
    """What last became of a session's day after a day, and still holds: what its title says."""
    days = [
        day for day in dossier.session_days if day.session_id == session.id and day.date > since
    ]
    if not days or (days[-1].act != "moved" and session.state == "planned"):
        return None
    return days[-1]


def title_words(day: SessionDay | None) -> str:
    """How a title says that a session was moved, cancelled or missed; empty: nothing."""
    if day is None:
        return ""
    words = session_day_words(day)
    return words if day.act == "moved" else f"{words}; it has no new day"


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
    if own == 1 and open_text.kind != "topic" and not open_text.matter & _first_matter(words.text):
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
        is_about = is_about or not open_text.matter.isdisjoint(_first_matter(words.text))
    # That it is over may stand in the sentence that follows.
    follows = open_text.kind in ("topic", "promise") and any(
        sign.search(words.then) for sign in (_CLOSES, _LEARNT)
    )
    return is_about and (ends or follows)


def _says_off(words: Sentence, open_text: OpenText) -> bool:
    """Whether a sentence says of all it is about that it is off, and a text is about that too:
    `Buying Stu out is off` and `Buy Stu out and carry on alone`."""
    off = _IS_OFF.match(words.text)
    return off is not None and names_all_of(off[1], open_text.text)


def names_all_of(what: str, text: str) -> bool:
    """Whether a text has each word of something, `buying` as `buy`; small words say nothing."""
    parts, own = (
        [word for word in _WORD.findall(said.casefold()) if len(word) > 2] for said in (what, text)
    )
    return bool(parts) and all(
        any(part.startswith(word) or word.startswith(part) for word in own) for part in parts
    )


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


def news_of(
    dossier: Dossier, session: Session, since: dt.date, titled: SessionDay | None
) -> Iterator[tuple[dt.date, str, bool]]:
    """What has become of sessions, of the journey and of parked topics since a day: the day, the
    words, and whether they are the move that the title of `session` says (`titled`). A move without
    a reason counts where the session had fallen through."""
    fallen = {
        day.session_id
        for day in dossier.session_days
        if day.date >= since and day.act in ("missed", "cancelled")
    }
    for day in dossier.session_days:
        if day.date >= since and (day.session_id in fallen or day.reason):
            number = dossier.number_of(day.session_id)
            what = f"session {number}" if number else "a meeting"
            words = f"{near_date(day.date)}: {what} {session_day_words(day)}"
            yield day.date, words, day.act == "moved" and day == titled
    for pause in dossier.pauses:
        if pause.since >= since:
            until = f" until {near_date(pause.until)}" if pause.until else ""
            why = f": {pause.reason}" if pause.reason else ""
            yield pause.since, f"{near_date(pause.since)}: the journey paused{until}{why}", False
    for topic in dossier.parked:
        if topic.closed and topic.outcome and since <= topic.closed <= session.date:
            what = f"“{topic.text}” is closed: {topic.outcome}"
            yield topic.closed, f"{near_date(topic.closed)}: {what}", False
