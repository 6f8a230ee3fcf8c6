"""The running session on a terminal, full screen (R135). It alone knows Textual.

It starts as the clock alone, until a key is pressed. Hidden, it is the clock alone too, and every
key but `h` works unseen. No client's name is ever shown here, so none is left in the window's title
or in what can be scrolled back to. What a key keeps is kept before it shows.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import signal
from codecs import getincrementaldecoder
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from typing import Any, Literal, Protocol

from textual.app import App, ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.driver import Driver
from textual.events import Event as ScreenEvent
from textual.events import Key as KeyPress
from textual.events import Paste
from textual.widgets import Input, Static

from trajplan.dates import parse_day
from trajplan.errors import TrajplanError, UsageFault
from trajplan.live import view
from trajplan.live.keys import CALLED, PRIVATE, WORDS_KEYS, Entry, Key, entry_for
from trajplan.live.model import Event, LiveState, Opening
from trajplan.live.session import added_questions, last_taken
from trajplan.live.view import ScriptLine, script
from trajplan.records.model.commitments import Wording
from trajplan.system import hang_up_signal
from trajplan.text import in_quotes, shortened

Ending = Literal["leave", "wrap"]
"""How a screen was left."""
MARGIN = 2
"""Columns beside the page."""
SCROLLBAR = 1
TERMINAL_COLORS = ("ansi-dark", "textual-ansi")
"""The terminal's own colours, under the name that this Textual has for them."""
REDRAW_SECONDS = 1.0
"""How often the clock is drawn."""
SCROLLS = {"pageup": -1, "pagedown": 1}
SHOWN_LETTERS = 40
"""How much is shown of words that are taken back, or of a day that cannot be read."""
JOINERS = "\u200c\u200d"
"""Signs of no width that belong to the spelling of Persian and Hindi words, and join emoji."""


class RunningSession(Protocol):
    """What the screen needs of a session: its opening, its state, and a way to keep a key."""

    opening: Opening
    events: list[Event]
    warning: str
    """What the coach has to know of how it is kept; empty: nothing."""
    danger: tuple[str, ...]
    """What there is to say of words about danger that were kept last."""

    def state(self, now: dt.datetime) -> LiveState:
        """Where it stands."""

    def take(self, event: Event) -> bool:
        """Keep a key; False where it changes nothing. Raises TrajplanError."""


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


