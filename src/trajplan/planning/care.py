"""How gently a session goes: read once from the facts, and asked by everything that plans (R22,
R124, R131, R165).
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from trajplan.planning.plan import PlannedCommitment
from trajplan.planning.plan_inputs import Facts, PlanOptions
from trajplan.planning.topics_today import TopicsToday
from trajplan.records.model import MISSED, WAITING

LooksBackOn = Literal["nothing", "due", "all"]
"""What of last time is talked through; `due`: only what falls due from outside."""
IN_DEPTH = 2
"""Promises that are talked through, and exercises that are debriefed, in a usual session; the rest
are ticked (R45)."""


class Care(Struct, frozen=True, kw_only=True):
    """What calls for care today, and what a session does for it."""

    # What the session is, by its blueprint, the check-in and the coach.
    respite: bool = False
    """The session is a respite, as its blueprint says: it holds what has happened, and nothing is
    worked on."""
    any_respite: bool = False
    """It is one, or the check-in asks for one."""
    open: bool = False
    """The client brings everything: what they took on is only ticked (R120)."""
    # What the client brings today.
    danger: bool = False
    """A safety note stands: nothing else matters today, least of all a number."""
    silent: bool = False
    """Nothing is asked but what opens the talk, until the coach has spoken about danger."""
    waits: bool = False
    """The coach is asked something first: hold today, or work as planned?"""
    hard: bool = False
    """What the client brings is hard to say, and the coach has not said to work as planned."""
    tired: bool = False
    """Energy is low."""
    # What earlier sessions and the records say.
    tender: bool = False
    """The last session held something hard, or somebody was in danger in it."""
    shaken: bool = False
    """Somebody may have been in danger in this journey: what they said against themselves, or when
    they were stuck, is not read back to them."""
    remembers: bool = False
    """Grave news lately, or a session that held them: one line asks how they have been."""
    heard_grave: bool = False
    """It was grave news, in their own words."""
    unsettled: bool = False
    """The note on that danger is still pinned: every session begins with a look at safety."""
    spares_words: bool = False
    """English is another language to the client, as what they wrote shows: none of it is said back
    to them."""
    quiet: bool = False
    """A referral stands: no stall is spoken of, and what waited twice is asked about like anything
    else."""

    @property
    def bears_today(self) -> bool:
        """Whether the client brings something hard to bear today."""
        return self.danger or self.waits or self.hard

    @property
    def bears_something(self) -> bool:
        """Whether the client has something hard to bear, today or since last time."""
        return self.bears_today or self.tender

    @property
    def takes_no_step(self) -> bool:
        """Whether the journey's step waits: something is held, or the client brings everything."""
        return self.respite or self.open

    @property
    def gentle(self) -> bool:
        """Whether what they did is asked about with care: after grave news or a hard session."""
        return self.remembers or self.bears_something

    @property
    def gentle_for(self) -> str:
        """What gentle questions come first for, in words; empty: for low energy alone."""
        if self.any_respite:
            return "a holding session"
        if self.bears_today:
            return "a hard day"
        return "the session after a hard one" if self.tender else ""

    @property
    def looks_back_on(self) -> LooksBackOn:
        """What of last time is talked through."""
        if self.danger or self.open or self.respite:
            return "nothing"
        return "due" if self.bears_today else "all"

    def asks_after(self, commitment: PlannedCommitment) -> bool:
        """Whether a promise may be talked through today."""
        kinds = self.looks_back_on
        # What was taken on before a death may mean nothing any more. After a session that only
        # held them, what nobody has asked about yet is still asked after once.
        spared = WAITING if self.heard_grave else MISSED if self.remembers else ()
        waits = commitment.status in WAITING and not commitment.deadline_near
        # On a tired day what they have told of a promise that waits is enough.
        if waits and (commitment.status in spared or (self.tired and commitment.learned)):
            return False
        return kinds == "all" or (kinds == "due" and commitment.deadline_near)

    @property
    def spares_inquiry(self) -> str:
        """Why the question that went home is not asked back today; empty: an ordinary day. After a
        session that held something hard, the one from before it is not."""
        if self.respite:
            return "this session holds"
        if self.bears_today:
            return "what they bring is hard"
        if self.tender:
            return "the last session was hard"
        if self.open:
            return "the client brings everything"
        return "energy is low" if self.tired else ""

    @property
    def lays_inquiry_out(self) -> bool:
        """Whether it may lie on the table: not where something hard came since or comes now."""
        return not (self.respite or self.bears_something)

    @property
    def in_depth(self) -> int:
        """How many promises are talked through: one on a tired day."""
        return 1 if self.tired else IN_DEPTH

    @property
    def holds_belief_up(self) -> bool:
        """Whether a plan may come back to a belief (R124)."""
        gently = self.bears_something or self.any_respite or self.shaken or self.remembers
        return not (gently or self.quiet or self.tired or self.open)

    @property
    def asks_first_words(self) -> bool:
        """Whether the words of the beginning may be asked for again."""
        return not (self.any_respite or self.bears_something)

    @property
    def debriefs(self) -> int:
        """How many exercises are debriefed: a tired client looks at one thing closely (R44),
        one who has something hard to bear at none."""
        if self.respite or self.bears_today:
            return 0
        return 1 if self.tired else IN_DEPTH

    @property
    def asks_worth(self) -> bool:
        """Whether the client may be asked about the sessions themselves (R166)."""
        return not (self.any_respite or self.bears_something or self.tired or self.remembers)

    @property
    def rates(self) -> bool:
        """Whether numbers may be asked for: not while somebody may be in danger, nor in a session
        that holds (R131, R166)."""
        return not (self.danger or self.respite)

    @property
    def spares_numbers(self) -> bool:
        """Whether no question for a number joins the ratings of its own accord (R166)."""
        return self.bears_something or self.tired

    @property
    def spared(self) -> tuple[str, ...]:
        """What is not asked at the close: of somebody who is tired or has had something hard to
        bear, nothing that takes effort (R44, R165)."""
        if self.bears_something or self.tired:
            return ("self", "celebrate", "hold")
        return ("celebrate", "hold") if self.quiet else ()


