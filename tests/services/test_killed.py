"""The power goes between any two writes of a choice, a withdrawal or a release: all of it is there
or nothing, and the next start makes it whole, once (must show 5 of issue 5)."""

import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from server.domain.note import WordKind
from server.domain.sharing import Choice
from tests import notes
from tests.conftest import StoppedClock
from tests.notes import Note

TABLES = {
    "choices": "*", "asked_alone": "*", "trail": "*", "handovers": "*", "releases": "*",
    "receipts": "*", "jobs": "kind, subject, due_at, done_at",  # a lease is nobody's loss
}  # fmt: skip
OLD, NEW, SECOND = "Du vil have døren lukket.", "En dør, der kan lukkes.", "Du vil helst tegne."
AFTER_THE_LEASE = timedelta(minutes=3)


class Killer:
    """The process that forks one for each deed; it is asked over its standard input."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.services.killed_note"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def do(self, folder: Path, deed: str, n: int, now: datetime) -> int:
        """Let one do a deed and end before its n-th write; returns how it ended."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{folder} {deed} {n} {now.isoformat()}\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())

    def end(self) -> None:
        self.process.communicate()


@pytest.fixture(scope="module")
def killer() -> Iterator[Killer]:
    made = Killer()
    yield made
    made.end()


@pytest.fixture
async def kept(after_the_meeting, database, clock: StoppedClock, tmp_path: Path) -> Path:
    """A house where the home has a line of Sofie's note, of which there are other words since; and
    of a second line nobody has said anything. The hour has gone by."""
    async with database.begin() as db:
        note = await notes.begin(db, after_the_meeting, clock.now(), database)
    first = await note.write(OLD, clock.now())
    await note.choose(first, Choice.AS_WRITTEN, clock.now(), in_call=True)
    await note.ready(clock.now())
    clock.moment = await notes.hour(database, note.meeting)
    await notes.release_due(database, clock.now())
    await note.reword(first, WordKind.HOME, NEW, clock.now())
    return await copied(note, tmp_path)


@pytest.fixture
async def chosen(kept: Path, database, clock: StoppedClock, cast, tmp_path: Path) -> Path:
    """... and both were chosen: the next hour puts new words in the place of the old, and one more
    beside them."""
    note = Note(database, cast, 1, 2)
    second = await note.write(SECOND, clock.now())
    for item in (1, second):
        await note.choose(item, Choice.AS_WRITTEN, clock.now(), in_call=True)
    clock.moment = await notes.hour(database, note.meeting)
    return await copied(note, tmp_path)


async def copied(note: Note, tmp_path: Path) -> Path:
    """The database as it is now, in one file of its own."""
    folder = tmp_path / "kept"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    with closing(sqlite3.connect(tmp_path / "enerum.db")) as file:
        file.execute("VACUUM INTO ?", (str(folder / "enerum.db"),))
    return folder


def again(kept: Path, name: str) -> Path:
    folder = kept.parent / name
    shutil.copytree(kept, folder)
    return folder


def rows(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(folder / "enerum.db")) as file:
        # Both parts stand in this file: nothing anybody typed gets in.
        asked = {name: f"SELECT {what} FROM {name}" for name, what in TABLES.items()}  # noqa: S608
        return {name: file.execute(query).fetchall() for name, query in asked.items()}


def at_home(folder: Path) -> list[str]:
    with closing(sqlite3.connect(folder / "enerum.db")) as file:
        query = "SELECT text FROM handovers WHERE taken_back_at IS NULL ORDER BY id"
        return [text for (text,) in file.execute(query)]


def whole(killer: Killer, kept: Path, deed: str, now: datetime) -> dict[str, list[object]]:
    """What there is when nothing went wrong."""
    folder = again(kept, "whole")
    assert killer.do(folder, deed, 0, now) == 0
    return rows(folder)


@pytest.mark.parametrize("deed", ["choose", "voice", "withdraw"])
def test_a_choice_is_kept_whole_or_not_at_all(deed: str, killer: Killer, kept: Path, clock) -> None:
    """P10, P4: both the row and what follows from it; sent again, it is there once."""
    now, nothing = clock.now(), rows(kept)
    everything = whole(killer, kept, deed, now)
    assert everything != nothing
    for n in range(1, 20):
        folder = again(kept, f"{n}")
        ended = killer.do(folder, deed, n, now)
        if ended == 0:
            assert rows(folder) == everything
            break
        assert ended == -signal.SIGKILL
        assert rows(folder) == nothing, f"before write {n}"
        assert killer.do(folder, deed, 0, now) == 0
        assert rows(folder) == everything, f"again after write {n}"
    assert n > 3  # a row, a line in the trail and the commit at least


def test_what_leaves_leaves_whole_and_once(killer: Killer, chosen: Path, clock) -> None:
    """P10, P4: the home reads the old page or the new one, never some of it; whoever starts next
    takes the job once the lease has run out."""
    now, before = clock.now(), rows(chosen)
    everything = whole(killer, chosen, "release", now)
    assert at_home(chosen) == [OLD]
    for n in range(1, 30):
        folder = again(chosen, f"{n}")
        ended = killer.do(folder, "release", n, now)
        if ended == 0:
            assert rows(folder) == everything
            break
        assert ended == -signal.SIGKILL
        assert rows(folder) == before, f"before write {n}"
        assert at_home(folder) == [OLD]
        assert killer.do(folder, "release", 0, now + AFTER_THE_LEASE) == 0
        assert at_home(folder) == [NEW, SECOND], f"the next server after write {n}"
        assert killer.do(folder, "release", 0, now + 2 * AFTER_THE_LEASE) == 0
        assert len(rows(folder)["releases"]) == len(everything["releases"])
    assert n > 6  # the lease and its commit, two lines with their rows, and the commit
