"""The validated library kept as data, so that a warm start reads neither YAML nor schemas.

The key is the digest of the files' bytes, so nothing stale can be read: a changed file has another
key. The cache may be deleted at any time; what is broken or cannot be written is passed over in
silence, because the library can always be built again.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Raw, Struct

from trajplan.content.files import ContentFiles, Layer
from trajplan.content.kinds import KINDS
from trajplan.content.library import Key, Library, Source

_KEEP = 3
"""Files kept: one for each of a few folders a coach works in."""
_SUM_BYTES = 32


class _CachedLibrary(Struct, frozen=True):
    """A whole library as MessagePack."""

    content: dict[str, Raw]
    """By kind, each a mapping of id to value. Decoded when a command looks at the kind."""
    sources: tuple[tuple[str, str, int, bool], ...]
    """Kind, id, position among the files found, whether it shadows another."""


def load(folder: Path, files: ContentFiles, layers: Sequence[Layer]) -> Library | None:
    """Return the library kept for exactly these files, or None."""
    try:
        data = _file(folder, files.digest).read_bytes()
        checksum, body = data[:_SUM_BYTES], data[_SUM_BYTES:]
        if checksum != _sum(body):
            return None
        cached = msgspec.msgpack.decode(body, type=_CachedLibrary)
        if cached.content.keys() != KINDS.keys():
            return None
        sources = _sources(cached.sources, files, layers)
    except (OSError, msgspec.DecodeError, IndexError):
        return None
    return Library(content=_Content(cached.content), sources=sources, digest=files.digest)


class _Content(Mapping[str, Mapping[str, Any]]):
    """Content by kind and id; a kind is decoded when it is first looked at."""

    def __init__(self, encoded: Mapping[str, Raw]) -> None:
        self._encoded = encoded
        self._decoded: dict[str, Mapping[str, Any]] = {}

    def __getitem__(self, kind: str) -> Mapping[str, Any]:
        if kind not in self._decoded:
            by_id: Any = dict[str, KINDS[kind].shape]  # type: ignore[misc]
            self._decoded[kind] = msgspec.msgpack.decode(self._encoded[kind], type=by_id)
        return self._decoded[kind]

    def __iter__(self) -> Iterator[str]:
        return iter(self._encoded)

    def __len__(self) -> int:
        return len(self._encoded)


def save(folder: Path, files: ContentFiles, library: Library) -> None:
    """Save a library that has no faults; write nothing for one that has."""
    if library.problems:
        return
    positions = {file.path: position for position, file in enumerate(files.files)}
    cached = _CachedLibrary(
        content={
            kind: Raw(msgspec.msgpack.encode(values)) for kind, values in library.content.items()
        },
        sources=tuple(
            (kind, name, positions[source.path], source.shadows)
            for (kind, name), source in library.sources.items()
        ),
    )
    body = msgspec.msgpack.encode(cached)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(_file(folder, files.digest), _sum(body) + body)
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
    for place in (*_sources_in(here), *_sources_in(here / "checks")):
        status = place.stat()
        times = f"{status.st_mtime_ns}\0{status.st_ctime_ns}"
        total.update(f"{place}\0{status.st_size}\0{times}\0".encode("utf-8", "surrogateescape"))
    return total.hexdigest()


def _sources_in(folder: Path) -> list[Path]:
    return sorted(file for file in folder.iterdir() if file.suffix == ".py")


def _file(folder: Path, digest: str) -> Path:
    name = blake2b(f"{fingerprint()}\0{digest}".encode(), digest_size=16).hexdigest()
    return folder / f"library-{name}.msgpack"


def _sum(body: bytes) -> bytes:
    return blake2b(body, digest_size=_SUM_BYTES).digest()


def _sources(
    rows: Sequence[tuple[str, str, int, bool]], files: ContentFiles, layers: Sequence[Layer]
) -> dict[Key, Source]:
    sources: dict[Key, Source] = {}
    for kind, name, position, shadows in rows:
        file = files.files[position]
        sources[kind, name] = Source(layers[file.layer].name, file.path, shadows)
    return sources


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
    newest_first = sorted(
        folder.glob("library-*.msgpack"), key=lambda file: file.stat().st_mtime_ns, reverse=True
    )
    for file in newest_first[_KEEP:]:
        file.unlink(missing_ok=True)
