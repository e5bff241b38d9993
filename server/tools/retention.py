"""`python3 run.py retention [DAY]`: what the clock will have deleted by a day, and what a hold
keeps.

Nothing is deleted by asking. Without a day it says what is due now and goes by itself within
seconds of the server's running; 2027-03-01 says what will have gone by noon that day, if nothing is
added meanwhile. Tables and numbers only: no name, no word of anybody's.
"""

import asyncio
import os
import sys
from collections.abc import Sequence
from datetime import date, datetime, time

from server.clock import Clock
from server.domain.forgetting import TIMED
from server.services import forgetting
from server.services.forgetting import Planned
from server.settings import Settings, SettingsError, from_environment
from server.store.keeping import KEEPING
from server.tools import own_database
from server.tools.system import stop

ROW = "{:<20} {:<10} {:>8} {:>8} {:>8}"


async def planned(settings: Settings, on: datetime) -> list[Planned]:
    async with own_database.opened(settings) as database, database.read() as db:
        return await forgetting.would_forget(db, on=on)


def report(found: Sequence[Planned], on: datetime) -> str:
    """What there is to say, as a small table."""
    lines = [f"By {on:%Y-%m-%d %H:%M} would be gone:" if found else "Nothing would be gone."]
    if found:
        lines.append(ROW.format("table", "class", "days", "rows", "on hold"))
    for one in found:
        keep = KEEPING[one.table]
        days = str(TIMED[keep].days) if keep in TIMED else "own"
        lines.append(ROW.format(one.table, keep.value, days, one.goes, one.held))
    return "\n".join(lines)


def moment(words: Sequence[str], settings: Settings) -> datetime:
    """Now, or noon of the day that was said. Raises ValueError where it is none."""
    if not words:
        return Clock().now().astimezone(settings.zone)
    return datetime.combine(date.fromisoformat(words[0]), time(12), settings.zone)


def main(words: Sequence[str]) -> None:
    try:
        settings = from_environment(os.environ)
        on = moment(words, settings)
        print(report(asyncio.run(planned(settings, on)), on))
    except SettingsError as error:
        stop(str(error))
    except ValueError:
        stop("Say a day, as 2027-03-01, or nothing: python3 run.py retention [DAY]")


if __name__ == "__main__":
    main(sys.argv[1:])
