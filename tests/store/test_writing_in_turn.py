"""Writers wait in line, so that a flood in one meeting does not starve another (V17.3.1)."""

import asyncio

from server.store import trail


async def test_writers_come_in_the_order_they_asked(database, clock):
    """P10, V17.3.1: without a line SQLite chooses by chance, and gives up on somebody at last."""
    came: list[int] = []

    async def write(number: int) -> None:
        async with database.begin() as db:
            came.append(number)
            trail.add(db, "clock", "test", f"meeting:{number}", now=clock.now())

    await asyncio.gather(*(write(number) for number in range(30)))
    assert came == list(range(30))


async def test_one_who_fails_holds_nobody_up(database, clock):
    async def fail() -> None:
        async with database.begin():
            raise KeyError

    await asyncio.gather(fail(), return_exceptions=True)
    async with asyncio.timeout(10), database.begin() as db:
        trail.add(db, "clock", "test", "meeting:1", now=clock.now())
