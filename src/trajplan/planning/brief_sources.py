"""What the records hold for the brief, and what of it the client brings to a plan (R126).

The sources are the intake and the newest filling of each worksheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from msgspec import Struct

from trajplan.planning import readiness
from trajplan.planning.agreement import AGREED, Agreement
from trajplan.planning.kept_in_mind import FromIntake
from trajplan.planning.readiness import AUDIT, FEARS, QUESTIONNAIRE
from trajplan.records.dossier import Dossier
from trajplan.records.forms import Intake
from trajplan.records.model.sessions import WorksheetAnswers
from trajplan.text import cue_words, each_once
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

    @property
    def pain_points(self) -> tuple[str, ...]:
        """What wears the client down."""
        audit = self.intake.audit
        return each_once((*(audit.pain_points if audit else ()), *self.items(AUDIT, "pain_points")))

    @property
    def evidence(self) -> tuple[str, ...]:
        """What others have said or written of them."""
        audit = self.intake.audit
        return each_once((*(audit.evidence if audit else ()), *self.items(AUDIT, "evidence")))

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

    def release(self, client: str) -> Agreement | None:
        """What the newest agreement says of a sponsor; None while none was filled in. `client`:
        their name, which may stand beside the day of consent."""
        filling = self.newest.get(readiness.AGREEMENT_FORM)
        if filling is None:
            return None
        names = (
            self.text(readiness.AGREEMENT_FORM, field) for field in ("client", "coach", "sponsor")
        )
        return Agreement(
            rows=self.rows(readiness.AGREEMENT_FORM, "released", "row"),
            sponsor=self.text(readiness.AGREEMENT_FORM, "sponsor"),
            consent=self.text(readiness.AGREEMENT_FORM, "consent"),
            parties=(client, *names),
            stray=filling.unmatched,
        )

    @property
    def agreement(self) -> tuple[str, ...] | None:
        """What the coaching agreement lacks; None while there is none (R116).

        Keys of the intake's `agreement` count until the worksheet is filled in.
        """
        filling = self.newest.get(readiness.AGREEMENT_FORM)
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

    @property
    def agreed(self) -> bool:
        """Whether an agreement with a date of consent is on file."""
        filling = self.newest.get(readiness.AGREEMENT_FORM)
        answers = filling.answers if filling is not None else self.intake.agreement
        return bool(answers.get("consent"))


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


_OPEN_WORDS = frozenset(
    cue_words(
        "anything something everything nothing whatever none any other else new different open "
        "unsure undecided unclear unknown not no idea clue sure yet i do dont know dunno who knows "
        "we'll see will still to be found it's it is really honestly honest maybe perhaps just "
        "quite completely totally at all so far for now egal irgendwas irgendetwas etwas anderes "
        "neues keine ahnung weiß ich nicht noch offen mal sehen no lo sé aún algo otra otro cosa "
        "cualquier nuevo nueva"
    )
)
"""Words that name no direction by themselves: `Anything, honestly`, `something else??`."""


def intake_of(sources: BriefSources) -> FromIntake:
    """What intake and questionnaire bring to the first session, in the client's words."""
    intake = sources.intake
    own = (*intake.own_questions, *sources.items(QUESTIONNAIRE, "own_questions"))
    stuck = intake.stuck_point or sources.text(QUESTIONNAIRE, "stuck")
    paths = intake.paths if isinstance(intake.paths, tuple) else ()
    pains = intake.audit.pain_points if intake.audit else ()
    told = (stuck, *paths, *intake.priorities, intake.drive, *intake.dislikes, *pains)
    must_haves = (*intake.must_haves, *sources.items(FEARS, "must_haves"))
    fears = (*intake.fears, *sources.items(FEARS, "fears"))
    return FromIntake(
        own_questions=_once(own),
        stuck_point=stuck,
        paths=paths,
        path_count=len(named_paths(paths)) if isinstance(intake.paths, tuple) else intake.paths,
        background=_once(told),
        must_haves=_once(must_haves),
        fears=_once(fears),
    )


def _once(texts: Sequence[str]) -> tuple[str, ...]:
    lines = (" ".join(text.split()) for text in texts)
    return tuple(dict.fromkeys(line for line in lines if line))


def intake_lines(intake: FromIntake) -> tuple[str, ...]:
    """Every line of it, each once."""
    return _once((*intake.own_questions, *intake.background, *intake.must_haves, *intake.fears))


def named_paths(paths: Iterable[str]) -> tuple[str, ...]:
    """The ways of an intake that can be taken: what only says that nothing is known is none."""
    return tuple(path for path in paths if not _OPEN_WORDS.issuperset(cue_words(path)))
