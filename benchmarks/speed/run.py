"""Measure whole commands against `python -c pass` of the same environment.

    python benchmarks/speed/run.py [--runs 21]
        [--groups commands planning demo memory growth library]

Prints a Markdown table. It touches no practice but those it makes and throws away.
"""

from __future__ import annotations

import argparse
import compileall
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple

from practices import INTAKE, RATED, WRAP, library

HERE = Path(__file__).parent
BIN = Path(sys.executable).parent
PROGRAM, PYTHON = str(BIN / "trajplan"), sys.executable
NEXT = "2027-03-09"
"""The day of session 5, which is prepared and not held."""
PREP = ("prep", "session", "5")
LOG = ("log-tci", "--session", "4", *RATED)


class Spent(NamedTuple):
    """What one run of a process took: milliseconds by the clock and of the processor, megabytes."""

    wall: float
    cpu: float
    peak: float


class Case(NamedTuple):
    """One row of the table: a command, and the place it is run in."""

    name: str
    words: Sequence[str]
    practice: str = "kept"
    goal: float | None = None
    """At most so many times `against`; for a row of the memory group, so many megabytes."""
    changes: bool = False
    """Whether it changes records: then every run gets the practice as it was."""
    terminal: bool = False
    edits: bool = False
    """Whether a content file of the coach's own changes before every run."""
    library: str = ""
    against: str = ""
    """The row it is compared with; empty: `python -c pass`."""
    program: str = PROGRAM


COMMANDS = (
    Case("prep, plan kept", PREP, goal=3),
    Case("prep, plan kept, --format markdown", (*PREP, "--format", "markdown"), goal=3),
    Case("prep, plan rebuilt", PREP, "changed", 10, changes=True),
    Case("log-tci, all flags", LOG, goal=9, changes=True),
    Case("--help", ("--help",), goal=9),
    Case("clients", ("clients",), goal=9),
    Case("tci", ("tci",), goal=9),
    Case("today", ("today",), goal=9),
    Case("check-in", ("check-in", "--energy", "low"), goal=9, changes=True),
    Case("commitments", ("commitments",), goal=9),
    Case("prep on a terminal", PREP, goal=14, terminal=True),
    Case(
        "wrap --from", ("wrap", "session", "5", "--from", "{home}/wrap.yaml"), goal=14, changes=True
    ),
    Case("new-client --from", ("new-client", "--from", "{home}/new.yaml"), goal=14, changes=True),
    Case("prep, one content file changed", PREP, goal=20, edits=True, changes=True, library="one"),
    Case(
        "PDF agenda",
        (*PREP, "--for", "client", "-o", "{home}/agenda.pdf", "--overwrite"),
        goal=18,
    ),
    Case("HTML plan", (*PREP, "--format", "html"), goal=14),
)
PLANNING = (Case("planning alone, of a plan rebuilt", PREP, "changed", 10, changes=True),)
"""Its goal is in milliseconds, of `make_plan` in a process that makes one plan; in place of
processor time stands what the same plan takes once more."""
DEMO = (Case("demo", ("demo",), goal=80),)
MEMORY = (
    Case("prep, plan kept", PREP, goal=16),
    Case("prep, plan rebuilt", PREP, "changed", 28, changes=True),
    Case("export of 300 clients", ("practice", "export"), "300", 80),
)


def _grown(small: str, large: str, limit: float, commands: Sequence[Sequence[str]]) -> list[Case]:
    """Two rows a command: the small practice, and the large against it."""
    cases = []
    for words in commands:
        shown = " ".join(word for word in words if word not in RATED)
        first = f"{shown}, {small} clients"
        cases.append(Case(first, words, small))
        cases.append(Case(f"{shown}, {large} clients", words, large, limit, against=first))
    return cases


SHOWN = (PREP, LOG, ("tci",))
GROWTH = (
    *_grown(
        "10", "10000", 1.05, [*SHOWN, *((*words, "--client", "sample-client") for words in SHOWN)]
    ),
    *_grown("3", "300", 1.5, [("today",), ("clients",)]),
)
LIBRARY = tuple(
    Case(
        f"{name}, {more} questions more",
        PREP,
        practice,
        limit,
        changes=practice == "changed",
        library=more,
        against=f"{name}, 0 questions more" if limit else "",
    )
    for name, practice in (("prep, plan kept", "kept"), ("prep, plan rebuilt", "changed"))
    for more, limit in (("0", None), ("3000", 1.1), ("30000", 1.25))
)
GROUPS = {
    "commands": COMMANDS,
    "planning": PLANNING,
    "demo": DEMO,
    "memory": MEMORY,
    "growth": GROWTH,
    "library": LIBRARY,
}
RATINGS = {"10000": 1_000_000, "10": 1000}


