"""How pages that are handed over look, and when they were made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from msgspec import Struct

from trajplan.content.labels import ENGLISH, Words
from trajplan.settings import Paper


class Look(Struct, frozen=True, kw_only=True):
    """What the forms that have a look of their own share."""

    words: Words = ENGLISH
    """How a page speaks, and what of it the forms say themselves."""
    paper: Paper = "a4"
    """The sheet that a PDF is made for."""


class Imprint(Struct, frozen=True, kw_only=True):
    """What a printer may know beside the page."""

    created: dt.datetime
    """By the injected clock, so that the same command makes the same bytes."""
    look: Look
    note: Callable[[str], None]
    """Says to the coach, not on the page, what could not be printed as it is."""
