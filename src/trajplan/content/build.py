"""Files to a library: each read and checked, then all of them together."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

from trajplan.content.border import validate
from trajplan.content.catalog import Key, Library, Source, assemble
from trajplan.content.checks.content import check_content
from trajplan.content.checks.references import Entry, check_together
from trajplan.content.document import Document, Report
from trajplan.content.files import Found, FoundFile, Layer, display
from trajplan.content.model import FOLDERS, KINDS, WORKSHEET
from trajplan.content.reader import read
from trajplan.content.worksheet_model import WORDS
from trajplan.errors import Problem
from trajplan.text import did_you_mean, nearest, quote

# Words of a file that are no field names in Python, by kind.
_WORDS: Mapping[str, Mapping[str, str]] = {WORKSHEET: WORDS}
_RAW_ID = re.compile(r"^id:[ \t]*[\"']?([A-Za-z0-9][A-Za-z0-9_-]*)", re.MULTILINE)
_RAW_KIND = re.compile(r"^kind:[ \t]*[\"']?([a-z-]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Loaded:
    """One file, read and checked by itself."""

    file: FoundFile
    key: Key | None
    """None when not even its kind can be guessed."""
    entry: Entry


def build(found: Found, layers: Sequence[Layer]) -> Library:
    """Check every file and return what is usable, with every fault of every file."""
    with _no_collector():
        loaded = [_load(file) for file in found.files]
        effective = _effective(loaded)
        check_together([one.entry for one in effective.values()])
    return _library(found, layers, loaded, effective)


def build_one(data: bytes, name: str) -> tuple[Key | None, Any, tuple[Problem, ...]]:
    """Check one file by itself, with no library around it: key, object or None, faults."""
    document = read(data, name)
    key, entry = _check(document, data, name)
    problems = entry.report.in_order()
    return key, None if problems else entry.value, problems


def _load(file: FoundFile) -> _Loaded:
    document = read(file.data, display(file.path))
    return _Loaded(file, *_check(document, file.data, file.name))


def _check(document: Document, data: bytes, name: str) -> tuple[Key | None, Entry]:
    """Return what a file holds."""
    report = Report(document)
    if document.readable and not isinstance(document.tree, dict):
        report.add((), "expected keys such as `kind:` and `id:`")
    if not document.readable or not isinstance(document.tree, dict):
        # A syntax fault hides the tree; what the file was meant to be can often still be seen.
        text = data.decode("utf-8", "replace")
        raw_kind, raw_id = _RAW_KIND.search(text), _RAW_ID.search(text)
        kind = raw_kind[1] if raw_kind and raw_kind[1] in KINDS else _kind_of_folder(name)
        ident = raw_id[1] if raw_id else PurePosixPath(name).stem
        return (kind, ident) if kind else None, Entry(kind, ident, None, None, report)
    tree: Mapping[str, Any] = document.tree
    said = tree.get("kind")
    kind, fault = _kind(said, name)
    if fault:
        report.add(("kind",), fault)
    ident = tree.get("id")
    if not (isinstance(ident, str) and ident.strip()):
        ident = PurePosixPath(name).stem
    if not kind:
        return None, Entry("", ident, None, None, report)
    wrong_kind = fault and said != kind
    settled = _settle_kind(document) if wrong_kind else document
    checked = validate(settled, KINDS[kind], renames=_WORDS.get(kind))
    checked.report.problems += [one for one in report.problems if one not in document.problems]
    if checked.stand_in is not None:
        check_content(checked.stand_in, checked.report)
    entry = Entry(kind, ident, checked.value, checked.stand_in, checked.report)
    return (kind, ident), entry


def _settle_kind(document: Document) -> Document:
    """Say nothing more about `kind`: what is wrong with it has been said."""
    return replace(document, suspect=document.suspect | {("kind",)})


def _kind(said: Any, name: str) -> tuple[str, str]:
    """Return the kind to check a file as (or nothing), and what is wrong with it (or nothing)."""
    top = PurePosixPath(name).parts[0]
    listed = ", ".join(f"`{one}`" for one in KINDS)
    if isinstance(said, str) and said in KINDS:
        home = PurePosixPath(FOLDERS[said]).parts[0]
        if top not in (home, PurePosixPath(name).name):
            return said, f"a {said} belongs in `{FOLDERS[said]}/`, this file is in `{top}/`"
        return said, ""
    guess = _kind_of_folder(name)
    if said is None:
        # With a guess, the contract itself says that `kind` is missing.
        return guess, "" if guess else f"missing key `kind`; possible: {listed}"
    if not isinstance(said, str):
        return guess, f"expected one of {listed}"
    near = nearest(said, KINDS)
    hint = did_you_mean(said, KINDS) if near else ";"
    return near or guess, f"unknown kind {quote(said)}{hint} possible: {listed}"


def _kind_of_folder(name: str) -> str:
    """Return the kind that lives in a file's folder, if one does."""
    return next((kind for kind, folder in FOLDERS.items() if name.startswith(f"{folder}/")), "")


def _effective(loaded: Sequence[_Loaded]) -> dict[Key, _Loaded]:
    """Return the file that counts for each id: the highest layer's. Report doubles in one layer."""
    result: dict[Key, _Loaded] = {}
    for one in loaded:
        if one.key is None:
            continue
        before = result.get(one.key)
        if before is not None and before.file.layer == one.file.layer:
            words = f"another {one.key[0]} in this folder has the id `{one.key[1]}`"
            one.entry.report.add(("id",), f"{words}: {before.entry.report.document.file}")
            # Which of the two is meant is not known, so neither is used.
            before.entry.spoilt_by.append(one.entry)
            continue
        # Taken out and put in again: the order stays that of layers, then names.
        result.pop(one.key, None)
        result[one.key] = one
    return result


def _library(
    found: Found,
    layers: Sequence[Layer],
    loaded: Sequence[_Loaded],
    effective: Mapping[Key, _Loaded],
) -> Library:
    problems = list(found.problems)
    for one in loaded:
        problems += one.entry.report.in_order()
    content: dict[str, dict[str, Any]] = {kind: {} for kind in KINDS}
    faulty: dict[Key, tuple[Problem, ...]] = {}
    sources: dict[Key, Source] = {}
    lowest: dict[Key, int] = {}
    for one in loaded:
        if one.key is not None:
            lowest.setdefault(one.key, one.file.layer)
    for key, one in effective.items():
        layer = one.file.layer
        sources[key] = Source(layers[layer].name, one.file.path, lowest[key] < layer)
        faults = list(one.entry.report.in_order())
        for other in one.entry.spoilt_by:
            faults += other.report.in_order()
        if faults:
            faulty[key] = tuple(faults)
        else:
            content[key[0]][key[1]] = one.entry.value
    # A folder named twice is read twice; its faults are said once.
    said = tuple(dict.fromkeys(problems))
    return assemble(content, sources, found.digest, said, faulty)


@contextmanager
def _no_collector() -> Iterator[None]:
    """Hold the garbage collector: a bulk parse makes many objects and no garbage cycles."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
