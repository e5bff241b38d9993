"""States after the call: the note, the young person's choices, and what the home sees."""

from typing import Any

from playwright.async_api import Page

from server.domain.note import WordKind
from server.domain.roles import AccountId, Caseworker, Guest, MeetingId, Role, SeatId, SessionId
from server.domain.sharing import Choice, ToldTo
from tests.e2e.states.guests import opened
from tests.e2e.states.states import state
from tests.e2e.states.world import World
from tests.notes import ON, Note, release_due

SECRET = "Du sagde, at du ikke kan sove, når Jonas har besøg."
MEDICINE = "Du skal have den nye medicin om aftenen fra i morgen."
FOR_HOME = "Døren må være lukket om aftenen."


class Made(Note):
    """The note of the people whose browsers are open."""

    def __init__(self, world: World, mette: int, sofie: int) -> None:
        cast = world.cast
        self.database, self.meeting, self.placement = world.database, cast.meeting, cast.holms
        self.mette = Caseworker(AccountId(cast.mette), SessionId(mette), "Mette")
        self.sofie = Guest(
            SeatId(cast.sofies_seat), MeetingId(cast.meeting), SessionId(sofie),
            Role.YOUNG_PERSON, admitted=True,
        )  # fmt: skip


async def note(world: World) -> Made:
    """Mette's note after the meeting, with Sofie on the device that was let in."""
    if "sofie" not in world.people:
        await world.waits(hours=2)
        sofie = await world.sofie()
        await world.admitted(sofie, world.cast.sofies_seat)
        await world.answers(sofie, world.cast.sofies_seat, device="own")
    mette, sofie = await world.mette(), await world.sofie()
    return Made(world, mette.session, sofie.session)


async def items(world: World) -> list[int]:
    made = await note(world)
    async with made.database.read() as db:
        from server.services import noting

        return [shown.item for shown in await noting.items_for_host(db, made.meeting)]


async def notes_page(world: World) -> Page:
    return await opened(world, await world.mette(), f"/meetings/{world.cast.meeting}/note")


async def reads(world: World, path: str, status: int = 200) -> Page:
    return await opened(world, await world.sofie(), path, status)


@state("notes", "home-nothing-yet", "route:home")
async def home(world: World) -> Page:
    return await opened(world, await world.lene(), "/home")


@state("notes", "home-cannot", "route:home-cannot")
async def home_cannot(world: World) -> Page:
    return await opened(world, await world.lene(), "/home/cannot")


@state("notes", "home-cannot-without-words")
async def home_cannot_empty(world: World) -> Page:
    page = (await world.lene()).page
    await page.locator("main form button").last.click()
    await page.locator(".field__error").wait_for()
    return page


@state("notes", "home-answer-not-chosen")
async def home_answer_empty(world: World) -> Page:
    page = await opened(world, await world.lene(), "/home")
    await page.locator('form[action^="/home/answers"] button').last.click()
    await page.get_by_role("alert").wait_for()
    return page


@state("notes", "home-worried", "route:home-worried")
async def home_worried(world: World) -> Page:
    return await opened(world, await world.lene(), "/home/worried")


@state("notes", "home-sent", "route:home-sent")
async def home_sent(world: World) -> Page:
    page = await opened(world, await world.lene(), "/home/cannot")
    await page.locator("main textarea").fill("Vi skal til tandlæge den dag.")
    await page.locator("main form button").last.click()
    await page.wait_for_url("**/home/sent")
    return page


@state("notes", "day-home-answers")
async def day_home_answers(world: World) -> Page:
    return await opened(world, await world.mette(), "/")


@state("notes", "note-before-the-meeting", "route:note")
async def note_before(world: World) -> Page:
    return await notes_page(world)


@state("notes", "choosing-nothing-yet", "route:who-sees-what")
async def nothing_yet(world: World) -> Page:
    made = await note(world)
    await made.ready(world.clock.now())
    return await reads(world, "/choosing")


@state("notes", "note-empty-field")
async def note_field(world: World) -> Page:
    page = await notes_page(world)
    await page.locator("form.note__new button").first.click()
    await page.get_by_role("alert").wait_for()
    return page


@state("notes", "choosing-who-sees-what")
async def who_sees_what(world: World) -> Page:
    made, now = await note(world), world.clock.now()
    for text in (ON, SECRET, MEDICINE):
        await made.write(text, now)
    return await reads(world, "/choosing")


@state("notes", "choosing-item", "route:item")
async def item(world: World) -> Page:
    return await reads(world, f"/choosing/{(await items(world))[0]}")


@state("notes", "choosing-item-none-chosen")
async def none_chosen(world: World) -> Page:
    page = (await world.sofie()).page
    await page.locator("form.bleed button").last.click()
    await page.get_by_role("alert").wait_for()
    return page


