"""The checklist of documents on the brief: there since when, or how to get it (R31)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec.structs import astuple

from trajplan.actions.brief_sources import Sources
from trajplan.actions.resolve import ClientEngagement
from trajplan.planning import readiness
from trajplan.planning.brief import BriefDocument
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
    worksheets: Mapping[str, Worksheet], case: ClientEngagement, sources: Sources, today: dt.date
) -> tuple[BriefDocument, ...]:
    """Intake first, then every worksheet of the checklist."""
    slug = case.client.slug
    found = [_intake(case, sources)]
    for name in readiness.DOCUMENTS:
        sheet = worksheets.get(name)
        filling = sources.newest.get(name)
        if filling is not None:
            found.append(_filled(filling, slug, today))
        elif sheet is not None:
            found.append(_open(sheet, sources, case))
    return tuple(found)


def _intake(case: ClientEngagement, sources: Sources) -> BriefDocument:
    there = [name for name in ASKED if _says(sources.intake, name)]
    empty = [said for name, said in ASKED.items() if name not in there]
    state = "missing" if not there else "in part" if empty else "there"
    note = f"{len(there)} of {len(ASKED)} answered"
    if empty:
        note += f"; open: {', '.join(empty)}"
    return BriefDocument(
        id="intake",
        title="Intake",
        state=state,  # type: ignore[arg-type]
        since=case.engagement.created.isoformat() if there else "",
        note=note,
        get=command(f"worksheets blank {readiness.QUESTIONNAIRE}", case.client.slug)
        if not there
        else "",
    )


def _filled(one: WorksheetAnswers, client: str, today: dt.date) -> BriefDocument:
    """A worksheet that came back: how much of it, and what to look at."""
    asked = [field for field in one.form.get("fields", ()) if isinstance(field, Mapping)]
    empty = [field for field in asked if field["id"] not in one.answers]
    awaited = [field for field in empty if field.get("expected") or field.get("required")]
    notes = [f"{len(asked) - len(empty)} of {plural(len(asked), 'field')}"]
    if awaited:
        notes.append(f"missing: {', '.join(str(field['label']) for field in awaited)}")
    if (today - one.date).days > AGED:
        notes.append(f"{(today - one.date).days} days old: does it still hold?")
    if one.unmatched:
        notes.append("text that belonged to no field")
    return BriefDocument(
        id=one.worksheet,
        title=one.title,
        state="in part" if awaited else "there",
        since=one.date.isoformat(),
        note="; ".join(notes),
        get=command(f"worksheets blank {one.worksheet} --again", client) if awaited else "",
    )


def _open(sheet: Worksheet, sources: Sources, case: ClientEngagement) -> BriefDocument:
    """A worksheet not filled in; the intake may say a part of it."""
    told = [name for name in STANDS_IN.get(sheet.id, ()) if _says(sources.intake, name)]
    words = ", ".join(ASKED.get(name, name.replace("_", " ")) for name in told)
    return BriefDocument(
        id=sheet.id,
        title=sheet.title,
        state="in part" if told else "missing",
        since=case.engagement.created.isoformat() if told else "",
        note=f"the intake has: {words}" if told else "",
        get=command(f"worksheets blank {sheet.id}", case.client.slug),
    )


def _says(intake: Intake, name: str) -> bool:
    value = getattr(intake, name)
    if name == "audit":
        return value is not None and any(astuple(value))
    return bool(value)
