"""The form of a session: whatever is typed into it comes back as it was typed (R133)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching import Coach, begin, hold_four
from trajplan.actions.client_records import session_of
from trajplan.actions.context import Context
from trajplan.actions.wrap.draft import with_news
from trajplan.actions.wrap.form import PRINTINGS, WrapForm, wrap_form
from trajplan.actions.wrap.form_text import answers_of, form_text
from trajplan.actions.wrap.reading import answers_in, read_wrap_form
from trajplan.content.worksheet_model import ROW
from trajplan.records.forms import NewCommitment, Said, Wrap, WrapNote, WrapReview
from trajplan.settings import read as read_settings
from trajplan.text import exact_words, says_none, visible
from trajplan.worksheets.form import PrintedLines
from trajplan.worksheets.interview import asked_in, flattened, gathered, with_asked

MARKS = "#>\\<|-*:_ \n[]x`&7：“”'\""
PIECES = st.sampled_from([*MARKS, "Focus: ", "> ", "<!-- ", "### ", "- ", "## My heading", "> For"])
CHARACTERS = st.one_of(PIECES, st.characters(exclude_categories=["Cs", "Cc"]))
TEXT = st.lists(CHARACTERS, max_size=40).map(lambda parts: "".join(parts).strip())
TEXT = TEXT.filter(lambda text: text and not says_none(text))
NOTE = TEXT.filter(lambda text: not any(map(exact_words, re.split(r"\n\s*\n", text))))
LINE = TEXT.map(lambda text: " ".join(text.split())).filter(lambda line: visible(line).strip())
ITEM = LINE.filter(lambda line: not line.startswith(("[ ]", "[x]", "[X]")))


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Iterator[WrapForm]:
    coach = Coach(tmp_path_factory.mktemp("form"), cache)
    begin(coach)
    hold_four(coach)
    coach.do("prep", "session", "5")
    context = Context(read_settings(coach.spawn_environ), dt.date(2027, 3, 9))
    with context.read("sample-client") as records:
        yield wrap_form(records.dossier, session_of(records, "5"))


WRAPS = st.builds(
    Wrap,
    kind=st.just("wrap"),
    focus=LINE,
    inquiry=LINE,
    agreement=TEXT,
    frame_change=TEXT,
    accountability=TEXT,
    notes=st.tuples(
        st.builds(WrapNote, text=NOTE),
        st.builds(WrapNote, text=TEXT, kind=st.just("working")),
        st.builds(WrapNote, text=TEXT, pin=st.just(True)),
    ),
    parked=st.lists(LINE, min_size=1, max_size=3).map(tuple),
    beliefs=st.lists(LINE, min_size=1, max_size=2).map(tuple),
    takeaways=st.lists(
        st.one_of(ITEM, st.builds(Said, text=ITEM, to_send=st.just(True))), min_size=1, max_size=4
    ).map(tuple),
    commitments=st.lists(
        st.builds(
            NewCommitment,
            what=LINE,
            when=LINE,
            how_will_i_know=LINE,
            obstacle=LINE,
            if_then=LINE,
            goal=LINE,
            label=LINE,
            estimate_minutes=st.integers(1, 600),
            keep_asking=st.booleans(),
        ),
        min_size=1,
        max_size=3,
    ).map(tuple),
    reviews=st.tuples(
        st.builds(
            WrapReview,
            commitment=st.just(1),
            status=st.sampled_from(["done", "partly", "not_yet", "dropped", "open"]),
            learned=LINE,
            minutes=st.integers(1, 600),
            value=st.integers(1, 10),
        )
    ),
    minutes=st.integers(1, 480),
    energy=st.sampled_from(["low", "normal", "high"]),
    ratings=st.fixed_dictionaries({"clarity": st.integers(1, 10), "satisfaction": st.just(9)}),
    next=st.just("2027-03-24 15:30"),
    serves=st.just(1),
)
SAME = (
    *("focus", "inquiry", "agreement", "frame_change", "accountability", "notes", "parked"),
    *("beliefs", "takeaways", "commitments", "reviews", "minutes", "energy", "ratings", "next"),
    "serves",
)


def given_in(wrap: Wrap) -> dict[str, Any]:
    return {name: getattr(wrap, name) for name in SAME}


# The form stays out of what Hypothesis prints of a case: it is long, and the same for all of them.


@pytest.mark.slow
def test_what_is_known_comes_back_from_the_form(form: WrapForm) -> None:
    @given(WRAPS)
    def comes_back(wrap: Wrap) -> None:
        text = form_text(form, answers_of(form, wrap))
        read = read_wrap_form(form, "form", text.encode())
        assert read.hints == ()
        assert given_in(read.wrap) == given_in(wrap)

    comes_back()


@pytest.mark.slow
def test_a_draft_that_is_gone_on_with_loses_nothing(form: WrapForm) -> None:
    @given(WRAPS)
    def loses_nothing(wrap: Wrap) -> None:
        answers = answers_of(form, wrap)
        given_answers = flattened(form.worksheet, answers)
        draft = with_asked(form_text(form, gathered(form.worksheet, given_answers)), given_answers)
        again = answers_in(form, "draft", draft.encode())
        assert again == answers
        # An editor may have ended its lines as Windows does.
        assert answers_in(form, "draft", draft.replace("\n", "\r\n").encode()) == answers
        assert asked_in(draft, flattened(form.worksheet, again)) == given_answers
        assert given_in(read_wrap_form(form, "draft", draft.encode()).wrap) == given_in(wrap)

    loses_nothing()


def test_text_typed_by_hand_needs_no_escaping(form: WrapForm) -> None:
    """All but a line that is the form's own, to the letter."""
    own_lines, blank = PrintedLines(form.worksheet, PRINTINGS), form_text(form)

    @given(NOTE.filter(lambda text: "\r" not in text), st.sampled_from(["Notes", "Pinned note"]))
    def needs_none(text: str, heading: str) -> None:
        if any(line.rstrip() in own_lines for line in text.split("\n")):
            return
        if "<!-- trajplan:" in text:
            return
        before, after = blank.split(f"## {heading}\n", 1)
        typed = f"{before}## {heading}\n{text}\n{after}"
        (note,) = read_wrap_form(form, "form", typed.encode()).wrap.notes
        assert isinstance(note, WrapNote)
        assert note.text == visible(text).strip()

    needs_none()


