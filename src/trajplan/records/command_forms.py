"""What commands are told, as it is typed; None or empty: not said.

Each field says how it is asked for, and that is its option: `cli/form_options.py` makes it. Actions
read what was typed. Nothing of this is saved.
"""

from __future__ import annotations  # so that only the fields of the form that is asked for are read

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct
from msgspec.structs import asdict, fields

from trajplan.records.fields import Asks
from trajplan.records.forms import (
    DEADLINE,
    KEEP_ASKING,
    WHOSE_IDEA,
    CommitmentKind,
    CommitmentStatus,
    Estimate,
    GoalServed,
    HowWillIKnow,
    IfThen,
    Minutes,
    Obstacle,
    Proposer,
    SpokenLabel,
    What,
    When,
)
from trajplan.records.model.commitments import AssumptionStatus, ContactKind, Wording
from trajplan.records.model.goals import GoalStatus, IndicatorKind
from trajplan.records.model.journeys import Satisfaction
from trajplan.vocabulary import BeliefKind, Energy, Method


def what_is_said(form: Struct) -> dict[str, Any]:
    """The fields of a form that say something."""
    said = asdict(form)
    return {
        field.name: said[field.name] for field in fields(form) if said[field.name] != field.default
    }


class GoalForm(Struct, frozen=True, kw_only=True):
    """A theme, or an objective under one."""

    text: Annotated[str, Asks("New words")] = ""
    under: Annotated[str, Asks("Another theme; `none` makes it a theme itself", line=True)] = ""
    """The theme, by number or words."""
    measure: Annotated[str, Asks("How the client will notice it")] = ""
    when: Annotated[str, Asks("By when", "DAY")] = ""
    attainable: Annotated[int | None, Asks("How attainable, as the client rates it", "1..10")] = (
        None
    )
    matters: Annotated[str, Asks("Why it matters, in the client's words")] = ""
    status: Annotated[GoalStatus | None, Asks("Where it stands")] = None
    because: Annotated[str, Asks("Why it changes; saved in its history")] = ""


class AssumptionForm(Struct, frozen=True, kw_only=True):
    """A belief as it was heard, and what was found out of it since."""

    status: Annotated[AssumptionStatus | None, Asks("Where it stands")] = None
    evidence_for: Annotated[
        tuple[str, ...], Asks("Evidence for it; may be repeated", option="--for")
    ] = ()
    evidence_against: Annotated[
        tuple[str, ...], Asks("Evidence against it; may be repeated", option="--against")
    ] = ()
    kind: Annotated[
        BeliefKind | None,
        Asks(
            "What it is about: how the world is, the client's worth, what might happen, what can be"
            " looked up, what stands in the way. Until you say, its wording decides, and only a"
            " rule or a fact comes back in a plan"
        ),
    ] = None
    wording: Annotated[
        Wording | None,
        Asks("`gist` when these are not the client's exact words; a gist is not quoted to them"),
    ] = None
    """None: of a new one, exact."""


class IndicatorForm(Struct, frozen=True, kw_only=True):
    """Something that can be counted on the way to a goal."""

    name: Annotated[str, Asks("Another name")] = ""
    value: Annotated[str, Asks("What it reads now; every reading stays", "NUMBER")] = ""
    date: Annotated[str, Asks("Day of the reading. Default: today", "DAY")] = ""
    kind: Annotated[
        IndicatorKind | None, Asks("`leading` shows early, `lagging` only at the end")
    ] = None
    goal: Annotated[str, Asks("The goal it belongs to, by number or words", line=True)] = ""
    unit: Annotated[str, Asks("What is counted, e.g. talks", line=True)] = ""
    start: Annotated[str, Asks("Where it begins", "NUMBER")] = ""
    target: Annotated[str, Asks("Where it should get to", "NUMBER")] = ""
    when: Annotated[str, Asks("By when", "DAY")] = ""


