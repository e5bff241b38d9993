"""Looking for the words together, as a rule (server/domain/rounds.py)."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from server.domain import sharing
from server.domain.errors import Invalid
from server.domain.note import WordKind
from server.domain.rounds import WISH_LIMIT, Made, Moved, Step, Turn, Words, of, turn, wish
from server.domain.sharing import Choice, Chosen, Item, ItemId, Outcome

NOON = datetime(2026, 11, 27, 11, 0, tzinfo=UTC)
LINE, HOME = WordKind.LINE, WordKind.HOME


def at(minutes: int) -> datetime:
    return NOON + timedelta(minutes=minutes)


def test_they_ask_she_proposes_and_they_say_yes():
    """Domain pack 5.3: until the young person approves the words."""
    words = [Words(1, LINE, "Du sover dårligt.", at(0)), Words(2, HOME, "Ro om aftenen.", at(2))]
    asked = Made(1, Choice.OTHER_WORDS, at(1), "Sig bare, jeg er træt.")
    moved = of(words, [asked])
    assert [one.step for one in moved] == [Step.ASKED, Step.PROPOSED]
    assert [one.text for one in moved] == ["Sig bare, jeg er træt.", "Ro om aftenen."]
    assert turn(moved) == Turn.YOUNG_PERSON
    again = Made(2, Choice.OTHER_WORDS, at(3))
    assert turn(of(words, [asked, again])) == Turn.CASEWORKER
    third = Words(3, HOME, "Døren lukket kl. 21.", at(4))
    yes = Made(3, Choice.AS_WRITTEN, at(5))
    moved = of([*words, third], [asked, again, yes])
    assert moved[-1] == Moved(Step.APPROVED, "", at(5))
    assert turn(moved) == Turn.NOBODY


def test_choosing_something_else_ends_the_round():
    words = [Words(1, LINE, "a", at(0)), Words(2, HOME, "b", at(2))]
    made = [Made(1, Choice.OTHER_WORDS, at(1)), Made(2, Choice.NOT_TO_HOME, at(3))]
    moved = of(words, made)
    assert moved[-1].step == Step.DROPPED
    assert turn(moved) == Turn.NOBODY
    # What is written after that answers nobody.
    assert of([*words, Words(3, HOME, "c", at(4))], made) == moved


def test_without_a_wish_for_other_words_there_is_no_round():
    words = [Words(1, LINE, "a", at(0)), Words(2, LINE, "b", at(2))]
    assert of(words, [Made(1, Choice.AS_WRITTEN, at(1))]) == ()
    assert turn(()) == Turn.NOBODY


def test_the_line_reworded_beside_a_proposal_proposes_nothing():
    """The note's own line is not what would leave once there are words for the home."""
    words = [Words(1, LINE, "a", at(0)), Words(2, HOME, "b", at(2)), Words(3, LINE, "c", at(3))]
    moved = of(words, [Made(1, Choice.OTHER_WORDS, at(1))])
    assert [one.text for one in moved if one.step == Step.PROPOSED] == ["b"]


steps = st.lists(st.sampled_from(("line", "home", *Choice)), max_size=12)


@given(steps)
@example(["line", Choice.OTHER_WORDS, "home"])
@example(["home", Choice.OTHER_WORDS, "line", Choice.AS_WRITTEN])
def test_nothing_leaves_while_a_round_is_open(taken):
    """S42, P4: whoever's turn it is, no word of the item may leave; whatever may leave was said
    yes to in exactly these words."""
    words, made = [Words(1, LINE, "1", at(0))], []
    for minute, step in enumerate(taken, 1):
        newest = leaving(words)
        if step in ("line", "home"):
            kind = LINE if step == "line" else HOME
            words.append(Words(len(words) + 1, kind, str(len(words) + 1), at(minute)))
        else:
            made.append(Made(newest.revision, step, at(minute)))
    now = leaving(words)
    chosen = Chosen(made[-1].revision, made[-1].choice, True) if made else None
    item = Item(ItemId(1), now.revision, now.text, chosen)
    whose = turn(of(words, made))
    if whose != Turn.NOBODY:
        assert not sharing.may_leave(item)
    assert (whose == Turn.CASEWORKER) == (sharing.outcome(item) == Outcome.WAITS_FOR_WORDS)
    if sharing.may_leave(item):
        assert (made[-1].choice, made[-1].revision) == (Choice.AS_WRITTEN, now.revision)


def leaving(words: list[Words]) -> Words:
    homes = [one for one in words if one.kind == HOME]
    return (homes or words)[-1]


def test_how_they_want_it_said_may_be_left_to_the_caseworker():
    assert wish("  Sig det venligt. ") == "Sig det venligt."
    assert wish(" ") == ""
    for words, wrong in (("x" * (WISH_LIMIT + 1), "too-long"), ("a\u202eb", "odd-characters")):
        with pytest.raises(Invalid) as problem:
            wish(words)
        assert problem.value.fields == {"words": wrong}
