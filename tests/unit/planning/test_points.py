"""The points a question earns are the ones the decision page lists."""

from __future__ import annotations

import re
from pathlib import Path

from trajplan.planning.question_worth import POINTS
from trajplan.planning.selection import SEQUENCE_SCORE

PAGE = next((Path(__file__).parents[3] / "docs" / "decisions").glob("0004-*.md"))


def test_the_decision_page_lists_every_number_of_points() -> None:
    listed = re.findall(r"^\| ((?:[+−]\d+(?: / )?)+) \|", PAGE.read_text(encoding="utf-8"), re.M)
    numbers = sorted(abs(int(sign[1:])) for cell in listed for sign in cell.split(" / "))
    # The sign of one that counts against a question stands in the same row as its counterpart.
    expected = [abs(points) for points in POINTS.values()]
    expected += [SEQUENCE_SCORE, POINTS["recovery"]]
    assert numbers == sorted(expected)
