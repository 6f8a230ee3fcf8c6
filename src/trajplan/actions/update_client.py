"""`clients update`: who a client is, when and how long they meet, and what the intake says (R136).

A field that can be changed is one line of `FIELDS`: the record that holds it and what makes its
value of what was typed. What the intake said before stays in the records, with the day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal

from msgspec import Struct, to_builtins
from msgspec.structs import replace

from trajplan.actions.calendar import clock_notes
from trajplan.actions.client_records import ClientRecords
from trajplan.actions.context import Context
from trajplan.actions.intake import check_slug, read_intake_form
from trajplan.actions.new_client import (
    initials_of,
    own_zone_hint,
    situation_hint,
    slug_holder,
    words_of_danger,
)
from trajplan.actions.safety import pin_safety_words, session_for_words
from trajplan.content.labels import language_known
from trajplan.dates import parse_clock
from trajplan.errors import CannotDo, InvalidContent, UsageFault
from trajplan.records.command_forms import FormFile
from trajplan.records.forms import Intake
from trajplan.records.model.journeys import Client, IntakeChange
from trajplan.records.model.sessions import Session
from trajplan.text import can_be_seen, one_line, visible
from trajplan.zones import check_zone

LONGEST_SESSION = 480


class FieldChange(Struct, frozen=True, kw_only=True):
    """One field as it was and as it is; both in words."""

    field: str
    before: str
    after: str


class ClientUpdate(Struct, frozen=True, kw_only=True):
    """What `clients update` changed; empty where everything was so already."""

    client: Client
    changes: tuple[FieldChange, ...]
    hints: tuple[str, ...] = ()


class ClientField(Struct, frozen=True):
    """A field of the client, the engagement or its intake, and what reads it."""

    record: Literal["client", "engagement", "intake"]
    read: Callable[[Any], Any]


def _name(typed: str) -> str:
    name = one_line(typed)
    if not can_be_seen(name):
        raise UsageFault("a client needs a name")
    return name


def _slug(typed: str) -> str:
    check_slug(typed)
    return typed


def _zone(typed: str) -> str:
    if typed:
        check_zone(typed)
    return typed


def _minutes(typed: str) -> int:
    if not typed.isascii() or not typed.isdigit() or not 1 <= int(typed) <= LONGEST_SESSION:
        raise UsageFault(f"a session has 1 to {LONGEST_SESSION} minutes, not {typed}")
    return int(typed)


def _texts(typed: Iterable[str]) -> tuple[str, ...]:
    return tuple(text for text in map(one_line, typed) if text)


FIELDS: Mapping[str, ClientField] = {
    "name": ClientField("client", _name),
    "slug": ClientField("client", _slug),
    "ratings": ClientField("client", lambda typed: typed == "on"),
    "satisfaction": ClientField("client", str),
    "start_time": ClientField("engagement", parse_clock),
    "time_zone": ClientField("engagement", _zone),
    "minutes": ClientField("engagement", _minutes),
    "accountability": ClientField("engagement", visible),
    "language": ClientField("engagement", one_line),
    "destination": ClientField("intake", visible),
    "stuck_point": ClientField("intake", visible),
    "scenario": ClientField("intake", one_line),
    "priorities": ClientField("intake", _texts),
}
"""What has an option of its own. Every other key of the intake comes in a file."""
ELSEWHERE = {
    "start": "`trajplan sessions move`",
    "every_days": "`trajplan sessions cadence`",
    "assumptions": "`trajplan assumptions`",
    "goals": "`trajplan goals`",
    "indicators": "`trajplan indicators`",
}
"""Keys of an intake that have become records of their own, and what changes those."""
CLIENT_KEYS = (
    *("name", "slug", "start_time", "time_zone", "minutes"),
    *("accountability", "language"),
)
"""Keys of an intake that are fields of the client or of the engagement."""


def update_client(
    context: Context,
    *,
    client: str | None,
    values: Mapping[str, Any],
    source: FormFile | None = None,
) -> ClientUpdate:
    """Change the named fields, as they were typed, and those that an intake in `source` names.

    Raises UsageFault for what cannot be one, InvalidContent for a faulty file, CannotDo for a slug
    that is taken.
    """
    if not values and source is None:
        options = ", ".join(f"--{name.replace('_', '-')}" for name in OPTIONS)
        raise UsageFault(f"change what? Give one of {options}, or an intake with --from FILE")
    new = dict(_read_file(source, context.today)) if source is not None else {}
    both = [name for name in values if name in new]
    if both:
        raise UsageFault(f"`{both[0]}` is in the file and among the options; give it once")
    new |= {name: FIELDS[name].read(typed) for name, typed in values.items()}
    if "language" in new:
        new["language"] = language_known(context.settings.user_library, new["language"])
    with context.write(client) as records:
        _refuse_taken(records, new)
        before = _values_now(records)
        changed = {name: value for name, value in new.items() if before[name] != value}
        _save(records, context, changed)
        client_now = records.get(Client, records.client.id)
        return ClientUpdate(
            client=client_now,
            changes=tuple(
                FieldChange(field=name, before=_words(before[name]), after=_words(value))
                for name, value in changed.items()
            ),
            hints=_hints(records, context, changed),
        )


OPTIONS = tuple("situation" if name == "scenario" else name for name in FIELDS)
"""What the command line calls the fields."""


def _owner(name: str) -> Literal["client", "engagement", "intake"]:
    return FIELDS[name].record if name in FIELDS else "intake"


def _read_file(source: FormFile, today: dt.date) -> Mapping[str, Any]:
    """What an intake says under the keys it names. Raises InvalidContent with every fault."""
    form, report = read_intake_form(source, today)
    named = [name for name in report.document.tree if name != "kind"]
    for name in named:
        if name in ELSEWHERE:
            report.add((name,), f"{ELSEWHERE[name]} changes this", at_key=True)
    if report.problems:
        raise InvalidContent(report.in_order())
    values = {name: getattr(form, name) for name in named}
    # A key with nothing after it counts as left out, as in every form.
    return {
        name: FIELDS[name].read(str(value)) if name in CLIENT_KEYS else value
        for name, value in values.items()
        if report.document.tree[name] is not None
    }


def _values_now(records: ClientRecords) -> Mapping[str, Any]:
    """Every field as it stands, by name."""
    client, engagement = records.client, records.engagement
    holders = {"client": client, "engagement": engagement}
    intake = {name: getattr(engagement.intake, name) for name in Intake.__struct_fields__}
    fields = {
        name: getattr(holders[field.record], name)
        for name, field in FIELDS.items()
        if field.record in holders
    }
    return {**intake, **fields}


def _refuse_taken(records: ClientRecords, new: Mapping[str, Any]) -> None:
    holder = slug_holder(records, new["slug"]) if "slug" in new else None
    if holder and holder.id != records.client.id:
        is_called = "is" if holder.slug == new["slug"] else "was"
        raise CannotDo(f"{holder.name} {is_called} `{new['slug']}` already; choose another slug")


def _save(records: ClientRecords, context: Context, changed: Mapping[str, Any]) -> None:
    """Save each change with the record that holds it."""
    values: dict[str, dict[str, Any]] = {"client": {}, "engagement": {}, "intake": {}}
    for name, value in changed.items():
        values[_owner(name)][name] = value
    if "name" in values["client"]:
        values["client"]["initials"] = initials_of(values["client"]["name"])
    if "slug" in values["client"]:
        # Going back to an earlier slug makes it no former one.
        earlier = (*records.client.former_slugs, records.client.slug)
        names = dict.fromkeys(name for name in earlier if name != changed["slug"])
        values["client"]["former_slugs"] = tuple(names)
    if values["intake"]:
        before = records.engagement.intake
        intake = replace(before, **values["intake"])
        records.insert(
            IntakeChange(
                engagement_id=records.engagement.id,
                date=context.today,
                was={name: to_builtins(getattr(before, name)) for name in values["intake"]},
                now={name: to_builtins(getattr(intake, name)) for name in values["intake"]},
            )
        )
        values["engagement"] |= {"intake": intake, "destination": intake.destination}
    if values["client"]:
        records.update(records.client, **values["client"])
    if values["engagement"]:
        records.update(records.engagement, **values["engagement"])


def _hints(records: ClientRecords, context: Context, changed: Mapping[str, Any]) -> tuple[str, ...]:
    """What is worth a second look; words about danger are pinned as those of a new intake are."""
    intake = records.dossier.engagement.intake
    known = words_of_danger(context, records.engagement.intake)
    danger = [words for words in words_of_danger(context, intake) if words not in known]
    sessions = records.own(Session)
    session = session_for_words(sessions)
    hints = []
    if session and danger:
        for words in danger:
            pin_safety_words(records, session, words, context.today)
        hints.append(
            "this holds words about danger; they are pinned"
            f" (`trajplan notes --client {records.dossier.client.slug}`)"
        )
    if {"time_zone", "start_time"} & set(changed):
        engagement = records.dossier.engagement
        ahead = [session for session in sessions if session.state == "planned"]
        hints += clock_notes(records, ahead)
        hints += own_zone_hint(context, engagement.time_zone)
    if "scenario" in changed:
        hints += situation_hint(context.library, intake.scenario)
    return tuple(hints)


def _words(value: object) -> str:
    """A value as it is read back: a list by its items, what holds more by how much there is."""
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, tuple):
        if all(isinstance(text, str) for text in value):
            return " · ".join(value)
        return f"{len(value)} in all"
    if value is None:
        return ""
    if isinstance(value, Struct | Mapping):
        return "given" if value else ""
    return str(value)
