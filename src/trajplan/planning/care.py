"""How gently a session goes: read once from the facts, and asked by everything that plans (R22,
R124, R131, R165).

A sign says by its name how long it counts: `today` as long as the client brings it, `last_time` for
the session after, `lately` for two sessions held, `before` for the rest of the journey, `pinned`
until the coach unpins the note; `dying` until the records say otherwise. What a session does for
them are the properties.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from trajplan.lint.phrases import heard
from trajplan.lint.tellings import is_learners_english
from trajplan.planning.from_records import PlannedCommitment
from trajplan.planning.plan_inputs import Facts, PlanOptions
from trajplan.planning.topics_today import TopicsToday
from trajplan.records.model.commitments import WAITING

LooksBackOn = Literal["nothing", "due", "all"]
"""What of last time is talked through; `due`: only what falls due from outside."""
IN_DEPTH = 2
"""Promises that are talked through, and exercises that are debriefed, in a usual session; the rest
are ticked (R45)."""


class Care(Struct, frozen=True, kw_only=True):
    """What calls for care today, and what a session does for it."""

    # What the session is, by its blueprint, the check-in and the coach.
    holding: bool = False
    """A holding session, as its blueprint says: what has happened is held, and nothing is worked
    on."""
    any_holding: bool = False
    """It is one, or the check-in asks for one."""
    open: bool = False
    """The client brings everything: what they took on is only ticked (R120)."""
    # What the client brings today.
    danger_today: bool = False
    """A safety note stands: nothing else matters today, least of all a number."""
    silent: bool = False
    """Nothing is asked but what opens the talk, until the coach has spoken about danger."""
    asks_coach: bool = False
    """The coach is asked something first: hold today, or work as planned?"""
    hard_today: bool = False
    """What the client brings is hard to say, or may be by how they come, and the coach has not said
    to work as planned."""
    grave: bool = False
    """Death, illness, harm or dismissal stands in what they bring, or brought to one of the last
    two sessions: only then is anybody asked how they get through the days."""
    comes_hard_for: str = ""
    """Why the day may be hard by how they come, in words; empty: it isn't, or words say more."""
    wants_to_stop: bool = False
    """They may want the sessions to end, as far as their words tell."""
    tired: bool = False
    """Energy is low."""
    gentle_day_for: str = ""
    """Why the day may still be heavy, in words, after a hard one: what they come with is talked
    about, and nothing is tried out, chased or measured. Empty: it is no such day."""
    # What earlier sessions and the records say.
    hard_last_time: bool = False
    """The last session held something hard, or somebody was in danger in it."""
    danger_before: bool = False
    """Somebody may have been in danger in this journey: what they said against themselves, or when
    they were stuck, is not read back to them."""
    hard_day_lately: bool = False
    """What they brought to one of the last two sessions was hard to bear."""
    hard_lately: bool = False
    """Grave news lately, or a session that held them: one line asks how they have been."""
    grave_lately: bool = False
    """It was grave news, in their own words."""
    danger_pinned: bool = False
    """The note on that danger is still pinned: every session begins with a look at safety."""
    unsafe_pinned: bool = False
    """It is of somebody who hurts or threatens them."""
    spares_words: bool = False
    """English is another language to the client, as what they wrote shows: none of it is said back
    to them."""
    referred: bool = False
    """A referral stands: no stall is spoken of, and what waited twice is asked about like anything
    else."""
    referred_softly: bool = False
    """One was made in the last session or since, to somebody who looks after them and not for the
    law or for money: many who see a therapist come to work on their work."""
    dying: bool = False
    """Somebody is dying, as far as the records tell; the coach has not planned as usual since."""
    loss_told: bool = False
    """They tell of a loss, or the records do, however long ago it was."""
    as_planned: bool = False
    """The coach has said to work as planned (`check-in --no-holding`)."""

    @property
    def bears_today(self) -> bool:
        """Whether the client brings something hard to bear today."""
        return self.danger_today or self.asks_coach or self.hard_today

    @property
    def bears_something(self) -> bool:
        """Whether the client has something hard to bear, today or since last time."""
        return self.bears_today or self.hard_last_time

    @property
    def treads_softly_for(self) -> str:
        """Why the session goes softly whatever is brought today, in words; empty: it does not. It
        ends where the coach says so, and a session that holds is gentler still."""
        if self.as_planned or self.any_holding:
            return ""
        if self.hard_last_time:
            return "the last session was hard"
        if self.dying:
            return "somebody is dying"
        return "a referral is new" if self.referred_softly else ""

    @property
    def treads_softly(self) -> bool:
        """Whether nothing turns the client over today: no number, nothing to fill in at home, and
        gentle questions."""
        return bool(self.treads_softly_for)

    @property
    def gentle_day(self) -> bool:
        """Whether the day may be heavy, though nothing says that it is hard."""
        return bool(self.gentle_day_for)

    @property
    def takes_no_step(self) -> bool:
        """Whether the journey's step waits: something is held, somebody may be in danger, or the
        client brings everything."""
        return self.holding or self.open or self.silent

    @property
    def asks_nothing(self) -> bool:
        """Whether nothing on the table speaks of aims or of paper to fill in: while the coach is
        asked first, where they may want to stop, and after grave news until they plan as usual."""
        tender = self.grave_lately or self.dying or self.hard_last_time
        first = self.asks_coach or self.wants_to_stop
        return first or self.any_holding or (tender and not self.as_planned)

    @property
    def gentle(self) -> bool:
        """Whether what they did is asked about with care: after grave news or a hard session."""
        return self.hard_lately or self.bears_something or self.dying

    @property
    def gentle_for(self) -> str:
        """What gentle questions come first for, in words; empty: for low energy alone."""
        if self.any_holding:
            return "a holding session"
        if self.bears_today:
            return "a hard day"
        if self.hard_last_time:
            return "the session after a hard one"
        if self.treads_softly:
            return "somebody who is dying" if self.dying else "a new referral"
        return "a gentle day" if self.gentle_day else ""

    @property
    def looks_back_on(self) -> LooksBackOn:
        """What of last time is talked through."""
        if self.danger_today or self.open or self.holding:
            return "nothing"
        return "due" if self.bears_today or self.gentle_day else "all"

    def asks_after(self, commitment: PlannedCommitment) -> bool:
        """Whether a promise may be talked through today."""
        kinds = self.looks_back_on
        # What was taken on before something hard may mean nothing any more, and on a tired day
        # nobody is chased for what waits.
        waits = commitment.status in WAITING and not commitment.deadline_near
        if waits and (self.hard_lately or self.tired):
            return False
        # Soon after a hard day they may be glad of what they managed; on one, or not long after a
        # death, it means nothing.
        managed = commitment.status == "done" and not (self.bears_today or self.hard_lately)
        return kinds == "all" or (kinds == "due" and (commitment.deadline_near or managed))

    @property
    def spares_inquiry(self) -> str:
        """Why the question that went home is not asked back today; empty: an ordinary day. After a
        session that held something hard, the one from before it is not."""
        if self.holding:
            return "this session holds"
        if self.bears_today:
            return "what they bring is hard"
        if self.hard_last_time:
            return "the last session was hard"
        if self.open:
            return "the client brings everything"
        return "energy is low" if self.tired else self.gentle_day_for

    @property
    def lays_inquiry_out(self) -> bool:
        """Whether it may lie on the table: not where something hard came since or comes now."""
        return not (self.holding or self.bears_something)

    @property
    def in_depth(self) -> int:
        """How many promises are talked through: one on a tired day."""
        return 1 if self.tired else IN_DEPTH

    @property
    def holds_belief_up(self) -> bool:
        """Whether a plan may come back to a belief (R124)."""
        gently = self.bears_something or self.any_holding or self.danger_before or self.hard_lately
        gently = gently or self.gentle_day
        return not (gently or self.dying or self.referred or self.tired or self.open)

    @property
    def asks_first_words(self) -> bool:
        """Whether the words of the beginning may be asked for again."""
        return not (self.any_holding or self.bears_something or self.dying or self.grave_lately)

    @property
    def spares_goodbyes(self) -> bool:
        """Whether no goodbye is spoken of, nor a last time: both would be heard of somebody."""
        return self.dying or self.loss_told

    @property
    def debriefs(self) -> int:
        """How many exercises are debriefed: a tired client looks at one thing closely (R44),
        one who has something hard to bear at none."""
        if self.looks_back_on != "all":
            return 0
        return 1 if self.tired else IN_DEPTH

    @property
    def asks_worth(self) -> bool:
        """Whether the client may be asked about the sessions themselves (R166)."""
        gently = self.bears_something or self.hard_lately or self.dying
        return not (self.any_holding or gently or self.tired)

    @property
    def rates(self) -> bool:
        """Whether numbers may be asked for: not while somebody may be in danger, nor in a session
        that holds or goes softly, nor on a hard day (R131, R166)."""
        return not (self.bears_today or self.holding or self.treads_softly)

    @property
    def stays_with_them(self) -> bool:
        """Whether the session stays with what they bring: no number comes first, nothing is tried
        out, and no other way to see it is offered."""
        return bool(self.stays_for)

    @property
    def stays_for(self) -> str:
        """Why it does, in words; empty: it does not."""
        return self.gentle_day_for or ("what they bring is hard" if self.bears_today else "")

    @property
    def spares_numbers(self) -> bool:
        """Whether no question for a number joins the ratings of its own accord (R166)."""
        soft = self.treads_softly or self.hard_day_lately or self.gentle_day
        return self.bears_something or self.tired or soft

    @property
    def spared(self) -> tuple[str, ...]:
        """What is not asked at the close: of somebody who is tired or has had something hard to
        bear, nothing that takes effort (R44, R165)."""
        if self.bears_something or self.tired:
            return ("self", "celebrate", "hold")
        gently = self.referred or self.dying or self.hard_lately or self.gentle_day
        return ("celebrate", "hold") if gently else ()


