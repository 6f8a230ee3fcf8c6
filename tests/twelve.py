"""A whole engagement at the command line: twelve sessions prepared, wrapped and rated.

The wraps differ as a client's do; nothing in them is written for a question, so what repeats in the
plans comes from the content.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from coaching import Coach

START = dt.date(2027, 1, 12)
TWELVE = 12
INTAKE = """\
kind: intake
name: Sample Client
destination: Work in which I teach people a trade.
stuck_point: I am stuck because I am good at the night shift, while I like showing how it is done.
priorities: [Find out what teaching is like, Keep a steady income]
must_haves: [A steady income]
career:
  - {role: Welder, themes: [working with hands, learning by watching]}
  - {role: Shift lead, themes: [leading a crew, working with hands]}
assumptions:
  - Without a degree nobody lets me near a class.
  - At my age you do not start again.
"""
TAKEAWAYS = (
    "I talk about the newcomers more than about the machines.",
    "I explain by letting them try first.",
    "Teaching is the point; a school is one place for it.",
    "The roster tires me, and the crew does not.",
    "Newcomers ask what nobody else dares to ask.",
    "A class of twenty is a different thing from a crew of four.",
    "The school wants what I do at the machine.",
    "My plan has a date now.",
    "Teaching two evenings a week is enough to begin with.",
    "They came back for the second evening.",
    "A bad evening is one evening.",
    "I know where to go when it gets stuck.",
)
RATINGS = (
    (3, 3, 4, 4, 4, 7),
    (4, 4, 4, 5, 4, 8),
    (6, 4, 4, 5, 5, 8),
    (6, 6, 5, 4, 5, 8),
    (6, 7, 5, 6, 6, 8),
    (7, 7, 6, 6, 6, 8),
    (7, 7, 7, 6, 6, 8),
    (8, 7, 8, 7, 7, 9),
    (8, 7, 8, 7, 6, 8),
    (8, 8, 8, 8, 8, 9),
    (8, 8, 8, 7, 8, 8),
    (9, 8, 9, 8, 9, 9),
)
STATUSES = ("done", "partly", "done", "not_yet")


def begin_twelve(coach: Coach, intake: str = INTAKE) -> None:
    """The client of this engagement, without any session held."""
    coach.do("new-client", "--from", "-", "--start", START.isoformat(), stdin=intake)


def day_of(number: int) -> dt.date:
    return START + dt.timedelta(14 * (number - 1))


def hold(coach: Coach, number: int) -> Any:
    """Prepare, wrap and rate one session on its day, and return its plan."""
    day = day_of(number)
    coach.today = day.isoformat()
    if number > 1:
        status = STATUSES[number % len(STATUSES)]
        coach.do("commitments", "update", str(number - 1), "--status", status, "--learned", "-",
                 stdin=f"It went as days go, number {number}.")  # fmt: skip
    plan = coach.json("prep", "session", str(number))
    wrap = (
        f"kind: wrap\nfocus: Step {number} of the way\ntakeaways: ['{TAKEAWAYS[number - 1]}']\n"
        "commitments:\n"
        f"  - {{what: 'Try thing number {number}', when: '{day + dt.timedelta(9)}', "
        "how_will_i_know: It is done, kind: experiential}\n"
    )
    coach.do("wrap", "session", str(number), "--from", "-", stdin=wrap)
    names = ("clarity", "options", "decision", "momentum", "confidence", "satisfaction")
    rated = [
        word
        for name, value in zip(names, RATINGS[number - 1], strict=True)
        for word in (f"--{name}", str(value))
    ]
    coach.do("log-tci", "--session", str(number), *rated)
    return plan
