"""States of a guest's way from the link to the knock."""

from typing import Any

from playwright.async_api import Page

from server.domain import offers, questions
from server.domain.ages import Band
from server.domain.roles import INVITED, Role
from tests.e2e.states.states import state
from tests.e2e.states.world import FINE, Person, World

NO_CALLS = "delete Navigator.prototype.mediaDevices; delete window.RTCPeerConnection"


async def opened(world: World, who: Person, path: str, status: int = 200) -> Page:
    answer = await who.page.goto(world.url(path))
    assert answer is not None
    assert (answer.status, who.page.url) == (status, world.url(path))
    return who.page


# The page behind the link, which knows nothing


@state("links", "link-unknown", "route:open-link", "route:open-home-link")
async def unknown(world: World) -> Page:
    who = await world.somebody("stranger")
    await who.page.goto(world.url("/m#nobody.nothing"))
    await who.page.locator('[data-when="unknown"]').wait_for()
    return who.page


@state("links", "link-cannot-call")
async def cannot_call(world: World) -> Page:
    who = await world.somebody("old phone")
    await who.context.add_init_script(NO_CALLS)
    await who.page.goto(await world.link(world.cast.sofies_seat))
    await who.page.locator('[data-when="cannot-call"]').wait_for()
    return who.page


@state("links", "link-in-a-staff-browser")
async def staff_browser(world: World) -> Page:
    who = await world.somebody("mette's phone", account=world.cast.mette)
    await who.page.goto(await world.link(world.cast.sofies_seat))
    await who.page.locator('[data-when="staff"]').wait_for()
    return who.page


@state("links", "gone", "route:gone")
async def gone(world: World) -> Page:
    return await opened(world, await world.somebody("stranger"), "/arriving/gone")


@state("links", "gone-what-it-does")
async def what_leaving_does(world: World) -> Page:
    page = (await world.somebody("stranger")).page
    await page.locator("summary").click()
    return page


# The letter


@state("letters", "letter-8")
async def childs_letter(world: World) -> Page:
    await world.age(8)
    page = await opened(world, await world.sofie(), "/arriving")
    await world.age(13)
    return page


@state("letters", "more", "route:more")
async def more(world: World) -> Page:
    return await opened(world, await world.sofie(), "/arriving/more")


@state("letters", "ready-someone-else")
async def someone_else(world: World) -> Page:
    other = await world.somebody("sofie's other phone", seat=world.cast.sofies_seat)
    await world.answers(other, world.cast.sofies_seat, not_there="caseworker")
    page = await opened(world, other, "/arriving/ready")
    world.clock.move(seconds=1)
    await world.answers(other, world.cast.sofies_seat, not_there="nobody")
    return page


@state("letters", "letter-bare", "route:letter")
async def bare_letter(world: World) -> Page:
    return await opened(world, await world.sofie(), "/arriving")


@state("letters", "letter-bisidder")
async def bisidders_letter(world: World) -> Page:
    return await opened(world, await world.aya(), "/arriving")


@state("letters", "another-way", "route:another-way")
async def another_way(world: World) -> Page:
    return await opened(world, await world.sofie(), "/arriving/another-way")


@state("letters", "another-way-bisidder")
async def bisidders_another_way(world: World) -> Page:
    return await opened(world, await world.aya(), "/arriving/another-way")


@state("letters", "ready-not-all", "route:ready", "gate:closed")
async def not_all(world: World) -> Page:
    return await opened(world, await world.sofie(), "/arriving/ready")


@state("letters", "ready-too-early")
async def too_early(world: World) -> Page:
    sofie = await world.sofie()
    await world.answers_all(sofie, world.cast.sofies_seat, Role.YOUNG_PERSON)
    return await opened(world, sofie, "/arriving/ready")


@state("letters", "error-not-open-yet", "error:409")
async def call_too_early(world: World) -> Page:
    return await opened(world, await world.sofie(), "/calling", 409)


@state("letters", "ready", "gate:ready")
async def ready(world: World) -> Page:
    await world.waits(minutes=40)
    sofie = await world.sofie()
    await world.answers_all(sofie, world.cast.sofies_seat, Role.YOUNG_PERSON)
    return await opened(world, sofie, "/arriving/ready")


@state("letters", "answered-on-another-device")
async def before(world: World) -> Page:
    phone = await world.somebody("sofie's tablet", seat=world.cast.sofies_seat)
    return await opened(world, phone, "/arriving/questions/heard")


@state("letters", "letter-known")
async def known_letter(world: World) -> Page:
    sofie = await world.sofie()
    await world.admitted(sofie, world.cast.sofies_seat)
    return await opened(world, sofie, "/arriving")


@state("letters", "ready-something-else", "gate:another_way")
async def something_else(world: World) -> Page:
    sofie = await world.sofie()
    await world.answers(sofie, world.cast.sofies_seat, way="phone")
    return await opened(world, sofie, "/arriving/ready")


@state("letters", "ready-something-else-bisidder")
async def bisidders_something_else(world: World) -> Page:
    aya = await world.aya()
    await world.answers_all(aya, world.cast.ayas_seat, Role.BISIDDER, guest_room="not_alone")
    return await opened(world, aya, "/arriving/ready")


@state("letters", "smaller-circle")
async def smaller_circle(world: World) -> Page:
    await world.waits(minutes=25)
    sofie, aya = await world.sofie(), await world.aya()
    await world.admitted(sofie, world.cast.sofies_seat)
    await world.answers(sofie, world.cast.sofies_seat, not_there=str(world.cast.ayas_seat))
    return await opened(world, aya, "/arriving")