_WANTS_TO_STOP = heard("brought", "wants-to-stop")
_LIGHTER = heard("brought", "lighter")
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
    holding: bool,
    parting: bool = False,
) -> Care:
    """The care that today calls for. `holding`: the session follows a blueprint that holds.
    `parting`: it is the last, in which tears are nothing to be spared."""
    any_holding = holding or facts.check_in_holding
    hard = any(not (parting and topic.id == TEARS) for topic in today.hard_topics)
    # Danger is not over by itself, and a hard day is not over as long as they come low.
    after_hard = today.danger_pinned or facts.hard_last_time or today.hard_day_lately
    still_hard = energy == "low" and after_hard and not (parting or any_holding or options.open)
    comes_hard_for = _comes_hard_for(facts, options, today, energy)
    hard_today = (hard or still_hard or bool(comes_hard_for)) and not facts.holding_answered
    held = hard_today or today.asks_coach or parting or any_holding or options.open
    return Care(
        holding=holding,
        any_holding=any_holding,
        open=options.open,
        danger_today=today.danger,
        silent=today.danger and not (facts.holding_answered or any_holding),
        asks_coach=today.asks_coach,
        hard_today=hard_today,
        comes_hard_for="" if hard or not hard_today else comes_hard_for or "energy is low again",
        grave=hard or after_hard or today.asks_coach or any_holding,
        gentle_day_for="" if held else _gentle_day_for(facts, today),
        wants_to_stop=bool(_WANTS_TO_STOP.search(facts.matters_most))
        and not (facts.holding_answered or parting),
        tired=energy == "low",
        hard_last_time=facts.hard_last_time,
        danger_before=bool(facts.last and facts.last.danger_before),
        hard_day_lately=today.hard_day_lately,
        hard_lately=today.hard_lately and not (holding or options.open),
        grave_lately=today.grave_lately and not (holding or options.open),
        danger_pinned=today.danger_pinned,
        unsafe_pinned=today.unsafe_pinned,
        spares_words=_writes_learners_english(facts),
        referred=bool(facts.referrals),
        referred_softly=any(
            referral.kind not in ("legal", "financial")
            and (facts.last is None or referral.since >= facts.last.date)
            for referral in facts.referrals
        ),
        dying=today.dying,
        loss_told=today.loss_told,
        as_planned=facts.holding_answered and not facts.check_in_holding,
    )


