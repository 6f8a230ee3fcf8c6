"""The echo: the client's first words beside what they said of them since."""

from __future__ import annotations

from trajplan.actions.context import Context
from trajplan.actions.resolve import find_session
from trajplan.planning.first_words import echo_sessions, first_words, then_and_since
from trajplan.planning.plan import FirstWords
from trajplan.records import echoes
from trajplan.records.forms import Wrap, WrapEcho
from trajplan.records.model import EchoQuestion, Engagement, Session, WrapRecord
from trajplan.records.store import Store
from trajplan.text import one_line


def answers_of(form: Wrap) -> dict[EchoQuestion, str]:
    """What a wrap says of the first words, by question, each on one line."""
    echo = form.echo or WrapEcho()
    takeaways = echo.takeaways if isinstance(echo.takeaways, str) else " · ".join(echo.takeaways)
    given: dict[EchoQuestion, str] = {
        "stuck_point": echo.stuck_point,
        "destination": echo.destination,
        "takeaways": takeaways,
    }
    return {name: line for name, text in given.items() if (line := one_line(text))}


def words_of(store: Store, engagement: Engagement) -> dict[str, str]:
    """The client's first words, by question."""
    first = store.find(Session, engagement_id=engagement.id, number=1)
    wrap = store.find(WrapRecord, session_id=first.id) if first else None
    return first_words(engagement, wrap)


def keep_answers(store: Store, engagement: Engagement, session: Session, form: Wrap) -> None:
    """Save what a wrap says beside the words it was asked about."""
    words = words_of(store, engagement)
    for question, answer in answers_of(form).items():
        echoes.keep(store, session.id, question, words=words[question], answer=answer)


def to_ask(context: Context, *, client: str | None, number: str | None) -> tuple[FirstWords, ...]:
    """The words a wrap of this session should have answers to."""
    with context.read(client) as records:
        dossier = records.dossier
    session = find_session(dossier.engagement, dossier.sessions, number)
    if session.number not in echo_sessions(dossier.engagement.sessions):
        return ()
    return tuple(words for words in then_and_since(dossier) if words.then)
