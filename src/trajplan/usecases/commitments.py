"""`commitments`: what the client took on, and what came of it (R94-R100)."""

from __future__ import annotations

from dataclasses import dataclass

from trajplan.dates import parse_day
from trajplan.documents.commitments import CommitmentList, CommitmentView
from trajplan.errors import NotFound, UsageFault
from trajplan.practice import clients, commitments, sessions
from trajplan.practice.forms import CommitmentKind, Proposer
from trajplan.practice.records import CommitmentStatus
from trajplan.practice.store import Store, reading, writing
from trajplan.usecases.desk import Desk
from trajplan.usecases.which import Case, case_of


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCommitment:
    """A commitment taken on outside a wrap."""

    what: str
    when: str
    how_will_i_know: str
    obstacle: str = ""
    if_then: str = ""
    kind: CommitmentKind | None = None
    proposed_by: Proposer = "client"
    goal: str = ""
    estimate_minutes: int | None = None


def all_commitments(desk: Desk, *, client: str | None) -> CommitmentList:
    """Read every commitment of the client's engagement."""
    with reading(desk.practice) as store:
        case = case_of(store, client)
        every = sessions.of_engagement(store, case.engagement.id)
        return CommitmentList(
            client=case.client,
            commitments=commitments.of_engagement(store, case.engagement.id),
            sessions={one.id: one for one in every},
            today=desk.today,
        )


def one_commitment(desk: Desk, number: int, *, client: str | None) -> CommitmentView:
    """Read one commitment and what was said of it."""
    with reading(desk.practice) as store:
        return _view(store, case_of(store, client), number)


def new_commitment(desk: Desk, wanted: NewCommitment, *, client: str | None) -> CommitmentView:
    """Add a commitment between sessions. Raises UsageFault for a missing what, when or
    how."""
    for name in ("what", "how_will_i_know"):
        if not getattr(wanted, name).strip():
            raise UsageFault(
                f"a commitment says what, when, and how you will know; {name} is empty"
            )
    with writing(desk.practice, create=False) as store:
        case = case_of(store, client, desk.today)
        made = commitments.add(
            store,
            engagement_id=case.engagement.id,
            # Between sessions: it belongs to the journey, so wrapping a session anew leaves it.
            session_id=None,
            what=wanted.what,
            due=parse_day(wanted.when, desk.today),
            how_will_i_know=wanted.how_will_i_know,
            obstacle=wanted.obstacle,
            if_then=wanted.if_then,
            kind=wanted.kind,
            proposed_by=wanted.proposed_by,
            goal=wanted.goal,
            estimate_minutes=wanted.estimate_minutes,
        )
        clients.touch(store, case.client.id)
        return _view(store, case, made.id)


def review_commitment(
    desk: Desk,
    number: int,
    *,
    client: str | None,
    status: CommitmentStatus | None,
    minutes: int | None,
    value: int | None,
    learned: str,
) -> CommitmentView:
    """Add a review; without a status the present one stays. Raises UsageFault, NotFound."""
    if value is not None and not 1 <= value <= 10:
        raise UsageFault(f"--value {value} is outside the scale; it goes from 1 to 10")
    if status is None and minutes is None and value is None and not learned:
        raise UsageFault("nothing to change; give --status, --minutes, --value or --learned")
    with writing(desk.practice, create=False) as store:
        case = case_of(store, client, desk.today)
        present = _view(store, case, number).commitment
        commitments.review(
            store,
            number,
            status=status or present.status,
            date=desk.today,
            minutes=minutes,
            value=value,
            learned=learned,
        )
        clients.touch(store, case.client.id)
        return _view(store, case, number)


def _view(store: Store, case: Case, number: int) -> CommitmentView:
    """One commitment of this client; another client's counts as not found."""
    own = {one.id: one for one in commitments.of_engagement(store, case.engagement.id)}
    if number not in own:
        there = f"there are {', '.join(map(str, own))}" if own else "there is none yet"
        raise NotFound(f"`{case.client.slug}` has no commitment {number}; {there}")
    one = own[number]
    session = sessions.by_id(store, one.session_id) if one.session_id else None
    return CommitmentView(
        client=case.client,
        commitment=one,
        session=session,
        reviews=commitments.history(store, number),
    )
