"""Hints: how a record could be better. They are few, and nobody hears one for ever (R144).

What is worth knowing of this one record, such as a day still to come, is no hint but a remark: a
plain text, said whenever it is true.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from msgspec import Struct

from trajplan.records.model.journeys import HintGiven
from trajplan.records.store import Store
from trajplan.text import pattern

TIMES = 2
"""How often a hint is given about one client."""
AT_ONCE = 3
"""How many hints a command gives; the others keep for another time."""

_QUOTED = pattern("“[^”]*”")


class Hint(Struct, frozen=True):
    """One thing that could be better. `kind`: what it is about, the same whatever it quotes."""

    kind: str
    text: str


def hints_of(texts: Iterable[str]) -> tuple[Hint, ...]:
    """Hints whose kind is what they say without the words they quote."""
    return tuple(Hint(" ".join(_QUOTED.sub("", text).split()), text) for text in texts)


Remark: TypeAlias = str | Hint


def give_hints(store: Store, client_id: int, remarks: Iterable[Remark]) -> tuple[Remark, ...]:
    """All remarks, and those hints that this client's coach has heard less than twice.

    Of a kind there is one, which names what the others quote. What is given is counted, in the
    transaction of the command that gives it.
    """
    remarks = tuple(remarks)
    by_kind: dict[str, list[Hint]] = {}
    for remark in remarks:
        if isinstance(remark, Hint):
            by_kind.setdefault(remark.kind, []).append(remark)
    if not by_kind:
        return remarks
    times = {hint.kind: hint for hint in store.select(HintGiven, client_id=client_id)}
    fresh = [kind for kind in by_kind if kind not in times or times[kind].times < TIMES][:AT_ONCE]
    for kind in fresh:
        if kind in times:
            store.update(times[kind], times=times[kind].times + 1)
        else:
            store.insert(HintGiven(client_id=client_id, kind=kind, times=1))
    given: list[Remark] = []
    for remark in remarks:
        if isinstance(remark, str):
            given.append(remark)
        elif remark.kind in fresh and remark is by_kind[remark.kind][0]:
            given.append(_together(by_kind[remark.kind]))
    return tuple(given)


def _together(hints: Sequence[Hint]) -> Hint:
    """Hints of one kind as one: the first in full, how many others it holds for."""
    first, *others = hints
    if not others:
        return first
    more = "one more" if len(others) == 1 else f"{len(others)} more"
    return Hint(first.kind, f"{first.text} (and {more} like it)")
