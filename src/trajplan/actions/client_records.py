"""A practice opened for one client, to read or in one transaction to change.

Which client, engagement and session a command means. Right client, always.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic

from msgspec import Struct

from trajplan.errors import CannotDo, NotFound, UsageFault
from trajplan.records.dossier import Dossier, clocks_of, next_session, references
from trajplan.records.fields import R
from trajplan.records.model.commitments import ParkedTopic
from trajplan.records.model.journeys import Client, Engagement
from trajplan.records.model.sessions import Note, Session
from trajplan.records.plan_pages import AROUND, days_around
from trajplan.records.read_dossier import read_dossier
from trajplan.records.store import Store, reading
from trajplan.text import name_key, pattern, spaceless_letters, there_are, without_accents

if TYPE_CHECKING:
    from trajplan.actions.hints import Remark
    from trajplan.records.drafts import Draft

_NUMBER = pattern(r"-?\d{1,6}")
_MEETING = pattern(r"m(\d{1,6})")


class ClientRecords(Store):
    """The practice, opened for one client: `Context.read` and `Context.write` give it.

    Only what is theirs or the coach's own is there; `everybody` has all of it.
    """

    __slots__ = ("_dossier", "_read_at", "case", "zone")

    def __init__(self, store: Store, case: ClientEngagement, zone: str = "") -> None:
        super().__init__(store.db, store.path, store.recorder, case.client.id)
        self.case = case
        self.zone = zone
        """The coach's own time zone; empty: not known."""
        self._dossier: Dossier | None = None
        self._read_at = 0

    @property
    def client(self) -> Client:
        """The client, as they were when the practice was opened."""
        return self.case.client

    @property
    def engagement(self) -> Engagement:
        """The engagement that is meant, as it was when the practice was opened."""
        return self.case.engagement

    @property
    def revision(self) -> int:
        """The client's revision, counting what was written until now."""
        return self.client.revision + (self.changes > 0)

    @property
    def dossier(self) -> Dossier:
        """Everything about the engagement as it stands, read when asked for after a change."""
        if self._dossier is None or self._read_at != self.db.total_changes:
            client, engagement = self.client, self.engagement
            engagements = self.case.engagements
            if self.changes:
                # Something was written since the practice was opened; these may have changed.
                client = self.get(Client, client.id)
                engagements = self.select(Engagement, client_id=client.id)
                engagement = next(own for own in engagements if own.id == engagement.id)
            # It names whose rows it reads, each table once; to ask again whose they are would read
            # sessions and engagements with each.
            self._dossier = read_dossier(
                self.everybody, client, engagement, engagements, own_zone=self.zone
            )
            self._read_at = self.db.total_changes
        return self._dossier

    def raise_revision(self) -> None:
        """Count a change, so that plans made before it are made anew; once a transaction."""
        if self.get(Client, self.client.id).revision == self.client.revision:
            self.update(self.client, revision=self.client.revision + 1)

    def draft(self, what: str, session: Session | None = None) -> Draft:
        """What was typed for this engagement and is not saved yet, under a name (R134)."""
        from trajplan.records.drafts import DraftKey, Drafts

        key = DraftKey(
            what,
            self.practice_id,
            self.client.id,
            self.engagement.id,
            session.id if session else 0,
        )
        return Drafts(self.path).draft(key)

    def give_hints(self, *remarks: Remark) -> tuple[Remark, ...]:
        """What is said beside a change of this client's records; see `actions/hints.py`."""
        from trajplan.actions.hints import give_hints

        return give_hints(self, self.client.id, remarks)

    def own(self, kind: type[R], /, **where: Any) -> tuple[R, ...]:
        """Select from the records of this engagement, for kinds that name theirs."""
        return self.select(kind, engagement_id=self.engagement.id, **where)

    def detail(self, record: R, hints: Iterable[Remark] = ()) -> Detail[R]:
        """A record of this engagement with all that it stands among."""
        remarks = self.give_hints(*hints)
        return Detail(self.dossier, record, remarks)

    def numbered(self, kind: type[R], number: int) -> R:
        """The record of this engagement, the pinned note or the topic parked in any journey, that a
        coach calls by a number.

        Raises NotFound, saying which there are; another client's is not there.
        """
        by_number: dict[int, R] = {record.number: record for record in self._numbered(kind)}
        if number not in by_number:
            raise NotFound(
                f"`{self.client.slug}` has no {kind.noun} {number}; {there_are(sorted(by_number))}"
            )
        return by_number[number]

    def _numbered(self, kind: type[R]) -> Iterable[Any]:
        if kind is Note:
            return self.dossier.notes_by_number.values()
        # Others are not looked for in the dossier: what is changed next would have it read again.
        return self.dossier.parked if kind is ParkedTopic else self.own(kind)


