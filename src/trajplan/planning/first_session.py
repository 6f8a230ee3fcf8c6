"""The first session is this client's: what the intake brings, and how to work (R126).

Fears and money are for the coach's eye. They raise no topic and no prompt until the client speaks
of them; the client's own questions are the client speaking.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from trajplan.content.model import Activity, Bounds, Prompt, SessionBlueprint, Topic
from trajplan.dates import MONTHS
from trajplan.lint.labels import begins_with_verb, on_one_line, to_client
from trajplan.lint.promises import is_tender
from trajplan.lint.tellings import is_against_oneself, is_learners_english
from trajplan.lint.verbs import foreign
from trajplan.planning.brief_sources import named_paths
from trajplan.planning.frame import AGREE, RECALL
from trajplan.planning.from_records import UrgentDay
from trajplan.planning.heard_topics import MONEY, heard_topics
from trajplan.planning.kept_in_mind import FromIntake
from trajplan.planning.plan import PlannedPrompt
from trajplan.planning.prompts import say_prompt
from trajplan.planning.readiness import AGREEMENT_FORM
from trajplan.planning.spoken import hurts, sentences_said, words_to_say
from trajplan.text import pattern

WELCOME = "welcome"
FROM_INTAKE = "brought-along"
"""The prompt that brings up what the client came with."""
_AMOUNT = pattern(
    r"[€$£]|\b(?:euros?|eur|dollars?|pounds|francs|chf|usd|gbp)\b",
    re.IGNORECASE,
    [*"€$£", "eur", "dollar", "pounds", "francs", "chf", "usd", "gbp"],
)
"""An amount is money in any language."""
_BLAMES_THEMSELVES = pattern(
    r"\b(?:was|is) (?:it|that) me\b(?! or)|\bmy fault\b|\bdid i\b|\b(?:should|could) i have\b",
    re.IGNORECASE,
)
"""A question by which somebody asks whether they are to blame: nobody reads that out to them."""
COUNTED = {2: "two", 3: "three", 4: "four"}
"""How many ways they see, in a word."""
MOST_PROMPTS = 2
SHORT = 60
"""Minutes below which a first session brings up one thing of the intake, as at low energy."""
SESSION_AGREEMENT = 2
"""Minutes of the session agreement, which stands before anything else in its segment."""


def with_money(intake: FromIntake, topics: Mapping[str, Topic]) -> FromIntake:
    """The intake with what speaks of money, of all it says, named as such."""
    money = {MONEY: topics[MONEY]} if MONEY in topics else {}
    lines = (*intake.background, *intake.must_haves)
    speaks = (line for line in lines if _AMOUNT.search(line) or heard_topics(money, line))
    return replace(intake, money=tuple(speaks))


def agrees_by_itself(blueprint: SessionBlueprint) -> bool:
    """Whether a blueprint has a place of its own to agree how to work, which its lines speak of."""
    return any(AGREE in segment.activities for segment in blueprint.segments)


def with_contracting(
    blueprint: SessionBlueprint,
    activities: Mapping[str, Activity],
    *,
    agreed: bool,
    worksheets: Mapping[str, object],
) -> SessionBlueprint:
    """A first session's blueprint with a place to agree how to work, whatever journey it is of.

    `agreed`: the agreement is on file, so that two spoken minutes remain of it.
    """
    name = RECALL if agreed else AGREE
    if name not in activities:
        return blueprint
    segments = list(blueprint.segments)
    own_places = [place for place, segment in enumerate(segments) if AGREE in segment.activities]
    openings = (
        place for place, segment in enumerate(segments) if segment.component == "context_setting"
    )
    index = own_places[-1] if own_places else next(openings)
    opening = segments[index]
    others = [other for other in opening.activities if other not in (AGREE, RECALL)]
    place = 1 if others[:1] == [WELCOME] else 0
    segments[index] = replace(
        opening,
        activities=(*others[:place], name, *others[place:]),
        minutes=_roomy(opening.minutes, activities, [*others, name]),
    )
    hands_out = tuple(form for form in blueprint.hands_out if form != AGREEMENT_FORM)
    if not agreed and AGREEMENT_FORM in worksheets:
        hands_out = (*hands_out, AGREEMENT_FORM)
    return replace(blueprint, segments=tuple(segments), hands_out=hands_out)


def _roomy(bounds: Bounds, activities: Mapping[str, Activity], names: Sequence[str]) -> Bounds:
    """Bounds that wish for what a first session does; looking back is not among it. The least stays
    as it was, so that no session becomes too short for its blueprint."""
    wish = SESSION_AGREEMENT + sum(
        activities[name].minutes.ideal
        for name in names
        if name in activities and not activities[name].returning
    )
    return replace(bounds, ideal=min(bounds.max, max(bounds.ideal, wish)))


def intake_prompts(
    prompt: Prompt,
    intake: FromIntake,
    urgent: Sequence[UrgentDay],
    turn: int,
    *,
    minutes: int,
    energy: str,
    brings: bool,
) -> tuple[PlannedPrompt, ...]:
    """What of the intake is brought up aloud: a date that comes near, a question of the client's
    own, where they are stuck, several directions; two of them at most. Who `brings` something today
    has just agreed to talk about that: no question of theirs is read out, and no list."""
    sayable: list[PlannedPrompt] = []

    def bring_up(case: str, beside: str, words: str = "", **phrases: str) -> None:
        quoted = {"question": words} if words else {}
        planned = say_prompt(prompt, case, turn, quoted, ways=(phrases,), beside=(beside,))
        # What is too long to be named is left for the coach's eye.
        if planned.text:
            sayable.append(replace(planned, kind="intake"))

    def bring_up_day() -> None:
        for day_ahead in _sayable(intake, urgent)[:1]:
            day = dt.date.fromisoformat(day_ahead.day)
            bring_up("urgent", day_ahead.text, day=f"{day.day} {MONTHS[day.month - 1]}")

    tired = energy == "low"
    if not tired:
        bring_up_day()
    if len(intake.own_questions) > 1 and not brings:
        bring_up("questions", " · ".join(intake.own_questions))
    for question in () if intake.own_questions[1:] or brings else intake.own_questions:
        # Read out to somebody who comes low, before they have told anything, it may be a blow.
        telling = "" if tired else words_to_say(question)
        quoted = "" if tired or telling else _to_quote(question)
        bring_up("question", question, quoted, telling=telling)
    if intake.stuck_point and intake.stuck_point not in intake.money:
        # Of several sentences the first may be the half they don't mean.
        alone = len(sentences_said(intake.stuck_point)) == 1
        stuck = words_to_say(intake.stuck_point) if alone else ""
        bring_up("stuck", intake.stuck_point, telling=stuck)
    if len(paths := named_paths(intake.paths)) > 1 and not brings:
        bring_up("paths", " · ".join(intake.paths), **_each(paths))
    if tired:
        # What has to be done is for later: somebody who is worn out tells their story first.
        bring_up_day()
    most = 1 if minutes < SHORT or tired else MOST_PROMPTS
    return tuple(sayable[:most])


def _to_quote(question: str) -> str:
    """A question of theirs as they wrote it, where nobody minds hearing it read out: in English of
    their own, and neither against themselves nor about a death or harm."""
    blames = is_against_oneself(question) or _BLAMES_THEMSELVES.search(question)
    spared = blames or is_learners_english(question) or hurts(question)
    return "" if spared or is_tender(question) or foreign(question) else question


def _each(paths: Sequence[str]) -> Mapping[str, str]:
    """The paths as they are said to the client: `sign, move or close` where all say what to do,
    else how many there are. Nobody reads a list out."""
    names = [" ".join(map(to_client, on_one_line(path).rstrip(" ?.!").split())) for path in paths]
    plain = all(names) and not any(
        re.search(r"[.:;?!“”\"]", name) or foreign(name) for name in names
    )
    if plain and all(begins_with_verb(name.split()) for name in names):
        names = [name[0].lower() + name[1:] for name in names]
        return {"could": f"{', '.join(names[:-1])} or {names[-1]}"}
    return {"ways": COUNTED.get(len(names), "several")}


def _sayable(intake: FromIntake, urgent: Sequence[UrgentDay]) -> list[UrgentDay]:
    """Dates that may be brought up: not those that only a fear or a need for money names."""
    return [
        day_ahead
        for day_ahead in urgent
        if day_ahead.text not in (*intake.fears, *intake.must_haves, *intake.money)
    ]
