"""Files to a library: each read and checked, then all of them together.

A file that was found good before is not read again, and counts as what it was understood as then.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from trajplan.content.border import validate
from trajplan.content.checks.content import check_content
from trajplan.content.checks.references import CheckedFile, check_together
from trajplan.content.document import Report, SourceDocument
from trajplan.content.files import ContentFile, ContentFiles, Layer, display
from trajplan.content.kinds import ACTIVITY, BANK, KINDS
from trajplan.content.library import Key, Library, Source
from trajplan.content.model import Topic, with_cue_words
from trajplan.content.reader import read
from trajplan.errors import Problem
from trajplan.text import did_you_mean, nearest, one_line, pattern, quote, with_each_text

_RAW_ID = pattern(r"^id:[ \t]*[\"']?([A-Za-z0-9][A-Za-z0-9_-]*)", re.MULTILINE)
_RAW_KIND = pattern(r"^kind:[ \t]*[\"']?([a-z-]+)", re.MULTILINE)


class KnownFile(NamedTuple):
    """What a file was understood as."""

    kind: str
    id: str
    value: Any


class _LoadedFile(Struct, frozen=True):
    """One file as it was found, and as it was understood by itself."""

    file: ContentFile
    checked: CheckedFile


def build(
    files: ContentFiles, layers: Sequence[Layer], earlier: Mapping[str, KnownFile] = {}
) -> Library:
    """Check every file and return what is usable, with every fault of every file.

    `earlier`: the files of a library without faults, by their marks.
    """
    with _no_collector():
        loaded = [_known(file, earlier) or _load(file) for file in files.files]
        effective = _effective(loaded)
        if _activities_differ(loaded, earlier):
            return build(files, layers)
        check_together([current.checked for current in effective.values()])
        remembered = (current.checked for current in loaded if current.checked.remembered)
        if any(checked.report.problems for checked in remembered):
            return build(files, layers)  # to say where
    return _library(files, layers, loaded, effective)


def _known(file: ContentFile, earlier: Mapping[str, KnownFile]) -> _LoadedFile | None:
    known = earlier.get(file.mark) if earlier else None
    if known is None:
        return None
    report = Report(SourceDocument(display(file.path), None))
    return _LoadedFile(
        file, CheckedFile(known.kind, known.id, known.value, report, remembered=True)
    )


def _activities_differ(loaded: Sequence[_LoadedFile], earlier: Mapping[str, KnownFile]) -> bool:
    """Whether what activities need may have changed for a blueprint that is not looked at again."""
    if not earlier:
        return False
    there = {current.file.mark for current in loaded}
    gone = any(known.kind == ACTIVITY for mark, known in earlier.items() if mark not in there)
    return gone or any(
        current.checked.kind == ACTIVITY and not current.checked.remembered for current in loaded
    )


def build_one(data: bytes, name: str) -> tuple[Key | None, Any, tuple[Problem, ...]]:
    """Check one file by itself, with no library around it: key, object or None, faults."""
    checked = _check(read(data, name), data, name)
    problems = checked.report.in_order()
    return checked.key, None if problems else checked.value, problems


def _load(file: ContentFile) -> _LoadedFile:
    document = read(file.data, display(file.path))
    checked = _check(document, file.data, file.name)
    if isinstance(checked.value, Topic):
        checked = replace(checked, value=with_cue_words(checked.value))
    return _LoadedFile(file, checked)


def _check(document: SourceDocument, data: bytes, name: str) -> CheckedFile:
    """Return what a file holds: its shape first, all of it; where that holds, what it means."""
    report = Report(document)
    if document.readable and not isinstance(document.tree, dict):
        report.add((), "expected keys such as `kind:` and `id:`")
    if not document.readable or not isinstance(document.tree, dict):
        # A syntax fault hides the tree; what the file was meant to be can often still be seen.
        text = data.decode("utf-8", "replace")
        raw_kind, raw_id = _RAW_KIND.search(text), _RAW_ID.search(text)
        kind = raw_kind[1] if raw_kind and raw_kind[1] in KINDS else _kind_of_folder(name)
        ident = raw_id[1] if raw_id else PurePosixPath(name).stem
        return CheckedFile(kind, ident, None, report)
    tree: Mapping[str, Any] = document.tree
    said = tree.get("kind")
    kind, fault = _kind(said, name)
    if fault:
        report.add(("kind",), fault)
    ident = tree.get("id")
    if not (isinstance(ident, str) and ident.strip()):
        ident = PurePosixPath(name).stem
    if not kind:
        return CheckedFile("", ident, None, report)
    if fault and said != kind:
        # What is wrong with `kind` has been said.
        document = replace(document, refused=document.refused | {("kind",)})
    # YAML leaves a line break at the end of `text: >`, and the text would be another one than what
    # a form or a label says of it.
    trimmed = with_each_text(tree, one_line if kind == BANK else str.strip)
    document = replace(document, tree=trimmed)
    value, shape_report = validate(document, KINDS[kind].shape)
    # A file may have thousands; each is said once.
    report.problems[:] = dict.fromkeys((*report.problems, *shape_report.problems))
    if value is not None:
        check_content(value, report)
    return CheckedFile(kind, ident, value, report)


def _kind(kind: Any, name: str) -> tuple[str, str]:
    """Return the kind to check a file as (or nothing), and what is wrong with it (or nothing)."""
    top = PurePosixPath(name).parts[0]
    possible = ", ".join(f"`{kind}`" for kind in KINDS)
    if isinstance(kind, str) and kind in KINDS:
        folder = KINDS[kind].folder
        if top not in (PurePosixPath(folder).parts[0], PurePosixPath(name).name):
            return kind, f"a {kind} belongs in `{folder}/`, this file is in `{top}/`"
        return kind, ""
    guess = _kind_of_folder(name)
    if kind is None:
        # With a guess, the contract itself says that `kind` is missing.
        return guess, "" if guess else f"missing key `kind`; possible: {possible}"
    if not isinstance(kind, str):
        return guess, f"expected one of {possible}"
    near = nearest(kind, KINDS)
    hint = did_you_mean(kind, KINDS) if near else ";"
    return near or guess, f"unknown kind {quote(kind)}{hint} possible: {possible}"


def _kind_of_folder(name: str) -> str:
    """Return the kind that lives in a file's folder, if one does."""
    kinds = (kind.name for kind in KINDS.values() if name.startswith(f"{kind.folder}/"))
    return next(kinds, "")


