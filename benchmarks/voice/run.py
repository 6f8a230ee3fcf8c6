"""Lead made-up clients through their journeys and write down every line the plans say aloud.

    python benchmarks/voice/run.py --out DIR [--clients N]

Everything runs through the real command line on a practice that is thrown away. The same library
gives the same bytes: every day is named in the stories and no clock is asked.
"""

from __future__ import annotations

import argparse
import datetime as dt
import shlex
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from coach import Coach
from lines import Known, Meeting, Pack, meeting
from packs import write
from story import Session, Story, stories

SETTLED = ("done", "dropped")


def main() -> None:
    """Read the options, tell the stories, write the packs."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--out", type=Path, required=True, help="where the packs go")
    parser.add_argument("--clients", type=int, help="only the first N clients")
    options = parser.parse_args()
    if options.clients is not None and options.clients < 1:
        parser.error("--clients: at least 1")
    options.out.mkdir(parents=True, exist_ok=True)
    packs = []
    with tempfile.TemporaryDirectory() as folder:
        for story in stories(options.clients):
            pack = journey(story, Path(folder))
            packs.append(pack)
            sys.stderr.write(f"{story.slug}: {len(pack.meetings)} sessions\n")
    for path in write(options.out, packs):
        sys.stdout.write(f"{path}\n")


def journey(story: Story, folder: Path) -> Pack:
    """Lead one client from the intake to the last session of the story."""
    client = story.client
    own = folder / story.slug
    own.mkdir()
    coach = Coach(folder=own, cache=folder / "cache")
    coach.today = (client.start - dt.timedelta(7)).isoformat()
    begin(coach, story)
    settled: set[str] = set()
    meetings = tuple(hold(coach, story, session, settled) for session in client.sessions)
    return Pack(
        slug=story.slug,
        name=client.name,
        journey=client.journey,
        about=client.about,
        meetings=meetings,
    )


def begin(coach: Coach, story: Story) -> None:
    """Take the client on a week before the first session: intake and, if any, the agreement."""
    client = story.client
    intake = {"kind": "intake", "name": client.name, **client.intake}
    coach.do(
        "new-client",
        *("--from", "-", "--slug", story.slug, "--journey", client.journey),
        *("--start", client.start.isoformat(), "--start-time", client.start_time),
        *("--minutes", str(client.minutes)),
        stdin=as_yaml(intake),
    )
    if client.agreement:
        form = {"kind": "answers", "answers": client.agreement}
        coach.do("worksheets", "fill", "coaching-agreement", "--from", "-", stdin=as_yaml(form))


def hold(coach: Coach, story: Story, session: Session, settled: set[str]) -> Meeting:
    """Prepare one session on its day, write down what the plan says, wrap it and rate it.

    `settled` grows by the promises that this session's pack shows as settled.
    """
    number = str(session.number)
    coach.today = coach.ask("sessions", "show", number)["date"]
    for line in session.before:
        coach.do(*shlex.split(line))
    # A session that was missed or moved has another day by now.
    coach.today = coach.ask("sessions", "show", number)["date"]
    if session.check_in is not None:
        coach.do("check-in", "--session", number, *arrival(session))
    plan = coach.ask("prep", "session", number, *session.prep)
    blueprint = coach.ask("blueprints", "show", plan["blueprint"], "--kind", "session-blueprint")
    known = Known(
        plan=plan,
        intents={
            (segment["id"], segment["title"]): segment.get("intent", "")
            for segment in blueprint["segments"]
        },
        commitments=promises(coach.ask("commitments")["commitments"], settled),
        beliefs=tuple(
            belief["text"]
            for belief in coach.ask("assumptions")["assumptions"]
            if belief["status"] == "open"
        ),
    )
    if session.wrap:
        wrap = {"kind": "wrap", "commitments": "none", **session.wrap}
        coach.do("wrap", "session", number, "--from", "-", stdin=as_yaml(wrap))
    if session.ratings:
        rated = [word for name, value in session.ratings.items() for word in option(name, value)]
        coach.do("log-tci", "--session", number, *rated)
    return meeting(story, session, known)


def arrival(session: Session) -> list[str]:
    """The options of `check-in` for how this client arrives."""
    check_in = session.check_in
    if check_in is None:
        return []
    words = [
        *option("matters", check_in.matters),
        *option("mood", check_in.mood),
        *option("energy", check_in.energy),
    ]
    for topic in check_in.about:
        words += option("about", topic)
    for factor, value in check_in.progress.items():
        words += option("progress", f"{factor}={value}")
    return [*words, "--holding"] if check_in.holding else words


def option(name: str, value: str | int) -> list[str]:
    """An option with its value, or nothing when there is no value."""
    return [f"--{name}", str(value)] if value else []


def promises(commitments: Sequence[dict[str, Any]], settled: set[str]) -> tuple[str, ...]:
    """What is still open, and what was settled since the pack last told of it."""
    lines = []
    for commitment in commitments:
        promise = f"{commitment['session']}: {commitment['what']}"
        if promise in settled:
            continue
        if commitment["status"] in SETTLED:
            settled.add(promise)
        learned = f": {commitment['learned']}" if commitment["learned"] else ""
        lines.append(f"{commitment['what']} ({commitment['status'].replace('_', ' ')}){learned}")
    return tuple(lines)


def as_yaml(form: dict[str, Any]) -> str:
    """A form as the command line reads it."""
    return msgspec.yaml.encode(form).decode()


if __name__ == "__main__":
    main()
