"""Text that people type: made harmless, compared, counted, and quoted in messages.

How it is escaped for Markdown or a terminal is the pages' business.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, KeysView, Mapping, Sequence
from functools import cache, lru_cache, partial
from itertools import accumulate, islice, takewhile
from typing import Any, cast

from trajplan.errors import UsageFault


class _Pattern:
    """A pattern that is made when it is first asked for something: most are never."""

    def __init__(self, text: str | Callable[[], str], flags: int) -> None:
        if isinstance(text, str):
            self.pattern = text
        self._made = cache(lambda: re.compile(text() if callable(text) else text, flags))

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._made(), name)
        self.__dict__[name] = found
        return found


class _RarePattern(_Pattern):
    """A pattern that few texts hold: it is not even made for one that has none of its parts."""

    def __init__(self, text: str | Callable[[], str], flags: int, parts: Sequence[str]) -> None:
        super().__init__(text, flags)
        self._parts = parts

    def search(self, text: str) -> re.Match[str] | None:
        return self._made().search(text) if self._may_stand_in(text) else None

    def sub(self, by: str, text: str) -> str:
        return self._made().sub(by, text) if self._may_stand_in(text) else text

    def _may_stand_in(self, text: str) -> bool:
        small = text.casefold()
        return any(part in small for part in self._parts)


def pattern(
    text: str | Callable[[], str], flags: int = 0, parts: Sequence[str] = ()
) -> re.Pattern[str]:
    """As `re.compile`, in no time: a short run spent a twentieth on patterns it never used. A text
    that stands in a file is read when the pattern is made.

    `parts`: in small letters, what every text on one line that holds the pattern has one of.
    """
    made = _RarePattern(text, flags, parts) if parts else _Pattern(text, flags)
    return cast("re.Pattern[str]", made)


STEERING = pattern("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Characters that steer a terminal or turn the direction of text: C0 without tab and line feed,
DEL, C1, and the bidirectional embeddings, overrides and isolates. Arabic and Hebrew need none of
the latter; left open, they would turn what follows."""


QUOTES = '“”„‟"«»‹›「」『』'
_SINGLE_QUOTED = dict.fromkeys(map(ord, QUOTES), "'")
_JOINERS = "\u00ad\u200c\u200d"
"""Soft hyphen, zero-width non-joiner and joiner."""
_WITHOUT_APOSTROPHES = dict.fromkeys(map(ord, "'’ʼ`´"))
_CUE_WORD = pattern(r"\{\w+\}|\w+\*?")
_SAID_WORD = pattern(r"\w+|[^\w\s/‐‑–—-]")
_NONE = ("none", "nothing", "nil", "no", "n/a", "na", "n.a", "not applicable")
_LONGEST_WORD = 25
"""Letters that are spoken as one word at most."""
_POINTS = ("-", "*", "•")
"""Signs with which a point of a list begins."""
_PARTED = dict.fromkeys(map(ord, "/–—…"), " ")
"""What parts words as a space does."""


def visible(text: str) -> str:
    """Text in which each character that steers is replaced by a picture of itself.

    An escape sequence pasted into a field must never reach a terminal, whichever way it is shown
    later; the picture still tells what was typed.
    """
    if text.replace("\n", "").isprintable():
        return text  # nearly all text, and the pattern need not be made
    return STEERING.sub(_picture, text)


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else "\ufffd"


def one_line(text: str) -> str:
    """Text for a field of one line: line breaks and tabs become spaces, the ends are trimmed."""
    return " ".join(visible(text).split())


def can_be_seen(text: str) -> bool:
    """Whether any character of a text takes ink: not only spaces of all kinds and joiners."""
    return any(unicodedata.category(character)[0] not in "CZ" for character in text)


