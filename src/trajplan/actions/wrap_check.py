"""A wrap held against the records: what is wrong with it, and what is worth a hint (R95-R102)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from trajplan.actions.commitment_check import Bounds, day_fault, hints_on
from trajplan.actions.echo import answers_of, words_of
from trajplan.actions.forms import refuse
from trajplan.actions.goal_paths import meant_goal
from trajplan.actions.kept_plans import planned_ids
from trajplan.actions.priorities import priority
from trajplan.actions.scaled import Scale, Scales
from trajplan.content.document import Report
from trajplan.content.library import Library
from trajplan.dates import parse_day
from trajplan.errors import CannotDo, NotFound, UsageFault
from trajplan.planning.first_words import echo_sessions
from trajplan.planning.plan import Plan
from trajplan.records.forms import NewCommitment, Wrap
from trajplan.records.model import Engagement, Goal, Session
from trajplan.records.store import Store
from trajplan.text import did_you_mean

MOST_COMMITMENTS = 3


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


def chosen(form: Wrap) -> tuple[NewCommitment, ...]:
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
        except UsageFault as unread:
            faults.add(path, str(unread))
            continue
        due.append(day)
        if fault := day_fault(day, bounds):
            faults.add(path, fault)
    return due


def linked_goals(
    form: Wrap, found: Sequence[Goal], faults: Faults
) -> list[tuple[Goal | None, str]]:
    """The goal each commitment serves, and a hint where its words name none (R86)."""
    links: list[tuple[Goal | None, str]] = []
    for at, one in enumerate(chosen(form)):
        try:
            links.append(meant_goal(found, one.goal))
        except CannotDo as fault:
            faults.add(("commitments", at, "goal"), str(fault))
    return links


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
                faults.add(
                    (name, at), f"no question `{one}`{did_you_mean(one, [*numbers, *among])}"
                )
    if form.asked is not None and form.not_asked is not None:
        faults.add(("not_asked",), "give `asked` or `not_asked`, not both")
    if form.asked is not None:
        return tuple(dict.fromkeys(named["asked"]))
    return tuple(one for one in planned if one not in named["not_asked"])


def scaled_answers(form: Wrap, scales: Scales, faults: Faults) -> tuple[tuple[Scale, int], ...]:
    """Answers to scaled questions, each with the scale it was given on (R67)."""
    found: dict[str, tuple[Scale, int]] = {}
    for name, value in form.scaled.items():
        try:
            scale = scales.find(name)
        except NotFound as fault:
            faults.add(("scaled", name), str(fault))
            continue
        if scale.id in found:
            faults.add(("scaled", name), f"`{scale.id}` is answered twice, also by its number")
        found[scale.id] = (scale, value)
    return tuple(found.values())


def with_answered(
    form: Wrap, plan: Plan | None, asked: Sequence[str], answered: Sequence[str], faults: Faults
) -> tuple[str, ...]:
    """The asked questions with those that were answered: an answer says that it was asked."""
    for name in answered:
        if form.not_asked is not None and name in planned_ids(plan) and name not in asked:
            faults.add(("not_asked",), f"`{name}` has an answer under `scaled`, so it was asked")
    return tuple(dict.fromkeys([*asked, *answered]))


def worksheets_home(form: Wrap, library: Library, faults: Faults) -> tuple[tuple[str, str], ...]:
    """Worksheets the client takes home, as (id, title), each once (R83)."""
    found: dict[str, str] = {}
    for at, name in enumerate(form.handed_out):
        if name in library.worksheets:
            found[name] = library.worksheets[name].title
        else:
            hint = did_you_mean(name, sorted(library.worksheets))
            faults.add(("handed_out", at), f"no worksheet `{name}`{hint}")
    return tuple(found.items())


def check_actual(form: Wrap, plan: Plan | None, faults: Faults) -> None:
    """Minutes as they were belong to segments of the plan (R54)."""
    known = [segment.id for segment in plan.segments] if plan else []
    for name in form.actual:
        if plan is None:
            faults.add(("actual", name), "the session has no plan to compare minutes with")
        elif name not in known:
            faults.add(
                ("actual", name), f"no segment `{name}` in the plan{did_you_mean(name, known)}"
            )


def priority_served(form: Wrap, engagement: Engagement, faults: Faults) -> str:
    """The agreed priority the wrap names, in its own words; empty without one (R43)."""
    try:
        return priority(engagement, form.serves)
    except CannotDo as fault:
        faults.add(("serves",), str(fault))
        return ""


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
        *_on_focus(form.focus),
        *_on_commitments(store, form, engagement),
        *_on_echo(store, form, engagement, session),
    )


def _on_focus(focus: str) -> tuple[str, ...]:
    """A session has one focus, and the sheet asks for it (R47)."""
    if not focus.strip():
        return ("no focus yet; the sheet leaves a line to name the one thing this was about",)
    from trajplan.lint.steps import broad

    why = broad(focus)
    return (f"the focus “{focus}” is broad: {why}; which one thing was it?",) if why else ()


def _ahead(session: Session, today: dt.date) -> tuple[str, ...]:
    """Say when a session is kept whose day has not come, in case the number was mistyped."""
    if session.date <= today:
        return ()
    return (f"session {session.number} is kept as held on {session.date}, a day still to come",)


def _out_of_order(store: Store, session: Session) -> tuple[str, ...]:
    """Say when sessions before this one are still open, in case the number was mistyped."""
    before = [
        one.number
        for one in store.select(Session, engagement_id=session.engagement_id)
        if one.number and one.number < (session.number or 0)
        if one.state not in ("held", "skipped")
    ]
    if not before:
        return ()
    open_ones = ", ".join(map(str, before))
    return (f"session {session.number} is kept, and before it still open: {open_ones}",)


def _on_commitments(store: Store, form: Wrap, engagement: Engagement) -> tuple[str, ...]:
    """Remarks on each commitment, then on all of them together (R95, R97, R98, R99)."""
    taken = chosen(form)
    every = store.select(Goal, engagement_id=engagement.id)
    found = [hint for one in taken for hint in hints_on(one, method=engagement.method, goals=every)]
    if taken and all(one.kind == "information_gathering" for one in taken):
        found.append("every commitment gathers information; which one would be an experience?")
    return tuple(found)


def _on_echo(store: Store, form: Wrap, engagement: Engagement, session: Session) -> tuple[str, ...]:
    """Say when a session that asks for the first words again keeps no answer."""
    due = session.number in echo_sessions(engagement.sessions)
    if not due or answers_of(form) or not any(words_of(store, engagement).values()):
        return ()
    return ("the first words were to be asked again; `echo:` in the wrap keeps what was said",)
