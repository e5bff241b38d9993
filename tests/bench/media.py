"""How many rooms of three one core holds, what a packet costs, and how others do on the same work.

A room of three is three people who each send VP8-shaped RTP (120 packets of 1052 bytes a second,
1 Mbit/s) and Opus (50 of 112 bytes), and each get the other two: 510 packets a second in, 1020
out. The worker has one core, the load generator another (tests/bench/load). Every client does
STUN, DTLS and SRTP; the time of sending travels encrypted in the packet, the time of arrival is
the kernel's; every eighth packet is decrypted and looked into. Loss goes by packet numbers. A
number of rooms is held when three windows in a row have p99 within 20 ms and loss within 0.1 %.

Bare is forwarding alone. With everything on, clients offer what the product's page offers and
send the RTCP a browser sends. docs/bench.md tells what these figures do not show. A table and a
plot are left in `out/bench`.
"""

from pathlib import Path

from tests.bench._budgets import at_least, at_most
from tests.bench.load import figures, plot, run

OUT = Path(__file__).parents[2] / "out" / "bench"

BUDGETS = {
    "rooms_per_core_bare": at_least(90),
    "rooms_per_core": at_least(55),
    "bare_rooms_vs_janus": at_least(3),
    "rooms_vs_janus": at_least(1.5),
    "cpu_per_packet_vs_janus_bare": at_most(0.6),
    "cpu_per_packet_vs_janus": at_most(0.9),
    "cpu_per_packet_vs_relay": at_most(0.02),
    "p50_ms_half_load_joins": at_most(0.5),
    "p99_ms_half_load_joins": at_most(5),
    "mb_per_room": at_most(1.5),
    "twcc_feedbacks": at_least(1),
    "nacks_answered": at_least(1),
    "sender_reports": at_least(1),
    "layer_switches": at_least(1),
}


async def measure(*, quick: bool) -> dict[str, float | None]:
    measured = await run.everything(run.QUICK if quick else run.THOROUGH)
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "media.svg").write_text(plot.plot(measured.climbs()))
    (OUT / "media.md").write_text(figures.table(measured))
    print(f"\n{figures.table(measured)}")
    return figures.figures(measured)
