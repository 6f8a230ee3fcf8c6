"""A wrap that is taken back becomes its form again, as the session's draft (R134, R138).

So nothing has to be typed twice, and no word is lost: neither one from the editor nor one that was
kept while the session ran. Brought back, the draft goes, unless somebody has changed it.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from trajplan.actions.client_records import ClientRecords
from trajplan.actions.context import Context
from trajplan.actions.wrap_answers import answers_of
from trajplan.actions.wrap_form import WrapForm, wrap_form, written
from trajplan.records.columns import same_fields
from trajplan.records.dossier import Dossier
from trajplan.records.drafts import Draft
from trajplan.records.forms import Wrap, WrapNote, WrapReview
from trajplan.worksheets.answers import Answer

COMMANDS = ("wrap session", "live")
"""Commands that save a wrap, as `undo` lists them."""
_UNSAVED = ("reviews", "beliefs", "notes", "working_notes", "pinned_note")
"""Parts of a form that a saved wrap leaves empty: what they hold stands in records of its own."""


class WrapsThen(Struct, frozen=True):
    """The wraps of a client's journey at a moment, and all that stood beside them."""

    dossier: Dossier
    forms: Mapping[int, WrapForm]
    """By the session's row."""
    drafts: Mapping[int, Draft]


def wraps_then(context: Context, client: str, day: str) -> WrapsThen:
    """The wraps that were saved on a day, given in ISO form."""
    with context.read(client) as records:
        dossier = records.dossier
        held = [
            dossier.session_by_id[wrap.session_id]
            for wrap in dossier.wraps
            if wrap.wrapped_on.isoformat() == day
        ]
        return WrapsThen(
            dossier=dossier,
            forms={session.id: wrap_form(records, session) for session in held},
            drafts=_drafts(records),
        )


def keep_as_drafts(there: WrapsThen, gone: WrapsThen) -> bool:
    """Make drafts of the wraps that were `there` and are gone; whether there was any. A draft that
    somebody has begun stays as it is."""
    any_kept = False
    for session, text in _lost(there, gone):
        draft = there.drafts[session]
        if draft.read() is None:
            draft.write(text)
            any_kept = True
    return any_kept


def delete_drafts(there: WrapsThen, gone: WrapsThen) -> None:
    """Delete what `keep_as_drafts` made, as far as nobody has changed it."""
    for session, text in _lost(there, gone):
        if there.drafts[session].read() == text:
            there.drafts[session].delete()


def _drafts(records: ClientRecords) -> dict[int, Draft]:
    return {session.id: records.draft("wrap", session) for session in records.dossier.numbered}


def _lost(there: WrapsThen, gone: WrapsThen) -> list[tuple[int, bytes]]:
    """The form of each wrap that is only `there`, with what went with it."""
    return [
        (session, written(form, {**form.answers, **_beside(form, there, gone)}).encode())
        for session, form in there.forms.items()
        if there.dossier.wrap_of(session) != gone.dossier.wrap_of(session)
    ]


def _beside(form: WrapForm, there: WrapsThen, gone: WrapsThen) -> dict[str, Answer]:
    """Notes, beliefs and reviews that were saved with a wrap, as its form holds them."""
    session, dossier, other = form.facts.session.id, there.dossier, gone.dossier
    numbers = {commitment.id: commitment.number for commitment in dossier.commitments}
    notes = set(dossier.notes_of(session)) - set(other.notes_of(session))
    known = {belief.id for belief in other.assumptions}
    reviews = set(dossier.commitment_reviews) - set(other.commitment_reviews)
    wrap = Wrap(
        kind="wrap",
        commitments="none",
        notes=tuple(
            WrapNote(text=note.text, kind=note.kind, pin=note.pinned)
            for note in sorted(notes, key=lambda note: note.id)
        ),
        beliefs=tuple(belief.text for belief in dossier.assumptions if belief.id not in known),
        reviews=tuple(
            WrapReview(commitment=numbers[review.commitment_id], **same_fields(review, WrapReview))
            for review in sorted(reviews, key=lambda review: review.id)
        ),
    )
    answers = answers_of(form.facts, wrap)
    return {name: answers[name] for name in _UNSAVED if name in answers}
