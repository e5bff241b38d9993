"""The demo: everybody of the cast can get in, each start is the same, and real people are safe."""

from dataclasses import replace
from datetime import timedelta

import pytest

from server.domain import meeting as rules
from server.domain.roles import AccountId, Caseworker, SessionId
from server.services import demo, handing_over, opening, room, signing_in, young_people
from server.services.passwords import Passwords
from server.services.signing_in import Desk
from server.store import accounts, seats
from tests.conftest import NOON

KEY = bytes(range(32))
ORIGIN = "http://localhost:8080"


@pytest.fixture
async def db(database):
    async with database.begin() as session:
        yield session


async def lines(db, now=NOON, password_hash="kept as it came"):
    return dict(await demo.fill(db, KEY, ORIGIN, password_hash, now=now))


def token(link: str) -> str:
    return link.partition("#")[2]


async def test_everybody_of_the_cast_gets_in(db):
    told = await lines(db)
    assert list(told) == ["Mette, caseworker", "Sofie", "Aya", "Lene og Karl"]
    for name in ("Sofie", "Aya"):
        assert told[name].startswith(f"{ORIGIN}/m#")
        assert await opening.swap(db, KEY, token(told[name]), now=NOON)
    assert await handing_over.open_link(db, KEY, token(told["Lene og Karl"]), now=NOON)


async def test_mette_signs_in_with_the_password_of_this_start(db):
    password = demo.new_password()
    told = await lines(db, password_hash=await Passwords().hash(password))
    assert "{password}" in told["Mette, caseworker"]
    assert password not in str(told)
    assert await signing_in.check(db, Desk(), demo.LOGIN, password, "here", now=NOON)


async def test_the_meeting_begins_in_a_few_minutes_and_can_be_knocked_at_now(db):
    await lines(db)
    mette = await accounts.by_login(db, demo.LOGIN)
    who = Caseworker(AccountId(mette.id), SessionId(1), "Mette")
    (sofie,) = await young_people.of(db, who, now=NOON)
    long_ago = NOON - timedelta(days=1)
    ((meeting, starts, _),) = await young_people.meetings_of(db, sofie.id, since=long_ago)
    assert timedelta() < starts - NOON <= timedelta(minutes=10)
    row = await seats.meeting(db, meeting)
    assert rules.standing(room.facts(row), NOON) == rules.Standing.OPEN


async def test_started_again_it_is_the_same_cast_with_the_same_links(db):
    first = await lines(db)
    db.expire_all()
    assert await lines(db, NOON + timedelta(minutes=5)) == first


async def test_when_the_meeting_is_over_another_one_waits(db):
    first = await lines(db)
    db.expire_all()
    later = await lines(db, NOON + timedelta(days=3))
    assert later["Sofie"] != first["Sofie"]
    assert later["Lene og Karl"] == first["Lene og Karl"]


async def test_a_house_with_real_people_in_it_is_left_alone(cast, db):
    """Nobody's password is changed and nobody's meeting is planned by a switch."""
    told = await lines(db)
    assert list(told) == ["The demo"]
    assert await accounts.by_login(db, demo.LOGIN) is None
    mette = await accounts.by_login(db, "mette")
    assert mette.password_hash != "kept as it came"


async def test_the_operator_is_told_at_start(settings, clock):
    """One line for each person, the password filled in, and no first link beside it."""
    from aiohttp.test_utils import TestServer

    from server.app import build_app
    from server.greeting import GREETING

    server = TestServer(build_app(replace(settings, demo=True), clock, media=False))
    await server.start_server()
    told = dict(server.app[GREETING])
    await server.close()
    assert len(told) == 4
    assert "{password}" not in told["Mette, caseworker"]
