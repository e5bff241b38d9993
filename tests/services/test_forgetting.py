"""What was answered is working data: each thing goes after its time, and no file keeps it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from server.domain import forgetting as rules
from server.domain import questions, ways
from server.domain.ages import Band
from server.domain.roles import Role
from server.http import background
from server.services import forgetting, note_facts, tasks
from server.store.tables import Meeting, Reply, Seat
from tests.factories import store_admission

WORD = "hemmeligstopsætning"
TEXTS = {"stop": WORD}


@pytest.fixture
async def answered(database, cast, clock, as_kind):
    """Everything Sofie and Mette can answer, and the meeting held and finished an hour later."""
    await as_kind(seat=cast.sofies_seat)
    async with database.begin() as db:
        session = await store_admission(db, cast.sofies_seat, clock.now(), device=None)
        for seat, role in ((cast.sofies_seat, Role.YOUNG_PERSON), (cast.mettes_seat, None)):
            band = Band.EIGHTEEN if role else Band.ADULT
            known = questions.answerable(role or Role.CASEWORKER, band)
            for asked in known.values():
                answer = asked.answers[0] if asked.id != "stop" else "own"
                db.add(
                    Reply(
                        seat_id=seat, session_id=session, question=asked.id, answer=answer,
                        text=TEXTS.get(asked.id, ""), at=clock.now(),
                    )
                )  # fmt: skip
    clock.move(hours=1, minutes=20)
    return clock.now()


async def finish(database, cast, now):
    async with database.begin() as db:
        (await db.get_one(Meeting, cast.meeting)).finished_at = now


async def kept(database, seat: int) -> set[str]:
    async with database.read() as db:
        return set(await db.scalars(select(Reply.question).where(Reply.seat_id == seat)))


def test_everything_a_guest_can_answer_has_its_time():
    """D13: nothing without a class. What nobody gave a time would stay for ever."""
    for role, band in ((Role.YOUNG_PERSON, Band.SIX), (Role.YOUNG_PERSON, Band.EIGHTEEN)):
        assert set(questions.answerable(role, band)) <= set(rules.KEPT) | rules.RECORDED
    assert set(questions.answerable(Role.BISIDDER, Band.ADULT)) <= set(rules.KEPT)
    assert {"added", "just_us", "call_me", "afterwards_shared"} <= set(rules.KEPT)


def test_what_is_still_owed_is_not_forgotten_before_it_leaves_the_list():
    """S14, S21, P10: a task is worked out from what was said; with the answer it would vanish
    from both ends without anybody having done it."""
    made = {question for question, _ in ways.FROM_ANSWER} | {"another_way", "topics"}
    for question in made | {"afterwards_shared"}:
        assert rules.KEPT[question] >= tasks.BACK, question


@pytest.mark.parametrize("question", sorted(rules.KEPT))
async def test_each_answer_stays_its_time_and_not_longer(
    answered, app, database, cast, clock, question
):
    """C16: nothing goes before the meeting is over, and nothing stays beyond its purpose."""
    if question not in questions.answerable(Role.YOUNG_PERSON, Band.EIGHTEEN):
        return
    await background.forget_due(app)
    assert question in await kept(database, cast.sofies_seat)
    await finish(database, cast, clock.now())
    ended = clock.now()
    if rules.KEPT[question]:
        clock.moment = ended + rules.KEPT[question] - timedelta(seconds=1)
        await background.forget_due(app)
        await background.forget_due(app)
        assert question in await kept(database, cast.sofies_seat)
    clock.moment = ended + max(rules.KEPT[question], timedelta(minutes=6))
    await background.forget_due(app)
    assert question not in await kept(database, cast.sofies_seat)


async def test_the_word_that_means_stop_is_nowhere_in_the_file_afterwards(
    answered, app, database, cast, clock, settings
):
    """U10: "Det bliver slettet efter mødet" is true of the bytes, too, within seconds and with the
    server running; also of the log beside the database, and where somebody was reading just then.
    """

    def files_with_it() -> list[str]:
        files = settings.data_dir.glob("enerum.db*")
        return [file.name for file in files if WORD.encode() in file.read_bytes()]

    await background.forget_due(app)
    await finish(database, cast, clock.now())
    clock.move(minutes=6)
    async with database.read() as reading:
        await reading.execute(select(Reply.id).limit(1))
        await background.forget_due(app)
        assert files_with_it()
        await database.leave_no_trace()
    await database.leave_no_trace()
    assert files_with_it() == []


async def test_what_the_caseworker_answered_stays_with_the_meeting(
    answered, app, database, cast, clock
):
    """A reason given for going on is part of the record."""
    before = await kept(database, cast.mettes_seat)
    await finish(database, cast, clock.now())
    clock.move(days=100)
    await background.forget_due(app)
    assert await kept(database, cast.mettes_seat) == before
    assert await kept(database, cast.sofies_seat) == rules.RECORDED


async def test_the_note_says_the_same_when_the_answers_are_gone(
    answered, app, database, cast, clock
):
    """S22, S23, C16: that Sofie read that it is written down, and what she wanted to talk about,
    belong to the record; what she did not want to talk about went with the answer."""
    async with database.begin() as db:
        said = (await db.scalars(select(Reply).where(Reply.question == "topics"))).one()
        said.answer = "school=yes family=not_today"
    await finish(database, cast, clock.now())
    async with database.read() as db:
        before = await note_facts.of(db, cast.meeting, clock.now())
    assert (before.topics, before.told_how) == (("school",), "read")
    clock.move(days=100)
    for _ in range(3):
        await background.forget_due(app)
    async with database.read() as db:
        after = await note_facts.of(db, cast.meeting, clock.now())
        meeting = await db.get_one(Meeting, cast.meeting)
    assert (after.topics, after.told_how) == (before.topics, before.told_how)
    assert meeting.topics == "school"
    assert await kept(database, cast.sofies_seat) == rules.RECORDED


async def test_nobody_elses_answers_go_with_them(answered, app, database, cast, clock, as_kind):
    await finish(database, cast, clock.now())
    await as_kind(seat=cast.mikkels_seat)
    async with database.begin() as db:
        (await db.get_one(Meeting, cast.other_meeting)).starts_at = clock.now()
        await store_admission(db, cast.mikkels_seat, clock.now())
    clock.move(minutes=6)
    await background.forget_due(app)
    assert await kept(database, cast.mikkels_seat) == {"device"}


async def test_a_meeting_moved_to_a_later_hour_keeps_what_was_said(
    answered, app, database, cast, clock
):
    async with database.begin() as db:
        (await db.get_one(Meeting, cast.meeting)).starts_at = clock.now() + timedelta(days=9)
    clock.move(days=8)
    await background.forget_due(app)
    assert "stop" in await kept(database, cast.sofies_seat)


async def test_two_servers_forget_once_and_a_dead_one_leaves_it_to_the_next(
    answered, database, cast, clock
):
    """P10: a leased job."""
    await finish(database, cast, clock.now())
    async with database.begin() as db:
        dead = await forgetting.take(db, now=clock.now())
    async with database.begin() as db:
        assert await forgetting.take(db, now=clock.now()) == []
    clock.move(minutes=3)
    async with database.begin() as db:
        alive = await forgetting.take(db, now=clock.now())
    for lease, done in ((dead[0], None), (alive[0], cast.meeting)):
        async with database.begin() as db:
            assert await forgetting.forget(db, lease, now=clock.now()) == done


async def test_the_seat_itself_stays(answered, app, database, cast, clock):
    await finish(database, cast, clock.now())
    clock.move(days=100)
    await background.forget_due(app)
    async with database.read() as db:
        assert (await db.get_one(Seat, cast.sofies_seat)).name == "Sofie"
