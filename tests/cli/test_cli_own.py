"""What a coach brings along: lists of questions, files of their own, schemas for the editor."""

from __future__ import annotations

import json
import resource
from pathlib import Path

import pytest

from coaching import Coach
from few import few
from trajplan.content.loader import builtin_folder

LIST = """\
# Closing

Some words of mine.

- What matters more to you now than five years ago?
- Was ist dir wichtig: Geld, Zeit oder „Ruhe“?\x20
- 何が大切ですか？ 🙂
- What would you do, and who would help you?
- Was ist dir wichtig: Geld, Zeit oder „Ruhe“?\x20
"""
KINDS = ("session-blueprint", "journey", "worksheet", "activity")


@pytest.mark.slow
@pytest.mark.req("R60")
def test_a_list_becomes_a_bank_for_review(coach: Coach) -> None:
    source = coach.write("My Questions.md", LIST)
    made = coach.do("questions", "import", source)
    assert "id: my-questions\n" in made.out
    assert 'title: "My Questions"\n' in made.out
    assert 'language: "en"  # suggested\n' in made.out
    assert '    text: "Was ist dir wichtig: Geld, Zeit oder „Ruhe“? "\n' in made.out
    assert '    # two questions in one?\n    text: "What would you do, and' in made.out
    assert made.out.count("  # suggested\n") == 1 + 5 * 4
    assert made.out.count("    tags: [to-review, closing]\n") == 4
    said = made.err.splitlines()
    assert said[0] == ("line 3: skipped (neither in a list nor a question): Some words of mine.")
    assert said[1].startswith("line 9: repeated, imported once (line 6): Was ist dir wichtig")
    assert said[2].startswith("line 5: my-questions-01 is the same as va-five-years: ")
    assert "the tag `closing` has a meaning of its own" in said[3]
    assert said[4] == (
        "4 questions for review in bank `my-questions`; 1 perhaps two in one; 1 known already; "
        "1 repeated, imported once; 1 skipped"
    )
    # What was made works: it is valid, and a plan can ask from it.
    path = coach.write("content/question_banks/mine.yaml", made.out)
    assert coach.do("questions", "check", path).err == "1 checked, no fault\n"
    coach.more["TRAJPLAN_LIBRARY"] = str(coach.home / "content")
    found = coach.json("questions", "list", "--tag", "to-review")
    assert [one["text"] for one in found][1:3] == [
        "Was ist dir wichtig: Geld, Zeit oder „Ruhe“?",
        "何が大切ですか？ 🙂",
    ]


@pytest.mark.slow
def test_import_for_programs_and_from_standard_input(coach: Coach) -> None:
    table = 'Frage;Kategorie;level\r\n"Was, ""wenn""; ja?";Träume;analytical\r\n;leer;\r\n'
    found = coach.run("questions", "import", "-", "--format", "json", "--id", "t", stdin=table)
    assert found.code == 0
    assert found.data == [
        {
            "id": "t-01",
            "text": 'Was, "wenn"; ja?',
            "level": "analytical",
            "breadth": 3,
            "minutes": 4,
            "effort": "normal",
            "targets": ["clarity"],
            "tags": ["to-review", "träume"],
            "suggested": ["breadth", "minutes", "effort", "targets"],
            "compound": False,
            "asks": True,
            "same_as": "",
            "almost": "",
            "changed": "",
            "where": "line 2",
        }
    ]
    assert "line 3: skipped (no question in this row)" in found.err
    tree = coach.run("questions", "import", "-", stdin='{"Past": ["Tell me.", "Who?"], "x": "y"}')
    assert tree.out.count("    tags: [to-review, past]\n") == 2
    assert "x: skipped (does not look like a question): y" in tree.err
    wide = "Question\tLevel\nWhat now?\tanalytical\n".encode("utf-16")
    assert 'text: "What now?"' in coach.do("questions", "import", "-", stdin=wide).out
    plain = coach.do("questions", "import", "-", "--as", "text", stdin="a: b\nWho?\n").out
    assert plain.count("    text: ") == 2
    hostile = coach.do("questions", "import", "-", stdin="Who \x1b[31mis it?\n")
    assert "\x1b" not in hostile.out + hostile.err
    assert "removed from the text: U+001B" in hostile.err


