"""What all earlier records of an engagement come to, read for the plan (R8)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from trajplan.actions.criteria import CARDS
from trajplan.planning.plan import SynthesisLine
from trajplan.planning.request import Criteria
from trajplan.planning.synthesis import Experiment, Statement, synthesis_lines
from trajplan.records import answers, assumptions
from trajplan.records.model import Commitment, Engagement, Session, WrapRecord
from trajplan.records.records import WorksheetAnswers
from trajplan.records.store import Store
from trajplan.text import name_key

MAP = "trajectory-mapping"
TRIED = ("experiential", "information_gathering", None)
"""Kinds of commitments that find something out; one without a kind may have."""


def synthesis(
    store: Store, engagement: Engagement, sessions: Sequence[Session], number: int, lines: Criteria
) -> tuple[SynthesisLine, ...]:
    """The lines for a plan of session `number`, from the sessions held before it."""
    held = {one.id: one.number or 0 for one in sessions if one.state == "held"}
    before = {one: at for one, at in held.items() if 0 < at < number}
    newest = {one.worksheet: one for one in answers.of_engagement(store, engagement.id)}
    kept = [(at, store.find(WrapRecord, session_id=one)) for one, at in before.items()]
    return synthesis_lines(
        takeaways=[
            Statement(session=at, text=text)
            for at, wrap in sorted(kept, key=lambda one: one[0])
            if wrap
            for text in wrap.takeaways
        ],
        cards=_cards(newest.get(CARDS)),
        experiments=_tried(store, engagement, before),
        let_go=[
            Statement(session=one.session_number or 0, text=one.text)
            for one in assumptions.of_engagement(store, engagement.id)
            if one.status != "open"
        ],
        must_haves=lines.must_haves,
        must_not_haves=lines.must_not_haves,
        themes=_themes(engagement, newest.get(MAP)),
        last=max(before.values(), default=0),
    )


def _cards(filled: WorksheetAnswers | None) -> list[Experiment]:
    rows = filled.answers.get("cards") if filled else None
    return [
        Experiment(
            session=(filled.session_number or 0) if filled else 0,
            what=str(row["direction"]),
            found=str(row["found"]),
        )
        for row in rows or ()
        if isinstance(row, Mapping) and row.get("direction") and row.get("found")
    ]


def _tried(store: Store, engagement: Engagement, before: Mapping[int, int]) -> list[Experiment]:
    return [
        Experiment(session=before[one.session_id or 0], what=one.what, found=one.learned)
        for one in store.select(Commitment, engagement_id=engagement.id)
        if one.session_id in before and one.learned and one.kind in TRIED
    ]


def _themes(engagement: Engagement, filled: WorksheetAnswers | None) -> list[str]:
    """Themes named for more than one station of the working life, with how many (R26)."""
    rows: Any = (filled.answers.get("roles") if filled else None) or ()
    stations = [
        str(row.get("themes", "")).replace(",", ";").split(";")
        for row in rows
        if isinstance(row, Mapping)
    ] or [list(one.themes) for one in engagement.intake.career]
    counts: Counter[str] = Counter()
    first: dict[str, str] = {}
    for station in stations:
        for key, text in {
            name_key(text): text.strip() for text in station if name_key(text)
        }.items():
            counts[key] += 1
            first.setdefault(key, text)
    return [f"{first[key]} ({times}×)" for key, times in counts.most_common() if times > 1]
