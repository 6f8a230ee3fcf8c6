"""Writes licences.md beside this file: whose work comes along with the program, and on what terms.

    .venv/bin/python docs/make_licences.py

The table is read from what is installed, so a new dependency, and a licence that has changed, show
up in it; a test compares the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

FILE = Path(__file__).with_name("licences.md")
FONTS = Path(__file__).parents[1] / "src" / "trajplan" / "pages" / "fonts"
HEAD = """\
# Licences

Made by `python docs/make_licences.py` from the metadata of what is installed; do not edit by hand.

trajplan itself is under the [MIT licence](../LICENSE). An installation brings these packages along:

| package | licence | needed by |
|---|---|---|
"""
FOOT = """
Some of them are compiled and hold libraries of their own: pydantic-core, pyrage and typst many
crates of Rust, nearly all under MIT or Apache 2.0, the rest under BSD, ISC, Zlib and Unicode terms
(each wheel lists its own in `sboms/`, beside its metadata); PyYAML holds libyaml (MIT). A folder
made with PyInstaller ([how](how-to/single-folder.md)) also holds Python (PSF licence), with OpenSSL
(Apache 2.0) and SQLite (public domain), and PyInstaller's own start (GPL, with an exception for
what it builds). What only developers install is no part of the program;
[requirements-dev.lock](../requirements-dev.lock) names it.

Typefaces in the program, each with its licence beside it in `src/trajplan/pages/fonts`:

| typeface | licence |
|---|---|
"""
ELSEWHERE = {"colorama": "BSD"}
"""What other systems than this one need besides."""
SPDX = {
    "The MIT License (MIT)": "MIT",
    "MIT License": "MIT",
    "BSD License": "BSD",
    "ISC License (ISCL)": "ISC",
    "ISC License": "ISC",
}


def text() -> str:
    """The whole page. Raises LookupError for a package that says nothing of its licence."""
    asking: dict[str, set[str]] = {}
    for name, other in needed("trajplan"):
        asking.setdefault(name, set()).add(other)
    rows = [
        f"| {name} | {licence(name)} | {', '.join(sorted(others))} |"
        for name, others in sorted(asking.items())
    ]
    fonts = sorted(FONTS.glob("OFL-*.txt"))
    typefaces = [
        f"| {font.stem.removeprefix('OFL-')} | SIL Open Font License 1.1 |" for font in fonts
    ]
    return HEAD + "\n".join(rows) + "\n" + FOOT + "\n".join(typefaces) + "\n"


def needed(
    name: str, extras: frozenset[str] = frozenset(), seen: frozenset[str] = frozenset()
) -> Iterator[tuple[str, str]]:
    """What a package cannot run without, on any system, with the package that asks for it."""
    for line in metadata.requires(name) or ():
        wanted = Requirement(line)
        other = canonicalize_name(wanted.name)
        marker = str(wanted.marker or "")
        here = wanted.marker is None or any(
            wanted.marker.evaluate({"extra": extra}) for extra in ("", *extras)
        )
        if other in seen or not (here or _of_another_system(marker)):
            continue
        yield other, name
        if here:
            yield from needed(other, frozenset(wanted.extras), seen | {other})


def _of_another_system(marker: str) -> bool:
    return "extra" not in marker and bool(re.search("platform|sys_|os_name", marker))


def licence(name: str) -> str:
    """The licence of an installed package, by the words of its own metadata."""
    if name in ELSEWHERE:
        return ELSEWHERE[name]
    package = metadata.metadata(name)
    classifiers = package.get_all("Classifier") or []
    said = (
        package.get("License-Expression")
        or next((line.split(" :: ")[-1] for line in classifiers if "OSI Approved ::" in line), "")
        or package.get("License")
        or _first_line(name)
    )
    if not said or len(said) > 40:
        raise LookupError(f"{name} does not say on what terms it comes")
    return SPDX.get(said, said)


def _first_line(name: str) -> str:
    files = metadata.files(name) or []
    licences = [file for file in files if file.name.upper().startswith(("LICENSE", "LICENCE"))]
    return licences[0].read_text().strip().splitlines()[0] if licences else ""


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8", newline="\n")