def test_import_says_when_its_bank_would_replace_another(coach: Coach) -> None:
    bank = ("--id", "inquiry-hierarchy")
    said = coach.do("questions", "import", "-", *bank, stdin="Who is it?\n").err
    assert "bank `inquiry-hierarchy` already exists; this one would replace it" in said


@pytest.mark.req("R153")
def test_a_bank_is_written_as_what_its_name_ends_in(coach: Coach) -> None:
    source = coach.write("list.txt", "What now?\n")
    words = ("questions", "import", source, "--id", "mine", "-o")
    for ending in ("md", "csv", "pdf", "odt"):
        said = coach.refused(1, *words, str(coach.home / f"mine.{ending}"))
        assert f"`.{ending}`; the file may end in .yaml, .yml, .json" in said
        assert not (coach.home / f"mine.{ending}").exists()
    said = coach.refused(2, *words, str(coach.home / "mine.yaml"), "--format", "json")
    assert "`.yaml` is for yaml, and this is json" in said
    coach.do(*words, str(coach.home / "mine.json"))
    (question,) = json.loads((coach.home / "mine.json").read_text("utf-8"))
    assert question["text"] == "What now?"
    coach.do(*words, str(coach.home / "mine.YML"))
    assert "What now?" in (coach.home / "mine.YML").read_text("utf-8")


@pytest.mark.slow
def test_import_refuses_with_a_reason_and_writes_over_nothing(coach: Coach) -> None:
    source = coach.write("list.txt", "What now?\n")
    out = str(coach.home / "content" / "question_banks" / "list.yaml")
    assert "cannot be written" in coach.refused(30, "questions", "import", source, "-o", out)
    Path(out).parent.mkdir(parents=True)
    made = coach.do("questions", "import", source, "-o", out)
    assert made.err.splitlines()[-1] == f"next: trajplan questions check {out}"
    text = Path(out).read_text()
    assert text.startswith("# yaml-language-server: $schema=../schemas/question-bank.json\n")
    assert (coach.home / "content" / "schemas" / "question-bank.json").exists()
    assert "--overwrite" in coach.refused(1, "questions", "import", source, "-o", out)
    coach.write("list.txt", "What else?\n")
    coach.do("questions", "import", source, "-o", out, "--overwrite")
    assert "What else?" in Path(out).read_text()
    assert coach.run("questions", "check", out).code == 0
    assert "no file" in coach.refused(20, "questions", "import", "nowhere.md")
    # A table of which only the header is there has none either.
    for text in (" \n", "question,level\n", "read | question"):
        assert "no question found" in coach.refused(1, "questions", "import", "-", stdin=text)
    assert "UTF-8" in coach.refused(10, "questions", "import", "-", stdin=b"Qu\xe9 tal?\n")
    assert "JSON" in coach.refused(10, "questions", "import", "-", "--as", "json", stdin="[1,")
    assert "is not an id" in coach.refused(2, "questions", "import", source, "--id", "Not One")
    assert "not a language code" in coach.refused(
        2, "questions", "import", source, "--language", " "
    )


@pytest.mark.slow
@pytest.mark.parametrize("kind", few(KINDS, 2))
def test_a_file_of_ones_own_is_valid_as_it_is(coach: Coach, kind: str) -> None:
    name = f"my_{kind}" if kind == "activity" else f"my-{kind}"
    made = coach.do("blueprints", "new", name, "--kind", kind)
    path = Path(made.out.strip())
    assert path.is_relative_to(coach.home)
    assert made.err == f"next: change it, then trajplan blueprints check {path}\n"
    text = path.read_text()
    schema = text.split("\n")[0].partition("$schema=")[2]
    kept = json.loads((path.parent / schema).read_text())
    assert kept["title"] == kind
    assert len([line for line in text.splitlines() if line.lstrip().startswith("#")]) > 4
    assert coach.run("blueprints", "check").code == 0
    hints = coach.run("blueprints", "lint", "--strict")
    assert (hints.code, hints.out) == (0, "")
    shown = coach.json("blueprints", "show", name, "--kind", kind)
    assert (shown["layer"], shown["id"]) == ("user", name)
    assert "already exists" in coach.refused(1, "blueprints", "new", name, "--kind", kind)
    assert path.read_text() == text


