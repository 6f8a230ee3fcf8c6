"""What a run found outside the practice, and whether it is so still: then the content need not be
read again, and `prep session 4` into a pipe prints the kept page before anything is loaded.

A run that goes the long way leaves a note in the cache: where the practice is, the digest of the
content, and the stamps of every file that both were read from, and of the program's own. While the
stamps are the same, so is what was read, and the practice alone decides whether its kept page may
be printed (`records/plan_pages.py`). Whatever is different in any way goes the long way.

A stamp is what can be seen of a file from outside. As in git, it is not trusted where the file was
changed less than two seconds before: it may change again and look the same.
"""

from __future__ import annotations

import marshal
import os
import sys
import zlib

from trajplan import places

TYPE_CHECKING = False  # `typing` takes longer than all of this
if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from trajplan.actions.context import Context
    from trajplan.content.library import Library

MARKDOWN = ["--format", "markdown"]
Stamp = tuple[int, ...]
_TRUSTED_AFTER = 2_000_000_000
"""Nanoseconds since a file's last change; the coarsest disks count in two seconds."""
_LONGEST = 6
"""Digits of a session's number."""


class Surroundings:
    """What a run found outside the practice, and by which stamps it is the same still."""

    def __init__(
        self, practice: str, zone: str, digest: str, made_by: str, stamps: dict[str, Stamp | None]
    ) -> None:
        self.practice = practice
        """The file that settings name; a variable may name another."""
        self.zone = zone
        """The coach's time zone; empty: not known."""
        self.digest = digest
        """Of the content; empty: not read yet."""
        self.made_by = made_by
        """What draws a page: the program as it is, on the coach's clock."""
        self.stamps = stamps
        """By path; None where nothing is."""


def session_asked_for(words: list[str]) -> str:
    """The number in `prep 4` or `prep session 4`, with `--format markdown` or nothing behind it;
    empty where something else is asked for."""
    if words[-2:] == MARKDOWN:
        words = words[:-2]
    given = words[2:] if words[:2] == ["prep", "session"] else words[1:]
    if words[:1] != ["prep"] or len(given) != 1 or "_TRAJPLAN_COMPLETE" in os.environ:
        return ""
    (number,) = given
    fits = number.isascii() and number.isdigit() and len(number) <= _LONGEST
    return number if fits else ""


def page_to_print(number: str, around: Surroundings) -> str | None:
    """The kept page of a session into a pipe; None where the long way has to be gone.

    `around`: what an earlier run found, and is so still. Says and changes nothing, and raises
    nothing: of what is wrong the long way knows more.
    """
    if os.name != "posix" or sys.stdout is None or sys.stdout.isatty():
        return None
    try:
        practice = os.environ.get("TRAJPLAN_PRACTICE") or around.practice
        if not os.path.isabs(practice) or _has_neighbours(practice):
            return None
        if not os.path.isfile(practice):
            return None  # whatever else it is, a pipe would wait for somebody to write
        today = _today(around.zone)
        if today is None:
            return None
        import sqlite3

        from trajplan.records.plan_pages import page_of_current

        try:
            return page_of_current(
                practice,
                int(number),
                today=today,
                zone=around.zone,
                digest=around.digest,
                made_by=around.made_by,
            )
        except sqlite3.Error:
            return None
    except (OSError, ValueError):
        return None


def _has_neighbours(practice: str) -> bool:
    """Whether beside a practice may be what a sync program or a killed command has left there."""
    folder, name = os.path.split(practice)
    stem, suffix = os.path.splitext(name)
    return any(
        other.startswith(f"{name}-")
        or (other.startswith(stem) and other.endswith(suffix) and other != name)
        for other in os.listdir(folder)
    )


def _today(zone: str) -> dt.date | None:
    """The coach's day; None where it takes more to know it, or is none."""
    import datetime as dt

    injected = os.environ.get("TRAJPLAN_TODAY", "").strip()
    if injected:
        return dt.date.fromisoformat(injected) if len(injected) == len("2027-01-12") else None
    if not zone:
        return dt.datetime.now().astimezone().date()
    import zoneinfo

    try:
        return dt.datetime.now(zoneinfo.ZoneInfo(zone)).date()
    except zoneinfo.ZoneInfoNotFoundError:
        return None


# The note


def read_note() -> Surroundings | None:
    """What an earlier run found, where all of it is the same still."""
    try:
        note = _note()
        if not os.path.isfile(note):
            return None
        with open(note, "rb") as file:
            data = file.read()
        if data[:4] != _sum(data[4:]):
            return None
        surroundings, practice, zone, digest, made_by, stamps = marshal.loads(data[4:])
    except (OSError, ValueError, EOFError, TypeError):
        return None  # no note, or none that this program wrote
    if surroundings != places.surroundings():
        return None
    if any(stamp_of(path) != stamp for path, stamp in stamps.items()):
        return None
    return Surroundings(practice, zone, digest, made_by, stamps)


def look(context: Context, known: Surroundings | None = None) -> Surroundings:
    """What is found outside the practice, before content is read. `known`: what was `read_note`."""
    named = bool(os.environ.get("TRAJPLAN_PRACTICE"))
    known = known or read_note()
    if known is not None and (named or known.practice):
        return known
    from hashlib import blake2b

    program = {path: stamp_of(path) for path in _program()}
    zone = context.zone
    made_by = blake2b(repr((sys.version, zone, program)).encode(), digest_size=16).hexdigest()
    stamps = {path: stamp_of(path) for path in _content(context)}
    # What a variable names is not what settings name.
    practice = "" if named else str(context.practice)
    return Surroundings(practice, zone, "", made_by, {**program, **stamps})


def remember(library: Library, around: Surroundings) -> None:
    """Note what was found, for the next run, where it may be trusted and content has no fault."""
    place = _note()
    if around.digest or not place or library.problems:
        return
    import time

    latest = time.time_ns() - _TRUSTED_AFTER
    # Also what is dated in the future is not trusted. Of folders and files the times stand last.
    if any(stamp is not None and max(stamp[-2:]) > latest for stamp in around.stamps.values()):
        return
    from pathlib import Path

    from trajplan.content.loader import keep_file

    note = (around.practice, around.zone, library.digest, around.made_by, around.stamps)
    data = marshal.dumps((places.surroundings(), *note))
    keep_file(Path(place), _sum(data) + data, like="surroundings-*")


def _note() -> str:
    folder = places.cache_folder()
    name = zlib.crc32(repr(places.surroundings()).encode("utf-8", "surrogateescape"))
    return f"{folder}/surroundings-{name:08x}" if folder else ""


def _sum(data: bytes) -> bytes:
    return zlib.crc32(data).to_bytes(4, "big")


def stamp_of(path: str) -> Stamp | None:
    """What is seen of a file or folder from outside, the times of its last changes last."""
    try:
        seen = os.stat(path)
    except (OSError, ValueError):
        return None  # nothing that could be read
    return (
        seen.st_dev,
        seen.st_ino,
        seen.st_mode,
        seen.st_size,
        seen.st_mtime_ns,
        seen.st_ctime_ns,
    )


def _program() -> Iterator[str]:
    """The program's own files."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    for folder, _, names in os.walk(package):
        yield from (f"{folder}/{name}" for name in sorted(names) if name.endswith(".py"))


def _content(context: Context) -> Iterator[str]:
    """Everything that content and settings are read from."""
    from trajplan.content.files import looked_at
    from trajplan.content.loader import layers_of

    yield str(context.settings.user_library / "settings.toml")
    for path in looked_at(layers_of(context.settings)):
        yield str(path)