@state("notes", "choosing-item-for-home")
async def item_for_home(world: World) -> Page:
    made, now = await note(world), world.clock.now()
    first, second, _ = await items(world)
    await made.reword(first, WordKind.HOME, FOR_HOME, now)
    await made.choose(first, Choice.AS_WRITTEN, now, in_call=True)
    await made.choose(second, Choice.OTHER_WORDS, now, in_call=True)
    return await reads(world, f"/choosing/{first}")


@state("notes", "choosing-item-other-words")
async def other_words(world: World) -> Page:
    _, second, _ = await items(world)
    return await reads(world, f"/choosing/{second}")


@state("notes", "choosing-item-proposed")
async def proposed(world: World) -> Page:
    made, now = await note(world), world.clock.now()
    _, second, _ = await items(world)
    words = "Sig, at jeg gerne vil have ro om aftenen."
    await made.choose(second, Choice.OTHER_WORDS, now, in_call=True, words=words)
    await made.reword(second, WordKind.HOME, "Du vil gerne have ro om aftenen.", now)
    return await reads(world, f"/choosing/{second}")


@state("notes", "note-with-a-wish-for-words")
async def wish_for_words(world: World) -> Page:
    made, now = await note(world), world.clock.now()
    _, second, _ = await items(world)
    words = "Bare at jeg gerne vil sove."
    await made.choose(second, Choice.OTHER_WORDS, now, in_call=True, words=words)
    return await notes_page(world)


@state("notes", "choosing-item-must-pass-on")
async def must(world: World) -> Page:
    made, now = await note(world), world.clock.now()
    *_, third = await items(world)
    await made.must_pass_on(third, now)
    return await reads(world, f"/choosing/{third}")


@state("notes", "choosing-preview", "route:preview")
async def preview(world: World) -> Page:
    return await reads(world, "/choosing/preview")


@state("notes", "note")
async def whole_note(world: World) -> Page:
    return await notes_page(world)


@state("notes", "note-asks-by-voice")
async def asks_by_voice(world: World) -> Page:
    made, now = await note(world), world.clock.now()
    _, second, third = await items(world)
    await made.choose(second, Choice.AS_WRITTEN, now, in_call=False)
    await made.tell(third, ToldTo.YOUNG_PERSON, now)
    page = await notes_page(world)
    await page.locator(".note-item details").first.locator("summary").first.click()
    return page


@state("notes", "choosing-item-told-and-phoned")
async def told_and_phoned(world: World) -> Page:
    made = await note(world)
    *_, third = await items(world)
    await made.tell(third, ToldTo.HOME, world.clock.now())
    return await reads(world, f"/choosing/{third}")


@state("notes", "home-with-words")
async def home_with_words(world: World) -> Page:
    world.clock.move(days=7)
    await release_due(world.database, world.clock.now())
    await world.waits(minutes=1)
    return await opened(world, await world.lene(), "/home")


@state("notes", "note-released")
async def released(world: World) -> Page:
    return await notes_page(world)


@state("notes", "choosing-withdrawal", "route:ask-withdrawal")
async def withdrawal(world: World) -> Page:
    sofie = await world.sofie()
    await world.admitted(sofie, world.cast.sofies_seat)
    await world.answers(sofie, world.cast.sofies_seat, device="own")
    first: Any = (await items(world))[0]
    return await reads(world, f"/choosing/{first}/withdrawal")


@state("notes", "choosing-item-at-home")
async def at_home(world: World) -> Page:
    return await reads(world, f"/choosing/{(await items(world))[0]}")


@state("notes", "choosing-receipts", "route:receipts")
async def receipts(world: World) -> Page:
    return await reads(world, "/choosing/receipts")


@state("notes", "choosing-history", "route:history")
async def history(world: World) -> Page:
    return await reads(world, "/choosing/history")


@state("notes", "choosing-home-answers", "route:home-answers")
async def home_answers(world: World) -> Page:
    return await reads(world, "/choosing/answers")


@state("notes", "choosing-not-here")
async def not_here(world: World) -> Page:
    sofie = await world.sofie()
    world.clock.move(seconds=1)
    await world.answers(sofie, world.cast.sofies_seat, device="borrowed")
    return await reads(world, "/choosing", 403)


@state("notes", "note-locked")
async def locked(world: World) -> Page:
    """Something was told that the home must not get; two open it again."""
    made = await note(world)
    await made.lock(world.clock.now())
    page = await notes_page(world)
    await page.locator("#code").fill("123 456")
    async with page.expect_navigation():
        await page.locator('form[action$="/note/unlocked"] button').click()
    return page
