"""`wrap` as one form: filled in in an editor, in turn, or in a file; nothing typed twice (R133)."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from typing import Any

import pytest
from editing import drafts, editor

from coaching import (
    COMMAND,
    COMMITMENT,
    INQUIRY,
    NO_COMMITMENT,
    Coach,
    questions_of,
    rows,
    told_once,
)

SESSION = ("wrap", "session", "5")
SAID = "She said: “the night shift is #1”, and that's that"


@pytest.fixture
@told_once
def fifth(held: Coach) -> Coach:
    """The coach on the day of session 5, with what was taken on in session 4 still open."""
    held.today = "2027-03-09"
    held.do("prep", "session", "5")
    return held


def form(coach: Coach, number: str = "5", *more: str) -> str:
    return coach.do("wrap", "session", number, "--form", *more).out


def filled(text: str, **under: str) -> str:
    """The form with text under headings, each named by its first word, in place of its blanks."""
    for word, lines in under.items():
        heading = word.replace("_", " ")
        printed = rf"^## {heading}[^\n]*\n(?:\n(?:>[^\n]*\n)+)?\n"
        text, count = re.subn(
            rf"(?m)({printed})[^#]*?(?=^## |\Z)",
            lambda match, lines=lines: f"{match[1]}{lines}\n\n",
            text,
        )
        assert count == 1, word
    return text


def whole(coach: Coach) -> str:
    """The form of session 5 with something in every part."""
    text = form(coach)
    text = text.replace("- Came of it:", "- Came of it: done", 1)
    text = text.replace("- Learned:", f"- Learned: {SAID}", 1)
    text = text.replace("- Worth:\n- Minutes:", "- Worth: 8\n- Minutes: 40", 1)
    text = text.replace(
        "- What:\n- By when:\n- How they will know:\n- What may get in the way:\n- If so, then:",
        "- What: Ring the school: ask for #2\n- By when: +5d\n- How they will know: I've a name\n"
        "- What may get in the way: nerves\n- If so, then: I write",
        1,
    )
    text = filled(
        text,
        Focus="Being the #1 pick: not the #2",
        What_the_client_takes='- [x] "I can ask"\n- [ ] It is: fine\n- ',
        How_the_client_wants="Ring me. I don't do apps.",
        The_question_that="What if: it worked?",
        Parked="- The pension # later",
        Notes=f"# A heading of mine\n\n{SAID}\n> quoted\nFocus: not a field",
        Minutes_it="Answer: 85",
        Worksheets_that="- wheel-of-life",
        You_meet_again="2027-03-24 15:30",
        Working="mine: #alone",
        Pinned="Never mention the brother",
    )
    text = text.replace("- [ ] Q1 ", "- [x] Q1 ").replace("- [ ] high", "- [x] high")
    text = re.sub(r"(\| Clarity [^|]*\|)", r"\1 7", text)
    return text.replace("| Satisfaction with the session |", "| Satisfaction with the session | 9")


def saved(coach: Coach) -> dict[str, Any]:
    """What the practice holds of session 5."""
    return {
        "wrap": rows(
            coach.practice,
            "SELECT focus, takeaways, to_send, inquiry, minutes, energy, asked FROM wraps"
            " JOIN sessions s ON s.id = session_id WHERE s.number = 5",
        ),
        "review": rows(
            coach.practice, "SELECT status, minutes, value, learned FROM commitment_reviews"
        ),
        "commitments": rows(
            coach.practice,
            "SELECT number, what, due, how_will_i_know, obstacle, if_then FROM commitments"
            " WHERE number > 1",
        ),
        "notes": rows(
            coach.practice,
            "SELECT text, notes.kind, pinned FROM notes JOIN sessions s ON s.id = session_id"
            " WHERE s.number = 5",
        ),
        "parked": rows(coach.practice, "SELECT text FROM parked_topics WHERE number > 1"),
        "ratings": rows(
            coach.practice,
            "SELECT clarity, momentum, satisfaction FROM tci_entries"
            " JOIN sessions s ON s.id = session_id WHERE s.number = 5",
        ),
        "handed_out": rows(coach.practice, "SELECT worksheet FROM handed_out"),
        "next": rows(coach.practice, "SELECT date, start_time FROM sessions WHERE number = 6"),
        "accountability": rows(coach.practice, "SELECT accountability FROM engagements"),
    }


def planned(coach: Coach) -> list[str]:
    """The ids of the plan's questions."""
    plan = coach.json("prep", "session", "5")
    return [question["id"] for question in questions_of(plan)]


