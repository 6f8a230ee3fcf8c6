"""A line of text as HTML.

Text is escaped here and nowhere else.
"""

from __future__ import annotations

from trajplan.pages.page import Bar, Gap, Span, Spark, Text, pieces
from trajplan.pages.svg import Ink, svg
from trajplan.text import pattern

INK = Ink(accent="var(--accent)")
TAGS = {
    "plain": ("", ""),
    "bold": ("<b>", "</b>"),
    "italic": ("<i>", "</i>"),
    "quiet": ('<span class="quiet">', "</span>"),
    "code": ("<code>", "</code>"),
    "warning": ('<strong class="warning">', "</strong>"),
}
SHORT = 6
"""Letters up to which room to write within a line is short; more of it takes the rest of a line."""
ROOM = 'role="img" aria-label="room to write"'
_SPECIAL = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "`": "&#96;"}
)
_TIME = pattern(r"\d\d:\d\d")


def escape(text: str) -> str:
    """Words that open no element and end no attribute."""
    return text.translate(_SPECIAL)


def inline(text: Text) -> str:
    """One line of text with its styles; room to write at its end takes what is left of the line."""
    parts = pieces(text)
    *before, last = parts or [Span("", "plain")]
    if not isinstance(last, Gap) or last.letters <= SHORT:
        return "".join(map(_piece, parts))
    if not before:
        return f'<span class="write alone" {ROOM}></span>'
    said = "".join(map(_piece, before))
    return f'<span class="fills"><span>{said}</span><span class="write" {ROOM}></span></span>'


def _piece(part: Span | Bar | Spark | Gap) -> str:
    match part:
        case Span(style="clock"):
            return clock(part.text)
        case Span():
            start, end = TAGS[part.style]
            return f"{start}{escape(part.text)}{end}"
        case Bar() | Spark():
            return svg(part, INK)
        case Gap():
            return f'<span class="write short" {ROOM}></span>'


def clock(time: str) -> str:
    """A time of day; what is more than that, as from one to another, only looks like it."""
    if _TIME.fullmatch(time):
        return f'<time class="clock" datetime="{time}">{time}</time>'
    return f'<b class="clock">{escape(time)}</b>'
