"""A place on offer is read by whoever has the link: what may say where they live waits for a look
(C13)."""

import pytest
from sqlalchemy import select

from server.domain.restricting import RestrictionKind
from server.store.protection_tables import Restriction
from server.store.tables import Meeting, Placement, Trail
from server.store.way_tables import Option

NAMES_A_PLACE = "hjemme på Egevej 14"


@pytest.fixture
def path(cast) -> str:
    return f"/meetings/{cast.meeting}/ways"


async def places(database) -> list[str]:
    async with database.read() as db:
        query = select(Option.place).where(Option.withdrawn_at.is_(None), Option.kind == "place")
        return list(await db.scalars(query))


async def deeds(database) -> list[str]:
    async with database.read() as db:
        return list(await db.scalars(select(Trail.deed)))


async def test_it_waits_until_somebody_with_a_name_has_looked(mette, path, database) -> None:
    """C13, P10: nothing is on offer meanwhile, and nothing that was typed is lost."""
    answer = await mette.post(path, data={"place-own": NAMES_A_PLACE, "place-club": "yes"})
    page = await answer.text()
    assert answer.status == 400
    assert "hvor Sofie bor. Se efter" in page
    assert f'value="{NAMES_A_PLACE}"' in page
    assert "Jeg har set efter. Det fortæller ingen, hvor Sofie bor." in page
    assert await places(database) == []
    sent = {"place-own": NAMES_A_PLACE, "place-looked": NAMES_A_PLACE}
    assert (await mette.post(path, data=sent, allow_redirects=False)).status == 303
    assert await places(database) == [NAMES_A_PLACE]
    assert (await deeds(database)).count("looked-at-places") == 1


async def test_a_look_is_about_these_very_words(mette, path, database) -> None:
    """C8: nobody has looked at what they have not seen."""
    sent = {"place-own": "hjemme på Egevej 15", "place-looked": NAMES_A_PLACE}
    assert (await mette.post(path, data=sent)).status == 400
    assert await places(database) == []


async def test_what_was_looked_at_once_stays_on_offer(mette, path, database) -> None:
    sent = {"place-own": NAMES_A_PLACE, "place-looked": NAMES_A_PLACE}
    await mette.post(path, data=sent)
    again = {"place-own": NAMES_A_PLACE, "place-school": "yes"}
    assert (await mette.post(path, data=again, allow_redirects=False)).status == 303
    assert await places(database) == [NAMES_A_PLACE]


@pytest.mark.parametrize("place", ["hos mig", "i klubben", "et sted udenfor", "hos din mormor"])
async def test_what_names_no_place_is_not_held_up(mette, path, database, place) -> None:
    answer = await mette.post(path, data={"place-own": place}, allow_redirects=False)
    assert answer.status == 303
    assert await places(database) == [place]
    assert "looked-at-places" not in await deeds(database)


@pytest.mark.parametrize("protected", [False, True])
async def test_their_own_homes_name_is_a_place_only_where_it_is_protected(
    mette, cast, path, database, clock, protected
) -> None:
    """P6: where the address is told to nobody, its name says where they are."""
    async with database.begin() as db:
        home = await db.get_one(Placement, (await db.get_one(Meeting, cast.meeting)).placement_id)
        home.home_name = "Solhuset"
        if protected:
            kind = RestrictionKind.PROTECTED_ADDRESS
            db.add(
                Restriction(
                    young_person_id=cast.sofie, account_id=cast.mette, kind=kind, at=clock.now()
                )
            )
    answer = await mette.post(path, data={"place-own": "på Solhuset"}, allow_redirects=False)
    assert answer.status == (400 if protected else 303)


async def test_with_a_new_plan_it_waits_too_and_nothing_is_planned(
    mette, cast, database, clock
) -> None:
    from tests.http.scheduling.test_plan import FORM

    sent = FORM | {"young_person": str(cast.sofie), "place-own": NAMES_A_PLACE}
    answer = await mette.post("/meetings", data=sent)
    assert answer.status == 400
    assert "Jeg har set efter." in await answer.text()
    async with database.read() as db:
        assert len((await db.scalars(select(Meeting))).all()) == 2
    sent |= {"place-looked": NAMES_A_PLACE}
    assert (await mette.post("/meetings", data=sent, allow_redirects=False)).status == 303
    assert await places(database) == [NAMES_A_PLACE]


@pytest.mark.parametrize("protected", [False, True])
async def test_where_the_two_meet_waits_for_a_look_where_an_address_is_protected(
    sofie, mette, cast, database, clock, protected
) -> None:
    """C13: elsewhere a café has a name. Nothing is agreed meanwhile, and nothing typed is lost."""
    if protected:
        async with database.begin() as db:
            kind = RestrictionKind.PROTECTED_ADDRESS
            row = {"account_id": cast.mette, "kind": kind, "at": clock.now()}
            db.add(Restriction(young_person_id=cast.sofie, **row))
    await sofie.post("/arriving/answers", data={"question": "another_way", "answer": "meet"})
    path, place = f"/meetings/{cast.meeting}/ticks", "Café Egevej 14"
    sent = {
        "task": "meet", "outcome": "agreed", "day": "2026-12-01", "clock": "15:00", "place": place,
    }  # fmt: skip
    answer = await mette.post(path, data=sent, allow_redirects=False)
    assert answer.status == (400 if protected else 303)
    if protected:
        page = await answer.text()
        assert "Jeg har set efter." in page
        assert f'value="{place}"' in page
        assert "tick-meet" not in await deeds(database)
        sent |= {"place-looked": place}
        assert (await mette.post(path, data=sent, allow_redirects=False)).status == 303
    assert (await deeds(database)).count("looked-at-places") == int(protected)
    assert "tick-meet" in await deeds(database)
