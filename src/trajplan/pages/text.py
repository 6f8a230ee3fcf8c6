"""User text made safe for where it is going: Markdown, the terminal, JSON.

Text is kept as it was given and escaped only here, at the way out, so that it shows as typed.
"""

from __future__ import annotations

import json
import re
from typing import Any

from trajplan.pages.markdown import escape, escape_start
from trajplan.text import STEERING, visible

_COMMAND = re.compile(r"(?<!`)(`(?:trajplan|check-in) [^`|\n]+`)(?!`)")
_RAW_IN_JSON = re.compile("[\u2028\u2029]|" + STEERING.pattern)


def markdown(text: str) -> str:
    """Escape text for one line of CommonMark with tables; runs of white space become one space."""
    return escape_start(escape(" ".join(visible(text).split())))


def told(text: str) -> str:
    """Escape a sentence of the program's own, behind its label; commands in it stand as code.

    It may quote a client: what is not between the backticks of a command is escaped.
    """
    parts = _COMMAND.split(" ".join(visible(text).split()))
    return "".join(one if at % 2 else escape(one) for at, one in enumerate(parts))


def paragraphs(text: str) -> list[str]:
    """The lines of a longer text that hold something, each escaped for Markdown."""
    return [markdown(line) for line in text.splitlines() if line.strip()]


def json_text(data: Any) -> str:
    """JSON in which nothing but line breaks and spaces steers a terminal."""
    text = json.dumps(data, ensure_ascii=False, indent=2)
    return _RAW_IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def shortened(text: str, letters: int) -> str:
    """Text on one line, cut at a word with an ellipsis where it is longer than `letters`."""
    line = " ".join(visible(text).split())
    if len(line) <= letters:
        return line
    cut = line[: letters - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[letters // 2 :] else cut) + "…"
