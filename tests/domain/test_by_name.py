"""Interpreters and second professionals: asked about by name, and where they never are."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain import asides, circle, interpreting, permissions
from server.domain.asides import Aside, Kind, Moment, Place
from server.domain.checklist import Reply
from server.domain.circle import Invited, Verdict, verdict
from server.domain.errors import Invalid, Refused
from server.domain.forwarding import Present, matrix
from server.domain.interpreting import OnList
from server.domain.permissions import Talk
from server.domain.roles import BY_NAME, INVITED, Role
from server.domain.visit import Standing

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
LEYLA = Invited(14, NOON, by_name=True)
COMPANY = ("alone", "throughout", "at_start", "outside", "unsure")
YES, NO = "yes 14", "no 14"


def said(question: str, answer: str, minute: float, *, admitted: bool = True) -> Reply:
    return Reply(question, answer, NOON + timedelta(minutes=minute), 1 + admitted, admitted)


# What the young person said


@pytest.mark.parametrize("company", COMPANY)
def test_wanting_somebody_along_is_no_yes_to_whom_the_caseworker_brings(company):
    """P2, S31: only the small question by name lets them in."""
    replies = [said("company", company, 1)]
    assert verdict(LEYLA, replies) == Verdict.NOT_ASKED
    assert circle.is_new(LEYLA, replies)
    assert verdict(LEYLA, [*replies, said("added", YES, 2)]) == Verdict.YES


def test_a_no_to_the_interpreter_counts_from_anywhere_and_is_taken_back_by_name_alone():
    """P2: closing is free, opening is checked."""
    no = said("added", NO, 1, admitted=False)
    assert verdict(LEYLA, [no]) == Verdict.NO
    assert not circle.is_new(LEYLA, [no])
    assert verdict(LEYLA, [no, said("added", YES, 2, admitted=False)]) == Verdict.NO
    assert verdict(LEYLA, [no, said("company", "throughout", 2)]) == Verdict.NO
    assert verdict(LEYLA, [no, said("added", YES, 2)]) == Verdict.YES


@pytest.mark.parametrize("answer", ["alone", "outside"])
@pytest.mark.parametrize("admitted", [False, True])
def test_only_me_puts_the_interpreter_out_and_asks_about_them_anew(answer, admitted):
    """U5, P2: "Ingen andre kan komme ind" is true, and without an interpreter there is a way."""
    replies = [said("added", YES, 1), said("company", answer, 2, admitted=admitted)]
    assert verdict(LEYLA, replies) in circle.SHUT
    assert circle.is_new(LEYLA, replies)
    assert verdict(LEYLA, [*replies, said("added", YES, 3)]) == Verdict.YES


steps = st.lists(
    st.tuples(
        st.one_of(
            st.tuples(st.just("company"), st.sampled_from(COMPANY)),
            st.tuples(st.just("added"), st.sampled_from([YES, NO, "yes 15", "no 15"])),
            st.tuples(st.just("not_there"), st.sampled_from(["nobody", "14", "15 14", "15"])),
        ),
        st.booleans(),
    ),
    max_size=9,
)


@given(steps)
def test_over_any_sequence_only_a_yes_by_name_after_every_no_lets_in(script):
    """P2: held against a model that knows the yes and two locks."""
    replies, yes, named, declined = [], False, False, False
    for minute, ((question, answer), admitted) in enumerate(script):
        replies.append(said(question, answer, minute, admitted=admitted))
        if question == "company" and answer in ("alone", "outside", "unsure"):
            yes = False
        elif question == "not_there":
            named = "14" in answer.split() or (named and not admitted)
        elif answer == YES and admitted:
            yes, declined = True, False
        elif answer == NO:
            declined = True
    assert (verdict(LEYLA, replies) == Verdict.YES) == (yes and not named and not declined)


@given(steps)
def test_over_any_sequence_the_bare_link_lets_no_interpreter_in(script):
    """P2: with no device admitted no sequence of answers ends in a yes."""
    replies = [said(q, a, minute, admitted=False) for minute, ((q, a), _) in enumerate(script)]
    assert verdict(LEYLA, replies) != Verdict.YES


# Where they are


def test_the_table_lets_neither_into_a_talk_of_two_unasked():
    """Domain pack 3.1."""
    for talk in (Talk.OWN_ROOM, Talk.ALONE):
        assert not any(permissions.may_be_in(talk, role) for role in BY_NAME)
        assert permissions.may_be_asked_in(talk, Role.INTERPRETER)
        others = frozenset(Role) - {Role.INTERPRETER}
        assert not any(permissions.may_be_asked_in(talk, role) for role in others)
    assert frozenset(Role) == INVITED | {Role.CASEWORKER, Role.YOUNG_PERSON}


SEATS = {
    1: Role.CASEWORKER, 2: Role.YOUNG_PERSON, 3: Role.BISIDDER, 4: Role.INTERPRETER,
    5: Role.INTERPRETER, 6: Role.SECOND_PROFESSIONAL,
}  # fmt: skip
MOSTLY_IN = [Standing.ADMITTED] * 10


@given(
    st.sampled_from(Kind),
    st.sampled_from([None, *SEATS]),
    st.lists(st.sampled_from([*Standing, *MOSTLY_IN]), min_size=6, max_size=6),
    st.lists(st.sampled_from([False] * 9 + [True]), min_size=6, max_size=6),
)
def test_a_talk_of_two_has_an_interpreter_only_if_the_young_person_asked_them_in(
    kind, asked_in, standings, paused
):
    """P1, P9: whatever the row says, whoever is there: over the whole forwarding matrix."""
    aside = Aside(kind, 3 if kind == Kind.TOGETHER else None, Moment.PAUSE, NOON, None, asked_in)
    places = {
        seat: asides.place(aside, seat, role, start_is_over=False) for seat, role in SEATS.items()
    }
    present = [
        Present(
            str(seat),
            standings[seat - 1],
            host=role == Role.CASEWORKER,
            paused=paused[seat - 1],
            microphone=True,
            own_room=standings[seat - 1] == Standing.ADMITTED and places[seat] == Place.OWN_ROOM,
        )
        for seat, role in SEATS.items()
        if places[seat] != Place.OUTSIDE or standings[seat - 1] != Standing.ADMITTED
    ]
    ways = {
        (int(way.source), int(way.target))
        for way in matrix(present, own_room=places[2] == Place.OWN_ROOM)
        if Standing.AT_DOOR not in (standings[int(way.source) - 1], standings[int(way.target) - 1])
    }
    talk = {1, 2} if kind == Kind.ALONE else {2, 3}
    allowed = talk | ({asked_in} if SEATS.get(asked_in) == Role.INTERPRETER else set())
    assert all({source, target} <= allowed for source, target in ways)


def test_whom_the_young_person_asked_in_hears_and_is_heard():
    """So that the property above is not true of an empty table."""
    alone = Aside(Kind.ALONE, None, Moment.PAUSE, NOON, None, 4)
    together = replace(alone, kind=Kind.TOGETHER, seat=3)
    assert asides.place(alone, 4, Role.INTERPRETER, start_is_over=False) == Place.ROOM
    assert asides.place(alone, 5, Role.INTERPRETER, start_is_over=False) == Place.OUTSIDE
    assert asides.place(together, 4, Role.INTERPRETER, start_is_over=False) == Place.OWN_ROOM
    assert asides.place(together, 5, Role.INTERPRETER, start_is_over=False) == Place.ROOM


@pytest.mark.parametrize(
    ("aside", "role", "both_in", "error"),
    [
        (None, Role.INTERPRETER, True, "no-aside-now"),
        (Aside(Kind.ALONE, None, Moment.PAUSE, NOON), Role.BISIDDER, True, "not-an-interpreter"),
        (Aside(Kind.TOGETHER, 3, Moment.PAUSE, NOON), Role.INTERPRETER, False, "not-an-interp"),
        (Aside(Kind.TOGETHER, 3, Moment.PAUSE, NOON), Role.CASEWORKER, True, "not-an-interpreter"),
    ],
)
def test_nobody_else_is_asked_in(aside, role, both_in, error):
    with pytest.raises(Refused, match=error):
        asides.require_asked_in(aside, role, both_in=both_in)


def test_what_was_written_before_they_were_asked_in_is_not_theirs():
    """Least: the talk alone is the two's until the young person has the interpreter with them."""
    asked = NOON + timedelta(minutes=2)
    over = NOON + timedelta(minutes=9)
    alone = Aside(Kind.ALONE, None, Moment.PAUSE, NOON, over, 4, asked)
    assert asides.waited([alone], Role.INTERPRETER, 4) == ((NOON, asked),)
    assert asides.waited([alone], Role.INTERPRETER, 5) == ((NOON, over),)
    assert asides.waited([alone], Role.SECOND_PROFESSIONAL, 6) == ((NOON, over),)


