"""`wrap session`: what a held session leaves behind, saved in one transaction (R94-R102)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from trajplan.actions.assumptions import assume_from_wrap, belief_key
from trajplan.actions.calendar import day_notes
from trajplan.actions.client_records import ClientRecords
from trajplan.actions.commitments import (
    WEIGHTIEST_FIRST,
    blame_hints,
    day_passed,
    hints_on,
    insert_review,
    take_back_review,
)
from trajplan.actions.context import Context
from trajplan.actions.hints import Hint, Remark
from trajplan.actions.kept_plans import mark_asked, mark_held, plan_to_wrap
from trajplan.actions.live_draft import DRAFT as LIVE
from trajplan.actions.rating_card import rated_in_session
from trajplan.actions.ratings import SATISFACTION, planned_scales, save_answers, save_ratings
from trajplan.actions.safety import keep_danger
from trajplan.actions.session_days import reschedule
from trajplan.actions.sheet import ClientSheet, in_another_language, on_day_off, sheet_of
from trajplan.actions.sources import refuse
from trajplan.actions.standing import park_from_wrap
from trajplan.actions.wrap.check import (
    WORKING_DAYS,
    CheckedWrap,
    HandedInWrap,
    Meeting,
    check_wrap,
    day_working_notes_go,
)
from trajplan.actions.wrap.draft import session_to_wrap, settle_live
from trajplan.dates import short_date
from trajplan.errors import CannotDo, TrajplanError
from trajplan.lint.steps import broad
from trajplan.measures.tci import TITLES, reading_of
from trajplan.planning.calendar import following_session
from trajplan.planning.first_words import echo_sessions, first_words_by_question
from trajplan.planning.plan import Plan
from trajplan.records.dossier import Dossier
from trajplan.records.fields import same_fields
from trajplan.records.forms import NewCommitment, WrapNote, said_text
from trajplan.records.model.commitments import Commitment, CommitmentReview
from trajplan.records.model.goals import Goal
from trajplan.records.model.journeys import Engagement
from trajplan.records.model.sessions import Echo, EchoQuestion, HandedOut, Note, Session, WrapRecord
from trajplan.records.search import words_of
from trajplan.text import name_key, says_none, short_quote

_STAYS = " stays, though the wrap no longer names it: something has become of it since"


class WrapResult(Struct, frozen=True):
    """The sheet of a wrapped session, and hints on what it holds."""

    sheet: ClientSheet
    hints: tuple[Remark, ...]


def save_wrap(
    context: Context,
    wrap_input: HandedInWrap,
    *,
    client: str | None,
    number: str | None,
    replace: bool = False,
    force: bool = False,
) -> WrapResult:
    """Save a wrap; `replace`: also in place of an earlier one.

    Raises InvalidContent with every fault of the file, CannotDo when the session is wrapped
    already and `replace` was not asked for.
    """
    with context.write(client) as records:
        try:
            session = session_to_wrap(records, number, replace)
        except TrajplanError:
            # Whatever the session is, a faulty file has to be mended.
            refuse(wrap_input.report)
            raise
        plan = plan_to_wrap(records.dossier, session)
        checked = check_wrap(
            records.dossier,
            context.library,
            wrap_input,
            session,
            plan,
            today=context.today,
            force=force,
        )
        hints = _hints(records.dossier, wrap_input, session, plan, checked, context.today)
        before = records.dossier
        _save(records, context, session, plan, checked)
        # What was said in the session is not lost over a day that takes another command.
        moved = _move_next(records, context, session, checked.next_meeting)
        told = (
            on_day_off(records.dossier, session),
            in_another_language(records.dossier, context.library, session),
        )
        stays = _on_what_stays(before, records.dossier, session, checked)
        danger = keep_danger(
            records, context, *_kept_words(records, session, checked), session=session
        )
        remarks = (*danger, *moved, *filter(None, told), *stays, *records.give_hints(*hints))
        sheet, live = sheet_of(records.dossier, session.id), records.draft(LIVE, session)
        notes = [note.text for note in records.select(Note, session_id=session.id)]
    return WrapResult(
        sheet, (*remarks, *settle_live(live, session, wrap_input, notes, records.zone))
    )


def _save(
    records: ClientRecords,
    context: Context,
    session: Session,
    plan: Plan | None,
    checked: CheckedWrap,
) -> None:
    """Save all that a wrap says. An earlier wrap gives way with all that it said; what has a
    history since stays.

    The order matters in two places. The first words are read while the earlier wrap stands, since
    what was taken away is among them. A session that becomes held counts every planned question as
    asked, until `mark_asked` says which were.
    """
    before = records.dossier
    words = first_words_by_question(before)
    records.delete(WrapRecord, session_id=session.id)
    records.insert(_record(session, checked, context.today))
    mark_held(records, context, session, plan)
    with_history = {
        commitment.id
        for commitment in before.commitments_of(session.id)
        if before.has_history(commitment)
    }
    _save_commitments(records, session, checked.commitments, with_history)
    _save_reviews(records, session, checked.reviews)
    if checked.wrap.accountability or checked.from_form:
        records.update(records.engagement, accountability=checked.wrap.accountability)
    mark_asked(records, session.id, checked.asked, session.date)
    _save_first_words(records, session, checked, words)
    save_answers(records, session.id, checked.scaled, session.date)
    if checked.wrap.ratings:
        save_ratings(records, session, checked.wrap.ratings, today=context.today)
    _save_hand_outs(records, session, checked.worksheets)
    _save_notes(records, session, checked.notes, context.today)
    park_from_wrap(records, session, checked.wrap.parked, session.date)
    said = before.wrap_of(session.id)
    assume_from_wrap(records, session, checked.wrap.beliefs, said.beliefs if said else ())


def _save_first_words(
    records: ClientRecords,
    session: Session,
    checked: CheckedWrap,
    words: Mapping[str, str],
) -> None:
    """Save what was said today of the first `words`."""
    if checked.from_form and session.number in echo_sessions(records.engagement.sessions):
        # Its form asks for them, so what is empty there was taken out.
        records.delete(Echo, session_id=session.id)
    for question, answer in checked.echo.items():
        records.delete(Echo, session_id=session.id, question=question)
        records.insert(
            Echo(session_id=session.id, question=question, words=words[question], answer=answer)
        )


def _save_hand_outs(
    records: ClientRecords, session: Session, worksheets: Sequence[tuple[str, str]]
) -> None:
    records.delete(HandedOut, session_id=session.id)
    for position, (worksheet, title) in enumerate(worksheets):
        records.insert(
            HandedOut(session_id=session.id, position=position, worksheet=worksheet, title=title)
        )


def _move_next(
    records: ClientRecords, context: Context, session: Session, meeting: Meeting | None
) -> tuple[str, ...]:
    """Move the next session to when they meet again, among sessions of which this one is held.

    What is said of a day that is given by hand is said of it here too. Where the session cannot
    move it stays where it is, and what is to be done about it is said."""
    if meeting is None:
        return ()
    following = following_session(session, records.own(Session))
    assert following is not None  # else there would be no other day
    try:
        change = reschedule(records, context, str(following.number), meeting.date, meeting.time)
    except CannotDo as fault:
        agreed = meeting.date.isoformat()
        return (
            f"the wrap is saved, and session {following.number} is not moved to {agreed}: "
            f"{str(fault).replace(' DAY ', f' {agreed} ')}. Until then the sheet and the mail name "
            f"{short_date(following.date)}",
        )
    # A day off is said in words of its own, as the client reads of that day.
    own_words = day_notes(records, meeting.date, context.today)
    return (
        *(f"the same day: {line}" for line in change.same_day),
        *(note for note in change.notes if note not in own_words),
    )


def _record(session: Session, checked: CheckedWrap, today: dt.date) -> WrapRecord:
    """The wrap as it is saved: the form's own words, and what the records make of the rest."""
    return WrapRecord(
        **{
            **WrapRecord.words_of(checked.wrap),
            "asked": checked.asked,
            "serves": checked.serves,
            "no_next": checked.no_next,
            "halfway": checked.halfway,
        },
        session_id=session.id,
        wrapped_on=today,
        none_chosen=not (checked.commitments or checked.left),
    )


