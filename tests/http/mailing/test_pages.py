"""Where a home's mail goes: the caseworker says so, the home reads so, and nobody else does."""

from datetime import time

import pytest
from sqlalchemy import select

from server.domain.mailing import ADDRESS_LIMIT
from server.domain.note import RELEASE_AT
from server.store.mail_tables import HomeMail
from server.store.tables import Trail, YoungPerson
from tests import notes
from tests.factories import store_admission
from tests.http.test_every_route import ROUTES, address
from tests.mails import LENE, kept


@pytest.fixture
def page(cast) -> str:
    return f"/young-people/{cast.sofie}"


@pytest.fixture
def asker(request, who):
    return request.getfixturevalue(who)


async def row(database) -> tuple[str, str, bool]:
    async with database.read() as db:
        found = (await db.scalars(select(HomeMail))).one()
        return found.address, found.language, found.off_at is not None


async def test_the_caseworker_puts_it_changes_it_and_takes_it_away(mette, page, database):
    async def put(**form: str) -> None:
        answer = await mette.post(f"{page}/home-mail", data=form, allow_redirects=False)
        assert (answer.status, answer.headers["Location"]) == (303, f"{page}?saved=mail#saved")

    assert LENE not in await (await mette.get(page)).text()
    await put(home_mail=f" {LENE} ", home_mail_language="da")
    assert await row(database) == (LENE, "da", False)
    assert LENE in await (await mette.get(page)).text()
    await put(home_mail="karl@example.dk", home_mail_language="en")
    await put(home_mail="karl@example.dk", home_mail_language="en")  # twice is once
    assert await row(database) == ("karl@example.dk", "en", False)
    for _ in range(2):
        answer = await mette.post(f"{page}/home-mail/gone", allow_redirects=False)
        assert answer.status == 303
    assert (await row(database))[0] == ""
    assert "karl@example.dk" not in await (await mette.get(page)).text()
    async with database.read() as db:
        deeds = (await db.scalars(select(Trail.deed).where(Trail.deed.contains("mail")))).all()
    assert list(deeds) == ["put-home-mail", "put-home-mail", "remove-home-mail"]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "navn@eksempel.dk"),
        ("lene.example.dk", "navn@eksempel.dk"),
        ("lenæ@example.dk", "Det, der står før @"),
        ("lene@example", "Det, der står efter @"),
        (f"lene@{'e' * ADDRESS_LIMIT}.dk", "Det, der står efter @"),
        (f"{'l' * 65}@example.dk", "for langt"),
        ("lene@example.dk\r\nBcc: jens@example.dk", "navn@eksempel.dk"),
    ],
)
async def test_what_is_no_address_is_told_at_its_field_and_is_still_there(
    typed, told, mette, page, database
):
    answer = await mette.post(f"{page}/home-mail", data={"home_mail": typed})
    text = await answer.text()
    assert answer.status == 400
    assert told in text
    assert 'id="home_mail-error"' in text
    if "\n" not in typed:
        assert f'value="{typed}"' in text
    async with database.read() as db:
        assert (await db.scalars(select(HomeMail))).all() == []


async def test_others_can_neither_put_it_nor_take_it_away(
    jens, sofie, aya, holms, stranger, page, cast, database
):
    """L11: another caseworker finds nobody there."""
    async with database.begin() as db:
        await kept(db, cast.holms)
    for browser in (jens, sofie, aya, holms, stranger):
        for path, form in ((f"{page}/home-mail", {"home_mail": "x@example.dk"}),
                           (f"{page}/home-mail/gone", {})):  # fmt: skip
            answer = await browser.post(path, data=form, allow_redirects=False)
            assert answer.status in (303, 404)
            assert answer.headers.get("Location", "/signing-in") == "/signing-in"
    assert await row(database) == (LENE, "", False)


@pytest.mark.parametrize("who", ["stranger", "sofie", "aya", "jens", "dahls", "mette", "holms"])
async def test_the_address_stands_at_two_addresses_of_ours_and_at_no_other(
    who, asker, cast, database, page
):
    """P6, C13: the caseworker's page of this young person, and the home's own about its mail."""
    async with database.begin() as db:
        await kept(db, cast.holms)
    found = set()
    for route in ROUTES:
        if route.method == "GET" and "/static/" not in route.path:
            answer = await asker.get(address(route, cast), allow_redirects=False)
            if LENE.encode() in await answer.read() or LENE in str(answer.headers):
                found.add(address(route, cast))
    assert found == {"mette": {page}, "holms": {"/home/mail"}}.get(who, set())


