"""`commitments`: what the client took on, and what came of it (R94-R100)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from trajplan.actions.commitment_check import Bounds, blame_hints, day_fault, hints_on
from trajplan.actions.context import Context
from trajplan.actions.goal_paths import meant_goal, path_of, paths_of
from trajplan.actions.resolve import ClientEngagement, case_of, last_held
from trajplan.dates import parse_day
from trajplan.errors import CannotDo, NotFound, UsageFault
from trajplan.pages.commitments import CommitmentList, CommitmentView
from trajplan.records import clients, commitments, contacts, goals, sessions
from trajplan.records.forms import NewCommitment
from trajplan.records.records import Commitment, CommitmentStatus, ContactKind
from trajplan.records.store import Store, reading, writing


def all_commitments(context: Context, *, client: str | None) -> CommitmentList:
    """Read every commitment of the client's engagement."""
    with reading(context.practice) as store:
        case = case_of(store, client)
        every = sessions.of_engagement(store, case.engagement.id)
        return CommitmentList(
            client=case.client,
            commitments=commitments.of_engagement(store, case.engagement.id),
            sessions={one.id: one for one in every},
            paths=paths_of(goals.of_engagement(store, case.engagement.id)),
            today=context.today,
        )


def one_commitment(
    context: Context, number: int, *, client: str | None, acting: bool = False
) -> CommitmentView:
    """Read one commitment and what was said of it; `acting`: before it is changed.

    Raises WhichClient when acting, as a change would.
    """
    with reading(context.practice) as store:
        return _view(store, case_of(store, client, context.today if acting else None), number)


def new_commitment(
    context: Context, wanted: NewCommitment, *, client: str | None, force: bool = False
) -> CommitmentView:
    """Add a commitment between sessions.

    Raises UsageFault for a missing what, when or how, CannotDo for a day outside its bounds that
    is not forced, and for a goal's number that nobody has.
    """
    for name in ("what", "how_will_i_know"):
        if not getattr(wanted, name).strip():
            raise UsageFault(
                f"a commitment says what, when, and how you will know; {name} is empty"
            )
    with writing(context.practice, create=False) as store:
        case = case_of(store, client, context.today)
        day = parse_day(wanted.when, context.today)
        if fault := day_fault(day, _bounds(store, case, context.today, force)):
            raise CannotDo(fault)
        every = goals.of_engagement(store, case.engagement.id)
        goal, unknown = meant_goal(every, wanted.goal)
        made = commitments.add(
            store,
            wanted,
            engagement_id=case.engagement.id,
            # Between sessions: it belongs to the journey, so wrapping a session anew leaves it.
            session_id=None,
            due=day,
            goal=goal,
        )
        clients.touch(store, case.client.id)
        hints = hints_on(wanted, method=case.engagement.method, goals=every)
        return _view(store, case, made.number, (*hints, *([unknown] if unknown else [])))


def _bounds(store: Store, case: ClientEngagement, today: dt.date, force: bool) -> Bounds:
    """After the session held last and not in the past, before the next one to come (R96)."""
    every = sessions.of_engagement(store, case.engagement.id)
    last = last_held(every)
    held_on = (last.held_on or last.date) if last else dt.date.min
    yesterday = today - dt.timedelta(days=1)
    ahead = [one.date for one in every if one.state == "planned" and one.date > max(today, held_on)]
    before = min(ahead, default=None)
    if held_on > yesterday:
        return Bounds(held_on, before, force)
    return Bounds(yesterday, before, force, f"yesterday, {yesterday}")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewContact:
    """A message, a call or a celebration between sessions (R101)."""

    kind: ContactKind
    note: str = ""
    date: str = ""
    """As typed; empty: today."""


def review_commitment(
    context: Context,
    number: int,
    *,
    client: str | None,
    status: CommitmentStatus | None,
    minutes: int | None,
    value: int | None,
    learned: str,
    contact: NewContact | None = None,
    goal: str = "",
) -> CommitmentView:
    """Add a review or a contact, or link it to a goal; without a status the present one stays.

    Raises UsageFault, CannotDo, NotFound.
    """
    if value is not None and not 1 <= value <= 10:
        raise UsageFault(f"--value {value} is outside the scale; it goes from 1 to 10")
    reviewed = not (status is None and minutes is None and value is None and not learned)
    if not reviewed and contact is None and not goal:
        raise UsageFault(
            "nothing to change; give --status, --minutes, --value, --learned, --contact or --goal"
        )
    with writing(context.practice, create=False) as store:
        case = case_of(store, client, context.today)
        present = _view(store, case, number).commitment
        if reviewed:
            commitments.review(
                store,
                present.id,
                status=status or present.status,
                date=context.today,
                minutes=minutes,
                value=value,
                learned=learned,
            )
        if contact:
            _keep_contact(store, context.today, present, contact)
        unknown = _link(store, case, present, goal) if goal else ""
        clients.touch(store, case.client.id)
        note = contact.note if contact else ""
        hints = (*blame_hints(learned), *blame_hints(note), *([unknown] if unknown else []))
        return _view(store, case, number, hints)


def _link(store: Store, case: ClientEngagement, one: Commitment, said: str) -> str:
    """Link a commitment to the goal that is meant; a hint where the words name none."""
    goal, unknown = meant_goal(goals.of_engagement(store, case.engagement.id), said)
    commitments.update(
        store, one.id, goal=goal.text if goal else said, goal_id=goal.id if goal else None
    )
    return unknown


def _keep_contact(store: Store, today: dt.date, one: Commitment, contact: NewContact) -> None:
    day = parse_day(contact.date, today) if contact.date else today
    if day > today:
        raise CannotDo(f"a {contact.kind} on {day} is still to come; today is {today}")
    contacts.add(store, one.id, kind=contact.kind, date=day, note=contact.note)


def _view(
    store: Store, case: ClientEngagement, number: int, hints: tuple[str, ...] = ()
) -> CommitmentView:
    """One commitment of this client; another client's counts as not found."""
    own = {one.number: one for one in commitments.of_engagement(store, case.engagement.id)}
    if number not in own:
        there = f"there are {', '.join(map(str, own))}" if own else "there is none yet"
        raise NotFound(f"`{case.client.slug}` has no commitment {number}; {there}")
    one = own[number]
    session = sessions.by_id(store, one.session_id) if one.session_id else None
    return CommitmentView(
        client=case.client,
        commitment=one,
        session=session,
        path=path_of(store, one.goal_id),
        reviews=commitments.history(store, one.id),
        contacts=contacts.of_commitment(store, one.id),
        hints=hints,
    )