# R7 looks at the list


def listed(*verdicts: Verdict, role: Role = Role.INTERPRETER) -> list[OnList]:
    return [OnList(role, one) for one in verdicts]


@pytest.mark.parametrize(
    ("people", "may_come", "another"),
    [
        ([], False, False),
        (listed(Verdict.NOT_ASKED), True, False),
        (listed(Verdict.YES), True, False),
        (listed(Verdict.NO), False, True),
        (listed(Verdict.NO, Verdict.NOT_ASKED), True, False),
        (listed(Verdict.YES, role=Role.BISIDDER), False, False),
        ([OnList(Role.INTERPRETER, Verdict.YES, kept_out=True)], False, False),
        ([OnList(Role.INTERPRETER, Verdict.NO, kept_out=True)], False, False),
    ],
)
def test_the_caseworkers_word_about_an_interpreter_is_read_with_the_list(people, may_come, another):
    """R7: "invited" with nobody who may come is "missing", and shuts the room."""
    invited = [said("interpreter", "invited", 1), said("room", "alone", 1)]
    found = [reply.answer for reply in interpreting.by_the_list(invited, people)]
    assert found == ["invited" if may_come else "missing", "alone"]
    assert interpreting.another_wanted(people) == another
    if may_come:
        interpreting.require_invited("invited", people)
    else:
        with pytest.raises(Invalid):
            interpreting.require_invited("invited", people)
    interpreting.require_invited("not_needed", people)
