"""`questions lint` and `blueprints lint` as a coach types them."""

from __future__ import annotations

import pytest

from coaching import Coach
from trajplan.content.loader import builtin_folder

SPOKEN = """\
Coach: Have you thought about asking your manager?

What would it mean to you if you got it?
Why didn't you do it?
On a scale of 1 to 10, where are you?
"""
BANK = """\
kind: question-bank
id: mine
title: Mine
questions:
  - {id: mine-one, text: Do you like it?, level: informational, breadth: 3, minutes: 3}
  - id: mine-two
    text: What would you have to give up to make some room for it?
    level: analytical
    breadth: 3
    minutes: 3
"""


@pytest.mark.req("R23", "R60")
def test_lines_from_standard_input(coach: Coach) -> None:
    found = coach.run("questions", "lint", "-", "--format", "json", stdin=SPOKEN)
    assert found.code == 0
    assert [(line["line"], line["open"], line["level"], line["hints"]) for line in found.data] == [
        (1, False, "informational", ["closed", "advice-in-disguise"]),
        (3, True, "transformational", []),
        (4, True, "analytical", ["why-blame"]),
        (5, True, "informational", []),
    ]
    # The text is what was typed, the speaker's name included.
    assert [line["text"] for line in found.data] == [line for line in SPOKEN.splitlines() if line]
    plain = coach.do("questions", "lint", "-", stdin=SPOKEN)
    assert [line.split(": ")[:2] for line in plain.out.splitlines()] == [
        ["<standard input>:1", "closed"],
        ["<standard input>:1", "advice-in-disguise"],
        ["<standard input>:4", "why-blame"],
    ]
    assert plain.err == "4 lines: 3 hints\n"


def test_input_of_any_kind_is_judged_or_refused(coach: Coach) -> None:
    assert coach.json("questions", "lint", "-", stdin="") == []
    assert coach.json("questions", "lint", "-", stdin="\n \n\t\n") == []
    crlf = coach.json("questions", "lint", "-", stdin="One?\r\n\r\nWhat now?\r\n")
    assert [(line["line"], line["text"]) for line in crlf] == [(1, "One?"), (3, "What now?")]
    hostile = coach.do("questions", "lint", "-", stdin="Do you \x1b[31mlike it?\n").out
    assert "\x1b" not in hostile
    assert "UTF-8" in coach.refused(10, "questions", "lint", "-", stdin=b"What\xff?\n")
    assert "stands alone" in coach.refused(2, "questions", "lint", "-", "x.yaml")


@pytest.mark.slow
def test_the_shipped_library_has_no_hint(coach: Coach) -> None:
    banks = coach.do("questions", "lint", "--strict")
    assert (banks.out, banks.err.split(": ")[1]) == ("", "no hints\n")
    blueprints = coach.do("blueprints", "lint", "--strict")
    assert (blueprints.out, blueprints.err.split(": ")[1]) == ("", "no hints\n")


@pytest.mark.slow
def test_own_banks_lists_and_foreign_files(coach: Coach) -> None:
    bank = coach.write("mine.yaml", BANK)
    found = coach.run("questions", "lint", bank)
    assert found.code == 0
    lines = found.out.splitlines()
    assert lines[0].startswith(f"{bank}:5: closed: “Do you like it”: yes or no")
    # Nothing was said before that “it” could mean.
    assert lines[1].startswith(f"{bank}:5: dangling: “it”: this points at nothing said before")
    # The second is too close to a shipped one.
    assert lines[2].startswith(f"{bank}:7: near-duplicate: almost the same as `grow-will-put-down`")
    assert len(lines) == 3
    assert found.err == "2 questions in 1 file: 3 hints\n"
    assert coach.run("questions", "lint", bank, "--strict").code == 10
    data = coach.json("questions", "lint", bank)
    assert data[0].keys() == {"file", "line", "hint", "about", "words", "message"}
    assert (data[0]["about"], data[0]["line"], data[0]["hint"]) == ("mine-one", 5, "closed")

    listed = coach.write(
        "list.md", "# Do you?\n\n- Do you like it?\n- How does your boss see it?\n"
    )
    hints = [
        line.split(": ")[:2] for line in coach.do("questions", "lint", listed).out.splitlines()
    ]
    assert hints == [[f"{listed}:3", "closed"], [f"{listed}:4", "presumes"]]

    foreign = coach.write("foreign.yaml", "items:\n  - Why did you leave?\n  - What happened?\n")
    other = coach.do("questions", "lint", foreign)
    assert other.out.startswith(f"{foreign}:2: why-blame")
    assert "not a trajplan question bank" in other.err

    assert "no file" in coach.refused(20, "questions", "lint", "missing.yaml")
    session = coach.write("s.yaml", "kind: session-blueprint\nid: s\n")
    assert "blueprints lint" in coach.refused(1, "questions", "lint", session)
    assert "questions lint" in coach.refused(1, "blueprints", "lint", bank)
    assert ":1:" in coach.refused(10, "blueprints", "lint", session)
    broken = coach.write("broken.yaml", "a: [\n")
    assert f"{broken}:" in coach.refused(10, "questions", "lint", broken)


@pytest.mark.slow
def test_a_bank_of_the_coachs_own_is_linted_with_the_library(coach: Coach) -> None:
    silence = "silence: {closed: I ask this one on purpose.}, "
    text = BANK.replace("text: Do", f"{silence}text: Do")
    coach.write("content/question_banks/mine.yaml", text)
    coach.more["TRAJPLAN_LIBRARY"] = str(coach.home / "content")
    found = coach.do("questions", "lint").out.splitlines()
    assert [line.split(": ")[1] for line in found] == ["dangling", "near-duplicate"]


@pytest.mark.req("R53")
def test_a_blueprint_that_offers_options_first_is_named(coach: Coach) -> None:
    text = (builtin_folder() / "blueprints/sessions/grow.yaml").read_text()
    line = text.splitlines().index("    stance: options") + 1
    path = coach.write("hasty.yaml", f"{text}phases: [foundation]\n")
    found = coach.do("blueprints", "lint", path)
    assert found.out.startswith(f"{path}:{line}: solution-trap: options in the foundation phase")
    assert found.err == "1 file: 1 hint\n"
    assert coach.run("blueprints", "lint", path, "--strict").code == 10
    allowed = "silence: {solution-trap: This client brings the list along.}\n"
    quiet = coach.write("quiet.yaml", f"{text}phases: [foundation]\n{allowed}")
    assert coach.do("blueprints", "lint", quiet).out == ""


@pytest.mark.slow
def test_lint_on_a_terminal(coach: Coach) -> None:
    bank = coach.write("mine.yaml", BANK)
    seen = coach.do("questions", "lint", bank, "--format", "terminal").out
    assert "closed: “Do you like it”" in " ".join(seen.split())
    quiet = coach.write("good.txt", "What matters here?\n")
    silent = coach.do("questions", "lint", quiet, "--format", "terminal")
    assert (silent.out, silent.err) == ("", "1 question in 1 file: no hints\n")
