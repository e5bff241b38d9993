"""The home's standing link asks for a code the first time on each device (design 2)."""

import re

import pytest

from server import keys
from server.services.young_people import home_path
from server.store.tables import Placement


async def types(browser, code: str):
    return await browser.post("/home/code", data={"code": code}, allow_redirects=False)


async def home_code(mette, cast) -> str:
    page = await (await mette.post(f"/young-people/{cast.sofie}/home-code")).text()
    found = re.search(r'said-code__digits">([\d ]+)<', page)
    assert found is not None
    return found[1].replace(" ", "")


@pytest.fixture
async def new_device(app, browser, database, cast):
    """Make a browser of the home's that followed its link, with the cookies it brings."""

    async def follow(**cookies: str):
        client = browser()
        client.session.cookie_jar.update_cookies(cookies, client.make_url("/"))
        async with database.read() as db:
            row = await db.get_one(Placement, cast.holms)
        token = home_path(app[keys.LINK_KEY], row).partition("#")[2]
        assert (await client.post("/home/swap", data={"token": token})).status == 200
        return client

    return follow


async def test_a_home_types_a_code_once_on_each_device(mette, new_device, cast):
    """Design 2: the link alone shows nothing; after the code this device opens by itself."""
    first = await new_device()
    for address in ("/home", "/home/cannot", "/home/worried", "/home/sent"):
        away = await first.get(address, allow_redirects=False)
        assert away.headers["Location"] == "/home/code"
    sent = await first.post("/home/answers", data={"kind": "read"}, allow_redirects=False)
    assert sent.headers["Location"] == "/home/code"
    page = await (await first.get("/home/code")).text()
    assert [name for name in ("Sofie", "Mette", "Lene", "<script") if name in page] == []
    assert (await types(first, await home_code(mette, cast))).status == 303
    assert "Lene og Karl" in await (await first.get("/home")).text()
    device = {c.key: c.value for c in first.session.cookie_jar}["home-device"]
    again = await new_device(**{"home-device": device})
    assert (await again.get("/home", allow_redirects=False)).status == 200
    other_phone = await new_device()
    assert (await other_phone.get("/home", allow_redirects=False)).status == 303


async def test_a_new_link_asks_the_known_device_again(mette, new_device, cast):
    """The old link may be in somebody else's hand: so may the device."""
    first = await new_device()
    await types(first, await home_code(mette, cast))
    device = {c.key: c.value for c in first.session.cookie_jar}["home-device"]
    await mette.post(f"/young-people/{cast.sofie}/home-link/renewed")
    again = await new_device(**{"home-device": device})
    assert (await again.get("/home", allow_redirects=False)).status == 303


async def test_a_homes_wrong_code_says_so_and_a_stranger_types_none(new_device, stranger, cast):
    """P4: the same page for every home, whatever was typed."""
    first = await new_device()
    answer = await types(first, "000000")
    assert answer.status == 400
    assert "Den kode passer ikke" in await answer.text()
    assert (await types(stranger, "000000")).status == 404
    assert (await stranger.get("/home/code")).status == 404


async def test_a_seats_code_is_nothing_at_the_homes_page(mette, new_device, cast):
    """V6.6.2: bound to its link."""
    address = f"/meetings/{cast.meeting}/people/{cast.sofies_seat}/code"
    page = await (await mette.post(address)).text()
    code = re.search(r'said-code__digits">([\d ]+)<', page)[1].replace(" ", "")
    assert (await types(await new_device(), code)).status == 400
