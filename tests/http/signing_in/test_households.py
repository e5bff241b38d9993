"""Where guesses at passwords come from: a household, not each of its addresses."""

from server.http.pages.signing_in import DESK
from server.services.throttling import Throttle


async def test_a_household_with_many_addresses_has_one_share_of_guesses(app, browser, cast):
    """V6.3.1: one IPv6 network holds more addresses than anybody could count."""
    app[DESK].throttle = Throttle(single=3)
    tried = []
    for n, network in enumerate((1, 1, 1, 1, 2)):
        guess = {"login": f"nr{n}", "password": "forkert"}
        headers = {"X-Forwarded-For": f"2001:db8:0:{network}::{n}"}
        tried.append((await browser().post("/signing-in", data=guess, headers=headers)).status)
    assert tried == [400, 400, 400, 429, 400]
