"""A wrap held against the records: what is wrong with it, and what is worth a hint (R95-R102)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from trajplan.dates import parse_day
from trajplan.errors import CannotDo, UsageFault
from trajplan.library.report import Report, meant
from trajplan.planning.echo import echo_sessions
from trajplan.planning.plan import Plan
from trajplan.practice import sessions
from trajplan.practice.forms import Wrap, WrapCommitment
from trajplan.practice.records import Engagement, Session
from trajplan.practice.store import Store
from trajplan.usecases.echo import answers_of, first_words
from trajplan.usecases.forms import refuse
from trajplan.usecases.hold import planned_ids

MOST_COMMITMENTS = 3


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


def chosen(form: Wrap) -> tuple[WrapCommitment, ...]:
    """The commitments of a wrap; none when it says that none was chosen."""
    return () if isinstance(form.commitments, str) else form.commitments


def due_dates(form: Wrap, bounds: Bounds, faults: Faults) -> list[dt.date]:
    """The day of each commitment: after the session, before the next, unless forced (R96)."""
    due: list[dt.date] = []
    taken = chosen(form)
    if len(taken) > MOST_COMMITMENTS:
        faults.add(
            ("commitments",),
            f"{len(taken)} commitments; a sheet holds one to {MOST_COMMITMENTS}, "
            "so keep those that matter most",
        )
    for at, one in enumerate(taken):
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


def asked_questions(
    form: Wrap, plan: Plan | None, library: Mapping[str, object], faults: Faults
) -> tuple[str, ...]:
    """Which questions count as asked: those named, else the planned ones less `not_asked`.

    A planned question may be named by its id or by its number in the plan, `Q3`.
    """
    planned = planned_ids(plan)
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


def check_actual(form: Wrap, plan: Plan | None, faults: Faults) -> None:
    """Minutes as they were belong to segments of the plan (R54)."""
    known = [segment.id for segment in plan.segments] if plan else []
    for name in form.actual:
        if plan is None:
            faults.add(("actual", name), "the session has no plan to compare minutes with")
        elif name not in known:
            faults.add(("actual", name), f"no segment `{name}` in the plan{meant(name, known)}")


def check_echo(form: Wrap, session: Session, faults: Faults) -> None:
    """The first words are asked again later; in the first session they are the words."""
    if session.number == 1 and answers_of(form):
        faults.add(("echo",), "the first session has no earlier words to come back to")


def hints(
    store: Store, form: Wrap, engagement: Engagement, session: Session, today: dt.date
) -> tuple[str, ...]:
    """What is worth a second look, though none of it keeps anything from being saved."""
    return (
        *_ahead(session, today),
        *_out_of_order(store, session),
        *_on_commitments(form, engagement),
        *_on_echo(store, form, engagement, session),
    )


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


def _on_commitments(form: Wrap, engagement: Engagement) -> tuple[str, ...]:
    """Remarks on the commitments; none of them keeps anything from being saved (R95, R98, R99)."""
    taken = chosen(form)
    found = []
    if engagement.method != "directive":
        found += [
            f"“{one.what}” was proposed by the coach; what would the client's own step be?"
            for one in taken
            if one.proposed_by == "coach"
        ]
    found += [
        f"“{one.what}” has no obstacle and no “if … then …” yet"
        for one in taken
        if not (one.obstacle and one.if_then)
    ]
    if taken and all(one.kind == "information_gathering" for one in taken):
        found.append("every commitment gathers information; which one would be an experience?")
    return tuple(found)


def _on_echo(store: Store, form: Wrap, engagement: Engagement, session: Session) -> tuple[str, ...]:
    """Say when a session that asks for the first words again keeps no answer."""
    due = session.number in echo_sessions(engagement.sessions)
    if not due or answers_of(form) or not any(first_words(store, engagement).values()):
        return ()
    return ("the first words were to be asked again; `echo:` in the wrap keeps what was said",)
