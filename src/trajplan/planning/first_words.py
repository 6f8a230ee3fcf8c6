"""The echo: the client's own first words, asked again halfway and at the end."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import get_args

from trajplan.content.model import Prompt
from trajplan.lint.promises import wish_of
from trajplan.planning.from_records import EchoAnswer, FirstWords
from trajplan.planning.matter import bears_on
from trajplan.planning.plan import PlannedPrompt
from trajplan.planning.plan_inputs import Facts
from trajplan.planning.prompts import say_prompt
from trajplan.planning.spoken import (
    QUOTED_WORDS,
    SPOKEN_WORDS,
    leading_clause,
    leading_sentence,
    quotable,
    sentences_said,
    words_to_say,
)
from trajplan.records.dossier import Dossier, IntakeWords
from trajplan.records.model.sessions import EchoQuestion
from trajplan.text import exact_words, pattern

QUESTIONS: tuple[EchoQuestion, ...] = get_args(EchoQuestion)
"""In the order in which they are asked."""
JOINED = " · "
"""Between the lines of what was taken home."""
_TURNED = pattern(
    r"\W*(?:(?:but|yet|no)\b|(?:it|that|they|this|I)\b[^.?!]{0,30}(?:\b(?:not|never)|n['’]t)\b)",
    re.IGNORECASE,
)
"""What takes back the words before it: `Everybody says it's fine. It isn't.`"""
_GOES_ON = pattern(r"\W*(?:or|and|but|not)\b", re.IGNORECASE)
"""What belongs to a wish before it: `A steady job. Or to know it's time to stop`."""
MOST_WORDS = {"stuck_point": 12, "destination": 13}
"""Words of a clause that leave room for a question behind it."""

SHORTEST_WITH_MIDDLE = 8
"""Sessions from which on the middle of a journey is far enough from its beginning."""


def echo_sessions(total: int) -> tuple[int, ...]:
    """The middle session and the last, 6 and 12 of 12; in a short journey the last alone, and never
    the first, whose words they are."""
    middle = (total + 1) // 2 if total >= SHORTEST_WITH_MIDDLE else total
    return tuple(number for number in dict.fromkeys((middle, total)) if number > 1)


def first_words_by_question(dossier: Dossier) -> dict[str, str]:
    """What the client said at the beginning, by question; empty where nothing was saved."""
    return {
        "stuck_point": dossier.intake_words_first("stuck_point"),
        "destination": dossier.intake_words_first("destination"),
        "takeaways": JOINED.join(_first_takeaways(dossier)),
    }


def _first_takeaways(dossier: Dossier) -> Sequence[str]:
    """What was taken away from the first session, line by line."""
    first = dossier.session(1)
    return dossier.taken_away(first.id) if first else ()


def newest_destination(dossier: Dossier) -> str:
    """Where the client is going, as they put it last, in a session or between two; the first words
    stay what they were (F8). Of one day, what was saved for its own sake counts."""
    answers = [
        IntakeWords(session.day, echo.answer)
        for echo in dossier.echoes
        if echo.question == "destination"
        for session in [dossier.session_by_id[echo.session_id]]
    ]
    said = sorted((*answers, *dossier.intake_words("destination")), key=lambda words: words.date)
    return str(said[-1].words) if said else ""


def then_and_since(dossier: Dossier) -> tuple[FirstWords, ...]:
    """Then and since, for each question that has words or answers.

    Once answered, the words stand as they were when they were asked about.
    """
    words = first_words_by_question(dossier)
    result = []
    for question in QUESTIONS:
        echoes = [echo for echo in dossier.echoes if echo.question == question]
        then = next((echo.words for echo in echoes if echo.words), words[question])
        if then or echoes:
            answers = tuple(
                EchoAnswer(session=dossier.number_of(echo.session_id) or 0, text=echo.answer)
                for echo in echoes
            )
            # Put right since they were asked about, the words stand as one line.
            as_now = question == "takeaways" and then == words[question]
            lines = tuple(_first_takeaways(dossier)) if as_now else ()
            result.append(FirstWords(question=question, then=then, lines=lines, answers=answers))
    return tuple(result)


def words_to_ask(
    facts: Facts, *, energy: str, decision: bool, danger_before: bool
) -> tuple[FirstWords, ...]:
    """The words this session asks for again; what was never said is not asked after.

    A tired client, or one with a decision on the table, is only asked about the destination; one
    who was in danger (`danger_before`) not about where they were stuck.
    """
    if facts.number not in echo_sessions(facts.total):
        return ()
    spoken = tuple(
        words
        for words in facts.echo
        if words.then and not (danger_before and words.question == "stuck_point")
    )
    if energy == "low" or decision:
        return tuple(words for words in spoken if words.question == "destination") or spoken[:1]
    return spoken


def _phrases(words: FirstWords) -> Mapping[str, str]:
    """What may be said of first words: what they wanted (`wish`), or told or asked (`telling`). Of
    what a wrap calls taken home, the first line that can be told, those marked as theirs first
    (R123)."""
    if words.question == "takeaways":
        lines = words.lines or (words.then,)
        exact = [line for line in map(exact_words, lines) if line]
        ways = (*map(words_to_say, exact), *map(_quotation, exact), *map(words_to_say, lines))
        return {"telling": next(filter(None, ways), "")}
    most = MOST_WORDS[words.question]
    is_stuck = words.question == "stuck_point"
    clause = (leading_sentence if is_stuck else leading_clause)(words.then, most)
    if not (clause or is_stuck):
        clause = sentences_said(words.then)[0].rstrip(".")
    behind = words.then.strip().removeprefix(clause)
    if is_stuck:
        return {"telling": "" if _TURNED.match(behind) else words_to_say(clause)}
    return {"wish": "" if _GOES_ON.match(behind) else wish_of(clause)}


def _quotation(line: str) -> str:
    """Exact words of theirs as they are quoted behind `you`; empty where they may not (R123)."""
    quoted = quotable(line, SPOKEN_WORDS - QUOTED_WORDS).rstrip(".")
    return f"said “{quoted}”" if quoted else ""


def echo_prompts(
    prompts: Mapping[str, Prompt], echo: Sequence[FirstWords]
) -> tuple[tuple[PlannedPrompt, ...], tuple[PlannedPrompt, ...]]:
    """A prompt for each of the words that can be said: of what was said at the outset, and of what
    was taken home from the first session."""
    prompt = prompts["first-words"]
    named: dict[str, PlannedPrompt] = {}
    for words in echo:
        ways = (_phrases(words),)
        planned = say_prompt(prompt, words.question, 0, ways=ways, beside=(words.then,))
        if planned.text:
            named[words.question] = planned
    home = named.pop("takeaways", None)
    outset = tuple(named.values())
    # One matter is not looked back on twice.
    twice = home and any(bears_on(home.beside, asked.beside) for asked in outset)
    return outset, (home,) if home and not twice else ()
