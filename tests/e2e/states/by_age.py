"""The three example notes of the domain pack (5.4): written at the desk, read and chosen about on a
phone at eight, thirteen and seventeen, and what their homes get."""

from dataclasses import dataclass, replace
from datetime import timedelta

from playwright.async_api import Page
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.note import WordKind
from server.domain.roles import Role
from server.domain.sections import Section
from server.domain.sharing import Choice
from server.services import noting
from server.services.noting import Entry
from tests.e2e.states.guests import opened
from tests.e2e.states.states import state
from tests.e2e.states.world import Person, World
from tests.example_notes import EXAMPLES, Line
from tests.factories import store_meeting, store_young_person
from tests.notes import ZONE, Note, release_due

AGES = {"Sofus": 8, "Amira": 13, "Mikkel": 17}
AGO = {"Sofus": 2, "Amira": 3, "Mikkel": 4}  # hours
# The bureaucratic line the example replaces: what the writing helper is for.
BUREAUCRATIC = "Barnet fremstår trist ved omtale af sociale relationer i skoleregi."
BREAK = "Sofus vil gerne have nogen at lege med i frikvarteret."
TIRED = "Amira er træt i skolen for tiden."
DISAGREES = "Jeg sagde ikke nej til alle skoler. Jeg sagde nej til den skole."


@dataclass(frozen=True, slots=True)
class Told:
    """One young person's note, the browser they read it in, and their home's id."""

    note: Note
    reader: Person
    home: int
    items: list[int]

    @property
    def page(self) -> str:
        return f"/meetings/{self.note.meeting}/note"


async def told(world: World, name: str) -> Told:
    """The note of somebody whose meeting was some hours ago, written as in the domain pack."""
    if name not in world.kept:
        world.kept[name] = await _made(world, name)
    made: Told = world.kept[name]
    return made


async def _made(world: World, name: str) -> Told:
    now, account = world.clock.now(), world.cast.mette
    ago = timedelta(hours=-AGO[name])

    async def was(db: AsyncSession) -> tuple[int, int, int]:
        young, home = await store_young_person(db, now, account, name, AGES[name], "Lene og Karl")
        meeting, seats = await store_meeting(db, now, account, young, home, starts_in=ago)
        return home, meeting, seats[Role.YOUNG_PERSON]

    home, meeting, seat = await world.write(was)
    mette, reader = await world.mette(), await world.somebody(name.lower(), seat=seat)
    await world.admitted(reader, seat)
    await world.answers(reader, seat, device="own", help="alone")
    cast = replace(world.cast, meeting=meeting, holms=home, sofies_seat=seat)
    note = Note(world.database, cast, mette.session, reader.session)
    items = [await _writes(world, note, line) for line in EXAMPLES[name]]
    return Told(note, reader, home, items)


async def _writes(world: World, note: Note, line: Line) -> int:
    now = world.clock.now()
    entry = Entry(zone=ZONE, section=line.section, said_by=line.said_by, owner=line.owner)
    if line.said_by:
        entry = replace(entry, said_on=now.date())
    if line.section == Section.AGREED:
        entry = replace(entry, due=now.date() + timedelta(days=3))
    async with world.database.begin() as db:
        return await noting.write(db, note.mette, note.meeting, line.text, now=now, entry=entry)


async def desk(world: World, made: Told) -> Page:
    return await opened(world, await world.mette(), made.page)


async def reads(world: World, made: Told, path: str, status: int = 200) -> Page:
    return await opened(world, made.reader, path, status)


# Sofus, eight


@state("by-age", "note-8-being-written")
async def writing(world: World) -> Page:
    """A line as it is typed, and what the helper asks about it."""
    page = await desk(world, await told(world, "Sofus"))
    section = page.locator("details.note-section__new", has=page.locator('input[value="noticed"]'))
    await section.locator("summary").click()
    await section.locator("textarea").fill(BUREAUCRATIC)
    await section.locator("[data-hints] li").first.wait_for()
    await section.evaluate("one => one.closest('.note-section').scrollIntoView()")
    return page


@state("by-age", "note-8")
async def note_at_eight(world: World) -> Page:
    made = await told(world, "Sofus")
    await made.note.ready(world.clock.now())
    return await desk(world, made)


@state("by-age", "choosing-8-who-sees-what")
async def who_sees_what_at_eight(world: World) -> Page:
    return await reads(world, await told(world, "Sofus"), "/choosing")


@state("by-age", "choosing-8")
async def item_at_eight(world: World) -> Page:
    made = await told(world, "Sofus")
    return await reads(world, made, f"/choosing/{made.items[0]}")


@state("by-age", "choosing-8-words-changed")
async def words_changed(world: World) -> Page:
    """Mette put it differently while the page stood open: nothing is chosen about other words."""
    made = await told(world, "Sofus")
    page = made.reader.page
    line = EXAMPLES["Sofus"][0].text.replace("i tirsdags", "tirsdag")
    await made.note.reword(made.items[0], WordKind.LINE, line, world.clock.now())
    await page.locator('input[value="as_written"]').check(force=True)
    await page.locator("form.bleed button").last.click()
    await page.get_by_role("alert").wait_for()
    return page


