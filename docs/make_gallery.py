"""Make the gallery: the main pages of the demo on paper, on a screen and in a terminal.

Run from the checkout on Linux, in the development environment, with `chromium` and `pdftoppm` (of
poppler) installed:

    python docs/make_gallery.py

It fills `docs/gallery/` anew, its README included. Look at the pictures before you commit them.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from make_picture import terminal_picture
from PIL import Image
from rich.text import Text

GALLERY = Path(__file__).parent / "gallery"
TODAY = "2027-02-23"
"""The day of the fourth session of the demo's sample client."""
COLOURS = 16
"""Enough for text on one ground; so a picture stays under 80 KB."""
DOTS, WHOLE_DOTS = 96, 34
"""To an inch: of a single sheet, and of many beside each other."""
ACROSS, GAP = 4, 6
"""Sheets in a row, and the dots between them."""
PAPERS = {"a4": "A4", "letter": "Letter"}
LIGHTS = {"light": 1, "dark": 0}
"""What chromium calls a person's preference."""
NAMES = {**PAPERS, "light": "light", "dark": "dark"}
SCREEN = (1000, 1300)
COLUMNS = (80, 120)
LINES = 60
SEGMENTS = """\
## Work
4
## Money
7
## Health
3
## People close to me
8
## Friends
6
## Learning
9
## Home
7
"""


@dataclass(frozen=True)
class Shown:
    """A page of the gallery: its name, what it is, and the words of its command. `whole`: on paper
    all sheets are shown, small; else the first."""

    name: str
    title: str
    words: tuple[str, ...]
    whole: bool = False


PLAN = Shown("plan", "The coach's plan for a session", ("prep", "session", "4"))
AGENDA = Shown("agenda", "The agenda on the table", ("prep", "session", "4", "--for", "client"))
SHEET = Shown("sheet", "What the client promised", ("wrap", "session", "3"))
LOG = Shown(
    "tci", "Ratings over twelve sessions", ("tci", "--history", "--client", "ledger-client")
)
JOURNEY = Shown("journey", "The journey", ("journey",))
WHEEL = Shown("wheel", "A wheel, filled in", ("worksheets", "result", "wheel-of-life"))
FORM = Shown("form", "A worksheet to fill in", ("worksheets", "blank", "wheel-of-life"))
CARD = Shown("rating-card", "The rating card", ("prep", "card"))
PACK = Shown("pack", "All of a session's pages in one file", ("pack",), whole=True)
CAREER_OS = Shown(
    "career-os",
    "What a client goes on with",
    ("close", "--print", "career-os", "--client", "ledger-client"),
)
ON_PAPER = (PLAN, AGENDA, SHEET, CARD, PACK, LOG, JOURNEY, FORM, CAREER_OS)
ON_A_SCREEN = (PLAN, AGENDA, LOG, JOURNEY, WHEEL)
IN_A_TERMINAL = (PLAN, LOG, JOURNEY)


Maker = Callable[["Desk", Shown, Any], str]
"""Makes a picture of a page in one of its ways, and returns the name of its file."""


