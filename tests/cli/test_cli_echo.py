"""The echo: the client's first words, asked again halfway and at the end."""

from __future__ import annotations

from typing import Any

import pytest
from editing import in_turn

from coaching import NO_COMMITMENT, Coach, prompts_of, told_once

STUCK = "I am stuck because I am good at the night shift, while I like showing how it is done."
THERE = "Work in which I teach people a trade."
HOME = "I need to let people try first."
FIRST = f"kind: wrap\ncommitments: none\ntakeaways: [{HOME}]\n"
ANSWERS = """\
kind: wrap
commitments: none
echo:
  stuck_point: I hear two people {0} talking.
  destination: It still *pulls*.
  takeaways: [One hand, the other]
"""


def prompts(plan: Any) -> list[str]:
    return [prompt["text"] for prompt in prompts_of(plan)]


@pytest.fixture
@told_once
def told(begun: Coach) -> Coach:
    """The coach with the first session wrapped."""
    begun.do("wrap", "session", "1", "--from", "-", stdin=FIRST)
    return begun


@pytest.mark.req("Echo")
@pytest.mark.parametrize("number", ["6", "12"])
def test_the_first_words_are_asked_again_in_the_middle_and_at_the_end(
    told: Coach, number: str
) -> None:
    plan = told.json("prep", "session", number)
    said = prompts(plan)
    # What they learnt is said to them; a wish with a clause in it stands on the page and is not
    # asked about, and of where they were stuck nobody says a half that means the opposite.
    assert any("you told me you need to let people try first." in text for text in said)
    assert not any("At the start you wanted" in text or "night shift" in text for text in said)
    beside = [prompt["beside"] for prompt in prompts_of(plan)]
    assert HOME in beside
    assert THERE in told.do("prep", "session", number).out
    assert [words["then"] for words in plan["echo"]] == [STUCK, THERE, HOME]
    assert all(part["minutes"] >= booked(part) for part in plan["segments"])
    agenda = told.do("prep", "session", number, "--for", "client").out
    assert f"- Where you were stuck, at the beginning: “{STUCK}”" in agenda


@pytest.mark.req("Echo", "R123")
def test_exact_words_of_the_first_session_are_quoted_and_a_gist_is_not(begun: Coach) -> None:
    takeaways = "[{gist: Slower is fine}, {exact: I like it here.}]"
    wrap = f"kind: wrap\ncommitments: none\ntakeaways: {takeaways}\n"
    begun.do("wrap", "session", "1", "--from", "-", stdin=wrap)
    said = " ".join(prompts(begun.json("prep", "session", "6")))
    assert "you said “I like it here”" in said
    assert "Slower is fine" not in said
    assert "Slower is fine · “I like it here.”" in begun.do("prep", "session", "6").out


def booked(part: Any) -> int:
    return sum(
        one["minutes"] for name in ("activities", "prompts", "questions") for one in part[name]
    )


@pytest.mark.req("Echo")
@pytest.mark.parametrize("number", ["2", "5", "7", "11"])
def test_no_other_session_asks_for_them(told: Coach, number: str) -> None:
    plan = told.json("prep", "session", number)
    assert plan["echo"] == []
    assert not any(HOME.rstrip(".") in prompt for prompt in prompts(plan))


@pytest.mark.req("Echo")
def test_answers_stand_beside_the_words_on_every_page(told: Coach) -> None:
    for number in ("6", "12"):
        told.do("wrap", "session", number, "--from", "-", stdin=ANSWERS.format(number))
    table = (
        "|  | at the beginning | session 6 | session 12 |\n|---|---|---|---|\n"
        f"| Stuck point | {STUCK} | I hear two people 6 talking. |"
        " I hear two people 12 talking. |\n"
        f"| Destination | {THERE} | It still \\*pulls\\*. | It still \\*pulls\\*. |\n"
        f"| Took away | {HOME} | One hand · the other | One hand · the other |\n"
    )
    assert table in told.do("show").out
    assert table in told.do("close", "--print", "career-os").out
    told.do("wrap", "session", "6", "--replace", "--from", "-", stdin=FIRST.replace(HOME, "x"))
    kept = told.json("show")["echo"]
    assert [answer["session"] for answer in kept[0]["answers"]] == [6, 12]


