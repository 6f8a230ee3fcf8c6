"""Every door through which words come into the program, and a megabyte of trouble for each.

A door is a command with a place for a file; what is brought to it is made here, so that the test of
the bounds (R161) and the fault bench knock at the same doors.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, NamedTuple, NoReturn

from trajplan.cli.app import main

MEGABYTE = 1024 * 1024
READ_BYTES = 250 * 1024
"""Just less than a form may hold, so that it is read and not refused by its size."""
SECONDS = 2.0
"""Of the processor: what else the machine does is not the program's fault."""
MEMORY = 200 * 1024 * 1024
START = 60 * 1024 * 1024
"""What the program takes before it has read anything, its modules and its library."""
MESSAGES = 64 * 1024
"""More on standard error than this is not read by anybody."""


class Door(NamedTuple):
    """A command that takes a file; `{}` in its words is the file, else it comes through a pipe."""

    name: str
    command: tuple[str, ...]
    suffixes: tuple[str, ...] = (".yaml",)
    home: str = ""
    """Where the file must lie below the configuration folder; empty: anywhere."""


class Knock(NamedTuple):
    """How a command answered: its exit code, processor seconds, bytes of memory, and its words."""

    code: int
    seconds: float
    memory: int
    out: bytes
    err: bytes

    def faults(self) -> list[str]:
        """Which bounds it passed."""
        found = []
        if self.code not in (0, 1, 2, 10, 20, 30):
            found.append(f"exit {self.code}: {self.err[-300:].decode(errors='replace')}")
        if self.seconds > SECONDS:
            found.append(f"{self.seconds:.1f} s")
        if self.memory > MEMORY:
            found.append(f"{self.memory / MEGABYTE:.0f} MB")
        if len(self.err) > MESSAGES:
            found.append(f"{len(self.err) / 1024:.0f} KiB of messages")
        if b"Traceback" in self.err:
            found.append("a traceback")
        return found


COMMITMENT = ("--when", "+3d", "--how-will-i-know", "y")
DOORS = (
    Door("import", ("questions", "import", "{}"), (".md", ".txt", ".csv", ".json", ".yaml")),
    Door("lint", ("questions", "lint", "{}"), (".md", ".txt", ".csv", ".json", ".yaml")),
    Door("check", ("questions", "check", "{}")),
    Door("blueprints check", ("blueprints", "check", "{}")),
    Door("blueprints lint", ("blueprints", "lint", "{}")),
    Door("bank", ("questions", "check"), home="question_banks/own.yaml"),
    Door("new client", ("new-client", "Zoe", "--start", "2027-03-01", "--from", "{}")),
    Door("update", ("clients", "update", "--from", "{}")),
    Door("engagement", ("new-engagement", "--start", "2027-03-01", "--from", "{}")),
    Door("check-in", ("check-in", "--from", "{}")),
    Door("tci", ("log-tci", "3", "--from", "{}")),
    Door("wrap", ("wrap", "--from", "{}"), (".yaml", ".md")),
    Door("worksheet", ("worksheets", "fill", "swot", "--from", "{}"), (".yaml", ".md")),
    Door("wheel", ("worksheets", "fill", "wheel-of-life", "--from", "{}"), (".yaml", ".md")),
    Door("replay", ("live", "--replay", "{}"), (".jsonl",)),
    Door("note", ("notes", "add", "--from", "{}"), (".txt",)),
    Door("note piped", ("notes", "add", "-"), (".txt",)),
    Door("park", ("parked", "add", "-"), (".txt",)),
    Door("assumption", ("assumptions", "add", "-"), (".txt",)),
    Door("goal", ("goals", "add", "-"), (".txt",)),
    Door("commitment", ("commitments", "add", "-", *COMMITMENT), (".txt",)),
    Door("search", ("search", "-"), (".txt",)),
    Door("practice", ("practice", "import", "{}"), (".json",)),
    Door("restore", ("practice", "restore", "{}"), (".sqlite3",)),
    Door("encrypted", ("practice", "restore", "{}", "--passphrase-file", "-"), (".age",)),
    Door("key", ("practice", "backup", "copy.age", "--key", "{}"), (".txt",)),
    Door("settings", ("today",), (".toml",), home="settings.toml"),
    Door("template", ("recap",), (".txt",), home="templates/recap.txt"),
)  # fmt: skip


