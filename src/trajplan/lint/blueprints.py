"""Whatever is no bank: the solution trap, and the words a client reads.

Sources: R53 (options before exploring), R6 (no solutions in Foundation), R69 (an offer is preceded
by asking), R23 (promises).
"""

from __future__ import annotations

from collections.abc import Iterator

from trajplan.content.document import KeyPath, SourceDocument
from trajplan.content.model import Activity, BeliefCues, Journey, Prompt, SessionBlueprint, Topic
from trajplan.content.recommendation_model import Recommendation
from trajplan.content.worksheet_model import Worksheet
from trajplan.lint.banks import SOLVING
from trajplan.lint.hints import FindingInFile, HintInFile, hints_in_file, make_finding
from trajplan.lint.judge import FOR_ANYBODY, Rule, judge
from trajplan.lint.phrases import any_of
from trajplan.lint.rules import blame, jargon, presumes, promise
from trajplan.text import pattern
from trajplan.vocabulary import METHODS

Spoken = SessionBlueprint | Journey | Activity | Prompt | Worksheet | Recommendation
Blueprint = Spoken | BeliefCues | Topic
READ_BY_CLIENTS: tuple[Rule, ...] = (
    promise,
    blame,
    jargon,
    presumes,
)
SHARE_TO_EXPLORE = 5
"""At least one part in this many of a session is for exploring before options are laid out."""
_FIELD = pattern(r"[“\"']?\{\w+\}[”\"']?")
_OFFERS = any_of("steering", "told-to-offer")
_ASKS = any_of("steering", "told-to-ask")


def lint_blueprint(document: SourceDocument, content: Blueprint) -> tuple[HintInFile, ...]:
    """All hints about one file, in the order of their lines."""
    if isinstance(content, BeliefCues | Topic):
        # Single words and phrases: nothing that anybody says or reads.
        return ()
    hints = hints_in_file(document, content.id, (), _findings(content), content.silence)
    return tuple(sorted(hints, key=lambda hint: hint.line))


def _findings(content: Spoken) -> Iterator[FindingInFile]:
    if isinstance(content, Prompt):
        for case, text in content.texts.items():
            yield from _judged(("texts", case), _FIELD.sub("that", text), FOR_ANYBODY)
        for case, texts in content.again.items():
            for index, text in enumerate(texts):
                yield from _judged(("again", case, index), _FIELD.sub("that", text), FOR_ANYBODY)
    elif isinstance(content, Activity):
        yield from _judged(("client",), content.client, READ_BY_CLIENTS)
        yield from _offered(("coach",), content.coach)
        for index, text in enumerate(content.again):
            yield from _offered(("again", index), text)
        if (
            content.coach_input
            and not _ASKS.search(content.coach)
            and not _OFFERS.search(content.coach)
        ):
            words = "the coach adds something here, and the line does not say to ask first"
            yield FindingInFile(("coach",), make_finding("offer-without-permission", "", words))
    elif isinstance(content, Journey):
        yield from _journey(content)
    elif isinstance(content, Recommendation):
        yield from _recommendation(content)
    elif isinstance(content, Worksheet):
        yield from _worksheet(content)
    elif isinstance(content, SessionBlueprint):
        yield from _texts(content)
        yield from _solution_trap(content)


def _worksheet(sheet: Worksheet) -> Iterator[FindingInFile]:
    """A form asks without a coach beside it, so what it asks is held to what a question is."""
    yield from _judged(("purpose",), sheet.purpose, READ_BY_CLIENTS)
    yield from _offered(("coach",), sheet.coach)
    for index, field in enumerate(sheet.fields):
        for name, text in (("label", field.label), ("help", field.help)):
            yield from _asked(("fields", index, name), text)
        for number, column in enumerate(field.columns):
            for name, text in (("label", column.label), ("help", column.help)):
                yield from _asked(("fields", index, "columns", number, name), text)


def _asked(path: KeyPath, text: str) -> Iterator[FindingInFile]:
    """A label or a hint: a question where it is one, otherwise words that a client reads."""
    asks = text.rstrip().endswith("?")
    yield from _judged(path, text, FOR_ANYBODY if asks else READ_BY_CLIENTS)


def _journey(journey: Journey) -> Iterator[FindingInFile]:
    for index, phase in enumerate(journey.phases):
        yield from _judged(("phases", index, "purpose"), phase.purpose, READ_BY_CLIENTS)
        for number, text in enumerate(phase.milestone):
            yield from _judged(("phases", index, "milestone", number), text, READ_BY_CLIENTS)
    for session, step in journey.sessions.items():
        yield from _judged(("sessions", str(session), "step"), step.step, READ_BY_CLIENTS)


def _recommendation(table: Recommendation) -> Iterator[FindingInFile]:
    """Its texts are for the coach, but a promise or a reproach in them would be passed on."""
    for method in METHODS:
        about = getattr(table.methods, method)
        for key in ("suits", "limits"):
            yield from _judged(("methods", method, key), getattr(about, key), READ_BY_CLIENTS)
    for index, rule in enumerate(table.rules):
        yield from _judged(("rules", index, "because"), rule.because, READ_BY_CLIENTS)


def _texts(blueprint: SessionBlueprint) -> Iterator[FindingInFile]:
    for index, text in enumerate(blueprint.objectives):
        yield from _judged(("objectives", index), text, READ_BY_CLIENTS)
    for index, segment in enumerate(blueprint.segments):
        path: KeyPath = ("segments", index)
        yield from _judged((*path, "client"), segment.client, READ_BY_CLIENTS)
        yield from _offered((*path, "coach"), segment.coach)


def _judged(path: KeyPath, text: str, rules: tuple[Rule, ...]) -> Iterator[FindingInFile]:
    for finding in judge(text, rules).findings:
        yield FindingInFile(path, finding)


def _offered(path: KeyPath, text: str) -> Iterator[FindingInFile]:
    """A line that tells the coach to offer something, and not to ask first."""
    offers = _OFFERS.search(text)
    if offers and not _ASKS.search(text):
        yield FindingInFile(path, make_finding("offer-without-permission", offers[0]))


def _solution_trap(blueprint: SessionBlueprint) -> Iterator[FindingInFile]:
    """Options where the situation has had too little time, or where they have no place yet.

    Decisions are held to their half hour by `check`; this looks at every other session too.
    """
    explored = 0
    for index, segment in enumerate(blueprint.segments):
        path: KeyPath = ("segments", index)
        slot = segment.questions
        if segment.stance in ("open", "explore") and slot is not None:
            early = sorted(SOLVING & set(slot.stages))
            if early:
                words = f"a segment of stance {segment.stance} asks for {early[0]}; explore first"
                yield FindingInFile((*path, "questions"), make_finding("solution-trap", "", words))
        if segment.stance == "options":
            yield from _options_too_early(blueprint, explored, (*path, "stance"))
            return
        if segment.stance == "explore":
            explored += segment.minutes.ideal


def _options_too_early(
    blueprint: SessionBlueprint, explored: int, path: KeyPath
) -> Iterator[FindingInFile]:
    if explored * SHARE_TO_EXPLORE < blueprint.minutes:
        words = (
            f"options come after {explored} of {blueprint.minutes} minutes of exploring; "
            "explore first"
        )
        yield FindingInFile(path, make_finding("solution-trap", "", words))
    elif "foundation" in blueprint.phases and blueprint.method == "integrative":
        words = "options in the foundation phase; there the situation comes first"
        yield FindingInFile(path, make_finding("solution-trap", "", words))
