"""Prompts: the library's words filled with the client's own records (R45, R46, R65, R66)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping, Sequence

from msgspec.structs import replace

from trajplan.content.model import Prompt
from trajplan.dates import MONTHS
from trajplan.lint.promises import NOTES, is_tender
from trajplan.lint.verbs import foreign, is_past, is_verb
from trajplan.lint.well_made import phrase_list
from trajplan.planning.beliefs import EVIDENCE, Handling
from trajplan.planning.blueprint_triggers import MISSES
from trajplan.planning.care import IN_DEPTH, USUAL, Care
from trajplan.planning.from_records import FromLastTime, PlannedCommitment
from trajplan.planning.matter import bears_on
from trajplan.planning.plan import InquiryReturn, PlannedPrompt
from trajplan.planning.plan_inputs import Exercise, OpenAssumption
from trajplan.planning.spoken import (
    NO_WORDS,
    QUOTED_WORDS,
    SINCE,
    SOME_KEPT,
    SPOKEN_WORDS,
    clause_told,
    fill_spoken,
    is_sayable,
    label_phrases,
    promise_phrases,
    quotable,
    said_label,
)
from trajplan.records.model.commitments import WAITING
from trajplan.text import cue_words, pattern, single_quoted

ASKED_TWICE = 2
"""Held sessions that ask after a promise that waits; then it is left to the client (R125)."""
LOOKS_BACK = 2
"""Prompts that look back before the client's own matter is talked about."""
REVIEW, INQUIRY_RETURN = "review-commitment", "return-inquiry"
"""The prompts that look back: at what was taken on, and at the question that went home."""
DEBRIEF_PROMPT = "debrief-exercise"
"""The prompt that asks about what was tried."""
RETOLD = {"done": "done_told", "partly": "partly_told", "not_yet": "waited_told"}
"""By what became of a promise, the case that looks back at what the client has told of it."""
PRIVATE = "done_private"
"""The case in which of a doctor or a counsellor it is only asked whether it was all right."""
_TOLD_OF = (
    r"(?:['’]s (?:up for|ok|okay|fine|happy|keen|in|agreed|said|told|offered|given|not|"
    r"asked|going)\b| (?P<verb>[a-z]+)\b)"
)
"""How a sentence goes on behind a name that says what somebody did: `Huw says two days a week`."""
_SEES_DOCTOR = pattern(r"\bsee (?:the )?dr\b", re.IGNORECASE, ["see "])
ERRAND = "preparing"
"""The kind of a commitment that is asked after in one line and not debriefed (R123)."""
ERRAND_MINUTES = 1
SHORTEST_NAME = 3
"""Letters of a name; a shorter word with a capital letter is `I`, or begins a sentence."""
_LOOKS_AHEAD = pattern(
    r"\b(?:we(?:['’]ll)? (?:next )?(?:meet|talk|speak)|(?:our|the) next session|next time)\b"
    r"|\b(?:to understand|when you (?:talk|go back)|remember on|in the interview|day back)\b",
    re.IGNORECASE,
    ["we", "next", "understand", "when you", "remember on", "interview", "day back"],
)
"""What a question says that looks to this session from the last, or to a day between the two: read
back, it would ask about what is over."""
NAMES_NONE = ("taken_on", "kept", "since")
"""Fields of a wording that names nothing of what they took on."""


def review_case(commitment: PlannedCommitment, *, quiet: bool = False) -> str:
    """Which text reviews this commitment (R46).

    A date set from outside comes first. Missed twice, or asked after before, it asks whether they
    still want to (of what is done in part, whether they'd like to finish it), unless a referral
    keeps that `quiet` or the client wants to be asked. What the client has already told is not
    asked again: it is read back, once (R125).
    """
    waits = commitment.status in WAITING
    if waits and commitment.deadline_near:
        return "deadline"
    again = commitment.misses >= MISSES or commitment.asked > 0
    if waits and again and not quiet and not commitment.keep_asking:
        return "partly_twice" if commitment.status == "partly" else "missed_twice"
    if commitment.learned and not commitment.asked:
        return RETOLD.get(commitment.status, commitment.status)
    return commitment.status


