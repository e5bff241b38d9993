"""States of the note in its sections: quotes, agreements, tags, a place, chat, two windows."""

from datetime import date

from playwright.async_api import Page

from server.domain.roles import AccountId
from server.domain.sections import Tag
from server.domain.sharing import Choice
from server.services import assessing, noting, requesting
from server.services.noting import Entry
from server.store.note_tables import Chat
from tests.e2e.states.guests import opened
from tests.e2e.states.notes import Made, note, notes_page, reads
from tests.e2e.states.states import state
from tests.e2e.states.world import World
from tests.notes import ZONE

SLEEP = "Jeg kan ikke sove, når Jonas har besøg."
VISIT = "Du vil gerne besøge din mor på Egevej 14."


async def write(made: Made, world: World, section: str, text: str, **more: object) -> int:
    entry = Entry(zone=ZONE, section=section, **more)  # type: ignore[arg-type]
    async with made.database.begin() as db:
        return await noting.write(
            db, made.mette, made.meeting, text, now=world.clock.now(), entry=entry
        )


@state("note-lines", "note-with-chat")
async def with_chat(world: World) -> Page:
    made = await note(world)
    async with made.database.begin() as db:
        for seat, text in (
            (world.cast.sofies_seat, SLEEP),
            (world.cast.mettes_seat, "Tak, fordi du skriver det."),
        ):
            db.add(
                Chat(
                    meeting_id=made.meeting,
                    seat_id=seat,
                    ref=text[:30],
                    text=text,
                    at=world.clock.now(),
                )  # fmt: skip
            )
    return await notes_page(world)


@state("note-lines", "note-line-wrong")
async def line_wrong(world: World) -> Page:
    page = (await world.mette()).page
    section = page.locator("details.note-section__new", has=page.locator('input[value="agreed"]'))
    await section.locator("summary").click()
    await section.locator("textarea").fill("Jeg lovede at ringe til Hanne.")
    await section.locator('input[name="owner"]').fill("")
    await section.locator("form button").click()
    await page.locator(".field__error").first.wait_for()
    return page


@state("note-lines", "note-in-sections")
async def in_sections(world: World) -> Page:
    made, now = await note(world), world.clock.now()
    await write(made, world, "talked_about", "Du viste mig din nye kanin. Den hedder Plet.")
    place = await write(made, world, "talked_about", VISIT)
    await write(made, world, "noticed", "Du virkede træt. Barnet gabte tre gange.")
    await write(made, world, "thinks", "Jeg tænker, at søvn er vigtigt. Det er min tanke.")
    agreed = {"owner": "Mette", "due": date(2026, 12, 4)}
    await write(made, world, "agreed", "Jeg lovede at ringe til Hanne fra din skole.", **agreed)
    wish = await write(made, world, "own_words", "Jeg vil ikke bo her mere.", said_by="Sofie")
    await made.choose(place, Choice.AS_WRITTEN, now, in_call=True)
    async with made.database.begin() as db:
        meeting = made.sofie.meeting
        for tag in Tag:
            await requesting.tag_line(db, made.mette, meeting, wish, tag, now=now, zone=ZONE)
    return await notes_page(world)


@state("note-lines", "note-written-elsewhere")
async def elsewhere(world: World) -> Page:
    page = (await world.mette()).page
    form = page.locator("form.note__new").first
    await page.evaluate(
        """async place => {
          const body = new URLSearchParams({ place, text: "Fra det andet vindue", revision: "0" })
          await fetch("/drafts", { method: "POST", body, headers: { Accept: "application/json" } })
        }""",
        await form.get_attribute("data-place"),
    )
    await form.locator("textarea").fill("Fra det her vindue")
    await form.locator(".note-conflict").wait_for()
    return page


@state("note-lines", "note-hints-while-typing")
async def hints(world: World) -> Page:
    page = await notes_page(world)
    section = page.locator("details.note-section__new", has=page.locator('input[value="noticed"]'))
    await section.locator("summary").click()
    await section.locator("textarea").fill("Barnet fremstår trist.")
    await section.locator("[data-hints] li").first.wait_for()
    return page


@state("note-lines", "note-requests-with-a-concern")
async def concern(world: World) -> Page:
    return await opened(world, await world.mette(), f"/meetings/{world.cast.meeting}/requests")


@state("note-lines", "concern-alone")
async def alone(world: World) -> Page:
    """It takes two, and what the young person hears."""
    page = (await world.mette()).page
    form = page.locator('form[action$="/assessed"]')
    await form.evaluate("(form) => { form.noValidate = true }")
    async with page.expect_navigation():
        await form.locator("button").click()
    return page


@state("note-lines", "concern-assessed")
async def assessed(world: World) -> Page:
    made, now = await note(world), world.clock.now()
    told = "Jeg taler med Jens om det nu, og jeg ringer til dig i morgen kl. 15."
    async with made.database.begin() as db:
        found = await requesting.of_meeting(db, made.mette, made.sofie.meeting)
        (number,) = (one.id for one in found if one.tag == Tag.CONCERN)
        second = AccountId(world.cast.jens)
        where = made.sofie.meeting
        await assessing.assess(db, made.mette, where, number, told, second=second, now=now)
    return await opened(world, await world.mette(), f"/meetings/{world.cast.meeting}/requests")


@state("note-lines", "choosing-written", "route:written")
async def written(world: World) -> Page:
    made = await note(world)
    await made.ready(world.clock.now())
    return await reads(world, "/choosing/written")


async def line_of(world: World, section: str) -> int:
    made = await note(world)
    async with made.database.read() as db:
        found = await noting.items_for_host(db, made.meeting)
    return next(one.item for one in found if one.section == section)


@state("note-lines", "choosing-on-paper", "route:on-paper")
async def on_paper(world: World) -> Page:
    return await reads(world, "/choosing/on-paper")


@state("note-lines", "note-on-paper", "route:note-on-paper")
async def note_on_paper(world: World) -> Page:
    path = f"/meetings/{world.cast.meeting}/note/on-paper"
    return await opened(world, await world.mette(), path)


@state("note-lines", "choosing-own-words", "route:own-words")
async def own_words(world: World) -> Page:
    return await reads(world, f"/choosing/{await line_of(world, 'own_words')}/own-words")


@state("note-lines", "choosing-own-words-empty")
async def own_words_empty(world: World) -> Page:
    page = (await world.sofie()).page
    await page.locator("form.bleed button").last.click()
    await page.get_by_role("alert").wait_for()
    return page


@state("note-lines", "choosing-item-quote")
async def quoted(world: World) -> Page:
    """A quote with what she said about it herself."""
    page = (await world.sofie()).page
    await page.locator('input[value="not_quite"]').check()
    await page.locator("textarea").fill("Jeg sagde det om weekenden.")
    await page.locator("form.bleed button").last.click()
    await page.wait_for_url(f"**/choosing/{await line_of(world, 'own_words')}")
    return page
