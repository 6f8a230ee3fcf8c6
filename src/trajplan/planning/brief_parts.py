"""The first two parts of the brief: where the client comes from, and where they want to go.

Background: career, audit, beliefs, what the client brought along (R26, R29, R32). Goals: in words
of their own (R34-R39).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from trajplan.planning.audit import accomplishments, is_counted, is_old
from trajplan.planning.brief import (
    AttachedResult,
    AuditEntry,
    BriefBackground,
    BriefGoals,
    CareerEntry,
    Exclusion,
    Quotation,
    ThemeCount,
)
from trajplan.planning.brief_sources import BriefSources
from trajplan.planning.facts import planned_goals
from trajplan.planning.readiness import (
    ARCHITECTURE,
    AUDIT,
    FEARS,
    GOAL,
    MAPPING,
    QUESTIONNAIRE,
    RESULTS,
)
from trajplan.records.columns import same_fields
from trajplan.records.dossier import Dossier
from trajplan.records.forms import CareerStep
from trajplan.text import name_key
from trajplan.worksheets.fillings import worksheet_notes
from trajplan.worksheets.themes import count_themes, split_themes

PASSED = "not worried any more"
"""The option of the worksheet for a fear that is none any more; it draws no line."""


def background(dossier: Dossier, sources: BriefSources, today: dt.date) -> BriefBackground:
    """Everything known of where the client comes from."""
    roles = career(sources)
    notes = worksheet_notes(dossier, "any")
    audit = sources.intake.audit
    return BriefBackground(
        career=roles,
        themes=_recurring(["; ".join(role.themes) for role in roles]),
        moves=_recurring([role.moved_on for role in roles]),
        architecture=next((note.lines for note in notes if note.worksheet == ARCHITECTURE), ()),
        accomplishments=tuple(
            AuditEntry(what=deed.whole, counted=is_counted(deed), old=is_old(deed, today))
            for deed in accomplishments(sources)
        ),
        pain_points=both(audit.pain_points if audit else (), sources.items(AUDIT, "pain_points")),
        evidence=both(audit.evidence if audit else (), sources.items(AUDIT, "evidence")),
        assumptions=tuple(
            assumption.text for assumption in dossier.assumptions if assumption.status == "open"
        ),
        attached=tuple(
            AttachedResult(
                what=row.get("what", ""),
                date=row.get("date", ""),
                place=row.get("place", ""),
                says=row.get("says", ""),
            )
            for row in sources.rows(RESULTS, "results", "what")
        ),
    )


def both(first: Sequence[str], second: Sequence[str]) -> tuple[str, ...]:
    """What stands in either list, once."""
    by_key: dict[str, str] = {}
    for text in (*first, *second):
        by_key.setdefault(name_key(text) or text, text)
    return tuple(by_key.values())


def career(sources: BriefSources) -> tuple[CareerEntry, ...]:
    """The roles of the intake, with what Trajectory Mapping adds to them, then its further ones.

    A role that stands in both under one name is one role, so that no theme counts twice.
    """
    roles = [_intake_role(step) for step in sources.intake.career]
    unmatched = list(range(len(roles)))
    for row in sources.rows(MAPPING, "roles", "role"):
        role = _mapped_role(row)
        same = [index for index in unmatched if name_key(roles[index].role) == name_key(role.role)]
        if same:
            unmatched.remove(same[0])
            roles[same[0]] = _joint_role(roles[same[0]], role)
        else:
            roles.append(role)
    return tuple(roles)


def _intake_role(step: CareerStep) -> CareerEntry:
    return CareerEntry(
        **same_fields(step, CareerEntry),
        when=f"{step.since}–{step.until}" if step.since else step.until,
        moved_on=step.left_because,
    )


def _mapped_role(row: Mapping[str, str]) -> CareerEntry:
    return CareerEntry(
        role=row.get("role") or next(iter(row.values()), ""),
        organisation="",
        when=row.get("years", ""),
        themes=split_themes(row.get("themes", "")),
        successes=tuple(filter(None, [row.get("successes", "")])),
        challenges=tuple(filter(None, [row.get("challenges", "")])),
        moved_on=row.get("transition", ""),
    )


def _joint_role(role: CareerEntry, mapped: CareerEntry) -> CareerEntry:
    return CareerEntry(
        role=role.role,
        organisation=role.organisation,
        when=role.when or mapped.when,
        themes=both(role.themes, mapped.themes),
        successes=both(role.successes, mapped.successes),
        challenges=both(role.challenges, mapped.challenges),
        moved_on=mapped.moved_on or role.moved_on,
    )


def _recurring(entries: Sequence[str]) -> tuple[ThemeCount, ...]:
    return tuple(ThemeCount(theme=text, count=count) for text, count in count_themes(entries, 2))


def goals(dossier: Dossier, sources: BriefSources) -> BriefGoals:
    """Everything known of the direction."""
    intake = sources.intake
    return BriefGoals(
        destination=dossier.engagement.destination or sources.text(GOAL, "goal"),
        stuck_point=_quotations(dossier, sources, intake.stuck_point, "stuck"),
        drive=_quotations(dossier, sources, intake.drive, "drive"),
        priorities=intake.priorities,
        likes=both(intake.likes, sources.items(QUESTIONNAIRE, "likes")),
        dislikes=both(intake.dislikes, sources.items(QUESTIONNAIRE, "dislikes")),
        own_questions=both(intake.own_questions, sources.items(QUESTIONNAIRE, "own_questions")),
        must_haves=both(intake.must_haves, sources.items(FEARS, "must_haves")),
        must_not_haves=exclusions(sources),
        kept=planned_goals(dossier),
    )


def exclusions(sources: BriefSources) -> tuple[Exclusion, ...]:
    """Fears with the lines drawn from them; those of the intake that have none yet come last."""
    rows = [
        Exclusion(fear=row.get("fear", ""), line=row.get("line", ""), firm=row.get("firm", ""))
        for row in sources.rows(FEARS, "fears", "fear")
    ]
    fears = {name_key(row.fear) for row in rows}
    rows += [
        Exclusion(fear=fear, line="", firm="")
        for fear in sources.intake.fears
        if name_key(fear) not in fears
    ]
    return tuple(row for row in rows if row.firm != PASSED)


def _quotations(
    dossier: Dossier, sources: BriefSources, intake: str, field: str
) -> tuple[Quotation, ...]:
    """The questionnaire's words, then the intake's; the same words only once."""
    quotations = []
    filling = sources.newest.get(QUESTIONNAIRE)
    later = sources.text(QUESTIONNAIRE, field)
    if filling is not None and later:
        quotations.append(
            Quotation(text=later, source=filling.title, date=filling.date.isoformat())
        )
    if intake and name_key(intake) != name_key(later):
        date = dossier.engagement.created.isoformat()
        quotations.append(Quotation(text=intake, source="Intake", date=date))
    return tuple(quotations)