@state("by-age", "choosing-8-proposed")
async def proposed_at_eight(world: World) -> Page:
    """He asked for other words; now Mette has found some."""
    made, now = await told(world, "Sofus"), world.clock.now()
    rabbit, quote, sad, school, _ = made.items
    await made.note.choose(rabbit, Choice.AS_WRITTEN, now, in_call=True)
    await made.note.choose(quote, Choice.OTHER_WORDS, now, in_call=True)
    await made.note.reword(quote, WordKind.HOME, BREAK, now)
    await made.note.choose(sad, Choice.NOT_TO_HOME, now, in_call=True)
    await made.note.choose(school, Choice.AS_WRITTEN, now, in_call=True)
    return await reads(world, made, f"/choosing/{quote}")


@state("by-age", "choosing-8-preview")
async def preview_at_eight(world: World) -> Page:
    made, now = await told(world, "Sofus"), world.clock.now()
    await made.note.choose(made.items[1], Choice.AS_WRITTEN, now, in_call=True)  # those words
    await made.note.choose(made.items[4], Choice.NOT_TO_HOME, now, in_call=True)
    return await reads(world, made, "/choosing/preview")


@state("by-age", "choosing-8-receipts-none")
async def nothing_told_yet(world: World) -> Page:
    return await reads(world, await told(world, "Sofus"), "/choosing/receipts")


# Amira, thirteen


@state("by-age", "note-13")
async def note_at_thirteen(world: World) -> Page:
    made = await told(world, "Amira")
    await made.note.ready(world.clock.now())
    return await desk(world, made)


@state("by-age", "choosing-13-her-own-words")
async def her_own_words(world: World) -> Page:
    """What she said herself, about somebody who must not hear of it."""
    made, now = await told(world, "Amira"), world.clock.now()
    _, stays, jonas, door, tired, agreed = made.items
    await made.note.choose(stays, Choice.AS_WRITTEN, now, in_call=True)
    await made.note.choose(jonas, Choice.NOT_TO_HOME, now, in_call=True)
    await made.note.choose(door, Choice.AS_WRITTEN, now, in_call=True)
    await made.note.choose(tired, Choice.OTHER_WORDS, now, in_call=True, words=TIRED)
    await made.note.reword(tired, WordKind.HOME, TIRED, now)
    await made.note.choose(tired, Choice.AS_WRITTEN, now, in_call=True)
    await made.note.choose(agreed, Choice.TELL_TOGETHER, now, in_call=True)
    return await reads(world, made, f"/choosing/{jonas}")


@state("by-age", "choosing-13-preview")
async def preview_at_thirteen(world: World) -> Page:
    return await reads(world, await told(world, "Amira"), "/choosing/preview")


@state("by-age", "choosing-13-written-nothing")
async def nothing_written(world: World) -> Page:
    return await reads(world, await told(world, "Amira"), "/choosing/written")


# Mikkel, seventeen


@state("by-age", "note-17")
async def note_at_seventeen(world: World) -> Page:
    made = await told(world, "Mikkel")
    await made.note.ready(world.clock.now())
    return await desk(world, made)


@state("by-age", "choosing-17-who-sees-what")
async def who_sees_what_at_seventeen(world: World) -> Page:
    return await reads(world, await told(world, "Mikkel"), "/choosing")


@state("by-age", "choosing-17")
async def item_at_seventeen(world: World) -> Page:
    made = await told(world, "Mikkel")
    return await reads(world, made, f"/choosing/{made.items[0]}")


@state("by-age", "choosing-17-disagrees")
async def disagrees(world: World) -> Page:
    """What is not agreed about stands beside the line, for good."""
    made = await told(world, "Mikkel")
    page = await reads(world, made, f"/choosing/{made.items[0]}/own-words")
    await page.locator('input[value="disagree"]').check(force=True)
    await page.locator("textarea").fill(DISAGREES)
    async with page.expect_navigation():
        await page.locator("form.bleed button").last.click()
    return page


@state("by-age", "note-17-disagreed")
async def note_disagreed(world: World) -> Page:
    return await desk(world, await told(world, "Mikkel"))


@state("by-age", "choosing-17-on-paper")
async def paper_at_seventeen(world: World) -> Page:
    return await reads(world, await told(world, "Mikkel"), "/choosing/on-paper")


@state("by-age", "own-copy-file")
async def copy_as_a_file(world: World) -> Page:
    """The file they take with them, opened from where it was saved."""
    made = await told(world, "Amira")
    page = await reads(world, made, "/choosing/copy")
    kept = await page.evaluate(
        "async () => (await fetch('/choosing/copy', { method: 'POST' })).text()"
    )
    file = await made.reader.context.new_page()
    await file.set_content(kept)
    return file


# Their homes


@state("by-age", "home-8")
async def home_at_eight(world: World) -> Page:
    """Everything Sofus chose, at the hour."""
    made = await told(world, "Sofus")
    world.clock.move(days=10)
    await release_due(world.database, world.clock.now())
    lene = await world.somebody("lene of sofus", placement=made.home)
    return await opened(world, lene, "/home")


@state("by-age", "home-17")
async def home_at_seventeen(world: World) -> Page:
    """Mikkel chose nothing: the same page."""
    made = await told(world, "Mikkel")
    lene = await world.somebody("lene of mikkel", placement=made.home)
    return await opened(world, lene, "/home")
