"""`refer`: help that coaching is not, advised and standing until it ends (R22)."""

from __future__ import annotations

import datetime as dt

from trajplan.actions.client_records import ClientRecords, Detail
from trajplan.actions.context import Context
from trajplan.dates import parse_day
from trajplan.errors import CannotDo, NotFound
from trajplan.records.model import Referral, ReferralKind


def refer_client(
    context: Context, *, client: str | None, kind: ReferralKind, note: str, date: str
) -> Detail[Referral]:
    """Save a referral. Raises CannotDo for a day to come, or where one of the kind stands."""
    day = _day(context, date)
    with context.write(client) as records:
        for referral in _standing(records):
            if referral.kind == kind:
                raise CannotDo(
                    f"there is already a referral for {kind}, since {referral.date.isoformat()}; "
                    f"`trajplan refer {kind} --end` ends it"
                )
        referral = records.insert(
            Referral(client_id=records.client.id, kind=kind, date=day, note=note)
        )
        return records.detail(referral)


def end_referral(
    context: Context, *, client: str | None, kind: ReferralKind | None, date: str
) -> Detail[Referral]:
    """End a referral; without a kind, the only one that stands. Raises CannotDo, NotFound."""
    day = _day(context, date)
    with context.write(client) as records:
        referral = _referral_to_end(records, kind)
        if day < referral.date:
            raise CannotDo(
                f"the referral for {referral.kind} began on {referral.date.isoformat()}; it "
                "cannot end earlier"
            )
        return records.detail(records.update(referral, ended=day))


def _standing(records: ClientRecords) -> tuple[Referral, ...]:
    return records.select(Referral, client_id=records.client.id, ended=None)


def _referral_to_end(records: ClientRecords, kind: ReferralKind | None) -> Referral:
    standing = _standing(records)
    names = ", ".join(referral.kind for referral in standing)
    possible = [referral for referral in standing if kind in (None, referral.kind)]
    if not possible:
        there = f"there is {names}" if names else "none stands"
        what = f"no referral for {kind}" if kind else "no referral"
        raise NotFound(f"`{records.client.slug}` has {what} to end; {there}")
    if len(possible) > 1:
        raise CannotDo(f"which one ends? Give it: trajplan refer KIND --end, with {names}")
    return possible[0]


def _day(context: Context, date: str) -> dt.date:
    day = parse_day(date, context.today) if date else context.today
    if day > context.today:
        raise CannotDo(f"{day.isoformat()} is in the future; record a referral once it is made")
    return day
