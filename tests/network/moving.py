"""A person changes networks in the middle of a call, as from Wi-Fi to 4G, and is heard again."""

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable

from playwright.async_api import Page

from tests.network import figures
from tests.network.meeting import Meeting
from tests.network.world import Place

EACH = 10  # changes of each kind
MUTED = 4
SPELL = 8.0  # seconds for each change: what takes longer counts as this long, at least
NOTHING = 0.3  # seconds without any network between two
BOTH = 2.5  # seconds with both networks before the older one goes
PATIENCE = 40_000  # ms

# Every screen the call has shown since, so that a code or a door in between would be seen.
SCREENS = """() => {
  const room = document.querySelector('call-room')
  window.screens = new Set([room.dataset.standing])
  new MutationObserver(() => screens.add(room.dataset.standing)).observe(room, {
    attributes: true, attributeFilter: ['data-standing'],
  })
}"""


async def gap(place: Place) -> None:
    """Out of one network, and a moment later in the next: walking out of the house."""
    place.leave()
    await asyncio.sleep(NOTHING)
    place.arrive()


async def overlap(place: Place) -> None:
    """The next network is there before the old one goes, as phones do it where they can."""
    place.arrive()
    await asyncio.sleep(BOTH)
    place.leave()


Kind = Callable[[Place], Awaitable[None]]


async def moves(held: Meeting) -> dict[str, float]:
    """Sofie changes networks 20 times with her microphone on, and then without."""
    await held.is_full(320)
    sofie, aya = held.pages["sofie"], held.pages["aya"]
    await sofie.evaluate(SCREENS)
    await turns_off(aya, "Lyd", "Billede")  # now Mette hears nobody but Sofie
    found: dict[str, float] = {}
    every: dict[str, list[float]] = {"sofie": [], "mette": []}
    for kind in (gap, overlap):
        gone = [await one_change(held, kind) for _ in range(EACH)]
        for name, seconds in every.items():
            seconds += [one[name] for one in gone]
        found |= spread(f"{kind.__name__}: sofie hears again", [one["sofie"] for one in gone])
        found |= spread(f"{kind.__name__}: sofie is heard again", [one["mette"] for one in gone])
    found |= spread("all: sofie hears again", every["sofie"])
    found |= spread("all: sofie is heard again", every["mette"])
    found["connections made"] = 1.0 + max(
        row["joined"] for row in await held.watches["sofie"].look()
    )
    await turns_off(sofie, "Lyd")
    begin = (await held.lasts(1))[1]
    answered = []
    for kind in (gap, overlap) * (MUTED // 2):
        await kind(held.places["sofie"])
        answered.append(await answer_to_a_press(held))
        await held.lasts(SPELL)
    muted = (begin, (await held.lasts(0))[1])
    await turns_on(sofie, "Lyd")
    await turns_on(aya, "Lyd", "Billede")
    return {
        **found,
        **spread("a camera shut meanwhile is known to be", answered),
        "packets of sound from sofie while muted": figures.grown(
            held.of("sofie", muted), "outbound", "audio", "packetsSent"
        ),
        "packets of sound at mette while sofie is muted": figures.grown(
            held.of("mette", muted), "inbound", "audio", "packetsReceived"
        ),
        "other screens than the call at sofie": await sofie.evaluate(
            "[...screens].filter((name) => name !== 'call').length"
        ),
    }


async def one_change(held: Meeting, kind: Kind) -> dict[str, float]:
    """Move Sofie once; for how long she heard nobody, and Mette did not hear her."""
    pages = {name: held.pages[name] for name in ("sofie", "mette")}
    for page in pages.values():
        await figures.gaps(page)
    await kind(held.places["sofie"])
    await held.lasts(SPELL)
    gone = {name: (await figures.gaps(page))["audio"] for name, page in pages.items()}
    print(f"    {kind.__name__}:", *(f"{name} {seconds:.2f}" for name, seconds in gone.items()))
    return gone


async def turns_off(page: Page, *names: str) -> None:
    for name in names:
        await page.get_by_role("button", name=f"{name} til").click()
        await page.get_by_role("button", name=f"{name} fra").wait_for(timeout=PATIENCE)


async def turns_on(page: Page, *names: str) -> None:
    for name in names:
        await page.get_by_role("button", name=f"{name} fra").click()
        await page.get_by_role("button", name=f"{name} til").wait_for(timeout=PATIENCE)


async def answer_to_a_press(held: Meeting) -> float:
    """Sofie shuts her camera, over a line that is most likely dead; the seconds until the server
    says that it is shut. Afterwards it is open again."""
    sofie = held.pages["sofie"]
    camera = sofie.locator('.control[data-action="camera"]')
    begin = time.monotonic()
    await camera.click()
    await sofie.get_by_role("button", name="Billede fra").wait_for(timeout=PATIENCE)
    answered = time.monotonic() - begin
    await camera.click()
    await sofie.get_by_role("button", name="Billede til").wait_for(timeout=PATIENCE)
    return answered


def spread(name: str, seconds: list[float]) -> dict[str, float]:
    worst = sorted(seconds)
    return {
        f"{name}, median": statistics.median(worst),
        f"{name}, p95": worst[-(-95 * len(worst) // 100) - 1],
        f"{name}, longest": worst[-1],
    }
