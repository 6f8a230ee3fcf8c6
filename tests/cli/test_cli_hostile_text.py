"""Names nobody expects: they break nothing, show as typed, and steer no terminal."""

from __future__ import annotations

import json
import re
import sqlite3
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from coaching import Coach, hold_four, ratings
from few import few
from html_reader import HtmlPage
from page_words import leaves, parse, seen, squeezed
from trajplan.actions.intake import check_slug

NAMES = {
    "markup": "[bold]x[/bold]",
    "closing tag": "[/nothing] Ann",
    "path": "../../etc",
    "table": "| a | b |",
    "template": "{{ 7*7 }} {% raw %}",
    "long": "Abc" * 1000,
    "long words": "Ann of the Hills " * 60,
    "arabic": "ليلى بنت أحمد",
    "japanese": "山田 花子",
    "escape": "\x1b[31mred",
    "bell and backspace": "a\x07b\x08c\x7f",
    "c1": "a\x9b31mb",
    "override": "abc\u202edef",
    "html": "<script>alert(1)</script>",
    "shell": "$HOME `id` $(id)",
    "newline": "two\nlines\tand a tab",
    "markdown": "*a* _b_ **c** [d](e) `f` ~~g~~ \\h # i &amp; j",
    "heading": "# Not a heading",
    "list": "1. Not a list",
    "emoji": "👩🏽‍🏭 :smile: é",
    "quote": '"Ann" O\'Brien: yes',
    "format": "%s {0} {name} \\n",
    "end of a style": "</style></title></main><svg onload=x><!-- ' \" -->",
}
RARER = {
    *("closing tag", "long words", "bell and backspace", "c1", "shell", "heading", "list"),
    *("quote", "format", "emoji", "path", "html", "newline", "japanese", "override", "template"),
    *("markdown", "arabic", "long", "table", "markup", "end of a style"),
}
"""Names whose full round is left to the slow suite."""
WRAP_WITH = """\
kind: wrap
focus: {0}
takeaways: [{0}, {0}]
parked: [{0}]
notes: {0}
frame_change: {0}
inquiry: {0}
commitments:
  - {{what: {0}, when: "2027-03-05", how_will_i_know: {0}, obstacle: {0}, if_then: {0}, goal: {0}}}
"""
INTAKE_WITH = """\
kind: intake
destination: {0}
stuck_point: {0}
drive: {0}
priorities: [{0}]
must_haves: [{0}]
fears: [{0}]
scenario: {0}
assumptions: [{0}]
likes: [{0}]
dislikes: [{0}]
own_questions: [{0}]
career: [{{role: {0}, organisation: {0}, from: {0}, themes: [{0}], left_because: {0}}}]
audit: {{accomplishments: [{0}, {{what: {0}, when: {0}}}], pain_points: [{0}], evidence: [{0}]}}
"""
AGREEMENT_WITH = """kind: answers
answers:
  coach: {0}
  sponsor: {0}
  sponsor_goals: [{0}]
  released:
    How often we met: {{seen: "yes"}}
    The goals agreed with the sponsor: {{seen: "yes"}}
    Commitments: {{seen: "yes"}}
  consent: 2027-01-12
"""
PAGES = [
    ["show"],
    ["clients"],
    ["sessions"],
    ["sessions", "show", "4"],
    ["sessions", "show", "5"],
    ["recommend"],
    ["commitments"],
    ["commitments", "show", "1"],
    ["assumptions"],
    ["assumptions", "show", "1"],
    ["tci"],
    ["prep", "brief"],
    ["show", "--for", "sponsor"],
    ["tci", "--sd", "1", "--reliability", "0.5", "--of", "clarity"],
    ["progress"],
    ["close", "--print", "career-os"],
    ["close", "--print", "follow-up"],
    ["close", "--print", "weekly-review"],
    ["close", "--print", "checklist"],
    ["prep", "session", "5"],
    ["prep", "session", "5", "--explain"],
    ["prep", "session", "5", "--for", "client"],
    ["prep", "session", "5", "--glance"],
    ["wrap", "session", "4"],
    ["wrap", "session", "5", "--blank"],
    ["use", "hostile"],
]
FORMATS = ["terminal", "markdown", "html", "json"]
STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202d\u202e]")


