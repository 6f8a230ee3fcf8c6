"""How pages that are handed over look, and when they were made."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct


class Look(Struct, frozen=True, kw_only=True):
    """What the forms that have a look of their own share."""

    language: str = "en"
    """What the words of a page are written in, as HTML and PDF name languages."""


class Imprint(Struct, frozen=True, kw_only=True):
    """What a printer may know beside the page."""

    created: dt.datetime
    """By the injected clock, so that the same command makes the same bytes."""
    look: Look