def _save_commitments(
    records: ClientRecords,
    session: Session,
    wrapped: Sequence[Commitment],
    with_history: Collection[int],
) -> None:
    """Save commitments in their order; those of an earlier wrap that this one leaves out go.

    In the same words it is the same commitment, and keeps its number. `with_history`: ids of those
    that stay in any case, with what has come of them since beside what was agreed.
    """
    earlier = [*records.select(Commitment, session_id=session.id)]
    newest = 0
    for commitment in wrapped:
        stands = next((other for other in earlier if other.what == commitment.what), None)
        if stands:
            earlier.remove(stands)
        if stands and (stands.id > newest or stands.id in with_history):
            agreed = same_fields(commitment, Commitment.as_made)
            saved = records.update(stands, **agreed, due=commitment.due, goal_id=commitment.goal_id)
        else:
            if stands:
                # It stands after one that was made later now.
                records.delete(Commitment, id=stands.id)
            saved = records.insert(replace(commitment, number=stands.number if stands else 0))
        newest = max(newest, saved.id)
    for commitment in earlier:
        if commitment.id not in with_history:
            records.delete(Commitment, id=commitment.id)


def _save_reviews(
    records: ClientRecords, session: Session, reviews: Sequence[CommitmentReview]
) -> None:
    """Save what came of earlier commitments; what an earlier wrap said of them and this one does
    not is taken back."""
    earlier = records.select(CommitmentReview, session_id=session.id)
    for review in earlier:
        if review not in reviews:
            take_back_review(records, review)
    for review in reviews:
        if review not in earlier:
            insert_review(records, review)


