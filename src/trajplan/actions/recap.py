"""`recap`: the text for the client's mail after a session (R140)."""

from __future__ import annotations

from msgspec import Struct

from trajplan.actions.client_records import session_of
from trajplan.actions.context import Context
from trajplan.actions.own_pages import Template, built_in_template, own_template
from trajplan.actions.sheet import Recap, recap_of
from trajplan.content.labels import ENGLISH, Words, words_in
from trajplan.errors import CannotDo
from trajplan.records.dossier import Dossier, last_held
from trajplan.records.model import Session

TEMPLATE = "recap"
"""The page that a template of the coach's own takes the place of."""


class SessionRecap(Struct, frozen=True):
    """A recap with the template it is written with, and the client's slug for whoever sends it."""

    client: str
    recap: Recap
    template: Template
    words: Words = ENGLISH
    """How it writes days."""


def session_recap(context: Context, *, client: str | None, number: str | None) -> SessionRecap:
    """The recap of a session; without a number, of the one held last.

    Raises CannotDo while the session is not wrapped; a session that held needs no wrap.
    """
    with context.read(client, acting=True) as records:
        dossier = records.dossier
        session = last_held(dossier.sessions) if number is None else session_of(records, number)
    name = dossier.client.name
    if session is None:
        raise CannotDo(f"no session with {name} has been held yet")
    if session.state != "held" or not (
        dossier.held_distress(session.id) or _wrapped(dossier, session)
    ):
        raise CannotDo(
            f"session {session.number} with {name} is not wrapped yet; `trajplan wrap session "
            f"{session.number}` does that, and the recap says what it holds"
        )
    words = words_in(dossier.engagement.language, context.settings.user_library)
    template = own_template(context.settings, TEMPLATE, words.language) or built_in_template(
        TEMPLATE, words.language
    )
    return SessionRecap(
        dossier.client.slug, recap_of(dossier, session, context.zone), template, words
    )


def _wrapped(dossier: Dossier, session: Session) -> bool:
    return dossier.wrap_of(session.id) is not None
