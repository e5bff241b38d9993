"""An hour of silence in the middle of typing loses no words (P10)."""

import re
from html import unescape

import pytest

from tests.factories import PASSWORD

TYPED = {"name": "Mette-Marie Lund", "phone": "87 65 43 21"}
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


def hidden(page: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in HIDDEN.findall(page)}


@pytest.fixture
async def away(mette, clock):
    """Mette, who was away for longer than her session lives."""
    clock.move(hours=2)
    return mette


async def test_what_was_typed_is_saved_after_signing_in_again(away):
    """P10: the words come along, through a wrong password too, and go where they were going."""
    page = await (await away.post("/account", data=TYPED)).text()
    assert "blev logget ud" in page
    signing_in = {"login": "mette", "password": "forkert kodeord", **hidden(page)}
    page = await (await away.post("/signing-in", data=signing_in)).text()
    again = {"login": "mette", "password": PASSWORD, **hidden(page)}
    page = await (await away.post("/signing-in", data=again)).text()
    assert hidden(page) == TYPED
    assert '<form method="post" action="/account">' in page
    assert (await away.post("/account", data=hidden(page), allow_redirects=False)).status == 303
    assert "Mette-Marie Lund" in await (await away.get("/account")).text()


async def test_a_script_is_told_that_the_words_were_not_kept(away):
    """P10: a redirect would look to it as if they had been."""
    answer = await away.post("/account", data=TYPED, headers={"Accept": "application/json"})
    assert answer.status == 409
    assert (await answer.json())["error"] == "signed-out"


@pytest.mark.parametrize("path", ["https://elsewhere.example/", "//elsewhere.example", "/a?b", ""])
async def test_kept_words_go_nowhere_but_to_our_own_pages(mette, cast, path):
    form = {"login": "mette", "password": PASSWORD, "kept-path": path, "kept.x": "1"}
    answer = await mette.post("/signing-in", data=form, allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (303, "/")


async def test_somebody_never_signed_in_is_only_shown_the_way(stranger):
    answer = await stranger.post("/account", data=TYPED, allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (303, "/signing-in")
