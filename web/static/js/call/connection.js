// @ts-check

import { pause } from "../lib/retry.js"
import { Silence } from "../lib/silence.js"
import { NoAnswer, Peer, canCall } from "./peer.js"

const LOOK = 250 // ms between two looks at what came in
const TOO_LONG = 8000 // ms: a network that lets nothing through by then will not
// After a change of network a browser may still look for its ways on the old one: a fresh
// connection finds the new one sooner. So the first two beside a silent one get less time.
const QUICK = 3000 // ms
const QUICK_TRIES = 2
const SETTLES = 80 // ms: one change of network is told up to six times
const FOR_GOOD = new Set([
  "http-404", "link-unknown", "not-found", "not-now",
  "offer-malformed", "offer-no-vp8", "offer-too-many-lines",
])

/**
 * One's media, kept alive. When nothing comes in, when the network changes or when the server
 * says so, it joins anew with a second RTCPeerConnection carrying the same tracks, and takes
 * that one over once it is connected (design 4.1).
 *
 * Events: `slots` (other tracks to play), `change` (see `standing`), `cut` (the network is
 * another one, or nothing comes in: whatever else goes over it is most likely dead as well).
 */
export class Connection extends EventTarget {
  /** @type {"new" | "joining" | "connected" | "blocked" | "full" | "refused"} */
  standing = "new"
  /** @type {() => boolean} whether anything should be coming in now */
  expects = () => false
  #address
  #count
  /** @type {Peer | null} */
  #peer = null
  /** @type {Peer | null} */
  #next = null
  /** @type {import("./peer.js").Tracks} */
  #tracks = { microphone: null, camera: null, screen: null }
  #tries = 0
  #silence = new Silence()
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #limit
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #look
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #settling
  #isClosed = false

  /**
   * @param {string} address where offers go
   * @param {number} count of slots
   */
  constructor(address, count) {
    super()
    this.#address = address
    this.#count = count
  }

  // Lifecycle

  open() {
    if (this.standing !== "new") return
    this.#isClosed = false
    this.#tries = 0
    this.#look = setInterval(this.#lookIn, LOOK)
    addEventListener("online", this.#networkChanged)
    // @ts-ignore  (Network Information API: Chromium alone)
    navigator.connection?.addEventListener?.("change", this.#networkChanged)
    this.join()
  }

  close() {
    this.#isClosed = true
    clearInterval(this.#look)
    clearTimeout(this.#timer)
    clearTimeout(this.#limit)
    clearTimeout(this.#settling)
    removeEventListener("online", this.#networkChanged)
    // @ts-ignore
    navigator.connection?.removeEventListener?.("change", this.#networkChanged)
    this.#peer?.close()
    this.#next?.close()
    this.#peer = this.#next = null
    this.standing = "new"
  }

  // Actions

  /** @type {import("./peer.js").Slot[]} */
  get slots() {
    return this.#peer?.slots ?? []
  }

  /** @param {Partial<import("./peer.js").Tracks>} tracks */
  async carry(tracks) {
    this.#tracks = { ...this.#tracks, ...tracks }
    await Promise.all([this.#peer?.carry(this.#tracks), this.#next?.carry(this.#tracks)])
  }

  /** What the browser has counted about it. @returns {Promise<RTCStatsReport> | undefined} */
  report() {
    return this.#peer?.report()
  }

  /** The server is back: try now, not when the next try would have been due. */
  hurry() {
    if (this.standing === "new" || this.#next) return // one is on its way already
    if (!this.#peer || isDown(this.#peer) || this.#tries > 0) this.join()
  }

  /**
   * The server heard nothing from one of our connections.
   *
   * @param {string} name
   */
  silent(name) {
    if (this.#peer?.name === name && !this.#next) this.join()
  }

  /** Join, or join anew beside the present connection. */
  async join() {
    if (this.#isClosed || !canCall()) return
    clearTimeout(this.#timer)
    this.#next?.close()
    const peer = new Peer(this.#count)
    this.#next = peer
    if (this.standing === "new") this.#now("joining")
    clearTimeout(this.#limit)
    peer.addEventListener("change", () => this.#changed(peer))
    try {
      await peer.carry(this.#tracks)
      await peer.join(this.#address)
      if (peer !== this.#next) return
      const patience = this.#isQuick ? QUICK : TOO_LONG
      this.#limit = setTimeout(() => this.#failed(peer), patience)
    } catch (error) {
      if (peer !== this.#next) return
      if (error instanceof NoAnswer && FOR_GOOD.has(error.error)) this.#now("refused")
      else this.#unanswered(peer, error)
    }
  }

  // Callbacks

  #networkChanged = () => {
    clearTimeout(this.#settling)
    this.#settling = setTimeout(this.#settled, SETTLES)
  }

  #settled = () => {
    this.dispatchEvent(new Event("cut"))
    if (["connected", "blocked", "full"].includes(this.standing)) this.join()
  }

  #lookIn = async () => {
    const peer = this.#peer
    if (!peer || this.#next || peer.standing !== "connected") return
    const bytes = await peer.received()
    if (peer !== this.#peer || this.#next) return
    if (!this.#silence.notice(performance.now(), bytes, this.expects())) return
    this.dispatchEvent(new Event("cut"))
    this.join()
  }

  // Internal

  /** Whether this is one of the first tries beside a connection we had. */
  get #isQuick() {
    return this.#peer !== null && this.#tries < QUICK_TRIES
  }

  /** @param {Peer} peer */
  #changed(peer) {
    if (peer === this.#next && peer.standing === "connected") this.#take(peer)
    else if (peer === this.#next && peer.standing === "failed") this.#failed(peer)
    else if (peer === this.#peer && !this.#next && isDown(peer)) this.join()
  }

  /** @param {Peer} peer */
  #take(peer) {
    clearTimeout(this.#limit)
    const old = this.#peer
    this.#peer = peer
    this.#next = null
    this.#tries = 0
    this.#now("connected")
    this.dispatchEvent(new Event("slots"))
    old?.close()
  }

  /** The server takes no offer right now: it has no room for one more, or no worker for a moment.
   *
   * @param {Peer} peer
   * @param {unknown} error
   */
  #unanswered(peer, error) {
    const isFull = error instanceof NoAnswer && error.error === "media-full"
    if (isFull && (!this.#peer || isDown(this.#peer))) this.#now("full")
    this.#again(peer)
  }

  /** Answered, but not a packet came through: this network lets no calls out. @param {Peer} peer */
  #failed(peer) {
    if (peer !== this.#next) return
    if (!this.#isQuick && (!this.#peer || isDown(this.#peer))) this.#now("blocked")
    this.#again(peer)
  }

  /** @param {Peer} peer */
  #again(peer) {
    peer.close()
    this.#next = null
    clearTimeout(this.#limit)
    clearTimeout(this.#timer)
    this.#tries += 1
    this.#timer = setTimeout(() => this.join(), pause(this.#tries, Math.random))
  }

  /** @param {Connection["standing"]} standing */
  #now(standing) {
    if (this.standing === standing) return
    this.standing = standing
    this.dispatchEvent(new Event("change"))
  }
}

/** @param {Peer} peer */
const isDown = (peer) => ["disconnected", "failed", "closed"].includes(peer.standing)