def expected(coach: Coach) -> dict[str, Any]:
    first = planned(coach)[0]
    return {
        "wrap": [
            (
                "Being the #1 pick: not the #2",
                '["\\"I can ask\\"","It is: fine"]',
                '["\\"I can ask\\""]',
                "What if: it worked?",
                85,
                "high",
                f'["{first}"]',
            )
        ],
        "review": [("done", 40, 8, SAID)],
        "commitments": [
            (2, "Ring the school: ask for #2", "2027-03-14", "I've a name", "nerves", "I write")
        ],
        "notes": [
            (f"# A heading of mine\n\n{SAID}\n> quoted\nFocus: not a field", "record", 0),
            ("mine: #alone", "working", 0),
            ("Never mention the brother", "record", 1),
        ],
        "parked": [("The pension # later",)],
        "ratings": [(7, None, 9)],
        "handed_out": [("wheel-of-life",)],
        "next": [("2027-03-24", "15:30")],
        "accountability": [("Ring me. I don't do apps.",)],
    }


@pytest.mark.req("R133", "R134")
def test_one_form_in_the_editor_saves_all_of_a_session(fifth: Coach) -> None:
    blank = form(fifth)
    log = editor(fifth, (None, whole(fifth)))
    done = fifth.at_a_terminal(*SESSION)
    assert done.code == 0, done.out
    assert saved(fifth) == expected(fifth)
    opened = (log / "seen-0").read_text()
    assert opened == blank
    assert f"### 1 · {COMMITMENT[:40]}" in opened
    assert "Action-commitment sheet · Sample Client · session 5" in done.out
    assert "Ring me. I don't do apps." in done.out
    assert "Wednesday 24 March 2027, 15:30" in done.out
    assert drafts(fifth) == []


@pytest.mark.req("R133")
def test_the_same_form_as_a_file_says_itself_whose_and_which_session_it_is(fifth: Coach) -> None:
    file = fifth.write("five.md", whole(fifth))
    sheet = fifth.do("wrap", "--from", file)
    assert sheet.first.endswith("session 5 of 12")
    assert saved(fifth) == expected(fifth)


@pytest.mark.req("R133")
def test_yaml_says_the_same(fifth: Coach) -> None:
    text = f"""\
kind: wrap
client: Sample Client
session: 5
reviews:
  - {{commitment: 1, status: done, minutes: 40, value: 8, learned: '{SAID.replace("'", "''")}'}}
focus: "Being the #1 pick: not the #2"
takeaways: [{{text: '"I can ask"', to_send: true}}, "It is: fine"]
commitments:
  - what: "Ring the school: ask for #2"
    when: +5d
    how_will_i_know: I've a name
    obstacle: nerves
    if_then: I write
accountability: Ring me. I don't do apps.
inquiry: "What if: it worked?"
asked: [Q1]
parked: ["The pension # later"]
notes:
  - text: "# A heading of mine\\n\\n{SAID}\\n> quoted\\nFocus: not a field"
  - {{text: "mine: #alone", kind: working}}
  - {{text: Never mention the brother, pin: true}}
minutes: 85
energy: high
ratings: {{clarity: 7, satisfaction: 9}}
handed_out: [wheel-of-life]
next: 24 March 3:30 pm
"""
    fifth.do("wrap", "--from", "-", stdin=text)
    assert saved(fifth) == expected(fifth)


@pytest.mark.slow
@pytest.mark.req("R133")
def test_faults_reopen_the_form_with_remarks_at_their_place(fifth: Coach) -> None:
    wrong = (
        whole(fifth)
        .replace("- By when: +5d", "- By when: +50d")
        .replace("- wheel-of-life", "- wheel-of-fortune")
        .replace("Answer: 85", "Answer: long")
    )
    log = editor(fifth, (None, wrong), ("Answer: long", "Answer: 85"), ("+50d", "+5d"))
    done = fifth.at_a_terminal(*SESSION, answers=[("Open it again?", "n\n")])
    assert done.code == 10
    second, third = (log / "seen-1").read_text(), (log / "seen-2").read_text()
    remark = "<!-- trajplan: to mend: "
    assert re.search(rf"{remark}“Minutes it took”[^\n]*\nAnswer: long", second)
    late = "2027-04-28 is after the next session"
    assert re.search(rf"{remark}{late}[^\n]*\n- By when: \+50d", third)
    assert re.search(rf"{remark}no worksheet `wheel-of-fortune`[^\n]*\n- wheel-of-fortune", third)
    assert saved(fifth)["wrap"] == saved(fifth)["review"] == []
    (draft,) = drafts(fifth)
    draft.write_text(draft.read_text().replace("wheel-of-fortune", "wheel-of-life"))
    fifth.do("wrap", "--from", str(draft))
    assert saved(fifth) == expected(fifth)


