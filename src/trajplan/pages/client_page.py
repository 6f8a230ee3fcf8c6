"""One client on one page, for the coach: where we are going, where we are, what waits."""

from __future__ import annotations

from trajplan.actions.overview import ClientPage
from trajplan.actions.sessions import SessionView
from trajplan.codec import to_plain
from trajplan.dates import short_date
from trajplan.pages.bars import gauge_label, gauge_text, planned_gauge
from trajplan.pages.document import Document
from trajplan.pages.echo import TITLE as ECHO
from trajplan.pages.echo import echo_table
from trajplan.pages.goal_lines import goal_line
from trajplan.pages.listing import Card, card, section
from trajplan.pages.numbered import plain, plain_commitments
from trajplan.pages.referrals import referral_line
from trajplan.pages.sessions import change_line
from trajplan.pages.tci_log import trends
from trajplan.pages.words import STATUSES
from trajplan.records.model import Commitment, Engagement
from trajplan.records.records import MethodChange
from trajplan.text import plural
from trajplan.worksheets.fillings import WorksheetNote


def client_page(found: ClientPage) -> Document:
    """The page as a document."""
    engagement, intake = found.engagement, found.engagement.intake
    return card(
        Card(
            title=f"{found.client.name} ({found.client.slug})"
            + (f" · engagement {engagement.ordinal}" if found.others else ""),
            pairs=(
                *(
                    ("Referral" if one.ended is None else "Earlier referral", referral_line(one))
                    for one in found.referrals
                ),
                ("Destination", engagement.destination or "not yet in words"),
                ("Stuck point", intake.stuck_point),
                ("Drive", intake.drive),
                ("Priorities", " · ".join(intake.priorities)),
                ("Must have", " · ".join(intake.must_haves)),
                ("Fears", " · ".join(intake.fears)),
                ("Situation", intake.scenario),
                ("Change", intake.change or ""),
                ("Method", engagement.method),
                *(("Method changed", _changed(change)) for change in found.method_changes),
                ("Held to it by", engagement.accountability),
                *((f"Goal {goal.id}", goal_line(goal)) for goal in found.goals),
                *(
                    (f"Indicator {drawn.number}", f"{gauge_label(drawn)}: {gauge_text(drawn)}")
                    for drawn in map(planned_gauge, found.indicators)
                ),
                ("Journey", _journey(found)),
                ("Next", _next(found)),
                ("Last time", _last(found.last)),
                *_ending(found),
                *(("Open commitment", _commitment(promise)) for promise in found.open_commitments),
                *(("Open assumption", belief.text) for belief in found.assumptions),
                *(
                    (name, f"{line}  {change}")
                    for name, line, change in trends(found.readings)
                    if found.readings
                ),
                *(("Worksheet", _worksheet(one)) for one in found.worksheets),
                *(
                    (f"Engagement {other.ordinal}", _other(found, other, held))
                    for other, held in found.others
                ),
            ),
            below=section(ECHO, *echo_table(found.echo)),
            data={
                "client": found.client.slug,
                "client_name": found.client.name,
                "initials": found.client.initials,
                "engagement": to_plain(engagement),
                "held": found.held,
                "phase": found.phase,
                "step": found.step,
                "next_session": found.next.number if found.next else None,
                "next_date": found.next.date.isoformat() if found.next else None,
                "open_commitments": plain_commitments(found.open_commitments, found.paths),
                "open_assumptions": [plain(one) for one in found.assumptions],
                "goals": to_plain(found.goals),
                "indicators": to_plain(found.indicators),
                "readings": to_plain(found.readings),
                "worksheets": to_plain(found.worksheets),
                "method_changes": to_plain(found.method_changes),
                "referrals": to_plain(found.referrals),
                "echo": to_plain(found.echo),
                "ending": to_plain(found.ending),
                "other_engagements": [other.ordinal for other, _ in found.others],
            },
        )
    )


def _changed(one: MethodChange) -> str:
    return f"session {one.session_number}, {change_line(one)}"


def _journey(found: ClientPage) -> str:
    parts = [
        f"[{name} {size}]" if name == found.phase and found.next else f"{name} {size}"
        for name, size in found.phases
    ]
    held = f"{found.held} of {plural(found.engagement.sessions, 'session')} held"
    return f"{held} · {' → '.join(parts)}"


def _next(found: ClientPage) -> str:
    if found.engagement.closed:
        return ""
    if found.next is None:
        return "every session is held; `trajplan close` ends the journey"
    if found.next.state != "planned":
        was = f"{found.next.state}, was on {short_date(found.next.date)}"
        return f"session {found.next.number} has no new day yet ({was}): {found.step}"
    days = (found.next.date - found.today).days
    when = {0: "today", 1: "tomorrow"}.get(days, f"in {days} days" if days > 0 else "overdue")
    return f"session {found.next.number}, {short_date(found.next.date)} ({when}): {found.step}"


def _ending(found: ClientPage) -> tuple[tuple[str, str], ...]:
    """How a closed engagement ended; nothing while it is open."""
    one = found.ending
    if one is None:
        return ()
    due = " (due)" if found.follow_up and found.follow_up.date <= found.today else ""
    answered = "" if found.follow_up else " (answered)"
    return (
        ("Closed", short_date(one.closed)),
        ("Closed all the same", f"{one.forced} ({'; '.join(one.missing)})" if one.forced else ""),
        *(("Outcome", text) for text in one.outcomes),
        *(("Asks for help when", text) for text in one.triggers),
        ("Follow-up", f"{short_date(one.follow_up)}{due or answered}" if one.follow_up else ""),
    )


def _last(last: SessionView | None) -> str:
    if last is None:
        return ""
    text = f"session {last.row.session.number}, {short_date(last.row.session.date)}"
    if last.wrap is None:
        return f"{text}, not wrapped"
    return f"{text}: {last.wrap.focus}" if last.wrap.focus else text


def _other(found: ClientPage, one: Engagement, held: int) -> str:
    whose = f"{found.client.slug}/{one.ordinal}"
    many = plural(one.sessions, "session")
    return f"from {short_date(one.start)}, {held} of {many} held; --client {whose} shows it"


def _worksheet(one: WorksheetNote) -> str:
    lines = f": {' · '.join(one.lines)}" if one.lines else ""
    return f"{one.title}, {short_date(one.date)}{lines}"


def _commitment(one: Commitment) -> str:
    waited = f", waited {one.misses}×" if one.misses else ""
    return f"{one.what}, by {short_date(one.due)} ({STATUSES[one.status]}{waited})"
