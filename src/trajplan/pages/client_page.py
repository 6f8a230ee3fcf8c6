"""One client on one page, for the coach: where we are going, where we are, what waits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from trajplan.actions.clients import ClientPage
from trajplan.content.labels import ENGLISH
from trajplan.dates import due_words, short_date
from trajplan.measures.tci import readings_of
from trajplan.pages.assumptions import assumption_data
from trajplan.pages.commitments import commitment_data
from trajplan.pages.document import Document, client_data, record_data, records_data
from trajplan.pages.indicators import indicator_pair
from trajplan.pages.page import Page, Pair, Text, code, labelled, quiet, sentence
from trajplan.pages.tci_log import trend
from trajplan.pages.words import (
    commitment_line,
    first_words_table,
    goal_line,
    method_change_line,
    parked_words,
    pinned_words,
    referral_line,
)
from trajplan.planning.ending import follow_up_of
from trajplan.planning.facts import open_indicators, planned_goals
from trajplan.planning.first_words import then_and_since
from trajplan.planning.last_time import parked_for, pinned_notes
from trajplan.records.dossier import Dossier
from trajplan.records.model.journeys import Client, Ending, Engagement
from trajplan.records.model.sessions import Session, WrapRecord
from trajplan.text import plural
from trajplan.worksheets.fillings import worksheet_notes

Row = tuple[str, Text] | Pair
INTAKE_ROWS = {
    "Stuck point": "stuck_point",
    "Drive": "drive",
    "Priorities": "priorities",
    "Must have": "must_haves",
    "Fears": "fears",
    "Situation": "scenario",
    "Change": "change",
}
"""What the page shows of the intake, and its keys."""


def client_page(overview: ClientPage) -> Document:
    """A client on one page, for the coach alone."""
    return Document(page=lambda: _page(overview), data=lambda: _data(overview))


def _page(overview: ClientPage) -> Page:
    dossier = overview.dossier
    ordinal = f" · engagement {dossier.engagement.ordinal}" if overview.others else ""
    read = readings_of(dossier)
    return Page.of(
        f"{dossier.client.name} ({dossier.client.slug}){ordinal}",
        labelled(*_direction(dossier), *_place(overview), *_open(overview)),
        *([trend(read)] if read else []),
        *first_words_table(then_and_since(dossier), ENGLISH),
    )


def _direction(dossier: Dossier) -> Iterator[Row]:
    """Where we are going, and how."""
    engagement, intake = dossier.engagement, dossier.engagement.intake
    for referral in dossier.referrals:
        yield ("Earlier referral" if referral.ended else "Referral", referral_line(referral))
    for note in pinned_notes(dossier):
        yield ("Pinned", pinned_words(note))
    destination = engagement.destination or "not yet in words"
    yield Pair("Destination", destination, _earlier(dossier, "destination"))
    for label, key in INTAKE_ROWS.items():
        yield Pair(label, _words(getattr(intake, key)), _earlier(dossier, key))
    yield ("Method", engagement.method)
    for change in dossier.method_changes:
        session = dossier.number_of(change.session_id)
        yield ("Method changed", f"session {session}, {method_change_line(change)}")
    yield ("Held to it by", engagement.accountability)
    yield ("Ratings", "" if dossier.client.ratings else "none, as the client wants")
    for goal in planned_goals(dossier):
        yield (f"Goal {goal.number}", goal_line(goal))
    for indicator in open_indicators(dossier):
        yield indicator_pair(indicator)


def _earlier(dossier: Dossier, key: str) -> tuple[Text, ...]:
    """What a key of the intake held before, each with the day it was said."""
    return tuple(
        (quiet(f"{short_date(earlier.date)}: "), _words(earlier.words) or "nothing")
        for earlier in dossier.intake_words(key)[:-1]
    )


def _words(value: str | Sequence[str] | None) -> str:
    return value if isinstance(value, str) else " · ".join(value or ())


def _place(overview: ClientPage) -> Iterator[Row]:
    """Where we are."""
    dossier = overview.dossier
    last = dossier.last_held()
    yield ("Journey", _journey(overview))
    yield ("Next", _next(overview))
    yield ("Last time", _last(last, dossier.wrap_of(last.id)) if last else "")
    if dossier.ending:
        yield from _ending(overview, dossier.ending)


def _open(overview: ClientPage) -> Iterator[Row]:
    """What waits, and what there is besides."""
    dossier = overview.dossier
    for commitment in dossier.open_commitments():
        yield ("Open commitment", commitment_line(commitment))
    for topic in parked_for(dossier, overview.next):
        yield ("Parked", parked_words(topic, overview.today, taken="in the next session"))
    for assumption in dossier.open_assumptions():
        yield ("Open assumption", assumption.text)
    for worksheet in worksheet_notes(dossier, "any"):
        filled = f"{worksheet.title}, {short_date(worksheet.date)}"
        yield Pair("Worksheet", filled, tuple(worksheet.lines))
    for engagement, held in overview.others:
        yield (f"Engagement {engagement.ordinal}", _other(dossier.client, engagement, held))


def _journey(overview: ClientPage) -> str:
    phases = [
        f"[{phase} {size}]" if phase == overview.phase and overview.next else f"{phase} {size}"
        for phase, size in overview.phases
    ]
    engagement = overview.dossier.engagement
    held = overview.dossier.held
    so_far = f"{held} of {plural(engagement.sessions, 'session')} held"
    return f"{so_far} · {' → '.join(phases)}"


def _next(overview: ClientPage) -> Text:
    session = overview.next
    if overview.dossier.engagement.closed:
        return ""
    if session is None:
        return sentence("every session is held; `trajplan close` ends the journey")
    day = short_date(session.date)
    if session.state != "planned":
        was = f"{session.state}, was on {day}"
        return f"session {session.number} has no new day yet ({was}): {overview.step}"
    own_day = overview.dossier.own_day(session)
    when = due_words(own_day, overview.today) if own_day >= overview.today else "overdue"
    return f"session {session.number}, {day} ({when}): {overview.step}"


def _last(last: Session, wrap: WrapRecord | None) -> str:
    text = f"session {last.number}, {short_date(last.date)}"
    if wrap is None:
        return f"{text}, not wrapped"
    return f"{text}: {wrap.focus}" if wrap.focus else text


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
        waiting = follow_up_of(overview.dossier)
        due = " (due)" if waiting and waiting.date <= overview.today else ""
        state = due if waiting else " (answered)"
        yield ("Follow-up", f"{short_date(ending.follow_up)}{state}")


def _other(client: Client, engagement: Engagement, held: int) -> Text:
    many = plural(engagement.sessions, "session")
    whose = code(f"--client {client.slug}/{engagement.ordinal}")
    return (f"from {short_date(engagement.start)}, {held} of {many} held; ", whose, " shows it")


def _data(overview: ClientPage) -> dict[str, Any]:
    """The documented keys of `show --format json`."""
    dossier, following = overview.dossier, overview.next
    return {
        **client_data(dossier.client),
        "initials": dossier.client.initials,
        "engagement": record_data(dossier.engagement),
        "destinations": dossier.intake_words("destination"),
        "held": dossier.held,
        "phase": overview.phase,
        "step": overview.step,
        "next_session": following.number if following else None,
        "next_date": following.date if following else None,
        "open_commitments": [
            commitment_data(dossier, commitment) for commitment in dossier.open_commitments()
        ],
        "open_assumptions": [
            assumption_data(dossier, assumption, overview.cues)
            for assumption in dossier.open_assumptions()
        ],
        "parked": parked_for(dossier, overview.next),
        "pinned": pinned_notes(dossier),
        "goals": planned_goals(dossier),
        "indicators": open_indicators(dossier),
        "readings": readings_of(dossier),
        "worksheets": worksheet_notes(dossier, "any"),
        "method_changes": [
            {**record_data(change), "session_number": dossier.number_of(change.session_id)}
            for change in dossier.method_changes
        ],
        "referrals": records_data(dossier.referrals),
        "echo": then_and_since(dossier),
        "ending": record_data(dossier.ending) if dossier.ending else None,
        "other_engagements": [engagement.ordinal for engagement, _ in overview.others],
    }
