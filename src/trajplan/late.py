"""Modules of Python's own that Typer, msgspec, pathlib and shutil import and hardly any run uses.

To import them takes as long as to start Python. Here each is found and loaded when something in it
is first asked for.
"""

from __future__ import annotations

import sys
from types import ModuleType

LATE = (
    *(
        "subprocess",
        "tokenize",
        "ipaddress",
        "bz2",
        "lzma",
        "textwrap",
        "ntpath",
        "uuid",
        "decimal",
    ),
    *("shutil", "msgspec.inspect", "msgspec.toml", "msgspec.yaml"),
)
_NOT_MET = {
    "uuid": {"UUID": type("UUID", (), {}), "SafeUUID": type("SafeUUID", (), {"unknown": None})},
    "decimal": {"Decimal": type("Decimal", (), {})},
}
"""In place of classes that msgspec knows on sight, and that stand in no record and no content."""


class LateModule(ModuleType):
    """A module that nobody has asked for anything, and that has nothing of its own yet.

    Python's own `LazyLoader` does not do: it takes importing more, and there the second `import`
    already loads the module.
    """

    def __getattr__(self, name: str) -> object:
        """Find and load the module when it is first asked for something."""
        from importlib import import_module
        from importlib.util import find_spec, module_from_spec

        self.__class__ = ModuleType  # type: ignore[assignment]
        package = self.__name__.rpartition(".")[0]
        if package:
            import_module(package)
        # As if it were not there: what is there and was not found is not looked for.
        del sys.modules[self.__name__]
        try:
            spec = find_spec(self.__name__)
        finally:
            sys.modules[self.__name__] = self
        if spec is None or spec.loader is None:
            raise ModuleNotFoundError(f"No module named {self.__name__!r}", name=self.__name__)
        vars(self).update(vars(module_from_spec(spec)))
        spec.loader.exec_module(self)
        return getattr(self, name)


def load_late() -> None:
    """Let these modules wait until they are used; call it before anything imports them."""
    for name in LATE:
        if name not in sys.modules:
            sys.modules[name] = LateModule(name)
    if "msgspec" not in sys.modules:
        _load_msgspec()


def _load_msgspec() -> None:
    """Import it without the modules that it imports for a class or two."""
    late = [
        (vars(sys.modules[name]), classes)
        for name, classes in _NOT_MET.items()
        if type(sys.modules[name]) is LateModule
    ]
    for module, classes in late:
        module.update(classes)
    # It takes typing, which says the same, where this is missing.
    hides_it = "typing_extensions" not in sys.modules
    if hides_it:
        sys.modules["typing_extensions"] = None  # type: ignore[assignment]
    try:
        import msgspec  # noqa: F401
    finally:
        if hides_it:
            del sys.modules["typing_extensions"]
        for module, classes in late:
            for name, stand_in in classes.items():
                if module.get(name) is stand_in:
                    del module[name]
