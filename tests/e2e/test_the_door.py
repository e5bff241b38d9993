"""What the host decides about a knocker, and the end for everybody: both ends read it."""

from datetime import timedelta

from playwright.async_api import Browser, Page
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from server.clock import Clock
from server.store.tables import Trail, Visit
from tests.e2e import people
from tests.e2e.house import House

AGO = timedelta(minutes=1)


async def test_the_host_decides_at_the_door_and_ends_it_for_everybody(
    house: House, chromium: Browser
):
    """P1, P8, P12, L8: not now, and later again; another time the wrong person, whose link is
    dead from then on. Whoever is inside notices nothing of it, and lands at the end."""
    cast = await house.cast()
    mette, sofie = await people.the_two_meet(house, cast, chromium)
    link = await house.link(seat=cast.ayas_seat)
    phone = await people.somebody(chromium)
    aya = await people.opens_link(phone, link)
    await people.answers_as_bisidder(aya)
    await people.knocks(aya)
    strip = mette.locator("section.knock", has_text="Aya")
    await strip.get_by_role("button", name="Åbn døren").click()
    await aya.get_by_role("heading", name="Du taler med Mette ved døren").wait_for()
    await strip.get_by_role("button", name="Ikke lige nu").click()
    await strip.wait_for(state="detached")
    await aya.get_by_role("heading", name="Ikke lige nu").wait_for()
    for number in ("12 34 56 78", "116 111", "112"):
        assert await aya.get_by_role("link", name=number, exact=True).is_visible()
    await sofie.locator('call-room[data-standing="call"]').wait_for()
    assert "Aya" not in await sofie.locator("main").inner_text()

    await aya.get_by_role("button", name="Bank på igen").click()
    await aya.get_by_role("button", name="Det virker").click()
    await aya.get_by_role("status").filter(has_text="Vent lidt").wait_for()
    await house.write(a_moment_goes_by)
    await aya.get_by_role("button", name="Det virker").click()
    await aya.get_by_role("heading", name="Mette lukker dig ind om lidt").wait_for()

    await strip.get_by_role("button", name="Åbn døren").click()
    await strip.get_by_role("button", name="Forkert person").click()
    await strip.wait_for(state="detached")
    await aya.get_by_role("heading", name="Mødet er ikke åbent her").wait_for()
    again = await phone.new_page()
    await again.goto(link)
    await again.get_by_role("heading", name="Linket virker ikke").wait_for()
    assert again.url == link
    assert "wrong-person" in await house.write(incidents)

    await ends(mette)
    await sofie.get_by_role("heading", name="Mødet er slut").wait_for()
    await sofie.get_by_role("button", name="Gå nu").click()
    await sofie.wait_for_url("**/arriving/gone")
    assert await sofie.get_by_text("ind igen").count() == 0
    await mette.get_by_role("link", name="Til mødets side").click()
    await mette.get_by_text("Slut", exact=True).wait_for()


async def ends(mette: Page) -> None:
    await mette.get_by_role("button", name="Indstillinger").click()
    await mette.get_by_role("button", name="Slut mødet for alle").click()
    await mette.get_by_role("heading", name="Mødet er slut").wait_for()


async def a_moment_goes_by(db: AsyncSession) -> None:
    """Whoever was turned away has waited."""
    away = update(Visit).where(Visit.turned_away_at.is_not(None))
    await db.execute(away.values(turned_away_at=Clock().now() - AGO))


async def incidents(db: AsyncSession) -> list[str]:
    return [row.deed for row in (await db.execute(select(Trail))).scalars()]
