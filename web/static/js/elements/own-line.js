// @ts-check

import { LineFigures } from "../call/line-figures.js"
import { isTalk } from "../call/session.js"
import { send } from "../lib/deed.js"
import { fill } from "../lib/dom.js"
import { LineLevel } from "../lib/line-level.js"

const LOOK = 2000 // ms between two looks
const ALONE = 8000 // ms a line has to be poor until pictures give way to sound
const AGAIN = 60_000 // ms in which nothing is said twice, or done again after a person undid it

/**
 * <own-line> says in words how one's own line is, once and without blame, and puts sound first:
 * by a tap, or by itself where the line is poor. Pictures come back by a tap alone, and one's own
 * camera by its own button (P8). A phone that goes to sleep says so to the host.
 *
 *   <own-line data-starts data-shows data-weak="…" data-alone="…" hidden>
 */
export class OwnLine extends HTMLElement {
  #level = new LineLevel()
  #figures = new LineFigures()
  /** @type {import("../call/devices.js").Devices | null} */
  #devices = null
  /** @type {import("../call/connection.js").Connection | null} */
  #connection = null
  /** @type {import("../lib/line-level.js").Level} */
  #way = "fine"
  #told = "fine"
  #inTalk = false
  #isAlone = false
  #wasNarrow = false
  #poorSince = Infinity
  #saidAt = -Infinity
  #doneAt = -Infinity
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #timer

  start(
    /** @type {import("../call/devices.js").Devices} */ devices,
    /** @type {import("../call/connection.js").Connection} */ connection,
  ) {
    this.#devices = devices
    this.#connection = connection
    this.#timer = setInterval(this.look, LOOK)
    this.#room.addEventListener("click", this.#pressed)
    document.addEventListener("visibilitychange", this.#slept)
    document.addEventListener("freeze", this.#slept)
  }

  disconnectedCallback() {
    clearInterval(this.#timer)
    document.removeEventListener("visibilitychange", this.#slept)
    document.removeEventListener("freeze", this.#slept)
  }

  show(
    /** @type {import("../call/session.js").Session} */ { state, way },
    /** @type {string} */ phase,
  ) {
    this.#way = way
    this.#inTalk = isTalk(phase)
    const isAlone = state?.you.only_sound === true
    for (const button of this.#room.querySelectorAll("[data-only-sound]")) {
      button.setAttribute("aria-pressed", String(isAlone))
      if (button.hasAttribute("data-switch")) button.setAttribute("data-state", isAlone ? "on" : "off")
    }
    if (isAlone === this.#isAlone) return
    this.#isAlone = isAlone
    this.#say(isAlone ? (this.dataset.alone ?? "") : "")
  }

  // Callbacks

  /** Called every two seconds. */
  look = async () => {
    if (!this.#inTalk) return
    const report = (await this.#connection?.report()) ?? null
    const found = this.#figures.read(report, this.#devices?.camera != null)
    const now = performance.now()
    const level = this.#level.look(now, { ...found, way: this.#way })
    this.dataset.level = level
    if (level !== this.#told) {
      this.#told = level
      send(this, "line_is", { level }).catch(() => {})
      this.#words(level, now)
    }
    const isPoor = level === "poor" && this.#level.isSo
    this.#poorSince = isPoor ? Math.min(this.#poorSince, now) : Infinity
    const isLong = now - this.#poorSince >= ALONE && now - this.#doneAt >= AGAIN
    if (isLong && !this.#isAlone) this.#soundAlone(true)
  }

  /** @param {Event} event */
  #pressed = (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-only-sound]") : null
    if (button) this.#soundAlone(!this.#isAlone)
  }

  /** Only a phone sleeps: an office computer's hidden page goes on talking. @param {Event} event */
  #slept = (event) => {
    if (!this.#inTalk || !(event.type === "freeze" || matchMedia("(pointer: coarse)").matches)) return
    const on = event.type === "freeze" || document.visibilityState === "hidden"
    send(this, "asleep", { on }).catch(() => {})
  }

  // Internal

  get #room() {
    return this.closest("call-room") ?? this
  }

  /** @param {boolean} on */
  #soundAlone(on) {
    // One's own picture stops here first, and comes back only by its own button.
    if (on) this.#devices?.closeCamera()
    // What both ends believe of the line is from when it was narrow, and with sound alone neither
    // finds out more. A fresh connection is measured anew, within a second instead of a minute.
    if (!on && this.#wasNarrow) this.#connection?.join()
    this.#wasNarrow = on && this.#level.level !== "fine"
    this.#doneAt = performance.now()
    this.#poorSince = Infinity
    send(this, "only_sound", { on }).catch(() => {})
  }

  /**
   * @param {import("../lib/line-level.js").Level} level
   * @param {number} now
   */
  #words(level, now) {
    if (this.#isAlone) return
    if (level === "fine") return this.#say("")
    if (now - this.#saidAt < AGAIN) return
    this.#saidAt = now
    this.#say(this.dataset.weak ?? "")
  }

  /** @param {string} words */
  #say(words) {
    fill(this, "own-line", words)
    this.hidden = words === ""
  }
}

customElements.define("own-line", OwnLine)