@pytest.mark.slow
def test_a_bank_and_a_prompt_of_ones_own(coach: Coach) -> None:
    bank = Path(coach.do("questions", "new", "my-week", "--title", 'The "week"').out.strip())
    assert "title: 'The \"week\"'\n" in bank.read_text()
    assert coach.run("questions", "lint", "--strict").code == 0
    assert coach.json("questions", "show", "my-week-turn")["bank"] == "my-week"
    prompt = coach.do("blueprints", "new", "re-decide", "--kind", "prompt")
    assert "replaces the built-in prompt" in prompt.err
    assert "# Filled in: {objective}." in Path(prompt.out.strip()).read_text()
    assert coach.run("blueprints", "check").code == 0
    # A new prompt would be said by nobody.
    assert "`re-decide`" in coach.refused(20, "blueprints", "new", "mine", "--kind", "prompt")
    assert "is not an id" in coach.refused(2, "questions", "new", "My Bank")
    assert "`grow-" in coach.refused(1, "questions", "new", "grow-goal")
    elsewhere = str(coach.home / "x.yaml")
    assert coach.do("questions", "new", "other", "-o", elsewhere).out == f"{elsewhere}\n"
    assert "language-server" not in Path(elsewhere).read_text()
    assert "already a file" in coach.refused(1, "questions", "new", "third", "-o", elsewhere)


@pytest.mark.slow
def test_schemas_are_printed(coach: Coach) -> None:
    kept = json.loads((builtin_folder() / "schemas" / "question-bank.json").read_text())
    assert coach.do("questions", "schema").data == kept
    assert coach.do("blueprints", "schema", "--kind", "worksheet").data["title"] == "worksheet"
    every = coach.do("blueprints", "schema").data
    assert {"session-blueprint", "worksheet", "prompt"} <= set(every["$defs"])


def asked(coach: Coach, *options: str) -> dict[str, object]:
    plan: dict[str, object] = coach.json("prep", "session", "4", *options)
    return plan


def ids(plan: dict[str, object]) -> list[str]:
    segments = plan["segments"]
    assert isinstance(segments, list)
    return [question["id"] for segment in segments for question in segment["questions"]]


@pytest.mark.slow
@pytest.mark.req("R60")
def test_a_question_is_retired_for_one_client(begun: Coach) -> None:
    name = ids(asked(begun))[0]
    begun.do("new-client", "Other Client", "--start", "2027-01-12")
    done = begun.do("questions", "update", name, "--never", "--client", "sample-client")
    assert done.first == f"# Sample Client · from session 1 on · question {name}"
    plan = asked(begun, "--client", "sample-client", "--explain")
    assert name not in ids(plan)
    assert [influence for influence in plan["influences"] if influence["id"] == "retired"] == [  # type: ignore[attr-defined]
        {
            "id": "retired",
            "because": f"you retired `{name}`",
            "effect": "it was not considered",
        }
    ]
    assert "for Sample Client since 2027-02-23" in begun.do("questions", "show", name).out
    shown = begun.json("questions", "show", name)["retired"]
    assert [(one["client"], one["since"]) for one in shown] == [("sample-client", "2027-02-23")]
    assert [question["id"] for question in begun.json("questions", "list", "--retired")] == [name]
    # Nobody else's plan is touched by it.
    other = begun.json("prep", "session", "4", "--client", "other-client", "--with", name)
    assert name in ids(other)
    assert not [finding for finding in other["findings"] if "retired" in finding["message"]]
    # What is asked for by name wins, and the plan says so.
    wished = asked(begun, "--client", "sample-client", "--with", name)
    assert name in ids(wished)
    assert [
        finding["message"] for finding in wished["findings"] if "retired" in finding["message"]
    ] == [  # type: ignore[attr-defined]
        f"`{name}` is retired; you asked for it, so it is planned all the same"
    ]
    begun.do("questions", "update", name, "--again", "--client", "sample-client")
    again = asked(begun, "--client", "sample-client", "--reset")
    assert name in ids(again)
    assert "Retired" not in begun.do("questions", "show", name).out


