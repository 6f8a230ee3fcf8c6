"""Drawings at random, within what pages hand over."""

from __future__ import annotations

from hypothesis import strategies as st

from trajplan.pages import page as tree

typed = st.text("ab1 \n\t`\\*_[]()<>!|&#;~“”.+-=:/{}%é山ل\x1b\x07\u202e", max_size=12)
long = st.sampled_from(["W" * 300, "what we said " * 40, "山" * 90, "ل" * 60])
rating = st.none() | st.integers(1, 10)
"""On a scale of 1 to 10; None: not rated."""


def several(
    strategy: st.SearchStrategy[object], least: int = 0, most: int = 4
) -> st.SearchStrategy:
    return st.lists(strategy, min_size=least, max_size=most).map(tuple)


def bars(label: st.SearchStrategy[str], text: st.SearchStrategy) -> st.SearchStrategy[tree.Bars]:
    share = st.none() | st.floats(0, 1)
    return st.builds(tree.Bars, several(st.builds(tree.Gauge, label, share, text, share), 1), text)


def timelines(
    label: st.SearchStrategy[str], text: st.SearchStrategy
) -> st.SearchStrategy[tree.Timeline]:
    tone = st.sampled_from(["open", "explore", "options", "commit", "close", "break"])
    stretch = st.builds(tree.Stretch, st.just("14:05"), st.integers(1, 40), label, tone)
    return st.builds(tree.Timeline, several(stretch, 1), st.just("15:30"), text)


@st.composite
def trends(draw: st.DrawFn, label: st.SearchStrategy[str], text: st.SearchStrategy) -> tree.Trend:
    count = draw(st.integers(1, 26))
    values = st.tuples(*[rating] * count)
    return tree.Trend(
        draw(label),
        draw(several(st.builds(tree.Series, label, values, text))),
        draw(text),
        tuple(str(number) for number in range(1, count + 1)),
    )


def wheels(label: st.SearchStrategy[str], text: st.SearchStrategy) -> st.SearchStrategy[tree.Wheel]:
    value = st.none() | st.integers(0, 10) | st.floats(0, 10)
    spokes = several(st.builds(tree.Spoke, label, value), 0, 40)
    return st.builds(tree.Wheel, spokes, st.just(0), st.just(10), text)


@st.composite
def arcs(draw: st.DrawFn, label: st.SearchStrategy[str], text: st.SearchStrategy) -> tree.Arc:
    """Sessions counted through the phases; one of them may be ahead."""
    sizes = draw(st.lists(st.integers(1, 14), min_size=1, max_size=4))
    ahead = draw(st.integers(0, sum(sizes) + 1))
    state = st.sampled_from([state for state in tree.SESSION_MARKS if state != "next"])
    phases: list[tree.Phase] = []
    for size in sizes:
        first = sum(len(phase.stops) for phase in phases) + 1
        stops = [
            tree.Stop(number, draw(state), f"{number % 28 + 1} Sep", number == ahead)
            for number in range(first, first + size)
        ]
        phases.append(tree.Phase(draw(label), tuple(stops)))
    return tree.Arc(tuple(phases), draw(text))


def scales(label: st.SearchStrategy[str]) -> st.SearchStrategy[tree.Scale]:
    return st.builds(
        tree.Scale, st.sampled_from([0, 1]), st.just(10), st.tuples(label, label), rating
    )


bar = st.builds(tree.Bar, st.none() | st.floats(0, 1), st.none() | st.floats(0, 1))
spark = st.builds(tree.Spark, several(rating, 1, 24))


def drawings(
    label: st.SearchStrategy[str], text: st.SearchStrategy
) -> st.SearchStrategy[tree.Drawing]:
    """Every kind of drawing that stands by itself."""
    return st.one_of(kind(label, text) for kind in (bars, timelines, trends, wheels, arcs))
