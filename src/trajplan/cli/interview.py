"""A form asked in turn at a terminal, every answer in the draft before the next question (R134).

What is known already is shown, and Enter keeps it. `-` leaves a place empty, `<` goes back one.
What cannot be taken is refused at its own question. Whatever ends the interview, the next run goes
on where it stopped.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import typer

from trajplan.cli import ask, printer
from trajplan.cli.kept_answers import BACK, EMPTY
from trajplan.text import one_line, shortened
from trajplan.worksheets.answers import cell_text
from trajplan.worksheets.form import hints
from trajplan.worksheets.interview import (
    ALL,
    SKIPPED,
    Heard,
    InterviewQuestion,
    asked_in,
    flattened,
    gathered,
    next_question,
    read_spoken,
    with_asked,
)

if TYPE_CHECKING:
    from trajplan.content.worksheet_model import Worksheet
    from trajplan.records.drafts import Draft
    from trajplan.worksheets.answers import Answers, Place

HOW = f"Enter keeps what is shown, {EMPTY} leaves it empty, {BACK} goes back one question."
Hear = Callable[["Place", Any], Heard]
"""How an answer at its place is understood."""


def interview(
    sheet: Worksheet,
    known: Answers,
    *,
    draft: Draft,
    write: Callable[[Answers], str],
    read: Callable[[bytes], Answers],
    hear: Hear,
    title: str,
) -> Answers:
    """Ask for everything a form asks for; the draft holds it until the caller deletes that.

    `write` and `read` make the text of a draft and take it apart. Raises Abort when it is not to be
    saved; InvalidContent when a draft was changed so that it cannot be read.
    """
    printer.note(title)
    printer.note(HOW)
    asking = _Asking(sheet, known, draft, write, hear)
    asking.resume(read)
    try:
        while asking.goes_on():
            pass
    except (KeyboardInterrupt, typer.Abort):
        if asking.given:
            printer.note("nothing was saved; the same command goes on with the answers you gave")
        raise
    return gathered(sheet, asking.given)


class _Asking:
    """What was said so far, and the draft it is in."""

    def __init__(
        self,
        sheet: Worksheet,
        known: Answers,
        draft: Draft,
        write: Callable[[Answers], str],
        hear: Hear,
    ) -> None:
        self.given: dict[Place, Any] = {}
        self._sheet = sheet
        self._known: Mapping[Place, Any] = flattened(sheet, known)
        self._draft = draft
        self._write = write
        self._hear = hear
        self._heading = ""
        """The field whose heading stands above what is asked."""

    def resume(self, read: Callable[[bytes], Answers]) -> None:
        """Take up the draft of an earlier run, where there is one and the person wants to."""
        earlier, fresh = self._draft.read(), self._write({}).encode()
        if not earlier or not earlier.strip() or earlier == fresh:
            return
        goes_on = ask.for_draft(earlier, fresh)
        if goes_on is None:
            raise typer.Abort
        if not goes_on:
            return
        typed = flattened(self._sheet, read(earlier))
        self._known = typed
        self.given = asked_in(earlier.decode("utf-8-sig"), typed)

    def goes_on(self) -> bool:
        """Ask what comes next, at the end whether to save it; False once it is to be saved."""
        question = next_question(self._sheet, self.given)
        if question is not None:
            self.ask(question)
            return True
        answer = ask.for_line(f"Save this? (Enter: yes, n: not now, {BACK}: back)", keep=False)
        if answer == BACK:
            self.back()
        elif answer.casefold() in ("", "y", "yes"):
            return False
        elif answer.casefold() in ("n", "no", "q", "quit"):
            raise typer.Abort
        else:
            printer.note(f"  Enter, n or {BACK}")
        return True

    def ask(self, question: InterviewQuestion) -> None:
        """Ask one question until the answer can be taken."""
        if question.first or question.field.id != self._heading:
            _introduce(question)
            self._heading = question.field.id
        shown = self._known.get(question.place)
        while True:
            typed = ask.for_line(_words(question, shown), keep=False)
            if typed == BACK:
                self.back()
                return
            spoken = read_spoken(question, "" if typed == EMPTY else typed)
            value = spoken.value if typed else shown
            heard = self._heard(question, value)
            if fault := spoken.fault or heard.fault:
                printer.note(f"  {fault}")
                continue
            if typed == EMPTY and (question.column or self._goes_on(question)):
                value = SKIPPED
            elif spoken.value is not None and heard.meaning:
                printer.note(f"  {heard.meaning}")
            self._keep({**self.given, question.place: value})
            return

    def _heard(self, question: InterviewQuestion, value: Any) -> Heard:
        """How an answer, or none, is understood."""
        if value is None and not question.column and question.field.required:
            return Heard("this is needed")
        return self._hear(question.place, value)

    def _goes_on(self, question: InterviewQuestion) -> bool:
        """Whether a list is known to have more items, so that an empty one does not end it."""
        field, *index = question.place
        return any(place[0] == field and place[1:] > tuple(index) for place in self._known)

    def back(self) -> None:
        """Ask the last question again, with what was answered."""
        if not self.given:
            printer.note("  this is the first question")
            return
        *before, (place, value) = self.given.items()
        if value != SKIPPED:
            self._known = {**self._known, place: value}
        self._keep(dict(before))

    def _keep(self, given: dict[Place, Any]) -> None:
        """Put the answers into the draft before anything else is asked, with what is known."""
        answers = gathered(self._sheet, {**self._known, **given})
        form = with_asked(self._write(answers), given)
        ask.until_kept(lambda: self._draft.write(form.encode("utf-8", "replace")))
        self.given = given


def _introduce(question: InterviewQuestion) -> None:
    """Say what a field asks for: above its first question, and again above one further down that
    somebody goes back or on to."""
    field = question.field
    printer.note("")
    if len(question.place) > 1:
        printer.note(field.label)
    for line in hints(field):
        if not line.startswith("Mark "):
            _say(line)
    if field.type in ("choice", "ticks"):
        for option in field.options:
            _say(f"· {option}")
    if field.rows:
        _say(f"{EMPTY} at the first leaves all of them empty.")
    if field.type == "ticks":
        _say(f"Say which by their first words, with commas between; or {ALL}, or none.")
    if question.column and question.column is not field.columns[0]:
        _say(question.row)


def _say(text: str) -> None:
    """Say something a little inwards, broken at words."""
    width = shutil.get_terminal_size().columns
    printer.notes(wrap(text, width, initial_indent="  ", subsequent_indent="  "))


def _words(question: InterviewQuestion, shown: Any) -> str:
    """The question on one line, with what is known of its answer."""
    words = question.field.label
    if question.column:
        first = question.column is question.field.columns[0]
        words = (
            f"  {question.row}: {question.column.label}"
            if first
            else f"    {question.column.label}"
        )
        if question.column.type == "choice":
            words += f" ({', '.join(question.column.options)})"
    elif len(question.place) > 1:
        words = f"  {question.row}"
    return f"{words} [{_brief(shown)}]" if shown not in (None, "", ()) else words


def _brief(shown: Any) -> str:
    if isinstance(shown, tuple):
        return ", ".join(shortened(str(option), 24) for option in shown)
    return shortened(one_line(cell_text(shown)), 60)
