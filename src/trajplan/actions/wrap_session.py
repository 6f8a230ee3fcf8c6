"""`wrap session`: what a held session leaves behind, kept in one transaction (R94-R102)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from trajplan.actions import echo, session_notes, wrap_check
from trajplan.actions.commitment_check import Bounds
from trajplan.actions.context import Context
from trajplan.actions.forms import read_form, refuse
from trajplan.actions.kept_plans import kept_plan, mark_held
from trajplan.actions.resolve import (
    ClientEngagement,
    WhichClient,
    case_of,
    refuse_closed,
    session_of,
)
from trajplan.actions.scaled import keep_answers, scales_of
from trajplan.actions.sheets import following_session, sheet_of
from trajplan.content.document import Report
from trajplan.errors import CannotDo, TrajplanError
from trajplan.pages.sheet import ClientSheet
from trajplan.planning.plan import Plan
from trajplan.records import (
    clients,
    commitments,
    engagements,
    handed_out,
    question_uses,
    wraps,
)
from trajplan.records.forms import NewCommitment, Wrap
from trajplan.records.model import Commitment, Engagement, Goal, Session, WrapRecord
from trajplan.records.store import Store, writing


@dataclass(frozen=True, slots=True)
class Handed:
    """A filled-in wrap, and where its words stand when it came from a file."""

    form: Wrap
    report: Report | None = None


def read_wrap(source: str) -> Handed:
    """Read a wrap once: standard input cannot be read again.

    Raises InvalidContent with every fault of its shape. What it says is held against the records
    by `wrap_session`.
    """
    return Handed(*read_form(source, Wrap))


Taken = tuple[NewCommitment, dt.date, Goal | None]
"""A commitment, the day its `when` means, and the goal it serves."""


@dataclass(frozen=True, slots=True)
class Wrapped:
    """The sheet of a wrapped session, and hints on what it holds."""

    sheet: ClientSheet
    hints: tuple[str, ...]


def wrap_session(
    context: Context,
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
    with writing(context.practice, create=False) as store:
        try:
            case = case_of(store, client, context.today)
            session = session_of(store, case.engagement, number)
            refuse_closed(case, session)
            _check_state(store, session, again)
        except WhichClient:
            raise
        except TrajplanError:
            # Whatever the session is, a faulty file has to be mended.
            if handed.report:
                refuse(handed.report)
            raise
        plan = kept_plan(store, session)
        following = following_session(store, session)
        bounds = Bounds(session.date, following.date if following else None, force)
        faults = wrap_check.Faults(handed.report)
        due = wrap_check.due_dates(form, bounds, faults)
        found = store.select(Goal, engagement_id=case.engagement.id)
        links = wrap_check.linked_goals(form, found, faults)
        asked = wrap_check.asked_questions(form, plan, context.library.questions, faults)
        wrap_check.check_actual(form, plan, faults)
        wrap_check.check_echo(form, session, faults)
        given = wrap_check.scaled_answers(form, scales_of(context.library, plan), faults)
        asked = wrap_check.with_answered(form, plan, asked, [one.id for one, _ in given], faults)
        home = wrap_check.worksheets_home(form, context.library, faults)
        kept_notes = session_notes.notes_of(form, session.date, faults)
        serves = wrap_check.priority_served(form, case.engagement, faults)
        faults.refuse()
        record = _record(context, session, form, asked, plan, serves)
        taken = list(zip(wrap_check.chosen(form), due, [goal for goal, _ in links], strict=True))
        _keep(store, context, case, session, form, record, taken, plan, again)
        keep_answers(store, session.id, given, session.date)
        handed_out.keep(store, session.id, home)
        session_notes.save_notes(store, session.id, kept_notes, context.today)
        hints = (
            *wrap_check.hints(store, form, case.engagement, session, context.today),
            *(hint for _, hint in links if hint),
        )
        held = store.get(Session, session.id)
        now = ClientEngagement(case.client, store.get(Engagement, case.engagement.id))
        return Wrapped(sheet_of(store, now, held), hints)


def _check_state(store: Store, session: Session, again: bool) -> None:
    if session.state == "skipped":
        raise CannotDo(f"session {session.number} was skipped and cannot be wrapped")
    if store.find(WrapRecord, session_id=session.id) and not again:
        raise CannotDo(
            f"session {session.number} is wrapped already; `trajplan wrap session "
            f"{session.number}` prints its sheet, --replace keeps a new wrap in its place"
        )


def _record(
    context: Context,
    session: Session,
    form: Wrap,
    asked: Sequence[str],
    plan: Plan | None,
    serves: str,
) -> WrapRecord:
    return WrapRecord(
        session_id=session.id,
        wrapped_on=context.today,
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
        serves=serves,
    )


def _planned_inquiry(form: Wrap, plan: Plan | None, asked: Sequence[str]) -> str:
    """The planned question that travels home, where the wrap names none (R66).

    It goes home with the sheet, so a list of what was asked in the session does not take it away;
    only `not_asked` does. From a session that holds, none goes home.
    """
    asking = plan.segments if plan and not plan.holding else ()
    closing = [one for one in asking if one.component == "momentum_planning"]
    texts = [
        one.text
        for segment in closing
        for one in segment.questions
        if form.not_asked is None or one.id in asked
    ]
    return texts[-1] if texts else ""


def _keep(
    store: Store,
    context: Context,
    case: ClientEngagement,
    session: Session,
    form: Wrap,
    record: WrapRecord,
    taken: Sequence[Taken],
    plan: Plan | None,
    again: bool,
) -> None:
    numbers: dict[str, int] = {}
    if again and store.find(WrapRecord, session_id=session.id):
        wraps.replace(store, record)
        numbers = commitments.clear_unreviewed(store, session.id)
    else:
        wraps.add(store, record)
    mark_held(store, context, case.engagement, session, plan)
    # Commitments that were reviewed since stay as they are; their history is not written again.
    reviewed = {one.what for one in store.select(Commitment, session_id=session.id)}
    for one, day, goal in taken:
        if one.what in reviewed:
            continue
        commitments.add(
            store,
            one,
            engagement_id=case.engagement.id,
            session_id=session.id,
            due=day,
            goal=goal,
            # Wrapped again in the same words it is the same commitment, and keeps its number.
            number=numbers.pop(one.what, None),
        )
    if form.accountability:
        engagements.update(store, case.engagement.id, accountability=form.accountability)
    question_uses.mark_asked(store, session.id, record.asked, session.date)
    echo.keep_answers(store, case.engagement, session, form)
    clients.touch(store, case.client.id)
