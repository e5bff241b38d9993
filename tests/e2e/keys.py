"""A page by keyboard alone, and with text twice as large."""

from playwright.async_api import Page

from tests.e2e import people

# What has the focus, whether one sees that it has, and whether it lies where one can see it.
FOCUS = """async () => {
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))
  const at = document.activeElement
  if (!at || at === document.body) return { name: '', ring: true, inView: true }
  const row = at.type === 'radio' ? at.closest('label') ?? at : at
  const seen = [at, row].map((one) => getComputedStyle(one))
  const box = row.getBoundingClientRect()
  const middle = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)
  return {
    name: (at.getAttribute('aria-label') ?? (row.innerText || at.labels?.[0]?.innerText) ?? '')
      .trim().replace(/\\s+/g, ' '),
    value: at.value ?? '',
    // The parts of a day's field are the browser's own, and so are their rings.
    ring: at.matches('[type="date"], [type="time"]') ||
      seen.some((look) => look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 2),
    inView: row.contains(middle),
  }
}"""
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
MOST_TABS = 120
"""More than any page has places to stop."""


async def reaches(page: Page, name: str = "", *, value: str = "") -> None:
    """Go on with Tab until the focus is on it; on the way one sees where one is."""
    for _ in range(MOST_TABS):
        await page.keyboard.press("Tab")
        focus = await page.evaluate(FOCUS)
        assert focus["ring"], f"nothing shows that the focus is on {focus}"
        assert focus["inView"], f"the focus is out of sight on {focus}"
        if (name and focus["name"].startswith(name)) or (value and focus["value"] == value):
            return
    raise AssertionError(f"Tab never came to {name or value}")


async def presses(page: Page, name: str, key: str = "Enter") -> None:
    await reaches(page, name)
    await page.keyboard.press(key)


async def enlarges(page: Page) -> None:
    """Text twice as large, as somebody sets it in their browser."""
    devtools = await page.context.new_cdp_session(page)
    await devtools.send("Page.setFontSizes", {"fontSizes": {"standard": 32}})


async def fits(page: Page, state: str) -> None:
    """Nothing lies beside the screen, and leaving is on it."""
    size = page.viewport_size or people.PHONE
    assert await page.evaluate(SIDEWAYS) <= 0, f"{state} is wider than the screen"
    leave = await page.get_by_role("button", name="Gå nu").bounding_box()
    assert leave is not None
    inside = leave["x"] >= 0 and leave["x"] + leave["width"] <= size["width"]
    above = leave["y"] + leave["height"] <= size["height"]
    assert inside, f"leaving is cut off in {state}"
    assert above, f"leaving is below the screen in {state}"
