"""What the records hold for the brief: the intake and the newest filling of each worksheet."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from msgspec import Struct

from trajplan.planning import readiness
from trajplan.planning.agreement import AGREED
from trajplan.records.dossier import Dossier
from trajplan.records.forms import Intake
from trajplan.records.model import WorksheetAnswers
from trajplan.worksheets.fillings import newest


class BriefSources(Struct, frozen=True, dict=True):
    """One client's intake and worksheets, asked by name.

    A coach's own worksheet may stand in place of a built-in one, so no field is taken for granted.
    """

    intake: Intake
    newest: Mapping[str, WorksheetAnswers]
    """The newest filling, by worksheet."""

    def answer(self, worksheet: str, field: str) -> Any:
        """What stands in a field, or None."""
        filling = self.newest.get(worksheet)
        return filling.answers.get(field) if filling else None

    def text(self, worksheet: str, field: str) -> str:
        """A field as one text; a list's items one behind the other."""
        return "; ".join(self.items(worksheet, field))

    def items(self, worksheet: str, field: str) -> tuple[str, ...]:
        """A field as a list of texts; of a table's rows the first cell."""
        answer = self.answer(worksheet, field)
        if answer is None:
            return ()
        if isinstance(answer, list | tuple):
            return tuple(
                str(next(iter(part.values()), "")) if isinstance(part, Mapping) else str(part)
                for part in answer
            )
        return (str(answer),)

    def rows(self, worksheet: str, field: str, first: str) -> tuple[Mapping[str, str], ...]:
        """A field as rows of texts; of what is no table, each item stands under `first`."""
        answer = self.answer(worksheet, field)
        if isinstance(answer, list | tuple) and all(isinstance(row, Mapping) for row in answer):
            return tuple({key: str(cell) for key, cell in row.items()} for row in answer)
        return tuple({first: text} for text in self.items(worksheet, field))

    @cached_property
    def names(self) -> frozenset[str]:
        """Names of what is there: `intake:KEY` and `WORKSHEET:FIELD` (see `readiness`)."""
        audit = self.intake.audit
        keys = {
            "career": self.intake.career,
            "stuck_point": self.intake.stuck_point,
            "likes": self.intake.likes,
            "dislikes": self.intake.dislikes,
            "drive": self.intake.drive,
            "own_questions": self.intake.own_questions,
            "must_haves": self.intake.must_haves,
            "fears": self.intake.fears,
            "audit.accomplishments": audit and audit.accomplishments,
            "audit.pain_points": audit and audit.pain_points,
            "audit.evidence": audit and audit.evidence,
        }
        return frozenset(
            [
                *(f"intake:{name}" for name, words in keys.items() if words),
                *(
                    f"{worksheet}:{field}"
                    for worksheet, filling in self.newest.items()
                    for field in filling.answers
                ),
            ]
        )

    @property
    def agreement(self) -> tuple[str, ...] | None:
        """What the coaching agreement lacks; None while there is none (R116).

        Keys of the intake's `agreement` count until the worksheet is filled in.
        """
        filling = self.newest.get(readiness.AGREEMENT)
        if filling is not None:
            return tuple(
                str(field["label"])
                for field in filling.form.get("fields", ())
                if (field.get("expected") or field.get("required"))
                and field["id"] not in filling.answers
            )
        keys = {key for key, words in self.intake.agreement.items() if words}
        if not keys:
            return None
        return tuple(title for key, title in AGREED.items() if key not in keys)


def sources_of(dossier: Dossier) -> BriefSources:
    """The sources of an engagement."""
    return BriefSources(dossier.engagement.intake, newest(dossier.worksheet_answers))


def names_held(dossier: Dossier, sources: BriefSources) -> frozenset[str]:
    """Names of what is there, with what is kept apart from intake and worksheets."""
    records = {
        "record:destination": bool(dossier.engagement.destination),
        "record:assumption": bool(dossier.assumptions),
    }
    return sources.names | {name for name, exists in records.items() if exists}


def brief_gaps(dossier: Dossier, number: int) -> tuple[str, ...]:
    """What the plan of a session says is missing from preparation and agreement (R24, R116)."""
    sources = sources_of(dossier)
    return readiness.preparation_gaps(
        names_held(dossier, sources),
        sources.agreement,
        number=number,
        client=dossier.client.slug,
    )