def repeated(text: str, size: int = MEGABYTE) -> bytes:
    """A text again and again, `size` bytes or a few less."""
    data = text.encode()
    return data * (size // len(data))


def _numbered(pattern: str) -> Callable[[], bytes]:
    """A pattern with a running number, a megabyte of it."""

    def make() -> bytes:
        parts: list[str] = []
        size = 0
        while size < MEGABYTE - 200:
            parts.append(pattern.format(len(parts)))
            size += len(parts[-1].encode())
        return "".join(parts).encode()

    return make


def _bomb() -> bytes:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [
        f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]" for level in range(1, 12)
    ]
    return "\n".join(lines).encode()


LOOP = b"{% for a in range(99999) %}{% for b in range(99999) %}"
LOOP_END = b"{% endfor %}{% endfor %}"
BANK = b"format: 1\nkind: question-bank\nid: own\ntitle: Own\nquestions:\n"
AGE = b"age-encryption.org/v1\n"
TROUBLE: Mapping[str, Callable[[], bytes]] = {
    "short items": lambda: repeated("- a\n"),
    "questions": _numbered("- What would {} of these change for you?\n"),
    "same question": lambda: repeated("- What matters to you now?\n"),
    "plain questions": _numbered("What would {} of these change for you?\n"),
    "one letter a line": lambda: repeated("a\n"),
    "empty lines": lambda: repeated("\n"),
    "one word": lambda: repeated("a"),
    "words": lambda: repeated("change and trust "),
    "sentences": _numbered("I think {} is too much for me, and I will try to do it. "),
    "question marks": lambda: repeated("? "),
    "unknown keys": _numbered("key{}: x\n"),
    "empty keys": _numbered("k{}:\n"),
    "same key": lambda: repeated("name: x\n"),
    "headings": _numbered("## Heading {}\n\n"),
    "one heading": lambda: repeated("## Strengths\n- x\n"),
    "boxes": lambda: repeated("- [ ] \n- [x] a\n"),
    "hints": lambda: repeated("> a\n"),
    "table": lambda: repeated("| a | b | c |\n|---|---|---|\n"),
    "pipes": lambda: repeated("|"),
    "deep list": lambda: repeated("- "),
    "deep brackets": lambda: repeated("["),
    "deep braces": lambda: repeated("{a: "),
    "closed brackets": lambda: b"[" * (MEGABYTE // 2) + b"]" * (MEGABYTE // 2),
    "json brackets": lambda: b'{"format":' + b"[" * (MEGABYTE // 2) + b"]" * (MEGABYTE // 2) + b"}",
    "json list": lambda: b"[" + b"1," * (MEGABYTE // 2 - 2) + b"1]",
    "json texts": lambda: json.dumps([f"What is {number}?" for number in range(60_000)]).encode(),
    "json keys": lambda: json.dumps({f"k{number}": number for number in range(60_000)}).encode(),
    "json objects": lambda: json.dumps([{"question": "What?"}] * 50_000).encode(),
    "json lines": _numbered('{{"at": "14:{0:02}", "key": "m", "text": "{0}"}}\n'),
    "replay": lambda: repeated('{"at": "14:10", "key": "m", "text": "a"}\n'),
    "number": lambda: repeated("9"),
    "json number": lambda: b"[" + b"9" * (MEGABYTE - 2) + b"]",
    "toml number": lambda: b"a = " + b"9" * (MEGABYTE - 4),
    "toml keys": _numbered("k{} = 1\n"),
    "toml dots": lambda: b"a" + b".a" * (MEGABYTE // 2 - 4) + b" = 1",
    "toml tables": _numbered("[a{}]\n"),
    "toml deep": lambda: b"a = " + b"[" * (MEGABYTE - 8),
    "csv": _numbered("question,level\nWhat is {}?,x\n"),
    "commas": lambda: repeated(","),
    "csv quotes": lambda: b'question\n' + repeated('"'),
    "bomb": _bomb,
    "aliases": lambda: b"a: &a x\nb:\n" + repeated("- *a\n"),
    "anchors": _numbered("- &a{} x\n"),
    "tags": lambda: repeated("- !x y\n"),
    "merge": lambda: repeated("<<: x\n"),
    "quotes": lambda: repeated('- "'),
    "backslashes": lambda: repeated("\\"),
    "stars": lambda: repeated("*a "),
    "underscores": lambda: repeated("_*_*"),
    "links": lambda: repeated("[a]("),
    "tabs": lambda: repeated("\t"),
    "spaces": lambda: repeated(" "),
    "indented": lambda: repeated("  - a\n    - b\n"),
    "control": lambda: repeated("\x1b[31m"),
    "null bytes": lambda: repeated("\0"),
    "no utf-8": lambda: b"\xff" * MEGABYTE,
    "marks": lambda: b"a" + "\u0301".encode() * (MEGABYTE // 2 - 1),
    "wide": lambda: repeated("漢字"),
    "joined faces": lambda: repeated("👩‍👩‍👧"),
    "right to left": lambda: repeated("שלום "),
    "superscripts": lambda: repeated("² "),
    "dates": lambda: repeated("2027-03-01 "),
    "day words": lambda: repeated("next "),
    "carriage returns": lambda: repeated("a\r"),
    "template loop": lambda: (LOOP + b"x" + LOOP_END),
    "template text": lambda: b"{{ 'x' * 9999999999 }}",
    "template blocks": lambda: repeated("{% if last %}x{% endif %}"),
    "template depth": lambda: repeated("{% if last %}", 60_000) + repeated("{% endif %}", 60_000),
    "sqlite": lambda: b"SQLite format 3\0" + b"\xa5" * (MEGABYTE - 16),
    "age": lambda: AGE + b"-> scrypt " + b"a" * 22 + b" 24\n" + repeated("a" * 63 + "\n"),
    "age keys": lambda: AGE + repeated("-> X25519 a\n" + "a" * 43 + "\n"),
    "bank": lambda: BANK + _numbered("- {{id: q{0}, text: What is {0}?}}\n")(),
    "bad bank": lambda: BANK + _numbered("- {{idd: q{0}}}\n")(),
    "flags": lambda: b"flags:\n" + _numbered("- x{}\n")(),
}  # fmt: skip


def knock(
    door: Door,
    file: Path,
    environ: Mapping[str, str],
    seconds: int = 30,
    closed: Sequence[int] = (),
) -> Knock:
    """Run the command in a copy of this process, for at most so many seconds, and measure it.

    What this process holds does not count as memory; the start of the program does.
    """
    words = [str(file) if word == "{}" else word for word in door.command]
    with TemporaryFile() as out, TemporaryFile() as err:
        before = _resident()
        child = os.fork()
        if child == 0:
            _run(
                words,
                file if "-" in words else Path(os.devnull),
                out,
                err,
                environ,
                seconds,
                closed,
            )
        _, status, used = os.wait4(child, 0)
        out.seek(0)
        err.seek(0)
        return Knock(
            os.waitstatus_to_exitcode(status),
            used.ru_utime + used.ru_stime,
            START + used.ru_maxrss * (1 if sys.platform == "darwin" else 1024) - before,
            out.read(),
            err.read(),
        )


def _resident() -> int:
    """The memory that this process holds, in bytes, and that a copy of it begins with."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * resource.getpagesize()


def _run(
    words: Sequence[str],
    typed: Path,
    out: IO[bytes],
    err: IO[bytes],
    environ: Mapping[str, str],
    seconds: int,
    closed: Sequence[int],
) -> NoReturn:
    """Be the program, with streams of its own, and end."""
    code = 99
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        for number, stream in enumerate((os.open(typed, os.O_RDONLY), out.fileno(), err.fileno())):
            os.dup2(stream, number)
        sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
        sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
        sys.stderr = os.fdopen(2, "w", encoding="utf-8", closefd=False)
        for number in closed:
            os.close(number)
            setattr(sys, ("stdin", "stdout", "stderr")[number], None)
        os.environ.clear()
        os.environ.update(environ)
        sys.argv = ["trajplan", *words]
        main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else bool(end.code)
    except BaseException:
        traceback.print_exc()
    finally:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
        os._exit(code)