@pytest.mark.req("R133", "R134")
def test_a_form_closed_unchanged_wraps_nothing_and_a_file_never_waits_on_it(fifth: Coach) -> None:
    editor(fifth)
    done = fifth.at_a_terminal(*SESSION)
    assert done.code == 1
    assert "nothing was saved" in done.out
    assert len(drafts(fifth)) == 1
    assert saved(fifth)["wrap"] == []
    said = fifth.do(*SESSION, "--from", "-", stdin=NO_COMMITMENT)
    assert "`trajplan wrap 5 --replace` offers it" in said.err
    assert len(saved(fifth)["wrap"]) == 1


@pytest.mark.slow
@pytest.mark.req("R134")
@pytest.mark.parametrize(
    ("meanwhile", "said"),
    [
        ("wrap 5 --from wrap.yaml", "`trajplan wrap 5 --replace` offers it again"),
        ("wrap 4 --form", "`trajplan wrap 5` offers it again"),
        (
            "practice erase --client sample-client --yes sample-client",
            "which no command offers: those records are gone",
        ),
    ],
)
def test_what_offers_a_draft_again_is_said_as_things_stand(
    fifth: Coach, meanwhile: str, said: str
) -> None:
    fifth.write("wrap.yaml", NO_COMMITMENT)
    script = fifth.home / "editor"
    script.write_text(
        f'#!/bin/sh\n"{COMMAND}" {meanwhile} >/dev/null 2>&1\necho more >> "$1"\n'
        f'case "{meanwhile}" in "wrap 4"*) exit 3;; esac\n'
    )
    script.chmod(0o700)
    fifth.more["VISUAL"] = str(script)
    done = fifth.at_a_terminal(*SESSION)
    assert done.code, done.out
    assert said in " ".join(done.out.split())
    assert drafts(fifth)[0].read_text().endswith("more\n")
    if "--replace" in said:
        fifth.more["VISUAL"] = "true"
        answers = [("Go on with it?", "n\n"), ("Begin again", "n\n")]
        fifth.at_a_terminal("wrap", "5", "--replace", answers=answers)


@pytest.mark.req("R133")
def test_a_form_for_another_client_or_session_is_refused(fifth: Coach) -> None:
    """F10: the wrong wrap on the wrong client."""
    text = whole(fifth)
    fifth.do("new-client", "Ada Bell", "--start", "2027-01-04")
    before = fifth.practice.read_bytes()
    said = fifth.refused(10, *SESSION, "--client", "ada-bell", "--from", "-", stdin=text)
    assert "this is a wrap for `sample-client`, not for `ada-bell`" in said
    said = fifth.refused(
        10, "wrap", "session", "6", "--client", "sample-client", "--from", "-", stdin=text
    )
    assert "this is a wrap of session 5, not of 6" in said
    yaml = "kind: wrap\nclient: ada-bell\nsession: 4\ncommitments: none\n"
    said = fifth.refused(10, *SESSION, "--client", "sample-client", "--from", "-", stdin=yaml)
    assert "<standard input>:2:9: this is a wrap for `ada-bell`" in said
    assert "<standard input>:3:10: this is a wrap of session 4" in said
    assert fifth.practice.read_bytes() == before


@pytest.mark.req("R133")
def test_nothing_is_ticked_and_one_box_means_all_as_planned(fifth: Coach) -> None:
    text = form(fifth)
    assert "[x]" not in text.replace("[x] before", "")
    everything = text.replace("- [ ] All as planned", "- [x] All as planned")
    fifth.do("wrap", "--from", "-", stdin=text)
    assert saved(fifth)["wrap"][0][-1] == "[]"
    fifth.do("wrap", "--from", "-", "--replace", stdin=everything)
    assert json.loads(saved(fifth)["wrap"][0][-1]) == planned(fifth)


