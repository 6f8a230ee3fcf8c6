"""What differs between Windows, macOS and Linux, and nothing else (R159).

Whatever only one system has stands here with what the others do instead: owners and modes of files,
names that cannot be had, the encoding of a pipe, the words of a command. Where it can be, a system
is asked what it is able to do rather than what it is called.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path, PurePath
from typing import Any

WINDOWS = os.name == "nt"
FILE_MODE = 0o600
FOLDER_MODE = 0o700
STREAM_FOLDERS = ("/dev/stdin", "/dev/fd/", "/proc/")
"""What begins the name of a stream that a shell opened; Windows has none of these."""

# Flags that only some systems have; on the others the state they ask for goes without saying.
_NOT_INHERITED = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOINHERIT", 0)
_BYTES = getattr(os, "O_BINARY", 0)
_AT_ONCE: int = getattr(os, "O_NONBLOCK", 0)
_FOLDER: int | None = getattr(os, "O_DIRECTORY", None)

_DEVICE = r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³]) *(\..*)?"
_NO_LETTER = r'[<>:"|?*\x00-\x1f]'
_LONGEST_PATH = 259
"""Letters of a whole path on Windows, for programs such as SQLite that take no longer ones."""
_HELD_OPEN = (5, 32, 33)
"""What Windows says of a file that somebody has open: access denied, sharing, a lock."""
_LOCKED_BYTE = 1 << 30
"""Windows lets nobody read what is locked, so it is a byte that no file of ours has."""
_TRIES, _PAUSE = 20, 0.05
"""How often a file that is held open is asked for again, and the seconds between."""


def hear_interrupts() -> None:
    """From here on Ctrl-C is a KeyboardInterrupt: a command has begun, and may have words to keep.

    Until then it ends the process (`__main__`). Where this program runs inside another one, that
    one's own way stays.
    """
    import _signal  # type: ignore[import-not-found]  # `signal` takes a run longer than it gives

    if _signal.getsignal(_signal.SIGINT) == _signal.SIG_DFL:
        _signal.signal(_signal.SIGINT, _signal.default_int_handler)


# Files


def create_file(path: Path) -> int:
    """Create a file and open it to write bytes; return its handle. Raises FileExistsError, OSError.

    The mode is given at the start, so no umask ever widens it (R119). Where files have no modes,
    as on Windows, a new one has the rights of its folder.
    """
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | _NOT_INHERITED | _BYTES, FILE_MODE)


def open_file(path: Path) -> int:
    """Open a file of ours to read and write bytes, created as `create_file` does where missing."""
    return os.open(path, os.O_RDWR | os.O_CREAT | _NOT_INHERITED | _BYTES, FILE_MODE)


def open_existing(path: Path) -> int:
    """Open a file of ours to read and write bytes. Raises FileNotFoundError, OSError."""
    return os.open(path, os.O_RDWR | _NOT_INHERITED | _BYTES)


def lock(handle: int) -> None:
    """Wait until nobody else who asks this way holds an open file; closing it lets go of it."""
    # Some network drives know no locks.
    with suppress(OSError, ImportError):
        if sys.platform == "win32":
            import msvcrt

            os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_LOCK, 1)
            os.lseek(handle, 0, os.SEEK_SET)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX)


def read_file(path: Path, most: int) -> bytes | None:
    """The first `most` bytes of a file; None for what is no ordinary one. Never waits on a pipe.

    Raises OSError.
    """
    if not stat.S_ISREG(path.stat().st_mode):
        return None
    # Asked again once it is open, because a name can change hands in between.
    handle = os.open(path, os.O_RDONLY | _AT_ONCE | _NOT_INHERITED | _BYTES)
    with os.fdopen(handle, "rb") as file:
        return file.read(most) if stat.S_ISREG(os.fstat(handle).st_mode) else None


_DRAFT = ".trajplan-*.new"
# Longer than any command writes: what is older was left by a kill.
_STALE_SECONDS = 600


def pour(path: Path, data: bytes) -> None:
    """Write into what is no file, such as `/dev/null`; a pipe nobody reads is not waited for.

    Raises OSError.
    """
    with os.fdopen(os.open(path, os.O_WRONLY | _AT_ONCE | _BYTES), "wb") as stream:
        if _AT_ONCE:
            os.set_blocking(stream.fileno(), True)  # type: ignore[attr-defined,unused-ignore]
        stream.write(data)


def write_file(
    path: Path, data: bytes, *, beside: Path | None = None, lasting: bool = True
) -> None:
    """Write a file for its owner alone, in place of what had its name: whole or not at all.

    `beside`: where it is written first, else under a name nobody has. `lasting`: it survives a
    power cut. Raises OSError.
    """
    draft = beside or path.with_name(f".trajplan-{os.urandom(8).hex()}.new")
    draft.unlink(missing_ok=True)
    try:
        with os.fdopen(create_file(draft), "wb") as file:
            file.write(data)
            file.flush()
            if lasting:
                os.fsync(file.fileno())
        put(draft, path)
    except BaseException:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise
    if lasting:
        sync_folder(path.parent)


def left_in(folder: Path, *, every: bool = False) -> tuple[Path, ...]:
    """Unfinished files of ours in a folder, which a kill has left there; `every`: also those that
    are so new that a command may be at work on them. Raises OSError."""
    latest = time.time() - _STALE_SECONDS
    drafts = []
    for draft in folder.glob(_DRAFT):
        with suppress(FileNotFoundError):
            if every or draft.stat().st_mtime < latest:
                drafts.append(draft)
    return tuple(sorted(drafts))


def put(draft: Path, path: Path) -> None:
    """Give a finished file its name, in place of what had it. Raises OSError.

    Windows lets go of no file that is open; a virus scanner or a sync program soon closes it.
    """
    for left in reversed(range(_TRIES)):
        try:
            draft.replace(path)
        except PermissionError as fault:
            if not (left and is_held_open(fault)):
                raise
            time.sleep(_PAUSE)
        else:
            return


def is_held_open(fault: OSError) -> bool:
    """Whether Windows refuses because some program has the file open."""
    return getattr(fault, "winerror", None) in _HELD_OPEN


def sync_file(path: Path) -> None:
    """Make what was written into a file survive a power cut. Raises OSError."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make a new name survive a power cut. Windows opens no folder and needs none of it."""
    if _FOLDER is None:
        return
    handle = os.open(folder, os.O_RDONLY | _FOLDER | _NOT_INHERITED)
    try:
        # Some network disks cannot sync a folder; SQLite does not insist either.
        with suppress(OSError):
            os.fsync(handle)
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """Create `folder` and what is missing above it, for the owner only; leave existing ones be."""
    missing = [parent for parent in (folder, *folder.parents) if not parent.exists()]
    for parent in reversed(missing):
        parent.mkdir(mode=FOLDER_MODE, exist_ok=True)


