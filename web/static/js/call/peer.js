// @ts-check

/**
 * One RTCPeerConnection to our own server: one offer with all its slots, one answer, and never
 * a renegotiation (docs/protocol.md, "The offer").
 *
 * @typedef {{audio: MediaStreamTrack, video: MediaStreamTrack, receiver: RTCRtpReceiver}} Slot
 * @typedef {{microphone: MediaStreamTrack | null, camera: MediaStreamTrack | null,
 *   screen: MediaStreamTrack | null}} Tracks
 */

const PATIENCE = 6000 // ms
// The camera in three sizes, the smallest first: each of the others gets what its line carries.
// A browser leaves out what its camera is too small for.
const LAYERS = [
  { rid: "l", scaleResolutionDownBy: 4, maxBitrate: 100_000 },
  { rid: "m", scaleResolutionDownBy: 2, maxBitrate: 400_000 },
  { rid: "h", maxBitrate: 1_300_000 },
]

/** Some browsers show pages and cannot call: WebKit without WebRTC, and some apps' own. */
export const canCall = () => "RTCPeerConnection" in globalThis

/** The offer was not answered. `error` is the server's id, "offline" without a network. */
export class NoAnswer extends Error {
  /** @param {string} error */
  constructor(error) {
    super(error)
    this.error = error
  }
}

export class Peer extends EventTarget {
  /** @type {Slot[]} */
  slots = []
  /** Our server's name for this connection. */
  name = ""
  #pc = new RTCPeerConnection({ bundlePolicy: "max-bundle", iceServers: [] })
  #microphone
  #camera
  #screen

  /** @param {number} slots how many others there can be */
  constructor(slots) {
    super()
    this.#microphone = this.#pc.addTransceiver("audio", { direction: "sendonly" })
    this.#camera = this.#pc.addTransceiver("video", { direction: "sendonly", sendEncodings: LAYERS })
    this.#screen = this.#pc.addTransceiver("video", { direction: "sendonly" })
    trim(this.#microphone, "audio")
    trim(this.#camera, "video")
    trim(this.#screen, "video")
    for (let slot = 0; slot < slots; slot += 1) this.slots.push(this.#addSlot())
    this.#pc.addEventListener("connectionstatechange", () => this.dispatchEvent(new Event("change")))
  }

  /** @returns {RTCPeerConnectionState} */
  get standing() {
    return this.#pc.connectionState
  }

  /**
   * @param {string} address where the offer goes
   * @throws {NoAnswer}
   */
  async join(address) {
    await this.#pc.setLocalDescription()
    const answer = await offer(address, this.#pc.localDescription?.sdp ?? "")
    this.name = answer.connection
    if (this.#pc.signalingState === "closed") return
    await this.#pc.setRemoteDescription({ type: "answer", sdp: answer.sdp })
  }

  /** @param {Tracks} tracks */
  async carry({ microphone, camera, screen }) {
    if (this.#pc.signalingState === "closed") return
    await Promise.all([
      this.#microphone.sender.replaceTrack(microphone),
      this.#camera.sender.replaceTrack(camera),
      this.#screen.sender.replaceTrack(screen),
    ])
  }

  /** How many bytes have come in, control messages included: whether the line is alive. */
  async received() {
    const report = await this.report()
    let bytes = 0
    for (const entry of report.values()) {
      if (entry.type === "inbound-rtp") bytes += entry.bytesReceived ?? 0
      if (entry.type === "transport") bytes += entry.bytesReceived ?? 0
    }
    return bytes
  }

  /** What the browser has counted about this connection. */
  report() {
    return this.#pc.getStats()
  }

  close() {
    this.#pc.close()
  }

  // Internal

  /** @returns {Slot} */
  #addSlot() {
    const audio = this.#pc.addTransceiver("audio", { direction: "recvonly" })
    const video = this.#pc.addTransceiver("video", { direction: "recvonly" })
    trim(audio, "audio")
    trim(video, "video")
    return { audio: audio.receiver.track, video: video.receiver.track, receiver: audio.receiver }
  }
}

const WANTED = { audio: ["audio/opus"], video: ["video/VP8", "video/rtx"] }

/**
 * Offer only what our server forwards: a short offer, and no surprise on an old phone.
 *
 * @param {RTCRtpTransceiver} transceiver
 * @param {"audio" | "video"} kind
 */
function trim(transceiver, kind) {
  const all = RTCRtpReceiver.getCapabilities(kind)?.codecs ?? []
  const ours = all.filter((codec) => WANTED[kind].includes(codec.mimeType))
  if (ours.length > 0) transceiver.setCodecPreferences?.(ours)
}

/**
 * @param {string} address
 * @param {string} sdp
 * @returns {Promise<{connection: string, sdp: string}>}
 */
async function offer(address, sdp) {
  /** @type {Response} */
  let response
  try {
    response = await fetch(address, {
      method: "POST",
      body: sdp,
      headers: { "Content-Type": "application/sdp", Accept: "application/json" },
      signal: AbortSignal.timeout?.(PATIENCE),
    })
  } catch {
    throw new NoAnswer("offline")
  }
  const told = await response.json().catch(() => ({}))
  if (!response.ok) throw new NoAnswer(told.error ?? `http-${response.status}`)
  return told
}
