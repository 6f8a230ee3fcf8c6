"""Pages in the coach's own words and look, and in the client's language (R152)."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from coaching import Coach
from html_reader import HtmlPage
from paper import Paper
from trajplan.actions.own_pages import own_template
from trajplan.content.labels import words_in
from trajplan.pages.agenda import HOLDING_LINE, METHOD_LINES, PLAIN, YOU_BRING, YOU_LEAD
from trajplan.pages.words import DISCLAIMER, FIRST_WORDS, FIRST_WORDS_TO_YOU
from trajplan.planning.arrange import AFTER_HARD_DAY_SEGMENTS, HARD_DAY_SEGMENTS
from trajplan.planning.career_os import KINDS, SECTIONS
from trajplan.settings import read as read_settings

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


def test_a_page_that_has_no_template_stays_as_it_is(tmp_path: Path) -> None:
    settings = read_settings({"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)})
    assert own_template(settings, "agenda", "de") is None
    assert own_template(settings, "a-page-to-come", "de") is None


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


@pytest.mark.req("R152")
def test_boxes_labels_and_points_may_stand_in_one_list(held: Coach) -> None:
    own(
        held,
        "agenda",
        "# Hello\n\n- [ ] Water\n  - still\n- **Phone:** 01\n- **Room:** small\n\n- [x] Door\n- a\n"
        "- **b:** c\n",
    )
    page = held.do(*PAGES["agenda"], "--format", "html").out
    tags = HtmlPage(page).tags
    assert (tags.count("input"), tags.count("dt")) == (2, 2)
    assert "[ ]" not in page
    for words in ("<li>still</li>", "<dd>01</dd>", "<li>a</li>", "<li><b>b:</b> c</li>"):
        assert words in page


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


def speaks(coach: Coach, language: str) -> Coach:
    coach.do("clients", "update", "--language", language)
    return coach


@pytest.mark.req("R152")
def test_an_agenda_comes_in_the_clients_language(held: Coach) -> None:
    agenda = speaks(held, "de").do(*PAGES["agenda"]).out
    assert agenda.startswith("# Sample Client · Sitzung 4 von 12\n")
    assert "**Dienstag, 23. Februar 2027 · 14:00–15:30 · 90 Minuten**" in agenda
    assert "| 14:00 | Rückblick auf die Zeit seit dem letzten Mal |" in agenda
    assert "So arbeiten wir heute: Erst sehen wir uns um" in agenda
    assert held.do(*PAGES["agenda"], "--format", "html").out.count('<html lang="de">') == 1
    # What is for the coach speaks on as it did.
    assert held.do("prep", "4").out.startswith("# Session 4 of 12")


@pytest.mark.req("R152")
def test_sheet_card_and_follow_up_come_in_the_clients_language(held: Coach) -> None:
    speaks(held, "es")
    said = {page: held.do(*PAGES[page]).out for page in ("sheet", "rating-card", "follow-up")}
    assert "# Lo que me propongo · Sample Client · sesión 4 de 12" in said["sheet"]
    assert "- **Para cuándo:** viernes 5 de marzo de 2027\n" in said["sheet"]
    assert (
        "1 todavía no lo tengo nada claro ○ ○ ○ ○ ○ ○ ○ ○ ○ ○ 10 lo tengo claro"
        in said["rating-card"]
    )
    assert "## En qué fijarse" in said["follow-up"]
    assert (
        "1 todavía no lo tengo nada claro ○ ○ ○ ○ ○ ○ ○ ○ ○ ○ 10 lo tengo claro"
        in said["follow-up"]
    )
    blank = held.do("wrap", "5", "--blank").out
    assert "**Compromiso 1**" in blank
    assert "- **Para cuándo:**" in blank


@pytest.mark.req("R152")
def test_the_career_os_comes_in_it_with_its_form(held: Coach) -> None:
    held.do("commitments", "update", "1", "--status", "done", "--value", "7")
    page = speaks(held, "es").do(*PAGES["career-os"]).out
    assert "## Cómo hago el seguimiento\n\n- nada todavía\n" in page
    assert "(vale 7 de 10)" in page
    assert "- **Medio día para ti:** la primera vez, el " in page
    form = held.do("close", "--print", "career-os-form", "--format", "html").out
    assert "Lo que te llevas cuando dejemos de vernos" in form
    assert "(vale 7 de 10)" in form


@pytest.mark.req("R152")
def test_a_worksheet_for_a_client_comes_in_it_where_its_title_has_a_label(held: Coach) -> None:
    wheel = ("worksheets", "blank", "wheel-of-life", "--client", "sample")
    speaks(held, "de")
    page = held.do(*wheel, "--format", "html").out
    said = HtmlPage(page).words
    assert '<html lang="de">' in page
    assert "Lebensrad · Sample Client" in said
    assert "Arbeit · Ich nenne es" in " ".join(said.split())
    assert "Lass weg, was nicht passt: Nichts muss ausgefüllt werden." in said
    assert "Call it" not in said
    # The text is read back by its headings.
    assert held.do(*wheel).out.startswith("# Wheel of Life · Sample Client\n")
    money = held.do("worksheets", "blank", "money-runway", *wheel[-2:], "--format", "html").out
    assert "Wie lange mein Geld reicht · Sample Client" in HtmlPage(money).words
    # Without a label for its title it is English throughout, not a mixture.
    held.write(
        "CONFIG/trajplan/blueprints/worksheets/mine.yaml",
        "kind: worksheet\nid: mine\ntitle: One of mine\nfor: [client]\n"
        "fields: [{id: money, label: Money, type: text}]\n",
    )
    other = held.do("worksheets", "blank", "mine", *wheel[-2:], "--format", "html").out
    assert '<html lang="en">' in other
    assert "Money" in HtmlPage(other).words
    assert "nothing has to be filled in" in other


@pytest.mark.req("R152")
@pytest.mark.parametrize("language", ["de", "es"])
def test_every_line_of_our_worksheets_has_a_label(language: str) -> None:
    root = Path(__file__).parents[2]
    labels = words_in(language, root).labels.labels
    sheets = [
        yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)
        for file in (root / "blueprints" / "worksheets").glob("*.yaml")
    ]
    for sheet in sheets:
        assert sheet["title"] in labels
        assert sorted({*lines_of_a_form(sheet)} - {*labels}) == [], sheet["id"]
    told = {*FIRST_WORDS.values(), *FIRST_WORDS_TO_YOU.values()}
    assert sorted({*SECTIONS.values(), *KINDS.values(), *told} - {*labels}) == []


@pytest.mark.req("R152")
@pytest.mark.parametrize("language", ["de", "es"])
def test_every_aim_of_a_day_and_line_of_an_agenda_has_a_label(language: str) -> None:
    root = Path(__file__).parents[2]
    labels = words_in(language, root).labels.labels
    journeys, blueprints = (
        [
            yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)
            for file in (root / "blueprints" / folder).glob("*.yaml")
        ]
        for folder in ("journeys", "sessions")
    )
    aims = {own["step"] for journey in journeys for own in journey["sessions"].values()}
    for blueprint in blueprints:
        if blueprint.get("decision") or "distress" in blueprint.get("scenarios", ()):
            aims.add(blueprint["objectives"][0])
    lines = {
        segment["client"]
        for blueprint in blueprints
        for segment in blueprint["segments"]
        if "client" in segment
    }
    # On a hard day, and soon after one, the lines are others.
    days = (HARD_DAY_SEGMENTS, AFTER_HARD_DAY_SEGMENTS)
    lines |= {part.title for day in days for parts in day.values() for part in parts if part.title}
    assert len(aims) > 20
    assert len(lines) > 60
    assert sorted({*aims, *lines, YOU_BRING, YOU_LEAD} - {*labels}) == []


def lines_of_a_form(sheet: dict[str, Any]) -> Iterator[str]:
    yield sheet["purpose"].strip()
    for field in sheet["fields"]:
        for part in (field, *field.get("columns", ())):
            yield part["label"]
            yield from (part[key].strip() for key in ("help", "row_label") if key in part)
            yield from map(str, part.get("anchors", {}).values())
            yield from (*part.get("options", ()), *part.get("rows", ()))


@pytest.mark.req("R152", "R140")
@pytest.mark.parametrize(
    ("language", "begins", "meet"),
    [
        ("de", "Hallo Sample,\n\ndanke für unsere Sitzung am Dienstag, 23. Februar.", "9. März um"),
        (
            "es",
            "Hola, Sample:\n\nGracias por nuestra sesión del martes 23 de febrero.",
            "9 de marzo a",
        ),
    ],
)
def test_the_mail_comes_in_it_too(held: Coach, language: str, begins: str, meet: str) -> None:
    mail = speaks(held, language).do("recap").out
    assert mail.startswith(begins)
    assert f"{meet} " in mail
    held.write(f"CONFIG/trajplan/templates/recap.{language}.txt", "{{ next_date | day }}\n")
    assert len(held.do("recap").out.splitlines()) == 1


@pytest.mark.slow
@pytest.mark.req("R152")
def test_the_foot_of_a_sheet_speaks_it_too(held: Coach) -> None:
    file = speaks(held, "de").home / "card.pdf"
    held.do(*PAGES["rating-card"], "-o", str(file))
    paper = Paper(file.read_bytes())
    assert "Seite 1 von 1" in paper.sheets[0]
    assert paper.reader.root_object["/Lang"] == "de"


@pytest.mark.req("R152")
def test_an_intake_says_which_language(coach: Coach) -> None:
    coach.do(
        *("new-client", "--from", "-", "--start", "2027-01-12"),
        stdin="kind: intake\nname: Ben\nlanguage: de\n",
    )
    assert "Sitzung 1 von 12" in coach.do("prep", "1", "--for", "client").out


@pytest.mark.req("R152")
def test_labels_of_the_coachs_own_go_first(held: Coach) -> None:
    file = held.write(
        "CONFIG/trajplan/labels/de.yaml",
        'labels:\n  "Today": Diesmal\n  "Looking back since last time": Seit dem letzten Mal\n',
    )
    agenda = speaks(held, "de").do(*PAGES["agenda"]).out
    assert "**Diesmal:**" in agenda
    assert "| Seit dem letzten Mal |" in agenda
    assert "**Wohin es gehen soll:**" in agenda
    faulty = [
        ('labels:\n  "Today": "{who}"\nlable: {}\n', "3:1: "),
        ('labels:\n  "Today": "{who}"\n', "2:12: nothing is put in for `{who}` here"),
        ('long_date: "{day}. {moon}"\n', "1:12: a day is made of"),
    ]
    for text, fault in faulty:
        held.write("CONFIG/trajplan/labels/de.yaml", text)
        # A page is never kept back for it: what a wrap saved, for one, is to be seen.
        shown = held.do(*PAGES["agenda"])
        assert f"{file}:{fault}" in shown.err
        assert "so this page is in English" in shown.err
        assert "**Today:**" in shown.out
        assert f"{file}:{fault}" in held.refused(10, "clients", "update", "--language", "de")


@pytest.mark.req("R152")
def test_a_language_without_labels_is_refused_with_those_there_are(held: Coach) -> None:
    said = held.refused(20, "clients", "update", "--language", "xx")
    assert "`de`, `en`, `es`" in said
    assert "no language" in held.refused(20, "clients", "update", "--language", "../../secret")


@pytest.mark.req("R152")
def test_a_template_in_the_clients_language_goes_before_one_in_none(held: Coach) -> None:
    own(held, "agenda", "# Mine\n\n{{ date | long_date }}\n")
    own(held, "agenda.de", "# Meine\n\n{{ 'Today' | label }}, {{ date | day }}\n")
    assert held.do(*PAGES["agenda"]).out == "# Mine\n\nTuesday 23 February 2027\n"
    assert speaks(held, "de").do(*PAGES["agenda"]).out == (
        "# Meine\n\nHeute, Dienstag, 23. Februar\n"
    )


@pytest.mark.slow
@pytest.mark.req("R152")
@pytest.mark.parametrize("language", ["de", "es"])
def test_every_line_of_ours_on_an_agenda_has_a_label(language: str) -> None:
    """Whatever a built-in blueprint, activity or journey says to a client."""
    root = Path(__file__).parents[2]
    labels = words_in(language, root).labels.labels
    said = {
        line
        for folder in ("sessions", "activities", "journeys")
        for file in (root / "blueprints" / folder).glob("*.yaml")
        for line in lines_for_clients(yaml.safe_load(file.read_text(encoding="utf-8")))
    }
    said |= {*METHOD_LINES.values(), HOLDING_LINE, YOU_LEAD, *PLAIN.values(), DISCLAIMER}
    assert len(said) > 130
    assert sorted(said - {*labels}) == []


def lines_for_clients(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        yield from (part[key] for key in ("client", "step") if isinstance(part.get(key), str))
    for inner in (
        part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    ):
        yield from lines_for_clients(inner)


PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"><rect width="2" height="2"/></svg>'


def settings(coach: Coach, text: str, logo: bytes = b"") -> Path:
    """The settings, and a logo beside them."""
    file = Path(coach.write("CONFIG/trajplan/settings.toml", text))
    if logo:
        file.with_name("logo").write_bytes(logo)
    return file


@pytest.mark.req("R152")
def test_name_logo_and_colours_stand_on_every_page_in_the_browser(held: Coach) -> None:
    settings(held, 'name = "A & B"\nlogo = "logo"\naccent = "#7a2e5d"\nink = "#222222"\n', PNG)
    for command in (["prep", "4"], PAGES["rating-card"], ["pack", "4"]):
        page = held.do(*command, "--format", "html").out
        data = base64.b64encode(PNG).decode()
        brand = f'<p class="brand"><img alt="" src="data:image/png;base64,{data}"><span>A &amp; B<'
        assert page.count(brand) == page.count("<h1")
        assert "--accent: #7a2e5d; --title: #7a2e5d; --ink: #222222;" in page
        style = re.search("<style>(.*?)</style>", page, re.DOTALL)
        assert style
        digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
        assert f"style-src 'sha256-{digest}'; img-src data:" in page
    assert "A & B" not in held.do("prep", "4").out


@pytest.mark.slow
@pytest.mark.req("R152")
@pytest.mark.parametrize("logo", [PNG, SVG.encode()])
def test_name_and_logo_stand_on_paper_too(held: Coach, logo: bytes) -> None:
    settings(held, 'name = "Anna Coach"\nlogo = "logo"\naccent = "#7a2e5d"\n', logo)
    file = held.home / "card.pdf"
    held.do(*PAGES["rating-card"], "-o", str(file))
    paper = Paper(file.read_bytes())
    assert paper.sheets[0].lstrip().startswith("Anna Coach")
    assert paper.pictures == ["Anna Coach"]
    assert len(paper.sheets) == 1


@pytest.mark.req("R152")
@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ('accent = "#ffcc00"', "#ffcc00 has a contrast of 1.3:1 with the page, and words need 4.5"),
        ('ink = "red"', 'expected a colour such as "#1d5b70"'),
        ("name = 3", "expected a name in quotes"),
        ("logo = []", "expected the path of a picture in quotes"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(held: Coach, line: str, fault: str) -> None:
    file = settings(held, f'paper = "a4"\n{line}\n')
    assert f"{file}:2:1: {fault}" in held.refused(10, "today")


@pytest.mark.req("R152")
@pytest.mark.parametrize(
    ("logo", "fault"),
    [
        (b"", "is not there"),
        (b"GIF89a", "is no PNG, JPEG or SVG"),
        (PNG + b"0" * 300_000, "is larger than 256 KB"),
        (SVG.replace("<rect", "<script>x</script><rect").encode(), "fetches or runs something"),
        (SVG.replace("<rect", '<use href="https://x.example/a"/><rect').encode(), "fetches or"),
        (SVG.replace("<rect", '<rect onload="x()"').encode(), "fetches or runs something"),
        (b'<!DOCTYPE svg [<!ENTITY a SYSTEM "/etc/passwd">]>' + SVG.encode(), "is no PNG"),
    ],
)
def test_a_logo_is_a_picture_and_nothing_else(held: Coach, logo: bytes, fault: str) -> None:
    settings(held, 'logo = "logo"\n', logo)
    code = 20 if fault == "is not there" else 1
    assert fault in held.refused(code, *PAGES["rating-card"], "--format", "html")
    # What has no look of its own is printed all the same.
    held.do(*PAGES["rating-card"])


@pytest.mark.req("R152")
def test_a_broken_picture_is_said_and_no_bug(held: Coach) -> None:
    settings(held, 'logo = "logo"\n', PNG[:40])
    file = str(held.home / "card.pdf")
    assert "the logo cannot be drawn" in held.refused(1, *PAGES["rating-card"], "-o", file)
