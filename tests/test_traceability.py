"""Every row of the specification that matters now is shown by a test, or named as open.

A row is done when its behaviour can be seen from the command line and a test names it. So a row
counts as shown by tests that run the command line (cli, golden, faults/test_cli_*) and carry
`@pytest.mark.req`. Tests of single rooms may name open rows too, for the part they hold.
"""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
SPEC = TESTS.parents[1] / "shared" / "SPEC.md"
OPEN = TESTS / "open_rows.txt"
AT_THE_COMMAND_LINE = ("cli/", "golden/", "faults/test_cli_")
ECHO = "Echo"


def spec_rows(text: str) -> dict[str, int]:
    """Row and priority. `R45, R46` and `R35–R37` are a row each; some rows have a name only."""
    found: dict[str, int] = {}
    for line in text.splitlines():
        cells = [one.strip() for one in line.strip().strip("|").split("|")]
        if line.startswith("|") and len(cells) >= 3 and cells[1] in ("1", "2", "3"):
            for name in names(cells[0]):
                found[name] = int(cells[1])
        elif line.startswith(f"{ECHO}: "):
            found[ECHO] = 1
    return found


def names(cell: str) -> list[str]:
    """The rows a first cell names: `R6–R9 the four phases` is R6, R7, R8 and R9."""
    head = re.match(r"R\d+(?:\s*[,–-]\s*R\d+)*", cell)
    if not head:
        return [cell.split()[0]]
    result: list[str] = []
    for part in head[0].split(","):
        numbers = [int(match) for match in re.findall(r"\d+", part)]
        result += [f"R{number}" for number in range(numbers[0], numbers[-1] + 1)]
    return result


@cache
def marked() -> dict[str, set[str]]:
    """Rows named by `@pytest.mark.req`, with the test files that name them."""
    found: dict[str, set[str]] = {}
    for path in sorted(TESTS.rglob("test_*.py")):
        place = path.relative_to(TESTS).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.req":
                for argument in node.args:
                    assert isinstance(argument, ast.Constant), f"{place}:{node.lineno}"
                    found.setdefault(str(argument.value), set()).add(place)
    return found


def open_rows() -> dict[str, str]:
    """Open rows with their reasons."""
    return reasons(OPEN.read_text(encoding="utf-8"))


def reasons(text: str) -> dict[str, str]:
    """Each row with what stands behind it; remarks and empty lines aside."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            name, _, reason = line.partition(" ")
            assert name not in found, f"{name} is named twice"
            found[name] = reason.strip()
    return found


def shown() -> set[str]:
    return {
        row
        for row, places in marked().items()
        if any(place.startswith(AT_THE_COMMAND_LINE) for place in places)
    }


@pytest.fixture
def rows() -> dict[str, int]:
    if not SPEC.exists():
        pytest.skip("the specification is not beside this checkout")
    return spec_rows(SPEC.read_text(encoding="utf-8"))


def test_the_specification_is_read_in_full(rows: dict[str, int]) -> None:
    assert len(rows) > 100
    assert {"R1", "R6", "R9", "R46", "R36", "R89", "R119", "flags", ECHO} <= set(rows)
    assert (rows["R14"], rows["R10"], rows["R1"]) == (3, 2, 1)


def test_every_row_that_matters_is_shown_or_named_as_open(rows: dict[str, int]) -> None:
    wanted = {row for row, priority in rows.items() if priority <= 2}
    assert sorted(wanted - shown() - set(open_rows())) == []


def test_no_row_is_both_shown_and_open() -> None:
    assert sorted(shown() & set(open_rows())) == []


def test_no_row_is_unknown(rows: dict[str, int]) -> None:
    assert sorted((set(marked()) | set(open_rows())) - set(rows)) == []


def unexplained(found: dict[str, str]) -> list[str]:
    return [row for row, reason in found.items() if len(reason.split()) < 3]


def test_every_open_row_says_why() -> None:
    # None may be left; what would be refused is seen all the same.
    assert unexplained(reasons("# a remark\n\nR1 not yet built at all\nR2 later\n")) == ["R2"]
    assert unexplained(open_rows()) == []


def test_ranges_and_lists_of_rows_are_told_apart() -> None:
    assert names("R6–R9 the four phases") == ["R6", "R7", "R8", "R9"]
    assert names("R76, R77 values alignment, dissonance") == ["R76", "R77"]
    assert names("R30 pre-session questionnaire") == ["R30"]
    assert names("flags") == ["flags"]
    table = "| R | P | built as |\n|---|---|---|\n| R1 a | 1 | x |\n| R2–R3 | 3 | y |\nEcho: z\n"
    assert spec_rows(table) == {"R1": 1, "R2": 3, "R3": 3, "Echo": 1}
