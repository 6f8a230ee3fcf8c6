"""What is worked out from answers, on small cases done by hand."""

from __future__ import annotations

from typing import Any

import pytest
from every_field import SHEET, from_yaml

from trajplan.worksheets.summaries import LONGEST, note_lines, summarise

WAYS = (
    {"way": "bake", "themes": "Calm; early hours", "state": "open"},
    {"way": "teach", "themes": "people, calm", "state": "closed"},
    {"themes": "calm, Calm", "state": "open"},
)


def worked(answers: dict[str, Any], before: dict[str, Any] | None = None) -> dict[str, list[str]]:
    found = summarise(SHEET, answers, None if before is None else (SHEET, before))
    return {
        one.show if one.show != "count" else one.title + one.lines[0]: [*one.lines] for one in found
    }


def test_nothing_is_worked_out_of_nothing() -> None:
    assert summarise(SHEET, {}) == ()


def test_lowest_and_highest_name_everything_that_has_the_value() -> None:
    found = worked({"work": 3, "rest": 8})
    assert found["lowest"] == ["Work 3"]
    assert found["highest"] == ["Rest 8"]
    assert worked({"work": 5, "rest": 5})["lowest"] == ["all 5"]
    assert worked({"work": 0})["lowest"] == ["Work 0"]


def test_widest_gap_between_two_columns() -> None:
    rows = (
        {"value": "Peace", "weight": 9, "lived": 3},
        {"value": "Money", "weight": 2, "lived": 8},
        {"value": "Craft", "weight": 7, "lived": 7},
        {"value": "Half", "weight": 10},
    )
    assert worked({"values": rows})["widest_gap"] == [
        "Peace: weight 9, lived 3, 6 apart",
        "Money: weight 2, lived 8, 6 apart",
    ]
    assert worked({"values": rows[2:]})["widest_gap"] == ["none: Weight and Lived agree throughout"]
    assert "widest_gap" not in worked({"values": rows[3:]})


PLAIN = from_yaml(
    """
kind: worksheet
id: plain
title: Plain
for: [client]
fields:
  - {id: a, label: Alpha, type: rating, min: 0, max: 10}
  - {id: b, label: Beta, type: rating, min: 0, max: 10}
  - {id: c, label: Gamma, type: rating, min: 0, max: 10}
  - {id: one, label: One, type: list}
  - {id: two, label: Two, type: list}
  - {id: text, label: Text, type: text, expected: true}
  - id: t
    label: Table
    type: table
    columns: [{id: n, label: N}, {id: r, label: R, type: rating, min: 0, max: 10}]
summaries:
  - {show: widest_gap, fields: [a, b, c]}
  - {show: lowest, fields: [t], columns: [r], title: Least}
  - recurring_themes
  - {show: recurring_themes, fields: [text], at_least: 1}
"""
)


def test_widest_gap_between_ratings() -> None:
    (found,) = summarise(PLAIN, {"a": 8, "b": 2, "c": 2})
    assert found.lines == ("Alpha 8 and Beta / Gamma 2, 6 apart",)
    assert found.data == {"gap": 6, "highest": ["Alpha"], "lowest": ["Beta", "Gamma"]}
    assert summarise(PLAIN, {"a": 8, "b": 8})[0].lines == ("none: all stand at 8",)
    assert summarise(PLAIN, {"a": 8}) == ()


def test_a_rated_column_is_named_by_its_rows() -> None:
    (found,) = summarise(PLAIN, {"t": ({"n": "Sea", "r": 4}, {"r": 2})})
    assert (found.title, found.lines) == ("Least", ("row 2 2",))


def test_themes_recur_over_entries_and_are_counted_once_in_each() -> None:
    assert worked({"ways": WAYS})["recurring_themes"] == ["Calm (3×)"]
    assert worked({"ways": WAYS[1:2]})["recurring_themes"] == ["none so far"]
    lists = summarise(PLAIN, {"one": ("Calm", "tea"), "two": ("calm!", "sea")})
    assert [one.lines for one in lists] == [("Calm (2×)",)]
    text = summarise(PLAIN, {"text": "sea, hills\nsea"})
    assert text[0].data == [{"theme": "sea", "count": 1}, {"theme": "hills", "count": 1}]


