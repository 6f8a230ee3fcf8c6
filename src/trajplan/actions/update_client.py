"""`clients update`: what a client is called, when and how long they meet, which numbers they give.

A field that can be changed is one line of `FIELDS`: the record that holds it and what makes its
value of what was typed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal

from msgspec import Struct

from trajplan.actions.context import Context
from trajplan.actions.intake import check_zone
from trajplan.actions.new_client import initials_of
from trajplan.dates import parse_clock
from trajplan.errors import UsageFault
from trajplan.records.model import Client
from trajplan.text import one_line

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


class ClientField(Struct, frozen=True):
    """A field of the client or of the engagement, and what reads it."""

    record: Literal["client", "engagement"]
    read: Callable[[str], Any]


def _name(typed: str) -> str:
    name = one_line(typed)
    if not name:
        raise UsageFault("a client needs a name")
    return name


def _zone(typed: str) -> str:
    check_zone(typed)
    return typed


def _minutes(typed: str) -> int:
    if not typed.isascii() or not typed.isdigit() or not 1 <= int(typed) <= LONGEST_SESSION:
        raise UsageFault(f"a session has 1 to {LONGEST_SESSION} minutes, not {typed}")
    return int(typed)


FIELDS: Mapping[str, ClientField] = {
    "name": ClientField("client", _name),
    "ratings": ClientField("client", lambda typed: typed == "on"),
    "satisfaction": ClientField("client", str),
    "start_time": ClientField("engagement", parse_clock),
    "time_zone": ClientField("engagement", _zone),
    "minutes": ClientField("engagement", _minutes),
}


def update_client(
    context: Context, *, client: str | None, values: Mapping[str, str]
) -> ClientUpdate:
    """Change the named fields, as they were typed. Raises UsageFault for what cannot be one."""
    if not values:
        options = ", ".join(f"--{name.replace('_', '-')}" for name in FIELDS)
        raise UsageFault(f"change what? Give one of {options}")
    new = {name: FIELDS[name].read(typed) for name, typed in values.items()}
    with context.write(client) as records:
        changes = []
        changed: dict[str, dict[str, Any]] = {"client": {}, "engagement": {}}
        for name, value in new.items():
            owner = FIELDS[name].record
            before = getattr(records.client if owner == "client" else records.engagement, name)
            if before != value:
                changed[owner][name] = value
                changes.append(FieldChange(field=name, before=_words(before), after=_words(value)))
        if "name" in changed["client"]:
            changed["client"]["initials"] = initials_of(changed["client"]["name"])
        updated = records.client
        if changed["client"]:
            updated = records.update(records.client, **changed["client"])
        if changed["engagement"]:
            records.update(records.engagement, **changed["engagement"])
    return ClientUpdate(client=updated, changes=tuple(changes))


def _words(value: object) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return str(value)
