"""Draw the README's picture: the demo's plan as a terminal of 92 columns shows it.

Run from the checkout, in the development environment:

    python docs/make_picture.py
"""

from __future__ import annotations

import io
import re
from pathlib import Path

from rich.console import Console
from rich.segment import Segment, Segments
from rich.terminal_theme import MONOKAI

from trajplan.actions.demo import demo_plan
from trajplan.pages.plan import page
from trajplan.pages.terminal import terminal

PICTURE = Path(__file__).parent / "plan.svg"
LINES = 74
"""Down to the questions of the second segment: enough to see what a plan is."""


def picture() -> str:
    """Return the plan as SVG."""
    console = Console(
        record=True,
        width=92,
        file=io.StringIO(),
        force_terminal=True,
        markup=False,
        highlight=False,
    )
    lines = console.render_lines(terminal(page(demo_plan()), console.width), pad=False)
    for line in lines[:LINES]:
        console.print(Segments([*line, Segment.line()]), end="")
    svg = console.export_svg(title="trajplan prep session 4", theme=MONOKAI, unique_id="plan")
    # The picture must not fetch a font from anywhere.
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    return svg.replace("Fira Code", "ui-monospace").replace("arial", "sans-serif")


def main() -> None:
    """Write the picture beside this script."""
    PICTURE.write_text(picture(), encoding="utf-8")


if __name__ == "__main__":
    main()
