"""Who comes, and the link each of them is given."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain import links
from server.domain.circle import Invited, Verdict, verdict
from server.domain.deciding import decide
from server.domain.errors import NotFound, Refused
from server.domain.links import LinkKind
from server.domain.roles import AccountId, Caseworker, MeetingId, SeatId, SessionId
from server.services import arriving, deciding, inviting, opening, room, sessions
from server.services.scheduling import Companion
from server.services.sessions import Kind
from server.store import seats
from server.store.tables import Reply, Seat
from tests.conftest import NOON
from tests.factories import store_admission

KEY = bytes(range(32))
TEACHER = Companion("Ida", "Er din lærer")


@pytest.fixture
def mette_lund(cast):
    return Caseworker(AccountId(cast.mette), SessionId(1), "Mette")


@pytest.fixture
def jens_toft(cast):
    return Caseworker(AccountId(cast.jens), SessionId(2), "Jens")


@pytest.fixture
async def db(database, cast):
    async with database.begin() as session:
        yield session


def token(path: str) -> str:
    return path.partition("#")[2]


async def test_the_link_that_is_shown_opens_that_seat(db, cast, mette_lund):
    path = await inviting.link(
        db, KEY, mette_lund, MeetingId(cast.meeting), SeatId(cast.sofies_seat), now=NOON
    )
    opened = await opening.swap(db, KEY, token(path), now=NOON)
    live = await sessions.find(db, Kind.GUEST, opened.cookie, now=NOON)
    assert live is not None
    assert live.owner == cast.sofies_seat


async def test_a_renewed_link_kills_the_old_one_and_its_sessions(db, cast, mette_lund):
    """L8: renewing shuts at once, also who is inside already."""
    meeting, seat = MeetingId(cast.meeting), SeatId(cast.sofies_seat)
    old = token(await inviting.link(db, KEY, mette_lund, meeting, seat, now=NOON))
    opened = await opening.swap(db, KEY, old, now=NOON)
    await inviting.renew(db, mette_lund, meeting, seat, now=NOON)
    await db.flush()
    assert await sessions.find(db, Kind.GUEST, opened.cookie, now=NOON) is None
    with pytest.raises(NotFound):
        await opening.swap(db, KEY, old, now=NOON)
    new = token(await inviting.link(db, KEY, mette_lund, meeting, seat, now=NOON))
    assert await opening.swap(db, KEY, new, now=NOON)


async def test_somebody_taken_off_the_list_cannot_knock_and_is_told_what_a_no_tells(
    db, cast, mette_lund
):
    """P2: the same words as when the young person said no; nobody learns whose wish it was."""
    meeting, seat = MeetingId(cast.meeting), SeatId(cast.ayas_seat)
    link = token(await inviting.link(db, KEY, mette_lund, meeting, seat, now=NOON))
    opened = await opening.swap(db, KEY, link, now=NOON)
    await inviting.uninvite(db, mette_lund, meeting, seat, now=NOON)
    await db.flush()
    db.expire_all()
    start = NOON + timedelta(hours=1)
    live = await sessions.find(db, Kind.GUEST, opened.cookie, now=NOON)
    assert live is not None
    guest = await arriving.who(db, live)
    assert (await arriving.stand(db, guest, now=start)).smaller_circle
    with pytest.raises(Refused) as refused:
        await arriving.knock(db, guest, now=start)
    assert refused.value.error == "smaller-circle"
    with pytest.raises(NotFound):
        await inviting.link(db, KEY, mette_lund, meeting, seat, now=NOON)


async def test_somebody_added_has_not_been_asked_about(db, cast, mette_lund):
    """P2: a person added after the answers is not on the young person's list."""
    meeting = MeetingId(cast.meeting)
    added = await inviting.invite(db, mette_lund, meeting, TEACHER, now=NOON)
    row = await db.get_one(Seat, added)
    young = room.of(await seats.meeting(db, meeting), NOON).young
    assert verdict(Invited(row.id, row.added_at), young.replies) == Verdict.NOT_ASKED


async def test_inviting_twice_is_one_person(db, cast, mette_lund):
    meeting = MeetingId(cast.meeting)
    first = await inviting.invite(db, mette_lund, meeting, TEACHER, now=NOON)
    db.expire_all()
    assert await inviting.invite(db, mette_lund, meeting, TEACHER, now=NOON) == first