@state("letters", "called-off")
async def called_off(world: World) -> Page:
    await world.change_meeting(called_off_at=world.clock.now())
    return await opened(world, await world.sofie(), "/arriving")


@state("letters", "over")
async def over(world: World) -> Page:
    await world.change_meeting(called_off_at=None, finished_at=world.clock.now())
    return await opened(world, await world.sofie(), "/arriving")


@state("letters", "error-link-unknown", "error:404")
async def expired(world: World) -> Page:
    sofie = await world.sofie()
    world.clock.move(hours=1)
    return await opened(world, sofie, "/arriving", 404)


# Afterwards


async def was_in(world: World, who: Person, seat: int, years: int) -> None:
    await world.age(years)
    await world.admitted(who, seat)
    world.clock.move(seconds=1)


@state("after", "after-8", "route:after")
async def after_as_a_child(world: World) -> Page:
    await world.waits(minutes=60)
    sofie = await world.sofie()
    await was_in(world, sofie, world.cast.sofies_seat, 8)
    await world.answers(sofie, world.cast.sofies_seat, feeling="bad")
    return await opened(world, sofie, "/arriving/after")


@state("after", "after-15")
async def after_at_fifteen(world: World) -> Page:
    sofie, aya = await world.sofie(), await world.aya()
    await was_in(world, aya, world.cast.ayas_seat, 15)
    await world.answers(aya, world.cast.ayas_seat, to_correct="own")
    said = {"in_peace": "no", "reading": "on_paper"}
    await world.answers(sofie, world.cast.sofies_seat, **said)
    return await opened(world, sofie, "/arriving/after")


@state("after", "after-bisidder")
async def after_for_the_bisidder(world: World) -> Page:
    return await opened(world, await world.aya(), "/arriving/after")


# Questions, by age, and what each answer changes


def youngs_question(years: int, asked: questions.Question) -> None:
    row = f"question:{Role.YOUNG_PERSON}:{years}:{asked.id}"

    @state(f"questions-{years}", f"question-{years}-{asked.id}", "route:question", row)
    async def reach(world: World) -> Page:
        await world.age(years)
        return await opened(world, await world.sofie(), f"/arriving/questions/{asked.id}")


def bisidders_question(asked: questions.Question) -> None:
    row = f"question:{Role.BISIDDER}:{asked.id}"

    @state("questions-bisidder", f"question-bisidder-{asked.id}", "route:question", row)
    async def reach(world: World) -> Page:
        return await opened(world, await world.aya(), f"/arriving/questions/{asked.id}")


def effect(asked: str, answer: str) -> None:
    of = {q.id: role for role in INVITED for q in questions.asked(role, Band.ADULT)}
    of |= {q.id: Role.BISIDDER for q in questions.asked(Role.BISIDDER, Band.ADULT)}
    if asked in {q.id for role in Role for q in questions.after(role, Band.THIRTEEN)}:
        return  # they stand on the page of afterwards
    given = {"named": "", "chosen": FINE["topics"]}
    of_age = 19 if asked == "known" else 15

    @state("effects", f"effect-{asked}-{answer}", "route:effect", f"effect:{asked}:{answer}")
    async def reach(world: World) -> Page:
        match of.get(asked):
            case None:
                who, seat = await world.sofie(), world.cast.sofies_seat
            case Role.BISIDDER:
                who, seat = await world.aya(), world.cast.ayas_seat
            case role:
                who = await world.brought(role)
                seat = world.seats[role]
        said: dict[str, Any] = {asked: given.get(answer, answer) or str(world.cast.ayas_seat)}
        if asked in ("around", "easier") and answer == "nothing":
            said = {asked: ""}
        await world.age(of_age)
        world.clock.move(seconds=1)
        await world.answers(who, seat, **said)
        return await opened(world, who, f"/arriving/effects/{asked}")


AGES = {Band.SIX: 8, Band.THIRTEEN: 15, Band.EIGHTEEN: 19}  # with pictures, and without


def on_pages_of_their_own(band: Band) -> list[questions.Question]:
    """Every question a young person meets on a page: U1 stands in the letter. Grown-ups' pages
    are those of 13 to 17 but for what only they are asked."""
    known = questions.answerable(Role.YOUNG_PERSON, band).values()
    elsewhere = {"time", "another_way"} | {
        asked.id for asked in questions.after(Role.YOUNG_PERSON, Band.THIRTEEN)
    }
    if band == Band.EIGHTEEN:
        elsewhere |= set(questions.answerable(Role.YOUNG_PERSON, Band.THIRTEEN))
    return [asked for asked in known if asked.id not in elsewhere]


for band, years in AGES.items():
    for asked in on_pages_of_their_own(band):
        youngs_question(years, asked)
for asked in questions.asked(Role.BISIDDER, Band.ADULT):
    bisidders_question(asked)
for named, answers in offers.EFFECTS.items():
    for answer in answers:
        effect(named, answer)


@state("effects", "answer-that-cannot-be", "route:question")
async def wrong_answer(world: World) -> Page:
    page = await opened(world, await world.sofie(), "/arriving/questions/heard")
    await page.locator("form.low button").first.evaluate("(b) => { b.value = 'nonsense' }")
    await page.locator("form.low button").first.click()
    await page.get_by_role("alert").wait_for()
    return page
