"""Must show 1: who reaches which address (messages: tests/ws/test_who_may_say_what.py).

Whoever adds an address says in tests/whose_addresses.py whose it is; one that is not listed fails.
What the young person answered, the brief and the caseworker's own list are reached by nobody
else's session: not a home's, a bisidder's, another caseworker's, nor by a bare link.
"""

from collections import Counter

import pytest

from server.store.tables import Reply, Session
from tests.conftest import Browser
from tests.http.test_every_route import ROUTES, address
from tests.whose_addresses import NAMES, WHOSE, Whose

SECRET = ("Kan nogen høre", "pandekager", "Skovvej 4")
# Whose addresses somebody may ask and be answered; everywhere else they find nothing there.
OPEN_TO = {
    "jens": {Whose.STAFF},
    "sofie_elsewhere": {Whose.GUESTS},
    "aya": {Whose.GUESTS},
    "holms": {Whose.HOMES},
    "dahls": {Whose.HOMES},
    "stranger": set[Whose](),
}
AWAY = ("/signing-in", "/arriving/gone")  # the blank-faced page, once Gå nu was among them


def test_every_address_is_somebodys() -> None:
    """S42: an address that nobody listed fails, and so does one that is listed twice."""
    names = {route.kwargs["name"] for route in ROUTES}
    assert names == set(WHOSE)
    listed = Counter(name for names in NAMES.values() for name in names.split())
    assert [name for name, times in listed.items() if times > 1] == []


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


@pytest.mark.parametrize("who", OPEN_TO)
async def test_nobody_else_reaches_what_she_answered_or_what_mette_prepared(
    who: str, said, asker: Browser, cast
) -> None:
    """Must show 1, S24, S30, P6: whatever they ask, whichever way they ask it."""
    for route in ROUTES:
        path, whose = address(route, cast), WHOSE[route.kwargs["name"]]
        if whose == Whose.ANYBODY:
            continue
        answer = await asker.request(route.method, path, allow_redirects=False)
        text = await answer.text() if "image" not in answer.content_type else ""
        told = f"{who} {route.method} {path} {answer.status}"
        assert answer.status < 500, told
        assert [word for word in SECRET[1:] if word in text] == [], told
        if whose not in OPEN_TO[who]:
            away = answer.status == 303 and answer.headers["Location"] in AWAY
            assert away or answer.status in (400, 403, 404, 409), told


async def test_mette_herself_reaches_both(said, mette, cast) -> None:
    """So that the test above is not true of an empty page."""
    page = await (await mette.get(f"/meetings/{cast.meeting}/brief")).text()
    assert [word for word in SECRET if word not in page] == []
