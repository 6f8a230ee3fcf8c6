"""What the records hold for the brief: the intake and the newest filling of each worksheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from trajplan.actions.resolve import ClientEngagement
from trajplan.planning import readiness
from trajplan.records import answers, assumptions
from trajplan.records.forms import Intake
from trajplan.records.model import WorksheetAnswers
from trajplan.records.store import Store


@dataclass(frozen=True)
class Sources:
    """One client's intake and worksheets, asked by name.

    A coach's own worksheet may stand in place of a built-in one, so no field is taken for granted.
    """

    intake: Intake
    newest: Mapping[str, WorksheetAnswers]
    """The newest filling, by worksheet."""

    def answer(self, worksheet: str, field: str) -> Any:
        """What stands in a field, or None."""
        one = self.newest.get(worksheet)
        return one.answers.get(field) if one else None

    def text(self, worksheet: str, field: str) -> str:
        """A field as one text; a list's items one behind the other."""
        return "; ".join(self.items(worksheet, field))

    def items(self, worksheet: str, field: str) -> tuple[str, ...]:
        """A field as a list of texts; of a table's rows the first cell."""
        found = self.answer(worksheet, field)
        if found is None:
            return ()
        if isinstance(found, list | tuple):
            return tuple(
                str(next(iter(one.values()), "")) if isinstance(one, Mapping) else str(one)
                for one in found
            )
        return (str(found),)

    def rows(self, worksheet: str, field: str, first: str) -> tuple[Mapping[str, str], ...]:
        """A field as rows of texts; of what is no table, each item stands under `first`."""
        found = self.answer(worksheet, field)
        if isinstance(found, list | tuple) and all(isinstance(one, Mapping) for one in found):
            return tuple({key: str(value) for key, value in row.items()} for row in found)
        return tuple({first: one} for one in self.items(worksheet, field))

    @cached_property
    def held(self) -> frozenset[str]:
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
                *(f"intake:{name}" for name, value in keys.items() if value),
                *(
                    f"{sheet}:{field}"
                    for sheet, one in self.newest.items()
                    for field in one.answers
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
        noted = {key for key, value in self.intake.agreement.items() if value}
        if not noted:
            return None
        return tuple(said for key, said in readiness.AGREED.items() if key not in noted)


def sources_of(store: Store, case: ClientEngagement) -> Sources:
    """Read what an engagement holds."""
    found = answers.of_engagement(store, case.engagement.id)
    return Sources(case.engagement.intake, {one.worksheet: one for one in found})


def held_by(store: Store, case: ClientEngagement, sources: Sources) -> frozenset[str]:
    """What is held, with what is kept apart from intake and worksheets."""
    records = {
        "record:destination": bool(case.engagement.destination),
        "record:assumption": bool(assumptions.of_engagement(store, case.engagement.id)),
    }
    return sources.held | {name for name, there in records.items() if there}


def brief_gaps(store: Store, case: ClientEngagement, number: int) -> tuple[str, ...]:
    """What the plan of a session says is missing from preparation and agreement (R24, R116)."""
    sources = sources_of(store, case)
    return readiness.preparation_gaps(
        held_by(store, case, sources),
        sources.agreement,
        number=number,
        client=case.client.slug,
    )
