"""What stands on the caseworker's first page."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from server.domain.roles import AccountId, Caseworker, FosterHome, PlacementId, Role, SessionId
from server.services import day, handing_over
from server.services.handing_over import Answer
from server.store.tables import Meeting, Reply, Seat, Visit
from tests.conftest import NOON
from tests.factories import store_meeting

ZONE = ZoneInfo("Europe/Copenhagen")


@pytest.fixture
async def db(database, cast):
    async with database.begin() as session:
        yield session


@pytest.fixture
async def desk(db, cast):
    """Mette's own session, so that her answers are hers on this device."""
    from server.services import sessions

    opened = await sessions.open_for(db, now=NOON, account=cast.mette)
    return Caseworker(AccountId(cast.mette), SessionId(opened.id), "Mette")


async def read(db, who, now=NOON):
    db.expire_all()
    return await day.of(db, who, now=now, zone=ZONE)


async def answers(db, seat, who, now=NOON, **said):
    for question, answer in said.items():
        db.add(
            Reply(seat_id=seat, session_id=who.session, question=question, answer=answer, at=now)
        )
    await db.flush()


async def test_todays_meeting_says_what_is_missing(db, cast, desk):
    found = await read(db, desk)
    (row,) = found.today
    assert (row.name, row.age, row.missing) == ("Sofie", 13, 8)
    assert row.companions == ((Role.BISIDDER, "Aya"),)
    assert not row.ready


async def test_when_all_is_answered_the_room_can_be_opened_from_half_an_hour_before(db, cast, desk):
    await answers(
        db, cast.mettes_seat, desk, room="alone", told="yes", read="read",
        fallback="caseworker_calls", purpose="fits", right="told", after="someone",
        emergency="not_known",
    )  # fmt: skip
    for question, answer in (("time", "fits"), ("way", "video"), ("company", "alone")):
        await answers(db, cast.sofies_seat, desk, NOON - timedelta(hours=1), **{question: answer})
    (row,) = (await read(db, desk)).today
    assert (row.missing, row.ready, row.open) == (0, True, False)
    (row,) = (await read(db, desk, NOON + timedelta(minutes=30))).today
    assert row.open


async def test_an_open_office_stands_in_the_way(db, cast, desk):
    await answers(db, cast.mettes_seat, desk, room="open_office")
    (row,) = (await read(db, desk)).today
    room = next(task for task in row.tasks if task.question == "room")
    assert room.missing


async def test_an_answer_of_the_young_persons_makes_the_brief_unread_again(db, cast, desk):
    await answers(db, cast.mettes_seat, desk, read="read")
    await answers(db, cast.sofies_seat, desk, NOON + timedelta(minutes=1), way="write")
    (row,) = (await read(db, desk, NOON + timedelta(minutes=2))).today
    task = next(task for task in row.tasks if task.question == "read")
    assert task.outdated
    assert task.missing


async def test_the_days_to_come_stand_apart_and_meetings_called_off_stand_nowhere(db, cast, desk):
    who = (cast.mette, cast.sofie, cast.holms)
    tomorrow, _ = await store_meeting(db, NOON, *who, starts_in=timedelta(days=1))
    gone, _ = await store_meeting(db, NOON, *who, starts_in=timedelta(days=2))
    (await db.get_one(Meeting, gone)).called_off_at = NOON
    await db.flush()
    found = await read(db, desk)
    assert [row.meeting for row in found.today] == [cast.meeting]
    assert [row.meeting for row in found.later] == [tomorrow]


async def test_the_day_is_the_day_here_and_not_in_greenwich(db, cast, desk):
    """At half past eleven in the evening in London it is tomorrow in Copenhagen."""
    night = NOON.replace(hour=23, minute=30)
    who = (cast.mette, cast.sofie, cast.holms)
    next_day, _ = await store_meeting(db, night, *who, starts_in=timedelta(hours=10))
    found = await read(db, desk, night)
    assert [row.meeting for row in found.today] == [next_day]


