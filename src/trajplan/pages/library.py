"""The library: lists of what is in it, one piece in full, and which questions are retired."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from msgspec import to_builtins

from trajplan.actions.library import (
    LibraryEntry,
    LibraryPiece,
    LibraryQuestion,
    Retirement,
    RetirementChange,
)
from trajplan.content.model import (
    Activity,
    BeliefCues,
    CueLists,
    Journey,
    Prompt,
    QuestionBank,
    SessionBlueprint,
    Topic,
)
from trajplan.content.shape import keys_of
from trajplan.pages.document import ITSELF, Document
from trajplan.pages.page import (
    LEVEL_MARKS,
    Block,
    Bullets,
    Heading,
    Item,
    Line,
    Page,
    Text,
    bold,
    code,
    labelled,
    sentence,
)

if TYPE_CHECKING:
    from trajplan.content.library import LibraryContent

Row = tuple[str, Text]


def entry_list(title: str, entries: Sequence[LibraryEntry]) -> Document:
    """Blueprints or banks by kind, each with where it comes from."""
    return Document(
        page=lambda: Page(title, tuple(_entries(entries)) or (Line("Nothing found."),)),
        data=lambda: entries,
        rows=ITSELF,
    )


def _entries(entries: Sequence[LibraryEntry]) -> Iterator[Block]:
    for kind, own in groupby(entries, key=lambda entry: entry.kind):
        yield Heading(kind.replace("-", " ").capitalize())
        yield Bullets(tuple(map(_entry, own)))


def _entry(entry: LibraryEntry) -> Item:
    text = (bold(entry.title), " · ", code(entry.id), f" · {entry.origin}")
    return Item(text, below=(entry.about,) if entry.about else ())


def question_list(title: str, questions: Sequence[LibraryQuestion]) -> Document:
    """Questions with level, breadth, minutes and target."""
    bullets = Bullets(tuple(map(_question_item, questions)))
    return Document(
        page=lambda: Page.of(title, bullets if questions else Line("No question found.")),
        data=lambda: [
            {**to_builtins(entry.question), "bank": entry.bank, "layer": entry.layer}
            for entry in questions
        ],
        rows=ITSELF,
    )


def _question_item(entry: LibraryQuestion) -> Item:
    question = entry.question
    about = (
        f" · {question.level} · breadth {question.breadth} · {question.minutes} min · "
        f"{', '.join(question.targets)} · {entry.bank} ({entry.layer})"
    )
    return Item(
        question.text, mark=LEVEL_MARKS[question.level], below=((code(question.id), about),)
    )


def question_page(entry: LibraryQuestion, retired: Sequence[Retirement]) -> Document:
    """One question with all that is known of it, and for whom it is retired."""
    return Document(
        page=lambda: Page.of(entry.question.text, labelled(*_question(entry, retired))),
        data=lambda: {
            **to_builtins(entry.question),
            "bank": entry.bank,
            "layer": entry.layer,
            "retired": tuple(retired),
        },
    )


def _question(entry: LibraryQuestion, retired: Sequence[Retirement]) -> tuple[Row, ...]:
    question = entry.question
    anchors = question.anchors
    return (
        ("Id", question.id),
        ("Bank", f"{entry.bank} ({entry.layer})"),
        ("Level", f"{LEVEL_MARKS[question.level]} {question.level}"),
        ("Breadth", f"{question.breadth} (5 widest, 1 most specific)"),
        ("Minutes", str(question.minutes)),
        ("Stage", question.stage),
        ("Components", ", ".join(question.components) or "any"),
        ("Phases", ", ".join(question.phases) or "any"),
        ("Targets", ", ".join(question.targets)),
        ("Tags", ", ".join(question.tags)),
        ("Intents", ", ".join(question.intents)),
        ("Topics", ", ".join(question.topics)),
        ("Leans on", question.leans_on or ""),
        ("Effort", question.effort),
        ("Scale", f"1 {anchors[1]}, 10 {anchors[10]}" if anchors else ""),
        ("Returns", "yes" if question.repeatable else ""),
        ("Retired", _retired_for(retired)),
    )


def retirement_page(change: RetirementChange) -> Document:
    """What was changed of a question's retirement, whose it is, and from which session on."""
    return Document(
        page=lambda: _retirement(change),
        data=lambda: {
            "question": change.question,
            "client": change.client.slug if change.client else None,
            "session": change.next,
            "changed": change.changed,
            "retired": change.standing,
        },
    )