async def test_where_the_address_of_a_home_is_protected_it_is_not_shown_again(
    mette, holms, page, cast, database
):
    """C13, R5: the caseworker's screen may be shared in a call. It can be replaced and removed."""
    async with database.begin() as db:
        await kept(db, cast.holms)
    protected = {"kind": "protected_address", "whom": "", "until": ""}
    await mette.post(f"{page}/register", data=protected)
    text = await (await mette.get(page)).text()
    assert LENE not in text
    assert "stedet er beskyttet" in text
    assert "Fjern adressen" in text
    assert LENE in await (await holms.get("/home/mail")).text()
    await mette.post(f"{page}/home-mail", data={"home_mail": "ny@example.dk"})
    assert (await row(database))[0] == "ny@example.dk"
    assert "ny@example.dk" not in await (await mette.get(page)).text()


async def test_the_home_switches_it_off_and_on_again(holms, mette, page, cast, database):
    """Switching off is free; what the home switched off no caseworker switches on."""
    async with database.begin() as db:
        await kept(db, cast.holms)
    assert LENE in await (await holms.get("/home/mail")).text()
    for _ in range(2):
        answer = await holms.post("/home/mail", data={"mail": "off"}, allow_redirects=False)
        assert (answer.status, answer.headers["Location"]) == (303, "/home/mail")
    assert await row(database) == (LENE, "", True)
    assert "I har slået mails fra" in await (await holms.get("/home/mail")).text()
    assert "Lene og Karl har slået mails fra" in await (await mette.get(page)).text()
    await mette.post(f"{page}/home-mail", data={"home_mail": "ny@example.dk"})
    assert await row(database) == ("ny@example.dk", "", True)
    await holms.post("/home/mail", data={"mail": "on"})
    assert await row(database) == ("ny@example.dk", "", False)


async def test_it_is_the_homes_own_alone(dahls, sofie, mette, jens, stranger, cast, database):
    """C15: another home switches its own, everybody else finds an unknown link."""
    async with database.begin() as db:
        await kept(db, cast.holms)
    assert LENE not in await (await dahls.get("/home/mail")).text()
    assert (await dahls.post("/home/mail", data={"mail": "off"})).status == 200
    for browser in (sofie, mette, jens, stranger):
        assert (await browser.post("/home/mail", data={"mail": "off"})).status == 404
    assert await row(database) == (LENE, "", False)


@pytest.mark.parametrize("form", [{}, {"mail": ""}, {"mail": "maybe"}])
async def test_only_a_yes_or_a_no_switches_anything(form, holms, cast, database):
    async with database.begin() as db:
        await kept(db, cast.holms)
    assert (await holms.post("/home/mail", data=form)).status == 400
    assert await row(database) == (LENE, "", False)


async def test_the_homes_pages_hold_no_script_and_nothing_of_the_visit(holms, cast, database):
    """P4, P7: like every page of a home's; with an address, without one, and switched off."""
    seen = []
    for change in ("none", "kept", "off"):
        if change == "kept":
            async with database.begin() as db:
                await kept(db, cast.holms)
        if change == "off":
            await holms.post("/home/mail", data={"mail": "off"})
        page, again = [await (await holms.get("/home/mail")).text() for _ in range(2)]
        assert page == again
        assert "<script" not in page
        assert 'type="hidden"' not in page
        assert "12 34 56 78" in page  # whom to ring about another address
        seen.append(page)
    assert len(set(seen)) == 3


async def test_the_way_in_knows_nobody_and_leads_on_who_is_in(stranger, sofie, mette, holms):
    """S36, P12: where the mail leads. The link a home was given is not in it."""
    pages = [await (await browser.get("/home/way-in")).text() for browser in (stranger, sofie)]
    assert len({*pages}) == 1
    assert "det link, I har fået" in pages[0]
    assert "12 34 56 00" in pages[0]
    assert "<script" not in pages[0]
    answer = await holms.get("/home/way-in", allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (303, "/home")
    assert (await mette.get("/home/way-in")).status == 200


async def test_the_home_is_told_of_its_mail_at_the_foot_of_its_page(holms):
    assert 'href="/home/mail"' in await (await holms.get("/home")).text()


async def test_the_page_says_in_words_when_it_comes(mette, page):
    """P4: and that it comes whether or not anything was shared."""
    text = await (await mette.get(page)).text()
    assert "uanset om der er skrevet eller delt noget" in text


def test_an_hour_in_the_texts_is_the_hour_of_release():
    """What the pages promise in words."""
    assert time(12) == RELEASE_AT


@pytest.mark.parametrize("age", [11, 14, 19])
async def test_the_young_person_reads_that_it_is_the_same_whatever_they_choose(
    age, after_the_meeting, as_kind, database, clock
):
    """P5: before any choice, in words of their age."""
    cast = after_the_meeting
    async with database.begin() as db:
        (await db.get_one(YoungPerson, cast.sofie)).age_told = age
        note = await notes.begin(db, cast, clock.now(), database)
    await note.write(notes.ON, clock.now())
    await note.ready(clock.now())
    sofie = await as_kind(seat=cast.sofies_seat)
    async with database.begin() as db:
        await store_admission(db, cast.sofies_seat, clock.now())
    page = await (await sofie.get("/choosing")).text()
    assert "Den er altid den samme" in page
