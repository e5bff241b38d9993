"""The field matrix on the line: who in a call is told which words of a note, and in which messages
(must show 2 of issue 5). Over HTTP: tests/http/noting/test_who_reads_the_note.py."""

import json
import re
from pathlib import Path

import pytest

from server.domain.roles import Role
from tests.conftest import Browser
from tests.lines import Talker, own_origin
from tests.who_reads import ON_THE_LINE, WORDS

JSON = {"Accept": "application/json"}
WS = Path(__file__).parents[2] / "server" / "ws"
# Every message the server sends, and whether words of a note may be in it.
MESSAGES = {
    "items": True, "chat": True, "state": False, "news": False, "done": False, "refused": False,
    "still": False, "moved": False, "speaks": False, "way": False, "silent": False,
    "rejoin": False, "reading": False,
}  # fmt: skip
TO_BISIDDER = {"chat", "state", "news", "done", "refused", "still"}


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


async def test_in_the_call_each_is_told_what_is_theirs(
    mette_in: Talker, sofie_in: Talker, aya_in: Talker, opened
) -> None:
    """P4, C15, U8: every cell, and a bisidder's line has no message about the note at all."""
    await write_everything(mette_in, sofie_in, opened.meeting)
    struck = "wordings.text (struck)"
    for talker, who in ((mette_in, "mette"), (sofie_in, "sofie"), (aya_in, "aya")):
        await talker.caught_up()
        # A line is on the screen for as long as it stands; struck, it is on no list any more.
        assert found(talker) - {struck} == ON_THE_LINE[who], who
        if who != "aya":
            items = [m for m in talker.heard if m["type"] == "items"][-1]
            assert WORDS[struck] not in json.dumps(items, ensure_ascii=False), who
    assert {message["type"] for message in aya_in.heard} <= TO_BISIDDER


async def test_on_a_borrowed_device_no_word_of_the_note_is_told(
    mette_in: Talker, join, let_in, opened
) -> None:
    """U8, P6: what she wrote herself stays on the screen."""
    sofie = await join(Role.YOUNG_PERSON, device="borrowed")
    await let_in(mette_in, sofie)
    await mette_in.ask("said")
    await write_everything(mette_in, sofie, opened.meeting)
    await sofie.caught_up()
    assert found(sofie) == ON_THE_LINE["sofie on a borrowed device"]


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