def test_what_lists_share_and_what_stands_in_one_alone() -> None:
    found = worked({"skills": ("Weld", "plan"), "wanted": ("weld.", "teach", "Teach")})
    assert found["overlap"] == ["Weld (Skills, Wanted)"]
    assert found["gaps"] == ["teach"]
    assert worked({"skills": ("a",), "wanted": ("b",)})["overlap"] == [
        "nothing stands in two of them"
    ]
    assert worked({"skills": ("b",), "wanted": ("B",)})["gaps"] == ["none"]
    assert "overlap" not in worked({"skills": ("a",)})
    assert "gaps" not in worked({"skills": ("a",)})
    assert "gaps" not in worked({"wanted": ("a",)})


def test_counts() -> None:
    found = worked({"skills": ("a", "b"), "ways": WAYS})
    assert found["How manySkills: 2"] == ["Skills: 2", "Ways: 3"]
    assert found["How manyopen: 2 (bake; Way 3)"] == ["open: 2 (bake; Way 3)"]
    assert "How manyopen: 0" in worked({"ways": WAYS[1:2]})


def test_change_is_against_the_time_before_and_only_where_both_are_rated() -> None:
    before = {
        "work": 4, "rest": 6, "hours": 40,
        "values": ({"value": "Peace", "weight": 9, "lived": 3}, {"value": "Gone", "lived": 1}),
        "places": ({"row": "Here", "score": 2},),
    }  # fmt: skip
    now = {
        "work": 6, "hours": 38.5,
        "values": ({"value": "New", "lived": 1}, {"value": "Peace", "weight": 9, "lived": 5}),
        "places": ({"row": "Here", "score": 1},),
    }  # fmt: skip
    assert worked(now, before)["change"] == [
        "Hours a week 40 → 38.5 (−1.5)",
        "Work 4 → 6 (+2)",
        "Peace, Lived 3 → 5 (+2)",
        "Here, Score 2 → 1 (−1)",
    ]
    assert worked({"work": 4}, before)["change"] == ["nothing moved"]
    assert "change" not in worked(now)
    assert "change" not in worked({"mood": "low"}, before)


def test_another_scale_is_not_compared() -> None:
    text = """
kind: worksheet
id: scale
title: Scale
for: [client]
fields: [{{id: a, label: A, type: rating, min: 0, max: {}}}]
summaries: [change]
"""
    now, then = from_yaml(text.format(10)), from_yaml(text.format(5))
    assert summarise(now, {"a": 4}, (then, {"a": 4})) == ()
    assert summarise(now, {"a": 4}, (now, {"a": 4}))[0].lines == ("nothing moved",)


def test_the_lines_to_have_in_mind() -> None:
    found = note_lines(SHEET, {"story": "I was\nasked", "work": 3, "rest": 3})
    assert found == ("Story: I was asked", "Lowest: all 3", "Highest: all 3")
    assert note_lines(SHEET, {"mood": "low"}) == ("Missing: Story",)
    (long,) = note_lines(SHEET, {"story": "word " * 100})
    assert len(long) <= LONGEST
    assert long.endswith("word…")


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        (({"n": "a", "r": 1}, {"n": "b"}), "Table: a · 1; b"),
        (({"n": "a", "x": "kept back"},), "Table: a"),
        (tuple({"n": str(n)} for n in range(6)), "Table: 0; 1; 2; 3; and 2 more"),
    ],
)
def test_a_table_in_a_line(rows: Any, line: str) -> None:
    text = """
kind: worksheet
id: t
title: T
for: [client]
fields:
  - id: t
    label: Table
    type: table
    carry: true
    columns:
      - {id: n, label: N, carry: true}
      - {id: r, label: R, type: number, carry: true}
      - {id: x, label: X}
"""
    assert note_lines(from_yaml(text), {"t": rows}) == (line,)
