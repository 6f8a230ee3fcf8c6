"""`refer`: help that coaching is not, advised and standing until it ends (R22)."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from trajplan.actions.context import Context
from trajplan.actions.resolve import ClientEngagement, case_of, next_session
from trajplan.dates import parse_day
from trajplan.errors import CannotDo, NotFound
from trajplan.records import clients, referrals
from trajplan.records.model import Client, Referral, ReferralKind, Session
from trajplan.records.store import Store, writing


class ReferralChange(Struct, frozen=True, kw_only=True):
    """A referral that was kept or ended, and those that stand now."""

    client: Client
    referral: Referral
    next: int | None
    """The session that comes next."""
    standing: tuple[Referral, ...]


def refer_client(
    context: Context, *, client: str | None, kind: ReferralKind, note: str, date: str
) -> ReferralChange:
    """Keep a referral. Raises CannotDo for a day to come, or where one of the kind stands."""
    day = _day(context, date)
    with writing(context.practice, create=False) as store:
        case = case_of(store, client, context.today)
        for one in referrals.standing(store, case.client.id):
            if one.kind == kind:
                raise CannotDo(
                    f"there is already a referral for {kind}, since {one.date.isoformat()}; "
                    f"`trajplan refer {kind} --end` ends it"
                )
        kept = referrals.add(store, client_id=case.client.id, kind=kind, date=day, note=note)
        clients.touch(store, case.client.id)
        return _referred(store, case, kept)


def end_referral(
    context: Context, *, client: str | None, kind: ReferralKind | None, date: str
) -> ReferralChange:
    """End a referral; without a kind, the only one that stands. Raises CannotDo, NotFound."""
    day = _day(context, date)
    with writing(context.practice, create=False) as store:
        case = case_of(store, client, context.today)
        one = _meant(case, referrals.standing(store, case.client.id), kind)
        if day < one.date:
            raise CannotDo(
                f"the referral for {one.kind} began on {one.date.isoformat()}; it cannot end "
                "earlier"
            )
        ended = referrals.end(store, one.id, day)
        clients.touch(store, case.client.id)
        return _referred(store, case, ended)


def _meant(case: ClientEngagement, standing: tuple[Referral, ...], kind: str | None) -> Referral:
    names = ", ".join(one.kind for one in standing)
    found = [one for one in standing if kind in (None, one.kind)]
    if not found:
        there = f"there is {names}" if names else "none stands"
        what = f"no referral for {kind}" if kind else "no referral"
        raise NotFound(f"`{case.client.slug}` has {what} to end; {there}")
    if len(found) > 1:
        raise CannotDo(f"which one ends? Give it: trajplan refer KIND --end, with {names}")
    return found[0]


def _day(context: Context, date: str) -> dt.date:
    day = parse_day(date, context.today) if date else context.today
    if day > context.today:
        raise CannotDo(f"{day.isoformat()} is in the future; record a referral once it is made")
    return day


def _referred(store: Store, case: ClientEngagement, one: Referral) -> ReferralChange:
    every = store.select(Session, engagement_id=case.engagement.id)
    following = next_session(every)
    return ReferralChange(
        client=case.client,
        referral=one,
        next=following.number if following else None,
        standing=referrals.standing(store, case.client.id),
    )