@pytest.mark.slow
def test_a_question_is_retired_for_good(begun: Coach) -> None:
    name = ids(asked(begun))[0]
    done = begun.do("questions", "update", name, "--never")
    assert done.first == f"# Every client · from the next plan on · question {name}"
    # The plan that was kept is made anew without it.
    assert name not in ids(asked(begun))
    assert "nothing has changed" in begun.do("questions", "update", name, "--never").out
    begun.do("questions", "update", name, "--never", "--client", "sample-client")
    begun.do("questions", "update", name, "--again")
    assert name not in ids(asked(begun))
    told = begun.refused(1, "questions", "update", name, "--again")
    assert f"`trajplan questions show {name}` says for whom it is" in told
    begun.do("questions", "update", name, "--again", "--client", "sample-client")
    assert name in ids(asked(begun))
    assert "is not retired" in begun.refused(1, "questions", "update", name, "--again")
    assert "--never" in begun.refused(2, "questions", "update", name)
    assert "did you mean" in begun.refused(20, "questions", "update", f"{name}x", "--never")
    assert "no client" in begun.refused(
        20, "questions", "update", name, "--never", "--client", "nobody"
    )


@pytest.mark.slow
def test_a_name_that_is_no_text_breaks_nothing(coach: Coach) -> None:
    """Bytes that are not UTF-8 reach a program as half characters."""
    name = coach.write("mine\udcff.md", "What do you want?\n")
    made = coach.do("questions", "import", name)
    assert 'title: "Mine?"\n' in made.out
    for words in (
        ["questions", "import", name],
        ["questions", "new", "mine"],
        ["blueprints", "new", "mine", "--kind", "worksheet"],
    ):
        said = coach.refused(2, *words, "--title", "a\udcff")
        assert "the title holds half a character" in said
    assert not list(coach.home.rglob("mine.yaml"))


@pytest.mark.slow
def test_a_schema_that_cannot_be_laid_leaves_no_file_behind(coach: Coach) -> None:
    folder = coach.home / "content" / "schemas"
    place = folder / "question-bank.json"
    bank = coach.home / "content" / "question_banks" / "mine.yaml"
    place.mkdir(parents=True)
    said = coach.refused(30, "questions", "new", "mine", "-o", str(bank))
    assert "question-bank.json` cannot be written" in said
    assert not bank.exists()
    # What lies there may be no text; it makes way all the same.
    place.rmdir()
    place.write_bytes(b"\xff\xfe")
    coach.do("questions", "new", "mine", "-o", str(bank))
    assert json.loads(place.read_text(encoding="utf-8"))
    assert coach.do("questions", "check", str(bank)).err == "1 checked, no fault\n"


@pytest.mark.slow
def test_a_full_disk_leaves_no_half_file_behind(coach: Coach) -> None:
    bank = coach.home / "mine.yaml"
    new = ("questions", "new", "mine", "-o", str(bank))
    coach.do("questions", "list")
    # Else Python would leave half a compiled file behind, where every later command trips over it.
    coach.more["PYTHONDONTWRITEBYTECODE"] = "1"
    full = coach.process(*new, preexec_fn=_no_room)
    assert full.code == 30, full.err
    assert "mine.yaml` cannot be written" in full.err
    assert not bank.exists()


def _no_room() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (16, 16))