def plan_anew(store: Store) -> None:
    """Have every plan of every client made anew, after a change of what is the coach's own."""
    for client in store.select(Client):
        store.update(client, revision=client.revision + 1)


class Detail(Struct, Generic[R], frozen=True):
    """One record among everything about its engagement, as it stands now."""

    dossier: Dossier
    record: R
    hints: tuple[Remark, ...] = ()
    """Said beside the record; none of it stopped it from being saved."""


class WhichClient(CannotDo):
    """Several clients may be meant: a terminal is asked, a script refused."""

    def __init__(self, message: str, slugs: tuple[str, ...], question: str) -> None:
        super().__init__(message)
        self.slugs = slugs
        """What `--client` would call them, the most likely one first."""
        self.question = question


class ClientEngagement(Struct, frozen=True):
    """A client with the engagement that is meant: the newest, unless another was named."""

    client: Client
    engagement: Engagement
    engagements: tuple[Engagement, ...] = ()
    """All of the client's, first to last."""

    @property
    def name(self) -> str:
        """What `--client` calls it: `slug/1`."""
        return f"{self.client.slug}/{self.engagement.ordinal}"


def case_of(
    store: Store, slug: str | None, today: dt.date | None = None, zone: str = ""
) -> ClientEngagement:
    """Find the client meant and their newest engagement, or with `slug/1` an earlier one.

    For the slug stands any part of it or of the name that is one client's alone (R141).

    With `today`, as every writing command gives it, a current client without a session today is
    not taken for granted when another client has one. `zone`: the coach's, whose day it is. Raises
    NotFound, WhichClient.
    """
    if slug is not None and "/" in slug:
        return _earlier(store, *slug.split("/", 1))
    client = _current(store, today, zone) if slug is None else client_named(store, slug)
    engagements = store.select(Engagement, client_id=client.id)
    if not engagements:
        raise NotFound(
            f"`{client.slug}` has no journey: an import brought the client alone; "
            f"`trajplan practice erase --client {client.slug}` removes it, and "
            "`trajplan new-client` adds it anew"
        )
    return ClientEngagement(client, engagements[-1], engagements)


def open_case(store: Store, slug: str | None, today: dt.date, zone: str = "") -> ClientEngagement:
    """As `case_of`, for what changes a journey's calendar. Raises CannotDo when it was closed."""
    case = case_of(store, slug, today, zone)
    if case.engagement.closed:
        raise CannotDo(
            f"this journey with {case.client.name} was closed on {case.engagement.closed}; "
            "`trajplan new-engagement` begins another"
        )
    return case


def client_to_change(practice: Path, slug: str | None, today: dt.date, zone: str) -> str:
    """The client that a writing command means, as a slug or `slug/1`, before it asks or writes
    anything.

    Raises NotFound, WhichClient, CannotDo as `case_of` does.
    """
    with reading(practice) as store:
        if slug is None:
            return _current(store, today, zone).slug
        name, slash, ordinal = slug.partition("/")
        try:
            return client_named(store, name).slug + slash + ordinal
        except WhichClient as doubt:
            slugs = tuple(known + slash + ordinal for known in doubt.slugs)
            raise WhichClient(str(doubt), slugs, doubt.question) from None


