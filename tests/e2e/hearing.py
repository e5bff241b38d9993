"""What a browser really receives: frames decoded, and the tone in the sound of each slot."""

import asyncio
import math
import struct
import wave
from pathlib import Path
from typing import Any

from playwright.async_api import BrowserContext, Page

RATE = 48_000  # Hz
BEEP, SILENCE = 0.4, 0.2  # seconds; a steady tone would be taken for noise and suppressed
NEAR = 30  # Hz

# Keeps every RTCPeerConnection the page makes where a test can ask it.
WATCH = """
const made = []
const Native = RTCPeerConnection
window.RTCPeerConnection = class extends Native {
  constructor(...given) { super(...given); made.push(this) }
}
window.allPeers = () => made
window.livePeers = () => made.filter((peer) => peer.connectionState === 'connected')
window.remembered = new Set()
"""

DECODED = """async () => {
  const found = {}
  for (const peer of livePeers())
    for (const transceiver of peer.getTransceivers()) {
      if (transceiver.receiver.track.kind !== 'video') continue
      for (const report of (await transceiver.receiver.getStats()).values())
        if (report.type === 'inbound-rtp') found[transceiver.mid] = report.framesDecoded ?? 0
    }
  return Object.values(found).filter((frames) => frames > 0)
}"""

TONES = """async (seconds) => {
  const context = new AudioContext({ sampleRate: 48000 })
  await context.resume()
  const heard = []
  const watched = []
  for (const peer of livePeers())
    for (const { receiver } of peer.getTransceivers()) {
      if (receiver.track.kind !== 'audio' || receiver.track.readyState !== 'live') continue
      const analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 })
      context.createMediaStreamSource(new MediaStream([receiver.track])).connect(analyser)
      watched.push({ analyser, best: -200, tone: 0 })
    }
  const levels = new Float32Array(4096)
  const until = performance.now() + seconds * 1000
  while (performance.now() < until) {
    for (const one of watched) {
      one.analyser.getFloatFrequencyData(levels)
      const peak = levels.reduce((best, level, at) => (level > levels[best] ? at : best), 0)
      if (levels[peak] > one.best) {
        Object.assign(one, { best: levels[peak], tone: peak * 48000 / 8192 })
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  await context.close()
  return watched.filter((one) => one.best > -60).map((one) => one.tone)
}"""

# Packets that have come to this page so far over the connections that stand.
CAME = """async () => {
  const came = { audio: 0, video: 0 }
  for (const peer of livePeers())
    for (const report of (await peer.getStats()).values())
      if (report.type === 'inbound-rtp') came[report.kind] += report.packetsReceived ?? 0
  return came
}"""

ANEW = """() => new Promise((joined) => {
  const look = () => {
    const live = livePeers()
    if (live.length > 0 && !live.some((peer) => remembered.has(peer))) joined()
    else setTimeout(look, 100)
  }
  look()
})"""


def beeps(path: Path, tone: float) -> Path:
    """Write a sound file of beeps at one tone, for a browser's fake microphone."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        for n in range(int(RATE * (BEEP + SILENCE) * 5)):
            on = n / RATE % (BEEP + SILENCE) < BEEP
            level = 0.5 * math.sin(2 * math.pi * tone * n / RATE) if on else 0.0
            file.writeframesraw(struct.pack("<h", int(level * 32767)))
    return path


async def watch(context: BrowserContext) -> None:
    await context.add_init_script(WATCH)


async def came(page: Page) -> dict[str, int]:
    """Packets of sound and of pictures that this page has received."""
    found: dict[str, int] = await page.evaluate(CAME)
    return found


async def falls_silent(page: Page) -> dict[str, int]:
    """Wait until what was on its way has come: nothing more has for a second. Says what came."""
    async with asyncio.timeout(30):
        while True:
            before = await came(page)
            await page.wait_for_timeout(1000)
            if await came(page) == before:
                return before


async def remember(page: Page) -> None:
    """Note which connections stand now, for `joined_anew`."""
    await page.evaluate("() => { remembered = new Set(livePeers()) }")


async def joined_anew(page: Page) -> None:
    """Wait until none of the remembered connections is left and another one stands. A page that
    is sent nothing takes seconds to notice that its connection leads nowhere."""
    async with asyncio.timeout(30):
        await page.evaluate(ANEW)


async def frames(page: Page) -> list[int]:
    """Frames decoded so far from each person this page sees."""
    found: list[int] = await page.evaluate(DECODED)
    return found


async def sees(page: Page, people: int, *, patience: int = 20, spell: float = 0.5) -> list[int]:
    """Wait until frames of this many people have been decoded, and go on being decoded: a new one
    of each within `spell` seconds."""
    for _ in range(int(patience / spell)):
        before = await frames(page)
        await page.wait_for_timeout(spell * 1000)
        after = await frames(page)
        growing = [b for a, b in zip(before, after, strict=False) if b > a]
        if len(growing) >= people and len(before) == len(after):
            return after
    raise AssertionError(f"saw {await frames(page)}, wanted {people} people")


async def hears(page: Page, *tones: float) -> None:
    """Assert that each of these tones is the strongest in some slot's sound."""
    found: list[Any] = []
    for _ in range(4):
        found = await page.evaluate(TONES, 2.0)
        if all(any(abs(heard - tone) < NEAR for heard in found) for tone in tones):
            return
    raise AssertionError(f"heard {found}, wanted {tones}")
