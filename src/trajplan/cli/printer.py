"""The only place that writes: results to standard output, diagnostics to standard error."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeGuard

from trajplan import system
from trajplan.cli.formats import FORMATS, Format, Made, check_fits, format_of_file
from trajplan.errors import CannotDo, InvalidContent, StoreFault
from trajplan.pages.document import Document
from trajplan.settings import local_path
from trajplan.text import columns, pattern, visible

if TYPE_CHECKING:
    from trajplan.cli.written_files import WrittenFiles
    from trajplan.pages.look import Imprint

NARROW = 80
STANDARD_OUTPUT = ("-", "/dev/stdout")
MOST_LINES = 50
"""Messages of a run that are read; of more, a count is said (R161)."""
LONGEST_LINE = 1000
"""Characters of a message, which may quote what was typed."""
_PIECE = pattern(r"[^\s`]*`[^`\n]*`[^\s`]*|\S+")
"""A word, or a command in backticks with what clings to it."""
_STYLE = pattern("\x1b\\[[0-9;]*m")
"""What styles text in a terminal and takes no room there."""

_whose: Callable[[], str] = str
_color: str = "auto"
_pager: bool = True


def speak_of(whose: Callable[[], str]) -> None:
    """Let every command that is named from now on be for this client; empty: the current one."""
    global _whose
    _whose = whose


def use_color(choice: str) -> None:
    """Remember `--color` for this run: auto, always or never."""
    global _color
    _color = choice


def use_pager(choice: bool) -> None:
    """Remember `--no-pager` for this run."""
    global _pager
    _pager = choice


def check_output(
    file_format: Format | None,
    output: str | None,
    written_files: WrittenFiles,
    offered: Sequence[Format],
) -> None:
    """Refuse what no page can be written as, before a command does anything (F56, R153).

    `offered`: the formats of the command. Raises as `format_of_file` does; CannotDo also for a file
    that is there and somebody's own, and for bytes on a terminal; StoreFault where a file cannot
    be read.
    """
    if not _is_file(output):
        if file_format and file_format in FORMATS and FORMATS[file_format].binary and is_terminal():
            raise CannotDo(f"a terminal cannot show {file_format}; -o FILE writes it to a file")
        return
    format_of_file(output, file_format, offered)
    path = local_path(output)
    try:
        written_files.check(path)
    except OSError as error:
        raise StoreFault(f"`{path}` cannot be written: {error.strerror}") from error


def show(
    document: Document,
    file_format: Format | None = None,
    output: str | None = None,
    written_files: WrittenFiles | None = None,
    imprint: Callable[[], Imprint] | None = None,
) -> None:
    """Print a document, or write it to a file.

    Without a format a terminal gets the rich view, a pipe Markdown, and a file what its name ends
    in; `written_files` keeps it from writing over what is somebody's own. Raises CannotDo for such
    a file and for a format that the document does not have, StoreFault when it cannot be written.
    """
    if _is_file(output):
        chosen = format_of_file(output, file_format, FORMATS)
        # A text that is no Markdown stays as it is, unless the name says that Markdown is meant.
        if document.markdown and not file_format and Path(output).suffix.lower() in ("", ".txt"):
            chosen = "terminal"
        made = _made(document, chosen, imprint)
        if isinstance(made, str) and chosen in FORMATS:
            made = FORMATS[chosen].file_start + made
        write_file(local_path(output), made, written_files)
        note(f"written to {output}")
        return
    plain = is_terminal() or document.markdown is not None
    chosen = file_format or ("terminal" if plain else "markdown")
    made = _made(document, chosen, imprint)
    if isinstance(made, bytes) or not (command := _pager_for(made)):
        _out(made)
        return
    from trajplan.cli.pager import read_in_pager, shows_colours

    shown = made
    if chosen == "terminal" and not shows_colours(command):
        shown = _terminal(document, styled=False)
    if fault := read_in_pager(command, shown):
        _out(made)
        note(fault)


def show_pieces(pieces: Iterable[str], output: str | None) -> None:
    """Print a long text as it is made, or write it to a file, whole or not at all.

    Raises as `show` does.
    """
    if _is_file(output):
        write_file(
            local_path(output),
            b"".join(piece.encode("utf-8", "backslashreplace") for piece in pieces),
            None,
        )
        note(f"written to {output}")
        return
    for piece in pieces:
        _out(piece)


def _is_file(output: str | None) -> TypeGuard[str]:
    """Whether what `-o` says is a file, and not standard output."""
    return bool(output) and output not in STANDARD_OUTPUT


def _pager_for(text: str) -> list[str]:
    """The pager's words, where a text has more lines than the terminal; none where it is printed
    as it is."""
    if not (is_terminal() and _pager):
        return []
    width, height = shutil.get_terminal_size()
    lines = 0
    for line in text.splitlines():
        lines += max(1, -(-columns(_STYLE.sub("", line)) // width))
    if lines < height:
        return []
    from trajplan.cli.pager import pager_command

    return pager_command()


def _made(document: Document, file_format: Format, imprint: Callable[[], Imprint] | None) -> Made:
    """The document in a format. Raises CannotDo where it does not have it."""
    check_fits(document, file_format)
    if file_format == "terminal":
        return _terminal(document, styled=True)
    return FORMATS[file_format].make(document, imprint or _no_imprint)


def _no_imprint() -> Imprint:
    raise TypeError("who prints a format with a look says which look")


def _terminal(document: Document, *, styled: bool) -> str:
    """The document as a terminal shows it."""
    if document.text:
        return visible(document.text())
    from trajplan.pages.terminal import terminal

    console = _console(styled)
    pages = (document.at_the_door(),) if document.at_the_door else document.whole_pages()
    # Captured, because rich would end the program with 1 for a reader that has seen enough.
    with console.capture() as drawn:
        for number, page in enumerate(pages):
            if number:
                console.print(f"\n{'─' * console.width}\n", soft_wrap=False)
            console.print(terminal(page, console.width), soft_wrap=False)
    text: str = drawn.get()
    return text


def line(text: str) -> None:
    """Print one line as the result: a path, for another program to take."""
    _out(visible(text) + "\n")


def note(text: str) -> None:
    """Say something on standard error that is not the result."""
    _err(text)


def notes(texts: Iterable[str]) -> None:
    """Say several things on standard error, one a line; of many, the first and a count."""
    lines = list(texts)
    for text in lines[:MOST_LINES]:
        note(text)
    if len(lines) > MOST_LINES:
        note(f"… and {len(lines) - MOST_LINES:,} more")


def fault(error: BaseException) -> None:
    """Say what went wrong: one line, or one line a problem."""
    if isinstance(error, InvalidContent):
        notes(str(problem) for problem in error.problems)
    else:
        _err(f"trajplan: {error}")


def is_plain() -> bool:
    """Whether nothing is to be shown in colour."""
    return _color == "never" or (_color == "auto" and bool(os.environ.get("NO_COLOR")))


def is_terminal() -> bool:
    """Whether results go to a terminal."""
    return sys.stdout is not None and sys.stdout.isatty()


def _console(styled: bool) -> Any:
    from rich.console import Console

    plain = is_plain()
    width = None if is_terminal() or os.environ.get("COLUMNS") else NARROW
    return Console(
        file=_stream(),
        force_terminal=True if _color == "always" else None,
        no_color=plain,
        color_system="auto" if styled else None,
        width=width,
        markup=False,
        highlight=False,
        emoji=False,
    )


def _stream() -> Any:
    if sys.stdout is None:
        raise StoreFault("done, but standard output is closed: there is nowhere to print to")
    system.take_any_letter(sys.stdout)
    return sys.stdout


def _out(made: Made) -> None:
    """Write a result. What the command did is done by now, and the message says so."""
    try:
        stream = _stream()
        if isinstance(made, bytes):
            stream = stream.buffer
        stream.write(made)
        stream.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        system.abandon(sys.stdout)
        raise StoreFault(f"done, but the result could not be printed: {error.strerror}") from error


def _err(text: str) -> None:
    if sys.stderr is None:
        return
    if "`trajplan " in text and (client := _whose()):
        from trajplan.cli.named_commands import for_client

        text = for_client(text, client)
    system.take_any_letter(sys.stderr)
    try:
        sys.stderr.write("\n".join(in_lines(visible(bounded(text)))) + "\n")
        sys.stderr.flush()
    except OSError:
        system.abandon(sys.stderr)  # the exit code still says it


def in_lines(text: str, kept_free: int = 0) -> list[str]:
    """What is said to a person, broken between words to the width of their terminal; a command
    stays on one line wherever it fits, to be copied. Elsewhere the text is as it was.

    `kept_free`: columns of the last line that something else takes.
    """
    if sys.stderr is None or not sys.stderr.isatty():
        return [text]
    width = shutil.get_terminal_size((NARROW, 24)).columns
    return [line for paragraph in text.split("\n") for line in _broken(paragraph, width, kept_free)]


def _broken(text: str, width: int, kept_free: int) -> list[str]:
    """A line of text in lines of a terminal. What goes on is set in a little."""
    if columns(text) + kept_free <= width:
        return [text]
    margin = text[: len(text) - len(text.lstrip())]
    further = f"{margin}  "
    pieces = [
        word
        for piece in _PIECE.findall(text)
        for word in ([piece] if columns(further + piece) <= width else piece.split())
    ]
    lines = [margin]
    for number, piece in enumerate(pieces, 1):
        line = lines[-1] + (" " if lines[-1].strip() else "") + piece
        room = width - (kept_free if number == len(pieces) else 0)
        if columns(line) > room and lines[-1].strip():
            lines.append(further + piece)
        else:
            lines[-1] = line
    return lines


def bounded(text: str) -> str:
    """A message as long as somebody reads it: its middle is left out where it is longer."""
    if len(text) <= LONGEST_LINE:
        return text
    half = LONGEST_LINE // 2
    return f"{text[:half]} … {text[-half:]}"


def write_file(path: Path, made: Made, written_files: WrittenFiles | None) -> None:
    """Write a file that only its owner can read, whole or not at all, power cut or no (R119)."""
    data = made if isinstance(made, bytes) else made.encode("utf-8", errors="backslashreplace")
    try:
        # Asked of the name itself: what `/dev/fd/63` leads to has no name of its own.
        if path.exists() and not path.is_file():
            system.pour(path, data)
            return
        place = path.resolve()
        if _is_database(place):
            raise CannotDo(f"`{path}` is a database, and a page does not overwrite it")
        if written_files:
            written_files.check(place)
        system.write_file(place, data)
        if written_files:
            written_files.remember(data)
        _clear_up(place.parent)
    except (OSError, RuntimeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it leads back to itself"
        raise StoreFault(f"`{path}` cannot be written: {why}") from error


def _clear_up(folder: Path) -> None:
    """Delete what a command that was killed has left unfinished in a folder, under a name that
    nobody sees: client words may be in it."""
    with suppress(OSError):  # the page itself is written
        for draft in system.left_in(folder):
            draft.unlink(missing_ok=True)
            note(f"deleted {draft.name}, which a command that was killed had left in {folder}")


def _is_database(place: Path) -> bool:
    if not place.exists():
        return False
    with place.open("rb") as file:
        return file.read(16) == b"SQLite format 3\0"
