"""A guest's link: the swap, who it lets look, and how everything that is no link looks alike."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from server import keys
from server.domain import links
from server.domain.links import LinkKind
from server.http import guards
from server.services import releasing, sessions
from server.store.jobs import Job
from server.store.tables import Meeting, Placement, Seat, Session, Visit
from tests.asked import asked
from tests.conftest import NOON
from tests.factories import store_admission


@pytest.fixture
def token(app, database, cast):
    """Make the token of a seat's link as it is now, or as it was."""

    async def make(seat: int, generation: int | None = None) -> str:
        async with database.read() as db:
            row = await db.get_one(Seat, seat)
        at = row.generation if generation is None else generation
        return links.token(app[keys.LINK_KEY], LinkKind.SEAT, row.handle, at)

    return make


async def swap(browser, token: str):
    return await browser.post(
        "/arriving/swap", data={"token": token}, headers={"Accept": "application/json"}
    )


def without_date(answer) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name != "Date"}


async def test_a_link_becomes_a_session_in_a_guarded_cookie(stranger, token, cast):
    """L2, V3.3: the token goes by POST; the cookie is out of reach of scripts and other sites."""
    answer = await swap(stranger, await token(cast.sofies_seat))
    assert await answer.json() == {"to": "/arriving"}
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert (await stranger.get("/arriving")).status == 200


async def test_the_page_behind_every_link_is_the_same_and_knows_nothing(stranger, cast):
    """L12, P6: what a messenger previews is one page for everybody."""
    for method in (stranger.get, stranger.head):
        answer = await method("/m")
        assert answer.status == 200
        assert "Set-Cookie" not in answer.headers
    page = await (await stranger.get("/m")).text()
    assert [name for name in ("Sofie", "Aya", "Mette", "Lene") if name in page] == []


async def test_everything_that_is_no_living_link_answers_alike(
    browser, app, database, token, cast, clock
):
    """L11: unknown, malformed, renewed, expired, foreign and of another kind, byte for byte."""
    sofies = await token(cast.sofies_seat)
    async with database.begin() as db:
        home = await db.get_one(Placement, cast.holms)
        (await db.get_one(Seat, cast.ayas_seat)).generation += 1
        other = await db.get_one(Meeting, cast.other_meeting)
        other.starts_at = clock.now() - timedelta(days=92)
    key = app[keys.LINK_KEY]
    tokens = [
        "", "x", "." * 300, "ægte.æble", "0123456789." + "A" * 22,
        links.token(b"another key of thirty-two bytes!", LinkKind.SEAT, sofies[:10], 0),
        links.token(key, LinkKind.HOME, home.handle, 0),
        links.token(key, LinkKind.SEAT, home.handle, 0),
        sofies[:-1], sofies + "A", await token(cast.ayas_seat, generation=0),
        await token(cast.mikkels_seat),
    ]  # fmt: skip
    async with database.read() as db:
        mettes = await db.get_one(Seat, cast.mettes_seat)
        tokens.append(links.token(key, LinkKind.SEAT, mettes.handle, 0))
    seen = set()
    for odd in tokens:
        answer = await swap(browser(), odd)
        headers = tuple(sorted(without_date(answer).items()))
        seen.add((answer.status, headers, await answer.text()))
    assert len(seen) == 1
    ((status, _, body),) = seen
    assert status == 404
    assert '"link-unknown"' in body


async def test_an_unknown_link_costs_the_same_questions_as_a_renewed_one(
    browser, database, token, cast
):
    """L11: the same work, counted in what the database is asked."""
    counts = []
    for odd in ("0123456789." + "A" * 22, await token(cast.sofies_seat, generation=7)):
        with asked(database) as questions:
            await swap(browser(), odd)
        counts.append(len(questions))
    assert counts[0] == counts[1]


async def test_fifty_at_once_are_fifty_who_may_look_and_nobody_who_is_in(
    browser, database, token, cast
):
    """L4, V2.3.4: opening uses nothing up, and lets nobody in."""
    sofies = await token(cast.sofies_seat)
    answers = await asyncio.gather(*(swap(browser(), sofies) for _ in range(50)))
    assert {answer.status for answer in answers} == {200}
    async with database.read() as db:
        count = select(func.count()).select_from(Session).where(Session.seat_id == cast.sofies_seat)
        assert (await db.execute(count)).scalar_one() == 50


async def test_opening_ones_own_link_again_goes_on_where_one_was(
    sofie, database, token, cast, clock
):
    """L10: the same session under a new cookie; whoever knew the old one is out."""
    async with database.begin() as db:
        await store_admission(db, cast.sofies_seat, clock.now())
    assert "Sofie" in await (await sofie.get("/arriving")).text()
    before = sofie.session.cookie_jar.filter_cookies(sofie.make_url("/"))["guest"].value
    await swap(sofie, await token(cast.sofies_seat))
    assert "Sofie" in await (await sofie.get("/arriving")).text()
    sofie.session.cookie_jar.update_cookies({"guest": before}, sofie.make_url("/"))
    assert (await sofie.get("/arriving")).status == 404


async def test_somebody_elses_link_in_the_same_browser_is_a_session_of_its_own(
    sofie, database, token, cast, clock
):
    """L10: Aya, on Sofie's computer, is not Sofie and not admitted."""
    async with database.begin() as db:
        await store_admission(db, cast.sofies_seat, clock.now())
    await swap(sofie, await token(cast.ayas_seat))
    page = await (await sofie.get("/arriving")).text()
    assert [name for name in ("Sofie", "Aya", "Lene") if name in page] == []