@pytest.mark.req("R133", "R166")
def test_ratings_are_left_out_where_the_client_gives_none(fifth: Coach) -> None:
    assert "## Where the client stands" in form(fifth)
    fifth.do("clients", "update", "--ratings", "off")
    fifth.do("prep", "session", "5")
    assert "Where the client stands" not in form(fifth)


@pytest.mark.req("R133")
def test_the_planned_question_goes_home_unless_it_is_taken_out(fifth: Coach) -> None:
    text = form(fifth)
    offered = re.search(r"or none\.\n\n([^\n]+)\n", text)
    assert offered
    fifth.do("wrap", "--from", "-", stdin=text)
    assert saved(fifth)["wrap"][0][3] == offered[1]
    fifth.do("wrap", "--from", "-", "--replace", stdin=text.replace(offered[1], ""))
    assert saved(fifth)["wrap"][0][3] == ""


@pytest.mark.req("R133")
def test_wrapped_again_the_form_calls_the_question_that_went_home_saved(fifth: Coach) -> None:
    text = form(fifth)
    hint = "As planned; put another in its place, or none."
    assert hint in text
    own = re.sub(rf"{re.escape(hint)}\n\n[^\n]+\n", f"{hint}\n\n{INQUIRY}\n", text)
    fifth.do("wrap", "--from", "-", stdin=own)
    again = form(fifth)
    assert f"As saved; put another in its place, or none.\n\n{INQUIRY}\n" in again
    assert "As planned" not in again
    # A form printed before it was saved is read all the same.
    fifth.do("wrap", "--from", "-", "--replace", stdin=text)
    fifth.do("wrap", "--from", "-", "--replace", stdin=again.replace(INQUIRY, "none"))
    assert saved(fifth)["wrap"][0][3] == ""
    assert "put another in its place" not in form(fifth)


@pytest.mark.req("R133")
def test_wrapped_again_the_form_holds_what_was_saved(held: Coach) -> None:
    text = form(held, "4")
    for words in (INQUIRY, COMMITMENT, "I explain by letting them try first."):
        assert words in text
    before = held.do("practice", "export").data["clients"]
    held.do("wrap", "--from", "-", "--replace", stdin=text)
    after = held.do("practice", "export").data["clients"]
    for table in ("wraps", "commitments", "notes", "parked_topics", "tci_entries", "echoes"):
        assert [strip(row) for row in after[0]["tables"][table]] == [
            strip(row) for row in before[0]["tables"][table]
        ], table


def strip(row: dict[str, Any]) -> dict[str, Any]:
    """A row but for its own id, which a new wrap gives anew."""
    return {name: value for name, value in row.items() if name not in ("id", "wrapped_on")}


@pytest.mark.slow
@pytest.mark.req("R133")
def test_without_a_number_it_is_the_past_session_that_is_not_wrapped(held: Coach) -> None:
    editor(
        held,
        (
            "## Focus\n\n> The one thing this was about; it stands on the client's sheet.\n",
            "## Focus\n\nOld things\n",
        ),
    )
    asked = held.at_a_terminal("wrap", answers=[("Not wrapped yet are (1, 2, 3)", "2\n")])
    assert asked.code == 0, asked.out
    assert "Sample Client · session 2 of 12" in asked.out
    for number in ("1", "3"):
        held.do("wrap", "session", number, "--from", "-", stdin=NO_COMMITMENT)
    done = held.at_a_terminal("wrap")
    assert (done.code, "every session up to today is wrapped" in done.out) == (1, True)
    held.today = "2027-03-09"
    assert form(held, "5") == held.do("wrap", "--form").out


@pytest.mark.req("R133")
def test_a_day_behind_a_later_session_does_not_stop_the_wrap(fifth: Coach) -> None:
    """What was said is saved; only the day waits for the command that moves the others too."""
    fifth.do("sessions", "move", "7", "2027-03-25")
    text = whole(fifth).replace("2027-03-24 15:30", "2027-03-26 15:30")
    done = fifth.do("wrap", "--from", "-", stdin=text)
    assert len(saved(fifth)["wrap"]) == 1
    assert "Tuesday 23 March 2027" in done.out
    said = " ".join(done.err.split())
    assert "the wrap is saved, and session 6 is not moved to 2027-03-26: session 7 is on" in said
    assert "Until then the sheet and the mail name Tue 23 Mar 2027" in said
    command = "sessions move 6 2027-03-26 --shift"
    assert f"`trajplan {command}` moves all later ones along" in said
    fifth.do(*command.split())
    assert "Friday 26 March 2027" in fifth.do("wrap", "5").out