class Desk:
    """The program on the demo's practice, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.program = Path(sys.executable).with_name("trajplan")
        places = {f"XDG_{name}_HOME": str(folder / name) for name in ("CONFIG", "DATA", "CACHE")}
        self.environ = {
            **{name: value for name, value in os.environ.items() if name[:8] != "TRAJPLAN"},
            **places,
            "TRAJPLAN_PRACTICE": str(folder / "demo.sqlite3"),
            "TRAJPLAN_TODAY": TODAY,
        }
        self.run("demo", "--keep", str(folder / "demo.sqlite3"))
        self.run("worksheets", "fill", "wheel-of-life", "--from", "-", typed=SEGMENTS)

    def run(self, *words: str, typed: str = "", **environ: str) -> str:
        """What a command prints; a fault of it is a fault here."""
        ran = subprocess.run(
            [self.program, *words],
            input=typed,
            capture_output=True,
            encoding="utf-8",
            env={**self.environ, **environ},
            check=False,
        )
        if ran.returncode:
            raise SystemExit(f"{' '.join(words)}: {ran.stderr}")
        return ran.stdout

    def set_paper(self, paper: str) -> None:
        """Choose the paper as a coach does."""
        settings = self.folder / "CONFIG" / "trajplan" / "settings.toml"
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text(f'paper = "{paper}"\n', encoding="utf-8")

    def write(self, shown: Shown, ending: str) -> Path:
        """The page as a file."""
        file = self.folder / f"{shown.name}.{ending}"
        self.run(*shown.words, "-o", str(file), "--overwrite")
        return file


def on_paper(desk: Desk, shown: Shown, paper: str) -> str:
    """The first sheet, or all of them beside each other."""
    desk.set_paper(paper)
    target = GALLERY / f"{shown.name}-{paper}.png"
    dots, last = (str(WHOLE_DOTS), "99") if shown.whole else (str(DOTS), "1")
    sheet = desk.folder / target.stem
    command = [
        "pdftoppm",
        "-png",
        "-r",
        dots,
        "-l",
        last,
        str(desk.write(shown, "pdf")),
        str(sheet),
    ]
    subprocess.run(command, check=True)
    sheets = [Image.open(file) for file in sorted(desk.folder.glob(f"{target.stem}-*.png"))]
    beside_each_other(sheets).save(target)
    return small(target)


def beside_each_other(sheets: Sequence[Image.Image]) -> Image.Image:
    """Sheets in rows, with room between them."""
    across = min(len(sheets), ACROSS)
    width, height = (length + GAP for length in sheets[0].size)
    down = -(-len(sheets) // across)
    picture = Image.new("RGB", (across * width - GAP, down * height - GAP), "grey")
    for place, sheet in enumerate(sheets):
        picture.paste(sheet, (place % across * width, place // across * height))
    return picture


def on_a_screen(desk: Desk, shown: Shown, light: str) -> str:
    """The top of the page in a window."""
    target = GALLERY / f"{shown.name}-{light}.png"
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
    subprocess.run(
        [
            "chromium",
            *options,
            f"--window-size={SCREEN[0]},{SCREEN[1]}",
            f"--blink-settings=preferredColorScheme={LIGHTS[light]}",
            f"--screenshot={target}",
            desk.write(shown, "html").as_uri(),
        ],
        check=True,
        capture_output=True,
    )
    return small(target)


def in_a_terminal(desk: Desk, shown: Shown, columns: int) -> str:
    """The first lines, in colour."""
    page = desk.run(
        *shown.words, "--format", "terminal", COLUMNS=str(columns), FORCE_COLOR="1", PAGER=""
    )
    name = f"{shown.name}-{columns}"
    title = " ".join(("trajplan", *shown.words))
    svg = terminal_picture(Text.from_ansi(page), title, columns, LINES, name=name)
    (GALLERY / f"{name}.svg").write_text(svg, encoding="utf-8")
    return f"{name}.svg"


def small(picture: Path) -> str:
    """Keep few colours of a picture."""
    Image.open(picture).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(
        picture, optimize=True
    )
    return picture.name


def gallery(desk: Desk) -> Iterator[str]:
    """The lines of the README; the pictures are made on the way."""
    yield "# Gallery"
    yield ""
    yield "The demo's practice is fictional. Made by `python docs/make_gallery.py`."
    yield from section("On paper", ON_PAPER, PAPERS, desk, on_paper)
    yield from section("On a screen", ON_A_SCREEN, LIGHTS, desk, on_a_screen)
    yield from section("In a terminal", IN_A_TERMINAL, COLUMNS, desk, in_a_terminal)


def section(
    title: str, pages: Sequence[Shown], ways: Iterable[Any], desk: Desk, make: Maker
) -> Iterator[str]:
    """A table a page: its pictures side by side."""
    yield f"\n## {title}"
    for shown in pages:
        names = [NAMES.get(way, f"{way} columns") for way in ways]
        pictures = [make(desk, shown, way) for way in ways]
        yield f"\n### {shown.title}"
        yield f"\n`trajplan {' '.join(shown.words)}`\n"
        yield "| " + " | ".join(names) + " |"
        yield "|" + "---|" * len(names)
        yield (
            "| "
            + " | ".join(
                f"![{shown.title}, {name}]({picture})"
                for name, picture in zip(names, pictures, strict=True)
            )
            + " |"
        )


def main() -> None:
    """Fill the gallery anew."""
    GALLERY.mkdir(exist_ok=True)
    for file in GALLERY.iterdir():
        file.unlink()
    with tempfile.TemporaryDirectory() as folder:
        lines = list(gallery(Desk(Path(folder))))
    (GALLERY / "README.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
