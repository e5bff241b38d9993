"""Who goes faster than any hand is told so, in words, and loses nothing that was typed (L14)."""

import re

import pytest
from sqlalchemy import func, select

from server import keys
from server.domain import links
from server.http import guards
from server.http.pacing import PACES
from server.services import sessions
from server.services.pacing import MINUTE, Allowance, Deed, Paces
from server.services.young_people import home_path
from server.store.note_tables import HomeAnswer
from server.store.tables import Placement, Reply, Seat, Session
from tests.factories import store_admission
from tests.notes import ON, begin

TYPED = "Kan I ringe til mig før?"
JSON = {"Accept": "application/json"}
SDP = {"Content-Type": "application/sdp"} | JSON


@pytest.fixture
def slow(app):
    """A house that lets everything go twice."""
    two = Allowance(MINUTE, device=2, near=2, link=2)
    app[PACES].paces = Paces(dict.fromkeys(Deed, two)).paces


@pytest.fixture
def opened(cast, clock):
    """The cast, when one may knock. Ask for it before any browser."""
    clock.move(minutes=35)
    return cast


async def token(app, database, cast, *, home: bool = False) -> str:
    async with database.read() as db:
        if home:
            return home_path(app[keys.LINK_KEY], await db.get_one(Placement, cast.holms))[3:]
        seat = await db.get_one(Seat, cast.sofies_seat)
        return links.token(app[keys.LINK_KEY], links.LinkKind.SEAT, seat.handle, seat.generation)


async def rows(database, table) -> int:
    async with database.read() as db:
        return (await db.execute(select(func.count()).select_from(table))).scalar_one()


async def test_an_answer_too_fast_keeps_its_words_on_the_page(slow, sofie, database):
    """P10: the question again, with what was typed, a sentence, and when to come back."""
    said = {"question": "stop", "answer": "own", "text": TYPED}
    for _ in range(2):
        assert (await sofie.post("/arriving/answers", data=said)).status == 200
    before = await rows(database, Reply)
    answer = await sofie.post("/arriving/answers", data=said)
    page = await answer.text()
    assert (answer.status, answer.headers["Retry-After"]) == (429, "30")
    assert TYPED in page
    assert "Vent et minut" in page
    assert 'role="alert"' in page
    assert await rows(database, Reply) == before
    told = await sofie.post("/arriving/answers", data=said, headers=JSON)
    assert (told.status, (await told.json())["error"]) == (429, "too-fast")


async def test_a_minute_later_it_is_taken(slow, sofie, clock):
    said = {"question": "way", "answer": "video"}
    for _ in range(3):
        answer = await sofie.post("/arriving/answers", data=said)
    assert answer.status == 429
    clock.move(seconds=int(answer.headers["Retry-After"]))
    assert (await sofie.post("/arriving/answers", data=said)).status == 200


async def test_one_device_too_fast_does_not_stop_the_other_one(app, as_kind, cast):
    """The young person's own phone goes on while somebody hammers another one with their link."""
    app[PACES].paces = Paces({Deed.ANSWER: Allowance(MINUTE, device=2, link=20)}).paces
    hers, other = await as_kind(seat=cast.sofies_seat), await as_kind(seat=cast.sofies_seat)
    said = {"question": "way", "answer": "video"}
    assert [(await other.post("/arriving/answers", data=said)).status for _ in range(4)][-1] == 429
    assert (await hers.post("/arriving/answers", data=said)).status == 200


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/arriving/share", {"share": "no"}),
        ("/arriving/picks", {"option": "1"}),
        ("/arriving/added", {"answer": "no", "seat": "1"}),
    ],
)
async def test_other_presses_of_a_guest_are_counted_too(slow, sofie, path, form):
    """Whatever they come to; /arriving/share wrote a row each time without an end."""
    for _ in range(2):
        assert (await sofie.post(path, data=form)).status != 429
    assert (await sofie.post(path, data=form)).status == 429


async def test_leaving_is_never_too_fast(slow, sofie):
    """P8: the way out never fails, however often it is pressed."""
    for _ in range(5):
        answer = await sofie.post("/calling/leave", allow_redirects=False)
        assert answer.status == 303


async def test_what_the_home_wrote_is_still_there(slow, holms, database):
    """P10, P4: and its page says nothing but that."""
    for text in ("Et", "To"):
        await holms.post("/home/answers", data={"kind": "question", "text": text})
    before = await rows(database, HomeAnswer)
    for kind in ("question", "cannot"):
        answer = await holms.post("/home/answers", data={"kind": kind, "text": TYPED})
        page = await answer.text()
        assert (answer.status, answer.headers["Retry-After"]) == (429, "30")
        assert TYPED in page
        assert "Vent et minut" in page
        assert "<script" not in page
    assert await rows(database, HomeAnswer) == before == 2


