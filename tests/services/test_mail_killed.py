"""The process is killed before each of its commits in turn: the home is written to all the same,
and where it was being written to at that moment, once more with the same message (ADR 7)."""

import asyncio
import shutil
import sqlite3
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from tests.mails import kept, post_office

ROOT = Path(__file__).parents[2]
KILLED = -9
WHEN_THE_LEASE_IS_OVER = 301


@pytest.fixture
async def house(after_the_meeting, database, settings, tmp_path) -> Path:
    """A house with a told time and an address, closed; to be copied for each try."""
    async with database.begin() as db:
        await kept(db, after_the_meeting.holms)
    place = tmp_path / "house"
    place.mkdir()
    with sqlite3.connect(settings.data_dir / "enerum.db") as whole:
        with sqlite3.connect(place / "enerum.db") as copied:
            whole.backup(copied)
        copied.close()
    whole.close()
    shutil.copytree(settings.data_dir / "keys", place / "keys")
    return place


@pytest.fixture
async def runs() -> AsyncIterator[Callable[..., Awaitable[int]]]:
    """Start a process that ends before its n-th commit; its exit."""
    server = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.services.killed_mail", cwd=ROOT,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert server.stdin is not None
    assert server.stdout is not None
    to, answers = server.stdin, server.stdout

    async def run(house: Path, port: int, n: int, later: int) -> int:
        to.write(f"{house} {port} {n} {later}\n".encode())
        await to.drain()
        return int(await answers.readline())

    yield run
    to.close()
    await server.wait()


def still_to_do(house: Path) -> int:
    with sqlite3.connect(house / "enerum.db") as file:
        (found,) = file.execute("SELECT count(*) FROM jobs WHERE kind = 'mail' AND done_at IS NULL")
    file.close()
    return int(found[0])


async def test_killed_before_any_commit_it_comes_and_a_second_one_is_the_same_message(
    house: Path, tmp_path: Path, runs: Callable[..., Awaitable[int]]
) -> None:
    """P4: at least once, whatever was shared; an inbox knows the second by its number."""
    twice, killed = 0, 0
    async with post_office() as office:
        for n in range(1, 20):
            office.letters.clear()
            tried = tmp_path / f"tried-{n}"
            shutil.copytree(house, tried)
            ended = await runs(tried, office.port, n, 0)
            if ended != KILLED:
                assert ended == 0
                assert len(office.letters) == 1
                break
            killed += 1
            assert await runs(tried, office.port, 0, WHEN_THE_LEASE_IS_OVER) == 0
            assert await runs(tried, office.port, 0, 2 * WHEN_THE_LEASE_IS_OVER) == 0
            assert still_to_do(tried) == 0, n
            assert len(office.letters) in (1, 2), n
            assert len(set(office.letters)) == 1, n
            twice += len(office.letters) == 2
    assert killed >= 4
    assert twice == 1  # between sending and writing it down
