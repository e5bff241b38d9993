"""Each tests/web/*.test.mjs, opened in the browser it is meant for.

Served from loopback as plain files, at the paths they have in the tree: there is no build.
"""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import async_playwright

from tests.browser import launched

ROOT = Path(__file__).parents[1]
FILES = sorted((ROOT / "tests" / "web").glob("*.test.mjs"))

RUN = """async (file) => {
  await import(file)
  return (await import("/tests/web/harness/test.mjs")).run()
}"""


async def empty_page(_: web.Request) -> web.Response:
    return web.Response(text="<!doctype html><title>Tests</title>", content_type="text/html")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def open_page() -> AsyncIterator[Any]:
    app = web.Application()
    app.router.add_get("/", empty_page)
    app.router.add_static("/web", ROOT / "web")
    app.router.add_static("/tests/web", ROOT / "tests" / "web")
    async with TestServer(app) as server, async_playwright() as playwright:
        browser = await launched(playwright)

        async def opened() -> Any:
            page = await browser.new_page()
            await page.goto(str(server.make_url("/")))
            return page

        yield opened
        await browser.close()


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
async def test_the_script_keeps_its_word(file: Path, open_page: Any) -> None:
    page = await open_page()
    results = await page.evaluate(RUN, f"/{file.relative_to(ROOT).as_posix()}")
    assert results, f"{file.name} names no test"
    wrong = [f"{result['sentence']}\n{result['wrong']}" for result in results if result["wrong"]]
    assert not wrong, "\n\n".join(wrong)
