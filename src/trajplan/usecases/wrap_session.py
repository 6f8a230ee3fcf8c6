"""`wrap session`: what a held session leaves behind, kept in one transaction (R94-R102)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from trajplan.documents.sheet import ClientSheet
from trajplan.errors import CannotDo
from trajplan.library.report import Report
from trajplan.planning.plan import Plan
from trajplan.practice import clients, commitments, notes, question_uses, sessions, wraps
from trajplan.practice.forms import Wrap
from trajplan.practice.records import Session, WrapRecord
from trajplan.practice.store import Store, writing
from trajplan.usecases import echo, wrap_check
from trajplan.usecases.desk import Desk
from trajplan.usecases.forms import read_form
from trajplan.usecases.hold import hold
from trajplan.usecases.kept_plans import kept_plan
from trajplan.usecases.sheets import following_session, sheet_of
from trajplan.usecases.which import Case, case_of, refuse_closed, session_of


@dataclass(frozen=True, slots=True)
class Handed:
    """A filled-in wrap, and where its words stand when it came from a file."""

    form: Wrap
    report: Report | None = None


def read_wrap(source: str) -> Handed:
    """Read a wrap once: standard input cannot be read again. Raises InvalidContent."""
    return Handed(*read_form(source, Wrap))


@dataclass(frozen=True, slots=True)
class Wrapped:
    """The sheet of a wrapped session, and hints on what it holds."""

    sheet: ClientSheet
    hints: tuple[str, ...]


def wrap_session(
    desk: Desk,
    *,
    client: str | None,
    number: str | None,
    handed: Handed,
    again: bool = False,
    force: bool = False,
) -> Wrapped:
    """Keep a wrap.

    Raises InvalidContent with every fault of the file, CannotDo when the session is wrapped
    already and `again` was not asked for.
    """
    form = handed.form
    with writing(desk.practice, create=False) as store:
        case = case_of(store, client, desk.today)
        session = session_of(store, case.engagement, number)
        refuse_closed(case, session)
        _check_state(store, session, again)
        plan = kept_plan(store, session)
        following = following_session(store, session)
        bounds = wrap_check.Bounds(session.date, following.date if following else None, force)
        faults = wrap_check.Faults(handed.report)
        due = wrap_check.due_dates(form, bounds, faults)
        asked = wrap_check.asked_questions(form, plan, desk.library.questions, faults)
        wrap_check.check_actual(form, plan, faults)
        wrap_check.check_echo(form, session, faults)
        faults.refuse()
        record = _record(desk, session, form, asked, plan)
        _keep(store, desk, case, session, form, record, due, plan, again)
        hints = wrap_check.hints(store, form, case.engagement, session, desk.today)
        held = sessions.by_id(store, session.id)
        return Wrapped(sheet_of(store, case, held), hints)


def _check_state(store: Store, session: Session, again: bool) -> None:
    if session.state == "skipped":
        raise CannotDo(f"session {session.number} was skipped and cannot be wrapped")
    if wraps.of_session(store, session.id) and not again:
        raise CannotDo(
            f"session {session.number} is wrapped already; `trajplan wrap session "
            f"{session.number}` prints its sheet, --replace keeps a new wrap in its place"
        )


def _record(
    desk: Desk, session: Session, form: Wrap, asked: Sequence[str], plan: Plan | None
) -> WrapRecord:
    return WrapRecord(
        session_id=session.id,
        wrapped_on=desk.today,
        minutes=form.minutes,
        actual=dict(form.actual),
        focus=form.focus,
        takeaways=form.takeaways,
        parked=form.parked,
        energy=form.energy,
        frame_change=form.frame_change,
        inquiry=form.inquiry or _planned_inquiry(form, plan, asked),
        asked=tuple(asked),
        none_chosen=not wrap_check.chosen(form),
    )


def _planned_inquiry(form: Wrap, plan: Plan | None, asked: Sequence[str]) -> str:
    """The planned question that travels home, where the wrap names none (R66).

    It goes home with the sheet, so a list of what was asked in the session does not take it away;
    only `not_asked` does.
    """
    closing = [one for one in plan.segments if one.component == "momentum_planning"] if plan else []
    texts = [
        one.text
        for segment in closing
        for one in segment.questions
        if form.not_asked is None or one.id in asked
    ]
    return texts[-1] if texts else ""


def _keep(
    store: Store,
    desk: Desk,
    case: Case,
    session: Session,
    form: Wrap,
    record: WrapRecord,
    due: Sequence[dt.date],
    plan: Plan | None,
    again: bool,
) -> None:
    if again and wraps.of_session(store, session.id):
        wraps.replace(store, record)
        commitments.clear_unreviewed(store, session.id)
    else:
        wraps.add(store, record)
    hold(store, desk, case, session, plan)
    # Commitments that were reviewed since stay as they are; their history is not written again.
    reviewed = {one.what for one in commitments.of_session(store, session.id)}
    for one, day in zip(wrap_check.chosen(form), due, strict=True):
        if one.what in reviewed:
            continue
        commitments.add(
            store,
            engagement_id=case.engagement.id,
            session_id=session.id,
            what=one.what,
            due=day,
            how_will_i_know=one.how_will_i_know,
            obstacle=one.obstacle,
            if_then=one.if_then,
            kind=one.kind,
            proposed_by=one.proposed_by,
            goal=one.goal,
            estimate_minutes=one.estimate_minutes,
        )
    question_uses.mark_asked(store, session.id, record.asked, session.date)
    if form.notes and form.notes not in [one.text for one in notes.of_session(store, session.id)]:
        notes.add(store, session_id=session.id, kind="record", text=form.notes, written=desk.today)
    echo.keep_answers(store, case.engagement, session, form)
    clients.touch(store, case.client.id)
