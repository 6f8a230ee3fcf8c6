"""Practices and libraries of any size: one past client told at the command line, then multiplied.

    python benchmarks/speed/practices.py FILE CLIENTS RATINGS

It runs in a process of its own, so that the one that measures stays small. TRAJPLAN_PRACTICE and
the rest of the surroundings come from there.
"""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

BEGUN, TODAY = "2027-01-12", "2027-02-23"
LONG_AGO = "2025-01-14"
"""When past clients began: no session of theirs that was still planned falls on a day of today."""
INTAKE = """\
kind: intake
name: Sample Client
destination: Work in which I teach people a trade.
stuck_point: I am stuck because I am good at the night shift, while I like showing how it is done.
priorities: [Find out what teaching is like]
scenario: pivot
assumptions:
  - Without a degree nobody lets me near a class.
"""
WRAP = """\
kind: wrap
minutes: 92
focus: Which of the open ways deserves a test
takeaways: [I explain by letting them try first.]
parked: [What the pension office said]
notes: Eyes down at the word roster.
energy: normal
commitments:
  - what: Ask the training officer for one morning with the apprentices
    when: "2027-03-05"
    how_will_i_know: There is a date, or a clear no
    kind: experiential
"""
FACTORS = ("clarity", "options", "decision", "momentum", "confidence", "satisfaction")
RATED = [word for factor in FACTORS for word in (f"--{factor}", "6")]
PAST = "Past Client"
_STEP = 1_000_000
"""Row ids of each copy of the past client begin this much higher."""


def tell(*words: str, stdin: str = "") -> None:
    """Run a command that has to succeed; a fault shows what it said."""
    command = Path(sys.executable).with_name("trajplan")
    found = subprocess.run(
        [command, *words], input=stdin, text=True, capture_output=True, check=False
    )
    if found.returncode:
        raise SystemExit(f"{' '.join(words)}: {found.stderr}")


def session(client: str, wrap: str = WRAP) -> None:
    """Prepare, wrap and rate session 4 on its day."""
    tell("prep", "session", "4", "--client", client)
    tell("wrap", "session", "4", "--client", client, "--from", "-", stdin=wrap)
    tell("log-tci", "--session", "4", *RATED, "--client", client)


def practice(file: Path, clients: int, ratings: int) -> None:
    """Make a practice: past clients who share so many ratings, and a present client as the last."""
    if clients:
        intake = INTAKE.replace("Sample Client", PAST)
        tell("new-client", "--from", "-", "--start", LONG_AGO, stdin=intake)
        session("past-client", WRAP.replace("2027-03-05", "2025-03-05"))
        tell("close", "--client", "past-client", "--force", "moved abroad")
        with closing(sqlite3.connect(file)) as db:
            multiply(db, clients)
            rate(db, ratings)
            db.commit()
    start = ("--start", BEGUN, "--start-time", "14:00")
    tell("new-client", "--from", "-", *start, stdin=INTAKE)
    tell("use", "sample-client")
    session("sample-client")


def multiply(db: sqlite3.Connection, clients: int) -> None:
    """Copy every row of the past client under new ids, until there are so many clients."""
    tables = db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    for (table,) in tables:
        if table == "meta" or table.startswith(("sqlite_", "undo_")):
            continue
        shifted = {row[3] for row in db.execute(f"PRAGMA foreign_key_list({table})")} | {"id"}
        columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
        values = [
            f"{name} + copy.n * {_STEP}"
            if name in shifted
            else f"{name} || '-' || copy.n"
            if (table, name) in (("clients", "slug"), ("clients", "name"))
            else name
            for name in columns
        ]
        db.execute(
            f"WITH RECURSIVE copy (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM copy WHERE n < ?)"
            f" INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)}"
            f" FROM {table}, copy WHERE ? > 1",
            (clients - 1, clients),
        )


def rate(db: sqlite3.Connection, ratings: int) -> None:
    """Rate the past clients' sessions again and again, until there are so many sets of ratings."""
    (there,) = db.execute("SELECT count(*) FROM tci_entries").fetchone()
    each = max(0, ratings // there - 1)
    columns = ", ".join(("session_id", "date", *FACTORS))
    db.execute(
        f"WITH RECURSIVE more (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM more WHERE n < ?)"
        f" INSERT INTO tci_entries ({columns}) SELECT {columns} FROM tci_entries, more WHERE ? > 0",
        (each, each),
    )


def library(folder: Path, questions: int) -> None:
    """Write a workspace with so many questions of its own, a hundred a bank."""
    banks = folder / "question_banks"
    banks.mkdir(parents=True, exist_ok=True)
    for bank in range(questions // 100):
        lines = [
            f"kind: question-bank\nid: own-{bank}\ntitle: Own {bank}\nlanguage: en\nquestions:"
        ]
        lines += [
            f"  - id: own-{bank}-{number}\n    text: What would you try, way {bank} {number}?\n"
            "    level: analytical\n    breadth: 3\n    minutes: 4\n"
            "    components: [strategic_inquiry]"
            for number in range(100)
        ]
        (banks / f"own-{bank}.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    practice(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
