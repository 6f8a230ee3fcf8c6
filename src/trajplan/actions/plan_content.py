"""The content a plan is made from, and that no file it needs was left out as faulty."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from trajplan.actions.context import Context
from trajplan.content.kinds import BANK, BLUEPRINT, WORKSHEET
from trajplan.content.library import Library
from trajplan.content.loader import load
from trajplan.content.model import PROMPT_SHAPES, SessionBlueprint
from trajplan.planning.arc import journey_of, place_for
from trajplan.planning.choice import choose_blueprint
from trajplan.planning.frame import CONTRACTING
from trajplan.planning.plan_inputs import Content, Facts, PlanOptions
from trajplan.planning.prompt_places import DEBRIEF
from trajplan.records.model.journeys import Engagement

NOWHERE = Path("/nonexistent")
"""A content folder that is not there."""
LAYERS = ("workspace", "user", "built-in")
"""The nearest first."""


def plan_content(library: Library, engagement: Engagement) -> Content:
    """The content a plan may draw on: the coach's own blueprints before the built-in ones."""
    blueprints = sorted(
        library.blueprints.values(),
        key=lambda blueprint: (
            LAYERS.index(library.sources[BLUEPRINT, blueprint.id].layer),
            blueprint.id,
        ),
    )
    return Content(
        journey=journey_of(library, engagement),
        blueprints=tuple(blueprints),
        banks=tuple(library.banks[name] for name in sorted(library.banks)),
        activities=library.activities,
        prompts=library.prompts,
        topics=library.topics,
        belief_cues=tuple(library.belief_cues[name] for name in sorted(library.belief_cues)),
        worksheets={
            name: source
            for (kind, name), source in library.sources.items()
            if kind == WORKSHEET and (kind, name) not in library.faulty
        },
        own_banks=_own(library, BANK),
        own_blueprints=_own(library, BLUEPRINT),
    )


def _own(library: Library, kind: str) -> frozenset[str]:
    """Ids of what did not come with the program."""
    return frozenset(
        name
        for (source_kind, name), source in library.sources.items()
        if source_kind == kind and source.layer != "built-in"
    )


def refuse_faulty(context: Context, content: Content, facts: Facts, options: PlanOptions) -> None:
    """Raise InvalidContent when a file that the session's plan needs had to be left out."""
    library = context.library
    if not library.faulty:
        return
    blueprint = _wanted_blueprint(context, content, facts, options)
    for name in PROMPT_SHAPES:
        library.prompt(name)
    for name in (DEBRIEF, *(CONTRACTING if facts.intake else ())):
        library.activity(name)
    for segment in blueprint.segments:
        for name in segment.activities:
            library.activity(name)
        for name in segment.questions.banks if segment.questions else ():
            library.bank(name)
        if not library.questions.keys() >= set(segment.own_questions):
            # A question of its own that is nowhere to be found can only stand in a faulty bank.
            for kind, name in library.faulty:
                if kind == BANK:
                    library.bank(name)
    for name in blueprint.hands_out:
        library.worksheet(name)


def _wanted_blueprint(
    context: Context, content: Content, facts: Facts, options: PlanOptions
) -> SessionBlueprint:
    """The blueprint this session would follow if no file were faulty.

    What a faulty file was meant for cannot be read, so it is judged by the shipped blueprint it
    stands in place of. Raises InvalidContent where the wanted one is faulty.
    """
    library = context.library
    if options.blueprint:
        return library.blueprint(options.blueprint)
    shipped = load(replace(context.settings, library_folders=(), user_library=NOWHERE))
    faulty = {name for kind, name in library.faulty if kind == BLUEPRINT}
    in_place = [shipped.blueprints[name] for name in faulty if name in shipped.blueprints]
    place = place_for(content.journey, facts.total, facts.number, facts.steps)
    if place.blueprint in faulty and place.blueprint not in shipped.blueprints:
        library.blueprint(place.blueprint)
    choice = choose_blueprint([*in_place, *content.blueprints], facts, options, place)
    return library.blueprint(choice.blueprint.id)
