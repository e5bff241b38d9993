"""Young people and where they live."""

from datetime import timedelta

import pytest

from server.domain.errors import NotFound
from server.domain.roles import AccountId, Caseworker, MeetingId, SessionId
from server.services import handing_over, scheduling, sessions, young_people
from server.services.sessions import Kind
from server.services.young_people import About
from server.store import handovers, seats
from tests.conftest import NOON

KEY = bytes(range(32))
SOFIE = About("Sofie", 13, "12 34 56 90", "Lene og Karl")


@pytest.fixture
def mette_lund(cast):
    return Caseworker(AccountId(cast.mette), SessionId(1), "Mette")


@pytest.fixture
async def db(database, cast):
    async with database.begin() as session:
        yield session


async def home_token(db, who, young):
    return (await young_people.home_link(db, KEY, who, young, now=NOON)).partition("#")[2]


async def test_somebody_added_is_on_the_list_with_their_home(db, cast, mette_lund):
    added = await young_people.add(db, mette_lund, About("Noah", 8, "", "Mormor"), now=NOON)
    shown = await young_people.one(db, mette_lund, added, now=NOON)
    assert (shown.name, shown.age, shown.home) == ("Noah", 8, "Mormor")
    assert shown.is_asked_aloud
    assert [y.name for y in await young_people.of(db, mette_lund, now=NOON)] == ["Noah", "Sofie"]


async def test_adding_twice_is_one_person(db, cast, mette_lund):
    noah = About("Noah", 8, "", "Mormor")
    first = await young_people.add(db, mette_lund, noah, now=NOON)
    assert await young_people.add(db, mette_lund, noah, now=NOON) == first


async def test_the_age_goes_on_by_itself(db, cast, mette_lund):
    """C22: no date of birth; the age that was told and the day it was told."""
    in_two_years = NOON + timedelta(days=731)
    shown = await young_people.one(db, mette_lund, cast.sofie, now=in_two_years)
    assert shown.age == 15
    await young_people.change(db, mette_lund, cast.sofie, SOFIE, now=in_two_years)
    assert (await young_people.one(db, mette_lund, cast.sofie, now=in_two_years)).age == 13


async def test_another_name_is_used_in_the_meetings_to_come(db, cast, mette_lund):
    alias = About("Fie", 13, "", "Lene og Karl")
    await young_people.change(db, mette_lund, cast.sofie, alias, now=NOON)
    names = [seat.name for seat in (await seats.meeting(db, cast.meeting)).seats]
    assert names == ["Mette", "Fie", "Aya"]


async def test_changing_words_leaves_the_homes_link_as_it_is(db, cast, mette_lund):
    before = await home_token(db, mette_lund, cast.sofie)
    other = About("Sofie", 13, "", "De voksne på Solhuset")
    await young_people.change(db, mette_lund, cast.sofie, other, now=NOON)
    assert await home_token(db, mette_lund, cast.sofie) == before


async def test_the_old_home_is_shut_out_the_moment_she_moves(db, cast, mette_lund):
    """Design 2: a home's link is dead when the placement changes, and so is its page."""
    old = await home_token(db, mette_lund, cast.sofie)
    opened = await handing_over.open_link(db, KEY, old, now=NOON)
    await young_people.move_home(db, mette_lund, cast.sofie, "Else", now=NOON)
    await db.flush()
    assert await sessions.find(db, Kind.HOME, opened.cookie, now=NOON) is None
    with pytest.raises(NotFound):
        await handing_over.open_link(db, KEY, old, now=NOON)
    assert await handing_over.open_link(
        db, KEY, await home_token(db, mette_lund, cast.sofie), now=NOON
    )


async def test_the_new_home_has_been_told_nothing(db, cast, mette_lund):
    """P4: what the old home was told is not the new home's."""
    await young_people.move_home(db, mette_lund, cast.sofie, "Else", now=NOON)
    meeting = await seats.meeting(db, cast.meeting)
    assert meeting.placement.home_name == "Else"
    assert not meeting.home_knows
    for home in (meeting.placement_id, cast.holms):
        assert await handovers.told_times(db, home, NOON - timedelta(days=1)) == []
    assert await scheduling.told_time(db, MeetingId(cast.meeting)) is None


async def test_moving_twice_is_one_move(db, cast, mette_lund):
    await young_people.move_home(db, mette_lund, cast.sofie, "Else", now=NOON)
    link = await home_token(db, mette_lund, cast.sofie)
    soon = NOON + timedelta(seconds=3)
    await young_people.move_home(db, mette_lund, cast.sofie, "Else", now=soon)
    assert await home_token(db, mette_lund, cast.sofie) == link


async def test_renewing_the_homes_link_kills_the_old_one(db, cast, mette_lund):
    old = await home_token(db, mette_lund, cast.sofie)
    await young_people.renew_home_link(db, mette_lund, cast.sofie, now=NOON)
    await db.flush()
    with pytest.raises(NotFound):
        await handing_over.open_link(db, KEY, old, now=NOON)


async def test_jens_sees_and_changes_nothing_of_sofies(db, cast):
    """L11: the same as a young person who does not exist."""
    jens = Caseworker(AccountId(cast.jens), SessionId(2), "Jens")
    assert [y.name for y in await young_people.of(db, jens, now=NOON)] == ["Mikkel"]
    for young in (cast.sofie, 999_999):
        for deed in (
            young_people.one(db, jens, young, now=NOON),
            young_people.change(db, jens, young, SOFIE, now=NOON),
            young_people.move_home(db, jens, young, "Et sted", now=NOON),
            young_people.home_link(db, KEY, jens, young, now=NOON),
            young_people.renew_home_link(db, jens, young, now=NOON),
        ):
            with pytest.raises(NotFound):
                await deed
