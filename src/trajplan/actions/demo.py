"""`demo`: a fictional practice made in a throw-away place, and a real plan from it.

Each folder in `demo_practice/` is a client: an intake, what each session left, and a story that
says on which day what was told. The days of all clients are lived through in order, by the same
use cases a coach's commands run.
"""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from trajplan.actions.assumptions import weigh_assumption
from trajplan.actions.check_in import keep_check_in
from trajplan.actions.closing import Wanted, close, read_closing
from trajplan.actions.commitments import review_commitment
from trajplan.actions.context import Context, load_context
from trajplan.actions.indicators import IndicatorForm, change_indicator
from trajplan.actions.journey import confirm_phase
from trajplan.actions.new_client import NewClient, start_client
from trajplan.actions.overview import use
from trajplan.actions.prepare import prepare
from trajplan.actions.rate import rate
from trajplan.actions.worksheets import HandedIn, fill
from trajplan.actions.wrap_session import read_wrap, wrap_session
from trajplan.errors import CannotDo
from trajplan.planning.plan import Plan

STORY = Path(__file__).parent / "demo_practice"
CLIENT = "sample-client"
"""Whose plan is shown; the session that is prepared and not held is the last of that story."""


@dataclass(frozen=True, slots=True)
class _Scene:
    """One client's session on its day."""

    day: str
    client: str
    number: int
    told: Mapping[str, Any]

    @property
    def session(self) -> str:
        return str(self.number)


def demo_plan(keep: str | None = None) -> Plan:
    """Tell the story of every client and plan the session that is next; `keep` leaves the
    practice in a file.

    Raises CannotDo when that file is there already.
    """
    if keep is not None:
        path = Path(keep).expanduser().absolute()
        if path.exists():
            raise CannotDo(f"`{keep}` is there already; a demo never touches a practice")
        return _told(path)
    with tempfile.TemporaryDirectory(prefix="trajplan-demo-") as folder:
        return _told(Path(folder) / "practice.sqlite3")


def _told(practice: Path) -> Plan:
    # The coach's own content must not change what the demo shows.
    settings = replace(load_context().settings, practice=practice, library_folders=())
    scenes = sorted(_scenes(), key=lambda one: (one.day, one.client))
    context = Context(settings, dt.date.fromisoformat(scenes[0].day))
    for scene in scenes:
        today = context.on(dt.date.fromisoformat(scene.day))
        if scene.number == 1:
            intake = STORY / scene.client / "intake.yaml"
            journey = scene.told.get("journey", "")
            start_client(today, NewClient(source=str(intake), journey=journey))
        _arrive(today, scene)
        plan = prepare(today, client=scene.client, number=scene.session, wishes={}).plan
        if scene.told.get("held", True):
            _hold(today, scene)
    use(today, CLIENT)
    return plan


def _scenes() -> Iterator[_Scene]:
    for folder in STORY.iterdir():
        if not folder.is_dir():
            continue
        story = json.loads((folder / "story.json").read_text(encoding="utf-8"))
        for number, told in enumerate(story["sessions"], start=1):
            yield _Scene(told["day"], folder.name, number, told)


def _arrive(context: Context, scene: _Scene) -> None:
    """What the client brings: what came of the commitments, and how the day is."""
    told = scene.told
    for one in told.get("reviews", ()):
        review_commitment(
            context,
            one["commitment"],
            client=scene.client,
            status=one["status"],
            minutes=one.get("minutes"),
            value=one.get("value"),
            learned=one.get("learned", ""),
        )
    if any(name in told for name in ("energy", "mood", "matters")):
        keep_check_in(
            context,
            client=scene.client,
            number=scene.session,
            energy=told.get("energy", "normal"),
            mood=told.get("mood", ""),
            matters=told.get("matters", ""),
            progress={},
            scaled={},
        )


def _hold(context: Context, scene: _Scene) -> None:
    told = scene.told
    wrap = read_wrap(str(STORY / scene.client / f"wrap-{scene.number}.yaml"))
    wrap_session(context, client=scene.client, number=scene.session, handed=wrap)
    if "assumption" in told:
        one = told["assumption"]
        weigh_assumption(
            context,
            one["number"],
            client=scene.client,
            status=one["status"],
            evidence_for=[],
            evidence_against=[one["against"]],
        )
    for name in told.get("worksheets", ()):
        file = STORY / scene.client / f"{name}.yaml"
        handed_in = HandedIn(name=file.name, data=file.read_bytes())
        fill(context, name, handed_in, client=scene.client, number=scene.session, date="")
    for one in told.get("readings", ()):
        wanted = IndicatorForm(value=one["value"])
        change_indicator(context, one["indicator"], wanted, client=scene.client)
    if "ratings" in told:
        rate(
            context,
            client=scene.client,
            number=scene.session,
            values=told["ratings"],
            satisfaction=told["satisfaction"],
            note=told.get("note", ""),
            date="",
        )
    if "confirm" in told:
        one = told["confirm"]
        confirm_phase(
            context, one["phase"], client=scene.client, met=one["met"], reason=one.get("reason", "")
        )
    if told.get("closing"):
        source = str(STORY / scene.client / "closing.yaml")
        close(
            context, client=scene.client, given=read_closing(Wanted(source=source), context.today)
        )
