"""The load generator measures what it says it measures; and the rule of the ladder."""

import asyncio
from xml.etree import ElementTree

import pytest

from tests.bench.load import offers
from tests.bench.load.figures import figures, table
from tests.bench.load.ladder import Climb, Window, climb
from tests.bench.load.latency import Latencies
from tests.bench.load.load import Load
from tests.bench.load.ours import Ours
from tests.bench.load.plot import plot
from tests.bench.load.run import Measured
from tests.bench.load.streams import KINDS, Extensions, Line, Pace, Stream


def window(rooms: int, **others: float) -> Window:
    usual = {
        "received": 1000, "p50_ms": 0.2, "p99_ms": 2.0, "loss": 0.0, "starved": 0.0,
        "core": 0.5, "us_per_packet": 12.0,
    }  # fmt: skip
    return Window(rooms=rooms, **{**usual, **others})


# How long packets took


def test_the_middle_and_the_end_of_what_was_counted():
    taken = Latencies()
    for milliseconds in range(1, 101):
        taken.add(milliseconds * 1_000_000)
    assert taken.quantile(0.5) == pytest.approx(50, abs=0.02)
    assert taken.quantile(0.99) == pytest.approx(99, abs=0.02)
    assert taken.most == 100_000_000


def test_what_came_back_before_it_left_took_no_time():
    """The clock of the stamps can be set back while a packet is on its way."""
    taken = Latencies()
    taken.add(-5_000)
    assert taken.quantile(0.99) == 0.01


def test_nothing_counted_is_no_time_at_all():
    assert Latencies().quantile(0.99) == 0.0


def test_what_took_minutes_is_counted_all_the_same():
    taken = Latencies()
    taken.add(60 * 10**9)
    assert (taken.count, taken.quantile(0.5)) == (1, 500.0)


# The rule of the ladder


@pytest.mark.parametrize(
    ("seen", "wrong"),
    [
        pytest.param({}, "", id="all is well"),
        pytest.param({"p99_ms": 20.0, "loss": 0.001}, "", id="just within the limits"),
        pytest.param({"p99_ms": 20.1}, "p99 20.1 ms", id="one in a hundred is too late"),
        pytest.param({"loss": 0.002}, "loss 0.20%", id="too much is lost"),
        pytest.param({"starved": 0.5}, "only 50% of the packets came", id="half is not sent on"),
        pytest.param({"failed": 1}, "packets that were not genuine", id="a forged one"),
        pytest.param({"strayed": 1}, "packets that were not genuine", id="another room's"),
        pytest.param({"generator_late_ms": 21.0, "loss": 0.5}, "the generator", id="we are slow"),
    ],
)
def test_what_is_the_matter_with_a_window(seen, wrong):
    assert window(8, **seen).wrong == wrong


async def climbed(script: dict[int, list[float]]) -> Climb:
    """Climb a ladder whose windows have these p99."""
    left = {rooms: iter(each) for rooms, each in script.items()}

    async def measure(rooms: int) -> Window:
        return window(rooms, p99_ms=next(left[rooms]))

    return await climb(script, measure)


async def test_a_step_is_held_by_three_clean_windows_in_a_row():
    found = await climbed({8: [1, 1, 1], 16: [2, 2, 2]})
    assert (found.held, found.stopped_by) == (16, "the end of the ladder")


async def test_somebody_elses_moment_on_the_machine_costs_a_try_and_not_the_step():
    found = await climbed({8: [1, 30, 1, 1, 30, 1, 1, 1]})
    assert found.held == 8
    assert len(found.at(8)) == 6


async def test_three_tries_without_three_clean_windows_are_the_limit():
    found = await climbed({8: [1, 1, 1], 16: [1, 1, 30, 1, 30, 25], 24: [1, 1, 1]})
    assert (found.held, found.stopped_by) == (8, "16 rooms: p99 25.0 ms")


# What a run comes to


def at(held: int, cost: dict[int, float]) -> Climb:
    """A climb that held so many rooms, at this time per packet on each step."""
    return Climb([window(rooms, us_per_packet=each) for rooms, each in cost.items()], held)


def measured(**others: list[Climb] | Climb | None) -> Measured:
    return Measured(
        bare=at(96, {16: 24.0, 32: 16.0, 96: 10.0}), full=at(64, {16: 30.0, 64: 15.0}),
        mb_per_room=0.4, counted={"nacks_answered": 7},
        half_load=[window(64, p50_ms=0.1), window(64, p50_ms=0.3), window(64, p50_ms=0.2),
                   window(64, p50_ms=0.01, starved=0.5)],
        joins_ms=[10.0, 12.0, 30.0], joins_failed=0, **others,
    )  # fmt: skip


def test_who_is_not_installed_is_compared_with_by_nothing():
    found = figures(measured())
    assert (found["rooms_per_core_bare"], found["rooms_per_core"]) == (96, 64)
    assert (found["janus_rooms_per_core"], found["cpu_per_packet_vs_janus"]) == (None, None)
    assert (found["nacks_answered"], found["layer_switches"]) == (7, 0)
    assert (found["p50_ms_half_load_joins"], found["join_ms_half_load"]) == (0.2, 12.0)


