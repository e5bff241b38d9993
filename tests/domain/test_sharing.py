"""What reaches the foster home, as a rule (P4, C7, C8)."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from server.domain.errors import Refused, Stale
from server.domain.sharing import (
    Choice,
    Chosen,
    Item,
    ItemId,
    Outcome,
    Released,
    choose,
    due,
    may_leave,
    outcome,
    release,
)

NOON = datetime(2026, 11, 27, 11, 0, tzinfo=UTC)
SHARES_LESS = [c for c in Choice if c != Choice.AS_WRITTEN]

revisions = st.integers(1, 3)
choices = st.none() | st.builds(Chosen, revisions, st.sampled_from(Choice), st.booleans())
moments = st.none() | st.datetimes(timezones=st.just(UTC))
items = st.builds(
    Item,
    st.integers(1).map(ItemId),
    revisions,
    st.text(),
    choices,
    st.booleans(),
    st.none() | revisions,
    moments,
)
notes = st.lists(items, unique_by=lambda item: item.id)


def item(chosen: Chosen | None = None, **more: object) -> Item:
    return Item(ItemId(1), 1, "Sengetid kl. 22", chosen, **more)


def test_sharing_more_from_an_unknown_hand_waits_for_a_voice():
    """P4: whoever holds the phone cannot open what the young person kept."""
    tapped_at_home = Chosen(1, Choice.AS_WRITTEN)
    assert release([item(tapped_at_home)]) == ()
    assert outcome(item(tapped_at_home)) == Outcome.WAITS_FOR_VOICE


def test_rewording_an_item_takes_it_back():
    """P4, C8: a choice is about exact words."""
    yes = Chosen(1, Choice.AS_WRITTEN, in_the_call_or_by_voice=True)
    assert release([item(yes)]) == (Released("Sengetid kl. 22"),)
    assert release([Item(ItemId(1), 2, "Sengetid kl. 21", yes)]) == ()


def test_silence_is_not_a_yes():
    """P4, C7."""
    assert release([item()]) == ()


@pytest.mark.parametrize("choice", SHARES_LESS)
@pytest.mark.parametrize("checked", [True, False], ids=["by voice", "from any device"])
def test_whatever_shares_less_counts_at_once(choice: Choice, checked: bool):
    """Closing is free: P4."""
    assert not may_leave(item(Chosen(1, choice, checked)))


def test_what_must_be_passed_on_waits_until_these_words_were_told():
    told_other_words = item(must_pass_on=True, told=2)
    told_these = item(must_pass_on=True, told=1)
    assert outcome(told_other_words) == Outcome.MUST_BE_TOLD
    assert release([told_other_words]) == ()
    assert release([told_these]) == (Released("Sengetid kl. 22"),)


def test_what_must_be_passed_on_is_not_theirs_to_choose():
    with pytest.raises(Refused):
        choose(item(must_pass_on=True), 1, Choice.NOT_TO_HOME, checked=True)


def test_nobody_chooses_about_words_they_have_not_read():
    with pytest.raises(Stale):
        choose(item(), 2, Choice.AS_WRITTEN, checked=True)


def test_saying_the_same_again_from_elsewhere_takes_nothing_away():
    yes = Chosen(1, Choice.AS_WRITTEN, in_the_call_or_by_voice=True)
    assert choose(item(yes), 1, Choice.AS_WRITTEN, checked=False) == yes


def test_a_yes_after_a_no_must_be_heard_anew():
    """P4: a no given since does not live on in an old yes."""
    no = Chosen(1, Choice.NOT_TO_HOME, in_the_call_or_by_voice=True)
    assert not choose(item(no), 1, Choice.AS_WRITTEN, checked=False).in_the_call_or_by_voice


@given(notes)
def test_only_words_that_may_leave_do(note: list[Item]):
    """P4."""
    let_out = [released.text for released in release(note)]
    assert let_out == [one.text for one in note if may_leave(one)]


@given(items, revisions, st.sampled_from(Choice))
def test_nobody_but_a_voice_or_the_call_can_open(one: Item, seen: int, choice: Choice):
    """P4: no choice from outside makes anything leave that did not leave before."""
    try:
        chosen = choose(one, seen, choice, checked=False)
    except (Refused, Stale):
        return
    after = Item(one.id, one.revision, one.text, chosen, opened_at=one.opened_at)
    assert may_leave(one) or not may_leave(after)


@given(notes, st.booleans())
@example([item(Chosen(1, Choice.AS_WRITTEN, True), opened_at=NOON)], True)
def test_what_was_opened_after_the_hour_waits_for_the_next(note: list[Item], late: bool):
    """P4: the page must not change because somebody has just been asked."""
    hour = NOON - timedelta(seconds=1) if late else NOON
    for one in due(note, {}, hour, since=NOON - timedelta(days=1)):
        assert may_leave(one)
        assert one.opened_at is not None
        assert one.opened_at <= hour


def test_what_was_said_about_another_home_stays_there():
    """C15: they moved, also in the hour before the talk was to begin."""
    said = [item(Chosen(1, Choice.AS_WRITTEN, True), opened_at=NOON)]
    assert due(said, {}, since=NOON)
    assert due(said, {}, since=NOON + timedelta(seconds=1)) == ()


@given(notes)
def test_words_that_are_at_the_home_do_not_leave_twice(note: list[Item]):
    out = {one.id: one.revision for one in note}
    assert due(note, out, since=NOON - timedelta(days=1)) == ()


@given(items)
def test_a_home_learns_words_and_nothing_else(one: Item):
    """P4, third lock: the type has no place for a count, an id or a time."""
    assert Released.__slots__ == ("text",)
    assert all(words == Released(one.text) for words in release([one]))
