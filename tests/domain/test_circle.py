"""The young person's own list: who may be let in, and what their answers switch off."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain import circle
from server.domain.checklist import Reply
from server.domain.circle import Invited, Verdict, verdict

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
AYA = Invited(13, NOON - timedelta(days=1))
ADMITTED, ELSEWHERE = True, False
COMPANY = ("alone", "throughout", "at_start", "outside", "unsure")


def said(question: str, answer: str, minute: int, admitted: bool) -> Reply:
    return Reply(question, answer, NOON + timedelta(minutes=minute), 1 + admitted, admitted)


def company(answer: str, minute: int, admitted: bool) -> Reply:
    return said("company", answer, minute, admitted)


def test_silence_is_not_a_yes():
    assert verdict(AYA, []) == Verdict.NOT_ASKED


@pytest.mark.parametrize("answer", ["throughout", "at_start"])
def test_a_yes_lets_in_only_from_the_admitted_device(answer):
    """P2: the phone may be in somebody else's hand."""
    assert verdict(AYA, [company(answer, 1, ELSEWHERE)]) == Verdict.SAID_YES
    assert verdict(AYA, [company(answer, 1, ADMITTED)]) == Verdict.YES


@pytest.mark.parametrize("where", [ADMITTED, ELSEWHERE])
@pytest.mark.parametrize("no", [("company", "alone"), ("not_there", "13"), ("not_there", "12 13")])
def test_a_no_counts_at_once_from_wherever_it_came(no, where):
    """P2, S30: closing is free."""
    before = [company("throughout", 1, ADMITTED)]
    assert verdict(AYA, [*before, said(*no, 2, where)]) == Verdict.NO


@pytest.mark.parametrize("no", [("company", "alone"), ("not_there", "13")])
@pytest.mark.parametrize("after", ["throughout", "at_start", "unsure", "outside"])
def test_nothing_said_elsewhere_undoes_a_no(no, after):
    """P2: whoever else holds the link opens no door."""
    replies = [said(*no, 1, ADMITTED), company(after, 2, ELSEWHERE)]
    replies.append(said("not_there", "nobody", 3, ELSEWHERE))
    assert verdict(AYA, replies) == Verdict.NO


def test_who_waits_outside_is_not_in_the_call():
    """P2: she read "Du og Mette snakker alene"; so it is, from wherever she said it."""
    for where in (ADMITTED, ELSEWHERE):
        assert verdict(AYA, [company("outside", 1, where)]) == Verdict.OUTSIDE
        before = company("throughout", 0, ADMITTED)
        assert verdict(AYA, [before, company("outside", 1, where)]) == Verdict.OUTSIDE
    waits = company("outside", 1, ADMITTED)
    assert verdict(AYA, [waits, company("throughout", 2, ELSEWHERE)]) == Verdict.OUTSIDE
    assert verdict(AYA, [waits, company("throughout", 2, ADMITTED)]) == Verdict.YES


def test_being_unsure_takes_a_yes_back_and_lifts_a_no_only_on_the_admitted_device():
    yes, no = company("throughout", 1, ADMITTED), company("alone", 1, ADMITTED)
    assert verdict(AYA, [yes, company("unsure", 2, ELSEWHERE)]) == Verdict.NOT_ASKED
    assert verdict(AYA, [no, company("unsure", 2, ELSEWHERE)]) == Verdict.NO
    assert verdict(AYA, [no, company("unsure", 2, ADMITTED)]) == Verdict.NOT_ASKED


def test_somebody_added_later_has_not_been_answered_about():
    """P2, S31: the yes was about the others."""
    late = Invited(14, NOON + timedelta(minutes=5))
    early_yes = company("throughout", 1, ADMITTED)
    assert verdict(late, [early_yes]) == Verdict.NOT_ASKED
    assert verdict(late, [early_yes, company("throughout", 6, ADMITTED)]) == Verdict.YES


def test_a_no_by_name_is_about_that_one_person():
    other = Invited(3, AYA.added_at)
    replies = [company("throughout", 1, ADMITTED), said("not_there", "13", 2, ELSEWHERE)]
    assert verdict(AYA, replies) == Verdict.NO
    assert verdict(other, replies) == Verdict.YES


steps = st.lists(
    st.tuples(
        st.one_of(
            st.tuples(st.just("company"), st.sampled_from(COMPANY)),
            st.tuples(
                st.just("not_there"), st.sampled_from(["nobody", "13", "12", "someone_else"])
            ),
        ),
        st.booleans(),
    ),
    max_size=9,
)


@dataclass
class Model:
    """The rule retold: two doors, each shut by anybody and opened by one."""

    named: bool = False
    alone: bool = False
    yes: bool = False

    def hear(self, question: str, answer: str, admitted: bool) -> None:
        if question == "not_there":
            self.named = "13" in answer or (self.named and not admitted)
            return
        lets = answer in ("throughout", "at_start")
        if not lets:
            self.yes = False
        if answer in ("alone", "outside"):
            self.alone = True
        elif admitted:
            self.alone = False
            self.yes = lets


