"""Whom a coach works with, and how a journey goes: what was agreed, changed, paused and closed."""

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from trajplan.records.fields import KEY, Count, Id, Positive, Record, Text, Time, ref
from trajplan.records.forms import Intake
from trajplan.text import words_in
from trajplan.vocabulary import Method

ReferralKind = Literal["therapy", "medical", "legal", "financial", "other"]
Satisfaction = Literal["session", "home"]


LONGEST_SLUG = 40


def is_slug(text: str) -> bool:
    """Whether a text is a short name for the command line: letters and digits of any script, with
    single hyphens between."""
    words = text.split("-")
    whole = all(words_in(word) == [word] and word[0].isalnum() for word in words)
    return whole and len(text) <= LONGEST_SLUG


class Client(Record, frozen=True, kw_only=True):
    """A person coached."""

    noun = "client"
    rules = ("UNIQUE (slug)",)
    order = "slug"

    id: Id = 0
    slug: Text
    name: str
    initials: str
    revision: Count = 0
    """Counts every change to this client's records; a kept plan remembers the one it read."""
    created: dt.date
    ratings: bool = True
    """Whether the client wants to give numbers at all (R166)."""
    satisfaction: Satisfaction = "session"
    """Where the client says how a session was: in it, or at home on the card."""
    former_slugs: tuple[str, ...] = ()
    """What the client was called before: forms printed then are still theirs (R136)."""

    def goes_by(self, slug: str) -> bool:
        """Whether a page that names this slug is this client's."""
        return slug == self.slug or slug in self.former_slugs


class Engagement(Record, frozen=True, kw_only=True):
    """One journey with a client. A client may return for a further one."""

    noun = "journey"
    searched = (("destination", "intake"), ("accountability", "intake"), ("intake", "intake"))
    rules = ("UNIQUE (client_id, ordinal)",)
    order = "ordinal"

    id: Id = 0
    client_id: Annotated[int, ref("clients")]
    ordinal: Positive
    journey: Text
    method: Method
    sessions: Positive
    start: dt.date
    start_time: Time = ""
    """`HH:MM`, or empty when no time has been agreed."""
    time_zone: str
    minutes: Positive
    every_days: Positive
    destination: str
    intake: Intake
    created: dt.date
    closed: dt.date | None = None
    accountability: str = ""
    """How the client wants to be held to what they take on (R101)."""
    language: str = ""
    """What the client's own pages speak, as a language tag; empty: English (R152)."""
    phase_sizes: Mapping[str, int] = {}
    """Sessions by phase id where the coach extended one; empty: the journey's, scaled."""


class HintGiven(Record, frozen=True, kw_only=True):
    """How often a kind of hint was given about a client: twice is enough (R144)."""

    rules = ("UNIQUE (client_id, kind)",)

    id: Id = 0
    client_id: Annotated[int, ref("clients")]
    kind: Text
    times: int


class IntakeChange(Record, frozen=True, kw_only=True):
    """What the coach learnt anew of what the intake says; append-only (R136).

    The engagement holds what counts now; what stood there before is here, the first words too.
    """

    noun = "change of the intake"
    nouns = "changes of the intake"
    searched = (("was", "intake"), ("now", "intake"))
    order = "date, id"

    id: Id = 0
    engagement_id: Annotated[int, ref("engagements")]
    date: dt.date
    was: Mapping[str, Any]
    """By key of the intake, as plain data."""
    now: Mapping[str, Any]


class MethodChange(Record, frozen=True, kw_only=True):
    """One change of method, as it was made; append-only (R20)."""

    noun = "change of method"
    nouns = "changes of method"
    searched = (("reason", "change"),)
    rules = ("CHECK (after <> before)",)

    id: Id = 0
    engagement_id: Annotated[int, ref("engagements")]
    session_id: Annotated[int, ref("sessions")]
    onward: bool
    """True: the engagement works so from this session on. False: this session alone."""
    date: dt.date
    before: Method
    after: Method
    reason: str = ""


class Referral(Record, frozen=True, kw_only=True):
    """Help that coaching is not, and that the coach advised the client to find (R22)."""

    noun = "referral"
    searched = (("note", "referral"),)
    rules = ("CHECK (ended >= date)",)
    order = "date, id"

    id: Id = 0
    client_id: Annotated[int, ref("clients")]
    kind: ReferralKind
    date: dt.date
    note: str = ""
    ended: dt.date | None = None


class RetiredQuestion(Record, frozen=True, kw_only=True):
    """A question that plans leave out, for one client or for good."""

    noun = "retired question"

    id: Id = 0
    question_id: Text
    client_id: Annotated[int, ref("clients")] | None = None
    """None: for every client; that is the coach's own taste and outlives them."""
    since: dt.date


class Ending(Record, frozen=True, kw_only=True):
    """How an engagement was closed (R12)."""

    noun = "closing"
    searched = (("outcomes", "closing"), ("triggers", "closing"), ("forced", "closing"))
    rules = (
        "CHECK (follow_up IS NULL OR follow_up > closed)",
        "CHECK (forced <> '' OR (follow_up IS NOT NULL AND missing = '[]'))",
    )
    engagement_id: Annotated[int, KEY, ref("engagements")]
    closed: dt.date
    follow_up: dt.date | None
    outcomes: tuple[str, ...]
    """What is there now that others can see, in the client's words (R112)."""
    triggers: tuple[str, ...]
    """The client's own signs that it is time to ask for help again (R115)."""
    missing: tuple[str, ...]
    """What was missing when it was closed all the same."""
    forced: str
    """The coach's reason for that, or empty."""

    @property
    def stopped(self) -> bool:
        """Whether it came before all was there that an ending has, as when a client simply stops:
        then nothing was agreed for the time after it."""
        return bool(self.forced)


class Pause(Record, frozen=True, kw_only=True):
    """A stretch in which an engagement rests."""

    noun = "pause"
    searched = (("reason", "change"),)
    rules = ("CHECK (until IS NULL OR until >= since)",)
    order = "since, id"

    id: Id = 0
    engagement_id: Annotated[int, ref("engagements")]
    since: dt.date
    until: dt.date | None = None
    """The day it goes on; None: not said yet."""
    reason: str = ""

    def stands(self, day: dt.date) -> bool:
        """Whether the engagement rests on that day."""
        return self.since <= day and (self.until is None or day < self.until)


class DaysOff(Record, frozen=True, kw_only=True):
    """Days on which the coach meets nobody, both ends included; they belong to no client."""

    noun = "stretch of days off"
    nouns = "stretches of days off"
    rules = ("CHECK (last >= first)",)
    order = "first, last, id"

    id: Id = 0
    first: dt.date
    last: dt.date
    name: str = ""

    def __contains__(self, day: dt.date) -> bool:
        return self.first <= day <= self.last


class PhaseExit(Record, frozen=True, kw_only=True):
    """One look at a phase's milestone, as it was given; append-only (R10)."""

    noun = "look at a milestone"
    nouns = "looks at a milestone"
    searched = (("reason", "change"),)

    id: Id = 0
    engagement_id: Annotated[int, ref("engagements")]
    phase: Text
    date: dt.date
    met: tuple[str, ...]
    """Criteria the coach ticked, in the words they had that day."""
    unmet: tuple[str, ...]
    reason: str = ""
    """Why the journey goes on although some are unmet; empty: it does not yet."""
