"""A machine without what only Unix has.

The names that Python does not have on Windows are gone from `os` and `signal`, and whole modules
with them; a file that is open is neither replaced nor deleted, a folder is not opened, and no file
is given a name that Windows refuses. The program alone is met by this, not the tests that watch it
or the libraries that know Windows themselves. Started processes are, too, and their pipes are
Windows' own: cp1252, with two letters for the end of a line.

Not shown here: backslashes between folders, letters of drives, the Windows console.
"""

# What pathlib itself stands on is replaced here, so it is of no help.
# ruff: noqa: PTH112, PTH116, PTH119, PTH208
from __future__ import annotations

import builtins
import os
import re
import signal
import sys
from collections.abc import Callable, Collection
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = "trajplan"

OS_NAMES = """
O_ACCMODE O_ASYNC O_CLOEXEC O_DIRECT O_DIRECTORY O_DSYNC O_LARGEFILE O_NDELAY O_NOATIME O_NOCTTY
O_NOFOLLOW O_NONBLOCK O_PATH O_RSYNC O_SYNC O_TMPFILE WCONTINUED WCOREDUMP WEXITSTATUS
WIFCONTINUED WIFEXITED WIFSIGNALED WIFSTOPPED WNOHANG WSTOPSIG WTERMSIG WUNTRACED chown chroot
confstr ctermid fchdir fchmod fchown fdatasync fork forkpty fpathconf fstatvfs get_blocking
getegid geteuid getgid getgrouplist getgroups getloadavg getpgid getpgrp getpriority getresgid
getresuid getsid getuid getxattr initgroups killpg lchown listxattr lockf major makedev minor
mkfifo mknod nice openpty pathconf pipe2 posix_fadvise posix_fallocate posix_spawn pread preadv
pwrite pwritev readv register_at_fork removexattr sched_getaffinity sched_yield sendfile
set_blocking setegid seteuid setgid setgroups setpgid setpriority setregid setresuid setreuid
setsid setuid setxattr statvfs sync sysconf tcgetpgrp tcsetpgrp ttyname uname wait wait3 wait4
waitid writev
"""
SIGNAL_NAMES = """
ITIMER_REAL SIGALRM SIGBUS SIGCHLD SIGCONT SIGHUP SIGIO SIGKILL SIGPIPE SIGPROF SIGQUIT SIGSTOP
SIGTSTP SIGTTIN SIGTTOU SIGUSR1 SIGUSR2 SIGWINCH SIGXCPU SIGXFSZ alarm getitimer pause
pthread_kill pthread_sigmask setitimer siginterrupt sigpending sigtimedwait sigwait
"""
MODULES = "fcntl grp pty pwd readline resource syslog termios tty"
SHARING_VIOLATION = 32
_REFUSED_NAME = re.compile(
    r'.*[<>:"|?*].*|.*[. ]|(con|prn|aux|nul|com\d|lpt\d)(\..*)?', re.IGNORECASE
)


def take_away() -> None:
    """Take from this process what Windows does not have, and from all that it starts."""
    if type(os) is not ModuleType:
        return  # it is gone already: this process was started by one without it
    if PROGRAM in sys.modules:
        raise RuntimeError("the program has seen already what was to be taken away")
    _without(os, OS_NAMES.split())
    _without(signal, SIGNAL_NAMES.split())
    builtins.__import__ = _importing(builtins.__import__)
    for name, names in {"replace": 2, "rename": 2, "unlink": 1, "remove": 1}.items():
        setattr(os, name, _letting_go(getattr(os, name), names))
    os.open = _opening(os.open)
    sys.addaudithook(_naming)

    import zoneinfo

    from trajplan import system

    zoneinfo.reset_tzpath(())
    system.WINDOWS = True
    path = [str(ROOT / "tests" / "windows"), str(ROOT), os.environ.get("PYTHONPATH", "")]
    os.environ["PYTHONPATH"] = os.pathsep.join(part for part in dict.fromkeys(path) if part)


def _asks(depth: int) -> bool:
    """Whether the program itself is the caller `depth` calls up."""
    name = sys._getframe(depth + 1).f_globals.get("__name__", "")
    return bool(name == PROGRAM or name.startswith(f"{PROGRAM}."))


def _without(module: ModuleType, names: Collection[str]) -> None:
    class Poorer(ModuleType):
        def __getattribute__(self, name: str) -> Any:
            if name in names and _asks(1):
                raise AttributeError(f"Windows has no {module.__name__}.{name}")
            return super().__getattribute__(name)

    module.__class__ = Poorer


def _importing(real: Callable[..., Any]) -> Callable[..., Any]:
    def load(name: str, *more: Any, **named: Any) -> Any:
        if name in MODULES.split() and _asks(1):
            raise ModuleNotFoundError(f"Windows has no module {name}", name=name)
        return real(name, *more, **named)

    return load


def _opening(real: Callable[..., int]) -> Callable[..., int]:
    def open_file(path: Any, *more: Any, **named: Any) -> int:
        if _asks(1) and os.path.isdir(path):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, *more, **named)

    return open_file


def _letting_go(real: Callable[..., Any], names: int) -> Callable[..., Any]:
    """Refuse to change the name of a file that this process has open; `names` are changed."""

    def change(*paths: Any, **named: Any) -> Any:
        for path in paths[:names]:
            if not named and _is_open(path):
                fault = PermissionError(13, "another process is using the file", str(path))
                fault.winerror = SHARING_VIOLATION  # type: ignore[attr-defined]
                raise fault
        return real(*paths, **named)

    return change


def _is_open(path: Any) -> bool:
    try:
        wanted = os.stat(path, follow_symlinks=False)
    except OSError:
        return False
    for handle in os.listdir("/proc/self/fd"):
        try:
            found = os.fstat(int(handle))
        except OSError:
            continue
        if (found.st_dev, found.st_ino) == (wanted.st_dev, wanted.st_ino):
            return True
    return False


def _naming(event: str, arguments: Any) -> None:
    """Refuse to create a file that Windows could not."""
    if event != "open" or not isinstance(arguments[0], str | os.PathLike):
        return
    flags = arguments[2] or 0
    name = os.path.basename(os.fspath(arguments[0]))
    if flags & os.O_CREAT and isinstance(name, str) and _REFUSED_NAME.fullmatch(name):
        raise OSError(22, "Invalid argument", os.fspath(arguments[0]))
