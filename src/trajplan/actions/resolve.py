"""Which client, engagement and session a command means. Right client, always."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path

from trajplan.errors import CannotDo, NotFound, UsageFault
from trajplan.records import clients, engagements, sessions
from trajplan.records.records import Client, Engagement, Session
from trajplan.records.store import Store, reading


class WhichClient(CannotDo):
    """Somebody else has a session today: a terminal is asked, a script refused."""

    def __init__(self, message: str, slugs: tuple[str, ...]) -> None:
        super().__init__(message)
        self.slugs = slugs
        """The possible clients, the current one first."""


@dataclass(frozen=True, slots=True)
class ClientEngagement:
    """A client with the engagement that is meant: the newest, unless another was named."""

    client: Client
    engagement: Engagement

    @property
    def name(self) -> str:
        """What `--client` calls it: `slug/1`."""
        return f"{self.client.slug}/{self.engagement.ordinal}"


def case_of(store: Store, slug: str | None, today: dt.date | None = None) -> ClientEngagement:
    """Find the client meant and their newest engagement, or with `slug/1` an earlier one.

    With `today`, as every writing command gives it, a current client without a session today is
    not taken for granted when another client has one. Raises NotFound, WhichClient.
    """
    if slug is not None and "/" in slug:
        return _earlier(store, *slug.split("/", 1))
    client = _current(store, today) if slug is None else client_named(store, slug)
    engagement = engagements.latest(store, client.id)
    if engagement is None:
        raise NotFound(f"`{client.slug}` has no engagement")
    return ClientEngagement(client, engagement)


def open_case(store: Store, slug: str | None, today: dt.date) -> ClientEngagement:
    """As `case_of`, for what changes a journey's calendar. Raises CannotDo when it was closed."""
    case = case_of(store, slug, today)
    if case.engagement.closed:
        raise CannotDo(
            f"this journey with {case.client.name} was closed on {case.engagement.closed}; "
            "`trajplan new-engagement` begins another"
        )
    return case


def client_to_change(practice: Path, slug: str | None, today: dt.date) -> str:
    """The slug of the client that a writing command means, before it asks or writes anything.

    Raises NotFound, WhichClient, CannotDo as `case_of` does.
    """
    if slug is not None:
        return slug
    with reading(practice) as store:
        return _current(store, today).slug


def _earlier(store: Store, slug: str, ordinal: str) -> ClientEngagement:
    """One engagement of a client by its ordinal. Raises NotFound saying which there are."""
    client = client_named(store, slug)
    every = {str(one.ordinal): one for one in engagements.of_client(store, client.id)}
    if ordinal not in every:
        there = ", ".join(f"`{slug}/{one}`" for one in every)
        raise NotFound(
            f"`{slug}` has no engagement `{ordinal}`; there {'is' if len(every) == 1 else 'are'}"
            f" {there}"
        )
    return ClientEngagement(client, every[ordinal])


def client_named(store: Store, slug: str) -> Client:
    """Find a client by exactly this slug. Raises NotFound saying which there are."""
    client = clients.by_slug(store, slug)
    if client is None:
        raise NotFound.among("client", slug, [one.slug for one in clients.everyone(store)])
    return client


def _current(store: Store, today: dt.date | None) -> Client:
    everyone = clients.everyone(store)
    if not everyone:
        raise NotFound("no client yet; `trajplan new-client NAME` adds the first")
    current = clients.current(store)
    if current is None:
        if len(everyone) == 1:
            return everyone[0]
        names = ", ".join(f"`{one.slug}`" for one in everyone)
        raise CannotDo(f"whose? Say --client SLUG, or choose one with `trajplan use`: {names}")
    if today is not None:
        _check_day(store, current, today)
    return current


def _check_day(store: Store, current: Client, today: dt.date) -> None:
    due = [client.slug for client, _ in sessions.on_date(store, today)]
    if due and current.slug not in due and not _meets(store, current, today):
        others = tuple(dict.fromkeys(due))
        names = ", ".join(f"`{slug}`" for slug in others)
        raise WhichClient(
            f"the current client is `{current.slug}`, but today's session is with {names}; "
            "say which with --client",
            (current.slug, *others),
        )


def _meets(store: Store, client: Client, today: dt.date) -> bool:
    """Whether the client has a session today, also one that was held an hour ago."""
    engagement = engagements.latest(store, client.id)
    every = sessions.of_engagement(store, engagement.id) if engagement else ()
    return any(one.date == today and one.state in ("planned", "held") for one in every)


def session_of(store: Store, engagement: Engagement, number: str | None) -> Session:
    """Find a session by what was typed; without a number, the next one.

    Raises UsageFault for what is no whole number, CannotDo for one outside the journey.
    """
    if number is None:
        following = next_session(sessions.of_engagement(store, engagement.id))
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
    if not re.fullmatch(r"-?\d{1,6}", number.strip()):
        raise UsageFault(f"`{number}` is not a session number; {possible}")
    found = sessions.by_number(store, engagement.id, int(number))
    if found is None:
        raise CannotDo(f"there is no session {int(number)} in this journey; {possible}")
    return found


def refuse_closed(case: ClientEngagement, session: Session | None = None) -> None:
    """Raise CannotDo when the engagement is closed; what was held before stays readable."""
    closed = case.engagement.closed
    if closed is None or (session is not None and session.state == "held"):
        return
    raise CannotDo(
        f"the work with {case.client.name} was closed on {closed}; what was kept stays readable "
        f"(`trajplan show --client {case.client.slug}`), `trajplan new-engagement` begins another "
        "journey, and `trajplan close --reopen` takes the closing back"
    )


_MEETING = re.compile(r"m(\d{1,6})")


def references(found: tuple[Session, ...]) -> dict[str, Session]:
    """What each session or meeting is called: `4`, and `m1` for the first unnumbered one kept."""
    meetings = sorted((one for one in found if not one.number), key=lambda one: one.id)
    numbered = {str(one.number): one for one in found if one.number}
    return numbered | {f"m{at}": one for at, one in enumerate(meetings, 1)}


def any_session_of(store: Store, engagement: Engagement, reference: str) -> Session:
    """Find a numbered session, or an unnumbered meeting by `m1`. Raises as `session_of` does."""
    if not _MEETING.fullmatch(reference.strip()):
        return session_of(store, engagement, reference)
    known = references(sessions.of_engagement(store, engagement.id))
    if reference.strip() in known:
        return known[reference.strip()]
    meetings = [one for one in known if one.startswith("m")]
    there = f"there are {', '.join(meetings)}" if meetings else "there is none yet"
    raise CannotDo(f"there is no meeting {reference.strip()}; {there}")


def next_session(found: tuple[Session, ...]) -> Session | None:
    """The lowest number neither held nor skipped."""
    waiting = [one for one in found if one.number and one.state not in ("held", "skipped")]
    return min(waiting, key=lambda one: one.number or 0, default=None)


def last_held(found: tuple[Session, ...], before: int | None = None) -> Session | None:
    """The latest numbered session that was held; with `before`, of those with a lower number."""
    held = [
        one
        for one in found
        if one.number and one.state == "held" and (before is None or one.number < before)
    ]
    return max(held, key=lambda one: (one.held_on or one.date, one.number or 0), default=None)
