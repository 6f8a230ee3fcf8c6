"""Short forms, and a client by any part of the name that is theirs alone (R141)."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching import Coach, rows, told_once
from trajplan.actions.intake import LONGEST_SLUG, check_slug
from trajplan.actions.new_client import initials_of, slug_of
from trajplan.cli.app import COMMANDS
from trajplan.cli.lazy import Lazy
from trajplan.text import cut_between_letters


def _bare(lazy: Lazy) -> str:
    """The command that a word alone means; empty where it is itself a command, or means none."""
    return getattr(lazy.load(), "bare", "")


@pytest.fixture
@told_once
def several(coach: Coach) -> Coach:
    """Marja is current; two of the four begin alike."""
    for name in ("Ann Lee", "Anna Kovač", "Zoë Ångström", "Marja-Liisa Korhonen"):
        coach.do("new-client", name)
    return coach


def client_of(coach: Coach, typed: str) -> str:
    slug: str = coach.json("show", "--client", typed)["client"]
    return slug


@pytest.mark.req("R141")
@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("Marja", "marja-liisa-korhonen"),
        ("marja liisa", "marja-liisa-korhonen"),
        ("KORHONEN", "marja-liisa-korhonen"),
        ("rhon", "marja-liisa-korhonen"),
        ("zoe", "zoe-angstrom"),
        ("angström", "zoe-angstrom"),
        ("kovac", "anna-kovac"),
        ("Anna", "anna-kovac"),
        ("Ann Lee", "ann-lee"),
        ("lee", "ann-lee"),
        ("korhonen/1", "marja-liisa-korhonen"),
    ],
)
def test_a_client_goes_by_any_part_of_the_name(several: Coach, typed: str, slug: str) -> None:
    assert client_of(several, typed) == slug


@pytest.mark.req("R141")
@pytest.mark.parametrize("typed", ["ann", "ANN", "an"])
def test_a_part_that_several_have_is_refused_with_them(several: Coach, typed: str) -> None:
    for words in (["show", "--client", typed], ["use", typed], ["prep", "1", "--client", typed]):
        said = several.refused(1, *words)
        assert f"`{typed}` could be `ann-lee` (Ann Lee), `anna-kovac` (Anna Kovač)" in said


@pytest.mark.parametrize("typed", ["k", "-", "marja korhonen", "nobody", "lee/2"])
def test_what_is_no_part_of_a_name_is_not_found(several: Coach, typed: str) -> None:
    several.refused(20, "show", f"--client={typed}")


def test_a_whole_slug_is_that_client_whoever_else_has_it_in_the_name(several: Coach) -> None:
    several.do("new-client", "Ann")
    assert client_of(several, "ann") == "ann"


def test_a_former_slug_still_finds_the_client(several: Coach) -> None:
    several.do("clients", "update", "lee", "--slug", "al")
    assert client_of(several, "ann-lee") == "al"


def test_a_part_of_a_name_writes_to_that_client(several: Coach) -> None:
    assert several.do("use", "zoë").first.startswith("# Zoë Ångström")
    assert "Anna Kovač" in several.do("check-in", "--energy", "low", "--client", "anna k").first
    assert "Zoë Ångström" in several.do("check-in", "--energy", "low").first


def test_erasing_takes_the_whole_slug(several: Coach) -> None:
    said = several.refused(20, "practice", "erase", "--client", "korhonen", "--yes", "korhonen")
    assert "no client `korhonen`; did you mean `marja-liisa-korhonen`?" in said
    assert client_of(several, "korhonen") == "marja-liisa-korhonen"


def test_a_person_is_asked_which_of_several(several: Coach) -> None:
    asked = several.at_a_terminal(
        *("check-in", "--energy", "low", "--client", "ann"), answers=[("Which one?", "ann-lee\n")]
    )
    assert asked.code == 0, asked.out
    assert "Ann Lee · session 1: check-in saved" in asked.out


@pytest.mark.req("R141")
def test_prep_and_wrap_take_a_bare_number(begun: Coach) -> None:
    assert begun.do("prep", "4").out == begun.do("prep", "session", "4").out
    assert begun.do("prep", "4", "--for", "client").first == "# Sample Client · session 4 of 12"
    wrap = "kind: wrap\nfocus: The talk\ncommitments: none\n"
    assert "session 4" in begun.do("wrap", "4", "--from", "-", stdin=wrap).first.lower()
    assert begun.do("wrap", "4").out == begun.do("wrap", "session", "4").out


@pytest.mark.req("R141")
def test_bare_wrap_means_the_past_session_that_is_not_wrapped(coach: Coach) -> None:
    coach.do("new-client", "Ann")
    coach.today = "2027-01-13"
    assert "## What became of" not in coach.do("wrap", "--blank").out
    wrap = "kind: wrap\ncommitments: none\nnotes: [{text: Rang, kind: working, purge_on: 19.2.}]\n"
    assert "session 1" in coach.do("wrap", "--from", "-", stdin=wrap).first.lower()
    (note,) = rows(coach.practice, "SELECT purge_on FROM notes")
    assert note == ("2027-02-19",)


@pytest.mark.req("R141")
def test_bare_prep_means_the_next_session(begun: Coach) -> None:
    assert begun.do("prep").out == begun.do("prep", "session").out
    assert begun.do("prep", "--glance").out == begun.do("prep", "session", "--glance").out
    assert "`trajplan prep 4` are short for `trajplan prep session`" in (
        " ".join(begun.do("prep", "--help").out.split())
    )


@pytest.mark.req("R141")
@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["com"], "no command `com`"),
        (["prep", "sesion"], "did you mean `session`?"),
        (["prep", "m1"], "no command `m1`"),
        (["prep", "99"], "there is no session 99"),
        (["goals", "1"], "no command `1`"),
    ],
)
def test_commands_are_not_abbreviated(begun: Coach, words: list[str], says: str) -> None:
    run = begun.run(*words)
    assert run.code in (1, 2)
    assert says in run.err


@pytest.mark.parametrize(
    ("name", "slug", "initials"),
    [
        ("Андрей Їжак", "андрей-їжак", "АЇ"),
        ("अनिता राव", "अनिता-राव", "अरा"),
        ("நித்யா", "நித்யா", "நி"),
        ("Ελένη Παπά", "ελένη-παπά", "ΕΠ"),
        ("José Müller", "jose-muller", "JM"),
        ("นภา", "นภา", "น"),
        ("می‌خواهم", "میخواهم", "م"),
        ("O'Brien", "o-brien", "OB"),
        ("!!!", "client", "?"),
    ],
)
def test_names_keep_their_letters(coach: Coach, name: str, slug: str, initials: str) -> None:
    assert coach.json("new-client", name)["client"] == slug
    assert initials_of(name) == initials
    assert client_of(coach, slug) == slug
    assert client_of(coach, unicodedata.normalize("NFD", slug)) == slug


@given(st.text())
def test_every_name_gives_a_slug_that_is_one(name: str) -> None:
    slug = slug_of(name)
    check_slug(slug)
    assert len(slug) <= LONGEST_SLUG
    assert slug_of(slug) == slug
    assert not re.search(r"\s", slug)


@given(st.text(alphabet=[*"निதिя", "\u0306", "x"], max_size=60), st.integers(1, 60))
def test_a_long_name_is_cut_between_letters(name: str, length: int) -> None:
    kept = cut_between_letters(name, length)
    assert name.startswith(kept)
    assert len(kept) <= length
    rest = name[len(kept) :]
    assert not kept or not rest or unicodedata.category(rest[0])[0] != "M"


@pytest.mark.req("R141")
def test_a_day_of_several_words_needs_no_quotes(begun: Coach) -> None:
    begun.do("sessions", "move", "5", "11", "March")
    assert "2027-03-11" in begun.do("sessions", "list", "--format", "json").out
    begun.do("sessions", "days-off", "24", "March", "--until", "26 March")
    begun.do("sessions", "days-off", "24", "March", "2027", "--remove")
    begun.do("sessions", "add", "--kind", "check_in", "the", "4th", "of", "March")


@pytest.mark.parametrize("noun", [name for name, lazy in COMMANDS.items() if _bare(lazy)])
def test_a_nouns_help_shows_the_options_it_takes_alone(coach: Coach, noun: str) -> None:
    bare = _bare(COMMANDS[noun])
    shown = coach.do(noun, "--help").words
    assert f"Options of `trajplan {noun} {bare}`, which `trajplan {noun}` takes as well:" in shown
    own = coach.do(noun, bare, "--help").out
    options = set(re.findall(r"(?<!\S)--[a-z][a-z-]+", own.partition("Options:")[2]))
    assert "--format" in options
    assert options <= set(re.findall(r"(?<!\S)--[a-z][a-z-]+", shown))


def test_the_help_of_wrap_shows_how_the_readme_uses_it(coach: Coach) -> None:
    shown = coach.do("wrap", "--help").out
    for option in ("--replace", "--ask", "--form", "--from", "--blank"):
        assert f"  {option} " in shown


@pytest.mark.req("R141")
def test_a_piece_inside_a_slug_that_no_name_holds_names_nobody(coach: Coach) -> None:
    coach.do("new-client", "👩‍🚀")
    coach.do("new-client", "李")
    assert "client" in [row["slug"] for row in coach.json("clients")]
    assert "`li`" in coach.refused(20, "notes", "add", "x", "--client", "li")
    coach.do("notes", "add", "x", "--client", "cli")
