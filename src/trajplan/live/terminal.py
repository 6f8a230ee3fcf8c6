"""What Textual leaves open at a terminal, where no word of a session may be lost (R134, R135)."""

from __future__ import annotations

import asyncio
import os
import signal
from codecs import getincrementaldecoder
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from typing import Any

from textual.driver import Driver
from textual.widgets import Input

from trajplan.system import hang_up_signal

JOINERS = "\u200c\u200d"
"""Signs of no width that belong to the spelling of Persian and Hindi words, and join emoji."""


class TypedLine(Input):
    """A line of words. What is typed is put into it; it takes no key of its own accord."""

    def move(self, key: str) -> None:
        """Move in the line, or delete in it, as a key says."""
        action = {
            "left": self.action_cursor_left,
            "right": self.action_cursor_right,
            "ctrl+left": self.action_cursor_left_word,
            "ctrl+right": self.action_cursor_right_word,
            "home": self.action_home,
            "ctrl+a": self.action_home,
            "end": self.action_end,
            "ctrl+e": self.action_end,
            "backspace": self.action_delete_left,
            "delete": self.action_delete_right,
            "ctrl+w": self.action_delete_left_word,
            "ctrl+u": self.action_delete_left_all,
            "ctrl+k": self.action_delete_right_all,
        }.get(key)
        if action:
            action()


def patient_driver() -> type[Driver] | None:
    """A driver that shows bytes that are no UTF-8 as � instead of ending the session; None: the
    system's own does."""
    if hang_up_signal() is None:
        return None
    from textual.drivers import linux_driver

    class PatientDriver(linux_driver.LinuxDriver):
        def run_input_thread(self) -> None:
            linux_driver.getincrementaldecoder = _forgiving  # type: ignore[attr-defined]
            super().run_input_thread()

    return PatientDriver


def _forgiving(encoding: str) -> Any:
    return partial(getincrementaldecoder(encoding), errors="replace")


def on_signals(
    *, leave: Callable[[], Awaitable[object]], gone: Callable[[], Awaitable[object]]
) -> None:
    """Go on when the program is asked to end (`leave`), and when its terminal goes away (`gone`):
    after that it ends as it would have."""
    hang_up = hang_up_signal()
    if hang_up is None:
        return
    loop = asyncio.get_running_loop()
    tasks: set[asyncio.Future[object]] = set()

    def begin(call: Callable[[], Awaitable[object]]) -> None:
        tasks.add(asyncio.ensure_future(call()))

    async def end() -> None:
        await gone()
        loop.remove_signal_handler(hang_up)
        os.kill(os.getpid(), hang_up)

    # A test runs the screen in a thread of its own, where no signal arrives.
    with suppress(ValueError, RuntimeError):
        loop.add_signal_handler(signal.SIGTERM, begin, leave)
        loop.add_signal_handler(hang_up, begin, end)
