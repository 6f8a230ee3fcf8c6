"""`assumptions`: beliefs in the client's words, with evidence for and against (R27, R65)."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from trajplan.actions.client_records import ClientRecords
from trajplan.actions.context import Context
from trajplan.errors import NotFound, UsageFault
from trajplan.records.dossier import Dossier, last_held
from trajplan.records.model import Assumption, AssumptionStatus, Client, Note, Session


class AssumptionView(Struct, frozen=True, kw_only=True):
    """One assumption with the sessions it was heard and challenged in, by number."""

    client: Client
    assumption: Assumption
    heard_in: int | None
    """The session it was last heard or worked on; None: from the intake."""
    challenged_in: tuple[int, ...]
    """The held sessions whose plan challenged it (R27)."""


class AssumptionList(Struct, frozen=True, kw_only=True):
    """A client's assumptions, in the order they were heard."""

    client: Client
    views: tuple[AssumptionView, ...]


def assumption_views(dossier: Dossier) -> tuple[AssumptionView, ...]:
    """Every assumption of the engagement, in the order they were heard."""
    return tuple(
        AssumptionView(
            client=dossier.client,
            assumption=assumption,
            heard_in=dossier.number_of(assumption.session_id),
            challenged_in=dossier.challenged_in(assumption.id),
        )
        for assumption in dossier.assumptions
    )


def all_assumptions(context: Context, *, client: str | None) -> AssumptionList:
    """Read every assumption of the client's engagement."""
    with context.read(client) as records:
        return AssumptionList(client=records.client, views=assumption_views(records.dossier))


def one_assumption(context: Context, number: int, *, client: str | None) -> AssumptionView:
    """Read one assumption. Raises NotFound."""
    with context.read(client) as records:
        return _view(records, records.numbered(Assumption, number))


def new_assumption(
    context: Context, text: str, *, client: str | None, note: int | None = None
) -> AssumptionView:
    """Add an assumption as it was heard, in the session held last.

    `note`: the id of a note it is taken from (R68). Then it was heard in that note's session, and
    without words of its own the whole note is the assumption; it stays when the note is purged.
    Raises UsageFault when there are no words, NotFound for a note of somebody else.
    """
    with context.write(client) as records:
        if note is None:
            last = last_held(records.own(Session))
            heard_in = last.id if last else None
        else:
            source = _own_note(records, note)
            heard_in, text = source.session_id, text if text.strip() else source.text
        if not text.strip():
            raise UsageFault("an assumption needs words; give them, or --from - to type them in")
        assumption = records.insert(
            Assumption(engagement_id=records.engagement.id, text=text.strip(), session_id=heard_in)
        )
        return _view(records, assumption)


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
    with context.write(client) as records:
        assumption = records.numbered(Assumption, number)
        # The session it was heard in stays: evidence comes later, and from anywhere.
        assumption = records.update(
            assumption,
            status=status or assumption.status,
            evidence_for=(*assumption.evidence_for, *evidence_for),
            evidence_against=(*assumption.evidence_against, *evidence_against),
        )
        return _view(records, assumption)


def _view(records: ClientRecords, assumption: Assumption) -> AssumptionView:
    views = {view.assumption.id: view for view in assumption_views(records.dossier)}
    return views[assumption.id]


def _own_note(records: ClientRecords, note_id: int) -> Note:
    sessions = [session.id for session in records.own(Session)]
    own = {note.id: note for note in records.select(Note, session_id=sessions)}
    if note_id not in own:
        there = f"there are {', '.join(map(str, own))}" if own else "there is none yet"
        raise NotFound(
            f"`{records.client.slug}` has no note {note_id}; {there}. "
            "`trajplan sessions show N` prints the notes of a session"
        )
    return own[note_id]
