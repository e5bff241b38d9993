"""A decision that limits whom a young person has with them is complete or it is none."""

import pytest

from server.domain.deciding import REASON_LIMIT, DecisionKind, Guidance, decide
from server.domain.errors import Invalid

WHOLE = {
    "kind": "bisidder",
    "whom": "  Aya  Noor ",
    "reason": "Aya er vidne i sagen.",
    "words": "Aya kan ikke være med i dag. Du må vælge en anden.",
    "guidance": "spoken",
}


def test_a_whole_decision_names_whom_why_and_how_one_complains():
    """C4: a written ground by the authority, told to the young person in words of their own."""
    made = decide(**WHOLE)
    assert (made.kind, made.whom, made.guidance) == (
        DecisionKind.BISIDDER, "Aya Noor", Guidance.SPOKEN,
    )  # fmt: skip


@pytest.mark.parametrize("left_out", ["kind", "whom", "reason", "words", "guidance"])
def test_without_any_one_of_its_parts_it_is_not_made(left_out):
    """C4: no silent refusal, and everything missing is said at once."""
    with pytest.raises(Invalid) as problem:
        decide(**(WHOLE | {left_out: "  "}))
    assert set(problem.value.fields) == {left_out}


def test_all_that_is_missing_is_told_together():
    with pytest.raises(Invalid) as problem:
        decide("", "", "", "", "")
    assert set(problem.value.fields) == {"kind", "whom", "reason", "words", "guidance"}


def test_too_long_a_ground_and_turned_letters_are_refused():
    with pytest.raises(Invalid) as problem:
        decide(**(WHOLE | {"reason": "x" * (REASON_LIMIT + 1), "whom": "Aya\u202e"}))
    assert problem.value.fields == {"reason": "too-long", "whom": "odd-characters"}
