// @ts-check

import { pause } from "../lib/retry.js"

const SILENCE = 15 * 1000 // ms: the server says something every 10 s
const HANDSHAKE = 5 * 1000 // ms: a server that is just starting takes the call and does not answer
const MOVED = 4409
const NOT_FOUND = 4404

/** The rules say no. `text` is for the person, `error` for programs. */
export class Refused extends Error {
  /** @param {{error: string, text: string}} answer */
  constructor(answer) {
    super(answer.error)
    this.error = answer.error
    this.text = answer.text
  }
}

/**
 * One person's line to the server (docs/protocol.md): it comes back by itself, and what waits
 * for an answer is sent again under the same `ref`, so nothing is lost and nothing doubled.
 *
 * Events: `message` (detail: the message), `standing` (detail: opening, open, lost, moved, gone).
 */
export class Line extends EventTarget {
  #address
  /** @type {WebSocket | null} */
  #socket = null
  #tries = 0
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #watch
  #isClosed = false
  /** @type {Map<string, {frame: string, resolve: (v: unknown) => void, reject: (e: Error) => void}>} */
  #waiting = new Map()

  /** @param {string} address path of the socket on our own host */
  constructor(address) {
    super()
    this.#address = address
  }

  // Lifecycle

  open() {
    if (this.#socket || this.#isClosed) return
    clearTimeout(this.#timer)
    const url = new URL(this.#address, location.href)
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:"
    const socket = new WebSocket(url)
    this.#socket = socket
    this.#listen(HANDSHAKE)
    socket.addEventListener("open", this.#opened)
    socket.addEventListener("message", this.#heard)
    socket.addEventListener("close", this.#closed)
  }

  close() {
    this.#isClosed = true
    clearTimeout(this.#timer)
    clearTimeout(this.#watch)
    this.#drop()
    for (const { reject } of this.#waiting.values()) reject(new Error("the line is closed"))
    this.#waiting.clear()
  }

  // Actions

  /** Try now, not later: the network is back, or somebody pressed something. */
  hurry() {
    if (!this.#socket && !this.#isClosed) this.open()
  }

  /** The network is another one: what goes over the old one is dead, however open it looks. */
  renew() {
    this.#drop()
    this.open()
  }

  /**
   * Say something that needs no answer. Nothing is kept for later: the next `state` shows what
   * is so, and whoever sent this puts it right.
   *
   * @param {string} type
   * @param {Record<string, unknown>} [fields]
   */
  tell(type, fields = {}) {
    if (this.#isOpen) this.#socket?.send(JSON.stringify({ type, ...fields }))
  }

  /**
   * Say something and wait until the server has kept it. Rejects with `Refused`.
   *
   * @param {string} type
   * @param {Record<string, unknown>} [fields]
   */
  ask(type, fields = {}) {
    const ref = crypto.randomUUID()
    const frame = JSON.stringify({ type, ref, ...fields })
    return new Promise((resolve, reject) => {
      this.#waiting.set(ref, { frame, resolve, reject })
      if (this.#isOpen) this.#socket?.send(frame)
      else this.hurry()
    })
  }

  // Callbacks

  #opened = () => {
    this.#listen(SILENCE)
    this.#say("standing", "open")
    for (const { frame } of this.#waiting.values()) this.#socket?.send(frame)
  }

  /** @param {MessageEvent} event */
  #heard = (event) => {
    this.#tries = 0
    this.#listen(SILENCE)
    const message = JSON.parse(event.data)
    const waiting = this.#waiting.get(message.ref)
    if (message.type === "done" || (message.type === "refused" && waiting)) {
      this.#waiting.delete(message.ref)
      if (message.type === "done") waiting?.resolve(undefined)
      else waiting?.reject(new Refused(message))
      return
    }
    this.#say("message", message)
  }

  /** @param {CloseEvent} event */
  #closed = (event) => {
    this.#drop()
    if (event.code === MOVED || event.code === NOT_FOUND) {
      this.close()
      this.#say("standing", event.code === MOVED ? "moved" : "gone")
      return
    }
    this.#retry()
  }

  // Internal

  get #isOpen() {
    return this.#socket?.readyState === WebSocket.OPEN
  }

  #retry() {
    this.#say("standing", "lost")
    this.#timer = setTimeout(() => this.open(), pause(this.#tries, Math.random))
    this.#tries += 1
  }

  /** A dead line does not always close: silence counts as closed. @param {number} patience */
  #listen(patience) {
    clearTimeout(this.#watch)
    this.#watch = setTimeout(() => {
      this.#drop()
      this.#retry()
    }, patience)
  }

  #drop() {
    const socket = this.#socket
    this.#socket = null
    clearTimeout(this.#watch)
    socket?.removeEventListener("open", this.#opened)
    socket?.removeEventListener("message", this.#heard)
    socket?.removeEventListener("close", this.#closed)
    socket?.close()
  }

  /**
   * @param {string} name
   * @param {unknown} detail
   */
  #say(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }))
  }
}