def is_asked_after(commitment: PlannedCommitment) -> bool:
    """Whether a session still asks after it; else it is a line to tick (R125)."""
    if commitment.status == "dropped":
        return False  # It is over: nobody has to account for it.
    return (
        commitment.status not in WAITING
        or commitment.asked < ASKED_TWICE
        or commitment.keep_asking
        or commitment.deadline_near
    )


def in_order_of_need(
    commitments: Sequence[PlannedCommitment], care: Care = USUAL
) -> tuple[PlannedCommitment, ...]:
    """What may be talked through: what falls due from outside, what was done, then what waited
    twice (on a tired day after the others), then in order.

    `commitments` come with those of last time first. An errand is not talked through, and a promise
    that two held sessions asked after is a line to tick from then on (R125).
    """
    asked = [
        commitment
        for commitment in commitments
        if is_asked_after(commitment) and (commitment.kind != ERRAND or commitment.deadline_near)
    ]
    due = [commitment for commitment in asked if commitment.deadline_near]
    done_commitments = [commitment for commitment in asked if commitment.status == "done"]
    rest = sorted(
        (
            commitment
            for commitment in asked
            if commitment.status != "done" and not commitment.deadline_near
        ),
        key=lambda commitment: (commitment.misses < MISSES) != care.tired,
    )
    return (*due, *done_commitments, *rest)


def looking_back(
    prompts: Mapping[str, Prompt],
    last: FromLastTime | None,
    turn: int = 0,
    *,
    care: Care = USUAL,
    debriefed: Collection[int] = (),
    brought: str = "",
    asks_inquiry: bool = True,
) -> tuple[PlannedPrompt, ...]:
    """Review prompts, a line on errands and the returning inquiry, two of them at most in this
    order, so that the client's own matter is near.

    `turn` picks among the wordings of a case; two prompts of one plan never share one.
    `debriefed`: numbers of the commitments that this plan debriefs, which is their review (R83) and
    enough of what was done that is about anything else. `brought`: what they have just brought: of
    a promise that waits and is about that nobody asks, a step that led to it comes first.
    `asks_inquiry`: the question that went home is asked back; `decide_inquiry_return` decides it.
    """
    if last is None:
        return ()
    review = prompts[REVIEW]
    done_since = (commitment for commitment in last.over if commitment.done_since)
    commitments = tuple(
        commitment
        for commitment in (*last.promises, *done_since)
        if commitment.number not in debriefed
        and _is_open_to_ask(commitment, brought, care, debriefs=any(debriefed))
        and care.asks_after(commitment)
        and not _names(commitment.what) & _spoken_of(commitment, last, debriefed)
    )
    spoken = [
        *_reviews(review, in_order_of_need(commitments, care), turn, care, brought),
        *_errands(review, commitments, turn, care),
    ]
    if last.inquiry and asks_inquiry:
        spoken.append(_inquiry_back(prompts[INQUIRY_RETURN], last.inquiry, turn))
    return tuple(prompt for prompt in spoken if prompt.text)[:LOOKS_BACK]


def _spoken_of(
    commitment: PlannedCommitment, last: FromLastTime, debriefed: Collection[int]
) -> frozenset[str]:
    """Whom a plan looks back on anyway: with whom something is debriefed, and beside what waits,
    with whom something else was done. Nobody is asked twice about the same person."""
    asked = [
        other
        for other in (*last.promises, *last.over)
        if other.number in debriefed or (commitment.status != "done" and other.status == "done")
    ]
    return frozenset().union(*(_names(other.what) for other in asked))


def _is_open_to_ask(
    commitment: PlannedCommitment, brought: str, care: Care, *, debriefs: bool
) -> bool:
    """Whether what they have brought, and what is debriefed, leave anything to ask of a promise.

    A step that led to what they bring is asked about, unless that is tender; how a promise that
    waits stands they are about to tell. An older step whose result they told is only ticked.
    """
    about = is_about(_words_of(commitment), brought)
    if commitment.status != "done":
        return not (about or is_private(commitment.what)) or commitment.deadline_near
    if about:
        tender = care.gentle or is_tender(f"{brought} {_words_of(commitment)}")
        return not (tender or tells_result(commitment.what, brought))
    return not debriefs


