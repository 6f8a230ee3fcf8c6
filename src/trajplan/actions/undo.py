"""`undo`: the last command that changed records is taken back (R138)."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from trajplan.actions.client_records import ClientRecords
from trajplan.actions.context import Context
from trajplan.actions.wrap.form import WrapForm, wrap_form
from trajplan.actions.wrap.form_text import answers_of, form_text
from trajplan.records import undo
from trajplan.records.dossier import Dossier
from trajplan.records.drafts import Draft
from trajplan.records.forms import Wrap, WrapNote
from trajplan.records.model.journeys import Client
from trajplan.records.store import Store, reading, rewrite
from trajplan.records.undo import UndoEntry
from trajplan.worksheets.answers import Answer


class UndoList(Struct, frozen=True, kw_only=True):
    """The commands that can be taken back."""

    entries: tuple[UndoEntry, ...]
    """The last one first."""
    clients: Mapping[int, Client]
    """Those they were about, by id."""


class TakenBack(Struct, frozen=True, kw_only=True):
    """A command that was taken back, or brought back, and what can be taken back next."""

    entry: UndoEntry
    client: Client | None
    """Whom it was about, as they were; None: the coach's own records."""
    redo: bool
    """It was brought back."""
    withdrawn: int
    """Ratings and scaled answers that stay in the records and count no more."""
    left: UndoList
    draft: bool = False
    """What a wrap held is a draft of the session's again."""
    undrafted: bool = False
    """What a wrap held is none, for a form that was begun before stays as it is."""


def undo_list(context: Context) -> UndoList:
    """Read what can be taken back. Raises NotFound where there is no practice."""
    with reading(context.practice) as store:
        return _list(store)


def take_back(context: Context, *, redo: bool) -> TakenBack:
    """Take the last command back, or with `redo` bring back the one taken back last.

    In one transaction. A wrap that is taken back is offered again by `wrap`. Raises NotFound where
    there is none, CannotDo where a rating would have to be deleted.
    """
    wrap = _wrap_of(context, redo)
    before = wraps_then(context, *wrap) if wrap else None
    with context.writing() as store:
        listed = _list(store)
        undone = undo.take_back(store, context.today.isoformat(), redo=redo)
        left = _list(store)
        client_id = left.entries[0].client_id if redo else undone.entry.client_id
        taken = TakenBack(
            entry=undone.entry,
            client=(left if redo else listed).clients.get(client_id or 0),
            redo=redo,
            withdrawn=undone.withdrawn,
            left=left,
        )
    if not (wrap and before):
        return taken
    after = wraps_then(context, *wrap)
    if redo:
        delete_drafts(after, before)
        return taken
    kept = keep_as_drafts(before, after)
    return replace(taken, draft=any(kept), undrafted=not all(kept))


def _wrap_of(context: Context, redo: bool) -> tuple[str, str] | None:
    """The client and the day of a wrap that is about to be taken or brought back."""
    with reading(context.practice) as store:
        entry = next(iter(undo.entries(store, undone=redo)), None)
        if entry is None or entry.command not in COMMANDS or not entry.client_id:
            return None
        return store.get(Client, entry.client_id).slug, entry.done


def forget(context: Context) -> int:
    """Clear the list, and what was removed or changed with it; return how many commands it held.

    The file is written anew, so that no word of it is left there.
    """
    with context.writing() as store:
        count = undo.forget(store)
    rewrite(context.practice, done="the list is cleared")
    return count


def _list(store: Store) -> UndoList:
    clients = {client.id: client for client in store.select(Client)}
    return UndoList(entries=undo.entries(store), clients=clients)


COMMANDS = ("wrap session", "live")
"""Commands that save a wrap, as `undo` lists them."""
_UNSAVED = ("notes", "working_notes", "pinned_note")
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
            forms={session.id: wrap_form(dossier, session) for session in held},
            drafts=_drafts(records),
        )


def keep_as_drafts(there: WrapsThen, gone: WrapsThen) -> list[bool]:
    """Make drafts of the wraps that were `there` and are gone; of each, whether its words are one
    now. A draft that somebody has begun stays as it is."""
    kept = []
    for session, text in _lost(there, gone):
        draft = there.drafts[session]
        if draft.read() is None:
            draft.write(text)
        kept.append(draft.read() == text)
    return kept


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
        (
            session,
            form_text(
                form, {**answers_of(form, form.prefilled), **_beside(form, there, gone)}
            ).encode(),
        )
        for session, form in there.forms.items()
        if there.dossier.wrap_of(session) != gone.dossier.wrap_of(session)
    ]


def _beside(form: WrapForm, there: WrapsThen, gone: WrapsThen) -> dict[str, Answer]:
    """Notes that were saved with a wrap, as its form holds them."""
    session = form.session.id
    notes = set(there.dossier.notes_of(session)) - set(gone.dossier.notes_of(session))
    wrap = Wrap(
        kind="wrap",
        commitments="none",
        notes=tuple(
            WrapNote(text=note.text, kind=note.kind, pin=note.pinned)
            for note in sorted(notes, key=lambda note: note.id)
        ),
    )
    answers = answers_of(form, wrap)
    return {name: answers[name] for name in _UNSAVED if name in answers}
