"""What a browser says about its own sound and pictures (W3C webrtc-stats), read while it talks."""

import asyncio
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from playwright.async_api import Page

Row = dict[str, Any]

# One row for each stream of each RTCPeerConnection the page has made; `joined` numbers those.
READ = """async () => {
  const rows = []
  for (const [joined, peer] of allPeers().entries()) {
    if (peer.connectionState === 'closed') continue
    for (const entry of (await peer.getStats()).values()) {
      const isStream = ['inbound-rtp', 'outbound-rtp'].includes(entry.type)
      const isPath = entry.type === 'candidate-pair' && entry.nominated
      if (!isStream && !isPath) continue
      const row = { joined, state: peer.connectionState }
      for (const [name, value] of Object.entries(entry))
        if (['number', 'string', 'boolean'].includes(typeof value)) row[name] = value
      rows.push(row)
    }
  }
  return rows
}"""

# Looks every 50 ms (Chromium keeps its report that long) whether anything true has come: for each
# kind of stream together and each stream by itself, the longest time without, in milliseconds.
# True is sound that was sent and not made up by the browser, and a picture that was decoded.
GAPS = """() => {
  const gaps = (window.gaps = {})
  const seen = new Map()
  const grew = (name, value, now) => {
    const gap = (gaps[name] ??= { longest: 0, last: now })
    gap.longest = Math.max(gap.longest, now - gap.last)
    if (value > (seen.get(name) ?? 0)) gap.last = now
    seen.set(name, value)
  }
  const look = async () => {
    const now = performance.now()
    const all = { audio: 0, video: 0 }
    for (const [joined, peer] of allPeers().entries()) {
      if (peer.connectionState === 'closed') continue
      for (const entry of (await peer.getStats()).values()) {
        if (entry.type !== 'inbound-rtp' || !entry.packetsReceived) continue
        const came = entry.kind === 'video' ? (entry.framesDecoded ?? 0)
          : (entry.totalSamplesReceived ?? 0) - (entry.concealedSamples ?? 0)
        const name = `${entry.kind} ${joined} ${entry.ssrc}`
        all[entry.kind] += Math.max(0, came - (seen.get(name) ?? 0))
        grew(name, came, now)
      }
    }
    for (const kind of ['audio', 'video']) grew(kind, (seen.get(kind) ?? 0) + all[kind], now)
    setTimeout(look, 50)
  }
  look()
}"""

LONGEST = """() => {
  const now = performance.now()
  const found = {}
  for (const [name, gap] of Object.entries(window.gaps)) {
    found[name] = Math.max(gap.longest, now - gap.last) / 1000
    Object.assign(gap, { longest: 0, last: name.includes(' ') ? now : gap.last })
  }
  return found
}"""


async def gaps(page: Page) -> dict[str, float]:
    """The longest times without, since last asked, in seconds; the first time it only begins.

    "audio" and "video" are of all streams together, the others of one stream each.
    """
    if not await page.evaluate("'gaps' in window"):
        await page.evaluate(GAPS)
        return {}
    found: dict[str, float] = await page.evaluate(LONGEST)
    return found


@dataclass
class Watch:
    """Reads one page once a second from start to stop."""

    page: Page
    read: list[tuple[float, list[Row]]] = field(default_factory=list)

    async def run(self) -> None:
        while True:
            await self.look()
            await asyncio.sleep(1)

    async def look(self) -> list[Row]:
        rows: list[Row] = await self.page.evaluate(READ)
        self.read.append((time.monotonic(), rows))
        return rows

    def since(self, begin: float, end: float = float("inf")) -> list[list[Row]]:
        return [rows for at, rows in self.read if begin <= at <= end]


def streams(rows: Iterable[Row], way: str, kind: str) -> list[Row]:
    """Rows of one direction (`inbound` or `outbound`) and kind that carry something."""
    found = [r for r in rows if r.get("type") == f"{way}-rtp" and r.get("kind") == kind]
    return [r for r in found if r.get("packetsReceived", 0) or r.get("packetsSent", 0)]


def grown(reads: list[list[Row]], way: str, kind: str, name: str) -> float:
    """By how much a counter grew, over all streams, those that began meanwhile included."""
    first = {_key(row): row.get(name, 0) for row in streams(reads[0], way, kind)}
    last: dict[tuple[int, int], float] = {}
    for rows in reads:
        for row in streams(rows, way, kind):
            last[_key(row)] = row.get(name, 0)
    return sum(value - first.get(key, 0) for key, value in last.items())


def concealed(reads: list[list[Row]]) -> float:
    """Share of the sound played that the browser had to make up, silence not counted, 0-1."""
    made_up = grown(reads, "inbound", "audio", "concealedSamples")
    silent = grown(reads, "inbound", "audio", "silentConcealedSamples")
    played = grown(reads, "inbound", "audio", "totalSamplesReceived")
    return (made_up - silent) / played if played else 1.0


def lost(reads: list[list[Row]], kind: str) -> float:
    """Share of what was sent to this browser that never came, 0-1."""
    missing = grown(reads, "inbound", kind, "packetsLost")
    came = grown(reads, "inbound", kind, "packetsReceived")
    return missing / (missing + came) if missing + came else 0.0


def widths(reads: list[list[Row]]) -> list[list[int]]:
    """Of each reading, how wide the pictures are that have been moving since the one before."""
    found = []
    for before, after in zip(reads, reads[1:], strict=False):
        earlier = {_key(r): r.get("framesDecoded", 0) for r in streams(before, "inbound", "video")}
        moving = [
            row.get("frameWidth", 0)
            for row in streams(after, "inbound", "video")
            if row.get("framesDecoded", 0) > earlier.get(_key(row), 0)
        ]
        found.append(sorted(moving))
    return found


def _key(row: Row) -> tuple[int, int]:
    return row["joined"], row.get("ssrc", 0)
