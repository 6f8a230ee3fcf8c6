"""The wrap as one form: everything a session leaves behind, filled in as far as it is known (R133).

The form is a worksheet like any other, made for one session, and `worksheets` prints it;
`wrap_reading.py` makes a wrap of what comes back.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from msgspec import Struct
from msgspec.structs import replace

from trajplan.actions.client_records import ClientRecords
from trajplan.actions.wrap_answers import answers_of, known_wrap, with_boxes
from trajplan.actions.wrap_fields import (
    PRINTINGS,
    RARE,
    WrapFacts,
    promise_name,
    wrap_facts,
    wrap_sheet,
)
from trajplan.content.worksheet_model import ROW, Field, Worksheet
from trajplan.dates import long_date
from trajplan.live.wrap import LIVE_MARK, with_told_live
from trajplan.records.forms import Wrap
from trajplan.records.model import Session
from trajplan.text import pattern
from trajplan.worksheets.answers import Answers, Row, rows_of
from trajplan.worksheets.form import PrintedLines, write_form
from trajplan.worksheets.growing import with_more
from trajplan.worksheets.sections import exact_identity

_ROOM = 3
_TITLE = pattern(r"Wrap of session (\d+)")


class WrapForm(Struct, frozen=True, kw_only=True):
    """The form of one session: what it asks for, and what is known already."""

    facts: WrapFacts
    worksheet: Worksheet
    answers: Answers
    """What is filled in from the records."""
    live_mark: str = ""
    """The line that says how much of a session that was run with `live` is in it."""

    @property
    def text(self) -> str:
        """The form as it is printed."""
        return written(self, self.answers)


def wrap_form(records: ClientRecords, session: Session) -> WrapForm:
    """The form of a session. Raises CannotDo for a meeting without a number."""
    facts = wrap_facts(records, session)
    wrap = known_wrap(facts)
    return WrapForm(facts=facts, worksheet=wrap_sheet(facts), answers=answers_of(facts, wrap))


def filled_with(form: WrapForm, told: Wrap, live_mark: str = "") -> WrapForm:
    """The form with what a session told while it ran, beside what the records know."""
    facts = form.facts
    saved_notes = [note.text for note in facts.dossier.notes_of(facts.session.id)]
    wrap = with_told_live(known_wrap(facts), told, saved_notes)
    return replace(form, answers=answers_of(facts, wrap), live_mark=live_mark)


def brought_up_to_date(
    form: WrapForm, text: str, was: Wrap | None, now: Wrap, live_mark: str
) -> str:
    """A form somebody has written in, with what the session told since, and not a letter less.

    `was` is what it had told when the form was begun (None: nothing), `now` what it has told today.
    """
    facts = form.facts
    before = filled_with(form, was).answers if was else answers_of(facts, known_wrap(facts))
    after = filled_with(form, now).answers
    # An editor may have ended its lines as Windows does; ours have to be found among them.
    lines = [
        line for line in text.replace("\r\n", "\n").split("\n") if not line.startswith(LIVE_MARK)
    ]
    grown = with_more(
        shown(form, after),
        "\n".join(lines),
        with_boxes(before, 0),
        with_boxes(after, 0),
        PrintedLines(form.worksheet, PRINTINGS),
    )
    return f"{grown.rstrip()}\n\n{live_mark}\n"


def written(form: WrapForm, answers: Answers) -> str:
    """The form with answers in it, and room for more."""
    text = write_form(
        shown(form, answers),
        with_boxes(answers, _ROOM),
        client=form.facts.dossier.client.slug,
        name=heading(form),
        exact=PRINTINGS,
    )
    return f"{text}\n{form.live_mark}\n" if form.live_mark else text


def shown(form: WrapForm, answers: Answers) -> Worksheet:
    """The part of the form that is shown: commitments that wait, and the usual columns, with
    whatever else holds an answer. Read is all of it."""
    waiting = {
        promise_name(commitment)
        for commitment in form.facts.dossier.open_commitments()
        if commitment.session_id != form.facts.session.id
    }
    fields = [_shown(field, rows_of(answers, field), waiting) for field in form.worksheet.fields]
    return replace(form.worksheet, fields=tuple(field for field in fields if field))


def _shown(field: Field, rows: Sequence[Row], waiting: Collection[str]) -> Field | None:
    if field.id == "reviews":
        answered = {row[ROW] for row in rows}
        names = tuple(name for name in field.rows if name in waiting or name in answered)
        return replace(field, rows=names) if names else None
    if field.id == "commitments":
        used = {column for row in rows for column in row}
        columns = (column for column in field.columns if column.id not in RARE or column.id in used)
        return replace(field, columns=tuple(columns))
    return field


def heading(form: WrapForm) -> str:
    """Whose session it is about, and of which day."""
    return f"{form.facts.dossier.client.name} · {long_date(form.facts.session.date)}"


def form_identity(data: bytes) -> tuple[int, str] | None:
    """The session and the client that a printed form names; None for what is no such form."""
    title, client = exact_identity(data.decode("utf-8-sig", "replace"))
    match = _TITLE.fullmatch(title)
    return (int(match[1]), client) if match else None


def lacks_identity(data: bytes) -> bool:
    """Whether this is a form all the same, from which the line that says whose it is has gone."""
    lines = {line.rstrip() for line in data.decode("utf-8-sig", "replace").splitlines()}
    return {"## Focus", "## What the client takes away", "## Notes"} <= lines


def readdressed(form: WrapForm, draft: bytes) -> bytes:
    """A draft as it is offered again, under the short name the client has today."""
    title, client = exact_identity(draft.decode("utf-8", "replace"))
    slug = form.facts.dossier.client.slug
    if not client or client == slug:
        return draft
    return draft.replace(f"*{title}, for {client}*".encode(), f"*{title}, for {slug}*".encode(), 1)
