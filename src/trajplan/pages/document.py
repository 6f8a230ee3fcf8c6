"""A document: one thing to show, in the forms it can take.

Each form is made only when asked for, so that a plain run loads no printer it does not need.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from msgspec import Struct, to_builtins

from trajplan.pages.page import Page
from trajplan.text import STEERING

if TYPE_CHECKING:
    from trajplan.records.model import Assumption, Client, Commitment, Goal, IndicatorSeries

_RAW_IN_JSON = re.compile("[\u2028\u2029]|" + STEERING.pattern)


class Document(Struct, frozen=True, kw_only=True):
    """A page, made when it is asked for, and `data`: what JSON can hold.

    `text` stands in place of a page where a file is shown as it is, in every form but JSON: YAML, a
    form to fill in, lines for an editor. Neither is there where JSON is the only form.
    """

    data: Callable[[], Any]
    page: Callable[[], Page] | None = None
    text: Callable[[], str] | None = None


def client_data(client: Client) -> dict[str, Any]:
    """Whose data it is, as JSON about one client begins."""
    return {"client": client.slug, "client_name": client.name}


def numbered_data(record: Goal | IndicatorSeries | Commitment | Assumption) -> dict[str, Any]:
    """A record as JSON: under `id` stands the number a coach sees and types.

    The row ids of the practice count through all clients; they stay inside.
    """
    data: dict[str, Any] = to_builtins(record)
    data["id"] = data.pop("number")
    return data


def json_text(data: Any) -> str:
    """JSON in which nothing but line breaks and spaces steers a terminal."""
    text = json.dumps(data, ensure_ascii=False, indent=2)
    return _RAW_IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