# Whose a file is


def has_modes() -> bool:
    """Whether files have owners and modes. Windows keeps lists of rights, which a folder hands on
    to what is in it: those of a person's own folders let nobody else in."""
    return hasattr(os, "geteuid")


def is_own(state: os.stat_result) -> bool:
    """Whether a file is this user's, or belongs to nobody where files have no owners."""
    return not has_modes() or state.st_uid == os.geteuid()  # type: ignore[attr-defined,unused-ignore]


def mode_for_others(state: os.stat_result) -> int:
    """The mode of a file as far as it lets others in; 0 where files have no modes."""
    return stat.S_IMODE(state.st_mode) & 0o077 if has_modes() else 0


def narrow(path: Path, mode: int = FILE_MODE) -> None:
    """Take a file or folder of ours from everybody else (R119): a copy or a sync program widens
    modes. Raises OSError where it is not there."""
    state = path.stat()
    if is_own(state) and mode_for_others(state):
        # Disks without owners, such as most USB sticks, refuse; there is nothing to protect there.
        with suppress(PermissionError):
            path.chmod(mode)


# Names


def is_device(name: str) -> bool:
    """Whether Windows keeps a file's name for a device, `aux.md` as well as `AUX`."""
    return bool(re.fullmatch(_DEVICE, name, re.IGNORECASE))