def tells_result(what: str, brought: str) -> bool:
    """Whether what they bring has said what somebody of a promise said or did: how it went is no
    question then."""
    return any(
        not (verb := told["verb"] or "") or is_past(verb) or is_verb(verb.removesuffix("s"))
        for name in _names(what)
        for told in re.finditer(rf"\b{re.escape(name)}{_TOLD_OF}", brought)
    )


def is_private(what: str) -> bool:
    """Whether a promise is about somebody who looks after their health: what was said there stays
    there, and nobody is chased for it."""
    # A `Dr Patel` may be their boss: who is seen is their doctor.
    return bool(_SEES_DOCTOR.search(what)) or not phrase_list("private").isdisjoint(cue_words(what))


def is_about(text: str, brought: str) -> bool:
    """Whether words speak of what the client has just brought."""
    return bears_on(text, brought) or bool(_names(text) & _names(brought))


def _words_of(commitment: PlannedCommitment) -> str:
    """What was promised, and what they have told of it."""
    return f"{commitment.what} {commitment.learned}"


def _names(text: str) -> frozenset[str]:
    """Words with a capital letter that may be somebody's name, and no verb that a promise begins
    with."""
    first, *behind = text.replace("’", "'").split() or [""]
    words = [*(() if is_verb(first.casefold()) else (first,)), *behind]
    capital = (word.split("'")[0].strip(".,;:!?…") for word in words if word[:1].isupper())
    return frozenset(name for name in capital if name.isalpha() and len(name) >= SHORTEST_NAME)


def decide_inquiry_return(
    last: FromLastTime | None, care: Care, *, brought: bool
) -> InquiryReturn | None:
    """What a session means to do with the question that went home, and why it does not ask it where
    it does not: the day, or what the client brings (`brought`). None where none went home."""
    if not (last and last.inquiry):
        return None
    is_over = bool(_LOOKS_AHEAD.search(last.inquiry))
    looks_here = "it looked ahead to this session" if is_over else ""
    because = care.spares_inquiry or looks_here or ("what they bring goes first" if brought else "")
    if not because:
        return InquiryReturn(way="asked")
    return InquiryReturn(
        way="laid_out" if care.lays_inquiry_out and not is_over else "shown", because=because
    )


def _inquiry_back(prompt: Prompt, inquiry: str, turn: int) -> PlannedPrompt:
    """The question that went home: quoted, or where it is too long for that, asked again."""
    question = single_quoted(" ".join(inquiry.split()))
    asked_again = question if question.endswith("?") else ""
    return say_prompt(
        prompt,
        "asked",
        turn,
        {"inquiry": inquiry},
        ({"question": asked_again},),
        beside=(inquiry,),
    )


def _reviews(
    prompt: Prompt,
    commitments: Sequence[PlannedCommitment],
    turn: int,
    care: Care,
    brought: str,
) -> list[PlannedPrompt]:
    """The first that can be spoken of by name, two at most, and one at most of what was done. Where
    none of them is of last time, one line on all they took on then goes first. Where they have
    `brought` something, what nothing names is left alone."""
    named: list[PlannedPrompt] = []
    of_all: list[PlannedPrompt] = []
    of_last_time = False
    done = _done_to_speak_of(prompt, commitments, turn, care, brought)
    for commitment in commitments:
        is_done = commitment.status == "done"
        if is_done and commitment != done:
            continue
        # Of an older promise it would be said that it is of last time.
        unnamed = commitment.place and not care.gentle
        known = unnamed_of(commitment.status) if unnamed else NO_WORDS
        planned = _review(
            prompt, commitment, turn * IN_DEPTH + len(named), care, known, brought=brought
        )
        if planned.of_all and brought and not (is_done and commitment.learned):
            continue
        if planned.of_all and not is_done:
            of_all.append(planned)
        elif planned.text and not (named and NOTES in planned.text):
            named.append(planned)
            of_last_time = of_last_time or is_done or bool(commitment.place)
    return [*of_all[: not of_last_time], *named][: care.in_depth]