def _earlier(store: Store, slug: str, ordinal: str) -> ClientEngagement:
    """One engagement of a client by its ordinal. Raises NotFound saying which there are."""
    client = client_named(store, slug)
    engagements = store.select(Engagement, client_id=client.id)
    by_ordinal = {str(engagement.ordinal): engagement for engagement in engagements}
    if ordinal not in by_ordinal:
        there = there_are(f"`{client.slug}/{known}`" for known in by_ordinal)
        raise NotFound(f"`{client.slug}` has no engagement `{ordinal}`; {there}")
    return ClientEngagement(client, by_ordinal[ordinal], engagements)


def client_with_slug(store: Store, slug: str) -> Client:
    """Find a client by exactly this slug. Raises NotFound saying which there are."""
    client = store.find(Client, slug=slug)
    if client is None:
        raise NotFound.among("client", slug, [other.slug for other in store.select(Client)])
    return client


def client_named(store: Store, typed: str) -> Client:
    """Find a client by slug, by name, or by any part of either that is theirs alone (R141).

    Case and accents do not count. Raises WhichClient naming whom a part could mean, NotFound.
    """
    if exact := store.find(Client, slug=typed):
        return exact
    clients = store.select(Client)
    part = without_accents(name_key(typed))
    by_name = [
        client for client in clients if client.goes_by(typed) or (part and part in _names(client))
    ]
    by_part = [client for client in clients if _has_part(client, part)]
    # One letter is a part of too many names, but a whole syllable where there are no spaces.
    is_part = len(part) > 1 or bool(spaceless_letters().match(part))
    for matches in (by_name, by_part if is_part else []):
        if len(matches) == 1:
            return matches[0]
        if matches:
            choices = ", ".join(f"`{client.slug}` ({client.name})" for client in matches)
            raise WhichClient(
                f"`{typed}` could be {choices}; say which with more of the name",
                tuple(client.slug for client in matches),
                "Which one?",
            )
    raise NotFound.among("client", typed, [client.slug for client in clients])


def _names(client: Client) -> tuple[str, str]:
    """Name and slug, as what is typed is compared with them."""
    return without_accents(name_key(client.name)), without_accents(name_key(client.slug))


def _has_part(client: Client, part: str) -> bool:
    """Whether it stands in the name, or begins a word of the slug, which may be one that nobody
    chose, such as `client`: `li` is no part of that."""
    name, slug = _names(client)
    return part in name or re.search(rf"(?:^|[\W_]){re.escape(part)}", slug) is not None


def _current(store: Store, today: dt.date | None, zone: str) -> Client:
    chosen = store.current_client
    current = None if chosen is None else store.find(Client, id=chosen)
    if current:
        if today is not None:
            _check_day(store, current, today, zone)
        return current
    clients = store.select(Client)
    if not clients:
        raise NotFound("no client yet; `trajplan new-client NAME` adds the first")
    if len(clients) == 1:
        return clients[0]
    names = ", ".join(f"`{client.slug}`" for client in clients)
    raise CannotDo(f"which client? Give --client SLUG, or choose one with `trajplan use`: {names}")


def _check_day(store: Store, current: Client, today: dt.date, zone: str) -> None:
    due = [
        client.slug
        for client, session in sessions_around(store, today)
        if own_day(store, session, zone) == today
    ]
    if due and current.slug not in due and not _meets(store, current, today, zone):
        others = tuple(dict.fromkeys(due))
        names = ", ".join(f"`{slug}`" for slug in others)
        raise WhichClient(
            f"the current client is `{current.slug}`, but today's session is with {names}; "
            "say which with --client",
            (current.slug, *others),
            "Whose session is it?",
        )


