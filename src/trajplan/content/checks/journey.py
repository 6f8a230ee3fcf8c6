"""Journeys: phases, their mixes, and the sessions they number (R5, R61)."""

from __future__ import annotations

import re

from trajplan.content.checks.texts import check_id, check_unique
from trajplan.content.document import KeyPath, Report
from trajplan.content.model import Journey, Mix
from trajplan.text import did_you_mean, quote

_NUMBER = re.compile("-?(0|[1-9][0-9]*)")


def check_journey(journey: Journey, report: Report) -> None:
    """Report every fault of one journey that can be seen without other files."""
    check_id(journey.id, ("id",), report)
    if not journey.phases and report.there(("phases",)):
        report.add(("phases",), "a journey has at least one phase")
    for at, phase in enumerate(journey.phases):
        check_id(phase.id, ("phases", at, "id"), report)
        _check_mix(phase.mix, ("phases", at, "mix"), report)
    named = [(("phases", at, "id"), one.id) for at, one in enumerate(journey.phases)]
    check_unique(named, "phases", report)
    for number, session in journey.sessions.items():
        if session.mix is not None:
            _check_mix(session.mix, ("sessions", str(number), "mix"), report)
    _check_stages(journey, report)
    _check_numbers(journey, report)


def _check_stages(journey: Journey, report: Report) -> None:
    """Report stages that are described twice, or that a phase names and nothing describes.

    A journey that describes none leaves its stages as bare words.
    """
    known = [one.id for one in journey.stages]
    for at, one in enumerate(journey.stages):
        if one.id in known[:at] and report.sure(("stages", at, "id")):
            report.add(("stages", at, "id"), f"the stage `{one.id}` is described twice")
    if not known or not report.sure(*(("stages", at, "id") for at in range(len(known)))):
        return
    for at, phase in enumerate(journey.phases):
        for place, name in enumerate(phase.stages):
            path = ("phases", at, "stages", place)
            if name not in known and report.sure(path):
                report.add(path, f"`stages` describes no `{name}`{did_you_mean(name, known)}")


def _check_numbers(journey: Journey, report: Report) -> None:
    """Report session numbers the phases do not have.

    The keys are looked at as the file writes them: `01` and `1` would become one number.
    """
    tree = report.document.tree
    written = tree.get("sessions") if isinstance(tree, dict) else None
    if not isinstance(written, dict):
        return
    total = sum(one.sessions for one in journey.phases)
    known = report.there(("phases",)) and report.sure(
        *(("phases", at, "sessions") for at in range(len(journey.phases)))
    )
    for key in written:
        path = ("sessions", key)
        if not report.there(path):
            continue
        if not _NUMBER.fullmatch(key):
            report.add(path, f"write the session number plainly, found {quote(key)}", at_key=True)
        elif known and journey.phases and not 1 <= int(key[:9]) <= total:
            words = f"there is no session {key}; the phases have sessions 1 to {total}"
            report.add(path, words, at_key=True)


def _check_mix(mix: Mix, path: KeyPath, report: Report) -> None:
    if not report.sure(path):
        return
    total = mix.informational + mix.analytical + mix.transformational
    if total != 100:
        report.add(path, f"the shares of a mix add up to 100, found {total}")
