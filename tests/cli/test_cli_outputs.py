"""`-o` writes over what it wrote itself, and over nothing else (R153)."""

from __future__ import annotations

import os
import time

import pytest

from coaching import Coach, rows


def test_a_page_replaces_the_one_of_last_time(begun: Coach) -> None:
    page = begun.home / "plan.md"
    begun.do("prep", "4", "-o", str(page))
    begun.do("prep", "4", "--energy", "low", "-o", str(page))
    assert "energy low" in page.read_text("utf-8")
    assert page.read_text("utf-8") == begun.do("prep", "4").out
    begun.do("prep", "4", "--for", "client", "-o", str(page))


def test_what_a_killed_command_left_where_it_wrote_goes_with_the_next_page(begun: Coach) -> None:
    old, new = (begun.home / f".trajplan-{name}.new" for name in ("old", "new"))
    for path in (old, new):
        path.write_bytes(b"half a page")
    hour = time.time() - 3600
    os.utime(old, (hour, hour))
    done = begun.do("practice", "export", "-o", str(begun.home / "all.json"))
    assert "deleted .trajplan-old.new, which a command that was killed had left in" in done.err
    assert (old.exists(), new.exists()) == (False, True)


@pytest.mark.parametrize(
    "changed", ["# Mine\n", "", None], ids=["somebody's own", "emptied", "filled in"]
)
def test_what_is_somebodys_own_stays(begun: Coach, changed: str | None) -> None:
    form = begun.home / "swot.md"
    begun.do("worksheets", "blank", "swot", "-o", str(form))
    text = form.read_text("utf-8") + "My strengths\n" if changed is None else changed
    form.write_text(text, "utf-8")
    words = ("worksheets", "blank", "swot", "-o", str(form))
    said = begun.refused(1, *words)
    assert f"`{form}` is not as this program wrote it; --overwrite writes over it" in said
    assert form.read_text("utf-8") == text
    begun.do(*words, "--overwrite")
    assert "My strengths" not in form.read_text("utf-8")
    begun.do(*words)


def test_a_refused_file_stops_a_command_before_it_saves(begun: Coach) -> None:
    page = begun.home / "belief.md"
    page.write_text("mine")
    add = ("assumptions", "add", "Nobody hires at my age", "-o", str(page))
    before = rows(begun.practice, "SELECT count(*) FROM assumptions")
    begun.refused(1, *add)
    assert rows(begun.practice, "SELECT count(*) FROM assumptions") == before
    begun.do(*add, "--overwrite")
    assert "Nobody hires" in page.read_text("utf-8")


def test_without_its_memory_every_file_is_somebodys(begun: Coach) -> None:
    page = begun.home / "show.md"
    begun.do("show", "-o", str(page))
    (begun.cache / "written").write_text("")
    assert "--overwrite" in begun.refused(1, "show", "-o", str(page))
    begun.more["TRAJPLAN_CACHE"] = ""
    begun.do("show", "-o", str(page), "--overwrite")
    assert "--overwrite" in begun.refused(1, "show", "-o", str(page))


def test_the_memory_holds_digests_alone(begun: Coach) -> None:
    begun.do("show", "-o", str(begun.home / "sample.md"))
    memory = begun.cache / "written"
    assert {len(line) for line in memory.read_text().splitlines()} == {64}
    assert memory.stat().st_mode & 0o777 == 0o600


def test_a_schema_of_an_older_release_is_asked_about_too(begun: Coach) -> None:
    schema = begun.home / "bank.json"
    begun.do("questions", "schema", "-o", str(schema))
    begun.do("questions", "schema", "-o", str(schema))
    schema.write_text("{}")
    assert "--overwrite" in begun.refused(1, "questions", "schema", "-o", str(schema))


@pytest.mark.parametrize(
    "words",
    [
        ("prep", "4"),
        ("show", "--format", "pdf"),
        ("practice", "export"),
        ("questions", "schema"),
        ("questions", "new", "mine"),
        ("questions", "import", "-"),
        ("worksheets", "blank", "swot"),
    ],
    ids=" ".join,
)
def test_a_file_without_a_name_is_no_file(begun: Coach, words: tuple[str, ...]) -> None:
    for name in (["-o", ""], ["--output="], ["-o", " "]):
        refused = begun.run(*words, *name)
        assert (refused.code, refused.out) == (2, ""), refused
        assert "-o is empty; it names the file to write" in refused.err


@pytest.mark.parametrize(
    "words",
    [
        ["show"],
        ["prep", "4", "--for", "client"],
        ["pack", "4"],
        ["practice", "export"],
        ["practice", "export", "--overwrite"],
        ["questions", "schema"],
        ["questions", "new", "my-questions"],
        ["journey", "--format", "ics"],
    ],
    ids=" ".join,
)
def test_a_name_that_ends_as_a_folders_does_is_no_file(begun: Coach, words: list[str]) -> None:
    stick = begun.home / "stick"
    said = begun.refused(2, *words, "-o", f"{stick}/")
    assert f"there is no folder `{stick}/`; make it, or put in the stick it is on" in said
    assert not stick.exists()
    stick.mkdir()
    said = begun.refused(2, *words, "-o", f"{stick}/")
    assert f"`{stick}/` is a folder; name a file in it" in said
    assert f"`{stick}` is a folder" in begun.refused(2, *words, "-o", str(stick))
    assert list(stick.iterdir()) == []
