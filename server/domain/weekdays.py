"""Days the office is open: what is promised to a young person is promised in these."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from server.domain.holidays import is_closed

SATURDAY = 5
ANSWER_DAYS = 2


def next_weekday(day: date) -> date:
    """The next day the office is open: no weekend, no holiday."""
    day += timedelta(days=1)
    while day.weekday() >= SATURDAY or is_closed(day):
        day += timedelta(days=1)
    return day


def answer_by(asked: datetime, zone: ZoneInfo) -> date:
    """Say on which day at the latest a young person who asked for something has an answer."""
    day = asked.astimezone(zone).date()
    for _ in range(ANSWER_DAYS):
        day = next_weekday(day)
    return day