def _effective(loaded: Sequence[_LoadedFile]) -> dict[Key, _LoadedFile]:
    """Return the file that counts for each id: the highest layer's. Report doubles in one layer."""
    effective: dict[Key, _LoadedFile] = {}
    for current in loaded:
        key = current.checked.key
        if key is None:
            continue
        before = effective.get(key)
        if before is not None and before.file.layer == current.file.layer:
            words = f"another {key[0]} in this folder has the id `{key[1]}`"
            file = before.checked.report.document.file
            current.checked.report.add(("id",), f"{words}: {file}")
            # Which of the two is meant is not known, so neither is used.
            before.checked.rivals.append(current.checked)
            continue
        # Taken out and put in again: the order stays that of layers, then names.
        effective.pop(key, None)
        effective[key] = current
    return effective


def _library(
    files: ContentFiles,
    layers: Sequence[Layer],
    loaded: Sequence[_LoadedFile],
    effective: Mapping[Key, _LoadedFile],
) -> Library:
    problems = list(files.problems)
    lowest: dict[Key, int] = {}
    for current in loaded:
        problems += current.checked.report.in_order()
        if current.checked.key is not None:
            lowest.setdefault(current.checked.key, current.file.layer)
    content: dict[str, dict[str, Any]] = {kind: {} for kind in KINDS}
    faulty: dict[Key, tuple[Problem, ...]] = {}
    sources: dict[Key, Source] = {}
    for (kind, name), current in effective.items():
        layer, checked = current.file.layer, current.checked
        shadows = lowest[kind, name] < layer
        faults = [
            problem for file in (checked, *checked.rivals) for problem in file.report.in_order()
        ]
        if faults:
            faulty[kind, name] = tuple(faults)
        else:
            content[kind][name] = checked.value
        sources[kind, name] = Source(
            layers[layer].name,
            layers[layer].folder,
            current.file.name,
            shadows,
            "" if faults else checked.value.title,
        )
    return Library(
        content=content,
        sources=sources,
        digest=files.digest,
        # A folder named twice is read twice; its faults are said once.
        problems=tuple(dict.fromkeys(problems)),
        faulty=faulty,
    )


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