class CommitmentChange(Struct, frozen=True, kw_only=True):
    """What came of a commitment, and what changes in it; a contact about it."""

    status: CommitmentStatus | None = None
    minutes: Annotated[Minutes | None, Asks("How long it took")] = None
    value: Annotated[int | None, Asks("What it was worth to the client", "1..10")] = None
    learned: Annotated[str, Asks("What the client learnt")] = ""
    what: What = ""
    when: When = ""
    how_will_i_know: HowWillIKnow = ""
    obstacle: Obstacle = ""
    if_then: IfThen = ""
    proposed_by: Annotated[Proposer | None, WHOSE_IDEA] = None
    estimate_minutes: Estimate = None
    goal: GoalServed = ""
    kind: Annotated[
        CommitmentKind | None,
        Asks("What kind of step it is; `preparing` is asked about in one line"),
    ] = None
    label: SpokenLabel = ""
    deadline: Annotated[str, DEADLINE] = ""
    keep_asking: Annotated[bool | None, KEEP_ASKING] = None
    contact: Annotated[
        ContactKind | None,
        Asks("A contact about it between sessions; every contact is saved"),
    ] = None
    """A message, a call or a celebration (R101)."""
    note: Annotated[str, Asks("What was said in the contact")] = ""
    date: Annotated[str, Asks("Day of the contact. Default: today", "DAY")] = ""

    @property
    def is_review(self) -> bool:
        """Whether anything is said of what came of it."""
        return bool(self.status or self.learned or self.minutes is not None) or (
            self.value is not None
        )


class FormFile(Struct, frozen=True):
    """A filled form before it is read: its name in messages, and its bytes."""

    name: str
    data: bytes


class NewClient(Struct, frozen=True, kw_only=True):
    """Whose journey begins, and how; what is left out is taken from the intake, then from
    defaults."""

    name: Annotated[str, Asks("The client's name", line=True)] = ""
    source: FormFile | None = None
    """The intake in YAML."""
    slug: Annotated[str, Asks("Short name for the command line", "SLUG")] = ""
    start: Annotated[str, Asks("Day of the first session, e.g. 12 January", "DAY")] = ""
    start_time: Annotated[str, Asks("Usual time, e.g. 14:00", "TIME")] = ""
    time_zone: Annotated[str, Asks("E.g. Europe/Berlin", "ZONE")] = ""
    journey: Annotated[str, Asks("Which journey. Default: integrative-12", "ID")] = ""
    sessions: Annotated[
        Annotated[int, Meta(ge=1, le=60)] | None,
        Asks("How many sessions. Default: as the journey says"),
    ] = None
    minutes: Annotated[Annotated[int, Meta(ge=15, le=480)] | None, Asks("Length of a session")] = (
        None
    )
    every_days: Annotated[
        Annotated[int, Meta(ge=1, le=365)] | None, Asks("Days from one session to the next")
    ] = None


class ClosingInput(Struct, frozen=True, kw_only=True):
    """How an engagement ends: a file, and what was typed beside it."""

    outcomes: Annotated[
        tuple[str, ...], Asks("What others can see now; may be repeated", option="--outcome")
    ] = ()
    triggers: Annotated[
        tuple[str, ...],
        Asks(
            "One of the client's own signs that it is time to ask for help again; may be repeated",
            option="--trigger",
        ),
    ] = ()
    follow_up: Annotated[str, Asks("The day of the follow-up; `+6m` is usual", "DAY")] = ""
    source: FormFile | None = None
    force: Annotated[
        str | None, Asks("Why you close although something is missing; it is saved")
    ] = None


class PlanWishes(Struct, frozen=True, kw_only=True):
    """What a coach asks of a session's plan; kept with the session until it is dropped."""

    start: Annotated[str | None, Asks("When it begins, e.g. 14:00", "TIME")] = None
    minutes: Annotated[
        Annotated[int, Meta(ge=15, le=480)] | None, Asks("How long it is, if not as usual")
    ] = None
    energy: Annotated[Energy | None, Asks("How the client arrives")] = None
    late: Annotated[
        Annotated[int, Meta(ge=0, le=480)] | None, Asks("Start this late, end as booked", "MIN")
    ] = None
    decision: Annotated[
        bool | None, Asks("There is a decision to make: explore for 30 minutes before options")
    ] = None
    shift: Annotated[
        bool | None,
        Asks("Shift the mix when sessions feel good but little changes, or leave it"),
    ] = None
    override: Annotated[
        str | None,
        Asks("Why you explore for less than those 30 minutes; printed on the plan", line=True),
    ] = None
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    blueprint: Annotated[str | None, Asks("Follow this blueprint", "ID")] = None
    method: Annotated[Method | None, Asks("Work this way in this session")] = None
    open: Annotated[
        bool | None, Asks("The client brings the topic; the journey's own step waits")
    ] = None


