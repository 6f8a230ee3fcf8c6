"""Days that somebody's words name in passing, such as `the deadline is 12 March`.

What a coach types where a day is asked for is read in `dates.py`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator

from trajplan.dates import ANY_MONTH, MONTH_WORDS
from trajplan.planning.plan import UrgentDay
from trajplan.records.dossier import Dossier
from trajplan.records.model import WAITING
from trajplan.text import pattern

URGENT_DAYS = 120
"""Days ahead within which a day that was named is urgent."""

GOAL_DAYS = 14
"""Days ahead within which the day of a goal is."""
_NAMED_DAY = pattern(
    r"(?<![\w.])(?:"
    r"(?P<isoy>\d{4})-(?P<isom>\d{2})-(?P<isod>\d{2})"
    r"|(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.(?P<y>\d{4})?"
    rf"|(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?\s+(?:of\s+|de\s+)?(?P<month>{ANY_MONTH})\b\.?"
    r"(?:,?\s+(?:de\s+)?(?P<year>\d{4}))?"
    rf"|(?P<first>{ANY_MONTH})\.?\s+(?P<second>\d{{1,2}})(?:st|nd|rd|th)?\b"
    r"(?:,?\s+(?P<year2>\d{4}))?"
    r")(?!\d)",
    re.IGNORECASE,
)


def day_in(text: str, said: dt.date) -> dt.date | None:
    """The first day ahead of `said` that a text names, such as `the deadline is 12 March`.

    A day without a year is the one nearest to `said`; one that has passed is no day to keep in
    mind. What could be read in two ways, such as `3/4`, is not read at all.
    """
    if not any(map(str.isdigit, text)):
        return None  # every day has a figure, and to make the pattern takes longer than a look
    days = (_named_day(match, said) for match in _NAMED_DAY.finditer(text))
    return min((day for day in days if day and day >= said), default=None)


def _told(dossier: Dossier, brought: Iterable[str], until: dt.date) -> list[tuple[str, dt.date]]:
    """What the client has told until a day and `brought` at the beginning, with the day of it."""
    began = dossier.engagement.created
    words = [(text, began) for text in (*brought, dossier.engagement.destination)]
    return words + [
        (" ".join(check_in.matters.split()), check_in.date)
        for check_in in dossier.check_ins
        if check_in.date <= until
    ]


def urgent_days(
    dossier: Dossier, brought: Iterable[str], on: dt.date, next_session: dt.date | None
) -> tuple[UrgentDay, ...]:
    """What has a day soon, the next one first: days the client named, and days that bind what they
    took on. `brought`: what the intake says."""
    said = {text: day for text, told in _told(dossier, brought, on) if (day := day_in(text, told))}
    bound = dict(_bound(dossier, on))
    soon = sorted(
        (day, text) for text, day in (said | bound).items() if 0 <= (day - on).days <= URGENT_DAYS
    )
    return tuple(
        UrgentDay(
            text=text,
            day=day.isoformat(),
            alone=next_session is None or next_session >= day,
            promise=text in bound,
        )
        for day, text in soon
    )


def _bound(dossier: Dossier, on: dt.date) -> Iterator[tuple[str, dt.date]]:
    """Deadlines of promises that wait, and goals whose day is near."""
    for commitment in dossier.commitments:
        if commitment.deadline and commitment.status in WAITING:
            yield commitment.what, commitment.deadline
    for goal in dossier.goals:
        if goal.due and goal.status == "open" and (goal.due - on).days <= GOAL_DAYS:
            yield goal.text, goal.due


def _named_day(match: re.Match[str], said: dt.date) -> dt.date | None:
    word = (match["month"] or match["first"] or "").casefold()
    month = MONTH_WORDS[word] if word else int(match["m"] or match["isom"])
    day = int(match["day"] or match["second"] or match["d"] or match["isod"])
    year = match["year"] or match["year2"] or match["y"] or match["isoy"]
    years = (int(year),) if year else (said.year - 1, said.year, said.year + 1)
    days = []
    for possible in years:
        try:
            days.append(dt.date(possible, month, day))
        except ValueError:
            continue
    return min(days, key=lambda near: abs((near - said).days), default=None)