def require_utf8(text: str, what: str) -> str:
    """Return text that can be written to a file. Raises UsageFault for half a character, which is
    what bytes that are not UTF-8 become on the command line."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise UsageFault(
            f"the {what} holds half a character; type or paste it again as UTF-8"
        ) from None
    return text


def name_key(text: str) -> str:
    """What is left of a name when case, spaces and punctuation do not count; may be empty.

    Letters of every script, their marks and digits stay.
    """
    return " ".join(words_in(unicodedata.normalize("NFKC", text).casefold()))


def words_in(text: str) -> list[str]:
    """The words of a text in order: letters of any script with their marks, and digits.

    Joiners that stand inside a word, as in Persian and Hindi, are left out.
    """
    letters = (
        character if unicodedata.category(character)[0] in "LMN" else " "
        for character in text
        if character not in _JOINERS
    )
    return "".join(letters).split()


def each_once(texts: Iterable[str]) -> tuple[str, ...]:
    """Each text once, as it was first written, and none that is empty; case, spaces and punctuation
    tell no two apart."""
    by_key: dict[str, str] = {}
    for text in texts:
        if text.strip():
            by_key.setdefault(name_key(text) or text, text)
    return tuple(by_key.values())


def without_accents(text: str) -> str:
    """Text in which é is e: marks on Latin letters are gone. In other scripts they make another
    letter, as in й, or a vowel, as in अनिता, and stay."""
    plain: list[str] = []
    latin = False
    for character in unicodedata.normalize("NFD", text):
        if unicodedata.category(character)[0] != "M":
            latin = unicodedata.name(character, "").startswith("LATIN")
        elif latin:
            continue
        plain.append(character)
    return unicodedata.normalize("NFC", "".join(plain))


def cut_between_letters(text: str, length: int) -> str:
    """The first `length` characters or a few less, so that no letter loses its marks."""
    if len(text) <= length:
        return text
    while length and (
        unicodedata.category(text[length])[0] == "M" or unicodedata.combining(text[length - 1]) == 9
    ):
        length -= 1  # 9: a virama, which joins the letter before it to the next
    return text[:length]


def exact_words(text: str) -> str:
    """The client's own words: a text that stands in quotation marks. Anything else is the gist,
    and is not quoted."""
    line = text.strip()
    closed = len(line) > 2 and line[0] in '“"„«' and line[-1] in '”"“»'
    return line[1:-1].strip() if closed and not set(QUOTES) & set(line[1:-1]) else ""


def says_none(text: str) -> bool:
    """Whether a whole answer says that there is none. In quotation marks it is somebody's words."""
    bare = text.strip(" \t\n.*_()").casefold()
    return bare in _NONE or (bool(text.strip()) and not bare.strip("-–—/ "))


def single_quoted(text: str) -> str:
    """Text with an apostrophe in place of each quotation mark, to be quoted itself."""
    return text.translate(_SINGLE_QUOTED)


def in_quotes(text: str) -> str:
    """A text in quotation marks, once."""
    return f"“{exact_words(text) or text}”"


def short_quote(text: str) -> str:
    """A text as a message names it: in quotation marks, once, and no more of it than that takes."""
    return f"“{shortened(exact_words(text) or text, 80)}”"


def word_count(text: str) -> int:
    """The words of a text as somebody speaks them: what holds a letter or a digit. Where a script
    has no spaces, two letters count as a word; and nobody says a word of forty letters as one."""
    return sum(_spoken_words(piece) for piece in text.translate(_PARTED).split())


