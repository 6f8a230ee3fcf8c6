"""Lists and pages of the library: blueprints, journeys, banks and questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import to_builtins

from trajplan.actions.browse import LibraryEntry, LibraryPiece, LibraryQuestion
from trajplan.actions.retire import Retirement
from trajplan.content.model import (
    Activity,
    Journey,
    Prompt,
    QuestionBank,
    SessionBlueprint,
)
from trajplan.pages.document import Document
from trajplan.pages.listing import Card, Listing, card, listing
from trajplan.pages.page import LEVEL_MARKS
from trajplan.pages.retired import retired_words

if TYPE_CHECKING:
    from trajplan.content.recommendation_model import Recommendation


def entry_list(title: str, entries: Sequence[LibraryEntry]) -> Document:
    """Blueprints or banks, each with where it comes from."""
    return listing(
        Listing(
            title=title,
            columns=("kind", "id", "title", "about", "from"),
            narrow=("kind", "id", "title", "from"),
            rows=tuple(
                (one.kind, one.id, one.title, one.about, _origin(one.layer, one.shadows))
                for one in entries
            ),
            data=[to_builtins(one) for one in entries],
            empty="Nothing found.",
        )
    )


def _origin(layer: str, shadows: bool) -> str:
    return f"{layer}, in place of another" if shadows else layer


def question_list(title: str, found: Sequence[LibraryQuestion]) -> Document:
    """Questions with level, breadth, minutes and target."""
    return listing(
        Listing(
            title=title,
            columns=("id", "question", "level", "breadth", "min", "target", "from"),
            narrow=("id", "question", "level"),
            rows=tuple(
                (
                    one.question.id,
                    one.question.text,
                    f"{LEVEL_MARKS[one.question.level]} {one.question.level}",
                    str(one.question.breadth),
                    str(one.question.minutes),
                    ", ".join(one.question.targets),
                    f"{one.bank} ({one.layer})",
                )
                for one in found
            ),
            data=[
                {**to_builtins(one.question), "bank": one.bank, "layer": one.layer} for one in found
            ],
            empty="No question found.",
        )
    )


def question_page(found: LibraryQuestion, retired: Sequence[Retirement] = ()) -> Document:
    """One question with all that is known of it, and for whom it is retired."""
    one = found.question
    return card(
        Card(
            title=one.text,
            pairs=(
                ("Id", one.id),
                ("Bank", f"{found.bank} ({found.layer})"),
                ("Level", f"{LEVEL_MARKS[one.level]} {one.level}"),
                ("Breadth", f"{one.breadth} (5 widest, 1 most specific)"),
                ("Minutes", str(one.minutes)),
                ("Stage", one.stage),
                ("Components", ", ".join(one.components) or "any"),
                ("Phases", ", ".join(one.phases) or "any"),
                ("Targets", ", ".join(one.targets)),
                ("Tags", ", ".join(one.tags)),
                ("Effort", one.effort),
                ("Scale", f"1 {one.anchors[1]}, 10 {one.anchors[10]}" if one.anchors else ""),
                ("Returns", "yes" if one.repeatable else ""),
                ("Retired", retired_words(retired)),
            ),
            data={
                **to_builtins(one),
                "bank": found.bank,
                "layer": found.layer,
                "retired": to_builtins(tuple(retired)),
            },
        )
    )


def thing_page(found: LibraryPiece, entry: LibraryEntry) -> Document:
    """One blueprint, journey, activity, prompt or bank."""
    return card(
        Card(
            title=f"{entry.title} · {entry.kind} {entry.id}",
            pairs=(
                ("About", entry.about),
                ("From", f"{_origin(entry.layer, entry.shadows)}: {entry.path}"),
                *_particulars(found),
            ),
            data={**to_builtins(found), "layer": entry.layer, "path": entry.path},
        )
    )


def _particulars(found: LibraryPiece) -> tuple[tuple[str, str], ...]:
    if isinstance(found, SessionBlueprint):
        return _blueprint(found)
    if isinstance(found, Journey):
        return _journey(found)
    if isinstance(found, QuestionBank):
        return (
            ("Questions", str(len(found.questions))),
            ("Sequences", ", ".join(one.id for one in found.sequences)),
        )
    if isinstance(found, Activity):
        return (
            ("Minutes", f"{found.minutes.min} to {found.minutes.ideal}"),
            *(("Coach", wording) for wording in (found.coach, *found.again)),
            ("Client", found.client),
            (
                "Your own view",
                "yes, so it waits until the client has explored" if found.coach_input else "",
            ),
        )
    if isinstance(found, Prompt):
        return tuple(
            (case.replace("_", " "), wording)
            for case, text in found.texts.items()
            for wording in (text, *found.again.get(case, ()))
        )
    # Few pages of the library are of these kinds.
    from trajplan.content.recommendation_model import Recommendation

    if isinstance(found, Recommendation):
        return _recommendation(found)
    from trajplan.pages.worksheets import particulars

    return particulars(found)


def _recommendation(found: Recommendation) -> tuple[tuple[str, str], ...]:
    return tuple((one.id, f"{one.method}. {one.because}") for one in found.rules)


def _blueprint(found: SessionBlueprint) -> tuple[tuple[str, str], ...]:
    return (
        ("Method", found.method),
        ("Phases", ", ".join(found.phases) or "any"),
        ("Decision", "yes" if found.decision else ""),
        ("Situations", ", ".join(found.scenarios)),
        ("Called for by", ", ".join(one.replace("_", " ") for one in found.called_for)),
        ("Hands out", ", ".join(found.hands_out)),
        ("Minutes", str(found.minutes)),
        *((f"Objective {at}", text) for at, text in enumerate(found.objectives, 1)),
        *(
            (
                segment.id,
                f"{segment.title} ({segment.minutes.min}–{segment.minutes.max} min, "
                f"ideally {segment.minutes.ideal}; {segment.component}, {segment.stance})",
            )
            for segment in found.segments
        ),
    )


def _journey(found: Journey) -> tuple[tuple[str, str], ...]:
    steps: Mapping[int, str] = {number: one.step for number, one in found.sessions.items()}
    return (
        ("Rhythm", f"every {found.every_days} days, {found.minutes} minutes"),
        *((f"{one.id} ({one.sessions})", one.purpose) for one in found.phases),
        *((f"Session {number}", steps[number]) for number in sorted(steps)),
    )
