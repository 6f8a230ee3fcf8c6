"""Hints on what enters before a session: a vague stuck point, an audit that could say more.

None of them keeps anything from being saved (R32, R34). Whether a stuck point is vague is an
explicit rule, and the hint asks for what is missing.

A stuck point has two sides, "I am stuck because …, while …". Three things are looked at, and the
first that is missing is named:

1. a reason, behind one of the words of `REASON`, or a further sentence that names something: who
   says "I'm stuck. The pension is good here" has given one without the word for it;
2. another side, marked by one of the words of `OTHER_SIDE` before or after the reason;
3. in each of the two something named: a word of three letters or more that is not among
   `SAYS_LITTLE`, or a number.

The lists are English. A text without any word of `ENGLISH` is not judged.

The audit is looked through for what lacks a number, is long ago, or stands alone. It looks back 18
to 24 months; a date counts where one is given, and the kindest reading of it is taken: of a year
its last day.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Literal

from msgspec import Struct

from trajplan.dates import ANY_MONTH, MONTH_WORDS, months_later
from trajplan.planning.brief_sources import BriefSources
from trajplan.planning.readiness import AUDIT, QUESTIONNAIRE
from trajplan.records.forms import Intake
from trajplan.records.model.sessions import WorksheetAnswers
from trajplan.text import name_key, pattern

Vague = Literal["no_reason", "one_side", "nothing_named"]

REASON = (
    "because",
    "since",
    "due to",
    "as long as",
    "so long as",
    "ever since",
    "cos",
    "owing to",
    "given that",
    "the reason is",
    "the reason being",
)
OTHER_SIDE = ("while", "whilst", "but", "yet", "although", "though", "whereas", "however", "and")
"""`and` only where a new clause begins with it: behind a comma, or before "I"."""

_SAYS_LITTLE = """
a about actually after again all almost also always am an and any anymore anyone anything anyway
are as at away bad badly be because been before being best better between bit blocked bored boring
both burned burnout burnt but by can cannot career change changes circumstances could current day
days despite did different difficult direction dissatisfied do does doing don done down drained
dream dreams due either else empty enjoy enjoyable enough even ever every everyone everything
exhausted fed feel feeling feelings few find for forward from frustrated frustrating fulfilled
fulfilling fulfilment future general get gets getting go goal goals goes going good got great grow
growing growth had happen happens happy hard has hate have having he her here him his hopeless how
however i if in into is isn issue issues it its job jobs just kind know lack lately less life like
little live long lost lot lots love loved loves low make makes many matter matters may maybe me
mean meaning meaningful might miserable missing more most motivated motivation move moving much
must my myself need needs never new next nice no nobody none not nothing now nowhere of off often
oh ok on once one only opportunities opportunity or other others otherwise our out over
overwhelmed own passion passionate people perhaps place point position possible potential pressure
problem problems progress purpose quite rather re really reason reasons right role roles sad same
satisfaction satisfied satisfying see seem seems she should simply since situation situations so
some somehow someone something sometime sometimes somewhat somewhere soon sort stagnant stagnating
still stop stress stressed stuck stuff success such sure tell than that the their them then there
these they thing things think this those though through time times tired to today together too
trapped trouble unclear unfulfilled unhappy unmotivated unsatisfied unsure until up us usually ve
very want wanted wants was way ways we well were what whatever when where whether which while
whilst who whole why will wish with without work working works worse would wrong yes yet you your
"""
SAYS_LITTLE = frozenset(_SAYS_LITTLE.split())
"""Words without anything in them one could see, count or walk into."""

ENGLISH = frozenset(["i", "my", "the", "and", "because", "while", "but", "stuck", "with", "not"])

_WORD = pattern(r"[^\W\d_]+")
_REASON = pattern(rf"\b(?:{'|'.join(sorted(REASON, key=len, reverse=True))})\b", re.IGNORECASE)
_SENTENCE_END = pattern(r"[.:;!?](?=\s)")
_OTHER = pattern(
    rf"\b(?:{'|'.join(word for word in OTHER_SIDE if word != 'and')})\b"
    r"|[,;]\s*and\b|\band(?=\s+i\b)",
    re.IGNORECASE,
)

SAID = {
    "no_reason": "the stuck point gives no reason yet: “I am stuck because …, while …”",
    "one_side": "the stuck point has one side so far: what is there besides, “…, while …”?",
    "nothing_named": (
        "the stuck point names little one could see or count: which tasks, which place, which "
        "people, how often?"
    ),
}


def vague(text: str) -> Vague | None:
    """What the words of a stuck point still lack; None for a clear, an empty or a foreign one."""
    words = [word.casefold() for word in _WORD.findall(text)]
    if not words or not ENGLISH.intersection(words):
        return None
    reason = _REASON.search(text) or next(
        (end for end in _SENTENCE_END.finditer(text) if names_something(text[end.end() :])), None
    )
    if reason is None:
        return "no_reason"
    before, after = text[: reason.start()], text[reason.end() :]
    behind = _OTHER.search(after)
    ahead = _OTHER.search(before)
    if behind is not None:
        sides = (after[: behind.start()], after[behind.end() :])
    elif ahead is not None:
        sides = (after, before)
    else:
        return "one_side"
    return None if all(map(names_something, sides)) else "nothing_named"


def names_something(text: str) -> bool:
    """Whether any word says more than those that say little; numbers do."""
    words = [word.casefold() for word in _WORD.findall(text)]
    return any(len(word) > 2 and word not in SAYS_LITTLE for word in words) or bool(
        re.search(r"\d", text)
    )


def stuck_point_hint(text: str) -> str:
    """The sentence for a vague stuck point, or nothing."""
    lack = vague(text)
    return SAID[lack] if lack else ""


def on_intake(intake: Intake, today: dt.date) -> tuple[str, ...]:
    """Hints on an intake as it was handed in."""
    hint = stuck_point_hint(intake.stuck_point)
    return (*filter(None, [hint]), *_on_audit(BriefSources(intake, {}), today))


def on_filling(filling: WorksheetAnswers, today: dt.date) -> tuple[str, ...]:
    """Hints on a filled questionnaire or audit; other worksheets get none."""
    sources = BriefSources(Intake(kind="intake"), {filling.worksheet: filling})
    if filling.worksheet == QUESTIONNAIRE:
        return tuple(filter(None, [stuck_point_hint(sources.text(QUESTIONNAIRE, "stuck"))]))
    return _on_audit(sources, today) if filling.worksheet == AUDIT else ()


def _on_audit(sources: BriefSources, today: dt.date) -> tuple[str, ...]:
    return audit_hints(accomplishments(sources), sources.pain_points, sources.evidence, today)


WHEN = ("when", "year", "date")
NUMBERS = ("numbers", "number", "result")
NO_DEED = (*WHEN, *NUMBERS, "noticed")
MONTHS_BACK = 24
_DATE = pattern(
    rf"(?<![\w.,])(?:(?P<name>{ANY_MONTH})\.?\s+)?(?P<year>(?:19|20)\d\d)(?:-(?P<month>0[1-9]|1[0-2])"
    r"(?:-\d\d)?)?(?![\w%])",
    re.IGNORECASE,
)
_DATED = pattern(
    r"(?:\b(?:in|since|from|to|until|till|during|of|by|late|early|mid|spring|summer|autumn|fall|winter)"
    r"|[(–—-])\s*$",
    re.IGNORECASE,
)
"""What stands before a year; otherwise four digits are a number like any other."""
_COUNTED = pattern(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    r"|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
    r"|hundreds?|thousands?|millions?|dozens?|half|halved|doubled?|tripled?|twice|thrice|quarter"
    r"|third|none|zero|first|every)\b",
    re.IGNORECASE,
)


class Accomplishment(Struct, frozen=True, kw_only=True):
    """Something the client got done; `when` as the client wrote it, or empty."""

    what: str
    numbers: str = ""
    when: str = ""

    @property
    def whole(self) -> str:
        """All of it on one line."""
        parts = [self.what, self.numbers, f"({self.when})" if self.when else ""]
        return " ".join(
            f"{part}:" if index == 0 and self.numbers else part
            for index, part in enumerate(parts)
            if part
        )


def accomplishments(sources: BriefSources) -> tuple[Accomplishment, ...]:
    """What the client got done, from intake and audit, each once."""
    listed = sources.intake.audit.accomplishments if sources.intake.audit else ()
    deeds = [
        _accomplishment({str(key): str(cell) for key, cell in deed.items() if cell is not None})
        if isinstance(deed, Mapping)
        else Accomplishment(what=deed)
        for deed in listed
    ]
    deeds += [_accomplishment(row) for row in sources.rows(AUDIT, "accomplishments", "what")]
    by_key = {name_key(deed.what) or deed.what: deed for deed in deeds if deed.what}
    return tuple(by_key.values())


def _accomplishment(row: Mapping[str, str]) -> Accomplishment:
    """Of a row with keys of the coach's own, the first that is neither number nor date is it."""
    when = next((row[key] for key in WHEN if row.get(key)), "")
    numbers = next((row[key] for key in NUMBERS if row.get(key)), "")
    what = row.get("what") or next((row[key] for key in row if key not in NO_DEED), "")
    if not what:
        return Accomplishment(what=numbers, when=when)
    return Accomplishment(what=what, numbers=numbers, when=when)


