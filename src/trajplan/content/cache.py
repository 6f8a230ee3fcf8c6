"""The validated library kept as data, so that a warm start reads neither YAML nor schemas.

The key is the digest of the files' bytes, so nothing stale can be read: a changed file has another
key. The cache may be deleted at any time; what is broken or cannot be written is passed over in
silence, because the library can always be built again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

from trajplan import codec
from trajplan.content.catalog import Key, Library, Source, assemble
from trajplan.content.files import Found, Layer
from trajplan.content.model import KINDS, LATE

_KEEP = 3
"""Files kept: one for each of a few folders a coach works in."""


def load(folder: Path, found: Found, layers: Sequence[Layer]) -> Library | None:
    """Return the library kept for exactly these files, or None."""
    try:
        raw = _file(folder, found.digest).read_bytes()
        checksum, _, body = raw.partition(b"\n")
        if checksum.decode("ascii") != _sum(body):
            return None
        kept = json.loads(body)
        content: dict[str, Mapping[str, Any]] = {
            kind: {
                name: codec.from_plain(KINDS[kind], data) for name, data in kept["content"][kind]
            }
            for kind in KINDS
            if kind not in LATE
        }
        for kind in LATE:
            content[kind] = _Later(kind, dict(kept["content"][kind]))
        sources = _sources(kept["sources"], found, layers)
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return None
    return assemble(content, sources, found.digest)


class _Later(Mapping[str, Any]):
    """Content that is built from its data when it is first looked at."""

    def __init__(self, kind: str, kept: Mapping[str, Any]) -> None:
        self._kind = kind
        self._kept = kept
        self._built: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._built:
            self._built[name] = codec.from_plain(KINDS[self._kind], self._kept[name])
        return self._built[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)


def save(folder: Path, found: Found, library: Library) -> None:
    """Keep a library that has no faults; write nothing for one that has."""
    if library.problems:
        return
    positions = {one.path: number for number, one in enumerate(found.files)}
    content = {
        "session-blueprint": library.blueprints,
        "question-bank": library.banks,
        "journey": library.journeys,
        "activity": library.activities,
        "prompt": library.prompts,
        "worksheet": library.worksheets,
        "recommendation": library.recommendations,
    }
    plain = {
        "content": {
            kind: [[name, codec.to_plain(one)] for name, one in named.items()]
            for kind, named in content.items()
        },
        "sources": [
            [kind, name, positions[source.path], source.shadows]
            for (kind, name), source in library.sources.items()
        ],
    }
    body = json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(_file(folder, found.digest), f"{_sum(body)}\n".encode("ascii") + body)
        _forget_older(folder)
    except OSError:
        return  # a read-only or full disk costs speed, nothing else


def fingerprint() -> str:
    """Return what changes when this program's own rules may have changed.

    Sizes and times of the source files that read and judge content: a library that was clean by
    other rules must not count. The time of the last change of status is among them, because
    installers may give every file the same date. Reading the files would cost more than it tells.
    """
    here = Path(__file__).parent
    total = blake2b(digest_size=16)
    for place in (here.parent / "codec.py", *_sources_in(here), *_sources_in(here / "checks")):
        status = place.stat()
        times = f"{status.st_mtime_ns}\0{status.st_ctime_ns}"
        total.update(f"{place}\0{status.st_size}\0{times}\0".encode("utf-8", "surrogateescape"))
    return total.hexdigest()


def _sources_in(folder: Path) -> list[Path]:
    return sorted(one for one in folder.iterdir() if one.suffix == ".py")


def _file(folder: Path, digest: str) -> Path:
    name = blake2b(f"{fingerprint()}\0{digest}".encode(), digest_size=16).hexdigest()
    return folder / f"library-{name}.json"


def _sum(body: bytes) -> str:
    return blake2b(body, digest_size=32).hexdigest()


def _sources(kept: Sequence[Any], found: Found, layers: Sequence[Layer]) -> dict[Key, Source]:
    result: dict[Key, Source] = {}
    for kind, name, position, shadows in kept:
        file = found.files[position]
        result[kind, name] = Source(layers[file.layer].name, file.path, shadows)
    return result


def _write(target: Path, data: bytes) -> None:
    """Write beside the target and put it in its place in one step: a reader sees all or nothing."""
    half = target.with_name(f".{target.name}.{os.getpid()}")
    half.unlink(missing_ok=True)
    try:
        handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        half.replace(target)
    finally:
        half.unlink(missing_ok=True)


def _forget_older(folder: Path) -> None:
    kept = sorted(
        folder.glob("library-*.json"), key=lambda one: one.stat().st_mtime_ns, reverse=True
    )
    for one in kept[_KEEP:]:
        one.unlink(missing_ok=True)