def _kept_words(records: ClientRecords, session: Session, checked: CheckedWrap) -> Iterator[str]:
    """Every text that a wrap keeps, in which somebody may have spoken of danger."""
    wraps = records.select(WrapRecord, session_id=session.id)
    for record in (*wraps, *checked.commitments, *checked.reviews):
        yield from (words for _, words in words_of(record))
    yield from map(said_text, checked.wrap.beliefs)
    yield from checked.wrap.parked
    yield from (note.text for note in checked.notes)
    yield from checked.echo.values()


def _save_notes(
    records: ClientRecords, session: Session, notes: Sequence[WrapNote], today: dt.date
) -> None:
    """Save the notes; the same words again only change what sort of note they are."""
    saved = {note.text: note for note in records.select(Note, session_id=session.id)}
    for note in notes:
        if note.text in saved:
            # What was pinned since stays pinned, unless it has become a working note.
            pinned = note.pin or (saved[note.text].pinned and note.kind == "record")
            records.update(saved[note.text], kind=note.kind, purge_on=note.purge_on, pinned=pinned)
        else:
            records.insert(
                Note(
                    session_id=session.id,
                    kind=note.kind,
                    text=note.text,
                    written=today,
                    purge_on=note.purge_on,
                    pinned=note.pin,
                )
            )


