"""Every route, asked by everybody: its headers, its cookies, its methods, and nothing written.

The list is urls.py itself; whoever adds an address is asked the same.
"""

import re
import sqlite3
from collections.abc import Iterator

import pytest
from aiohttp import web

from server.http import static
from server.http.middlewares import CAMERA_PAGES, HEADERS
from server.http.urls import urls
from server.settings import Settings
from tests.conftest import Browser
from tests.factories import Cast

ROUTES = urls(static.Files())
EVERYBODY = ("stranger", "sofie", "aya", "mette", "jens", "holms", "dahls")
METHODS = {"GET", "POST", "PUT"}
ONE = {"digest": "0", "name": "css/all.css", "question": "way", "deed": "line"}


def address(route: web.RouteDef, cast: Cast) -> str:
    """An address of this route with a meeting, a seat or a young person of the cast in it."""
    known = ONE | {
        "meeting": str(cast.meeting), "seat": str(cast.sofies_seat), "young": str(cast.sofie),
        "item": "1", "request": "1", "decision": "1", "line": "1", "pick": "1", "promise": "1",
        "telling": "1",
    }  # fmt: skip
    return re.sub(r"\{(\w+)(?::(?:[^{}]|\{[^{}]*\})*)?\}", lambda m: known[m[1]], route.path)


@pytest.fixture
def asker(request: pytest.FixtureRequest, who: str) -> Browser:
    found: Browser = request.getfixturevalue(who)
    return found


@pytest.mark.parametrize("who", EVERYBODY)
async def test_every_answer_has_its_headers_and_keeps_its_cookies_close(
    who: str, asker: Browser, cast: Cast
) -> None:
    """L16, V3.3.1, V3.4.3: never cached, never framed, no referrer; cookies for the server only."""
    for route in ROUTES:
        path = address(route, cast)
        answer = await asker.request(route.method, path, allow_redirects=False)
        told = f"{who} {route.method} {path} {answer.status}"
        assert answer.status < 500, told
        for name, value in HEADERS.items():
            if name != "Cache-Control" or "/static/" not in path:
                assert answer.headers.get(name) == value, f"{told}: {name}"
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy, told
        assert "frame-ancestors 'none'" in policy, told
        assert "unsafe" not in policy, told
        if path == "/home" or path.startswith("/home/"):
            assert "script-src" not in policy, told
        camera = "camera=(self)" in answer.headers["Permissions-Policy"]
        assert camera == path.startswith(CAMERA_PAGES), told
        for cookie in answer.headers.getall("Set-Cookie", []):
            assert "HttpOnly" in cookie, told
            assert "SameSite=Strict" in cookie, told


@pytest.mark.parametrize("who", EVERYBODY)
async def test_looking_changes_nothing(
    who: str, asker: Browser, cast: Cast, settings: Settings
) -> None:
    """V3.5.3: whatever is asked with GET, the database stays the same to the byte."""
    before = dump(settings)
    for route in ROUTES:
        if route.method == "GET":
            await asker.get(address(route, cast), allow_redirects=False)
    assert dump(settings) == before


# What any browser may open: nothing of anybody's stands there. The trial call is for everyone.
OPEN = {
    "static", "health", "open-link", "open-home-link", "swap", "gone", "leave",
    "door", "enter", "sign-out", "first", "open-account", "trying", "trying-offer", "language",
}  # fmt: skip


@pytest.mark.parametrize("who", ["holms", "dahls", "stranger"])
async def test_a_home_finds_nothing_of_the_visit_at_any_address(
    who: str, asker: Browser, cast: Cast
) -> None:
    """S42: the home can not enter, see presence, chat or content, whatever it asks for."""
    for route in ROUTES:
        path = address(route, cast)
        if path == "/home" or path.startswith("/home/"):
            continue
        answer = await asker.request(route.method, path, allow_redirects=False)
        told = f"{who} {route.method} {path} {answer.status}"
        # The blank-faced page too: one of the routes is Gå nu, and nothing leads back behind it.
        aways = ("/signing-in", "/arriving/gone")
        away = answer.status == 303 and answer.headers["Location"] in aways
        shut = away or answer.status in (400, 404)
        assert shut or route.kwargs["name"] in OPEN, told
        text = await answer.text()
        assert [name for name in ("Sofie", "Aya", "Mette") if name in text] == [], told


@pytest.mark.parametrize("method", ["DELETE", "PATCH", "TRACE", "OPTIONS", "PROPFIND"])
async def test_only_the_methods_we_know_are_answered(
    method: str, stranger: Browser, cast: Cast
) -> None:
    assert {route.method for route in ROUTES} <= METHODS
    for path in {address(route, cast) for route in ROUTES}:
        answer = await stranger.request(method, path, allow_redirects=False)
        assert answer.status in (403, 404, 405), f"{method} {path}"


def dump(settings: Settings) -> list[str]:
    return list(_lines(settings))


def _lines(settings: Settings) -> Iterator[str]:
    with sqlite3.connect(settings.data_dir / "enerum.db") as file:
        yield from file.iterdump()
    file.close()
