"""Blueprints and questions: looked into, searched, checked; faults located; what is left out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from coaching import Coach

BROKEN_BANK = """\
kind: question-bank
id: {id}
title: Broken
language: en
questions:
  - {{id: b-1, text: What is here?, level: informative, breadth: 3, minutes: 4}}
  - {{id: b-2, text: What is there?, level: analytical, breadth: 9, minutes: 4}}
"""
BROKEN_BLUEPRINT = """\
kind: session-blueprint
id: {id}
title: Broken
method: integrative
phases: [exploration]
minutes: 90
objectives: [One]
segments:
  - {{id: arrive, component: context_setting, title: A, minutes: {{min: 10, ideal: 12, max: 15}}}}
"""
EXAMPLES = Path(__file__).parents[1] / "content"
KINDS = ["session-blueprint", "journey", "activity", "prompt"]


def own(coach: Coach, path: str, text: str) -> Path:
    """Put a file into a library folder of the coach's own."""
    coach.more["TRAJPLAN_LIBRARY"] = str(coach.home / "own")
    return Path(coach.write(f"own/{path}", text))


def test_blueprints_are_listed_with_where_they_come_from(coach: Coach) -> None:
    page = coach.do("blueprints").out
    assert page == coach.do("blueprints", "list").out
    for name in ("grow", "deciding-well", "first-session", "closing-session", "integrative-12"):
        assert f"· `{name}` · built-in" in page
    for kind in KINDS:
        found = coach.json("blueprints", "--kind", kind)
        assert found
        assert {one["kind"] for one in found} == {kind}
        shown = coach.json("blueprints", "show", found[0]["id"], "--kind", kind)
        assert shown["id"] == found[0]["id"]
        assert found[0]["title"] in coach.do("blueprints", "show", found[0]["id"]).out


def test_a_blueprint_and_a_journey_are_shown_in_full(coach: Coach) -> None:
    page = coach.do("blueprints", "show", "grow").out
    assert "(5–15 min, ideally 14; context" in page
    journey = coach.do("blueprints", "show", "integrative-12").out
    assert "every 14 days, 90 minutes" in journey
    steps = coach.json("blueprints", "show", "integrative-12")["sessions"]
    assert len(steps) == 12
    assert f"**Session 4:** {steps['4']['step']}" in journey


def test_a_search_finds_where_every_word_occurs(coach: Coach) -> None:
    ids = [one["id"] for one in coach.json("blueprints", "search", "goal", "REALITY")]
    assert "grow" in ids
    assert "closing-session" not in ids
    assert coach.json("blueprints", "search", "goal", "zzzz") == []
    assert "Nothing found." in coach.do("blueprints", "search", "zzzz").out
    found = coach.json("questions", "search", "bad", "day")
    assert found
    for one in found:
        words = " ".join((one["id"], one["text"], one["stage"], *one["tags"])).lower()
        assert "bad" in words
        assert "day" in words
    assert "No question found." in coach.do("questions", "search", "zzzz").out


def test_questions_are_filtered_and_shown(coach: Coach) -> None:
    everything = coach.json("questions")
    assert len(everything) >= 150
    assert len({question["id"] for question in everything}) == len(everything)
    for option, value, field in (
        ("--bank", "grow", lambda one: one["bank"] == "grow"),
        ("--level", "analytical", lambda one: one["level"] == "analytical"),
        ("--target", "clarity", lambda one: "clarity" in one["targets"]),
        ("--phase", "activation", lambda one: not one["phases"] or "activation" in one["phases"]),
        ("--tag", "closing", lambda one: "closing" in one["tags"]),
    ):
        found = coach.json("questions", "list", option, value)
        assert found == [question for question in everything if field(question)]
        assert 0 < len(found) < len(everything)
    banks = {bank["id"] for bank in coach.json("questions", "--banks")}
    assert banks >= {
        *("inquiry-hierarchy", "grow", "assumption-challenging", "review-ritual"),
        *("coaching-inquiries", "scaled-check-ins"),
    }
    one = everything[0]
    page = coach.do("questions", "show", one["id"]).out
    assert page.startswith("# ")
    assert "**Level:** " in page
    assert coach.json("questions", "show", "grow")["id"] == "grow"


