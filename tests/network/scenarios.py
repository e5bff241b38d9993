"""What the call is put through. Each scenario is a function that gives figures; `lines.py` of the
results are for people (docs/network.md), and test_bad_networks.py holds them against the promises.

Shares are 0-1, times seconds, widths pixels. Sofie is who is put through it; the others' figures
show what it costs them.
"""

import asyncio
from collections.abc import Awaitable, Callable

from tests.impair import Conditions, bursts
from tests.network import figures
from tests.network.flooding import one_sender_floods
from tests.network.meeting import Meeting
from tests.network.moving import moves
from tests.network.narrow import no_route, sound_alone
from tests.profiles import PROFILES

Figures = dict[str, float]
FULL = 640  # pixels of width that count as a whole picture
NARROW = Conditions(rate=300e3, queue=0.4, delay=0.02)
OTHERS = ("mette", "aya")


async def one_receiver_limited(held: Meeting) -> Figures:
    """Sofie's network lets 300 kbit/s down for 40 s, and then everything again."""
    full_after = await held.is_full()
    before = await held.lasts(8)
    sofie = held.places["sofie"].address
    held.network.set(sofie, down=NARROW)
    onset = await held.lasts(10)
    limited = await held.lasts(30)
    counts = held.network.counts()[sofie]["down"]
    held.network.set(sofie)
    back = await held.is_full()
    after = await held.lasts(2)
    narrowed = figures.widths(held.of("sofie", limited))
    return {
        "full pictures after": full_after,
        "sofie's widest picture before": _widest(figures.widths(held.of("sofie", before))),
        "sofie's widest picture while limited": _widest(narrowed),
        "sofie's pictures moving while limited": sum(map(len, narrowed)) / max(1, len(narrowed)),
        "sofie's sound concealed, first 10 s": figures.concealed(held.of("sofie", onset)),
        "sofie's sound concealed, then": figures.concealed(held.of("sofie", limited)),
        **{
            f"{name}'s widest picture meanwhile": _widest(figures.widths(held.of(name, limited)))
            for name in OTHERS
        },
        **{
            f"{name}'s sound concealed meanwhile": figures.concealed(
                held.of(name, (onset[0], limited[1]))
            )
            for name in OTHERS
        },
        "full again after": back,
        "sofie's widest picture after": _widest(figures.widths(held.of("sofie", after))),
        "proxy: received": counts["received"],
        "proxy: dropped by the queue": counts["queue_full"],
        "proxy: delivered": counts["delivered"],
    }


async def _bad_for_sofie(held: Meeting, conditions: Conditions, seconds: float) -> Figures:
    """Sofie's network is bad in both directions; what she gets, and what is got of her."""
    sofie = held.places["sofie"].address
    before = held.network.counts()[sofie]["down"]
    for page in held.pages.values():
        await figures.gaps(page)
    held.network.set(sofie, up=conditions, down=conditions)
    spell = await held.lasts(seconds)
    frozen = {name: await figures.gaps(page) for name, page in held.pages.items()}
    held.network.set(sofie)
    after = held.network.counts()[sofie]["down"]
    hers, mettes = held.of("sofie", spell), held.of("mette", spell)
    received = after["received"] - before["received"]
    return {
        "sound concealed at sofie": figures.concealed(hers),
        "sound concealed at mette": figures.concealed(mettes),
        "sound lost at sofie": figures.lost(hers, "audio"),
        "picture lost at sofie": figures.lost(hers, "video"),
        "freezes at sofie": figures.grown(hers, "inbound", "video", "freezeCount"),
        "seconds frozen at sofie": figures.grown(hers, "inbound", "video", "totalFreezesDuration"),
        "longest freeze at sofie": _longest(frozen["sofie"]),
        "longest freeze at mette": _longest(frozen["mette"]),
        "asked again by sofie": figures.grown(hers, "inbound", "video", "nackCount"),
        "sent again to sofie": figures.grown(
            hers, "inbound", "video", "retransmittedPacketsReceived"
        ),
        "sent again by sofie": figures.grown(hers, "outbound", "video", "retransmittedPacketsSent"),
        "key frames wished by sofie": figures.grown(hers, "inbound", "video", "pliCount"),
        "sofie's widest picture": _widest(figures.widths(hers)),
        "proxy: share lost to sofie": (after["lost"] - before["lost"]) / max(1, received),
    }


def bad_for_sofie(conditions: Conditions, seconds: float = 30) -> "Scenario":
    async def run(held: Meeting) -> Figures:
        await held.is_full()
        return await _bad_for_sofie(held, conditions, seconds)

    return run


async def spiky(held: Meeting) -> Figures:
    """Ten good seconds, ten with about 30 % lost in bursts, ten good ones; all counted."""
    await held.is_full()
    sofie = held.places["sofie"].address
    spells = [(10, conditions) for _, conditions in PROFILES["spiky"]]
    found = asyncio.create_task(_bad_for_sofie(held, spells[0][1], 30))
    for seconds, conditions in spells[1:]:
        await asyncio.sleep(seconds)
        held.network.set(sofie, up=conditions, down=conditions)
    return await found


def _widest(read: list[list[int]]) -> float:
    return max((max(one) for one in read if one), default=0)


def _longest(gaps: dict[str, float]) -> float:
    return max((gap for name, gap in gaps.items() if name.startswith("video ")), default=0.0)


Scenario = Callable[[Meeting], Awaitable[Figures]]

SCENARIOS: dict[str, Scenario] = {
    "good": bad_for_sofie(Conditions()),
    "one_receiver_limited": one_receiver_limited,
    "loss_5": bad_for_sofie(Conditions(loss=0.05)),
    "loss_20": bad_for_sofie(Conditions(loss=0.20)),
    "bursts_10_of_3": bad_for_sofie(Conditions(**bursts(0.10, 3))),
    "loss_10": bad_for_sofie(Conditions(loss=0.10)),
    "loss_30": bad_for_sofie(Conditions(loss=0.30)),
    "loss_50": bad_for_sofie(Conditions(loss=0.50)),
    "moderate": bad_for_sofie(PROFILES["moderate"][0][1]),
    "international": bad_for_sofie(PROFILES["international"][0][1]),
    "spiky": spiky,
    "moves": moves,
    "sound_alone": sound_alone,
    "no_route": no_route,
    "one_sender_floods": one_sender_floods,  # last: it takes Aya's seat from her browser
}
