"""When the mail to a home goes, and which addresses can be written to."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain import mailing, note
from server.domain.errors import Invalid
from server.domain.holidays import is_closed

ZONE = ZoneInfo("Europe/Copenhagen")
FIVE_YEARS = st.integers(0, 5 * 366 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
LENGTHS = st.integers(5, 180)
WINDOWS = st.integers(1, note.MOST_READING_WEEKDAYS)


@pytest.mark.parametrize(
    ("starts", "reading", "goes"),
    [
        # Two weekdays for writing and three for reading; noon of the next one.
        pytest.param((2026, 11, 25, 14), 3, (2026, 12, 3), id="a Wednesday"),
        pytest.param((2026, 11, 25, 14), 5, (2026, 12, 7), id="read by the youngest"),
        pytest.param((2026, 11, 27, 20), 3, (2026, 12, 7), id="a Friday evening"),
        pytest.param((2026, 11, 25, 23, 50), 3, (2026, 12, 4), id="one that ends after midnight"),
        pytest.param((2026, 12, 18, 14), 3, (2026, 12, 30), id="before Christmas"),
        pytest.param((2027, 3, 24, 14), 3, (2027, 4, 6), id="before Easter and summer time"),
    ],
)
def test_it_goes_at_noon_some_weekdays_after_the_told_time(starts, reading, goes):
    """P4, domain pack 5.1: no weekend, no public holiday, one clock time for all."""
    found = mailing.hour(datetime(*starts, tzinfo=ZONE), 30, ZONE, reading)
    assert found == datetime(*goes, 12, tzinfo=ZONE)


@given(starts=FIVE_YEARS, minutes=LENGTHS, reading=WINDOWS)
def test_it_is_always_noon_on_a_day_the_office_is_open(starts, minutes, reading):
    local = mailing.hour(starts, minutes, ZONE, reading).astimezone(ZONE)
    assert local.time() == note.RELEASE_AT
    assert local.weekday() < 5
    assert not is_closed(local.date())


@given(starts=FIVE_YEARS, minutes=LENGTHS, reading=WINDOWS, later=st.integers(0, 60 * 24))
def test_the_words_of_a_note_made_ready_within_a_day_are_at_the_home_by_then(
    starts, minutes, reading, later
):
    """Which is what the mail is good for; and where they are not, it comes all the same."""
    ready = starts + timedelta(minutes=minutes + later)
    out = note.release_time(ready, ZONE, reading)
    assert out <= mailing.hour(starts, minutes, ZONE, reading)


def test_after_some_hours_it_is_let_be():
    hour = mailing.hour(datetime(2026, 11, 25, 14, tzinfo=ZONE), 30, ZONE, 3)
    assert not mailing.is_too_late(hour + timedelta(hours=6), hour + timedelta(hours=6))
    assert not mailing.is_too_late(hour, hour + timedelta(hours=6))
    assert mailing.is_too_late(hour, hour + timedelta(hours=6, seconds=1))


@pytest.mark.parametrize(
    ("typed", "kept", "sent"),
    [
        (" lene.karl@example.dk \n", "lene.karl@example.dk", "lene.karl@example.dk"),
        ("Lene@Example.DK", "Lene@Example.DK", "Lene@example.dk"),
        ("o'brien+hjem@mail.example.co.uk", "o'brien+hjem@mail.example.co.uk", None),
        ("lene@blåbærgrød.dk", "lene@blåbærgrød.dk", "lene@xn--blbrgrd-fxak7p.dk"),
    ],
)
def test_an_address_is_kept_as_it_was_typed_and_sent_as_mail_servers_read_it(typed, kept, sent):
    assert mailing.address(typed) == kept
    assert mailing.as_sent(kept) == (sent or kept)


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ("", "mail-form"),
        ("lene", "mail-form"),
        ("lene@", "mail-form"),
        ("@example.dk", "mail-form"),
        ("lene @example.dk", "mail-form"),
        ("lene@example.dk, karl@example.dk", "mail-form"),
        ("lene@example.dk\r\nBcc: jens@example.dk", "mail-form"),
        ("Lene<lene@example.dk>", "mail-before-at"),
        ("lene@karl@example.dk", "mail-before-at"),
        ("lene..karl@example.dk", "mail-before-at"),
        (".lene@example.dk", "mail-before-at"),
        ("lenæ@example.dk", "mail-before-at"),
        ('"lene karl"@example.dk', "mail-form"),
        ("lene@localhost", "mail-after-at"),
        ("lene@example..dk", "mail-after-at"),
        ("lene@-example.dk", "mail-after-at"),
        ("lene@192.0.2.1", "mail-after-at"),
        ("lene@[192.0.2.1]", "mail-after-at"),
        ("lene@example.dk.", "mail-after-at"),
        (f"{'l' * 65}@example.dk", "too-long"),
        (f"lene@{'.'.join(['e' * 60] * 5)}.dk", "too-long"),
    ],
)
def test_what_is_no_address_is_told_by_where_it_is_wrong(typed, wrong):
    with pytest.raises(Invalid) as told:
        mailing.address(typed)
    assert told.value.fields == {"home_mail": wrong}


@given(st.text(max_size=80))
def test_nothing_anybody_types_becomes_a_second_line_or_a_second_address(typed):
    """V1.2.1 for mail: what is kept cannot end a header or an SMTP command."""
    try:
        sent = mailing.as_sent(mailing.address(typed))
    except Invalid:
        return
    assert sent.isascii()
    assert sent.count("@") == 1
    assert not set(sent) & set('\r\n\0 ,;<>"()[]\\')