def shown(name: str) -> str:
    """The name as it may be shown: on one line, control characters as pictures."""
    pictures = [
        chr(0x2400 + ord(one))
        if ord(one) < 0x20
        else "␡"
        if one == "\x7f"
        else "\ufffd"
        if STEERING.match(one)
        else one
        for one in " ".join(name.replace("\n", " ").replace("\t", " ").split(" "))
    ]
    return " ".join("".join(pictures).split())


def check_markdown(page: str) -> None:
    """No live markup of the client's; every table keeps its columns."""
    tokens = parse(page)
    found = {one.type for one in leaves(tokens)}
    assert not found & {"html_inline", "html_block", "link_open", "image", "fence", "code_block"}
    assert not found & {"blockquote_open", "hr", "ordered_list_open"}
    assert [token.tag for token in tokens if token.type == "heading_open"].count("h1") == 1
    for line, columns in tables(page):
        assert cells(line) == columns, line


def tables(page: str) -> Iterator[tuple[str, int]]:
    """Each line of each table with the number of columns its rule asks for."""
    lines = page.splitlines()
    for at, line in enumerate(lines):
        if re.fullmatch(r"\|(-+\|)+", line):
            columns = line.count("|") - 1
            yield lines[at - 1], columns
            for row in lines[at + 1 :]:
                if not row.startswith("|"):
                    break
                yield row, columns


def cells(line: str) -> int:
    return len(re.findall(r"(?<!\\)\|", line)) - 1


def tell(coach: Coach, name: str) -> None:
    """Put the name wherever text is taken."""
    quoted = json.dumps(shown(name), ensure_ascii=False)
    typed = name[:200]
    coach.do(
        *("new-client", "--slug", "hostile", "--start", "2027-01-12"),
        *("--start-time", "14:00", "--from", "-", "--", name),
        stdin=INTAKE_WITH.format(quoted),
    )
    coach.today = "2027-02-23"
    coach.do(
        "check-in", "--session", "4", "--energy", "low", f"--mood={typed}", f"--matters={typed}"
    )
    hold_four(coach, wrap=WRAP_WITH.format(quoted), rated=[*ratings(), f"--note={typed}"])
    coach.do("commitments", "update", "1", "--status", "done", f"--learned={typed}")
    coach.do("assumptions", "add", "--from", "-", stdin=typed)
    coach.do("assumptions", "update", "1", f"--for={typed}", f"--against={typed}")
    form = AGREEMENT_WITH.format(quoted)
    coach.do("worksheets", "fill", "coaching-agreement", "--from", "-", stdin=form)
    coach.do("refer", "other", "--from", "-", stdin=typed)
    coach.do("prep", "session", "5", "--method", "directive", f"--reason={typed}")


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(text, id=kind, marks=[pytest.mark.slow] if kind in RARER else [])
        for kind, text in NAMES.items()
    ],
)
def test_a_hostile_name_breaks_nothing_and_shows_as_typed(coach: Coach, name: str) -> None:
    tell(coach, name)
    want = shown(name)
    # A cut name is enough where a page has room for one line only.
    head = want[:12].rstrip()
    for words in PAGES:
        for form in FORMATS:
            found = coach.do(*words, "--format", form)
            for stream in (found.out, found.err):
                assert not STEERING.search(stream), (words, form)
            if form == "json":
                texts = strings(found.data)
                assert any(head in text for text in texts) if "--glance" in words else want in texts
            elif form == "markdown":
                check_markdown(found.out)
                text = squeezed(seen(found.out))
                assert squeezed(head if "--glance" in words else want) in text, words
            elif form == "html":
                text = squeezed(HtmlPage(found.out).words)
                assert squeezed(head if "--glance" in words else want) in text, words
            else:
                text = squeezed(found.out)
                whole = want if len(want) < 40 else head
                assert squeezed(head if "--glance" in words else whole) in text, words
    assert written(coach) <= {"practice/practice.sqlite3"}