async def test_a_link_opened_again_and_again_makes_no_more_rows(slow, app, database, cast, browser):
    """L4: in new browsers; the link itself is not used up, and the same browser goes on."""
    link = {"token": await token(app, database, cast)}
    first, made = browser(), []
    for client in (first, browser(), browser()):
        made.append(await client.post("/arriving/swap", data=link, headers=JSON))
    assert [answer.status for answer in made] == [200, 200, 429]
    assert int(made[2].headers["Retry-After"]) == 30
    assert await rows(database, Session) == 2
    assert (await first.post("/arriving/swap", data=link)).status == 200
    assert (await first.get("/arriving")).status == 200


async def test_a_made_up_link_writes_nothing_and_is_never_told_to_wait(
    slow, app, database, cast, browser
):
    """L11: one answer for all that are not there, however often."""
    stranger, good = browser(), await token(app, database, cast)
    wrong = good[:-1] + ("A" if good[-1] != "A" else "B")
    answers = [await stranger.post("/arriving/swap", data={"token": wrong}) for _ in range(5)]
    assert {answer.status for answer in answers} == {404}
    assert await rows(database, Session) == 0


async def test_a_homes_link_is_counted_like_a_guests(slow, app, database, cast, browser):
    link = {"token": await token(app, database, cast, home=True)}
    statuses = [(await browser().post("/home/swap", data=link)).status for _ in range(3)]
    assert statuses == [200, 200, 429]


async def test_offers_and_lines_have_their_pace(slow, opened, sofie):
    """W9, V17.3.1: with a stable id, before anything is read."""
    for _ in range(2):
        answer = await sofie.post("/calling/offer", data="v=0", headers=SDP)
        assert (answer.status, (await answer.json())["error"]) == (503, "media-away")
    answer = await sofie.post("/calling/offer", data="v=0", headers=SDP)
    assert (answer.status, (await answer.json())["error"]) == (429, "too-fast")
    assert answer.headers["Retry-After"] == "30"
    tried = await sofie.post("/trying/offer", data="v=0", headers=SDP)
    assert tried.status == 429
    origin = str(sofie.make_url("/")).rstrip("/")
    for _ in range(2):
        await (await sofie.ws_connect("/line", headers={"Origin": origin})).close()
    refused = await sofie.get(
        "/line",
        headers={
            "Origin": origin, "Upgrade": "websocket", "Connection": "Upgrade",
            "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "MDEyMzQ1Njc4OWFiY2RlZg==",
        },
    )  # fmt: skip
    assert refused.status == 429


async def test_codes_tried_too_fast_say_so_and_a_new_code_begins_anew(slow, as_kind, mette, cast):
    """L6: a copy of the link that tries codes does not keep the young person waiting once the
    caseworker has said a new one."""
    copy, sofie = await as_kind(seat=cast.sofies_seat), await as_kind(seat=cast.sofies_seat)
    for _ in range(2):
        assert (await copy.post("/arriving/code", data={"code": "000000"})).status == 400
    for browser in (copy, sofie):
        answer = await browser.post("/arriving/code", data={"code": "000000"})
        assert (answer.status, answer.headers["Retry-After"]) == (429, "30")
    said = await mette.post(f"/meetings/{cast.meeting}/people/{cast.sofies_seat}/code")
    found = re.search(r'said-code__digits">([\d ]+)<', await said.text())
    assert found
    code = {"code": found[1]}
    assert (await copy.post("/arriving/code", data=code)).status == 429
    assert (await sofie.post("/arriving/code", data=code, allow_redirects=False)).status == 303


async def test_signing_in_too_often_says_when(browser, cast):
    desk = browser()
    for _ in range(6):
        answer = await desk.post("/signing-in", data={"login": "mette", "password": "forkert"})
    assert (answer.status, answer.headers["Retry-After"]) == (429, "900")
    assert 'value="mette"' in await answer.text()


async def test_the_networks_share_is_by_the_proxys_word_alone(slow, app, database, cast, browser):
    """V4.1.3: what somebody further out writes into the header does not make another network."""
    link = {"token": await token(app, database, cast)}
    for n in range(3):
        headers = {"X-Forwarded-For": f"10.0.{n}.1, 203.0.113.{n}"}
        answer = await browser().post("/arriving/swap", data=link, headers=headers)
    assert answer.status == 429


