"""The library, from the folders the settings name: kept data when nothing changed, else built.

Kept data lets a warm start read neither YAML nor schemas. Its key is the digest of the files'
bytes, so nothing stale can be read: a changed file has another key. It may be deleted at any time;
what is broken or cannot be written is passed over in silence, because the library can always be
built again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

import msgspec
from msgspec import Raw, Struct

from trajplan.content.files import TOP_FOLDERS, ContentFiles, Layer, find_files
from trajplan.content.kinds import KINDS, WORKSHEET
from trajplan.content.library import Library, Source
from trajplan.errors import StoreFault
from trajplan.settings import Settings
from trajplan.system import make_folder, write_file

if TYPE_CHECKING:
    from trajplan.content.build import KnownFile


def load(settings: Settings, *, builtin: Path | None = None, digest: str = "") -> Library:
    """Return the merged library. Faulty files are left out and stand in `Library.problems`.

    Later layers win: built-in, the user's own folder, each folder of TRAJPLAN_LIBRARY in turn.
    `builtin` replaces the content shipped with the program. `digest`: that of the files, where it
    is known that none has changed; then they are not read. Raises StoreFault when the shipped
    content or PyYAML's C parser is missing.
    """
    layers = layers_of(settings, builtin=builtin)
    if digest and settings.cache:
        known = cached_library(settings.cache, digest, layers)
        if known is not None:
            return known
    files = find_files(layers)
    # What could not be read is not in the digest, so a faulty disk must not look like a clean one.
    usable = settings.cache if not files.problems else None
    if usable is not None:
        cached = cached_library(usable, files.digest, layers)
        if cached is not None:
            return cached
    # Only a cold start needs the YAML reader and the contract.
    from trajplan.content.build import build

    library = build(files, layers, _earlier_files(usable) if usable else {})
    if usable is not None:
        keep_library(usable, files, library)
    return library


def layers_of(settings: Settings, *, builtin: Path | None = None) -> tuple[Layer, ...]:
    """Return the content folders, the lowest first."""
    return (
        Layer("built-in", builtin or builtin_folder()),
        Layer("user", settings.user_library),
        *(Layer("workspace", folder) for folder in settings.library_folders),
    )


def builtin_folder() -> Path:
    """Return the content shipped with the program: inside the package, or in the checkout.

    An editable install puts nothing beside the package, so the checkout's top level is the second
    place to look. Raises StoreFault when neither has it.
    """
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "built_in", package.parent.parent):
        if all((folder / name).is_dir() for name in TOP_FOLDERS):
            return folder
    raise StoreFault("the content shipped with trajplan is missing; install trajplan again")


_KEEP = 3
"""Files kept: one for each of a few folders a coach works in."""
_LIBRARIES = "library-*.msgpack"
_SUM_BYTES = 4


class _CachedLibrary(Struct, frozen=True):
    """A whole library as MessagePack."""

    content: dict[str, Raw]
    """By kind, each a mapping of id to value. Decoded when a command looks at the kind."""
    sources: tuple[tuple[str, str, int, str, bool, str], ...]
    """Kind, id, position of the layer, name of the file, whether it shadows another, title."""
    marks: tuple[str, ...]
    """Of the files that the sources name, in their order."""
    rules: str
    """The fingerprint of the program that found no fault."""


def cached_library(folder: Path, digest: str, layers: Sequence[Layer]) -> Library | None:
    """Return the library kept for exactly the files with this digest, or None."""
    rules = fingerprint()
    cached = _read(_file(folder, digest, rules))
    if cached is None or cached.rules != rules:
        return None
    try:
        sources = {
            (kind, name): Source(layers[layer].name, layers[layer].folder, file, shadows, title)
            for kind, name, layer, file, shadows, title in cached.sources
        }
    except IndexError:
        return None
    return Library(content=_Decoded(cached.content, _decode_kind), sources=sources, digest=digest)


def _read(file: Path) -> _CachedLibrary | None:
    """A kept library; None for one that is not whole."""
    try:
        if not file.is_file():
            return None
        data = file.read_bytes()
        checksum, body = data[:_SUM_BYTES], data[_SUM_BYTES:]
        if checksum != _sum(body):
            return None
        cached = msgspec.msgpack.decode(body, type=_CachedLibrary)
    except (OSError, msgspec.DecodeError):
        return None
    return cached if cached.content.keys() == KINDS.keys() else None


def _earlier_files(folder: Path) -> dict[str, KnownFile]:
    """The files of the library that was kept last, by their marks; none where rules differ."""
    from trajplan.content.build import KnownFile

    try:
        newest = next(iter(_newest_first(folder, _LIBRARIES)), None)
        cached = _read(newest) if newest else None
        if cached is None or cached.rules != fingerprint():
            return {}
        content = _Decoded(cached.content, _decode_kind)
        return {
            mark: KnownFile(kind, name, content[kind][name])
            for mark, (kind, name, *_) in zip(cached.marks, cached.sources, strict=True)
        }
    except (OSError, msgspec.DecodeError, LookupError, ValueError):
        return {}


class _Decoded(Mapping[str, Any]):
    """Values by name, each decoded when it is first looked at."""

    def __init__(self, encoded: Mapping[str, Raw], decode: Callable[[str, Raw], Any]) -> None:
        self._encoded = encoded
        self._decode = decode
        self._decoded: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._decoded:
            self._decoded[name] = self._decode(name, self._encoded[name])
        return self._decoded[name]

    def __contains__(self, name: object) -> bool:
        return name in self._encoded

    def __iter__(self) -> Iterator[str]:
        return iter(self._encoded)

    def __len__(self) -> int:
        return len(self._encoded)


def _decode_kind(kind: str, encoded: Raw) -> Mapping[str, Any]:
    """Content of one kind by id; worksheets one by one: a plan looks at those it hands out."""
    decode = msgspec.msgpack.decode
    if kind == WORKSHEET:
        pieces = decode(encoded, type=dict[str, Raw])
        return _Decoded(pieces, lambda _, piece: decode(piece, type=KINDS[kind].shape))
    by_id: Any = dict[str, KINDS[kind].shape]  # type: ignore[misc]
    content: Mapping[str, Any] = decode(encoded, type=by_id)
    return content


def keep_library(folder: Path, files: ContentFiles, library: Library) -> None:
    """Save a library that has no faults; write nothing for one that has."""
    if library.problems:
        return
    by_path = {file.path: file for file in files.files}
    named = [by_path[source.path] for source in library.sources.values()]
    cached = _CachedLibrary(
        content={
            kind: Raw(msgspec.msgpack.encode(values)) for kind, values in library.content.items()
        },
        sources=tuple(
            (kind, name, file.layer, file.name, source.shadows, source.title)
            for ((kind, name), source), file in zip(library.sources.items(), named, strict=True)
        ),
        marks=tuple(file.mark for file in named),
        rules=fingerprint(),
    )
    body = msgspec.msgpack.encode(cached)
    keep_file(_file(folder, files.digest, cached.rules), _sum(body) + body, like=_LIBRARIES)


def keep_file(file: Path, data: bytes, *, like: str) -> None:
    """Write what can be made again; of the files that are called `like` it, keep the last few."""
    try:
        make_folder(file.parent)
        write_file(file, data, lasting=False)
        for older in _newest_first(file.parent, like)[_KEEP:]:
            older.unlink(missing_ok=True)
    except OSError:
        return  # a read-only or full disk costs speed, nothing else


def fingerprint() -> str:
    """Return what changes when this program's own rules may have changed.

    Sizes and times of the source files that read and judge content: a library that was clean by
    other rules must not count. The time of the last change of status is among them, because
    installers may give every file the same date. Reading the files would cost more than it tells.
    """
    here = Path(__file__).parent
    marks = []
    for place in (*_sources_in(here), *_sources_in(here / "checks")):
        status = place.stat()
        marks.append(
            f"{place.name}\0{status.st_ino}\0{status.st_size}\0{status.st_mtime_ns}\0{status.st_ctime_ns}"
        )
    return "\n".join(marks)


def _sources_in(folder: Path) -> list[Path]:
    return sorted(file for file in folder.iterdir() if file.suffix == ".py")


def _file(folder: Path, digest: str, rules: str) -> Path:
    return folder / f"library-{digest[:32]}-{crc32(rules.encode()):08x}.msgpack"


def _sum(body: bytes) -> bytes:
    return crc32(body).to_bytes(_SUM_BYTES, "big")


def _newest_first(folder: Path, like: str) -> list[Path]:
    """The files kept that are called so, the one written last first. Raises OSError."""
    return sorted(folder.glob(like), key=lambda file: file.stat().st_mtime_ns, reverse=True)
