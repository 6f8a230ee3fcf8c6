"""What a client has brought along: the words of intake and questionnaire (R126)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from trajplan.planning.brief_sources import BriefSources
from trajplan.planning.plan import FromIntake
from trajplan.planning.readiness import FEARS, QUESTIONNAIRE
from trajplan.text import cue_words

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
        told=_once(told),
        must_haves=_once(must_haves),
        fears=_once(fears),
    )


def _once(texts: Sequence[str]) -> tuple[str, ...]:
    lines = (" ".join(text.split()) for text in texts)
    return tuple(dict.fromkeys(line for line in lines if line))


def intake_lines(intake: FromIntake) -> tuple[str, ...]:
    """Every line of it, each once."""
    return _once((*intake.own_questions, *intake.told, *intake.must_haves, *intake.fears))


def named_paths(paths: Iterable[str]) -> tuple[str, ...]:
    """The ways of an intake that can be taken: what only says that nothing is known is none."""
    return tuple(path for path in paths if not _OPEN_WORDS.issuperset(cue_words(path)))
