"""Journeys: phases, their mixes, and the sessions they number (R5, R61)."""

from __future__ import annotations

import re

from trajplan.content.checks.texts import check_id, check_ids
from trajplan.content.document import KeyPath, Report
from trajplan.content.model import Journey, Mix
from trajplan.text import did_you_mean, quote

_NUMBER = re.compile("-?(0|[1-9][0-9]*)")


def check_journey(journey: Journey, report: Report) -> None:
    """Report every fault of one journey that can be seen without other files."""
    check_id(journey.id, ("id",), report)
    if not journey.phases:
        report.add(("phases",), "a journey has at least one phase")
    check_ids(journey.phases, ("phases",), report)
    for index, phase in enumerate(journey.phases):
        _check_mix(phase.mix, ("phases", index, "mix"), report)
    for number, session in journey.sessions.items():
        if session.mix is not None:
            _check_mix(session.mix, ("sessions", str(number), "mix"), report)
    _check_stages(journey, report)
    _check_numbers(journey, report)


def _check_stages(journey: Journey, report: Report) -> None:
    """Report stages that are described twice, or that a phase names and nothing describes.

    A journey that describes none leaves its stages as bare words.
    """
    known = [stage.id for stage in journey.stages]
    for index, name in enumerate(known):
        if name in known[:index]:
            report.add(("stages", index, "id"), f"the stage `{name}` is described twice")
    if not known:
        return
    for index, phase in enumerate(journey.phases):
        for place, name in enumerate(phase.stages):
            if name not in known:
                path = ("phases", index, "stages", place)
                report.add(path, f"`stages` describes no `{name}`{did_you_mean(name, known)}")


def _check_numbers(journey: Journey, report: Report) -> None:
    """Report session numbers the phases do not have.

    The keys are looked at as the file writes them: `01` and `1` would become one number.
    """
    total = sum(phase.sessions for phase in journey.phases)
    for key in report.document.tree.get("sessions", {}):
        path = ("sessions", key)
        if not _NUMBER.fullmatch(key):
            report.add(path, f"write the session number plainly, found {quote(key)}", at_key=True)
        elif journey.phases and not 1 <= int(key[:9]) <= total:
            words = f"there is no session {key}; the phases have sessions 1 to {total}"
            report.add(path, words, at_key=True)


def _check_mix(mix: Mix, path: KeyPath, report: Report) -> None:
    total = mix.informational + mix.analytical + mix.transformational
    if total != 100:
        report.add(path, f"the shares of a mix must add up to 100, found {total}")
