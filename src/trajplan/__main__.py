"""Where the program begins and ends: `trajplan`, and `python -m trajplan`.

Taking down an interpreter, object by object, takes as long as a quarter of a command, and nothing
is left to be saved then: records are in a closed file, results are flushed.
"""

import _signal  # type: ignore[import-not-found]  # `signal` takes as long as a kept page

if _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler:
    # Nothing is begun yet: Ctrl-C ends the process without a word, as it ends any other, and leaves
    # no module half imported. A command asks to be told of it (`system.hear_interrupts`).
    _signal.signal(_signal.SIGINT, _signal.SIG_DFL)

import gc
import os
import sys

INTERRUPTED = 130
"""The exit code after Ctrl-C, as in `errors.py`, which a kept page does not load."""
TYPE_CHECKING = False  # `typing` takes longer than to print a kept page
if TYPE_CHECKING:
    from trajplan.actions.surroundings import Surroundings


def main() -> None:
    """Run the program and leave at once, unless somebody waits for the interpreter's own end."""
    # What a short run makes is kept until its end; a long one is still looked through, only rarely.
    gc.set_threshold(100_000)
    from trajplan.actions.surroundings import page_to_print, read_note, session_asked_for

    words = sys.argv[1:]
    number = session_asked_for(words)
    around = read_note() if number else None
    page = page_to_print(number, around) if around else None
    try:
        code = _run(number, around) if page is None or not _printed(page) else 0
    except KeyboardInterrupt:
        code = INTERRUPTED
    if code == INTERRUPTED:
        _say_what_is_saved()
    if _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler:
        _signal.signal(_signal.SIGINT, _signal.SIG_DFL)  # nothing is left to be tidied up
    if isinstance(code, int) and not _is_awaited() and _flushed():
        os._exit(code)
    sys.exit(code)  # type: ignore[arg-type]


def _run(number: str, around: "Surroundings | None") -> object:
    """Run the command, and return what the process ends with. `number`: of the session whose plan
    it asks for and nothing else, or empty; then there are options to read."""
    from trajplan.late import load_late

    load_late()
    if number:
        from trajplan.cli.session_plan import print_session_plan

        code = print_session_plan(number, as_markdown=sys.argv[-1] != number, around=around)
        if code is not None:
            return code
    from trajplan.cli.app import main as run

    try:
        run()
    except SystemExit as end:
        return end.code or 0
    return 0


def _say_what_is_saved() -> None:
    """Say that the change was saved where Ctrl-C came before the page that shows it: whoever types
    it again would have it twice."""
    context = sys.modules.get("trajplan.actions.context")
    if context is not None and context.saved_changes and sys.stderr is not None:
        sys.stderr.write("trajplan: stopped, but the change is saved\n")


def _printed(page: str) -> bool:
    """Print a page that was kept; False where it cannot be written: the long way says why."""
    left = memoryview(page.encode("utf-8", "backslashreplace"))
    try:
        while left:
            left = left[os.write(sys.stdout.fileno(), left) :]
    except (OSError, ValueError):
        return False
    return True


def _is_awaited() -> bool:
    """Whether something is to be done at the end: a thread's work, or what measures this run."""
    import atexit

    threading = sys.modules.get("threading")
    return atexit._ncallbacks() > 0 or (threading is not None and threading.active_count() > 1)


def _flushed() -> bool:
    """Write what is left in the streams; False where the interpreter should say what it thinks."""
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except (OSError, ValueError):
        return False
    return True


if __name__ == "__main__":
    main()
