"""Pages in the coach's own words and look, and in the client's language (R152)."""

from __future__ import annotations

from pathlib import Path

import pytest

from coaching import Coach
from html_reader import HtmlPage
from paper import Paper

AGENDA = """\
# {{ client_name }}, welcome

We meet from **{{ start }}** to {{ end }}.

| when | what |
|---|---|
{% for line in items %}
| {{ line.start }} | {{ line.text }} |
{% endfor %}

1. Breathe in
2. Breathe out

- [ ] I have water
- [x] The door is closed

How loud is it in you? ___

1 silent ○ ○ ○ ○ ○ 5 loud

___
"""
PAGES = {
    "agenda": ["prep", "4", "--for", "client"],
    "sheet": ["wrap", "4"],
    "rating-card": ["prep", "card"],
    "career-os": ["close", "--print", "career-os"],
    "follow-up": ["close", "--print", "follow-up"],
    "weekly-review": ["close", "--print", "weekly-review"],
    "retreat": ["close", "--print", "retreat"],
}


def own(coach: Coach, page: str, text: str) -> Path:
    """A template of the coach's own."""
    return Path(coach.write(f"CONFIG/trajplan/templates/{page}.md", text))


@pytest.mark.req("R152")
def test_a_page_that_a_coach_rewrote_comes_out_in_every_form(held: Coach) -> None:
    own(held, "agenda", AGENDA)
    command = PAGES["agenda"]
    terminal = held.do(*command, "--format", "terminal").out
    markdown = held.do(*command).out
    html = held.do(*command, "--format", "html").out
    assert "# Sample Client, welcome\n" in markdown
    assert "We meet from **14:00** to 15:30." in markdown
    assert "- [ ] I have water\n- [x] The door is closed" in markdown
    assert "1 silent ○ ○ ○ ○ ○ 5 loud" in markdown
    tags = HtmlPage(html).tags
    assert (tags.count("table"), tags.count("input"), tags.count("svg")) == (1, 2, 1)
    assert '<div class="line">' in html
    for said in (terminal, markdown, html):
        for words in ("Sample Client, welcome", "Looking back since last time", "Breathe out"):
            assert words in said
        assert "How we work today" not in said
    # What other programs read is the value itself, however its page is worded.
    assert held.json(*command)["method_line"]


@pytest.mark.slow
@pytest.mark.req("R152")
def test_a_rewritten_page_is_set_on_paper_too(held: Coach) -> None:
    own(held, "agenda", AGENDA)
    file = held.home / "agenda.pdf"
    held.do(*PAGES["agenda"], "-o", str(file))
    paper = Paper(file.read_bytes())
    assert paper.title == "Sample Client, welcome"
    assert "The door is closed" in paper.words
    held.do("pack", "4", "-o", str(file), "--overwrite")
    assert "The door is closed" in Paper(file.read_bytes()).words


@pytest.mark.req("R152")
def test_a_copy_says_what_the_built_in_page_says(held: Coach) -> None:
    blank = ["wrap", "5", "--blank"]
    before = {page: held.do(*command).out for page, command in PAGES.items()}
    before_blank = held.do(*blank).out
    for page, command in PAGES.items():
        path = Path(held.do("pages", "copy", page).out.strip())
        assert path.is_relative_to(held.home)
        assert held.do(*command).out == before[page], page
        assert "already a file" in held.refused(1, "pages", "copy", page)
    assert held.do(*blank).out == before_blank


@pytest.mark.req("R152")
def test_the_list_says_which_pages_are_the_coachs_own(held: Coach) -> None:
    own(held, "sheet", "# Mine\n")
    listed = {page["name"]: page["own"] for page in held.json("pages")["pages"]}
    assert listed == {**dict.fromkeys([*PAGES, "recap"], False), "sheet": True}
    assert "did you mean `agenda`" in held.refused(20, "pages", "copy", "agneda")


@pytest.mark.req("R152")
@pytest.mark.parametrize(
    ("template", "fault"),
    [
        ("# Plan\n\n{{ stuck_point }}\n", "3:1: there is no `stuck_point`"),
        ("{{ ''.__class__.__mro__ }}\n", "1:1: "),
        ("{% include '/etc/passwd' %}\n", "1:1: "),
        ("a\n{% for line in items %}\n", "2:1: "),
        ("{{ items.append(1) }}\n", "1:1: "),
    ],
)
def test_a_fault_in_a_template_has_its_line(held: Coach, template: str, fault: str) -> None:
    path = own(held, "agenda", template)
    assert f"{path}:{fault}" in held.refused(10, *PAGES["agenda"])


@pytest.mark.req("R152", "R119")
def test_what_a_client_said_stays_words_in_a_template(held: Coach) -> None:
    hostile = "# <b>no</b> | {{ 7 * 7 }} **x** [a](b) ____ - [ ] 1. y"
    held.do("check-in", "--session", "5", "--matters", hostile)
    own(
        held,
        "agenda",
        "# Agenda\n\n{{ matters_most }}\n\n- {{ matters_most }}\n\n"
        "| a |\n|---|\n| {{ matters_most }} |\n",
    )
    said = HtmlPage(held.do("prep", "5", "--for", "client", "--format", "html").out)
    assert said.words.count(hostile) == 3
    assert not {"b", "strong", "input", "h2"} & set(said.tags)


@pytest.mark.req("R152", "R119")
def test_no_template_reaches_what_is_the_coachs(held: Coach) -> None:
    """A template sees the value of its page, which has no field for it."""
    for name in ("findings", "influences", "segments", "notes", "dossier", "plan", "self"):
        own(held, "agenda", "# x\n\n{{ NAME.x }}\n".replace("NAME", name))
        held.refused(10, *PAGES["agenda"])
