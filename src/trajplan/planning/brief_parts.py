"""The first two parts of the brief: where the client comes from, and where they want to go; and
the checklist of documents (R31).

Background: career, audit, beliefs, what the client brought along (R26, R29, R32). Goals: in words
of their own (R34-R39).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import astuple

from trajplan.planning.brief import (
    AttachedResult,
    AuditEntry,
    BriefBackground,
    BriefDocument,
    BriefGoals,
    CareerEntry,
    Exclusion,
    Quotation,
    ThemeCount,
)
from trajplan.planning.brief_sources import BriefSources
from trajplan.planning.facts import planned_goals
from trajplan.planning.preparation_hints import accomplishments, is_counted, is_old
from trajplan.planning.readiness import (
    AGREEMENT_FORM,
    ARCHITECTURE,
    AUDIT,
    DOCUMENTS,
    FEARS,
    GOAL,
    MAPPING,
    QUESTIONNAIRE,
    RESULTS,
)
from trajplan.records.dossier import Dossier
from trajplan.records.fields import same_fields
from trajplan.records.forms import CareerStep, Intake
from trajplan.records.model.sessions import WorksheetAnswers
from trajplan.text import each_once, name_key, plural
from trajplan.worksheets.fillings import worksheet_notes
from trajplan.worksheets.themes import count_themes, split_themes

if TYPE_CHECKING:
    from trajplan.content.worksheet_model import Worksheet

ASKED = {
    "destination": "destination",
    "stuck_point": "stuck point",
    "drive": "drive",
    "likes": "likes",
    "dislikes": "dislikes",
    "own_questions": "own questions",
    "fears": "fears",
    "must_haves": "must-haves",
    "priorities": "priorities",
    "career": "career",
    "audit": "audit",
}
"""The keys of an intake that tell of the client, with what they are called here."""
STANDS_IN = {
    QUESTIONNAIRE: ("stuck_point", "likes", "dislikes", "drive", "own_questions"),
    AUDIT: ("audit",),
    MAPPING: ("career",),
    FEARS: ("fears", "must_haves"),
    AGREEMENT_FORM: ("agreement",),
}
"""Keys of the intake that say a part of what a worksheet asks."""
AGED = 90
"""Days after which a filled worksheet is worth asking about again."""
PASSED = "not worried any more"
"""The option of the worksheet for a fear that is none any more; it draws no line."""


def background(dossier: Dossier, sources: BriefSources, today: dt.date) -> BriefBackground:
    """Everything known of where the client comes from."""
    roles = career(sources)
    notes = worksheet_notes(dossier, "any")
    return BriefBackground(
        career=roles,
        themes=_recurring(["; ".join(role.themes) for role in roles]),
        moves=_recurring([role.moved_on for role in roles]),
        architecture=next((note.lines for note in notes if note.worksheet == ARCHITECTURE), ()),
        accomplishments=tuple(
            AuditEntry(what=deed.whole, counted=is_counted(deed), old=is_old(deed, today))
            for deed in accomplishments(sources)
        ),
        pain_points=sources.pain_points,
        evidence=sources.evidence,
        assumptions=tuple(belief.text for belief in dossier.open_assumptions()),
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
        **same_fields(step, CareerEntry.of_step),
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
        themes=each_once((*role.themes, *mapped.themes)),
        successes=each_once((*role.successes, *mapped.successes)),
        challenges=each_once((*role.challenges, *mapped.challenges)),
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
        likes=each_once((*intake.likes, *sources.items(QUESTIONNAIRE, "likes"))),
        dislikes=each_once((*intake.dislikes, *sources.items(QUESTIONNAIRE, "dislikes"))),
        own_questions=each_once(
            (*intake.own_questions, *sources.items(QUESTIONNAIRE, "own_questions"))
        ),
        must_haves=each_once((*intake.must_haves, *sources.items(FEARS, "must_haves"))),
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


def command(words: str, client: str) -> str:
    """A whole command line for one client."""
    return f"trajplan {words} --client {client}"


def documents(
    worksheets: Mapping[str, Worksheet], dossier: Dossier, sources: BriefSources, today: dt.date
) -> tuple[BriefDocument, ...]:
    """Intake first, then every worksheet of the checklist."""
    client = dossier.client.slug
    checklist = [_intake(dossier, sources)]
    for name in DOCUMENTS:
        sheet = worksheets.get(name)
        filling = sources.newest.get(name)
        if filling is not None:
            checklist.append(_worksheet_back(filling, client, today))
        elif sheet is not None:
            checklist.append(_worksheet_to_fill(sheet, sources, dossier))
    return tuple(checklist)


def _intake(dossier: Dossier, sources: BriefSources) -> BriefDocument:
    answers = [name for name in ASKED if _says(sources.intake, name)]
    empty = [title for name, title in ASKED.items() if name not in answers]
    state = "missing" if not answers else "in part" if empty else "there"
    note = f"{len(answers)} of {len(ASKED)} answered"
    if empty:
        note += f"; open: {', '.join(empty)}"
    return BriefDocument(
        id="intake",
        title="Intake",
        state=state,  # type: ignore[arg-type]
        since=dossier.engagement.created.isoformat() if answers else "",
        note=note,
        get=command(f"worksheets blank {QUESTIONNAIRE}", dossier.client.slug)
        if not answers
        else "",
    )


def _worksheet_back(filling: WorksheetAnswers, client: str, today: dt.date) -> BriefDocument:
    """A worksheet that came back: how much of it, and what to look at."""
    fields = [field for field in filling.form.get("fields", ()) if isinstance(field, Mapping)]
    empty = [field for field in fields if field["id"] not in filling.answers]
    expected = [field for field in empty if field.get("expected") or field.get("required")]
    notes = [f"{len(fields) - len(empty)} of {plural(len(fields), 'field')}"]
    if expected:
        notes.append(f"missing: {', '.join(str(field['label']) for field in expected)}")
    if (today - filling.date).days > AGED:
        notes.append(f"{(today - filling.date).days} days old: does it still hold?")
    if filling.unmatched:
        notes.append("text that belonged to no field")
    return BriefDocument(
        id=filling.worksheet,
        title=filling.title,
        state="in part" if expected else "there",
        since=filling.date.isoformat(),
        note="; ".join(notes),
        get=command(f"worksheets blank {filling.worksheet} --again", client) if expected else "",
    )


def _worksheet_to_fill(sheet: Worksheet, sources: BriefSources, dossier: Dossier) -> BriefDocument:
    """A worksheet not filled in; the intake may say a part of it."""
    keys = [name for name in STANDS_IN.get(sheet.id, ()) if _says(sources.intake, name)]
    words = ", ".join(ASKED.get(name, name.replace("_", " ")) for name in keys)
    return BriefDocument(
        id=sheet.id,
        title=sheet.title,
        state="in part" if keys else "missing",
        since=dossier.engagement.created.isoformat() if keys else "",
        note=f"the intake has: {words}" if keys else "",
        get=command(f"worksheets blank {sheet.id}", dossier.client.slug),
    )


def _says(intake: Intake, name: str) -> bool:
    value = getattr(intake, name)
    if name == "audit":
        return value is not None and any(astuple(value))
    return bool(value)