def _hints(
    dossier: Dossier,
    wrap_input: HandedInWrap,
    session: Session,
    plan: Plan | None,
    checked: CheckedWrap,
    today: dt.date,
) -> tuple[Remark, ...]:
    """What is worth a second look, though none of it stops the wrap from being saved."""
    return (
        *_on_date(dossier, session, today),
        *_on_past_days(checked.commitments, today),
        *_on_late_notes(session, checked, today),
        *(_on_numbers(dossier, session, plan, checked) if wrap_input.from_form else ()),
        *_on_next(dossier, session, checked),
        *_on_order(session, dossier.sessions),
        *_on_notes(dossier, session, checked.notes),
        *_on_focus(wrap_input.wrap.focus, holding=dossier.was_holding(session.id)),
        # What is promised on a day that holds is not made better.
        *(
            ()
            if dossier.was_holding(session.id)
            else _on_commitments(wrap_input.commitments, dossier.engagement, dossier.goals)
        ),
        *_on_echo(dossier, session, checked.echo),
        *checked.hints,
        *(
            hint
            for review in checked.reviews
            if review not in dossier.reviews_in(session.id)
            for hint in blame_hints(review.learned)
        ),
        *wrap_input.hints,
        *wrap_input.report.hints,
    )


def _on_date(dossier: Dossier, session: Session, today: dt.date) -> tuple[str, ...]:
    """Say when the day of the session has not come, in case the number was mistyped."""
    if dossier.own_day(session) <= today:
        return ()
    return (f"session {session.number} is saved as held on {session.date}, a day still to come",)


def _on_late_notes(session: Session, checked: CheckedWrap, today: dt.date) -> tuple[str, ...]:
    """Say when the working notes go that are written after their day; no form could say it."""
    day = day_working_notes_go(session.date, today)
    written_late = day > session.date + dt.timedelta(days=WORKING_DAYS)
    if not written_late or all(note.purge_on != day for note in checked.notes):
        return ()
    return (f"working notes go on {short_date(day)}, {WORKING_DAYS} days from today",)


def _on_past_days(commitments: Sequence[Commitment], today: dt.date) -> tuple[str, ...]:
    """Say which days were over before the wrap was saved: a weekday counts from the session."""
    return tuple(
        f"{short_quote(commitment.what)} is due {short_date(commitment.due)}{passed}"
        for commitment in commitments
        if (passed := day_passed(commitment.due, today))
    )


def _on_what_stays(
    before: Dossier, after: Dossier, session: Session, checked: CheckedWrap
) -> Iterator[str]:
    """Say which commitments, parked topics and beliefs of the session stay though a new wrap no
    longer names them: something has become of them."""
    for commitment in checked.left:
        changes = f"; `trajplan commitments update {commitment.number}` changes it"
        yield f"commitment {commitment.number} {short_quote(commitment.what)}{_STAYS}{changes}"
    said = before.wrap_of(session.id)
    if said is None:
        return
    parked = {name_key(text) for text in checked.wrap.parked}
    for topic in after.parked:
        if topic.session_id == session.id and name_key(topic.text) not in parked:
            yield f"parked topic {topic.number} {short_quote(topic.text)}{_STAYS}"
    named = {belief_key(said_text(belief)) for belief in checked.wrap.beliefs}
    dropped = {belief_key(text) for text in said.beliefs} - named
    for belief in after.assumptions:
        if belief.session_id == session.id and name_key(belief.text) in dropped:
            yield f"belief {belief.number} {short_quote(belief.text)}{_STAYS}"


def _on_notes(dossier: Dossier, session: Session, notes: Sequence[WrapNote]) -> tuple[str, ...]:
    """Say which notes stay though a wrap in place of an earlier one has others: a note is part of
    the record, whoever wrote the wrap anew."""
    given = {note.text for note in notes}
    if dossier.wrap_of(session.id) is None or not given:
        return ()
    return tuple(
        f"note {note.number} {short_quote(note.text)} stays beside the new ones;"
        f" `trajplan notes update {note.number}` words it anew, `trajplan notes remove"
        f" {note.number}` removes it"
        for note in dossier.notes_of(session.id)
        if note.text not in given
    )


