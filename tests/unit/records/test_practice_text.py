"""Text is kept exactly as it was given."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_practice import START, Practice, begin, client

from trajplan.errors import CannotDo
from trajplan.records.model.journeys import Client
from trajplan.records.model.sessions import Note, Session
from trajplan.records.store import Store, reading, writing

TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=300)
AWKWARD = [
    'O\'Brien said "no"; -- DROP TABLE clients',
    "x" * 3000,
    "日本語 and العربية and 👩‍👩‍👧‍👦",
    "e\u0301 is not \u00e9",
    "line\r\nline\n\ttab\u2028",
    "nul\x00inside",
    " spaces ",
    "%s {0} ? :name [b]",
    "\ufeffmark",
    "\U0010ffff",
]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, int]]:
    """One open practice for all of Hypothesis' examples."""
    with writing(tmp_path_factory.mktemp("text") / "practice.sqlite3") as store:
        engagement = begin(store)
        session = store.insert(
            Session(engagement_id=engagement.id, number=1, kind="numbered", date=START)
        )
        yield store, session.id


@given(text=TEXT)
def test_any_text_comes_back(shared: tuple[Store, int], text: str) -> None:
    store, session = shared
    note = store.insert(Note(session_id=session, kind="record", text=text, written=START))
    assert note.text == text


@given(key=TEXT, text=TEXT)
def test_any_text_in_json_comes_back(shared: tuple[Store, int], key: str, text: str) -> None:
    store, session = shared
    changed = store.update(store.get(Session, session), options={key: [text]})
    assert changed.options == {key: [text]}


@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_text_survives_closing(path: Path, text: str) -> None:
    with writing(path) as store:
        store.insert(client("ana", name=text, initials=text))
    with reading(path) as store:
        (ana,) = store.select(Client)
    assert (ana.name, ana.initials) == (text, text)


@pytest.mark.parametrize("text", ["\udcff", "so far so good \ud83d and no further"])
def test_half_a_character_is_refused_in_words(practice: Practice, text: str) -> None:
    store, session = practice.store, practice.session
    with pytest.raises(CannotDo, match=r"half a character \(U\+D"):
        store.insert(Note(session_id=session.id, kind="record", text=text, written=START))
    with pytest.raises(CannotDo, match="half a character"):
        store.update(session, options={"note": text})
    assert store.select(Note) == ()