def run(words: Sequence[str], environ: dict[str, str], *, terminal: bool = False) -> Spent:
    """Time one process. Raises SystemExit where it does not succeed: a fault is no measurement."""
    watch = [PYTHON, "-I", "-S", str(HERE / "stopwatch.py"), "terminal" if terminal else "pipe"]
    found = subprocess.run(
        [*watch, *words], env=environ, capture_output=True, text=True, check=True
    )
    code, wall, cpu, peak = found.stdout.split()
    if code != "0":
        raise SystemExit(f"{' '.join(words)}: exit {code}\n{found.stderr}")
    return Spent(float(wall), float(cpu), int(peak) / 1024)


def planned(words: Sequence[str], environ: dict[str, str]) -> Spent:
    """Milliseconds that the planning of one command took, first and again, inside its process."""
    around = [PYTHON, str(HERE / "planning.py"), *words]
    found = subprocess.run(around, env=environ, capture_output=True, text=True, check=True)
    first, again = found.stderr.splitlines()[-1].split()
    return Spent(float(first), float(again), 0)


class Bench:
    """A folder with everything the cases need; each practice is made when a case first asks."""

    def __init__(self, home: Path) -> None:
        self.home = home
        wrap = WRAP.replace("2027-03-05", "2027-03-19")
        for name, text in (("wrap", wrap), ("new", INTAKE.replace("Sample", "Newest"))):
            (home / f"{name}.yaml").write_text(text, encoding="utf-8")
        self._made: dict[str, Path] = {}

    def environ(self, practice: Path, day: str = NEXT, more: str = "") -> dict[str, str]:
        """All that the program knows of its surroundings."""
        found = {f"XDG_{name}_HOME": str(self.home / name) for name in ("CONFIG", "DATA", "CACHE")}
        found |= {"PATH": os.environ["PATH"], "HOME": str(self.home), "TERM": "xterm-256color"}
        found |= {"PAGER": "", "COLUMNS": "80", "LC_ALL": "C.UTF-8", "TRAJPLAN_TODAY": day}
        if more:
            found["TRAJPLAN_LIBRARY"] = more
        return found | {"TRAJPLAN_PRACTICE": str(practice)}

    def practice(self, name: str) -> Path:
        """A practice by its name: a number of past clients, or `kept` and `changed` with three."""
        if name not in self._made:
            size = int(name) if name.isdecimal() else 3
            file = self.home / name / "practice.sqlite3"
            tell = [PYTHON, str(HERE / "practices.py"), str(file)]
            tell += [str(size), str(RATINGS.get(name, 4 * size))]
            self._do(tell, self.environ(file, "2027-02-23"))
            self._do([PROGRAM, *PREP], self.environ(file))
            if name == "changed":
                more = ["commitments", "add", "Ring the officer", "--when", "+3d"]
                more += ["--how-will-i-know", "There is a date"]
                self._do([PROGRAM, *more], self.environ(file))
            self._made[name] = file
        return self._made[name]

    def _do(self, words: Sequence[str], environ: dict[str, str]) -> None:
        found = subprocess.run(words, env=environ, capture_output=True, text=True, check=False)
        if found.returncode:
            raise SystemExit(f"{' '.join(words)}: {found.stderr}")

    def runner(self, case: Case) -> Callable[[], Spent]:
        """What one run of the case is, its preparation left out of the time."""
        file = source = self.practice(case.practice)
        copy = source.read_bytes() if case.changes or case.library else b""
        if copy:
            # Also with a library of its own: a plan that is kept holds for one library alone.
            place = self.home / "".join(letter for letter in case.name if letter.isalnum())
            place.mkdir(mode=0o700, exist_ok=True)
            file = place / "practice.sqlite3"
            file.write_bytes(copy)
            file.chmod(0o600)
        own = ""
        if case.library not in ("", "0"):
            folder = self.home / f"library-{case.library}"
            library(folder, 100 if case.library == "one" else int(case.library))
            own = str(folder)
        environ = self.environ(file, more=own)
        if case in PLANNING:

            def plan() -> Spent:
                file.write_bytes(copy)
                file.chmod(0o600)
                return planned(case.words, environ)

            return plan
        words = [word.format(home=self.home) for word in (case.program, *case.words)]

        def once() -> Spent:
            if case.changes:
                file.write_bytes(copy)
                file.chmod(0o600)
            if case.edits:
                with (Path(own) / "question_banks" / "own-0.yaml").open("a") as bank:
                    bank.write("# changed\n")
            return run(words, environ, terminal=case.terminal)

        return once