def test_text_under_no_heading_is_saved_with_the_notes(fifth: Coach) -> None:
    text = form(fifth).replace("## What came of", "A word on top\n\n## What came of")
    text = text.replace("- Came of it:", "Came by car\n- Came of it:")
    done = fifth.do("wrap", "--from", "-", stdin=text)
    for words in ("A word on top", "Came by car"):
        assert re.search(rf"“[^”]*{words}” has no place of its own in the form", done.err)
    below, above = saved(fifth)["notes"]
    assert "A word on top" in above[0]
    assert "Came by car" in below[0]


def test_a_heading_that_stands_twice_is_asked_about(fifth: Coach) -> None:
    text = filled(form(fifth), Notes="## Focus\nwas lost")
    said = fifth.refused(10, "wrap", "--from", "-", stdin=text)
    assert "“## Focus” stands here twice; put a space before it where it is text" in said
    fifth.do("wrap", "--from", "-", stdin=filled(form(fifth), Notes=" ## Focus\nwas lost"))
    assert saved(fifth)["notes"] == [("## Focus\nwas lost", "record", 0)]


def test_a_commitment_without_a_day_is_refused_on_its_line(fifth: Coach) -> None:
    text = whole(fifth).replace("- By when: +5d", "- By when:")
    said = fifth.refused(10, "wrap", "--from", "-", stdin=text)
    line = text.split("\n").index("- By when:") + 1
    words = "“Ring the school: ask for #2” still needs “By when”; or put it under “Parked for"
    assert f"<standard input>:{line}:1: {words}" in said
    text = text.replace("- What:\n", "- By when: friday\n", 1)
    said = fifth.refused(10, "wrap", "--from", "-", stdin=text)
    assert "this commitment still needs “What” and “How they will know”" in said


def test_a_result_under_the_number_of_another_promise_is_asked_about(fifth: Coach) -> None:
    fifth.do(
        *("commitments", "add", "Ring Hazel about the 3,400", "--when", "+5d"),
        *("--how-will-i-know", "She has answered"),
    )
    text = form(fifth)
    first, second = re.findall(r"^### \d+ · .*$", text, re.MULTILINE)
    assert second.startswith("### 2 · Ring Hazel")
    text = text.replace("- Came of it:", "- Came of it: done", 1)
    card = text[text.index(second) : text.index("## ", text.index(second) + 4)]
    wrong = text.replace(card, "").replace(first, second.replace("### 2", "### 1"))
    said = fifth.refused(10, "wrap", "--from", "-", stdin=wrong)
    assert "the number is that of `1 · Ask" in said
    assert "the words are those of `2 · Ring Hazel" in said
    assert saved(fifth)["review"] == []
    # A day that was put off since the form was printed changes nothing.
    fifth.do("wrap", "--from", "-", stdin=re.sub(r"(### 1 · .*) \(.*\)", r"\1 (some day)", text))
    assert saved(fifth)["review"] == [("done", None, None, "")]


@pytest.mark.req("R133")
def test_words_in_full_under_another_number_are_found_too(coach: Coach) -> None:
    long = "Write my own statement of the night, two pages, for the rep to read first"
    coach.today = "2027-01-19"
    coach.do("new-client", "Ada", "--start", "2027-01-19")
    steps = "".join(
        f"  - what: {what}\n    when: 2027-01-25\n    how_will_i_know: done\n"
        for what in ("Ring the rep", f'"{long}"')
    )
    coach.do("wrap", "1", "--from", "-", stdin=f"kind: wrap\ncommitments:\n{steps}")
    coach.today = "2027-02-02"
    form = coach.do("wrap", "2", "--form").out
    shown = next(line for line in form.splitlines() if line.startswith("### 2 · Write my own"))
    wrong = form.replace(shown, f"### 1 · {long} (Mon 25 Jan 2027)\n\n- Came of it: partly")
    said = coach.refused(10, "wrap", "2", "--from", "-", stdin=wrong)
    assert "the number is that of `1 · Ring the rep" in said