@given(steps)
def test_over_any_sequence_only_an_admitted_yes_after_every_no_lets_in(script):
    """P2, S30: held against a model that knows two doors and one key."""
    model = Model()
    replies = []
    for minute, ((question, answer), admitted) in enumerate(script):
        replies.append(said(question, answer, minute, admitted))
        model.hear(question, answer, admitted)
    may = verdict(AYA, replies) == Verdict.YES
    assert may == (model.yes and not model.named and not model.alone)


@given(steps)
def test_over_any_sequence_the_bare_link_alone_lets_nobody_in(script):
    """P2: with no device admitted, there is no sequence of answers that ends in a yes."""
    replies = [
        said(question, answer, minute, ELSEWHERE)
        for minute, ((question, answer), _) in enumerate(script)
    ]
    assert verdict(AYA, replies) != Verdict.YES


LOCKS = {
    "video": (False, False),
    "video_host_only": (True, False),
    "write": (True, True),
    "phone": (False, False),
    "meet": (False, False),
}


@pytest.mark.parametrize(("answer", "locks"), LOCKS.items())
@pytest.mark.parametrize("where", [ADMITTED, ELSEWHERE])
def test_what_was_chosen_about_being_seen_holds_from_anywhere(answer, locks, where):
    """P8: camera off is a normal choice, and it counts at once."""
    replies = [said("way", answer, 1, where)]
    assert (circle.camera_locked(replies), circle.write_only(replies)) == locks


@pytest.mark.parametrize("lock", [("way", "video_host_only"), ("another_way", "write")])
@pytest.mark.parametrize("first", [ADMITTED, ELSEWHERE])
def test_only_the_device_that_chose_or_the_admitted_one_lifts_the_lock(lock, first):
    """P8: nobody else with the link can make the young person seen; who changes her mind can."""
    locked = [said(*lock, 1, first)]
    other = [Reply("way", "video", NOON + timedelta(minutes=2), 7)]
    assert circle.camera_locked([*locked, *other])
    assert not circle.camera_locked([*locked, said("way", "video", 2, first)])
    assert not circle.camera_locked([*locked, *other, said("way", "video", 3, ADMITTED)])


def test_the_note_opens_only_where_the_device_was_called_ones_own_last():
    """U8 of the domain pack: unanswered, borrowed and unsure are not one's own."""
    own = Reply("device", "own", NOON, 1)
    borrowed = Reply("device", "borrowed", NOON + timedelta(minutes=1), 1)
    assert not circle.note_opens_here([], 1)
    assert circle.note_opens_here([own], 1)
    assert not circle.note_opens_here([own], 2)
    assert not circle.note_opens_here([own, borrowed], 1)
    assert circle.is_called_not_own([own, borrowed], 1)
    assert not circle.is_called_not_own([borrowed], 2)
    assert not circle.is_called_not_own([], 1)


@pytest.mark.parametrize(
    ("answers", "minutes", "asked", "may"),
    [
        ([], 0, True, True),
        ([], 0, False, False),  # asked before the call, and nothing was said on this one
        (["own"], 60, False, True),  # nothing new
        (["borrowed"], 1, True, True),  # a slip of the hand
        (["borrowed"], 2, True, False),
        (["own", "borrowed"], 3, True, False),
        (["borrowed", "unsure", "borrowed"], 2, True, False),  # saying no again is no slip anew
        (["borrowed", "own", "borrowed"], 3, True, True),
    ],
)
def test_after_the_call_a_device_becomes_ones_own_by_a_slip_of_the_hand_alone(
    answers, minutes, asked, may
):
    """U8: by then a borrowed one has been given back."""
    said = [
        Reply("device", answer, NOON + timedelta(minutes=n), 1) for n, answer in enumerate(answers)
    ]
    elsewhere = Reply("device", "own", NOON, 2)
    now = NOON + timedelta(minutes=minutes)
    assert circle.may_be_called_own([elsewhere, *said], 1, now, on_the_way_out=asked) is may


@pytest.mark.parametrize(
    ("said_so", "young_in", "other_in", "minutes", "over"),
    [
        ([company("at_start", 0, ADMITTED)], 0, 0, 2, False),
        ([company("at_start", 0, ADMITTED)], 0, 0, 3, True),
        ([company("at_start", 0, ADMITTED)], 5, 0, 7, False),  # it begins with the young person
        ([company("at_start", 0, ADMITTED)], 0, 5, 7, False),
        ([company("at_start", 0, ADMITTED)], None, 0, 60, False),
        ([company("throughout", 0, ADMITTED)], 0, 0, 60, False),
        ([], 0, 0, 60, False),
        ([company("throughout", 0, ADMITTED), company("at_start", 1, ELSEWHERE)], 0, 0, 3, True),
        ([company("at_start", 0, ADMITTED), company("throughout", 1, ELSEWHERE)], 0, 0, 3, True),
        ([company("at_start", 0, ELSEWHERE), company("throughout", 1, ADMITTED)], 0, 0, 3, False),
    ],
)
def test_the_start_lasts_three_minutes_together(said_so, young_in, other_in, minutes, over):
    """U5, S30: the host is told, so that the talk goes on as the young person chose."""
    young, other, now = (
        None if m is None else NOON + timedelta(minutes=m) for m in (young_in, other_in, minutes)
    )
    assert circle.within(circle.after_the_start(said_so, young, other), now) == over