def _spoken_words(piece: str) -> int:
    if piece.isascii() and len(piece) <= _LONGEST_WORD:
        return 1 if any(map(str.isalnum, piece)) else 0
    letters = [letter for letter in piece if letter.isalnum()]
    if not letters:
        return 0
    has_spaceless = max(letters) >= _FIRST_SPACELESS
    spaceless = len(spaceless_letters().findall(piece)) if has_spaceless else 0
    return -(-spaceless // 2) + -(-max(0, len(letters) - spaceless) // _LONGEST_WORD)


@cache
def cue_words(phrase: str) -> tuple[str, ...]:
    """The words of a phrase to look for, without case, accents and punctuation; `*` stays at a
    word's end, and the braces of `WORD_GROUPS`.

    Apostrophes of every kind are left out: `can't`, `can’t` and `cant` are one word.
    """
    return tuple(_CUE_WORD.findall(_folded(phrase)))


def said_words(text: str) -> tuple[str, ...]:
    """The words of what somebody says, as those of a cue; what ends a sentence or a clause stands
    between them, so that no cue reaches across it."""
    return tuple(_SAID_WORD.findall(_folded(text)))


def _folded(text: str) -> str:
    """Text as it is compared: no case, no accents, no apostrophes."""
    if text.isascii():
        return text.translate(_WITHOUT_APOSTROPHES).casefold()
    letters = unicodedata.normalize("NFKD", text.translate(_WITHOUT_APOSTROPHES).casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


KIN = {
    word: role
    for role, words in (
        ("mother", "mother mum mummy mam mammy mom mommy mama mutter madre"),
        ("father", "father dad daddy papa vater padre"),
        ("grandmother", "grandmother gran granny grandma nan nana nain mamgu oma abuela"),
        ("grandfather", "grandfather granddad grandad grandpa gramps taid opa abuelo"),
        ("mother", "stepmother stepmum stepmom"),
        ("father", "stepfather stepdad"),
        ("wife", "wife missus"),
        ("husband", "husband hubby"),
        ("sister", "sister sis stepsister"),
        ("brother", "brother stepbrother"),
        ("child", "son daughter stepson stepdaughter grandson granddaughter"),
        ("aunt", "aunt auntie aunty"),
        ("uncle", "uncle"),
        ("cousin", "cousin niece nephew"),
    )
    for word in words.split()
}
"""What relatives are called, in small letters, and who they are to somebody."""
ELDERS = {
    word: role
    for word, role in KIN.items()
    if role in ("mother", "father", "grandmother", "grandfather")
}
"""Those who are told of most, and who are older: of them alone `gone` and `passed` say enough."""


def ordinal(number: int) -> str:
    """`1st`, `11th`, `22nd`."""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


WORD_GROUPS: Mapping[str, Collection[str]] = {
    "{kin}": frozenset(KIN),
    "{kins}": frozenset(f"{word}s" for word in KIN),
    "{elder}": frozenset(ELDERS),
    "{elders}": frozenset(f"{word}s" for word in ELDERS),
    "{whose}": frozenset(["my", "his", "her", "our", "their", "your"]),
    "{day}": frozenset(
        [
            *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
            *("mon", "tue", "tues", "wed", "weds", "thu", "thurs", "fri", "sat", "sun"),
        ]
    ),
    "{nth}": frozenset(map(ordinal, range(1, 32))),
    "{few}": frozenset(["few", "two", "three", "four", "five", "six", "2", "3", "4", "5", "6"]),
}
"""Which words a word in braces stands for in a cue: `lost {kin}`, and `{kin's} funeral` of what is
theirs."""
STANDS_FOR_MANY = ("*", "}")
"""How a word of a cue ends that stands for more words than one."""


class WordPlaces:
    """Words one after the other, and where each stands: most cues occur nowhere, and those that do
    are looked for only where their rarest word is (R161)."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = words
        self._places: dict[str, list[int]] = {}
        for place, word in enumerate(words):
            self._places.setdefault(word, []).append(place)
        self._in_order = sorted(self._places)

    @property
    def known(self) -> KeysView[str]:
        """Each word, once."""
        return self._places.keys()

    def spans(self, cue: Sequence[str]) -> list[tuple[int, int]]:
        """Where the words of a cue follow each other: from which word to behind which."""
        for piece in cue:
            if piece not in self._places and not piece.endswith(STANDS_FOR_MANY):
                return []  # nearly every cue of thousands ends here
        candidates = [(self._at(piece), index) for index, piece in enumerate(cue)]
        places, before = min(candidates, key=lambda candidate: len(candidate[0]), default=((), 0))
        found = []
        for place in places:
            start = place - before
            words = self.words[start : start + len(cue)] if start >= 0 else ()
            if len(words) == len(cue) and all(map(_stands_for, cue, words)):
                found.append((start, start + len(cue)))
        return found

    def hold(self, cue: Sequence[str]) -> bool:
        """Whether the words of a cue follow each other somewhere."""
        return bool(self.spans(cue))

    def _at(self, piece: str) -> Sequence[int]:
        """Where words stand that a piece of a cue stands for, in their order."""
        if not piece.endswith(STANDS_FOR_MANY):
            return self._places.get(piece, ())
        if group := WORD_GROUPS.get(piece):
            return sorted(
                place for word in self._places if word in group for place in self._places[word]
            )
        alike = islice(self._in_order, bisect_left(self._in_order, piece[:-1]), None)
        words = takewhile(partial(_stands_for, piece), alike)
        return sorted(place for word in words for place in self._places[word])


def _stands_for(piece: str, word: str) -> bool:
    """Whether a piece of a cue is this word, or begins it where the piece ends in `*`, or names a
    group that has it."""
    if group := WORD_GROUPS.get(piece):
        return word in group
    return word.startswith(piece[:-1]) if piece.endswith("*") else word == piece


def quote(text: str, limit: int = 48) -> str:
    """Foreign text as a message may quote it: one line, harmless, not too long."""
    flat = " ".join(STEERING.sub("�", text).split())
    return f"`{flat}`" if len(flat) <= limit else f"`{flat[: limit - 1]}…`"


def nearest(name: str, names: Iterable[str]) -> str:
    """Return the name that was probably meant, or an empty text."""
    from difflib import get_close_matches  # only where something was not found

    close = get_close_matches(name, sorted(set(names)), n=1, cutoff=0.6)
    return close[0] if close else ""


def did_you_mean(name: str, names: Iterable[str], *, limit: int = 12) -> str:
    """Return the end of a sentence: the nearest name, or what is possible."""
    known = sorted(set(names))
    near = nearest(name, known)
    if near:
        return f"; did you mean `{near}`?"
    if not known:
        return "; there is none yet"
    more = f" and {len(known) - limit} more" if len(known) > limit else ""
    return "; possible: " + ", ".join(quote(possible) for possible in known[:limit]) + more


def there_are(names: Iterable[object]) -> str:
    """What there is in place of something missing: `there is 1`, `there are 1, 2`."""
    known = [str(name) for name in names]
    if not known:
        return "there is none yet"
    return f"there {'is' if len(known) == 1 else 'are'} {', '.join(known)}"


def plural(count: int, one: str, many: str = "") -> str:
    """`1 session`, `3 sessions`."""
    return f"{count} {one if count == 1 else many or one + 's'}"


@lru_cache(maxsize=1000)
def shortened(text: str, letters: int) -> str:
    """Text on one line, cut at a word with an ellipsis where it is longer than `letters`.

    Lines that do not go on with the one before are told apart. A letter that takes two columns of a
    terminal, as in Chinese, counts as two. The door page asks for the same again and again.
    """
    pieces: list[str] = []
    apart = False
    for part in visible(text).splitlines():
        point = _is_point(part)
        words = " ".join(_without_point(part).split())
        begins = apart or point or not words[:1].islower()
        apart = not words
        if words and pieces and begins and pieces[-1][-1].isalnum():
            pieces.append("·")
        if words:
            pieces.append(words)
    line = " ".join(pieces)
    if columns(line) <= letters:
        return line
    widths = takewhile(lambda width: width < letters, accumulate(map(columns, line)))
    cut = line[: sum(1 for _ in widths)]
    return (cut.rsplit(" ", 1)[0] if " " in cut[len(cut) // 2 :] else cut) + "…"


def _is_point(line: str) -> bool:
    """Whether a line begins a point of a list."""
    said = line.lstrip()
    return said.startswith(_POINTS) and said[1:2].isspace()


def _without_point(line: str) -> str:
    """A line without the sign that begins a point of a list."""
    return line.lstrip()[1:].lstrip() if _is_point(line) else line


_ENDS_SENTENCE = tuple(
    f"{mark}{quote}" for mark in ".!?…。" for quote in ("", '"', "”", "'", "’", ")")
)
"""How a line ends that ends with a sentence."""


def paragraphs_of(text: str) -> list[str]:
    """What empty lines part in a text, or lines that end with a sentence, each on one line; a list
    stays with what stands above it."""
    found: list[list[str]] = []
    apart = True
    for line in visible(text).splitlines():
        if line.strip():
            ended = bool(found) and found[-1][-1].rstrip().endswith(_ENDS_SENTENCE)
            if not found or ended or (apart and not _is_point(line)):
                found.append([])
            found[-1] += ["", line] if apart else [line]
        apart = not line.strip()
    return [on_one_line("\n".join(lines)) for lines in found]


def on_one_line(text: str) -> str:
    """All of a text on one line, as `shortened` puts it there."""
    return shortened(text, 2 * len(text) + 1)


_CLAUSE_END = pattern(
    r"[.;:!?,…](?=\s)|\s[–—·](?=\s)"
    r"|\s(?=(?:and|but|or|so|because|while|when|which|whether|und|oder|aber|weil|wenn|dass|y|o|pero"
    r"|porque|cuando)\s)",
    re.IGNORECASE,
)
"""Where a clause ends: what stands before it can be read without what follows."""


def shortened_to_clause(text: str, letters: int, least: int = 24) -> str:
    """Text on one line, cut where a clause ends, so that no word is missing from what is left; at a
    word only where no clause of at least `least` letters fits."""
    whole = on_one_line(text)
    if columns(whole) <= letters:
        return whole
    line = shortened(whole, letters)
    ends = [match.start() for match in _CLAUSE_END.finditer(line) if match.start() >= least]
    return f"{line[: ends[-1]].rstrip(' ,;:–—·')}…" if ends else line


_MAY_END = ".!?…\n"
"""What stands behind a sentence that another follows."""
_SENTENCE_END = pattern(
    r"(?<![.\s][A-Za-z])(?<!\b(?:Dr|Mr|Ms|St|Sr))(?<!\b(?:Mrs|Sra|bzw|z\.B))"
    r"(?:(?<!\d)|(?!\.\s+(?:Jan|Feb|Jän|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)))"
    r"[.!?…][\"”’»)]*\s+(?=[\"“„«(¿¡]?[^\Wa-z])|\s*\n\s*"
)
"""Behind a sentence, where the next begins with a capital letter or a figure; never behind the
short forms of titles, nor within a German date."""


def sentences_of(text: str) -> list[str]:
    """The sentences and lines of a text, each as it was typed, without the sign of a list."""
    whole = text.strip()
    if not any(sign in whole[:-1] for sign in _MAY_END):
        # Most notes are one sentence, and the pattern is a long one.
        return [line] if (line := _without_point(whole)) else []
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    pieces = zip((0, *ends), (*ends, len(text)), strict=True)
    return [words for start, end in pieces if (words := _without_point(text[start:end].strip()))]


def columns(text: str) -> int:
    """How many columns of a terminal a text takes."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def with_each_text(value: Any, change: Callable[[str], str]) -> Any:
    """Plain data with every text in it changed, other than the keys of mappings."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {name: with_each_text(part, change) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [with_each_text(part, change) for part in value]
    return value


def few(lines: Sequence[str], most: int = 4) -> list[str]:
    """The first lines, and how many more there are where there are more than `most`."""
    if len(lines) <= most:
        return list(lines)
    return [*lines[: most - 1], f"and {len(lines) - most + 1} more"]


_FIRST_SPACELESS = "\u0e00"


@cache
def spaceless_letters() -> re.Pattern[str]:
    """A letter of Thai, Lao, Khmer, Japanese or Chinese. Made late: that takes a millisecond."""
    return re.compile(
        f"[{_FIRST_SPACELESS}-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
    )
