"""A megabyte of anything is answered soon, in little room, and in few words (R161)."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from coaching import COMMAND, Coach, rows
from doors import DOORS, MEGABYTE, READ_BYTES, TROUBLE, Door, knock
from few import few
from growth import keeps_in_step

pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
BY_NAME = {door.name: door for door in DOORS}


def brought(coach: Coach, door: Door, suffix: str, trouble: str, size: int) -> list[str]:
    """Which bounds a command passes when this is brought to it."""
    config = coach.home / "CONFIG" / "trajplan"
    file = config / door.home if door.home else coach.home / f"brought{suffix}"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(TROUBLE[trouble]()[:size])
    environ = {name: value for name, value in coach.environ.items() if value is not None}
    if door.home:
        environ["TRAJPLAN_CACHE"] = str(coach.home / "own-cache")
    answer = knock(door, file, environ)
    if door.home:
        file.unlink()
    return answer.faults()


KNOWN = [
    ("import", ".md", "short items"),
    ("worksheet", ".yaml", "unknown keys"),
    ("settings", ".toml", "toml deep"),
    ("template", ".txt", "template loop"),
]
MORE = [
    ("import", ".txt", "questions"),
    ("import", ".txt", "empty lines"),
    ("commitment", ".txt", "deep brackets"),
    ("blueprints check", ".yaml", "bank"),
    ("lint", ".txt", "one letter a line"),
    ("lint", ".md", "question marks"),
    ("new client", ".yaml", "unknown keys"),
    ("wrap", ".md", "boxes"),
    ("wrap", ".yaml", "bomb"),
    ("replay", ".jsonl", "replay"),
    ("note piped", ".txt", "one word"),
    ("search", ".txt", "words"),
    ("practice", ".json", "json brackets"),
    ("encrypted", ".age", "age"),
    ("encrypted", ".age", "age keys"),
    ("key", ".txt", "one letter a line"),
    ("settings", ".toml", "toml keys"),
    ("template", ".txt", "template text"),
]


@pytest.mark.slow
@pytest.mark.req("R161")
@pytest.mark.parametrize(("door", "suffix", "trouble"), KNOWN)
def test_a_megabyte_is_answered(held: Coach, door: str, suffix: str, trouble: str) -> None:
    assert brought(held, BY_NAME[door], suffix, trouble, MEGABYTE) == []


@pytest.mark.slow
@pytest.mark.parametrize("size", [MEGABYTE, READ_BYTES], ids=["megabyte", "read"])
@pytest.mark.parametrize(("door", "suffix", "trouble"), KNOWN + MORE)
def test_more_of_a_megabyte_is_answered(
    held: Coach, door: str, suffix: str, trouble: str, size: int
) -> None:
    assert brought(held, BY_NAME[door], suffix, trouble, size) == []


def test_of_many_messages_the_first_are_said_and_the_rest_is_counted(coach: Coach) -> None:
    keys = "".join(f"key{number}: x\n" for number in range(300))
    said = coach.refused(10, "new-client", "Zoe", "--from", "-", stdin=keys).splitlines()
    assert len(said) == 51
    assert "unknown key `key0`" in said[0]
    assert said[-1] == "… and 251 more"  # the missing key `start` among them


def test_a_message_quotes_no_more_than_is_read(held: Coach) -> None:
    said = held.refused(2, "commitments", "add", "x", "--when", "y" * 5000)
    assert len(said) < 1200
    said = held.refused(2, "commitments", "z" * 5000)
    assert max(map(len, said.splitlines())) < 1200


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- a\n" * 30_000, "30,001 lines, and a list of questions has at most 20,000"),
        ("- What is {}?\n", "holds 2,001 questions, and 2,000 are read at once"),
        ("- a\n- " + "b" * 6000 + "\n", "line 2: 6,002 characters are more than a question has"),
    ],
)
@pytest.mark.parametrize("command", ["import", "lint"])
def test_a_list_too_long_to_be_one_is_refused_by_its_size(
    coach: Coach, command: str, text: str, said: str
) -> None:
    text = "".join(text.format(number) for number in range(2001)) if "{" in text else text
    path = coach.write("list.md", text)
    assert said in coach.refused(1, "questions", command, path)


@pytest.mark.slow
def test_a_list_of_two_thousand_questions_is_read(coach: Coach) -> None:
    text = "".join(f"- What is {number}?\n" for number in range(2000))
    coach.do("questions", "lint", coach.write("list.md", text))


def test_too_many_words_to_look_for(held: Coach) -> None:
    assert "40 can be looked for at once" in held.refused(2, "search", "a b " * 30)


@pytest.mark.req("R161", "R147")
def test_a_page_too_long_for_paper_is_refused_before_it_is_set(held: Coach) -> None:
    text = "The morning went on for a long time, and I wrote down what was said. " * 3500
    for session in ("3", "4"):
        held.do("notes", "add", "-", "--session", session, stdin=text)
    said = held.refused(1, "notes", "-o", str(held.home / "notes.pdf"))
    assert "too long for a PDF" in said
    assert not (held.home / "notes.pdf").exists()
    held.do("notes", "-o", str(held.home / "notes.html"))


@pytest.mark.slow
@pytest.mark.req("R161", "R147")
def test_the_list_of_all_questions_is_set_in_less_than_200_mb(coach: Coach) -> None:
    """With nothing in the cache, which takes the most."""
    shutil.rmtree(coach.cache, ignore_errors=True)
    file = coach.home / "questions.pdf"
    # A small process starts it: the system counts what a child held before it became the command.
    measure = (
        "import resource, subprocess, sys; code = subprocess.run(sys.argv[1:]).returncode;"
        "print(code, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    words = [
        sys.executable,
        "-I",
        "-c",
        measure,
        str(COMMAND),
        "questions",
        "list",
        "-o",
        str(file),
    ]
    told = subprocess.run(
        words, env=coach.spawn_environ, cwd=coach.home, capture_output=True, text=True, check=True
    )
    code, most = map(int, told.stdout.split()[-2:])
    assert (code, file.exists()) == (0, True)
    assert most * (1 if sys.platform == "darwin" else 1024) < 200 * MEGABYTE


@pytest.mark.slow
@pytest.mark.parametrize("key", few(["asked", "not_asked", "handed_out", "scaled"], 2))
def test_thousands_of_names_that_nothing_has(held: Coach, key: str) -> None:
    def refused(count: int) -> str:
        names = [f"q{number}" for number in range(count)]
        listed = (
            f"{{{', '.join(f'{name}: 3' for name in names)}}}"
            if key == "scaled"
            else f"[{', '.join(names)}]"
        )
        file = held.write("names.yaml", f"kind: wrap\ncommitments: none\n{key}: {listed}\n")
        return held.refused(10, "wrap", "5", "--from", file)

    assert keeps_in_step(refused, 8_000)
    first, *_, last = refused(4_000).splitlines()
    assert "`q0`" in first
    assert any(words in first for words in ("; possible: ", "; did you mean ", "; there is none"))
    assert last == "… and 3,950 more"


REPEATED = {
    "commitments by name": (
        "What the client takes on",
        "### Commitment 1\n\n- What: a\n- By when: friday\n- How they will know: b\n\n",
    ),
    "commitments with a day that is none": (
        "What the client takes on",
        "- What: a\n- By when: quux\n- How they will know: b\n- Deadline: quux\n\n",
    ),
    "one belief": ("Beliefs you heard", "- a\n"),
    "rows": ("Where the client stands", "| Clarity | 4 |\n"),
    "answers": ("Minutes it took", "Answer: 7\n"),
}


@pytest.mark.slow
@pytest.mark.parametrize("part", few(REPEATED, 2))
def test_a_form_with_very_many_parts_is_read_in_step_with_its_size(held: Coach, part: str) -> None:
    heading, lines = REPEATED[part]
    form = held.do("wrap", "session", "5", "--form").out
    before, below = form.split(f"## {heading}\n", 1)

    def read(size: int) -> list[str]:
        text = f"{before}## {heading}\n\n{lines * (size // len(lines))}{below}"
        file = held.write("wrap.md", text)
        return held.run("wrap", "session", "5", "--from", file).err.splitlines()

    assert len(read(200_000)) <= 51
    assert keeps_in_step(read, 200_000)


def test_of_far_too_many_commitments_only_their_number_is_said(held: Coach) -> None:
    block = "- What: a\n- By when: quux\n- How they will know: b\n\n"
    form = held.do("wrap", "session", "5", "--form").out
    before, below = form.split("### Commitment 1\n", 1)
    file = held.write("wrap.md", f"{before}{block * 30}{below}")
    row = "{what: a, when: quux, how_will_i_know: b}"
    yaml = held.write("wrap.yaml", f"kind: wrap\ncommitments: [{', '.join([row] * 30)}]\n")
    for name in (file, yaml):
        said = held.refused(10, "wrap", "session", "5", "--from", name)
        assert "30 commitments; a sheet holds one to 3, so keep those that matter most" in said
        assert "quux" not in said


@pytest.mark.slow
def test_thousands_of_days_that_are_none(held: Coach) -> None:
    heads = {
        ("wrap", "5"): ("kind: wrap\ncommitments: none\nnotes", "text: a, kind: working, purge_on"),
        ("new-client",): ("kind: intake\nname: Ada\nindicators", "name: a, when"),
    }
    for words, (above, row) in heads.items():

        def refused(count: int, *, words: Any = words, above: str = above, row: str = row) -> str:
            days = "".join(f"  - {{{row}: quux{number}z}}\n" for number in range(count))
            return held.refused(10, *words, "--from", held.write("days.yaml", f"{above}:\n{days}"))

        # A day that is none is looked for in other languages too, so the first hundred cost most.
        assert keeps_in_step(refused, 2_400)
        assert "`quux0z` is not a day" in refused(1_200).splitlines()[0]


@pytest.mark.parametrize("part", ["Beliefs you heard", "Parked for another time"])
def test_a_list_of_a_form_too_long_to_be_one_is_refused(held: Coach, part: str) -> None:
    form = held.do("wrap", "session", "5", "--form").out
    before, below = form.split(f"## {part}\n", 1)
    points = "".join(f"- a{number}\n" for number in range(5_001))
    file = held.write("wrap.md", f"{before}## {part}\n\n{points}{below}")
    said = held.refused(10, "wrap", "session", "5", "--from", file)
    assert "5,001 points; a list holds up to 5,000" in said


def test_a_belief_told_thousands_of_times_is_one(held: Coach) -> None:
    form = held.do("wrap", "session", "5", "--form").out
    before, below = form.split("## Beliefs you heard\n", 1)
    points = "- Nobody hires at my age\n" * 4_000
    file = held.write("wrap.md", f"{before}## Beliefs you heard\n\n{points}{below}")
    held.do("wrap", "session", "5", "--from", file)
    told = "SELECT count(*) FROM assumptions WHERE text = 'Nobody hires at my age'"
    assert rows(held.practice, told) == [(1,)]


@pytest.mark.parametrize("part", ["goals", "assumptions"])
def test_many_goals_and_beliefs_cost_in_step(coach: Coach, part: str) -> None:
    """Each is looked for among the others by its words and its number, not by going through all."""

    def led_through(size: int) -> None:
        own = replace(coach, home=Path(tempfile.mkdtemp(dir=coach.home)))
        points = "".join(f"- a{number}\n" for number in range(size))
        own.do("new-client", "Gil", "--from", "-", stdin=f"kind: intake\n{part}:\n{points}")
        own.do("prep", "1", "--full")
        own.do(part)

    assert keeps_in_step(led_through, 1_600)
