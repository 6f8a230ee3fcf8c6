"""Modules that wait until they are used are the same modules once they are."""

from __future__ import annotations

import subprocess
import sys

import pytest

from few import few
from trajplan.late import LATE

ASKED = {"msgspec.inspect": "Type", "ipaddress": "ip_address", "uuid": "UUID", "decimal": "Decimal"}
"""What is asked of a module that has no `__all__`."""


def told(code: str) -> str:
    """What a Python of its own prints, before which nothing was imported."""
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout


@pytest.mark.parametrize("name", few(LATE, 5))
def test_a_late_module_is_loaded_by_the_first_name_asked_of_it_and_is_the_usual_one(
    name: str,
) -> None:
    about = "print(type(m).__name__, sorted(vars(m)), m.__file__, m.__package__, m.__doc__)"
    usual = told(f"import {name} as m\n{about}")
    late = told(
        "import sys\nfrom trajplan.late import LateModule, load_late\nload_late()\n"
        f"import {name} as m\nimport {name}\n"
        f"assert type(m) is LateModule and m is sys.modules['{name}']\n"
        f"m.{ASKED.get(name, '__all__')}\n{about}"
    )
    assert late == usual


def test_what_is_used_of_a_late_module_works() -> None:
    code = (
        "from trajplan.late import load_late\nload_late()\n"
        "import sys, bz2, ipaddress, subprocess\n"
        "from lzma import compress, decompress\n"
        "said = subprocess.run([sys.executable, '-c', 'print(7)'], capture_output=True).stdout\n"
        "print(said.strip(), bz2.decompress(bz2.compress(b'a')), decompress(compress(b'b')))\n"
        "print(ipaddress.ip_address('::1').is_loopback)\n"
        "import typing_extensions, typer, inspect\n"
        "print(typing_extensions.TypeForm is not None, inspect.getsource(typer.echo)[:3])"
    )
    assert told(code) == "b'7' b'a' b'b'\nTrue\nTrue def\n"


def test_a_module_that_is_there_stays_as_it_is() -> None:
    code = (
        "import subprocess, typing_extensions\nfrom trajplan.late import load_late\nload_late()\n"
        "import sys\nprint(type(subprocess).__name__, sys.modules['subprocess'] is subprocess,"
        " sys.modules['typing_extensions'] is typing_extensions)"
    )
    assert told(code) == "module True True\n"
