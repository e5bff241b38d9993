"""Whatever somebody sends costs only themselves; strangers get no socket at all."""

import json

import pytest
from aiohttp import WSServerHandshakeError
from hypothesis import given
from hypothesis import strategies as st

from server.domain.roles import Role
from server.ws import messages
from tests.lines import own_origin

MALFORMED = [
    "", "x", "null", "[]", '"knock"', "[" * 50_000, '{"type":"knock"}', '{"type":"nothing"}',
    '{"type":"knock","ref":""}', '{"type":"knock","ref":"' + "r" * 41 + '"}',
    '{"type":"knock","ref":1}', '{"type":"knock","ref":"a","extra":1}',
    '{"type":"admit","visit":0}', '{"type":"admit","visit":"7"}', '{"type":"admit","visit":1e400}',
    '{"type":"admit","visit":9007199254740993}', '{"type":"microphone","on":"yes"}',
    '{"type":"chat","ref":"a","text":""}', '{"type":"chat","ref":"a","text":"\\ud800"}',
    json.dumps({"type": "chat", "ref": "a", "text": "x" * 2001}),
    json.dumps({"type": "company", "ref": "a", "text": "x" * 81}),
    '{"type":"another_way","ref":"a","way":"because-karl-listens"}',
    '{"a":' + "[" * 50_000, '{"a":' + "[" * 9000 + "]" * 9000 + ',"type":"knock","ref":"a"}',
    '{"type":"turn_away","visit":1}', '{"type":"asked_again","question":"' + "q" * 33 + '"}',
]  # fmt: skip


@pytest.mark.parametrize("text", MALFORMED, ids=lambda text: text[:40] or "nothing")
def test_anything_but_exactly_a_message_is_refused(text):
    with pytest.raises(ValueError, match="."):
        messages.parse(text)


@given(st.text(max_size=200) | st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=9), inner), max_leaves=12,
).map(json.dumps))  # fmt: skip
def test_no_text_makes_the_parser_do_anything_but_refuse(text):
    with pytest.raises(ValueError, match="."):
        messages.parse(text)


@pytest.mark.parametrize(
    "text", ["{", '{"type":"admit","visit":true}', "[" * 60_000, '{"a":' + "[" * 60_000]
)
async def test_a_malformed_message_closes_its_senders_line_alone(mette_in, sofie_in, text):
    """S29: the others go on talking, and the sender may come back to where they were."""
    await sofie_in.socket.send_str(text)
    assert await sofie_in.close_code() == 4400
    await mette_in.caught_up()
    assert mette_in.state["phase"] == "room"


async def test_bytes_instead_of_text_are_malformed(sofie_in):
    await sofie_in.socket.send_bytes(b"{}")
    assert await sofie_in.close_code() == 4400


async def test_a_message_beyond_the_limit_ends_the_line_unread(mette_in, sofie_in):
    """M13: 64 KiB, where the library would take four million bytes."""
    await sofie_in.socket.send_str("x" * (messages.LARGEST + 1))
    assert await sofie_in.close_code() == 1009
    await mette_in.caught_up()
    assert mette_in.state["phase"] == "room"


async def test_too_many_messages_close_the_line_of_who_sent_them(mette_in, sofie_in, rooms):
    """V17.3.1: a flood is its sender's own trouble."""
    this_second = rooms.time()
    rooms.time = lambda: this_second
    for _ in range(messages.A_SECOND + 1):
        await sofie_in.send("microphone", on=False)
    assert await sofie_in.close_code() == 4429
    await mette_in.caught_up()
    assert mette_in.state["phase"] == "room"


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", None, "http://[", "http://127.0.0.1:1"]
)
async def test_another_sites_page_gets_no_socket(sofie, origin):
    """V4.4.2: the upgrade carries the true Origin, or it is refused."""
    headers = {} if origin is None else {"Origin": origin}
    with pytest.raises(WSServerHandshakeError) as refusal:
        await sofie.ws_connect("/line", headers=headers)
    assert refusal.value.status == 403


async def test_who_has_no_right_here_gets_no_socket(opened, as_kind, stranger):
    """L11: the same 404 for a stranger, another's meeting, no meeting and a home."""
    tried = [
        (stranger, "/line"), (stranger, f"/line?meeting={opened.meeting}"),
        (await as_kind(account=opened.jens), f"/line?meeting={opened.meeting}"),
        (await as_kind(account=opened.mette), "/line?meeting=99999"),
        (await as_kind(account=opened.mette), "/line?meeting=x"),
        (await as_kind(account=opened.mette), "/line"),
        (await as_kind(placement=opened.holms), "/line"),
        (await as_kind(seat=opened.sofies_seat), f"/line?meeting={opened.meeting}"),
    ]  # fmt: skip
    for browser, address in tried:
        with pytest.raises(WSServerHandshakeError) as refusal:
            await browser.ws_connect(address, headers={"Origin": own_origin(browser)})
        assert refusal.value.status == 404, address


async def test_a_line_before_its_time_is_not_open(sofie):
    with pytest.raises(WSServerHandshakeError) as refusal:
        await sofie.ws_connect("/line", headers={"Origin": own_origin(sofie)})
    assert refusal.value.status == 409


@pytest.mark.parametrize("odd", ["a\0b", "Ida\u202emaS"])
async def test_words_with_odd_characters_are_refused_and_nothing_is_kept(mette_in, sofie_in, odd):
    """P9: who sits beside the camera reads for everybody as it was written."""
    for talker, kind in ((sofie_in, "chat"), (mette_in, "company")):
        refusal = await talker.ask(kind, text=odd)
        assert (refusal["type"], refusal["error"]) == ("refused", "invalid")
        assert refusal["text"]
    await mette_in.caught_up()
    assert mette_in.told("chat") == []
    assert mette_in.state["roster"][0]["with"] == ""


async def test_a_host_speaks_for_one_meeting_only(mette_in, join):
    """P1: the same caseworker's words on the line are about the meeting they opened."""
    sofie = await join(Role.YOUNG_PERSON)
    await sofie.ask("knock")
    await mette_in.sees(lambda state: state["knocks"])
    await mette_in.send("open_door", visit=mette_in.visit + 1000)
    refusal = await mette_in.until(lambda message: message["type"] == "refused")
    assert refusal["error"] == "not-found"