@pytest.mark.req("R96", "R134")
def test_a_promise_that_lacks_its_day_keeps_the_whole_form_and_opens_there(fifth: Coach) -> None:
    text = whole(fifth).replace(
        "- By when: +5d\n- How they will know: I've a name", "- By when:", 1
    )
    text = re.sub(r"(\| Clarity [^|]*\|) 7", r"\1 2-3", text)
    log = editor(fifth, (None, text))
    vim = (fifth.home / "my editor").rename(fifth.home / "vim")
    fifth.more["VISUAL"] = f'"{vim}" --wait'
    done = fifth.at_a_terminal(*SESSION, answers=[("Open it again?", "n\n")])
    assert done.code == 10
    opened = (log / "seen-1").read_text()
    lines = opened.split("\n")
    remark = "<!-- trajplan: to mend: "
    (first, second) = [number for number, line in enumerate(lines) if remark in line][1:]
    assert lines[0] == f"{remark}see line {first + 1}, the first of 2 -->"
    assert "still needs “By when” and “How they will know”" in lines[first]
    # What is said meanwhile names the same lines, and no key that nobody has typed.
    assert f"line {first + 1}: “Ring the school" in " ".join(done.out.split())
    assert f"line {second + 1}: Clarity (1 not clear" in " ".join(done.out.split())
    # It's said once, though the form was closed twice with it.
    assert done.words.count("Clarity (1 not clear") == 1
    assert f"what you typed is in {drafts(fifth)[0]}" in done.words
    assert "<editor>" not in done.out
    assert "commitments[" not in done.out
    assert lines[first + 1] == "- By when:"
    assert "`2-3` is more than one number; write a whole number from 1 to 10" in lines[second]
    assert lines[second + 1].startswith("| Clarity ")
    assert "\n".join(line for line in lines if remark not in line) == text
    assert saved(fifth)["wrap"] == []
    assert drafts(fifth)[0].read_text() == opened
    options = [(log / f"options-{turn}").read_text() for turn in (0, 1)]
    assert options == ["--wait", f"--wait +{first + 1}"]


@pytest.mark.req("R133", "R134")
def test_an_answer_beside_the_question_is_kept_as_words(fifth: Coach) -> None:
    text = whole(fifth).replace("Answer: 85", "Answer: about 85")
    text = text.replace("- Came of it: done", "- Came of it: half, Bev's off till Weds", 1)
    text = re.sub(r"(\| Clarity [^|]*\|) 7", r"\1 dunno", text)
    told = fifth.do("wrap", "--from", "-", stdin=text).err
    assert "half, Bev's off till Weds" in " ".join(told.split())
    assert rows(fifth.practice, "SELECT status FROM commitment_reviews") == [("partly",)]
    notes = " ".join(text for (text,) in rows(fifth.practice, "SELECT text FROM notes"))
    assert "Came of it: half, Bev's off till Weds" in notes
    assert "dunno" in notes
    assert "about 85" not in notes
    assert saved(fifth)["wrap"][0]


@pytest.mark.req("R96", "R134")
def test_a_day_past_the_next_session_is_meant_where_the_form_says_so(fifth: Coach) -> None:
    late = whole(fifth).replace("- By when: +5d", "- By when: 20 April")
    log = editor(fifth, (None, late), ("- By when: 20 April", "- By when: 20 April, all the same"))
    done = fifth.at_a_terminal(*SESSION)
    assert done.code == 0, done.out
    told = (log / "seen-1").read_text()
    assert "if you mean it, write “20 April, all the same” -->\n- By when: 20 April\n" in told
    assert "force" not in told
    due = "SELECT due FROM commitments WHERE session_id IS NOT NULL ORDER BY id DESC LIMIT 1"
    assert rows(fifth.practice, due) == [("2027-04-20",)]
    # Wrapped again, what was meant is still meant.
    again = form(fifth, "5", "--replace")
    assert "- By when: 2027-04-20, all the same\n" in again
    fifth.do("wrap", "5", "--replace", "--from", "-", stdin=again)
    assert rows(fifth.practice, due) == [("2027-04-20",)]


@pytest.mark.req("R134")
def test_a_form_from_a_pipe_that_cannot_be_saved_becomes_the_draft(fifth: Coach) -> None:
    text = whole(fifth).replace("- By when: +5d", "- By when:")
    said = fifth.refused(10, "wrap", "--from", "-", stdin=text)
    assert "what you wrote is a draft, and `trajplan wrap 5` opens it" in said
    (draft,) = drafts(fifth)
    kept = draft.read_text()
    assert "".join(line for line in kept.splitlines(True) if "to mend" not in line) == text
    said = fifth.refused(10, "wrap", "--from", "-", stdin=text.replace("80", "81"))
    assert "a form that you began stays as it is" in said
    assert draft.read_text() == kept
    file = fifth.write("wrap.md", text)
    said = fifth.refused(10, "wrap", "--from", file)
    assert f"what you wrote is in {file}, to be mended there" in said