class Arrival(Struct, frozen=True, kw_only=True):
    """How the client arrives."""

    energy: Annotated[Energy | None, Asks("How the client arrives")] = None
    mood: Annotated[str, Asks("Mood, in one word", line=True)] = ""
    matters: Annotated[
        str, Asks("What matters most today; printed as it stands on the client's agenda", line=True)
    ] = ""
    about: Annotated[
        tuple[str, ...],
        Asks("A topic of today, by id, such as `boss`; may be given more than once", "TOPIC"),
    ] = ()
    serves: Annotated[int | None, Asks("Number of the agreed priority this serves", "N")] = None
    progress: Annotated[
        tuple[str, ...],
        Asks("Movement since last time; may be given more than once", "FACTOR=1..10"),
    ] = ()
    holding: Annotated[
        bool | None,
        Asks("Something hard has happened: be there today, and work towards no goal"),
    ] = None
    """R22."""
    scaled: Annotated[
        tuple[str, ...],
        Asks(
            "The answer to a scaled question, by id or by its number in the plan; may be given "
            "more than once",
            "ID=1..10",
        ),
    ] = ()
    no_energy: Annotated[bool, Asks("Take back an earlier --energy")] = False
    no_mood: Annotated[bool, Asks("Take back an earlier --mood")] = False
    no_matters: Annotated[bool, Asks("Take back an earlier --matters")] = False
    no_about: Annotated[bool, Asks("Take back an earlier --about")] = False
    no_serves: Annotated[bool, Asks("Take back an earlier --serves")] = False
    no_progress: Annotated[bool, Asks("Take back an earlier --progress")] = False


Stand = Annotated[int | None, Asks("Where the client stands on it", "1..10")]


class RatingForm(Struct, frozen=True, kw_only=True):
    """Where the client stands after a session."""

    clarity: Stand = None
    options: Stand = None
    decision: Stand = None
    momentum: Stand = None
    confidence: Stand = None
    satisfaction: Annotated[
        int | None, Asks("How satisfied with the session; not part of the index", "1..10")
    ] = None
    note: Annotated[str, Asks("A note")] = ""
    date: Annotated[str, Asks("When it was rated", "DAY")] = ""
    no_clarity: Annotated[bool, Asks("Take the saved --clarity out")] = False
    no_options: Annotated[bool, Asks("Take the saved --options out")] = False
    no_decision: Annotated[bool, Asks("Take the saved --decision out")] = False
    no_momentum: Annotated[bool, Asks("Take the saved --momentum out")] = False
    no_confidence: Annotated[bool, Asks("Take the saved --confidence out")] = False
    no_satisfaction: Annotated[bool, Asks("Take the saved --satisfaction out")] = False

    @property
    def taken_out(self) -> tuple[str, ...]:
        """The names of the ratings that were never given."""
        names = ("clarity", "options", "decision", "momentum", "confidence", "satisfaction")
        return tuple(name for name in names if getattr(self, f"no_{name}"))


class ClientChange(Struct, frozen=True, kw_only=True):
    """Who a client is, when and how long they meet, and what the intake says."""

    name: Annotated[str | None, Asks("The display name", line=True)] = None
    slug: Annotated[str | None, Asks("The short name for the command line", "SLUG")] = None
    destination: Annotated[
        str | None, Asks("Where this should lead now, in the client's words")
    ] = None
    stuck_point: Annotated[str | None, Asks("What the client is stuck on now")] = None
    scenario: Annotated[
        str | None, Asks("The client's situation, such as `pivot`", "WORD", option="--situation")
    ] = None
    priorities: Annotated[
        tuple[str, ...] | None,
        Asks(
            "An agreed priority, replacing all earlier ones; may be repeated",
            line=True,
            option="--priority",
        ),
    ] = None
    accountability: Annotated[
        str | None, Asks("How the client wants to be held to what they take on")
    ] = None
    ratings: Annotated[
        Literal["on", "off"] | None,
        Asks("Whether the client gives ratings. Off: nothing asks for any"),
    ] = None
    satisfaction: Annotated[
        Satisfaction | None, Asks("Where to ask how the session was: in it, or on the card")
    ] = None
    start_time: Annotated[str | None, Asks("When you usually start, e.g. 14:00 or 2pm", "TIME")] = (
        None
    )
    time_zone: Annotated[str | None, Asks("The client's, such as Europe/Berlin", "ZONE")] = None
    minutes: Annotated[str | None, Asks("How long you usually meet", "MINUTES")] = None
    language: Annotated[
        str | None, Asks("What the client's own pages speak: en, de or es", "TAG")
    ] = None