def _retirement(change: RetirementChange) -> Page:
    whose = change.client.name if change.client else "Every client"
    when = f"from session {change.next} on" if change.next else "from the next plan on"
    return Page.of(
        f"{whose} · {when} · question {change.question}",
        labelled(
            ("Question", change.text),
            ("Now", sentence(_state(change))),
            ("Retired", _retired_for(change.standing) or "for nobody"),
        ),
    )


def _state(change: RetirementChange) -> str:
    if change.again:
        # Taking one back may leave another standing.
        for_every_client = any(retirement.client is None for retirement in change.standing)
        if change.client is not None and for_every_client:
            return "still retired for every client"
        return "plans may hold it again"
    if not change.changed:
        return "it was retired before; nothing has changed"
    return "plans leave it out; `trajplan prep session --with ID` asks it all the same"


def _retired_for(retired: Sequence[Retirement]) -> str:
    """For whom, and since when."""
    return "; ".join(
        f"for {retirement.client_name or 'every client'} since {retirement.since}"
        for retirement in retired
    )


def piece_page(piece: LibraryPiece) -> Document:
    """One blueprint, journey, activity, prompt, topic or bank."""
    content, entry = piece
    return Document(
        page=lambda: Page.of(
            f"{entry.title} · {entry.kind} {entry.id}",
            labelled(
                ("About", entry.about),
                ("From", f"{entry.origin}: {entry.path}"),
                *_particulars(content),
            ),
        ),
        data=lambda: {**to_builtins(content), "layer": entry.layer, "path": entry.path},
    )


def _particulars(piece: LibraryContent) -> tuple[Row, ...]:
    if isinstance(piece, SessionBlueprint):
        return _blueprint(piece)
    if isinstance(piece, Journey):
        return _journey(piece)
    if isinstance(piece, QuestionBank):
        return (
            ("Questions", str(len(piece.questions))),
            ("Sequences", ", ".join(sequence.id for sequence in piece.sequences)),
        )
    if isinstance(piece, Activity):
        return _activity(piece)
    if isinstance(piece, Prompt):
        return tuple(
            (case.replace("_", " "), wording)
            for case, text in piece.texts.items()
            for wording in (text, *piece.again.get(case, ()))
        )
    if isinstance(piece, Topic):
        return _topic(piece)
    if isinstance(piece, BeliefCues):
        return tuple(
            (word, ", ".join(getattr(piece.cues, key.name)))
            for word, key in keys_of(CueLists).items()
        )
    # Few pages of the library are of these kinds.
    from trajplan.content.recommendation_model import Recommendation

    if isinstance(piece, Recommendation):
        return tuple((rule.id, f"{rule.method}. {rule.because}") for rule in piece.rules)
    from trajplan.pages.worksheets import particulars

    return particulars(piece)


def _topic(topic: Topic) -> tuple[Row, ...]:
    return (
        ("Calls for", topic.proposes.replace("-", " ")),
        *((f"Cues ({language})", ", ".join(cues)) for language, cues in topic.cues.items()),
        *((f"Not ({language})", ", ".join(cues)) for language, cues in topic.without.items()),
    )


def _activity(activity: Activity) -> tuple[Row, ...]:
    own_view = "yes, so it waits until the client has explored" if activity.coach_input else ""
    return (
        ("Minutes", f"{activity.minutes.min} to {activity.minutes.ideal}"),
        *(("Coach", wording) for wording in (activity.coach, *activity.again)),
        ("Client", activity.client),
        ("Your own view", own_view),
    )


def _blueprint(blueprint: SessionBlueprint) -> tuple[Row, ...]:
    triggers = (trigger.replace("_", " ") for trigger in blueprint.called_for)
    return (
        ("Method", blueprint.method),
        ("Phases", ", ".join(blueprint.phases) or "any"),
        ("Decision", "yes" if blueprint.decision else ""),
        ("Situations", ", ".join(blueprint.scenarios)),
        ("Called for by", ", ".join(triggers)),
        ("Hands out", ", ".join(blueprint.hands_out)),
        ("Minutes", str(blueprint.minutes)),
        *(
            (f"Objective {number}", objective)
            for number, objective in enumerate(blueprint.objectives, 1)
        ),
        *(
            (
                segment.id,
                f"{segment.title} ({segment.minutes.min}–{segment.minutes.max} min, "
                f"ideally {segment.minutes.ideal}; {segment.component}, {segment.stance})",
            )
            for segment in blueprint.segments
        ),
    )


def _journey(journey: Journey) -> tuple[Row, ...]:
    return (
        ("Rhythm", f"every {journey.every_days} days, {journey.minutes} minutes"),
        *((f"{phase.id} ({phase.sessions})", phase.purpose) for phase in journey.phases),
        *(
            (f"Session {number}", session.step)
            for number, session in sorted(journey.sessions.items())
        ),
    )
