// @ts-check

/**
 * A page that does nothing but call: the product's own peer.js, and a way to ask what comes in.
 * Every connection it makes is kept, as tests/e2e/hearing.py expects it.
 */

/** @type {RTCPeerConnection[]} */
const made = []
const Native = RTCPeerConnection
window.RTCPeerConnection = class extends Native {
  /** @param {RTCConfiguration} [given] */
  constructor(given) {
    super(given)
    made.push(this)
  }
}

const UP = 3 // lines: sound, camera, screen
const { Peer } = await import("/static/js/call/peer.js")

Object.assign(window, {
  livePeers: () => made.filter((peer) => peer.connectionState === "connected"),

  /**
   * @param {string} seat
   * @param {number} slots
   * @param {number[]} key seals what is sent and opens what comes; none leaves both as they are
   */
  async join(seat, slots, key) {
    const camera = { width: 640, height: 480, frameRate: 15 }
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: camera })
    const peer = new Peer(slots)
    if (key.length > 0) seal(made[made.length - 1], key)
    for (const slot of peer.slots) listen(slot.audio)
    const [microphone] = stream.getAudioTracks()
    const [picture] = stream.getVideoTracks()
    await peer.carry({ microphone, camera: picture })
    await peer.join(`/offer?seat=${seat}`)
  },

  /** What was decoded so far, slot by slot: frames, and samples that were not made up. */
  async decoded() {
    const slots = []
    const lines = made[made.length - 1].getTransceivers().slice(UP)
    for (let n = 0; n < lines.length; n += 2) {
      const sound = await inbound(lines[n])
      const picture = await inbound(lines[n + 1])
      slots.push({
        frames: picture.framesDecoded ?? 0,
        samples: (sound.totalSamplesReceived ?? 0) - (sound.concealedSamples ?? 0),
        packets: sound.packetsReceived ?? 0,
      })
    }
    return slots
  },
})

/**
 * A sound nobody listens to is not decoded.
 *
 * @param {MediaStreamTrack} track
 */
function listen(track) {
  const sound = new Audio()
  sound.srcObject = new MediaStream([track])
  sound.play()
}

/** @param {RTCRtpTransceiver} line */
async function inbound(line) {
  for (const entry of (await line.receiver.getStats()).values()) {
    if (entry.type === "inbound-rtp") return entry
  }
  return {}
}

/**
 * @param {RTCPeerConnection} connection
 * @param {number[]} key
 */
function seal(connection, key) {
  const worker = new Worker("/page/sealing.js")
  connection.getTransceivers().forEach((line, at) => {
    const half = at < UP ? line.sender : line.receiver
    half.transform = new RTCRtpScriptTransform(worker, { key, seals: at < UP })
  })
}

Object.assign(window, { ready: true })
