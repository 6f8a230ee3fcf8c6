"""`wrap session`: what a held session leaves behind, kept in one transaction (R94-R102)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from trajplan.dates import parse_day
from trajplan.documents.sheet import ClientSheet, SheetCommitment
from trajplan.errors import CannotDo, UsageFault
from trajplan.library.report import Report, meant
from trajplan.planning.arc import position
from trajplan.planning.calendar import midpoint
from trajplan.planning.plan import Plan
from trajplan.practice import (
    assumptions,
    clients,
    commitments,
    notes,
    plans,
    question_uses,
    sessions,
    wraps,
)
from trajplan.practice.forms import Wrap, WrapCommitment
from trajplan.practice.records import Engagement, Session, WrapRecord
from trajplan.practice.store import Store, reading, writing
from trajplan.usecases.desk import Desk
from trajplan.usecases.forms import read_form, refuse
from trajplan.usecases.kept_plans import kept_plan
from trajplan.usecases.which import Case, case_of, session_of

MOST_COMMITMENTS = 3


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
        _check_state(store, session, again)
        plan = kept_plan(store, session)
        following = _following(store, session)
        bounds = Bounds(session.date, following.date if following else None, force)
        faults = Faults(handed.report)
        due = _due_dates(form, bounds, faults)
        asked = _asked(form, plan, desk.library.questions, faults)
        _check_actual(form, plan, faults)
        faults.refuse()
        record = _record(desk, session, form, asked, plan)
        _keep(store, desk, case, session, form, record, due, plan, again)
        hints = (
            *_ahead(session, desk.today),
            *_out_of_order(store, session),
            *_hints(form, case.engagement),
        )
        return _wrapped(store, case, session, record, hints)


def wrapped_session(desk: Desk, *, client: str | None, number: str | None) -> Wrapped:
    """Read back what was kept of a session, for printing its sheet again."""
    with reading(desk.practice) as store:
        case = case_of(store, client)
        session = session_of(store, case.engagement, number)
        record = wraps.of_session(store, session.id)
        if record is None:
            raise CannotDo(
                f"session {session.number} with {case.client.name} is not wrapped yet; "
                "give what happened with --from FILE"
            )
        return _wrapped(store, case, session, record, ())


def is_wrapped(desk: Desk, *, client: str | None, number: str | None) -> bool:
    """Whether a session has a wrap already."""
    with reading(desk.practice) as store:
        session = session_of(store, case_of(store, client).engagement, number)
        return wraps.of_session(store, session.id) is not None


def blank_sheet(desk: Desk, *, client: str | None, number: str | None) -> ClientSheet:
    """Make an empty sheet for handwriting, with what is known of the session printed on it."""
    with reading(desk.practice) as store:
        case = case_of(store, client, desk.today)
        session = session_of(store, case.engagement, number)
        empty = WrapRecord(
            session_id=session.id,
            wrapped_on=desk.today,
            minutes=None,
            actual={},
            focus="",
            takeaways=(),
            parked=(),
            energy=None,
            frame_change="",
            inquiry="",
            asked=(),
            none_chosen=False,
        )
        filled = _wrapped(store, case, session, empty, ()).sheet
        return replace(filled, commitments=(), blank=True)


@dataclass(frozen=True, slots=True)
class Bounds:
    """Between which days a commitment may fall; `force` lifts both."""

    after: dt.date
    before: dt.date | None
    force: bool


class Faults:
    """Faults found against the records: located in the file where there is one."""

    def __init__(self, report: Report | None) -> None:
        self.report = report
        self.messages: list[str] = []

    def add(self, path: tuple[str | int, ...], message: str) -> None:
        """Note one fault."""
        self.messages.append(message)
        if self.report:
            self.report.add(path, message)

    def refuse(self) -> None:
        """Raise what was found."""
        if self.report:
            refuse(self.report)
        if self.messages:
            raise CannotDo("; ".join(self.messages))


def _check_state(store: Store, session: Session, again: bool) -> None:
    if session.state == "skipped":
        raise CannotDo(f"session {session.number} was skipped and cannot be wrapped")
    if wraps.of_session(store, session.id) and not again:
        raise CannotDo(
            f"session {session.number} is wrapped already; `trajplan wrap session "
            f"{session.number}` prints its sheet, --replace keeps a new wrap in its place"
        )


def _following(store: Store, session: Session) -> Session | None:
    if session.number is None:
        raise CannotDo("only a numbered session is wrapped")
    return sessions.by_number(store, session.engagement_id, session.number + 1)


def _chosen(form: Wrap) -> tuple[WrapCommitment, ...]:
    return () if isinstance(form.commitments, str) else form.commitments


def _due_dates(form: Wrap, bounds: Bounds, faults: Faults) -> list[dt.date]:
    """The day of each commitment: after the session, before the next, unless forced (R96)."""
    due: list[dt.date] = []
    chosen = _chosen(form)
    if len(chosen) > MOST_COMMITMENTS:
        faults.add(
            ("commitments",),
            f"{len(chosen)} commitments; a sheet holds one to {MOST_COMMITMENTS}, "
            "so keep those that matter most",
        )
    for at, one in enumerate(chosen):
        path = ("commitments", at, "when")
        try:
            day = parse_day(one.when, bounds.after)
        except UsageFault as fault:
            faults.add(path, str(fault))
            continue
        due.append(day)
        if bounds.force:
            continue
        if day <= bounds.after:
            faults.add(path, f"{day} is not after the session on {bounds.after}; or use --force")
        elif bounds.before and day >= bounds.before:
            faults.add(
                path, f"{day} is not before the next session on {bounds.before}; or use --force"
            )
    return due


def _asked(
    form: Wrap, plan: Plan | None, library: Mapping[str, object], faults: Faults
) -> tuple[str, ...]:
    """Which questions count as asked: those named, else the planned ones less `not_asked`.

    A planned question may be named by its id or by its number in the plan, `Q3`.
    """
    planned = _planned_ids(plan)
    numbers = {f"Q{at}": one for at, one in enumerate(planned, 1)}
    named: dict[str, list[str]] = {"asked": [], "not_asked": []}
    for name, among in (("asked", {*planned, *library}), ("not_asked", {*planned})):
        for at, one in enumerate(getattr(form, name) or ()):
            meaning = numbers.get(one.strip().upper(), one)
            named[name].append(meaning)
            if meaning not in among:
                faults.add((name, at), f"no question `{one}`{meant(one, [*numbers, *among])}")
    if form.asked is not None and form.not_asked is not None:
        faults.add(("not_asked",), "give `asked` or `not_asked`, not both")
    if form.asked is not None:
        return tuple(dict.fromkeys(named["asked"]))
    return tuple(one for one in planned if one not in named["not_asked"])


def _planned_ids(plan: Plan | None) -> tuple[str, ...]:
    if plan is None:
        return ()
    return tuple(one.id for segment in plan.segments for one in segment.questions)


def _check_actual(form: Wrap, plan: Plan | None, faults: Faults) -> None:
    known = [segment.id for segment in plan.segments] if plan else []
    for name in form.actual:
        if plan is None:
            faults.add(("actual", name), "the session has no plan to compare minutes with")
        elif name not in known:
            faults.add(("actual", name), f"no segment `{name}` in the plan{meant(name, known)}")


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
        none_chosen=not _chosen(form),
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
    for one, day in zip(_chosen(form), due, strict=True):
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
    clients.touch(store, case.client.id)


def hold(store: Store, desk: Desk, case: Case, session: Session, plan: Plan | None) -> None:
    """Mark a session as held and freeze its plan. A session already held stays as it was."""
    if session.state == "held":
        return
    sessions.update(
        store,
        session.id,
        state="held",
        held_on=session.date,
        phase=plan.phase if plan else session.phase or _phase(desk, case, session),
        method=plan.method if plan else session.method or case.engagement.method,
    )
    if plan is None:
        return
    plans.freeze(store, session.id)
    planned = _planned_ids(plan)
    question_uses.mark_asked(store, session.id, planned, session.date)
    if plan.assumption is not None:
        assumptions.mark_challenged(store, plan.assumption, session.id)


def _phase(desk: Desk, case: Case, session: Session) -> str:
    journey = desk.library.journey(case.engagement.journey)
    return position(journey, case.engagement.sessions, session.number or 1).phase.id


def _wrapped(
    store: Store, case: Case, session: Session, record: WrapRecord, hints: tuple[str, ...]
) -> Wrapped:
    following = _following(store, session)
    next_date = following.date if following else None
    sheet = ClientSheet(
        client_name=case.client.name,
        session=session.number or 0,
        of=case.engagement.sessions,
        date=session.held_on or session.date,
        focus=record.focus,
        takeaways=record.takeaways,
        commitments=tuple(
            SheetCommitment(
                what=one.what,
                due=one.due,
                how_will_i_know=one.how_will_i_know,
                obstacle=one.obstacle,
                if_then=one.if_then,
            )
            for one in commitments.of_session(store, session.id)
        ),
        inquiry=record.inquiry,
        midpoint=midpoint(session.date, next_date) if next_date else None,
        next_date=next_date,
        next_time=(following.start_time or case.engagement.start_time) if following else "",
    )
    return Wrapped(sheet, hints)


def _ahead(session: Session, today: dt.date) -> tuple[str, ...]:
    """Say when a session is kept whose day has not come, in case the number was mistyped."""
    if session.date <= today:
        return ()
    return (f"session {session.number} is kept as held on {session.date}, a day still to come",)


def _out_of_order(store: Store, session: Session) -> tuple[str, ...]:
    """Say when sessions before this one are still open, in case the number was mistyped."""
    before = [
        one.number
        for one in sessions.of_engagement(store, session.engagement_id)
        if one.number and one.number < (session.number or 0)
        if one.state not in ("held", "skipped")
    ]
    if not before:
        return ()
    open_ones = ", ".join(map(str, before))
    return (f"session {session.number} is kept, and before it still open: {open_ones}",)


def _hints(form: Wrap, engagement: Engagement) -> tuple[str, ...]:
    """Remarks on the commitments; none of them keeps anything from being saved (R95, R98, R99)."""
    chosen = _chosen(form)
    found = []
    if engagement.method != "directive":
        found += [
            f"“{one.what}” was proposed by the coach; what would the client's own step be?"
            for one in chosen
            if one.proposed_by == "coach"
        ]
    found += [
        f"“{one.what}” has no obstacle and no “if … then …” yet"
        for one in chosen
        if not (one.obstacle and one.if_then)
    ]
    if chosen and all(one.kind == "information_gathering" for one in chosen):
        found.append("every commitment gathers information; which one would be an experience?")
    return tuple(found)
