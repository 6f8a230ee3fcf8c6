"""No word that somebody writes on a line of the form's own print is lost (R133)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from coaching import Coach, begin, hold_four
from few import few
from trajplan.actions.client_records import session_of
from trajplan.actions.context import Context
from trajplan.actions.wrap.form import WrapForm, question_options, wrap_form
from trajplan.actions.wrap.form_text import answers_of, form_text
from trajplan.actions.wrap.reading import read_wrap_form
from trajplan.errors import InvalidContent
from trajplan.records.forms import NewCommitment, Said, Wrap, WrapReview
from trajplan.settings import read as read_settings

MARKERS = ["zebra", "7431", "she said zebra, 7431 times"]
ELSEWHERE = [
    ("sessions", "move", "6", "2027-03-25"),
    ("clients", "update", "--ratings", "off"),
    ("goals", "add", "A trade"),
    ("prep", "5", "--late", "20"),
    ("prep", "5", "--blueprint", "holding-session"),
]
"""What makes another printing of the form."""


def form_of(coach: Coach, number: str) -> WrapForm:
    context = Context(read_settings(coach.spawn_environ), dt.date(2027, 3, 9))
    with context.read("sample-client") as records:
        return wrap_form(records.dossier, session_of(records, number))


@pytest.fixture(scope="module")
def coach(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Coach:
    coach = Coach(tmp_path_factory.mktemp("form"), cache)
    begin(coach)
    hold_four(coach)
    coach.do("goals", "add", "Teach one class")
    for number in ("1", "5", "12"):
        coach.do("prep", "session", number)
    return coach


@pytest.fixture(scope="module")
def form(coach: Coach) -> WrapForm:
    return form_of(coach, "5")


def filled_in(form: WrapForm) -> str:
    """The form with something in each part."""
    promise = NewCommitment(
        what="Ring Hazel", when="2027-03-12", how_will_i_know="Rung", obstacle="Time", if_then="Ask"
    )
    wrap = Wrap(
        kind="wrap",
        focus="The night shift",
        takeaways=("Teaching is it", Said(text="The crew", to_send=True)),
        commitments=(promise,),
        reviews=(WrapReview(commitment=1, status="done", learned="They ask back", value=7),),
        asked=tuple(question_options(form))[:2],
        parked=("The roster",),
        beliefs=("Only paper counts",),
        notes="She laughed.",
        minutes=80,
        energy="normal",
        ratings={"clarity": 7, "satisfaction": 9},
        next="2027-03-24 15:30",
        serves=1,
    )
    return form_text(form, answers_of(form, wrap))


def written_in(line: str, marker: str, every: int) -> Iterator[str]:
    """The line with the marker in each of so many gaps before, between and behind its words."""
    words = re.split(r"(?<= )", line)
    for gap in range(0, len(words) + 1, every):
        before, behind = "".join(words[:gap]), "".join(words[gap:])
        yield f"{before} {marker} {behind}".strip() if before.strip() else f"{marker} {behind}"
    yield f"{line} {marker}"


def lost_in(form: WrapForm, text: str, marker: str, every: int = 1) -> list[str]:
    """The lines of a form of which the marker is lost, and the form is not refused."""
    lines = text.split("\n")
    return [
        written
        for number, line in enumerate(lines)
        for written in written_in(line, marker, every)
        if not is_kept(form, "\n".join([*lines[:number], written, *lines[number + 1 :]]), marker)
    ]


def is_kept(form: WrapForm, text: str, marker: str) -> bool:
    try:
        wrap = read_wrap_form(form, "form", text.encode()).wrap
    except InvalidContent:
        return True
    return marker in msgspec.json.encode(wrap).decode()


@pytest.mark.req("R133")
@pytest.mark.parametrize(
    ("marker", "every"), few([("zebra", 8), *((marker, 1) for marker in MARKERS)], 1)
)
def test_no_word_on_a_line_of_print_is_lost(form: WrapForm, marker: str, every: int) -> None:
    assert lost_in(form, form_text(form), marker, every) == []


@pytest.mark.req("R133")
@pytest.mark.slow
@pytest.mark.parametrize("marker", MARKERS)
def test_no_word_is_lost_from_a_filled_form(form: WrapForm, marker: str) -> None:
    assert lost_in(form, filled_in(form), marker) == []


@pytest.mark.req("R133")
@pytest.mark.slow
@pytest.mark.parametrize("number", ["1", "12"])
def test_no_word_is_lost_from_the_first_form_and_the_last(coach: Coach, number: str) -> None:
    form = form_of(coach, number)
    assert lost_in(form, form_text(form), "zebra") == []


@pytest.mark.req("R133")
@pytest.mark.slow
@pytest.mark.parametrize("change", ELSEWHERE, ids=" ".join)
def test_no_word_behind_a_line_of_another_printing_is_lost(
    tmp_path: Path, cache: Path, change: tuple[str, ...]
) -> None:
    coach = Coach(tmp_path, cache)
    begin(coach)
    hold_four(coach)
    coach.today = "2027-03-09"
    coach.do("prep", "session", "5")
    text = form_text(form_of(coach, "5"))
    coach.do(*change)
    form = form_of(coach, "5")
    lines = text.split("\n")
    lost = [
        line
        for number, line in enumerate(lines)
        if not is_kept(
            form, "\n".join([*lines[:number], f"{line} zebra", *lines[number + 1 :]]), "zebra"
        )
    ]
    assert lost == []


@pytest.mark.req("R133")
def test_a_row_that_is_typed_with_the_beginning_of_its_name_leaves_no_note(form: WrapForm) -> None:
    rows = r"^\| (Clarity|Settle in)[^|]*\|"
    text, shortened = re.subn(rows, r"| \1 |", form_text(form), flags=re.MULTILINE)
    assert shortened >= 2, text
    assert read_wrap_form(form, "form", text.encode()).wrap.notes == ()
    rated = re.sub(r"^\| Clarity \|[^|]*\|", "| Clarity | 7 |", text, flags=re.MULTILINE)
    wrap = read_wrap_form(form, "form", rated.encode()).wrap
    assert (wrap.notes, wrap.ratings) == ((), {"clarity": 7})
