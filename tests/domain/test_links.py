"""A link's token and the windows of its rights, to the second."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain import links
from server.domain.links import LinkKind, Right, Times

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
START = datetime(2026, 11, 25, 15, 0, tzinfo=UTC)
END = START + timedelta(minutes=30)
PLAN = Times(START - timedelta(days=7), START, END)
COPENHAGEN = ZoneInfo("Europe/Copenhagen")
SECOND = timedelta(seconds=1)
NONE: set[Right] = set()
LOOK, COME = {Right.PREPARE}, {Right.PREPARE, Right.KNOCK}
CODE = {Right.CODE}


@pytest.mark.parametrize(
    ("moment", "held"),
    [
        (PLAN.sent - SECOND, NONE),
        (PLAN.sent, LOOK),
        (START - timedelta(minutes=30) - SECOND, LOOK),
        (START - timedelta(minutes=30), COME),
        (START - SECOND, COME),
        (START, COME | CODE),
        (END + timedelta(hours=2), COME | CODE),
        (END + timedelta(hours=2) + SECOND, CODE),
        (END + timedelta(days=90), CODE),
        (END + timedelta(days=90) + SECOND, NONE),
    ],
)
def test_the_windows_open_and_close_to_the_second(moment, held):
    assert links.rights(PLAN, moment) == held


def test_reading_opens_with_the_note_and_closes_thirty_days_after_it_left():
    ready = END + timedelta(days=1)
    released = ready + timedelta(days=3)
    waiting = Times(PLAN.sent, START, END, ready)
    over = Times(PLAN.sent, START, END, ready, released)
    assert links.rights(waiting, ready - SECOND) == CODE
    assert links.rights(waiting, ready + timedelta(days=365)) == {Right.READ}
    assert links.rights(over, released + timedelta(days=30)) == {Right.READ} | CODE
    assert links.rights(over, released + timedelta(days=30) + SECOND) == CODE


@given(st.integers(0, 200 * 24), st.integers(0, 60 * 24), st.integers(0, 30 * 24))
def test_a_bare_link_opens_as_long_whether_or_not_there_is_a_note(hour, ready, released):
    """P4, L11: whoever has a copy of the link learns nothing of a note from its opening."""
    now, note = START + timedelta(hours=hour), END + timedelta(hours=ready)
    without = Times(PLAN.sent, START, END)
    written = Times(PLAN.sent, START, END, note)
    left = Times(PLAN.sent, START, END, note, note + timedelta(hours=released))
    opens = {links.opens_bare(links.rights(times, now)) for times in (without, written, left)}
    assert len(opens) == 1


@pytest.mark.parametrize(
    "start",
    [
        datetime(2026, 3, 29, 3, 10, tzinfo=COPENHAGEN),  # the clock went from 2 to 3 just before
        datetime(2026, 10, 25, 2, 40, tzinfo=COPENHAGEN, fold=0),  # this half hour comes twice
        datetime(2026, 10, 25, 2, 40, tzinfo=COPENHAGEN, fold=1),
    ],
)
def test_windows_are_true_minutes_also_when_the_clocks_change(start):
    start = start.astimezone(UTC)
    plan = Times(start - timedelta(days=1), start, start + timedelta(minutes=30))
    assert Right.KNOCK in links.rights(plan, start - timedelta(minutes=30))
    assert Right.KNOCK not in links.rights(plan, start - timedelta(minutes=30) - SECOND)
    assert links.rights(plan, start + timedelta(minutes=150)) == COME | CODE
    assert links.rights(plan, start + timedelta(minutes=150) + SECOND) == CODE


def test_a_token_is_a_hundred_and_twenty_eight_bits_and_belongs_in_an_address():
    token = links.token(KEY, LinkKind.SEAT, "0123456789", 0)
    handle, _, mac = token.partition(".")
    assert handle == links.handle_of(token) == "0123456789"
    assert len(mac) * 6 >= 128
    assert set(mac) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


@given(st.sampled_from(LinkKind), st.text("0123456789abcdef", min_size=10, max_size=10),
       st.integers(0, 50))  # fmt: skip
def test_a_token_opens_its_own_link_and_no_other(kind, handle, generation):
    """Nothing but the key, the kind, the handle and the generation together makes it."""
    token = links.token(KEY, kind, handle, generation)
    other = LinkKind.HOME if kind == LinkKind.SEAT else LinkKind.SEAT
    assert links.opens(KEY, kind, handle, generation, token)
    assert not links.opens(OTHER_KEY, kind, handle, generation, token)
    assert not links.opens(KEY, other, handle, generation, token)
    assert not links.opens(KEY, kind, handle, generation + 1, token)
    assert not links.opens(KEY, kind, handle[::-1] + "0", generation, token)


@given(st.text(max_size=300))
def test_whatever_is_typed_opens_nothing_and_breaks_nothing(text):
    assert len(links.handle_of(text)) <= 32
    real = links.token(KEY, LinkKind.SEAT, "0123456789", 0)
    assert links.opens(KEY, LinkKind.SEAT, "0123456789", 0, text) == (text == real)
