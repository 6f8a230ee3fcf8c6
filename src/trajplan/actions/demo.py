"""`demo`: a fictional practice made in a throw-away place, and a real plan from it.

Each folder in `demo_practice/` is a client: an intake, what each session left, and a story that
says what happened on which day. The days of all clients are lived through in order, by the same
actions a coach's commands run.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from trajplan.actions.assumptions import weigh_assumption
from trajplan.actions.check_in import save_check_in
from trajplan.actions.clients import use
from trajplan.actions.closing import close, read_closing
from trajplan.actions.commitments import change_commitment
from trajplan.actions.context import Context, load_context
from trajplan.actions.goals import change_indicator
from trajplan.actions.journey import confirm_phase
from trajplan.actions.new_client import start_client
from trajplan.actions.prepare import NOTHING_NEW, prepare
from trajplan.actions.ratings import rate
from trajplan.actions.sources import read_source
from trajplan.actions.worksheets import fill
from trajplan.actions.wrap.reading import read_yaml_wrap
from trajplan.actions.wrap.save import save_wrap
from trajplan.errors import CannotDo
from trajplan.planning.plan import Plan
from trajplan.records.command_forms import (
    Arrival,
    AssumptionForm,
    ClosingInput,
    CommitmentChange,
    FormFile,
    IndicatorForm,
    NewClient,
)
from trajplan.records.forms import CommitmentStatus
from trajplan.records.model.commitments import AssumptionStatus
from trajplan.records.store import in_one_go
from trajplan.settings import file_path
from trajplan.vocabulary import Energy

STORY = Path(__file__).parent / "demo_practice"
CLIENT = "sample-client"
"""Whose plan is shown; the session that is prepared and not held is the last of that story."""


class _Review(Struct, frozen=True, forbid_unknown_fields=True):
    commitment: int
    status: CommitmentStatus
    minutes: int | None = None
    value: int | None = None
    learned: str = ""


class _Evidence(Struct, frozen=True, forbid_unknown_fields=True):
    number: int
    status: AssumptionStatus
    against: str


class _Reading(Struct, frozen=True, forbid_unknown_fields=True):
    indicator: int
    value: str


class _Milestone(Struct, frozen=True, forbid_unknown_fields=True):
    phase: str
    met: str
    reason: str = ""


class _Scene(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One session as `story.json` tells it: first what the client brings, then what it leaves."""

    client: str = ""
    """The name of the story's folder."""
    number: int = 0
    """The session's; counted, not written down."""
    day: dt.date
    journey: str = ""
    """Chosen before the first session; empty: the recommended one."""
    reviews: tuple[_Review, ...] = ()
    energy: Energy | None = None
    mood: str = ""
    matters: str = ""
    held: bool = True
    assumption: _Evidence | None = None
    worksheets: tuple[str, ...] = ()
    readings: tuple[_Reading, ...] = ()
    ratings: Mapping[str, int] | None = None
    satisfaction: int | None = None
    note: str = ""
    confirm: _Milestone | None = None
    closing: bool = False

    @property
    def session(self) -> str:
        """The session as a coach types it."""
        return str(self.number)

    @property
    def folder(self) -> Path:
        """Where the client's forms lie."""
        return STORY / self.client


class _Story(Struct, frozen=True, forbid_unknown_fields=True):
    sessions: tuple[_Scene, ...]


def demo_plan(keep: str | None = None) -> Plan:
    """Live through the story of every client and plan the session that is next.

    `keep` leaves the practice in a file. Raises CannotDo when that file is there already,
    UsageFault where it is named as a folder.
    """
    if keep is not None:
        path = file_path(keep).absolute()
        if path.exists():
            raise CannotDo(f"`{keep}` is there already; a demo never touches a practice")
        with in_one_go(path):
            return _live_through(path)
    with tempfile.TemporaryDirectory(prefix="trajplan-demo-") as folder:
        path = Path(folder) / "practice.sqlite3"
        with in_one_go(path):
            return _live_through(path)


def _live_through(practice: Path) -> Plan:
    # The coach's own content must not change what the demo shows.
    settings = replace(load_context().settings, practice=practice, library_folders=())
    scenes = sorted(_scenes(), key=lambda scene: (scene.day, scene.client))
    context = Context(settings, scenes[0].day)
    plans: dict[str, Plan] = {}
    for scene in scenes:
        today = context.on(scene.day)
        if scene.number == 1:
            intake = scene.folder / "intake.yaml"
            start_client(
                today, NewClient(source=FormFile(*read_source(str(intake))), journey=scene.journey)
            )
        _arrive(today, scene)
        prepared = prepare(today, NOTHING_NEW, client=scene.client, number=scene.session)
        plans[scene.client] = prepared.plan
        if scene.held:
            _hold(today, scene)
    use(today, CLIENT)
    return plans[CLIENT]


def _scenes() -> Iterator[_Scene]:
    for story_file in STORY.glob("*/story.json"):
        story = msgspec.json.decode(story_file.read_bytes(), type=_Story)
        for number, scene in enumerate(story.sessions, start=1):
            yield replace(scene, client=story_file.parent.name, number=number)


def _arrive(context: Context, scene: _Scene) -> None:
    """What the client brings: what came of the commitments, and how the day is."""
    for review in scene.reviews:
        change = CommitmentChange(
            status=review.status,
            minutes=review.minutes,
            value=review.value,
            learned=review.learned,
        )
        change_commitment(context, review.commitment, change, client=scene.client)
    if scene.energy or scene.mood or scene.matters:
        said = Arrival(energy=scene.energy or "normal", mood=scene.mood, matters=scene.matters)
        save_check_in(context, said, client=scene.client, number=scene.session)


def _hold(context: Context, scene: _Scene) -> None:
    client, session = scene.client, scene.session
    source = read_source(str(scene.folder / f"wrap-{session}.yaml"))
    save_wrap(context, read_yaml_wrap(*source, context.today), client=client, number=session)
    if scene.assumption:
        weighed = AssumptionForm(
            status=scene.assumption.status, evidence_against=(scene.assumption.against,)
        )
        weigh_assumption(context, scene.assumption.number, weighed, client=client)
    for worksheet in scene.worksheets:
        file = scene.folder / f"{worksheet}.yaml"
        form = FormFile(file.name, file.read_bytes())
        fill(context, worksheet, form, client=client, number=session, date="")
    for reading in scene.readings:
        change_indicator(
            context, reading.indicator, IndicatorForm(value=reading.value), client=client
        )
    if scene.ratings is not None:
        rate(
            context,
            client=client,
            number=session,
            values=scene.ratings,
            satisfaction=scene.satisfaction,
            note=scene.note,
            date="",
        )
    if scene.confirm:
        milestone = scene.confirm
        confirm_phase(
            context, milestone.phase, client=client, met=milestone.met, reason=milestone.reason
        )
    if scene.closing:
        closing = ClosingInput(source=FormFile(*read_source(str(scene.folder / "closing.yaml"))))
        close(context, read_closing(context, closing), client=client)