def _comes_hard_for(facts: Facts, options: PlanOptions, today: TopicsToday, energy: str) -> str:
    """Why the day may be hard, in words, though nothing they say is known to be. After the first
    session a heavy mood makes it so, and low energy unless they begin with an everyday matter: most
    who come low then have something to bear, and tell it in words that no list knows. The coach may
    plan as usual, by saying so or by choosing what the session is."""
    if facts.last is None or options.blueprint or options.decision or options.open:
        return ""
    if today.heavy_mood:
        return "their mood sounds heavy"
    low = energy == "low" and bool(facts.brought) and not today.everyday
    return "energy is low, and what they bring is no everyday matter" if low else ""


def _gentle_day_for(facts: Facts, today: TopicsToday) -> str:
    """Why the day may be heavy, in words: a hard one is not long ago, until they come with strength
    and with an everyday matter or a decision, or say themselves that they are better."""
    strong = facts.energy in ("normal", "high") and (today.everyday or today.decided)
    turned = strong or (facts.energy != "low" and bool(_LIGHTER.search(facts.mood)))
    stays = not turned or today.heavy_mood or today.weighs
    heavy = today.hard_day_lately and stays and not facts.holding_answered
    return "a hard day is not long ago" if heavy else ""


def _writes_learners_english(facts: Facts) -> bool:
    """Whether anything that the client wrote, told or took on shows that."""
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
