"""Count how much of what a coach must not miss stands on the page at the door (R142).

    python benchmarks/voice/door.py [--clients N] [--notes SHORT|LONG] [--seed N]

Each client has seven sessions, with notes of ordinary sentences among which twelve are hidden that
must not be missed. The plan of the eighth is printed for 80 columns, and whatever of the twelve is
not on it word for word is counted. The same seed hides the same sentences.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from coach import Coach

NOTES = Path(__file__).parent / "notes"
LENGTHS = {"short": (3, 7), "long": (10, 16)}
"""The fewest and the most ordinary sentences of a session's notes."""
HIDDEN, SESSIONS = 12, 7
BEGINS = dt.date(2026, 11, 17)
LIST_NAMES = ("known", "unseen")
WRAP = """\
kind: wrap
focus: The next months
takeaways: [I can ask for it]
commitments:
  - {what: Ring the college about the course, when: +7d, how_will_i_know: I rang}
notes: |
"""


def main() -> None:
    """Read the options, lead the clients, print the counts."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--clients", type=int, default=20)
    parser.add_argument("--notes", choices=LENGTHS, default="long", help="how long they are")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    for name in LIST_NAMES:
        chance = random.Random(f"{name}{options.seed}")
        must, planned, missed = sentences(name), 0, Counter[str]()
        for _ in range(options.clients):
            hidden = chance.sample(must, HIDDEN)
            page = door_of(hidden, LENGTHS[options.notes], chance)
            planned += len(hidden)
            missed.update(words for words in hidden if without_spaces(words) not in page)
        shown = planned - missed.total()
        sys.stdout.write(f"{name}: {shown} of {planned} stand on the page\n")
        for words, count in missed.most_common():
            sys.stdout.write(f"  missed {count} times: {words}\n")


def sentences(name: str) -> list[str]:
    """The sentences of a list."""
    lines = (NOTES / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def door_of(hidden: Sequence[str], length: tuple[int, int], chance: random.Random) -> str:
    """The page at the door of a client in whose notes some sentences are hidden, without spaces."""
    ordinary = sentences("ordinary")
    sessions = [
        [chance.choice(ordinary) for _ in range(chance.randint(*length))] for _ in range(SESSIONS)
    ]
    for words in hidden:
        notes = chance.choice(sessions)
        notes.insert(chance.randint(0, len(notes)), words)
    with tempfile.TemporaryDirectory() as folder:
        coach = Coach(folder=Path(folder), cache=Path(tempfile.gettempdir()) / "trajplan-bench")
        coach.today = BEGINS.isoformat()
        coach.do("new-client", "Jo Marsh", "--start", coach.today, "--every-days", "14")
        for number, notes in enumerate(sessions, 1):
            coach.today = (BEGINS + dt.timedelta(14 * (number - 1))).isoformat()
            if number > 1:
                coach.do("commitments", "update", str(number - 1), "--status", "done")
            # A new line now and then, as people press Enter.
            text = "".join(f"{words}{chance.choice((' ', chr(10) + '  '))}" for words in notes)
            coach.do("wrap", str(number), "--from", "-", stdin=f"{WRAP}  {text}\n")
        coach.today = (BEGINS + dt.timedelta(14 * SESSIONS)).isoformat()
        coach.do("check-in", "--matters", "the course, and whether to ask for Fridays")
        return without_spaces(coach.do("prep", str(SESSIONS + 1), "--format", "terminal"))


def without_spaces(text: str) -> str:
    """A text as it is compared, however its lines are broken."""
    return "".join(text.split())


if __name__ == "__main__":
    main()
