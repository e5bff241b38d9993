"""Danish or English, chosen on the page: by everybody, on every page, and on this device alone."""

import re

import pytest

from server.http import static
from server.http.urls import urls
from tests.http.test_every_route import address

ASKS = re.compile(r'<form class="language".*?value="en ([^"]*)".*?</form>')
LANG = re.compile(r'<html lang="(\w\w)"')


async def choose(browser, language: str, back: str):
    form = {"choice": f"{language} {back}"}
    return await browser.post("/language", data=form, allow_redirects=False)


@pytest.fixture
def asker(request, who):
    return request.getfixturevalue(who)


@pytest.mark.parametrize("who", ["stranger", "sofie", "aya", "mette", "holms"])
async def test_every_page_can_be_had_in_the_other_language_and_stays_the_same_page(
    who, asker, cast
):
    """Whoever asks for whichever page: it offers the other language, and comes back in it."""
    seen = 0
    for route in urls(static.Files()):
        path = address(route, cast)
        if route.method != "GET" or "/static/" in path:
            continue
        answer = await asker.get(path, allow_redirects=False)
        if answer.content_type != "text/html" or answer.status == 303:
            continue
        page = await answer.text()
        assert LANG.search(page)[1] == "da", path
        here = ASKS.search(page)
        assert here is not None, path
        chosen = await choose(asker, language="en", back=here[1])
        assert (chosen.status, chosen.headers["Location"]) == (303, path), path
        again = await asker.get(here[1], allow_redirects=False)
        assert again.status == answer.status, path
        assert LANG.search(await again.text())[1] == "en", path
        await choose(asker, language="da", back="/")
        seen += 1
    assert seen >= 5


@pytest.mark.parametrize(
    "back",
    [
        "//elsewhere.example", "/\\elsewhere.example", "https://elsewhere.example", "", "home",
        "/a b", "/a\r\nSet-Cookie: x=y", "/" + "a" * 500, "/\t/elsewhere.example",
    ],
)  # fmt: skip
async def test_it_leads_to_no_other_place(stranger, back):
    chosen = await choose(stranger, language="en", back=back)
    assert (chosen.status, chosen.headers["Location"]) == (303, "/")


@pytest.mark.parametrize("language", ["", "de", "en-GB", "xx"])
async def test_only_languages_we_have_are_kept(stranger, language):
    chosen = await choose(stranger, language=language, back="/home")
    assert chosen.status == 400
    assert "Set-Cookie" not in chosen.headers


async def test_the_choice_is_this_devices_own_and_nobody_elses(sofie, holms, cast):
    """P4: the home's page is the same as before whatever the young person reads in."""
    before = await (await holms.get("/home")).text()
    await choose(sofie, language="en", back="/arriving")
    assert "Hi" in await (await sofie.get("/arriving")).text()
    assert await (await holms.get("/home")).text() == before


async def test_a_page_that_answers_a_form_offers_no_way_back_to_it(sofie):
    """It has no address of its own: asked for again it would be another page, or none."""
    answer = await sofie.post("/arriving/answers", data={"question": "heard", "answer": "x"})
    assert answer.status == 400
    assert not ASKS.search(await answer.text())
