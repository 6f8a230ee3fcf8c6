"""Where things are: paths from the command line, the environment and `settings.toml`.

Reading settings creates nothing on disk.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from typing import Any, Literal, get_args

from msgspec import Struct

from trajplan.errors import InvalidContent, Problem, StoreFault, UsageFault
from trajplan.places import own_folder
from trajplan.system import name_fault, read_file
from trajplan.text import did_you_mean, pattern
from trajplan.zones import check_zone

_KEYS = ("practice", "library", "time_zone", "paper", "name", "logo", "accent", "ink")
_MOST_BYTES = 64 * 1024
_MOST_PROBLEMS = 20
_MOST_DOTS = 20
"""Of a key: to read one takes Python as long as its parts squared."""
_LONGEST_LINE = 4_000
_AS_TYPED = ("time_zone", "paper", "name", "accent", "ink")
_LOOK = ("paper", "name", "logo", "accent", "ink")

GROUND = "#f2efe9"
"""The darkest ground that a light page has, so that a colour which can be read there can be read
anywhere; `pages/style.css` calls it `--panel`."""
LEAST_CONTRAST = 4.5
"""The contrast that words need."""
_COLOUR = pattern("#[0-9a-fA-F]{6}")

Paper = Literal["a4", "letter"]
PAPERS: tuple[Paper, ...] = get_args(Paper)


class Settings(Struct, frozen=True):
    """Paths, all absolute."""

    practice: Path
    """The one file that holds all records."""
    library_folders: tuple[Path, ...]
    """Workspace content folders; later ones win."""
    user_library: Path
    """The coach's own content folder; it need not exist."""
    cache: Path | None
    """Where data that can be made again is kept; None: nowhere."""
    time_zone: str = ""
    """The coach's own; empty: not known, and the day is this machine's."""
    paper: Paper = "a4"
    """The sheets that the coach prints on."""
    name: str = ""
    """What stands above every page in HTML and PDF: the coach's name, or the practice's."""
    logo: Path | None = None
    """The picture that stands there."""
    accent: str = ""
    """The colour of headings; empty: ours."""
    ink: str = ""
    """The colour of words; empty: ours."""


def read(environ: Mapping[str, str], practice_flag: str | None = None) -> Settings:
    """Return the settings in force.

    Practice: the flag, then TRAJPLAN_PRACTICE, then `settings.toml`, then the user's data folder.
    Library: TRAJPLAN_LIBRARY, then `settings.toml`. Cache: TRAJPLAN_CACHE (empty: none), then the
    user's cache folder. Time zone: TRAJPLAN_TIME_ZONE, then `settings.toml`; how pages look: there.
    Raises InvalidContent for a faulty `settings.toml`, StoreFault when it cannot be read,
    UsageFault for a `~` nobody stands behind, a practice named as a folder, and what is no time
    zone.
    """
    home = Path(own_folder("config"))
    from_file = _from_file(home / "settings.toml")
    named = practice_flag or environ.get("TRAJPLAN_PRACTICE") or ""
    practice = _practice_path(named) if named else from_file.get("practice")
    folders: tuple[Path, ...] = from_file.get("library", ())
    if environ.get("TRAJPLAN_LIBRARY"):
        parts = environ["TRAJPLAN_LIBRARY"].split(os.pathsep)
        folders = tuple(_path(part) for part in parts if part)
    if "TRAJPLAN_CACHE" in environ:
        folder = environ["TRAJPLAN_CACHE"]
        cache = _path(folder) if folder else None
    else:
        cache = Path(own_folder("cache"))
    zone = environ.get("TRAJPLAN_TIME_ZONE", "").strip()
    if zone:
        check_zone(zone)
    return Settings(
        practice=practice or Path(own_folder("data")) / "practice.sqlite3",
        library_folders=folders,
        user_library=home,
        cache=cache,
        time_zone=zone or from_file.get("time_zone", ""),
        **{key: from_file[key] for key in _LOOK if key in from_file},
    )


def local_path(name: str) -> Path:
    """A path as typed, `~` included. Raises UsageFault for a home folder nobody has, and for a name
    that this system cannot give to a file."""
    try:
        path = Path(name).expanduser()
    except RuntimeError:
        raise UsageFault(f"no home folder is known for `{name}`") from None
    if fault := name_fault(path):
        raise UsageFault(f"`{name}` cannot be a file: {fault}")
    return path


def file_path(name: str) -> Path:
    """The path of a file to write, as typed. Raises UsageFault for a folder, and for a name that
    ends as a folder's does: a file would take the name of a stick that is not in, and seem to be on
    it. Also raises as `local_path`."""
    path = local_path(name)
    if _is_folder(path):
        raise UsageFault(f"`{name}` is a folder; name a file in it")
    _refuse_folder_name(name, path)
    return path


def _refuse_folder_name(name: str, path: Path) -> None:
    if not name.endswith((os.sep, os.altsep or os.sep)):
        return
    if _is_folder(path):
        raise UsageFault(f"`{name}` is a folder; name a file in it")
    raise UsageFault(f"there is no folder `{name}`; make it, or put in the stick it is on")