def test_we_are_held_against_the_others_better_mode_at_equal_loads():
    default = at(16, {16: 50.0, 24: 70.0})
    loops = at(32, {16: 48.0, 32: 32.0, 40: 30.0})
    found = figures(measured(janus_bare=[default, loops]))
    assert (found["janus_rooms_per_core_bare"], found["bare_rooms_vs_janus"]) == (32, 3.0)
    assert found["cpu_per_packet_vs_janus_bare"] == 0.5  # 16 of 32 at 32 rooms


def test_nobody_is_beaten_by_a_step_they_did_not_hold():
    fallen = at(0, {16: 900.0})
    found = figures(measured(janus_full=[fallen]))
    assert (found["janus_rooms_per_core"], found["cpu_per_packet_vs_janus"]) == (0, None)


def test_the_relay_is_compared_at_the_one_room_it_may_or_may_not_hold():
    overwhelmed = Climb([window(1, us_per_packet=1500.0, starved=0.5)], 0)
    seen = measured(relay=overwhelmed)
    seen.full.windows.append(window(1, us_per_packet=75.0))
    found = figures(seen)
    assert (found["relay_rooms_per_core"], found["cpu_per_packet_vs_relay"]) == (0, 0.05)


def test_a_run_is_told_as_a_table_and_drawn():
    seen = measured(janus_bare=[at(16, {16: 50.0}), at(32, {16: 48.0, 32: 30.0})])
    rows = table(seen).splitlines()
    assert [row.split("|")[1].strip() for row in rows[2:]] == [
        "ours, bare", "ours, everything on", "Janus default, bare", "Janus event_loops=1, bare",
    ]  # fmt: skip
    assert rows[2].startswith("| ours, bare | 96 | 2.0 | 10.0 | 24.0 |")
    drawn = ElementTree.fromstring(plot(seen.climbs()))  # noqa: S314, written two lines above
    assert len(drawn.findall("{http://www.w3.org/2000/svg}polyline")) == 4


# What is sent


def test_streams_take_turns_at_an_even_pace():
    pace = Pace(rate=50)
    pace.add("one", now=100.0)
    pace.add("two", now=100.0)
    turns = [(pace.next(), round(pace.due - 100, 3)) for _ in range(4)]
    assert [turn for turn, _ in turns] == ["two", "one", "two", "one"]
    assert [due for _, due in turns] == [0.01, 0.02, 0.03, 0.04]


def test_a_packet_carries_the_negotiated_extensions_and_one_number_per_client():
    line, view = Line(), memoryview(bytearray(2048))
    both = [
        Stream(
            kind=kind, ssrc=7, payload_type=96, sender=1, line=line, leg=None,
            extensions=Extensions(send_time=2, transport=3),
        )
        for kind in ("h", "audio")
    ]  # fmt: skip
    assert both[0].write(view, 0, 10**18) == KINDS["h"].size
    assert bytes(view[12:20]) == b"\xbe\xde\x00\x02\x31\x00\x00\x22"
    both[1].write(view, 0, 10**18)
    assert bytes(view[16:19]) == b"\x31\x00\x01"


def test_an_answer_is_read_for_what_the_bench_needs():
    offered = offers.write("AB", ("ufrag", "password"), slots=1, full=True)
    told = offers.read(offered.sdp)
    assert (told.ufrag, [section.kind for section in told.sections]) == (
        "ufrag", ["audio", "video", "video", "audio", "video"],
    )  # fmt: skip
    camera, screen = told.sections[1:3]
    assert (camera.layers, camera.receives()) == (["l", "m", "h"], [])
    assert [kind for _, kind in screen.receives()] == ["video", "rtx"]
    assert camera.payload_types == {"vp8": 96, "rtx": 97}
    assert camera.extensions[offers.TRANSPORT] == 3


# The whole, small


@pytest.mark.parametrize("full", [False, True], ids=["bare", "everything on"])
async def test_two_rooms_hear_and_see_each_other_and_nobody_else(full: bool):
    """No claim about time: packets come, those looked into are genuine and of the own room."""
    load = Load()
    await load.start()
    server = Ours(load, full=full)
    await server.start()
    try:
        await server.add_room()
        await server.add_room()
        async with asyncio.timeout(20):
            seen = await load.window(0.5)
            while seen["received"] < 0.9 * seen["owed"]:
                seen = await load.window(0.5)
        assert seen["checked"] > 50
        assert (seen["failed"], seen["strayed"]) == (0, 0)
        assert seen["p50_ms"] > 0
    finally:
        await server.close()
        await load.close()


async def test_a_leg_nobody_answers_is_told_as_such(monkeypatch):
    """The bench stops instead of measuring an empty room."""
    monkeypatch.setattr("tests.bench.load.load.PATIENCE", 0.3)
    load = Load()
    await load.start()
    server = Ours(load, full=False)
    await server.start()
    server.port = 9  # nobody there
    with pytest.raises(TimeoutError):
        await server.add_room()
    await server.close()
    await load.close()


async def test_a_generator_that_ends_is_told_as_such():
    load = Load()
    await load.start()
    load._process.kill()
    with pytest.raises((RuntimeError, BrokenPipeError, ConnectionResetError)):
        await load.window(5)
    await load.close()