def measure(bench: Bench, cases: Sequence[Case], runs: int) -> dict[str, list[Spent]]:
    """Time all cases in turn, `python -c pass` before each, so many times. Warmed up once."""
    ways = {case.name: bench.runner(case) for case in cases}
    empty = bench.environ(bench.home / "none")
    spent: dict[str, list[Spent]] = {"": [], **{name: [] for name in ways}}
    for once in ways.values():
        once()
    for _ in range(runs):
        for name, once in ways.items():
            spent[""].append(run([PYTHON, "-c", "pass"], empty))
            spent[name].append(once())
    return spent


def rows(cases: Sequence[Case], spent: dict[str, list[Spent]], *, memory: bool) -> Iterator[str]:
    """The table's rows. The ratio that counts is of the medians by the clock on the wall."""
    for case in (Case("python -c pass", ()), *cases):
        found = spent[case.name if case.words else ""]
        wall = median(times.wall for times in found)
        low, _, high = quantiles((times.wall for times in found), n=4)
        base = spent[case.against]
        ratio = wall / median(times.wall for times in base)
        of_cpu = median(times.cpu for times in found) / median(times.cpu for times in base)
        peak = max(times.peak for times in found)
        reached = peak if memory else ratio
        goal = f"≤ {case.goal:g}{' MB' if memory else ''}" if case.goal else ""
        met = "" if case.goal is None else "yes" if reached <= case.goal else "**no**"
        yield (
            f"| {case.name} | {ratio:.2f} | {of_cpu:.2f} | {goal} | {met} "
            f"| {wall:.0f} | {low:.0f}–{high:.0f} | {peak:.0f} |"
        )


def planning_rows(spent: dict[str, list[Spent]]) -> Iterator[str]:
    """Milliseconds in place of ratios: what a plan takes depends on no start of a process."""
    for case in PLANNING:
        times = [found.wall for found in spent[case.name]]
        low, middle, high = quantiles(times, n=4)
        met = "yes" if case.goal is None or middle <= case.goal else "**no**"
        again = median(found.cpu for found in spent[case.name])
        empty = median(found.wall for found in spent[""])
        yield (
            f"| {case.name} | {middle:.1f} | ≤ {case.goal:g} ms | {met} | {low:.1f}–{high:.1f} "
            f"| {again:.1f} | {empty:.1f} |"
        )


PLANNING_HEAD = (
    "| | ms | goal | met | middle half | once more | pass |\n|---|---|---|---|---|---|---|"
)
HEAD = "| | × | × CPU | goal | met | ms | middle half | MB |\n|---|---|---|---|---|---|---|---|"


def machine(runs: int) -> str:
    """A sentence about where and how this was measured."""
    load = "/".join(f"{number:.0f}" for number in os.getloadavg())
    model = ""
    if (about := Path("/proc/cpuinfo")).exists():
        names = (line for line in about.read_text().splitlines() if line.startswith("model name"))
        model = next(names, "").partition(": ")[2]
    return (
        f"Python {platform.python_version()}, {platform.system()} {platform.release()}, "
        f"{os.cpu_count()} × {model or platform.machine()}, load {load} at the end of the run "
        f"(1/5/15 min), {runs} runs each, interleaved."
    )


def main() -> None:
    """Read the options, measure, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=21, help="how often each is run (21)")
    parser.add_argument("--groups", nargs="*", choices=GROUPS, default=list(GROUPS))
    parser.add_argument("--only", default="", help="only rows whose name begins with this")
    parser.add_argument("--peers", action="store_true", help="install and measure peers too")
    options = parser.parse_args()
    if options.runs < 3:
        parser.error("--runs: at least 3")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    import trajplan

    compileall.compile_dir(str(Path(trajplan.__file__).parent), quiet=1)
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        for name in options.groups:
            cases = tuple(case for case in GROUPS[name] if case.name.startswith(options.only))
            print(f"\n## {name}\n\n{PLANNING_HEAD if name == 'planning' else HEAD}", flush=True)
            spent = measure(bench, cases, options.runs)
            table = (
                planning_rows(spent)
                if name == "planning"
                else rows(cases, spent, memory=name == "memory")
            )
            print("\n".join(table), flush=True)
        if options.peers:
            from peers import peers

            cases = tuple(
                Case(name, words, program=place) for name, place, words in peers(bench.home)
            )
            print(f"\n## peers\n\n{HEAD}", flush=True)
            print("\n".join(rows(cases, measure(bench, cases, options.runs), memory=False)))
    print(f"\n{machine(options.runs)}")


if __name__ == "__main__":
    main()