def test_the_shipped_library_has_no_fault(coach: Coach) -> None:
    for noun in ("blueprints", "questions"):
        found = coach.do(noun, "check")
        assert found.out == ""
        assert "checked, no fault" in found.err


@pytest.mark.req("R40")
def test_check_names_every_fault_with_its_place_and_ends_with_ten(coach: Coach) -> None:
    bank = own(coach, "question_banks/broken.yaml", BROKEN_BANK.format(id="broken"))
    blueprint = own(coach, "blueprints/sessions/mine.yaml", BROKEN_BLUEPRINT.format(id="mine"))
    lines = coach.refused(10, "questions", "check").splitlines()
    assert [line.split(": ")[0].removeprefix(str(bank)) for line in lines] == [":6:43", ":7:65"]
    assert lines[0].endswith("(questions[0].level)")
    assert lines[1].endswith("(questions[1].breadth)")
    lines = coach.refused(10, "blueprints", "check").splitlines()
    assert all(line.startswith(f"{blueprint}:") for line in lines)
    assert any("strategic_inquiry" in line or "Strategic Inquiry" in line for line in lines)
    assert all(line.endswith(")") for line in lines)
    single = coach.refused(10, "questions", "check", str(bank)).splitlines()
    assert len(single) == 2


def test_a_single_file_is_checked_before_it_is_put_anywhere(coach: Coach) -> None:
    broken = coach.write("draft.yaml", BROKEN_BANK.format(id="draft"))
    assert len(coach.refused(10, "questions", "check", broken).splitlines()) == 2
    good = coach.write(
        "good.yaml",
        BROKEN_BANK.format(id="good").replace("informative", "analytical").replace("9", "4"),
    )
    assert "1 checked, no fault" in coach.do("questions", "check", good).err
    assert "good" not in [bank["id"] for bank in coach.json("questions", "--banks")]


def test_prep_leaves_a_faulty_file_out_and_says_so_each_time(begun: Coach) -> None:
    plain = begun.do("prep", "session", "4").out
    bank = own(begun, "question_banks/broken.yaml", BROKEN_BANK.format(id="broken"))
    for _ in range(2):
        found = begun.do("prep", "session", "4")
        assert f"left out because of its faults: {bank} (2 faults;" in found.err
        assert found.out == plain
    assert "left out" in begun.do("questions").err


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("question_banks/inquiry-hierarchy.yaml", BROKEN_BANK.format(id="inquiry-hierarchy")),
        (
            "blueprints/sessions/exploration-possibilities.yaml",
            BROKEN_BLUEPRINT.format(id="exploration-possibilities"),
        ),
    ],
)
def test_prep_ends_with_ten_when_a_file_it_needs_is_faulty(
    begun: Coach, path: str, text: str
) -> None:
    file = own(begun, path, text)
    before = begun.practice.read_bytes()
    lines = begun.refused(10, "prep", "session", "4").splitlines()
    assert all(line.startswith(f"{file}:") for line in lines)
    assert begun.practice.read_bytes() == before


def test_prep_ends_with_ten_for_a_faulty_blueprint_it_is_asked_for(begun: Coach) -> None:
    own(begun, "blueprints/sessions/mine.yaml", BROKEN_BLUEPRINT.format(id="mine"))
    begun.refused(10, "prep", "session", "4", "--blueprint", "mine")
    begun.do("prep", "session", "4")


def test_a_journey_that_is_faulty_stops_new_client_and_nothing_is_kept(coach: Coach) -> None:
    own(
        coach,
        "blueprints/journeys/integrative-12.yaml",
        "kind: journey\nid: integrative-12\ntitle: T\nmethod: integrative\nphases: []\n",
    )
    said = coach.refused(10, "new-client", "Ann")
    assert "integrative-12.yaml:" in said
    assert not coach.practice.exists()


BREAKING = [
    *("explore-29", "explore-narrow", "options-first", "options-between", "nothing-explored"),
    *("component-missing", "component-misplaced", "component-first", "zero-minutes", "context-9"),
    *("context-16", "explored-while-arriving", "four-objectives"),
]


