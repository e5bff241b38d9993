"""Must show 1: who reaches which address (messages: tests/ws/test_who_may_say_what.py).

Whoever adds an address says here whose it is; one that is not listed fails. What the
young person answered, the brief and the caseworker's own list are reached by nobody else's session:
not a home's, a bisidder's, another caseworker's, nor by a bare link.
"""

import re

import pytest

from server.http import static
from server.http.urls import urls
from server.store.tables import Reply, Session
from tests.conftest import Browser
from tests.http.test_every_route import OPEN, ROUTES, address

STAFF = re.compile(
    r"^/($|first|signing|account|meetings|young-people|promises|drafts|pass-on|calling/\{meeting|requests|incidents)"
)
GUESTS = re.compile(r"^/(arriving|choosing|calling|line|m$|trying|ending)")
HOMES = re.compile(r"^/(h$|home)")
EVERYBODY = re.compile(r"^/(static|health|trying|language)")
SECRET = ("Kan nogen høre", "pandekager", "Skovvej 4")


def test_every_address_is_somebodys() -> None:
    """S42: an address that nobody listed fails."""
    whose = (STAFF, GUESTS, HOMES, EVERYBODY)
    lost = [r.path for r in urls(static.Files()) if not any(kind.match(r.path) for kind in whose)]
    assert lost == []


@pytest.fixture
async def said(database, cast, clock, sofie: Browser, mette: Browser) -> None:
    """Sofie has answered on a device of her own, and Mette has filled in her list."""
    async with database.begin() as db:
        newest = await db.get_one(Session, 1)
        assert newest is not None
        for question, answer, text in (
            ("heard", "maybe", ""), ("topics", "school=yes", ""), ("stop", "own", "pandekager"),
        ):  # fmt: skip
            db.add(
                Reply(
                    seat_id=cast.sofies_seat,
                    session_id=1,
                    question=question,
                    answer=answer,
                    text=text,
                    at=clock.now(),
                )  # fmt: skip
            )
    card = {"emergency": "known", "address": "Skovvej 4"}
    assert (await mette.post(f"/meetings/{cast.meeting}/answers", data=card)).status == 200


@pytest.fixture
async def sofie_elsewhere(as_kind, cast) -> Browser:
    """A bare link: her own seat, in another browser."""
    found: Browser = await as_kind(seat=cast.sofies_seat)
    return found


@pytest.fixture
def asker(request: pytest.FixtureRequest, who: str) -> Browser:
    found: Browser = request.getfixturevalue(who)
    return found


@pytest.mark.parametrize("who", ["holms", "dahls", "aya", "jens", "sofie_elsewhere", "stranger"])
async def test_nobody_else_reaches_what_she_answered_or_what_mette_prepared(
    who: str, said, asker: Browser, cast
) -> None:
    """Must show 1, S24, S30, P6: whatever they ask, whichever way they ask it."""
    for route in ROUTES:
        path = address(route, cast)
        if "/static/" in path or route.kwargs["name"] in OPEN:
            continue
        answer = await asker.request(route.method, path, allow_redirects=False)
        text = await answer.text() if "image" not in answer.content_type else ""
        told = f"{who} {route.method} {path} {answer.status}"
        assert answer.status < 500, told
        assert [word for word in SECRET[1:] if word in text] == [], told
        if STAFF.match(route.path) and str(cast.meeting) in path and "/meetings/" in path:
            away = answer.status == 303 and answer.headers["Location"] == "/signing-in"
            assert away or answer.status in (400, 404), told


async def test_mette_herself_reaches_both(said, mette, cast) -> None:
    """So that the test above is not true of an empty page."""
    page = await (await mette.get(f"/meetings/{cast.meeting}/brief")).text()
    assert [word for word in SECRET if word not in page] == []
