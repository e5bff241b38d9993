"""The door for caseworkers: signing in, signing out, the first account."""

import asyncio
import re

import pytest

from server import keys
from server.greeting import GREETING
from server.http.pages.signing_in import DESK
from tests.factories import PASSWORD

RIGHT = {"login": "mette", "password": PASSWORD}
NEW = {
    "name": "Lone Birk",
    "login": "Lone",
    "phone": "12 34 56 79",
    "password": "blå stole i regnvejr",
}


async def send(browser, path, form):
    return await browser.post(path, data=form, allow_redirects=False)


async def test_mette_signs_in_and_sees_her_day(stranger, cast):
    response = await send(stranger, "/signing-in", RIGHT)
    assert (response.status, response.headers["Location"]) == (303, "/")
    assert "Sofie, 13 år" in await (await stranger.get("/")).text()


async def test_the_cookie_cannot_be_read_by_scripts_or_sent_by_other_sites(stranger, cast):
    response = await send(stranger, "/signing-in", RIGHT)
    cookie = response.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie


async def test_wrong_and_unknown_are_the_same_page(stranger, cast):
    """V6.3.8: what is typed comes back, the password does not, and nothing else differs."""
    wrong = await send(stranger, "/signing-in", RIGHT | {"password": "forkert kodeord her"})
    unknown = await send(stranger, "/signing-in", {"login": "metta", "password": PASSWORD})
    page, other = await wrong.text(), await unknown.text()
    assert wrong.status == unknown.status == 400
    assert page.replace('value="mette"', "") == other.replace('value="metta"', "")
    assert "forkert kodeord her" not in page


async def test_after_five_wrong_ones_the_wait_is_told(stranger, cast, clock):
    for _ in range(5):
        await send(stranger, "/signing-in", RIGHT | {"password": "forkert kodeord her"})
    response = await send(stranger, "/signing-in", RIGHT)
    assert response.status == 429
    assert "Vent et kvarter" in await response.text()
    clock.move(minutes=15)
    assert (await send(stranger, "/signing-in", RIGHT)).status == 303


async def test_somebody_signed_in_is_taken_to_the_day(mette):
    response = await mette.get("/signing-in", allow_redirects=False)
    assert response.headers["Location"] == "/"


async def test_signing_out_twice_is_signing_out(mette):
    for _ in range(2):
        response = await send(mette, "/signing-out", {})
        assert (response.status, response.headers["Location"]) == (303, "/signing-in")
    assert (await mette.get("/", allow_redirects=False)).status == 303


async def test_a_cookie_kept_from_before_opens_nothing(mette, browser):
    """V7.4.1: ended on the server, not only forgotten by the browser."""
    jar = mette.session.cookie_jar.filter_cookies(mette.make_url("/"))
    kept = {name: morsel.value for name, morsel in jar.items()}
    await send(mette, "/signing-out", {})
    thief = browser()
    response = await thief.get("/", cookies=kept, allow_redirects=False)
    assert response.headers["Location"] == "/signing-in"


async def test_it_says_that_this_is_not_for_real_meetings(stranger, mette):
    for browser, path in ((stranger, "/signing-in"), (stranger, "/first"), (mette, "/")):
        assert "Ikke til rigtige møder endnu." in await (await browser.get(path)).text()


@pytest.fixture
def code(app):
    """What the operator was told at the first start."""
    ((_, link),) = app[GREETING]
    return link.partition("/first#")[2]


async def test_the_first_caseworker_opens_an_account(stranger, code):
    response = await send(stranger, "/first", NEW | {"code": code})
    assert (response.status, response.headers["Location"]) == (303, "/")
    await send(stranger, "/signing-out", {})
    again = {"login": "LONE", "password": NEW["password"]}
    assert (await send(stranger, "/signing-in", again)).status == 303


async def test_the_code_works_once(stranger, browser, code):
    await send(stranger, "/first", NEW | {"code": code})
    response = await send(browser(), "/first", NEW | {"code": code, "login": "ole"})
    assert response.status == 400
    assert "Koden virker ikke." in await response.text()


WRONG = [
    ("code", "", "Skriv koden fra linket."),
    ("code", "ABCD-EFGH", "Koden virker ikke."),
    ("name", " ", "Skriv et navn."),
    ("login", "lone birk", "Brugernavnet må ikke have mellemrum."),
    ("phone", "ingen", "Skriv et telefonnummer"),
    ("password", "kort", "mindst 12 tegn"),
    ("password", "lone birk 1975", "ligner dit navn"),
    ("password", "kodeord123456", "for let at gætte"),
]


async def test_what_cannot_be_used_is_named_and_the_code_is_still_good(stranger, code):
    for field, value, words in WRONG:
        response = await send(stranger, "/first", NEW | {"code": code, field: value})
        page = await response.text()
        assert (field, value, response.status) == (field, value, 400)
        assert words in page
        assert NEW["password"] not in page
    assert (await send(stranger, "/first", NEW | {"code": code})).status == 303


async def test_the_code_is_in_no_address_the_server_sees(app):
    """L12: it stands after the #, which no browser sends."""
    ((_, link),) = app[GREETING]
    assert re.fullmatch(r"http://localhost:\d+/first#([A-Z2-7]{4}-){5}[A-Z2-7]{4}", link)
    assert app[keys.SETTINGS].origin in link


async def test_a_wrong_code_is_refused_before_any_password_is_hashed(app, stranger, cast):
    """V15.2.2: strangers cannot make the machine hash; each hash takes a core and 64 MiB."""
    form = NEW | {"code": "AAAA-BBBB"}
    passwords = app[DESK].passwords
    async with passwords._at_once, passwords._at_once:  # all hashing is taken
        response = await asyncio.wait_for(send(stranger, "/first", form), 10)
    assert response.status == 400