@pytest.mark.req("R40", "R41", "R52")
def test_content_that_breaks_a_rule_is_refused_with_its_place_and_reason(coach: Coach) -> None:
    """All in one run: each file's faults stand where its first lines say, and no other."""
    for example in (EXAMPLES / "valid").rglob("*.yaml"):
        place = example.relative_to(EXAMPLES / "valid")
        own(coach, str(place), example.read_text(encoding="utf-8"))
    # The boundary itself: what is refused at 29 minutes passes at 30.
    text = example_text("explore-29")
    one_more = text.replace("ideal: 12, max: 14", "ideal: 12, max: 15")
    assert one_more != text
    own(coach, "blueprints/sessions/explore-30.yaml", named(one_more, "explore-30"))
    coach.do("blueprints", "check")
    coach.do("questions", "check")

    expected = set()
    for name in BREAKING:
        text = example_text(name)
        file = own(coach, f"blueprints/sessions/{name}.yaml", named(text, name))
        for place, message in re.findall(r"# expect (\d+:\d+) (.+)", text):
            expected.add((f"{file}:{place}: ", message))
    lines = coach.refused(10, "blueprints", "check").splitlines()
    assert len(lines) == len(expected)
    for place, message in expected:
        assert any(line.startswith(place) and message in line for line in lines), (place, lines)


def example_text(name: str) -> str:
    file = EXAMPLES / "invalid" / "blueprints" / "sessions" / f"{name}.yaml"
    return file.read_text(encoding="utf-8")


def named(text: str, name: str) -> str:
    """The same blueprint under another id."""
    return re.sub(r"^id: \S+$", f"id: {name}", text, count=1, flags=re.M)


def test_the_coachs_own_file_stands_in_place_of_the_shipped_one(begun: Coach) -> None:
    shipped = (
        Path(__file__).parents[2] / "blueprints" / "sessions" / "exploration-possibilities.yaml"
    )
    text = shipped.read_text(encoding="utf-8").replace(
        "title: Open up possibilities", "title: Mine now"
    )
    own(begun, "blueprints/sessions/exploration-possibilities.yaml", text)
    assert "Mine now" in begun.do("prep", "session", "4").out
    assert "workspace, in place of another" in begun.do("blueprints").out
    assert begun.json("blueprints", "show", "exploration-possibilities")["layer"] == "workspace"
    begun.more["TRAJPLAN_LIBRARY"] = ""
    assert "Open up possibilities" in begun.do("prep", "session", "4").out


def test_the_users_own_folder_is_read_too(begun: Coach) -> None:
    bank = BROKEN_BANK.format(id="mine").replace("informative", "analytical").replace("9", "4")
    begun.write("CONFIG/trajplan/question_banks/mine.yaml", bank)
    found = {bank["id"]: bank for bank in begun.json("questions", "--banks")}
    assert found["mine"]["layer"] == "user"


@pytest.mark.slow
@pytest.mark.req("R69")
def test_an_offer_without_asking_first_is_named_by_the_lint(coach: Coach) -> None:
    def hints(tags: str) -> str:
        text = (
            "kind: question-bank\nid: mine\ntitle: Mine\nlanguage: en\nquestions:\n"
            "  - {id: a, text: What would help now?, level: analytical, breadth: 3,"
            f" minutes: 3{tags}}}\n"
            "  - {id: b, text: 'Which of three ways I have seen fits you?', level: analytical,"
            " breadth: 2, minutes: 3, tags: [offer]}\n"
            "sequences:\n  - {id: s, questions: [a, b]}\n"
        )
        return coach.do("questions", "lint", coach.write("mine.yaml", text)).out

    assert "offer-without-permission" in hints("")
    assert "offer-without-permission" not in hints(", tags: [permission]")
    said = "In my experience, people change jobs in spring.\n"
    assert "offer-without-permission" in coach.do("questions", "lint", "-", stdin=said).out


def test_an_id_in_a_list_can_be_copied_from_a_terminal(coach: Coach) -> None:
    found = coach.json("blueprints", "list")
    page = coach.do("blueprints", "list", "--format", "terminal").out
    assert all(one["id"] in page for one in found)
    assert max(map(len, page.splitlines())) <= 80
