"""`assumptions`: beliefs in the client's words, with evidence for and against (R27, R65)."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from msgspec import Struct

from trajplan.actions.client_records import ClientRecords
from trajplan.actions.context import Context
from trajplan.content.model import BeliefCues
from trajplan.errors import NotFound, UsageFault
from trajplan.planning.beliefs import suggested_kind
from trajplan.records.dossier import Dossier, last_held
from trajplan.records.model import (
    Assumption,
    AssumptionStatus,
    BeliefKind,
    Client,
    Note,
    Session,
    Wording,
)

_QUOTED = re.compile('[“„]([^“”„]+)[”“]|"([^"]+)"')


class AssumptionView(Struct, frozen=True, kw_only=True):
    """One assumption with the sessions it was heard and challenged in, by number."""

    client: Client
    assumption: Assumption
    heard_in: int | None
    """The session it was last heard or worked on; None: from the intake."""
    challenged_in: tuple[int, ...]
    """The held sessions whose plan came back to it (R27)."""
    suggested_kind: BeliefKind
    """What its words suggest it is about; holds until the coach confirms a kind (R124)."""


class AssumptionList(Struct, frozen=True, kw_only=True):
    """A client's assumptions, in the order they were heard."""

    client: Client
    views: tuple[AssumptionView, ...]


def assumption_views(dossier: Dossier, cues: Collection[BeliefCues]) -> tuple[AssumptionView, ...]:
    """Every assumption of the engagement, in the order they were heard."""
    return tuple(
        AssumptionView(
            client=dossier.client,
            assumption=assumption,
            heard_in=dossier.number_of(assumption.session_id),
            challenged_in=dossier.challenged_in(assumption.id),
            suggested_kind=suggested_kind(assumption.text, cues),
        )
        for assumption in dossier.assumptions
    )


def all_assumptions(context: Context, *, client: str | None) -> AssumptionList:
    """Read every assumption of the client's engagement."""
    with context.read(client) as records:
        views = assumption_views(records.dossier, belief_cues(context))
        return AssumptionList(client=records.client, views=views)


def one_assumption(context: Context, number: int, *, client: str | None) -> AssumptionView:
    """Read one assumption. Raises NotFound."""
    with context.read(client) as records:
        return _view(context, records, records.numbered(Assumption, number))


def new_assumption(
    context: Context,
    text: str,
    *,
    client: str | None,
    note: int | None = None,
    kind: BeliefKind | None = None,
    wording: Wording = "exact",
) -> AssumptionView:
    """Add an assumption as it was heard, in the session held last.

    `note`: the id of a note it is taken from (R68). Then it was heard in that note's session; the
    words are those given, or what the note itself puts in quotation marks: a coach's own sentence
    is nobody's belief. It stays when the note is purged. `kind`: what it is about, confirmed.
    `wording`: only the client's exact words are quoted to them (R123).
    Raises UsageFault when there are no words, NotFound for a note of somebody else.
    """
    with context.write(client) as records:
        if note is None:
            last = last_held(records.own(Session))
            heard_in = last.id if last else None
        else:
            source = _own_note(records, note)
            heard_in, text = source.session_id, text if text.strip() else _quoted_in(source)
        if not text.strip():
            raise UsageFault("an assumption needs words; give them, or --from - to type them in")
        assumption = records.insert(
            Assumption(
                engagement_id=records.engagement.id,
                text=text.strip(),
                session_id=heard_in,
                kind=kind,
                wording=wording,
            )
        )
        return _view(context, records, assumption)


def weigh_assumption(
    context: Context,
    number: int,
    *,
    client: str | None,
    status: AssumptionStatus | None,
    evidence_for: Sequence[str],
    evidence_against: Sequence[str],
    kind: BeliefKind | None = None,
    wording: Wording | None = None,
) -> AssumptionView:
    """Change the status or how it was worded, confirm the kind or add evidence.

    Raises UsageFault when nothing is given, NotFound.
    """
    if not (status or kind or wording or evidence_for or evidence_against):
        raise UsageFault("nothing to change; give --status, --kind, --wording, --for or --against")
    with context.write(client) as records:
        assumption = records.numbered(Assumption, number)
        # The session it was heard in stays: evidence comes later, and from anywhere.
        assumption = records.update(
            assumption,
            status=status or assumption.status,
            kind=kind or assumption.kind,
            wording=wording or assumption.wording,
            evidence_for=(*assumption.evidence_for, *evidence_for),
            evidence_against=(*assumption.evidence_against, *evidence_against),
        )
        return _view(context, records, assumption)


def belief_cues(context: Context) -> tuple[BeliefCues, ...]:
    """The words that say what a belief is about, of all layers."""
    return tuple(context.library.belief_cues.values())


def _view(context: Context, records: ClientRecords, assumption: Assumption) -> AssumptionView:
    views = assumption_views(records.dossier, belief_cues(context))
    return next(view for view in views if view.assumption.id == assumption.id)


def _quoted_in(note: Note) -> str:
    """The client's words in a note. Raises UsageFault where it quotes none, or several."""
    matches = ((match[1] or match[2]).strip() for match in _QUOTED.finditer(note.text))
    quotes = [words for words in matches if words]
    if len(quotes) == 1:
        return quotes[0]
    held = "quotes several sentences" if quotes else "puts none of the client's words in quotes"
    raise UsageFault(
        f"note {note.id} {held}; give the client's own words: "
        f'`trajplan assumptions add "…" --from-note {note.id}`'
    )


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
