"""What people bring by the form of their words, whatever it is about: a choice between two, a day
that is coming, a talk with somebody (R120)."""

from __future__ import annotations

import re

from trajplan.dates import DAYS, MONTHS
from trajplan.lint.verbs import is_past
from trajplan.text import pattern

_SENTENCE = pattern(r"(?<=[.!?…;])\s+|\s*\n\s*| · ")
"""Between sentences as people type them, who begin one with a small letter too."""
_PART = pattern(r"(?<=[.!?…;])\s+|\s*\n\s*| · | +[-–]+ +|, +(?=but |and |so )")
"""Between what may lie at different times: `my review went well, but interview thurs`."""
_TYPED = r"(?:mon|tues?|wed(?:nes|s)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
"""A weekday as people type it."""
_OTHER_WAY = (
    r"\bor\b(?! (?:not\b|so\b|something|anything|whatever|what\b|else\b|two\b|three\b|more\b|"
    r"am i\b|is that\b|down\b|like\b|wait\b))"
)
_CHOOSES = pattern(
    rf"\b(?:do|should|shall) i\b[^.?!]*{_OTHER_WAY}"
    rf"|\b(?:don['’]?t know|not sure|dunno|no idea|can['’]?t (?:tell|say)|wonder(?:ing)?|"
    rf"deciding|decide) (?:if|whether) (?:i|to|im|i['’]m)\b[^.?!]*{_OTHER_WAY}"
    rf"|\bwhether (?:i|to)\b[^.?!]*{_OTHER_WAY}"
    r"|\b(?:versus|vs)\b|^\W*or (?!not\b|so\b|is it\b|am i\b|some|any|what)\w"
    r"|(?<!they )(?<!you )\b(?:have|having|got) to (?:pick|choose)\b"
    r"|\btwo (?:\w+ )?(?:things|offers|options|roads|ways|paths)"
    r"(?! (?:to|i (?:want|need)|about|for today))(?: \w+){0,3}? (?:now|at once|open|on the table)\b"
    r"|\bnow (?:ive|i['’]ve|i have|i) got two\b(?! (?:weeks?|days?|months?|hours?|kids?|children))",
    re.IGNORECASE,
    (
        *("do i", "should i", "shall i", " if ", "whether", "versus", "vs", "to pick"),
        *("to choose", "two", "or "),
    ),
)
"""Two ways to go, as people say that they have to choose."""
_TWO_NAMED = pattern(
    rf"{_OTHER_WAY}|\b(?:both|either|versus|vs|the other|two (?:\w+ )?\w+s|got two|the two|between|"
    r"oder|beides?|zwei|entweder|ambos|ambas|los dos|las dos)\b| o ",
    re.IGNORECASE,
)
"""What names two things, or says that there are two."""

_IS_OVER = pattern(
    r"\b(?:was|were|went|had|did(?:n['’]?t)?|done|last|yesterday|ago|passed|failed|got|gave|"
    r"every|each|been|after|since|told|said)\b(?! to\b)",
    re.IGNORECASE,
)
_DAY = pattern(
    r"(?<!week on )(?<!weeks on )(?<!fortnight on )(?<!on the )"
    rf"\b(?P<day>{_TYPED})\b(?P<later>\W+(?:week|after|fortnight)\b)?",
    re.IGNORECASE,
)

_DATE = (
    r"(?<!by )(?<!by the )(?<!till )(?<!till the )(?<!until the )(?<!before the )(?<!closes )"
    r"(?<!closes the )\b(?P<date>[1-3]?\d(?:st|nd|rd|th))\b"
)
"""A day of the month on which something is; by one, something is due."""
_DATED = pattern(_DATE, re.IGNORECASE)
_I_DID = pattern(r"\bi (\w+)", re.IGNORECASE)
_COMES_ON = pattern(
    r"\b(?:hearing|meeting|court|tribunal|inquest|panel|appointment|results?|wants? me"
    r"|inquiry|investigation(?: \w+)?|interview|assessment|presentation|exam|audition|walking in"
    r"|(?<!went )(?<!came )(?<!got )back|(?:have|has|got|need|supposed) to|should(?! have|a\b)"
    rf"|starts?|starting|till|until)\b[^.!?;\n]{{0,60}}?(?:\b{_TYPED}\b|{_DATE})",
    re.IGNORECASE,
)
"""What is still to come on a day, as people type it: `want me back on site monday`."""

_GOES_BACK = pattern(
    r"(?P<before>(?:(?<![\w'’])(?:[\w'’]+ ){1,2})?)\bback (?:again )?"
    r"(?:(?:at|in|on|to (?=work|the|my|site|shifts?|nights|days|school))(?: [\w'’]+){0,3}? )?"
    rf"(?:(?:on|from|next|this|come) )?(?:the )?"
    rf"(?:{_TYPED}|tomorrow|next week|[1-3]?\d(?:st|nd|rd|th)\b)",
    re.IGNORECASE,
)
"""To work on a day, as people type it: `back on phones monday`, `im back on the bench on the 10th`.
Where it goes back to comes within three words."""
_THEY_GO = pattern(
    r"(?:i['’]?m|am|be|being|me|said|i|go|going|so|and|but|then|now|start|starting|is|it['’]s)\Z"
)
"""Words right before that, where it's they who go back; most often there is none."""
_ELSEWHERE = pattern(
    r"\b(?:call|calls|called|ring|rings|phone|text|email|get|send|tell|bring|he|she|they|hes|shes|"
    r"he['’]s|she['’]s|they['’]re|doctor['’]?s?|dentist|hospital|clinic|court|gp|solicitor|bank|"
    r"hearing|scan|you|him|her|them)\b",
    re.IGNORECASE,
)
"""What says that somebody else does, or that it is not work."""

