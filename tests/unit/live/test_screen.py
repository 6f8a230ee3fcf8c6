"""The running session on a screen, by its keys (R135)."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from msgspec import structs
from textual.events import Key, Paste
from textual.pilot import Pilot
from textual.widgets import Input, Static

from trajplan.errors import StoreFault
from trajplan.live import view
from trajplan.live.model import Event, LiveState, open_session
from trajplan.live.screen import LiveApp
from trajplan.live.session import tell
from trajplan.planning.plan import Plan, PlannedPrompt

Script = Callable[["Screen"], Awaitable[None]]
START = dt.datetime(2027, 2, 23, 14, 0, tzinfo=dt.UTC)


class Session:
    """A session in memory; `broken` stands for a disk that takes nothing."""

    def __init__(self, plan: Plan, events: tuple[Event, ...] = ()) -> None:
        self.opening = open_session(plan, START)
        self.events = list(events)
        self.warning = ""
        self.danger: tuple[str, ...] = ()
        self.broken = False

    def state(self, now: dt.datetime) -> LiveState:
        return tell(self.opening, self.events, now)

    def take(self, event: Event) -> bool:
        if self.broken:
            raise StoreFault("the disk is full")
        if event.key == "x":
            question = self.opening.plan.questions[-1]
            event = Event(at=event.at, key="x", question=question)
        self.events.append(event)
        return True


class Screen:
    """A person at the keys, and what they see."""

    def __init__(self, session: Session, *, shared: bool = False) -> None:
        self.session = session
        self.now = START
        self.app = LiveApp(session, lambda: self.now, shared=shared)
        self.pilot: Pilot[Any]

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)

    async def type(self, key: str, *answers: str) -> None:
        """Press a key and answer what it asks for; the letters themselves cost too much time."""
        await self.press(key)
        for answer in answers:
            self.app.query_one("#entry", Input).value = answer
            await self.press("enter")

    @property
    def seen(self) -> str:
        """Every text on the screen, widget by widget."""
        seen = []
        for widget in self.app.query(Static):
            shown = all(node.display for node in (widget, *widget.ancestors_with_self))
            if shown:
                seen.append(str(widget.render()))
        entry = self.app.query_one("#entry")
        if entry.display and self.app.query_one("#page").display:
            seen.append(entry.value)  # type: ignore[attr-defined]
        return "\n".join(seen)


def run(screen: Screen, script: Script, size: tuple[int, int] = (80, 24)) -> None:
    async def scenario() -> None:
        async with screen.app.run_test(size=size) as screen.pilot:
            await screen.pilot.pause()
            await script(screen)

    asyncio.run(scenario())


def test_it_starts_as_the_clock_alone_until_a_key_is_pressed(plan: Plan) -> None:
    screen = Screen(Session(plan))

    async def script(screen: Screen) -> None:
        assert screen.seen.strip() == "14:00"
        await screen.press("n")
        assert plan.segments[0].title in screen.seen
        assert screen.session.events == []

    run(screen, script)


@pytest.mark.slow
@pytest.mark.parametrize("shared", [False, True])
def test_words_may_follow_the_first_key(plan: Plan, shared: bool) -> None:
    screen = Screen(Session(plan), shared=shared)

    async def script(screen: Screen) -> None:
        await screen.press("M", *"Not now", "enter")
        assert plan.segments[0].title in screen.seen
        assert [(event.key, event.text) for event in screen.session.events] == [("m", "Not now")]

    run(screen, script)


def test_every_key_does_what_it_says(plan: Plan) -> None:
    screen = Screen(Session(plan))
    first, second = plan.segments[:2]

    async def script(screen: Screen) -> None:
        await screen.press("k", "plus", "minus", "equals_sign", "u")
        screen.now = START + dt.timedelta(minutes=10)
        await screen.press("N")
        assert second.title in screen.seen
        assert first.title not in screen.seen
        await screen.press("space", "down", "space")
        asked = screen.session.state(screen.now).asked
        # A tick moves on to the next line, and `down` stops at the last.
        assert asked == (second.questions[0].id, second.questions[-1].id)
        await screen.press("x", "space")
        await screen.type("c", "Ring Gary: #1", "friday", "a date")
        await screen.press("t", *"stuck", "tab", "enter")
        await screen.type("a", "Nobody asks")
        await screen.type("p", "The pension")
        await screen.type("i", "I may ask")
        await screen.type("m", "Eyes down")
        await screen.type("m", "No")
        await screen.press("u")
        assert "taken back: note" in screen.seen
        state = screen.session.state(screen.now)
        promise = state.commitments[0]
        assert (promise.what, promise.when, promise.known) == ("Ring Gary: #1", "friday", "a date")
        assert [(words.text, words.exact) for words in state.words] == [("stuck", False)]
        assert [(words.text, words.exact) for words in state.beliefs] == [("Nobody asks", True)]
        assert [(words.text, words.exact) for words in state.takeaways] == [("I may ask", False)]
        assert (state.parked, state.notes) == (("The pension",), ("Eyes down",))
        assert plan.questions[-1].id in state.asked
        assert (
            "Kept: 1 promise, 1 quote, 1 belief, 1 topic parked, 1 takeaway, 1 note" in screen.seen
        )
        await screen.press("w")

    run(screen, script)
    assert screen.app.return_value == "wrap"
    assert screen.session.state(START).ended


@pytest.mark.slow
def test_words_can_be_left_out_half_way(plan: Plan) -> None:
    screen = Screen(Session(plan))

    async def script(screen: Screen) -> None:
        await screen.press("k", "t", *"no", "escape", "p", "enter")
        assert screen.session.events == []
        # Of a promise, what was said so far is kept.
        await screen.press("c", *"Ring", "enter", "escape")
        assert screen.session.state(screen.now).commitments[0].what == "Ring"
        await screen.press("q")

    run(screen, script)
    assert screen.app.return_value == "leave"


def test_an_answer_is_kept_as_soon_as_it_is_given(plan: Plan) -> None:
    screen = Screen(Session(plan))

    def promises() -> list[tuple[str, str, str]]:
        state = screen.session.state(screen.now)
        return [(promise.what, promise.when, promise.known) for promise in state.commitments]

    async def script(screen: Screen) -> None:
        await screen.press("k")
        await screen.type("c", "Ring Gary")
        assert promises() == [("Ring Gary", "", "")]
        assert "By when" in screen.seen
        await screen.press("enter", *"soon", "escape")
        assert promises() == [("Ring Gary", "", "")]
        assert "kept: promise" in screen.seen
        await screen.type("c", "Sleep", "tonight")
        assert promises()[1:] == [("Sleep", "tonight", "")]
        await screen.press(*"rested", "enter", "u")
        assert "taken back: promise “Sleep”" in screen.seen
        assert promises() == [("Ring Gary", "", "")]
        await screen.type("c", "Sleep", "tonight")
        # Left in the middle of the third answer, that is kept too.
        await screen.press(*"rested", "ctrl+c")

    run(screen, script)
    assert promises() == [("Ring Gary", "", ""), ("Sleep", "tonight", "rested")]
    assert screen.app.return_value == "leave"


@pytest.mark.slow
@pytest.mark.parametrize("unseen", [False, True])
def test_leaving_keeps_words_half_typed_or_says_that_it_cannot(plan: Plan, unseen: bool) -> None:
    screen = Screen(Session(plan))

    async def script(screen: Screen) -> None:
        await screen.press("k", "m", *"half", *(["ctrl+l"] if unseen else []))
        screen.session.broken = True
        await screen.press("ctrl+q")
        assert ("!" if unseen else "the disk is full") in screen.seen
        screen.session.broken = False
        await screen.press("enter", "m", *"more", "ctrl+q")

    run(screen, script)
    assert screen.session.state(START).notes == ("half", "more")
    # Where nothing can be kept, it can still be left.
    stuck = Screen(Session(plan))
    stuck.session.broken = True

    async def twice(screen: Screen) -> None:
        await screen.press("k", "m", *"half", "ctrl+c")
        assert screen.app.is_running
        await screen.press("ctrl+c")

    run(stuck, twice)
    assert stuck.app.return_value == "leave"


@pytest.mark.slow
@pytest.mark.parametrize("unseen", [False, True])
def test_pasted_lines_and_joining_letters_are_kept_whole(plan: Plan, unseen: bool) -> None:
    screen = Screen(Session(plan))
    joined = "می\u200cخواهم"

    async def script(screen: Screen) -> None:
        await screen.press("k", *(["h"] if unseen else []), "m")
        screen.app.post_message(Paste("Slower now.\r\nEyes down.\nA long breath."))
        await screen.press("enter", "t")
        for letter in joined:
            screen.app.post_message(Key("letter", letter))
        await screen.press("enter")

    run(screen, script)
    state = screen.session.state(START)
    assert state.notes == ("Slower now. Eyes down. A long breath.",)
    assert state.words[0].text == joined


@pytest.mark.slow
def test_keys_that_follow_each_other_at_once_are_all_taken(plan: Plan) -> None:
    screen = Screen(Session(plan))

    async def script(screen: Screen) -> None:
        await screen.press("k")
        for key in (
            *"mSlow",
            "enter",
            *"pThe pension",
            "enter",
            *"cRing",
            "enter",
            *"fri",
            "enter",
        ):
            character = key if len(key) == 1 else None
            screen.app.post_message(Key("space" if key == " " else key, character))
        await screen.press("enter", "n")

    run(screen, script)
    state = screen.session.state(START)
    assert (state.notes, state.parked) == (("Slow",), ("The pension",))
    assert [(promise.what, promise.when) for promise in state.commitments] == [("Ring", "fri")]


@pytest.mark.slow
def test_a_line_can_be_mended_before_it_is_kept(plan: Plan) -> None:
    screen = Screen(Session(plan))

    async def script(screen: Screen) -> None:
        await screen.press(
            "k", "m", *"lowx", "backspace", "home", "S", "left", "delete", "s", "end"
        )
        await screen.press(*"er now", "ctrl+left", *"by ", "enter")

    run(screen, script)
    assert screen.session.state(START).notes == ("slower by now",)


@pytest.mark.slow
def test_what_the_keys_do_is_told_on_the_screen(plan: Plan) -> None:
    screen = Screen(Session(plan))

    async def script(screen: Screen) -> None:
        await screen.press("k", "?")
        assert all(does in screen.seen for does in view.KEY_HELP.values())
        await screen.press("n")
        assert screen.session.events == []
        assert view.KEY_HELP["x"] not in screen.seen
        await screen.press("t")
        assert "Tab: gist" in screen.seen
        assert "Enter keep  Esc leave out  Ctrl-L hide  Ctrl-C keep and leave" in screen.seen
        assert "w wrap" not in screen.seen
        await screen.press("escape")
        await screen.type("c", "Ring")
        assert "Esc that is all" in screen.seen
        await screen.press("escape", "h", "?")
        assert screen.seen.strip() == "14:00"

    run(screen, script)
    shared = Screen(Session(plan), shared=True)

    async def look(screen: Screen) -> None:
        await screen.press("k", "?")
        assert view.KEY_HELP["p"] in screen.seen
        assert not {"belief", "note"} & set(screen.seen.casefold().replace(",", " ").split())

    run(shared, look)


def test_hidden_it_shows_nothing_and_takes_everything(plan: Plan) -> None:
    screen = Screen(Session(plan))

    async def script(screen: Screen) -> None:
        await screen.press("k", "h")
        await screen.press("m", *"Six", "backspace", "p")
        assert screen.seen.split() == ["14:00", "·"]
        await screen.press("enter", "n")
        assert screen.seen.strip() == "14:00"
        await screen.press("h")
        assert "Sip" not in screen.seen
        assert screen.session.state(screen.now).notes == ("Sip",)

    run(screen, script)
    # In the middle of words, Ctrl-L hides them, and they go on unseen.
    typing = Screen(Session(plan))

    async def hide(screen: Screen) -> None:
        await screen.press("k", "t", *"ab")
        await screen.press("ctrl+l")
        assert screen.seen.split() == ["14:00", "·"]
        await screen.press("c", "enter", "ctrl+l")
        assert screen.seen.strip() == "14:00"
        assert screen.session.state(screen.now).words[0].text == "abc"

    run(typing, hide)
    # A session that was hidden resumes hidden, whatever key comes first.
    again = Screen(Session(plan, (Event(at=START, key="h"),)))

    async def resume(screen: Screen) -> None:
        await screen.press("t", *"so", "enter")
        assert screen.seen.strip() == "14:00"
        assert screen.session.state(screen.now).words[0].text == "so"

    run(again, resume)


@pytest.mark.slow
def test_a_shared_screen_shows_nothing_that_is_the_coachs_alone(plan: Plan) -> None:
    texts = [
        text
        for segment in plan.segments
        for text in (segment.listen, segment.coach, *(act.coach for act in segment.activities))
        if text
    ]
    assert texts
    screen = Screen(Session(plan), shared=True)

    async def script(screen: Screen) -> None:
        await screen.press("k")
        for _ in plan.segments:
            flat = " ".join(screen.seen.split())
            assert [text for text in texts if text in flat] == []
            await screen.press("n")
        await screen.press("a", *"Me", "enter", "m", *"So")
        assert not {"Me", "So", "belief", "note"} & set(screen.seen.split())
        await screen.press("enter")
        assert not {"belief", "note"} & set(screen.seen.replace(":", " ").split())
        await screen.press("u")
        assert screen.seen.count("taken back") == 1
        assert not {"belief", "note"} & set(screen.seen.replace(":", " ").split())
        screen.session.events.pop()
        state = screen.session.state(screen.now)
        assert (state.beliefs[0].text, state.notes) == ("Me", ("So",))

    run(screen, script)


@pytest.mark.parametrize(("shared", "seen"), [(False, True), (True, False)])
def test_words_about_danger_are_named_to_the_coach_alone(
    plan: Plan, shared: bool, seen: bool
) -> None:
    screen = Screen(Session(plan), shared=shared)
    screen.session.danger = ("pinned: Safety",)

    async def script(screen: Screen) -> None:
        await screen.press("k")
        await screen.type("t", "I would rather not wake up")
        assert ("pinned: Safety" in screen.seen) is seen

    run(screen, script)


@pytest.mark.slow
def test_a_key_that_cannot_be_kept_does_not_count_and_its_words_stay(plan: Plan) -> None:
    screen = Screen(Session(plan))

    async def script(screen: Screen) -> None:
        await screen.press("k", "t")
        screen.app.query_one("#entry", Input).value = "gold"
        screen.session.broken = True
        await screen.press("enter")
        assert "the disk is full" in screen.seen
        assert "gold" in screen.seen
        screen.session.broken = False
        await screen.press("enter")
        assert screen.session.state(screen.now).words[0].text == "gold"
        # Hidden, a mark says so.
        await screen.press("h")
        screen.session.broken = True
        await screen.press("n")
        assert "!" in screen.seen

    run(screen, script)


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
def test_clock_segment_next_and_keys_fit_the_window(plan: Plan, size: tuple[int, int]) -> None:
    screen = Screen(Session(plan))

    async def script(screen: Screen) -> None:
        await screen.press("k", "m")
        page = screen.app.query_one("#page")
        for child in page.children:
            if child.display:
                assert child.region.bottom <= size[1]
                assert child.region.right <= size[0]
        assert screen.app.query_one("#body").size.height >= 5
        seen = screen.seen
        assert "90 min left · ends 15:30" in seen
        assert f"Next 14:14 {plan.segments[1].title}" in seen

    run(screen, script, size)


def test_time_over_is_said_as_quietly_as_time_left(plan: Plan) -> None:
    screen = Screen(Session(plan))

    async def script(screen: Screen) -> None:
        screen.now = START + dt.timedelta(minutes=95)
        await screen.press("k")
        assert "5 min over 15:30" in screen.seen
        styles = {
            str(span.style)
            for widget in screen.app.query(Static)
            if hasattr(content := widget.render(), "spans")
            for span in content.spans
        }
        assert styles <= {"", "bold", "dim", "italic"}

    run(screen, script)


@pytest.mark.slow
def test_a_day_that_cannot_be_read_is_kept_and_said(plan: Plan) -> None:
    screen = Screen(Session(plan))

    async def script(screen: Screen) -> None:
        await screen.press("k")
        await screen.type("c", "Ring Gary", "frday")
        assert "“frday”, which is no day" in screen.seen
        await screen.press("escape")
        await screen.type("c", "Ring Ada", "friday")
        assert "no day" not in screen.seen
        promises = screen.session.state(screen.now).commitments
        assert [promise.when for promise in promises] == ["frday", "friday"]

    run(screen, script)


def test_what_a_line_does_not_say_stands_below_it_for_the_coach_alone(plan: Plan) -> None:
    step = "Ask the care service whether they know mornings without a car"
    said = ("Unless they've said: ", "Ask, unless they say: the aim", f"In full: {step}")
    first, *others = plan.segments
    vague = PlannedPrompt(
        id="review-commitment",
        case="partly",
        text="You made a start on something you took on earlier.",
        minutes=2,
        beside=step,
    )
    first = structs.replace(first, prompts=(*first.prompts, vague))
    for shared in (False, True):
        screen = Screen(Session(structs.replace(plan, segments=(first, *others))), shared=shared)

        async def script(screen: Screen) -> None:
            seen = ""
            await screen.press("k")
            for _ in plan.segments:
                seen += " ".join(screen.seen.split())
                await screen.press("n")
            assert [words in seen for words in said] == [not screen.app.shared] * 3

        run(screen, script)


def test_of_what_comes_next_no_title_is_cut(plan: Plan) -> None:
    for width in range(40, 120):
        *_, line = view.ahead(Session(plan).state(START), width, shared=False)[0][0].splitlines()
        shown = line.removeprefix("then ").removesuffix(" …").split(" · ")
        ahead = [f"{part.start} {part.title}" for part in plan.segments[2:]]
        assert shown == ahead[: len(shown)] or len(shown) == 1
        assert len(line) <= width


@pytest.mark.slow
def test_the_clock_may_be_drawn_while_a_key_is_taken(
    plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trajplan.live.screen.REDRAW_SECONDS", 0.03)
    screen = Screen(Session(plan))

    async def script(screen: Screen) -> None:
        await screen.press("k")
        await screen.press("n", "?", "k", "u")
        assert plan.segments[0].title in screen.seen

    run(screen, script)


@pytest.mark.slow
def test_a_fault_of_the_screen_prints_no_word_of_the_client(
    plan: Plan, capsys: pytest.CaptureFixture[str]
) -> None:
    session = Session(plan, (Event(at=START, key="t", text="Gold in the garden"),))
    screen = Screen(session)

    async def script(screen: Screen) -> None:
        screen.session.opening = None  # type: ignore[assignment]
        await screen.press("k")

    with pytest.raises(AttributeError):
        run(screen, script)
    captured = capsys.readouterr()
    assert "garden" not in captured.out + captured.err
    assert plan.client_name not in captured.out + captured.err