def _on_numbers(
    dossier: Dossier, session: Session, plan: Plan | None, checked: CheckedWrap
) -> Iterator[str]:
    """Say which numbers stay though a form left them empty: they are corrected, never deleted."""
    reading = reading_of(dossier, session)
    if reading and rated_in_session(dossier, session.id):
        rated: dict[str, int | None] = dict(reading.ratings)
        if dossier.client.satisfaction == "session":
            rated[SATISFACTION] = reading.satisfaction
        stands = {
            name: value
            for name, value in rated.items()
            if value is not None and name not in checked.wrap.ratings
        }
        if stands:
            titles = {**TITLES, SATISFACTION: "Satisfaction"}
            named = ", ".join(f"{titles[name]} {value}" for name, value in stands.items())
            options = " ".join(f"--{name} N" for name in stands)
            gone = f"`{' '.join(f'--no-{name}' for name in stands)}`"
            yield (
                f"{named}: empty in the form, so the rating stays as it was saved;"
                f" `trajplan log-tci --session {session.number} {options}` corrects it,"
                f" {gone} in place of that takes it out"
            )
    given = {scale.id for scale, _ in checked.scaled}
    answered = dossier.scaled_in(session.id)
    for scale in planned_scales(plan):
        if scale.id in answered and scale.id not in given:
            yield (
                f"“{scale.text}” {answered[scale.id]}: empty in the form, so the answer stays as it"
                " was saved; another number there corrects it"
            )


def _on_next(dossier: Dossier, session: Session, checked: CheckedWrap) -> Iterator[str]:
    """Say what no day for meeting again means, and what becomes of the one that is planned."""
    following = following_session(session, dossier.sessions)
    if following is None or not says_none(checked.wrap.next):
        return
    number, day = following.number, short_date(following.date)
    if checked.no_next:
        yield (
            f"no day is agreed on for meeting again, so the sheet and the mail name none; session "
            f"{number} stays in your calendar on {day}; `trajplan sessions move {number} DAY` gives"
            " it the day you agree on, `trajplan close` ends the journey"
        )
    else:
        yield f"session {number} was held on {day}, so the sheet and the mail still name that day"


def _on_order(session: Session, sessions: Sequence[Session]) -> tuple[str, ...]:
    """Say when sessions before this one are still open, in case the number was mistyped."""
    before = [
        str(other.number)
        for other in sessions
        if other.number
        and other.number < (session.number or 0)
        and other.state not in ("held", "skipped")
    ]
    if not before:
        return ()
    return (f"session {session.number} is saved, and before it still open: {', '.join(before)}",)


def _on_focus(focus: str, *, holding: bool) -> tuple[Hint, ...]:
    """A session has one focus, and the sheet asks for it (R47); that of one that holds does not."""
    if not focus.strip():
        if holding:
            return ()
        text = "no focus yet; the sheet leaves a line to name the one thing this was about"
        return (Hint("focus", text),)
    why = broad(focus)
    if not why:
        return ()
    return (
        Hint("broad", f"the focus {short_quote(focus)} is broad: {why}; which one thing was it?"),
    )


def _on_commitments(
    commitments: Sequence[NewCommitment], engagement: Engagement, goals: Sequence[Goal]
) -> tuple[Hint, ...]:
    """Remarks on each commitment, then on all of them together (R95, R97, R98, R99)."""
    hints = sorted(
        (
            hint
            for commitment in commitments
            for hint in hints_on(commitment, engagement=engagement, goals=goals)
        ),
        key=lambda hint: WEIGHTIEST_FIRST.index(hint.kind),
    )
    if commitments and all(
        commitment.kind == "information_gathering" for commitment in commitments
    ):
        text = "every commitment gathers information; which one would be an experience?"
        hints.append(Hint("information", text))
    return tuple(hints)


def _on_echo(
    dossier: Dossier, session: Session, echo: Mapping[EchoQuestion, str]
) -> tuple[str, ...]:
    """Say when a session that asks for the first words again has no answer."""
    due = session.number in echo_sessions(dossier.engagement.sessions)
    if not due or echo or not any(first_words_by_question(dossier).values()):
        return ()
    return ("the first words were to be asked again; `echo:` in the wrap records what was said",)
