"""What the last held session left for this one, and an earlier journey for the first of another."""

from __future__ import annotations

from trajplan.measures.tci import FACTORS, Reading, readings
from trajplan.planning.hand_outs import returned_hand_outs
from trajplan.planning.plan import (
    EarlierJourney,
    FactorChange,
    FromLastTime,
    PlannedCommitment,
    PlannedContact,
)
from trajplan.records.columns import same_fields
from trajplan.records.dossier import Dossier
from trajplan.records.model import Commitment, Session


def from_last_time(dossier: Dossier, last: Session) -> FromLastTime:
    """Commitments, inquiry, parked topics, ratings of the last held session (R2)."""
    wrap = dossier.wrap_of(last.id)
    plan = dossier.plan_of(last.id)
    reading = reading_after(dossier, last)
    still_open = [
        commitment
        for commitment in reversed(dossier.open_commitments())
        if commitment.session_id != last.id
    ]
    return FromLastTime(
        session=last.number or 0,
        date=(last.held_on or last.date).isoformat(),
        wrapped=wrap is not None,
        focus=wrap.focus if wrap else "",
        takeaways=wrap.takeaways if wrap else (),
        commitments=tuple(
            planned_commitment(dossier, commitment)
            for commitment in dossier.commitments_of(last.id)
        ),
        earlier=tuple(planned_commitment(dossier, commitment) for commitment in still_open),
        inquiry=wrap.inquiry if wrap else "",
        parked=wrap.parked if wrap else (),
        ratings=factor_changes(reading),
        satisfaction=reading.satisfaction if reading else None,
        flags=tuple(reading.flags) if reading else (),
        # A plan is kept and printed; a working note would outlive its day in it (R58).
        notes=tuple(note.text for note in dossier.notes_of(last.id) if note.kind == "record"),
        frame_change=wrap.frame_change if wrap else "",
        holding=plan.holding if plan else False,
        handed_out=returned_hand_outs(dossier, last),
    )


def reading_after(dossier: Dossier, session: Session) -> Reading | None:
    """The ratings after one session, as they stand."""
    by_session = {
        reading.session: reading for reading in readings(dossier.ratings, dossier.numbers)
    }
    return by_session.get(session.number or 0)


def factor_changes(reading: Reading | None) -> tuple[FactorChange, ...]:
    """Where each rated factor stands and how it moved; none without a reading."""
    if reading is None:
        return ()
    return tuple(
        FactorChange(
            factor=factor,
            value=reading.ratings[factor],
            change=reading.change_since_last[factor],
        )
        for factor in FACTORS
        if factor in reading.ratings
    )


def planned_commitment(dossier: Dossier, commitment: Commitment) -> PlannedCommitment:
    """A commitment as a plan meets it."""
    contacts = tuple(
        PlannedContact(date=contact.date.isoformat(), kind=contact.kind, note=contact.note)
        for contact in dossier.contacts_about(commitment.id)
    )
    return PlannedCommitment(
        **{
            **same_fields(commitment, PlannedCommitment),
            "id": commitment.number,
            "kind": commitment.kind or "",
        },
        when=commitment.due.isoformat(),
        path=dossier.path_to(commitment.goal_id),
        contacts=contacts,
    )


def earlier_journey(before: Dossier) -> EarlierJourney:
    """What an engagement left, for the first session with a returning client."""
    last = before.last_held()
    wrap = before.wrap_of(last.id) if last else None
    return EarlierJourney(
        began=before.engagement.start.isoformat(),
        ended=(last.held_on or last.date).isoformat() if last else "",
        held=sum(session.state == "held" for session in before.numbered),
        of=before.engagement.sessions,
        destination=before.engagement.destination,
        takeaways=wrap.takeaways if wrap else (),
        inquiry=wrap.inquiry if wrap else "",
        commitments=tuple(commitment.what for commitment in before.open_commitments()),
        assumptions=tuple(
            assumption.text for assumption in before.assumptions if assumption.status == "open"
        ),
    )