async def test_a_cookie_nobody_was_given_is_nobodys(stranger, token, cast):
    """L10: a planted cookie does not become a session by swapping a link."""
    stranger.session.cookie_jar.update_cookies({"guest": "planted"}, stranger.make_url("/"))
    answer = await swap(stranger, await token(cast.sofies_seat))
    assert answer.cookies["guest"].value != "planted"


async def test_a_caseworker_at_work_is_refused_at_a_guests_link(mette, token, cast, database):
    """Design 2: nobody ends up in a meeting as the young person by opening the wrong tab."""
    answer = await swap(mette, await token(cast.sofies_seat))
    assert (answer.status, (await answer.json())["error"]) == (403, "staff-here")
    assert "Set-Cookie" not in answer.headers
    async with database.read() as db:
        assert not (await db.scalars(select(Session).where(Session.seat_id.is_not(None)))).all()


async def test_a_renewed_link_ends_its_sessions_at_once(sofie, aya, database, cast, token):
    """L1, V7.4: the old link and every browser that came by it are dead; the others are not."""
    old = await token(cast.sofies_seat)
    async with database.begin() as db:
        (await db.get_one(Seat, cast.sofies_seat)).generation += 1
    assert (await sofie.get("/arriving")).status == 404
    assert (await swap(sofie, old)).status == 404
    assert (await aya.get("/arriving")).status == 200


async def test_a_session_ends_after_silence_and_after_half_a_day_at_most(sofie, clock):
    """V7.3: a click keeps it, and none keeps it for ever."""
    for _ in range(12 * 6):
        clock.move(minutes=10)
        status = (await sofie.get("/arriving/gone")).status
        assert status == 200
    clock.move(seconds=1)
    assert (await sofie.get("/arriving")).status == 404


async def test_what_was_clicked_last_is_known_after_a_restart(sofie, app, clock):
    """P10: a form sent is a click the database knows of, whatever becomes of this process."""
    clock.move(minutes=14)
    await sofie.post("/arriving/answers", data={"question": "heard", "answer": "no"})
    clock.move(minutes=14)
    app[guards.SEEN].clear()
    assert (await sofie.get("/arriving")).status == 200


async def test_clicks_too_old_to_keep_a_session_are_forgotten(sofie, as_kind, app, cast, clock):
    """L14: however many browsers have been here, memory holds those of the last hour."""
    await sofie.get("/arriving")
    clock.move(minutes=59)
    later = await as_kind(seat=cast.sofies_seat)
    await later.get("/arriving")
    assert len(app[guards.SEEN]) == 2
    clock.move(minutes=2)
    await later.get("/arriving")
    assert len(app[guards.SEEN]) == 1


@pytest.mark.parametrize("noted", [True, False])
async def test_a_copy_of_the_link_opens_as_long_whether_or_not_there_is_a_note(
    browser, database, token, cast, clock, noted
):
    """Design 2, P4: unadmitted, it leads to where a code is typed for ninety days, then nowhere."""
    if noted:
        async with database.begin() as db:
            row = await db.get_one(Meeting, cast.meeting)
            row.note_ready_at = clock.now()
            await db.flush()
            hour = clock.now() + timedelta(days=80)
            db.add(Job(kind=releasing.KIND, subject=row.id, due_at=hour, done_at=hour))
    sofies, ayas = await token(cast.sofies_seat), await token(cast.ayas_seat)
    clock.move(days=90, minutes=90)
    copy = browser()
    assert (await swap(copy, sofies)).status == 200
    page = await (await copy.get("/arriving")).text()
    assert "Har du fået en kode?" in page
    assert (await swap(browser(), ayas)).status == 404
    clock.move(seconds=1)
    assert (await swap(browser(), sofies)).status == 404


async def test_the_admitted_device_reads_until_thirty_days_after_the_note_left(
    browser, app, database, token, cast, clock, as_kind
):
    """Design 2: the right to read ends; the link is then as unknown as any other."""
    await as_kind(seat=cast.sofies_seat)
    async with database.begin() as db:
        session = await store_admission(db, cast.sofies_seat, clock.now())
        visit = (await db.scalars(select(Visit).where(Visit.session_id == session))).one()
        visit.device = sessions.digest("her own phone")
        row = await db.get_one(Meeting, cast.meeting)
        row.note_ready_at = clock.now() + timedelta(days=100)
        await db.flush()
        hour = clock.now() + timedelta(days=103)
        db.add(Job(kind=releasing.KIND, subject=row.id, due_at=hour, done_at=hour))
    sofies = await token(cast.sofies_seat)
    for moment, status in ((133, 200), (134, 404)):
        clock.moment = NOON + timedelta(days=moment)
        again = browser()
        cookies = {"device": "her own phone"}
        again.session.cookie_jar.update_cookies(cookies, again.make_url("/"))
        assert (await swap(again, sofies)).status == status
        assert (await swap(browser(), sofies)).status == 404


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "", "Origin": "null"},
        {"Sec-Fetch-Site": "", "Origin": "http://["},
        {"Sec-Fetch-Site": ""},
    ],
)
async def test_another_sites_form_does_nothing(sofie, headers):
    """V3.5.1: forged, null, broken or missing, the same 403."""
    form = {"question": "heard", "answer": "find_other"}
    answer = await sofie.post("/arriving/answers", data=form, headers=headers)
    assert answer.status == 403
    ready = await (await sofie.get("/arriving/ready")).text()
    assert "heard" not in ready