async def test_sessions_that_ran_out_unused_make_room(app, database, cast, browser, clock):
    """A mail scanner opens a link for weeks, and leaves no more rows than of the last minutes."""
    link = {"token": await token(app, database, cast)}
    for _ in range(5):
        for _ in range(3):
            assert (await browser().post("/arriving/swap", data=link)).status == 200
        clock.move(minutes=16)
    assert await rows(database, Session) == 3


async def test_what_somebody_sent_and_who_is_here_now_is_kept(app, database, cast, browser, clock):
    """P10: an answer is never thrown away with its session, and neither is a page being read."""
    link = {"token": await token(app, database, cast)}
    answered, reading = browser(), browser()
    for client in (answered, reading):
        await client.post("/arriving/swap", data=link)
    await answered.post("/arriving/answers", data={"question": "way", "answer": "phone"})
    for _ in range(2):
        clock.move(minutes=10)
        assert (await reading.get("/arriving")).status == 200  # a click that no row knows of
    seen = app[guards.SEEN]
    for old in sorted(seen, key=lambda session: seen[session])[:-1]:
        del seen[old]  # forgotten after a while: only its row says that the answer came from it
    await browser().post("/arriving/swap", data=link)
    assert (await rows(database, Session), await rows(database, Reply)) == (3, 1)
    assert (await reading.get("/arriving")).status == 200


async def test_a_link_that_made_too_much_takes_no_more_from_who_nobody_knows(
    app, database, cast, as_kind, clock, monkeypatch
):
    """V15.2.2: what one link wrote is read at every look. Who began goes on; a new link is new."""
    monkeypatch.setattr("server.services.arriving.MOST_OF_LINK", 5)
    began, later = await as_kind(seat=cast.sofies_seat), await as_kind(seat=cast.sofies_seat)
    said = {"question": "way", "answer": "video"}
    for _ in range(5):
        assert (await began.post("/arriving/answers", data=said)).status == 200
    answer = await later.post("/arriving/answers", data=said, headers=JSON)
    assert (answer.status, (await answer.json())["error"]) == (409, "too-often")
    assert "Ring" in (await answer.json())["text"]
    assert (await began.post("/arriving/answers", data=said)).status == 200
    async with database.begin() as db:
        await store_admission(db, cast.sofies_seat, clock.now())  # the later one, let in
    assert (await later.post("/arriving/answers", data=said)).status == 200
    async with database.begin() as db:
        (await db.get_one(Seat, cast.sofies_seat)).generation += 1
        opened = await sessions.open_for(db, now=clock.now(), seat=cast.sofies_seat, generation=1)
    new = began
    new.session.cookie_jar.update_cookies({"guest": opened.cookie}, new.make_url("/"))
    assert (await new.post("/arriving/answers", data=said)).status == 200


async def test_sharing_is_capped_and_a_no_never_is(sofie, database, cast, monkeypatch):
    """P4: it wrote a row each time without an end. Sharing less counts from anywhere, always."""
    monkeypatch.setattr("server.services.tasks.MOST_ANSWERS", 4)
    for share in ("yes", "yes", "no", "no", "no", "yes"):
        answer = await sofie.post("/arriving/share", data={"share": share}, allow_redirects=False)
        assert answer.status == 303
    assert await rows(database, Reply) == 4
    answer = await sofie.post("/arriving/share", data={"share": "yes"}, headers=JSON)
    assert (answer.status, (await answer.json())["error"]) == (409, "too-often")
    for _ in range(3):
        answer = await sofie.post("/arriving/share", data={"share": "no"}, allow_redirects=False)
        assert answer.status == 303
    assert await rows(database, Reply) == 5


@pytest.mark.parametrize("path", ["/choosing/own-line", "/choosing/1/own-words"])
async def test_own_words_for_the_note_stay_in_their_field(
    slow, path, after_the_meeting, as_kind, database, clock, cast
):
    """P10: what she wrote is on the page that asks her to wait a little."""
    async with database.begin() as db:
        note = await begin(db, after_the_meeting, clock.now(), database)
    await note.write(ON, clock.now())
    await note.ready(clock.now())
    sofie = await as_kind(seat=cast.sofies_seat)
    async with database.begin() as db:
        await store_admission(db, cast.sofies_seat, clock.now())
    for n in range(3):
        sent = {"text": f"{TYPED} {n}", "words": f"{TYPED} {n}", "revision": "1"}
        answer = await sofie.post(path, data=sent, allow_redirects=False)
    page = await answer.text()
    assert (answer.status, answer.headers["Retry-After"]) == (429, "30")
    assert f"{TYPED} 2" in page
