"""An adult helps a child of six to nine, and goes before anything of the child's own is asked."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from server.domain import forgetting, helping
from server.domain.ages import Band
from server.domain.checklist import Gate, Reply, gate
from server.domain.errors import Refused
from server.domain.helping import Step
from server.domain.questions import asked
from server.domain.roles import Role

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
ASKED = asked(Role.YOUNG_PERSON, Band.SIX)
FINE = {"way": "video", "heard": "no", "company": "alone", "bisidder": "no_thanks"}
ALL_FINE = [Reply(q.id, FINE.get(q.id, "fine"), NOON, 1) for q in ASKED]


def steps(*said: Step, session: int = 1) -> list[Reply]:
    return [
        Reply(helping.QUESTION, step, NOON + timedelta(seconds=n), session)
        for n, step in enumerate(said, 1)
    ]


def test_only_the_youngest_are_asked_whether_somebody_helps():
    assert [band for band in Band if helping.offered(band)] == [Band.SIX]


@pytest.mark.parametrize("ended", sorted(helping.WITH_ADULT))
def test_the_gate_is_shut_while_an_adult_may_be_there_though_all_is_answered(ended):
    """P1: "fik hjælp" alone opens nothing; the child's own word that the adult has gone does."""
    path = {
        Step.HELPED: (Step.HELPED,),
        Step.GOING: (Step.HELPED, Step.GOING),
        Step.STAYS: (Step.HELPED, Step.GOING, Step.STAYS),
    }[ended]
    assert gate(ASKED, ALL_FINE, 1) == Gate.READY
    assert gate(ASKED, ALL_FINE + steps(*path), 1) == Gate.CLOSED
    assert gate(ASKED, ALL_FINE + steps(*path, Step.GOING, Step.GONE), 1) == Gate.READY


def test_help_on_a_copy_of_the_link_shuts_only_that_device():
    said = ALL_FINE + steps(Step.HELPED, session=2)
    assert gate(ASKED, said, 1) == Gate.READY
    assert gate(ASKED, said, 2) == Gate.CLOSED


def test_no_way_leads_from_help_to_the_questions_but_the_childs_own_word():
    """The adult's "jeg går nu" has to come first, and no step passes over either of the two."""
    free = {Step.ALONE, Step.GONE}
    reached = {Step.HELPED}
    for _ in Step:
        reached |= {to for at in reached - free for to in helping.ALLOWED[at] if to not in free}
    out = {(at, to) for at, to in product(reached, free) if to in helping.ALLOWED[at]}
    assert out == {(Step.GOING, Step.GONE), (Step.STAYS, Step.GONE)}
    with pytest.raises(Refused):
        helping.require(Step.HELPED, Step.GONE)
    with pytest.raises(Refused):
        helping.require(None, Step.GONE)


def test_of_two_steps_in_the_same_breath_the_later_one_counts():
    both = [Reply(helping.QUESTION, step, NOON, 1) for step in (Step.HELPED, Step.GOING)]
    assert helping.step(both, 1) == Step.GOING
    assert helping.step(both, 2) is None


@pytest.mark.parametrize("question", [q.id for q in ASKED])
def test_nothing_of_the_childs_own_is_taken_meanwhile(question):
    with pytest.raises(Refused, match="adult-helps"):
        helping.require_alone(question, steps(Step.HELPED), 1)
    helping.require_alone(question, steps(Step.HELPED), 2)
    helping.require_alone(question, steps(Step.HELPED, Step.GOING, Step.GONE), 1)


@pytest.mark.parametrize("question", ["another_way", "time"])
def test_the_neutral_button_works_with_an_adult_there_too(question):
    """P3: it says nothing about anybody, and is on every screen."""
    helping.require_alone(question, steps(Step.HELPED), 1)


def test_what_an_answer_changed_stands_for_a_moment_and_no_newer_answer():
    later = NOON + timedelta(minutes=1)
    assert helping.may_show(NOON, NOON, later)
    assert not helping.may_show(NOON, later, later)
    assert not helping.may_show(NOON, NOON, NOON + helping.SHOWN_FOR + timedelta(seconds=1))


def test_a_device_stays_locked_when_the_adult_has_gone_and_another_is_not():
    said = steps(Step.HELPED, Step.GOING, Step.GONE)
    assert helping.locked(said, 1)
    assert not helping.locked(said, 2)
    assert not helping.locked(steps(Step.ALONE), 1)


def test_who_helped_is_forgotten_with_the_answers():
    """C16: working data, a week from the end of the meeting."""
    ended = NOON
    assert helping.QUESTION not in forgetting.over(ended, ended + timedelta(days=6))
    assert helping.QUESTION in forgetting.over(ended, ended + timedelta(days=7))
