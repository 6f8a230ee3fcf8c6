"""A bank for review: the YAML file, the list for programs, and what is said beside it."""

from __future__ import annotations

from typing import Any

from msgspec import to_builtins

from trajplan.importing.bank import ReviewBank, ReviewQuestion
from trajplan.importing.write import yaml_of
from trajplan.pages.document import Document
from trajplan.pages.text import shortened
from trajplan.planning.questions import CONDITIONS, REVIEWS, SITUATIONS

_SHOWN = 72


def imported_bank(bank: ReviewBank, schema: str = "") -> Document:
    """The bank. It is YAML wherever a person reads it, so that what is seen is what is kept."""
    return Document(
        markdown=lambda: yaml_of(bank, schema),
        terminal=lambda: _plain(bank, schema),
        data=lambda: [_row(one) for one in bank.questions],
    )


def _plain(bank: ReviewBank, schema: str) -> Any:
    from trajplan.pages.look import say

    return say(yaml_of(bank, schema))


def _row(one: ReviewQuestion) -> dict[str, Any]:
    """One question with its keys as a bank has them, and what was found about it."""
    return {
        "id": one.id,
        "text": one.text,
        **to_builtins(one.values),
        "tags": list(one.tags),
        "suggested": list(one.suggested),
        "compound": one.compound,
        "asks": one.asks,
        "same_as": one.same_as,
        "almost": one.almost,
        "changed": one.changed,
        "where": one.where,
    }


def import_notes(bank: ReviewBank) -> list[str]:
    """What is said on standard error: first what was not taken, at the end the counts."""
    notes = [f"{one.where}: not taken ({one.why}): {_short(one.text)}" for one in bank.skipped]
    notes += bank.notes
    notes += [
        f"{', '.join(one.again)}: said again, kept once ({one.where}): {_short(one.text)}"
        for one in bank.repeats
    ]
    for one in bank.questions:
        if one.same_as:
            notes.append(f"{one.where}: {one.id} is the same as {one.same_as}: {_short(one.text)}")
        if one.almost:
            words = f"{one.id} is almost the same as {one.almost}"
            notes.append(f"{one.where}: {words}: {_short(one.text)}")
        if one.changed:
            notes.append(f"{one.where}: {one.id}: taken out of the text: {one.changed}")
    used = {tag for one in bank.questions for tag in one.tags}
    notes += [
        f"the tag `{tag}` has a meaning of its own: such questions come only when it holds; "
        "rename it where that is not meant"
        for tag in sorted(used & (CONDITIONS | REVIEWS | SITUATIONS))
    ]
    notes.append(_counts(bank))
    return notes


def _counts(bank: ReviewBank) -> str:
    questions = bank.questions
    parts = [
        (sum(one.compound for one in questions), "perhaps two in one"),
        (sum(not one.asks for one in questions), "perhaps no question"),
        (sum(bool(one.same_as) for one in questions), "known already"),
        (sum(bool(one.almost) for one in questions), "almost known already"),
        (sum(bool(one.changed) for one in questions), "changed"),
        (sum(len(one.again) for one in bank.repeats), "said again, kept once"),
        (len(bank.skipped), "not taken"),
    ]
    told = "".join(f"; {count} {words}" for count, words in parts if count)
    count = len(questions)
    return f"{count} question{'' if count == 1 else 's'} for review in bank `{bank.id}`{told}"


def _short(text: str) -> str:
    return shortened(text, _SHOWN)
