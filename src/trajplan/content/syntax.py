"""YAML's own error messages in words a coach can act on."""

from __future__ import annotations

from trajplan.content.document import Place

# What libyaml says (a fragment) and what it means to somebody who writes lists and keys.
_WORDS: tuple[tuple[str, str], ...] = (
    (
        "mapping values are not allowed",
        "a `key:` cannot stand here; check the indentation, or put text that holds a colon in "
        "quotes",
    ),
    (
        "could not find expected ':'",
        "expected `key: value`; a colon is missing or the text needs quotes",
    ),
    (
        "did not find expected key",
        "this does not fit the lines above it; check the indentation and the quotes",
    ),
    (
        "did not find expected '-' indicator",
        "expected a list item that begins with `-`; check the indentation",
    ),
    (
        "block sequence entries are not allowed",
        "a list item cannot begin here; put it on a line of its own",
    ),
    ("did not find expected ',' or ']'", "a comma or the closing `]` is missing"),
    ("did not find expected ',' or '}'", "a comma or the closing `}` is missing"),
    ("found unexpected end of stream", "a quotation mark is opened and never closed"),
    ("found unknown escape character", "`\\` in double quotes needs a known letter after it"),
    ("did not find expected node content", "a value is missing here"),
    ("found undefined tag handle", "tags that begin with `!` are not read; remove it"),
    ("while scanning a tag", "tags that begin with `!` are not read; remove it"),
    ("document start", "only one document may stand in a file"),
    ("directive", "lines that begin with `%` are not read; remove it"),
)
# The parser notices these long after the place a person must look at.
_LOOK_AT_THE_START = ("could not find expected ':'", "found unexpected end of stream")


def explain(
    context: str | None,
    context_place: Place | None,
    problem: str | None,
    place: Place | None,
    character: str,
) -> tuple[Place, str]:
    """Return where to look and what to do there.

    `context` and `problem` are libyaml's words, `character` the one at the fault's place.
    """
    said = problem or context or "not YAML"
    where = place or context_place or (1, 1)
    if "cannot start any token" in said:
        if character == "\t":
            return where, "a tab cannot indent; use spaces"
        return where, f"text cannot begin with `{character}`; put it in quotes"
    if context_place and any(fragment in said for fragment in _LOOK_AT_THE_START):
        where = context_place
    elif context_place and "is missing" in (hint := _hint(said)) and "closing" in hint:
        return where, f"{hint} (opened on line {context_place[0]})"
    return where, _hint(said) or _hint(context or "") or f"not readable as YAML: {said}"


def _hint(said: str) -> str:
    return next((words for fragment, words in _WORDS if fragment in said), "")
