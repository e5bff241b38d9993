"""Somebody added late: asked about by themselves, and never let in by silence (3.0.2)."""

from datetime import UTC, datetime, timedelta

from server.domain import circle
from server.domain.checklist import Reply
from server.domain.circle import Invited, Verdict

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
OWN, OTHER = 1, 2


def said(answer: str, minute: float, question: str = "company", session: int = OWN, **more):
    return Reply(question, answer, NOON + timedelta(minutes=minute), session, **more)


def added(minute: float, seat: int = 14) -> Invited:
    return Invited(seat, NOON + timedelta(minutes=minute))


ANSWERED = [said("throughout", 1, admitted=True)]


def test_whoever_is_added_after_the_answer_is_new_and_not_in():
    """S31, R3: no answer is not a yes."""
    assert circle.is_new(added(2), ANSWERED)
    assert circle.verdict(added(2), ANSWERED) == Verdict.NOT_ASKED
    assert not circle.is_new(added(0), ANSWERED)
    assert not circle.is_new(added(2), [])  # nobody has been asked about anything yet


def test_a_yes_lets_in_from_the_admitted_device_alone():
    """P2: elsewhere it is heard, and not enough."""
    yes = said("yes 14", 3, "added", admitted=True)
    assert circle.verdict(added(2), [*ANSWERED, yes]) == Verdict.YES
    assert not circle.is_new(added(2), [*ANSWERED, yes])
    heard = said("yes 14", 3, "added", OTHER)
    assert circle.verdict(added(2), [*ANSWERED, heard]) == Verdict.SAID_YES
    assert circle.is_new(added(2), [*ANSWERED, heard])


def test_a_no_counts_at_once_and_only_the_admitted_device_takes_it_back():
    """P2: closing is free, opening is checked."""
    no = said("no 14", 3, "added", OTHER)
    assert circle.verdict(added(2), [*ANSWERED, no]) == Verdict.NO
    bare = said("yes 14", 4, "added", OTHER)
    assert circle.verdict(added(2), [*ANSWERED, no, bare]) == Verdict.NO
    hers = said("yes 14", 5, "added", admitted=True)
    assert circle.verdict(added(2), [*ANSWERED, no, hers]) == Verdict.YES
    wide = said("throughout", 6, admitted=True)
    assert circle.verdict(added(2), [*ANSWERED, no, wide]) == Verdict.NO


def test_what_is_said_of_one_is_said_of_nobody_else():
    """Seat 1 is not seat 14."""
    no = said("no 14", 3, "added")
    assert circle.verdict(added(2, seat=1), [*ANSWERED, no]) == Verdict.NOT_ASKED
    assert circle.verdict(added(2, seat=4), [*ANSWERED, no]) == Verdict.NOT_ASKED


def test_short_notice_is_what_the_house_says_it_is_and_a_yes_is_enough():
    """S31: the hours are the municipality's own; without a yes whoever is added late stays out."""
    starts = NOON + timedelta(hours=10)
    aya = added(0)
    for hours, found, short in (
        (24, Verdict.NOT_ASKED, True),
        (10, Verdict.NOT_ASKED, False),  # exactly so long before is in good time
        (11, Verdict.SAID_YES, True),
        (24, Verdict.YES, False),
    ):
        assert circle.is_short_notice(aya, found, starts, timedelta(hours=hours)) is short
