"""Thousands of commands in one process, each as if it were the first; what never changes is kept.

A command reads the shipped content, builds its command line, makes an empty practice and waits for
the disk. Here the first of each is kept by what it was made from, and no command waits for the
disk: nothing pulls the plug on a test. Commands in processes of their own have none of this.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import typer.testing

from trajplan.content import build as building
from trajplan.content import loader
from trajplan.records import practice_file, schema

_read = functools.cache(building.read)
_command_line = functools.cache(typer.testing._get_command)
_statements = functools.partial(iter, tuple(schema.statements()))
_libraries: dict[Any, Any] = {}
_built: dict[Any, Any] = {}
_shipped: dict[Any, Any] = {}


@contextmanager
def warm() -> Iterator[None]:
    """Keep what never changes, while a command runs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loader, "find_files", _found(loader.find_files))
        patch.setattr(loader, "cached_library", _kept(loader.cached_library))
        patch.setattr(building, "build", _made(building.build))
        # Most files are the same in every library a test makes.
        patch.setattr(building, "read", _read)
        patch.setattr(schema, "statements", _statements)
        patch.setattr(typer.testing, "_get_command", _command_line)
        patch.setattr(practice_file, "connect", _without_waiting(practice_file.connect))
        yield


def _found(find: Callable[..., Any]) -> Callable[..., Any]:
    """The shipped files are read once, where a coach has no others."""

    def found(layers: Any) -> Any:
        shipped, *own = layers
        if any(layer.name == "workspace" or os.access(layer.folder, os.F_OK) for layer in own):
            return find(layers)
        if shipped not in _shipped:
            _shipped[shipped] = find(layers)
        return _shipped[shipped]

    return found


def _kept(read: Callable[..., Any]) -> Callable[..., Any]:
    """A kept library is decoded once; a coach's own folder that holds nothing changes none."""

    def kept(folder: Path, digest: str, layers: Any) -> Any:
        keys = [(digest, tuple(layers)), (digest, layers[0])]
        found = next((_libraries[key] for key in keys if key in _libraries), None)
        found = found or read(folder, digest, layers)
        if found is not None:
            all_shipped = all(source.layer == "built-in" for source in found.sources.values())
            _libraries[keys[all_shipped]] = found
        return found

    return kept


def _made(make: Callable[..., Any]) -> Callable[..., Any]:
    """A library is built once, by every content file's bytes."""

    def made(files: Any, layers: Any, *earlier: Any) -> Any:
        key = (files.files, files.problems, tuple(layer.name for layer in layers))
        if key not in _built:
            _built[key] = make(files, layers, *earlier)
        return _built[key]

    return made


def _without_waiting(connect: Callable[..., Any]) -> Callable[..., Any]:
    def connected(path: Path, **options: Any) -> Any:
        db = connect(path, **options)
        db.execute("PRAGMA synchronous = OFF")
        return db

    return connected
