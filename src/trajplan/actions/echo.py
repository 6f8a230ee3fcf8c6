"""The echo: the client's first words beside what they said of them since."""

from __future__ import annotations

from trajplan.actions.context import Context
from trajplan.actions.resolve import session_of
from trajplan.planning.plan import EchoAnswer, FirstWords
from trajplan.planning.prompts import QUESTIONS, echo_sessions
from trajplan.records import echoes, sessions
from trajplan.records.model import Engagement, WrapRecord
from trajplan.records.store import Store


def first_words(store: Store, engagement: Engagement) -> dict[str, str]:
    """What the client said at the beginning, by question; empty where nothing was kept."""
    first = sessions.by_number(store, engagement.id, 1)
    wrap = store.find(WrapRecord, session_id=first.id) if first else None
    return {
        "stuck_point": engagement.intake.stuck_point,
        # The journey's destination may be reworded on the way; the intake holds the first words.
        "destination": engagement.intake.destination or engagement.destination,
        "takeaways": " · ".join(wrap.takeaways) if wrap else "",
    }


def echo_of(store: Store, engagement: Engagement) -> tuple[FirstWords, ...]:
    """Then and since, for each question that has words or answers.

    Once answered, the words stand as they were when they were asked about.
    """
    words = first_words(store, engagement)
    kept = echoes.of_engagement(store, engagement.id)
    found = []
    for question in QUESTIONS:
        own = [one for one in kept if one.question == question]
        then = next((one.words for one in own if one.words), words[question])
        if then or own:
            answers = tuple(EchoAnswer(session=one.session_number, text=one.answer) for one in own)
            found.append(FirstWords(question=question, then=then, answers=answers))
    return tuple(found)


def echo_to_ask(
    context: Context, *, client: str | None, number: str | None
) -> tuple[FirstWords, ...]:
    """The words a wrap of this session should have answers to."""
    with context.read(client) as records:
        session = session_of(records, records.engagement, number)
        if session.number not in echo_sessions(records.engagement.sessions):
            return ()
        echo = echo_of(records, records.engagement)
        return tuple(words for words in echo if words.then)
