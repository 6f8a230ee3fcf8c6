"""A pen: fills in a printed form the way a person does, line by line, knowing only the page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

RATING = re.compile(r"^Rating \((-?\d+) to (-?\d+)\):$")


@dataclass
class Pen:
    """Writes something different everywhere, and remembers what it wrote.

    `numbers` are ratings by heading; elsewhere the lower half of the scale is used in turn.
    """

    numbers: Mapping[str, int] = field(default_factory=dict)
    wrote: list[str] = field(default_factory=list)
    ratings: dict[str, int] = field(default_factory=dict)

    def word(self) -> str:
        """A word that stands nowhere else."""
        self.wrote.append(f"quince{len(self.wrote):03d}")
        return self.wrote[-1]

    def fill(self, form: str) -> str:
        """The form with every place filled in."""
        result: list[str] = []
        heading, header, scales, options, marked = "", "", {}, {}, False
        lines = form.split("\n")
        for at, line in enumerate(lines):
            if line.startswith("## "):
                heading, scales, options, marked = line[3:], {}, {}, False
            elif line.startswith("> "):
                self._learn(line[2:], scales, options)
            rating = RATING.match(line)
            if rating:
                low = int(rating[1])
                value = self.numbers.get(heading, low + len(self.ratings) % 4)
                self.ratings[heading] = value
                line = f"{line} {value}"
            elif line == "Answer:":
                # A number, which the form prints so and nothing else.
                line = f"{line} 12"
            elif line == "Call it:":
                pass
            elif line == "- ":
                line = f"- {self.word()}"
            elif line.startswith("- [ ] ") and not marked:
                line, marked = line.replace("[ ]", "[x]"), True
            elif re.fullmatch(r"- [^:]+:", line):
                line = f"{line} {self._cell(line[2:-1], scales, options)}"
            elif line.startswith("| ---"):
                header = lines[at - 1]
            elif re.fullmatch(r"\|(  \|)+", line):
                line = self._row(header, scales, options)
            elif re.fullmatch(r"\| [^|]+ \|(  \|)+", line):
                name = line.split("|")[1].strip()
                line = self._row(header.split("|", 2)[2], scales, options, name)
            result.append(line)
            text = line == "" and heading and self._wants_text(lines, at)
            if text:
                result += [f"{self.word()}, and {self.word()}", f"{self.word()} as well."]
        return "\n".join(result)

    def _learn(self, hint: str, scales: dict[str, int], options: dict[str, str]) -> None:
        labels, _, rest = hint.partition(": ")
        scale = re.search(r"(-?\d+) to -?\d+", rest)
        # Columns that ask for the same share a line.
        for label in (labels, *labels.split(", ")):
            if scale:
                scales[label] = int(scale[1])
            elif rest.endswith("a number"):
                scales[label] = 0
            elif " or " in rest and ";" not in rest:
                options[label] = rest.split(" or ")[0]

    def _cell(self, label: str, scales: Mapping[str, int], options: Mapping[str, str]) -> str:
        if label in scales:
            return str(scales[label] + 1)
        return options.get(label) or self.word()

    def _row(
        self, header: str, scales: Mapping[str, int], options: Mapping[str, str], name: str = ""
    ) -> str:
        labels = [one.strip() for one in header.strip("|").split("|")]
        cells = [self._cell(label, scales, options) for label in labels]
        return "| " + " | ".join([name, *cells] if name else cells) + " |"

    def _wants_text(self, lines: list[str], at: int) -> bool:
        """Whether this empty line ends a heading with its hints, and nothing else is printed."""
        before, after = lines[at - 1], next((line for line in lines[at:] if line), "## ")
        hinted = before.startswith(("## ", "> "))
        again = lines[at + 1 : at + 2] and lines[at + 1].startswith("> ")
        return hinted and not again and after.startswith("## ")
