"""What a plan keeps in mind, whatever the session is about: words of the intake, beliefs, hard
times.

Plain values, as in `plan.py`; `remembered.py` finds what they hold.
"""

from collections.abc import Mapping

from msgspec import Struct, field


class NewerWords(Struct, frozen=True, kw_only=True):
    """The first words of what says that something with a day has another one now."""

    text: str
    when: str
    """`session 3`, or a day between two."""


class ComingDay(Struct, frozen=True, kw_only=True):
    """A sentence of theirs or of a note that names a day near the session."""

    text: str
    day: str
    """ISO date."""
    when: str
    """`session 3`, or a day between two."""


class FromIntake(Struct, frozen=True, kw_only=True):
    """What the intake brings to a first session, in the client's words (R126)."""

    own_questions: tuple[str, ...] = ()
    stuck_point: str = ""
    paths: tuple[str, ...] = ()
    """The directions they name."""
    path_count: int = 0
    """How many, also where they are only counted."""
    background: tuple[str, ...] = field(default=(), name="told")
    """What else they told of their work and what they want."""
    fears: tuple[str, ...] = ()
    """For the coach's eye, until the client speaks of them."""
    must_haves: tuple[str, ...] = ()
    money: tuple[str, ...] = ()
    """What speaks of money, also for the coach's eye."""


class RememberedBelief(Struct, frozen=True, kw_only=True):
    """A belief that is not let go, and how far it has been looked at."""

    number: int = field(name="id")
    """Which of this client's it is; no key of the records."""
    text: str
    wording: str = "exact"
    """`exact`: the client's own words; a `gist` is not quoted."""
    status: str = "open"
    heard_in: int = 0
    """The session it was last heard in; 0: the intake, or an earlier journey."""
    sessions: tuple[int, ...] = ()
    """Held sessions that came back to it."""
    found: tuple[str, ...] = ()
    """What was found: the evidence, and what was learnt from what was tried since a session came
    back to it."""
    untested: str = ""
    """A step that may test it and still waits."""


class HardTime(Struct, frozen=True, kw_only=True):
    """What earlier sessions held, or grave words of theirs or of a note."""

    text: str
    """Empty: the session held, and they did not say what."""
    when: str
    """`session 3`, or a day between two."""
    noted: bool = False
    """It is the coach's note."""
    asks: bool = False
    """They ask the coach for something, or not to do it."""
    day: str = ""
    """ISO date on which it was said or noted; empty: before the journey."""
    session: int = 0
    """The session it was said or noted in, on its day; 0: between two, or before the journey."""
    unwritten: bool = False
    """A session held, and nothing is written of what."""


class Remembered(Struct, frozen=True, kw_only=True):
    """What would hurt if it were forgotten, for the coach's eye; each part may be empty (R142)."""

    stuck_point: str = ""
    stuck_now: str = ""
    """What they said of it when they were asked again, with the session."""
    beliefs: tuple[RememberedBelief, ...] = ()
    """Those still open, then those that were tested."""
    paths: tuple[str, ...] = ()
    """The directions they named."""
    must_haves: tuple[str, ...] = ()
    """What the work must have, but for what speaks of money."""
    fears: tuple[str, ...] = ()
    money: tuple[str, ...] = ()
    """What the intake says of money, but for what is an agreed priority."""
    hard: tuple[HardTime, ...] = ()
    """What earlier sessions held (R22), grave words of theirs or in notes, and what was agreed for
    somebody's safety, the latest first, where it stands nowhere else."""
    grave: tuple[str, ...] = ()
    """The sentences of all this, and of the notes on the plan, that hold such words; those of
    danger, illness and death first."""
    heavy: tuple[str, ...] = ()
    """Those of danger, illness and death alone."""
    safety: tuple[str, ...] = ()
    """Those of danger alone: words about not wanting to live, or harming somebody."""
    so_far: tuple[str, ...] = ()
    """What sessions before the last one left, the latest first: what was taken away and learnt,
    what mattered most."""
    noted_before: tuple[HardTime, ...] = ()
    """Notes of those sessions, the latest first."""
    older_notes: int = 0
    """How many older ones there are."""
    coming: tuple[ComingDay, ...] = ()
    """What names a day of the coming week, the next first."""
    days_moved: Mapping[str, str] = {}
    """By a sentence that names a day which has surely moved since: the ISO date it is now."""
    let_go: tuple[str, ...] = ()
    """The promises that were let go since the beginning, the last first, with what was said."""
    rated_before: str = ""
    """The last ratings, where none were given last time."""
    since: tuple[str, ...] = ()
    """What has become of sessions, of the journey and of parked topics since last time, the latest
    first, but for `moved`."""
    since_because: Mapping[str, str] = {}
    """By a line of `since`: the reason that was given for it, where there is one."""
    moved: tuple[str, ...] = ()
    """The move of this session's own day that the title says at the door."""
    notes: tuple[str, ...] = ()
    """Notes for this session, and of meetings since last time."""
    noted: Mapping[str, str] = {}
    """Where each of these was written, by its text: `for today`, or a meeting with its day."""
    noted_later: Mapping[str, str] = {}
    """By the words of a note of the session held last that was added after it, or of one for this
    session that was written before it: the ISO date."""
    spoken: tuple[str, ...] = ()
    """Of the fears and of what was said of money: what they have spoken of since, or a note has."""
    own_day: str = ""
    """What last became of this session's day: moved, cancelled or missed; empty: nothing."""
    rating_note: str = ""
    """What was noted with the last ratings, with those it was noted with where others have come
    since."""
    sponsor: str = ""
    """Who pays, and what they may see (R116)."""
    shared: str = ""
    limits: str = ""
    records: str = ""
    """What is shared with whom, the limits of confidentiality, and what is written down and who may
    read it, as agreed."""
    hard_day: str = ""
    """What the client would like on a hard day, and what not."""
    agreed_besides: str = ""
    """What the intake says was agreed under keys of the coach's own."""
