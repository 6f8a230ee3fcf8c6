"""`commitments`: what the client took on, and what came of it (R94-R100).

What every commitment is held against, in a wrap and between sessions, stands at the end.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from trajplan.actions.client_records import ClientRecords, Detail
from trajplan.actions.context import Context
from trajplan.actions.goals import meant_goal
from trajplan.actions.hints import Hint
from trajplan.actions.safety import keep_danger
from trajplan.content.labels import ENGLISH_TAG
from trajplan.dates import NoDay, parse_day, parse_past_day
from trajplan.errors import CannotDo, UsageFault
from trajplan.lint import steps, verbs
from trajplan.lint.labels import LABEL_WORDS, made_label
from trajplan.records.command_forms import CommitmentChange
from trajplan.records.dossier import last_held
from trajplan.records.fields import form_fields, require_rating, same_fields
from trajplan.records.forms import NewCommitment
from trajplan.records.model.commitments import MISSED, Commitment, CommitmentReview, Contact
from trajplan.records.model.goals import Goal
from trajplan.records.model.journeys import Engagement
from trajplan.records.model.sessions import Session
from trajplan.records.store import Store
from trajplan.text import (
    exact_words,
    name_key,
    one_line,
    pattern,
    quote,
    says_none,
    short_quote,
    word_count,
)


def new_commitment(
    context: Context, form: NewCommitment, *, client: str | None, force: bool
) -> Detail[Commitment]:
    """Add a commitment between sessions.

    Raises UsageFault for a missing what, when or how, CannotDo for a day outside its bounds that
    is not forced, and for a goal's number that nobody has.
    """
    for name in lacking(form):
        raise UsageFault(f"{_SAYS}; {name} is empty")
    if fault := label_fault(form.label):
        raise UsageFault(fault)
    with context.write(client) as records:
        bounds = _bounds(records.own(Session), context.today, force)
        due = due_day(form.when, context.today, bounds)
        if fault := day_fault(due, bounds, form.when):
            raise CannotDo(fault)
        goals = records.own(Goal)
        meant = meant_goal(goals, form.goal)
        commitment = commitment_of(
            with_label(form),
            engagement_id=records.engagement.id,
            # Between sessions: it belongs to the journey, so wrapping a session anew leaves it.
            session_id=None,
            due=due,
            goal=meant.goal,
        )
        hints = hints_on(form, engagement=records.engagement, goals=goals)
        danger = keep_danger(records, context, form.what, form.obstacle)
        return records.detail(records.insert(commitment), (*danger, *hints, *meant.hints))


def commitment_of(
    form: NewCommitment,
    *,
    engagement_id: int,
    session_id: int | None,
    due: dt.date,
    goal: Goal | None = None,
) -> Commitment:
    """An open commitment, to be saved; `due` is the day that its `when` means.

    With `goal` it is linked to that goal and takes its words.
    """
    return Commitment(
        **{**same_fields(form, Commitment.as_made), "goal": goal.text if goal else form.goal},
        engagement_id=engagement_id,
        session_id=session_id,
        due=due,
        goal_id=goal.id if goal else None,
    )


_SAYS = "a commitment says what, when, and how you will know"
NEEDED = {field.name: field.asks.label for field in form_fields(NewCommitment) if field.needed}
"""What a commitment cannot do without, as the form calls it."""


def lacking(form: NewCommitment) -> tuple[str, ...]:
    """The fields of a commitment that have to say something and are empty, or say that there is
    nothing (R96)."""
    return tuple(
        name for name in NEEDED if not (said := getattr(form, name)).strip() or says_none(said)
    )


def label_fault(label: str) -> str:
    """Why words are no label; empty when they are, or when there are none (R123)."""
    count = word_count(label)
    if count > LABEL_WORDS:
        # A word that nobody says in one breath counts as several.
        has = f"has {count} words" if len(label.split()) > LABEL_WORDS else "is too long to say"
        return (
            f"{quote(label)} {has}; a label is said aloud and has {LABEL_WORDS}"
            " words at most, such as `call to the works council`"
        )
    return f"{quote(label)} has no word in it to say" if label.strip() and not count else ""


def with_label(form: NewCommitment) -> NewCommitment:
    """A commitment with the label it has, or one of its own words."""
    return replace(form, label=one_line(form.label) or made_label(form.what))


def _bounds(sessions: tuple[Session, ...], today: dt.date, force: bool) -> Bounds:
    """After the session held last and not in the past, before the next one to come (R96)."""
    last = last_held(sessions)
    held_on = last.day if last else dt.date.min
    yesterday = today - dt.timedelta(days=1)
    ahead = [
        session.date
        for session in sessions
        if session.state == "planned" and session.date > max(today, held_on)
    ]
    before = min(ahead, default=None)
    if held_on > yesterday:
        return Bounds(held_on, before, force)
    return Bounds(yesterday, before, force, f"yesterday, {yesterday}")


def change_commitment(
    context: Context,
    number: int,
    change: CommitmentChange,
    *,
    client: str | None,
    force: bool = False,
) -> Detail[Commitment]:
    """Add a review or a contact, link it to a goal, or change what was taken on.

    A review without a status leaves the present one. Raises UsageFault, CannotDo, NotFound; a day
    is held against the same bounds as that of a new commitment, unless `force`.
    """
    if change == CommitmentChange():
        raise UsageFault("nothing to change; `trajplan commitments update --help` says what can be")
    if change.contact is None and (change.note or change.date):
        raise UsageFault("--note and --date belong to a contact; say which with --contact")
    for name in NEEDED:
        if says_none(getattr(change, name)):
            raise UsageFault(f"{_SAYS}; leave {name} out to keep it")
    values = _fields(change, context.today)
    require_rating(change.value, f"--value {change.value}")
    with context.write(client) as records:
        commitment = records.numbered(Commitment, number)
        if change.is_review:
            review = CommitmentReview(
                commitment_id=commitment.id,
                date=context.today,
                status=change.status or commitment.status,
                minutes=change.minutes,
                value=change.value,
                learned=change.learned,
            )
            commitment = insert_review(records, review)
        if change.contact:
            _save_contact(records, context.today, commitment, change)
        if change.when:
            bounds = _bounds(records.own(Session), context.today, force)
            values["due"] = due_day(change.when, context.today, bounds)
            if fault := day_fault(values["due"], bounds, change.when):
                raise CannotDo(fault)
        if change.what and not change.label and commitment.label == made_label(commitment.what):
            values["label"] = made_label(change.what)
        meant = meant_goal(records.own(Goal), change.goal)
        if change.goal:
            goal = meant.goal
            values["goal"] = goal.text if goal else change.goal
            values["goal_id"] = goal.id if goal else None
        if values:
            commitment = records.update(commitment, **values)
        blame = (*blame_hints(change.learned), *blame_hints(change.note))
        said = (change.learned, change.note, change.what, change.obstacle)
        danger = keep_danger(records, context, *said)
        return records.detail(commitment, [*danger, *blame, *meant.hints])


def insert_review(store: Store, review: CommitmentReview) -> Commitment:
    """Add a review and bring its commitment up to it. Raises NotFound.

    It is the newest, unless it has the id of one that was taken back: then it stands in its place.
    """
    commitment = store.get(Commitment, review.commitment_id)
    store.insert(review)
    return _brought_up(store, commitment)


def take_back_review(store: Store, review: CommitmentReview) -> Commitment:
    """Delete a review, and let its commitment be what the others make of it. Raises NotFound."""
    store.delete(CommitmentReview, id=review.id)
    return _brought_up(store, store.get(Commitment, review.commitment_id))


def _brought_up(store: Store, commitment: Commitment) -> Commitment:
    stands = reviewed(commitment, store.select(CommitmentReview, commitment_id=commitment.id))
    return store.update(commitment, **same_fields(stands, Commitment.as_reviewed))


def reviewed(commitment: Commitment, reviews: Sequence[CommitmentReview]) -> Commitment:
    """A commitment as these reviews alone, first to last, make it.

    A figure or text that a review leaves out stays as it was before it. A day on which it was
    `partly` or `not_yet` counts as a miss, however often that was said.
    """
    newest_first = reviews[::-1]
    return replace(
        commitment,
        status=next((review.status for review in newest_first), "open"),
        misses=len({review.date for review in reviews if review.status in MISSED}),
        minutes=next((review.minutes for review in newest_first if review.minutes), None),
        value=next((review.value for review in newest_first if review.value), None),
        learned=next((review.learned for review in newest_first if review.learned), ""),
    )


def _fields(change: CommitmentChange, today: dt.date) -> dict[str, Any]:
    """The fields of the record that change as they are said."""
    if fault := label_fault(change.label):
        raise UsageFault(fault)
    read = {
        "label": one_line(change.label),
        "deadline": parse_day(change.deadline, today) if change.deadline else None,
    }
    said = {**same_fields(change, NewCommitment.__struct_fields__), **read}
    # A day and a goal are held against the records first.
    changed = {
        name: value
        for name, value in said.items()
        if name not in ("when", "goal") and value not in (None, "")
    }
    # What there was to leave out may turn out to be none.
    emptied = {name for name in ("obstacle", "if_then") if says_none(str(changed.get(name, "")))}
    return {**changed, **dict.fromkeys(emptied, "")}


def _save_contact(
    records: ClientRecords, today: dt.date, commitment: Commitment, change: CommitmentChange
) -> None:
    assert change.contact is not None
    day = parse_past_day(change.date, today)
    records.insert(
        Contact(commitment_id=commitment.id, kind=change.contact, date=day, note=change.note)
    )


class Bounds(Struct, frozen=True):
    """Between which days a commitment may fall; `force` lifts both."""

    after: dt.date
    before: dt.date | None
    force: bool
    since: str = ""
    """What `after` is, in words; empty: the day of the session."""


ALL_THE_SAME = "all the same"
"""Behind a day outside the bounds, it says that the day is meant."""


def day_fault(day: dt.date, bounds: Bounds, written: str) -> str:
    """Why a day is outside the bounds; empty when it is inside, forced, or `written` with the words
    that say it is meant (R96)."""
    if bounds.force or _INSISTS.search(written):
        return ""
    outside = ""
    if day <= bounds.after:
        outside = f"not after {bounds.since or f'the session on {bounds.after}'}"
    elif bounds.before and day > bounds.before:
        outside = f"after the next session on {bounds.before}"
    keeps = f"if you mean it, write “{one_line(written)}, {ALL_THE_SAME}”"
    return f"{day} is {outside}; {keeps}" if outside else ""


def due_day(text: str, base: dt.date, bounds: Bounds) -> dt.date:
    """The day by which something is to be done. Who says "by our next session", or gives no day,
    has until the day of it; who says "before", until the day before it where one lies between.
    Raises UsageFault, also where no next session has a day."""
    text = _INSISTS.sub("", text.strip())
    words = name_key(text)
    if not _UNTIL_NEXT.fullmatch(words):
        return _named_day(text, base)
    if bounds.before is None:
        raise UsageFault(f"{quote(text)}: no next session has a day yet; say which day")
    is_before = words.startswith(("before", "vor", "antes"))
    day_before = bounds.before - dt.timedelta(days=1)
    return day_before if is_before and day_before > bounds.after else bounds.before


def _named_day(text: str, base: dt.date) -> dt.date:
    """The day that words such as `by Friday` name; `before Friday` is the day before it. Raises
    UsageFault, saying how to keep words that name none."""
    before = _BEFORE.match(text)
    named = text[before.end() :] if before else _BY.sub("", text)
    try:
        day = parse_day(named, base)
    except NoDay as fault:
        if any(map(str.isdigit, named)):
            raise
        raise UsageFault(f"{fault}; {NO_DAY_IN_IT}") from None
    return day - dt.timedelta(days=1) if before else day


NO_DAY_IN_IT = "`next time` is until you meet again, and other words may stand with what they do"
"""How a promise goes on whose day is `before half term`."""


def day_passed(day: dt.date, today: dt.date) -> str:
    """The end of a sentence about a day that is over already; empty for any other."""
    return ", which has passed" if day < today else ""


_INSISTS = pattern(rf"(?i)[,;]?\s+{ALL_THE_SAME}\.?\s*$")
_BEFORE = pattern(r"(?i)^(?:before|vor|antes de) ")
_BY = pattern(r"(?i)^(?:by|until|till|bis|hasta) ")
"""What stands before a day by which something is to be done."""
_UNTIL_NEXT = pattern(
    r"(?:(?:by|before|until|till|for|at|in time for) )?(?:"
    r"(?:(?:the|our|my|your) )?next (?:time|session|meeting|appointment|call)(?: we (?:meet|talk))?"
    r"|our (?:session|meeting|appointment|call)"
    r"|(?:the )?(?:(?:next )?time )?(?:when )?we (?:next )?(?:meet|talk|speak|see each other)"
    r"(?: next| again)?|(?:i|we) come(?: back)? next)"
    r"|when we next meet|whenever|some ?time|any ?time"
    r"|(?:bis )?(?:zum|vor dem) n[äa]chsten (?:mal|termin|treffen)|bis zur n[äa]chsten sitzung"
    r"|(?:(?:para|hasta|antes de) )?la pr[óo]xima (?:vez|sesi[óo]n|cita)"
)
"""How people say that they have until they meet again, as `name_key` writes it."""
WEIGHTIEST_FIRST = ("proposed", "too-big", "verb", "number", "obstacle", "goal")
"""Kinds of hints on a commitment in the order of their weight: a command gives only a few."""


def hints_on(
    form: NewCommitment, *, engagement: Engagement, goals: Sequence[Goal]
) -> tuple[Hint, ...]:
    """What could be better in one commitment, the weightiest first; it is saved all the same.

    `goals`: those it might serve.
    """
    quoted = short_quote(form.what)
    hints = []
    if form.proposed_by == "coach" and engagement.method != "directive":
        text = f"{quoted} was proposed by the coach; what would the client's own step be?"
        hints.append(Hint("proposed", text))
    if why := steps.too_big(form.what, form.estimate_minutes):
        text = f"{quoted} may be too big: {why}; what would be the first piece of it?"
        hints.append(Hint("too-big", text))
    # Whoever reads pages in another language promises in it, and may use no word that tells so.
    is_english = engagement.language in ("", ENGLISH_TAG)
    if is_english and not verbs.has_verb(form.what):
        hints.append(Hint("verb", f"{quoted} has no verb; what will the client do?"))
    counted = form.estimate_minutes is not None or steps.has_number(form.how_will_i_know)
    if not counted and steps.leaves_number_open(form.what):
        hints.append(Hint("number", f"{quoted} has no number; how many, how long or how often?"))
    missing = [
        name
        for name, words in (("obstacle", form.obstacle), ("“if … then …”", form.if_then))
        if not words
    ]
    if missing:
        hints.append(Hint("obstacle", f"{quoted} has no {' and no '.join(missing)} yet"))
    open_goals = [goal for goal in goals if goal.status == "open"]
    if not form.goal and open_goals:
        there = ", ".join(f"{goal.number} {short_quote(goal.text)}" for goal in open_goals[:3])
        hints.append(
            Hint("goal", f"{quoted} does not say which goal it serves; open goals: {there}")
        )
    return tuple(hints)


def blame_hints(text: str) -> tuple[Hint, ...]:
    """Where a review finds fault with a person (R100); what the client said is theirs to say."""
    if not text or exact_words(text):
        return ()
    from trajplan.lint.rules import blamed

    return tuple(Hint("blame", f"“{blame.words}”: {blame.message}") for blame in blamed(text))
