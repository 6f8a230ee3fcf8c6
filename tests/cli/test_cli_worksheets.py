"""Worksheets at the command line: printed, filled in, read back, shown, remembered."""

from __future__ import annotations

import json
import re
import stat
from pathlib import Path

import pytest
from worksheet_pen import Pen

from coaching import Coach, rows
from few import few
from trajplan.content.loader import builtin_folder

SHIPPED = sorted(
    file.stem for file in (builtin_folder() / "blueprints" / "worksheets").glob("*.yaml")
)
OWN = """\
kind: worksheet
id: my-garden
title: Garden round
for: [client]
purpose: A walk around the beds.
fields:
  - {id: beds, label: Beds, type: list}
  - {id: sun, label: Sun, type: rating, min: 1, max: 5, relabel: true}
  - {id: water, label: Water, type: rating, min: 1, max: 5}
  - {id: soil, label: Soil, type: choice, options: [sandy, heavy]}
summaries: [lowest, change, {show: count, fields: [beds]}]
feeds: [plan, client]
"""
GARDEN = """\
# Garden round

## Beds
- roses
- beans | peas

## Sun
Call it: Light
Rating (1 to 5): 2

## Water
4 because it rained

## Soil
- [ ] sandy
- [x] heavy
"""


def squashed(text: str) -> str:
    return " ".join(re.sub(r"[|\\]", " ", text).split())


@pytest.fixture
def gardener(begun: Coach, tmp_path: Path) -> Coach:
    """The coach with a worksheet of her own in a library folder."""
    folder = tmp_path / "mine" / "blueprints" / "worksheets"
    folder.mkdir(parents=True)
    (folder / "garden.yaml").write_text(OWN)
    begun.more["TRAJPLAN_LIBRARY"] = str(tmp_path / "mine")
    return begun


def test_every_shipped_one_is_listed(coach: Coach) -> None:
    listed = [worksheet["id"] for worksheet in coach.json("worksheets")["worksheets"]]
    assert sorted(listed) == SHIPPED
    assert len(SHIPPED) >= 41


@pytest.mark.parametrize(
    "name",
    few(SHIPPED, 5),
)
def test_every_worksheet_goes_from_blank_to_the_next_plan(begun: Coach, name: str) -> None:
    blank = begun.do("worksheets", "blank", name, "--client", "sample-client").out
    pen = Pen()
    form = begun.write("form.md", pen.fill(blank))
    kept = begun.do("worksheets", "fill", name, "--from", form)
    title = begun.json("worksheets", "show", name)["title"]
    assert kept.first == f"# Sample Client · before session 1 · {title}: saved"
    assert [line for line in kept.err.splitlines() if not line.startswith("hint: ")] == []

    result = begun.do("worksheets", "result", name).out
    assert kept.out.split("\n", 1)[1] == result.split("\n", 1)[1]
    for word in pen.wrote:
        assert word in result
    data = begun.json("worksheets", "result", name)
    assert set(data["answers"]) == {field["id"] for field in data["fields"]}
    assert data["unmatched"] == ""
    assert data["missing"] == []
    terminal = begun.do("worksheets", "result", name, "--format", "terminal").out
    assert max(map(len, terminal.splitlines())) <= 80
    assert pen.wrote[0] in terminal if pen.wrote else True

    plan = begun.do("prep", "session", "1").out
    page = begun.do("show").out
    assert f"**Worksheet:** {title}, Tue 23 Feb 2027" in page
    feeds = begun.json("worksheets", "show", name)["feeds"]
    assert "plan" in feeds
    if name != "coaching-agreement":  # complete, it has nothing more to say
        assert f"- **{title}** (Tue 23 Feb 2027):" in plan
    agenda = begun.do("prep", "session", "1", "--for", "client").out
    assert (f"**You filled in:** {title}" in agenda) == ("client" in feeds)

    again = begun.do("worksheets", "blank", name, "--again").out
    begun.do("worksheets", "fill", name, "--from", "-", stdin=again)
    assert begun.json("worksheets", "result", name)["answers"] == data["answers"]
    assert len(begun.json("worksheets", "history", name)["fillings"]) == 2


