"""The signs in the records that call for a blueprint of its own, and what was held before."""

from __future__ import annotations

from collections.abc import Iterable

from trajplan.worksheets.fillings import as_filled
from trajplan.planning.blueprint_triggers import (
    MISSES,
    falling_ratings_trigger,
    missed_commitment_trigger,
)
from trajplan.planning.plan import FromLastTime
from trajplan.planning.request import BlueprintTrigger, HeldSession
from trajplan.records import answers
from trajplan.records.model import MISSED, WAITING, Commitment, CommitmentReview, KeptPlan, Session
from trajplan.records.store import Store


def signs_of(
    store: Store, engagement_id: int, last: FromLastTime | None
) -> tuple[BlueprintTrigger, ...]:
    """Every sign the records give today: worksheets, commitments, ratings."""
    return (
        *_from_worksheets(store, engagement_id),
        *_from_commitments(store, engagement_id),
        *falling_ratings_trigger(last),
    )


def _from_worksheets(store: Store, engagement_id: int) -> Iterable[BlueprintTrigger]:
    """Only the newest filling of each worksheet speaks: what was settled since is settled."""
    newest = {one.worksheet: one for one in answers.of_engagement(store, engagement_id)}
    if not newest:
        return
    from trajplan.worksheets.notes import raised_signs

    for one in newest.values():
        sheet, answered = as_filled(one)
        for sign, because in raised_signs(sheet, answered):
            yield BlueprintTrigger(sign=sign, because=because, since=one.date)


def _from_commitments(store: Store, engagement_id: int) -> Iterable[BlueprintTrigger]:
    for one in store.select(Commitment, engagement_id=engagement_id):
        if one.status in WAITING and one.misses >= MISSES:
            reviews = store.select(CommitmentReview, commitment_id=one.id)
            yield from missed_commitment_trigger(
                one.what, [look.date for look in reviews if look.status in MISSED]
            )


def held_before(store: Store, sessions: Iterable[Session], number: int) -> tuple[HeldSession, ...]:
    """The held sessions with a lower number, in order, with the blueprint each one followed."""
    found = []
    for one in sessions:
        if one.number and one.number < number and one.state == "held":
            kept = store.find(KeptPlan, session_id=one.id)
            blueprint = str(kept.body.get("blueprint", "")) if kept else ""
            day = one.held_on or one.date
            found.append(HeldSession(number=one.number, date=day, blueprint=blueprint))
    return tuple(sorted(found, key=lambda one: one.number))
