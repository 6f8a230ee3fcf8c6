"""The echo: the client's first words beside what they said of them since."""

from __future__ import annotations

from trajplan.actions.context import Context
from trajplan.actions.resolve import case_of, session_of
from trajplan.planning.plan import EchoAnswer, FirstWords
from trajplan.planning.first_words import (QUESTIONS, echo_sessions)
from trajplan.records import echoes, sessions
from trajplan.records.forms import Wrap, WrapEcho
from trajplan.records.model import EchoQuestion, Engagement, Session, WrapRecord
from trajplan.records.store import Store, reading
from trajplan.text import one_line


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


def keep_answers(store: Store, engagement: Engagement, session: Session, form: Wrap) -> None:
    """Keep what a wrap says beside the words it was asked about."""
    words = first_words(store, engagement)
    for question, answer in answers_of(form).items():
        echoes.keep(store, session.id, question, words=words[question], answer=answer)


def to_ask(context: Context, *, client: str | None, number: str | None) -> tuple[FirstWords, ...]:
    """The words a wrap of this session should have answers to."""
    with reading(context.practice) as store:
        case = case_of(store, client)
        session = session_of(store, case.engagement, number)
        if session.number not in echo_sessions(case.engagement.sessions):
            return ()
        return tuple(one for one in echo_of(store, case.engagement) if one.then)
