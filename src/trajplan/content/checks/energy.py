"""Energy variants: each merged blueprint keeps the same rules (R44)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from trajplan.content.document import KeyPath, Report, View
from trajplan.content.model import SessionBlueprint, Variant
from trajplan.content.session_rules import BREAK_ID, merged, variant_of
from trajplan.vocabulary import Energy

Rule = Callable[[SessionBlueprint, View], None]
LEVELS: tuple[Energy, ...] = ("low", "high")


class VariantView:
    """Looks at a merged blueprint and reports at the patch that made it so."""

    def __init__(self, blueprint: SessionBlueprint, level: Energy, report: Report) -> None:
        self._report = report
        self._root: KeyPath = ("energy", level)
        self._words = f"with {level} energy: "
        self._own = {segment.id for segment in blueprint.segments}
        self.blueprint = merged(blueprint, level)

    def add(self, path: KeyPath, message: str, *, at_key: bool = False) -> None:
        """Report at the nearest thing the variant says about this value."""
        where = self._patch(path)
        while len(where) > len(self._root) and not self._report.has(where):
            where = where[:-1]
        if where == (*self._root, "segments"):
            where = self._root
        # Where the variant as a whole is at fault, its own key is the place to look.
        whole = where == self._root
        self._report.add(where, self._words + message, at_key=at_key or whole)

    def has(self, path: KeyPath) -> bool:
        """Whether the file itself says something at this path."""
        return self._report.has(path)

    def changeable(self, path: KeyPath) -> bool:
        """Whether the variant itself says something there; the rest is not its fault."""
        return self._report.has(self._patch(path))

    def _patch(self, path: KeyPath) -> KeyPath:
        """Where the variant may say something about a value of the merged blueprint."""
        if len(path) < 2 or path[0] != "segments" or not isinstance(path[1], int):
            return self._root
        name = self.blueprint.segments[path[1]].id
        if name not in self._own:
            return (*self._root, "insert_break", *path[2:3])
        return (*self._root, "segments", name, *path[2:])


def check_variants(blueprint: SessionBlueprint, report: Report, rules: Sequence[Rule]) -> None:
    """Check what each variant names, then the merged blueprint with the rules given.

    Rules that the blueprint itself breaks are left out by the caller: a variant would only repeat
    them.
    """
    for level, view in variant_views(blueprint, report):
        variant = variant_of(blueprint, level)
        if variant is not None and _names_hold(blueprint, level, variant, report):
            for rule in rules:
                rule(view.blueprint, view)


def variant_views(blueprint: SessionBlueprint, report: Report) -> list[tuple[Energy, VariantView]]:
    """Return a view of each variant the blueprint declares.

    None when segments cannot be told apart: patches find them by id.
    """
    ids = [segment.id for segment in blueprint.segments]
    if len(set(ids)) < len(ids):
        return []
    return [
        (level, VariantView(blueprint, level, report))
        for level in LEVELS
        if variant_of(blueprint, level) is not None
    ]


def _names_hold(
    blueprint: SessionBlueprint, level: Energy, variant: Variant, report: Report
) -> bool:
    """Report names that no segment bears; then what the variant means is not known."""
    root: KeyPath = ("energy", level)
    slots = {segment.id: segment.questions for segment in blueprint.segments}
    ids = list(slots)
    good = True
    for name, patch in variant.segments.items():
        path = (*root, "segments", name)
        if name not in slots:
            report.add(path, f"no segment `{name}`{report.did_you_mean(name, ids)}", at_key=True)
            good = False
        elif patch.questions is not None and patch.questions.max is None and slots[name] is None:
            words = f"segment `{name}` asks no questions; say how many with `max`"
            report.add((*path, "questions"), words)
    return _break_holds(ids, (*root, "insert_break"), variant, report) and good


def _break_holds(ids: Sequence[str], path: KeyPath, variant: Variant, report: Report) -> bool:
    pause = variant.insert_break
    if pause is None:
        return True
    if pause.after not in ids:
        report.add(
            (*path, "after"), f"no segment `{pause.after}`{report.did_you_mean(pause.after, ids)}"
        )
    elif pause.after == ids[-1]:
        words = f"`{pause.after}` is the last segment; a break comes between two"
        report.add((*path, "after"), words)
    elif BREAK_ID in ids:
        report.add(path, f"a segment is already called `{BREAK_ID}`; give it another id")
    else:
        return True
    return False
