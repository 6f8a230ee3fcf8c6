"""What is said when a rating or a check-in was kept."""

from __future__ import annotations

from msgspec import to_builtins

from trajplan.actions.check_in import SavedCheckIn
from trajplan.actions.ratings import SavedRating
from trajplan.measures.tci import Reading
from trajplan.pages.document import Document
from trajplan.pages.listing import Card, card
from trajplan.pages.words import FACTORS, scale_ends, signed
from trajplan.records.model import ScaledAnswer

HOLDING_LINE = "yes: the next plan works toward no goal; check-in --no-holding takes it back"


def rated(found: SavedRating) -> Document:
    """What `log-tci` says: each rating with its change, and a flag when one is raised."""
    one = found.reading
    pairs = [
        (name, _with_change(one, factor))
        for factor, name in FACTORS.items()
        if factor in one.ratings
    ]
    unrated = [name.lower() for factor, name in FACTORS.items() if factor not in one.ratings]
    if one.satisfaction is not None:
        pairs.append(("Satisfaction", str(one.satisfaction)))
    pairs.append(("Not rated", ", ".join(unrated)))
    if "pleasant_not_moving" in one.flags:
        pairs.append(
            ("Flag", "pleasant, not moving; the next plan asks more that may change things")
        )
    kept = "ratings corrected" if one.corrects is not None else "ratings kept"
    return card(
        Card(
            title=f"{found.client.name} · session {found.session.number}: {kept}",
            pairs=tuple(pairs),
            data={
                "client": found.client.slug,
                "client_name": found.client.name,
                **to_builtins(one),
            },
        )
    )


def _with_change(one: Reading, factor: str) -> str:
    change = one.change_since_last[factor]
    return f"{one.ratings[factor]}" + (f" ({signed(change)})" if change is not None else "")


def arrived(found: SavedCheckIn) -> Document:
    """What `check-in` says."""
    one = found.check_in
    pairs: list[tuple[str, str]] = []
    if one:
        progress = ", ".join(f"{factor} {value}" for factor, value in one.progress.items())
        pairs = [
            ("Energy", one.energy or ""),
            ("Mood", one.mood),
            ("Matters most", one.matters),
            ("Serves the priority", one.serves),
            ("Progress since last time", progress),
            ("Holding", HOLDING_LINE if one.holding else ""),
        ]
    pairs += [("Scaled", scaled_line(answer)) for answer in found.scaled]
    return card(
        Card(
            title=f"{found.client.name} · session {found.session.number}: check-in kept",
            pairs=(*pairs, ("Next", f"trajplan prep session {found.session.number}")),
            data={
                "client": found.client.slug,
                "client_name": found.client.name,
                "session": found.session.number,
                **(to_builtins(one) if one else {}),
                "scaled": to_builtins(found.scaled),
            },
        )
    )


def scaled_line(one: ScaledAnswer) -> str:
    """A scaled question with its answer, on one line."""
    ends = scale_ends(one.text, one.low, one.high)
    return f"{one.value}{f' ({ends})' if ends else ''}: {one.text}"
