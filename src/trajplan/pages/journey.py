"""The journey: its arc with dates, where we are, milestones, stages, and what holds it up."""

from __future__ import annotations

from typing import Any

from trajplan.actions.journey import JourneyStop, JourneyView
from trajplan.codec import to_plain
from trajplan.dates import short_date
from trajplan.pages.document import Document, render
from trajplan.planning.arc import Milestone
from trajplan.planning.evidence import StageEvidence
from trajplan.planning.stalls import Stall
from trajplan.records.records import Engagement
from trajplan.text import plural

MARKS = {
    "held": "●",
    "next": "◉",
    "planned": "○",
    "missed": "◌",
    "cancelled": "⊘",
    "skipped": "–",
}
"""States told apart without colour; `next` is the one the journey stands at."""
STAGE_MARKS = {True: "◆", False: "◇"}
EXITS = {
    "not_looked_at": "not looked at yet",
    "open": "still open",
    "met": "met",
    "overridden": "going on all the same",
}
MOST_EVIDENCE = 3


def journey_page(found: JourneyView) -> Document:
    """The journey as a document."""

    def terminal() -> Any:
        from trajplan.pages.journey_terminal import view

        return view(found)

    return Document(
        markdown=lambda: render(
            "journey.md.j2",
            found=found,
            facts=facts(found),
            mark=lambda place: mark(found, place),
            state=state,
            stage_marks=STAGE_MARKS,
            evidence=evidence,
            held_up=held_up(found.stall),
            exit_line=exit_line,
        ),
        terminal=terminal,
        data=lambda: _data(found),
    )


def facts(found: JourneyView) -> list[tuple[str, str]]:
    """The lines at the head."""
    one = found.engagement
    rhythm = f"every {plural(one.every_days, 'day')}, {one.minutes} minutes"
    if one.start_time:
        rhythm += f", {one.start_time}"
    if one.time_zone:
        rhythm += f" in {one.time_zone}"
    pairs = [
        ("Destination", one.destination or "not yet in words"),
        ("Journey", f"{one.journey}{_end(found)}"),
        ("Rhythm", rhythm),
        ("Where we are", _where(found)),
    ]
    if found.pause:
        rest = found.pause
        until = f" until {short_date(rest.until)}" if rest.until else ""
        reason = f": {rest.reason}" if rest.reason else ""
        pairs.append(("Pause", f"since {short_date(rest.since)}{until}{reason}"))
    if one.closed:
        pairs.append(("Closed", short_date(one.closed)))
    return pairs


def _end(found: JourneyView) -> str:
    """How long the journey is, and when it ends."""
    last = found.phases[-1].places[-1].session
    many = plural(found.engagement.sessions, "session")
    return f", {many}, the last on {short_date(last.date)}"


def _where(found: JourneyView) -> str:
    every = [place for phase in found.phases for place in phase.places]
    held = sum(place.session.state == "held" for place in every)
    so_far = f"{held} of {plural(len(every), 'session')} held"
    if found.next is None:
        return f"{so_far}; none is ahead"
    for phase in found.phases:
        numbers = [place.session.number for place in phase.places]
        if found.next.number in numbers:
            at = numbers.index(found.next.number) + 1
            day = _day_of_next(found)
            return (
                f"{so_far}; session {found.next.number}, {at} of {len(numbers)} in the "
                f"{phase.id} phase, {day}"
            )
    return so_far


def _day_of_next(found: JourneyView) -> str:
    one = found.next
    if one is None or one.state != "planned":
        return "has no day yet"
    days = (one.date - found.today).days
    when = {0: "today", 1: "tomorrow"}.get(
        days, f"in {days} days" if days > 0 else f"{plural(-days, 'day')} ago"
    )
    return f"{short_date(one.date)} ({when})"


def mark(found: JourneyView, place: JourneyStop) -> str:
    """The sign of a session on the arc."""
    one = place.session
    if found.next and one.id == found.next.id and one.state == "planned":
        return MARKS["next"]
    return MARKS[one.state]


