"""Each drawing as SVG. Open a file in a browser to see what changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from trajplan.pages import page as tree
from trajplan.pages.svg import svg

GOLDEN = Path(__file__).parent / "drawings"
EXAMPLES: dict[str, tree.Drawing] = {
    "timeline": tree.Timeline(
        (
            tree.Stretch("14:00", 15, "Arrive and look back", "open"),
            tree.Stretch("14:15", 35, "What else could be true about this decision?", "explore"),
            tree.Stretch("14:50", 5, "Break", "break"),
            tree.Stretch("14:55", 20, "Choose the next step", "commit"),
        ),
        "15:15",
        "4 segments in 75 minutes.",
    ),
    "trend": tree.Trend(
        "Since the first rating",
        (
            tree.Series("Clarity", (4, 5, None, 7), "+3"),
            tree.Series("Options", (6, 6, None, 6), "±0"),
            tree.Series("Momentum", (None, None, None, None), "–"),
        ),
        "Moved most: Clarity +3.",
        ("1", "2", "3", "4"),
    ),
    "wheel": tree.Wheel(
        (
            tree.Spoke("Career", 7),
            tree.Spoke("Money", 0),
            tree.Spoke("Health", None),
            tree.Spoke("Friends and family", 10),
        ),
        0,
        10,
        "Highest 10: Friends and family. Lowest 0: Money.",
    ),
    "bars": tree.Bars(
        (
            tree.Gauge("informational", 0.2, "20 %, target 25 %", 0.25),
            tree.Gauge("Offers", None, "no reading yet"),
        ),
        "Two bars.",
    ),
    "arc": tree.Arc(
        (
            tree.Phase(
                "Foundation", (tree.Stop(1, "held", "9 Feb"), tree.Stop(2, "missed", "23 Feb"))
            ),
            tree.Phase("Activation", (tree.Stop(3, "planned", "9 Mar", ahead=True),)),
        ),
        "2 phases from Tue 9 Feb 2027 to Tue 9 Mar 2027.",
    ),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_drawings_look_as_they_did(name: str, request: pytest.FixtureRequest) -> None:
    shown = svg(EXAMPLES[name]) + "\n"
    golden = GOLDEN / f"{name}.svg"
    if request.config.getoption("--update-golden"):
        golden.write_text(shown, encoding="utf-8")
    assert shown == golden.read_text(encoding="utf-8"), "look at it; --update-golden keeps it"
