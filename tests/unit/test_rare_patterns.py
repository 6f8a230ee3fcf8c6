"""A pattern that is made only for texts with a part of it in them finds what it always found."""

from __future__ import annotations

import re
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from few import few
from trajplan.lint import labels, promises
from trajplan.planning import first_session, heard_forms, remembered
from trajplan.text import _RarePattern


def _rare(*modules: ModuleType) -> dict[str, _RarePattern]:
    return {
        f"{module.__name__}.{name}": value
        for module in modules
        for name, value in vars(module).items()
        if isinstance(value, _RarePattern)
    }


RARE = _rare(labels, promises, first_session, heard_forms, remembered)


@pytest.mark.parametrize("name", few(RARE, 6))
@given(data=st.data())
def test_what_the_pattern_finds_has_one_of_its_parts(name: str, data: st.DataObject) -> None:
    rare = RARE[name]
    usual = re.compile(rare.pattern, rare._made().flags)
    drawn = data.draw(st.from_regex(usual))
    # A dotless i counts as an i where case does not count, and is none in any other way.
    text = re.sub(r"\s", " ", drawn.replace("\u0131", "i").replace("\u0130", "I"))
    assert (rare.search(text) is None) == (usual.search(text) is None)
    assert rare.sub("-", text) == usual.sub("-", text)


def test_text_without_a_part_does_not_make_the_pattern() -> None:
    rare = _RarePattern("not [a pattern", 0, ["not "])
    assert rare.search("nothing of it") is None
    assert rare.sub("-", "nothing of it") == "nothing of it"
    with pytest.raises(re.error):
        rare.search("It is not [a pattern")
