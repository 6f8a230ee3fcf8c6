"""`practice check`: whether the practice is sound, and what is wrong put right (R157)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from msgspec import Struct, convert

from trajplan.actions import kept_plans
from trajplan.actions.context import Context
from trajplan.actions.intake import check_slug
from trajplan.actions.practice import PracticeFile, whereabouts
from trajplan.content.worksheet_model import Worksheet
from trajplan.errors import CannotDo, StoreFault
from trajplan.planning.plan_inputs import PlanOptions
from trajplan.records import backups, practice_file
from trajplan.records.backups import Copy
from trajplan.records.contents import DAMAGED
from trajplan.records.fields import Record
from trajplan.records.model.journeys import Client
from trajplan.records.model.sessions import KeptPlan, Session, WorksheetAnswers
from trajplan.records.repair import repair
from trajplan.records.soundness import Fault, faults_of
from trajplan.records.store import reading
from trajplan.system import narrow
from trajplan.text import few, plural

MOST_SHOWN = 30
"""So many faults are named; the first ones tell the story."""


def _options(options: Mapping[str, Any]) -> object:
    return convert(options, PlanOptions, str_keys=True)


def _plan(body: Mapping[str, Any]) -> None:
    with suppress(CannotDo):  # of another version of trajplan: no fault, and made anew
        kept_plans.read(body)


def _slugs(slugs: Sequence[str]) -> None:
    for slug in slugs:
        check_slug(slug)


READERS: Mapping[tuple[type[Record], str], Callable[[Any], object]] = {
    (Client, "slug"): check_slug,
    (Client, "former_slugs"): _slugs,
    (KeptPlan, "body"): _plan,
    (KeptPlan, "options"): _options,
    (Session, "options"): _options,
    (WorksheetAnswers, "form"): lambda form: convert(form, Worksheet, str_keys=True),
}


class Repair(Struct, frozen=True, kw_only=True):
    """What was put right."""

    practice: Path
    backup: Copy | None
    """The practice as it was before; None: nothing had to be changed."""
    acts: tuple[str, ...]
    """What was done."""
    faults: tuple[str, ...]
    """What is wrong still."""


def check_practice(context: Context) -> PracticeFile:
    """Look at pages, records, references and modes.

    Raises StoreFault with everything that is wrong, NotFound where there is no practice.
    """
    faults = _faults(context)
    others = _around(context)
    file = None if faults else whereabouts(context)
    if file is None or others:
        raise StoreFault("\n".join([*_fault_lines(context, faults), *others]))
    return file


def repair_practice(context: Context) -> Repair:
    """Put right what can be; the practice is copied before. Raises NotFound, StoreFault."""
    faults = _faults(context)
    acts: tuple[str, ...] = ()
    backup = None
    if any(fault.mend for fault in faults):
        try:
            backup = backups.copy_practice(context.practice, context.today, as_is=True)
        except StoreFault as fault:
            raise StoreFault(
                f"nothing was repaired, as no copy could be made first: {fault}"
            ) from fault
        with context.writing() as store:
            acts = repair(store, faults)
    with practice_file.in_files(context.practice):
        narrow(context.practice)
    for folder in (context.drafts.folder, backups.folder_of(context.practice)):
        with practice_file.in_files(folder):
            if folder.is_dir():
                practice_file.make_private(folder)
    backups.sweep(context.practice)
    return Repair(
        practice=context.practice,
        backup=backup,
        acts=acts,
        faults=(*map(str, _faults(context)), *_around(context)),
    )


def has_faults(context: Context) -> bool:
    """Whether anything is wrong with the records. Raises NotFound, StoreFault."""
    return bool(_faults(context))


def _faults(context: Context) -> tuple[Fault, ...]:
    try:
        with reading(context.practice) as store:
            return faults_of(store, READERS)
    except StoreFault as fault:
        raise StoreFault("\n".join([str(fault), *_copies(context)])) from fault


def _fault_lines(context: Context, faults: tuple[Fault, ...]) -> list[str]:
    """Every fault in a line, and what to do about them."""
    lines = [f"there are problems with {context.practice}"]
    lines += few(tuple(map(str, faults)), MOST_SHOWN)
    mends = sum(bool(fault.mend) for fault in faults)
    if mends:
        which = "all of it" if mends == len(faults) else f"{mends} of {len(faults)}"
        lines.append(f"`trajplan practice check --repair` may put right {which}; it copies first")
    if mends < len(faults):
        lines.append("what cannot be put right stays out of reach until a copy takes its place")
    if faults:
        lines += _copies(context)
    return lines


def _copies(context: Context) -> list[str]:
    """What copies there are to fall back on."""
    with suppress(StoreFault):
        copies = [copy for copy in backups.copies_of(context.practice) if copy.practice != DAMAGED]
        if copies:
            # One of a day to come was made while the clock was ahead, and may be older.
            past = [copy for copy in copies if copy.day <= context.today]
            newest = (past or copies)[-1].name
            return [
                f"{plural(len(copies), 'copy', 'copies')} of it in"
                f" {backups.folder_of(context.practice)}; `trajplan practice restore {newest}`"
                " shows what the newest holds"
            ]
    return ["there are no copies of it in the folder beside it"]


def _around(context: Context) -> list[str]:
    """What is wrong beside the file."""
    folder = backups.folder_of(context.practice)
    faults = [*practice_file.exposures(context.practice)]
    for private in (context.drafts.folder, folder):
        faults += practice_file.folder_exposures(private)
    for place in (context.practice.parent, folder):
        faults += [
            f"a command that was stopped left {draft}; --repair deletes it"
            for draft in practice_file.left_behind(place)
        ]
    return faults
