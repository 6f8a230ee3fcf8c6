"""Drawings as SVG, for a browser and for paper: each by itself whole, with no style from outside.

What is drawn where is decided in `charts`; here it becomes markup, and text is escaped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from typing import Any

from msgspec import Struct

from trajplan.pages.charts.arc import arc
from trajplan.pages.charts.bars import bar, bars, scale, spark, timeline
from trajplan.pages.charts.shapes import LEADING, Label, Mark, Patch, Shape, Sketch, Stroke, Tone
from trajplan.pages.charts.trend import trend
from trajplan.pages.charts.wheel import wheel
from trajplan.pages.drawings import MISSING, in_words, number_text, plain
from trajplan.pages.page import Arc, Bar, Bars, Drawing, Scale, Spark, Timeline, Trend, Wheel
from trajplan.text import pattern, visible


class Ink(Struct, frozen=True, kw_only=True):
    """What a drawing is drawn with. `color` and `accent` are colours as SVG knows them; a browser
    takes `currentColor` from the text around, and the font always."""

    color: str = "currentColor"
    accent: str = "currentColor"


SCREEN = Ink()
OPACITY: dict[Tone, float] = {"ink": 1.0, "accent": 1.0, "quiet": 0.75, "faint": 0.3}
_SKETCHES: dict[type, Callable[[Any], Sketch]] = {
    Timeline: timeline,
    Bars: bars,
    Trend: trend,
    Wheel: wheel,
    Arc: arc,
    Scale: scale,
    Bar: bar,
    Spark: spark,
}
SCALE_UNIT = 16.35
"""Parts of a scale's width in the size of its letters: ten points take 26 of these."""
_NO_XML = pattern("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


def sketch(drawing: Drawing | Scale | Bar | Spark) -> Sketch:
    """Every shape of a drawing at its place."""
    return _SKETCHES[type(drawing)](drawing)


def svg(drawing: Drawing | Scale | Bar | Spark, ink: Ink = SCREEN, *, text: bool = True) -> str:
    """A drawing as one `svg` element, named by what it shows; its own file as it stands.

    Without `text`, whoever places the picture sets its labels too.
    """
    drawn = sketch(drawing)
    root: dict[str, object] = {
        "xmlns": "http://www.w3.org/2000/svg",
        "viewBox": f"0 0 {_number(drawn.width)} {_number(drawn.height)}",
        "width": _number(drawn.width),
        "height": _number(drawn.height),
        "role": "img",
        "class": type(drawing).__name__.lower(),
        "fill": "none",
    }
    if isinstance(drawing, Scale):
        # Its points are as large on a short scale as on a long one, in whatever size is set.
        root["width"] = f"{_number(drawn.width / SCALE_UNIT)}em"
        del root["height"]
    if ink.color != "currentColor":
        root["color"] = ink.color
    shapes = "\n".join(
        _shape(shape, ink) for shape in drawn.shapes if text or not isinstance(shape, Label)
    )
    return f"<svg{_attributes(root)}>{_about(drawing)}{shapes}</svg>"


def _about(drawing: Drawing | Scale | Bar | Spark) -> str:
    """What a screen reader says in place of the picture."""
    match drawing:
        case Bar():
            name = "not known" if drawing.share is None else f"{drawing.share:.0%}"
        case Spark():
            values = (MISSING if value is None else number_text(value) for value in drawing.values)
            name = ", ".join(values)
        case Scale():
            name = "nothing marked" if drawing.value is None else f"{drawing.value} marked"
        case Trend():
            name = drawing.title
        case _:
            name = plain(drawing.summary)
    if isinstance(drawing, Bar | Spark):
        return f"<title>{name}</title>"
    return f"<title>{_text(plain(name))}</title><desc>{_text(in_words(drawing))}</desc>"


def _shape(shape: Shape, ink: Ink) -> str:
    match shape:
        case Label():
            return _label(shape, ink)
        case Stroke():
            dash = {"stroke-dasharray": "2 3"} if shape.dashed else {}
            stroke = {**_stroke(shape.tone, shape.width, ink), **dash}
            return f"<polyline{_attributes({'points': _points(shape.points), **stroke})}/>"
        case Patch():
            return _patch(shape, ink)
        case Mark():
            return _mark(shape, ink)


def _label(label: Label, ink: Ink) -> str:
    """An element a line, apart from each other as words are: within a single element the space
    between two lines would push the first aside."""
    attributes: dict[str, object] = {
        "font-size": _number(label.size),
        **({"text-anchor": label.anchor} if label.anchor != "start" else {}),
        **({"font-weight": "bold"} if label.bold else {}),
        "fill": _color(label.tone, ink),
        **_faded("fill", label.tone),
    }
    x, leading = _number(label.x), LEADING * label.size
    places = (
        {"x": x, "y": _number(label.y + leading * index)} for index in range(len(label.lines))
    )
    return " ".join(
        f"<text{_attributes({**place, **attributes})}>{_text(line)}</text>"
        for place, line in zip(places, label.lines, strict=True)
    )


def _patch(patch: Patch, ink: Ink) -> str:
    attributes: dict[str, object] = {"points": _points(patch.points)}
    if patch.shade:
        attributes |= {"fill": _color(patch.tone, ink), "fill-opacity": _number(patch.shade, 2)}
    if patch.edge:
        attributes |= _stroke(patch.tone, 1.0, ink)
    if patch.dashed:
        attributes["stroke-dasharray"] = "3 3"
    return f"<polygon{_attributes(attributes)}/>"


def _mark(mark: Mark, ink: Ink) -> str:
    x, y, radius = mark.x, mark.y, mark.radius
    width = 1.4 if radius > 2 else 0.8
    stroke = _stroke(mark.tone, width, ink)
    inner = radius - width / 2
    circle = {"cx": _number(x), "cy": _number(y), "r": _number(inner)}
    fill = {"fill": _color(mark.tone, ink), **_faded("fill", mark.tone)}
    match mark.kind:
        case "disc":
            return f"<circle{_attributes({**circle, 'r': _number(radius), **fill})}/>"
        case "ring":
            return f"<circle{_attributes({**circle, **stroke})}/>"
        case "dashed":
            return f"<circle{_attributes({**circle, **stroke, 'stroke-dasharray': '2 2'})}/>"
        case "target":
            dot = {**circle, "r": _number(radius * 0.45), **fill}
            return f"<circle{_attributes({**circle, **stroke})}/><circle{_attributes(dot)}/>"
        case "slashed":
            reach = inner * 0.7
            slash = _points(((x - reach, y + reach), (x + reach, y - reach)))
            line = f"<polyline{_attributes({'points': slash, **stroke})}/>"
            return f"<circle{_attributes({**circle, **stroke})}/>{line}"
        case "dash":
            dash = _points(((x - inner, y), (x + inner, y)))
            return f"<polyline{_attributes({'points': dash, **stroke})}/>"


def _stroke(tone: Tone, width: float, ink: Ink) -> dict[str, object]:
    faded = _faded("stroke", tone)
    return {"stroke": _color(tone, ink), "stroke-width": _number(width), **faded}


def _faded(what: str, tone: Tone) -> dict[str, object]:
    opacity = OPACITY[tone]
    return {f"{what}-opacity": _number(opacity, 2)} if opacity < 1 else {}


def _color(tone: Tone, ink: Ink) -> str:
    return ink.accent if tone == "accent" else "currentColor"


def _points(points: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{_number(x)},{_number(y)}" for x, y in points)


def _attributes(attributes: dict[str, object]) -> str:
    return "".join(f' {name}="{escape(str(value))}"' for name, value in attributes.items())


def _text(text: str) -> str:
    return _NO_XML.sub("\ufffd", escape(visible(text), quote=False))


def _number(number: float, places: int = 1) -> str:
    text = f"{number:.{places}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
