"""The reference of the brief names every need, key and word of its rules."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from trajplan.pages import sponsor_page
from trajplan.planning import brief
from trajplan.planning.preparation_hints import OTHER_SIDE, REASON, SAID, vague
from trajplan.planning.readiness import PARTS

TEXT = (Path(__file__).parent.parent / "docs" / "reference" / "brief.md").read_text("utf-8")
TYPES = [
    one
    for module in (brief, sponsor_page)
    for one in vars(module).values()
    if isinstance(one, type) and one.__module__ == module.__name__
]


def test_every_need_stands_there_under_its_part_and_no_other() -> None:
    rows = re.findall(r"^\| ([^|]*?) ?\| ([^|]+) \| [^|]+ \|$", TEXT.split("## Hints")[0], re.M)
    named = [need for _, need in rows if need not in ("need", "---")]
    assert named == [need.title for part in PARTS for need in part.needs]
    assert [part for part, _ in rows if part not in ("part", "---", "")] == [
        part.title for part in PARTS
    ]


@pytest.mark.parametrize("one", TYPES, ids=lambda one: one.__name__)
def test_every_key_stands_there(one: type) -> None:
    assert [name for name in one.__struct_fields__ if f"`{name}`" not in TEXT] == []


def test_the_rule_of_the_stuck_point_is_the_one_that_runs() -> None:
    for word in (*REASON, *OTHER_SIDE):
        assert f"*{word}*" in TEXT
    examples = re.findall(r"^\| (I am stuck[^|]*) \| ([^|]*?) ?\|$", TEXT, re.M)
    assert len(examples) == 4
    said = {"no reason": "no_reason", "one side": "one_side", "nothing named": "nothing_named"}
    assert set(said.values()) == set(SAID)
    assert [vague(text) for text, _ in examples] == [said.get(one) for _, one in examples]
