"""The first part of the brief: career, audit, beliefs, what the client brought (R26, R29, R32)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from trajplan.actions.brief_sources import Sources
from trajplan.actions.resolve import ClientEngagement
from trajplan.actions.worksheet_notes import worksheet_notes
from trajplan.planning.brief import (
    AttachedResult,
    AuditEntry,
    BriefBackground,
    CareerEntry,
    ThemeCount,
)
from trajplan.planning.preparation_hints import Accomplishment, is_counted, is_old
from trajplan.planning.readiness import ARCHITECTURE, AUDIT, MAPPING, RESULTS
from trajplan.records import assumptions
from trajplan.records.forms import CareerStep
from trajplan.records.store import Store
from trajplan.text import name_key
from trajplan.worksheets.themes import count_themes, split_themes


def background(
    store: Store, case: ClientEngagement, sources: Sources, today: dt.date
) -> BriefBackground:
    """Everything known of where the client comes from."""
    roles = career(sources)
    notes = worksheet_notes(store, case.engagement.id, "any")
    return BriefBackground(
        career=roles,
        themes=_recurring(["; ".join(one.themes) for one in roles]),
        moves=_recurring([one.moved_on for one in roles]),
        architecture=next((one.lines for one in notes if one.worksheet == ARCHITECTURE), ()),
        accomplishments=tuple(
            AuditEntry(what=one.whole, counted=is_counted(one), old=is_old(one, today))
            for one in accomplishments(sources)
        ),
        pain_points=both(
            sources.intake.audit.pain_points if sources.intake.audit else (),
            sources.items(AUDIT, "pain_points"),
        ),
        evidence=both(
            sources.intake.audit.evidence if sources.intake.audit else (),
            sources.items(AUDIT, "evidence"),
        ),
        assumptions=tuple(
            one.text
            for one in assumptions.of_engagement(store, case.engagement.id)
            if one.status == "open"
        ),
        attached=tuple(
            AttachedResult(
                what=row.get("what", ""),
                date=row.get("date", ""),
                place=row.get("place", ""),
                says=row.get("says", ""),
            )
            for row in sources.rows(RESULTS, "results", "what")
        ),
    )


def both(first: Sequence[str], second: Sequence[str]) -> tuple[str, ...]:
    """What stands in either list, once."""
    found: dict[str, str] = {}
    for one in (*first, *second):
        found.setdefault(name_key(one) or one, one)
    return tuple(found.values())


def career(sources: Sources) -> tuple[CareerEntry, ...]:
    """The roles of the intake, with what Trajectory Mapping adds to them, then its further ones.

    A role that stands in both under one name is one role, so that no theme counts twice.
    """
    found = [_step(one) for one in sources.intake.career]
    open_yet = list(range(len(found)))
    for row in sources.rows(MAPPING, "roles", "role"):
        entry = _row(row)
        same = [at for at in open_yet if name_key(found[at].role) == name_key(entry.role)]
        if same:
            open_yet.remove(same[0])
            found[same[0]] = _joined(found[same[0]], entry)
        else:
            found.append(entry)
    return tuple(found)


def accomplishments(sources: Sources) -> tuple[Accomplishment, ...]:
    """What the client got done, from intake and audit, each once."""
    held = sources.intake.audit.accomplishments if sources.intake.audit else ()
    found = [
        _accomplishment({str(key): str(value) for key, value in one.items() if value is not None})
        if isinstance(one, Mapping)
        else Accomplishment(what=one)
        for one in held
    ]
    found += [_accomplishment(row) for row in sources.rows(AUDIT, "accomplishments", "what")]
    return tuple({name_key(one.what) or one.what: one for one in found if one.what}.values())


WHEN = ("when", "year", "date")
NUMBERS = ("numbers", "number", "result")
NO_DEED = (*WHEN, *NUMBERS, "noticed")


def _accomplishment(row: Mapping[str, str]) -> Accomplishment:
    """Of a row with keys of the coach's own, the first that is neither number nor date is it."""
    when = next((row[key] for key in WHEN if row.get(key)), "")
    numbers = next((row[key] for key in NUMBERS if row.get(key)), "")
    what = row.get("what") or next((row[key] for key in row if key not in NO_DEED), "")
    if not what:
        return Accomplishment(what=numbers, when=when)
    return Accomplishment(what=what, numbers=numbers, when=when)


def _step(one: CareerStep) -> CareerEntry:
    return CareerEntry(
        role=one.role,
        organisation=one.organisation,
        when=f"{one.since}–{one.until}" if one.since else one.until,
        themes=one.themes,
        successes=one.successes,
        challenges=one.challenges,
        moved_on=one.left_because,
    )


def _row(row: Mapping[str, str]) -> CareerEntry:
    return CareerEntry(
        role=row.get("role") or next(iter(row.values()), ""),
        organisation="",
        when=row.get("years", ""),
        themes=split_themes(row.get("themes", "")),
        successes=tuple(filter(None, [row.get("successes", "")])),
        challenges=tuple(filter(None, [row.get("challenges", "")])),
        moved_on=row.get("transition", ""),
    )


def _joined(one: CareerEntry, other: CareerEntry) -> CareerEntry:
    return CareerEntry(
        role=one.role,
        organisation=one.organisation,
        when=one.when or other.when,
        themes=both(one.themes, other.themes),
        successes=both(one.successes, other.successes),
        challenges=both(one.challenges, other.challenges),
        moved_on=other.moved_on or one.moved_on,
    )


def _recurring(entries: Sequence[str]) -> tuple[ThemeCount, ...]:
    return tuple(ThemeCount(theme=text, count=count) for text, count in count_themes(entries, 2))
