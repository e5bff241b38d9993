"""What every screen owes its reader: another way (P3), and people to ring at a dead end (P12)."""

from playwright.async_api import Page

from tests.e2e.states.states import State
from tests.e2e.states.world import World

ANOTHER_WAY = {"da": "på en anden måde", "en": "another way"}
YOUNG = ("sofie", "sofie's tablet")
# A young person's screens without the neutral button, and why.
NO_OTHER_WAY = {
    "called-off": "there is no meeting to hold in another way; numbers to ring",
    "over": "after the call",
    "error-link-unknown": "the link opens nothing more; numbers to ring",
    "error-wrong-method": "no page of ours leads there; numbers to ring",
}
# Screens with nothing to press and nobody to ring, and why.
NOBODY_TO_RING = {
    "link-in-a-staff-browser": "a caseworker reads it; it says how to go on",
    "gone": "blank-faced on purpose; it says that the link opens again",
    "gone-what-it-does": "likewise",
}
# Rows of tables.py where somebody gets no further: numbers to ring, whatever else there is.
ENDS = ("turned_away", "left", "ended", "smaller_circle", "locked")
DEAD_ENDS = {"gate:another_way", "phase:page:moved", "phase:page:gone", "route:home-worried"}
DEAD_ENDS |= {"phase:page:cannot", "host-cannot"}
DEAD_ENDS |= {f"phase:guest:{end}" for end in ENDS}
DEAD_ENDS |= {"link-unknown", "link-cannot-call", "called-off", "smaller-circle"}
DEAD_ENDS |= {"link-without-a-network", "over", "choosing-not-here", "own-copy-not-here"}
RING = 'a[href^="tel:"]:visible'
# Whatever leads on, but for the strip at the bottom, which is on every screen.
ON = "main :is(a[href], button, summary):visible"


async def broken(world: World, state: State, page: Page, language: str) -> list[str]:
    """Say in words which of the two promises this state breaks."""
    who = next((name for name, person in world.people.items() if person.page == page), "")
    way = page.locator(".sill__way:visible", has_text=ANOTHER_WAY[language])
    wrong = []
    if who in YOUNG and state.group != "notes" and not await way.count():
        wrong += [] if state.name in NO_OTHER_WAY else [f"{state.name}: no other way"]
    if not await page.locator(RING).count():
        leads_on = await page.locator(ON).count() or state.name in NOBODY_TO_RING
        if is_dead_end(state) or not leads_on:
            wrong.append(f"{state.name}: nobody to ring")
    return wrong


def is_dead_end(state: State) -> bool:
    errors = any(row.startswith("error:") for row in state.covers)
    return errors or bool(DEAD_ENDS & {state.name, *state.covers})
