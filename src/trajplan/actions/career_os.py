"""The Career OS, put together from a client's records (R113)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from trajplan.actions.echo import echo_of
from trajplan.actions.resolve import ClientEngagement
from trajplan.actions.worksheet_notes import as_filled
from trajplan.measures.progress import KIND_NAMES, LEAST, progress
from trajplan.planning.calendar import months_later
from trajplan.planning.plan import FirstWords
from trajplan.records import answers
from trajplan.records.model import Commitment, Ending, Engagement, Session, WrapRecord
from trajplan.records.store import Store

if TYPE_CHECKING:
    from trajplan.content.worksheet_model import Field
    from trajplan.worksheets.answers import Answers

WORTH = 6
"""A commitment done counts among what worked from this value (1-10) on: the upper half."""
MOST = 8
"""Lines of a part; what comes later stays in the records."""
BEST = 5
"""Commitments among what worked."""


SECTIONS = {
    "worked": "What worked",
    "kinds": "Which kind of step carried me",
    "values": "What counts for me",
    "strengths": "What I can rely on in myself",
    "habits": "How I keep an eye on it",
    "decide": "How I decide well",
    "triggers": "When I ask for help again",
    "people": "Whom I can turn to",
    "outcomes": "What others can see today",
    "took_home": "What I took home on the way",
}
NEEDED = ("worked", "values", "strengths", "habits")
"""Without these four it is no Career OS yet."""


class CareerOs(Struct, frozen=True, kw_only=True):
    """Each part as lines, most telling first; a part without lines is empty."""

    client_name: str
    date: dt.date
    """The day the engagement was closed, or the day this draft was made."""
    draft: bool
    destination: str
    worked: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    strengths: tuple[str, ...] = ()
    habits: tuple[str, ...] = ()
    decide: tuple[str, ...] = ()
    triggers: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    took_home: tuple[str, ...] = ()
    first_words: tuple[FirstWords, ...] = ()
    weekly_review: dt.date
    """The first one."""
    retreat: dt.date
    follow_up: dt.date | None = None

    @property
    def lacking(self) -> tuple[str, ...]:
        """The needed parts that have no line, as they are headed."""
        return tuple(SECTIONS[name] for name in NEEDED if not getattr(self, name))


def career_os_of(store: Store, case: ClientEngagement, today: dt.date) -> CareerOs:
    """Everything the records hold for each part; the client's own Career OS comes first."""
    engagement = case.engagement
    ending = store.find(Ending, engagement_id=engagement.id)
    filled = _from_worksheets(store, engagement)
    promised = store.select(Commitment, engagement_id=engagement.id)
    start = first_day_after(store, engagement, today)
    triggers = (*filled.get("triggers", ()), *(ending.triggers if ending else ()))
    return CareerOs(
        client_name=case.client.name,
        date=engagement.closed or today,
        draft=engagement.closed is None,
        destination=engagement.destination,
        worked=_once((*filled.get("worked", ()), *_worked(promised))),
        kinds=_kinds(promised),
        values=_once(filled.get("values", ())),
        strengths=_once(filled.get("strengths", ())),
        habits=_once(filled.get("habits", ())),
        decide=_once(filled.get("decide", ())),
        triggers=_once(triggers),
        people=_once(filled.get("people", ())),
        outcomes=ending.outcomes if ending else (),
        took_home=_took_home(store, engagement),
        first_words=echo_of(store, engagement),
        weekly_review=start + dt.timedelta(days=7),
        retreat=months_later(start, 3),
        follow_up=ending.follow_up if ending else None,
    )


def first_day_after(store: Store, engagement: Engagement, today: dt.date) -> dt.date:
    """The day reviews and retreats are counted from: the closing, or until then the last session's
    day, or today when that is past."""
    if engagement.closed:
        return engagement.closed
    numbered = [
        one.date for one in store.select(Session, engagement_id=engagement.id) if one.number
    ]
    return max([today, *numbered])


def _worked(promised: Sequence[Commitment]) -> list[str]:
    """What was done and worth most to the client, best first, with what was learnt."""
    done = [one for one in promised if one.status == "done" and (one.value or 0) >= WORTH]
    best = sorted(done, key=lambda one: -(one.value or 0))[:BEST]
    return [
        f"{one.what.rstrip('.')} (worth {one.value} of 10)"
        + (f": “{one.learned}”" if one.learned else "")
        for one in best
    ]


def _kinds(promised: Sequence[Commitment]) -> tuple[str, ...]:
    """Kinds of step with enough behind them to say something, in the order of their worth."""
    found = [
        one
        for one in progress(promised).kinds
        if one.kind and one.completion and one.completion.n >= LEAST
    ]
    found.sort(key=lambda one: (one.worth.rank or len(found)) if one.worth else len(found))
    lines = []
    for one in found:
        if one.completion is None:
            continue
        line = (
            f"{KIND_NAMES[one.kind].capitalize()}: {one.completion.done} of {one.completion.n} done"
        )
        if one.worth and one.worth.n >= LEAST:
            line += f", worth {one.worth.per_hour:.1f} points an hour (n = {one.worth.n})"
        lines.append(line)
    return tuple(lines)


def _took_home(store: Store, engagement: Engagement) -> tuple[str, ...]:
    """The first takeaway of each session."""
    found = []
    for one in store.select(Session, engagement_id=engagement.id):
        wrap = store.find(WrapRecord, session_id=one.id)
        if wrap and wrap.takeaways:
            found.append(f"{wrap.takeaways[0]} (session {one.number})")
    return tuple(found)


def _from_worksheets(store: Store, engagement: Engagement) -> dict[str, list[str]]:
    """Lines of the newest filling of each worksheet, by part of the Career OS.

    A worksheet says itself which field belongs to which part; the Career OS worksheet goes first.
    """
    newest = {one.worksheet: one for one in answers.of_engagement(store, engagement.id)}
    parts: dict[str, list[str]] = {}
    for one in sorted(
        newest.values(), key=lambda one: (one.worksheet != "career-os", -one.date.toordinal())
    ):
        sheet, answered = as_filled(one)
        for field in sheet.fields:
            if field.career_os and field.id in answered:
                parts.setdefault(field.career_os, []).extend(_lines(field, answered))
    return parts


def _lines(field: Field, answered: Answers) -> list[str]:
    """An answer as lines: items, rows, or the text."""
    from trajplan.text import one_line
    from trajplan.worksheets.answers import row_name, rows_of

    answer = answered[field.id]
    if field.type == "table":
        rows = _weighed(field, rows_of(answered, field))
        if field.career_os == "habits":
            named = [[str(row[key]) for key in row if str(row[key]).strip()] for row in rows]
            return [one_line(" · ".join(cells)) for cells in named]
        return [one_line(row_name(field, row, at)) for at, row in enumerate(rows, 1)]
    if isinstance(answer, tuple):
        return [one_line(item) for item in answer if isinstance(item, str)]
    return [one_line(str(answer))]


def _weighed(
    field: Field, rows: Sequence[Mapping[str, str | int | float]]
) -> list[Mapping[str, str | int | float]]:
    """Rows by their first rating, the highest first; without one in their own order."""
    rating = next((column.id for column in field.columns if column.type == "rating"), "")
    return sorted(rows, key=lambda row: -float(row.get(rating, 0)) if rating else 0)


def _once(lines: Iterable[str]) -> tuple[str, ...]:
    """Each line once, without regard to case, and not too many."""
    found: dict[str, str] = {}
    for line in lines:
        if line:
            found.setdefault(line.casefold(), line)
    return tuple(found.values())[:MOST]
