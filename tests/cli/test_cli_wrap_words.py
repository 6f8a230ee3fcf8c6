"""What is typed into a form by hand: consent, none, headings of one's own, earlier printings."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from test_cli_wrap_form import filled, form

from coaching import Coach

IDENTITY = "*Wrap of session 5, for sample-client*\n\n"


@pytest.fixture
def fifth(held: Coach) -> Coach:
    """The coach on the day of session 5, with what was taken on in session 4 still open."""
    held.today = "2027-03-09"
    held.do("prep", "session", "5")
    return held


def wrap(coach: Coach, text: str) -> dict[str, Any]:
    """Save a form; what the practice holds of the session then."""
    coach.do("wrap", "5", "--from", coach.write("form.md", text))
    saved: dict[str, Any] = coach.json("sessions", "show", "5")["wrap"]
    return saved


def notes(coach: Coach) -> list[str]:
    found = coach.json("notes")["notes"]
    return [note["text"] for note in found if note["session"] == 5]


@pytest.mark.req("R133", "R140")
def test_only_a_line_with_its_own_cross_may_be_sent(fifth: Coach) -> None:
    lines = "- [x] I ask first\n  and go on asking\n[ ] My boss bullies me\nShe cried here"
    takeaways = filled(form(fifth), What_the_client_takes=lines)
    saved = wrap(fifth, takeaways)
    assert saved["takeaways"] == [
        "I ask first and go on asking",
        "My boss bullies me She cried here",
    ]
    assert saved["to_send"] == ["I ask first and go on asking"]
    assert "bullies" not in fifth.do("recap", "5").out


@pytest.mark.req("R133", "R140")
def test_words_at_the_margin_below_a_line_that_is_sent_are_a_note(fifth: Coach) -> None:
    lines = "- [x] I ask first\nShe cried here\n- [ ] It is late"
    saved = wrap(fifth, filled(form(fifth), What_the_client_takes=lines))
    assert saved["takeaways"] == ["I ask first", "It is late"]
    assert notes(fifth) == ["What the client takes away: She cried here"]


@pytest.mark.req("R140")
def test_words_that_begin_with_a_cross_are_words(fifth: Coach) -> None:
    keys = [
        {"at": "14:10", "key": "i", "text": "[x] keep this private", "wording": "gist"},
        {"at": "15:30", "key": "w"},
    ]
    fifth.do("live", "5", "--replay", "-", stdin="\n".join(map(json.dumps, keys)))
    saved = wrap(fifth, form(fifth))
    assert (saved["takeaways"], saved["to_send"]) == (["[x] keep this private"], [])
    fifth.do("wrap", "5", "--replace", "--from", "-", stdin=form(fifth))
    saved = fifth.json("sessions", "show", "5")["wrap"]
    assert (saved["takeaways"], saved["to_send"]) == (["[x] keep this private"], [])
    assert "private" not in fifth.do("recap", "5").out


def test_a_line_without_a_bullet_counts_above_empty_ones(fifth: Coach) -> None:
    text = form(fifth).replace("- [ ] \n", "I may ask\n- [ ] \n", 1)
    assert wrap(fifth, text)["takeaways"] == ["I may ask"]
    blank = fifth.do("worksheets", "blank", "swot").out
    filled_in = blank.replace("\n- \n", "\nI talk well with people\n- \n", 1)
    swot = fifth.do("worksheets", "fill", "swot", "--from", "-", stdin=filled_in)
    assert "I talk well with people" in swot.out


@pytest.mark.parametrize("words", ["none", "Nothing.", "no", "-", "n/a"])
@pytest.mark.req("R133", "R140")
def test_none_is_no_answer(fifth: Coach, words: str) -> None:
    text = filled(
        form(fifth),
        The_question_that=words,
        Focus=words,
        Parked=f"- {words}",
        Worksheets_that=f"- {words}",
        Pinned=words,
    ).replace("- What:", f"- What: {words}", 1)
    saved = wrap(fifth, text)
    assert (saved["inquiry"], saved["focus"], saved["parked"]) == ("", "", [])
    assert saved["none_chosen"]
    assert notes(fifth) == []
    assert "question" not in fifth.do("recap", "5").out
    assert f"take home: {words}" not in fifth.do("wrap", "5").out


@pytest.mark.req("R133")
def test_yaml_says_none_too(fifth: Coach) -> None:
    path = fifth.write("wrap.yaml", "kind: wrap\ncommitments: none\ninquiry: none\n")
    fifth.do("wrap", "5", "--from", path)
    assert fifth.json("sessions", "show", "5")["wrap"]["inquiry"] == ""


@pytest.mark.req("R133", "R134")
def test_a_heading_of_ones_own_keeps_its_words_together(fifth: Coach) -> None:
    own = "\n## Belief I heard\n\n- I have to be useful\n- or I am gone\n\n## Parked"
    wrap(fifth, form(fifth).replace("\n## Parked", own, 1))
    assert notes(fifth) == ["Belief I heard\n\n- I have to be useful\n- or I am gone"]
    listed = fifth.do("notes", "--format", "terminal").out
    assert "Belief I heard" in listed
    assert "##" not in listed
    fifth.today = "2027-03-23"
    plan = fifth.do("prep", "6").out
    assert "Belief I heard - I have" not in plan
    assert "- I have to be useful" in plan.replace("\\-", "-")


def test_the_heading_for_beliefs_is_in_every_form(fifth: Coach) -> None:
    wrap(fifth, filled(form(fifth), Beliefs='- "Only people with paper get called"'))
    beliefs = [belief["text"] for belief in fifth.json("assumptions")["assumptions"]]
    assert any("Only people with paper get called" in belief for belief in beliefs)


@pytest.mark.req("R133", "R134")
@pytest.mark.parametrize(
    "change",
    [
        ("sessions", "move", "6", "2027-03-25"),
        ("clients", "update", "--start-time", "10:00"),
        ("clients", "update", "--ratings", "off"),
        ("clients", "update", "--slug", "sam"),
        ("goals", "add", "A trade"),
        ("commitments", "update", "1", "--status", "done"),
        ("prep", "5", "--late", "20"),
        ("prep", "5", "--blueprint", "holding-session"),
    ],
    ids=" ".join,
)
def test_a_form_is_read_whatever_was_recorded_since_it_was_printed(
    fifth: Coach, change: tuple[str, ...]
) -> None:
    text = form(fifth).replace("- Came of it:", "- Came of it: partly", 1)
    text = filled(text, Focus="The night shift").replace("- [ ] high", "- [x] high")
    fifth.do(*change)
    saved = wrap(fifth, text)
    assert (saved["focus"], saved["energy"]) == ("The night shift", "high")
    assert notes(fifth) == []
    promise = fifth.json("commitments")["commitments"][0]
    assert promise["status"] == "partly"


@pytest.mark.req("R133", "R134")
def test_what_was_written_in_a_part_that_is_no_longer_asked_for_is_a_note(fifth: Coach) -> None:
    text = re.sub(r"(\| Clarity [^|]*\|)", r"\1 7", form(fifth))
    fifth.do("clients", "update", "--ratings", "off")
    wrap(fifth, text)
    (note,) = notes(fifth)
    assert note.startswith("Where the client stands")
    assert "7" in note


@pytest.mark.req("R133")
def test_a_form_from_windows_or_with_a_greeting_above_is_known(fifth: Coach) -> None:
    text = "\ufeff" + filled(form(fifth), Focus="The night shift").replace("\n", "\r\n")
    assert wrap(fifth, text)["focus"] == "The night shift"
    greeting = "Typed on the train.\n\n" + form(fifth)
    fifth.do("wrap", "--replace", "--from", "-", stdin=greeting)
    assert "Typed on the train." in notes(fifth)


@pytest.mark.req("R133")
def test_a_form_that_no_longer_says_whose_it_is_is_refused_in_its_own_words(fifth: Coach) -> None:
    text = form(fifth)
    assert IDENTITY in text
    said = fifth.refused(1, "wrap", "--from", "-", stdin=text.replace(IDENTITY, ""))
    assert "the line below its title that says whose it is" in said
