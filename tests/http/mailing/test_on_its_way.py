"""What can go wrong between a house and a home. None of it says anything about a note."""

import asyncio
import logging
from datetime import timedelta

import pytest
from sqlalchemy import select

from server import keys
from server.http.mailing import mail_due
from server.store.jobs import Job
from tests.mails import LENE, LETTER, hour_of_the_mail, house, kept, post_office, the_letter


async def test_while_the_mail_server_is_away_it_waits_and_is_the_same_then(
    note, clock, app, stranger, shut, caplog
):
    """It is tried again under the next lease, and its words still say the hour it was for. The
    operator's monitor hears of it; nobody's address is logged (P6)."""
    caplog.set_level(logging.INFO, "enerum")
    clock.moment = hour_of_the_mail(clock.now())
    assert await mail_due(app) == 0
    assert await (await stranger.get("/health")).json() == {"standing": "well", "mail": "well"}
    clock.move(minutes=16)
    assert await mail_due(app) == 0
    assert await (await stranger.get("/health")).json() == {"standing": "well", "mail": "late"}
    async with post_office(shut) as office:
        assert await mail_due(app) == 0  # the pause
        clock.move(minutes=6)
        assert await mail_due(app) == 1
    assert the_letter(office).startswith(LETTER.encode())
    assert await (await stranger.get("/health")).json() == {"standing": "well", "mail": "well"}
    assert "mail server away" in caplog.text
    assert [word for word in (LENE, "Lene", "example.dk") if word in caplog.text] == []


async def test_after_some_hours_it_is_given_up_and_counted(note, clock, app, shut, caplog):
    """Later it would come at an hour of its own."""
    caplog.set_level(logging.INFO, "enerum")
    clock.moment = hour_of_the_mail(clock.now())
    assert await mail_due(app) == 0
    clock.move(hours=6, seconds=1)
    async with post_office(shut) as office:
        assert await mail_due(app) == 0
        clock.move(hours=1)
        assert await mail_due(app) == 0
    assert office.letters == []
    assert caplog.text.count('"mails given up", "count": 1') == 1


async def test_what_was_long_ago_when_mail_came_into_the_house_is_not_written_about(
    note, clock, app, database, office, caplog
):
    """As after an upgrade, or when a mail server is set for the first time."""
    clock.moment = hour_of_the_mail(clock.now()) + timedelta(days=10)
    assert await mail_due(app) == 0
    assert "given up" not in caplog.text
    async with database.read() as db:
        jobs = await db.scalars(select(Job).where(Job.kind == "mail"))
        assert all(job.done_at is not None for job in jobs)


async def test_an_address_that_does_not_exist_is_told_to_the_caseworker_alone(
    note, cast, clock, app, mette_then, holms_then, office, database
):
    """And is not tried again; a new address clears it."""
    office.answers[LENE] = "550 5.1.1 no such user"
    clock.moment = hour_of_the_mail(clock.now())
    assert await mail_due(app) == 0
    clock.move(minutes=10)
    assert await mail_due(app) == 0
    mette, holms = await mette_then(), await holms_then()
    page = f"/young-people/{cast.sofie}"
    assert "kunne ikke afleveres" in await (await mette.get(page)).text()
    assert "afleveres" not in await (await holms.get("/home/mail")).text()
    await mette.post(f"{page}/home-mail", data={"home_mail": "ny@example.dk"})
    assert "kunne ikke afleveres" not in await (await mette.get(page)).text()


@pytest.mark.parametrize("answer", ["451 4.7.1 come back later", "550 5.7.1 no relaying for you"])
async def test_what_is_not_the_addresss_fault_is_tried_again(answer, note, clock, app, office):
    office.answers[LENE] = answer
    clock.moment = hour_of_the_mail(clock.now())
    assert await mail_due(app) == 0
    del office.answers[LENE]
    clock.move(minutes=6)
    assert await mail_due(app) == 1


async def test_one_that_is_not_taken_costs_the_others_nothing(
    note, cast, clock, app, database, office
):
    async with database.begin() as db:
        await kept(db, cast.dahls, "dahl@example.dk")
    office.answers[LENE] = "451 4.7.1 come back later"
    clock.moment = hour_of_the_mail(clock.now())
    assert await mail_due(app) == 1
    assert office.to == ["dahl@example.dk"]


async def test_two_servers_send_it_once(note, clock, app, office):
    """A leased job, in one database."""
    clock.moment = hour_of_the_mail(clock.now())
    other = house(app[keys.SETTINGS], clock)
    try:
        assert sorted(await asyncio.gather(mail_due(app), mail_due(other))) == [0, 1]
    finally:
        await other[keys.DATABASE].close()
    assert len(office.letters) == 1


async def test_a_turn_whose_lease_runs_out_leaves_the_rest_to_the_next(
    note, cast, clock, app, database, office
):
    """A mail server may be slow: nothing is sent under a lease that may be another's by then."""
    async with database.begin() as db:
        await kept(db, cast.dahls, "dahl@example.dk")
    clock.moment = hour_of_the_mail(clock.now())
    office.after_each = lambda: clock.move(minutes=4)
    assert await mail_due(app) == 1
    clock.move(minutes=1)
    assert await mail_due(app) == 1
    assert sorted(office.to) == ["dahl@example.dk", LENE]
