"""A document: one thing to show, in the forms it can take.

Each form is made only when asked for, so that a plain run loads neither rich nor a template.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from trajplan.codec import to_plain
from trajplan.pages.page import Page
from trajplan.pages.text import markdown, told

if TYPE_CHECKING:
    from jinja2 import Environment
    from rich.console import RenderableType

    from trajplan.records.model import Commitment, Goal, IndicatorSeries
    from trajplan.records.records import Assumption


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A page, made when it is asked for, and `data`: what JSON can hold.

    `text` stands in place of a page where a file is shown as it is, in every form but JSON: YAML, a
    form to fill in, lines for an editor. A page that is no tree yet brings its own `markdown` and
    `terminal`.
    """

    data: Callable[[], Any]
    page: Callable[[], Page] | None = None
    text: Callable[[], str] | None = None
    markdown: Callable[[], str] | None = None
    terminal: Callable[[], RenderableType] | None = None


def numbered_data(record: Goal | IndicatorSeries | Commitment | Assumption) -> dict[str, Any]:
    """A record as JSON: under `id` stands the number a coach sees and types.

    The row ids of the practice count through all clients; they stay inside.
    """
    data: dict[str, Any] = to_plain(record)
    data["id"] = data.pop("number")
    return data


class Ready(str):
    """Text that is Markdown already and must not be escaped again."""

    __slots__ = ()


def render(template: str, **values: Any) -> str:
    """Fill a template from `documents/templates`. Everything printed in it is escaped."""
    text = _environment().get_template(template).render(**values)
    return text.rstrip("\n") + "\n"


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    from trajplan import dates
    from trajplan.pages import words

    environment = Environment(
        loader=PackageLoader("trajplan.pages"),
        undefined=StrictUndefined,
        finalize=_escaped,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals["words"] = words
    environment.filters["long_date"] = dates.long_date
    environment.filters["short_date"] = dates.short_date
    environment.filters["signed"] = words.signed
    environment.filters["path"] = words.path_text
    environment.filters["goal"] = words.goal_line
    environment.filters["contact"] = words.contact_line
    environment.filters["ready"] = Ready
    environment.filters["cell"] = markdown
    environment.filters["told"] = lambda text: Ready(told(text))
    return environment


def _escaped(value: Any) -> Any:
    if isinstance(value, Ready):
        return str(value)
    return markdown(value) if isinstance(value, str) else value