def strings(data: Any) -> set[str]:
    """Every text in JSON data."""
    if isinstance(data, dict):
        return {text for one in data.values() for text in strings(one)}
    if isinstance(data, list):
        return {text for one in data for text in strings(one)}
    return {data} if isinstance(data, str) else set()


def written(coach: Coach) -> set[str]:
    """What files there are, but for the copies of the practice, which stand beside it."""
    files = {file.relative_to(coach.home) for file in coach.home.rglob("*") if file.is_file()}
    return {str(file) for file in files if file.parent.name != "practice.sqlite3.backups"}


@pytest.mark.parametrize("name", few(NAMES.values(), 8), ids=NAMES.keys())
def test_a_name_gives_a_slug_of_letters_and_digits_that_finds_the_client(
    coach: Coach, name: str
) -> None:
    intake = f"kind: intake\nname: {json.dumps(shown(name), ensure_ascii=False)}\n"
    slug = coach.json("new-client", "--from", "-", stdin=intake)["client"]
    check_slug(slug)
    assert len(slug) <= 40
    assert coach.json("show", "--client", slug)["client"] == slug
    assert written(coach) <= {"practice/practice.sqlite3"}


@pytest.mark.parametrize("name", ["escape", "override", "c1"])
def test_an_escape_sequence_never_reaches_a_message_either(coach: Coach, name: str) -> None:
    text = NAMES[name]
    coach.do("new-client", "Ann")
    for words in (
        ["use", text],
        ["show", "--client", text],
        ["prep", "session", text],
        ["prep", "session", "1", "--with", text],
        ["prep", "session", "1", "--start", text],
        ["prep", "session", "1", "--energy", text],
        ["questions", "show", text],
        ["questions", "search", text],
        ["commitments", "add", "W", "--how-will-i-know", "K", "--when", text],
        ["new-client", "--from", text],
        [text],
    ):
        found = coach.run(*words)
        assert not STEERING.search(found.err), words
        assert not STEERING.search(found.out), words


@pytest.mark.slow
@pytest.mark.parametrize("form", few(FORMATS, 2))
def test_what_a_practice_holds_already_is_shown_safely_too(held: Coach, form: str) -> None:
    """A file may come from an older version, an import or another hand."""
    bad = "\x1b[31mred\x07\x9b\u202e"
    with closing(sqlite3.connect(held.practice)) as db, db:
        db.execute("UPDATE clients SET name = ?", (bad,))
        db.execute("UPDATE engagements SET destination = ?", (bad,))
        db.execute("UPDATE commitments SET what = ?, how_will_i_know = ?", (bad, bad))
        db.execute("UPDATE wraps SET focus = ?, inquiry = ?", (bad, bad))
        db.execute("UPDATE assumptions SET text = ?", (bad,))
        db.execute("UPDATE clients SET revision = revision + 1")
    for words in PAGES:
        if words[0] != "use" and "sponsor" not in words:  # whose page is empty here
            found = held.do(*words, "--format", form)
            assert "red" in found.out
            assert not STEERING.search(found.out + found.err), words


def test_an_escape_sequence_in_a_form_is_refused_with_its_place(coach: Coach) -> None:
    said = coach.refused(10, "new-client", "--from", "-", stdin='kind: intake\nname: "a\\e[31mb"\n')
    assert said.startswith("<standard input>:2:7: ")
    assert not STEERING.search(said)


def test_a_file_name_from_a_slug_stays_inside(coach: Coach, tmp_path: Path) -> None:
    coach.do("new-client", "../../etc")
    assert coach.json("clients")[0]["slug"] == "etc"
    page = tmp_path / "plan.md"
    coach.do("prep", "session", "1", "-o", str(page))
    assert "../../etc" in seen(page.read_text(encoding="utf-8"))


def test_names_that_differ_only_in_form_share_a_slug_and_are_told_apart(coach: Coach) -> None:
    composed, apart = (unicodedata.normalize(form, "Zoë") for form in ("NFC", "NFD"))
    coach.do("new-client", composed)
    assert "there is a client `zoe` already" in coach.refused(1, "new-client", apart)
