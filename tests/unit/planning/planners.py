"""What the planning tests are made of: small segments, the shipped library, facts of a client."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from trajplan.content.library import Library
from trajplan.content.loader import load
from trajplan.content.model import Bounds, Segment, SessionBlueprint
from trajplan.lint.labels import made_label
from trajplan.planning.compose import make_plan
from trajplan.planning.from_records import FactorChange, FromLastTime, PlannedCommitment
from trajplan.planning.plan import Plan
from trajplan.planning.plan_inputs import Content, Facts, PlanOptions, QuestionHistory
from trajplan.settings import Settings

START = dt.date(2026, 3, 2)
NOWHERE = Path("/nonexistent/trajplan-tests")


def segment(name: str, component: str, low: int, ideal: int, high: int, **more: Any) -> Segment:
    bounds = Bounds(min=low, ideal=ideal, max=high)
    return Segment(id=name, component=component, title=name.title(), minutes=bounds, **more)  # type: ignore[arg-type]


def blueprint(*segments: Segment, name: str = "small", **more: Any) -> SessionBlueprint:
    values: dict[str, Any] = {
        "kind": "session-blueprint",
        "id": name,
        "title": name.title(),
        "method": "integrative",
        "objectives": ("See what is there",),
        "segments": segments,
    }
    return SessionBlueprint(**{**values, **more})


@cache
def shipped() -> Library:
    """The content that travels with the program, without the coach's own and without a cache."""
    return load(Settings(practice=NOWHERE, library_folders=(), user_library=NOWHERE, cache=None))


@cache
def content(journey: str = "integrative-12") -> Content:
    library = shipped()
    return Content(
        journey=library.journey(journey),
        blueprints=tuple(library.blueprints[name] for name in sorted(library.blueprints)),
        banks=tuple(library.banks[name] for name in sorted(library.banks)),
        activities=library.activities,
        prompts=library.prompts,
        belief_cues=tuple(library.belief_cues.values()),
    )


def facts(number: int = 5, **changes: Any) -> Facts:
    total = changes.get("total", 12)
    values: dict[str, Any] = {
        "client": "mira",
        "client_name": "Mira Sand",
        "number": number,
        "total": total,
        "date": START + dt.timedelta(14 * (number - 1)),
        "next_date": START + dt.timedelta(14 * number) if number < total else None,
        "start_time": "10:00",
        "time_zone": "Europe/Berlin",
        "minutes": 90,
        "method": "integrative",
        "phase": "",
        "destination": "Lead a small team",
        "scenario": "",
        "priorities": (),
        "energy": "",
        "matters_most": "",
        "last": None,
        "unheld_before": (),
        "assumptions": (),
        "history": QuestionHistory(),
    }
    return Facts(**{**values, **changes})


def last_time(**changes: Any) -> FromLastTime:
    values: dict[str, Any] = {
        "session": 4,
        "date": "2026-04-13",
        "wrapped": True,
        "focus": "Say no once",
        "takeaways": (),
        "commitments": (),
        "earlier": (),
        "inquiry": "",
        "parked": (),
        "ratings": (),
        "satisfaction": None,
        "flags": (),
    }
    return FromLastTime(**{**values, **changes})


def commitment(
    number: int = 1,
    status: str = "open",
    misses: int = 0,
    what: str = "Call Ada",
    **more: Any,
) -> PlannedCommitment:
    return PlannedCommitment(
        number=number,
        what=what,
        when="2026-04-20",
        how_will_i_know="It is done",
        status=status,
        misses=misses,
        **{"label": made_label(what), "place": 1, **more},
    )


def rated(factor: str, value: int, change: int | None = None) -> FactorChange:
    return FactorChange(factor=factor, value=value, change=change)


def heard_plan(known: Facts) -> Plan:
    """The plan of a client whose words are listened to."""
    return make_plan(replace(content(), topics=shipped().topics), known, PlanOptions())


def plan(known: Facts | None = None, **options: Any) -> Plan:
    return make_plan(content(), known or facts(), PlanOptions(**options))


@cache
def plain_plan(number: int, minutes: int = 90, energy: str = "normal") -> Plan:
    """The plan of a client of whom nothing else is known."""
    return plan(facts(number), minutes=minutes, energy=energy)


def ids(made: Plan) -> list[str]:
    return [question.id for part in made.segments for question in part.questions]


def minutes_of(made: Plan, level: str = "") -> int:
    return sum(
        question.minutes
        for part in made.segments
        for question in part.questions
        if not level or question.level == level
    )