@pytest.mark.req("R134")
@pytest.mark.parametrize("fault", [pytest.param("locked", marks=pytest.mark.slow), "read-only"])
def test_a_practice_that_cannot_be_written_loses_no_word(fifth: Coach, fault: str) -> None:
    text = whole(fifth)
    editor(fifth, (None, text))
    with closing(sqlite3.connect(fifth.practice, isolation_level=None)) as other:
        if fault == "locked":
            other.execute("BEGIN IMMEDIATE")
        else:
            fifth.practice.chmod(0o400)
        done = fifth.at_a_terminal(*SESSION)
    fifth.practice.chmod(0o600)
    if done.code == 0:
        pytest.skip("this user may write to a read-only file")
    assert done.code == 30, done.out
    (draft,) = drafts(fifth)
    assert draft.read_text() == text
    (fifth.home / "log").rename(fifth.home / "first")
    editor(fifth)
    again = fifth.at_a_terminal(
        *SESSION, answers=[("Go on with it?", "\n"), ("Save it as it stands?", "y\n")]
    )
    assert again.code == 0, again.out
    assert saved(fifth) == expected(fifth)
    assert drafts(fifth) == []


@pytest.mark.req("R133", "R135")
def test_the_form_holds_what_was_kept_while_the_session_ran(fifth: Coach) -> None:
    keys = [
        ("14:10", "n", ""),
        ("14:12", "space", ""),
        ("14:13", "c", "Ring Gary: today\n+3d\nI have a date"),
        ("14:14", "t", "I was stuck: “yes” #2"),
        ("14:16", "p", "The pension # later"),
        ("14:17", "i", "I may ask"),
        ("14:18", "m", "Eyes down: twice"),
        ("14:19", "a", "Nobody asks me"),
        ("15:20", "w", ""),
    ]
    lines = [json.dumps({"at": at, "key": key, "text": text}) for at, key, text in keys]
    fifth.do("live", "5", "--replay", "-", stdin="\n".join(lines))
    text = form(fifth)
    for words in (
        "- [x] Q",
        "- What: Ring Gary: today",
        "- By when: +3d",
        "- The pension # later",
        "I may ask",
        "- “Nobody asks me”",
        "Eyes down: twice",
        "“I was stuck: “yes” #2”",
        "Answer: 80",
    ):
        assert words in text, words
    assert re.search(r"\| [^|]*\(planned: \d+\) \| 10 \|", text)
    # The form is as it should be: it is closed as it was, and the coach says yes on the next run.
    editor(fifth, ("## Focus\n", "## Focus\n\nThe #1\n"))
    assert fifth.at_a_terminal(*SESSION).code == 0
    assert drafts(fifth) == []
    assert saved(fifth)["commitments"][0][1:4] == (
        "Ring Gary: today",
        "2027-03-12",
        "I have a date",
    )
    assert rows(fifth.practice, "SELECT text, wording FROM assumptions WHERE number > 1") == [
        ("Nobody asks me", "exact")
    ]


@pytest.mark.req("R22", "R66", "R133")
def test_a_day_that_held_leaves_nothing_of_the_plan_it_set_aside(begun: Coach) -> None:
    planned = begun.json("prep", "4")
    goes_home = planned["segments"][-1]["questions"][-1]["text"]
    assert goes_home in form(begun, "4")
    begun.do("check-in", "--session", "4", "--holding", "--matters", "My brother died on Sunday")
    text = form(begun, "4")
    questions = [question["text"] for question in questions_of(planned)]
    assert questions
    assert not [question for question in questions if question in text]
    assert "## Clarity" not in text
    assert text.count("### Commitment") == 1
    sheet = begun.json(
        "wrap", "4", "--from", "-", stdin="kind: wrap\nfocus: Being there\ncommitments: none\n"
    )
    assert (sheet["inquiry"], sheet["holding"]) == ("", True)
    assert goes_home not in begun.do("wrap", "4").out
    assert begun.json("prep", "5")["from_last_time"]["inquiry"] == ""
    uses = begun.json("recap")
    assert uses["inquiry"] == ""


