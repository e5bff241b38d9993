"""A line so narrow that only sound fits, and one that is away for a while."""

import asyncio
from collections.abc import Awaitable, Callable

from sqlalchemy import select

from server.store.tables import Visit
from tests.e2e import hearing
from tests.impair import Conditions
from tests.network import figures
from tests.network.meeting import TONES, Meeting
from tests.network.moving import PATIENCE, SCREENS, turns_off, turns_on
from tests.network.world import Place

NARROW = Conditions(rate=100e3, queue=0.4, delay=0.04)
AWAY = 8.0  # seconds without a route
SPELL = 15.0  # seconds after it: who is not back by then counts as this late, at least
TURNS_OVER = 45.0  # seconds within which a page is to have put sound first by itself


async def sound_alone(held: Meeting) -> dict[str, float]:
    """Sofie's network lets 100 kbit/s through, each way, while she talks with Mette."""
    await held.is_full(320)
    sofie, aya = held.pages["sofie"], held.pages["aya"]
    await turns_off(aya, "Lyd", "Billede")
    place = held.places["sofie"]
    held.network.set(place.address, up=NARROW, down=NARROW)
    onset = await held.lasts(0)
    await sofie.locator("own-line [data-state='on']").wait_for(timeout=TURNS_OVER * 1000)
    turned = await held.lasts(4)
    narrow = await held.lasts(30)
    # Asked in between, it would take from the processor what the sound is made with.
    await hearing.hears(sofie, TONES["mette"])
    await hearing.hears(held.pages["mette"], TONES["sofie"])
    first = {name: held.of(name, (onset[0], turned[1])) for name in ("sofie", "mette")}
    then = {name: held.of(name, narrow) for name in ("sofie", "mette")}
    camera = sofie.get_by_role("button", name="Billede fra")
    found = {
        "sound first after": turned[0] - onset[0],
        "says so in words": await sofie.get_by_text("Nu er der kun lyd.").count(),
        "her camera is shut": await camera.count(),
        "pictures decoded at sofie": figures.grown(
            then["sofie"], "inbound", "video", "framesDecoded"
        ),
        "pictures made at sofie": figures.grown(
            then["sofie"], "outbound", "video", "framesEncoded"
        ),
    }
    for name in ("sofie", "mette"):
        found[f"sound concealed at {name} until then"] = figures.concealed(first[name])
        found[f"sound concealed at {name}"] = figures.concealed(then[name])
    held.network.set(place.address)
    await sofie.locator("own-line [data-only-sound]").click()
    await sofie.locator("own-line").wait_for(state="hidden", timeout=PATIENCE)
    await turns_on(sofie, "Billede")
    await turns_on(aya, "Lyd", "Billede")
    found["pictures again after"] = await held.is_full(320)
    return found


async def same_address(place: Place) -> None:
    """A tunnel or a lift: nothing gets through, and nobody tells the browser."""
    place.lose_route()
    await asyncio.sleep(AWAY)
    place.find_route()


async def another_address(place: Place) -> None:
    """No network at all, and then another one."""
    place.leave()
    await asyncio.sleep(AWAY)
    place.arrive()


Kind = Callable[[Place], Awaitable[None]]


async def no_route(held: Meeting) -> dict[str, float]:
    """Eight seconds without a route, for Sofie, for Sofie muted and for the host."""
    await held.is_full(320)
    sofie, mette, aya = (held.pages[name] for name in ("sofie", "mette", "aya"))
    await turns_off(aya, "Lyd", "Billede")  # now each of the two hears nobody but the other
    await sofie.evaluate(SCREENS)
    addresses, admitted = [page.url for page in held.pages.values()], await visits(held)
    found = {}
    for kind in (same_address, another_address):
        found |= await away(held, "sofie", kind)
    found["other screens than the call at sofie"] = await sofie.evaluate(
        "[...screens].filter((name) => name !== 'call').length"
    )
    found |= await away_and_muted(held)
    found |= await away(held, "mette", same_address)
    found["the host is in the room"] = await mette.locator(
        "call-room[data-standing='room']"
    ).count()
    found["sofie is in the call"] = await sofie.locator("call-room[data-standing='call']").count()
    found["another page, or a knock anew"] = float(
        addresses != [page.url for page in held.pages.values()] or admitted != await visits(held)
    )
    await turns_on(aya, "Lyd", "Billede")
    return found


async def away(held: Meeting, who: str, kind: Kind) -> dict[str, float]:
    """For how long after the route's return the two did not hear one another."""
    pages = {name: held.pages[name] for name in ("sofie", "mette")}
    for page in pages.values():
        await figures.gaps(page)
    await kind(held.places[who])
    await held.lasts(SPELL)
    gone = {name: (await figures.gaps(page))["audio"] for name, page in pages.items()}
    for hears, page in pages.items():
        await hearing.hears(page, *(TONES[name] for name in pages if name != hears))
    return {
        f"{who} away, {kind.__name__.replace('_', ' ')}: {name} hears again": seconds - AWAY
        for name, seconds in gone.items()
    }


async def away_and_muted(held: Meeting) -> dict[str, float]:
    """Muted and without a picture before, so muted and without one after (P8)."""
    sofie = held.pages["sofie"]
    await turns_off(sofie, "Lyd", "Billede")
    begin = (await held.lasts(1))[1]
    await another_address(held.places["sofie"])
    await held.lasts(SPELL)
    await hearing.hears(sofie, TONES["mette"])
    muted = (begin, (await held.lasts(0))[1])
    hers, mettes = held.of("sofie", muted), held.of("mette", muted)
    found = {
        "muted: still muted and without a picture": float(
            await sofie.get_by_role("button", name="Lyd fra").count()
            and await sofie.get_by_role("button", name="Billede fra").count()
        ),
        "muted: packets of sound from sofie": figures.grown(
            hers, "outbound", "audio", "packetsSent"
        ),
        # Not packets: a browser that probes its line fills them with padding, or with copies of
        # what it sent before the camera was shut. The worker drops what it has already.
        "muted: pictures made at sofie": figures.grown(hers, "outbound", "video", "framesEncoded"),
        "muted: packets of sound at mette": figures.grown(
            mettes, "inbound", "audio", "packetsReceived"
        ),
        "muted: pictures at mette": figures.grown(mettes, "inbound", "video", "framesReceived"),
    }
    await turns_on(sofie, "Lyd", "Billede")
    return found


async def visits(held: Meeting) -> list[tuple[int, int, bool]]:
    """Every knock so far, and whether it still holds: who comes back on the same seat adds none."""
    rows = select(Visit.id, Visit.session_id, Visit.admitted_at.is_not(None)).order_by(Visit.id)
    async with held.house.database.read() as db:
        return [tuple(row) for row in await db.execute(rows)]