def sessions_around(store: Store, date: dt.date) -> tuple[tuple[Client, Session], ...]:
    """Return the planned sessions of any client on a date, by time, those without a time last, and
    those of the days beside it, which on the coach's clock may be of that date."""
    pairs = store.run(
        f"SELECT s.id, e.client_id {AROUND} ORDER BY s.start_time = '', s.start_time, c.slug, s.id",
        days_around(date),
    ).fetchall()
    return tuple(
        (store.get(Client, client_id), store.get(Session, session_id))
        for session_id, client_id in pairs
    )


def _meets(store: Store, client: Client, today: dt.date, zone: str) -> bool:
    """Whether the client has a session today, also one that was held an hour ago."""
    engagements = store.select(Engagement, client_id=client.id)
    newest = engagements[-1].id if engagements else None
    met = store.select(Session, engagement_id=newest, state=("planned", "held"))
    return any(own_day(store, session, zone) == today for session in met)


def own_day(store: Store, session: Session, zone: str) -> dt.date:
    """The day of a session for the coach, whose zone it is; the client's own may be another."""
    if not zone:
        return session.date
    clocks = clocks_of(store.get(Engagement, session.engagement_id), session, zone)
    return clocks.own_day if clocks else session.date


def session_of(records: ClientRecords, number: str | None) -> Session:
    """Find a session by what was typed; without a number, the next one.

    Raises UsageFault for what is no whole number, CannotDo for one outside the journey.
    """
    return find_session(records.engagement, records.own(Session), number)


def find_session(
    engagement: Engagement, sessions: Sequence[Session], number: str | None
) -> Session:
    """As `session_of`, among the sessions of the engagement."""
    if number is None:
        following = next_session(sessions)
        if following is None:
            raise CannotDo(
                "every session of this journey is held or skipped; "
                + (
                    f"it was closed on {engagement.closed}"
                    if engagement.closed
                    else "`trajplan close` ends it"
                )
            )
        return following
    total = engagement.sessions
    possible = "only session 1 is possible" if total == 1 else f"sessions 1 to {total} are possible"
    if not _NUMBER.fullmatch(number.strip()):
        raise UsageFault(f"`{number}` is not a session number; {possible}")
    for session in sessions:
        if session.number == int(number):
            return session
    raise CannotDo(f"there is no session {int(number)} in this journey; {possible}")


def refuse_closed(case: ClientEngagement, session: Session) -> None:
    """Raise CannotDo when the engagement is closed; what was held before stays readable."""
    closed = case.engagement.closed
    if closed is None or session.state == "held":
        return
    raise CannotDo(
        f"the work with {case.client.name} was closed on {closed}; its records stay readable "
        f"(`trajplan show --client {case.client.slug}`), `trajplan new-engagement` begins another "
        "journey, and `trajplan close --reopen` reopens it"
    )


def agreed_priority(engagement: Engagement, number: int | None) -> str:
    """The priority with this number, counted from 1; empty when no number was given (R43).

    Raises CannotDo naming what is possible.
    """
    if number is None:
        return ""
    agreed = engagement.intake.priorities
    if not agreed:
        raise CannotDo("no priorities were agreed in the intake, so there is none to serve")
    if not 1 <= number <= len(agreed):
        there = there_are(f"{index} “{text}”" for index, text in enumerate(agreed, 1))
        raise CannotDo(f"there is no priority {number}; {there}")
    return agreed[number - 1]


def any_session_of(records: ClientRecords, reference: str) -> Session:
    """Find a numbered session, or an unnumbered meeting by `m1`. Raises as `session_of` does."""
    if not _MEETING.fullmatch(reference.strip()):
        return session_of(records, reference)
    sessions = references(records.own(Session))
    if reference.strip() in sessions:
        return sessions[reference.strip()]
    meetings = [name for name in sessions if name.startswith("m")]
    raise CannotDo(f"there is no meeting {reference.strip()}; {there_are(meetings)}")
