"""Requests begun with a right and ended without it, and words of a hand that was turned away."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select

from server.domain.sharing import Choice, Outcome
from server.store.tables import Visit
from tests import notes
from tests.notes import ON

YES = {"revision": "1", "choice": "as_written"}
JSON = {"Accept": "application/json"}


@pytest.fixture
async def note(sofie_in, opened, database, clock):
    """Mette writes while they talk."""
    async with database.begin() as db:
        begun = await notes.begin(db, opened, clock.now(), database)
    await begun.write(ON, clock.now())
    return begun


class Trickle:
    """A form whose body waits to be let go of, after its first line has been sent."""

    def __init__(self, browser, address: str, body: bytes) -> None:
        self.let_go = asyncio.Event()
        self.body = body
        headers = JSON | {"Content-Type": "application/x-www-form-urlencoded"}
        self.answer = asyncio.create_task(
            browser.post(address, data=self._pieces(), headers=headers, allow_redirects=False)
        )

    async def _pieces(self) -> AsyncIterator[bytes]:
        yield self.body[:4]
        await self.let_go.wait()
        yield self.body[4:]


async def test_a_choice_that_trickles_in_after_the_call_was_not_made_in_it(
    sofie_in, mette_in, note
):
    """P4, V15.4.2: what a request may do is asked when all of it is there, not when it began."""
    late = Trickle(sofie_in.browser, "/choosing/1", b"revision=1&choice=as_written")
    await sofie_in.ask("another_way", way="write")  # the server has come past the first line
    await mette_in.ask("finish")
    await sofie_in.phase("ended")
    late.let_go.set()
    response = await late.answer
    assert response.status == 409
    assert (await note.shown(1)).outcome == Outcome.UNANSWERED


async def test_a_dead_link_answers_nothing_more(mette_in, sofie_in, visit):
    """L8: a form begun before "Forkert person" is not taken after it."""
    late = Trickle(sofie_in.browser, "/arriving/answers", b"question=company&answer=alone")
    await mette_in.send("turn_away", visit=visit, wrong_person=True)
    assert await sofie_in.close_code() == 4404
    late.let_go.set()
    assert (await late.answer).status == 404


@pytest.mark.parametrize("deaf", ["pause", "step_away"])
async def test_a_yes_while_the_host_neither_hears_nor_sees_lets_nothing_out(
    deaf, mette_in, sofie_in, note
):
    """P4: in a pause, and while the host is called away, the phone may be in another hand. What it
    says is asked again by voice; said once more in the talk, it counts."""
    pauses = deaf == "pause"
    await (sofie_in if pauses else mette_in).ask(deaf)
    await sofie_in.caught_up()
    response = await sofie_in.browser.post("/choosing/1", data=YES, headers=JSON)
    assert response.status == 200
    assert (await note.shown(1)).outcome == Outcome.WAITS_FOR_VOICE
    await (sofie_in.ask("resume") if pauses else mette_in.ask("come_back", heard="nobody"))
    await sofie_in.browser.post("/choosing/1", data=YES, headers=JSON)
    assert (await note.shown(1)).outcome == Outcome.GOES


@pytest.mark.parametrize("wrong_person", [True, False])
async def test_a_yes_of_whom_the_host_turned_away_lets_nothing_out(
    wrong_person, mette_in, sofie_in, note, visit
):
    """P4: the wrong hand was in the call and chose; its yes is asked again like any other."""
    response = await sofie_in.browser.post("/choosing/1", data=YES, headers=JSON)
    assert response.status == 200
    assert (await note.shown(1)).outcome == Outcome.GOES
    await mette_in.send("turn_away", visit=visit, wrong_person=wrong_person)
    await mette_in.caught_up()
    assert (await note.shown(1)).outcome == Outcome.WAITS_FOR_VOICE


async def test_a_no_of_whom_the_host_turned_away_stands(mette_in, sofie_in, note, visit):
    """P4: closing is free, whoever closes."""
    no = YES | {"choice": "not_to_home"}
    await sofie_in.browser.post("/choosing/1", data=no, headers=JSON)
    await mette_in.send("turn_away", visit=visit, wrong_person=True)
    await mette_in.caught_up()
    shown = await note.shown(1)
    assert (shown.choice, shown.outcome) == (Choice.NOT_TO_HOME, Outcome.STAYS)


@pytest.fixture
async def visit(sofie_in, rooms, opened, database) -> int:
    """Sofie's place in the call."""
    lines = rooms.rooms[opened.meeting].lines
    (session,) = [line.session for line in lines if not line.is_host]
    async with database.read() as db:
        return (await db.scalars(select(Visit.id).where(Visit.session_id == session))).one()