def _is_folder(path: Path) -> bool:
    """Whether there is such a folder; one that nobody may look at is found out by who opens it."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _path(text: str, base: Path | None = None) -> Path:
    if "\0" in text:
        raise UsageFault("a path holds a null character")
    path = local_path(text)
    return (base / path if base else path).absolute()


def _practice_path(text: str, base: Path | None = None) -> Path:
    path = _path(text, base)
    _refuse_folder_name(text, path)
    return path


def _from_file(file: Path) -> dict[str, Any]:
    """Return what `settings.toml` says, as paths; relative ones start at its own folder."""
    try:
        data = read_file(file, _MOST_BYTES + 1)
    except FileNotFoundError:
        return {}
    except OSError as fault:
        raise StoreFault(f"{file}: cannot be read: {fault.strerror}") from fault
    if data is None:
        raise StoreFault(f"{file}: cannot be read: it is not an ordinary file")
    if len(data) > _MOST_BYTES:
        raise StoreFault(f"{file}: cannot be read: it holds more than {_MOST_BYTES // 1024} KiB")
    import tomllib

    try:
        text = data.decode("utf-8")
        if endless := _endless_line(file, text):
            raise InvalidContent([endless])
        tree = tomllib.loads(text)
    except UnicodeDecodeError as fault:
        raise InvalidContent([Problem(str(file), 1, 1, "the file is not UTF-8 text")]) from fault
    except tomllib.TOMLDecodeError as fault:
        raise InvalidContent([_syntax_problem(file, text, str(fault))]) from fault
    except (ValueError, RecursionError):
        # Endless digits, brackets in brackets.
        words = "a number has too many digits, or something is nested too deeply"
        raise InvalidContent([Problem(str(file), 1, 1, words)]) from None
    faults = (_problem(file, text, key, tree[key]) for key in tree)
    problems = [*islice(filter(None, faults), _MOST_PROBLEMS)]
    if problems:
        raise InvalidContent(problems)
    result: dict[str, Any] = {}
    if "practice" in tree:
        result["practice"] = _practice_path(tree["practice"], file.parent)
    if "library" in tree:
        result["library"] = tuple(_path(problem, file.parent) for problem in tree["library"])
    if "logo" in tree:
        result["logo"] = _path(tree["logo"], file.parent)
    result |= {key: tree[key] for key in _AS_TYPED if key in tree}
    return result


def _problem(file: Path, text: str, key: str, value: Any) -> Problem | None:
    """Return what is wrong with one key, if anything."""
    message = ""
    if key not in _KEYS:
        message = f"unknown key `{key}`{did_you_mean(key, _KEYS)}"
    elif key == "practice" and not (isinstance(value, str) and value):
        message = "expected the practice file's path in quotes"
    elif key == "library" and not (
        isinstance(value, list) and all(isinstance(part, str) and part for part in value)
    ):
        message = 'expected a list of folders such as ["~/coaching"]'
    elif key == "time_zone":
        message = _zone_fault(value)
    elif key in ("name", "logo") and not (isinstance(value, str) and value.strip()):
        message = f"expected {'a name' if key == 'name' else 'the path of a picture'} in quotes"
    elif key in ("accent", "ink"):
        message = colour_fault(value)
    elif key == "paper" and value not in PAPERS:
        message = "expected " + " or ".join(f'"{paper}"' for paper in PAPERS)
    if not message:
        return None
    match = re.search(rf"^[ \t]*\[*[ \t]*[\"']?({re.escape(key)})\b", text, re.MULTILINE)
    line = text.count("\n", 0, match.start(1)) + 1 if match else 1
    column = match.start(1) - text.rfind("\n", 0, match.start(1)) if match else 1
    return Problem(str(file), line, column, message, key)


def _zone_fault(value: Any) -> str:
    if not isinstance(value, str):
        return 'expected a time zone such as "Europe/Berlin"'
    try:
        check_zone(value)
    except UsageFault as fault:
        return str(fault)
    return ""


def _endless_line(file: Path, text: str) -> Problem | None:
    """The first line that Python would read for minutes, and that no setting needs."""
    for number, line in enumerate(text.split("\n"), 1):
        words = line.strip()
        # A line of a list has no sign of equality, and a path in it may go up as far as it likes.
        key = words if words.startswith("[") else words[: max(words.find("="), 0)]
        if len(line) > _LONGEST_LINE:
            message = (
                f"a line holds more than {_LONGEST_LINE:,} characters; a list may go on over "
                "several lines"
            )
        elif key.count(".") > _MOST_DOTS and not words.startswith("#"):
            message = f"a key holds more than {_MOST_DOTS} dots"
        else:
            continue
        return Problem(str(file), number, 1, message)
    return None


def _syntax_problem(file: Path, text: str, words: str) -> Problem:
    """Return a TOML error with its place, which the parser writes into its sentence."""
    place = re.search(r" \(at line (\d+), column (\d+)\)$", words)
    line, column = (int(place[1]), int(place[2])) if place else (1, 1)
    words = words[: place.start()] if place else words
    typed = text.splitlines()[line - 1 : line]
    if typed and "\\" in typed[0]:
        words += "; a path with \\ in it stands in single quotes"
    return Problem(str(file), line, column, f"not readable as TOML: {words}")


def colour_fault(value: object) -> str:
    """What is wrong with a colour for words (WCAG 2.2); empty where nothing is."""
    if not (isinstance(value, str) and _COLOUR.fullmatch(value)):
        return 'expected a colour such as "#1d5b70"'
    ratio = contrast(value, GROUND)
    if ratio >= LEAST_CONTRAST:
        return ""
    # Rounded down, so that what is refused never reads as if it were enough.
    return (
        f"{value} has a contrast of {int(ratio * 10) / 10}:1 with the page, and words need "
        f"{LEAST_CONTRAST}:1; take a darker one"
    )


def contrast(colour: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21."""
    dark, light = sorted((_luminance(colour), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    linear: float = share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
    return linear
