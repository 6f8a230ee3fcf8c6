"""What earlier sessions left for this one: commitments, ratings, what went home (R2, R83), and
what stands until somebody closes it, parked topics and pinned notes (R128).

The first session of a returning client starts from what the earlier journey left.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from trajplan.dates import near_date
from trajplan.measures.tci import FACTORS, Reading, reading_of
from trajplan.planning.from_records import (
    EarlierJourney,
    FactorChange,
    FromLastTime,
    HandOutReturn,
    OutstandingHandOut,
    PinnedNote,
    PlannedCommitment,
    PlannedContact,
    PlannedParked,
)
from trajplan.planning.heard_topics import SAFETY
from trajplan.planning.plan_inputs import Exercise
from trajplan.planning.readiness import AGREEMENT_FORM, QUESTIONNAIRE, RESULTS
from trajplan.records.dossier import Dossier, PlanSummary
from trajplan.records.fields import same_fields
from trajplan.records.model.commitments import TRIED, WAITING, Commitment, ParkedTopic
from trajplan.records.model.sessions import Session, WrapRecord
from trajplan.text import name_key, pattern
from trajplan.worksheets.fillings import filled_since

_GOES_ON = pattern(
    r"[,;:(–—-]\s*(?:(?:second|third|2nd|3rd|another|next) (?:go|try|attempt|time|round)|again"
    r"|once more|(?:zweiter|dritter|neuer) (?:Versuch|Anlauf)|noch ?mal|otra vez)\W*$",
    re.IGNORECASE,
)
"""How a promise ends that is an earlier one once more."""


def from_last_time(dossier: Dossier, last: Session) -> FromLastTime:
    """What the last held session left: commitments, the words of its wrap, ratings (R2).

    Its inquiry may be an earlier one.
    """
    reading = reading_of(dossier, last)
    still_open = [
        commitment
        for commitment in reversed(dossier.open_commitments())
        if commitment.session_id != last.id and not _taken_on_again(dossier, commitment)
    ]
    held = [
        session
        for session in dossier.numbered
        if session.state == "held" and (session.number or 0) <= (last.number or 0)
    ]
    said = {
        **same_fields(dossier.said_in(last.id), FromLastTime.of_wrap),
        "inquiry": _inquiry_of(_wraps_left(dossier, held)),
    }
    return FromLastTime(
        **said,
        session=last.number or 0,
        date=last.day.isoformat(),
        wrapped=dossier.wrap_of(last.id) is not None,
        commitments=tuple(
            planned_commitment(dossier, commitment, place=place)
            for place, commitment in enumerate(dossier.commitments_of(last.id), 1)
        ),
        earlier=tuple(
            planned_commitment(dossier, commitment, _times_asked_after(dossier, commitment, last))
            for commitment in still_open
        ),
        over=tuple(
            replace(
                planned_commitment(dossier, commitment),
                # What is reviewed as done again was asked about when it was done first, and what
                # a hard session passed over is old news in the one after it.
                done_since=commitment.status == "done"
                and last.day
                < min(
                    review.date
                    for review in dossier.reviews_of(commitment.id)
                    if review.status == "done"
                ),
            )
            for commitment in _over_since(dossier, last.day)
            if commitment.session_id != last.id and not _taken_on_again(dossier, commitment)
        ),
        ratings=factor_changes(reading),
        satisfaction=reading.satisfaction if reading else None,
        flags=tuple(reading.flags) if reading else (),
        # A plan is kept and printed; a working note would outlive its day in it (R58).
        notes=tuple(note.text for note in dossier.notes_of(last.id) if note.kind == "record"),
        holding=dossier.was_holding(last.id),
        danger=_was_in_danger(dossier.plan_of(last.id))
        or any(note.warns for note in dossier.notes_of(last.id)),
        # Words of danger that were kept between two sessions are asked about as well.
        danger_before=any(note.warns for note in dossier.pinned)
        or any(
            _was_in_danger(dossier.plan_of(session.id))
            for session in dossier.numbered
            if session.state == "held"
        ),
        handed_out=returned_hand_outs(dossier, last),
    )


def _over_since(dossier: Dossier, day: dt.date) -> list[Commitment]:
    """What is done or dropped, where that was said on a day or later, the latest first."""
    said_on = {
        commitment.number: dossier.reviews_of(commitment.id)[-1].date
        for commitment in dossier.commitments
        if commitment.status not in WAITING and dossier.reviews_of(commitment.id)
    }
    over = [
        commitment
        for commitment in reversed(dossier.commitments)
        if commitment.number in said_on and said_on[commitment.number] >= day
    ]
    return sorted(over, key=lambda commitment: said_on[commitment.number], reverse=True)


def _same_words(dossier: Dossier, commitment: Commitment) -> list[Commitment]:
    """Every time the same was taken on in the same words, in order, and where it went on: `Ask for
    it in writing`, then `Ask for it in writing, second go`."""
    key = name_key(_GOES_ON.split(commitment.what)[0])
    return [
        other for other in dossier.commitments if name_key(_GOES_ON.split(other.what)[0]) == key
    ]


def _taken_on_again(dossier: Dossier, commitment: Commitment) -> bool:
    """Whether the same was taken on later in the same words: the newer one stands for both."""
    return _same_words(dossier, commitment)[-1] != commitment


def _again(dossier: Dossier, commitment: Commitment) -> str:
    """When the same was taken on first, and what was learnt before this time."""
    same = _same_words(dossier, commitment)
    earlier = same[: same.index(commitment)]
    if not earlier:
        return ""
    number = dossier.number_of(earlier[0].session_id)
    first = f"session {number}" if number else f"before {near_date(earlier[0].due)}"
    learned = next((step.learned for step in reversed(earlier) if step.learned), "")
    return f"{first}: {learned}" if learned else first


def _learned_on(dossier: Dossier, commitment: Commitment) -> str:
    """The day something was learnt, where a newer review says what became of it."""
    reviews, told = dossier.reviews_of(commitment.id), dossier.learnt_from(commitment.id)
    return told[-1].date.isoformat() if told and told[-1].date < reviews[-1].date else ""


def with_deadlines(last: FromLastTime, day: dt.date, next_day: dt.date | None) -> FromLastTime:
    """Mark what falls due from outside before the next session, or where there is none, at all:
    on `day` it is brought back (R125)."""

    def marked(commitments: tuple[PlannedCommitment, ...]) -> tuple[PlannedCommitment, ...]:
        return tuple(
            replace(commitment, deadline_near=_is_near(commitment, day, next_day))
            for commitment in commitments
        )

    return replace(last, commitments=marked(last.commitments), earlier=marked(last.earlier))


def _is_near(commitment: PlannedCommitment, day: dt.date, next_day: dt.date | None) -> bool:
    if not commitment.deadline or commitment.status not in WAITING:
        return False
    deadline = dt.date.fromisoformat(commitment.deadline)
    return day <= deadline and (next_day is None or deadline <= next_day)


def _was_in_danger(plan: PlanSummary | None) -> bool:
    """Whether the plan put a safety note before everything else."""
    # A plan is only read in full where its text speaks of it.
    proposals = plan.body.get("proposals", ()) if plan and SAFETY in plan.text else ()
    return any(proposal["kind"] == SAFETY for proposal in proposals)


def _wraps_left(dossier: Dossier, held: Iterable[Session]) -> Iterator[WrapRecord]:
    """The wraps that may say what went home from these sessions, the latest first: back to the
    first that was no holding session.

    One that held sends nothing home unless the coach typed it. Where nobody did, what went home
    before it stays in sight, and is not asked aloud right after (R66, R128, R22).
    """
    for session in reversed(tuple(held)):
        yield dossier.said_in(session.id)
        if not dossier.was_holding(session.id):
            return


def _inquiry_of(wraps: Iterable[WrapRecord]) -> str:
    """The question that went home; empty where none did."""
    return next((wrap.inquiry for wrap in wraps if wrap.inquiry), "")


def inquiries(dossier: Dossier, session_ids: Iterable[int]) -> frozenset[str]:
    """The questions that went home from any of these sessions, in the words in which they did."""
    return frozenset(dossier.said_in(session_id).inquiry for session_id in session_ids) - {""}


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


def _times_asked_after(dossier: Dossier, commitment: Commitment, last: Session) -> int:
    """Held sessions that could ask after a promise: those since it was made, or where it was made
    between two, since it fell due. A holding session asked after nothing."""
    made_in = dossier.number_of(commitment.session_id)
    return sum(
        session.state == "held"
        and session.number is not None
        and session.number <= (last.number or 0)
        and session.number not in dossier.holding_sessions
        and (session.number > made_in if made_in else session.day >= commitment.due)
        for session in dossier.numbered
    )


def planned_commitment(
    dossier: Dossier, commitment: Commitment, asked: int = 0, place: int = 0
) -> PlannedCommitment:
    """A commitment as a plan meets it. `place`: which of those of last time it is, from 1."""
    contacts = tuple(
        PlannedContact(date=contact.date.isoformat(), kind=contact.kind, note=contact.note)
        for contact in dossier.contacts_about(commitment.id)
    )
    return PlannedCommitment(
        **{
            **same_fields(commitment, PlannedCommitment.of_commitment),
            "kind": commitment.kind or "",
            "deadline": commitment.deadline.isoformat() if commitment.deadline else "",
        },
        when=commitment.due.isoformat(),
        path=dossier.path_to(commitment.goal_id),
        contacts=contacts,
        asked=asked,
        place=place,
        told_how=_told_how(dossier, commitment),
        learned_on=_learned_on(dossier, commitment),
        again=_again(dossier, commitment),
    )


def _told_how(dossier: Dossier, commitment: Commitment) -> str:
    """How what was learnt reached the coach: by a message of that day, by a call, or either."""
    learnt_on = {review.date for review in dossier.learnt_from(commitment.id)[-1:]}
    kinds = {
        contact.kind
        for contact in dossier.contacts_about(commitment.id)
        if contact.date in learnt_on
    }
    if "message" in kinds and "call" not in kinds:
        return "wrote"
    return "said" if "call" in kinds and "message" not in kinds else "told me"


def earlier_journey(earlier: Dossier) -> EarlierJourney:
    """What an engagement left, for the first session with a returning client."""
    last = earlier.last_held()
    wrapped = [
        session
        for session in earlier.numbered
        if session.state == "held" and earlier.wrap_of(session.id)
    ]
    wraps = tuple(_wraps_left(earlier, wrapped))
    return EarlierJourney(
        began=earlier.engagement.start.isoformat(),
        ended=last.day.isoformat() if last else "",
        held=earlier.held,
        of=earlier.engagement.sessions,
        destination=earlier.engagement.destination,
        takeaways=next((wrap.takeaways for wrap in wraps if wrap.takeaways), ()),
        inquiry=_inquiry_of(wraps),
        commitments=tuple(commitment.what for commitment in earlier.open_commitments()),
        assumptions=tuple(belief.text for belief in earlier.open_assumptions()),
    )


NO_EXERCISES = (AGREEMENT_FORM, QUESTIONNAIRE, RESULTS)
"""Forms that tell the coach something: an agreement is signed, a questionnaire answered, and nobody
tries them out."""


def exercises_to_debrief(dossier: Dossier, session: Session, last: Session) -> tuple[Exercise, ...]:
    """What a session debriefs: experiments of last time that took place, then worksheets.

    A worksheet counts when it went home with the last sheet, or when it was filled in since and
    brings a question of its own.
    """
    tried = [
        Exercise(
            what=commitment.what,
            case=commitment.status,
            learned=commitment.learned,
            commitment=commitment.number,
            label=commitment.label,
            place=place,
            told_how=_told_how(dossier, commitment),
        )
        for place, commitment in enumerate(dossier.commitments_of(last.id), 1)
        if commitment.kind == "experiential" and commitment.status in TRIED
    ]
    returned = {filling.worksheet: filling for filling in filled_since(dossier, session, last)}
    home = {
        hand_out.worksheet: hand_out.title
        for hand_out in dossier.handed_out_in(last.id)
        if hand_out.worksheet not in NO_EXERCISES
    }
    filled = [
        Exercise(what=filling.title, case="filled", text=str(filling.form.get("debrief", "")))
        for name, filling in returned.items()
        if name in home or filling.form.get("debrief")
    ]
    waiting = [
        Exercise(what=title, case="waiting") for name, title in home.items() if name not in returned
    ]
    return (*tried, *filled, *waiting)


def returned_hand_outs(dossier: Dossier, last: Session) -> tuple[HandOutReturn, ...]:
    """The worksheets that went home with the last sheet, and when they came back."""
    since = last.day
    returned = {name: day.isoformat() for name, day in _return_days(dossier, since).items()}
    return tuple(
        HandOutReturn(
            worksheet=hand_out.worksheet,
            title=hand_out.title,
            filled=returned.get(hand_out.worksheet, ""),
        )
        for hand_out in dossier.handed_out_in(last.id)
    )


def _return_days(dossier: Dossier, since: dt.date) -> dict[str, dt.date]:
    """The worksheets filled in from a day on, each with the day it was filled in last."""
    return {
        filling.worksheet: filling.date
        for filling in dossier.worksheet_answers
        if filling.date >= since
    }


def outstanding_hand_outs(dossier: Dossier, number: int) -> tuple[OutstandingHandOut, ...]:
    """What wraps of sessions before `number` say went home and nobody filled in since, the latest
    first. What a plan meant to hand out may have stayed where it was.

    Each worksheet is named once, with the session it went home from last.
    """
    outstanding: dict[str, OutstandingHandOut | None] = {}
    for session in reversed(dossier.numbered):
        place = session.number or 0
        if session.state != "held" or place >= number:
            continue
        returned = _return_days(dossier, session.day)
        for sheet in dossier.handed_out_in(session.id):
            hand_out = OutstandingHandOut(
                worksheet=sheet.worksheet, title=sheet.title, session=place
            )
            outstanding.setdefault(
                sheet.worksheet, None if sheet.worksheet in returned else hand_out
            )
    return tuple(hand_out for hand_out in outstanding.values() if hand_out)


def parked_for(dossier: Dossier, session: Session | None) -> tuple[PlannedParked, ...]:
    """The open parked topics as a plan meets them: what is taken up for `session` first."""
    topics = (_planned_topic(dossier, topic, session) for topic in dossier.parked_topics())
    return tuple(sorted(topics, key=lambda topic: not topic.taken))


def _planned_topic(dossier: Dossier, topic: ParkedTopic, session: Session | None) -> PlannedParked:
    taken = session is not None and topic.taken_in == session.id
    return PlannedParked(
        number=topic.number,
        text=topic.text,
        session=dossier.number_of(topic.session_id),
        since=topic.parked.isoformat(),
        due=topic.due.isoformat() if topic.due else "",
        taken=taken,
        taken_in=None if taken else dossier.number_of(topic.taken_in),
    )


def pinned_notes(dossier: Dossier) -> tuple[PinnedNote, ...]:
    """The notes that stand until they are unpinned, in the order they were written."""
    return tuple(
        PinnedNote(
            number=note.number,
            text=note.text,
            session=dossier.number_of(note.session_id),
            written=note.written.isoformat(),
        )
        for note in dossier.pinned
    )
