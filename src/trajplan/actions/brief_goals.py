"""The second part of the brief: where the client wants to go, in words of their own (R34-R39)."""

from __future__ import annotations

from trajplan.actions.brief_background import both
from trajplan.actions.brief_sources import Sources
from trajplan.actions.resolve import ClientEngagement
from trajplan.planning.brief import BriefGoals, Exclusion, Quotation
from trajplan.planning.plan import PlannedGoal
from trajplan.planning.readiness import FEARS, GOAL, QUESTIONNAIRE
from trajplan.text import name_key

PASSED = "it passed"
"""The option of the worksheet for a fear that is none any more; it draws no line."""


def goals(case: ClientEngagement, sources: Sources, kept: tuple[PlannedGoal, ...]) -> BriefGoals:
    """Everything known of the direction."""
    intake = sources.intake
    return BriefGoals(
        destination=case.engagement.destination or sources.text(GOAL, "goal"),
        stuck_point=_said(case, sources, intake.stuck_point, "stuck"),
        drive=_said(case, sources, intake.drive, "drive"),
        priorities=intake.priorities,
        likes=both(intake.likes, sources.items(QUESTIONNAIRE, "likes")),
        dislikes=both(intake.dislikes, sources.items(QUESTIONNAIRE, "dislikes")),
        own_questions=both(intake.own_questions, sources.items(QUESTIONNAIRE, "own_questions")),
        must_haves=both(intake.must_haves, sources.items(FEARS, "must_haves")),
        must_not_haves=exclusions(sources),
        kept=kept,
    )


def exclusions(sources: Sources) -> tuple[Exclusion, ...]:
    """Fears with the lines drawn from them; those of the intake that have none yet come last."""
    rows = [
        Exclusion(fear=row.get("fear", ""), line=row.get("line", ""), firm=row.get("firm", ""))
        for row in sources.rows(FEARS, "fears", "fear")
    ]
    known = {name_key(one.fear) for one in rows}
    rows += [
        Exclusion(fear=one, line="", firm="")
        for one in sources.intake.fears
        if name_key(one) not in known
    ]
    return tuple(one for one in rows if one.firm != PASSED)


def _said(
    case: ClientEngagement, sources: Sources, intake: str, field: str
) -> tuple[Quotation, ...]:
    """The questionnaire's words, then the intake's; the same words only once."""
    found = []
    filling = sources.newest.get(QUESTIONNAIRE)
    later = sources.text(QUESTIONNAIRE, field)
    if filling is not None and later:
        found.append(Quotation(text=later, source=filling.title, date=filling.date.isoformat()))
    if intake and name_key(intake) != name_key(later):
        date = case.engagement.created.isoformat()
        found.append(Quotation(text=intake, source="Intake", date=date))
    return tuple(found)
