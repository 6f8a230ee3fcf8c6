"""Whatever is no bank: the solution trap, and the words a client reads.

Sources: R53 (options before exploring), R6 (no solutions in Foundation), R69 (an offer is preceded
by asking), R23 (promises).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from trajplan.content.document import Document, KeyPath
from trajplan.content.model import Activity, Journey, Prompt, SessionBlueprint
from trajplan.content.recommendation_model import Recommendation
from trajplan.content.worksheet_model import Worksheet
from trajplan.lint.hint import Hint, Located, hints_of
from trajplan.lint.hints import presumptions, steering, tone
from trajplan.lint.hints.finding import finding
from trajplan.lint.judge import FOR_ANYBODY, Rule, judge
from trajplan.lint.phrases import any_of
from trajplan.lint.sequences import SOLVING

Blueprint = SessionBlueprint | Journey | Activity | Prompt | Worksheet | Recommendation
READ_BY_CLIENTS: tuple[Rule, ...] = (
    steering.promise,
    tone.blame,
    tone.jargon,
    presumptions.presumes,
)
SHARE_TO_EXPLORE = 5
"""At least one part in this many of a session is for exploring before options are laid out."""
_FIELD = re.compile(r"[“\"']?\{\w+\}[”\"']?")
_OFFERS = any_of("steering", "told-to-offer")
_ASKS = any_of("steering", "told-to-ask")


def lint_blueprint(document: Document, one: Blueprint) -> tuple[Hint, ...]:
    """All hints about one file, in the order of their lines."""
    found = hints_of(document, one.id, (), _findings(one), one.silence)
    return tuple(sorted(found, key=lambda hint: hint.line))


def _findings(one: Blueprint) -> Iterator[Located]:
    if isinstance(one, Prompt):
        for case, text in one.texts.items():
            yield from _judged(("texts", case), _FIELD.sub("that", text), FOR_ANYBODY)
        for case, texts in one.again.items():
            for at, text in enumerate(texts):
                yield from _judged(("again", case, at), _FIELD.sub("that", text), FOR_ANYBODY)
    elif isinstance(one, Activity):
        yield from _judged(("client",), one.client, READ_BY_CLIENTS)
        yield from _offered(("coach",), one.coach)
        for at, text in enumerate(one.again):
            yield from _offered(("again", at), text)
        if one.coach_input and not _ASKS.search(one.coach) and not _OFFERS.search(one.coach):
            words = "the coach adds something here, and the line does not say to ask first"
            yield Located(("coach",), finding("offer-without-permission", "", words))
    elif isinstance(one, Journey):
        yield from _journey(one)
    elif isinstance(one, Recommendation):
        yield from _recommendation(one)
    elif isinstance(one, Worksheet):
        yield from _worksheet(one)
    else:
        yield from _texts(one)
        yield from _solution_trap(one)


def _worksheet(sheet: Worksheet) -> Iterator[Located]:
    """A form asks without a coach beside it, so what it asks is held to what a question is."""
    yield from _judged(("purpose",), sheet.purpose, READ_BY_CLIENTS)
    yield from _offered(("coach",), sheet.coach)
    for at, one in enumerate(sheet.fields):
        for name, text in (("label", one.label), ("help", one.help)):
            yield from _asked(("fields", at, name), text)
        for number, column in enumerate(one.columns):
            for name, text in (("label", column.label), ("help", column.help)):
                yield from _asked(("fields", at, "columns", number, name), text)


def _asked(path: KeyPath, text: str) -> Iterator[Located]:
    """A label or a hint: a question where it is one, otherwise words that a client reads."""
    asks = text.rstrip().endswith("?")
    yield from _judged(path, text, FOR_ANYBODY if asks else READ_BY_CLIENTS)


def _journey(journey: Journey) -> Iterator[Located]:
    for at, phase in enumerate(journey.phases):
        yield from _judged(("phases", at, "purpose"), phase.purpose, READ_BY_CLIENTS)
        for number, text in enumerate(phase.milestone):
            yield from _judged(("phases", at, "milestone", number), text, READ_BY_CLIENTS)
    for session, step in journey.sessions.items():
        yield from _judged(("sessions", str(session), "step"), step.step, READ_BY_CLIENTS)


def _recommendation(table: Recommendation) -> Iterator[Located]:
    """Its texts are for the coach, but a promise or a reproach in them would be passed on."""
    for method in ("directive", "exploratory", "integrative"):
        about = getattr(table.methods, method)
        for key in ("suits", "limits"):
            yield from _judged(("methods", method, key), getattr(about, key), READ_BY_CLIENTS)
    for at, rule in enumerate(table.rules):
        yield from _judged(("rules", at, "because"), rule.because, READ_BY_CLIENTS)


def _texts(blueprint: SessionBlueprint) -> Iterator[Located]:
    for at, text in enumerate(blueprint.objectives):
        yield from _judged(("objectives", at), text, READ_BY_CLIENTS)
    for at, segment in enumerate(blueprint.segments):
        path: KeyPath = ("segments", at)
        yield from _judged((*path, "client"), segment.client, READ_BY_CLIENTS)
        yield from _offered((*path, "coach"), segment.coach)


def _judged(path: KeyPath, text: str, rules: tuple[Rule, ...]) -> Iterator[Located]:
    for found in judge(text, rules).findings:
        yield Located(path, found)


def _offered(path: KeyPath, text: str) -> Iterator[Located]:
    """A line that tells the coach to offer something, and not to ask first."""
    offers = _OFFERS.search(text)
    if offers and not _ASKS.search(text):
        yield Located(path, finding("offer-without-permission", offers[0]))


def _solution_trap(blueprint: SessionBlueprint) -> Iterator[Located]:
    """Options where the situation has had too little time, or where they have no place yet.

    Decisions are held to their half hour by `check`; this looks at every other session too.
    """
    explored = 0
    for at, segment in enumerate(blueprint.segments):
        path: KeyPath = ("segments", at)
        slot = segment.questions
        if segment.stance in ("open", "explore") and slot is not None:
            early = sorted(SOLVING & set(slot.stages))
            if early:
                words = f"a segment of stance {segment.stance} asks for {early[0]}; explore first"
                yield Located((*path, "questions"), finding("solution-trap", "", words))
        if segment.stance == "options":
            yield from _options_too_early(blueprint, explored, (*path, "stance"))
            return
        if segment.stance == "explore":
            explored += segment.minutes.ideal


def _options_too_early(
    blueprint: SessionBlueprint, explored: int, path: KeyPath
) -> Iterator[Located]:
    if explored * SHARE_TO_EXPLORE < blueprint.minutes:
        words = (
            f"options come after {explored} of {blueprint.minutes} minutes of exploring; "
            "explore first"
        )
        yield Located(path, finding("solution-trap", "", words))
    elif "foundation" in blueprint.phases and blueprint.method == "integrative":
        words = "options in the foundation phase; there the situation comes first"
        yield Located(path, finding("solution-trap", "", words))
