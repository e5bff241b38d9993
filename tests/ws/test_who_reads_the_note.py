"""The field matrix on the line: who in a call is told which words of a note, and in which messages
(must show 2 of issue 5). Over HTTP: tests/http/noting/test_who_reads_the_note.py."""

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest

from server import keys
from server.domain.roles import Role
from server.ws.rooms import TOUCH
from tests.conftest import NOON, Browser
from tests.factories import store_brought
from tests.lines import Talker, own_origin, store_answers
from tests.who_reads import (
    IN_THE_CALL,
    ON_A_BORROWED_DEVICE,
    ON_THE_LINE,
    ROLES,
    WORDS,
    State,
    Who,
)

JSON = {"Accept": "application/json"}
WS = Path(__file__).parents[2] / "server" / "ws"
# Every message the server sends, and whether words of a note may be in it.
MESSAGES = {
    "items": True, "chat": True, "state": False, "news": False, "done": False, "refused": False,
    "still": False, "moved": False, "speaks": False, "way": False, "silent": False,
    "rejoin": False, "reading": False,
}  # fmt: skip
TO_OTHERS = {"chat", "state", "news", "done", "refused", "still"}


def test_every_message_of_the_servers_is_listed() -> None:
    """S42: one that nobody listed fails."""
    said = {name for file in WS.glob("*.py") for name in re.findall(r'"type": "(\w+)"', read(file))}
    assert said == set(MESSAGES)


def read(file: Path) -> str:
    return file.read_text(encoding="utf-8")


async def write_everything(mette: Talker, sofie: Talker, meeting: int) -> None:
    """Mette's note in the call, with everything that can be written in one."""
    base = f"/meetings/{meeting}"

    async def post(path: str, **sent: str) -> dict[str, object]:
        answer = await mette.browser.post(f"{base}{path}", data=sent, headers=JSON)
        assert answer.status == 200, path
        found: dict[str, object] = await answer.json()
        return found

    async def write(section: str, text: str, **more: str) -> str:
        return str((await post("/items", section=section, text=text, **more))["item"])

    plain = await write("talked_about", WORDS["wordings.text"])
    home = WORDS["wordings.text (for the home)"]
    await post(f"/items/{plain}/home", text=home, revision="0")
    said_by = WORDS["items.said_by"]
    quoted = await write("own_words", WORDS["wordings.text (kept back)"], said_by=said_by)
    await post(f"/items/{quoted}/tag", tag="concern")
    owner = WORDS["promises.owner"]
    await write("agreed", WORDS["promises.words"], owner=owner, due="2026-12-01")
    must = await write("talked_about", WORDS["wordings.text (must be passed on)"])
    await post(f"/items/{must}/must-pass-on", reason=WORDS["items.reason"], entry="1")
    await post("/requests", words=WORDS["requests.words"])
    await sofie.ask("chat", text=WORDS["chats.text"])
    # At last, so that everybody hears of the whole note after it.
    struck = await write("thinks", WORDS["wordings.text (struck)"])
    await post(f"/items/{struck}/strike")


def found(talker: Talker) -> set[str]:
    """Which words were on this line: in messages that may hold any, and in no other."""
    told = {"may": "", "never": ""}
    for message in talker.heard:
        kind = "may" if MESSAGES[message["type"]] else "never"
        told[kind] += json.dumps(message, ensure_ascii=False)
    assert not [name for name, words in WORDS.items() if words in told["never"]]
    return {name for name, words in WORDS.items() if words in told["may"]}


@pytest.fixture
async def all_in(mette_in, sofie_in, aya_in, app, opened, clock, connect, as_kind, let_in):
    """Everybody who can be in a talk, by their role."""
    everybody = {Who.METTE: mette_in, Who.SOFIE: sofie_in, Who.AYA: aya_in}
    for who, role in ((Who.LEYLA, Role.INTERPRETER), (Who.BIRK, Role.SECOND_PROFESSIONAL)):
        async with app[keys.DATABASE].begin() as db:
            seat = await store_brought(db, opened.meeting, role, clock.now())
        browser = await as_kind(seat=seat)
        async with app[keys.DATABASE].begin() as db:
            await store_answers(db, seat, clock)
        guest = await connect(browser, role)
        clock.move(seconds=1)
        assert (await sofie_in.ask("newcomer", seat=seat, answer="yes"))["type"] == "done"
        await let_in(mette_in, guest)
        everybody[who] = guest
    assert set(everybody) == set(ROLES.values())
    return everybody