def name_fault(path: PurePath) -> str:
    """Why this system cannot have a file of that name, in words; empty where it can.

    Windows would write `notes:a.md` into a hidden stream of `notes`, `aux.md` to a device, and
    `notes.` to `notes`.
    """
    if not WINDOWS:
        return ""
    for part in path.parts[1:] if path.anchor else path.parts:
        if is_device(part):
            return f"Windows keeps the name `{part}` for a device"
        if letter := re.search(_NO_LETTER, part):
            return f"Windows has no file name with `{letter[0]}` in it"
        if part.endswith((" ", ".")) and part.strip("."):
            return "on Windows no file name ends in a dot or a space"
    if len(os.path.abspath(path)) > _LONGEST_PATH:  # noqa: PTH100 - a pure path asks no disk
        return f"it is longer than the {_LONGEST_PATH} letters that Windows takes"
    return ""


# Commands


def words_of(command: str) -> list[str]:
    """The words of a command as somebody wrote it into a variable such as `VISUAL`; may be none.

    On Windows a backslash is a part of a path, and a path that is there needs no quotes. Raises
    ValueError for a quote that is not closed.
    """
    if not WINDOWS:
        import shlex  # only where a program is started

        return shlex.split(command)
    if Path(command.strip()).is_file():
        return [command.strip()]
    if command.count('"') % 2:
        raise ValueError("No closing quotation")
    words = re.findall(r'(?:"[^"]*"|[^\s"])+', command)
    return [word for quoted in words if (word := quoted.replace('"', ""))]


def to_start(words: Sequence[str]) -> list[str]:
    """The words with the program's whole place where Windows would not find it by its name:
    of itself it looks for `.exe` alone, and many an editor is a `.cmd`."""
    return [(WINDOWS and shutil.which(words[0])) or words[0], *words[1:]]


def usual_editors() -> tuple[str, ...]:
    """The editors that this kind of system comes with, the easiest first."""
    return ("notepad",) if WINDOWS else ("nano", "vi")


def usual_pager() -> list[str]:
    """The words that start the pager this kind of system comes with, without its options; none
    where there is none, or where the terminal cannot move its cursor."""
    if WINDOWS:
        return ["more"]
    if os.environ.get("TERM", "dumb") == "dumb" or not shutil.which("less"):
        return []
    return ["less"]


def end_of_input() -> str:
    """Which key ends what is typed at a terminal."""
    return "Ctrl-Z and Enter end it" if WINDOWS else "Ctrl-D ends it"


# Streams and terminals


def hang_up_signal() -> int | None:
    """The signal of a terminal that goes away; None on Windows, which ends the program at once."""
    import signal  # a running session alone asks

    return getattr(signal, "SIGHUP", None)


def keys_waiting() -> bool:
    """Whether something was typed or pasted that nobody has read yet."""
    if sys.platform == "win32":
        import msvcrt

        waiting = msvcrt.kbhit()
    else:
        import select

        waiting = bool(select.select([sys.stdin], [], [], 0)[0])
    return waiting


def take_any_letter(stream: Any) -> None:
    """Let a stream take any letter: what a terminal cannot show is spelt out, and a pipe or file
    gets the bytes that `-o` would write, whatever a system's own encoding and line ends are."""
    if not hasattr(stream, "reconfigure"):
        return
    if stream.isatty():
        stream.reconfigure(errors="backslashreplace")
        _show_colours(stream)
    else:
        stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def encoding_of_console(stream: Any) -> str:
    """The encoding in which a program started from here reads what is piped into it to be shown."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    if sys.platform == "win32":
        import ctypes

        encoding = f"cp{ctypes.windll.kernel32.GetConsoleOutputCP()}"
    return encoding


def _show_colours(stream: Any) -> None:
    """Windows' older console takes colours for letters until it is told."""
    if sys.platform == "win32":
        import ctypes
        import msvcrt

        console = ctypes.c_void_p(msvcrt.get_osfhandle(stream.fileno()))
        mode = ctypes.c_ulong()
        kernel = ctypes.windll.kernel32
        if kernel.GetConsoleMode(console, ctypes.byref(mode)):
            kernel.SetConsoleMode(console, mode.value | 4)


def abandon(stream: Any) -> None:
    """Let nothing that is left in a stream fail once more when the program ends."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
