"""A session about to be wrapped: its form, the draft of it, and what `live` kept of it (R134)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from msgspec import Struct, structs

from trajplan.actions.client_records import ClientRecords, refuse_closed, session_of
from trajplan.actions.context import Context
from trajplan.actions.live_draft import DRAFT as LIVE
from trajplan.actions.live_draft import LiveFile, kept_sessions, read_if_whole, read_live
from trajplan.actions.wrap.check import HandedInWrap
from trajplan.actions.wrap.form import WrapForm, wrap_form
from trajplan.actions.wrap.form_text import answers_of, form_text
from trajplan.actions.wrap.reading import answers_in
from trajplan.content.worksheet_model import ROW
from trajplan.errors import CannotDo, InvalidContent, StoreFault
from trajplan.live.wrap import words_missing
from trajplan.records.dossier import Dossier
from trajplan.records.drafts import Draft, DraftKey, Drafts
from trajplan.records.model.sessions import Session, WrapRecord
from trajplan.worksheets.answers import Answer, Answers
from trajplan.worksheets.interview import asked_in, flattened, with_asked


class OpenWrap(Struct, frozen=True):
    """A session about to be wrapped: its form, and the draft of it (R134)."""

    form: WrapForm
    draft: Draft
    live: LiveFile | None = None
    """What `live` kept of the session; the form holds what of it is in no wrap yet."""

    @property
    def saved(self) -> bool:
        """Whether the session is wrapped already."""
        return self.form.dossier.wrap_of(self.form.session.id) is not None


def sessions_to_wrap(context: Context, client: str | None) -> tuple[str, ...]:
    """The numbers of the sessions that have no wrap, the oldest first: those up to today, and
    those that were run with `live` before their day."""
    with context.read(client) as records:
        dossier = records.dossier
        run = kept_sessions(context.drafts, records.practice_id, dossier)
    wrapped = {wrap.session_id for wrap in dossier.wraps}
    return tuple(
        str(session.number)
        for session in dossier.numbered
        if session.state in ("planned", "held")
        and (dossier.own_day(session) <= context.today or session in run)
        and session.id not in wrapped
    )


def open_wrap(
    context: Context,
    *,
    client: str | None,
    number: str | None,
    replace: bool,
) -> OpenWrap:
    """The form of a session, filled in as far as is known, and with what it told while it ran.

    Raises what `save_wrap` would before anything is typed.
    """
    with context.read(client, acting=True) as records:
        session = session_to_wrap(records, number, replace)
        live = read_if_whole(records.draft(LIVE, session))
        form = wrap_form(records.dossier, session, live)
        return OpenWrap(form, records.draft("wrap", session), live)


def go_on_with_draft(opened: OpenWrap) -> tuple[str, ...]:
    """Add to a form of an earlier run what `live` kept since it was begun, and say so. One that
    cannot be read stays as it is."""
    earlier, live, form = opened.draft.read(), opened.live, opened.form
    if earlier is None or live is None:
        return ()
    text = earlier.decode("utf-8", "replace")
    if live.keys_in(text) >= len(live.events):
        return ()
    went_on = "the session went on after your form was begun; what you kept since is"
    try:
        typed = answers_in(form, str(opened.draft.path), earlier)
    except InvalidContent as faults:
        return (f"{went_on} not in it, as it cannot be read: {faults}",)
    begun = structs.replace(form, told_live=live.wrap_in(text))
    was, now = (answers_of(form, known.prefilled) for known in (begun, form))
    grown = form_text(form, with_news(typed, was, now))
    if asked := asked_in(text, flattened(form.worksheet, typed)):
        grown = with_asked(grown, asked)
    opened.draft.write(grown.encode("utf-8"))
    return (f"{went_on} in it now",)


def with_news(typed: Answers, was: Answers, now: Answers) -> Answers:
    """What somebody has typed, with what is in `now` and was not in `was`: points, rows and
    paragraphs are added below theirs, and what still stands as it was becomes what it is now."""
    answers = dict(typed)
    for name, answer in now.items():
        before, own = was.get(name), typed.get(name)
        if answer == before:
            continue
        if isinstance(answer, tuple):
            answers[name] = cast("Answer", _with_parts(_parts(own), _parts(before), answer))
        elif own == before:
            answers[name] = answer
        elif name == "notes":
            typed_notes, known = str(own or ""), str(before or "").split("\n\n")
            told = (part for part in str(answer).split("\n\n") if part not in known)
            news = (part for part in told if part not in typed_notes)
            answers[name] = "\n\n".join(filter(None, (typed_notes, *news)))
    return answers


def _with_parts(
    own: tuple[Any, ...], before: tuple[Any, ...], now: tuple[Any, ...]
) -> tuple[Any, ...]:
    """Points or rows as somebody left them, with those that are new; a row has one line."""
    stands = [part for part in own if part in now or part not in before]
    rows = [part[ROW] for part in stands if isinstance(part, Mapping) and ROW in part]
    news = [part for part in now if part not in stands and part not in before]
    added = [part for part in news if not (isinstance(part, Mapping) and part.get(ROW) in rows)]
    return (*stands, *added)


def _parts(answer: Answer | None) -> tuple[Any, ...]:
    return answer if isinstance(answer, tuple) else ()


def is_wrapped(context: Context, *, client: str | None, number: str | None) -> bool:
    """Whether a session has a wrap already."""
    with context.read(client) as records:
        session = session_of(records, number)
        return records.find(WrapRecord, session_id=session.id) is not None


def waiting_draft(context: Context, *, client: str | None, number: str) -> bool:
    """Whether a form of this session was begun and not saved."""
    with context.read(client) as records:
        return records.draft("wrap", session_of(records, number)).read() is not None


def begun_forms(drafts: Drafts, practice: str, dossier: Dossier) -> tuple[Session, ...]:
    """The sessions of which a form was begun and not saved; `practice` is its id."""
    client, engagement = dossier.client.id, dossier.engagement.id
    names = set(drafts.of_client(practice, client))
    return tuple(
        session
        for session in dossier.numbered
        if drafts.draft(DraftKey("wrap", practice, client, engagement, session.id)).path.name
        in names
    )


def settle_live(
    draft: Draft, session: Session, wrap_input: HandedInWrap, notes: Sequence[str], zone: str
) -> tuple[str, ...]:
    """Once the wrap is saved: what `live` kept goes when all of it is in a wrap, or was in the form
    and taken out there. Else it stays, and is said."""

    def may_go() -> bool:
        live = read_live(draft)
        if live is None:
            return True
        rest = live.wrap_since_key(live.keys_in(wrap_input.form_text), zone)
        return not words_missing(rest, wrap_input.wrap, notes)

    try:
        if draft.delete_if(may_go):
            return ()
    except (CannotDo, StoreFault) as fault:
        return (f"the wrap is saved; what `live` kept of the session stays: {fault}",)
    return (_waits(session),)


def kept_beside_wrap(context: Context, *, client: str | None, number: str) -> tuple[str, ...]:
    """What there is to say of a wrapped session of which `live` kept words that no wrap holds."""
    with context.read(client) as records:
        session = session_of(records, number)
        live = read_if_whole(records.draft(LIVE, session))
    return (_waits(session),) if live and live.events else ()


def _waits(session: Session) -> str:
    return (
        "what `live` kept while the session ran is not in this wrap; "
        f"`trajplan wrap session {session.number} --replace` opens a form that holds both"
    )


def session_to_wrap(records: ClientRecords, number: str | None, replace: bool) -> Session:
    """The session that may be wrapped; `replace`: also one that is. Raises CannotDo, NotFound."""
    session = session_of(records, number)
    refuse_closed(records.case, session)
    if session.state == "skipped":
        raise CannotDo(f"session {session.number} was skipped and cannot be wrapped")
    if records.find(WrapRecord, session_id=session.id) and not replace:
        raise CannotDo(
            f"session {session.number} is wrapped already; `trajplan wrap session "
            f"{session.number}` prints its sheet, --replace saves a new wrap in its place"
        )
    return session
