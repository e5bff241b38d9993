"""Looks at a page as it stands: axe by day and in the evening, and pictures for people to judge.

The pictures are in out/states, named STATE.LANGUAGE.WIDTH[-dark].png, or .a4.png for a sheet of
paper.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright.async_api import Page, ViewportSize

from tests.e2e.people import OFFICE, PHONE

ROOT = Path(__file__).parents[3]
PICTURES = ROOT / "out" / "states"
AXE = (ROOT / "tests" / "vendor" / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
FIRST = "da"
A4: ViewportSize = {"width": 794, "height": 1123}  # at 96 dots to the inch
# In the evening the same elements have other colours, and nothing else.
COLOURS = ["color-contrast", "link-in-text-block"]

# It need not fetch our stylesheets anew on each page to find out whether one locks how a screen is
# held: tests/test_look.py reads them once.
RUN = """async ([by, values]) => {
  const runOnly = { type: by, values }
  const wanted = { runOnly, resultTypes: ['violations'], preload: false }
  const { violations } = await axe.run(document, wanted)
  const said = ({ target, html, failureSummary }) =>
    `${target} ${html.slice(0, 160)} ${failureSummary}`
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(said).join(' || ')}`)
}"""


async def look(page: Page, state: str, language: str, *, pictures: bool) -> list[str]:
    """Return what is wrong with a state, in words, and take its pictures where they are wanted."""
    office = (page.viewport_size or PHONE)["width"] == OFFICE["width"]
    sizes: Sequence[Any] = (PHONE, OFFICE) if office else (OFFICE, PHONE)  # the own one last
    if language != FIRST:  # other words in the same places: one picture shows whether they fit
        sizes = sizes[-1:]
    await page.emulate_media(color_scheme="light")
    await page.evaluate("document.fonts.ready")
    for size in sizes if pictures else ():
        await page.set_viewport_size(size)
        await picture(page, f"{state}.{language}.{size['width']}")
    await page.evaluate(AXE)  # here, not at each of the pages on the way
    # What lies half under the sill would count as too small to press: look from the end.
    await page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    wrong = await page.evaluate(RUN, ["tag", RULES])
    await page.emulate_media(color_scheme="dark")
    wrong += await page.evaluate(RUN, ["rule", COLOURS])
    await page.evaluate("scrollTo(0, 0)")
    if pictures and language == FIRST:
        await picture(page, f"{state}.{language}.{sizes[-1]['width']}-dark")
    await page.emulate_media(color_scheme="light")
    if pictures and await page.locator(".sheet-of-paper").count():
        await on_paper(page, f"{state}.{language}.a4")
    return [f"{state} ({language}) {one}" for one in wrong]


async def on_paper(page: Page, name: str) -> None:
    """The first sheet a printer would give of it."""
    seen = page.viewport_size
    await page.set_viewport_size(A4)
    await page.emulate_media(media="print")
    await page.evaluate("document.body.style.padding = '64px 56px'")  # a printer's margins
    await picture(page, name)
    await page.evaluate("document.body.removeAttribute('style')")
    await page.emulate_media(media="screen")
    if seen:
        await page.set_viewport_size(seen)


async def picture(page: Page, name: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    await page.screenshot(path=PICTURES / f"{name}.png", animations="disabled", caret="hide")
