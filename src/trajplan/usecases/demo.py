"""`demo`: a fictional practice made in a throw-away place, and a real plan from it.

The story is told through the same use cases a coach's commands run, from the files beside this one.
"""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from trajplan.errors import CannotDo
from trajplan.planning.plan import Plan
from trajplan.usecases.check_in import keep_check_in
from trajplan.usecases.commitments import review_commitment
from trajplan.usecases.desk import Desk, set_up
from trajplan.usecases.prepare import prepare
from trajplan.usecases.rate import rate
from trajplan.usecases.start_client import NewClient, start_client
from trajplan.usecases.wrap_session import read_wrap, wrap_session

STORY = Path(__file__).parent / "demo_practice"
CLIENT = "sample-client"
NEXT = "4"


def demo_plan(keep: str | None = None) -> Plan:
    """Tell the story up to session 4 and plan it; `keep` leaves the practice in a file.

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
    """Live through three sessions and prepare the fourth."""
    story = json.loads((STORY / "story.json").read_text(encoding="utf-8"))
    # The coach's own content must not change what the demo shows.
    settings = replace(set_up().settings, practice=practice, library_folders=())
    desk = Desk(settings, dt.date.fromisoformat(story["start"]))
    start_client(desk, NewClient(source=str(STORY / "intake.yaml")))
    for held in story["sessions"]:
        _hold(desk.on(dt.date.fromisoformat(held["day"])), held)
    arrival = story["arrival"]
    today = desk.on(dt.date.fromisoformat(arrival["day"]))
    for review in story["before"]:
        _review(today, review)
    keep_check_in(
        today,
        client=CLIENT,
        number=NEXT,
        energy=arrival["energy"],
        mood=arrival["mood"],
        matters=arrival["matters"],
        progress={},
        scaled={},
    )
    return prepare(today, client=CLIENT, number=NEXT, wishes={}).plan


def _hold(desk: Desk, held: Mapping[str, Any]) -> None:
    for review in held.get("reviews", ()):
        _review(desk, review)
    prepare(desk, client=CLIENT, number=held["number"], wishes={})
    wrap_session(
        desk,
        client=CLIENT,
        number=held["number"],
        handed=read_wrap(str(STORY / f"wrap-{held['number']}.yaml")),
    )
    rate(
        desk,
        client=CLIENT,
        number=held["number"],
        values=held["ratings"],
        satisfaction=held["satisfaction"],
        note=held["note"],
        date="",
    )


def _review(desk: Desk, review: Mapping[str, Any]) -> None:
    review_commitment(
        desk,
        review["commitment"],
        client=CLIENT,
        status=review["status"],
        minutes=review["minutes"],
        value=review["value"],
        learned=review["learned"],
    )
