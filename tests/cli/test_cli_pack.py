"""The pack and the rating card: what is printed before a session (R148)."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from coaching import COMMITMENT, PLANTED, Coach, begin, hold_four
from html_reader import HtmlPage
from paper import Paper
from trajplan.measures.tci import ANCHORS

FACTORS = ["clarity", "options", "decision", "momentum", "confidence"]


def pages_of(coach: Coach, *command: str) -> list[str]:
    return [page["page"] for page in coach.json("pack", *command)["pages"]]


def starts(sheets: Sequence[str]) -> list[str]:
    """What the sheets say at their foot: which of its page each is."""
    return re.findall(r"page (\d+ of \d+)", " ".join(" ".join(sheets).split()))


@pytest.mark.req("R148")
def test_a_pack_holds_all_that_a_session_needs(held: Coach) -> None:
    assert pages_of(held, "4") == ["plan", "agenda", "sheet", "rating-card", "worksheet"]
    assert pages_of(held, "4", "--for", "client") == [
        "agenda",
        "sheet",
        "rating-card",
        "worksheet",
    ]


@pytest.mark.req("R148")
def test_each_of_its_pages_is_the_page_that_its_own_command_prints(held: Coach) -> None:
    pack = held.json("pack", "5")
    data = {page["page"]: page["data"] for page in pack["pages"]}
    assert data["plan"] == held.json("prep", "5")
    assert data["agenda"] == held.json("prep", "5", "--for", "client")
    assert data["rating-card"] == held.json("prep", "card", "5")
    assert data["sheet"] == held.json("wrap", "5", "--blank")


@pytest.mark.slow
@pytest.mark.req("R148")
def test_each_page_begins_a_sheet_and_counts_its_own(held: Coach) -> None:
    file = held.home / "pack.pdf"
    held.do("pack", "4", "-o", str(file))
    paper = Paper(file.read_bytes())
    assert paper.title == "Sample Client · session 4 of 12"
    counted = starts(paper.sheets)
    begun = [place for place, foot in enumerate(counted) if foot.startswith("1 of ")]
    assert [paper.sheets[place].split("\n")[0].strip() for place in begun] == [
        "Session 4 of 12 · Sample Client",
        "Sample Client · session 4 of 12",
        "Action-commitment sheet · Sample Client · session 4 of 12",
        "Rating card · Sample Client · session 4 of 12",
        "Possibility cards · Sample Client",
    ]
    # A page in a pack takes as many sheets as it does alone.
    held.do("prep", "4", "-o", str(file), "--overwrite")
    assert counted[: begun[1]] == starts(Paper(file.read_bytes()).sheets)


@pytest.mark.req("R148")
def test_a_pack_in_the_browser_is_one_file_with_an_article_a_page(held: Coach) -> None:
    page = held.do("pack", "4", "--format", "html").out
    assert page.count("<article ") == page.count("<h1 ") == 5
    names = re.findall(r' id="([^"]+)"', page)
    assert len(names) == len(set(names))
    assert set(re.findall(r'aria-labelledby="([^"]+)"', page)) <= set(names)


@pytest.mark.req("R148")
def test_nothing_of_the_coachs_is_in_a_clients_pack(held: Coach) -> None:
    begin(held, "kind: intake\nname: Planted\nstuck_point: PLANTED-STUCK\n")
    held.do("use", "planted")
    hold_four(held, PLANTED)
    for form in ("markdown", "json", "html"):
        said = held.do("pack", "5", "--for", "client", "--format", form).out
        assert COMMITMENT in said
        assert "PLANTED" not in said.replace("Planted", "")


@pytest.mark.req("R148", "R166")
def test_a_card_has_a_scale_for_each_factor_with_its_anchors(held: Coach) -> None:
    card = held.json("prep", "card")
    assert [scale["name"] for scale in card["scales"]] == FACTORS
    assert [(scale["low"], scale["high"]) for scale in card["scales"]] == [*ANCHORS.values()]
    assert card["satisfaction"] is False
    held.do("clients", "update", "--satisfaction", "home")
    assert held.json("prep", "card")["satisfaction"] is True
    assert HtmlPage(held.do("prep", "card", "--format", "html").out).tags.count("svg") == 6


@pytest.mark.req("R148", "R166")
def test_a_client_without_numbers_gets_no_card(held: Coach) -> None:
    held.do("clients", "update", "--ratings", "off")
    assert "rating-card" not in pages_of(held, "5")
    assert "gives no numbers" in held.refused(1, "prep", "card")


@pytest.mark.req("R148", "R22")
def test_a_session_that_holds_has_nothing_to_write_on(held: Coach) -> None:
    held.do("check-in", "--session", "5", "--holding")
    assert pages_of(held, "5") == ["plan", "agenda"]
