"""`assumptions`: beliefs in the client's words, with evidence for and against (R27, R65)."""

from __future__ import annotations

from collections.abc import Sequence

from trajplan.actions.context import Context
from trajplan.actions.resolve import ClientEngagement, case_of, last_held
from trajplan.errors import NotFound, UsageFault
from trajplan.pages.assumptions import AssumptionList, AssumptionView
from trajplan.records import assumptions, clients, notes, sessions
from trajplan.records.records import Assumption, AssumptionStatus, Note
from trajplan.records.store import Store, reading, writing


def all_assumptions(context: Context, *, client: str | None) -> AssumptionList:
    """Read every assumption of the client's engagement."""
    with reading(context.practice) as store:
        case = case_of(store, client)
        found = assumptions.of_engagement(store, case.engagement.id)
        return AssumptionList(client=case.client, assumptions=found)


def one_assumption(context: Context, number: int, *, client: str | None) -> AssumptionView:
    """Read one assumption."""
    with reading(context.practice) as store:
        case = case_of(store, client)
        return AssumptionView(client=case.client, assumption=_own(store, case, number))


def new_assumption(
    context: Context, text: str, *, client: str | None, note: int | None = None
) -> AssumptionView:
    """Add an assumption as it was heard, in the session held last.

    `note`: the id of a note it is taken from (R68). Then it was heard in that note's session, and
    without words of its own the whole note is the assumption; it stays when the note is purged.
    Raises UsageFault when there are no words, NotFound for a note of somebody else.
    """
    with writing(context.practice, create=False) as store:
        case = case_of(store, client, context.today)
        if note is None:
            last = last_held(sessions.of_engagement(store, case.engagement.id))
            heard_in = last.id if last else None
        else:
            taken = _own_note(store, case, note)
            heard_in, text = taken.session_id, text if text.strip() else taken.text
        if not text.strip():
            raise UsageFault("an assumption needs words; give them, or --from - to type them in")
        made = assumptions.add(
            store,
            engagement_id=case.engagement.id,
            text=text.strip(),
            session_id=heard_in,
        )
        clients.touch(store, case.client.id)
        return AssumptionView(client=case.client, assumption=made)


def weigh_assumption(
    context: Context,
    number: int,
    *,
    client: str | None,
    status: AssumptionStatus | None,
    evidence_for: Sequence[str],
    evidence_against: Sequence[str],
) -> AssumptionView:
    """Change the status or add evidence. Raises UsageFault when nothing is given, NotFound."""
    if status is None and not evidence_for and not evidence_against:
        raise UsageFault("nothing to change; give --status, --for or --against")
    with writing(context.practice, create=False) as store:
        case = case_of(store, client, context.today)
        one = _own(store, case, number)
        # The session it was heard in stays: evidence comes later, and from anywhere.
        changed = assumptions.update(
            store,
            one.id,
            status=status,
            evidence_for=evidence_for,
            evidence_against=evidence_against,
        )
        clients.touch(store, case.client.id)
        return AssumptionView(client=case.client, assumption=changed)


def _own(store: Store, case: ClientEngagement, number: int) -> Assumption:
    own = {one.number: one for one in assumptions.of_engagement(store, case.engagement.id)}
    if number not in own:
        there = f"there are {', '.join(map(str, own))}" if own else "there is none yet"
        raise NotFound(f"`{case.client.slug}` has no assumption {number}; {there}")
    return own[number]


def _own_note(store: Store, case: ClientEngagement, number: int) -> Note:
    own = {one.id: one for one in notes.of_engagement(store, case.engagement.id)}
    if number not in own:
        there = f"there are {', '.join(map(str, own))}" if own else "there is none yet"
        raise NotFound(
            f"`{case.client.slug}` has no note {number}; {there}. "
            "`trajplan sessions show N` prints the notes of a session"
        )
    return own[number]
