"""`assumptions`: beliefs in the client's words, with evidence for and against (R27, R65)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from trajplan.actions.client_records import ClientRecords, Detail
from trajplan.actions.context import Context
from trajplan.actions.safety import keep_danger
from trajplan.content.model import BeliefCues
from trajplan.errors import UsageFault
from trajplan.records.command_forms import AssumptionForm
from trajplan.records.dossier import last_held
from trajplan.records.forms import Said, said_text
from trajplan.records.model.commitments import Assumption, AssumptionChallenge
from trajplan.records.model.sessions import Note, Session
from trajplan.text import exact_words, name_key, pattern

NOTHING_SAID = AssumptionForm()
_FEARS_TO_HARM = pattern(r"\W*what if i\b(?!.*\b(?:myself|my (?:own )?life)\b)", re.IGNORECASE)
_QUOTED = pattern('[“„]([^“”„]+)[”“]|"([^"]+)"')


def new_assumption(
    context: Context,
    text: str,
    *,
    client: str | None,
    note: int | None,
    form: AssumptionForm,
) -> Detail[Assumption]:
    """Add an assumption as it was heard, in the session held last.

    `note`: the id of a note it is taken from (R68). Then it was heard in that note's session; the
    words are those given, or what the note itself puts in quotation marks: a coach's own sentence
    is nobody's belief. It stays when the note is purged. Only the client's exact words
    are quoted to them (R123).
    Raises UsageFault when there are no words, NotFound for a note of somebody else.
    """
    with context.write(client) as records:
        if note is None:
            last = last_held(records.own(Session))
            heard_in = last.id if last else None
        else:
            source = records.numbered(Note, note)
            heard_in, text = source.session_id, text if text.strip() else _quoted_in(source)
        if not text.strip():
            raise UsageFault("an assumption needs words; give them, or `-` to type them in")
        assumption = records.insert(
            Assumption(
                engagement_id=records.engagement.id,
                text=text.strip(),
                session_id=heard_in,
                kind=form.kind,
                wording=form.wording or "exact",
            )
        )
        # The fear that they might harm somebody is no word that they mean to (R124).
        is_fear = _FEARS_TO_HARM.match(text) is not None
        return records.detail(assumption, () if is_fear else keep_danger(records, context, text))


def assume_from_wrap(
    records: ClientRecords,
    session: Session,
    beliefs: Sequence[str | Said],
    before: Sequence[str] = (),
) -> None:
    """Add the beliefs that a wrap names, heard in its session. The same words again are the same
    belief, heard once more. Of what an earlier wrap of it named (`before`), what this one leaves
    out was not heard in it."""
    named = {belief_key(said_text(said)) for said in beliefs}
    for text in before:
        if belief_key(text) not in named:
            _unhear(records, session, belief_key(text))
    known = {name_key(belief.text): belief for belief in records.own(Assumption)}
    for said in beliefs:
        words = said_text(said).strip()
        text = exact_words(words) or words
        key = name_key(text)
        belief = known.get(key)
        if belief and belief.session_id != session.id:
            known[key] = records.update(belief, session_id=session.id)
        elif text and not belief:
            known[key] = records.insert(
                Assumption(
                    engagement_id=records.engagement.id,
                    text=text,
                    session_id=session.id,
                    wording="exact" if exact_words(words) else "gist",
                )
            )


def belief_key(words: str) -> str:
    """What a belief is known by, with its quotation marks or without."""
    return name_key(exact_words(words.strip()) or words.strip())


def _unhear(records: ClientRecords, session: Session, key: str) -> None:
    """Take back that a belief was heard in a session: where it was heard nowhere else and nothing
    has become of it, it goes."""
    belief = next((other for other in records.own(Assumption) if name_key(other.text) == key), None)
    if belief is None or belief.session_id != session.id:
        return
    dossier = records.dossier
    intake = (
        name_key(str(said.get("text", "")) if isinstance(said, Mapping) else said)
        for said in dossier.engagement.intake.assumptions
    )
    earlier = [
        other.id
        for other in dossier.held_before(session.number or 0)
        if (wrap := dossier.wrap_of(other.id)) and key in map(belief_key, wrap.beliefs)
    ]
    if earlier or key in intake:
        records.update(belief, session_id=earlier[-1] if earlier else None)
    elif not _has_history(records, belief):
        records.delete(Assumption, id=belief.id)


def _has_history(records: ClientRecords, belief: Assumption) -> bool:
    """Whether anything has become of a belief since it was heard."""
    challenged = records.find(AssumptionChallenge, assumption_id=belief.id)
    weighed = belief.evidence_for or belief.evidence_against or belief.kind
    return bool(challenged or weighed) or belief.status != "open"


def words_in_note(context: Context, note: int, *, client: str | None) -> tuple[str, ...]:
    """What a note puts in quotation marks: the client's words, as the coach wrote them down (F12).

    Raises NotFound for a note of somebody else.
    """
    with context.read(client, acting=True) as records:
        return _quotations(records.numbered(Note, note))


def weigh_assumption(
    context: Context,
    number: int,
    form: AssumptionForm,
    *,
    client: str | None,
) -> Detail[Assumption]:
    """Change the status or how it was worded, confirm the kind or add evidence.

    Raises UsageFault when nothing is given, NotFound.
    """
    if form == NOTHING_SAID:
        raise UsageFault("nothing to change; give --status, --kind, --wording, --for or --against")
    with context.write(client) as records:
        assumption = records.numbered(Assumption, number)
        # The session it was heard in stays: evidence comes later, and from anywhere.
        assumption = records.update(
            assumption,
            status=form.status or assumption.status,
            kind=form.kind or assumption.kind,
            wording=form.wording or assumption.wording,
            evidence_for=(*assumption.evidence_for, *form.evidence_for),
            evidence_against=(*assumption.evidence_against, *form.evidence_against),
        )
        said = (*form.evidence_for, *form.evidence_against)
        return records.detail(assumption, keep_danger(records, context, *said))


def belief_cues(context: Context) -> tuple[BeliefCues, ...]:
    """The words that say what a belief is about, of all layers."""
    return tuple(context.library.belief_cues.values())


def _quoted_in(note: Note) -> str:
    """The client's words in a note. Raises UsageFault where it quotes none, or several."""
    quotes = _quotations(note)
    if len(quotes) == 1:
        return quotes[0]
    held = "quotes several sentences" if quotes else "puts none of the client's words in quotes"
    raise UsageFault(
        f"note {note.number} {held}; give the client's own words: "
        f'`trajplan assumptions add "…" --from-note {note.number}`'
    )


def _quotations(note: Note) -> tuple[str, ...]:
    matches = ((match[1] or match[2]).strip() for match in _QUOTED.finditer(note.text))
    return tuple(words for words in matches if words)
