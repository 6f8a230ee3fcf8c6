"""`worksheets fill` on a terminal: the person's own editor, here played by a script."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from editing import drafts, editor

from coaching import Coach, Run, rows
from few import few

FILL = ("worksheets", "fill", "wheel-of-life")
WORK = (
    "## Work\n\n> 0 = not happy at all · 10 = as happy as I could be\n\nCall it:\n\n"
    "Rating (0 to 10):"
)


def kept(coach: Coach) -> int:
    (count,) = rows(coach.practice, "SELECT count(*) FROM worksheet_answers")
    return int(count[0])


def wrong_then_right(coach: Coach) -> Run:
    editor(coach, (WORK, f"{WORK} lots\nHello to you!"), ("lots", "7"))
    return coach.at_a_terminal(*FILL)


def test_faults_stand_in_the_text_that_opens_next_and_nothing_is_lost(begun: Coach) -> None:
    done = wrong_then_right(begun)
    assert done.code == 0, done.out
    log = begun.home / "log"
    first, second = (log / "seen-0").read_text(), (log / "seen-1").read_text()
    assert first == begun.do("worksheets", "blank", FILL[2], "--client", "sample-client").out
    said = (
        "<!-- trajplan: to mend: “Work”: expected a whole number from 0 to 10, found `lots` -->\n"
    )
    written = first.replace(WORK, f"{WORK} lots\nHello to you!")
    where = "<!-- trajplan: to mend: see line 18 -->\n"
    remarked = written.replace("Rating (0 to 10): lots", f"{said}Rating (0 to 10): lots")
    assert second == where + remarked
    data = begun.json("worksheets", "result", FILL[2])
    assert data["answers"] == {"work": 7}
    assert data["unmatched"] == "Work: Hello to you!"
    assert "Hello to you!" in done.out
    assert kept(begun) == 1
    assert drafts(begun) == []


@pytest.mark.parametrize(
    ("remark", "with_words"),
    [
        ("found `lots` -->", "found `lots` but she meant the shop -->"),
        ("to mend: “Work”", "to mend: but she meant the shop “Work”"),
        ("expected a whole number from 0 to 10,", "but she meant the shop"),
    ],
)
def test_words_typed_into_a_remark_are_kept(begun: Coach, remark: str, with_words: str) -> None:
    log = editor(begun, (WORK, f"{WORK} lots"), (remark, with_words), ("10): lots", "10): 7"))
    done = begun.at_a_terminal(*FILL)
    assert done.code == 0, done.out
    third = (log / "seen-2").read_text()
    assert "\nbut she meant the shop\n" in third
    assert third.count("to mend: “Work”: expected a whole number from 0 to 10, found `lots`") == 1
    assert begun.json("worksheets", "result", FILL[2])["answers"] == {"work": 7}
    assert "but she meant the shop" in done.out


def test_the_file_is_the_owners_alone_and_goes(begun: Coach) -> None:
    wrong_then_right(begun)
    file_mode, folder_mode, file = (begun.home / "log" / "modes").read_text().split(" ", 2)
    assert (file_mode, folder_mode) == ("600", "700")
    assert not Path(file).exists()


@pytest.mark.parametrize("turn", few([[None, ""], [None, " \n"], ["no such text", ""]], 1))
def test_an_empty_or_untouched_text_keeps_nothing(
    begun: Coach, turn: tuple[str | None, str]
) -> None:
    editor(begun, turn)
    done = begun.at_a_terminal(*FILL)
    assert done.code == 1
    assert "nothing was filled in, so nothing was saved" in done.out
    assert kept(begun) == 0
    assert drafts(begun) == []


def test_emptying_the_text_ends_it_also_after_a_fault(begun: Coach) -> None:
    editor(begun, (WORK, f"{WORK} lots"), (None, ""))
    assert begun.at_a_terminal(*FILL).code == 1
    assert kept(begun) == 0


def test_a_text_left_as_it_was_is_asked_about_and_set_aside(begun: Coach) -> None:
    editor(begun, (WORK, f"{WORK} lots"))
    done = begun.at_a_terminal(*FILL, answers=[("Open it again?", "n\n")])
    assert done.code == 10
    (draft,) = drafts(begun)
    assert draft.name.endswith(f"-worksheet-{FILL[2]}.md")
    assert stat.S_IMODE(draft.stat().st_mode) == 0o600
    assert "Rating (0 to 10): lots" in draft.read_text()
    draft.write_text(draft.read_text().replace("lots", "7"))
    begun.do(*FILL, "--from", str(draft))
    assert begun.json("worksheets", "result", FILL[2])["answers"] == {"work": 7}


def test_whatever_else_ends_it_sets_the_text_aside(begun: Coach) -> None:
    editor(begun, (WORK, f"{WORK} 7"), code=3)
    done = begun.at_a_terminal(*FILL)
    assert done.code == 1
    assert "the editor ended with 3, so nothing was saved" in done.out
    (draft,) = drafts(begun)
    assert f"what you typed is in {draft}" in done.words
    assert kept(begun) == 0


@pytest.mark.slow
def test_what_cannot_be_kept_is_said_before_the_editor_opens(begun: Coach) -> None:
    log = editor(begun, (WORK, f"{WORK} 7"))
    for more, words in (
        (("--session", "99"), "there is no session 99"),
        (("--date", "2027-12-31"), "is in the future"),
        (("--again",), "has not filled in `wheel-of-life` yet"),
        (("--client", "nobody"), "no client `nobody`"),
    ):
        assert words in begun.at_a_terminal(*FILL, *more).out
    assert list(log.iterdir()) == []


def test_a_text_of_before_outlives_an_editor_that_empties_it_and_a_kill(begun: Coach) -> None:
    editor(begun, (WORK, f"{WORK} lots"))
    assert begun.at_a_terminal(*FILL, answers=[("Open it again?", "n\n")]).code == 10
    script = begun.home / "killing editor"
    script.write_text('#!/bin/sh\n: > "$1"\nkill -9 $PPID\n')
    script.chmod(0o700)
    go_on = ("Go on with it?", "y\n")
    begun.more["VISUAL"] = f'"{script}"'
    assert begun.at_a_terminal(*FILL, answers=[go_on]).code == -9
    begun.more["VISUAL"] = "true"
    again = begun.at_a_terminal(*FILL, answers=[go_on, ("Save it as it stands?", "n\n")])
    assert "nothing was saved; what you typed is in" in " ".join(again.out.split())
    (draft,) = drafts(begun)
    assert "Rating (0 to 10): lots" in draft.read_text()


def test_beginning_with_what_was_written_last_time(begun: Coach) -> None:
    begun.do(*FILL, "--from", "-", stdin="Work: 4\nMoney: 5")
    editor(begun, ("Rating (0 to 10): 4", "Rating (0 to 10): 6"))
    assert begun.at_a_terminal(*FILL, "--again").code == 0
    assert begun.json("worksheets", "result", FILL[2])["answers"] == {"work": 6, "money": 5}


def test_an_editor_that_is_not_there(begun: Coach) -> None:
    begun.more.update({"VISUAL": "", "EDITOR": "no-such-editor"})
    done = begun.at_a_terminal(*FILL)
    assert done.code == 1
    assert "`no-such-editor` cannot be started" in done.out
