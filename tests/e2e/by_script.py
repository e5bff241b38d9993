"""What people do, for browsers that are driven by scripts alone: Firefox and WebKit."""

import asyncio
from typing import Any, Protocol

from tests.e2e.people import ANSWERS

PATIENCE = 60.0  # seconds a step may take on a busy machine

# Press what a person would read, once it can be seen; true when it was pressed.
PRESS = """(words) => {
  const seen = (each) => each.getClientRects().length > 0
  const said = (each) => (each.getAttribute('aria-label') ?? each.innerText).trim()
  const all = [...document.querySelectorAll('a, button')].filter(seen)
  const found = all.find((each) => said(each) === words)
  found?.click()
  return !!found
}"""
IS_AT = "(path) => location.pathname === path && document.readyState === 'complete'"
STANDS = "(phase) => document.querySelector('call-room')?.dataset.standing === phase"
TICK = """() => {
  const topic = document.querySelector('input[name="topic-school"][value="yes"]')
  topic.checked = true
  return true
}"""


class Tab(Protocol):
    """A page that runs functions, and raises RuntimeError where one cannot."""

    async def run(self, function: str, *given: Any) -> Any: ...


async def until(tab: Tab, function: str, *given: Any) -> Any:
    """Ask again and again until it is so; a page that is just being left answers nothing."""
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                if found := await tab.run(function, *given):
                    return found
            except RuntimeError:
                pass
            await asyncio.sleep(0.1)


async def answers_everything(tab: Tab) -> None:
    """The young person's whole checklist, from the letter to being ready."""
    await until(tab, PRESS, "Ja")
    await until(tab, IS_AT, "/arriving/effects/time")
    await until(tab, PRESS, "Videre")
    for question, said in ANSWERS.items():
        await until(tab, IS_AT, f"/arriving/questions/{question}")
        if said is None:
            await until(tab, TICK)
        await until(tab, PRESS, said or "Videre")
        await until(tab, IS_AT, f"/arriving/effects/{question}")
        await until(tab, PRESS, "Videre")
    await until(tab, IS_AT, "/arriving/ready")
