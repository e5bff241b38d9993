"""Every table has a class, and whatever has a time is gone when it is over: from the metadata."""

from collections import Counter
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from sqlalchemy import Boolean, Enum, Integer, Table, func, insert, select

from server.domain import forgetting as rules
from server.domain.during import Heard
from server.domain.during import Kind as Marks
from server.domain.forgetting import TIMED, Keep
from server.domain.roles import AccountId, Caseworker, SessionId
from server.http import background
from server.services import forgetting, holding
from server.store import keeping
from server.store.base import UTCDateTime
from server.store.during_tables import MarkRow
from server.store.keeping import KEEPING
from server.store.protection_tables import Code
from server.store.schema import METADATA
from server.store.tables import Meeting, Reply

OF_A_TIME = sorted(name for name, keep in KEEPING.items() if keep in TIMED)
NUMBERS = count(1)
FIRST_WORD = {"marks": "card"}  # of a kind that is not part of the record


def test_every_table_has_a_class() -> None:
    """D13, C16: nothing without one. What nobody gave a time would stay for ever."""
    assert set(METADATA.tables) - set(KEEPING) == set()
    assert set(KEEPING) - set(METADATA.tables) == set()


def test_a_table_of_a_timed_class_hangs_on_a_meeting() -> None:
    """So that the job of that meeting finds its rows."""
    assert [t.name for t in keeping.of_classes(TIMED)] != []
    for table in keeping.of_classes(TIMED):
        assert any(name in table.c for name in keeping.BY_COLUMN), table.name


def test_what_is_owed_is_kept_as_long_as_it_is_owed() -> None:
    """S14, P10: a task is worked out from these rows and from the answers; neither goes first."""
    for name in ("interruptions", "options", "picks"):
        assert TIMED[KEEPING[name]] >= rules.KEPT["another_way"]


def values(table: Table, known: dict[str, int], now: Any, rows: dict[str, int]) -> dict[str, Any]:
    """One row of any table of a timed class, of the meeting whose ids are `known`."""
    found: dict[str, Any] = {}
    for column in table.c:
        if column.primary_key:
            continue
        if column.foreign_keys:
            target = next(iter(column.foreign_keys)).column.table.name
            found[column.name] = rows.get(target) or known[target]
        elif column.nullable:
            continue
        elif isinstance(column.type, Enum):
            found[column.name] = FIRST_WORD.get(table.name) or column.type.enums[-1]
        elif isinstance(column.type, Boolean):
            found[column.name] = False
        elif isinstance(column.type, Integer):
            found[column.name] = next(NUMBERS)
        else:
            found[column.name] = now if isinstance(column.type, UTCDateTime) else "x"
    return found


@pytest.fixture
async def held(database, cast, clock, as_kind):
    """Rows of every timed table around Sofie's meeting and around Mikkel's; Sofie's is over."""
    await as_kind(seat=cast.sofies_seat)
    clock.move(hours=1, minutes=20)
    sofies = {"meetings": cast.meeting, "seats": cast.sofies_seat}
    mikkels = {"meetings": cast.other_meeting, "seats": cast.mikkels_seat}
    shared = {"sessions": 1, "accounts": cast.mette}
    async with database.begin() as db:
        for own in (sofies, mikkels):
            rows: dict[str, int] = {}
            for table in reversed(keeping.of_classes(TIMED)):
                made = values(table, own | shared, clock.now(), rows)
                done = await db.execute(insert(table).values(**made))
                rows[table.name] = done.inserted_primary_key[0]
        (await db.get_one(Meeting, cast.meeting)).finished_at = clock.now()
        (await db.get_one(Meeting, cast.other_meeting)).starts_at = clock.now() + timedelta(
            days=200
        )
    return clock.now()


async def left(database, name: str, meeting: int) -> int:
    table = METADATA.tables[name]
    query = select(func.count()).select_from(table).where(keeping.of_meeting(table, meeting))
    async with database.read() as db:
        return (await db.execute(query)).scalar_one()


async def test_each_kind_of_row_stays_its_time_and_not_longer(held, app, database, cast, clock):
    """D13, C16: cards, marks, picks, broken lines, talks beside the room; each of Sofie's meeting,
    none of Mikkel's, which is still to come."""
    for name in OF_A_TIME:
        assert await left(database, name, cast.meeting) == 1, name
    for kept in sorted(set(TIMED.values())):
        clock.moment = held + kept - timedelta(seconds=1)
        await background.forget_due(app)
        await background.forget_due(app)
        for name in OF_A_TIME:
            stays = TIMED[KEEPING[name]] >= kept and kept != rules.AT_ONCE
            gone = TIMED[KEEPING[name]] < kept
            assert await left(database, name, cast.meeting) == (0 if gone else 1), (name, kept)
            assert stays or gone or kept == rules.AT_ONCE
        clock.moment = held + max(kept, timedelta(minutes=6))
        await background.forget_due(app)
        for name in OF_A_TIME:
            expected = 0 if TIMED[KEEPING[name]] <= kept else 1
            assert await left(database, name, cast.meeting) == expected, (name, kept)
    assert [name for name in OF_A_TIME if await left(database, name, cast.other_meeting) != 1] == []