def test_the_shelf(begun: Coach) -> None:
    assert begun.do("worksheets").out == begun.do("worksheets", "list").out
    found = begun.json("worksheets")["worksheets"]
    assert [one["id"] for one in found] == SHIPPED
    assert {one["layer"] for one in found} == {"built-in"}
    wheel = next(one for one in found if one["id"] == "wheel-of-life")
    assert wheel["for"] == ["client"]
    assert wheel["last"] is None
    begun.do("worksheets", "fill", "wheel-of-life", "--from", "-", stdin="Work: 4\n")
    listed = begun.do("worksheets", "--client", "sample-client").out
    assert listed.startswith("# Worksheets · Sample Client\n")
    assert "| wheel-of-life | Wheel of Life | client | Tue 23 Feb 2027 |" in listed
    assert "| swot | SWOT | client | not yet |" in listed
    shown = begun.do("worksheets", "show", "wheel-of-life").out
    assert "**Work:** rating 0 to 10; may be renamed" in shown
    assert begun.json("worksheets", "show", "wheel-of-life")["for"] == ["client"]
    assert "did you mean `swot`?" in begun.refused(20, "worksheets", "show", "swott")
    assert "wheel-of-life" in begun.do("blueprints", "list", "--kind", "worksheet").out
    assert "Wheel of Life" in begun.do("blueprints", "show", "wheel-of-life").out


def test_a_worksheet_of_the_coachs_own(gardener: Coach) -> None:
    found = {worksheet["id"]: worksheet for worksheet in gardener.json("worksheets")["worksheets"]}
    assert found["my-garden"]["layer"] == "workspace"
    blank = gardener.do("worksheets", "blank", "my-garden").out
    assert "## Beds" in blank
    kept = gardener.do("worksheets", "fill", "my-garden", "--from", "-", stdin=GARDEN)
    assert "some text belonged to no field" in kept.err
    assert "| Light | 2 | █████··············· |" in kept.out
    assert "- beans \\| peas" in kept.out
    assert "- **Lowest:** Light 2" in kept.out
    assert "Water: 4 because it rained" in kept.out.split("## Text that belonged to no field")[1]
    plan = gardener.do("prep", "session", "1").out
    assert (
        "- **Garden round** (Tue 23 Feb 2027):\n  - Lowest: Light 2\n  - How many: Beds: 2" in plan
    )
    gardener.do("worksheets", "fill", "my-garden", "--from", "-", stdin="Water: 1\nSun: 3")
    again = gardener.do("worksheets", "result", "my-garden").out
    assert "- **Since last time:** Light 2 → 3 (+1); Water 4 → 1 (−3)" in again
    assert "Left empty: Beds, Soil" in again


def test_a_text_has_as_many_lines_to_write_on_as_it_needs(gardener: Coach, tmp_path: Path) -> None:
    note = tmp_path / "mine" / "blueprints" / "worksheets" / "note.yaml"
    note.write_text(
        "kind: worksheet\nid: note\ntitle: Note\nfor: [client]\npurpose: To write.\nfields:\n"
        "  - {id: name, label: Name, type: text, blank_rows: 1}\n"
        "  - {id: letter, label: Letter, type: text, blank_rows: 12}\n"
        "  - {id: usual, label: Usual, type: text}\n"
    )
    page = gardener.do("worksheets", "blank", "note", "--format", "html").out
    assert page.count('<div class="line">') == 1 + 12 + 3
    form = gardener.do("worksheets", "blank", "note").out
    lines = form.partition("## Letter\n")[2].partition("## Usual")[0]
    assert lines.strip() == ""
    assert lines.count("\n") >= 12


def test_a_coachs_own_replaces_a_built_in_one(gardener: Coach, tmp_path: Path) -> None:
    own = tmp_path / "mine" / "blueprints" / "worksheets" / "swot.yaml"
    own.write_text(OWN.replace("id: my-garden", "id: swot"))
    assert gardener.do("worksheets", "blank", "swot").out.startswith("# Garden round\n")
    assert "workspace, in place of another" in gardener.do("worksheets").out
    own.write_text(OWN.replace("id: my-garden", "id: swot").replace("rating", "ratign"))
    assert "did you mean `rating`?" in gardener.refused(10, "worksheets", "blank", "swot")
    assert "did you mean `rating`?" in gardener.refused(10, "blueprints", "check")
    left_out = gardener.do("worksheets", "list")
    assert "left out because of its faults" in left_out.err
    assert "swot" not in left_out.out


def test_what_was_filled_in_outlives_its_worksheet(gardener: Coach) -> None:
    gardener.do("worksheets", "fill", "my-garden", "--from", "-", stdin=GARDEN)
    gardener.more.pop("TRAJPLAN_LIBRARY")
    assert "no worksheet `my-garden`" in gardener.refused(20, "worksheets", "blank", "my-garden")
    assert "| Light | 2 |" in gardener.do("worksheets", "result", "my-garden").out
    assert "my-garden" in gardener.do("worksheets", "history").out
    assert "Garden round" in gardener.do("prep", "session", "1").out


