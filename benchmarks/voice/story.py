"""A client's story as a file tells it: who comes, what is said, what came of it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

CLIENTS = Path(__file__).parent / "clients"


class CheckIn(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the client arrives, as `trajplan check-in` takes it."""

    matters: str = ""
    mood: str = ""
    energy: str = ""
    about: tuple[str, ...] = ()
    holding: bool = False
    progress: dict[str, int] = {}


class Session(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One session: what happened before it, how it began, and what was written down after it."""

    number: int
    since: str = ""
    """For the reader of the pack: what happened since last time."""
    before: tuple[str, ...] = ()
    """Command lines of the coach, without `trajplan`, run on the day the session was to be."""
    check_in: CheckIn | None = None
    prep: tuple[str, ...] = ()
    """More options of `prep session`."""
    wrap: dict[str, Any] = {}
    """What `wrap session --from` reads, without its `kind`; a `when` may be `+7d`."""
    ratings: dict[str, int] = {}


class Client(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One client and the whole journey."""

    name: str
    journey: str
    start: dt.date
    start_time: str
    minutes: int
    about: str
    """Two or three sentences for the reader of the pack; the program never sees them."""
    intake: dict[str, Any]
    agreement: dict[str, str] = {}
    """By the form's field ids; empty: nothing was agreed on paper before the first session."""
    sessions: tuple[Session, ...]


class Story(Struct, frozen=True, kw_only=True):
    """A client with the short name of the file."""

    slug: str
    client: Client


def read(path: Path) -> Story:
    """Read one client's file. A key that is not known is an error, never left out in silence."""
    try:
        client = msgspec.yaml.decode(path.read_bytes(), type=Client)
    except msgspec.DecodeError as error:
        raise SystemExit(f"{path}: {error}") from error
    return Story(slug=path.stem.partition("-")[2], client=client)


def stories(count: int | None = None) -> list[Story]:
    """The clients in the order of their numbers; with a count only the first of them."""
    paths = sorted(CLIENTS.glob("*.yaml"), key=lambda path: int(path.stem.partition("-")[0]))
    return [read(path) for path in paths[:count]]