_TALKS_TO = pattern(
    r"\b(?:(?:talk|speak|talking|speaking|say \w+|word|catch[ -]?up|chat|one-to-one|1:1|sit down) "
    r"(?:to|with|w/?)|ask|asking|tell|telling|haven['’]?t (?:told|asked)) "
    r"(?P<who>(?:Mr|Mrs|Ms|Miss|Dr)\.? [A-Z][\w'’-]+|[A-Z][a-zà-ÿ'’-]{2,}|"
    r"my (?:boss|manager|supervisor|line manager))(?!\w)"
)


_TALKS_ON_A_DAY = pattern(
    r"(?:i['’]?m )?(?:talking|speaking) (?:to|with) [A-Z][a-zà-ÿ'’-]{2,} "
    rf"(?:on |next |this )?{_TYPED}\b",
    re.IGNORECASE,
)
"""Begun with, as people write what is in the diary."""
_ASKS_FOR = pattern(
    r"\bask(?:ing)? (?:[\w'’-]+\.? ){0,3}?(?:for|about|if|whether|to|could|can|would)\b",
    re.IGNORECASE,
)


_DIARY = pattern(
    r"\W*(?!(?:i|im|we|he|she|they|it|not|no|last|since|after|on|by|until|till|back)\b)"
    rf"(?:[\w'’&-]+ ){{1,4}}(?:(?:on|this|next) )?(?:{_TYPED}|tomorrow)"
    r"(?:[, ]+(?:at )?\d{1,2}(?:[:.]\d\d)? ?(?:am|pm|ish)?)?\W*(?:eek|ugh|argh|yikes|help)?\W*",
    re.IGNORECASE,
)
"""What stands in a diary, and nothing else: `graham tomorrow at 10`, `review with hr weds`."""


def names_choice(text: str) -> bool:
    """Whether the words put several ways to go beside each other: `do I go for that or stay`, `two
    things now`."""
    return any(map(_CHOOSES.search, _SENTENCE.split(text)))


def names_two(text: str) -> bool:
    """Whether the words name two things, so that somebody can be asked about each of them."""
    return bool(_TWO_NAMED.search(text))


def day_to_come(text: str) -> str:
    """`Monday` or `the 4th`, where something of theirs is surely still to come on that day; else
    empty."""
    if is_from_diary(text):
        return _day_named(_PART.split(text.strip())[0])
    for part in _PART.split(text):
        comes = _COMES_ON.search(part)
        is_over = comes and _IS_OVER.search(comes[0])
        if comes and not (is_over or _tells_what_i_did(part[: comes.start()])):
            return _day_named(part)
    return ""


def _tells_what_i_did(text: str) -> bool:
    """Whether the words say what they did: `I signed that guard` in front of `back on the
    tuesday`."""
    did = (match[1].casefold() for match in _I_DID.finditer(text))
    return any(word.endswith("ed") or is_past(word) for word in did)


def _day_named(text: str) -> str:
    """The day that words name, `Thursday` or `the 4th`, where it's one alone and not that of a
    later week."""
    days = {_weekday(match) for match in _DAY.finditer(text)}
    days = days or {f"the {match['date'].lower()}" for match in _DATED.finditer(text)}
    return days.pop() if len(days) == 1 else ""


def _weekday(match: re.Match[str]) -> str:
    typed = match["day"].casefold()
    name = next(day for day in DAYS if day.casefold().startswith(typed[:3]))
    return "" if match["later"] else name


def goes_back(text: str) -> bool:
    """Whether they go back to work on a day they name: `back monday`, `back on phones monday`."""
    for part in _PART.split(text):
        for back in _GOES_BACK.finditer(part):
            before = back["before"].casefold().split()
            theirs = not before or _THEY_GO.match(before[-1])
            if theirs and not _ELSEWHERE.search(back[0]):
                return True
    return False


def names_talk(text: str) -> bool:
    """Whether a talk with somebody by name has its day: `talking to Carol friday`."""
    return any(_TALKS_ON_A_DAY.match(part) for part in _PART.split(text))


def is_from_diary(text: str) -> bool:
    """Whether they begin with no more than what a diary says of a day to come: `review with hr
    weds`."""
    first = _PART.split(text.strip())[0]
    return bool(_DIARY.fullmatch(first)) and not _IS_OVER.search(first)


def names_wish(text: str) -> bool:
    """Whether the words say what they want of somebody: `ask Linda for a day a week`."""
    return bool(_ASKS_FOR.search(text))


def talk_partner(text: str) -> str:
    """With whom they are going to talk, `Graham`, `your boss`, where their words surely say so and
    name nobody else."""
    partners = {match["who"] for match in _TALKS_TO.finditer(text)}
    if len(partners) != 1:
        return ""
    (name,) = partners
    return re.sub(r"^my ", "your ", name) if name not in (*DAYS, *MONTHS) else ""
