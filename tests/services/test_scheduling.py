"""Planning, moving, calling off, and what the home's page shows of it."""

from datetime import timedelta

import pytest

from server.domain.errors import Invalid, NotFound, Refused, Stale
from server.domain.roles import AccountId, Caseworker, MeetingId, Role, SessionId
from server.services import scheduling
from server.services.scheduling import Companion, Plan
from server.store import handovers, meetings, seats
from server.store.tables import Meeting, Trail
from tests.conftest import NOON
from tests.factories import Cast

TOMORROW = NOON + timedelta(days=1)


def plan_for(starts=TOMORROW, title="Skolen", minutes=30):
    return Plan(title, "Vil høre, hvordan det går", starts, minutes)


def caseworker(account: int) -> Caseworker:
    return Caseworker(AccountId(account), SessionId(1), "Mette")


@pytest.fixture
def mette_lund(cast: Cast) -> Caseworker:
    return caseworker(cast.mette)


@pytest.fixture
async def db(database, cast):
    async with database.begin() as session:
        yield session


async def times_at(db, placement):
    return [t for t, _ in await handovers.told_times(db, placement, NOON - timedelta(days=9))]


async def planned(db, who, cast, companion=None, *, tell_home=True, **kind) -> MeetingId:
    return await scheduling.plan(
        db, who, cast.sofie, plan_for(**kind), companion, tell_home=tell_home, now=NOON
    )


async def test_a_planned_meeting_has_a_seat_for_each_person(db, cast, mette_lund):
    meeting = await planned(db, mette_lund, cast, Companion("Aya", "Er på dit hold"))
    row = await seats.meeting(db, meeting)
    assert [(s.role, s.name, s.why) for s in row.seats] == [
        (Role.CASEWORKER, "Mette", "Vil høre, hvordan det går"),
        (Role.YOUNG_PERSON, "Sofie", ""),
        (Role.BISIDDER, "Aya", "Er på dit hold"),
    ]
    assert len({s.handle for s in row.seats}) == 3


async def test_the_home_is_told_the_time_and_nothing_else(db, cast, mette_lund):
    meeting = await planned(db, mette_lund, cast)
    assert TOMORROW in await times_at(db, cast.holms)
    assert await scheduling.told_time(db, meeting) == (TOMORROW, 30)


async def test_a_home_that_is_not_told_has_the_page_it_had(db, cast, mette_lund):
    """P4: a meeting the home is not told of leaves no trace on its side."""
    before = await times_at(db, cast.holms)
    meeting = await planned(db, mette_lund, cast, tell_home=False)
    assert await times_at(db, cast.holms) == before
    assert await scheduling.told_time(db, meeting) is None


async def test_planning_twice_is_one_meeting(db, cast, mette_lund):
    assert await planned(db, mette_lund, cast) == await planned(db, mette_lund, cast)


async def test_nobody_plans_for_another_caseworkers_young_person(db, cast):
    """L11: somebody else's looks like none."""
    with pytest.raises(NotFound):
        await planned(db, caseworker(cast.jens), cast)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"starts": NOON - timedelta(minutes=1)}, "starts"),
        ({"starts": NOON + timedelta(days=400)}, "starts"),
        ({"minutes": 4}, "minutes"),
        ({"minutes": 181}, "minutes"),
        ({"title": "x" * 81}, "title"),
    ],
)
async def test_a_plan_that_cannot_be_held_is_refused_by_field(db, cast, mette_lund, wrong, field):
    with pytest.raises(Invalid) as refused:
        await planned(db, mette_lund, cast, **wrong)
    assert list(refused.value.fields) == [field]


async def moved(db, who, meeting, starts, *, tell_home, seen=TOMORROW, now=NOON):
    await scheduling.move(
        db, who, meeting, plan_for(starts), seen=scheduling.mark(seen), tell_home=tell_home, now=now
    )


async def test_moving_leaves_the_homes_page_until_the_caseworker_says_so(db, cast, mette_lund):
    """Design 3: times change only when the caseworker confirms."""
    meeting = await planned(db, mette_lund, cast)
    later = TOMORROW + timedelta(hours=2)
    await moved(db, mette_lund, meeting, later, tell_home=False)
    assert TOMORROW in await times_at(db, cast.holms)
    assert later not in await times_at(db, cast.holms)
    await scheduling.tell_home(db, mette_lund, meeting, told=True, now=NOON)
    assert later in await times_at(db, cast.holms)
    assert TOMORROW not in await times_at(db, cast.holms)


