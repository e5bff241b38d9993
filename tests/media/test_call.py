"""A call between two independent implementations: aiortc at both ends, our worker between."""

import ast
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from av import AudioFrame, VideoFrame

from server.media.gateway import Connected, Edge, Gateway, Gone
from server.media.trial import Trials, TrialsFull
from server.media.trial_partner import DELAY, SILENCE, Picture, Sound
from tests.media.caller import Caller
from tests.media.client import Client

TREE = Path(__file__).parents[2]


def pitch(frames: list[AudioFrame]) -> float:
    """How often the sound crosses zero upwards in a second: the pitch of a simple tone."""
    crossings = total = 0
    last = 0
    for frame in frames:
        samples = memoryview(bytes(frame.planes[0])[: 2 * 2 * frame.samples]).cast("h")[::2]
        total += len(samples)
        for sample in samples:
            crossings += last < 0 <= sample
            last = sample or last
    return crossings * 48000 / total


async def test_two_people_hear_and_see_each_other(gateway):
    """Decoded at both ends by another implementation than ours."""
    mette, sofie = Caller(Sound(), Picture()), Caller()
    await mette.join(gateway, "r", "mette")
    await sofie.join(gateway, "r", "sofie")
    await gateway.matrix(
        "r", 1, [Edge("mette", "sofie", 1, True, True), Edge("sofie", "mette", 0, True, True)]
    )
    seen = await sofie.enough(VideoFrame, 10)
    heard = await mette.enough(AudioFrame, 20)
    assert {(frame.width, frame.height) for frame in seen} == {(320, 240)}
    assert heard[0].sample_rate == 48000
    await mette.close()
    await sofie.close()


async def test_what_is_heard_is_what_was_said(gateway):
    """The tune's first notes arrive as tones between 500 and 1100 Hz, not as something."""
    mette, sofie = Caller(Sound()), Caller()
    await sofie.join(gateway, "r", "sofie")
    await gateway.matrix("r", 1, [Edge("mette", "sofie", 0, True, False)])
    await mette.join(gateway, "r", "mette")
    heard = await sofie.enough(AudioFrame, 60)
    assert 450 < pitch(heard[20:60]) < 1150
    await mette.close()
    await sofie.close()


async def test_the_worker_never_loads_a_decoder(gateway):
    """W8, M12: after a whole call with pictures, neither av nor aiortc is there."""
    mette, sofie = Caller(), Caller()
    await mette.join(gateway, "r", "mette")
    await sofie.join(gateway, "r", "sofie")
    await gateway.matrix("r", 1, [Edge("mette", "sofie", 0, True, True)])
    await sofie.enough(VideoFrame, 3)
    counts = await gateway.statistics()
    assert counts["forwarded"] > 0
    assert counts["modules_loaded_av"] is False
    await mette.close()
    await sofie.close()


def test_nothing_the_worker_is_made_of_asks_for_more_than_it_may():
    """ADR 3: the standard library, pyOpenSSL (with cryptography) and pylibsrtp."""
    program = (
        "import sys, server.media.worker, server.media.control, server.media.packets as p\n"
        "print(sorted({n.partition('.')[0] for n in sys.modules}))"
    )
    said = subprocess.run(
        [sys.executable, "-c", program], cwd=TREE, capture_output=True, text=True, check=True
    )
    loaded = set(ast.literal_eval(said.stdout))
    assert {"OpenSSL", "pylibsrtp"} <= loaded
    assert not loaded & {"av", "aiortc", "aioice", "aiohttp", "sqlalchemy", "asyncio"}


async def test_a_trial_call_shows_plays_and_gives_back(gateway, happened):
    """Everybody can try before a meeting, through the very worker a meeting runs on."""
    trials = Trials(gateway)
    await trials.open("try")
    sofie = Caller(slots=1)
    await sofie.join(gateway, "try", "sofie")
    await gateway.matrix(
        "try", 1, [Edge("trial", "sofie", 0, True, True), Edge("sofie", "trial", 0, True, False)]
    )
    await happened.wait(Connected, seat="trial")
    kinds = Counter(type(frame) for frame in await sofie.enough((AudioFrame, VideoFrame), 40))
    assert kinds[AudioFrame]
    assert kinds[VideoFrame]
    await trials.close("try")
    assert (await happened.wait(Gone, seat="trial")).why in ("forgotten", "closed")
    await sofie.close()