async def test_a_meeting_has_no_more_people_than_slots(db, cast, mette_lund):
    meeting = MeetingId(cast.meeting)
    for number in range(inviting.MOST - 3):
        await inviting.invite(db, mette_lund, meeting, Companion(f"Nr {number}", "x"), now=NOON)
        db.expire_all()
    with pytest.raises(Refused) as refused:
        await inviting.invite(db, mette_lund, meeting, TEACHER, now=NOON)
    assert refused.value.error == "meeting-full"


async def test_the_meeting_is_not_held_without_the_young_person(db, cast, mette_lund):
    with pytest.raises(Refused) as refused:
        await inviting.uninvite(
            db, mette_lund, MeetingId(cast.meeting), SeatId(cast.sofies_seat), now=NOON
        )
    assert refused.value.error == "not-without-young-person"


async def test_the_caseworker_has_no_link(db, cast, mette_lund):
    with pytest.raises(NotFound):
        await inviting.link(
            db, KEY, mette_lund, MeetingId(cast.meeting), SeatId(cast.mettes_seat), now=NOON
        )


async def test_nobody_is_added_to_a_meeting_that_is_over_but_links_can_still_be_shut(
    db, cast, mette_lund
):
    meeting, later = MeetingId(cast.meeting), NOON + timedelta(hours=9)
    with pytest.raises(Refused) as refused:
        await inviting.invite(db, mette_lund, meeting, TEACHER, now=later)
    assert refused.value.error == "meeting-over"
    await inviting.renew(db, mette_lund, meeting, SeatId(cast.sofies_seat), now=later)
    await inviting.uninvite(db, mette_lund, meeting, SeatId(cast.ayas_seat), now=later)


async def test_jens_reaches_none_of_sofies_links(db, cast, jens_toft):
    """L11: also not with a seat of hers under a meeting of his own."""
    for meeting in (cast.meeting, cast.other_meeting):
        for seat in (cast.sofies_seat, cast.ayas_seat):
            where = (MeetingId(meeting), SeatId(seat))
            for deed in (
                inviting.link(db, KEY, jens_toft, *where, now=NOON),
                inviting.renew(db, jens_toft, *where, now=NOON),
                inviting.uninvite(db, jens_toft, *where, now=NOON),
            ):
                with pytest.raises(NotFound):
                    await deed
    with pytest.raises(NotFound):
        await inviting.invite(db, jens_toft, MeetingId(cast.meeting), TEACHER, now=NOON)


HANDLES = st.text("0123456789abcdef", min_size=10, max_size=10)


@given(
    st.lists(st.tuples(HANDLES, st.integers(0, 50), st.sampled_from(LinkKind)), unique=True),
    st.binary(min_size=32, max_size=32),
)
def test_links_differ_by_person_meeting_and_generation(owners, key):
    """L1, L3: one seat's link is never another's, nor its own of another generation."""
    made = [links.token(key, kind, handle, turn) for handle, turn, kind in owners]
    assert len(set(made)) == len(owners)
    for (handle, turn, kind), text in zip(owners, made, strict=True):
        assert links.opens(key, kind, handle, turn, text)
        assert not links.opens(key, kind, handle, turn + 1, text)
        assert not links.opens(bytes(32) if key != bytes(32) else KEY, kind, handle, turn, text)


@pytest.mark.parametrize("let_in", [False, True])
async def test_whom_the_young_person_said_yes_to_is_set_aside_by_a_decision_only(
    db, cast, mette_lund, let_in
):
    """§ 6 stk. 2-3, C4: never in silence; also where the yes came from a device not let in yet."""
    meeting, seat = MeetingId(cast.meeting), SeatId(cast.ayas_seat)
    key = links.token(KEY, LinkKind.SEAT, (await db.get_one(Seat, cast.sofies_seat)).handle, 0)
    phone = await opening.swap(db, KEY, key, now=NOON)
    db.add(
        Reply(
            seat_id=cast.sofies_seat, session_id=phone.id, question="company",
            answer="throughout", at=NOON,
        )
    )  # fmt: skip
    if let_in:
        await store_admission(db, cast.sofies_seat, NOON)
    await db.flush()
    db.expire_all()
    with pytest.raises(Refused) as refused:
        await inviting.uninvite(db, mette_lund, meeting, seat, now=NOON)
    assert refused.value.error == "decision-first"
    aside = decide("bisidder", "Aya", "Aya er vidne.", "Aya kan ikke være med.", "spoken")
    await deciding.record(db, mette_lund, meeting, seat, aside, now=NOON)
    await inviting.uninvite(db, mette_lund, meeting, seat, now=NOON)
    assert (await db.get_one(Seat, cast.ayas_seat)).removed_at == NOON