async def test_a_mark_that_is_part_of_the_record_stays(held, app, database, cast, clock):
    """D10, D13, P4: a note to be locked stays locked, or its words would leave after a week."""
    recorded = [Marks.LOCK, Marks.SAID, Marks.OTHERS_OUT, Marks.AWAY]
    async with database.begin() as db:
        for kind in recorded:
            answer = Heard.SOMEBODY.value if kind == Marks.AWAY else ""
            db.add(
                MarkRow(
                    meeting_id=cast.meeting, seat_id=cast.mettes_seat, kind=kind, value="",
                    answer=answer, at=clock.now(),
                )
            )  # fmt: skip
    clock.move(days=400)
    await background.forget_due(app)
    async with database.read() as db:
        query = select(MarkRow.kind).where(MarkRow.meeting_id == cast.meeting)
        assert sorted(await db.scalars(query)) == sorted(recorded)


async def test_a_code_is_forgotten_by_its_own_clock(app, database, cast, clock):
    """A dead code goes after a day, one that somebody guessed at after a quarter; a living one of
    another person's is not touched."""

    async def kept() -> list[int]:
        async with database.read() as db:
            return list(await db.scalars(select(Code.tries).order_by(Code.tries)))

    async with database.begin() as db:
        for tries in (0, 5):
            db.add(
                Code(
                    seat_id=cast.sofies_seat, kind="digits", digest="x", made_at=clock.now(),
                    tries=tries,
                )
            )  # fmt: skip
    clock.move(hours=23)
    assert (await background.forget_codes(app), await kept()) == (0, [0, 5])
    async with database.begin() as db:
        db.add(
            Code(placement_id=cast.holms, kind="digits", digest="x", made_at=clock.now(), tries=1)
        )
    clock.move(hours=1)
    assert (await background.forget_codes(app), await kept()) == (1, [1, 5])
    clock.move(days=90)
    assert (await background.forget_codes(app), await kept()) == (2, [])


def test_no_class_is_without_a_table() -> None:
    assert set(Keep) - set(KEEPING.values()) == set()


async def there(database) -> Counter[str]:
    """How many rows each table has that a clock deletes from."""
    found: Counter[str] = Counter()
    async with database.read() as db:
        for name in (*OF_A_TIME, "replies"):
            found[name] = (
                await db.execute(select(func.count()).select_from(METADATA.tables[name]))
            ).scalar_one()
    return found


async def said_beforehand(database, on) -> list[forgetting.Planned]:
    async with database.read() as db:
        return await forgetting.would_forget(db, on=on)


@pytest.fixture
async def answered(held, database, cast):
    """Sofie has answered what is promised away at once, and what stays a week."""
    async with database.begin() as db:
        for question in ("stop", "heard"):
            row = {"question": question, "answer": "x", "at": held}
            db.add(Reply(seat_id=cast.sofies_seat, session_id=1, **row))
    return held


async def test_what_would_go_is_said_beforehand_and_is_what_goes(answered, app, database, clock):
    """D13: a run that changes nothing, by the same rules as deleting itself."""
    for kept in sorted(set(TIMED.values())):
        on = answered + max(kept, timedelta(minutes=6))
        before = await there(database)
        said = {one.table: one.goes for one in await said_beforehand(database, on)}
        assert await there(database) == before
        clock.moment = on
        await background.forget_due(app)
        await background.forget_due(app)
        assert said == dict(before - await there(database)), kept
    assert said


async def test_under_a_hold_only_what_was_promised_away_goes(answered, app, database, cast, clock):
    """D13: with who set it and why; lifted, what is over its time is gone within a day."""
    mette = Caseworker(AccountId(cast.mette), SessionId(1), "Mette")
    async with database.begin() as db:
        await holding.hold(db, mette, cast.sofie, "En klage", now=clock.now())
    before = await there(database)
    clock.move(days=200)
    (told,) = [one for one in await said_beforehand(database, clock.now()) if one.table == "marks"]
    assert (told.goes, told.held) == (0, 1)
    for _ in range(2):
        await background.forget_due(app)
    gone = before - await there(database)
    at_once = {name for name in OF_A_TIME if TIMED[KEEPING[name]] == rules.AT_ONCE}
    assert set(gone) == at_once | {"replies"}
    assert gone["replies"] == 1  # the word that means stop
    async with database.begin() as db:
        await holding.lift(db, mette, cast.sofie, now=clock.now())
    clock.move(days=1)
    await background.forget_due(app)
    assert [name for name in OF_A_TIME if await left(database, name, cast.meeting)] == []
