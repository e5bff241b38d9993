"""`run.py check` names the joint that is broken."""

import socket
from dataclasses import replace

import pytest

from server.settings import Settings
from server.tools import check
from server.tools.check_words import WORDS, say
from tests.impair import Impair

SETTINGS = Settings(media_addresses=("127.0.0.1",), media_port=0, language="en")


async def test_on_a_sound_machine_every_joint_holds(capsys):
    assert await check.run(SETTINGS)
    said = capsys.readouterr().out
    assert said.count("ok ") == len(WORDS["en"])
    assert "Video works from this machine." in said


async def test_a_taken_port_is_named_and_is_the_end(capsys):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
        other.bind(("127.0.0.1", 0))
        port = other.getsockname()[1]
        assert not await check.run(replace(SETTINGS, media_port=port, language="da"))
    said = capsys.readouterr().out
    assert f"UDP {port} kan ikke åbnes" in said
    assert said.count("ok ") == 0


async def test_a_call_goes_by_the_address_and_port_a_router_translates(capsys):
    """1:1 NAT: what clients are told is not where the worker listens."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind(("127.0.0.1", 0))
        own = free.getsockname()[1]
    router = Impair(("127.0.0.1", own))
    try:
        told = f"127.0.0.1:{router.address[1]}"
        assert await check.run(replace(SETTINGS, media_addresses=(told,), media_port=own))
        assert router.counts()["127.0.0.1"]["down"]["delivered"] > 0
    finally:
        router.close()
    assert "Video works from this machine." in capsys.readouterr().out


async def test_an_answer_counts_only_from_where_it_was_asked():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
        silent.bind(("127.0.0.1", 0))
        port = silent.getsockname()[1]
    assert not await check._answers("127.0.0.1", port, "ufrag", "password")


@pytest.mark.parametrize("language", WORDS)
def test_every_joint_has_its_sentences_in_every_language(language):
    assert set(WORDS[language]) == {name for name, _ in check.Check(SETTINGS).joints()} | {"all"}
    for joint in WORDS[language]:
        assert say(language, joint, "one", "two", holds=True).startswith("ok ")
