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
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Literal

from trajplan.planning.audit import accomplishments, audit_hints
from trajplan.planning.brief_sources import BriefSources
from trajplan.planning.readiness import AUDIT, QUESTIONNAIRE
from trajplan.records.forms import Intake
from trajplan.records.model import WorksheetAnswers
from trajplan.text import pattern

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
    audit = sources.intake.audit
    return audit_hints(
        accomplishments(sources),
        (*(audit.pain_points if audit else ()), *sources.items(AUDIT, "pain_points")),
        (*(audit.evidence if audit else ()), *sources.items(AUDIT, "evidence")),
        today,
    )