async def comes_to(state: State, everybody: dict[Who, Talker], opened, rooms, clock) -> None:
    """Let it happen, from inside the call."""
    mette = everybody[Who.METTE]
    if state == State.READY:
        while clock.now() < NOON + timedelta(hours=1):  # the hour of the meeting
            clock.move(minutes=9)
            for _ in range(TOUCH):  # a session lives for as long as its line does
                await rooms.tick()
        ready = await mette.browser.post(
            f"/meetings/{opened.meeting}/note/ready", data={"supports": "Lene"}, headers=JSON
        )
        assert ready.status == 200
    elif state == State.LOCKED:
        assert (await mette.ask("lock_note", on=True))["type"] == "done"
    elif state == State.MOVED:
        sent = {"new_home": "Bo og Gitte"}
        moved = await mette.browser.post(f"/young-people/{opened.sofie}/home", data=sent)
        assert moved.status == 200


async def test_in_the_call_each_is_told_what_is_theirs(
    all_in, connect, opened, rooms, clock
) -> None:
    """P4, S42, C15, U8: every cell, in each state that there is in a call, on a line opened anew;
    and on the line of nobody but the two there is a message about the note at all."""
    await write_everything(all_in[Who.METTE], all_in[Who.SOFIE], opened.meeting)
    for state in State:
        if state not in IN_THE_CALL:
            continue
        await comes_to(state, all_in, opened, rooms, clock)
        for who, before in list(all_in.items()):
            await before.caught_up()
            all_in[who] = talker = await connect(before.browser, before.role)
            await talker.phase("room" if who == Who.METTE else "call")
            await talker.caught_up()
            assert found(talker) == ON_THE_LINE[who], f"{who} while {state}"
            if who not in (Who.METTE, Who.SOFIE):
                kinds = {message["type"] for message in before.heard + talker.heard}
                assert kinds <= TO_OTHERS, f"{who} while {state}"


async def test_what_is_struck_is_on_no_list_any_more(mette_in, sofie_in, opened) -> None:
    """P4: it was on the screen for as long as it stood."""
    await write_everything(mette_in, sofie_in, opened.meeting)
    for talker in (mette_in, sofie_in):
        await talker.caught_up()
        items = [m for m in talker.heard if m["type"] == "items"][-1]
        assert WORDS["wordings.text (struck)"] not in json.dumps(items, ensure_ascii=False)


async def test_on_a_borrowed_device_no_word_of_the_note_is_told(
    mette_in: Talker, join, let_in, opened
) -> None:
    """U8, P6: what she wrote herself stays on the screen."""
    sofie = await join(Role.YOUNG_PERSON, device="borrowed")
    await let_in(mette_in, sofie)
    await mette_in.ask("said")
    await write_everything(mette_in, sofie, opened.meeting)
    await sofie.caught_up()
    assert found(sofie) == ON_A_BORROWED_DEVICE


@pytest.fixture
def asker(request: pytest.FixtureRequest, who: str) -> Browser:
    found: Browser = request.getfixturevalue(who)
    return found


@pytest.mark.parametrize("who", ["holms", "dahls", "jens", "stranger"])
async def test_nobody_else_gets_a_line(who: str, opened, asker: Browser) -> None:
    """S42: they are refused before the first word."""
    origin = {"Origin": own_origin(asker)}
    for path in ("/line", f"/line?meeting={opened.meeting}"):
        answer = await asker.get(path, headers=origin, allow_redirects=False)
        assert answer.status in (303, 400, 403, 404), path