async def test_somebody_at_the_door_is_seen_from_the_day(db, cast, desk):
    db.add(Visit(seat_id=cast.sofies_seat, session_id=desk.session, knocked_at=NOON))
    await db.flush()
    (row,) = (await read(db, desk)).today
    assert row.waiting == 1


async def test_a_meeting_that_was_held_waits_for_its_note(db, cast, desk):
    db.add(
        Visit(seat_id=cast.sofies_seat, session_id=desk.session, knocked_at=NOON, admitted_at=NOON)
    )
    await db.flush()
    found = await read(db, desk, NOON + timedelta(hours=5))
    assert [(note.meeting, note.leaves) for note in found.notes] == [(cast.meeting, None)]


async def test_a_meeting_nobody_came_to_waits_for_no_note(db, cast, desk):
    assert (await read(db, desk, NOON + timedelta(hours=5))).notes == ()


async def test_a_meeting_nobody_came_to_is_not_gone_from_the_day(db, cast, desk):
    """R8, S22: they may have talked on the phone. Not before it is over, and for some days."""
    assert (await read(db, desk, NOON + timedelta(hours=3))).not_held == ()
    (found,) = (await read(db, desk, NOON + timedelta(hours=5))).not_held
    assert (found.meeting, found.name) == (cast.meeting, "Sofie")
    assert (await read(db, desk, NOON + timedelta(days=4))).not_held == ()
    visit = {"session_id": desk.session, "knocked_at": NOON, "admitted_at": NOON}
    db.add(Visit(seat_id=cast.sofies_seat, **visit))
    await db.flush()
    assert (await read(db, desk, NOON + timedelta(hours=5))).not_held == ()


async def test_jens_day_holds_nothing_of_mettes(db, cast):
    jens = Caseworker(AccountId(cast.jens), SessionId(9), "Jens")
    found = await read(db, jens)
    assert [row.name for row in found.today + found.later] == ["Mikkel"]


async def test_what_sofie_waits_for_stands_on_the_day_until_she_takes_it_back(db, cast, desk):
    """P3: "Mette ved det og ringer til dig" must be true before the call."""
    await answers(db, cast.sofies_seat, desk, another_way="write", bisidder="find_one")
    (row,) = (await read(db, desk)).today
    assert row.asked_for == (("another_way", "write"),)
    await answers(db, cast.sofies_seat, desk, NOON + timedelta(minutes=1), way="video", heard="no")
    (row,) = (await read(db, desk)).today
    assert row.asked_for == ()


async def test_a_bisidder_asked_for_stands_there_until_somebody_is_invited(db, cast, desk):
    """S19: the right to a bisidder leads to somebody who finds one."""
    (await db.get_one(Seat, cast.ayas_seat)).removed_at = NOON
    await answers(db, cast.sofies_seat, desk, bisidder="find_one")
    (row,) = (await read(db, desk)).today
    assert row.asked_for == (("bisidder", "find_one"),)


async def test_what_the_home_answers_stands_on_the_day(db, cast, desk):
    """P12: "Mette ringer til jer" must come true: not being able to keep an agreement is seen
    before the meeting, by whose meeting it is."""
    holms = FosterHome(PlacementId(cast.holms))
    for kind, words in ((Answer.CANNOT, "Karl er til tandlæge."), (Answer.READ, "")):
        await handing_over.answer(db, holms, kind, words, now=NOON)
    await db.flush()
    (answer,) = (await read(db, desk)).homes
    assert (answer.home, answer.kind, answer.meeting) == (
        "Lene og Karl", Answer.CANNOT, cast.meeting,
    )  # fmt: skip
    assert (await read(db, desk, NOON + timedelta(days=15))).homes == ()
    jens = Caseworker(AccountId(cast.jens), SessionId(9), "Jens")
    assert (await read(db, jens)).homes == ()