def test_the_same_answers_as_yaml(gardener: Coach) -> None:
    text = """\
kind: answers
worksheet: my-garden
answers: {beds: [roses], Sun: 2, soil: Heavy}
labels: {sun: Light}
unmatched: More next week.
"""
    kept = gardener.do("worksheets", "fill", "my-garden", "--from", "-", stdin=text)
    assert "| Light | 2 |" in kept.out
    assert "More next week." in kept.out
    faulty = gardener.write(
        "answers.yaml", text.replace("Sun: 2", "Sun: 9").replace("Heavy", "wet")
    )
    said = gardener.refused(10, "worksheets", "fill", "my-garden", "--from", faulty)
    assert said.splitlines() == [
        f"{faulty}:3:31: expected a whole number from 1 to 5, found 9 (answers.Sun)",
        f"{faulty}:3:40: expected one of `sandy`, `heavy`, found `wet` (answers.soil)",
    ]
    other = text.replace("worksheet: my-garden", "worksheet: swot")
    said = gardener.refused(10, "worksheets", "fill", "my-garden", "--from", "-", stdin=other)
    assert "these are answers to `swot`, not to `my-garden`" in said
    assert gardener.refused(
        10, "worksheets", "fill", "my-garden", "--from", "-", stdin="answers:\n"
    )


def test_faults_are_located_and_nothing_is_kept(gardener: Coach) -> None:
    form = gardener.write(
        "f.md", GARDEN.replace("5): 2", "5): two").replace("4 because", "9 because")
    )
    said = gardener.refused(10, "worksheets", "fill", "my-garden", "--from", form)
    assert said.splitlines() == [
        f"{form}:9:1: “Sun”: expected a whole number from 1 to 5, found `two` (sun)",
        f"{form}:12:1: “Water”: expected a whole number from 1 to 5, found 9 (water)",
    ]
    assert rows(gardener.practice, "SELECT count(*) FROM worksheet_answers") == [(0,)]


@pytest.mark.parametrize(
    ("form", "code", "words"),
    [
        ("", 1, "the form is empty; nothing was saved"),
        ("just a letter\n", 1, "is under a heading of “Garden round”; nothing was saved"),
        (b"## Beds\n- \xff\n", 10, "<standard input>:2:3: this is not UTF-8 text"),
        (b"x" * (256 * 1024 + 1), 2, "holds more than 256 KiB"),
        ("*Worksheet swot*\n## Beds\n- a\n", 10, "of `swot`, not of `my-garden`"),
        (
            "*Worksheet my-garden, for ben*\n## Beds\n- a\n", 1,
            "this form was printed for `ben`, not for `sample-client`",
        ),
    ],
)  # fmt: skip
def test_forms_that_are_refused(gardener: Coach, form: str | bytes, code: int, words: str) -> None:
    assert words in gardener.refused(
        code, "worksheets", "fill", "my-garden", "--from", "-", stdin=form
    )
    assert rows(gardener.practice, "SELECT count(*) FROM worksheet_answers") == [(0,)]


def test_words_that_do_not_fit_together(begun: Coach) -> None:
    fill = ("worksheets", "fill", "swot")
    assert "Give it with --from FILE" in begun.refused(2, *fill)
    assert "--again is for the editor" in begun.refused(2, *fill, "--again", "--from", "-")
    assert "no file" in begun.refused(20, *fill, "--from", "nowhere.md")
    later = begun.refused(2, *fill, "--from", "-", "--date", "2027-03-01", stdin="Strengths: x")
    assert "--date 2027-03-01 is in the future" in later
    assert "has not filled in `swot` yet" in begun.refused(
        1, "worksheets", "blank", "swot", "--again"
    )
    assert "has not filled in `swot` yet" in begun.refused(20, "worksheets", "result", "swot")
    assert "did you mean `swot`?" in begun.refused(20, "worksheets", "history", "swop")
    assert "Nothing filled in yet." in begun.do("worksheets", "history").out
    begun.do(*fill, "--from", "-", stdin="Strengths: x")
    said = begun.refused(20, "worksheets", "result", "swot", "--filling", "7")
    assert "no filling 7 of `swot`; there is 1" in said


def test_every_filling_is_a_record_of_its_own(begun: Coach) -> None:
    fill = ("worksheets", "fill", "wheel-of-life", "--from", "-")
    begun.do(*fill, "--date", "2027-01-20", stdin="Work: 4\nMoney: 5")
    begun.do(*fill, "--session", "1", stdin="Work: 7\nMoney: 5")
    begun.do("worksheets", "fill", "swot", "--from", "-", stdin="Strengths: x")
    listed = begun.do("worksheets", "history").out
    assert "| 1 | Wed 20 Jan 2027 |  | wheel-of-life | 2 of 9 fields |" in listed
    assert "| 2 | Tue 23 Feb 2027 | 1 | wheel-of-life |" in listed
    found = begun.json("worksheets", "history", "wheel-of-life")["fillings"]
    assert [one["answers"]["work"] for one in found] == [4, 7]
    assert [one["session"] for one in found] == [None, 1]
    assert found[1]["previous_date"] == "2027-01-20"
    first = begun.do("worksheets", "result", "wheel-of-life", "--filling", "1").out
    assert "| Work | 4 |" in first
    assert "Since last time" not in first


