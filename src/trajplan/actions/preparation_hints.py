"""Hints on what enters before a session: a vague stuck point, an audit that could say more.

None of them keeps anything from being saved (R32, R34).
"""

from __future__ import annotations

import datetime as dt

from trajplan.actions.brief_background import accomplishments
from trajplan.actions.brief_sources import Sources
from trajplan.planning.preparation_hints import audit_hints, stuck_point_hint
from trajplan.planning.readiness import AUDIT, QUESTIONNAIRE
from trajplan.records.forms import Intake
from trajplan.records.model import WorksheetAnswers


def on_intake(intake: Intake, today: dt.date) -> tuple[str, ...]:
    """Hints on an intake as it was handed in."""
    vague = stuck_point_hint(intake.stuck_point)
    return (*filter(None, [vague]), *_on_audit(Sources(intake, {}), today))


def on_filling(one: WorksheetAnswers, today: dt.date) -> tuple[str, ...]:
    """Hints on a filled questionnaire or audit; other worksheets get none."""
    sources = Sources(Intake(kind="intake"), {one.worksheet: one})
    if one.worksheet == QUESTIONNAIRE:
        return tuple(filter(None, [stuck_point_hint(sources.text(QUESTIONNAIRE, "stuck"))]))
    return _on_audit(sources, today) if one.worksheet == AUDIT else ()


def _on_audit(sources: Sources, today: dt.date) -> tuple[str, ...]:
    held = sources.intake.audit
    return audit_hints(
        accomplishments(sources),
        (*(held.pain_points if held else ()), *sources.items(AUDIT, "pain_points")),
        (*(held.evidence if held else ()), *sources.items(AUDIT, "evidence")),
        today,
    )
