"""One link in many browsers, and browsers that never stop sending: others hardly notice."""

import asyncio

import pytest

from server.domain.roles import Role
from server.ws.held import MOST_LINES


async def test_one_link_holds_only_so_many_lines(mette_in, join, rooms, opened, monkeypatch):
    """L14, V17.3.1: the oldest browsers of a link are let go; the newest always gets its line."""
    monkeypatch.setattr("server.ws.held.MOST_LINES", 2)
    first, second, third = [await join(Role.YOUNG_PERSON) for _ in range(3)]
    assert await first.close_code() == 4409
    assert (second.socket.closed, third.socket.closed) == (False, False)
    here = rooms.rooms[opened.meeting]
    assert len(here.lines) == 3  # with Mette's


async def test_who_is_in_the_call_is_never_crowded_out(sofie_in, join, monkeypatch):
    """P1, L14: a stranger with the same link cannot push the admitted device off its line."""
    monkeypatch.setattr("server.ws.held.MOST_LINES", 1)
    with pytest.raises(ConnectionError, match="4409"):
        await join(Role.YOUNG_PERSON)
    await sofie_in.caught_up()
    assert sofie_in.state["phase"] == "call"


def test_there_is_room_for_a_family_and_its_mail_scanners():
    """L4: any number of browsers may open a link; a dozen may also wait at once."""
    assert MOST_LINES >= 12


async def test_changes_that_come_at_once_are_told_together(mette_in, sofie_in, rooms, opened):
    """V17.3.1: twenty presses a second by one do not keep the others waiting."""
    before = rooms.version
    await asyncio.gather(*(rooms.changed(opened.meeting) for _ in range(50)))
    assert rooms.version - before <= 2


async def test_a_line_that_was_hung_up_counts_no_more(mette_in, sofie_in, rooms, opened):
    """V7.4.1: a browser that does not read its goodbye does not go on acting."""
    here = rooms.rooms[opened.meeting]
    (line,) = [line for line in here.lines if not line.is_host]
    assert rooms.holds(line)
    await mette_in.ask("finish")
    await rooms._hang_up(here, [line], 4404)
    assert not rooms.holds(line)