def test_a_form_for_a_client_says_so_and_output_is_private(begun: Coach, tmp_path: Path) -> None:
    file = tmp_path / "form.md"
    begun.do("worksheets", "blank", "swot", "--client", "sample-client", "-o", str(file))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    text = file.read_text()
    assert text.startswith("# SWOT · Sample Client\n")
    assert "\n*Worksheet swot, for sample-client*\n" in text
    assert "<!--" not in text
    skeleton = begun.json("worksheets", "blank", "swot")
    assert skeleton["kind"] == "answers"
    assert set(skeleton["answers"]) == {field["id"] for field in skeleton["fields"]}
    shown = begun.do("worksheets", "blank", "swot", "--format", "terminal").out
    assert "## Strengths" in shown


def test_only_what_is_new_stands_on_a_plan(held: Coach) -> None:
    """A form filled in before the session held last has had its session."""
    fill = ("worksheets", "fill", "wheel-of-life", "--from", "-")
    held.do(*fill, "--date", "2027-02-10", stdin="Work: 2\nMoney: 5")
    assert held.json("prep", "session", "5")["worksheets"] == []
    held.do(*fill, "--session", "5", "--date", "2027-02-10", stdin="Work: 3\nMoney: 5")
    (note,) = held.json("prep", "session", "5")["worksheets"]
    assert note["title"] == "Wheel of Life"
    assert "Since last time: Work 2 → 3 (+1)" in note["lines"]
    held.do("worksheets", "fill", "swot", "--from", "-", stdin="Strengths: patience")
    titles = [worksheet["title"] for worksheet in held.json("prep", "session", "5")["worksheets"]]
    assert titles == ["SWOT", "Wheel of Life"]
    assert (
        "From worksheets" in held.do("prep", "session", "5", "--full", "--format", "terminal").out
    )


HOSTILE = {
    "markup": "[bold]x[/bold] [/nothing]",
    "escape": "\x1b[31mred\x07",
    "markdown": "*a* _b_ [d](e) `f` <script>alert(1)</script> | c",
    "template": "{{ 7*7 }} {% raw %}",
    "heading": "# Not a heading",
    "override": "abc\u202edef",
}


@pytest.mark.slow
@pytest.mark.parametrize("text", few(HOSTILE.values(), 3), ids=HOSTILE)
def test_text_of_clients_steers_nothing(begun: Coach, text: str) -> None:
    form = (
        f"## Strengths\n- {text}\n## What follows from it\nwell, {text}\n## {text} mine\n{text}\n"
    )
    begun.do("worksheets", "fill", "swot", "--from", "-", stdin=form)
    for page in (
        ("worksheets", "result", "swot"),
        ("worksheets", "history"),
        ("prep", "session", "1"),
    ):
        for kind in ("markdown", "terminal", "json"):
            out = begun.do(*page, "--format", kind).out
            assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202d\u202e]", out)
            if kind == "json":
                json.loads(out)
    result = begun.do("worksheets", "result", "swot", "--format", "terminal").out
    shown = text.replace("\x1b", "␛").replace("\x07", "␇").replace("\u202e", "\ufffd")
    assert squashed(shown) in squashed(result)
    markdown = begun.do("worksheets", "result", "swot").out
    assert "<script" not in markdown.replace("\\<script", "")
    again = begun.do("worksheets", "blank", "swot", "--again").out
    before = begun.json("worksheets", "result", "swot")["answers"]
    begun.do("worksheets", "fill", "swot", "--from", "-", stdin=again)
    assert begun.json("worksheets", "result", "swot")["answers"] == before


@pytest.mark.req("R26")
def test_how_a_client_moved_on_is_counted_from_the_first_time(begun: Coach) -> None:
    """F11."""
    form = (
        "## Jobs and stages\n### Stage 1\n- What you did: Welder\n- How you moved on: asked\n"
        "### Stage 2\n- What you did: Shift lead\n- How you moved on: by chance\n"
        "### Stage 3\n- What you did: Teacher\n- How you moved on: Asked\n"
    )
    said = begun.do("worksheets", "fill", "trajectory-mapping", "--from", "-", stdin=form).out
    shown = said.split("How the moves came about")[1]
    assert "asked (2×)" in shown
    assert "by chance (1×)" in shown
