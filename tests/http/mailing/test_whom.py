"""Whom the mail goes to: a home that knows of a meeting, has an address and wants it."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from server.domain.roles import FosterHome, MeetingId, PlacementId
from server.http.mailing import mail_due
from server.services import home_mail, scheduling, young_people
from server.services import mailing as deeds_of_mail
from server.store.mail_tables import HomeMail
from server.store.tables import ToldTime
from tests.conftest import NOON
from tests.factories import store_meeting, store_young_person
from tests.mails import LENE, hour_of_the_mail, kept
from tests.notes import Note


async def untold(note: Note, cast, now: datetime) -> None:
    async with note.database.begin() as db:
        await scheduling.tell_home(db, note.mette, MeetingId(note.meeting), told=False, now=now)


async def called_off_and_told(note: Note, cast, now: datetime) -> None:
    early = NOON + timedelta(minutes=50)  # nothing that is over is called off
    async with note.database.begin() as db:
        await scheduling.call_off(
            db, note.mette, MeetingId(note.meeting), tell_home=True, now=early
        )  # fmt: skip


async def never_told(note: Note, cast, now: datetime) -> None:
    async with note.database.begin() as db:
        for told in await db.scalars(select(ToldTime)):
            await db.delete(told)


async def moved_away(note: Note, cast, now: datetime) -> None:
    async with note.database.begin() as db:
        await young_people.move_home(db, note.mette, cast.sofie, "Bo og Gitte", now=now)


async def removed(note: Note, cast, now: datetime) -> None:
    async with note.database.begin() as db:
        await home_mail.remove(db, note.mette, cast.sofie, now=now)


async def switched_off(note: Note, cast, now: datetime) -> None:
    async with note.database.begin() as db:
        await home_mail.switch(db, FosterHome(PlacementId(cast.holms)), on=False, now=now)


@pytest.mark.parametrize("when", ["at once", "in the last second"])
@pytest.mark.parametrize(
    "deed",
    [untold, called_off_and_told, never_told, moved_away, removed, switched_off],
    ids=lambda deed: deed.__name__.replace("_", " "),
)
async def test_none_goes_where_the_home_knows_of_none_or_wants_none(
    deed, when, note, cast, clock, app, office
):
    """P4, C15: also where it was told and is not any more; a job that waits is done with."""
    began = clock.now()
    hour = hour_of_the_mail(began)
    if when == "at once":
        await deed(note, cast, began)
        assert await mail_due(app) == 0
    else:
        assert await mail_due(app) == 0
        await deed(note, cast, hour - timedelta(seconds=1))
    clock.moment = hour
    assert await mail_due(app) == 0
    clock.move(minutes=20)
    assert await mail_due(app) == 0
    assert office.letters == []
    async with note.database.read() as db:
        assert not await deeds_of_mail.is_late(db, now=clock.now())


async def test_a_new_home_gets_none_of_what_the_old_one_was_told(note, cast, clock, app, office):
    """C15: its address may be known before the old hour."""
    began = clock.now()
    await moved_away(note, cast, began)
    async with note.database.begin() as db:
        await home_mail.put(db, note.mette, cast.sofie, "gitte@example.dk", "da", now=began)
        addresses = [row.address for row in await db.scalars(select(HomeMail))]
    assert addresses == ["gitte@example.dk"]  # the old one is not kept
    clock.moment = hour_of_the_mail(began)
    assert await mail_due(app) == 0
    assert office.letters == []


async def test_an_address_that_comes_later_counts_from_then_on(note, cast, clock, app, office):
    async with note.database.begin() as db:
        await db.execute(update(HomeMail).values(address=""))
    assert await mail_due(app) == 0
    async with note.database.begin() as db:
        await home_mail.put(db, note.mette, cast.sofie, "ny@example.dk", "en", now=clock.now())
    clock.moment = hour_of_the_mail(clock.now())
    assert await mail_due(app) == 1
    assert office.to == ["ny@example.dk"]
    assert office.read()[0]["Subject"] == "See your page"


async def test_two_talks_on_a_day_and_two_children_in_a_house_are_one_mail(
    note, cast, clock, app, database, office
):
    """One of them by another caseworker; a talk on another day is another mail."""
    began = clock.now()
    async with database.begin() as db:
        for hours in (-2, 1):
            await store_meeting(
                db, began, cast.mette, cast.sofie, cast.holms, starts_in=timedelta(hours=hours)
            )
        ida, same_house = await store_young_person(db, began, cast.jens, "Ida", 15, "Lene og Karl")
        await store_meeting(db, began, cast.jens, ida, same_house)
        await kept(db, same_house)
        await store_meeting(
            db, began, cast.mette, cast.sofie, cast.holms, starts_in=timedelta(days=1)
        )
    clock.moment = hour_of_the_mail(began)
    assert await mail_due(app) == 1
    assert await mail_due(app) == 0
    clock.move(days=1)
    assert await mail_due(app) == 1
    assert office.to == [LENE, LENE]
    assert office.letters[0] != office.letters[1]