@pytest.mark.req("R22", "R66", "R134")
def test_a_form_begun_before_the_day_held_sends_no_question_of_the_plan_home(begun: Coach) -> None:
    goes_home = begun.json("prep", "4")["segments"][-1]["questions"][-1]["text"]
    text = form(begun, "4")
    own = text.replace(goes_home, "Who is with you?")
    assert text.count(goes_home) == own.count("Who is with you?") > 0
    begun.do("check-in", "--session", "4", "--holding")
    saved = begun.do("wrap", "4", "--from", "-", stdin=text)
    assert goes_home not in saved.out
    assert "of the plan stays here" in saved.err
    saved = begun.do("wrap", "4", "--replace", "--from", "-", stdin=own)
    assert "Who is with you?" in saved.out
    assert "stays here" not in saved.err


@pytest.mark.req("R22", "R66")
def test_a_blueprint_the_coach_named_stands_on_a_day_that_holds(begun: Coach) -> None:
    planned = begun.json("prep", "4", "--blueprint", "plateau")
    begun.do("check-in", "--session", "4", "--holding")
    text = form(begun, "4")
    assert planned["segments"][0]["questions"][0]["text"] in text


@pytest.mark.req("R133")
def test_the_form_holds_what_came_of_a_promise_as_it_is_on_record(fifth: Coach) -> None:
    """Nothing typed twice: saved as it is, it adds no review; what is written anew is one."""
    assert "- Came of it:\n" in form(fifth)
    fifth.do("commitments", "update", "1", "--status", "partly", "--learned", "It rained")
    fifth.do("commitments", "update", "1", "--minutes", "30")
    text = form(fifth)
    assert "- Came of it: partly\n- Learned: It rained\n- Worth:\n- Minutes: 30\n" in text
    reviews = "SELECT count(*) FROM commitment_reviews"
    stands = "SELECT status, misses, minutes, learned FROM commitments WHERE number = 1"
    before = rows(fifth.practice, reviews), rows(fifth.practice, stands)
    fifth.do("wrap", "--from", "-", stdin=text)
    assert (rows(fifth.practice, reviews), rows(fifth.practice, stands)) == before


@pytest.mark.req("R133")
def test_a_form_holds_no_outcome_that_an_earlier_wrap_told(fifth: Coach) -> None:
    """Still not done is another miss, so nobody is to leave it as it was by not looking."""
    fifth.do("wrap", "--from", "-", stdin=form(fifth).replace("Came of it:", "Came of it: partly"))
    fifth.today = "2027-03-23"
    assert "- Came of it:\n" in form(fifth, "6")
    # Told on that later day, and still by the wrap.
    again = form(fifth).replace("Came of it: partly", "Came of it: not yet")
    fifth.do("wrap", "5", "--replace", "--from", "-", stdin=again)
    assert "- Came of it:\n" in form(fifth, "6")
    fifth.today = "2027-03-24"
    fifth.do("commitments", "update", "1", "--status", "not_yet")
    assert "- Came of it: not yet\n" in form(fifth, "6")


@pytest.mark.req("R133", "R134")
def test_a_form_to_fill_in_elsewhere_says_that_another_was_begun(begun: Coach) -> None:
    begun.do("prep", "4")
    assert "that you began" not in begun.do("wrap", "4", "--form").err
    blank = begun.do("wrap", "4", "--form").out
    begun.refused(10, "wrap", "4", "--from", "-", stdin=blank.replace("Answer:", "Answer: many"))
    said = begun.do("wrap", "4", "--form").err
    assert "a form of session 4 that you began is still there; `trajplan wrap 4` offers it" in said


@pytest.mark.req("R128", "R134")
def test_a_form_that_was_begun_is_told_of_until_it_is_saved(fifth: Coach) -> None:
    editor(fifth, ("- Worth:", "- Worth: eleven"))
    fifth.at_a_terminal(*SESSION, answers=[("Open it again?", "n\n")])
    assert "form_begun" in _waiting(fifth)
    said = fifth.do("today").out
    assert "session 5: the form of its wrap is begun and not saved yet" in said
    assert "trajplan wrap session 5" in said
    fifth.do("wrap", "5", "--from", "-", stdin=NO_COMMITMENT)
    # A wrap from elsewhere doesn't throw away what was typed; it is offered in place of that wrap.
    assert "trajplan wrap session 5 --replace" in fifth.do("today").out


def _waiting(coach: Coach) -> list[str]:
    """The kinds of what `today` says of session 5."""
    waiting = coach.json("today")["clients"][0]["waiting"]
    return [due["kind"] for due in waiting if due["session"] == 5]