def is_counted(accomplishment: Accomplishment) -> bool:
    """Whether it says how many, how much or how often. A year is a date, no number."""
    text = f"{accomplishment.what} {accomplishment.numbers}"
    undated = _DATE.sub(lambda match: "" if _is_date(text, match) else match[0], text)
    return _COUNTED.search(undated) is not None


def last_day(accomplishment: Accomplishment) -> dt.date | None:
    """The last day it can have been, by the latest date it names; None where it names none."""
    text = f"{accomplishment.what} {accomplishment.numbers}"
    days = [_last(match) for match in _DATE.finditer(text) if _is_date(text, match)]
    days += [_last(match) for match in _DATE.finditer(accomplishment.when)]
    return max(days, default=None)


def is_old(accomplishment: Accomplishment, today: dt.date) -> bool:
    """Whether it lies more than 24 months back, however its date is read."""
    day = last_day(accomplishment)
    return day is not None and day < months_later(today, -MONTHS_BACK)


def audit_hints(
    accomplishments: Sequence[Accomplishment],
    pain_points: Sequence[str],
    evidence: Sequence[str],
    today: dt.date,
) -> tuple[str, ...]:
    """What the audit could still gain; nothing on an audit that was not begun."""
    hints = [
        f"“{accomplishment.what}” has no number yet: how many, how often, how long, how much less?"
        for accomplishment in accomplishments
        if not is_counted(accomplishment)
    ]
    hints += [
        f"“{accomplishment.what}” lies more than {MONTHS_BACK} months back; what was there since?"
        for accomplishment in accomplishments
        if is_old(accomplishment, today)
    ]
    if (accomplishments or pain_points) and not evidence:
        hints.append("the audit has no outside evidence yet: what have others said or written?")
    return tuple(hints)


def _is_date(text: str, match: re.Match[str]) -> bool:
    named = match["name"] or match["month"]
    return bool(named) or _DATED.search(text[: match.start()]) is not None


def _last(match: re.Match[str]) -> dt.date:
    year = int(match["year"])
    month = 12
    if match["month"]:
        month = int(match["month"])
    elif match["name"]:
        month = MONTH_WORDS[match["name"].casefold()]
    return months_later(dt.date(year, month, 1), 1) - dt.timedelta(days=1)