@pytest.mark.req("R134", "R135")
def test_a_form_takes_in_what_is_new_and_keeps_what_was_typed() -> None:
    typed = {
        "parked": ("Who will sing?", "the bus"),
        "actual": ({ROW: "Arrive", "minutes": 15}, {ROW: "Look back", "minutes": 9}),
        "notes": "Eyes down, and tired",
        "minutes": 40,
        "focus": "The night shift",
    }
    was = {
        "parked": ("who sings", "the bus"),
        "actual": ({ROW: "Arrive", "minutes": 12}, {ROW: "Look back", "minutes": 9}),
        "notes": "Eyes down",
        "minutes": 40,
        "energy": "low",
    }
    now = {
        "parked": ("who sings", "the bus", "the flowers"),
        "actual": ({ROW: "Arrive", "minutes": 12}, {ROW: "Look back", "minutes": 20}),
        "notes": "Eyes down\n\nSlower now",
        "minutes": 50,
        "energy": "high",
    }
    assert with_news(typed, was, now) == {
        "parked": ("Who will sing?", "the bus", "the flowers"),
        "actual": ({ROW: "Arrive", "minutes": 15}, {ROW: "Look back", "minutes": 20}),
        "notes": "Eyes down, and tired\n\nSlower now",
        "minutes": 50,
        "focus": "The night shift",
    }
    # What was taken out stays out, and what is new comes all the same.
    assert with_news({}, was, now) == {
        "parked": ("the flowers",),
        "actual": ({ROW: "Look back", "minutes": 20},),
        "notes": "Slower now",
    }
    assert with_news(typed, was, was) == typed