TEARS = "tears"
"""The topic of tears."""
USUAL = Care()
"""A day on which nothing calls for care."""


def care_for(
    facts: Facts,
    options: PlanOptions,
    today: TopicsToday,
    energy: str,
    *,
    respite: bool,
    parting: bool = False,
) -> Care:
    """The care that today calls for. `respite`: the session follows a blueprint that holds.
    `parting`: it is the last, in which tears are nothing to be spared."""
    any_respite = respite or facts.check_in_respite
    hard = [topic for topic in today.hard_topics if not (parting and topic.id == TEARS)]
    return Care(
        respite=respite,
        any_respite=any_respite,
        open=options.open,
        danger=today.danger,
        silent=today.danger and not (facts.respite_answered or any_respite),
        waits=today.waits,
        hard=bool(hard) and not facts.respite_answered,
        tired=energy == "low",
        tender=facts.tender,
        shaken=bool(facts.last and facts.last.danger_before),
        remembers=today.remembers and not (respite or options.open),
        heard_grave=today.heard_grave and not (respite or options.open),
        unsettled=today.unsettled,
        spares_words=_writes_learners_english(facts),
        quiet=bool(facts.referrals),
    )


def _writes_learners_english(facts: Facts) -> bool:
    """Whether anything that the client wrote, told or took on shows that."""
    # Its word lists are read when there is something to look at.
    from trajplan.lint.tellings import is_learners_english

    intake = facts.intake_on_record
    written = (
        *(facts.matters_most, facts.taken_up, facts.mood, facts.stuck_point),
        *(words.then for words in facts.echo),
        *(*facts.brought_lately, *intake.own_questions, *intake.background, *intake.fears),
        *(
            words
            for commitment in facts.promises
            for words in (commitment.what, commitment.learned)
        ),
    )
    return any(is_learners_english(words) for words in written if words)
