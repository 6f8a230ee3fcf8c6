"""The fault bench: everything that can go wrong around the program, again and again (R161).

    python tests/faults/bench.py            # a thousand kills, two thousand damaged files, …
    python tests/faults/bench.py --share 0.02 --only killed

It prints for each fault how often it was tried, how often something that was acknowledged was lost
or something refused was kept, and how many commands ended in another way than an exit code of
theirs. A process of its own is used only where one is what is tested. The same seed makes the same
faults; a first number that is no zero ends the bench with 1.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from coaching import Coach, begin, hold_four
from doors import DOORS, MEGABYTE, READ_BYTES, TROUBLE, knock
from trajplan.records import practice_file

EXITS = (0, 1, 2, 10, 20, 30, 130)
KEPT = "a note that was there before"
STEPS = {
    "open", "os.rename", "os.remove", "os.link", "os.mkdir", "os.chmod", "os.truncate",
    "sqlite3.connect", "shutil.copyfile",
}  # fmt: skip
WRITING = (
    ("notes", "add", "brought now"),
    ("goals", "add", "brought now"),
    ("parked", "add", "brought now"),
    ("practice", "backup"),
    ("undo",),
)
CLOSING = ("close", "--print", "weekly-review")
READING = (("today",), ("show",), ("practice", "check"), ("practice", "export"), ("notes", "list"))


@dataclass
class Row:
    """What became of one kind of fault."""

    fault: str
    tries: int = 0
    lost: int = 0
    wrong: int = 0
    examples: list[str] = field(default_factory=list)

    def judge(self, *, lost: bool = False, wrong: str = "") -> None:
        self.tries += 1
        self.lost += lost
        self.wrong += bool(wrong)
        if (lost or wrong) and len(self.examples) < 3:
            self.examples.append(wrong or "lost")


class Bench:
    """A practice to spoil, a copy at a time."""

    def __init__(self, folder: Path, share: float, seed: int) -> None:
        self.random = random.Random(seed)
        self.share = share
        self.coach = Coach(folder, folder / "cache", "2027-02-23", warm=False)
        self.coach.today = "2027-01-12"
        begin(self.coach)
        hold_four(self.coach)
        self.coach.today = "2027-02-23"
        self.coach.do("notes", "add", KEPT)
        self.whole = folder / "whole"
        shutil.copytree(self.coach.practice.parent, self.whole)

    def times(self, count: int) -> range:
        return range(max(1, round(count * self.share)))

    def fresh(self) -> None:
        """Put the practice back as it was."""
        shutil.rmtree(self.coach.practice.parent, ignore_errors=True)
        shutil.copytree(self.whole, self.coach.practice.parent)

    def said(self, words: tuple[str, ...]) -> tuple[int, str]:
        """Run a command here: its exit code, and what is wrong with how it ended."""
        begun = time.process_time()
        try:
            code = self.coach.run(*words).code
        except BaseException as fault:
            return -1, f"{' '.join(words)}: {type(fault).__name__}: {fault}"[:200]
        spent = time.process_time() - begun
        wrong = "" if code in EXITS else f"{' '.join(words)}: exit {code}"
        return code, wrong or ("" if spent < 2 else f"{' '.join(words)}: {spent:.1f} s")

    def apart(self, words: tuple[str, ...], spoil: Callable[[], object]) -> int:
        """Start a command in a process of its own that is spoilt first; return its id."""
        child = os.fork()
        if child == 0:
            code = 97
            try:
                for stream in (0, 1, 2):
                    os.dup2(os.open(os.devnull, os.O_RDWR), stream)
                spoil()
                code = self.coach.run(*words).code
            finally:
                os._exit(code)
        return child

    def notes(self) -> set[str]:
        """What the practice holds of what was brought; raises where it cannot be read."""
        with closing(sqlite3.connect(self.coach.practice)) as db:
            if db.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                raise sqlite3.DatabaseError("not whole")
            if db.execute("PRAGMA foreign_key_check").fetchall():
                raise sqlite3.DatabaseError("orphans")
            return {text for (text,) in db.execute("SELECT text FROM notes")}

    def is_kept(self, more: set[str] = frozenset()) -> bool:  # type: ignore[assignment]
        with suppress(sqlite3.Error):
            return {KEPT, *more} <= self.notes()
        return False

    def state(self) -> str:
        """A digest of all rows but plans, which can be made again."""
        with closing(sqlite3.connect(self.coach.practice)) as db:
            rows = [line for line in db.iterdump() if not line.startswith('INSERT INTO "plans"')]
            return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def killed_at_steps(bench: Bench) -> Row:
    """Killed before each file that is opened, renamed, removed, synced, and each statement."""
    row = Row("killed at each step")
    wanted = len(bench.times(600))
    step = 0
    command = 0
    while row.tries < wanted:
        step += 1
        words = WRITING[command % len(WRITING)]
        bench.fresh()
        child = bench.apart(words, partial(count_down, step))
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        kept = words == ("undo",) or bench.is_kept()
        row.judge(lost=not kept, wrong="" if code in (*EXITS, -9) else f"{words}: exit {code}")
        if code != -signal.SIGKILL:
            step, command = 0, command + 1
    return row


def count_down(left: int) -> None:
    """Kill this process before its nth step."""

    def count(*_: object) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    sync, connect = os.fsync, practice_file.connect

    def watched(*arguments: object, **more: object) -> object:
        db = connect(*arguments, **more)  # type: ignore[arg-type]
        db.set_trace_callback(count)
        return db

    os.fsync = lambda handle: (count(), sync(handle))[1]
    practice_file.connect = watched  # type: ignore[assignment]
    sys.addaudithook(lambda event, _: count() if event in STEPS else None)


def killed_at_random(bench: Bench) -> Row:
    row = Row("killed at random")
    for _ in bench.times(600):
        words = bench.random.choice(WRITING[:-1])
        bench.fresh()
        child = bench.apart(words, lambda: None)
        time.sleep(bench.random.random() * 0.25)
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        told = {"brought now"} if code == 0 and words[0] == "notes" else set()
        row.judge(
            lost=not bench.is_kept(told), wrong="" if code in (*EXITS, -9) else f"exit {code}"
        )
    return row


def eight_writers(bench: Bench) -> Row:
    row = Row("eight writers at once")
    for _ in bench.times(20):
        bench.fresh()
        children = {
            bench.apart(("notes", "add", f"writer {number}"), lambda: None): f"writer {number}"
            for number in range(8)
        }
        for child, text in children.items():
            code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            row.judge(
                lost=code == 0 and not bench.is_kept({text}),
                wrong="" if code in EXITS else f"exit {code}",
            )
    return row


@contextmanager
def held(practice: Path, lock: str) -> Iterator[Callable[[], object]]:
    """Hold a practice from a process of its own, as SQLite knows the locks of its own process."""
    hold = (
        "import sqlite3, sys, time; db = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "db.execute('BEGIN ' + sys.argv[2]); print('held', flush=True); time.sleep(60)"
    )
    words = [sys.executable, "-I", "-c", hold, str(practice), lock]
    with subprocess.Popen(words, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        yield holder.kill  # with the process goes its lock
        holder.kill()


def held_locks(bench: Bench) -> Row:
    """Somebody else holds the file: briefly, so that a command waits, or until it gives up."""
    row = Row("held locks")
    for number in bench.times(80):
        bench.fresh()
        words = bench.random.choice((*WRITING[:4], *READING))
        lock = ("IMMEDIATE", "EXCLUSIVE")[number % 2]
        is_brief = number % 4 > 1
        with held(bench.coach.practice, lock) as let_go:
            child = bench.apart(words, lambda: None)
            if is_brief:
                time.sleep(bench.random.random())
                let_go()
            code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        is_note = words[0] == "notes" and words in WRITING
        told = {"brought now"} if code == 0 and is_note else set()
        is_refused = is_note and code != 0 and bench.is_kept({"brought now"})
        is_wrong = code not in EXITS or (is_brief and code != 0)
        if not is_brief and code == 0:
            # What only reads may pass a lock that waits to write; what writes may pass none.
            is_wrong = is_note or lock == "EXCLUSIVE"
        row.judge(
            lost=not bench.is_kept(told) or is_refused,
            wrong=f"{lock}, {'brief' if is_brief else 'whole'}, {' '.join(words)}: exit {code}"
            if is_wrong
            else "",
        )
    return row


def full_disk(bench: Bench) -> Row:
    row = Row("full disk")
    for _ in bench.times(200):
        bench.fresh()
        size = bench.random.randrange(bench.coach.practice.stat().st_size * 2)

        def fill(size: int = size) -> None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            # Else Python would leave half a compiled file behind, for every later command.
            sys.dont_write_bytecode = True
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

        words = bench.random.choice(WRITING[:3])
        child = bench.apart(words, fill)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        told = {"brought now"} if code == 0 and words[0] == "notes" else set()
        row.judge(lost=not bench.is_kept(told), wrong="" if code in EXITS else f"exit {code}")
    return row


def no_permission(bench: Bench) -> Row:
    row = Row("no permission")
    if os.geteuid() != 0:
        return row
    for _ in bench.times(60):
        bench.fresh()
        place = bench.random.choice((bench.coach.practice, bench.coach.practice.parent))
        place.chmod(bench.random.choice((0, 0o400, 0o444, 0o500, 0o555, 0o700)))
        words = bench.random.choice((*WRITING, *READING))
        child = bench.apart(words, lambda: (os.setgid(65534), os.setuid(65534)))
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        bench.coach.practice.parent.chmod(0o700)
        row.judge(lost=not bench.is_kept(), wrong="" if code in EXITS else f"{words}: exit {code}")
    return row


def odd_clocks(bench: Bench) -> Row:
    row = Row("odd clocks")
    days = ("0001-01-01", "1970-01-01", "2038-01-19", "9999-12-31", "2028-02-29", "x", "")
    for day in days:
        for words in (*READING, *WRITING[:3], ("prep",), ("journey",), ("sessions",), CLOSING):
            bench.fresh()
            bench.coach.today = day
            _, wrong = bench.said(words)
            row.judge(lost=not bench.is_kept(), wrong=wrong and f"{day} {wrong}")
    # A clock that goes to and fro, on one practice: what was kept before stays all the while.
    bench.fresh()
    told: set[str] = set()
    for number in bench.times(60):
        bench.coach.today = (
            f"{bench.random.choice((1999, 2026, 2027, 2027, 2035))}-03-{number % 28 + 1:02}"
        )
        text = f"brought on {bench.coach.today}, {number}"
        code, wrong = bench.said(("notes", "add", text))
        told |= {text} if code == 0 else set()
        row.judge(lost=not bench.is_kept(told), wrong=wrong and f"{bench.coach.today} {wrong}")
        for words in (("practice", "backup"), ("practice", "check"), ("prep",)):
            _, wrong = bench.said(words)
            row.judge(lost=not bench.is_kept(told), wrong=wrong and f"{bench.coach.today} {wrong}")
    bench.coach.today = "2027-02-23"
    return row


def damaged(bench: Bench) -> Row:
    row = Row("damaged, cut and foreign files")
    for number in bench.times(2000):
        bench.fresh()
        data = bytearray(bench.coach.practice.read_bytes())
        kind = number % 4
        if kind == 0:
            data = data[: bench.random.randrange(len(data))]
        elif kind == 1:
            data = bytearray(bench.random.randbytes(bench.random.randrange(20_000)))
        else:
            for _ in range(bench.random.choice((1, 1, 8, 64))):
                data[bench.random.randrange(len(data))] ^= 1 << bench.random.randrange(8)
        bench.coach.practice.write_bytes(data)
        code, wrong = bench.said(READING[number % len(READING)])
        after = bench.coach.practice
        # What is damaged stays as it is, for a repair: never taken for new, never written over.
        gone = not after.exists() or (code != 0 and after.read_bytes()[100:] != bytes(data)[100:])
        row.judge(lost=gone, wrong=wrong)
    return row


def mutated(bench: Bench) -> Row:
    row = Row("mutated forms and files")
    bench.fresh()
    seeds = {
        "wrap": bench.coach.do("wrap", "5", "--form").out.encode(),
        "worksheet": bench.coach.do("worksheets", "blank", "swot").out.encode(),
        "practice": bench.coach.do("practice", "export").out.encode(),
        "update": b"situation: s\ndestination: d\n",
        "import": b"# A\n- What?\n- How {}?\n",
        "replay": b'{"at": "14:10", "key": "m", "text": "a"}\n',
        "settings": b'time_zone = "Europe/Berlin"\npaper = "a4"\n',
        "check-in": b"energy: 5\n",
        "template": b"Hello {{ first_name }}, {% if promises %}x{% endif %}",
    }
    doors = [door for door in DOORS if door.name in seeds]
    before = bench.state()
    for number in bench.times(3000):
        door = doors[number % len(doors)]
        data = bytearray(seeds[door.name])
        for _ in range(bench.random.choice((1, 3, 10))):
            at = bench.random.randrange(len(data) + 1)
            data[at : at + bench.random.randrange(6)] = bench.random.choice(
                (b"", b"\0", b"\xff", b"- [x] ", b"## ", b": ", b"{%", "²٣".encode(), b"9" * 30)
            )
        config = bench.coach.home / "CONFIG" / "trajplan"
        file = config / door.home if door.home else bench.coach.home / f"brought{door.suffixes[-1]}"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        words = tuple(str(file) if word == "{}" else word for word in door.command)
        code, wrong = bench.said(words)
        after = bench.state()
        if code != 0 and after != before:
            wrong = wrong or f"{door.name}: {bytes(data)!r}"
        row.judge(lost=code != 0 and after != before, wrong=wrong)
        if door.home:
            file.unlink()
        if after != before:
            bench.fresh()
    return row


def hostile(bench: Bench) -> Row:
    row = Row("a megabyte at every door")
    knocks = [
        (door, suffix, trouble)
        for door in DOORS
        for suffix in door.suffixes
        for trouble in TROUBLE
        if door.name == "settings" or not trouble.startswith("toml")
    ]
    bench.random.shuffle(knocks)
    for number in bench.times(len(knocks)):
        bench.fresh()
        door, suffix, trouble = knocks[number]
        config = bench.coach.home / "CONFIG" / "trajplan"
        file = config / door.home if door.home else bench.coach.home / f"brought{suffix}"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(TROUBLE[trouble]()[: (MEGABYTE, READ_BYTES)[number % 2]])
        environ = {name: value for name, value in bench.coach.environ.items() if value is not None}
        passed = knock(door, file, environ).faults()
        if door.home:
            file.unlink()
        what = f"{door.name} {suffix} {trouble}: {', '.join(passed)}" if passed else ""
        row.judge(lost=not bench.is_kept(), wrong=what)
    return row


def closed_streams(bench: Bench) -> Row:
    row = Row("closed streams")
    for streams in ((0,), (1,), (2,), (0, 1), (1, 2), (0, 1, 2)):
        for words in (*READING, *WRITING):
            bench.fresh()
            file = bench.coach.home / "nothing"
            file.write_bytes(b"")
            environ = {name: text for name, text in bench.coach.environ.items() if text is not None}
            door = DOORS[0]._replace(command=words)
            answer = knock(door, file, environ, closed=streams)
            kept = words == ("undo",) or bench.is_kept()
            row.judge(lost=not kept, wrong="; ".join(answer.faults()))
    return row


def damaged_cache(bench: Bench) -> Row:
    row = Row("damaged cache")
    bench.fresh()
    for number in bench.times(60):
        for file in bench.coach.cache.rglob("*.msgpack"):
            data = bytearray(file.read_bytes())
            at = bench.random.randrange(len(data))
            file.write_bytes(data[:at] if number % 2 else data[:at] + b"\xff" + data[at + 1 :])
        _, wrong = bench.said(("today",))
        # Reading the library anew takes longer than two seconds on a machine that is busy.
        row.judge(lost=not bench.is_kept(), wrong="" if wrong.endswith(" s") else wrong)
    return row


FAULTS = (
    killed_at_steps, killed_at_random, eight_writers, held_locks, full_disk, no_permission,
    odd_clocks, damaged, mutated, hostile, closed_streams, damaged_cache,
)  # fmt: skip


def run(share: float = 1.0, seed: int = 161, only: str = "") -> Iterator[Row]:
    """Try each kind of fault in a folder that is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        bench = Bench(Path(folder), share, seed)
        for fault in FAULTS:
            if only in fault.__name__:
                yield fault(bench)


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--share", type=float, default=1.0, help="of the tries; 1: all")
    options.add_argument("--seed", type=int, default=161)
    options.add_argument("--only", default="", help="faults whose name holds this word")
    chosen = options.parse_args()
    say("| fault | tries | lost | wrong exits |\n|---|---|---|---|")
    bad = 0
    for row in run(chosen.share, chosen.seed, chosen.only):
        say(f"| {row.fault} | {row.tries} | {row.lost} | {row.wrong} |")
        for example in row.examples:
            sys.stderr.write(f"  {row.fault}: {example}\n")
        bad += row.lost + row.wrong
    return bool(bad)


if __name__ == "__main__":
    raise SystemExit(main())
