"""What a page fetches, as the browser itself counts it."""

from typing import Any

from playwright.async_api import Page


class Wire:
    """For every address its kind and the bytes that came over the wire."""

    def __init__(self) -> None:
        self.fetched: dict[str, tuple[str, int]] = {}
        self.asked: list[str] = []
        self.packed: dict[str, int] = {}  # of each answer what it carries, as it travels
        self._open: dict[str, tuple[str, str]] = {}

    async def watch(self, page: Page) -> None:
        line = await page.context.new_cdp_session(page)
        await line.send("Network.enable")
        line.on("Network.requestWillBeSent", self._asks)
        line.on("Network.responseReceived", self._answered)
        line.on("Network.loadingFinished", self._got)

    def _asks(self, event: dict[str, Any]) -> None:
        self.asked.append(event["request"]["url"])
        self._open[event["requestId"]] = (event["request"]["url"], event.get("type", ""))

    def _answered(self, event: dict[str, Any]) -> None:
        said = event["response"]
        headers = {name.lower(): value for name, value in said["headers"].items()}
        self.packed[said["url"]] = int(headers.get("content-length", 0))

    def _got(self, event: dict[str, Any]) -> None:
        url, kind = self._open.get(event["requestId"], ("", ""))
        before = self.fetched.get(url, (kind, 0))[1]
        self.fetched[url] = (kind, before + int(event["encodedDataLength"]))

    def carried(self, kind: str) -> int:
        """What is in the answers of one kind, packed, without what is said around them."""
        return sum(self.packed[url] for url, (found, _) in self.fetched.items() if kind in found)

    def weight(self, kind: str = "") -> int:
        return sum(size for found, size in self.fetched.values() if kind in found)