def state(place: JourneyStop) -> str:
    """A session's state in words: by whom it was cancelled, how often it was moved."""
    one, since = place.session, place.since
    text: str = one.state
    if one.state == "cancelled" and since and since.cancelled_by:
        hours = since.notice_hours
        notice = "" if hours is None else f", {plural(hours, 'hour')} ahead"
        text += f" by the {since.cancelled_by}{notice}"
    if one.state in ("missed", "cancelled"):
        text += ", no new day yet"
    if place.moves:
        text += f", moved {'once' if place.moves == 1 else f'{place.moves} times'}"
    if one.start_time:
        text += f", {one.start_time}"
    return text


def exit_line(one: Milestone) -> str:
    """A milestone's state with its day and reason."""
    when = f", {short_date(one.date)}" if one.date else ""
    reason = f": {one.reason}" if one.reason else ""
    return f"{EXITS[one.state]}{when}{reason}"


def evidence(one: StageEvidence) -> list[str]:
    """What shows a stage, the first lines of it; or what would."""
    if not one.evidence:
        return [f"nothing kept shows it yet; {_or(one.would_show)} would"] if one.would_show else []
    shown = list(one.evidence[:MOST_EVIDENCE])
    more = len(one.evidence) - len(shown)
    return [*shown, f"and {more} more"] if more else shown


def _or(names: tuple[str, ...]) -> str:
    if len(names) == 1:
        return names[0]
    return f"{', '.join(names[:-1])} or {names[-1]}"


def held_up(stall: Stall) -> list[str]:
    """What holds the journey up, a line each; when nothing is said, why."""
    if stall.silent:
        return [f"Nothing is said at present: {stall.silent}."]
    if not stall.seen:
        return ["Nothing in the records."]
    return [*(one.text for one in stall.seen), f"Likely cause: {stall.likely_cause}"]


def _data(found: JourneyView) -> dict[str, Any]:
    one = found.engagement
    return {
        "client": found.client.slug,
        "client_name": found.client.name,
        "engagement": one.ordinal,
        "journey": one.journey,
        "destination": one.destination,
        "sessions": one.sessions,
        "every_days": one.every_days,
        "minutes": one.minutes,
        "start_time": one.start_time,
        "time_zone": one.time_zone,
        "today": found.today.isoformat(),
        "next_session": found.next.number if found.next else None,
        "pause": {"since": to_plain(found.pause.since), "until": to_plain(found.pause.until)}
        if found.pause
        else None,
        "closed": to_plain(one.closed),
        "phases": [
            {
                "id": phase.id,
                "purpose": phase.purpose,
                "stages": list(phase.stages),
                "milestone": {
                    "state": phase.milestone.state,
                    "date": phase.milestone.date or None,
                    "reason": phase.milestone.reason,
                    "criteria": [
                        {"text": text, "met": met} for text, met in phase.milestone.criteria
                    ],
                },
                "sessions": [_place(place, one) for place in phase.places],
            }
            for phase in found.phases
        ],
        "meetings": [
            {
                "id": name.split()[-1],
                "kind": session.kind,
                "date": session.date.isoformat(),
                "start_time": session.start_time,
                "state": session.state,
            }
            for name, session in found.meetings
        ],
        "stages": [
            {
                "id": seen.stage.id,
                "about": seen.stage.about,
                "phases": list(seen.phases),
                "evidence": list(seen.evidence),
                "would_show": list(seen.would_show),
            }
            for seen in found.stages
        ],
        "stall": {
            "signs": [{"sign": seen.sign, "text": seen.text} for seen in found.stall.seen],
            "likely_cause": found.stall.likely_cause,
            "silent": found.stall.silent,
        },
    }


def _place(place: JourneyStop, engagement: Engagement) -> dict[str, Any]:
    one = place.session
    since = place.since
    return {
        "session": one.number,
        "date": one.date.isoformat(),
        "start_time": one.start_time or engagement.start_time,
        "starts_at_utc": place.starts_at_utc.strftime("%Y-%m-%dT%H:%M:%SZ")
        if place.starts_at_utc
        else None,
        "state": one.state,
        "cancelled_by": since.cancelled_by if since else None,
        "notice_hours": since.notice_hours if since else None,
        "moves": place.moves,
        "step": place.step,
    }
