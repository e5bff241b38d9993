"""People drawn before the camera, where pictures are taken for somebody to look at.

A browser's fake camera is a green pie: nobody can judge by it how a face stands in its tile. Each
page gets a drawn person of its own instead (stand_ins.js), on the track the fake camera would have
given, so that everything behind it goes the way it goes. A run without pictures has none of it.
"""

import base64
from pathlib import Path

from playwright.async_api import Browser

DRAWN = Path(__file__).with_suffix(".js").read_text("utf-8")

# Whoever asks for the camera gets this one, and lets the fake one go with it.
CAMERA = """
const ask = navigator.mediaDevices?.getUserMedia.bind(navigator.mediaDevices)
if (ask) navigator.mediaDevices.getUserMedia = async (wanted) => {
  const stream = await ask(wanted)
  for (const camera of stream.getVideoTracks()) {
    const face = drawn(WHO)
    const stop = face.stop
    face.stop = () => { camera.stop(); stop() }
    stream.removeTrack(camera)
    stream.addTrack(face)
  }
  return stream
}
"""

# What the cameras of people without a browser would send, in place of a connection's tracks.
SENT = """
const native = RTCPeerConnection.prototype.addTransceiver
RTCPeerConnection.prototype.addTransceiver = function (kind, how) {
  const made = native.call(this, kind, how)
  if (kind !== 'video' || how?.direction !== 'recvonly') return made
  this.faces = (this.faces ?? 0) + 1
  Object.defineProperty(made.receiver, 'track', { value: drawn(this.faces) })
  return made
}
"""

PHOTO = """
const canvas = Object.assign(document.createElement('canvas'), { width: 240, height: 240 })
const brush = canvas.getContext('2d')
brush.scale(0.75, 0.75)
brush.translate(-160, -60)
paint(brush, who, 0)
return canvas.toDataURL('image/jpeg', 0.85)
"""


def before_the_camera(name: str) -> str:
    """A script for the pages of one person."""
    return f"{{ {DRAWN} {CAMERA.replace('WHO', repr(name))} }}"


def sent_to_a_page() -> str:
    """A script for a page whose others have no browser."""
    return f"{{ {DRAWN} {SENT} }}"


async def photo(chromium: Browser, name: str) -> bytes:
    """A portrait of the same person, as a JPEG."""
    page = await chromium.new_page()
    try:
        taken = await page.evaluate(f"(who) => {{ {DRAWN} {PHOTO} }}", name)
    finally:
        await page.close()
    return base64.b64decode(taken.partition(",")[2])