async def test_the_partner_gives_ones_own_sound_back_after_a_moment():
    sound, spoken = Sound(), [bytes([n]) * len(SILENCE) for n in range(1, 200)]
    while sound._next() != SILENCE:  # the tune
        pass
    for said in spoken[:DELAY]:
        assert sound._next() == SILENCE
        sound.hear(said)
    for said, back in zip(spoken[DELAY:], spoken, strict=False):
        assert sound._next() == back
        sound.hear(said)


async def test_only_a_few_can_try_at_once(gateway, happened):
    """L14: who is turned down keeps no connection either, or many of them would fill the worker."""
    trials = Trials(gateway, most=1)
    await trials.open("one")
    sofie = Caller(slots=1)
    await sofie.join(gateway, "two", "sofie")
    with pytest.raises(TrialsFull):
        await trials.open("two", "guest-2")
    assert (await happened.wait(Gone, seat="sofie")).why == "forgotten"
    await sofie.close()
    await trials.close_all()
    await trials.open("two")
    await trials.close_all()


async def test_one_link_takes_one_place_however_many_browsers(gateway):
    """L14: the newest trial of a link ends its older one; another link's goes on."""
    trials = Trials(gateway, most=2)
    await trials.open("phone", "guest-1")
    await trials.open("tablet", "guest-1")
    await trials.open("other", "guest-2")
    with pytest.raises(TrialsFull):
        await trials.open("third", "guest-3")
    await trials.close_all()


async def test_a_trial_ends_by_itself(gateway, happened):
    trials = Trials(gateway, life=0.1)
    await trials.open("try")
    await happened.wait(Gone, seat="trial")
    await gateway.statistics()
    await trials.close("try")


@pytest.mark.parametrize("batched", [False], indirect=True, ids=["one call per packet"])
async def test_the_plain_way_carries_a_call_as_well(gateway, seat):
    """For systems without recvmmsg; it is what the batched way is held against."""
    mette, sofie = await seat("mette"), await seat("sofie")
    await gateway.matrix("r", 1, [Edge("sofie", "mette", 0, True, True)])
    sofie.say(b"plain")
    assert (await mette.next()).payload == b"plain"


@pytest.mark.parametrize("addresses", [("::1",), ("127.0.0.1", "::1")], ids=["IPv6", "both"])
async def test_people_on_ipv6_and_ipv4_meet(happened, addresses):
    gateway = Gateway(addresses=addresses, port=0, on_event=happened, realtime=False)
    await gateway.start()
    mette = await Client(gateway, "r", "mette", host=addresses[0]).join()
    sofie = await Client(gateway, "r", "sofie", host=addresses[-1]).join()
    await gateway.matrix(
        "r", 1, [Edge("mette", "sofie", 0, True, True), Edge("sofie", "mette", 0, True, True)]
    )
    mette.say(b"over one")
    sofie.say(b"over the other")
    assert (await sofie.next()).payload == b"over one"
    assert (await mette.next()).payload == b"over the other"
    await gateway.close()
    mette.close()
    sofie.close()


async def test_a_joiner_costs_the_others_no_packet(gateway, seat):
    """Nothing is negotiated again: the newcomer's media starts flowing in a free slot."""
    mette, sofie = await seat("mette"), await seat("sofie")
    edges = [Edge("sofie", "mette", 0, True, False)]
    await gateway.matrix("r", 1, edges)
    sofie.say(b"one")
    first = await mette.next()
    aya = Client(gateway, "r", "aya")
    await aya.join()
    await gateway.matrix("r", 2, [*edges, Edge("aya", "mette", 1, True, False)])
    sofie.say(b"two")
    second = await mette.next()
    assert second.sequence == (first.sequence + 1) & 0xFFFF
    aya.say(b"hello")
    assert (await mette.next()).slot == 1
    aya.close()