@pytest.mark.req("Echo")
def test_the_last_plan_reads_what_was_said_half_way(told: Coach) -> None:
    told.do("wrap", "session", "6", "--from", "-", stdin=ANSWERS.format("6"))
    page = told.do("prep", "session", "12").out
    assert "## First words" in page
    assert "  - Session 6: I hear two people 6 talking." in page
    assert (
        "Session 6: I hear two people 6"
        in told.do(
            "prep", "session", "12", "--full", "--format", "terminal", env={"COLUMNS": "200"}
        ).out
    )
    agenda = told.do("prep", "session", "12", "--for", "client").out
    assert "In session 6: “It still \\*pulls\\*.”" in agenda


@pytest.mark.req("Echo")
@pytest.mark.slow
def test_other_lengths_have_a_middle_too_and_a_single_session_none(coach: Coach) -> None:
    intake = "kind: intake\nname: {0}\nstuck_point: Stuck because so.\n"
    for name, length, asked in (("Nine", 9, [5, 9]), ("Six", 6, [6]), ("One", 1, [])):
        journey = ["--journey", "single-session"] if length == 1 else ["--sessions", str(length)]
        coach.do("new-client", "--from", "-", *journey, stdin=intake.format(name))
        found = [
            number
            for number in range(1, length + 1)
            if coach.json("prep", "session", str(number), "--client", name.lower())["echo"]
        ]
        assert found == asked, name


@pytest.mark.req("Echo")
def test_a_decision_or_a_tired_client_leaves_only_the_destination(told: Coach) -> None:
    for words in (["--decision"], ["--energy", "low"]):
        plan = told.json("prep", "session", "6", *words)
        assert [words["question"] for words in plan["echo"]] == ["destination"]
        told.do("prep", "session", "6", "--reset")


def test_the_first_session_has_nothing_to_come_back_to(begun: Coach) -> None:
    said = begun.refused(10, "wrap", "session", "1", "--from", "-", stdin=ANSWERS.format("1"))
    assert "<standard input>:4:3: the first session has no earlier words" in said
    wrong = "kind: wrap\ncommitments: none\necho: {stuck: x}\n"
    assert "stuck" in begun.refused(10, "wrap", "session", "6", "--from", "-", stdin=wrong)


def test_a_wrap_without_the_answers_is_told_of_them(told: Coach) -> None:
    wrap = NO_COMMITMENT
    assert "`echo:` in the wrap" in told.do("wrap", "session", "6", "--from", "-", stdin=wrap).err
    assert "`echo:`" not in told.do("wrap", "session", "7", "--from", "-", stdin=wrap).err


@pytest.mark.req("Echo")
def test_at_a_terminal_the_words_are_read_out_and_asked_after(told: Coach) -> None:
    told.today = "2027-03-23"
    run = told.at_a_terminal(
        *("wrap", "session", "6", "--ask"),
        answers=in_turn(
            {
                "focus": "The way",
                "inquiry": [
                    "",
                    "Where they were stuck, in their words today: => Two people talking",
                    "Where they want to go, in their words today: => ",
                    "What they take with them, in their words today: => ",
                ],
            }
        ),
    )
    assert run.code == 0, run.out
    assert f"At the beginning: “{HOME}”" in run.out
    (one, *rest) = told.json("show")["echo"]
    assert one["answers"] == [{"session": 6, "text": "Two people talking"}]
    assert [part["answers"] for part in rest] == [[], []]


@pytest.mark.req("Echo", "R123")
def test_first_words_that_cannot_be_said_whole_stand_on_the_page(coach: Coach) -> None:
    long = "I want, but only if it can be done, what nobody in this whole town has ever been given"
    coach.do("new-client", "--from", "-", stdin=f"kind: intake\nname: Ada\ndestination: {long}\n")
    plan = coach.json("prep", "session", "6")
    assert not any("town" in prompt or "At the start" in prompt for prompt in prompts(plan))
    page = coach.do("prep", "session", "6").out
    assert long in page.partition("## First words")[2].partition("\n## ")[0]
