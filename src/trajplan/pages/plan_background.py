"""What a plan looks back on: the journey before, last time, and what the records bring today."""

from __future__ import annotations

from collections.abc import Iterator

from trajplan.dates import short_date
from trajplan.pages.page import (
    Block,
    Bullets,
    Heading,
    Item,
    Pair,
    Text,
    bold,
    code,
    italic,
    labelled,
    quiet,
)
from trajplan.pages.words import (
    FIRST_WORDS,
    contact_line,
    first_words_for_the_eye,
    goal_line,
    inquiry_line,
    inquiry_row,
    last_time_heading,
    noted,
    nothing_promised,
    path_text,
    sessions,
    signed,
    took_away,
)
from trajplan.planning.from_records import (
    EarlierJourney,
    FromLastTime,
    HandOutReturn,
    PlannedCommitment,
)
from trajplan.planning.plan import Plan, SynthesisLine
from trajplan.planning.spoken import with_label
from trajplan.records.forms import STATUSES
from trajplan.records.model.commitments import WAITING
from trajplan.text import exact_words


def background(plan: Plan) -> Iterator[Block]:
    """Section by section; one without anything to say is left out."""
    if plan.earlier_journey:
        yield from _earlier(plan.earlier_journey)
    if plan.from_last_time:
        yield from _last_time_in_full(plan, plan.from_last_time)
    yield from _records(plan)


def _earlier(journey: EarlierJourney) -> tuple[Block, ...]:
    """What the engagement before this one left; empty parts have no lines."""
    ended = f" to {short_date(journey.ended)}" if journey.ended else ""
    held = f"{journey.held} of {journey.of} sessions held"
    label, texts = took_away(journey)
    return (
        Heading(f"From the journey before ({short_date(journey.began)}{ended}, {held})"),
        labelled(
            ("Destination then", journey.destination),
            *((f"{label} last", text) for text in texts),
            inquiry_row(journey),
            *(("Open then", commitment) for commitment in journey.commitments),
            *(("Believed then", assumption) for assumption in journey.assumptions),
        ),
    )


def _last_time_in_full(plan: Plan, last: FromLastTime) -> Iterator[Block]:
    yield from last_time_heading(last)
    label, texts = took_away(last)
    pinned = {note.text for note in plan.pinned}
    outstanding = (f"{form.title} (session {form.session})" for form in plan.outstanding)
    yield labelled(
        ("Focus then", last.focus),
        *(_commitment("Promised", commitment) for commitment in last.commitments),
        ("Commitments", nothing_promised(last)),
        *(_commitment("Still open", commitment) for commitment in last.earlier),
        *(_commitment("From earlier", commitment) for commitment in last.over),
        inquiry_line(plan, last),
        *(("Took home to fill in", _handed_out(form)) for form in last.handed_out),
        (label, " · ".join(texts)),
        ("Ratings", ratings_line(last)),
        ("Not back yet", " · ".join(outstanding)),
        ("Frame changed", last.frame_change),
        ("Agreed anew", last.agreement),
        *(
            ("They said" if exact_words(note) else "Your note", note)
            for note in last.notes
            if note not in pinned
        ),
        ("Rated before", plan.remembered.rated_before),
        *(("Before that", words) for words in plan.remembered.so_far),
        *(("Earlier note", noted(note.text, note.when)) for note in plan.remembered.noted_before),
        ("Older notes", _older_notes(plan)),
    )


def _older_notes(plan: Plan) -> Text:
    """How many notes are too old for the plan, and where they stand."""
    count = plan.remembered.older_notes
    return (f"{count} more: ", code("trajplan notes list")) if count else ""


def _commitment(label: str, commitment: PlannedCommitment) -> Pair:
    """What was promised, with the client's own criterion (R96) and what became of it."""
    waited = f", waited {commitment.misses} times" if commitment.misses > 1 else ""
    again = f"; again since {commitment.again}" if commitment.again else ""
    due = f", by {short_date(commitment.when)}"
    if commitment.deadline and commitment.status in WAITING:
        due += f", deadline {short_date(commitment.deadline)}"
    state = f"({STATUSES[commitment.status]}{waited}{due}{again})"
    said = f" ({short_date(commitment.learned_on)})" if commitment.learned_on else ""
    below: list[Text] = [
        (italic(f"{name}:"), f" {text}")
        for name, text in (
            ("Known by", commitment.how_will_i_know),
            ("Learnt", f"{commitment.learned}{said}" if commitment.learned else ""),
            ("Serves", path_text(commitment.path)),
            *(("Since then", contact_line(contact)) for contact in commitment.contacts),
        )
        if text
    ]
    what = with_label(commitment.what, commitment.label)
    return Pair(label, (what, " ", quiet(state)), tuple(below))


def _handed_out(form: HandOutReturn) -> str:
    """A worksheet that went home, and whether it came back."""
    back = f"filled in {short_date(form.filled)}" if form.filled else "not yet back"
    return f"{form.title} ({back})"


def ratings_line(last: FromLastTime) -> str:
    """Ratings of last time with their changes, on one line; empty when nothing was rated."""
    if not last.ratings and last.satisfaction is None:
        return ""
    parts = [
        f"{rating.factor} {rating.value}"
        + (f" ({signed(rating.change)})" if rating.change is not None else "")
        for rating in last.ratings
    ]
    if last.satisfaction is not None:
        parts.append(f"satisfaction {last.satisfaction}")
    if "first_entry" in last.flags:
        parts.append("first entry")
    if "pleasant_not_moving" in last.flags:
        parts.append("pleasant, not moving")
    return ", ".join(parts)


def _records(plan: Plan) -> Iterator[Block]:
    """What the records bring to this session, beside what last time left."""
    if plan.gathered:
        yield Heading("What has gathered so far")
        yield labelled(*((line.label, _gathered(line)) for line in plan.gathered))
    if plan.goals or plan.indicators:
        anew = " (to be read anew at the check-in)" if plan.indicators else ""
        yield Heading(f"Goals and indicators{anew}")
    if plan.goals:
        yield labelled(*((f"Goal {goal.number}", goal_line(goal)) for goal in plan.goals))
    if plan.indicators:
        from trajplan.pages.indicators import indicator_bars  # most clients have none

        yield indicator_bars(plan.indicators)
    if plan.worksheets:
        yield Heading("From worksheets")
        yield Bullets(
            tuple(
                Item((bold(note.title), f" ({short_date(note.date)}):"), below=note.lines)
                for note in plan.worksheets
            )
        )
    if echoed := first_words_for_the_eye(plan):
        yield Heading("First words")
        yield labelled(
            *(
                Pair(
                    f"{FIRST_WORDS[words.question]} at the beginning",
                    words.then,
                    tuple(f"Session {answer.session}: {answer.text}" for answer in words.answers),
                )
                for words in echoed
            )
        )


def _gathered(line: SynthesisLine) -> Text:
    if not line.sessions:
        return line.text
    return (line.text, quiet(f" ({sessions(line.sessions)})"))