def _done_to_speak_of(
    prompt: Prompt,
    commitments: Sequence[PlannedCommitment],
    turn: int,
    care: Care,
    brought: str,
) -> PlannedCommitment | None:
    """The first of what was done that can be spoken of by name, else the first: what was taken on
    last time, what they learnt something from, and of that what led to what they bring; the newest
    first."""
    done = sorted(
        (commitment for commitment in commitments if commitment.status == "done"),
        key=lambda step: (
            not step.place,
            not step.learned,
            not is_about(_words_of(step), brought),
        ),
    )
    named = (step for step in done if _review(prompt, step, turn * IN_DEPTH, care).text)
    return next(named, next(iter(done), None))


def unnamed_of(status: str) -> Mapping[str, str]:
    """What is true of a promise of last time that was done, or done in part, whatever its words."""
    return {"done": {"since": SINCE}, "partly": {"kept": SOME_KEPT}}.get(status, NO_WORDS)


def _review(
    prompt: Prompt,
    commitment: PlannedCommitment,
    turn: int,
    care: Care,
    unnamed: Mapping[str, str] = NO_WORDS,
    *,
    brought: str = "",
) -> PlannedPrompt:
    """One commitment's review; its full words, and what was learnt from it, stand beside it.
    `unnamed`: what is said of it where nothing names it. What came of a step that is about what
    they `brought` is told by that."""
    case = review_case(commitment, quiet=care.referred)
    if case == "done" and is_about(commitment.what, brought):
        case = RETOLD[case]
    if is_private(commitment.what) and commitment.status == "done":
        case = PRIVATE
    retold = case in RETOLD.values() or (case == PRIVATE and bool(commitment.learned))
    told = commitment.learned if retold else ""
    more = {
        "told": commitment.told_how,
        "learned": "" if care.spares_words else clause_told(told),
        "day": _day(commitment.deadline),
    }
    ways = _ways(commitment.what, commitment.label, commitment.place, care, more)
    planned = say_prompt(
        prompt, case, turn, ways=(more, *ways, unnamed), beside=(commitment.what, told)
    )
    return replace(planned, retold=retold)


def _ways(
    what: str, label: str, place: int, care: Care, more: Mapping[str, str] = NO_WORDS
) -> tuple[Mapping[str, str], ...]:
    """The ways a commitment can be spoken of, each with what else is said as it stands."""
    ways = promise_phrases(what, label, place, spares_words=care.spares_words, gently=care.gentle)
    return tuple({**phrases, **more} for phrases in ways)


def _errands(
    prompt: Prompt, commitments: Sequence[PlannedCommitment], turn: int, care: Care
) -> tuple[PlannedPrompt, ...]:
    """One line on the errands that nobody has closed, however many there are (R123)."""
    errands = [
        commitment
        for commitment in commitments
        if commitment.kind == ERRAND
        and commitment.status in WAITING
        and is_asked_after(commitment)
        and not commitment.deadline_near
    ]
    if not errands:
        return ()
    planned = say_prompt(
        prompt,
        "errand" if len(errands) == 1 else "errands",
        turn,
        ways=_ways(
            errands[0].what,
            errands[0].label,
            errands[0].place,
            care,
            {"things": _by_their_labels(errands)},
        ),
        beside=[errand.what for errand in errands],
    )
    return (replace(planned, minutes=min(planned.minutes, ERRAND_MINUTES)),)


def _by_their_labels(errands: Sequence[PlannedCommitment]) -> str:
    """`printing the CV and booking a room`; of more than two the rest goes without a name. Empty
    where one of the two has none."""
    phrases = [label_phrases(said_label(errand.label)) for errand in errands[:IN_DEPTH]]
    named = [way.get("thing") or way.get("event", "") for way in phrases]
    if not all(named):
        return ""
    return f"{', '.join(named)} and the rest" if errands[IN_DEPTH:] else " and ".join(named)


def _day(deadline: str) -> str:
    """`12 March`, as it is said."""
    if not deadline:
        return ""
    day = dt.date.fromisoformat(deadline)
    return f"{day.day} {MONTHS[day.month - 1]}"


