"""The brief: what a coach reads before a session, on two pages (R24-R39).

What is long is cut here; JSON has it in full.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from trajplan.dates import short_date
from trajplan.pages.document import Document
from trajplan.pages.page import (
    Block,
    Bullets,
    Heading,
    Item,
    Line,
    Page,
    bold,
    code,
    italic,
    labelled,
    sentence,
)
from trajplan.pages.words import goal_line
from trajplan.planning.brief import (
    Brief,
    BriefBackground,
    BriefDocument,
    BriefGoals,
    BriefPart,
    CareerEntry,
    Exclusion,
    Outline,
    Quotation,
)
from trajplan.planning.readiness import BACKGROUND, GOALS, SESSION
from trajplan.text import plural, shortened

MOST_ENTRIES = 5
"""Entries of one list."""
MOST_ROLES = 6
MOST_WORKSHEETS = 5
MOST_HINTS = 6
LONG = 220
SHORT = 90
OUTLINES = {
    "prepared": "the plan is up to date",
    "outdated": "as it would be planned now; the plan that is kept is older than the records",
    "not prepared": "as it would be planned now; not prepared yet",
}
BACK = "A form that comes back is saved with `trajplan worksheets fill ID --from FILE`."
Row = tuple[str, str]
"""A label and what it says."""


def brief_page(brief: Brief) -> Document:
    """What `prep brief` prints."""
    return Document(page=lambda: _page(brief), data=lambda: brief)


def _page(brief: Brief) -> Page:
    """The three parts with what is missing, then what else there is to read."""
    when = "after the last session"
    if brief.session is not None:
        when = f"before session {brief.session} of {brief.of}"
    budget = f" · first brief: {brief.budget} minutes in all" if brief.budget else ""
    return Page.of(
        f"Brief · {brief.client_name} · {when}",
        Line((bold(f"{short_date(brief.date)}{budget}"),)),
        *_parts(brief),
        *_worksheets(brief),
        *_hints(brief),
        Heading("Documents"),
        Bullets(tuple(_document(document) for document in brief.documents)),
        Line(sentence(BACK)),
    )


def _parts(brief: Brief) -> Iterator[Block]:
    rows = {
        BACKGROUND.id: _background(brief.background),
        GOALS.id: _goals(brief.goals),
        SESSION.id: _outline(brief.outline, brief.no_outline),
    }
    for part in brief.parts:
        yield Heading(_state(part))
        yield labelled(*rows[part.id])
        if missing := tuple(_missing(part)):
            yield Bullets(missing)
    if brief.session is None:
        yield Heading(SESSION.title)
        yield labelled(("Next", brief.no_outline))


def _state(part: BriefPart) -> str:
    """`Background analysis: thin, 2 of 6 (50 min)`."""
    count = "" if part.state == "complete" else f", {part.held} of {part.of}"
    minutes = f" ({part.minutes} min)" if part.minutes is not None else ""
    return f"{part.title}: {part.state}{count}{minutes}"


def _missing(part: BriefPart) -> Iterator[Item]:
    """What is still to be got, by the command that gets it."""
    by_command: dict[str, list[str]] = {}
    for need in part.needs:
        if not need.held:
            by_command.setdefault(need.get, []).append(need.title)
    for command, titles in by_command.items():
        yield Item((italic("Missing:"), f" {', '.join(titles)}"), below=((code(command),),))


def _worksheets(brief: Brief) -> Iterator[Block]:
    """What other worksheets say."""
    notes, more = brief.worksheets[:MOST_WORKSHEETS], brief.worksheets[MOST_WORKSHEETS:]
    if notes:
        yield Heading("Also on worksheets")
        yield labelled(
            *((note.title, shortened("; ".join(note.lines), LONG)) for note in notes),
            ("Filled in as well", _several([note.title for note in more])),
        )


def _hints(brief: Brief) -> Iterator[Block]:
    if brief.hints:
        yield Heading("Worth a second look")
        yield labelled(*(("Hint", shortened(hint, LONG)) for hint in brief.hints[:MOST_HINTS]))


def _document(document: BriefDocument) -> Item:
    """A document with its state, and the command that gets it."""
    since = f", {short_date(document.since)}" if document.since else ""
    note = f" · {document.note}" if document.note else ""
    command = ((code(document.get),),) if document.get else ()
    return Item((bold(f"{document.title}:"), f" {document.state}{since}{note}"), below=command)


def _background(background: BriefBackground) -> Iterator[Row]:
    career = background.career
    for entry in career[:MOST_ROLES]:
        yield _title(entry), _role(entry)
    if len(career) > MOST_ROLES:
        yield "More roles", str(len(career) - MOST_ROLES)
    recurring = [f"{theme.theme} ({theme.count}×)" for theme in background.themes]
    yield "Themes that come up again", (_several(recurring) or "none so far") if career else ""
    moves = [f"{move.theme} ({move.count}×)" for move in background.moves]
    yield "How the moves came about", _several(moves)
    for line in background.architecture[:MOST_ENTRIES]:
        yield "Career Architecture", shortened(line, LONG)
    yield "Got done", _several([done.what for done in background.accomplishments])
    yield "Wears down", _several(background.pain_points)
    yield "Others have said", _several(background.evidence)
    yield "Beliefs to test", _several(background.assumptions)
    papers = [
        f"{paper.what}{f' ({paper.date})' if paper.date else ''}"
        f"{f', {paper.place}' if paper.place else ''}{f': {paper.says}' if paper.says else ''}"
        for paper in background.attached
    ]
    yield "On the table", _several(papers)


def _title(entry: CareerEntry) -> str:
    return shortened(", ".join(filter(None, (entry.role, entry.organisation))), SHORT)


def _role(entry: CareerEntry) -> str:
    parts = [
        entry.when,
        _several(entry.themes),
        f"went well: {_several(entry.successes)}" if entry.successes else "",
        f"hard: {_several(entry.challenges)}" if entry.challenges else "",
        f"moved on: {shortened(entry.moved_on, SHORT)}" if entry.moved_on else "",
    ]
    return shortened(" · ".join(filter(None, parts)), LONG)


def _goals(goals: BriefGoals) -> Iterator[Row]:
    yield "Destination", shortened(goals.destination, LONG) or "not yet in words"
    yield from _quotations("Stuck point", goals.stuck_point)
    yield from _quotations("What drives them", goals.drive)
    for goal in goals.kept:
        yield f"Goal {goal.number}", shortened(goal_line(goal), LONG)
    yield "Priorities", _several(goals.priorities)
    yield "Would keep", _several(goals.likes)
    yield "Would give up", _several(goals.dislikes)
    yield "Their questions", _several(goals.own_questions)
    yield "Must have", _several(goals.must_haves)
    drawn = [exclusion for exclusion in goals.must_not_haves if exclusion.line]
    yield "Must not have", _several([_line_drawn(exclusion) for exclusion in drawn])
    fears = [exclusion.fear for exclusion in goals.must_not_haves if not exclusion.line]
    yield "Feared, no line yet", _several(fears)


def _quotations(label: str, quotations: Sequence[Quotation]) -> Iterator[Row]:
    """The newest words, and beside them what was said before."""
    for index, quotation in enumerate(quotations):
        source = f"({quotation.source}, {short_date(quotation.date)})"
        yield (
            f"{label} before" if index else label,
            f"{shortened(quotation.text, LONG)} {source}",
        )


def _line_drawn(exclusion: Exclusion) -> str:
    firm = f" ({exclusion.firm})" if exclusion.firm else ""
    return f"{exclusion.line}{firm}"


def _outline(outline: Outline | None, why_not: str) -> Iterator[Row]:
    if outline is None:
        yield "No outline", why_not
        return
    start = outline.start or "no time agreed"
    segments = (
        f"{segment.title} {segment.minutes}"
        + (f" ({plural(segment.questions, 'question')})" if segment.questions else "")
        for segment in outline.segments
    )
    own = f" ({outline.own_clock})" if outline.own_clock else ""
    when = f"{short_date(outline.date)}, {start}{own}, {outline.minutes} minutes"
    yield f"Session {outline.session}", f"{when}; {OUTLINES[outline.state]}"
    yield "Step", outline.step
    yield "Blueprint", f"{outline.blueprint_title}, because {outline.reason}"
    yield "Minutes", " · ".join(segments)
    yield "Opens with", shortened(outline.opening, LONG)


def _several(texts: Iterable[str]) -> str:
    """As many entries as go on two or three lines, and how many more there are."""
    entries = list(texts)
    shown: list[str] = []
    for text in entries[:MOST_ENTRIES]:
        if shown and sum(map(len, shown)) + len(text) > LONG:
            break
        shown.append(shortened(text, SHORT))
    more = len(entries) - len(shown)
    return " · ".join([*shown, *([f"and {more} more"] if more else [])])
