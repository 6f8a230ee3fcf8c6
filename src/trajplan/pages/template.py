"""Text of the coach's own: a Jinja2 template filled in with plain values, and nothing else.

Sandboxed and strict: a template reaches what it is given, and what it misspells is a fault with its
line. The only place that knows Jinja2; imported where a template is printed and nowhere else.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import FrameType, TracebackType
from typing import Any

from jinja2 import StrictUndefined, TemplateSyntaxError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from trajplan.content.labels import ENGLISH, Words
from trajplan.errors import InvalidContent, Problem
from trajplan.text import did_you_mean, with_each_text

MOST_BYTES = 64 * 1024
_STEPS = 100_000
"""Lines of a template that are passed on the way to a page, loops and all."""
_LONGEST = 1_000_000
"""Characters of a text that a template puts together."""
_GROWING = ("center", "format", "indent", "batch", "slice", "replace", "wordwrap")
"""Jinja2's filters that can make a page of a word."""


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja2's own sandbox, in which nothing grows without end either (R161)."""

    intercepted_binops = frozenset(("*", "**", "%"))

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        # And the same records make the same page.
        for name in (*_GROWING, "random"):
            del self.filters[name]
        for name in ("lipsum", "namespace"):
            self.globals.pop(name)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """A text's own methods could pad it to any length."""
        return not isinstance(obj, str) and super().is_safe_attribute(obj, attr, value)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Reckon with numbers of a common size, and repeat no text."""
        numbers = [side for side in (left, right) if isinstance(side, int | float)]
        if len(numbers) < 2 or max(map(abs, numbers)) > 9999 or operator == "**":
            raise SecurityError(f"`{operator}` is for two numbers below 10,000")
        return super().call_binop(context, operator, left, right)


class _Endless(Exception):
    """A template that would not come to its end."""


@contextmanager
def _in_steps() -> Iterator[None]:
    """Count the lines a template passes. Raises _Endless within it."""
    left = _STEPS
    before = sys.gettrace()

    def line(frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal left
        left -= event == "line"
        if left < 0:
            raise _Endless(f"this does not end: it took more than {_STEPS:,} steps up to here")
        if any(type(value) is str and len(value) > _LONGEST for value in frame.f_locals.values()):
            raise _Endless(f"a text grows beyond {_LONGEST:,} characters here")
        return line

    def enter(frame: FrameType, _event: str, _argument: Any) -> Any:
        return line if frame.f_code.co_filename == "<template>" else None

    sys.settrace(enter)
    try:
        yield
    finally:
        sys.settrace(before)


def fill_in(
    text: str,
    values: Mapping[str, Any],
    *,
    file: str,
    words: Words = ENGLISH,
    escape: Callable[[str], str] | None = None,
) -> str:
    """A template with values in it, free of runs of empty lines.

    `values` are plain: text, numbers, dates, lists and mappings of these. `words`: how days are
    written, and what `label` says for an English text. `escape`: what is done
    to each text among them, before the template sees it. Raises InvalidContent with the line in
    `file`.
    """
    environment = _Sandbox(
        undefined=_unknown_among(values),
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # no HTML: the printers escape
    )
    if len(text.encode("utf-8", "replace")) > MOST_BYTES:
        fault_words = f"a template of more than {MOST_BYTES // 1024} KiB is no page"
        raise InvalidContent([Problem(file, 1, 1, fault_words)])
    environment.filters |= {
        "day": words.day_and_month,
        "short_date": words.short_date,
        "long_date": words.long_date,
        "label": words,
    }
    try:
        template = environment.from_string(text)
        with _in_steps():
            filled = template.render(with_each_text(values, escape or str))
    except TemplateSyntaxError as fault:
        raise InvalidContent([Problem(file, fault.lineno, 1, _sentence(fault))]) from fault
    except Exception as fault:
        # Whatever a template does wrong while it runs, the coach can mend it.
        line = _line_of(fault.__traceback__)
        raise InvalidContent([Problem(file, line, 1, _sentence(fault))]) from fault
    return re.sub(r"\n{3,}", "\n\n", filled.strip()) + "\n"


def _unknown_among(values: Mapping[str, Any]) -> type[StrictUndefined]:
    """A name that is not there says which one was probably meant."""

    class Unknown(StrictUndefined):
        __slots__ = ()

        @property
        def _undefined_message(self) -> str:
            holder = self._undefined_obj
            name = str(self._undefined_name)
            known = [*(holder if isinstance(holder, Mapping) else values)]
            return f"there is no `{name}`{did_you_mean(name, known, limit=20)}"

    return Unknown


def _sentence(fault: Exception) -> str:
    words = getattr(fault, "message", None) or str(fault) or type(fault).__name__
    return " ".join(str(words).split())


def _line_of(trace: TracebackType | None) -> int:
    """The line of the template that was reached: Jinja2 marks the frames it rewrote."""
    line = 1
    while trace is not None:
        if "__jinja_exception__" in trace.tb_frame.f_globals:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