def debrief(
    prompts: Mapping[str, Prompt],
    exercises: Sequence[Exercise],
    turn: int = 0,
    *,
    care: Care = USUAL,
    opened: bool = False,
) -> tuple[tuple[Exercise, PlannedPrompt], ...]:
    """What to ask about exercises tried between sessions (R83), of those that can be spoken of.
    `opened`: their own matter is open, and none is spoken of without a name."""
    prompt = prompts[DEBRIEF_PROMPT]
    asked = (
        (exercise, _debrief(prompt, exercise, turn + index, care, opened=opened))
        for index, exercise in enumerate(exercises)
        if not (exercise.commitment and is_private(exercise.what))
    )
    spoken = [(exercise, planned) for exercise, planned in asked if planned.text]
    return tuple(spoken[: care.debriefs])


def _debrief(
    prompt: Prompt, exercise: Exercise, turn: int, care: Care, *, opened: bool
) -> PlannedPrompt:
    """A step as a promise is spoken of, a worksheet by its title."""
    title = quotable(exercise.what, SPOKEN_WORDS - QUOTED_WORDS)
    what = f"“{title}”" if title else "the worksheet"
    ways: tuple[Mapping[str, str], ...] = ({"what": what},)
    if exercise.commitment:
        learned = "" if care.spares_words else clause_told(exercise.learned)
        more = {"told": exercise.told_how, "learned": learned}
        ways = (more, *_ways(exercise.what, exercise.label, exercise.place, care, more))
        ways = (*ways, NO_WORDS if opened else unnamed_of(exercise.case))
    planned = say_prompt(
        prompt,
        RETOLD[exercise.case] if exercise.learned else exercise.case,
        turn,
        ways=ways,
        beside=(exercise.what, exercise.learned),
    )
    # A worksheet may bring a question of its own; its answers are never filled into it.
    own = " ".join(exercise.text.split())
    openings = (f"You filled in {what}. {own}", own)
    fitting = (text for text in openings if own and is_sayable(text))
    return replace(planned, text=next(fitting, planned.text), retold=bool(exercise.learned))


def most_alive(assumptions: Sequence[OpenAssumption]) -> OpenAssumption | None:
    """The open assumption heard last; of several, the one least often challenged (R27)."""
    if not assumptions:
        return None
    return min(
        assumptions,
        key=lambda assumption: (-assumption.heard_in, assumption.challenged, assumption.number),
    )


def challenge(
    prompts: Mapping[str, Prompt],
    assumption: OpenAssumption,
    way: Handling,
    turn: int = 0,
    *,
    parting: bool,
) -> PlannedPrompt:
    """Come back to a belief, with leave and in the way its kind bears (R65, R124).

    In the last session a rule, a fact or a barrier is only heard once more: there is no time left
    to find out.
    """
    prompt = prompts["challenge-assumption"]
    case = f"{way}_again" if assumption.challenged else way
    if parting and way in ("rule", "fact", "barrier"):
        case = "parting"
    # Nobody hears read back what they think of themselves, or what they are afraid of.
    said = way in EVIDENCE and assumption.wording != "gist" and not foreign(assumption.text)
    words = assumption.text if said else ""
    planned = say_prompt(prompt, case, turn, {"assumption": words}, beside=(assumption.text,))
    return replace(planned, kind="belief", assumption=assumption.number)


def say_prompt(
    prompt: Prompt,
    case: str,
    turn: int,
    words: Mapping[str, str] = NO_WORDS,
    ways: Sequence[Mapping[str, str]] = (NO_WORDS,),
    *,
    beside: Sequence[str] = (),
) -> PlannedPrompt:
    """A prompt as it is said, in the wording whose turn it is: short, with one whole quotation or
    none (R123).

    `words`: the client's, to be quoted; empty where there are none or only the gist is known.
    `ways`: what is said as it stands, the best way first. `beside`: the full words; left out, what
    `words` holds. Its text is empty where no wording can be said with these.
    """
    wordings = (prompt.texts[case], *prompt.again.get(case, ()))
    full = beside or tuple(words.values())
    spoken = fill_spoken(wordings, turn, words, ways)
    return PlannedPrompt(
        id=prompt.id,
        case=case,
        text=spoken.text,
        minutes=prompt.minutes,
        beside=" · ".join(text for text in full if text),
        of_all=not spoken.fields.isdisjoint(NAMES_NONE),
    )
