"""The checklist of documents on the brief: there since when, or how to get it (R31)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec.structs import astuple

from trajplan.planning import readiness
from trajplan.planning.brief import BriefDocument
from trajplan.planning.brief_sources import BriefSources
from trajplan.records.dossier import Dossier
from trajplan.records.forms import Intake
from trajplan.records.model import WorksheetAnswers
from trajplan.text import plural

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
    readiness.QUESTIONNAIRE: ("stuck_point", "likes", "dislikes", "drive", "own_questions"),
    readiness.AUDIT: ("audit",),
    readiness.MAPPING: ("career",),
    readiness.FEARS: ("fears", "must_haves"),
    readiness.AGREEMENT: ("agreement",),
}
"""Keys of the intake that say a part of what a worksheet asks."""
AGED = 90
"""Days after which a filled worksheet is worth asking about again."""


def command(words: str, client: str) -> str:
    """A whole command line for one client."""
    return f"trajplan {words} --client {client}"


def documents(
    worksheets: Mapping[str, Worksheet], dossier: Dossier, sources: BriefSources, today: dt.date
) -> tuple[BriefDocument, ...]:
    """Intake first, then every worksheet of the checklist."""
    client = dossier.client.slug
    checklist = [_intake(dossier, sources)]
    for name in readiness.DOCUMENTS:
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
        get=command(f"worksheets blank {readiness.QUESTIONNAIRE}", dossier.client.slug)
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