async def test_moving_and_telling_replaces_the_old_time(db, cast, mette_lund):
    meeting = await planned(db, mette_lund, cast)
    later = TOMORROW + timedelta(hours=2)
    await moved(db, mette_lund, meeting, later, tell_home=True)
    assert await scheduling.told_time(db, meeting) == (later, 30)
    assert TOMORROW not in await times_at(db, cast.holms)


async def test_two_tabs_that_move_the_same_meeting_do_not_overwrite_each_other(
    db, cast, mette_lund
):
    meeting = await planned(db, mette_lund, cast)
    await moved(db, mette_lund, meeting, TOMORROW + timedelta(hours=1), tell_home=False)
    with pytest.raises(Stale):
        await moved(db, mette_lund, meeting, TOMORROW + timedelta(hours=3), tell_home=False)
    assert (await db.get_one(Meeting, meeting)).starts_at == TOMORROW + timedelta(hours=1)


async def test_a_meeting_under_way_may_get_another_title_but_not_a_time_gone_by(
    db, cast, mette_lund
):
    meeting = await planned(db, mette_lund, cast)
    during = TOMORROW + timedelta(minutes=5)
    await moved(db, mette_lund, meeting, TOMORROW, tell_home=False, now=during)
    earlier = TOMORROW - timedelta(minutes=5)
    with pytest.raises(Invalid):
        await moved(db, mette_lund, meeting, earlier, tell_home=False, now=during)


async def test_calling_off_quietly_leaves_the_homes_page_as_it_was(db, cast, mette_lund):
    """P4: held or not, the page shows the times the home was told beforehand."""
    meeting = await planned(db, mette_lund, cast)
    before = await times_at(db, cast.holms)
    await scheduling.call_off(db, mette_lund, meeting, tell_home=False, now=NOON)
    assert await times_at(db, cast.holms) == before


async def test_calling_off_twice_is_calling_off_and_can_tell_the_home_the_second_time(
    db, cast, mette_lund
):
    meeting = await planned(db, mette_lund, cast)
    await scheduling.call_off(db, mette_lund, meeting, tell_home=False, now=NOON)
    again = NOON + timedelta(minutes=1)
    await scheduling.call_off(db, mette_lund, meeting, tell_home=True, now=again)
    assert (await db.get_one(Meeting, meeting)).called_off_at == NOON
    assert TOMORROW not in await times_at(db, cast.holms)


async def test_a_meeting_called_off_is_not_moved_and_is_never_told_as_held(db, cast, mette_lund):
    meeting = await planned(db, mette_lund, cast, tell_home=False)
    await scheduling.call_off(db, mette_lund, meeting, tell_home=False, now=NOON)
    with pytest.raises(Refused) as refused:
        await moved(db, mette_lund, meeting, TOMORROW + timedelta(hours=1), tell_home=True)
    assert refused.value.error == "meeting-called-off"
    await scheduling.tell_home(db, mette_lund, meeting, told=True, now=NOON)
    assert await scheduling.told_time(db, meeting) is None


@pytest.mark.parametrize("told", [True, False])
async def test_jens_changes_nothing_of_mettes(db, cast, told):
    """L11: the same answer as for a meeting that does not exist."""
    jens, meeting = caseworker(cast.jens), MeetingId(cast.meeting)
    later = NOON + timedelta(days=2)
    for deed in (
        lambda m: moved(db, jens, m, later, tell_home=told, seen=NOON + timedelta(hours=1)),
        lambda m: scheduling.call_off(db, jens, m, tell_home=told, now=NOON),
        lambda m: scheduling.tell_home(db, jens, m, told=told, now=NOON),
    ):
        for which in (meeting, MeetingId(999_999)):
            with pytest.raises(NotFound) as refused:
                await deed(which)
            assert refused.value.error == "not-found"
    assert await meetings.told(db, cast.meeting) is not None


async def test_every_deed_is_in_the_trail_and_no_words_are(db, cast, mette_lund):
    from sqlalchemy import select

    meeting = await planned(db, mette_lund, cast)
    await moved(db, mette_lund, meeting, TOMORROW + timedelta(hours=1), tell_home=True)
    await scheduling.call_off(db, mette_lund, meeting, tell_home=True, now=NOON)
    rows = (await db.scalars(select(Trail).order_by(Trail.id))).all()
    assert [row.deed for row in rows] == ["plan", "move", "call-off"]
    assert {row.who for row in rows} == {f"account:{cast.mette}"}
    assert {row.subject for row in rows} == {f"meeting:{meeting}"}
