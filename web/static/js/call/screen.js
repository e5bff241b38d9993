// @ts-check

/**
 * Why nothing is shown: `whole-screen` (too much would be seen), `unknown` (this browser does not
 * say what was chosen), `denied` (nothing was chosen), `unsupported` or `other`.
 */
export class NotShown extends Error {
  /** @param {string} reason */
  constructor(reason) {
    super(reason)
    this.reason = reason
  }
}

// Newer than the types: a browser that does not know one of them leaves it out.
const HINTS = /** @type {any} */ ({
  video: { displaySurface: "window", frameRate: { max: 12 } },
  audio: false,
  systemAudio: "exclude",
  monitorTypeSurfaces: "exclude",
  selfBrowserSurface: "exclude",
  surfaceSwitching: "exclude",
})

/**
 * Let the host pick one window or one tab. Never the whole screen: a case file lies there, a
 * message arrives. What is picked is looked at, whatever the browser was asked for.
 *
 * Fetched only when somebody wants to show something.
 *
 * @param {MediaDevices} [devices]
 * @returns {Promise<MediaStreamTrack>}
 * @throws {NotShown}
 */
export async function pick(devices = navigator.mediaDevices) {
  if (!devices?.getDisplayMedia) throw new NotShown("unsupported")
  const stream = await devices.getDisplayMedia(HINTS).catch((/** @type {unknown} */ error) => {
    const isNo = error instanceof DOMException && error.name === "NotAllowedError"
    throw new NotShown(isNo ? "denied" : "other")
  })
  const [track] = stream.getVideoTracks()
  const surface = track?.getSettings().displaySurface
  if (track && (surface === "window" || surface === "browser")) {
    track.contentHint = "detail"
    return track
  }
  for (const each of stream.getTracks()) each.stop()
  throw new NotShown(surface === "monitor" ? "whole-screen" : "unknown")
}
