"""Writes to homes, in processes that end themselves before they write down how far they came.

`python -m tests.services.killed_mail` reads lines `FOLDER PORT N LATER`: FOLDER holds a house with
a job that is due, PORT is the mail server's, LATER the seconds since its hour. Each line is a
process of its own, ended by SIGKILL before its n-th commit as by a power cut (with 0 it lives);
its exit is answered. It is forked, so that importing everything is done once.
"""

import asyncio
import os
import signal
import sys
from datetime import timedelta
from itertools import count
from pathlib import Path

from sqlalchemy import event

from server import keys
from server.app import shipped
from server.http.mailing import mail_due
from server.settings import Settings
from tests.conftest import NOON, StoppedClock
from tests.mails import hour_of_the_mail, house, writing

HOUR = hour_of_the_mail(NOON + timedelta(hours=2))


async def main(folder: Path, port: int, n: int, later: int) -> None:
    clock = StoppedClock(HOUR + timedelta(seconds=later))
    app = house(writing(Settings(data_dir=folder), port), clock)
    numbers = count(1)

    def write(_: object) -> None:
        if next(numbers) == n:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(app[keys.DATABASE].engine.sync_engine, "commit", write)
    await mail_due(app)
    await app[keys.DATABASE].close()


def serve() -> None:
    shipped()  # read once, by all
    for line in sys.stdin:
        folder, *numbers = line.split()
        child = os.fork()
        if child == 0:
            asyncio.run(main(Path(folder), *(int(number) for number in numbers)))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    serve()
