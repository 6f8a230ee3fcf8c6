"""Text of the coach's own: a Jinja2 template filled in with plain values, and nothing else.

Sandboxed and strict: a template reaches what it is given, and what it misspells is a fault with its
line. The only place that knows Jinja2; imported where a template is printed and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any

from jinja2 import StrictUndefined, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from trajplan.content.labels import ENGLISH, Words
from trajplan.errors import InvalidContent, Problem
from trajplan.text import did_you_mean


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
    environment = ImmutableSandboxedEnvironment(
        undefined=_unknown_among(values),
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # no HTML: the printers escape
    )
    environment.filters |= {
        "day": words.day_and_month,
        "short_date": words.short_date,
        "long_date": words.long_date,
        "label": words,
    }
    try:
        filled = environment.from_string(text).render(_escaped(values, escape))
    except TemplateSyntaxError as fault:
        raise InvalidContent([Problem(file, fault.lineno, 1, _sentence(fault))]) from fault
    except Exception as fault:
        # Whatever a template does wrong while it runs, the coach can mend it.
        line = _line_of(fault.__traceback__)
        raise InvalidContent([Problem(file, line, 1, _sentence(fault))]) from fault
    return re.sub(r"\n{3,}", "\n\n", filled.strip()) + "\n"


def _escaped(value: Any, escape: Callable[[str], str] | None) -> Any:
    """The value with every text in it escaped. What a template makes of them is its own."""
    if escape is None:
        return value
    if isinstance(value, str):
        return escape(value)
    if isinstance(value, Mapping):
        return {name: _escaped(part, escape) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_escaped(part, escape) for part in value]
    return value


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
