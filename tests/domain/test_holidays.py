"""The days no office is open, against a table written by hand from the calendar."""

from datetime import date

import pytest

from server.domain.ages import Band
from server.domain.holidays import easter, holidays, is_closed
from server.domain.note import READING_WEEKDAYS
from server.domain.weekdays import next_weekday

# Maundy Thursday, Good Friday, Easter Sunday and Monday, Ascension, Whit Sunday and Monday.
MOVING = {
    2024: "28/3 29/3 31/3 1/4 9/5 19/5 20/5",
    2025: "17/4 18/4 20/4 21/4 29/5 8/6 9/6",
    2026: "2/4 3/4 5/4 6/4 14/5 24/5 25/5",
    2027: "25/3 26/3 28/3 29/3 6/5 16/5 17/5",
    2028: "13/4 14/4 16/4 17/4 25/5 4/6 5/6",
    2029: "29/3 30/3 1/4 2/4 10/5 20/5 21/5",
    2030: "18/4 19/4 21/4 22/4 30/5 9/6 10/6",
    2031: "10/4 11/4 13/4 14/4 22/5 1/6 2/6",
    2032: "25/3 26/3 28/3 29/3 6/5 16/5 17/5",
    2033: "14/4 15/4 17/4 18/4 26/5 5/6 6/6",
}
FIXED = "1/1 25/12 26/12"


@pytest.mark.parametrize("year", MOVING)
def test_every_public_holiday_of_ten_years_is_known_and_no_other(year: int):
    written = {
        date(year, int(month), int(day))
        for day, _, month in (told.partition("/") for told in f"{MOVING[year]} {FIXED}".split())
    }
    assert holidays(year) == written


def test_easter_is_found_on_its_first_and_last_day():
    assert easter(1818) == date(1818, 3, 22)
    assert easter(2038) == date(2038, 4, 25)


def test_store_bededag_is_a_working_day_since_2024():
    assert is_closed(date(2023, 5, 5))
    assert not is_closed(date(2024, 4, 26))


@pytest.mark.parametrize(
    ("day", "following"),
    [
        pytest.param("2026-12-23", "2026-12-28", id="over Christmas"),
        pytest.param("2026-12-30", "2027-01-04", id="over New Year"),
        pytest.param("2026-04-01", "2026-04-07", id="over Easter"),
        pytest.param("2026-05-13", "2026-05-15", id="Ascension Day"),
        pytest.param("2026-06-04", "2026-06-08", id="Constitution Day and a weekend"),
        pytest.param("2026-11-27", "2026-11-30", id="a weekend"),
    ],
)
def test_the_next_weekday_is_one_the_office_is_open_on(day: str, following: str):
    assert next_weekday(date.fromisoformat(day)) == date.fromisoformat(following)


def test_the_youngest_have_longest_for_reading():
    """Domain pack 5.1: it is read together with somebody."""
    assert READING_WEEKDAYS[Band.SIX] > READING_WEEKDAYS[Band.TEN]