class LiveApp(App[Ending]):
    """The screen. `clock` gives the moment, for each key and each drawing."""

    CSS = """
    Screen { background: ansi_default; color: ansi_default; overflow: hidden; }
    Static { background: ansi_default; color: ansi_default; }
    #cover { width: 100%; height: 100%; content-align: center middle; }
    #page { width: 100%; height: 100%; padding: 0 1; }
    #page Static { height: auto; width: 100%; }
    #body { height: 1fr; scrollbar-size-vertical: 1; background: ansi_default; margin-top: 1; }
    #entry { height: 1; border: none; padding: 0; background: ansi_default; color: ansi_default; }
    """
    ENABLE_COMMAND_PALETTE = False
    AUTO_FOCUS = ""

    def __init__(
        self,
        session: RunningSession,
        clock: Callable[[], dt.datetime],
        *,
        shared: bool = False,
        driver: type[Driver] | None = None,
    ) -> None:
        super().__init__(driver_class=driver)
        self.session = session
        self.clock = clock
        self.shared = shared
        self.state = session.state(clock())
        self.covered = not self.state.hidden
        """Nobody has pressed a key yet; a session that was hidden stays hidden instead."""
        self.entry: Entry | None = None
        self.cursor = ""
        """Id of the question that space ticks."""
        self.shown = ""
        """Id of the question that was scrolled to; from there the coach may scroll on."""
        self.notice = session.warning
        self.fault = False
        """The last key could not be kept."""
        self.ready = False
        """There is a page to draw on."""
        self.keys_shown = False
        """What every key does is shown in place of the script."""
        self.drawn: tuple[ScriptLine, ...] = ()

    def compose(self) -> ComposeResult:
        """Lay out the two faces: the clock alone, and the page."""
        yield Static(id="cover", markup=False)
        with Vertical(id="page"):
            yield Static(id="clock", markup=False)
            yield Static(id="segment", markup=False)
            yield Static(id="bar", markup=False)
            yield VerticalScroll(id="body", can_focus=False)
            yield Static(id="ahead", markup=False)
            yield Static(id="notice", markup=False)
            yield Static(id="label", markup=False)
            yield TypedLine(id="entry", select_on_focus=False)
            yield Static(id="keys", markup=False)

    async def on_mount(self) -> None:
        """Begin to tick."""
        self.theme = next(name for name in TERMINAL_COLORS if name in self.available_themes)
        self.line.display = False
        await self.draw()
        # Drawn from the timer's own task, the page would be made anew while a key draws it.
        self.set_interval(REDRAW_SECONDS, lambda: self.call_later(self.draw))
        self.ready = True
        _on_signals(leave=self._end, gone=self.keep_typed)

    @property
    def line(self) -> TypedLine:
        """The line that is typed in."""
        return self.query_one("#entry", TypedLine)

    async def on_resize(self) -> None:
        """Draw anew, since bars and lists are as wide as the window."""
        await self.draw()

    @property
    def hidden(self) -> bool:
        """Whether nothing but the clock is shown."""
        return self.covered or self.state.hidden

    def _fatal_error(self) -> None:
        """End without Textual's own report of a fault, which would print the client's words."""
        self._close_messages_no_wait()

    def panic(self, *_: object) -> None:
        """As above, where the fault is one of the thread that reads the keys."""
        self._return_code = 1
        self._close_messages_no_wait()

    async def _leave(self) -> None:
        """Leave; everything is kept, words that were being typed too. Where these cannot be kept,
        it says so first, and leaves the second time."""
        if self.fault or await self.keep_typed():
            self.exit("leave")
        else:
            await self.draw()

    async def _end(self) -> None:
        """Leave because something else wants the program to end."""
        await self.keep_typed()
        self.exit("leave")

    async def keep_typed(self) -> bool:
        """Keep what was typed so far, as Enter would. False where that cannot be done."""
        if self.entry is None or not self.letters.strip():
            return True
        return await self._keep_entry(self.entry, self.letters)

    async def _hide(self) -> None:
        """Hide, also in the middle of words: what was typed so far goes on unseen."""
        if self.entry and not self.entry.unseen:
            self.entry.letters = self.line.value
            self.entry.unseen = True
            self._close_line()
        if not self.hidden:
            await self._keep("h")

    # --- keys ---------------------------------------------------------------------------------

    async def on_event(self, event: ScreenEvent) -> None:
        """Take every key and every paste here, one after another. Handed on to the line that is
        typed in, those that follow an Enter quickly would arrive before it is gone."""
        if not self.ready or not isinstance(event, KeyPress | Paste) or event.is_forwarded:
            await super().on_event(event)
        elif isinstance(event, Paste):
            self._type(" ".join(event.text.splitlines()))
            await self.draw()
        else:
            await self._take(event)

    async def _take(self, press: KeyPress) -> None:
        """One key: typed into words, or one of the session's own."""
        if press.key in ("ctrl+c", "ctrl+q"):
            await self._leave()
            return
        if press.key == "ctrl+l":
            await self._hide()
        elif self.entry:
            await self._typed(self.entry, press)
        elif self.covered and press.character != "q":
            self.covered = False
            if (press.character or "").lower() in WORDS_KEYS:
                await self._pressed(press)  # words follow, and their letters are keys as well
        elif self.keys_shown and press.key not in SCROLLS:
            self.keys_shown = False
        else:
            await self._pressed(press)
        await self.draw()

    async def _typed(self, entry: Entry, press: KeyPress) -> None:
        """A key while words are typed."""
        if press.key == "escape":
            await self._escaped(entry)
        elif press.key == "enter":
            await self._answered(entry, self.letters)
        elif press.key == "tab":
            if entry.is_quoted:
                entry.wording = "gist" if entry.wording == "exact" else "exact"
        elif press.character and (press.is_printable or press.character in JOINERS):
            self._type(press.character)
        elif entry.unseen:
            entry.letters = entry.letters[:-1] if press.key == "backspace" else entry.letters
        else:
            self.line.move(press.key)

    def _type(self, text: str) -> None:
        """Add to the words that are typed."""
        if self.entry and self.entry.unseen:
            self.entry.letters += text
        elif self.entry:
            self.line.insert_text_at_cursor(text)

    @property
    def letters(self) -> str:
        """What was typed so far."""
        if self.entry is None:
            return ""
        return self.entry.letters if self.entry.unseen else self.line.value

    async def _escaped(self, entry: Entry) -> None:
        """Leave the words out; of a promise, what was said so far is kept already."""
        if entry.answered:
            self.notice = self._named("kept", entry.key)
        self._close_entry()

    async def _answered(self, entry: Entry, text: str) -> None:
        """Keep an answer at once; then the next thing is asked for."""
        if not text.strip() and not entry.answered:
            self._close_entry()
            return
        if text.strip():
            if not await self._keep_entry(entry, text):
                entry.letters = text  # it could not be kept, and stays to be tried again
                return
        else:
            self.notice = self._named("kept", entry.key)
        remark = self._day_remark(entry, text)
        entry.answered += 1
        entry.letters = ""
        self.line.value = ""
        if entry.is_done:
            self._close_entry()
        elif not self.session.warning:
            self.notice = remark  # the next question says that this answer was kept

    def _day_remark(self, entry: Entry, text: str) -> str:
        """What there is to say of a day that cannot be read; hidden, nothing."""
        if entry.part != "when" or entry.unseen or not text.strip():
            return ""
        try:
            parse_day(text, self.clock().date())
        except UsageFault:
            said = in_quotes(shortened(text, SHOWN_LETTERS))
            return f"kept: {said}, which is no day; the wrap asks for one"
        return ""

    async def _keep_entry(self, entry: Entry, text: str) -> bool:
        wording = entry.wording if entry.is_quoted else None
        return await self._keep(entry.key, wording=wording, **{entry.part: text})

    def _open_entry(self, key: Key) -> None:
        unseen = self.hidden or (self.shared and key in PRIVATE)
        self.entry = entry_for(key, unseen=unseen)
        self.notice = ""
        if not unseen:
            self.line.value = ""
            self.line.display = True
            self.line.focus()

    def _close_entry(self) -> None:
        self.entry = None
        self._close_line()

    def _close_line(self) -> None:
        self.line.value = ""
        self.line.display = False
        self.set_focus(None)

    async def _pressed(self, press: KeyPress) -> None:
        """A key of the session."""
        name = (press.character or press.key).lower()  # whether or not Caps Lock is on
        if press.key in SCROLLS:
            body = self.query_one("#body", VerticalScroll)
            body.scroll_relative(y=SCROLLS[press.key] * body.size.height // 2)
        elif press.key in ("up", "down"):
            self._move_cursor(1 if press.key == "down" else -1)
        elif name == "q":
            self.exit("leave")
        elif name == "?":
            self.keys_shown = not self.hidden
        elif name == "w":
            if await self._keep("w"):
                self.exit("wrap")
        elif name in WORDS_KEYS:
            self._open_entry(name)  # type: ignore[arg-type]
        elif press.key == "space":
            if self.cursor and await self._keep("space", text=self.cursor):
                self._to_next_question()
        elif name in ("n", "+", "=", "-", "x", "u", "h"):
            await self._keep("+" if name == "=" else name)  # type: ignore[arg-type]

    async def _keep(
        self,
        key: Key,
        *,
        text: str = "",
        when: str = "",
        known: str = "",
        wording: Wording | None = None,
    ) -> bool:
        """Keep a key, and say so. A fault is said, and nothing counts that could not be kept."""
        event = Event(at=self.clock(), key=key, text=text, when=when, known=known, wording=wording)
        self.state = self.session.state(event.at)
        last = last_taken(self.session.events)
        try:
            kept = self.session.take(event)
        except TrajplanError as fault:
            self.notice, self.fault = str(fault), True
            return False
        self.fault = False
        self.state = self.session.state(self.clock())
        if key == "u":
            self.notice = self._named("taken back", last.key) if last else "nothing to take back"
            if last and last.key in WORDS_KEYS and not (self.shared and last.key in PRIVATE):
                self.notice += f" {in_quotes(shortened(last.text, SHOWN_LETTERS))}"
        else:
            said = self._named("kept", key) if key in WORDS_KEYS and kept else ""
            # Nobody reads of their own danger on a screen that both look at.
            danger = () if self.shared else self.session.danger
            self.notice = ". ".join(filter(None, (*danger, said, self.session.warning)))
        if key in ("n", "u", "w"):
            self.cursor = ""
        elif key == "x" and kept:
            self.cursor = self.session.events[-1].question.id  # type: ignore[union-attr]
        return True

    def _named(self, done: str, key: Key) -> str:
        """What was done with a key's words; on a shared screen not whose eye they are for."""
        return done if self.shared and key in PRIVATE else f"{done}: {CALLED[key]}"

    # --- the question that space ticks ---------------------------------------------------------

    @property
    def questions(self) -> list[ScriptLine]:
        """The questions of the segment that runs, in the order they are shown."""
        return [line for line in self._script() if line.question]

    def _settle_cursor(self) -> None:
        """Keep the cursor on a question that is there: by default the first that was not asked."""
        ids = [line.question for line in self.questions]
        if self.cursor not in ids:
            unasked = [line.question for line in self.questions if not line.asked]
            self.cursor = (unasked or ids or [""])[0]

    def _move_cursor(self, step: int) -> None:
        ids = [line.question for line in self.questions]
        if self.cursor in ids:
            self.cursor = ids[max(0, min(len(ids) - 1, ids.index(self.cursor) + step))]

    def _to_next_question(self) -> None:
        """After a tick, go on to the next question that was not asked, if there is one."""
        lines = self.questions
        index = [line.question for line in lines].index(self.cursor)
        if lines[index].asked:
            following = [line.question for line in lines[index:] if not line.asked]
            self.cursor = (following or [self.cursor])[0]

    # --- drawing -------------------------------------------------------------------------------

    def _script(self) -> tuple[ScriptLine, ...]:
        live = self.state.running_segment
        if live is None:
            return ()
        segments = self.session.opening.plan.segments
        planned = next(segment for segment in segments if segment.id == live.id)
        added = {question.id: question for question in added_questions(self.session.events)}
        return script(planned, live, added=added, shared=self.shared)

    async def draw(self) -> None:
        """Draw what is to be seen at this moment."""
        if not (self.is_running and self.query("#cover")):
            return  # the screen is closing
        self.state = self.session.state(self.clock())
        cover, page = self.query_one("#cover", Static), self.query_one("#page", Vertical)
        cover.display, page.display = self.hidden, not self.hidden
        if self.hidden:
            cover.update(Content(self._cover()))
            return
        self._settle_cursor()
        state, width = self.state, self.size.width - MARGIN
        self._put("clock", view.clock_line(state, width))
        self._put("segment", view.segment_line(state))
        self._put("bar", view.bar(state, width))
        await self._draw_body(width - SCROLLBAR)
        self._put("ahead", view.ahead(state, width, shared=self.shared))
        self._put("notice", ((self.notice, ""),))
        self._put("label", self._label())
        self._put("keys", view.legend(self.entry, shared=self.shared))

    def _put(self, name: str, pieces: view.Pieces) -> None:
        content = Content.assemble(*pieces)
        static = self.query_one(f"#{name}", Static)
        static.display = bool(content.plain)
        static.update(content)

    def _cover(self) -> str:
        """The clock alone, with a mark that says nothing to anybody else: a dot while words are
        typed unseen, an exclamation mark where the last key could not be kept."""
        mark = "!" if self.fault else "·" if self.entry else " "
        return f"{self.state.now}\n{mark}"

    def _label(self) -> view.Pieces:
        """What is being typed; three dots where nobody is to know."""
        if self.entry is None:
            return ()
        return (("…", "") if self.entry.unseen else (self.entry.label, "bold"),)

    async def _draw_body(self, width: int) -> None:
        """The script of the segment; its widgets are made anew only when its lines change."""
        body = self.query_one("#body", VerticalScroll)
        lines = view.key_lines(shared=self.shared) if self.keys_shown else self._script()
        if [line.text for line in lines] != [line.text for line in self.drawn]:
            await body.remove_children()
            await body.mount_all(Static(markup=False) for _ in lines)
            body.scroll_home(animate=False)
            self.shown = ""
        self.drawn = lines
        for line, static in zip(lines, body.query(Static), strict=True):
            here = bool(line.question) and line.question == self.cursor
            static.update(Content.assemble(*view.script_line(line, width, here=here)))
            if here and self.cursor != self.shown:
                static.scroll_visible(animate=False)
        self.shown = self.cursor


def run_screen(
    session: RunningSession, clock: Callable[[], dt.datetime], *, shared: bool
) -> Ending:
    """Run a session on the terminal until it is left or wrapped. No mouse is needed or taken."""
    app = LiveApp(session, clock, shared=shared, driver=_patient_driver())
    ending = app.run(mouse=False)
    if app.return_code:
        raise RuntimeError("every key that was kept is there") from app._exception
    return ending or "leave"


def _patient_driver() -> type[Driver] | None:
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


def _on_signals(
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
        # The key Ctrl-C sends no signal here; `kill -INT` from another terminal does.
        for end_signal in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(end_signal, begin, leave)
        loop.add_signal_handler(hang_up, begin, end)
