"""The reading window, the hour of release, and where a note may be read."""

from datetime import UTC, datetime, time, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.errors import Invalid
from server.domain.holidays import is_closed
from server.domain.note import (
    REASON_LIMIT,
    TEXT_LIMIT,
    may_be_read,
    next_release_time,
    reason,
    release_time,
    words,
)
from tests.notes import ZONE

NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
moments = st.integers(0, 2 * 365 * 24 * 60).map(lambda m: NEW_YEAR + timedelta(minutes=m))


@pytest.mark.parametrize(
    ("ready", "leaves"),
    [
        pytest.param(
            "2026-11-25T14:00", "2026-12-01T12:00", id="Wednesday: Thu, Fri and Mon to read"
        ),
        pytest.param("2026-11-23T09:00", "2026-11-27T12:00", id="Monday: Tue, Wed and Thu to read"),
        pytest.param(
            "2026-11-28T20:00", "2026-12-03T12:00", id="Saturday: Mon, Tue and Wed to read"
        ),
        pytest.param(
            "2026-12-22T15:00", "2026-12-30T12:00", id="before Christmas: 23rd, 28th and 29th"
        ),
        pytest.param(
            "2027-03-24T15:00", "2027-04-02T12:00", id="before Easter: Tuesday to Thursday after"
        ),
    ],
)
def test_three_whole_weekdays_are_left_for_reading(ready: str, leaves: str):
    moment = datetime.fromisoformat(ready).replace(tzinfo=ZONE)
    assert release_time(moment, ZONE, 3) == datetime.fromisoformat(leaves).replace(tzinfo=ZONE)


@given(moments)
def test_words_leave_at_noon_on_a_weekday_whenever_the_note_was_made(moment: datetime):
    """P4: the hour of release says nothing about the case."""
    for leaves in (release_time(moment, ZONE, 3), next_release_time(moment, ZONE)):
        local = leaves.astimezone(ZONE)
        assert local.time() == time(12, 0)
        assert local.weekday() < 5
        assert not is_closed(local.date())
        assert local > moment


@given(moments)
def test_what_was_opened_late_never_leaves_the_same_day(moment: datetime):
    """P4."""
    assert next_release_time(moment, ZONE).date() > moment.astimezone(ZONE).date()


def test_the_note_opens_only_for_whom_the_host_let_in_on_their_own_device():
    """U8: in the call, or in the reading window; elsewhere with a code said by voice (design 2)."""
    for admitted, own, vouched, in_call, window in product([True, False], repeat=5):
        opens = may_be_read(
            admitted=admitted,
            own_device=own,
            vouched=vouched,
            in_call=in_call,
            window_open=window,
        )
        assert opens == (((admitted and own) or vouched) and (in_call or window))


@pytest.mark.parametrize(
    ("text", "error"),
    [
        pytest.param("", "words-missing", id="nothing"),
        pytest.param(" \n ", "words-missing", id="only blanks"),
        pytest.param("x" * (TEXT_LIMIT + 1), "too-long", id="one letter too many"),
    ],
)
def test_words_that_cannot_be_used_are_named(text: str, error: str):
    with pytest.raises(Invalid) as problem:
        words(text)
    assert problem.value.fields == {"text": error}


def test_words_keep_their_lines():
    assert words("  Du sagde:\n”Nej.” \n") == "Du sagde:\n”Nej.”"


def test_there_is_always_a_reason_and_a_short_one():
    assert reason(" Det er\nmedicin ") == "Det er medicin"
    with pytest.raises(Invalid):
        reason("  ")
    with pytest.raises(Invalid):
        reason("x" * (REASON_LIMIT + 1))


@pytest.mark.parametrize("odd", ["\u202e", "\u2066", "\x1b", "\x7f", "\ue000"])
def test_words_read_as_they_were_written(odd: str):
    """C13, P4: nothing turns round in what the young person chooses about and the home reads."""
    with pytest.raises(Invalid) as refused:
        words(f"Du vil gerne {odd}sove")
    assert refused.value.fields == {"text": "odd-characters"}
    with pytest.raises(Invalid) as refused:
        reason(f"Det er {odd}medicin")
    assert refused.value.fields == {"reason": "odd-characters"}


def test_what_shows_nothing_is_left_out_of_what_was_pasted():
    assert words("\ufeffDu vil\u200b sove\u2060 ") == "Du vil sove"
    assert reason("Det\u200b er medicin") == "Det er medicin"
    with pytest.raises(Invalid):
        words("\u200b\ufeff")
