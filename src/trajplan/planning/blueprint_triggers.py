"""Blueprints that the records call for, and the bounds that hold them back.

The signs are a closed list:

`values_conflict`: a worksheet holds two values or voices that still pull apart (R76, R77).
`stalled`: a commitment has waited twice, and a factor of the last rating went down by two or more
(R127). Two different signs have to stand, and it is only proposed: the coach asks for it.
`conversation_ahead`: a worksheet names a talk the client wants to have (R82).
`situation`: the intake names a situation the blueprint is written for.

A blueprint declares with `called_for` which signs call for it; no blueprint is known here by its
id, so a coach's own takes part like any other. The bounds:

- never in the first session or the last, never against the method or outside its phases;
- once an engagement, unless the sign was given anew after it was held;
- never two such sessions in a row;
- only a conflict of values or a standstill interrupts the session that opens a phase; the other
  signs wait for the one after, and until the session before has been held.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from msgspec import Struct

from trajplan.content.model import SessionBlueprint
from trajplan.planning.from_records import FactorChange, FromLastTime
from trajplan.planning.plan_inputs import BlueprintTrigger, Facts, HeldSession
from trajplan.records.dossier import Dossier
from trajplan.records.model.commitments import MISSED
from trajplan.text import in_quotes
from trajplan.vocabulary import SIGNS
from trajplan.worksheets.fillings import as_filled, newest

MISSES = 2
"""Reviews that found a commitment partly done or not yet: from so many on it has been missed
twice, and says that the journey stands still."""
INTERRUPT = ("values_conflict", "stalled")
"""Signs that do not wait until a phase has been opened: they come before action (R76, R77)."""
FALL = 2
"""Points by which a factor must have gone down; one point is an ordinary week."""
PROPOSED = "stalled"
"""The sign whose blueprint is put to the coach and never followed unasked (R127)."""


def triggers(dossier: Dossier, last: FromLastTime | None) -> tuple[BlueprintTrigger, ...]:
    """Every sign the records give today: worksheets, commitments, ratings."""
    return (
        *_from_worksheets(dossier),
        *standstill_trigger(dossier, last),
    )


def standstill_trigger(dossier: Dossier, last: FromLastTime | None) -> tuple[BlueprintTrigger, ...]:
    """The sign of a standstill: a promise that waited twice and a rating that fell (R127)."""
    fallen = fallen_ratings(last)
    missed = [
        (commitment, days[MISSES - 1])
        for commitment in dossier.open_commitments()
        if len(days := _missed_on(dossier, commitment.id)) >= MISSES
    ]
    if last is None or not fallen or not missed:
        return ()
    commitment, waited_since = missed[0]
    falls = [f"{rating.factor} went down by {-(rating.change or 0)}" for rating in fallen]
    return (
        BlueprintTrigger(
            sign="stalled",
            because=f"{in_quotes(commitment.what)} has waited twice, and {' and '.join(falls)}",
            since=max(waited_since, dt.date.fromisoformat(last.date)),
        ),
    )


def fallen_ratings(last: FromLastTime | None) -> tuple[FactorChange, ...]:
    """Factors that went down by two or more between the last two entries that rated them."""
    ratings = last.ratings if last else ()
    return tuple(rating for rating in ratings if (rating.change or 0) <= -FALL)


def _missed_on(dossier: Dossier, commitment_id: int) -> list[dt.date]:
    reviews = dossier.reviews_of(commitment_id)
    return [review.date for review in reviews if review.status in MISSED]


def _from_worksheets(dossier: Dossier) -> Iterator[BlueprintTrigger]:
    """Only the newest filling of each worksheet speaks: what was settled since is settled."""
    if not dossier.worksheet_answers:
        return
    from trajplan.worksheets.summaries import raised_signs

    for filling in newest(dossier.worksheet_answers).values():
        for sign, because in raised_signs(*as_filled(filling)):
            yield BlueprintTrigger(sign=sign, because=because, since=filling.date)


def held_sessions(dossier: Dossier, number: int) -> tuple[HeldSession, ...]:
    """The held sessions with a lower number, in order, with the blueprint each one followed."""
    sessions = []
    for session in dossier.held_before(number):
        plan = dossier.followed_plan(session.id)
        sessions.append(
            HeldSession(
                number=session.number or 0,
                date=session.day,
                blueprint=plan.blueprint if plan else "",
            )
        )
    return tuple(sessions)


class SessionSlot(Struct, frozen=True, kw_only=True):
    """Where the session stands: its method and phase, whether it opens the phase, and which end of
    the engagement it is, in words."""

    method: str
    phase: str
    opening: bool
    ends: str
    waited: bool = False
    """Its step had to wait for it (R128)."""


class TriggeredBlueprint(Struct, frozen=True, kw_only=True):
    """A blueprint that declares signs. `refusal` says what holds it back; empty: it may be held."""

    blueprint: SessionBlueprint
    because: str
    refusal: str
    proposed: bool = False
    """It is put to the coach and never followed unasked (R127)."""


def triggered_blueprints(
    blueprints: Sequence[SessionBlueprint], facts: Facts, slot: SessionSlot
) -> tuple[TriggeredBlueprint, ...]:
    """Every blueprint that declares signs: those called for first, in the order of the signs.

    Of several for one sign the one for fewer phases comes first, then in the order given.
    """
    calls: list[tuple[tuple[int, bool, int], TriggeredBlueprint]] = []
    for blueprint in blueprints:
        if not blueprint.called_for:
            continue
        triggers = _triggers_of(blueprint, facts)
        rank = SIGNS.index(triggers[0].sign) if triggers else len(SIGNS)
        because = triggers[0].because if triggers else ""
        call = TriggeredBlueprint(
            blueprint=blueprint,
            because=because,
            refusal=_refusal(blueprint, triggers, facts, slot, blueprints),
            proposed=bool(triggers) and triggers[0].sign == PROPOSED,
        )
        calls.append(((rank, not blueprint.phases, len(blueprint.phases)), call))
    return tuple(call for _, call in sorted(calls, key=lambda pair: pair[0]))


def _triggers_of(blueprint: SessionBlueprint, facts: Facts) -> list[BlueprintTrigger]:
    """The signs that call for a blueprint, in the order of the vocabulary, the newest first."""
    triggers = [trigger for trigger in facts.signs if trigger.sign in blueprint.called_for]
    if "situation" in blueprint.called_for and facts.scenario in blueprint.scenarios:
        because = f"the client's situation is {facts.scenario}"
        triggers.append(BlueprintTrigger(sign="situation", because=because, since=dt.date.min))
    triggers.sort(key=lambda trigger: trigger.since, reverse=True)
    return sorted(triggers, key=lambda trigger: SIGNS.index(trigger.sign))


def _misfit(blueprint: SessionBlueprint, trigger: BlueprintTrigger, slot: SessionSlot) -> str:
    """Why a session like this is no place for a blueprint, whenever it was held last."""
    if blueprint.method != slot.method:
        return f"it follows the {blueprint.method} method, this session the {slot.method} one"
    if slot.ends:
        return f"{trigger.because}; but {slot.ends} session stays what it is"
    if blueprint.phases and slot.phase not in blueprint.phases:
        return f"{trigger.because}; its place is {' or '.join(blueprint.phases)}"
    return ""


def _refusal(
    blueprint: SessionBlueprint,
    triggers: Sequence[BlueprintTrigger],
    facts: Facts,
    slot: SessionSlot,
    blueprints: Sequence[SessionBlueprint],
) -> str:
    """Why a blueprint is not taken, though its turn may come; empty: it is."""
    if not triggers:
        return "nothing in the records calls for it"
    if misfit := _misfit(blueprint, triggers[0], slot):
        return misfit
    sessions = [session for session in facts.held if session.blueprint == blueprint.id]
    fresh = [trigger for trigger in triggers if not sessions or trigger.since > sessions[-1].date]
    if not fresh:
        return f"{triggers[0].because}; session {sessions[-1].number} was given to it"
    special = {blueprint.id for blueprint in blueprints if blueprint.called_for}
    if facts.held and facts.held[-1].blueprint in special:
        return f"{fresh[0].because}; session {facts.held[-1].number} was one of these already"
    if any(trigger.sign in INTERRUPT for trigger in fresh):
        return ""
    if slot.waited:
        return f"{fresh[0].because}; the step that had to wait comes first"
    if slot.opening:
        return f"{fresh[0].because}; it waits until the phase has been opened"
    if facts.number - 1 in facts.unheld_before:
        return f"{fresh[0].because}; it waits until session {facts.number - 1} has been held"
    return ""
