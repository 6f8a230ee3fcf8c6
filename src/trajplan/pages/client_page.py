"""One client on one page, for the coach: where we are going, where we are, what waits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import to_builtins

from trajplan.actions.clients import ClientPage
from trajplan.actions.sessions import SessionView
from trajplan.dates import short_date
from trajplan.pages.assumptions import assumption_data
from trajplan.pages.commitments import commitment_data
from trajplan.pages.document import Document, client_data, record_data, records_data
from trajplan.pages.indicators import indicator_pair
from trajplan.pages.page import Page, Pair, Text, code, labelled, sentence
from trajplan.pages.tci_log import trend
from trajplan.pages.words import (
    commitment_line,
    first_words,
    goal_line,
    method_change_line,
    referral_line,
)
from trajplan.records.model import Ending, Engagement
from trajplan.text import plural
from trajplan.worksheets.fillings import WorksheetNote

Row = tuple[str, Text] | Pair


def client_page(overview: ClientPage) -> Document:
    """The page as a document."""
    return Document(page=lambda: _page(overview), data=lambda: _data(overview))


def _page(overview: ClientPage) -> Page:
    ordinal = f" · engagement {overview.engagement.ordinal}" if overview.others else ""
    return Page.of(
        f"{overview.client.name} ({overview.client.slug}){ordinal}",
        labelled(*_direction(overview), *_place(overview), *_open(overview)),
        *([trend(overview.readings)] if overview.readings else []),
        *first_words(overview.echo),
    )


def _direction(overview: ClientPage) -> Iterator[Row]:
    """Where we are going, and how."""
    engagement, intake = overview.engagement, overview.engagement.intake
    for referral in overview.referrals:
        yield ("Earlier referral" if referral.ended else "Referral", referral_line(referral))
    yield ("Destination", engagement.destination or "not yet in words")
    yield ("Stuck point", intake.stuck_point)
    yield ("Drive", intake.drive)
    yield ("Priorities", " · ".join(intake.priorities))
    yield ("Must have", " · ".join(intake.must_haves))
    yield ("Fears", " · ".join(intake.fears))
    yield ("Situation", intake.scenario)
    yield ("Change", intake.change or "")
    yield ("Method", engagement.method)
    for session, change in overview.method_changes:
        yield ("Method changed", f"session {session}, {method_change_line(change)}")
    yield ("Held to it by", engagement.accountability)
    yield ("Ratings", "" if overview.client.ratings else "none, as the client wants")
    for goal in overview.goals:
        yield (f"Goal {goal.id}", goal_line(goal))
    for indicator in overview.indicators:
        yield indicator_pair(indicator)


def _place(overview: ClientPage) -> Iterator[Row]:
    """Where we are."""
    yield ("Journey", _journey(overview))
    yield ("Next", _next(overview))
    yield ("Last time", _last(overview.last) if overview.last else "")
    if overview.ending:
        yield from _ending(overview, overview.ending)


def _open(overview: ClientPage) -> Iterator[Row]:
    """What waits, and what there is besides."""
    for commitment in overview.open_commitments:
        yield ("Open commitment", commitment_line(commitment))
    for view in overview.assumptions:
        yield ("Open assumption", view.assumption.text)
    for worksheet in overview.worksheets:
        yield ("Worksheet", _worksheet(worksheet))
    for engagement, held in overview.others:
        yield (f"Engagement {engagement.ordinal}", _other(overview, engagement, held))


def _journey(overview: ClientPage) -> str:
    phases = [
        f"[{phase} {size}]" if phase == overview.phase and overview.next else f"{phase} {size}"
        for phase, size in overview.phases
    ]
    held = f"{overview.held} of {plural(overview.engagement.sessions, 'session')} held"
    return f"{held} · {' → '.join(phases)}"


def _next(overview: ClientPage) -> Text:
    session = overview.next
    if overview.engagement.closed:
        return ""
    if session is None:
        return sentence("every session is held; `trajplan close` ends the journey")
    day = short_date(session.date)
    if session.state != "planned":
        was = f"{session.state}, was on {day}"
        return f"session {session.number} has no new day yet ({was}): {overview.step}"
    days = (session.date - overview.today).days
    when = {0: "today", 1: "tomorrow"}.get(days, f"in {days} days" if days > 0 else "overdue")
    return f"session {session.number}, {day} ({when}): {overview.step}"


def _last(last: SessionView) -> str:
    text = f"session {last.row.session.number}, {short_date(last.row.session.date)}"
    if last.wrap is None:
        return f"{text}, not wrapped"
    return f"{text}: {last.wrap.focus}" if last.wrap.focus else text


def _ending(overview: ClientPage, ending: Ending) -> Iterator[Row]:
    """How a closed engagement ended."""
    yield ("Closed", short_date(ending.closed))
    if ending.forced:
        yield ("Closed all the same", f"{ending.forced} ({'; '.join(ending.missing)})")
    for outcome in ending.outcomes:
        yield ("Outcome", outcome)
    for trigger in ending.triggers:
        yield ("Asks for help when", trigger)
    if ending.follow_up:
        due = " (due)" if overview.follow_up and overview.follow_up.date <= overview.today else ""
        state = due if overview.follow_up else " (answered)"
        yield ("Follow-up", f"{short_date(ending.follow_up)}{state}")


def _worksheet(note: WorksheetNote) -> str:
    lines = f": {' · '.join(note.lines)}" if note.lines else ""
    return f"{note.title}, {short_date(note.date)}{lines}"


def _other(overview: ClientPage, engagement: Engagement, held: int) -> Text:
    many = plural(engagement.sessions, "session")
    whose = code(f"--client {overview.client.slug}/{engagement.ordinal}")
    return (f"from {short_date(engagement.start)}, {held} of {many} held; ", whose, " shows it")


def _data(overview: ClientPage) -> dict[str, Any]:
    """The documented keys of `show --format json`."""
    return {
        **client_data(overview.client),
        "initials": overview.client.initials,
        "engagement": record_data(overview.engagement),
        "held": overview.held,
        "phase": overview.phase,
        "step": overview.step,
        "next_session": overview.next.number if overview.next else None,
        "next_date": to_builtins(overview.next.date) if overview.next else None,
        "open_commitments": [
            commitment_data(commitment, overview.paths) for commitment in overview.open_commitments
        ],
        "open_assumptions": [assumption_data(view) for view in overview.assumptions],
        "goals": to_builtins(overview.goals),
        "indicators": to_builtins(overview.indicators),
        "readings": to_builtins(overview.readings),
        "worksheets": to_builtins(overview.worksheets),
        "method_changes": [
            {**record_data(change), "session_number": session}
            for session, change in overview.method_changes
        ],
        "referrals": records_data(overview.referrals),
        "echo": to_builtins(overview.echo),
        "ending": record_data(overview.ending) if overview.ending else None,
        "other_engagements": [engagement.ordinal for engagement, _ in overview.others],
    }
