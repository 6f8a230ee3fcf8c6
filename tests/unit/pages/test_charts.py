"""Charts keep to their laws: whatever is drawn is in the frame, legible, and where it belongs."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from random_drawings import (
    arcs,
    bar,
    drawings,
    long,
    scales,
    spark,
    timelines,
    trends,
    typed,
    wheels,
)

from trajplan.pages import page as tree
from trajplan.pages.charts.shapes import (
    SIZE,
    WIDTH,
    Label,
    Mark,
    Patch,
    Sketch,
    Stroke,
    text_width,
    wrapped,
)
from trajplan.pages.drawings import plain
from trajplan.pages.svg import sketch

words = typed | long
whole = drawings(words, words) | scales(words) | bar | spark
HALF_A_UNIT = 0.5


@given(whole)
def test_everything_is_in_the_frame(drawing: tree.Drawing) -> None:
    drawn = sketch(drawing)
    for shape in drawn.shapes:
        left, top, right, bottom = shape.box
        assert -HALF_A_UNIT <= left <= right <= drawn.width + HALF_A_UNIT
        assert -HALF_A_UNIT <= top <= bottom <= drawn.height + HALF_A_UNIT


@given(whole)
def test_no_label_covers_another(drawing: tree.Drawing) -> None:
    boxes = [label.box for label in labels(sketch(drawing)) if "".join(label.lines)]
    for first, second in combinations(boxes, 2):
        across = min(first[2], second[2]) - max(first[0], second[0])
        down = min(first[3], second[3]) - max(first[1], second[1])
        assert across <= HALF_A_UNIT or down <= HALF_A_UNIT


@given(drawings(words, words))
def test_no_word_is_lost(drawing: tree.Drawing) -> None:
    drawn = Counter("".join(line for label in labels(sketch(drawing)) for line in label.lines))
    match drawing:
        case tree.Bars():
            said = [text for gauge in drawing.gauges for text in (gauge.label, gauge.text)]
        case tree.Timeline():
            said = [stretch.title for stretch in drawing.stretches] + [drawing.end]
        case tree.Trend():
            said = [drawing.title, *(series.name for series in drawing.series)]
        case tree.Wheel():
            said = [spoke.label for spoke in drawing.spokes]
        case tree.Arc():
            said = [stop.day for phase in drawing.phases for stop in phase.stops]
            said += [phase.title for phase in drawing.phases]
    letters = Counter("".join(map(plain, said)))
    del letters[" "]
    assert letters <= drawn


@given(timelines(words, words))
def test_segments_follow_each_other_in_proportion(drawing: tree.Timeline) -> None:
    bars = [shape.box for shape in sketch(drawing).shapes if isinstance(shape, Patch)]
    assert len(bars) == len(drawing.stretches)
    minute = sum(box[2] - box[0] for box in bars) / sum(
        stretch.minutes for stretch in drawing.stretches
    )
    for stretch, box in zip(drawing.stretches, bars, strict=True):
        assert box[2] - box[0] == pytest.approx(stretch.minutes * minute)
    for before, after in pairwise(bars):
        assert before[2] == pytest.approx(after[0])
        assert before[3] <= after[1]


@given(trends(typed, typed))
def test_a_missing_value_is_never_drawn_as_a_value(drawing: tree.Trend) -> None:
    drawn = sketch(drawing)
    marks = [shape for shape in drawn.shapes if isinstance(shape, Mark)]
    values = [value for series in drawing.series for value in series.values]
    rings = [mark for mark in marks if mark.kind == "ring"]
    key = 1 if None in values else 0
    assert sum(mark.kind == "disc" for mark in marks) == len(values) - values.count(None)
    assert len(rings) == values.count(None) + key
    assert ("not rated" in spoken(drawn)) == bool(key)
    lines = [
        shape for shape in drawn.shapes if isinstance(shape, Stroke) and shape.tone == "accent"
    ]
    # A line joins neighbours alone: it never passes over a step.
    step = (len(drawing.steps) > 1) and columns(drawing, drawn)
    for line in lines:
        for before, after in pairwise(line.points):
            assert after[0] - before[0] == pytest.approx(step)


@given(trends(typed, typed))
def test_a_higher_value_is_drawn_higher(drawing: tree.Trend) -> None:
    discs = iter(
        shape
        for shape in sketch(drawing).shapes
        if isinstance(shape, Mark) and shape.kind == "disc"
    )
    for series in drawing.series:
        rated = [(value, next(discs).y) for value in series.values if value is not None]
        for (one, above), (other, below) in combinations(rated, 2):
            assert (one > other) == (above < below - 1e-9)
            assert (one == other) == (above == pytest.approx(below))


@pytest.mark.parametrize("sessions", [1, 2, 5, 12, 13, 24, 60])
def test_the_last_session_is_always_named_and_the_others_evenly(sessions: int) -> None:
    steps = tuple(str(number) for number in range(1, sessions + 1))
    series = tree.Series("Clarity", (5,) * sessions, "±0")
    drawn = sketch(tree.Trend("", (series,), "", steps))
    named = sorted(int(label.lines[0]) for label in labels(drawn) if label.anchor == "middle")
    assert named[-1] == sessions
    assert len({after - before for before, after in pairwise(named)}) <= 1


@given(wheels(typed, typed))
def test_an_area_without_a_rating_is_a_dashed_frame(drawing: tree.Wheel) -> None:
    drawn = sketch(drawing)
    missing = [spoke for spoke in drawing.spokes if spoke.value is None]
    frames = [shape for shape in drawn.shapes if isinstance(shape, Patch) and shape.dashed]
    assert len(frames) == len(missing)
    assert not any(frame.shade for frame in frames)
    assert spoken(drawn).replace(" ", "").count("notrated") == len(missing)


def test_a_sector_reaches_as_far_as_its_rating() -> None:
    spokes = tuple(tree.Spoke(str(value), value) for value in (0, 5, 10, 2))
    drawn = sketch(tree.Wheel(spokes, 0, 10, ""))
    sizes = [
        max(shape.box[2] - shape.box[0], shape.box[3] - shape.box[1])
        for shape in drawn.shapes
        if isinstance(shape, Patch)
    ]
    assert sizes[1] > sizes[0] > sizes[2]
    assert len(sizes) == 3  # the lowest rating is a stroke on the hub: given, and not missing
    hub = [shape for shape in drawn.shapes if isinstance(shape, Stroke) and shape.tone == "accent"]
    assert len(hub) == 1


@given(arcs(typed, typed))
def test_sessions_stand_in_their_order(drawing: tree.Arc) -> None:
    drawn = sketch(drawing)
    stops = [stop for phase in drawing.phases for stop in phase.stops]
    marks = [shape for shape in drawn.shapes if isinstance(shape, Mark)]
    for before, after in pairwise(marks[: len(stops)]):
        assert (after.y, after.x) > (before.y, before.x)
    assert len(marks) == len(stops) + len({stop.mark for stop in stops})


@pytest.mark.parametrize(
    ("share", "filled"), [(0, 0), (0.001, 3), (0.5, 75), (0.999, 147), (1, 150)]
)
def test_what_has_begun_shows_and_what_is_still_to_go(share: float, filled: float) -> None:
    drawn = sketch(tree.Bars((tree.Gauge("x", share, ""),), ""))
    widths = [
        shape.box[2] - shape.box[0]
        for shape in drawn.shapes
        if isinstance(shape, Patch) and shape.shade
    ]
    assert sum(widths) == pytest.approx(filled)


def test_text_is_measured_at_least_as_wide_as_usual_fonts_set_it() -> None:
    # "Hamburgefonstiv 0123456789" in DejaVu Sans is 15.33 sizes wide, in Liberation Sans 13.40.
    assert text_width("Hamburgefonstiv 0123456789", 1) > 15.33
    assert text_width("日本語", 1) >= 3
    assert text_width("é", 1) == text_width("e\u0301", 1) == text_width("e", 1)


def test_text_is_broken_at_spaces_and_within_a_word_only_where_it_must() -> None:
    assert wrapped("one two three", text_width("one two ", SIZE)) == ("one two", "three")
    pieces = wrapped("W" * 100, 100)
    assert "".join(pieces) == "W" * 100
    assert all(text_width(piece, SIZE) <= 100 for piece in pieces)
    assert wrapped("", WIDTH) == ("",)


def labels(drawn: Sketch) -> list[Label]:
    return [shape for shape in drawn.shapes if isinstance(shape, Label)]


def spoken(drawn: Sketch) -> str:
    return " ".join(line for label in labels(drawn) for line in label.lines)


def columns(drawing: tree.Trend, drawn: Sketch) -> float:
    """How far apart neighbouring steps are, from the first series' marks."""
    first = [
        shape.x for shape in drawn.shapes if isinstance(shape, Mark) and shape.x < WIDTH - 100
    ][: len(drawing.steps)]
    return first[1] - first[0] if len(first) > 1 else 0.0
