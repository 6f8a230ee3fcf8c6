"""The brief laid out: sections of labelled lines, the same for page and terminal.

What is long is cut here, so that the brief stays at two pages; JSON has it in full.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from trajplan.dates import short_date
from trajplan.pages.goal_lines import goal_line
from trajplan.pages.text import shortened
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
from trajplan.text import plural

MOST = 5
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
BACK = "A form that comes back is kept with `trajplan worksheets fill ID --from FILE`."


@dataclass(frozen=True, slots=True)
class Line:
    """A label and what it says."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page. `missing` are commands with what each would get."""

    heading: str
    lines: tuple[Line, ...]
    missing: tuple[Line, ...] = ()


def title(brief: Brief) -> str:
    """Whose brief it is, and before which session."""
    if brief.session is None:
        return f"Brief · {brief.client_name} · after the last session"
    return f"Brief · {brief.client_name} · before session {brief.session} of {brief.of}"


def about(brief: Brief) -> str:
    """The day, and on the first brief its budget."""
    day = short_date(brief.date)
    return f"{day} · first brief: {brief.budget} minutes in all" if brief.budget else day


def sections(brief: Brief) -> tuple[Section, ...]:
    """The parts in their order, then what other worksheets say, then hints."""
    said: dict[str, Callable[[], list[Line]]] = {
        BACKGROUND.id: lambda: _background(brief.background),
        GOALS.id: lambda: _goals(brief.goals),
        SESSION.id: lambda: _outline(brief.outline, brief.no_outline),
    }
    found = [Section(state_of(one), tuple(said[one.id]()), missing(one)) for one in brief.parts]
    if brief.session is None:
        found.append(Section(SESSION.title, (Line("Next", brief.no_outline),)))
    rest = [
        Line(one.title, shortened("; ".join(one.lines), LONG))
        for one in brief.worksheets[:MOST_WORKSHEETS]
    ]
    if len(brief.worksheets) > MOST_WORKSHEETS:
        more = [one.title for one in brief.worksheets[MOST_WORKSHEETS:]]
        rest.append(Line("Filled in as well", several(more)))
    if rest:
        found.append(Section("Also on worksheets", tuple(rest)))
    if brief.hints:
        hints = tuple(Line("Hint", shortened(one, LONG)) for one in brief.hints[:MOST_HINTS])
        found.append(Section("Worth a second look", hints))
    return tuple(found)


def state_of(one: BriefPart) -> str:
    """`Background analysis: thin, 2 of 6 (50 min)`."""
    count = "" if one.state == "complete" else f", {one.held} of {one.of}"
    minutes = f" ({one.minutes} min)" if one.minutes is not None else ""
    return f"{one.title}: {one.state}{count}{minutes}"


def missing(one: BriefPart) -> tuple[Line, ...]:
    """What is still to be got, by the command that gets it."""
    by_command: dict[str, list[str]] = {}
    for need in one.needs:
        if not need.held:
            by_command.setdefault(need.get, []).append(need.title)
    return tuple(Line(", ".join(titles), words) for words, titles in by_command.items())


def document_state(one: BriefDocument) -> str:
    """`there since Tue 12 Jan 2027`."""
    return f"{one.state}, {short_date(one.since)}" if one.since else one.state


def _background(found: BriefBackground) -> list[Line]:
    lines = [Line(_title(one), _role(one)) for one in found.career[:MOST_ROLES]]
    if len(found.career) > MOST_ROLES:
        lines.append(Line("More roles", str(len(found.career) - MOST_ROLES)))
    if found.career:
        recurring = [f"{one.theme} ({one.count}×)" for one in found.themes]
        lines.append(Line("Themes that recur", several(recurring) or "none so far"))
    moves = [f"{one.theme} ({one.count}×)" for one in found.moves]
    lines += _line("How moves came about", moves)
    lines += [
        Line("Career Architecture", shortened(one, LONG)) for one in found.architecture[:MOST]
    ]
    lines += _line("Got done", [one.what for one in found.accomplishments])
    lines += _line("Wears down", found.pain_points)
    lines += _line("Others have said", found.evidence)
    lines += _line("Beliefs to test", found.assumptions)
    lines += _line(
        "On the table",
        [
            f"{one.what}{f' ({one.date})' if one.date else ''}"
            f"{f', {one.place}' if one.place else ''}{f': {one.says}' if one.says else ''}"
            for one in found.attached
        ],
    )
    return lines


def _title(one: CareerEntry) -> str:
    return shortened(", ".join(filter(None, (one.role, one.organisation))), SHORT)


def _role(one: CareerEntry) -> str:
    parts = [
        one.when,
        several(one.themes),
        f"went well: {several(one.successes)}" if one.successes else "",
        f"hard: {several(one.challenges)}" if one.challenges else "",
        f"moved on: {shortened(one.moved_on, SHORT)}" if one.moved_on else "",
    ]
    return shortened(" · ".join(filter(None, parts)), LONG)


def _goals(found: BriefGoals) -> list[Line]:
    lines = [Line("Destination", shortened(found.destination, LONG) or "not yet in words")]
    lines += _said("Stuck point", found.stuck_point)
    lines += _said("What drives them", found.drive)
    lines += [Line(f"Goal {one.id}", shortened(goal_line(one), LONG)) for one in found.kept]
    lines += _line("Priorities", found.priorities)
    lines += _line("Would keep", found.likes)
    lines += _line("Would hand over", found.dislikes)
    lines += _line("Their questions", found.own_questions)
    lines += _line("Must have", found.must_haves)
    lines += _line("Must not have", [_excluded(one) for one in found.must_not_haves if one.line])
    lines += _line(
        "Feared, no line yet", [one.fear for one in found.must_not_haves if not one.line]
    )
    return lines


def _said(label: str, found: Sequence[Quotation]) -> list[Line]:
    """The newest words, and beside them what was said before."""
    return [
        Line(
            label if at == 0 else f"{label} before",
            f"{shortened(one.text, LONG)} ({one.source}, {short_date(one.date)})",
        )
        for at, one in enumerate(found)
    ]


def _excluded(one: Exclusion) -> str:
    firm = f" ({one.firm})" if one.firm else ""
    return f"{one.line}{firm}"


def _outline(found: Outline | None, why_not: str) -> list[Line]:
    if found is None:
        return [Line("No outline", why_not)]
    start = f", {found.start}" if found.start else ", no time agreed"
    segments = [
        f"{one.title} {one.minutes}"
        + (f" ({plural(one.questions, 'question')})" if one.questions else "")
        for one in found.segments
    ]
    return [
        Line(
            f"Session {found.session}",
            f"{short_date(found.date)}{start}, {found.minutes} minutes; {OUTLINES[found.state]}",
        ),
        Line("Step", found.step),
        Line("Blueprint", f"{found.blueprint_title}, because {found.reason}"),
        Line("Minutes", " · ".join(segments)),
        *([Line("Opens with", shortened(found.opening, LONG))] if found.opening else []),
    ]


def _line(label: str, texts: Iterable[str]) -> list[Line]:
    text = several(list(texts))
    return [Line(label, text)] if text else []


def several(texts: Sequence[str]) -> str:
    """As many entries as go on two or three lines, and how many more there are."""
    shown: list[str] = []
    for one in texts[:MOST]:
        if shown and sum(map(len, shown)) + len(one) > LONG:
            break
        shown.append(shortened(one, SHORT))
    more = [f"and {len(texts) - len(shown)} more"] if len(texts) > len(shown) else []
    return " · ".join([*shown, *more])
