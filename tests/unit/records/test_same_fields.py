"""Fields that go from one kind to another under their own names: none is lost without a word."""

from __future__ import annotations

from collections.abc import Collection

import pytest
from msgspec import Struct

from trajplan.actions.recap import RecapPromise
from trajplan.actions.sheet import SheetCommitment
from trajplan.content.model import Question, Segment
from trajplan.planning.brief import CareerEntry, Outline
from trajplan.planning.from_records import FromLastTime, PlannedCommitment
from trajplan.planning.plan import Plan, PlannedQuestion, PlannedSegment
from trajplan.records.command_forms import CommitmentChange
from trajplan.records.fields import same_fields
from trajplan.records.forms import CareerStep, NewCommitment, Wrap, WrapReview
from trajplan.records.model.commitments import Commitment, CommitmentReview
from trajplan.records.model.sessions import WrapRecord

ALL = frozenset[str]()
WAYS: tuple[tuple[type[Struct], type[Struct], Collection[str], Collection[str]], ...] = (
    (Wrap, WrapRecord, WrapRecord.of_wrap, {"beliefs", "halfway"}),
    (WrapRecord, FromLastTime, FromLastTime.of_wrap, {"inquiry"}),
    (NewCommitment, Commitment, Commitment.as_made, ALL),
    (CommitmentChange, NewCommitment, NewCommitment.__struct_fields__, ALL),
    (Commitment, PlannedCommitment, PlannedCommitment.of_commitment, {"kind", "deadline"}),
    (Commitment, SheetCommitment, SheetCommitment.of_commitment, ALL),
    (SheetCommitment, RecapPromise, RecapPromise.__struct_fields__, ALL),
    (CommitmentReview, WrapReview, WrapReview.of_review, ALL),
    (Question, PlannedQuestion, PlannedQuestion.of_question, ALL),
    (
        *(Segment, PlannedSegment, PlannedSegment.of_segment),
        {"objective", "minutes", "activities", "questions"},
    ),
    (CareerStep, CareerEntry, CareerEntry.of_step, ALL),
    (Plan, Outline, Outline.of_plan, {"start", "segments"}),
)
"""Where fields come from and go to, those that go by name, and those that are put in by hand."""


@pytest.mark.parametrize(("source", "target", "names", "by_hand"), WAYS)
def test_every_field_of_one_name_goes_by_it_or_is_put_in_by_hand(
    source: type[Struct], target: type[Struct], names: Collection[str], by_hand: Collection[str]
) -> None:
    both = set(source.__struct_fields__) & set(target.__struct_fields__)
    assert both == {*names, *by_hand}
    assert len(set(names)) == len(names)
    assert not set(names) & set(by_hand)


def test_a_field_that_was_renamed_stops_the_copy() -> None:
    with pytest.raises(AttributeError, match="aim"):
        same_fields(WrapReview(commitment=1), ("learned", "aim"))
