"""`recommend`: which method suits a client, from the intake and from "what if" (R3, R19)."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import asdict, replace

from trajplan.actions.client_records import ClientEngagement
from trajplan.actions.context import Context
from trajplan.content.library import Library
from trajplan.content.model import Journey
from trajplan.content.recommendation_model import THE_ONE
from trajplan.errors import CannotDo, NotFound
from trajplan.planning.brief_sources import named_paths
from trajplan.planning.recommend import MethodAdvice, MethodCriteria, recommend
from trajplan.records.forms import Intake
from trajplan.records.model.journeys import Client, Engagement

NOTHING = MethodCriteria()


class MethodRecommendation(Struct, frozen=True, kw_only=True):
    """An answer of the table, for a client or for a "what if" alone."""

    client: Client | None
    engagement: Engagement | None
    known: MethodCriteria
    asked: tuple[str, ...]
    """Inputs that were given on the command line; they stand in place of the intake's."""
    advice: MethodAdvice
    journey: Journey | None
    """The journey to take with the method."""


def recommend_method(
    context: Context, *, client: str | None, asked: MethodCriteria
) -> MethodRecommendation:
    """Read the table with the client's intake, `asked` laid over it.

    Without any client the table answers what was asked alone. Raises InvalidContent for a faulty
    table, NotFound.
    """
    table = context.library.recommendation(THE_ONE)
    case = _case(context, client, asked)
    intake = known_of(case.engagement.intake) if case else NOTHING
    overlay = {name: value for name, value in asdict(asked).items() if value not in (None, "")}
    known = replace(intake, **overlay)
    advice = recommend(table, known)
    return MethodRecommendation(
        client=case.client if case else None,
        engagement=case.engagement if case else None,
        known=known,
        asked=tuple(overlay),
        advice=advice,
        journey=context.library.journey(advice.about.journey) if advice.about else None,
    )


def _case(context: Context, client: str | None, asked: MethodCriteria) -> ClientEngagement | None:
    try:
        with context.read(client) as records:
            return records.case
    except (NotFound, CannotDo) as fault:
        if client is None and asked != NOTHING:
            return None
        if client is None and isinstance(fault, NotFound):
            raise NotFound(f"{fault}; without a client, say at least --need") from None
        raise


def known_of(intake: Intake) -> MethodCriteria:
    """What an intake says to the table. Directions are counted; none named is none said."""
    told = intake.paths
    paths = told if isinstance(told, int) else len(named_paths(told)) or None
    return MethodCriteria(
        need=intake.need or "",
        goal_clarity=intake.goal_clarity,
        paths=paths,
        change=intake.change or "",
    )


def other_method(library: Library, intake: Intake, journey: Journey) -> MethodAdvice | None:
    """The advice that recommends another method than the chosen journey's; None where it does not,
    where the intake decides nothing, or where the table is faulty and cannot be asked."""
    table = library.recommendations.get(THE_ONE)
    if table is None or not intake.need:
        return None
    advice = recommend(table, known_of(intake))
    if not advice.method or advice.method == journey.method:
        return None
    return advice
