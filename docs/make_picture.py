"""Draw the README's picture: the demo's plan as a terminal of 92 columns shows it.

Run from the checkout, in the development environment:

    python docs/make_picture.py
"""

from __future__ import annotations

import io
import re
from itertools import islice
from pathlib import Path

from rich.console import Console, RenderableType
from rich.segment import Segment, Segments
from rich.terminal_theme import MONOKAI

from trajplan.actions.demo import demo_plan
from trajplan.pages.plan import plan_page
from trajplan.pages.terminal import terminal

PICTURE = Path(__file__).parent / "plan.svg"
WIDTH = 92
LINES = 74
"""Down to the questions of the second segment: enough to see what a plan is."""


def picture() -> str:
    """Return the plan as SVG."""
    plan = terminal(plan_page(demo_plan()), WIDTH)
    return terminal_picture(plan, "trajplan prep session 4", WIDTH, LINES, name="plan")


def terminal_picture(
    shown: RenderableType, title: str, width: int, lines: int, *, name: str
) -> str:
    """Return the first lines of what a terminal shows as SVG; `name` keeps its styles its own."""
    console = Console(
        record=True,
        width=width,
        file=io.StringIO(),
        force_terminal=True,
        markup=False,
        highlight=False,
    )
    for line in islice(console.render_lines(shown, pad=False), lines):
        console.print(Segments([*line, Segment.line()]), end="")
    svg = console.export_svg(title=title, theme=MONOKAI, unique_id=name)
    # The picture must not fetch a font from anywhere.
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    return svg.replace("Fira Code", "ui-monospace").replace("arial", "sans-serif")


def main() -> None:
    """Write the picture beside this script."""
    PICTURE.write_text(picture(), encoding="utf-8")


if __name__ == "__main__":
    main()
