"""Must show 1: whose each message is, from messages.py; one that is not listed here fails."""

from typing import Any, get_args

import pytest

from server.domain.roles import Role
from server.ws import messages

# What the host alone says about the door and the list, with fields that would do something.
HOSTS: dict[str, dict[str, Any]] = {
    "open_door": {"visit": 1},
    "close_door": {"visit": 1},
    "admit": {"visit": 1},
    "turn_away": {"visit": 1, "wrong_person": False},
    "asked_again": {"question": "heard"},
}
HOSTS_WITH_REF = {"finish"}
# What the host says around the talk: refused to others in tests/ws/test_during.py, and
# test_when_the_line_breaks.py.
HOSTS_DURING = {
    "step_away", "come_back", "ask", "promise_call", "said", "take_away", "calm", "doubt",
    "end_for_others", "lock_note", "look_away", "writing", "screen",
    "go_on_without",
}  # fmt: skip
EVERYBODYS = {
    "knock", "withdraw", "microphone", "camera", "pause", "resume", "leave", "company", "chat",
    "only_sound", "picture", "line_is", "asleep",
    "point",  # refused to a bisidder: tests/ws/test_reading_together.py
}  # fmt: skip
GUESTS = {
    "another_way", "change_subject", "newcomer", "answer", "card", "fetch_adult", "alone",
    "just_us", "together", "to_meeting", "ask_in", "have_wait", "list_add", "list_remove",
}  # fmt: skip


def test_every_message_is_somebodys() -> None:
    """S42: a message that nobody listed fails."""
    tags = {kind.__struct_config__.tag for kind in get_args(messages.Sent)}
    assert tags == {*HOSTS} | HOSTS_WITH_REF | HOSTS_DURING | EVERYBODYS | GUESTS


@pytest.mark.parametrize("role", [Role.YOUNG_PERSON, Role.BISIDDER])
async def test_no_guest_says_what_is_the_hosts(mette_in, join, role) -> None:
    """P1, P2: neither a bare link nor a bisidder opens a door or lets anybody in."""
    guest = await join(role)
    await guest.ask("knock")
    for kind, fields in HOSTS.items():
        await guest.send(kind, **fields)
        refused = await guest.until(lambda message: message["type"] == "refused")
        assert refused["error"] == "host-only", kind
    assert (await guest.ask("finish"))["error"] == "host-only"
    assert guest.state["brief"] is None
    assert guest.state["knocks"] == guest.state["alerts"] == []
